//! COPY: of unprotected tables as on the server, of protected ones refused with the session in step.

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
fn of_a_protected_table_is_refused_though_data_is_on_its_way() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    for text in [
        "copy people from stdin",
        "copy people (id, notes) from stdin",
    ] {
        raw.ask(text);
        raw.send('d', b"100\tn\te\tnote\t5\n");
        raw.send('d', b"101\tn\te\tnote\t5\n");
        raw.send('c', b"");
        assert_eq!(Raw::tags(&raw.until_ready()), "EZ");
        goes_on(&mut raw);
        // In the extended protocol, with the Sync that ends it.
        raw.run(text);
        raw.send('d', b"100\tn\te\tnote\t5\n");
        raw.send('c', b"");
        raw.sync();
        assert_eq!(Raw::tags(&raw.until_ready()), "EZ");
        goes_on(&mut raw);
    }
    for text in [
        "copy people to stdout",
        "copy (select notes from people where notes = 'x') to stdout",
    ] {
        assert_eq!(Raw::tags(&raw.query(text)), "EZ");
        assert_eq!(Raw::tags(&raw.extended(text)), "EZ");
    }
    assert_eq!(database.value("select count(*) from people"), "9");
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
