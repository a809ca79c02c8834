//! COPY as a DBA meets it: partitions, generated and identity columns, triggers, FREEZE, savepoints, timeouts, cancels,
//! rows of many megabytes, clients that go away, and what is counted of it. The same is done to plain tables directly.

use std::time::Duration;

use crate::customers::{ROLES, plain, protected};
use crate::harness::{Database, Frame, Proxy, Raw, Site, until};

/// Tables that a COPY has more to do with than store what comes.
const TABLES: &str = "
create table parts (id int, region text, email text) partition by list (region);
create table parts_north partition of parts for values in ('n');
create table parts_south partition of parts for values in ('s');
create table made (
    id int generated always as identity primary key,
    email text,
    notes text not null default 'none',
    twice int generated always as (size * 2) stored,
    size int check (size > 0),
    stamped text
);
create table log (what text);
create function stamp() returns trigger language plpgsql as
    $$ begin new.stamped := 'by trigger'; insert into log values (tg_op || ' ' || coalesce(new.size, 0)); return new; end $$;
create trigger stamp before insert on made for each row execute function stamp();
";

const RULES: &str = r#"
[classes.email]
seal = { search = ["equality"] }
masks = { default = "null" }
[tables."public.parts".columns]
email = "email"
[tables."public.made".columns]
email = "email"
notes = { seal = {} }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

/// Both sides of the comparison: plain tables directly, the same through the proxy.
struct Twins {
    direct: Raw,
    through: Raw,
}

impl Twins {
    /// The same of both, shown.
    #[track_caller]
    fn alike<T: PartialEq + std::fmt::Debug>(
        &mut self,
        what: &str,
        act: impl Fn(&mut Raw) -> T,
    ) -> T {
        let (direct, through) = (act(&mut self.direct), act(&mut self.through));
        assert_eq!(direct, through, "{what}");
        through
    }

    #[track_caller]
    fn query(&mut self, sql: &str) -> String {
        self.alike(sql, |raw| Raw::error(&raw.query(sql)))
    }
}

fn twins() -> (Twins, Database, Database, Proxy) {
    let (direct, database) = (Database::create(ROLES), Database::create(ROLES));
    let proxy = Site::new(&database, RULES).serve();
    let mut twins = Twins {
        direct: Raw::login(direct.server().port(), "owner", direct.name()),
        through: Raw::login(proxy.port(), "owner", database.name()),
    };
    for sql in TABLES.split(";\n") {
        assert_eq!(twins.query(sql), "", "{sql}");
    }
    (twins, direct, database, proxy)
}

/// A COPY to its end, its data in pieces: tags with SQLSTATEs, the command's tag, and the data.
fn copy(raw: &mut Raw, sql: &str, data: &[u8], size: usize) -> (String, String, Vec<u8>) {
    raw.ask(sql);
    let mut frames = Vec::new();
    while let Some(frame) = raw.read() {
        let tag = frame.tag;
        frames.push(frame);
        match tag {
            'G' => {
                for piece in data.chunks(size) {
                    raw.send('d', piece);
                }
                raw.send('c', b"");
            }
            'Z' => break,
            _ => {}
        }
    }
    said(&frames)
}

fn said(frames: &[Frame]) -> (String, String, Vec<u8>) {
    let tags = frames.iter().filter(|frame| frame.tag != 'd');
    let tags = tags.map(|frame| match frame.tag {
        'E' => format!("E{}", frame.sqlstate()),
        'Z' => format!("Z{}", String::from_utf8_lossy(&frame.body)),
        tag => tag.to_string(),
    });
    let complete = frames.iter().find(|frame| frame.tag == 'C');
    let data = frames.iter().filter(|frame| frame.tag == 'd');
    (
        tags.collect(),
        complete
            .map(|frame| String::from_utf8_lossy(&frame.body).into_owned())
            .unwrap_or_default(),
        data.flat_map(|frame| frame.body.clone()).collect(),
    )
}

