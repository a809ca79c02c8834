//! COPY overtaken by a DBA who changes tables and views past the proxy: between two looks at the catalog, and while the
//! COPY waits for the DBA's lock. Nothing that a role sees masked comes out, and nothing goes into another column than
//! was planned.

use crate::customers::protected;
use crate::harness::{Database, Frame, Raw};

/// A COPY to its end, in either protocol; `data` goes as soon as it is asked for.
fn copy(raw: &mut Raw, sql: &str, extended: bool, data: &[u8]) -> Vec<Frame> {
    start(raw, sql, extended);
    finish(raw, data)
}

fn start(raw: &mut Raw, sql: &str, extended: bool) {
    if extended {
        raw.run(sql);
        raw.sync();
    } else {
        raw.ask(sql);
    }
}

fn finish(raw: &mut Raw, data: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    while let Some(frame) = raw.read() {
        let tag = frame.tag;
        frames.push(frame);
        match tag {
            'G' => {
                raw.send('d', data);
                raw.send('c', b"");
                // The server passes over the Sync that came among the data.
                if Raw::tags(&frames).starts_with('1') {
                    raw.sync();
                }
            }
            'Z' => break,
            _ => {}
        }
    }
    frames
}

#[track_caller]
fn holds_no(needle: &str, frames: &[Frame], what: &str) {
    for frame in frames {
        let body = String::from_utf8_lossy(&frame.body);
        assert!(!body.contains(needle), "{what}: {}<{body}>", frame.tag);
    }
}

/// The session goes on, once the proxy has seen what was set back.
#[track_caller]
fn goes_on(raw: &mut Raw) {
    crate::harness::until(|| {
        let rows = Raw::rows(&raw.query("select count(*) from customers where id = 7"));
        rows == [[Some("1".to_owned())]]
    });
}

/// Masked for `support` in part, for `intern` whole.
const PHONE: &str = "555-10";

#[test]
fn a_view_or_function_made_a_moment_ago_shows_no_masked_value() {
    let (database, proxy) = protected();
    for role in ["support", "intern"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        for extended in [false, true] {
            for copied in [
                "select phone from fresh",
                "select phone || '' from fresh",
                "select * from fresh order by id",
                "select string_agg(phone, ',') from fresh",
                "with x as (select phone as p from fresh) select upper(p) from x",
                "select fresh_one()",
                "select count(*) from fresh, fresh_one() one where one <> ''",
            ] {
                database.run(&format!(
                    "drop view if exists fresh; drop function if exists fresh_one();
                     create view fresh as select id, phone, email from customers;
                     create function fresh_one() returns setof text language sql as 'select phone from customers';
                     grant select on fresh to {role}"
                ));
                let sql = format!("copy ({copied}) to stdout");
                let frames = copy(&mut raw, &sql, extended, b"");
                holds_no(PHONE, &frames, &format!("{role}: {sql}, {extended}"));
                assert_eq!(Raw::tags(&frames).matches('Z').count(), 1, "{sql}");
                goes_on(&mut raw);
            }
        }
    }
}

/// A view that the catalog does not hold yet is known by the number that the server gives its columns.
#[test]
fn the_columns_of_a_view_made_a_moment_ago_are_held_back() {
    let (database, proxy) = protected();
    for role in ["support", "intern"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        for selected in [
            "select phone from fresh",
            "select * from fresh order by id",
            "select p.id, p.phone from fresh p limit 1",
            "with x as (select phone as p from fresh) select p from x",
            "select one.phone from fresh one, fresh two where one.id = two.id",
            "declare c cursor for select phone from fresh",
        ] {
            for extended in [false, true] {
                database.run(&format!(
                    "drop view if exists fresh; create view fresh as select id, phone from customers; grant select on fresh to {role}"
                ));
                raw.query("begin");
                let mut frames = if extended {
                    raw.extended(selected)
                } else {
                    raw.query(selected)
                };
                frames.extend(raw.query("fetch all from c"));
                raw.query("rollback");
                holds_no(PHONE, &frames, &format!("{role}: {selected}, {extended}"));
                goes_on(&mut raw);
            }
        }
    }
}

/// Each as a DBA might do it, and what sets it back.
const RENAMED: &str =
    "alter table customers rename name to called; alter table customers rename phone to name";
const BACK: &str =
    "alter table customers rename name to phone; alter table customers rename called to name";

/// What the plan shows as it is, and the DBA has put a masked column in place of.
const COPIED: &[&str] = &[
    "customers (id, name)",
    "(select name from customers)",
    "(select name || '' from customers)",
    "(select max(name) from customers)",
    "(table plain_view)",
];

#[test]
fn a_column_that_has_taken_the_name_of_another_is_not_copied() {
    let (database, proxy) = protected();
    database.run("create view plain_view as select id, name from customers; grant select on plain_view to public");
    for role in ["support", "intern"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        for extended in [false, true] {
            for copied in COPIED {
                goes_on(&mut raw);
                let sql = format!("copy {copied} to stdout");
                let before = copy(&mut raw, &sql, extended, b"");
                assert_eq!(Raw::error(&before), "", "{sql}");
                database.run(RENAMED);
                database.run("create or replace view plain_view as select id, called as name from customers where false union all select id, name from customers");
                let frames = copy(&mut raw, &sql, extended, b"");
                holds_no(PHONE, &frames, &format!("{role}: {sql}, {extended}"));
                database.run(
                    "create or replace view plain_view as select id, called as name from customers",
                );
                database.run(BACK);
            }
        }
    }
}

