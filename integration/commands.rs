//! The command line: what it prints, and its exit codes.

use crate::harness::{Database, Raw, Site, sealwire, sealwire_with};

const RULES: &str = r#"
[tables."public.people".columns]
email = { seal = { search = ["equality"] } }
notes = { seal = {} }

[roles.reader]
members = ["pg:reader"]
[[roles.reader.grants]]
tables = ["public.people"]
reveal = ["email", "notes"]
"#;

fn people() -> Database {
    let database = Database::create(&["reader"]);
    database.run(
        "create table public.people (id int primary key, email text not null unique, notes text);
         insert into public.people values (1, 'ann@example.com', 'likes tea'), (2, 'bob@example.com', null);
         grant select on public.people to reader",
    );
    database
}

#[test]
fn exit_codes_are_those_of_the_manual() {
    assert_eq!(sealwire(&["--help"]).code, 0);
    assert_eq!(sealwire(&["no-such-command"]).code, 2);
    let nowhere = sealwire(&["check", "--rules", "/nowhere/at/all"]);
    assert_eq!(nowhere.code, 64, "{}", nowhere.stderr);
    assert!(nowhere.stderr.contains("/nowhere/at/all"));
}

#[test]
fn every_mistake_in_the_rules_is_reported_with_its_place() {
    let database = Database::create(&[]);
    let site = Site::bare(
        &database,
        "[classes.x]\nseel = {}\n[tables.\"public.t\".columns]\nemail = \"no-such-class\"\n",
    );
    let output = site.sealwire(&["check"]);
    assert_eq!(output.code, 64);
    assert!(output.stderr.contains("rules.toml:2"), "{}", output.stderr);
    assert!(output.stderr.contains("rules.toml:4"), "{}", output.stderr);
}

#[test]
fn keys_are_made_once_and_protect_wants_a_backup() {
    let database = people();
    let site = Site::new(&database, RULES);
    let status = site.sealwire(&["keys", "status"]).ok();
    assert!(status.contains("NO verified backup"), "{status}");
    // Never over an existing key.
    assert_eq!(site.sealwire(&["keys", "init"]).code, 1);
    // Without a backup, protect does not begin.
    let refused = site.sealwire(&[
        "protect",
        "--upstream",
        &database.superuser_url(),
        "public.people",
    ]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("keys backup"), "{}", refused.stderr);
}

#[test]
fn keys_come_back_by_shares() {
    let database = people();
    let site = Site::new(&database, RULES);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (backup, pages) = (at("keys.backup"), at("shares"));
    site.sealwire(&[
        "keys",
        "backup",
        &backup,
        "--shares",
        "5",
        "--threshold",
        "3",
        "--shares-to",
        &pages,
    ])
    .ok();
    // The record that `protect` asks for: all five pages were read again.
    let status = site.sealwire(&["keys", "status"]).ok();
    assert!(!status.contains("NO verified backup"), "{status}");
    let mut files: Vec<String> = std::fs::read_dir(&pages)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    assert_eq!(files.len(), 5);
    for file in &files {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{file}");
        let page = std::fs::read_to_string(file).unwrap();
        assert!(
            page.contains("Any 3 of the 5") && page.contains('█'),
            "{page}"
        );
    }
    site.protect("public.people");
    let key = site.folder().join("keys/root.key");
    std::fs::remove_file(&key).unwrap();
    let few = site.sealwire(&[
        "keys", "restore", &backup, "--share", &files[0], "--share", &files[4], "--share",
        &files[0],
    ]);
    assert_eq!(few.code, 1);
    assert!(
        few.stderr.contains("2 different shares are not enough"),
        "{}",
        few.stderr
    );
    assert!(!key.exists());
    // Mistyped.
    let typed = std::fs::read_to_string(&files[2])
        .unwrap()
        .replacen("SW1-", "SW1-Z", 1);
    std::fs::write(at("typed"), typed).unwrap();
    let mistyped = site.sealwire(&["keys", "verify", &backup, "--share", &at("typed")]);
    assert_eq!(mistyped.code, 1);
    assert!(mistyped.stderr.contains("share"), "{}", mistyped.stderr);
    let three = [
        "--share", &files[3], "--share", &files[0], "--share", &files[2],
    ];
    site.sealwire(&[&["keys", "verify", &backup], &three[..]].concat())
        .ok();
    site.sealwire(&[&["keys", "restore", &backup], &three[..]].concat())
        .ok();
    assert!(key.exists());
    let proxy = site.serve();
    let mut reader = Raw::login(proxy.port(), "reader", database.name());
    let rows = Raw::rows(&reader.query("select email from people where id = 1"));
    assert_eq!(rows, [[Some("ann@example.com".to_owned())]]);
}

