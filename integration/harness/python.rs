//! Python with psycopg 3 and the frameworks of `apps/python/requirements.txt`, in a virtual environment made once
//! under `target/`, and again when those change.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::tools::{Output, run};

/// What scripts may import.
const PACKAGES: &str = include_str!("../apps/python/requirements.txt");

/// Runs a script; its arguments are in `sys.argv[1:]`.
pub fn python(script: &str, arguments: &[&str]) -> Output {
    run(Command::new(interpreter())
        .args(["-c", script])
        .args(arguments))
}

/// The interpreter of the environment.
pub fn interpreter() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(environment)
}

fn environment() -> PathBuf {
    // target/tmp belongs to this test binary.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("integration-venv");
    let python = folder.join("bin/python");
    let ready = folder.join("ready");
    let made_of = std::fs::read_to_string(&ready).unwrap_or_default();
    if made_of == PACKAGES && python.is_file() {
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
    let list = folder.join("requirements.txt");
    std::fs::write(&list, PACKAGES).unwrap();
    let filled = run(Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(&list));
    assert_eq!(
        filled.code,
        0,
        "pip install -r {} failed: the tests need a Python package index\n{}",
        list.display(),
        filled.stderr
    );
    std::fs::write(&ready, PACKAGES).unwrap();
    python
}
