//! Tests by their names, so that tables of them cannot rot.

use std::path::{Path, PathBuf};

/// Whether there is a test of this name: `module::test` of this suite, or `src::room::tests::module::test` of the library.
pub fn is_a_test(name: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some((modules, function)) = name.rsplit_once("::") else {
        return false;
    };
    let (base, modules) = match modules.strip_prefix("src::") {
        Some(modules) => (root.join("src"), modules),
        None => (root.join("integration"), modules),
    };
    let path: PathBuf = modules.split("::").fold(base, |path, part| path.join(part));
    let files = [path.with_extension("rs"), path.join("mod.rs")];
    let text: String = files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .collect();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(at, line)| {
        let named = line.starts_with(&format!("fn {function}("))
            || line.starts_with(&format!("async fn {function}("));
        let mut before = lines[..at].iter().rev();
        named
            && before
                .by_ref()
                .take_while(|line| line.starts_with('#'))
                .any(|line| line.contains("test"))
    })
}

/// Fails with what is wrong with a table: rows without a test, names that are no tests.
pub fn check(table: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (row, tests) in table {
        if tests.is_empty() {
            wrong.push(format!("no test for: {row}"));
        }
        wrong.extend(
            tests
                .iter()
                .filter(|name| !is_a_test(name))
                .map(|name| format!("{row}: no such test: {name}")),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn names_are_found_and_others_are_not() {
    assert!(is_a_test("named::names_are_found_and_others_are_not"));
    assert!(is_a_test(
        "src::plan::tests::attacks::doors_that_hide_names"
    ));
    assert!(!is_a_test("named::is_a_test") && !is_a_test("named::nothing"));
}
