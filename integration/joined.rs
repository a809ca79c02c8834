//! Where rows of one table become rows of another, or leave what the rules are about: ATTACH PARTITION, INHERIT, tables
//! that a query makes, and what a catalog keeps of a column's first value.

use crate::customers::protected;
use crate::harness::{Database, Proxy, Raw};

const RULES: &str = r#"
[tables."public.own_*".columns]
k = { seal = { search = ["equality"] } }
v = { seal = {} }
[tables."aside.own_*".columns]
k = { seal = { search = ["equality"] } }
[tables."public.shared_*".columns]
k = { seal = { search = ["equality"], domain = "shared.k" } }
[tables."public.masked_*".columns]
code = { masks = { default = "null" } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

fn session() -> (Database, Proxy, Raw) {
    let database = Database::create(&["owner", "intern"]);
    database.run("grant all on schema public to owner");
    let proxy = Proxy::start(&database, RULES);
    let raw = Raw::login(proxy.port(), "owner", database.name());
    (database, proxy, raw)
}

#[track_caller]
fn ok(raw: &mut Raw, text: &str) -> Vec<Vec<Option<String>>> {
    let frames = raw.query(text);
    assert_eq!(Raw::error(&frames), "", "{text}");
    Raw::rows(&frames)
}

#[test]
fn tables_sealed_in_two_ways_do_not_become_one() {
    let (database, _proxy, mut raw) = session();
    ok(
        &mut raw,
        "create table own_part (id int, k text, v text) partition by range (id)",
    );
    ok(&mut raw, "create table own_x (id int, k text, v text)");
    ok(&mut raw, "insert into own_x values (25, 'a', 'vx')");
    for text in [
        "alter table own_part attach partition own_x for values from (20) to (30)",
        "ALTER TABLE ONLY public.own_part ATTACH PARTITION own_x DEFAULT",
        "begin; alter table own_part attach partition own_x default; commit",
    ] {
        let frames = raw.query(text);
        assert_ne!(Raw::error(&frames), "", "{text}");
        raw.query("rollback");
    }
    ok(&mut raw, "create table own_base (id int, k text, v text)");
    let frames = raw.query("alter table own_x inherit own_base");
    assert_ne!(Raw::error(&frames), "");
    // A name that stands for one in each of several schemas.
    database.run("create schema aside authorization owner");
    ok(&mut raw, "create table shared_one (id int, k text)");
    for name in ["own_c", "own_d", "own_e", "own_f", "own_g", "own_h"] {
        ok(&mut raw, &format!("create table {name} (id int, v text)"));
        ok(
            &mut raw,
            &format!("create table aside.{name} (id int, k text)"),
        );
        ok(&mut raw, "set search_path = aside, public");
        let frames = raw.query(&format!("alter table {name} inherit shared_one"));
        assert_eq!(Raw::error(&frames), "0A000");
        ok(&mut raw, "reset search_path");
    }
    // Within the transaction that makes it.
    ok(&mut raw, "begin");
    ok(&mut raw, "create table own_new (id int, k text, v text)");
    let frames = raw.query("alter table own_part attach partition own_new default");
    assert_ne!(Raw::error(&frames), "");
    ok(&mut raw, "rollback");
    assert_eq!(
        ok(&mut raw, "select k from own_x where k = 'a'"),
        [[Some("a".to_owned())]]
    );
    // Of one domain they do, and answer as one.
    ok(
        &mut raw,
        "create table shared_part (id int, k text) partition by range (id)",
    );
    ok(&mut raw, "create table shared_x (id int, k text)");
    ok(&mut raw, "insert into shared_x values (25, 'a')");
    ok(
        &mut raw,
        "alter table shared_part attach partition shared_x for values from (20) to (30)",
    );
    ok(
        &mut raw,
        "create table shared_y partition of shared_part for values from (30) to (40)",
    );
    ok(
        &mut raw,
        "insert into shared_part values (31, 'a'), (21, 'b')",
    );
    let rows = ok(
        &mut raw,
        "select id from shared_part where k = 'a' order by id",
    );
    assert_eq!(rows, [[Some("25".to_owned())], [Some("31".to_owned())]]);
    assert_eq!(
        ok(&mut raw, "select count(distinct k) from shared_part"),
        [[Some("2".to_owned())]]
    );
}

#[test]
fn no_temporary_table_is_made_of_sealed_values() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    for text in [
        "create temp table copied as select id, email from customers",
        "create local temporary table if not exists copied as select id, email from customers",
        "create table pg_temp.copied as select id, email from customers",
        "select id, email into temp copied from customers",
        "select id, email into temporary table copied from customers",
        "select id, email into pg_temp.copied from customers",
        "select 1; create temp table copied as table customers",
    ] {
        for simple in [true, false] {
            let frames = if simple {
                raw.query(text)
            } else if text.contains(';') {
                continue;
            } else {
                raw.extended(text)
            };
            assert_eq!(Raw::error(&frames), "0A000", "{text}");
        }
    }
    ok(
        &mut raw,
        "create temp table copied as select id, name from customers",
    );
    assert_eq!(
        ok(&mut raw, "select count(*) from copied"),
        [[Some("40".to_owned())]]
    );
    ok(
        &mut raw,
        "create table kept as select id, email from customers",
    );
}

