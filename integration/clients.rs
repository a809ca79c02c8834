//! Clients as applications use them: psycopg 3 and tokio-postgres, unchanged but for the address.

use crate::customers::protected;
use crate::harness::{connect, psql, python};

#[test]
fn psycopg_works_as_against_the_server() {
    let (_database, proxy) = protected();
    let script = r#"
import sys, datetime, decimal, psycopg
from psycopg.rows import dict_row
url = sys.argv[1]
with psycopg.connect(url) as c:
    # create
    row = c.execute("insert into customers (name, email, visits, birth_date, balance, tags) values (%s, %s, %s, %s, %s, %s) returning *",
        ("Ann", "ann@example.com", 3, datetime.date(1980, 2, 29), decimal.Decimal("10.50"), ["a", None, "b"])).fetchone()
    assert "ann@example.com" in row and datetime.date(1980, 2, 29) in row and ["a", None, "b"] in row, row
    c.commit()
    # find
    for binary in (False, True):
        cur = c.cursor(binary=binary, row_factory=dict_row)
        r = cur.execute("select * from customers where email = %s", ("ann@example.com",)).fetchone()
        assert r["visits"] == 3 and r["balance"] == decimal.Decimal("10.50"), r
        assert [d.name for d in cur.description][2] == "email" and cur.description[2].type_code == 1043
    ids = c.execute("select id from customers where email = any(%s) order by id", (["user1@example.com", "ann@example.com"],)).fetchall()
    assert len(ids) == 2, ids
    # prepared, many times
    for i in range(1, 20):
        assert c.execute("select id from customers where email = %s", (f"user{i}@example.com",), prepare=True).fetchone() == (i,)
    # many, pipelined
    with c.cursor() as cur:
        cur.executemany("insert into customers (name, email) values (%s, %s)", [(f"m{i}", f"m{i}@example.com") for i in range(200)])
    assert c.execute("select count(*) from customers where name like 'm%'").fetchone() == (200,)
    with c.pipeline():
        a = c.execute("select email from customers where id = %s", (1,))
        b = c.execute("select visits from customers where email = %s", ("user2@example.com",))
    assert a.fetchone() == ("user1@example.com",) and b.fetchone() == (2,)
    # an error ends the transaction on the server too
    try:
        c.execute("select string_agg(email, ',') from customers")
        raise SystemExit("not refused")
    except psycopg.Error as e:
        assert e.sqlstate == "0A000", e.sqlstate
        assert e.diag.message_hint and e.diag.statement_position, e.diag.message_primary
    try:
        c.execute("select 1")
        raise SystemExit("the transaction goes on")
    except psycopg.errors.InFailedSqlTransaction:
        pass
    c.rollback()
    # savepoints
    with c.transaction():
        c.execute("update customers set visits = 99 where id = 1")
        try:
            with c.transaction():
                c.execute("insert into customers (name, visits) values ('x', 'y')")
        except psycopg.errors.InvalidTextRepresentation:
            pass
        assert c.execute("select visits from customers where id = 1").fetchone() == (99,)
    # unique
    try:
        c.execute("insert into customers (name, email) values ('x', 'user1@example.com')")
        raise SystemExit("not unique")
    except psycopg.errors.UniqueViolation as e:
        assert e.diag.constraint_name == "customers_email_key", e.diag.constraint_name
    c.rollback()
    # COPY of an unprotected table
    with c.cursor().copy("copy orders (id, email) from stdin") as copy:
        for i in range(1000):
            copy.write_row((10000 + i, f"o{i}"))
    assert c.execute("select count(*) from orders where id >= 10000").fetchone() == (1000,)
    c.rollback()
    # notices and notifications
    notices = []
    c.add_notice_handler(lambda d: notices.append(d.message_primary))
    c.autocommit = True
    c.execute("drop table if exists nowhere_at_all")
    assert notices, notices
    c.execute("listen bell")
    c.execute("notify bell, 'ring'")
    assert [n.payload for n in c.notifies(timeout=5, stop_after=1)] == ["ring"]
print("fine")
"#;
    let output = python(script, &[&proxy.url("owner")]);
    assert_eq!(
        output.stdout.trim(),
        "fine",
        "{}\n{}",
        output.stderr,
        proxy.log()
    );
}

