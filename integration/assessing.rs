//! `sealwire assess`: statements from the server's statistics, scripts and logs, judged before `protect`.

use std::io::Write;

use sealwire::embedded::Options;
use serde_json::Value;

use crate::harness::{Database, Site, psql, python, start};

const RULES: &str = r#"
[tables."public.people".columns]
email = { seal = { search = ["equality"] }, masks = { partial = "email" } }
notes = { seal = {} }
born = { type = "date", seal = { search = ["equality"] } }
phone = { masks = { partial = { keep_last = 1 } } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.desk]
members = ["pg:desk"]
[[roles.desk.grants]]
tables = ["*"]
level = "access"
search = ["email"]
"#;

const TABLES: &str = "create table people (id int primary key, email text, phone text, notes text, born date, seen timestamptz default now());
     insert into people select i, 'canary' || i || '@example.com', '555-' || i, 'canary note ' || i, date '1980-01-01' + i from generate_series(1, 5) i;
     create table other (id int primary key, what text);
     grant all on people, other to owner, desk";

fn people() -> Database {
    let database = Database::create(&["owner", "desk"]);
    database.run(TABLES);
    database
}

fn file(site: &Site, name: &str, text: &str) -> String {
    let path = site.folder().join(name);
    std::fs::File::create(&path)
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    path.to_string_lossy().into_owned()
}

fn assess(site: &Site, database: &Database, arguments: &[&str]) -> (i32, Value, String) {
    let owner = database.superuser_url();
    let mut all = vec!["assess", "--json", "--upstream", &owner];
    all.extend(arguments);
    let output = site.sealwire(&all);
    let whole = format!("{}{}", output.stdout, output.stderr);
    assert!(!whole.contains("canary"), "{whole}");
    let document = serde_json::from_str(&output.stdout).unwrap_or(Value::Null);
    (output.code, document, output.stderr)
}

fn verdict<'a>(document: &'a Value, role: &str, part: &str) -> &'a Value {
    document["statements"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["role"] == role && line["statement"].as_str().unwrap().contains(part))
        .unwrap_or_else(|| panic!("{role}: {part}\n{document:#}"))
}

const SCRIPT: &str = r#"
\set quiet on
-- canary in a comment
select id, email from people where email = 'canary1@example.com';
select email from people where lower(email) = 'canary1@example.com';
select email from people where email = 'canary2@example.com' order by lower(notes);
insert into people (id, email, born) values (7, 'canary7@example.com', '1990-01-01');
select count(*) from people;
select what from other where what = 'canary;';
copy other from stdin;
1	canary
\.
select u&'canary' from people;
begin; update people set notes = $$canary$$ where id = 1; commit;
select id from people where email = "canary9@example.com";
"#;

#[test]
fn a_script_is_judged_before_there_is_a_key_or_a_schema() {
    let database = people();
    // Neither `keys init` nor `init` has run.
    let site = Site::bare(&database, RULES);
    let path = file(&site, "app.sql", SCRIPT);
    let (code, document, errors) = assess(&site, &database, &["--from", &path, "--as", "owner"]);
    assert_eq!(code, 1, "{errors}");
    let of = |part: &str| verdict(&document, "owner", part)["verdict"].clone();
    assert_eq!(
        of("select id, email from people"),
        "answered",
        "{document:#}"
    );
    assert_eq!(of("lower(email)"), "refused");
    assert_eq!(of("order by lower(notes)"), "refused");
    assert_eq!(of("insert into people"), "answered");
    assert_eq!(of("count(*)"), "answered");
    assert_eq!(of("from other"), "untouched");
    assert_eq!(of("update people"), "answered");
    let refused = verdict(&document, "owner", "lower(email)");
    assert!(refused["fault"].as_str().unwrap().starts_with("SW1"));
    assert!(refused["hint"].is_string() && refused["message"].is_string());
    let totals = &document["summary"]["owner"];
    assert_eq!(totals["not understood"]["statements"], 1, "{document:#}");
    assert_eq!(totals["refused"]["statements"], 3);
    // A value in double quotes is a name that is not there: the message does not say it.
    let quoted = verdict(&document, "owner", "where email = \"…\"");
    assert_eq!(quoted["message"], "column \"…\" does not exist");
    let percent: f64 = totals
        .as_object()
        .unwrap()
        .values()
        .map(|total| total["percent"].as_f64().unwrap())
        .sum();
    assert!((99.0..=101.0).contains(&percent), "{percent}");
    // Every role of the rules, where none is named.
    let (_, document, _) = assess(&site, &database, &["--from", &path]);
    let masked = verdict(&document, "desk", "select id, email from people");
    assert_eq!(masked["verdict"], "masked");
    assert_eq!(masked["masked"], serde_json::json!(["public.people.email"]));
    assert_eq!(
        verdict(&document, "desk", "insert into people")["verdict"],
        "refused"
    );
    // The page for people.
    let owner = database.superuser_url();
    let page = site.sealwire(&["assess", "--upstream", &owner, "--from", &path]);
    assert_eq!(page.code, 1);
    assert!(
        page.stdout.contains("as owner: ") && page.stdout.contains("refused: SW152"),
        "{}",
        page.stdout
    );
    assert!(!page.stdout.contains("canary"), "{}", page.stdout);
    // What is fine ends with 0.
    let fine = file(
        &site,
        "fine.sql",
        "select id, email from people where email = 'canary1@example.com'",
    );
    assert_eq!(
        assess(&site, &database, &["--from", &fine, "--as", "owner"]).0,
        0
    );
}