#[test]
fn partitions_generated_columns_identities_and_triggers() {
    let (mut twins, _direct, database, _proxy) = twins();
    for (sql, data) in [
        (
            "copy parts from stdin",
            &b"1\tn\ta@x\n2\ts\tb@x\n3\tn\t\\N\n"[..],
        ),
        (
            "copy parts (email, region, id) from stdin csv",
            b"c@x,s,4\n,n,5\n",
        ),
        // A row that no partition takes.
        ("copy parts from stdin", b"6\tn\ta@x\n7\tw\tb@x\n"),
        (
            "copy parts_north (id, region, email) from stdin",
            b"8\tn\td@x\n",
        ),
        ("copy parts_north from stdin", b"9\ts\te@x\n"),
        ("copy parts from stdin (freeze)", b"1\tn\ta@x\n"),
        ("copy parts to stdout", b""),
        ("copy parts_south to stdout", b""),
        ("copy (select * from parts order by id) to stdout csv", b""),
        ("copy (table only parts_north) to stdout", b""),
        // Identity, default, generated, check, not null, and a trigger that writes.
        ("copy made (email, size) from stdin", b"a@x\t1\n\\N\t2\n"),
        (
            "copy made (id, email, notes, size) from stdin",
            b"70\tb@x\tn\t3\n",
        ),
        ("copy made from stdin", b"71\tb@x\tn\t4\tmine\n"),
        ("copy made (email, twice) from stdin", b""),
        ("copy made (email, size) from stdin", b"a@x\t5\nb@x\t-1\n"),
        ("copy made (notes) from stdin", b"x\n\\N\n"),
        ("copy made (id, size) from stdin", b"70\t6\n"),
        (
            "copy made (size, notes) from stdin where size > 7",
            b"7\tseven\n8\teight\n",
        ),
        ("copy made to stdout", b""),
        ("copy made (twice) to stdout", b""),
        ("copy (select * from made order by id) to stdout", b""),
        (
            "copy (insert into made (email, size) values ('z@x', 9) returning id, email, twice, stamped) to stdout",
            b"",
        ),
        (
            "copy (update made set notes = 'later' where email = 'z@x' returning email, notes) to stdout csv",
            b"",
        ),
        (
            "copy (delete from made where email = 'z@x' returning *) to stdout",
            b"",
        ),
        ("copy (delete from made where size = 8) to stdout", b""),
    ] {
        let what = format!("{sql} {}", data.escape_ascii());
        twins.alike(&what, |raw| copy(raw, sql, data, 3));
        for look in [
            "select * from parts order by id",
            "select * from made order by id",
            "select * from log order by 1",
        ] {
            twins.alike(&what, |raw| Raw::rows(&raw.query(look)));
        }
    }
    assert_eq!(
        database.value("select count(*) from parts where email >= '\\xfb'"),
        "4"
    );
    assert_eq!(
        database.value("select count(*) from made where notes >= '\\xfb'"),
        database.value("select count(*) from made")
    );
}