#[test]
fn protect_seals_what_is_there_and_unprotect_opens_it() {
    let database = people();
    let site = Site::new(&database, RULES);
    let owner = database.superuser_url();
    let report = site.protect("public.people").stdout;
    assert!(report.contains("public.people.email: 2 rows"), "{report}");
    assert!(
        database
            .value("select email::text from people where id = 1")
            .starts_with("\\xfb")
    );
    assert_eq!(
        database.value("select notes is null from people where id = 2"),
        "t"
    );
    let status = site
        .sealwire(&["status", "--database", database.name()])
        .ok();
    assert!(
        status.contains("sealed, equality") && status.contains("sealed, random"),
        "{status}"
    );
    site.sealwire(&["unprotect", "--upstream", &owner, "public.people"])
        .ok();
    assert_eq!(
        database.value("select email from people where id = 1"),
        "ann@example.com"
    );
    assert_eq!(
        database.value(
            "select count(*) from pg_index where indrelid = 'people'::regclass and indisunique"
        ),
        "2"
    );
}

#[test]
fn explain_shows_what_becomes_of_a_statement() {
    let database = people();
    let site = Site::new(&database, RULES);
    site.protect("public.people");
    let explain = |role: &str, sql: &str| {
        site.sealwire(&["explain", "--database", database.name(), "--as", role, sql])
    };
    let answered = explain(
        "reader",
        "select email from people where email = 'ann@example.com'",
    )
    .ok();
    assert!(
        answered.contains("sealed for public.people.email"),
        "{answered}"
    );
    assert!(
        answered.contains("public.people.email opened"),
        "{answered}"
    );
    let derived = explain(
        "reader",
        "select upper(email), id from people order by email limit 3",
    )
    .ok();
    for said in [
        "the client's column 1: upper, of type text, computed by the proxy from column 1",
        "the client's column 2: column 2",
        "hidden from the client",
        "sorted by the proxy",
        "LIMIT by the proxy: 3",
    ] {
        assert!(derived.contains(said), "{said}: {derived}");
    }
    let refused = explain(
        "pg:nobody",
        "select id from people where email = 'ann@example.com'",
    );
    assert_eq!(refused.code, 1, "{}", refused.stderr);
    assert!(
        refused.stdout.contains("42501") && refused.stdout.contains("What would help"),
        "{}",
        refused.stdout
    );
    let passes = explain("reader", "select 1").ok();
    assert!(passes.contains("Passes untouched"), "{passes}");
}