#[test]
fn what_assess_foretells_is_what_happens_after_protect() {
    let database = people();
    let site = Site::new(&database, RULES);
    let statements = [
        "select id, email from people where email = 'canary1@example.com'",
        "select email from people where lower(email) = 'canary1@example.com'",
        "select max(email) from people",
        "select email from people order by email",
        "select email, count(*) from people group by email",
        "select notes, count(*) from people group by notes",
        "select distinct born from people",
        "select id from people where born > date '1980-01-02'",
        "select id from people where born = date '1980-01-02'",
        "select id from people where phone like '555%'",
        "update people set email = 'canary@example.com' where id = 1",
        "delete from people where email in ('canary3@example.com', 'canary4@example.com')",
        "select p.email from people p join people q on p.email = q.email",
        "select p.email from people p join other o on p.email = o.what",
        "insert into people (id, email) select id + 100, what from other",
        "select email || 'canary' from people",
        "select * from people where notes is null",
        "select row_number() over (order by id), email from people",
        "copy people to stdout",
    ];
    let path = file(&site, "app.sql", &statements.join(";\n"));
    let mut foretold = Vec::new();
    for role in ["owner", "desk"] {
        let (_, document, errors) = assess(&site, &database, &["--from", &path, "--as", role]);
        for statement in statements {
            let one = file(&site, "one.sql", statement);
            let (code, _, _) = assess(&site, &database, &["--from", &one, "--as", role]);
            foretold.push((role, statement, code == 0));
        }
        assert!(
            document["statements"].as_array().unwrap().len() > 10,
            "{errors}"
        );
    }
    site.protect("public.people");
    let proxy = site.serve();
    for (role, statement, answered) in foretold {
        let output = psql(&proxy.url(role), &format!("begin; {statement}; rollback"));
        let server_said = output.stderr.contains("42601") || output.stderr.contains("42P01");
        assert!(!server_said, "{statement}: {}", output.stderr);
        assert_eq!(
            output.code == 0,
            answered,
            "{role}: {statement}: {}",
            output.stderr
        );
    }
}

