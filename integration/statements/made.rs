//! Tables made from queries, and copies out of what the rules are about: sealed values stay sealed.

use crate::customers::protected;
use crate::harness::{Frame, Raw};

fn state(frames: &[Frame]) -> Option<String> {
    let error = frames.iter().find(|frame| frame.tag == 'E');
    error.map(Frame::sqlstate)
}

#[test]
fn a_table_made_of_sealed_columns_holds_envelopes() {
    let (database, proxy) = protected();
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    for sql in [
        "create table made as select id, email, notes, array(select ssn from claims) as all_ssn from customers where email <> 'nobody'",
        "select id, email into made_too from customers where visits = 3",
        "create table bytes (id int, email bytea, name text)",
        "insert into bytes select id, email, name from customers where email = 'user1@example.com'",
        "update bytes set email = c.email from customers c where c.email = 'user2@example.com'",
    ] {
        assert_eq!(state(&owner.query(sql)), None, "{sql}");
    }
    let count = |sql: &str| database.value(sql);
    assert_eq!(
        count("select count(*) from made where email >= '\\xfb'"),
        "40"
    );
    assert_eq!(
        count("select count(*) from made where all_ssn[1] >= '\\xfb'"),
        "40"
    );
    assert_eq!(
        count("select count(*) from made_too where email >= '\\xfb'"),
        "4"
    );
    assert_eq!(
        count("select count(*) from bytes where email >= '\\xfb'"),
        "1"
    );
    // Nobody reads them back as what they were, nor as anything else than bytes.
    for sql in ["select email from made", "select email from bytes"] {
        let answer = owner.query(sql);
        for row in Raw::rows(&answer) {
            let value = row.first().cloned().flatten().unwrap_or_default();
            assert!(value.starts_with("\\xfb"), "{sql}: {value}");
        }
    }
    for (role, sql) in [
        (
            "billing",
            "create table other as select email from customers",
        ),
        (
            "support",
            "create table other as select email from customers",
        ),
        (
            "support",
            "create temp table other as select phone from customers",
        ),
        ("support", "select phone into other from customers"),
        (
            "support",
            "create table other as select id from customers where visits = 1",
        ),
        (
            "support",
            "insert into orders (id, email) select id, phone from customers",
        ),
        ("intern", "create table other as table customers"),
        (
            "owner",
            "insert into orders (id, email) select id, email from customers",
        ),
        ("owner", "create table claims as select id from customers"),
    ] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        let refused = state(&raw.query(sql));
        assert!(
            matches!(refused.as_deref(), Some("0A000" | "42501")),
            "{role}: {sql}: {refused:?}"
        );
    }
    // What a role may read in plaintext, and the search that it may do, make a table for everyone.
    let mut billing = Raw::login(proxy.port(), "billing", database.name());
    let sql = "create table plain_copy as select id, name, phone from customers where email = 'user1@example.com'";
    assert_eq!(state(&billing.query(sql)), None);
    assert_eq!(count("select phone from plain_copy"), "555-1001");
    assert_eq!(
        count("select count(*) from pg_class where relname = 'other'"),
        "0"
    );
}
