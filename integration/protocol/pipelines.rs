//! Many messages before one Sync, and the answers one by one.

use std::thread;

use super::*;

#[test]
fn hundreds_of_statements_before_one_sync_with_much_both_ways() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    let mut writer = raw.twin();
    let long = "x".repeat(60_000);
    let sent = long.clone();
    let writing = thread::spawn(move || {
        for i in 0..300_u32 {
            let id = (1000 + i).to_string();
            writer.parse(
                "",
                "insert into people (id, name, notes) values ($1, $2, $3) returning notes",
                &[23, 25, 25],
            );
            writer.bind(
                "",
                "",
                0,
                &[Some(id.as_bytes()), Some(b"n"), Some(sent.as_bytes())],
                0,
            );
            writer.describe('P', "");
            writer.execute("", 0);
            writer.run("select repeat('y', 50000)");
        }
        writer.sync();
    });
    let frames = raw.until_ready();
    writing.join().unwrap();
    assert_eq!(Raw::error(&frames), "");
    let rows = Raw::rows(&frames);
    assert_eq!(rows.len(), 600);
    for pair in rows.chunks(2) {
        assert_eq!(pair[0][0].as_ref(), Some(&long));
        assert_eq!(pair[1][0].as_ref().map(String::len), Some(50_000));
    }
    goes_on(&mut raw);
}

#[test]
fn statements_keep_their_plans_and_batches_their_errors() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    for i in 1..=200 {
        raw.parse(
            "",
            "select notes, $1::text from people where id = $2",
            &[0, 23],
        );
        let (text, id) = (format!("t{i}"), (1 + i % 9).to_string());
        raw.bind("", "", 0, &[Some(text.as_bytes()), Some(id.as_bytes())], 0);
        raw.execute("", 0);
        if i % 50 == 0 {
            raw.run(REFUSED);
            raw.run("select 'never'");
            raw.sync();
        }
    }
    for batch in 0..4 {
        let frames = raw.until_ready();
        assert_eq!(Raw::tags(&frames), format!("{}EZ", "12DC".repeat(50)));
        for (at, row) in Raw::rows(&frames).into_iter().enumerate() {
            let i = batch * 50 + at + 1;
            assert_eq!(
                row,
                [Some(format!("note {}", 1 + i % 9)), Some(format!("t{i}"))]
            );
        }
    }
    goes_on(&mut raw);
}

#[test]
fn flush_without_sync_and_empty_queries() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    raw.parse("s", "select notes from people where id = $1", &[]);
    raw.describe('S', "s");
    raw.flush();
    let tags: Vec<char> = (0..3).map(|_| raw.read().unwrap().tag).collect();
    assert_eq!(tags, ['1', 't', 'T']);
    for id in ["1", "2"] {
        raw.bind("", "s", 0, &[Some(id.as_bytes())], 0);
        raw.execute("", 0);
        raw.flush();
        assert_eq!(raw.read().unwrap().tag, '2');
        let row = raw.read().unwrap();
        assert_eq!(row.values(), [Some(format!("note {id}").into_bytes())]);
        assert_eq!(raw.read().unwrap().tag, 'C');
    }
    raw.sync();
    assert_eq!(Raw::tags(&raw.until_ready()), "Z");
    assert_eq!(Raw::tags(&raw.query("")), "IZ");
    assert_eq!(Raw::tags(&raw.query(" ; ")), "IZ");
    assert_eq!(Raw::tags(&raw.query("-- people")), "IZ");
    assert_eq!(Raw::tags(&raw.extended("")), "12IZ");
    assert_eq!(Raw::tags(&raw.extended("/* people */")), "12IZ");
    // An error is told without Sync, and nothing after it is carried out.
    raw.run(REFUSED);
    raw.flush();
    assert_eq!(raw.read().unwrap().tag, 'E');
    raw.run("insert into plain values (1, 'x')");
    raw.flush();
    raw.ask("insert into plain values (2, 'y')");
    raw.sync();
    assert_eq!(Raw::tags(&raw.until_ready()), "Z");
    assert_eq!(database.value("select count(*) from plain"), "0");
    // Two queries and a batch without waiting.
    raw.ask(WATCHED);
    raw.ask(REFUSED);
    raw.run(WATCHED);
    raw.sync();
    raw.ask(UNWATCHED);
    let nine = "D".repeat(9);
    for expected in [
        format!("T{nine}CZ"),
        "EZ".to_owned(),
        format!("12{nine}CZ"),
        "TCZ".to_owned(),
    ] {
        assert_eq!(Raw::tags(&raw.until_ready()), expected);
    }
    goes_on(&mut raw);
}

#[test]
fn notices_notifications_and_reports_come_through_a_rewritten_result() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    raw.query("listen heard");
    // At this level the server says something at every step, in between of answers.
    raw.query("set client_min_messages = debug5");
    database.run("notify heard, 'one'");
    let frames = raw.query(WATCHED);
    assert!(frames.iter().any(|frame| frame.tag == 'N'));
    assert_eq!(Raw::rows(&frames).len(), 9);
    let mut frames = raw.extended(WATCHED);
    assert!(frames.iter().any(|frame| frame.tag == 'N'));
    assert_eq!(Raw::rows(&frames)[8][1].as_deref(), Some("note 9"));
    frames.extend(raw.query("set client_min_messages = notice"));
    raw.query("begin; set local application_name = 'other'");
    let frames = raw.query(&format!("{WATCHED}; rollback"));
    assert_eq!(Raw::rows(&frames).len(), 9);
    assert!(frames.iter().any(|frame| frame.tag == 'S'));
    // An idle session is told as well.
    database.run("notify heard, 'two'");
    let heard = raw.read().unwrap();
    assert_eq!(heard.tag, 'A');
    assert!(String::from_utf8_lossy(&heard.body).contains("two"));
    goes_on(&mut raw);
}
