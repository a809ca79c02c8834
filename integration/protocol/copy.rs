//! COPY: of unprotected tables as on the server, of protected ones through their plans, with the session in step.

use super::*;

#[test]
fn in_the_middle_of_several_statements() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    // The watched statement makes the whole message planned.
    raw.ask(&format!(
        "{WATCHED}; copy plain from stdin; select count(*) from plain; copy plain to stdout; {WATCHED}"
    ));
    let mut tags = String::new();
    while !tags.ends_with('G') {
        tags.push(raw.read().unwrap().tag);
    }
    raw.send('d', b"1\tone\n2\t");
    raw.send('d', b"\n");
    raw.send('c', b"");
    let frames = raw.until_ready();
    let nine = "D".repeat(9);
    assert_eq!(tags, format!("T{nine}CG"));
    assert_eq!(Raw::tags(&frames), format!("CTDCHddcCT{nine}CZ"));
    assert_eq!(Raw::rows(&frames)[0], [Some("2".to_owned())]);
    assert_eq!(
        database.value("select string_agg('<' || name || '>', ',' order by id) from plain"),
        "<one>,<>"
    );
    // A refusal after it undoes it.
    raw.ask(&format!("copy plain from stdin; {REFUSED}"));
    assert_eq!(raw.read().unwrap().tag, 'G');
    raw.send('d', b"3\tthree\n");
    raw.send('c', b"");
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "CEZ");
    assert_eq!(database.value("select count(*) from plain"), "2");
    // A client that gives up, and a line that is wrong.
    for (tag, body) in [('f', &b"no\0"[..]), ('d', b"x\ty\n")] {
        raw.ask("copy plain from stdin");
        assert_eq!(raw.read().unwrap().tag, 'G');
        raw.send(tag, body);
        if tag == 'd' {
            raw.send('c', b"");
        }
        assert_eq!(Raw::tags(&raw.until_ready()), "EZ");
    }
    goes_on(&mut raw);
}

#[test]
fn of_a_protected_table_with_data_on_its_way() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    raw.ask("copy people from stdin");
    raw.send('d', b"100\tn\te\tno");
    raw.send('d', b"te\t5\n101\tn\te\tnote\t5\n");
    raw.send('c', b"");
    assert_eq!(Raw::tags(&raw.until_ready()), "GCZ");
    goes_on(&mut raw);
    // In the extended protocol; Sync comes once more: the server passes over the one that it meets among the data.
    raw.run("copy people (id, notes) from stdin csv");
    raw.send('d', b"102,\"no");
    raw.sync();
    raw.send('d', b"te\"\n");
    raw.send('c', b"");
    raw.sync();
    raw.run(WATCHED);
    raw.sync();
    assert_eq!(Raw::tags(&raw.until_ready()), "12GCZ");
    assert_eq!(
        Raw::tags(&raw.until_ready()),
        format!("12{}CZ", "D".repeat(12))
    );
    let sealed = "select count(*) from people where id >= 100 and substr(notes, 1, 1) = '\\xfb'";
    assert_eq!(database.value(sealed), "3");
    // Several in one message.
    raw.ask("copy people (id, notes) from stdin; copy plain from stdin; copy people (id, notes) to stdout; copy people (id) from stdin");
    raw.send('d', b"103\tnote\n");
    raw.send('c', b"");
    raw.send('d', b"1\tplain\n");
    raw.send('c', b"");
    raw.send('d', b"104\n");
    raw.send('c', b"");
    let rows = "d".repeat(13);
    assert_eq!(Raw::tags(&raw.until_ready()), format!("GCGCH{rows}cCGCZ"));
    goes_on(&mut raw);
}

