//! Schema work through the proxy: a table that the rules name is sealed from the start, and its entry is never there
//! without it, nor it without its entry.

use std::time::{Duration, Instant};

use crate::harness::{Database, Proxy, Raw, psql, psql_with};

pub const RULES: &str = r#"
[classes.email]
seal = { search = ["equality"], domain = "email" }
masks = { default = { fixed = "***" } }
[classes.note]
seal = {}
[classes.shown]
masks = { partial = { keep_last = 2 } }

[tables."public.customers".columns]
email = "email"
mail = "email"
note = "note"
name = { seal = { search = ["equality"] } }
phone = "shown"

[tables."public.orders".columns]
email = "email"

[tables."tenant_*.customers".columns]
email = "email"

[roles.owner]
members = ["pg:app"]
grants = [{ tables = ["*"], level = "full-control", reveal = ["*"] }]
[roles.viewer]
members = ["pg:viewer"]
grants = [{ tables = ["*"], level = "modify" }]
[roles.blind]
members = ["pg:blind"]
grants = [{ tables = ["*"], level = "full-control" }]
"#;

const CREATE: &str = "create table customers (id serial primary key, email varchar(254) not null unique, \
     name text default 'nobody', note text default 'none', phone text, visits int default 0 check (visits >= 0))";

fn scene() -> (Database, Proxy) {
    let database = Database::create(&["app", "viewer", "blind"]);
    let proxy = Proxy::start(&database, RULES);
    (database, proxy)
}

/// Through the proxy; must succeed.
#[track_caller]
fn run(proxy: &Proxy, sql: &str) -> String {
    let output = psql_with(
        &proxy.url("app"),
        &["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"],
        sql,
    );
    assert_eq!(output.code, 0, "{sql}: {}", output.stderr);
    output.stdout.trim_end().to_owned()
}

/// Through the proxy; must be refused with this SQLSTATE and a hint.
#[track_caller]
fn refused(proxy: &Proxy, role: &str, sql: &str, sqlstate: &str) {
    let output = psql(&proxy.url(role), sql);
    assert!(
        output.stderr.contains(sqlstate) && output.stderr.contains("HINT"),
        "{sql}: {} {}",
        output.stdout,
        output.stderr
    );
}

/// Types of the columns in the server itself.
fn types(database: &Database, table: &str) -> String {
    database.value(&format!(
        "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) \
         from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped"
    ))
}

#[track_caller]
fn works(proxy: &Proxy) {
    run(
        proxy,
        "insert into customers (email, note) values ('ann@example.com', 'secret')",
    );
    assert_eq!(
        run(
            proxy,
            "select id, email, name, note, phone, visits from customers where email = 'ann@example.com'"
        ),
        "1|ann@example.com|nobody|secret||0"
    );
}

#[test]
fn a_table_of_the_rules_is_sealed_from_the_start() {
    let (database, proxy) = scene();
    run(&proxy, CREATE);
    assert_eq!(
        types(&database, "customers"),
        "id integer, email sealwire.sealed, name sealwire.sealed, note sealwire.sealed, phone text, visits integer"
    );
    works(&proxy);
    assert_eq!(
        database.value("select count(*) from customers where get_byte(email, 0) = 251 and get_byte(name, 0) = 251"),
        "1"
    );
    // The constraints are the table's own.
    let twice = psql(
        &proxy.url("app"),
        "insert into customers (email) values ('ann@example.com')",
    );
    assert!(twice.stderr.contains("23505"), "{}", twice.stderr);
    let none = psql(
        &proxy.url("app"),
        "insert into customers (note) values ('x')",
    );
    assert!(none.stderr.contains("23502"), "{}", none.stderr);
    // Who sees a mask sees it.
    let seen = psql_with(
        &proxy.url("viewer"),
        &["-A", "-t"],
        "select email, note, phone from customers",
    );
    assert_eq!(
        seen.stdout.trim(),
        "",
        "no rows without a grant of the server"
    );
    run(&proxy, "grant select on customers to viewer");
    let seen = psql_with(
        &proxy.url("viewer"),
        &["-A", "-t"],
        "select email, note from customers",
    );
    assert_eq!(seen.stdout.trim(), "***|", "{}", seen.stderr);
    // Again, and if it is not there.
    let again = psql(&proxy.url("app"), CREATE);
    assert!(again.stderr.contains("42P07"), "{}", again.stderr);
    run(&proxy, &CREATE.replace("table", "table if not exists"));
    assert_eq!(
        run(&proxy, "select email from customers"),
        "ann@example.com"
    );
    assert_eq!(database.value("select count(*) from sealwire.journal"), "4");
    assert_eq!(proxy.site.sealwire(&["check"]).code, 0);
}

