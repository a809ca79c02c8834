//! Clients that do not wait for the questions, or say two things at once.

use super::{PASSWORD, SCRAM, comes_in, database, import, is_in, site};
use crate::harness::{Frame, Proxy, Raw};

/// What comes of a startup packet with more behind it in the same segment, until the proxy closes.
fn at_once(proxy: &Proxy, parameters: &[(&str, &str)], behind: &[(char, &[u8])]) -> Vec<Frame> {
    let mut body = 196_608_u32.to_be_bytes().to_vec();
    for (name, value) in parameters {
        body.extend([name.as_bytes(), b"\0", value.as_bytes(), b"\0"].concat());
    }
    body.push(0);
    let mut bytes = Vec::new();
    for (tag, body) in [(None, body.as_slice())]
        .into_iter()
        .chain(behind.iter().map(|(tag, body)| (Some(*tag as u8), *body)))
    {
        bytes.extend(tag);
        bytes.extend(u32::try_from(body.len() + 4).unwrap().to_be_bytes());
        bytes.extend(body);
    }
    let mut raw = Raw::open(proxy.port());
    raw.bytes(&bytes);
    raw.until_end()
}

/// Nobody was let in, and nothing was answered but questions and a refusal.
fn is_refused(frames: &[Frame], what: &str) {
    let tags = Raw::tags(frames);
    assert!(
        tags.ends_with('E') && !tags.contains(['Z', 'D', 'T', 'K']),
        "{what}: {tags}"
    );
    assert!(
        !frames
            .iter()
            .any(|frame| frame.tag == 'R' && frame.body == [0; 4]),
        "{what}: let in"
    );
}

#[test]
fn nothing_is_gained_by_what_is_said_too_early() {
    const ASK: (char, &[u8]) = ('Q', b"select 1\0");
    let login = |user| [("user", user), ("database", "postgres")];
    let long = [vec![b'x'; 1 << 16], vec![0]].concat();
    for auth in ["method = \"relay\"", PASSWORD, SCRAM] {
        let database = database();
        let site = site(&database, auth, false, "\"disable\"");
        if auth == SCRAM {
            import(&site, &database, &["ann", "bob"]);
        }
        let proxy = site.serve();
        for (what, behind) in [
            ("no answer", vec![ASK]),
            ("a wrong answer", vec![('p', &b"wrong\0"[..]), ASK]),
            ("an empty answer", vec![('p', &b""[..]), ASK]),
            ("a NUL inside", vec![('p', &b"ann\0ann\0"[..]), ASK]),
            ("a long answer", vec![('p', long.as_slice())]),
        ] {
            let frames = at_once(&proxy, &login("ann"), &behind);
            is_refused(&frames, &format!("{auth}: {what}"));
        }
        // The last of two counts, here as in the server.
        let twice = [("user", "ann"), ("user", "bob"), ("database", "postgres")];
        let frames = at_once(&proxy, &twice, &[('p', b"ann\0"), ASK]);
        is_refused(&frames, &format!("{auth}: two users"));
        let replication = [
            ("user", "ann"),
            ("replication", "false"),
            ("replication", "database"),
        ];
        let frames = at_once(&proxy, &replication, &[('p', b"ann\0"), ASK]);
        assert_eq!(Raw::tags(&frames), "E", "{auth}: replication");
        for nobody in [&[("user", "")][..], &[("database", "postgres")]] {
            let frames = at_once(&proxy, nobody, &[('p', b"ann\0"), ASK]);
            assert_eq!(Raw::tags(&frames), "E", "{auth}: {nobody:?}");
        }
        is_in(&comes_in(&proxy, "ann", "ann", ""), "ann");
    }
}
