//! Settings that change how a text reads, sent just before it.

use super::*;

#[test]
fn backslashes_are_read_as_the_server_reads_them() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    // Under `off` this is one string up to the end; under `on` a second column.
    let smuggled = r"select '\', notes, '\' from people where id = 1";
    for off in [
        "set standard_conforming_strings = off",
        "select set_config('standard_conforming_strings', 'off', false)",
        "select set_config('standard_con' || 'forming_strings', 'off', false)",
        "do $$ begin perform set_config('standard_con' || 'forming_strings', 'off', false); end $$",
    ] {
        // In one batch, in two without waiting, as Query and a batch, as two queries.
        for way in 0..4 {
            match way {
                0 => raw.run(off),
                1 => {
                    raw.run(off);
                    raw.sync();
                }
                _ => raw.ask(off),
            }
            match way {
                3 => raw.ask(smuggled),
                _ => {
                    raw.run(smuggled);
                    raw.sync();
                }
            }
            let mut frames = raw.until_ready();
            if way > 0 {
                frames.extend(raw.until_ready());
            }
            assert!(!Raw::error(&frames).is_empty(), "{off} {way}");
            let shown = Raw::rows(&frames).concat().concat_all();
            assert!(!shown.contains("note 1"), "{off} {way}: {shown}");
            assert!(!shown.contains("\\x"), "{off} {way}: {shown}");
            raw.query("set standard_conforming_strings = on");
            goes_on(&mut raw);
        }
    }
    // A Query is read with the setting at its start, by the server too.
    let frames = raw.query(
        r"set standard_conforming_strings = off; select '\', notes from people where id = 1",
    );
    assert!(Raw::error(&frames).is_empty() || Raw::rows(&frames).is_empty());
    raw.query("set standard_conforming_strings = on");
    goes_on(&mut raw);
}

#[test]
fn a_name_that_only_the_server_reads_shows_nothing() {
    let (database, proxy) = people();
    database.run(
        "create function quietly() returns text language sql as \
         $$ select set_config('standard_con' || 'forming_strings', 'off', false) $$",
    );
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    // Under `on` the name stands in a string, under `off` outside of it.
    for smuggled in [
        r"select '\'' , phone || '' from people --'",
        r"select '\''; prepare hidden as select phone || '' from people --'",
        r"select '\''; do $$ begin execute 'create view pg_temp.v as select phone || '''' as v from peo' || 'ple'; end $$ --'",
    ] {
        for off in [
            "set standard_conforming_strings = off",
            "select set_config('standard_con' || 'forming_strings', 'off', false)",
            "select quietly()",
        ] {
            for way in 0..4 {
                match way {
                    0 => drop(raw.query(off)),
                    1 => raw.ask(off),
                    2 => raw.run(off),
                    _ => {
                        raw.run(off);
                        raw.sync();
                    }
                }
                let mut frames = Vec::new();
                if way < 2 {
                    raw.ask(smuggled);
                } else {
                    raw.run(smuggled);
                    raw.sync();
                }
                if way == 1 || way == 3 {
                    frames.extend(raw.until_ready());
                }
                frames.extend(raw.until_ready());
                frames.extend(raw.query("execute hidden"));
                frames.extend(raw.query("select * from pg_temp.v"));
                let all: Vec<u8> = frames.into_iter().flat_map(|frame| frame.body).collect();
                let all = String::from_utf8_lossy(&all);
                assert!(!all.contains("555-"), "{smuggled} {off} {way}");
                raw.query("set standard_conforming_strings = on");
                raw.query("deallocate all");
            }
        }
    }
    // What reads the same either way is not refused.
    raw.query("set standard_conforming_strings = off");
    for text in [r"select E'a\'b'", r"select $$\$$", "select 'plain'"] {
        assert_eq!(Raw::error(&raw.query(text)), "", "{text}");
    }
}

/// Values one after the other.
trait Concat {
    fn concat_all(self) -> String;
}

impl Concat for Vec<Option<String>> {
    fn concat_all(self) -> String {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn other_encodings_are_right_or_refused() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    raw.query("update people set notes = 'caf\u{e9}', name = 'caf\u{e9}' where id = 1");
    raw.query("set client_encoding = 'LATIN1'");
    // ASCII alone reads the same; what is opened must come in the client's encoding, or not at all.
    for frames in [
        raw.query("select name, notes from people where id = 1"),
        raw.extended("select name, notes from people where id = 1"),
    ] {
        let row = frames.iter().find(|frame| frame.tag == 'D');
        match row {
            None => assert!(!Raw::error(&frames).is_empty()),
            Some(row) => assert_eq!(
                row.values(),
                [Some(b"caf\xe9".to_vec()), Some(b"caf\xe9".to_vec())]
            ),
        }
    }
    // A literal and a parameter in Latin-1.
    raw.send('Q', b"update people set notes = 'th\xe9' where id = 2\0");
    let literal = Raw::error(&raw.until_ready());
    raw.parse("", "update people set notes = $1 where id = 3", &[25]);
    raw.bind("", "", 0, &[Some(b"th\xe9")], 0);
    raw.execute("", 0);
    raw.sync();
    let parameter = Raw::error(&raw.until_ready());
    raw.query("set client_encoding = 'UTF8'");
    for (id, error) in [(2, literal), (3, parameter)] {
        let expected = if error.is_empty() {
            "th\u{e9}".to_owned()
        } else {
            format!("note {id}")
        };
        let frames = raw.query(&format!("select notes from people where id = {id}"));
        assert_eq!(Raw::rows(&frames), [[Some(expected)]]);
    }
    // One where a quote may be half of a character.
    raw.query("set client_encoding = 'SJIS'");
    raw.send('Q', b"select notes from people where name = '\x83\x5c'\0");
    assert_eq!(Raw::tags(&raw.until_ready()), "EZ");
    raw.query("set client_encoding = 'UTF8'");
    goes_on(&mut raw);
}