#[test]
fn what_a_column_began_with_is_not_shown() {
    let (database, proxy, _) = session();
    database.run(
        "create table masked_a (id int primary key); insert into masked_a values (1);
         alter table masked_a add column code text default '555-99'; alter table masked_a alter code drop default;
         grant select on masked_a to intern",
    );
    assert_eq!(
        database.value("select attmissingval::text from pg_attribute where attrelid = 'masked_a'::regclass and attname = 'code'"),
        "{555-99}"
    );
    std::thread::sleep(std::time::Duration::from_millis(2_500));
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    for text in [
        "select attmissingval::text from pg_attribute where attmissingval is not null",
        "select attmissingval from pg_catalog.pg_attribute where attname = 'code'",
        "select \"attmissingval\"::text from pg_attribute a where attname = 'code'",
        "select (a).attmissingval from pg_attribute a where attname = 'code'",
        "with x as (delete from masked_a where false returning 1) select attmissingval::text, attname from pg_attribute",
    ] {
        for frame in raw.query(text) {
            let said = String::from_utf8_lossy(&frame.body).into_owned();
            assert!(!said.contains("555-99"), "{text}: {said}");
        }
    }
    // Its rows under another name, which does not say what they were.
    for (making, text) in [
        (
            "create temp view kept as select a from pg_attribute a",
            "select (a).attmissingval::text from pg_temp.kept where (a).attname = 'code'",
        ),
        (
            "create function pg_temp.kept_by() returns setof pg_attribute language sql as 'select * from pg_catalog.pg_attribute'",
            "select attmissingval::text from pg_temp.kept_by() where attname = 'code'",
        ),
        (
            "create temp table kept_as as select a::text from pg_attribute a",
            "select * from kept_as",
        ),
        (
            "select a::text into temp table kept_into from pg_attribute a",
            "select * from kept_into",
        ),
        (
            "create temp table kept_rows (a text); insert into kept_rows select a::text from pg_attribute a",
            "select * from kept_rows",
        ),
        (
            "create temp table kept_typed (a pg_attribute)",
            "select (a).attmissingval::text from kept_typed",
        ),
        ("select 1", "select attmissingval from kept_elsewhere"),
    ] {
        let made = raw.query(making);
        let frames = raw.query(text);
        let refused = [&made, &frames]
            .iter()
            .any(|frames| Raw::error(frames) == "42501");
        assert!(refused, "{making}; {text}");
        for frame in frames {
            let said = String::from_utf8_lossy(&frame.body).into_owned();
            assert!(!said.contains("555-99"), "{text}: {said}");
        }
    }
    // What reads the rest of it goes on, and full control goes on with all.
    let count = "select count(*) from pg_attribute where attname = 'code'";
    assert_eq!(ok(&mut raw, count), [[Some("1".to_owned())]]);
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    ok(
        &mut owner,
        "create function pg_temp.kept_by() returns setof pg_attribute language sql as 'select * from pg_catalog.pg_attribute'",
    );
    let began = ok(
        &mut owner,
        "select attmissingval::text from pg_temp.kept_by() where attname = 'code'",
    );
    assert_eq!(began, [[Some("{555-99}".to_owned())]]);
}
