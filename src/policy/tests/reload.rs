//! Hashes, epochs, watching, differences.

use std::fs::write;

use expect_test::expect;

use super::*;

#[test]
fn a_folder_is_watched_by_its_content() {
    let dir = tempfile::tempdir().unwrap();
    let rules = dir.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    write(rules.join("a.toml"), PRELUDE).unwrap();
    let first = Policy::load(&rules).unwrap();
    assert_eq!(folder_hash(&rules).unwrap(), first.hash);
    assert_eq!(first.hash.len(), 64);
    let mut watcher = Watcher::new(&rules, first.hash.as_str());
    assert!(!watcher.changed());
    write(rules.join("notes.txt"), "not a rule").unwrap();
    write(rules.join(".hidden.toml"), "not a rule").unwrap();
    assert!(!watcher.changed());
    write(rules.join("b.toml"), "mode = \"observe\"\n").unwrap();
    assert!(watcher.changed());
    assert!(!watcher.changed(), "each content is reported once");
    let second = Policy::load(&rules).unwrap();
    assert_ne!(first.hash, second.hash);
    assert!(second.epoch > first.epoch);
    std::fs::rename(rules.join("b.toml"), rules.join("c.toml")).unwrap();
    assert!(watcher.changed(), "names are part of the content");
}

#[test]
fn paths_are_relative_to_the_folder() {
    let policy = Policy::load_str(
        &[("a.toml", PRELUDE)],
        std::path::Path::new("/etc/sealwire/rules"),
    )
    .unwrap();
    assert_eq!(
        policy.settings.keys.path,
        std::path::Path::new("/etc/sealwire/keys/root.key")
    );
}

#[test]
fn differences_in_plain_lines() {
    let old = policy(
        "[tables.t.columns]\na = { seal = {} }\nb = { seal = {} }\n[roles.x]\n[limits]\nguesses_per_hour = 5\n",
    );
    let new = policy(
        "[tables.t]\nmode = \"observe\"\ncolumns = { a = { masks = {} }, c = { seal = {} } }\n[roles.y]\n",
    );
    expect![[r#"
        added column public.t.c
        added role y
        changed column public.t.a
        changed settings [limits]
        changed table public.t
        removed column public.t.b
        removed role x"#]]
    .assert_eq(&differences(&old, &new).join("\n"));
    assert_eq!(differences(&old, &old), Vec::<String>::new());
}
