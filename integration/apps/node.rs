//! node-postgres with knex and with Drizzle. The packages are installed once under `target/`, and again when the list
//! changes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::shop;

/// A copy of the programs beside their packages, where Node looks for them.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/apps/node");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("integration-node");
        install(&source, &folder);
        copy(&source, &folder);
        folder
    })
}

fn install(source: &Path, folder: &Path) {
    let lock = std::fs::read_to_string(source.join("package-lock.json")).unwrap();
    let ready = folder.join("ready");
    if std::fs::read_to_string(&ready).is_ok_and(|installed| installed == lock) {
        return;
    }
    std::fs::create_dir_all(folder).unwrap();
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(source.join(name), folder.join(name)).unwrap();
    }
    let output = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .current_dir(folder)
        .output()
        .expect("npm is missing: install nodejs and npm");
    assert!(
        output.status.success(),
        "npm ci failed: the tests need an npm registry\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::fs::write(ready, lock).unwrap();
}

fn copy(source: &Path, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for entry in std::fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        let target = folder.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn program(script: &'static str) -> impl Fn() -> Command {
    move || {
        let mut command = Command::new("node");
        command.arg(folder().join(script)).env("TZ", "UTC");
        command
    }
}

/// `migrate.latest` makes the tables through the proxy.
#[test]
fn knex() {
    shop::play_from_the_start(program("knex_shop.mjs"));
}

#[test]
fn drizzle() {
    shop::play(program("drizzle_shop.mjs"));
}