#[test]
fn freeze_and_transactions() {
    let (mut twins, _direct, _database, _proxy) = twins();
    let row = |id: u32| format!("{id}\tn\tp{id}@x\n").into_bytes();
    let look = "select * from parts order by id";
    // Into what the transaction has emptied, or made; else not.
    let freeze = "copy parts_north from stdin with (freeze)";
    let (refused, _, _) = twins.alike(freeze, |raw| copy(raw, freeze, &row(1), 9));
    assert_eq!(refused, "GE55000ZI");
    for (begin, end) in [
        ("begin", "commit"),
        ("begin", "rollback"),
        ("begin isolation level serializable", "commit"),
    ] {
        twins.query(begin);
        twins.query("truncate parts_north");
        twins.alike(freeze, |raw| copy(raw, freeze, &row(2), 9));
        twins.alike(look, |raw| Raw::rows(&raw.query(look)));
        twins.query(end);
        twins.alike(look, |raw| Raw::rows(&raw.query(look)));
    }
    // What fails takes back to the savepoint, and the transaction goes on.
    twins.query("begin");
    for (at, (data, error)) in [
        (&b"x\tn\tbad\n"[..], "22P02"),
        (b"3\tn\n", "22P04"),
        (b"3\tw\ta@x\n", "23514"),
    ]
    .into_iter()
    .enumerate()
    {
        twins.query(&format!("savepoint s{at}"));
        let sql = "copy parts from stdin";
        let (said, _, _) = twins.alike(sql, |raw| copy(raw, sql, data, 2));
        assert_eq!(said, format!("GE{error}ZE"));
        assert_eq!(twins.query(look), "25P02");
        twins.query(&format!("rollback to s{at}"));
        let kept = row(100 + u32::try_from(at).unwrap());
        twins.alike(sql, |raw| copy(raw, sql, &kept, 2));
    }
    // In one that has failed it is not begun.
    twins.query("savepoint last");
    twins.query("select 1/0");
    for sql in [
        "copy parts from stdin",
        "copy (select email from parts) to stdout",
    ] {
        let (said, _, _) = twins.alike(sql, |raw| copy(raw, sql, &row(9), 5));
        assert_eq!(said, "E25P02ZE");
    }
    twins.query("rollback to last");
    twins.query("commit");
    let rows = twins.alike(look, |raw| Raw::rows(&raw.query(look)));
    assert_eq!(rows.len(), 4);
    // Read only.
    twins.query("begin read only");
    let sql = "copy parts from stdin";
    twins.alike(sql, |raw| copy(raw, sql, &row(9), 5));
    twins.query("rollback");
}

/// Backends of the database that are in the middle of something.
fn busy(database: &Database) -> String {
    database.value("select count(*) from pg_stat_activity where datname = current_database() and usename = 'owner' and state <> 'idle'")
}

#[test]
fn timeouts_and_cancels_in_the_middle() {
    let (direct, (database, proxy)) = (plain(), protected());
    let mut twins = Twins {
        direct: Raw::login(direct.server().port(), "owner", direct.name()),
        through: Raw::login(proxy.port(), "owner", database.name()),
    };
    let goes_on = |twins: &mut Twins| {
        let sql = "select id, email from customers where id = 7";
        let rows = twins.alike(sql, |raw| Raw::rows(&raw.query(sql)));
        assert_eq!(rows[0][1].as_deref(), Some("user7@example.com"));
    };
    // The server looks at its clock when more data comes.
    twins.query("set statement_timeout = 300");
    for end in ['c', 'd'] {
        let told = twins.alike("timeout", |raw| {
            raw.ask("copy customers (id, name, email) from stdin");
            raw.send('d', b"900\tn\tlate@x\n");
            std::thread::sleep(Duration::from_millis(700));
            raw.send(
                end,
                if end == 'd' {
                    &b"901\tn\tlater@x\n"[..]
                } else {
                    b""
                },
            );
            if end == 'd' {
                raw.send('c', b"");
            }
            said(&raw.until_ready())
        });
        assert_eq!(told.0, "GE57014ZI");
    }
    let sql = "copy (select email, pg_sleep(0.1) from customers) to stdout";
    let (told, _, _) = twins.alike(sql, |raw| {
        let (told, complete, _) = copy(raw, sql, b"", 1);
        (told, complete, ())
    });
    assert_eq!(told, "HE57014ZI");
    twins.query("reset statement_timeout");
    goes_on(&mut twins);
    // A cancel request while data comes, and while it goes.
    let cancel = |raw: &Raw, port: u16| {
        let (pid, secret) = raw.key.clone().unwrap();
        let mut other = Raw::open(port);
        other.untagged(
            &[
                &80_877_102_u32.to_be_bytes()[..],
                &pid.to_be_bytes(),
                &secret,
            ]
            .concat(),
        );
        other.rest();
    };
    for (raw, port) in [
        (&mut twins.direct, direct.server().port()),
        (&mut twins.through, proxy.port()),
    ] {
        raw.ask(
            "copy (select c.email, n from customers c, generate_series(1, 1000000) n) to stdout",
        );
        assert_eq!(raw.read().unwrap().tag, 'H');
        cancel(raw, port);
        let frames = raw.until_ready();
        assert_eq!(Raw::error(&frames), "57014");
        assert!(frames.iter().any(|frame| frame.tag == 'd'));
        raw.ask("copy customers (id, name, email) from stdin");
        assert_eq!(raw.read().unwrap().tag, 'G');
        raw.send('d', b"902\tn\tcancelled@x\n");
        cancel(raw, port);
        std::thread::sleep(Duration::from_millis(200));
        raw.send('d', b"903\tn\tcancelled2@x\n");
        raw.send('c', b"");
        assert_eq!(Raw::error(&raw.until_ready()), "57014");
    }
    goes_on(&mut twins);
    // Clients that go, with Terminate or without, in either direction, leave no row and no backend.
    for statement in [
        "copy customers (id, name, email) from stdin",
        "begin; copy customers (id, name, email) from stdin",
        "copy (select c.email, n from customers c, generate_series(1, 1000000) n) to stdout",
    ] {
        for terminate in [false, true] {
            let mut gone = Raw::login(proxy.port(), "owner", database.name());
            gone.ask(statement);
            while !matches!(gone.read().unwrap().tag, 'G' | 'H') {}
            if statement.contains("stdin") {
                gone.send('d', b"904\tn\tgone@x\n905\tn\tgo");
            }
            if terminate {
                gone.send('X', b"");
            }
            drop(gone);
            until(|| busy(&database) == "0");
        }
    }
    assert_eq!(
        database.value("select count(*) from customers where id >= 900"),
        "0"
    );
    // A backend that is ended from outside.
    let mut ended = Raw::login(proxy.port(), "owner", database.name());
    ended.ask("copy customers (id, name, email) from stdin");
    assert_eq!(ended.read().unwrap().tag, 'G');
    ended.send('d', b"906\tn\tended@x\n");
    database.run("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'owner' and state <> 'idle'");
    let frames = ended.until_end();
    assert_eq!(Raw::error(&frames), "57P01");
    goes_on(&mut twins);
    assert_eq!(
        database.value("select count(*) from customers where id >= 900"),
        "0"
    );
}

