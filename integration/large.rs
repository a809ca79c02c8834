//! Much of everything, one thing at a time: the process lives, the session goes on or was told why not, and another
//! session is answered all the while.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::harness::{Database, Proxy, Raw, Site};

/// Login roles: one that sees all, one that sees nothing.
const ROLES: &[&str] = &["owner", "intern"];

const RULES: &str = r#"
[tables."public.people".columns]
email = { type = "text", seal = { search = ["equality"] } }
notes = { type = "text", seal = {} }
[tables."public.wide".columns]
s1 = { type = "text", seal = { search = ["equality"] } }
s2 = { type = "text", seal = {} }
s3 = { type = "text", masks = { default = "null" } }

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

/// Another session waits no longer for a small answer, beyond what the machine makes a session wait that needs no proxy
/// (see [`bearable`]). It says that it is not stalled, not that it is fast.
const LIVELY: Duration = Duration::from_secs(5);

/// What a session of the proxy may wait where a direct one waited that long: on a machine that does much else, both wait.
fn bearable(direct: Duration) -> Duration {
    LIVELY + 4 * direct
}

/// A table may have 1,600 columns; `protect` needs room for one more for each that it seals.
fn tables() -> String {
    let columns: Vec<String> = (1..=1_594).map(|i| format!("c{i} int2")).collect();
    format!(
        "create table people (id int primary key, name text, email text, notes text);
        create table plain (id int primary key, name text);
        create table wide (s1 text, s2 text, s3 text, {});
        insert into people select i, 'name ' || i, 'user' || i || '@example.com', 'note ' || i from generate_series(1, 9) i;
        insert into plain values (1, 'one');
        insert into wide (s1, s2, s3, c1, c1594) values ('first', 'second', 'third', 1, 1594);
        grant all on all tables in schema public to owner, intern;",
        columns.join(", ")
    )
}

fn people() -> (Database, Proxy) {
    let database = Database::create(ROLES);
    database.run(&tables());
    let mut site = Site::new(&database, RULES);
    for table in ["public.people", "public.wide"] {
        site.protect(table);
    }
    // With one thread, whatever keeps it busy keeps everybody waiting: nothing hides behind a second one that is free.
    site.variables
        .push(("TOKIO_WORKER_THREADS".to_owned(), "1".to_owned()));
    (database, site.serve())
}

fn session(database: &Database, proxy: &Proxy) -> Raw {
    let raw = Raw::login(proxy.port(), "owner", database.name());
    raw.waits(Duration::from_secs(300));
    raw
}

/// A session that needs no proxy.
fn witness(database: &Database) -> Raw {
    let raw = Raw::login(database.server().port(), "owner", database.name());
    raw.waits(Duration::from_secs(300));
    raw
}

/// What is watched and what is not, in both protocols; how long the slowest of them took.
fn small(raw: &mut Raw) -> Duration {
    rounds(raw, "email", ["user1@example.com", "user2@example.com"])
}

/// The same of a column that is not sealed, as the server alone answers it.
fn small_directly(raw: &mut Raw) -> Duration {
    rounds(raw, "name", ["name 1", "name 2"])
}

fn rounds(raw: &mut Raw, column: &str, [first, second]: [&str; 2]) -> Duration {
    let mut longest = Duration::ZERO;
    let mut timed = |work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        longest = longest.max(began.elapsed());
    };
    timed(&mut || {
        let frames = raw.query(&format!("select {column} from people where id = 1"));
        assert_eq!(Raw::rows(&frames), [[Some(first.to_owned())]]);
    });
    timed(&mut || {
        let text = format!("select {column} from people where {column} = '{second}'");
        assert_eq!(Raw::rows(&raw.extended(&text)), [[Some(second.to_owned())]]);
    });
    timed(&mut || assert_eq!(Raw::tags(&raw.query("select 1")), "TDCZ"));
    longest
}

/// Rounds of small statements until it is told to stop; the longest wait in them.
fn go_on(mut raw: Raw, round: fn(&mut Raw) -> Duration, stop: &AtomicBool) -> Duration {
    let mut longest = round(&mut raw);
    while !stop.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(20));
        longest = longest.max(round(&mut raw));
    }
    longest
}

