//! Refusals: in their place among the server's answers, and true to the transaction.

use super::*;

#[test]
fn an_error_of_the_proxy_does_not_overtake_the_servers_answers() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    for refused in [REFUSED, "select '\\x' from people where U&\"id\" = 1"] {
        raw.run("select generate_series(1, 3000)");
        raw.run(WATCHED);
        raw.run(refused);
        raw.run("select 'never'");
        raw.sync();
        raw.run("select 'after'");
        raw.sync();
        let first = raw.until_ready();
        let expected = format!("12{}C12{}CEZ", "D".repeat(3000), "D".repeat(9));
        assert_eq!(Raw::tags(&first), expected);
        assert_eq!(Raw::tags(&raw.until_ready()), "12DCZ");
    }
    // Refused at Bind: a value of the wrong count for a watched statement, in the middle.
    raw.run("select generate_series(1, 3000)");
    raw.parse("", "select id from people where email = $1", &[]);
    raw.bind("", "", 0, &[Some(b"a"), Some(b"b")], 0);
    raw.execute("", 0);
    raw.sync();
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), format!("12{}C1EZ", "D".repeat(3000)));
    assert_eq!(Raw::error(&frames), "08P01");
    // FunctionCall.
    raw.send('F', &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "EZ");
    goes_on(&mut raw);
}

#[test]
fn after_a_refusal_the_transaction_has_failed_on_the_server() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    let inserted = || database.value("select count(*) from plain");
    for extended in [false, true] {
        raw.query("begin; insert into plain values (1, 'x')");
        let frames = if extended {
            raw.extended(REFUSED)
        } else {
            raw.query(REFUSED)
        };
        assert_eq!(Raw::tags(&frames), "EZ");
        assert_eq!(frames[1].body, b"E");
        assert_eq!(Raw::error(&raw.query("select 1")), "25P02");
        assert_eq!(Raw::error(&raw.extended(WATCHED)), "25P02");
        assert_eq!(Raw::error(&raw.extended(REFUSED)), "25P02");
        let frames = raw.query("commit");
        assert_eq!(frames[0].body, b"ROLLBACK\0");
        assert_eq!(inserted(), "0");
        goes_on(&mut raw);
    }
    // A savepoint brings it back.
    raw.query("begin; insert into plain values (1, 'x'); savepoint s");
    assert_eq!(raw.query(REFUSED).last().unwrap().body, b"E");
    assert_eq!(raw.query("rollback to s").last().unwrap().body, b"T");
    goes_on(&mut raw);
    raw.query("commit");
    assert_eq!(inserted(), "1");
}

#[test]
fn in_the_middle_of_several_statements() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    // One message is one transaction: what came before is undone, what comes after is not reached.
    let frames = raw.query(&format!(
        "insert into plain values (1, 'x'); {WATCHED}; {REFUSED}; insert into plain values (2, 'y')"
    ));
    assert_eq!(Raw::tags(&frames), format!("CT{}CEZ", "D".repeat(9)));
    assert_eq!(frames.last().unwrap().body, b"I");
    assert_eq!(database.value("select count(*) from plain"), "0");
    // What was committed inside the message stays.
    let frames = raw.query(&format!(
        "begin; insert into plain values (1, 'x'); commit; {REFUSED}"
    ));
    assert_eq!(Raw::tags(&frames), "CCCEZ");
    assert_eq!(database.value("select count(*) from plain"), "1");
    // A failure of the server's own in the middle.
    let frames = raw.query(&format!(
        "select id from people where id = 1; select 1/0; {WATCHED}"
    ));
    assert_eq!(Raw::tags(&frames), "TDCEZ");
    assert_eq!(Raw::error(&frames), "22012");
    // Empty ones between.
    let frames = raw.query(&format!(";; {WATCHED};; ; select 2;"));
    assert_eq!(Raw::tags(&frames), format!("T{}CTDCZ", "D".repeat(9)));
    goes_on(&mut raw);
}