/// An object mapper saves all columns: the masks that it was shown must not replace the truth (CASES 26).
#[test]
fn a_masked_role_that_saves_every_column_destroys_nothing() {
    let (database, proxy) = protected();
    let before = database.value("select md5(string_agg(concat(id, email, ssn, balance, visits, birth_date, phone), ',' order by id)) from customers");
    let script = r#"
import sys, psycopg
from psycopg.rows import dict_row
with psycopg.connect(sys.argv[1], row_factory=dict_row, autocommit=True) as c:
    seen = c.execute("select id, name, email, ssn, phone, notes, birth_date from customers where id <= 10 order by id").fetchall()
    assert seen[0]["ssn"] == "*******0001" and seen[0]["phone"].endswith("01") and "555" not in seen[0]["phone"], seen[0]
    for row in seen:
        row["name"] = row["name"].upper()
        c.execute("update customers set name = %(name)s, email = %(email)s, ssn = %(ssn)s, phone = %(phone)s, birth_date = %(birth_date)s where id = %(id)s", row)
    for row in seen:
        q = "update customers set name = '%s', ssn = '%s', phone = '%s' where id = %d" % (row["name"], row["ssn"], row["phone"], row["id"])
        c.execute(q)
    try:
        c.execute("update customers set balance = 1 where id = 1")
        raise SystemExit("wrote what it may not")
    except psycopg.errors.InsufficientPrivilege:
        pass
    try:
        c.execute("update customers set phone = %s where id = 1", ("555-0000",))
        raise SystemExit("wrote what it may not")
    except psycopg.errors.InsufficientPrivilege:
        pass
    c.execute("update customers set notes = %s, ssn = %s where id = 11", ("written unseen", "00987654321"))
print("fine")
"#;
    let output = python(script, &[&proxy.url("support")]);
    assert_eq!(
        output.stdout.trim(),
        "fine",
        "{}\n{}",
        output.stderr,
        proxy.log()
    );
    let direct = |sql: &str| psql(&proxy.url("owner"), sql).stdout;
    assert!(
        direct("select name, ssn, phone from customers where id = 1")
            .contains("NAME 1 | 00100000001 | 555-1001")
    );
    assert!(
        direct("select notes, ssn from customers where id = 11")
            .contains("written unseen | 00987654321")
    );
    database.run(
        "update customers set ssn = (select ssn from customers c where c.id = 4) where id = 11",
    );
    let after = database.value("select md5(string_agg(concat(id, email, ssn, balance, visits, birth_date, phone), ',' order by id)) from customers");
    assert_eq!(before, after, "something that was masked has changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokio_postgres_works_as_against_the_server() {
    let (_database, proxy) = tokio::task::spawn_blocking(protected).await.unwrap();
    let mut client = connect(&proxy.url("billing")).await;
    let statement = client
        .prepare("select id, email, visits, birth_date::date from customers where email = $1")
        .await;
    // A cast to the column's own type is one to what is stored.
    let statement = statement.unwrap();
    assert_eq!(statement.params()[0].name(), "text");
    assert_eq!(statement.columns()[1].type_().name(), "varchar");
    let rows = client
        .query(&statement, &[&"user5@example.com"])
        .await
        .unwrap();
    assert_eq!(rows[0].get::<_, &str>(1), "user5@example.com");
    assert_eq!(rows[0].get::<_, Option<i32>>(2), Some(5));
    let rows = client
        .query(
            "select count(*) from customers where email = any($1)",
            &[&vec!["user1@example.com", "user2@example.com", "x"]],
        )
        .await
        .unwrap();
    assert_eq!(rows[0].get::<_, i64>(0), 2);
    // Suspended portals.
    let transaction = client.transaction().await.unwrap();
    let portal = transaction
        .bind("select id, email from customers order by id", &[])
        .await
        .unwrap();
    let mut seen = 0;
    loop {
        let rows = transaction.query_portal(&portal, 7).await.unwrap();
        if rows.is_empty() {
            break;
        }
        for row in rows {
            seen += 1;
            assert_eq!(
                row.get::<_, String>(1),
                format!("user{}@example.com", row.get::<_, i32>(0))
            );
        }
    }
    assert_eq!(seen, 40);
    transaction.rollback().await.unwrap();
    // Many at once on one connection.
    let statement = client
        .prepare("select visits from customers where email = $1")
        .await
        .unwrap();
    let names: Vec<String> = (1..=40).map(|i| format!("user{i}@example.com")).collect();
    let client = &client;
    let statement = &statement;
    let answers = futures_util::future::join_all(names.iter().map(|name| async move {
        client
            .query_one(statement, &[name])
            .await
            .unwrap()
            .get::<_, i32>(0)
    }))
    .await;
    assert_eq!(answers, (1..=40).map(|i| i % 10).collect::<Vec<_>>());
    // A refusal, and the session goes on.
    let error = client
        .query("select max(email) from customers", &[])
        .await
        .unwrap_err();
    assert_eq!(error.code().unwrap().code(), "0A000");
    assert_eq!(
        client
            .query_one("select 1", &[])
            .await
            .unwrap()
            .get::<_, i32>(0),
        1
    );
    // Cancel.
    let token = client.cancel_token();
    let sleep = client.batch_execute("select pg_sleep(30)");
    let cancel = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        token.cancel_query(tokio_postgres::NoTls).await.unwrap();
    };
    let (slept, ()) = tokio::join!(sleep, cancel);
    assert_eq!(slept.unwrap_err().code().unwrap().code(), "57014");
}

