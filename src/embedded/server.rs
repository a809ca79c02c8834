//! One private server: made, started, stopped.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::account::{self, Account};
use super::{Binaries, EmbeddedError};

/// The superuser that every private server is made with.
const SUPERUSER: &str = "postgres";
/// initdb and the start both take a second or two; a loaded machine takes longer.
const START_WITHIN: Duration = Duration::from_secs(90);
/// A fast shutdown writes a checkpoint.
const STOP_WITHIN: Duration = Duration::from_secs(30);
/// The server ends, and its files go, when our end of this shell's input closes: with us, however we
/// end. (Background jobs of a shell ignore SIGINT until they say otherwise, which postgres does.)
const WATCH: &str = r#"folder=$1; shift; "$@" & server=$!; cat >/dev/null
kill -INT $server 2>/dev/null; wait $server; cd /; rm -rf "$folder""#;

/// How clients log in over TCP. Over the unix socket everyone is trusted.
#[derive(Clone, PartialEq, Eq)]
pub enum Login {
    /// No password.
    Trust,
    /// The method of pg_hba.conf (`scram-sha-256`, `md5`, `password`) and the superuser's password.
    Password {
        /// Method.
        method: &'static str,
        /// Of the superuser.
        password: String,
    },
}

/// How a private server is made.
#[derive(Clone)]
pub struct Options {
    /// TCP port on 127.0.0.1; a free one when `None`.
    pub port: Option<u16>,
    /// How clients log in.
    pub login: Login,
    /// Settings of postgresql.conf, as written there but unquoted.
    pub settings: Vec<(String, String)>,
    /// `log_statement = all`: what the leak test searches.
    pub log_statements: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            port: None,
            login: Login::Trust,
            settings: Vec::new(),
            log_statements: false,
        }
    }
}

/// A running private server. Dropping it stops it and removes its files.
pub struct Server {
    /// The shell that watches over it; its input is the string we hold.
    watch: Child,
    folder: tempfile::TempDir,
    port: u16,
    major: u32,
    login: Login,
}

