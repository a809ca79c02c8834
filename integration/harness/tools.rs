//! Programs run to their end: psql and the built binary.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::server::binaries;

/// What a program left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Output {
    /// Asserts exit code 0 and gives what was printed.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}\n{}", self.stdout, self.stderr);
        self.stdout
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Output {
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{command:?} does not run: {error}"));
    Output {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().unwrap_or(-1),
    }
}

/// `psql -X -c script` with verbose errors.
pub fn psql(url: &str, script: &str) -> Output {
    psql_with(url, &["-v", "VERBOSITY=verbose"], script)
}

/// `psql -X` with options of its own.
pub fn psql_with(url: &str, options: &[&str], script: &str) -> Output {
    let beside = binaries().dir.join("psql");
    let program = if beside.is_file() {
        beside
    } else {
        PathBuf::from("psql")
    };
    let found = Command::new(&program).arg("--version").output();
    assert!(
        found.is_ok(),
        "psql is missing: install postgresql-client (Debian) or postgresql (Homebrew)"
    );
    let mut command = Command::new(program);
    // The error's source line (LOCATION) is the server's own; a notice's is too.
    command
        .args(["-X", "-d", url])
        .args(options)
        .args(["-c", script])
        .env("PGCONNECT_TIMEOUT", "20");
    run(&mut command)
}

/// The program under test: the one that was built with the tests, or the one that `SEALWIRE_BIN` names.
pub fn binary() -> PathBuf {
    std::env::var_os("SEALWIRE_BIN").map_or_else(
        || PathBuf::from(env!("CARGO_BIN_EXE_sealwire")),
        PathBuf::from,
    )
}

/// The built binary.
pub fn sealwire(arguments: &[&str]) -> Output {
    run(Command::new(binary()).args(arguments))
}

/// The same with environment variables.
pub fn sealwire_with(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    run(Command::new(binary())
        .args(arguments)
        .envs(variables.iter().copied()))
}

/// Waits for what must come within a few seconds.
#[track_caller]
pub fn until(mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < deadline, "it did not come");
        std::thread::sleep(Duration::from_millis(100));
    }
}