#[test]
fn a_transaction_creates_fills_and_indexes_or_leaves_nothing() {
    let (database, proxy) = scene();
    for extended in [false, true] {
        let mut raw = Raw::login(proxy.port(), "app", database.name());
        let mut go = |sql: &str| {
            let frames = if extended {
                raw.extended(sql)
            } else {
                raw.query(sql)
            };
            assert_eq!(Raw::error(&frames), "", "{sql}: {frames:?}");
            Raw::rows(&frames)
        };
        for end in ["rollback", "commit"] {
            go("begin");
            go(CREATE);
            go("create index customers_email_like on customers (email varchar_pattern_ops)");
            go("create index on customers (name text_pattern_ops desc) where note is not null");
            go("insert into customers (email, note) values ('ann@example.com', 'x')");
            go("savepoint a");
            go("alter table customers add column mail varchar(40)");
            go("update customers set mail = 'b@example.com'");
            let rows = go("select mail, name from customers where email = 'ann@example.com'");
            assert_eq!(
                rows,
                [[Some("b@example.com".to_owned()), Some("nobody".to_owned())]]
            );
            go("rollback to a");
            let rows = go("select * from customers where name = 'nobody'");
            assert_eq!(rows[0].len(), 6, "{rows:?}");
            go("alter table customers rename column email to mail");
            go("alter table customers rename column mail to email");
            go(end);
            let there = database.value("select to_regclass('customers') is not null");
            assert_eq!(there, if end == "commit" { "t" } else { "f" });
            let entries = database.value("select count(*) from sealwire.journal");
            assert_eq!(entries, if end == "commit" { "4" } else { "0" });
        }
        let rows = go("select email from customers where name = 'nobody'");
        assert_eq!(rows, [[Some("ann@example.com".to_owned())]]);
        go("drop table customers");
        database.run("delete from sealwire.journal");
    }
}

#[test]
fn many_definitions_in_one_message() {
    let (database, proxy) = scene();
    let mut raw = Raw::login(proxy.port(), "app", database.name());
    let script = format!(
        "begin; {CREATE}; create unique index on customers (name); \
         create table orders (id int primary key, email varchar(254) references customers (email)); \
         alter table customers add column mail text; comment on column customers.email is 'where to write'; commit;"
    );
    let frames = raw.query(&script);
    assert_eq!(Raw::error(&frames), "", "{frames:?}");
    assert_eq!(Raw::tags(&frames), "CCCCCCCZ");
    works(&proxy);
    run(&proxy, "insert into orders values (1, 'ann@example.com')");
    let none = psql(
        &proxy.url("app"),
        "insert into orders values (2, 'bob@example.com')",
    );
    assert!(none.stderr.contains("23503"), "{}", none.stderr);
    assert_eq!(
        run(
            &proxy,
            "select c.note from customers c join orders o using (email)"
        ),
        "secret"
    );
    // What depends on rows of it comes in a message of its own.
    let frames = raw.query("create table tenant_a.customers (email text); insert into tenant_a.customers values ('plain@x')");
    assert_eq!(Raw::error(&frames), "3F000", "{frames:?}");
    database.run("create schema tenant_a authorization app");
    let frames = raw.query("create table tenant_a.customers (email text); insert into tenant_a.customers values ('plain@x')");
    assert_eq!(Raw::error(&frames), "0A000", "{frames:?}");
    assert_eq!(
        database.value("select to_regclass('tenant_a.customers') is null"),
        "t"
    );
    // A failure later in the message takes the table and its entry along.
    let before = database.value("select count(*) from sealwire.journal");
    let frames = raw.query("create table tenant_a.customers (email text); select 1/0");
    assert_eq!(Raw::error(&frames), "22012", "{frames:?}");
    assert_eq!(
        database.value("select count(*) from sealwire.journal"),
        before
    );
}