#[test]
fn of_a_protected_table_that_fails_leaves_nothing() {
    let (database, proxy) = people();
    let mut direct = Raw::login(database.server().port(), "owner", database.name());
    let mut raw = owner(&database, &proxy);
    // Refused before it begins, at a value, at the end, by the server, and by the client.
    type Try<'t> = (&'t str, &'t [(char, &'t [u8])], &'t str);
    let tries: [Try<'_>; 6] = [
        (
            "copy people from stdin (on_error ignore)",
            &[('d', b"100\tn\te\tnote\t5\n"), ('c', b"")],
            "42601",
        ),
        (
            "copy people (id, notes) from stdin",
            &[
                ('d', b"100\tnote\n101\tnote\tmore\n"),
                ('d', b"102\tnote\n"),
                ('c', b""),
            ],
            "22P04",
        ),
        (
            "copy people (id, notes) from stdin csv",
            &[('d', b"100,\"note\n"), ('c', b"")],
            "22P04",
        ),
        (
            "copy people (id, notes) from stdin",
            &[
                ('d', b"100\tnote\n1\tnote\n"),
                ('d', b"102\tnote\n"),
                ('c', b""),
            ],
            "23505",
        ),
        (
            "copy people (id, notes) from stdin",
            &[('d', b"100\tnote\n"), ('f', b"changed my mind\0")],
            "57014",
        ),
        (
            "copy people (id, notes) from stdin",
            &[('f', b"\0")],
            "57014",
        ),
    ];
    for (sql, messages, sqlstate) in tries {
        for waits in [false, true] {
            for extended in [false, true] {
                if extended {
                    raw.run(sql);
                } else {
                    raw.ask(sql);
                }
                let mut tags = String::new();
                while waits && !tags.ends_with(['G', 'E']) {
                    tags.push(raw.read().unwrap().tag);
                }
                for (tag, body) in messages {
                    raw.send(*tag, body);
                }
                if extended {
                    raw.sync();
                }
                let frames = raw.until_ready();
                if !tags.ends_with('E') {
                    assert_eq!(Raw::error(&frames), sqlstate, "{sql}");
                    let message = frames.iter().find_map(|frame| frame.field('M')).unwrap();
                    let reason = message.split_once("failed: ").map(|(_, reason)| reason);
                    assert!(
                        sqlstate != "57014" || matches!(reason, Some("changed my mind" | "")),
                        "{message}"
                    );
                }
                assert_eq!(Raw::tags(&frames).matches('Z').count(), 1);
                goes_on(&mut raw);
            }
        }
    }
    assert_eq!(database.value("select count(*) from people"), "9");
    // In a transaction, which fails with it.
    raw.query("begin");
    raw.ask("copy people (id, notes) from stdin");
    raw.send('d', b"100\n");
    raw.send('c', b"");
    let frames = raw.until_ready();
    assert_eq!(Raw::tags(&frames), "GEZ");
    assert_eq!(frames[2].body, b"E");
    assert_eq!(Raw::error(&raw.query(WATCHED)), "25P02");
    raw.query("rollback");
    // Another statement in the middle of the data ends the session, by the server.
    let mut other = owner(&database, &proxy);
    for (one, table) in [
        (&mut direct, "plain (id, name)"),
        (&mut other, "people (id, name)"),
    ] {
        one.ask(&format!("copy {table} from stdin"));
        one.send('d', b"100\tn\n");
        one.ask("select 1");
        assert_eq!(Raw::tags(&one.until_ready()), "GEE", "{table}");
    }
    goes_on(&mut raw);
    // A client that vanishes.
    let mut gone = owner(&database, &proxy);
    gone.ask("copy people (id, notes) from stdin");
    gone.read().unwrap();
    gone.send('d', b"100\tnote\n101\tno");
    let before = backends(&database);
    drop(gone);
    eventually("its backend goes", || backends(&database) != before);
    assert_eq!(database.value("select count(*) from people"), "9");
}

#[test]
fn a_value_that_does_not_open_breaks_a_copy_off() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    corrupt(&database, 5);
    for sql in [
        "copy (select id, notes from people order by id) to stdout",
        "copy (select id, notes from people order by id) to stdout binary",
    ] {
        let frames = raw.query(sql);
        assert_eq!(Raw::tags(&frames), "HddddEZ");
        assert_eq!(Raw::error(&frames), "XX001");
        assert_eq!(Raw::tags(&raw.extended(sql)), "12HddddEZ");
        goes_on(&mut raw);
    }
    raw.query("begin");
    let frames = raw.query("copy people to stdout");
    assert_eq!(frames.last().unwrap().body, b"E");
    assert_eq!(Raw::error(&raw.query(WATCHED)), "25P02");
    raw.query("rollback");
    // What the statement did besides does not stay where that can be.
    let sql = "copy (update people set name = 'x' returning notes) to stdout";
    assert_eq!(Raw::error(&raw.extended(sql)), "XX001");
    assert_eq!(
        database.value("select count(*) from people where name = 'x'"),
        "0"
    );
    goes_on(&mut raw);
}

#[test]
fn in_the_extended_protocol_with_data_on_its_way() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    // Sync comes once more: the server passes over the one that it meets among the data.
    raw.run("copy plain from stdin");
    raw.send('d', b"1\tone\n");
    raw.sync();
    raw.send('d', b"2\ttwo\n");
    raw.send('c', b"");
    raw.sync();
    raw.run(WATCHED);
    raw.sync();
    assert_eq!(Raw::tags(&raw.until_ready()), "12GCZ");
    assert_eq!(
        Raw::tags(&raw.until_ready()),
        format!("12{}CZ", "D".repeat(9))
    );
    assert_eq!(database.value("select count(*) from plain"), "2");
    goes_on(&mut raw);
}
