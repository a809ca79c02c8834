//! Java: plain JDBC (Debian's libpostgresql-jdbc-java) and JPA with EclipseLink (libeclipselink-java), compiled here.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::shop;

const JARS: &[&str] = &[
    "postgresql.jar",
    "eclipselink.jar",
    "eclipselink-jpa-2.1-spec.jar",
];

/// Class path of the compiled programs and the jars.
pub fn compiled(folder: &str, jars: &[&str]) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("integration")
        .join(folder);
    let classes = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder.replace('/', "-"));
    std::fs::create_dir_all(&classes).unwrap();
    let jars: Vec<String> = jars
        .iter()
        .map(|jar| format!("/usr/share/java/{jar}"))
        .collect();
    for jar in &jars {
        assert!(
            Path::new(jar).is_file(),
            "{jar} is missing: install what .ci/run names for Java"
        );
    }
    let class_path = format!("{}:{}", classes.display(), jars.join(":"));
    let sources: Vec<PathBuf> = std::fs::read_dir(&source)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "java")
        })
        .collect();
    let output = Command::new("javac")
        .args(["-encoding", "UTF-8", "-proc:none", "-cp", &class_path, "-d"])
        .arg(&classes)
        .args(sources)
        .output()
        .expect("javac is missing: install default-jdk-headless");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let unit = source.join("META-INF/persistence.xml");
    if unit.is_file() {
        std::fs::create_dir_all(classes.join("META-INF")).unwrap();
        std::fs::copy(unit, classes.join("META-INF/persistence.xml")).unwrap();
    }
    class_path
}

/// `java` with a class path, quick to start.
pub fn java(class_path: &str, main: &str) -> Command {
    let mut command = Command::new("java");
    command
        .args(["-XX:TieredStopAtLevel=1", "-Xmx256m", "-Duser.timezone=UTC"])
        .args(["-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"])
        .args(["-cp", class_path, main]);
    command
}

fn program(main: &'static str) -> impl Fn() -> Command {
    static CLASSES: OnceLock<String> = OnceLock::new();
    let class_path = CLASSES.get_or_init(|| compiled("apps/java", JARS));
    move || java(class_path, main)
}

/// The driver's defaults: named statements and binary results from the fifth execution on.
#[test]
fn jdbc() {
    shop::play(program("JdbcShop"));
}

/// Statements of a runner of SQL files make the tables, and change them.
#[test]
fn jdbc_makes_its_tables_through_the_proxy() {
    shop::play_from_the_start(program("JdbcShop"));
}

/// Named statements at once, and batches rewritten into INSERTs of many rows.
#[test]
fn jdbc_prepared_at_once_with_rewritten_batches() {
    let options = "prepareThreshold=1&reWriteBatchedInserts=true";
    shop::play_with(program("JdbcShop"), &[("SHOP_JDBC", options)]);
}

/// Nothing but Query messages, with the parameters written into the text by the driver.
#[test]
fn jdbc_in_simple_query_mode() {
    shop::play_with(
        program("JdbcShop"),
        &[("SHOP_JDBC", "preferQueryMode=simple")],
    );
}

#[test]
fn jpa() {
    shop::play(program("JpaShop"));
}

/// EclipseLink's own `create-tables`.
#[test]
fn jpa_makes_its_tables_through_the_proxy() {
    shop::play_from_the_start(program("JpaShop"));
}

#[test]
fn jpa_with_cached_statements() {
    shop::play_with(program("JpaShop"), &[("SHOP_CACHE_STATEMENTS", "true")]);
}