#[test]
fn columns_come_change_and_go() {
    let (database, proxy) = scene();
    run(&proxy, CREATE);
    works(&proxy);
    // Wider, and no other type.
    run(
        &proxy,
        "alter table customers alter column email type varchar(300)",
    );
    run(
        &proxy,
        "alter table customers alter column email type text using email::text",
    );
    let long = "x".repeat(400);
    run(
        &proxy,
        &format!("insert into customers (email) values ('{long}')"),
    );
    refused(
        &proxy,
        "app",
        "alter table customers alter column email type varchar(10)",
        "0A000",
    );
    refused(
        &proxy,
        "app",
        "alter table customers alter column email type int using 1",
        "0A000",
    );
    // Defaults and NULL.
    run(
        &proxy,
        "alter table customers alter column name set default 'somebody', alter column email drop not null",
    );
    run(&proxy, "insert into customers (note) values ('d')");
    assert_eq!(
        run(&proxy, "select name from customers where email is null"),
        "somebody"
    );
    run(
        &proxy,
        "alter table customers alter column name drop default",
    );
    run(&proxy, "insert into customers (note) values ('e')");
    assert_eq!(
        run(&proxy, "select count(*) from customers where name is null"),
        "1"
    );
    assert_eq!(
        database.value("select count(*) from pg_attrdef where adrelid = 'customers'::regclass"),
        "2"
    );
    run(&proxy, "delete from customers where email is null");
    run(&proxy, "alter table customers alter email set not null");
    // A new one, with what the rows that are there get.
    run(
        &proxy,
        "alter table customers add column mail varchar(40) not null default 'm@example.com'",
    );
    assert_eq!(
        run(
            &proxy,
            "select count(*) from customers where mail = 'm@example.com'"
        ),
        "2"
    );
    run(
        &proxy,
        "insert into customers (email) values ('c@example.com')",
    );
    assert_eq!(
        run(
            &proxy,
            "select count(*) from customers where mail = 'm@example.com'"
        ),
        "3"
    );
    run(
        &proxy,
        "alter table customers alter column mail drop default",
    );
    let none = psql(
        &proxy.url("app"),
        "insert into customers (email) values ('d@example.com')",
    );
    assert!(none.stderr.contains("23502"), "{}", none.stderr);
    refused(
        &proxy,
        "app",
        "alter table customers drop column note, add column note text default 'x'",
        "0A000",
    );
    // Renamed where the rules name it so, and dropped.
    run(&proxy, "alter table customers drop column mail");
    run(&proxy, "alter table customers rename column email to mail");
    assert_eq!(
        run(
            &proxy,
            "select mail from customers where mail = 'ann@example.com'"
        ),
        "ann@example.com"
    );
    refused(
        &proxy,
        "app",
        "alter table customers rename column mail to other",
        "0A000",
    );
    refused(
        &proxy,
        "app",
        "alter table customers rename column visits to email",
        "0A000",
    );
    refused(
        &proxy,
        "app",
        "alter table customers rename to clients",
        "0A000",
    );
    run(
        &proxy,
        "alter table customers add constraint mail_key unique (mail), drop constraint customers_email_key",
    );
    run(&proxy, "drop index if exists nothing");
    run(&proxy, "alter table customers drop column mail");
    run(&proxy, "truncate customers");
    run(&proxy, "drop table customers cascade");
    run(&proxy, CREATE);
    works(&proxy);
}