/// Two other sessions go on with small statements while something large is done, and a new one can log in: as a session
/// that goes to the server directly does at the same time, which says what the machine has left for anybody.
fn beside<T>(database: &Database, proxy: &Proxy, what: &str, busy: impl FnOnce() -> T) -> T {
    let stop = &AtomicBool::new(false);
    thread::scope(|scope| {
        let direct = witness(database);
        let direct = scope.spawn(move || go_on(direct, small_directly, stop));
        let others: Vec<_> = (0..2)
            .map(|_| {
                let other = session(database, proxy);
                scope.spawn(move || go_on(other, small, stop))
            })
            .collect();
        let done = busy();
        let began = Instant::now();
        small(&mut session(database, proxy));
        let login = began.elapsed();
        stop.store(true, Ordering::Relaxed);
        let direct = direct.join().unwrap();
        let waited = others.into_iter().map(|other| other.join().unwrap());
        let longest = waited.fold(login, Duration::max);
        assert!(
            longest < bearable(direct),
            "{what}: another session waited {longest:?}, a direct one {direct:?}, a login {login:?}"
        );
        done
    })
}

/// The same directly: what the server itself says of a statement that passes.
fn directly(database: &Database, sql: &str) -> String {
    Raw::error(&witness(database).query(sql))
}

fn nested(before: &str, behind: &str, times: usize) -> String {
    format!("{}1{}", before.repeat(times), behind.repeat(times))
}

#[test]
fn fifty_thousand_operators() {
    const MANY: usize = 50_000;
    let (database, proxy) = people();
    let mut raw = session(&database, &proxy);
    let texts = [
        format!(
            "select id from people where id = 1{}",
            " or id = 2".repeat(MANY)
        ),
        format!(
            "select id from people where id = 1{}",
            " and email = 'x'".repeat(MANY)
        ),
        format!("select 1{} from people", " + 1".repeat(MANY)),
        format!("select email{} from people", " || 'x'".repeat(MANY)),
        format!("select email{} from people", "::text".repeat(MANY)),
        format!("select email{} from people", " collate \"C\"".repeat(MANY)),
        format!(
            "select id from people where email{}",
            " isnull".repeat(MANY)
        ),
        format!(
            "select id, 1 from people{}",
            " union select id, 1 from people".repeat(MANY)
        ),
        format!("select {} from people", nested("(", ")", MANY)),
        format!("select {} from people", nested("(select ", ")", MANY)),
        format!(
            "select * from {}people{}",
            "(select * from ".repeat(MANY),
            ") q".repeat(MANY)
        ),
        format!(
            "select {} from people",
            nested("case when true then ", " end", MANY)
        ),
        format!("select {} from people", nested("lower(", ")", MANY)),
        format!("select {} email from people", "not ".repeat(MANY)),
        format!(
            "select id from people where email{}",
            " operator(".repeat(MANY)
        ),
        format!(
            "select id from people where email{}",
            " = any (values".repeat(MANY)
        ),
        format!("select id from people{}", " fetch first (".repeat(MANY)),
    ];
    for text in &texts {
        let what = text.get(..60).unwrap();
        for prefix in ["", "explain "] {
            let text = format!("{prefix}{text}");
            let frames = beside(&database, &proxy, what, || raw.query(&text));
            let error = Raw::error(&frames);
            assert!(
                ["54001", "0A000", "42601"].contains(&&*error),
                "{what}: {error}"
            );
            small(&mut raw);
        }
    }
    // What passes is for the server to say.
    for text in texts {
        let text = text.replace("people", "plain").replace("email", "name");
        let what = text.get(..60).unwrap();
        let frames = beside(&database, &proxy, what, || raw.query(&text));
        assert_eq!(Raw::error(&frames), directly(&database, &text), "{what}");
        small(&mut raw);
    }
    // Beside each other there may be as many as one likes.
    let list: Vec<String> = (0..MANY)
        .map(|i| format!("'user{i}@example.com'"))
        .collect();
    let text = format!(
        "select id from people where email in ({}) order by id",
        list.join(",")
    );
    let frames = beside(&database, &proxy, "IN", || raw.query(&text));
    assert_eq!(
        (Raw::error(&frames).as_str(), Raw::rows(&frames).len()),
        ("", 9)
    );
}

