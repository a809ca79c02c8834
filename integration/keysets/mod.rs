//! Named keysets: tables under keysets of their own.

mod choosing;

use crate::harness::{Database, Proxy, Site, psql, until};

const TABLES: &str = "
create table shared (id int primary key, email text not null, notes text);
insert into shared select i, 's' || i || '@example.com', 'shared ' || i from generate_series(1, 50) i;
create table entries (id int primary key, body text, tag text default 'plain');
create table a_people (id int primary key, email text not null unique, notes text);
insert into a_people select i, 'a' || i || '@example.com', 'of a ' || i from generate_series(1, 50) i;
create table b_people (id int primary key, email text not null unique, notes text);
insert into b_people select i, 'b' || i || '@example.com', 'of b ' || i from generate_series(1, 50) i;
grant all on all tables in schema public to app, guest;
grant create on schema public to app;
";

const RULES: &str = r#"
[tables."public.shared".columns]
email = { seal = { search = ["equality"] } }
notes = { seal = {} }
[tables."public.entries".columns]
body = { seal = {} }
tag = { seal = {} }
[tables."public.a_people"]
keyset = "tenant-a"
[tables."public.a_people".columns]
email = { seal = { search = ["equality"] } }
notes = { seal = {} }
[tables."public.b_people"]
like = "public.a_people"
keyset = "tenant-b"
[tables."public.a_later"]
like = "public.a_people"

[roles.app]
members = ["pg:app"]
keysets = ["tenant-a", "tenant-b"]
[[roles.app.grants]]
tables = ["public.*"]
level = "full-control"
reveal = ["*"]
[roles.guest]
members = ["pg:guest"]
[[roles.guest.grants]]
tables = ["public.*"]
level = "modify"
reveal = ["*"]
"#;

fn envelopes(database: &Database, table: &str, column: &str) -> String {
    database.value(&format!(
        "select string_agg(distinct get_byte({column}, 3) || '/' || (get_byte({column}, 4) * 256 + get_byte({column}, 5)), ', ') from {table}"
    ))
}

/// Three tables, and keysets of slots 0 to 2.
fn tenants() -> (Database, Site) {
    let database = Database::create(&["app", "guest"]);
    database.run(TABLES);
    let site = Site::new(&database, RULES);
    let owner = database.superuser_url();
    for name in ["tenant-a", "tenant-b"] {
        let told = site
            .sealwire(&["keys", "init", "--name", name, "--upstream", &owner])
            .ok();
        assert!(told.contains(name), "{told}");
    }
    (database, site)
}

fn shown(proxy: &Proxy, sql: &str) -> String {
    let output = psql(&proxy.url("app"), sql);
    format!("{}{}", output.stdout, output.stderr)
}

