//! Names of the protocol and names of SQL are one to the server: cut alike, converted alike. Whoever finds a form in which
//! the two differ carries out what was planned for Bind without the plan.

use crate::customers::protected;
use crate::harness::{Database, Frame, Proxy, Raw};

const HIDDEN: &str = "select coalesce(phone, 'x') from customers where id = 3";
const OPEN: &str = "select 1";

/// What no answer may hold.
const SECRET: &str = "555-10";

fn session() -> (Database, Proxy, Raw) {
    let (database, proxy) = protected();
    let raw = Raw::login(proxy.port(), "intern", database.name());
    (database, proxy, raw)
}

fn parse(raw: &mut Raw, name: &[u8], text: &str) -> Vec<Frame> {
    let body = [name, b"\0", text.as_bytes(), b"\0\0\0"].concat();
    raw.send('P', &body);
    raw.sync();
    raw.until_ready()
}

fn bind(raw: &mut Raw, portal: &[u8], name: &[u8], rows: u32) -> Vec<Frame> {
    let body = [portal, b"\0", name, b"\0\0\0\0\0\0\0"].concat();
    raw.send('B', &body);
    let execute = [portal, b"\0", &rows.to_be_bytes()].concat();
    raw.send('E', &execute);
    raw.sync();
    raw.until_ready()
}

fn query(raw: &mut Raw, text: &[u8]) -> Vec<Frame> {
    let body = [text, b"\0"].concat();
    raw.send('Q', &body);
    raw.until_ready()
}

#[track_caller]
fn tells_nothing(frames: &[Frame]) {
    for frame in frames {
        let said = String::from_utf8_lossy(&frame.body).into_owned();
        assert!(!said.contains(SECRET), "{} {said}", frame.tag);
    }
}

#[test]
fn names_longer_than_the_server_s_are_cut_as_there() {
    let (_database, _proxy, mut raw) = session();
    let long = |letter: char, length: usize| letter.to_string().repeat(length);
    // A statement of 64 bytes is one of 63 to EXECUTE.
    tells_nothing(&parse(&mut raw, long('n', 64).as_bytes(), HIDDEN));
    tells_nothing(&query(
        &mut raw,
        format!("execute {}", long('n', 63)).as_bytes(),
    ));
    tells_nothing(&query(
        &mut raw,
        format!("execute {}", long('n', 64)).as_bytes(),
    ));
    // A portal likewise.
    query(&mut raw, b"begin");
    tells_nothing(&parse(&mut raw, b"p", HIDDEN));
    tells_nothing(&bind(&mut raw, long('a', 70).as_bytes(), b"p", 1));
    tells_nothing(&query(
        &mut raw,
        format!("fetch 1 from {}", long('a', 63)).as_bytes(),
    ));
    query(&mut raw, b"rollback");
    // SQL's own statement, used by a longer name of the protocol.
    let prepare = format!("prepare {} as {HIDDEN}", long('z', 63));
    tells_nothing(&query(&mut raw, prepare.as_bytes()));
    tells_nothing(&bind(&mut raw, b"", long('z', 70).as_bytes(), 0));
    // Closed under one form, made again under another.
    tells_nothing(&parse(&mut raw, long('b', 70).as_bytes(), OPEN));
    raw.send('C', format!("S{}\0", long('b', 63)).as_bytes());
    raw.sync();
    raw.until_ready();
    tells_nothing(&parse(&mut raw, long('b', 63).as_bytes(), HIDDEN));
    tells_nothing(&bind(&mut raw, b"", long('b', 70).as_bytes(), 0));
}

