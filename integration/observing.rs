//! Observe mode as a live application and its operator see it: nothing changes, and what enforcing would do is told.

use crate::harness::{Database, Output, Proxy, Raw, psql, python};

const ROLES: &str = r#"
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
partial = ["email"]
search = ["email"]
"#;

const COLUMNS: &str = r#"
[tables."public.people".columns]
email = { seal = { search = ["equality"] }, masks = { partial = "email" } }
notes = { seal = {} }
phone = { masks = { partial = { keep_last = 1 } } }
"#;

fn people() -> Database {
    let database = Database::create(&["owner", "desk"]);
    database.run(
        "create table people (id int primary key, email text, phone text, notes text);
         insert into people select i, 'canary' || i || '@example.com', '555-' || i, 'canary note ' || i from generate_series(1, 5) i;
         create table other (id int primary key, what text);
         insert into other values (1, 'x');
         grant all on people, other to owner, desk",
    );
    database
}

fn observing() -> (Database, Proxy) {
    let database = people();
    let proxy = Proxy::start(&database, &format!("mode = \"observe\"\n{COLUMNS}{ROLES}"));
    (database, proxy)
}

fn status(proxy: &Proxy) -> serde_json::Value {
    let output = proxy
        .site
        .sealwire(&["status", "--observed", "--json"])
        .ok();
    serde_json::from_str(&output).unwrap()
}

/// Statements that observe mode may neither refuse nor change, whatever the rules would do with them.
const SCRIPTS: &[&str] = &[
    "select * from people order by id",
    "select email from people where email = 'canary1@example.com'",
    "select lower(email), upper(notes), length(phone) from people where id = 1",
    "select max(phone), min(email) from people",
    "select email from people where notes like 'canary%' order by notes desc limit 2",
    "select no_such_column from people",
    "select 1 / 0 from people",
    "insert into people values (1, 'canary@example.com')",
    "begin; update people set email = 'x' where id = 1 returning *; rollback",
    "begin; declare c cursor for select email from people order by id; fetch 2 from c; commit",
    "copy (select email from people order by id) to stdout",
    "copy people (id, email) to stdout",
    "do $$ declare e text; begin select email into e from people limit 1; end $$",
    "begin; create function pg_temp.f() returns bigint language sql as 'select count(*) from people'; select pg_temp.f(); rollback",
    "prepare p as select email from people where id = $1; execute p (2)",
    "begin; select broken from people; select email from people; rollback",
    "set client_encoding = 'latin1'; select email, '\u{e9}' from people where id = 1",
    "set standard_conforming_strings = off; select email from people where email = 'a\\'b' or id = 1",
    "explain (costs off) select email from people where id = 1",
    "merge into people p using other o on p.id = o.id when matched then update set notes = p.notes",
    "select email from people; select bad syntax here; select 2",
    "select u&\"em\\0061il\" from people where id = 1",
    "alter table people add column extra int; alter table people drop column extra",
    "table people",
    "select \"email\" from people where email = \"canary9\"",
];

fn run(url: &str, script: &str) -> Output {
    let mut output = psql(url, script);
    // Which source line of the server speaks is the same, and so is everything else but the notice of a copy.
    output.stderr = output.stderr.replace("\r", "");
    output
}

#[test]
fn an_observed_table_behaves_as_on_a_direct_connection() {
    let (database, proxy) = observing();
    for role in ["owner", "desk"] {
        for script in SCRIPTS {
            let direct = run(&database.url(role), script);
            let through = run(&proxy.url(role), script);
            assert_eq!(through, direct, "{role}: {script}\n{}", proxy.log());
        }
    }
}

