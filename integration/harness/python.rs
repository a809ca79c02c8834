//! Python scripts with psycopg 3, in a virtual environment made once under `target/`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::tools::{Output, run};

/// What scripts may import.
const PACKAGES: &[&str] = &["psycopg[binary]", "sqlalchemy", "django"];

/// Runs a script; its arguments are in `sys.argv[1:]`.
pub fn python(script: &str, arguments: &[&str]) -> Output {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    let python = PYTHON.get_or_init(environment);
    run(Command::new(python).args(["-c", script]).args(arguments))
}

fn environment() -> PathBuf {
    // target/tmp belongs to this test binary.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("integration-venv");
    let python = folder.join("bin/python");
    let ready = folder.join("ready");
    let made_of = std::fs::read_to_string(&ready).unwrap_or_default();
    if made_of == PACKAGES.join(" ") && python.is_file() {
        return python;
    }
    let made = run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder));
    assert_eq!(
        made.code, 0,
        "python3 -m venv failed: install python3 and python3-venv\n{}",
        made.stderr
    );
    let filled = run(Command::new(&python)
        .args(["-m", "pip", "install", "-q"])
        .args(PACKAGES));
    assert_eq!(
        filled.code, 0,
        "pip install {PACKAGES:?} failed: the tests need a Python package index\n{}",
        filled.stderr
    );
    std::fs::write(&ready, PACKAGES.join(" ")).unwrap();
    python
}