impl Server {
    /// Makes a data folder and starts a server on it. Blocks for some seconds.
    pub fn start(binaries: &Binaries, options: Options) -> Result<Server, EmbeddedError> {
        let folder = private_folder()?;
        let account = account::unprivileged(folder.path())?;
        if let Some(account) = account {
            give(folder.path(), account)?;
        }
        init_data(binaries, folder.path(), account, &options.login)?;
        let port = match options.port {
            Some(port) => port,
            None => free_port()?,
        };
        configure(folder.path(), port, &options)?;

        let program = binaries.dir.join("postgres");
        let data = folder.path().join("data");
        let mut command = as_account("/bin/sh".as_ref(), account, folder.path());
        command
            .args(["-c", WATCH, "sealwire-private-postgresql"])
            .arg(folder.path())
            .args([program.as_os_str(), "-D".as_ref(), data.as_os_str()])
            // Ctrl-C in the terminal is for us; we stop the server when we are ready.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(open_log(folder.path())?);
        let watch = command
            .spawn()
            .map_err(EmbeddedError::io("starting postgres"))?;
        let mut server = Server {
            watch,
            folder,
            port,
            major: binaries.major,
            login: options.login,
        };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// The TCP port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The major version.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The data folder: table files, WAL, configuration.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The folder of the unix socket.
    pub fn socket_dir(&self) -> &Path {
        self.folder.path()
    }

    /// What the server logs.
    pub fn log_file(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    /// A connection string over TCP. The superuser's carries its password.
    pub fn url(&self, user: &str, database: &str) -> String {
        match &self.login {
            Login::Password { password, .. } if user == SUPERUSER => {
                format!(
                    "postgresql://{user}:{password}@127.0.0.1:{}/{database}",
                    self.port
                )
            }
            Login::Password { .. } | Login::Trust => {
                format!("postgresql://{user}@127.0.0.1:{}/{database}", self.port)
            }
        }
    }

    /// How clients log in over TCP.
    pub fn login(&self) -> &Login {
        &self.login
    }

    /// The name of the superuser.
    pub fn superuser(&self) -> &'static str {
        SUPERUSER
    }

    /// Stops the server (fast: open sessions are ended) and removes its files.
    pub fn stop(mut self) -> Result<(), EmbeddedError> {
        self.halt()
    }

    fn wait_until_ready(&mut self) -> Result<(), EmbeddedError> {
        let pid_file = self.data_dir().join("postmaster.pid");
        let deadline = Instant::now() + START_WITHIN;
        while Instant::now() < deadline {
            // Line 8 of postmaster.pid is the postmaster's state (miscadmin.h), which is what pg_ctl reads.
            let state = std::fs::read_to_string(&pid_file).unwrap_or_default();
            if state.lines().nth(7).map(str::trim) == Some("ready") {
                return Ok(());
            }
            let ended = self
                .watch
                .try_wait()
                .map_err(EmbeddedError::io("waiting for postgres"))?;
            if ended.is_some() {
                break;
            }
            // The shell outlives a postgres that failed to start: its log says so first.
            let log = std::fs::read_to_string(self.log_file()).unwrap_or_default();
            if log.contains("FATAL:") && state.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        let log = std::fs::read_to_string(self.log_file()).unwrap_or_default();
        Err(EmbeddedError::Failed {
            program: "postgres",
            said: tail(&log),
        })
    }

    fn halt(&mut self) -> Result<(), EmbeddedError> {
        drop(self.watch.stdin.take());
        let deadline = Instant::now() + STOP_WITHIN;
        loop {
            let ended = self
                .watch
                .try_wait()
                .map_err(EmbeddedError::io("stopping postgres"))?;
            if ended.is_some() {
                return Ok(());
            }
            if Instant::now() > deadline {
                let _ = self.watch.kill();
                return Err(EmbeddedError::Failed {
                    program: "postgres",
                    said: "it did not stop".to_owned(),
                });
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nobody is left to tell; the shell's input is closed either way.
        let _ = self.halt();
    }
}

/// A folder with a short path (a unix socket's path is capped at about 100 bytes) that an unprivileged
/// user can reach.
fn private_folder() -> Result<tempfile::TempDir, EmbeddedError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("sealwire-pg-");
    let place = std::env::temp_dir();
    let made = if place.as_os_str().len() > 60 || place.starts_with("/root") {
        builder.tempdir_in("/tmp")
    } else {
        builder.tempdir_in(place)
    };
    made.map_err(EmbeddedError::io("making a temporary folder"))
}

fn give(path: &Path, account: Account) -> Result<(), EmbeddedError> {
    std::os::unix::fs::chown(path, Some(account.uid), Some(account.gid))
        .map_err(EmbeddedError::io("giving the folder to the server's user"))
}

fn as_account(program: &OsStr, account: Option<Account>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    // The caller's folder may be closed to the other user, and its PG* settings are not for this server.
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C").env("TZ", "UTC");
    if let Some(account) = account {
        command.uid(account.uid).gid(account.gid);
    }
    command
}

fn init_data(
    binaries: &Binaries,
    folder: &Path,
    account: Option<Account>,
    login: &Login,
) -> Result<(), EmbeddedError> {
    let program = binaries.dir.join("initdb");
    let mut command = as_account(program.as_os_str(), account, folder);
    command
        .args([
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--auth-local=trust",
        ])
        .args(["--username", SUPERUSER, "--pgdata"])
        .arg(folder.join("data"));
    match login {
        Login::Trust => {
            command.arg("--auth-host=trust");
        }
        Login::Password { method, password } => {
            let file = folder.join("superuser");
            std::fs::write(&file, password)
                .map_err(EmbeddedError::io("writing the password file"))?;
            if let Some(account) = account {
                give(&file, account)?;
            }
            command
                .arg(format!("--auth-host={method}"))
                .arg("--pwfile")
                .arg(&file);
        }
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(EmbeddedError::io("starting initdb"))?;
    let _ = std::fs::remove_file(folder.join("superuser"));
    if output.status.success() {
        return Ok(());
    }
    Err(EmbeddedError::Failed {
        program: "initdb",
        said: tail(&String::from_utf8_lossy(&output.stderr)),
    })
}

fn configure(folder: &Path, port: u16, options: &Options) -> Result<(), EmbeddedError> {
    let path = folder.join("data/postgresql.conf");
    let what = "writing postgresql.conf";
    let mut text = std::fs::read_to_string(&path).map_err(EmbeddedError::io(what))?;
    let mut set = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name} = '{}'", value.replace('\'', "''"));
    };
    text_settings(folder, port, options.log_statements, &mut set);
    for (name, value) in &options.settings {
        set(name, value);
    }
    std::fs::write(&path, text).map_err(EmbeddedError::io(what))
}

fn text_settings(folder: &Path, port: u16, log: bool, set: &mut impl FnMut(&str, &str)) {
    set("listen_addresses", "127.0.0.1");
    set("port", &port.to_string());
    set("unix_socket_directories", &folder.to_string_lossy());
    // The files live as long as this server does.
    set("fsync", "off");
    set("logging_collector", "off");
    set("timezone", "UTC");
    set("log_timezone", "UTC");
    if log {
        set("log_statement", "all");
        set("log_parameter_max_length", "-1");
        set("log_parameter_max_length_on_error", "-1");
        set("log_min_error_statement", "error");
        set("log_error_verbosity", "verbose");
    }
}

fn open_log(folder: &Path) -> Result<std::fs::File, EmbeddedError> {
    std::fs::File::create(folder.join("server.log"))
        .map_err(EmbeddedError::io("making the server's log file"))
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, EmbeddedError> {
    let what = "looking for a free port";
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(EmbeddedError::io(what))
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().rev().take(8).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn starts_as_asked_and_is_gone_when_dropped() {
        let binaries = crate::embedded::find().unwrap();
        let options = Options {
            login: Login::Password {
                method: "scram-sha-256",
                password: "it's".to_owned(),
            },
            log_statements: true,
            ..Options::default()
        };
        let server = Server::start(&binaries, options).unwrap();
        let (port, data) = (server.port(), server.data_dir());
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
        assert!(data.join("PG_VERSION").is_file());
        assert!(server.log_file().is_file());
        drop(server);
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
        assert!(!data.exists());
    }

    #[test]
    fn a_bad_setting_fails_with_what_the_server_said() {
        let binaries = crate::embedded::find().unwrap();
        let options = Options {
            settings: vec![("no_such_setting".to_owned(), "1".to_owned())],
            ..Options::default()
        };
        let error = Server::start(&binaries, options).err().unwrap().to_string();
        assert!(error.contains("no_such_setting"), "{error}");
    }
}
