//! The command line: what it prints, and its exit codes.

use crate::harness::{Database, Site, sealwire};

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