#[test]
fn tables_are_sealed_under_the_keyset_that_their_rule_names() {
    let (database, site) = tenants();
    let owner = database.superuser_url();
    let again = site.sealwire(&["keys", "init", "--name", "tenant-a", "--upstream", &owner]);
    assert!(
        again.code == 1 && again.stderr.contains("already"),
        "{}",
        again.stderr
    );
    for table in ["shared", "entries", "a_people", "b_people"] {
        site.protect(table);
    }
    for (table, place) in [("shared", "0/1"), ("a_people", "1/1"), ("b_people", "2/1")] {
        assert_eq!(envelopes(&database, table, "email"), place);
        assert_eq!(envelopes(&database, table, "notes"), place);
    }
    let check = site.sealwire(&["check", "--upstream", &owner]).stdout;
    // The one error is the table that is to come.
    assert!(
        check.contains("1 error(s)") && !check.contains("keyset"),
        "{check}"
    );

    // What may be known of them, and nothing secret.
    let status = site
        .sealwire(&["keys", "status", "--upstream", &owner])
        .ok();
    for part in [
        "of tenant-a, slot 1, epoch 1: opens",
        "(0 days ago), wrapped by provider file; seals public.b_people.email, public.b_people.notes",
        "NO verified backup holds all of it",
    ] {
        assert!(status.contains(part), "{part}: {status}");
    }
    let document: serde_json::Value = serde_json::from_str(
        &site
            .sealwire(&["keys", "status", "--json", "--upstream", &owner])
            .ok(),
    )
    .unwrap();
    assert_eq!(document["in_use"][1]["columns"][1], "public.a_people.notes");
    assert!(document["keysets"][2].get("blob").is_none());

    // The proxy reads and writes all of them; a table that is made later is under its own.
    let proxy = site.serve();
    for (table, one) in [("shared", "s7"), ("a_people", "a7"), ("b_people", "b7")] {
        let found = shown(
            &proxy,
            &format!("select notes, id from {table} where email = '{one}@example.com'"),
        );
        assert!(found.contains(" 7") && found.contains("| "), "{found}");
        shown(
            &proxy,
            &format!("insert into {table} values (99, 'new@example.com', 'fresh {table}')"),
        );
        let found = shown(
            &proxy,
            &format!("select notes from {table} where email = 'new@example.com'"),
        );
        assert!(found.contains(&format!("fresh {table}")), "{found}");
    }
    assert_eq!(envelopes(&database, "b_people", "notes"), "2/1");
    for sql in [
        "create table a_later (id int primary key, email text, notes text)",
        "insert into a_later values (1, 'l@example.com', 'later')",
    ] {
        let said = shown(&proxy, sql);
        assert!(!said.contains("ERROR"), "{said}");
    }
    let made = shown(
        &proxy,
        "select notes from a_later where email = 'l@example.com'",
    );
    assert!(made.contains("later"), "{made}");
    assert_eq!(envelopes(&database, "a_later", "email"), "1/1");
    // An envelope of one tenant in the table of another does not open.
    database
        .run("update b_people set notes = (select notes from a_people where id = 1) where id = 1");
    let moved = shown(&proxy, "select notes from b_people where id = 1");
    assert!(
        moved.contains("SW304") && !moved.contains("of a"),
        "{moved}"
    );

    // A keyset is rotated alone.
    let rotated = proxy.site.sealwire(&[
        "rotate",
        "keyset",
        "tenant-a",
        "--upstream",
        &owner,
        "--i-have-no-backup",
        "--settle",
        "0",
    ]);
    assert_eq!(rotated.code, 0, "{}", rotated.stderr);
    assert_eq!(envelopes(&database, "a_people", "notes"), "1/2");
    assert_eq!(envelopes(&database, "a_people", "email"), "1/2");
    assert_eq!(envelopes(&database, "b_people", "email"), "2/1");
    until(|| {
        shown(
            &proxy,
            "select notes from a_people where email = 'a7@example.com'",
        )
        .contains("of a 7")
    });
    // And all of them go to another key together, and into a backup.
    let key = proxy.site.folder().join("keys/other.key");
    proxy
        .site
        .sealwire(&[
            "rotate",
            "kek",
            "--to",
            "file",
            "--key-file",
            key.to_str().unwrap(),
            "--upstream",
            &owner,
        ])
        .ok();
    proxy.site.settings(&[(
        "path = \"../keys/root.key\"",
        "path = \"../keys/other.key\"",
    )]);
    let proxy = proxy.again();
    let file = proxy.site.folder().join("all.backup");
    let file = file.to_str().unwrap();
    let phrase = [("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")];
    proxy
        .site
        .sealwire_with(&["keys", "backup", file], &phrase)
        .ok();
    let verified = proxy
        .site
        .sealwire_with(&["keys", "verify", file], &phrase)
        .ok();
    assert!(verified.contains('4'), "{verified}");
    let other = Site::bare(&database, RULES);
    other
        .sealwire_with(&["keys", "restore", file], &phrase)
        .ok();
    let status = other.sealwire(&["keys", "status"]).ok();
    assert_eq!(status.matches(": opens").count(), 4, "{status}");
    let elsewhere = other.serve();
    for (table, one, notes) in [
        ("shared", "s8", "shared 8"),
        ("a_people", "a8", "of a 8"),
        ("b_people", "b8", "of b 8"),
    ] {
        let found = shown(
            &elsewhere,
            &format!("select notes from {table} where email = '{one}@example.com'"),
        );
        assert!(found.contains(notes), "{found}");
    }
}

#[test]
fn a_keyset_that_is_not_there_and_one_that_does_not_fit_are_told() {
    let (database, site) = tenants();
    let rules = |from: &str, to: &str| {
        assert!(RULES.contains(from));
        site.write_rules(&RULES.replace(from, to));
    };
    rules("keyset = \"tenant-a\"", "keyset = \"tenant-c\"");
    let refused = site.try_protect("a_people");
    assert!(
        refused.code == 1 && refused.stderr.contains("which this database does not have"),
        "{}",
        refused.stderr
    );
    rules("keyset = \"tenant-a\"", "keyset = \"\"");
    let refused = site.sealwire(&["check"]);
    assert!(
        refused.code == 64 && refused.stderr.contains("expected the name of a keyset"),
        "{}",
        refused.stderr
    );
    // Columns of one key domain are under one keyset.
    site.write_rules(&RULES.replace(
        "email = { seal = { search = [\"equality\"] } }",
        "email = { seal = { search = [\"equality\"], domain = \"mail\" } }",
    ));
    site.protect("a_people");
    let refused = site.try_protect("b_people");
    assert!(
        refused
            .stderr
            .contains("key domain mail is sealed under another keyset"),
        "{}",
        refused.stderr
    );
    // A rule that names another keyset than the column is under is told; the column stays readable.
    rules("keyset = \"tenant-a\"", "keyset = \"tenant-b\"");
    let owner = database.superuser_url();
    let check = site.sealwire(&["check", "--upstream", &owner]);
    let said = format!("{}{}", check.stdout, check.stderr);
    assert!(
        said.contains("is sealed under keyset \"tenant-a\", which is not that of its rule"),
        "{said}"
    );
    let proxy = site.serve();
    let found = shown(&proxy, "select notes from a_people where id = 3");
    assert!(found.contains("of a 3"), "{found}");
}