#[test]
fn literals_and_parameters_of_a_hundred_megabytes() {
    const LONG: usize = 100 << 20;
    let (database, proxy) = people();
    let mut raw = session(&database, &proxy);
    let long = "x".repeat(LONG);
    let length = |raw: &mut Raw, column: &str| {
        let frames = raw.query(&format!("select {column} from people where id = 9"));
        assert_eq!(Raw::error(&frames), "");
        let row = frames.iter().find(|frame| frame.tag == 'D').unwrap();
        let value = row.values().pop().flatten().unwrap();
        assert!(value.iter().all(|byte| *byte == b'x'));
        value.len()
    };
    for column in ["name", "notes"] {
        for quoted in [format!("'{long}'"), format!("$a${long}$a$")] {
            let text = format!("update people set {column} = {quoted} where id = 9");
            let frames = beside(&database, &proxy, "a literal", || raw.query(&text));
            assert_eq!(Raw::error(&frames), "", "{column}");
        }
        let found = beside(&database, &proxy, "a large row", || {
            length(&mut raw, column)
        });
        assert_eq!(found, LONG, "{column}");
        let frames = beside(&database, &proxy, "a parameter", || {
            raw.parse(
                "",
                &format!("update people set {column} = $1 where id = 9"),
                &[],
            );
            raw.bind("", "", 0, &[Some(&long.as_bytes()[1..])], 0);
            raw.execute("", 0);
            raw.sync();
            raw.until_ready()
        });
        assert_eq!(Raw::error(&frames), "", "{column}");
        assert_eq!(length(&mut raw, column), LONG - 1, "{column}");
        raw.query(&format!("update people set {column} = 'x' where id = 9"));
    }
    let text = format!("update plain set name = '{long}' where id = 1");
    let frames = beside(&database, &proxy, "a literal that passes", || {
        raw.query(&text)
    });
    assert_eq!(Raw::error(&frames), "");
    // A field of COPY.
    let copied = beside(&database, &proxy, "a field of COPY", || {
        raw.ask("copy people (id, notes) from stdin");
        assert_eq!(raw.read().unwrap().tag, 'G');
        raw.send('d', b"77\t");
        for part in long.as_bytes().chunks(1 << 20) {
            raw.send('d', part);
        }
        raw.send('d', b"\n");
        raw.send('c', b"");
        Raw::error(&raw.until_ready())
    });
    assert_eq!(copied, "");
    let whole = "select octet_length(notes::bytea) from people where id = 77";
    assert_eq!(database.value(whole), (LONG + 38).to_string());
    small(&mut raw);
}

#[test]
fn parameters_up_to_the_last_that_the_protocol_has() {
    let (database, proxy) = people();
    let mut raw = session(&database, &proxy);
    let id: Option<&[u8]> = Some(b"3");
    let mail: Option<&[u8]> = Some(b"user3@example.com");
    // $1 has two treatments in the second text, so that one parameter more goes upstream.
    for (condition, count, expected) in [
        ("email = $1", 60_000, "12DCZ"),
        ("email = $1", 65_535, "12DCZ"),
        ("email = $1 and name <> $1", 65_534, "12DCZ"),
        ("email = $1 and name <> $1", 65_535, "EZ"),
    ] {
        let rest: Vec<String> = (2..=count).map(|number| format!("${number}")).collect();
        let text = format!(
            "select email from people where {condition} and id in ({})",
            rest.join(",")
        );
        let mut values = vec![id; count];
        values[0] = mail;
        let frames = beside(&database, &proxy, condition, || {
            raw.parse("", &text, &[]);
            raw.bind("", "", 0, &values, 0);
            raw.execute("", 0);
            raw.sync();
            raw.until_ready()
        });
        assert_eq!(
            Raw::tags(&frames),
            expected,
            "{condition} {count} {}",
            Raw::error(&frames)
        );
        small(&mut raw);
    }
}