/// How a column would be folded is a matter of its collation.
#[test]
fn the_fold_foretold_is_that_of_the_columns_collation() {
    let utf8 = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'";
    let ascii = "template template0 encoding 'UTF8' locale 'C'";
    let script = "insert into names (own, its) values ('x', 'ς'); insert into names (own, its) values ('ς', 'x')";
    for (options, verdicts) in [
        (utf8, ["refused", "answered"]),
        (ascii, ["answered", "answered"]),
    ] {
        let database = Database::create_with(options, &["owner"]);
        database.run("create table names (own text collate \"C\", its text)");
        let rules = r#"
[tables."public.names".columns]
own = { seal = { search = ["equality-ci"] } }
its = { seal = { search = ["equality-ci"] } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;
        let site = Site::bare(&database, rules);
        for (statement, expected) in script.split("; ").zip(verdicts) {
            let path = file(&site, "names.sql", statement);
            let (_, document, _) = assess(&site, &database, &["--from", &path, "--as", "owner"]);
            let found = &verdict(&document, "owner", "insert")["verdict"];
            assert_eq!(found, expected, "{options}: {statement}");
        }
        // As it comes to be.
        let site = Site::new(&database, rules);
        site.protect("public.names");
        let proxy = site.serve();
        for (statement, expected) in script.split("; ").zip(verdicts) {
            let output = psql(&proxy.url("owner"), statement);
            let refused = output.stderr.contains("SW151");
            assert_eq!(
                refused,
                expected == "refused",
                "{statement}: {}",
                output.stderr
            );
        }
    }
}

#[test]
fn the_servers_statistics_are_weighted_by_calls() {
    let control =
        std::path::Path::new("/usr/share/postgresql/15/extension/pg_stat_statements.control");
    if !control.exists() && std::env::var_os("SEALWIRE_PG_BIN").is_none() {
        eprintln!("pg_stat_statements is not installed here: nothing tested");
        return;
    }
    let server = Box::leak(Box::new(start(Options {
        settings: vec![(
            "shared_preload_libraries".to_owned(),
            "pg_stat_statements".to_owned(),
        )],
        ..Options::default()
    })));
    let database = Database::create_on(server, &["owner", "desk"]);
    database.run(TABLES);
    let site = Site::bare(&database, RULES);
    // Not there yet.
    let (code, _, errors) = assess(&site, &database, &["--from", "pg_stat_statements"]);
    assert_eq!(code, 1);
    assert!(
        errors.contains("create extension pg_stat_statements"),
        "{errors}"
    );
    database.run("create extension pg_stat_statements; select pg_stat_statements_reset()");
    let script = r#"
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as c:
    for n in range(8):
        c.execute("select id from people where email = %s", (f"canary{n}",))
    c.execute("select id from people where seen > now() - interval '2 days' limit 3")
    c.execute("select extract(year from seen), email from people where born = date '1990-01-01'")
    c.execute("select id from people where notes = 'canary'")
    c.execute("select what from other")
"#;
    let output = python(script, &[&database.url("desk")]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let (code, document, errors) = assess(&site, &database, &["--from", "pg_stat_statements"]);
    assert_eq!(code, 1, "{errors}");
    let of = |part: &str| verdict(&document, "pg:desk", part).clone();
    let found = of("where email = ?");
    assert_eq!(
        (&found["verdict"], &found["calls"]),
        (&Value::from("answered"), &Value::from(8)),
        "{document:#}"
    );
    assert_eq!(of("interval")["verdict"], "answered");
    assert_eq!(of("where notes")["verdict"], "refused");
    assert_eq!(of("from other")["verdict"], "untouched");
    // desk may not search by birth date; as owner the same statement is answered.
    assert_eq!(of("extract")["verdict"], "refused");
    let (_, as_owner, _) = assess(
        &site,
        &database,
        &["--from", "pg_stat_statements", "--as", "owner"],
    );
    assert_eq!(
        verdict(&as_owner, "owner", "extract")["verdict"],
        "answered",
        "{as_owner:#}"
    );
    // A login that may not read others' statements says what is missing.
    let bare = site.sealwire(&[
        "assess",
        "--json",
        "--from",
        "pg_stat_statements",
        "--database",
        database.name(),
    ]);
    assert!(
        bare.stdout.contains("pg_read_all_stats"),
        "{}\n{}",
        bare.stdout,
        bare.stderr
    );
}

#[test]
fn the_servers_own_log_is_read() {
    let server = Box::leak(Box::new(start(Options {
        settings: vec![
            ("log_statement".to_owned(), "all".to_owned()),
            ("log_line_prefix".to_owned(), "%m [%p] %u@%d ".to_owned()),
        ],
        ..Options::default()
    })));
    let database = Database::create_on(server, &["owner", "desk"]);
    database.run(TABLES);
    let script = r#"
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as c:
    for n in range(3):
        c.execute("select id,\n  email from people where email = %s", (f"canary{n}",))
    c.execute("select id from people where notes = 'canary'")
"#;
    assert_eq!(python(script, &[&database.url("desk")]).code, 0);
    let log = std::fs::read_to_string(database.server().log_file()).unwrap();
    let site = Site::bare(&database, RULES);
    let path = file(&site, "postgresql.log", &log);
    let (code, document, errors) = assess(&site, &database, &["--from", &path]);
    assert_eq!(code, 1, "{errors}");
    let found = verdict(&document, "pg:desk", "where email = ?");
    assert_eq!(
        (&found["verdict"], &found["calls"]),
        (&Value::from("masked"), &Value::from(3)),
        "{document:#}"
    );
    assert_eq!(
        verdict(&document, "pg:desk", "where notes")["verdict"],
        "refused"
    );
}

#[test]
fn what_cannot_be_judged_is_said() {
    let database = people();
    let site = Site::bare(&database, RULES);
    let missing = assess(&site, &database, &["--from", "/nowhere/app.sql"]);
    assert_eq!(missing.0, 2, "{}", missing.2);
    assert!(missing.2.contains("/nowhere/app.sql"), "{}", missing.2);
    let path = file(&site, "empty.sql", "");
    let empty = assess(&site, &database, &["--from", &path]);
    assert_eq!(empty.0, 1);
    assert!(empty.2.contains("nothing to judge"), "{}", empty.2);
    let path = file(&site, "one.sql", "select 1");
    let nobody = assess(&site, &database, &["--from", &path, "--as", "nobody"]);
    assert_eq!(nobody.0, 2, "{}", nobody.2);
    assert!(nobody.2.contains("nobody"), "{}", nobody.2);
    let nowhere = site.sealwire(&["assess", "--from", &path]);
    assert_eq!(nowhere.code, 2, "{}", nowhere.stderr);
}