#[test]
fn what_ciphertext_cannot_bear_is_refused_with_a_hint() {
    let (database, proxy) = scene();
    for (sql, sqlstate) in [
        ("create table customers (note text unique)", "0A000"),
        (
            "create table customers (note text, primary key (note))",
            "0A000",
        ),
        (
            "create table customers (email text check (email like '%@%'))",
            "0A000",
        ),
        (
            "create table customers (id int, email text, check (length(email) > 3))",
            "0A000",
        ),
        (
            "create table customers (email text default lower('X'))",
            "0A000",
        ),
        (
            "create table customers (email text default current_user)",
            "0A000",
        ),
        (
            "create table customers (email text generated always as ('x') stored)",
            "0A000",
        ),
        (
            "create table customers (email text, l int generated always as (length(email)) stored)",
            "0A000",
        ),
        ("create table customers (email serial)", "0A000"),
        ("create table customers (email point)", "0A000"),
        ("create table customers as select 1", "0A000"),
        ("create table customers (like plain including all)", "0A000"),
        (
            "create table customers (email text) inherits (plain)",
            "0A000",
        ),
        (
            "create table customers (email text references plain (email))",
            "0A000",
        ),
        (
            "create table customers (email text, name text references customers (email))",
            "0A000",
        ),
        (
            "create table customers (email text collate \"und-x\")",
            "0A000",
        ),
        (
            "create table customers (email text) partition by hash (email)",
            "0A000",
        ),
    ] {
        if sql.contains("like plain") {
            database
                .run("create table plain (id int, email text unique); grant all on plain to app");
        }
        refused(&proxy, "app", sql, sqlstate);
    }
    run(&proxy, CREATE);
    for (sql, sqlstate) in [
        ("create index on customers (note)", "0A000"),
        ("create index on customers (upper(email))", "0A000"),
        (
            "create index on customers using gin (email gin_trgm_ops)",
            "0A000",
        ),
        ("create index on customers (id) where email = 'x'", "0A000"),
        (
            "create index on customers (id) where note is not null and length(name) > 1",
            "0A000",
        ),
        ("alter table customers add check (name <> '')", "0A000"),
        ("alter table customers add unique (note)", "0A000"),
        (
            "alter table customers add foreign key (name) references customers (email)",
            "0A000",
        ),
        (
            "create table copied (like customers including all)",
            "0A000",
        ),
    ] {
        refused(&proxy, "app", sql, sqlstate);
    }
    assert_eq!(database.value("select to_regclass('copied') is null"), "t");
}

/// Names in an open transaction are those that it has given, not those of before.
#[test]
fn a_schema_renamed_in_a_transaction_is_read_anew() {
    let (database, proxy) = scene();
    database.run(&format!(
        "grant create on database {} to app",
        database.name()
    ));
    let mut raw = Raw::login(proxy.port(), "app", database.name());
    let mut ask = |sql: &str| {
        let frames = raw.query(sql);
        assert_eq!(Raw::error(&frames), "", "{sql}");
        Raw::rows(&frames)
    };
    let ann = vec![vec![Some("ann@example.com".to_owned())]];
    ask("create schema tenant_a");
    ask("create table tenant_a.customers (id int, email text)");
    ask("insert into tenant_a.customers values (1, 'ann@example.com')");
    ask("begin");
    ask("alter schema tenant_a rename to tenant_b");
    assert_eq!(ask("select email from tenant_b.customers"), ann);
    ask("insert into tenant_b.customers values (2, 'bob@example.com')");
    ask("alter schema tenant_b rename to tenant_a");
    let found = ask("select email from tenant_a.customers where email = 'ann@example.com'");
    assert_eq!(found, ann);
    ask("alter schema tenant_a rename to tenant_b");
    ask("commit");
    assert_eq!(
        ask("select email from tenant_b.customers where id = 1"),
        ann
    );
    let stored = "select count(*) from tenant_b.customers where email::bytea::text like '\\\\xfb%'";
    assert_eq!(database.value(stored), "2");
}

