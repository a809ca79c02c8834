//! Format codes and counts: 0, 1, n, and those that fit nothing.

use super::*;
use crate::harness::Frame;

/// Bind with every count free.
fn bind(
    raw: &mut Raw,
    statement: &str,
    formats: &[i16],
    values: &[Option<&[u8]>],
    results: &[i16],
) -> Vec<Frame> {
    let mut body = [b"\0", statement.as_bytes(), b"\0"].concat();
    let codes = |body: &mut Vec<u8>, codes: &[i16]| {
        body.extend(u16::try_from(codes.len()).unwrap().to_be_bytes());
        body.extend(codes.iter().flat_map(|code| code.to_be_bytes()));
    };
    codes(&mut body, formats);
    body.extend(u16::try_from(values.len()).unwrap().to_be_bytes());
    for value in values {
        match value {
            None => body.extend((-1_i32).to_be_bytes()),
            Some(value) => {
                body.extend(u32::try_from(value.len()).unwrap().to_be_bytes());
                body.extend_from_slice(value);
            }
        }
    }
    codes(&mut body, results);
    raw.send('B', &body);
    raw.describe('P', "");
    raw.execute("", 0);
    raw.sync();
    raw.until_ready()
}

/// Format codes of a RowDescription.
fn told(frames: &[Frame]) -> Vec<u8> {
    let body = &frames.iter().find(|frame| frame.tag == 'T').unwrap().body;
    let count = usize::from(body[1]);
    let mut rest = &body[2..];
    let mut codes = Vec::new();
    for _ in 0..count {
        let name = rest.iter().position(|byte| *byte == 0).unwrap();
        codes.push(rest[name + 18]);
        rest = &rest[name + 19..];
    }
    codes
}

#[test]
fn codes_that_fit_and_codes_that_do_not() {
    let (database, proxy) = people();
    let plain = Database::create(ROLES);
    plain.run(TABLES);
    // A direct session on a plain table and one through the proxy on the protected one: the same, message by message.
    let mut direct = Raw::login(plain.server().port(), "owner", plain.name());
    let mut proxied = owner(&database, &proxy);
    let text = "select id, email, notes, phone from people where email = $1 or id = $2 order by id";
    let email = &b"user3@example.com"[..];
    let (four, four_text) = (4_i32.to_be_bytes(), &b"4"[..]);
    for raw in [&mut direct, &mut proxied] {
        raw.parse("s", text, &[25, 23]);
        raw.describe('S', "s");
        raw.sync();
        assert_eq!(Raw::tags(&raw.until_ready()), "1tTZ");
    }
    type Case<'a> = (&'a [i16], &'a [Option<&'a [u8]>], &'a [i16]);
    let cases: &[Case<'_>] = &[
        (&[], &[Some(email), Some(four_text)], &[]),
        (&[], &[Some(email), Some(four_text)], &[1]),
        (&[0], &[Some(email), Some(four_text)], &[0]),
        (&[1], &[Some(email), Some(&four)], &[1, 0, 1, 0]),
        (&[0, 1], &[Some(email), Some(&four)], &[0, 1, 0, 1]),
        (&[1, 0], &[None, Some(four_text)], &[1, 1, 1, 1]),
        // Counts of format codes that fit nothing.
        (&[0, 1, 0], &[Some(email), Some(four_text)], &[]),
        (&[], &[Some(email), Some(four_text)], &[0, 1, 0]),
        (&[], &[Some(email), Some(four_text)], &[0, 1, 0, 1, 0]),
        // Codes that do not exist.
        (&[2], &[Some(email), Some(four_text)], &[]),
        (&[], &[Some(email), Some(four_text)], &[2]),
        (&[], &[Some(email), Some(four_text)], &[0, 0, -1, 0]),
        // Counts of parameters.
        (&[], &[], &[]),
        (&[], &[Some(email)], &[]),
        (&[], &[Some(email), Some(four_text), Some(four_text)], &[]),
        (&[1], &[Some(email)], &[]),
        // Values that are none.
        (&[], &[Some(email), Some(b"four")], &[]),
        (&[1], &[Some(email), Some(b"four!")], &[]),
        (&[], &[Some(b"\xff"), Some(four_text)], &[]),
        (&[], &[Some(b"a\0b"), Some(four_text)], &[]),
    ];
    for (formats, values, results) in cases {
        let said = format!("{formats:?} {values:?} {results:?}");
        let expected = bind(&mut direct, "s", formats, values, results);
        let found = bind(&mut proxied, "s", formats, values, results);
        // A code that does not exist: the server says so at the first row, the proxy at Bind.
        if !results.iter().any(|code| !(0..=1).contains(code)) {
            assert_eq!(Raw::tags(&found), Raw::tags(&expected), "{said}");
        }
        assert_eq!(Raw::error(&found), Raw::error(&expected), "{said}");
        if Raw::error(&expected).is_empty() {
            assert_eq!(told(&found), told(&expected), "{said}");
            let rows = |frames: &[Frame]| -> Vec<Vec<u8>> {
                let rows = frames.iter().filter(|frame| frame.tag == 'D');
                rows.map(|frame| frame.body.clone()).collect()
            };
            assert_eq!(rows(&found), rows(&expected), "{said}");
        }
    }
    goes_on(&mut proxied);
}