#[test]
fn rows_of_many_megabytes() {
    let (direct, (database, proxy)) = (plain(), protected());
    let mut twins = Twins {
        direct: Raw::login(direct.server().port(), "owner", direct.name()),
        through: Raw::login(proxy.port(), "owner", database.name()),
    };
    // 12 MB, half of it to be escaped, in pieces as clients cut them.
    let value = "\\t\\\\x\\n".repeat(2_000_000);
    let data = format!("900\tn\t{value}\n901\tm\t\\N\n").into_bytes();
    let sql = "copy customers (id, name, notes) from stdin";
    twins.alike(sql, |raw| copy(raw, sql, &data, 60_000));
    for options in ["", "csv", "binary"] {
        let sql = format!(
            "copy (select notes, id from customers where id >= 900 order by id) to stdout {options}"
        );
        let (told, rows, out) = twins.alike(&sql, |raw| copy(raw, &sql, b"", 1));
        assert_eq!((told.as_str(), rows.as_str()), ("HcCZI", "COPY 2\0"));
        assert!(out.len() > 8_000_000, "{options}");
    }
    let sql = "copy customers (id, name, notes) from stdin csv";
    let data = format!("902,n,\"{}\"\n", "a\"\"b\n".repeat(2_000_000)).into_bytes();
    twins.alike(sql, |raw| copy(raw, sql, &data, 1_000_003));
    let look = "select id, length(notes) from customers where id >= 900 order by id";
    twins.alike(look, |raw| Raw::rows(&raw.query(look)));
}