#[test]
fn a_copy_that_waits_for_the_dba_is_held_against_what_it_finds() {
    let (database, proxy) = protected();
    database.run("create view plain_view as select id, name from customers; grant select on plain_view to public");
    let mut dba = Raw::login(
        database.server().port(),
        database.server().superuser(),
        database.name(),
    );
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    for extended in [false, true] {
        for in_block in [false, true] {
            for copied in COPIED {
                let sql = format!("copy {copied} to stdout");
                if in_block {
                    raw.query("begin");
                }
                dba.query("begin");
                let done = dba.query(&format!(
                    "{RENAMED}; create or replace view plain_view as select id, called as name from customers where false union all select id, name from customers"
                ));
                assert_eq!(Raw::error(&done), "");
                start(&mut raw, &sql, extended);
                waits(&database);
                dba.query("commit");
                let frames = finish(&mut raw, b"");
                holds_no(PHONE, &frames, &format!("{sql}, {extended}"));
                assert_ne!(Raw::error(&frames), "", "{sql}");
                if in_block {
                    assert_eq!(frames.last().unwrap().body, b"E", "{sql}");
                    raw.query("rollback");
                }
                database.run(
                    "create or replace view plain_view as select id, called as name from customers",
                );
                database.run(BACK);
                // As it was before, it is copied again.
                goes_on(&mut raw);
                let frames = copy(&mut raw, &sql, extended, b"");
                assert_eq!(Raw::error(&frames), "", "{sql}");
            }
        }
    }
}

/// Until a session of the database waits for a lock.
fn waits(database: &Database) {
    crate::harness::until(|| {
        let sql = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        database.value(sql) == "1"
    });
}

#[test]
fn an_envelope_never_goes_into_another_column_nor_plaintext_into_a_sealed_one() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    let remade = "create table claims (id int, ssn text, amount numeric, note text); grant all on claims to owner";
    for extended in [false, true] {
        // A plain column under a sealed one's name, and the sealed one under a plain one's.
        for (change, back, sql, data) in [
            (
                "alter table customers rename notes to sealed; alter table customers rename name to notes",
                "alter table customers rename notes to name; alter table customers rename sealed to notes",
                "copy customers (id, notes, email) from stdin",
                &b"900\tovertaken note\tovertaken@x\n"[..],
            ),
            (
                "alter table claims rename note to was_note; alter table claims rename ssn to note",
                "alter table claims rename note to ssn; alter table claims rename was_note to note",
                "copy claims (id, note) from stdin",
                b"900\tovertaken\n",
            ),
            (
                "alter table claims rename to parked; alter table orders rename to claims; alter table claims rename email to ssn",
                "alter table claims rename ssn to email; alter table claims rename to orders; alter table parked rename to claims",
                "copy claims (id, ssn) from stdin",
                b"900\tovertaken\n",
            ),
            (
                "alter table orders rename to parked; alter table claims rename to orders",
                "alter table orders rename to claims; alter table parked rename to orders",
                "copy orders (id, ssn) from stdin",
                b"900\tovertaken\n",
            ),
        ] {
            goes_on(&mut raw);
            database.run(change);
            let frames = copy(&mut raw, sql, extended, data);
            database.run(back);
            assert_ne!(Raw::error(&frames), "", "{sql}, {extended}");
            for table in ["customers", "claims", "orders"] {
                let count = format!("select count(*) from {table} where id = 900");
                assert_eq!(database.value(&count), "0", "{sql}, {extended}");
            }
            goes_on(&mut raw);
        }
    }
    // In one that was dropped and made anew without protection.
    database.run(&format!("drop table claims; {remade}"));
    let frames = copy(
        &mut raw,
        "copy claims (id, ssn) from stdin",
        false,
        b"900\tovertaken\n",
    );
    assert_ne!(Raw::error(&frames), "");
    assert_eq!(database.value("select count(*) from claims"), "0");
    let log = std::fs::read_to_string(database.server().log_file()).unwrap();
    assert!(!log.contains("overtaken"), "a value in the server's log");
}

#[test]
fn what_is_changed_elsewhere_is_no_hindrance() {
    let (database, proxy) = protected();
    database.run("alter table claims owner to owner");
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    for (at, extended) in [false, true].into_iter().enumerate() {
        for (sql, data) in [
            ("copy customers to stdout", &b""[..]),
            (
                "copy (select id, email from customers order by id) to stdout",
                b"",
            ),
            ("copy claims (id, note) from stdin", b"900\tx\n"),
            ("copy orders from stdin", b""),
            ("copy orders to stdout", b""),
        ] {
            database.run(&format!(
                "drop table if exists elsewhere{at}; create table elsewhere{at} (id int)"
            ));
            let frames = copy(&mut raw, sql, extended, data);
            assert_eq!(Raw::error(&frames), "", "{sql}, {extended}");
        }
        database.run("delete from claims where id = 900");
    }
    // In a transaction that has changed the tables itself.
    for sql in [
        "begin",
        "create table own (id int, email text)",
        "alter table claims add column extra text",
    ] {
        assert_eq!(Raw::error(&raw.query(sql)), "", "{sql}");
    }
    for (sql, data) in [
        ("copy own from stdin", &b"1\tx\n"[..]),
        ("copy own to stdout", b""),
        ("copy claims (id, ssn, extra) from stdin", b"901\t1\tx\n"),
        ("copy claims to stdout", b""),
    ] {
        let frames = copy(&mut raw, sql, false, data);
        assert_eq!(Raw::error(&frames), "", "{sql}");
    }
    raw.query("commit");
    // In one message with what it needs.
    let sql = "create table other (id int); copy other from stdin";
    assert_eq!(Raw::error(&copy(&mut raw, sql, false, b"1\n")), "");
    assert_eq!(database.value("select count(*) from other"), "1");
}
