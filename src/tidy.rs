//! The walls: which room may use which, and which crate has which one door. A test, so that they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every room, and the rooms it may use. The order is from the ground up: a room uses only rooms above it
/// in this list, which is what keeps the house free of cycles.
const ROOMS: &[(&str, &[&str])] = &[
    ("fault", &[]),
    ("identity", &[]),
    ("value", &[]),
    ("embedded", &[]),
    ("manual", &[]),
    ("eval", &["value"]),
    ("mask", &["value"]),
    ("seal", &["value"]),
    ("keys", &["seal", "value", "mask"]),
    ("catalog", &["seal", "value"]),
    ("suggest", &["value"]),
    ("sql", &["fault"]),
    ("wire", &["fault"]),
    ("auth", &["wire", "sql", "identity", "fault"]),
    (
        "policy",
        &["auth", "catalog", "identity", "mask", "seal", "value"],
    ),
    (
        "plan",
        &[
            "sql", "policy", "catalog", "identity", "mask", "seal", "value", "eval", "fault",
        ],
    ),
    (
        "transform",
        &[
            "plan", "catalog", "keys", "seal", "value", "eval", "mask", "policy", "fault",
        ],
    ),
    ("tls", &["policy"]),
    ("upstream", &["wire", "policy", "tls", "fault"]),
    (
        "gate",
        &["auth", "keys", "policy", "upstream", "wire", "fault"],
    ),
    ("audit", &["fault", "plan", "identity"]),
    ("metrics", &["auth", "fault", "plan"]),
    ("observe", &["fault", "plan"]),
    ("admin", &["metrics", "observe", "fault"]),
    (
        "ground",
        &[
            "plan", "policy", "catalog", "keys", "seal", "upstream", "value", "fault", "identity",
        ],
    ),
    (
        "session",
        &[
            "wire",
            "auth",
            "gate",
            "tls",
            "upstream",
            "plan",
            "transform",
            "ground",
            "policy",
            "identity",
            "mask",
            "audit",
            "metrics",
            "fault",
            "value",
        ],
    ),
    (
        "server",
        &["session", "ground", "metrics", "fault", "policy", "tls"],
    ),
    (
        "jobs",
        &[
            "suggest",
            "ground",
            "upstream",
            "catalog",
            "policy",
            "keys",
            "seal",
            "value",
            "plan",
            "transform",
            "sql",
            "fault",
            "identity",
            "mask",
        ],
    ),
    (
        "app",
        &[
            "server",
            "gate",
            "auth",
            "session",
            "ground",
            "admin",
            "audit",
            "metrics",
            "observe",
            "policy",
            "keys",
            "tls",
            "upstream",
            "plan",
            "transform",
            "identity",
            "fault",
        ],
    ),
    (
        "cli",
        &[
            "suggest", "app", "jobs", "auth", "gate", "tls", "embedded", "ground", "upstream",
            "policy", "keys", "plan", "catalog", "identity", "value", "seal", "mask", "fault",
        ],
    ),
];

/// Crates that may be named only in these rooms.
const DOORS: &[(&str, &[&str])] = &[
    // In `keys` it is only told which crypto backend the Vault client's TLS has.
    ("rustls", &["tls", "keys"]),
    ("tokio_rustls", &["tls"]),
    ("rustls_native_certs", &["tls"]),
    ("x509_parser", &["tls", "auth"]),
    ("sqlparser", &["sql"]),
    ("aes_siv", &["seal"]),
    ("aws_lc_rs", &["seal", "keys", "tls", "auth"]),
    ("stringprep", &["auth"]),
    ("argon2", &["keys"]),
    ("blahaj", &["keys"]),
    ("age", &["keys"]),
    ("qrcode", &["cli"]),
    ("cryptoki", &["keys"]),
    ("ureq", &["keys"]),
    ("prometheus", &["metrics"]),
    ("axum", &["admin"]),
    (
        "tokio_postgres",
        &["upstream", "gate", "ground", "jobs", "cli"],
    ),
    ("postgresql_embedded", &["embedded"]),
    ("toml", &["policy"]),
    ("schemars", &["policy"]),
    ("clap", &["cli"]),
    ("fake", &["cli"]),
    ("indicatif", &["cli"]),
];

/// Files that are no room.
const OUTSIDE: &[&str] = &["lib.rs", "main.rs", "tidy.rs"];

