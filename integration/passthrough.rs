//! With no rule that matches, a session cannot be told from a direct one: psql, psycopg 3,
//! tokio-postgres and the raw protocol get the same answers directly and through the proxy.

use crate::harness::{Database, Proxy, Raw, connect, psql, python};

/// A database with a plain table and a role that owns nothing protected.
fn plain() -> (Database, Proxy) {
    let database = Database::create(&["application"]);
    database.run(
        "create table public.plain (id int primary key, name text);
         insert into public.plain values (1, 'one'), (2, null);
         grant all on public.plain to application",
    );
    let proxy = Proxy::start(&database, "");
    (database, proxy)
}

#[test]
fn psql_sees_the_same() {
    let (database, proxy) = plain();
    for script in [
        "select 1",
        "select * from plain order by id",
        "\\d plain",
        "\\dt",
        "select 1; select 2/0; select 3",
        "begin; insert into plain values (3, 'x'); rollback; select count(*) from plain",
        "select nothing from nowhere",
        "do $$ begin raise notice 'said'; end $$",
        "copy plain to stdout",
        "copy (select generate_series(1, 20000)) to stdout",
    ] {
        let direct = psql(&database.url("application"), script);
        let proxied = psql(&proxy.url("application"), script);
        assert_eq!(direct, proxied, "{script}\n{}", proxy.log());
    }
}

const PYTHON: &str = r#"
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as c:
    print(c.execute("select %s::int, %s::text, %s::date", (1, "é", "2020-02-29")).fetchall())
    print(c.execute("select id, name from plain order by id").fetchall())
    print([(d.name, d.type_code) for d in c.execute("select * from plain").description])
    cur = c.cursor(binary=True)
    print(cur.execute("select 1.5::numeric, now() is null, array[1,2]").fetchall())
    with c.pipeline():
        a = c.execute("select 1"); b = c.execute("select 2")
        print(a.fetchone(), b.fetchone())
    with c.cursor().copy("copy (select 1, 'a') to stdout") as copy:
        print(list(copy.rows()))
    try:
        c.execute("select 1/0")
    except psycopg.Error as e:
        print(e.sqlstate, e.diag.message_primary)
    with c.transaction():
        with c.cursor(name="walk") as walk:
            walk.execute("select generate_series(1, 1000)")
            print(sum(row[0] for row in walk))
"#;

#[test]
fn psycopg_sees_the_same() {
    let (database, proxy) = plain();
    let direct = python(PYTHON, &[&database.url("application")]);
    let proxied = python(PYTHON, &[&proxy.url("application")]);
    assert_eq!(direct.code, 0, "{}", direct.stderr);
    assert_eq!(direct, proxied, "{}", proxy.log());
}

#[tokio::test]
async fn tokio_postgres_sees_the_same() {
    let (database, proxy) = plain();
    let mut seen = Vec::new();
    for url in [database.url("application"), proxy.url("application")] {
        let mut client = connect(&url).await;
        let statement = client
            .prepare("select id, name from plain where id = $1")
            .await
            .unwrap();
        let types: Vec<_> = statement.params().iter().map(|kind| kind.oid()).collect();
        let columns: Vec<_> = statement
            .columns()
            .iter()
            .map(|column| (column.name().to_owned(), column.type_().oid()))
            .collect();
        let row = client.query_one(&statement, &[&1_i32]).await.unwrap();
        let name: Option<String> = row.get(1);
        let transaction = client.transaction().await.unwrap();
        let portal = transaction
            .bind("select generate_series(1, 10)", &[])
            .await
            .unwrap();
        let first = transaction.query_portal(&portal, 4).await.unwrap().len();
        let rest = transaction.query_portal(&portal, 0).await.unwrap().len();
        transaction.commit().await.unwrap();
        let error = client.execute("select 1/0", &[]).await.unwrap_err();
        let state = error.code().unwrap().code().to_owned();
        seen.push((types, columns, name, first, rest, state));
    }
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn the_raw_protocol_is_answered_alike() {
    let (database, proxy) = plain();
    let mut seen = Vec::new();
    for port in [database.server().port(), proxy.port()] {
        let mut raw = Raw::login(port, "application", database.name());
        let mut frames = raw.query("select 1; select 2");
        // Two statements in flight, a portal that is suspended, one that fails, then one Sync.
        raw.parse("s", "select generate_series(1, $1::int)", &[]);
        raw.describe('S', "s");
        raw.bind("p", "s", 0, &[Some(b"5")], 0);
        raw.execute("p", 2);
        raw.execute("p", 0);
        raw.close('P', "p");
        raw.flush();
        raw.parse("", "select 1/0", &[]);
        raw.bind("", "", 0, &[], 1);
        raw.execute("", 0);
        raw.parse("", "select 'skipped'", &[]);
        raw.sync();
        frames.extend(raw.until_ready());
        frames.extend(raw.query(""));
        seen.push(frames);
    }
    assert_eq!(Raw::tags(&seen[0]), Raw::tags(&seen[1]));
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn encryption_requests_are_answered_and_cancel_reaches_the_statement() {
    let (database, proxy) = plain();
    for code in [80_877_103_u32, 80_877_104] {
        let mut raw = Raw::open(proxy.port());
        raw.untagged(&code.to_be_bytes());
        assert_eq!(raw.byte(), 'N');
        raw.startup(
            196_608,
            &[("user", "application"), ("database", database.name())],
        );
        assert_eq!(raw.until_ready().last().unwrap().tag, 'Z');
    }
    let mut raw = Raw::login(proxy.port(), "application", database.name());
    let (pid, secret) = raw.key.clone().unwrap();
    raw.send('Q', b"select pg_sleep(20)\0");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let mut cancel = Raw::open(proxy.port());
    cancel.untagged(
        &[
            &80_877_102_u32.to_be_bytes()[..],
            &pid.to_be_bytes(),
            &secret,
        ]
        .concat(),
    );
    let frames = raw.until_ready();
    assert!(
        frames
            .iter()
            .any(|frame| frame.tag == 'E' && frame.sqlstate() == "57014")
    );
}

#[test]
fn later_protocols_are_negotiated_as_the_server_does() {
    let (database, proxy) = plain();
    // 3.2, and a minor version and an option that no server knows.
    for version in [196_610_u32, 3 << 16 | 9999] {
        let mut seen = Vec::new();
        for port in [database.server().port(), proxy.port()] {
            let mut raw = Raw::open(port);
            raw.startup(
                version,
                &[
                    ("user", "application"),
                    ("database", database.name()),
                    ("_pq_.no_such_option", "1"),
                ],
            );
            let mut frames = raw.until_ready();
            // Process ids and keys are each session's own; their lengths follow the protocol.
            for frame in frames.iter_mut().filter(|frame| frame.tag == 'K') {
                frame.body.fill(0);
            }
            frames.extend(raw.query("select 1"));
            seen.push(frames);
        }
        assert!(seen[0].iter().any(|frame| frame.tag == 'v'), "{version}");
        assert_eq!(seen[0], seen[1], "{version}");
    }
}