#[test]
fn deallocate_is_read_as_the_server_reads_it() {
    let (_database, _proxy, mut raw) = session();
    for (made, other, deallocate, execute) in [
        ("\"q", "q b", "deallocate \"q b\"", "execute \"\"\"q\""),
        ("b/**/", "b", "deallocate b/**/", "execute \"b/**/\""),
        ("b--", "b", "deallocate b--", "execute \"b--\""),
        ("c", "prepare", "deallocate prepare prepare", "execute c"),
        ("d", "all", "deallocate \"all\"", "execute d"),
    ] {
        tells_nothing(&parse(&mut raw, made.as_bytes(), HIDDEN));
        tells_nothing(&parse(&mut raw, other.as_bytes(), OPEN));
        query(&mut raw, deallocate.as_bytes());
        tells_nothing(&query(&mut raw, execute.as_bytes()));
        // The other one is gone, here and there.
        let frames = bind(&mut raw, b"", other.as_bytes(), 0);
        assert_eq!(Raw::error(&frames), "26000", "{deallocate}");
        query(&mut raw, b"deallocate all");
    }
}

#[test]
fn names_beyond_ascii_are_certain_in_utf8_alone() {
    let (database, proxy, _) = session();
    database.run(
        "create table \"größe\" as select id, phone as geheim from customers;
         create view \"sicht_ü\" as select phone from customers;
         create function \"fü\"() returns text language sql as 'select phone from customers where id = 3';
         grant all on \"größe\", \"sicht_ü\" to intern",
    );
    std::thread::sleep(std::time::Duration::from_millis(2_500));
    for encoding in ["latin1", "win1252", "latin9", "sql_ascii"] {
        let mut raw = Raw::login(proxy.port(), "intern", database.name());
        // Made where names are certain.
        tells_nothing(&parse(&mut raw, "sü".as_bytes(), HIDDEN));
        query(&mut raw, b"begin");
        tells_nothing(&parse(&mut raw, b"p", HIDDEN));
        tells_nothing(&bind(&mut raw, "pü".as_bytes(), b"p", 1));
        let switch = format!("set client_encoding = '{encoding}'");
        query(&mut raw, switch.as_bytes());
        for text in [
            &b"fetch 1 from \"p\xfc\""[..],
            b"execute \"s\xfc\"",
            b"select phone || '' from \"sicht_\xfc\"",
            b"select \"f\xfc\"()",
        ] {
            tells_nothing(&query(&mut raw, text));
            query(&mut raw, b"rollback");
            query(&mut raw, switch.as_bytes());
        }
        tells_nothing(&bind(&mut raw, b"", b"s\xfc", 0));
        // Values may hold what they like.
        let frames = query(&mut raw, b"select 'gr\xf6\xdfe' as x -- \xfc");
        if encoding != "sql_ascii" {
            assert_eq!(Raw::tags(&frames), "TDCZ");
        }
    }
    // In UTF-8 names are what they are.
    let mut raw = Raw::login(proxy.port(), "billing", database.name());
    tells_nothing(&parse(&mut raw, "sü".as_bytes(), OPEN));
    let frames = bind(&mut raw, b"", "sü".as_bytes(), 0);
    assert_eq!(Raw::rows(&frames).len(), 1);
}

#[test]
fn a_move_passes_over_rows_that_the_proxy_has_not_chosen() {
    let (database, proxy, _) = session();
    let mut raw = Raw::login(proxy.port(), "billing", database.name());
    // The order is the proxy's: the server's portal has no rows left to pass over.
    for (text, code) in [
        (
            "select id, score from customers order by score, id",
            "0A000",
        ),
        ("select id, email from customers order by id", ""),
        ("select id from cities order by id", ""),
    ] {
        query(&mut raw, b"begin");
        parse(&mut raw, b"s", text);
        bind(&mut raw, b"c", b"s", 2);
        let frames = query(&mut raw, b"move forward 1 in c");
        match code {
            "" => {
                assert_eq!(Raw::tags(&frames), "CZ", "{text}");
                let execute = [&b"c\0"[..], &1_u32.to_be_bytes()].concat();
                raw.send('E', &execute);
                raw.sync();
                let frames = raw.until_ready();
                assert_eq!(Raw::rows(&frames)[0][0].as_deref(), Some("4"), "{text}");
            }
            code => assert_eq!(Raw::error(&frames), code, "{text}"),
        }
        query(&mut raw, b"rollback");
        query(&mut raw, b"deallocate s");
    }
}