#[test]
fn a_row_of_sixteen_hundred_columns() {
    let (database, proxy) = people();
    for (login, first) in [("owner", Some("first")), ("intern", None)] {
        let mut raw = Raw::login(proxy.port(), login, database.name());
        for text in [
            "select *, c1, c2, c1594 from wide",
            "select w.*, c1, c2, c1594 from wide w where c1 = 1",
        ] {
            for extended in [false, true] {
                let frames = beside(&database, &proxy, text, || {
                    if extended {
                        raw.extended(text)
                    } else {
                        raw.query(text)
                    }
                });
                let rows = Raw::rows(&frames);
                assert_eq!((rows.len(), rows[0].len()), (1, 1_600), "{login}: {text}");
                assert_eq!(rows[0][0].as_deref(), first, "{login}: {text}");
                assert_eq!(rows[0][2].as_deref(), first.map(|_| "third"), "{login}");
                assert_eq!(rows[0][1_599].as_deref(), Some("1594"), "{login}");
            }
        }
    }
    // All columns written, with constants and with parameters; and copied.
    let mut raw = session(&database, &proxy);
    let values: Vec<String> = (1..=1_594).map(|i| i.to_string()).collect();
    let text = format!(
        "insert into wide values ('a', 'b', 'c', {})",
        values.join(",")
    );
    assert_eq!(Raw::error(&raw.query(&text)), "");
    let places: Vec<String> = (1..=1_597).map(|i| format!("${i}")).collect();
    raw.parse(
        "",
        &format!("insert into wide values ({})", places.join(",")),
        &[],
    );
    let one: Option<&[u8]> = Some(b"1");
    raw.bind("", "", 0, &vec![one; 1_597], 0);
    raw.execute("", 0);
    raw.sync();
    assert_eq!(Raw::error(&raw.until_ready()), "");
    let frames = raw.query("copy wide to stdout");
    let rows = frames.iter().filter(|frame| frame.tag == 'd');
    let fields = |frame: &crate::harness::Frame| frame.body.split(|byte| *byte == b'\t').count();
    assert_eq!(rows.map(fields).collect::<Vec<_>>(), [1_597; 3]);
    assert_eq!(
        Raw::rows(&raw.query("select s1 from wide where s1 = '1'")).len(),
        1
    );
}

#[test]
fn a_hundred_thousand_statements_in_one_message() {
    let (database, proxy) = people();
    let mut raw = session(&database, &proxy);
    for (text, count) in [
        ("select 1;", 100_000),
        ("select id from people where id = 0;", 20_000),
        ("update people set notes = 'x' where id = 0;", 5_000),
        (";", 1_000_000),
    ] {
        let whole = text.repeat(count);
        let frames = beside(&database, &proxy, text, || raw.query(&whole));
        assert_eq!(Raw::error(&frames), "", "{text}");
        let done = frames.iter().filter(|frame| frame.tag == 'C').count();
        assert_eq!(done, if text == ";" { 0 } else { count }, "{text}");
        small(&mut raw);
    }
    let whole = "select id from people where notes = 'x';".repeat(100_000);
    let frames = beside(&database, &proxy, "refused", || raw.query(&whole));
    assert_eq!(Raw::tags(&frames), "EZ");
    small(&mut raw);
}

#[test]
fn thousands_of_prepared_statements_and_portals() {
    let (database, proxy) = people();
    let mut raw = session(&database, &proxy);
    let text = "select email from people where id = 1 or email = $1";
    let frames = beside(&database, &proxy, "names", || {
        let mut twin = raw.twin();
        let writer = thread::spawn(move || {
            twin.ask("begin");
            for i in 0..5_000 {
                twin.parse(&format!("s{i}"), text, &[]);
                twin.bind(&format!("p{i}"), &format!("s{i}"), 0, &[Some(b"x")], 0);
            }
            twin.execute("p4999", 0);
            twin.sync();
        });
        let mut frames = raw.until_ready();
        frames.extend(raw.until_ready());
        writer.join().unwrap();
        frames
    });
    assert_eq!(Raw::error(&frames), "");
    assert_eq!(Raw::rows(&frames), [[Some("user1@example.com".to_owned())]]);
    raw.query("rollback");
    small(&mut raw);
}

