//! EXPLAIN of protected tables: sealed constants and no plaintext for who sees everything; for who sees a mask the plan's
//! shape and no number. And what the server keeps of texts: prepared statements, cursors.

use crate::customers::{RULES, plain, protected};
use crate::harness::{Proxy, Raw};

fn text(raw: &mut Raw, sql: &str) -> String {
    let frames = raw.query(sql);
    assert_eq!(Raw::error(&frames), "", "{sql}: {frames:?}");
    let lines = Raw::rows(&frames).into_iter().flatten().flatten();
    lines.collect::<Vec<_>>().join("\n")
}

const FIND: &str = "select id, email from customers where email = 'user7@example.com'";

#[test]
fn who_sees_everything_has_every_option() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "billing", database.name());
    for options in [
        "",
        "verbose",
        "analyze",
        "analyse verbose",
        "(costs off)",
        "(verbose, format json)",
        "(analyze, buffers, format xml)",
        "(analyze, timing off, summary off, wal, format yaml)",
        "(settings, costs off)",
    ] {
        let plan = text(&mut raw, &format!("explain {options} {FIND}"));
        assert!(
            plan.contains("\\xfb") && plan.contains("customers"),
            "{plan}"
        );
        assert!(!plan.contains("user7"), "{options}: {plan}");
    }
    // Carried out, like the statement itself.
    text(
        &mut raw,
        "explain analyze update customers set notes = 'canary' where email = 'user8@example.com'",
    );
    assert_eq!(
        text(&mut raw, "select notes from customers where id = 8"),
        "canary"
    );
    // Bound, in the extended protocol.
    for format in [0, 1] {
        raw.parse(
            "",
            "explain (costs off) select id from customers where email = $1",
            &[],
        );
        raw.bind("", "", format, &[Some(&b"user7@example.com"[..])], format);
        raw.execute("", 0);
        raw.sync();
        let frames = raw.until_ready();
        assert_eq!(Raw::error(&frames), "", "{frames:?}");
        let plan = format!("{:?}", Raw::rows(&frames));
        assert!(plan.contains("xfb") && !plan.contains("user7"), "{plan}");
    }
    assert_eq!(
        Raw::error(&raw.query("explain select nothing from customers")),
        "42703"
    );
    assert_eq!(
        Raw::error(&raw.query(&format!("explain (nothing) {FIND}"))),
        "42601"
    );
    // What the server keeps of texts is sealed.
    raw.parse("kept", FIND, &[]);
    raw.sync();
    raw.until_ready();
    let kept = text(&mut raw, "select statement from pg_prepared_statements");
    assert!(kept.contains("\\xfb") && !kept.contains("user7"), "{kept}");
}

#[test]
fn who_sees_a_mask_is_shown_no_number() {
    let (database, proxy) = protected();
    database.run(
        "create index on customers (phone); analyze customers;
         create view lookups as select id, email from customers where phone = '555-1001';
         grant select on lookups to intern, support",
    );
    std::thread::sleep(std::time::Duration::from_secs(4));
    for role in ["intern", "support"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        for select in [
            "select phone, email from customers",
            "select * from customers where name = 'name 1' order by id limit 2",
            "select c.phone, o.id from customers c join orders o on o.customer_id = c.id",
            "select count(*), count(phone) from customers where phone is not null",
        ] {
            for options in [
                "costs off",
                "costs off, format json",
                "settings, costs 'off'",
                "format xml, costs false",
            ] {
                let plan = text(&mut raw, &format!("explain ({options}) {select}"));
                assert!(plan.contains("customers"), "{plan}");
                for number in ["cost", "rows", "width", "Rows", "Width", "Cost", "555-"] {
                    assert!(!plan.contains(number), "{select}: {plan}");
                }
            }
            for options in [
                "",
                "verbose",
                "analyze",
                "(costs)",
                "(costs off, verbose)",
                "(costs off, analyze)",
                "(costs off, analyse)",
                "(costs off, buffers)",
                "(costs off, summary)",
                "(costs off, costs on)",
                "(format json)",
            ] {
                let frames = raw.query(&format!("explain {options} {select}"));
                assert!(
                    ["42501", "0A000"].contains(&Raw::error(&frames).as_str()),
                    "{options}: {frames:?}"
                );
                assert!(!frames.iter().any(|frame| frame.tag == 'D'), "{options}");
            }
        }
        // A view's definition is its owner's business.
        let frames = raw.query("explain (costs off) select id from lookups");
        assert_ne!(Raw::error(&frames), "");
        for catalog in ["pg_cursors", "pg_prepared_statements"] {
            let frames = raw.query(&format!("select * from {catalog}"));
            assert_eq!(Raw::error(&frames), "42501", "{role}: {catalog}");
        }
    }
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    let plan = text(
        &mut raw,
        "explain (costs off) select id from customers where ssn = '00100000001'",
    );
    assert!(
        plan.contains("\\xfb") && !plan.contains("00100000001"),
        "{plan}"
    );
}

/// A foreign key that is looked at only at the end quotes what it refers to, when no statement is at hand any more.
#[test]
fn a_constraint_that_fails_at_the_end_shows_nothing() {
    let database = plain();
    database.run(
        "alter table customers add unique (phone);
         create table calls (id int, phone text references customers (phone) deferrable initially deferred);
         insert into calls values (1, '555-1005');
         create table mails (id int, mail text references customers (phone) deferrable);
         insert into mails values (1, '555-1006');
         grant delete, update on customers to support",
    );
    let rules = RULES.replacen(
        "level = \"access-and-modify\"\nreveal = [\"email\"]",
        "level = \"modify\"\nreveal = [\"email\"]",
        1,
    );
    // Who may not even search the column may not try it by deleting.
    let rules = rules.replace("search = [\"ssn\"]", "search = [\"ssn\", \"phone\"]");
    let proxy = Proxy::start_protected(&database, &rules, &["public.customers", "public.claims"]);
    let ends: &[&[&str]] = &[
        &["begin", "delete from customers where id = 5", "commit"],
        &[
            "begin",
            "delete from customers where id = 5",
            "set constraints all immediate",
        ],
        &[
            "begin",
            "set constraints all deferred",
            "delete from customers where id = 6",
            "commit",
        ],
        &["begin", "delete from customers where id = 5", "end"],
        &["begin; delete from customers where id = 5; commit"],
        &["delete from customers where id = 5"],
        &["delete from customers where id = 6"],
    ];
    for (role, sees) in [("support", false), ("owner", true)] {
        for messages in ends {
            for extended in [false, true] {
                if extended && messages[0].contains(';') {
                    continue;
                }
                let mut raw = Raw::login(proxy.port(), role, database.name());
                let mut received = Vec::new();
                for message in *messages {
                    received.extend(if extended {
                        raw.extended(message)
                    } else {
                        raw.query(message)
                    });
                }
                assert_eq!(
                    Raw::error(&received),
                    "23503",
                    "{role}: {messages:?} {received:?}"
                );
                let body: String = received
                    .iter()
                    .map(|frame| String::from_utf8_lossy(&frame.body).into_owned())
                    .collect();
                assert_eq!(
                    body.contains("555-100"),
                    sees,
                    "{role}: {messages:?}: {body}"
                );
            }
        }
    }
}
