//! The road in: observe, rules before `protect`, a rule file lost, masks of every kind, domains that tables share.

use std::time::{Duration, Instant};

use crate::harness::{Database, Proxy, Raw, Site, psql, python};

const ROLES: &str = r#"
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

fn people() -> Database {
    let database = Database::create(&["owner", "intern"]);
    database.run(
        "create table people (id int primary key, email text, phone text);
         insert into people select i, 'p' || i || '@example.com', '555-' || i from generate_series(1, 5) i;
         grant all on people to owner, intern",
    );
    database
}

fn rules(extra: &str) -> String {
    format!(
        "{extra}\n[tables.\"public.people\".columns]\nemail = {{ seal = {{ search = [\"equality\"] }} }}\nphone = {{ masks = {{ partial = {{ keep_last = 1 }} }} }}\n{ROLES}"
    )
}

/// Tries until the proxy has noticed what was changed beside it.
fn eventually(what: &str, proxy: &Proxy, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < deadline, "{what}\n{}", proxy.log());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn observe_changes_and_refuses_nothing_and_counts_what_it_would_have() {
    let database = people();
    let proxy = Proxy::start(&database, &rules("mode = \"observe\""));
    for sql in [
        "select * from people order by id",
        "select email from people where email = 'p1@example.com'",
        "select lower(email) from people where id = 1",
        "update people set phone = 'x' where id = 5 returning *",
        "select max(phone) from people",
    ] {
        let through = psql(&proxy.url("intern"), sql);
        assert_eq!(through.code, 0, "{sql}: {}", through.stderr);
        if !sql.starts_with("update") {
            assert_eq!(through, psql(&database.url("intern"), sql), "{sql}");
        }
    }
    let metrics = proxy.metrics();
    let observed: Vec<&str> = metrics
        .lines()
        .filter(|line| line.contains("outcome=\"observed\"") && !line.ends_with(" 0"))
        .collect();
    assert!(!observed.is_empty(), "{metrics}");
}

#[test]
fn rules_come_first_and_protect_reaches_open_sessions() {
    let database = people();
    let proxy = Proxy::start(&database, &rules(""));
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    let select = |raw: &mut Raw| raw.query("select email, phone from people where id = 1");
    let frames = select(&mut raw);
    let error = frames
        .iter()
        .find(|frame| frame.tag == 'E')
        .expect("plaintext is not let out");
    assert_eq!(error.sqlstate(), "55000");
    assert!(error.field('H').unwrap().contains("sealwire protect"));
    // What the rules do not name passes meanwhile.
    assert_eq!(Raw::tags(&raw.query("select 1")), "TDCZ");
    proxy.site.protect("public.people");
    eventually("the open session sees the protected table", &proxy, || {
        select(&mut raw)
            .iter()
            .find(|frame| frame.tag == 'D')
            .is_some_and(|row| row.values()[0].as_deref() == Some(b"p1@example.com"))
    });
    assert!(
        database
            .value("select encode(email, 'hex') from people where id = 1")
            .starts_with("fb11")
    );
}

#[test]
fn a_rule_file_that_is_lost_opens_nothing() {
    let database = people();
    let proxy = Proxy::start_protected(&database, &rules(""), &["public.people"]);
    assert!(
        psql(&proxy.url("owner"), "select phone from people")
            .ok()
            .contains("555-1")
    );
    proxy.site.write_rules(ROLES);
    eventually("the table is refused", &proxy, || {
        psql(&proxy.url("owner"), "select email from people")
            .stderr
            .contains("55000")
    });
    for role in ["owner", "intern"] {
        for sql in [
            "select * from people",
            "select phone from people",
            "update people set phone = 'x'",
            "copy people to stdout",
        ] {
            let output = psql(&proxy.url(role), sql);
            assert_ne!(output.code, 0, "{role}: {sql}");
            assert!(!output.stdout.contains("555-"), "{role}: {sql}");
        }
    }
    proxy.site.write_rules(&rules(""));
    eventually("the rules are back", &proxy, || {
        psql(&proxy.url("owner"), "select email from people where id = 2")
            .stdout
            .contains("p2@example.com")
    });
}