#[test]
fn schemas_are_json() {
    let text = sealwire(&["rules", "schema"]).ok();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(schema["properties"]["tables"].is_object());
    // Whoever reads only the beginning ends nothing with a panic.
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_sealwire"))
        .args(["rules", "schema"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
}

#[test]
fn the_rules_of_this_repository_are_valid() {
    let root = env!("CARGO_MANIFEST_DIR");
    for folder in ["rules", "deploy/rules"] {
        let output = sealwire(&["check", "--rules", &format!("{root}/{folder}")]);
        assert_eq!(output.code, 0, "{folder}: {}", output.stderr);
    }
}

#[test]
fn check_names_what_the_live_database_does_not_bear_out() {
    let database = people();
    let site = Site::new(&database, RULES);
    let owner = database.superuser_url();
    let before = site.sealwire(&["check", "--upstream", &owner]);
    assert_eq!(before.code, 1, "{}", before.stdout);
    assert!(before.stdout.contains("public.people"), "{}", before.stdout);
    site.protect("public.people");
    site.sealwire(&["check", "--upstream", &owner]).ok();
}

#[test]
fn a_key_that_is_not_to_be_had_is_bad_configuration() {
    let database = people();
    let bare = Site::bare(&database, RULES);
    for command in [
        &["serve"][..],
        &["keys", "status"],
        &["status", "--database", database.name()],
        &["check", "--database", database.name()],
    ] {
        let output = bare.sealwire(command);
        assert_eq!(output.code, 64, "{command:?} {}", output.stderr);
        assert!(output.stderr.contains("keys init"), "{}", output.stderr);
    }
    // The rules alone need no key.
    bare.sealwire(&["check"]).ok();
    let inside = bare.rules_dir().join("sealwire.toml");
    let text = std::fs::read_to_string(&inside).unwrap();
    std::fs::write(&inside, text.replace("../keys/root.key", "root.key")).unwrap();
    let output = bare.sealwire(&["keys", "init"]);
    assert_eq!(output.code, 64, "{}", output.stderr);
    assert!(
        output.stderr.contains("must not lie in the rules folder"),
        "{}",
        output.stderr
    );
}

#[test]
fn machines_are_told_in_json_why_a_command_failed() {
    let database = people();
    let site = Site::new(&database, RULES);
    for (command, code, kind) in [
        (
            &["status", "--database", "no_such_database", "--json"][..],
            1,
            "failed",
        ),
        (&["init", "--json"], 2, "usage"),
    ] {
        let output = site.sealwire(command);
        assert_eq!(output.code, code, "{}", output.stderr);
        let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        assert_eq!(document["failure"], kind);
        assert_eq!(document["errors"].as_array().unwrap().len(), 1);
    }
    site.write_rules("[classes.x]\nseel = {}\n[classes.y]\nseel = {}\n");
    let output = site.sealwire(&["check", "--json"]);
    assert_eq!(output.code, 64);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(document["failure"], "configuration");
    assert!(document["errors"].as_array().unwrap().len() >= 2);
}

#[test]
fn a_backup_brings_a_lost_key_back() {
    let database = people();
    let site = Site::new(&database, RULES);
    let file = site.folder().join("backup");
    let file = file.to_str().unwrap();
    let with = |phrase: &str, arguments: &[&str]| {
        let rules = site.rules_dir();
        let mut all = arguments.to_vec();
        all.extend(["--rules", rules.to_str().unwrap()]);
        sealwire_with(&all, &[("SEALWIRE_BACKUP_PASSPHRASE", phrase)])
    };
    // Without a passphrase, or with a short one: usage.
    assert_eq!(site.sealwire(&["keys", "backup", file]).code, 2);
    assert_eq!(with("short", &["keys", "backup", file]).code, 2);
    with("a long enough passphrase", &["keys", "backup", file]).ok();
    let status = site.sealwire(&["keys", "status"]).ok();
    assert!(
        status.contains("A verified backup holds all of it"),
        "{status}"
    );
    // With a backup, protect needs no word more.
    let owner = database.superuser_url();
    site.sealwire(&["protect", "--upstream", &owner, "public.people"])
        .ok();

    let key = site.folder().join("keys/root.key");
    let before = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let wrong = with("another passphrase", &["keys", "restore", file]);
    assert_eq!(wrong.code, 1, "{}", wrong.stderr);
    assert!(!key.exists());
    with("a long enough passphrase", &["keys", "restore", file]).ok();
    site.sealwire(&["unprotect", "--upstream", &owner, "public.people"])
        .ok();
    assert_eq!(
        database.value("select email from people where id = 1"),
        "ann@example.com"
    );
    assert_eq!(before.len(), std::fs::read(&key).unwrap().len());
}

#[test]
fn another_key_opens_nothing_and_check_says_only_that() {
    let database = people();
    let site = Site::new(&database, RULES);
    site.protect("public.people");
    std::fs::remove_file(site.folder().join("keys/root.key")).unwrap();
    site.sealwire(&["keys", "init"]).ok();
    let owner = database.superuser_url();
    let check = site.sealwire(&["check", "--upstream", &owner]);
    assert_eq!(check.code, 1, "{}", check.stdout);
    assert!(
        check.stdout.contains("was wrapped under key"),
        "{}",
        check.stdout
    );
    // What cannot be known is not said.
    assert!(!check.stdout.contains("plaintext"), "{}", check.stdout);
    let unprotect = site.sealwire(&["unprotect", "--upstream", &owner, "public.people"]);
    assert_eq!(unprotect.code, 1);
    assert_eq!(
        unprotect.stderr.matches("was wrapped under key").count(),
        1,
        "{}",
        unprotect.stderr
    );
}

#[test]
fn protect_lists_all_obstacles_and_wants_the_owner() {
    let database = people();
    database.run(
        "create view v as select email from people;
         alter table people add check (notes <> ''), alter notes set default now()::text",
    );
    let site = Site::new(&database, RULES);
    let output = site.try_protect("public.people");
    assert_eq!(output.code, 1);
    for obstacle in ["view public.v", "constraint people_notes_check", "default"] {
        assert!(
            output.stderr.contains(obstacle),
            "{obstacle}: {}",
            output.stderr
        );
    }
    let service = site.sealwire(&[
        "protect",
        "--i-have-no-backup",
        "--database",
        database.name(),
        "public.people",
    ]);
    assert_eq!(service.code, 1);
    assert!(
        service.stderr.contains("--upstream URL"),
        "{}",
        service.stderr
    );
    assert!(!service.stderr.contains("db error"), "{}", service.stderr);
}

#[test]
fn tls_that_was_asked_for_is_never_left_out_quietly() {
    let database = people();
    let site = Site::new(&database, RULES);
    let url = format!("{}?sslmode=require", database.superuser_url());
    let output = site.sealwire(&["check", "--upstream", &url]);
    assert_eq!(output.code, 1);
    assert!(output.stderr.contains("TLS"), "{}", output.stderr);
}

#[test]
fn check_shows_what_each_column_leaks_and_runs_the_tests() {
    let database = people();
    let tests = r#"
[[tests]]
as = "reader"
sql = "select email from people"
expect = { email = "value" }
[[tests]]
as = "pg:nobody"
sql = "select email from people"
expect = { email = "value" }
"#;
    let site = Site::new(&database, &format!("{RULES}{tests}"));
    site.protect("public.people");
    let page = site.sealwire(&["check", "--database", database.name()]);
    assert_eq!(page.code, 1, "{}", page.stdout);
    for shown in [
        "public.people.email: shows to the server: whether it is NULL",
        "which rows are equal",
        "expected the value",
        "1 of 2 test(s) hold",
        "log_min_error_statement",
    ] {
        assert!(page.stdout.contains(shown), "{shown}\n{}", page.stdout);
    }
    let output = site.sealwire(&["check", "--json", "--database", database.name()]);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(document["passed"], false);
    assert_eq!(document["failed_tests"].as_array().unwrap().len(), 1);
    assert!(document["findings"].as_array().unwrap().len() > 2);
}

/// The README's five minutes, its rules and commands as they stand there.
#[test]
fn the_readme_does_what_it_says() {
    let readme = include_str!("../README.md");
    let blocks: Vec<String> = readme
        .split("## Five minutes")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap()
        .split("```")
        .map(str::to_owned)
        .collect();
    let block = |language: &str| {
        blocks
            .iter()
            .find_map(|block| block.strip_prefix(language))
            .unwrap()
            .lines()
            .map(|line| line.strip_prefix("   ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let database = Database::create(&["support_app"]);
    database.run(
        "create table public.customers (id int primary key, email text not null, notes text);
         insert into public.customers values (1, 'a@b.c', 'likes tea'), (2, 'd@e.f', null);
         grant select on public.customers to support_app",
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("rules")).unwrap();
    let port = database.server().port();
    let rules = block("toml").replace("127.0.0.1:5432", &format!("127.0.0.1:{port}"));
    std::fs::write(folder.path().join("rules/sealwire.toml"), rules).unwrap();
    let explain = readme
        .split("`sealwire explain")
        .nth(1)
        .and_then(|rest| rest.split('`').next())
        .unwrap();
    // `check` ends with 1 here, as the README says.
    let script = format!("{}\nsealwire explain{explain}", block("sh"))
        .replace(
            "postgresql://owner:password@127.0.0.1:5432/shop",
            &database.superuser_url(),
        )
        .replace(
            "--database shop",
            &format!("--database {}", database.name()),
        )
        .replace("/safe/place/", "")
        .replace("PASSPHRASE='…'", "PASSPHRASE='twelve or more'");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_sealwire"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder.path())
        .env("PATH", path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for shown in [
        "still holds plaintext",
        "public.customers.email: 2 rows, every one verified",
        "sealed for public.customers.email",
        "public.customers.email opened",
    ] {
        assert!(said.contains(shown), "{shown}\n{said}");
    }
}