#[test]
fn only_full_control_defines() {
    let (database, proxy) = scene();
    refused(&proxy, "viewer", CREATE, "42501");
    refused(
        &proxy,
        "viewer",
        "create table if not exists public.customers (id int)",
        "42501",
    );
    run(&proxy, CREATE);
    database.run("grant all on customers to viewer, blind; alter table customers owner to viewer");
    for sql in [
        "alter table customers drop column email",
        "alter table customers rename to other",
        "create index on customers (email)",
        "drop table customers",
        "alter table customers alter email type text",
    ] {
        refused(&proxy, "viewer", sql, "42501");
    }
    // Full control that sees masks gains nothing by it.
    database.run("alter table customers owner to blind");
    run(&proxy, "select 1");
    for sql in [
        "alter table customers rename to orders",
        "create view v as select * from customers",
    ] {
        refused(&proxy, "blind", sql, "42501");
    }
    // Nobody enters what is not his, and what he enters without the key does not count.
    let call = "call sealwire.enter('public', 'customers', 'email', '{}', '00', false)";
    let direct = psql(&database.url("app"), call);
    assert!(direct.stderr.contains("42501"), "{}", direct.stderr);
    let direct = psql(&database.url("blind"), call);
    assert_eq!(direct.stderr, "");
    database.run("alter table customers owner to app");
    works(&proxy);
    let read = psql(&database.url("app"), "select * from sealwire.journal");
    assert!(read.stderr.contains("42501"), "{}", read.stderr);
}

#[test]
fn an_entry_that_is_taken_away_shuts_the_column() {
    let (database, proxy) = scene();
    run(&proxy, CREATE);
    works(&proxy);
    database.run("delete from sealwire.journal");
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let seen = psql(&proxy.url("app"), "select email from customers");
        if seen.stderr.contains("55000") {
            break;
        }
        assert!(Instant::now() < until, "{} {}", seen.stdout, seen.stderr);
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn two_sessions_define_at_once() {
    let (database, proxy) = scene();
    let mut one = Raw::login(proxy.port(), "app", database.name());
    let mut two = Raw::login(proxy.port(), "app", database.name());
    one.query("begin");
    assert_eq!(Raw::error(&one.query(CREATE)), "");
    // The other waits for the name, and for nothing else.
    two.query("begin");
    two.ask(&CREATE.replace("varchar(254)", "int"));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(
        Raw::error(&one.query("insert into customers (email) values ('ann@example.com')")),
        ""
    );
    one.query("commit");
    let frames = two.until_ready();
    assert!(
        ["42P07", "23505"].contains(&Raw::error(&frames).as_str()),
        "{frames:?}"
    );
    two.query("rollback");
    let frames = two.query("select email from customers where email = 'ann@example.com'");
    assert_eq!(
        Raw::rows(&frames),
        [[Some("ann@example.com".to_owned())]],
        "{frames:?}"
    );
}

#[test]
fn a_table_made_through_the_proxy_is_unprotected_and_protected_again() {
    let (database, proxy) = scene();
    run(&proxy, CREATE);
    run(&proxy, "alter table customers add column mail text");
    works(&proxy);
    let owner = database.superuser_url();
    let output = proxy
        .site
        .sealwire(&["unprotect", "--upstream", &owner, "public.customers"]);
    assert_eq!(output.code, 0, "{} {}", output.stdout, output.stderr);
    assert_eq!(
        database.value("select email || note || name from customers"),
        "ann@example.comsecretnobody"
    );
    assert_eq!(database.value("select count(*) from sealwire.journal"), "0");
    proxy.site.protect("public.customers");
    assert_eq!(
        run(&proxy, "select email, note, name from customers"),
        "ann@example.com|secret|nobody"
    );
}

#[test]
fn a_database_that_was_not_initialised_says_what_to_do() {
    let database = Database::create(&["app"]);
    let site = crate::harness::Site::bare(&database, RULES);
    site.sealwire(&["keys", "init"]).ok();
    let proxy = site.serve();
    let output = psql(&proxy.url("app"), CREATE);
    assert!(
        output.stderr.contains("55000") && output.stderr.contains("sealwire init"),
        "{}",
        output.stderr
    );
    run(&proxy, "create table other (id int)");
}
