//! A value that cannot be opened in the middle of a result: one error, and the session goes on (FACTS 16).

use super::*;

fn broken() -> (Database, Proxy, Raw) {
    let (database, proxy) = people();
    corrupt(&database, 5);
    let raw = owner(&database, &proxy);
    (database, proxy, raw)
}

#[test]
fn a_read_breaks_off_where_the_value_is() {
    let (_database, _proxy, mut raw) = broken();
    let frames = raw.query(WATCHED);
    assert_eq!(Raw::tags(&frames), "TDDDDEZ");
    assert_eq!(Raw::error(&frames), "XX001");
    goes_on(&mut raw);
    // The rest of one message is not shown either.
    let frames = raw.query(&format!("select 1; {WATCHED}; select 2"));
    assert_eq!(Raw::tags(&frames), "TDCTDDDDEZ");
    goes_on(&mut raw);
    for format in [0, 1] {
        raw.parse("", WATCHED, &[]);
        raw.describe('S', "");
        raw.bind("", "", 0, &[], format);
        raw.execute("", 0);
        raw.run("select 'never'");
        raw.sync();
        let frames = raw.until_ready();
        assert_eq!(Raw::tags(&frames), "1tT2DDDDEZ");
        assert_eq!(Raw::error(&frames), "XX001");
        goes_on(&mut raw);
    }
    // In pieces.
    raw.query("begin");
    raw.parse("", WATCHED, &[]);
    raw.bind("p", "", 0, &[], 0);
    raw.execute("p", 3);
    raw.execute("p", 3);
    raw.execute("p", 3);
    raw.sync();
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "12DDDsDEZ");
    assert_eq!(frames.last().unwrap().body, b"E");
    raw.query("rollback");
    goes_on(&mut raw);
}

#[test]
fn a_transaction_ends_failed() {
    let (database, _proxy, mut raw) = broken();
    for extended in [false, true] {
        raw.query("begin; insert into plain values (1, 'x')");
        let frames = if extended {
            raw.extended(WATCHED)
        } else {
            raw.query(WATCHED)
        };
        assert_eq!(Raw::error(&frames), "XX001");
        assert_eq!(frames.last().unwrap().body, b"E");
        assert_eq!(raw.query("commit")[0].body, b"ROLLBACK\0");
        assert_eq!(database.value("select count(*) from plain"), "0");
        goes_on(&mut raw);
    }
    // The whole of it in one batch, without a Sync in between: commit is not reached.
    for text in [
        "begin",
        "insert into plain values (1, 'x')",
        WATCHED,
        "commit",
    ] {
        raw.run(text);
    }
    raw.flush();
    let mut seen = String::new();
    while !seen.ends_with('E') {
        seen.push(raw.read().unwrap().tag);
    }
    raw.sync();
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "Z");
    raw.query("rollback");
    assert_eq!(database.value("select count(*) from plain"), "0");
    goes_on(&mut raw);
}

#[test]
fn a_write_whose_returning_cannot_be_opened_is_undone() {
    let (database, _proxy, mut raw) = broken();
    let name = || database.value("select name from people where id = 5");
    for statement in [
        "update people set name = 'changed' where id = 5 returning id, notes",
        "update people set name = 'changed' returning id, notes",
        "with w as (update people set name = 'changed' returning id, notes) select notes from w",
        "delete from people returning notes",
    ] {
        let frames = raw.extended(statement);
        assert_eq!(Raw::error(&frames), "XX001", "{statement}");
        assert_eq!(frames.last().unwrap().body, b"I");
        assert_eq!(name(), "name 5", "{statement}");
        goes_on(&mut raw);
        raw.query("begin");
        for frames in [raw.extended(statement), raw.query("select 1")] {
            assert_eq!(frames.last().unwrap().body, b"E");
        }
        raw.query("commit");
        assert_eq!(name(), "name 5", "{statement}");
    }
    // With other statements of the batch around it.
    raw.run("insert into plain values (1, 'x')");
    raw.run("update people set name = 'changed' where id = 5 returning notes");
    raw.run("insert into plain values (2, 'y')");
    raw.sync();
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "12C12EZ");
    assert_eq!(database.value("select count(*) from plain"), "0");
    assert_eq!(name(), "name 5");
    // Without RETURNING nothing is opened.
    let frames = raw.extended("update people set name = 'changed' where id = 5");
    assert_eq!(Raw::tags(&frames), "12CZ");
    // A simple query outside a transaction cannot be undone: it says so.
    let frames = raw.query("update people set name = 'twice' where id = 5 returning notes");
    let error = frames.iter().find(|frame| frame.tag == 'E').unwrap();
    assert!(error.field('M').unwrap().contains("has taken effect"));
    assert_eq!(name(), "twice");
    goes_on(&mut raw);
}

#[test]
fn a_batch_that_a_query_ends_is_held_as_well() {
    let (database, _proxy, mut raw) = broken();
    // A Query in the place of Sync ends the transaction too; here the batch has failed, and it is passed over.
    raw.run("update people set name = 'changed' where id = 5 returning notes");
    raw.ask("insert into plain values (1, 'x')");
    raw.sync();
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "12EZ");
    assert_eq!(database.value("select count(*) from plain"), "0");
    assert_eq!(
        database.value("select name from people where id = 5"),
        "name 5"
    );
    goes_on(&mut raw);
}

#[test]
fn what_was_written_in_the_same_batch_is_undone() {
    let (database, _proxy, mut raw) = broken();
    let before = "insert into plain values (1, 'x')";
    let after = "insert into plain values (2, 'y')";
    for batch in [
        &[before, WATCHED][..],
        &[WATCHED, after],
        &[before, WATCHED, after],
        &["begin", before, WATCHED, "commit"],
        &["begin", before, WATCHED, "end", after],
        &["begin", before, WATCHED, "prepare transaction 'x'"],
        // What comes after it fails as well.
        &[before, WATCHED, "select 1/0"],
        &[before, WATCHED, REFUSED, after],
    ] {
        for text in batch {
            raw.run(text);
        }
        raw.sync();
        let frames = raw.until_ready();
        assert_eq!(Raw::error(&frames), "XX001", "{batch:?}");
        raw.query("rollback");
        let count = database.value("select count(*) from plain");
        assert_eq!(count, "0", "{batch:?}");
        goes_on(&mut raw);
    }
    // In one message it cannot be undone: the error says so.
    let frames = raw.query(&format!("{before}; {WATCHED}; {after}"));
    let error = frames.iter().find(|frame| frame.tag == 'E').unwrap();
    assert!(error.field('M').unwrap().contains("may have taken effect"));
    assert_eq!(database.value("select count(*) from plain"), "2");
    goes_on(&mut raw);
}