#[test]
fn every_path_stays_within_the_walls() {
    let rooms: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let mut complaints = Vec::new();
    for (room, file, text) in sources() {
        let Some(may) = rooms.get(room.as_str()) else {
            complaints.push(format!("{file}: the room `{room}` has no row in tidy.rs"));
            continue;
        };
        for used in crate_paths(&text) {
            if used != room && !may.contains(&used.as_str()) {
                complaints.push(format!("{file}: `{room}` may not use `{used}`"));
            }
        }
        for (vendor, doors) in DOORS {
            if names(&text, &format!("{vendor}::")) && !doors.contains(&room.as_str()) {
                complaints.push(format!(
                    "{file}: `{vendor}` has its door in {doors:?}, not in `{room}`"
                ));
            }
        }
        if names(&text, "super::super") {
            complaints.push(format!("{file}: super::super"));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_table_has_no_cycle_and_names_only_rooms_that_exist() {
    let mut above: BTreeSet<&str> = BTreeSet::new();
    for (room, may) in ROOMS {
        for used in *may {
            assert!(
                above.contains(used),
                "`{room}` uses `{used}`, which is not above it in the table"
            );
        }
        assert!(above.insert(room), "`{room}` stands twice");
    }
    let exist: BTreeSet<String> = sources().into_iter().map(|(room, _, _)| room).collect();
    for room in above {
        assert!(exist.contains(room), "no room `{room}` in src/");
    }
}

#[test]
fn every_file_says_at_its_head_what_it_is() {
    for path in rust_files(&root()) {
        let text = read(&path);
        assert!(
            text.starts_with("//! "),
            "{} has no //! head",
            path.display()
        );
    }
}

#[test]
fn the_library_re_exports_nothing() {
    assert!(!read(&root().join("lib.rs")).contains("pub use"));
}

#[test]
fn ciphers_wipe_their_keys() {
    // aes-siv's own feature does not reach the crates below it.
    let text = read(&root().with_file_name("Cargo.toml"));
    for cipher in ["aes", "cmac", "aes-siv", "argon2"] {
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("{cipher} = ")));
        assert!(
            line.is_some_and(|line| line.contains("\"zeroize\"")),
            "{cipher} without its feature zeroize: {line:?}"
        );
    }
}

#[test]
fn keys_lapse_by_a_clock_that_never_jumps() {
    // The wall clock is for telling people when something was; what it says decides nothing.
    let lease = strip(&read(&root().join("keys/lease.rs")));
    assert!(lease.contains("Instant") && !lease.contains("SystemTime"));
    let cached = without_tests(&strip(&read(&root().join("keys/cached.rs"))));
    assert!(cached.contains("until: Instant") && !cached.contains("SystemTime::now() <"));
}

#[test]
fn paths_are_found_in_code_alone() {
    let text = strip(
        r##"
        // use crate::comment;
        /* crate::block /* crate::nested */ */
        use crate::{one, two::{inside, other}, three as four};
        let a = "crate::string"; let b = r#"crate::raw " "#; let c = '"';
        fn f<'a>(x: &'a str) -> crate::five::Type {}
        "##,
    );
    let found = crate_paths(&text);
    let expected: BTreeSet<String> = ["one", "two", "three", "five"]
        .iter()
        .map(|room| (*room).to_owned())
        .collect();
    assert_eq!(found, expected);
}

/// (room, file for messages, stripped text without unit tests) of every source file in a room.
fn sources() -> Vec<(String, String, String)> {
    let root = root();
    rust_files(&root)
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(&root).ok()?;
            let first = inside.components().next()?.as_os_str().to_str()?;
            if OUTSIDE.contains(&first) {
                return None;
            }
            let room = first.trim_end_matches(".rs").to_owned();
            let test_file = inside.file_stem().is_some_and(|stem| stem == "tests");
            let text = if test_file {
                String::new()
            } else {
                without_tests(&strip(&read(&path)))
            };
            Some((room, inside.display().to_string(), text))
        })
        .collect()
}

/// Unit tests stand at the end of a file and may look over the walls.
fn without_tests(text: &str) -> String {
    let end = text
        .match_indices("#[cfg(test)]")
        .find(|(at, mark)| {
            text.get(at + mark.len()..)
                .is_some_and(|rest| rest.trim_start().starts_with("mod tests"))
        })
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text).to_owned()
}

/// The rooms named in `crate::room` and `crate::{room, …}`.
fn crate_paths(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, mark) in text.match_indices("crate::") {
        if text.get(..at).is_some_and(|before| before.ends_with(word)) {
            continue;
        }
        let rest = text.get(at + mark.len()..).unwrap_or_default();
        match rest.strip_prefix('{') {
            None => found.extend(leading_word(rest)),
            Some(group) => {
                let mut depth = 0_usize;
                let mut start = true;
                for (i, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && word(c) => {
                            found.extend(leading_word(group.get(i..).unwrap_or_default()));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn leading_word(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| word(*c)).collect();
    // A path to a macro or an item of the crate's root begins with a room too, or is none.
    (!name.is_empty()).then_some(name)
}

/// Whether `text` has `path` at the beginning of a path.
fn names(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        text.get(..at).is_some_and(|before| {
            !before.ends_with(word) && !before.ends_with("::") || before.ends_with(" ::")
        })
    })
}

fn word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Takes comments, strings and character literals out.
fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if c == '"' {
            string(rest)
        } else if c == 'r' && !out.ends_with(word) && raw_string(rest).is_some() {
            raw_string(rest).unwrap_or(1)
        } else if c == '\'' {
            character(rest)
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        };
        out.push(' ');
        rest = rest.get(skip..).unwrap_or_default();
    }
    out
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.get(1..)?.chars().take_while(|c| *c == '#').count();
    let body = text.get(1 + hashes..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end)?;
    Some(1 + hashes + 1 + length + end.len())
}

/// A character literal, or the quote of a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => text
            .get(3..)
            .and_then(|rest| rest.find('\''))
            .map_or(1, |at| 3 + at + 1),
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
