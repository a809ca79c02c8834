//! Prepared statements and portals by name: what is dropped, replaced, kept, and what must not be mistaken.

use super::*;

fn values(raw: &mut Raw, statement: &str) -> Vec<Frame> {
    raw.bind("", statement, 0, &[], 0);
    raw.execute("", 0);
    raw.sync();
    raw.until_ready()
}
use crate::harness::Frame;

#[test]
fn a_name_means_what_was_parsed_last() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    let watched = "select notes from people where id = 1";
    let plain = "select 'plain'";
    let note = [[Some("note 1".to_owned())]];
    let nothing = [[Some("plain".to_owned())]];
    for name in ["", "s"] {
        for again in 0..2 {
            for (text, expected) in [(watched, &note), (plain, &nothing)] {
                raw.parse(name, text, &[]);
                let frames = values(&mut raw, name);
                assert_eq!(&Raw::rows(&frames), expected, "{name} {again}");
                if name == "s" {
                    raw.close('S', "s");
                }
            }
        }
    }
    // A refused Parse of the unnamed statement drops what was there; one of a name keeps it.
    raw.parse("", plain, &[]);
    raw.parse("s", plain, &[]);
    raw.sync();
    raw.until_ready();
    for name in ["", "s"] {
        raw.parse(name, REFUSED, &[]);
        raw.sync();
        assert_eq!(Raw::tags(&raw.until_ready()), "EZ");
    }
    assert_eq!(Raw::error(&values(&mut raw, "")), "26000");
    assert_eq!(Raw::rows(&values(&mut raw, "s")), nothing);
    // The same name twice is the server's to refuse, and the first one stays.
    raw.parse("s", watched, &[]);
    raw.sync();
    assert_eq!(Raw::error(&raw.until_ready()), "42P05");
    assert_eq!(Raw::rows(&values(&mut raw, "s")), nothing);
    goes_on(&mut raw);
}

#[test]
fn statements_taken_away_by_sql() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    for away in [
        "deallocate s",
        "DEALLOCATE PREPARE \"s\"",
        "deallocate all",
        "discard all",
        "/* a */ deallocate s",
        "select 1; deallocate s",
        "do $$ begin deallocate s; end $$",
    ] {
        for extended in [false, true] {
            if extended && away.contains("; d") && !away.contains("do") {
                continue;
            }
            raw.parse("s", "select notes from people where id = 1", &[]);
            assert_eq!(
                Raw::rows(&values(&mut raw, "s")),
                [[Some("note 1".to_owned())]]
            );
            let frames = if extended {
                raw.extended(away)
            } else {
                raw.query(away)
            };
            assert_eq!(Raw::error(&frames), "", "{away}");
            assert_eq!(Raw::error(&values(&mut raw, "s")), "26000", "{away}");
            // Another text, of another shape, under the same name.
            raw.parse("s", "select 'plain', 2", &[]);
            let frames = values(&mut raw, "s");
            assert_eq!(
                Raw::rows(&frames),
                [[Some("plain".to_owned()), Some("2".to_owned())]],
                "{away}"
            );
            raw.query("deallocate all");
        }
    }
    goes_on(&mut raw);
}

#[test]
fn a_name_taken_by_sql_shows_nothing_protected() {
    let (database, proxy) = people();
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    for drop in [
        "deallocate s",
        "/* a */ deallocate s",
        "select 1; deallocate s",
    ] {
        for take in [
            "prepare s as select phone from people",
            "do $$ begin execute 'prepare s as select phone from peo' || 'ple'; end $$",
        ] {
            raw.parse("s", "select name from plain", &[]);
            raw.describe('S', "s");
            values(&mut raw, "s");
            raw.query(drop);
            raw.query(take);
            let mut frames = values(&mut raw, "s");
            frames.extend(raw.query("execute s"));
            let all: Vec<u8> = frames.into_iter().flat_map(|frame| frame.body).collect();
            assert!(
                !String::from_utf8_lossy(&all).contains("555-"),
                "{drop}; {take}"
            );
            raw.query("deallocate all");
        }
    }
    // Likewise a portal.
    raw.query("begin; insert into plain values (1, 'x'), (2, 'y')");
    raw.parse("s", "select name from plain", &[]);
    raw.describe('S', "s");
    raw.bind("p", "s", 0, &[], 0);
    raw.execute("p", 1);
    raw.sync();
    raw.until_ready();
    for take in [
        "close p; declare p cursor for select phone from people",
        "do $$ begin execute 'close p'; execute 'declare p cursor for select phone from peo' || 'ple'; end $$",
    ] {
        raw.query("savepoint a");
        let mut frames = raw.query(take);
        raw.execute("p", 0);
        raw.sync();
        frames.extend(raw.until_ready());
        let all: Vec<u8> = frames.into_iter().flat_map(|frame| frame.body).collect();
        assert!(!String::from_utf8_lossy(&all).contains("555-"), "{take}");
        raw.query("rollback to a");
    }
}

#[test]
fn a_portal_outlives_its_statement_and_is_carried_on_in_pieces() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    raw.query("begin");
    raw.parse("s", WATCHED, &[]);
    raw.bind("p", "s", 0, &[], 0);
    raw.describe('P', "p");
    raw.close('S', "s");
    raw.execute("p", 2);
    raw.sync();
    assert_eq!(Raw::tags(&raw.until_ready()), "12T3DDsZ");
    // Across batches of the same transaction, with others in between.
    goes_on(&mut raw);
    raw.execute("p", 3);
    raw.flush();
    let tags: Vec<char> = (0..4).map(|_| raw.read().unwrap().tag).collect();
    assert_eq!(tags, ['D', 'D', 'D', 's']);
    raw.execute("p", 0);
    raw.close('P', "p");
    raw.execute("p", 0);
    raw.sync();
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "DDDDC3EZ");
    assert_eq!(Raw::error(&frames), "34000");
    assert_eq!(Raw::rows(&frames)[0][1].as_deref(), Some("note 6"));
    raw.query("rollback");
    goes_on(&mut raw);
}

#[test]
fn a_changed_table_under_a_prepared_statement() {
    let (database, proxy) = people();
    database.run("alter table people owner to owner");
    let mut raw = owner(&database, &proxy);
    raw.parse("star", "select * from people where id = 1", &[]);
    raw.describe('S', "star");
    raw.parse("one", "select notes from people where id = 1", &[]);
    raw.describe('S', "one");
    values(&mut raw, "star");
    let frames = raw.query("alter table people add column extra text default 'e'");
    assert_eq!(Raw::error(&frames), "");
    // The result's type has changed: an error, as on the server, and never columns that are not told.
    assert_eq!(Raw::error(&values(&mut raw, "star")), "0A000");
    assert_eq!(
        Raw::rows(&values(&mut raw, "one")),
        [[Some("note 1".to_owned())]]
    );
    goes_on(&mut raw);
}