#[test]
fn the_raw_answers_are_the_same_bytes() {
    let (database, proxy) = observing();
    let direct_port = database.server().port();
    let conversation = |port: u16| {
        let mut raw = Raw::login(port, "desk", database.name());
        let mut answers = Vec::new();
        for sql in SCRIPTS {
            answers.push(raw.query(sql));
        }
        // Extended: named statement, binary result, describe, wrong number of parameters, suspended portal.
        let parse = |name: &str, sql: &str, types: &[u32]| {
            let mut body = [name.as_bytes(), b"\0", sql.as_bytes(), b"\0"].concat();
            body.extend(u16::try_from(types.len()).unwrap().to_be_bytes());
            for oid in types {
                body.extend(oid.to_be_bytes());
            }
            body
        };
        let bind = |statement: &str, values: &[&str], result: i16| {
            let mut body = [b"\0", statement.as_bytes(), b"\0\0\0"].concat();
            body.extend(u16::try_from(values.len()).unwrap().to_be_bytes());
            for value in values {
                body.extend(u32::try_from(value.len()).unwrap().to_be_bytes());
                body.extend(value.as_bytes());
            }
            body.extend(1_u16.to_be_bytes());
            body.extend(result.to_be_bytes());
            body
        };
        let rows = |n: u32| [&b"\0"[..], &n.to_be_bytes()].concat();
        for (sql, types, values, result) in [
            (
                "select * from people where email = $1",
                &[][..],
                &["canary1@example.com"][..],
                1_i16,
            ),
            (
                "select * from people where email = $1",
                &[1043][..],
                &["canary1@example.com"][..],
                0,
            ),
            (
                "select email || $1 from people order by lower(notes)",
                &[25][..],
                &["x"][..],
                1,
            ),
            (
                "select email from people where id = $1",
                &[][..],
                &["not a number"][..],
                0,
            ),
            (
                "select email from people where id = $1 and phone = $2",
                &[][..],
                &["1"][..],
                0,
            ),
            (
                "select email from people where id = any($1)",
                &[][..],
                &["{1,2,3}"][..],
                0,
            ),
        ] {
            raw.send('P', &parse("s", sql, types));
            raw.send('D', b"Ss\0");
            raw.send('B', &bind("s", values, result));
            raw.send('D', b"P\0");
            raw.send('E', &rows(1));
            raw.send('E', &rows(0));
            raw.send('C', b"Ss\0");
            raw.send('S', b"");
            answers.push(raw.until_ready());
        }
        answers
    };
    let through = conversation(proxy.port());
    let direct = conversation(direct_port);
    for (at, (through, direct)) in through.iter().zip(&direct).enumerate() {
        assert_eq!(through, direct, "answer {at}: {:?}", SCRIPTS.get(at));
    }
}

#[test]
fn what_would_be_refused_or_masked_is_told_by_statement_application_and_role() {
    let (_database, proxy) = observing();
    let script = r#"
import sys, psycopg
for role in ("owner", "desk"):
    with psycopg.connect(sys.argv[1].replace("ROLE", role), application_name="shop-web", autocommit=True) as c:
        for n in range(3):
            c.execute("select id, email, notes from people where email = %s", (f"canary{n}@example.com",)).fetchall()
        c.execute("select email from people where lower(email) = %s", ("canary1@example.com",)).fetchall()
        c.execute("select id from people where notes = 'canary note 1'").fetchall()
        c.execute("select count(*) from people").fetchall()
        c.execute("select what from other").fetchall()
        try: c.execute('select id from people where email = "canary2@example.com"')
        except psycopg.Error: pass
"#;
    let url = proxy.url("ROLE");
    let output = python(script, &[&url]);
    assert_eq!(output.code, 0, "{}\n{}", output.stderr, proxy.log());
    let report = status(&proxy);
    let lines = report["statements"].as_array().unwrap();
    let find = |login: &str, part: &str| {
        lines
            .iter()
            .find(|line| {
                line["login"] == login
                    && line["statement"]
                        .as_str()
                        .is_some_and(|text| text.contains(part))
            })
            .unwrap_or_else(|| panic!("{login}: {part}\n{report:#}"))
    };
    let shown = find("desk", "where email =");
    assert_eq!(shown["would_be"], "masked");
    assert_eq!(shown["count"], 3);
    assert_eq!(shown["application"], "shop-web");
    assert_eq!(
        shown["masked"],
        serde_json::json!(["public.people.email", "public.people.notes"])
    );
    let opened = find("owner", "where email =");
    assert_eq!(opened["would_be"], "answered");
    assert_eq!(
        opened["opened"],
        serde_json::json!(["public.people.email", "public.people.notes"])
    );
    for login in ["owner", "desk"] {
        // After `protect` the owner too would be refused: the server holds envelopes.
        let lower = find(login, "lower(email)");
        assert_eq!(lower["would_be"], "refused", "{login}");
        assert!(
            lower["refusal"]["fault"]
                .as_str()
                .unwrap()
                .starts_with("SW")
        );
        assert!(lower["refusal"]["hint"].as_str().is_some());
        assert_eq!(
            find(login, "where notes =")["would_be"],
            "refused",
            "{login}"
        );
        assert_eq!(find(login, "count(*)")["would_be"], "answered");
    }
    let whole = report.to_string();
    assert!(!whole.contains("canary"), "{report:#}");
    assert!(!whole.contains("from other"), "{report:#}");
    // Metrics by reason and column, and audit lines; no value anywhere.
    let metrics = proxy.metrics();
    assert!(metrics.contains("sealwire_observed_columns_total{action=\"mask\",column=\"notes\",table=\"public.people\"} 3"), "{metrics}");
    assert!(
        metrics.lines().any(
            |line| line.contains("outcome=\"observed\",reason=\"not-searchable\"")
                && !line.ends_with(" 0")
        ),
        "{metrics}"
    );
    let audit = proxy.audit();
    assert!(audit.contains("\"outcome\":\"observed\""), "{audit}");
    for text in [metrics, audit, proxy.log()] {
        assert!(!text.contains("canary"), "{text}");
    }
    let page = proxy.site.sealwire(&["status", "--observed"]).ok();
    assert!(
        page.contains("Would be refused") && page.contains("masked: public.people.email"),
        "{page}"
    );
}