/// A line of the audit stream that is about a COPY of this login with these columns and this outcome.
fn audited(proxy: &Proxy, login: &str, outcome: &str, columns: &[(&str, &str, u64)]) -> bool {
    proxy.audit().lines().any(|line| {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        let told: Vec<(String, String, u64)> = (event["columns"].as_array().unwrap().iter())
            .map(|one| {
                let word = |key: &str| one[key].as_str().unwrap().to_owned();
                (
                    word("column"),
                    word("action"),
                    one["count"].as_u64().unwrap(),
                )
            })
            .collect();
        event["login"] == login
            && event["outcome"] == outcome
            && !event["fingerprint"].as_str().unwrap().is_empty()
            && columns.iter().all(|(column, action, count)| {
                told.iter().any(|one| {
                    (one.0.as_str(), one.1.as_str(), one.2) == (*column, *action, *count)
                })
            })
    })
}

#[test]
fn what_copy_does_is_counted_and_audited() {
    let (database, proxy) = protected();
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    let mut support = Raw::login(proxy.port(), "support", database.name());
    let mut intern = Raw::login(proxy.port(), "intern", database.name());
    let before = proxy.metrics();
    copy(
        &mut owner,
        "copy customers (id, name, email, notes) from stdin",
        b"900\tn\ta@canary\tx\n901\tn\tb@canary\t\\N\n902\tn\tc@canary\ty\n",
        7,
    );
    copy(
        &mut support,
        "copy (select id, email, ssn from customers where id between 1 and 5) to stdout",
        b"",
        1,
    );
    copy(
        &mut owner,
        "copy (select score, phone from customers where id <= 8) to stdout binary",
        b"",
        1,
    );
    // Refused before it begins; failed at its third row, here and by the server; broken off by the client.
    copy(
        &mut intern,
        "copy customers (id, name, email) from stdin",
        b"",
        1,
    );
    copy(
        &mut owner,
        "copy customers (id, name, code) from stdin",
        b"903\tn\tc1\n904\tn\tc2\n905\tn\ttoo long\n",
        99,
    );
    copy(
        &mut owner,
        "copy customers (id, name, key) from stdin",
        b"906\tn\ta0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\n1\tn\t\\N\n",
        99,
    );
    owner.ask("copy customers (id, name, mood) from stdin");
    owner.send('d', b"907\tn\thappy\n");
    owner.send('f', b"canary changed its mind\0");
    owner.until_ready();
    let counted = |page: &str, action: &str, column: &str| -> u64 {
        let label = format!(
            "sealwire_values_total{{action=\"{action}\",column=\"{column}\",table=\"public.customers\"}} "
        );
        let line = page.lines().find_map(|line| line.strip_prefix(&label));
        line.map_or(0, |count| count.parse().unwrap())
    };
    for (action, column, count) in [
        ("sealed", "email", 3),
        // Two that were given, and the default in each row of the COPYs that leave the column out.
        ("sealed", "notes", 7),
        ("opened", "email", 5),
        ("masked", "ssn", 5),
        ("opened", "score", 8),
        ("sealed", "code", 2),
        ("sealed", "key", 1),
        ("sealed", "mood", 1),
    ] {
        let more = || counted(&proxy.metrics(), action, column) - counted(&before, action, column);
        let found = (0..50).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            more() == count
        });
        assert!(found, "{action} {column}: {}", more());
    }
    for (login, outcome, columns) in [
        (
            "owner",
            "planned",
            &[("email", "write", 3), ("notes", "write", 2)][..],
        ),
        (
            "support",
            "planned",
            &[("email", "open", 5), ("ssn", "mask", 5)],
        ),
        ("owner", "planned", &[("score", "open", 8)]),
        ("intern", "refused", &[]),
        ("owner", "refused", &[("code", "write", 2)]),
        ("owner", "planned", &[("key", "write", 1)]),
        ("owner", "planned", &[("mood", "write", 1)]),
    ] {
        let what = format!("{login} {outcome} {columns:?}");
        let found = (0..50).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            audited(&proxy, login, outcome, columns)
        });
        assert!(found, "{what}\n{}", proxy.audit());
    }
    let all = format!("{}{}{}", proxy.audit(), proxy.metrics(), proxy.log());
    assert!(!all.contains("canary") && !all.contains("too long"));
}
