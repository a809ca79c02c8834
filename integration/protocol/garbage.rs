//! What no client sends: wrong lengths, tags and layouts. One error or a closed connection, and the next session
//! is served.

use super::*;

fn frame(tag: u8, length: i32, body: &[u8]) -> Vec<u8> {
    [&[tag], &length.to_be_bytes()[..], body].concat()
}

#[test]
fn in_a_session() {
    let (database, proxy) = people();
    let watched = b"select notes from people\0";
    let long = i32::try_from(4 + watched.len()).unwrap();
    let cases: Vec<Vec<u8>> = vec![
        frame(b'Q', -1, b""),
        frame(b'Q', 0, b""),
        frame(b'Q', 3, b""),
        frame(b'Q', i32::MIN, b""),
        frame(b'Q', i32::MAX, b"select 1\0"),
        frame(b'Q', 4, b""),
        frame(b'Q', 12, b"select 1"),
        frame(b'Q', long + 2, b"select notes from people\0x\0"),
        frame(b'Q', long + 1, b"select 1\0  from people \0\0"),
        frame(b'?', 4, b""),
        frame(0, 4, b""),
        frame(b'p', 9, b"pass\0"),
        // Parse: without an end, with types that are not there, with more behind.
        frame(b'P', 12, b"s\0select"),
        frame(b'P', 4 + 2 + 9 + 2, b"s\0select 1\0\0\x05"),
        frame(b'P', 4 + 2 + 9 + 3, b"s\0select 1\0\0\0x"),
        // Bind: counts and lengths beyond the end, negative, and something behind.
        frame(b'B', 4 + 2 + 2, b"\0\0\0\x09"),
        frame(b'B', 4 + 2 + 2 + 2 + 4, b"\0\0\0\0\0\x01\x7f\xff\xff\xff"),
        frame(
            b'B',
            4 + 2 + 2 + 2 + 4 + 2,
            b"\0\0\0\0\0\x01\xff\xff\xff\xfe\0\0",
        ),
        frame(b'B', 4 + 2 + 6 + 1, b"\0\0\0\0\0\0\0\0x"),
        frame(b'D', 7, b"Xs\0"),
        frame(b'D', 4, b""),
        frame(b'C', 6, b"Ss"),
        frame(b'E', 8, b"p\0\0\0"),
        frame(b'E', 5, b"p"),
        frame(b'S', 5, b"x"),
    ];
    for bytes in cases {
        for before in ["", "begin; insert into plain values (1, 'x')"] {
            let mut raw = owner(&database, &proxy);
            if !before.is_empty() {
                raw.query(before);
            }
            raw.bytes(&bytes);
            raw.half_close();
            let frames = raw.until_end();
            for error in frames.iter().filter(|frame| frame.tag == 'E') {
                let state = error.sqlstate();
                let known = ["08P01", "26000", "34000", "42601", "08000"];
                assert!(known.contains(&state.as_str()), "{bytes:?}: {error:?}");
            }
            let told = frames.iter().any(|frame| "TD".contains(frame.tag));
            assert!(!told, "{bytes:?}: {}", Raw::tags(&frames));
        }
    }
    assert_eq!(database.value("select count(*) from plain"), "0");
    eventually("no backend is left", || backends(&database) == "0");
    goes_on(&mut owner(&database, &proxy));
}

#[test]
fn before_a_session() {
    let (database, proxy) = people();
    let user = [b"user\0owner\0database\0", database.name().as_bytes()].concat();
    let startup = |version: u32, rest: &[u8]| {
        let length = u32::try_from(8 + rest.len()).unwrap();
        [&length.to_be_bytes()[..], &version.to_be_bytes(), rest].concat()
    };
    let whole = [&user[..], b"\0\0"].concat();
    let ssl = startup(80_877_103, b"");
    let cases: Vec<Vec<u8>> = vec![
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
        vec![0; 64],
        vec![0xff; 64],
        vec![0, 0, 0, 8],
        vec![0, 0, 0, 3],
        [&[0, 0, 0x27, 0x11, 0, 3, 0, 0][..], &[b'a'; 9_993]].concat(),
        // A TLS ClientHello without asking first.
        [&[0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3][..], &[7; 194]].concat(),
        startup(2 << 16, &whole),
        startup(4 << 16, &whole),
        startup(3 << 16, &user),
        startup(3 << 16, b"user\0\0"),
        startup(3 << 16, b"database\0x\0\0"),
        startup(3 << 16, &[&whole[..], b"x"].concat()),
        startup(80_877_102, b"1234"),
        startup(80_877_102, &[1; 300]),
        startup(80_877_103, b"more"),
        // What comes with the request for encryption was not sent inside it.
        [&ssl[..], &startup(3 << 16, &whole)].concat(),
        [&startup(80_877_104, b"")[..], b"x"].concat(),
        [&ssl[..], &ssl].concat(),
    ];
    for bytes in cases {
        let mut raw = Raw::open(proxy.port());
        raw.bytes(&bytes);
        raw.half_close();
        let rest = raw.rest();
        assert!(
            !rest.windows(2).any(|two| two == b"Z\0"),
            "{bytes:?}: a session began"
        );
    }
    eventually("no backend is left", || backends(&database) == "0");
    goes_on(&mut owner(&database, &proxy));
}