#[test]
fn one_table_observed_beside_one_enforced() {
    let database = people();
    database.run(
        "create table accounts (id int primary key, iban text, owner_mail text);
         insert into accounts select i, 'IBAN' || i, 'canary' || i || '@example.com' from generate_series(1, 5) i;
         grant all on accounts to owner, desk",
    );
    let observed = COLUMNS.replace(
        "[tables.\"public.people\".columns]",
        "[tables.\"public.people\"]\nmode = \"observe\"\n[tables.\"public.people\".columns]",
    );
    let rules = format!(
        "{observed}\n[tables.\"public.accounts\".columns]\niban = {{ seal = {{ search = [\"equality\"] }} }}\n{ROLES}"
    );
    let proxy = Proxy::start_protected(&database, &rules, &["public.accounts"]);
    let desk = |sql: &str| psql(&proxy.url("desk"), sql);
    // The enforced half is enforced, the observed half is as it is.
    let joined = desk(
        "select p.email, lower(p.notes), a.iban from people p join accounts a on a.owner_mail = p.email order by 1 limit 1",
    )
    .ok();
    assert!(
        joined.contains("canary1@example.com") && joined.contains("canary note 1"),
        "{joined}"
    );
    assert!(!joined.contains("IBAN1"), "{joined}");
    assert!(
        psql(
            &proxy.url("owner"),
            "select iban from accounts where iban = 'IBAN3'"
        )
        .ok()
        .contains("IBAN3")
    );
    assert_ne!(desk("select max(iban) from accounts").code, 0);
    desk("select max(email) from people").ok();
    desk("copy people to stdout").ok();
    let copied = desk("copy accounts to stdout").ok();
    assert!(!copied.contains("IBAN1"), "{copied}");
    let report = status(&proxy);
    let text = report.to_string();
    assert!(
        text.contains("max(email)") && !text.contains("max(iban)"),
        "{report:#}"
    );
    // What is written through the observed table stays plaintext: nothing of it is sealed yet.
    psql(
        &proxy.url("owner"),
        "insert into people values (9, 'canary9@example.com', '1', 'n')",
    )
    .ok();
    assert_eq!(
        database.value("select email from people where id = 9"),
        "canary9@example.com"
    );
}

#[test]
fn a_sealed_table_is_not_opened_by_observe() {
    let database = people();
    let proxy = Proxy::start_protected(&database, &format!("{COLUMNS}{ROLES}"), &["public.people"]);
    proxy
        .site
        .write_rules(&format!("mode = \"observe\"\n{COLUMNS}{ROLES}"));
    std::thread::sleep(std::time::Duration::from_secs(3));
    let masked = psql(
        &proxy.url("desk"),
        "select email, phone from people where id = 1",
    )
    .ok();
    assert!(
        !masked.contains("canary1") && !masked.contains("555"),
        "{masked}"
    );
    assert_ne!(
        psql(&proxy.url("desk"), "select max(notes) from people").code,
        0
    );
    let check = proxy
        .site
        .sealwire(&["check", "--upstream", &database.superuser_url()]);
    assert!(
        check.stdout.contains("cannot be only observed"),
        "{}",
        check.stdout
    );
}

#[test]
fn the_report_needs_a_running_proxy_and_says_so() {
    let database = people();
    let site =
        crate::harness::Site::bare(&database, &format!("mode = \"observe\"\n{COLUMNS}{ROLES}"));
    let output = site.sealwire(&["status", "--observed"]);
    assert_eq!(output.code, 1);
    assert!(
        output.stderr.contains("sealwire serve"),
        "{}",
        output.stderr
    );
}