#[test]
fn names_of_a_megabyte() {
    let (database, proxy) = people();
    let mut raw = session(&database, &proxy);
    let long = "n".repeat(1 << 20);
    for text in [
        format!("select \"{long}\" from people"),
        format!("select {long} from people"),
        format!("select email as \"{long}\" from people where id = 1"),
        format!("select * from \"{long}\".people, \"{long}\""),
        format!("prepare \"{long}\" as select email from people"),
        format!("declare \"{long}\" cursor for select email from people"),
        format!("savepoint {long}"),
        format!("set application_name = '{long}'"),
        format!("select email from people -- {long}"),
        format!("/* {long} */ select email from people"),
        format!(
            "select email from people where id = {}",
            "1".repeat(1 << 20)
        ),
        format!(
            "select email from people where email = E'{}'",
            "\\x41".repeat(1 << 18)
        ),
        format!("select {}email from people", " ".repeat(1 << 20)),
        format!(
            "select email from people where id {} 1",
            "+".repeat(1 << 20)
        ),
        format!("select ${} from people", "1".repeat(1 << 20)),
    ] {
        let what = format!("{}…", text.get(..24).unwrap());
        beside(&database, &proxy, &what, || raw.query(&text));
        small(&mut raw);
    }
    // Of another letter: the server keeps 63 of them. Execute may not be longer than 10,000 bytes, to the server too.
    let long = "m".repeat(1 << 20);
    raw.parse(&long, "select email from people where id = 1", &[]);
    raw.bind("", &long, 0, &[], 0);
    raw.execute("", 0);
    raw.sync();
    assert_eq!(Raw::tags(&raw.until_ready()), "12DCZ");
    small(&mut raw);
}

/// Memory that the proxy holds, in megabytes.
fn resident(proxy: &Proxy) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", proxy.pid())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kilobytes = line.split_whitespace().nth(1).unwrap();
    kilobytes.parse::<u64>().unwrap() / 1_024
}

#[test]
fn clients_that_dawdle_and_lengths_that_are_only_announced() {
    let (database, proxy) = people();
    let before = resident(&proxy);
    beside(&database, &proxy, "a byte at a time", || {
        let mut slow = session(&database, &proxy);
        let text = "select email from people where id = 1\0";
        let mut frame = vec![b'Q'];
        frame.extend(u32::try_from(text.len() + 4).unwrap().to_be_bytes());
        frame.extend_from_slice(text.as_bytes());
        for byte in frame {
            slow.bytes(&[byte]);
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(Raw::rows(&slow.until_ready()).len(), 1);
    });
    // Hundreds of sessions that announce a gigabyte, or a first packet, and never send it.
    beside(&database, &proxy, "only announced", || {
        let mut waiting = Vec::new();
        for tag in "QPBdp".chars() {
            for _ in 0..8 {
                let mut raw = session(&database, &proxy);
                raw.bytes(&[tag as u8, 0x3f, 0xff, 0xff, 0xff, b'x']);
                waiting.push(raw);
            }
        }
        let half: Vec<TcpStream> = (0..200)
            .map(|at| {
                let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).unwrap();
                let first: &[u8] =
                    [&b""[..], b"\0\0\x27", b"\0\0\x27\x10", b"\x16\x03\x01"][at % 4];
                stream.write_all(first).unwrap();
                stream
            })
            .collect();
        small(&mut session(&database, &proxy));
        assert!(resident(&proxy) < before + 200, "{before} before");
        drop((waiting, half));
    });
    // Lengths that cannot be.
    for length in [0_u32, 3, 0x4000_0000, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
        let mut raw = session(&database, &proxy);
        raw.bytes(&[&b"Q"[..], &length.to_be_bytes(), b"select 1\0"].concat());
        let frames = raw.until_end();
        assert_eq!(
            (Raw::tags(&frames).as_str(), Raw::error(&frames).as_str()),
            ("E", "08P01")
        );
    }
    for length in [0_u32, 7, 10_001, 0x7fff_ffff, u32::MAX] {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
            .write_all(&[&length.to_be_bytes()[..], &[0; 64]].concat())
            .unwrap();
        let mut rest = Vec::new();
        // It is told why, or the connection ends: it does not wait.
        let _reset = stream.read_to_end(&mut rest);
        assert!(rest.is_empty() || rest[0] == b'E', "{length}");
    }
    small(&mut session(&database, &proxy));
}

#[test]
fn who_does_not_read_stops_nobody_else() {
    let (database, proxy) = people();
    database.run("insert into plain select i, repeat('x', 1000) from generate_series(2, 50000) i");
    let mut deaf = session(&database, &proxy);
    deaf.ask("select * from plain cross join (select email from people) q");
    let before = resident(&proxy);
    beside(&database, &proxy, "a client that does not read", || {
        thread::sleep(Duration::from_secs(2));
    });
    assert!(resident(&proxy) < before + 100, "{before} before");
}