#[test]
fn roles_narrow_and_never_widen() {
    // Roles of its own: memberships belong to the whole server.
    let database = crate::harness::Database::create(&[
        "wide", "climber", "narrow", "owner", "billing", "support", "intern",
    ]);
    database.run(crate::customers::TABLES);
    database.run("grant all on all tables in schema public to wide, climber, narrow");
    let rules = crate::customers::RULES
        .replace("\"pg:owner\"", "\"pg:wide\"")
        .replace("\"pg:support\"", "\"pg:climber\"");
    let proxy = crate::harness::Proxy::start_protected(
        &database,
        &rules,
        &["public.customers", "public.claims"],
    );
    database.run("grant narrow to wide; grant wide to climber");
    let shown = |role: &str, sql: &str| psql(&proxy.url(role), sql).stdout;
    assert!(shown("wide", "select ssn from customers where id = 1").contains("00100000001"));
    assert!(shown("climber", "select ssn from customers where id = 1").contains("*******0001"));
    let widened =
        shown("climber", "set role wide") + &shown("climber", "begin; set role wide; commit");
    assert!(!widened.contains("00100000001"));
    let mut raw = crate::harness::Raw::login(proxy.port(), "climber", database.name());
    raw.query("set role wide");
    let frames = raw.query("select ssn from customers where id = 1");
    let row = frames.iter().find(|frame| frame.tag == 'D').unwrap();
    assert_eq!(
        row.values()[0].as_deref(),
        Some(&b"*******0001"[..]),
        "SET ROLE widened"
    );
    let mut raw = crate::harness::Raw::login(proxy.port(), "wide", database.name());
    raw.query("set role narrow");
    let frames = raw.query("select ssn from customers where id = 1");
    let row = frames.iter().find(|frame| frame.tag == 'D').unwrap();
    assert_eq!(row.values()[0], None, "SET ROLE did not narrow");
    raw.query("reset role");
    let frames = raw.query("select ssn from customers where id = 1");
    let row = frames.iter().find(|frame| frame.tag == 'D').unwrap();
    assert_eq!(row.values()[0].as_deref(), Some(&b"00100000001"[..]));
}
