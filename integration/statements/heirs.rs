//! A protected partitioned table and its partitions, a protected table and its heirs: what protects the one protects the
//! other.

use crate::customers::{RULES, plain};
use crate::differential::comparable;
use crate::harness::{Database, Raw, Site};

const EVENTS: &str = r#"
[tables."public.events".columns]
email = "email"
note = { seal = {} }
remark = { seal = {} }
phone = { masks = { partial = { keep_last = 2 } } }
"#;

/// Tables that the role owns, so that it may define heirs of them.
fn owned() -> Database {
    let database = plain();
    database.run("alter table customers owner to owner; alter table claims owner to owner");
    database.run("alter table orders owner to owner; alter table cities owner to owner");
    database
}

#[test]
fn partitions_and_heirs_are_answered_as_plain_ones() {
    let direct_database = owned();
    let proxied_database = owned();
    let site = Site::new(&proxied_database, &format!("{RULES}{EVENTS}"));
    site.protect("public.claims");
    site.protect("public.customers");
    let proxy = site.serve();
    let mut direct = Raw::login(
        direct_database.server().port(),
        "owner",
        direct_database.name(),
    );
    let mut proxied = Raw::login(proxy.port(), "owner", proxied_database.name());
    for sql in include_str!("heirs.sql").lines() {
        let (x, y) = (direct.query(sql), proxied.query(sql));
        assert_eq!(
            comparable(&x),
            comparable(&y),
            "{sql}: {}\n{}",
            Raw::error(&y),
            proxy.log()
        );
    }
}

/// Whoever sees masks of a table sees no more of its partitions and heirs, whatever they are called.
#[test]
fn masks_hold_for_partitions_and_heirs() {
    let database = owned();
    let site = Site::new(&database, &format!("{RULES}{EVENTS}"));
    site.protect("public.claims");
    site.protect("public.customers");
    let proxy = site.serve();
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    for sql in [
        "create table events (id int, email varchar(40), note text, phone text) partition by list (id)",
        "create table events_one partition of events for values in (1)",
        "create table events_two partition of events for values in (2) partition by range (id)",
        "create table events_deep partition of events_two for values from (0) to (9)",
        "insert into events values (1, 'canary@x', 'canary', 'canary'), (2, 'canary@y', 'canary', 'canary')",
        "create table kid (x int) inherits (claims)",
        "insert into kid (id, ssn) values (99, 'canary')",
        "grant select on events, events_one, events_two, events_deep, kid to intern",
    ] {
        let answer = owner.query(sql);
        assert!(
            answer.iter().all(|frame| frame.tag != 'E'),
            "{sql}: {}",
            Raw::error(&answer)
        );
    }
    let mut intern = Raw::login(proxy.port(), "intern", database.name());
    for table in [
        "events",
        "events_one",
        "events_two",
        "events_deep",
        "kid",
        "only kid",
    ] {
        let answer = intern.query(&format!("select * from {table}"));
        assert!(
            !Raw::rows(&answer).is_empty() || table == "only kid",
            "{}",
            Raw::error(&answer)
        );
        for row in Raw::rows(&answer) {
            assert!(!format!("{row:?}").contains("canary"), "{table}: {row:?}");
        }
    }
    for sql in [
        "select id from events_one where phone = 'canary'",
        "select id from events_deep order by phone",
        "select id from events_one where email = 'canary@x'",
        "select e from events_deep e",
        "select id from kid where ssn = 'canary'",
        "select phone || '' from events_two",
    ] {
        let answer = intern.query(sql);
        assert!(answer.iter().any(|frame| frame.tag == 'E'), "{sql}");
    }
    // A partition that leaves is not protected by the rules of its parent any more: registered, it is refused.
    owner.query("alter table events detach partition events_one");
    for raw in [&mut owner, &mut intern] {
        let answer = raw.query("select * from events_one");
        assert_eq!(
            answer
                .iter()
                .find(|frame| frame.tag == 'E')
                .map(|frame| frame.sqlstate()),
            Some("55000".to_owned())
        );
    }
    let stored = "select count(*) from events_deep where email >= '\\xfb' and note >= '\\xfb'";
    assert_eq!(database.value(stored), "1");
}