#[test]
fn masks_keep_the_type_of_their_column_in_both_formats() {
    let masks = [
        ("a", r#"{ keep_first = 2 }"#),
        ("b", r#"{ keep_last = 2 }"#),
        ("c", r#""email""#),
        ("d", r#""year""#),
        ("e", r#""month""#),
        ("f", r#"{ bucket = 100 }"#),
        ("g", r#"{ bucket = 10 }"#),
        ("h", r#""hash""#),
        ("i", r#""hash""#),
        ("j", r#""zero""#),
        ("k", r#""zero""#),
        ("l", r#"{ fixed = "hidden" }"#),
        ("m", r#""zero""#),
        ("n", r#""null""#),
    ];
    // Sealed and masked only alike.
    for seal in ["seal = {}, ", ""] {
        let database = Database::create(&["owner", "intern"]);
        database.run(
        "create table kinds (id int primary key, a varchar(30), b varchar(30), c varchar(40), d date, e timestamptz, f numeric(8,2), g int,
            h uuid, i text, j boolean, k bytea, l text, m date, n int);
         insert into kinds values (1, 'abcdef', 'abcdef', 'ann@example.com', '1985-07-15', '1985-07-15 12:34:56+00', 1234.56, 47,
            'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'name', true, '\\x0102', 'secret', '2001-02-03', 5);
         grant all on kinds to owner, intern",
    );
        let columns: String = masks
            .iter()
            .map(|(name, mask)| format!("{name} = {{ {seal}masks = {{ default = {mask} }} }}\n"))
            .collect();
        let rules = format!("[tables.\"public.kinds\".columns]\n{columns}{ROLES}");
        let proxy = Proxy::start_protected(&database, &rules, &["public.kinds"]);
        let script = r#"
import sys, datetime, decimal, uuid, psycopg
rows = []
for binary in (False, True):
    with psycopg.connect(sys.argv[1], autocommit=True) as c:
        c.execute("set timezone = 'UTC'")
        cur = c.cursor(binary=binary)
        rows.append(cur.execute("select a, b, c, d, e, f, g, h, i, j, k, l, m, n from kinds").fetchone())
        rows.append(cur.execute("select count(*), count(a) from kinds").fetchone())
a, counts, b, _ = rows
assert a == b, (a, b)
assert counts == (1, 1)
assert a[0].startswith("ab") and a[0] != "abcdef", a
assert a[1].endswith("ef") and a[1] != "abcdef", a
assert a[2].startswith("a*") and "nn@" not in a[2], a
assert a[3] == datetime.date(1985, 1, 1), a
assert a[4] == datetime.datetime(1985, 7, 1, tzinfo=datetime.timezone.utc), a
assert a[5] == decimal.Decimal("1200") and a[6] == 40, a
assert isinstance(a[7], uuid.UUID) and str(a[7]) != "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", a
assert a[8] != "name" and a[9] is False and a[10] == b"" and a[11] == "hidden", a
assert isinstance(a[12], datetime.date) and a[12] != datetime.date(2001, 2, 3) and a[13] is None, a
print("fine")
"#;
        let output = python(script, &[&proxy.url("intern")]);
        assert_eq!(
            output.stdout.trim(),
            "fine",
            "{seal}{}\n{}",
            output.stderr,
            proxy.log()
        );
        if seal.is_empty() {
            continue;
        }
        let opened = psql(
            &proxy.url("owner"),
            "select a, c, d, f, g, i, l, n from kinds",
        )
        .ok();
        assert!(
            opened.contains(
                "abcdef | ann@example.com | 1985-07-15 | 1234.56 | 47 | name | secret | 5"
            ),
            "{opened}"
        );
        proxy
            .site
            .sealwire(&[
                "unprotect",
                "--upstream",
                &database.superuser_url(),
                "public.kinds",
            ])
            .ok();
    }
}

#[test]
fn tables_of_one_domain_are_protected_together_and_keep_their_foreign_key() {
    let database = Database::create(&["owner"]);
    database.run(
        "create table person (ssn varchar(11) primary key, name text);
         create table claim (id int primary key, ssn text not null references person (ssn) on update cascade, amount int);
         alter table claim alter column ssn type varchar(20);
         insert into person select '00' || i, 'n' || i from generate_series(10, 30) i;
         insert into claim select i, '00' || (10 + i % 21), i from generate_series(1, 200) i;
         grant all on person, claim to owner",
    );
    let rules = format!(
        "[classes.ssn]\nseal = {{ search = [\"equality\"], domain = \"ssn\" }}\n[tables.\"public.person\".columns]\nssn = \"ssn\"\n[tables.\"public.claim\".columns]\nssn = \"ssn\"\n{ROLES}"
    );
    let site = Site::new(&database, &rules);
    // One alone would break the foreign key.
    assert_ne!(site.try_protect("public.claim").code, 0);
    site.sealwire(&[
        "protect",
        "--upstream",
        &database.superuser_url(),
        "--i-have-no-backup",
        "public.person",
        "public.claim",
    ])
    .ok();
    let proxy = site.serve();
    let owner = |sql: &str| psql(&proxy.url("owner"), sql);
    assert!(
        owner("select count(*) from claim join person using (ssn)")
            .ok()
            .contains("200")
    );
    assert!(
        owner("select name from person where ssn = '0011'")
            .ok()
            .contains("n11")
    );
    let missing = owner("insert into claim values (999, '0099', 1)");
    assert!(
        missing.stderr.contains("23503")
            && missing
                .stderr
                .contains("Key (ssn)=(0099) is not present in table \"person\"."),
        "{}",
        missing.stderr
    );
    owner("insert into claim values (999, '0011', 1)").ok();
    // The cascade moves the envelopes.
    owner("update person set ssn = '0098' where ssn = '0011'").ok();
    assert!(
        owner("select count(*) from claim where ssn = '0098'")
            .ok()
            .contains("11")
    );
    let taken = owner("insert into person values ('0012', 'again')");
    assert!(taken.stderr.contains("23505"), "{}", taken.stderr);
}
