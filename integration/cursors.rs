//! Cursors and prepared statements of SQL over protected tables: answered as over plain ones, message by message, for who
//! sees the columns; masked for who does not; and nothing plain reaches the server.

use crate::customers::{plain, protected};
use crate::differential::comparable;
use crate::harness::{Frame, Raw};

/// Conversations: each message is sent by itself, in one session, on a plain server and through the proxy.
const ALIKE: &[&[&str]] = &[
    &[
        "begin",
        "declare c cursor for select id, email, notes, birth_date, visits, tags from customers order by id",
        "fetch c",
        "fetch next from c",
        "fetch 3 in c",
        "fetch forward 2 from c",
        "move 2 in c",
        "move absolute 0 in c",
        "fetch all from c",
        "fetch c",
        "close c",
        "fetch c",
        "rollback",
    ],
    &[
        "begin",
        "declare \"C c\" scroll cursor without hold for select email, id from customers where email in ('user3@example.com', 'user5@example.com') order by id",
        "fetch last from \"C c\"",
        "fetch prior \"C c\"",
        "fetch first from \"C c\"",
        "fetch absolute -1 from \"C c\"",
        "fetch relative -1 from \"C c\"",
        "fetch backward all from \"C c\"",
        "commit",
        "fetch \"C c\"",
    ],
    // What an argument equals is the column's to say.
    &[
        "prepare p as select id from customers where balance = $1 order by id",
        "execute p('8.750')",
        "execute p(8.7500)",
        "execute p('8.751')",
        "prepare q (numeric) as select id from customers where balance in ($1, 1.5) order by id",
        "execute q('8.750')",
        "prepare r as update customers set balance = $1 where id = 3 returning balance",
        "execute r(1.005)",
    ],
    // Several in one message, and what outlives a transaction.
    &[
        "begin; declare c cursor for select email from customers order by id limit 3; fetch 2 from c; fetch all from c; commit",
        "begin; declare h cursor with hold for select id, ssn from customers order by id limit 4; commit",
        "fetch 2 from h",
        "begin; fetch h; rollback",
        "fetch all in h",
        "close h",
        "fetch h",
    ],
    // Names come and go with transactions, savepoints and failures.
    &[
        "begin",
        "savepoint s",
        "declare c cursor for select email from customers order by id",
        "fetch c",
        "rollback to s",
        "fetch c",
        "rollback to s",
        "declare c cursor for select id, notes from customers order by id desc",
        "fetch 2 from c",
        "declare c cursor for select 1",
        "rollback",
        "begin",
        "declare c cursor for select id, customer_id from orders order by id",
        "fetch 2 from c",
        "close all",
        "declare c cursor for select notes from customers where id = 1",
        "fetch c",
        "commit",
    ],
    &[
        "begin",
        "declare c cursor for select nothing from customers",
        "rollback",
        "begin",
        "declare c cursor for select email from customers where id = 7",
        "discard all",
        "rollback",
        "begin; declare b binary cursor for select id, email, visits, birth_date, tags from customers where id < 4 order by id",
        "fetch all from b",
        "commit",
        "begin; declare u cursor for select c.email, o.id from customers c join orders o on o.customer_id = c.id where c.id = 2 order by o.id for update of c; fetch u; commit",
        "begin; declare w cursor for with q as (select email from customers where id = 3) select email from q union all select email from customers where id = 4; fetch all from w; commit",
        "begin; declare a cursor for select array_agg(email order by id), count(*) from customers where id < 3; fetch a; commit",
    ],
    // Statements of SQL's PREPARE.
    &[
        "prepare find as select id, email from customers where email = $1 order by id",
        "execute find('user7@example.com')",
        "EXECUTE find ( 'nobody' )",
        "execute find(null)",
        "execute find('user3@example.com'::varchar)",
        "execute find",
        "execute find('a', 'b')",
        "deallocate find",
        "execute find('user7@example.com')",
        "deallocate find",
    ],
    &[
        "prepare p (varchar, int, date) as select id, email, notes from customers where email <> $1 and id < $2 and birth_date <> $3 order by id",
        "execute p('user2@example.com', 1 + 4, '1960-02-07')",
        "execute p('user2@example.com', 5, date '1960-02-07')",
        "execute p('user2@example.com', 'x', '1960-02-07')",
        "execute p('user2@example.com', 5, 'no date')",
        "begin",
        "prepare q as select count(*) from customers where visits = $1",
        "execute q(3)",
        "rollback",
        "execute q(4)",
        "execute q('5')",
        "deallocate all",
        "execute q(4)",
    ],
    &[
        "begin",
        "prepare i(int, text, varchar, numeric) as insert into customers (id, name, email, balance, notes) values ($1, $2, $3, $4, 'x') returning id, email, balance, notes",
        "execute i(1001, 'n', 'new@example.com', 10.5)",
        "execute i(1002, 'n', null, null)",
        "savepoint s",
        "execute i(1003, 'n', 'new@example.com', 1)",
        "rollback to s",
        "prepare u as update customers set notes = $2, visits = 5 where id = $1",
        "execute u(1001, 'other')",
        "prepare d as delete from customers where email = $1 returning notes",
        "execute d('new@example.com')",
        "select id, email, notes, visits, balance from customers where id > 1000",
        "rollback",
        "deallocate prepare i",
        "deallocate prepare u",
        "deallocate d",
    ],
    &[
        "prepare a (text[]) as select id from customers where email = any ($1) order by id",
        "execute a('{user3@example.com,user9@example.com}')",
        "prepare a as select 1",
        "execute a('{}')",
        "discard plans",
        "execute a('{user1@example.com}')",
        "discard all",
        "execute a('{user1@example.com}')",
        "prepare a as select id from orders where id = $1",
        "execute a(3)",
        "prepare one as select email from customers where id = 1; execute one; deallocate one; execute one",
        "prepare two(int) as select $1; prepare three as select email from customers where id = $1; execute two(5); execute three(6)",
    ],
];

fn ask(raw: &mut Raw, message: &str) -> Vec<Frame> {
    raw.query(message)
}

#[test]
fn answered_as_over_plain_tables() {
    let direct_database = plain();
    let (proxied_database, proxy) = protected();
    let mut different = Vec::new();
    for conversation in ALIKE {
        let mut direct = Raw::login(
            direct_database.server().port(),
            "owner",
            direct_database.name(),
        );
        let mut proxied = Raw::login(proxy.port(), "owner", proxied_database.name());
        for message in *conversation {
            let (x, y) = (ask(&mut direct, message), ask(&mut proxied, message));
            let (x, y) = (comparable(&x), comparable(&y));
            if x != y {
                different.push(format!("{message}\n  direct:  {x:?}\n  proxied: {y:?}"));
            }
        }
    }
    assert!(
        different.is_empty(),
        "{}\n{}",
        different.join("\n"),
        proxy.log()
    );
}

/// The same in the extended protocol: parameters of DECLARE, formats of FETCH, statements prepared once and used again.
#[test]
fn in_the_extended_protocol() {
    let direct_database = plain();
    let (proxied_database, proxy) = protected();
    let mut answers = Vec::new();
    for (port, name) in [
        (direct_database.server().port(), direct_database.name()),
        (proxy.port(), proxied_database.name()),
    ] {
        let mut raw = Raw::login(port, "owner", name);
        let mut got = Vec::new();
        raw.query("begin");
        // Pipelined: FETCH is sent before DECLARE is answered.
        raw.parse("", "declare c cursor for select id, email, visits from customers where email <> $1 and id < 9 order by id", &[]);
        raw.bind("", "", 0, &[Some(b"user2@example.com")], 0);
        raw.execute("", 0);
        raw.parse("f", "fetch 2 from c", &[]);
        for format in [0, 1, 0] {
            raw.bind("", "f", 0, &[], format);
            raw.describe('P', "");
            raw.execute("", 0);
        }
        raw.describe('S', "f");
        raw.sync();
        got.extend(raw.until_ready());
        // Another cursor under the same name: what was prepared follows it, or says so.
        raw.query("close c");
        raw.query("declare c cursor for select id, email, visits from customers where id > 20 order by id");
        raw.bind("", "f", 0, &[], 1);
        raw.execute("", 0);
        raw.sync();
        got.extend(raw.until_ready());
        // As psycopg asks for the columns of a cursor.
        raw.describe('P', "c");
        raw.sync();
        got.extend(raw.until_ready());
        raw.parse("", "move 3 in c", &[]);
        raw.bind("", "", 0, &[], 0);
        raw.execute("", 0);
        raw.parse("", "fetch all in c", &[]);
        raw.bind("", "", 0, &[], 0);
        raw.execute("", 3);
        raw.execute("", 2);
        raw.sync();
        got.extend(raw.until_ready());
        raw.query("commit");
        raw.parse(
            "",
            "prepare p as select id from customers where email = $1",
            &[],
        );
        raw.bind("", "", 0, &[], 0);
        raw.execute("", 0);
        raw.parse("", "execute p('user5@example.com')", &[]);
        raw.bind("", "", 0, &[], 1);
        raw.describe('P', "");
        raw.execute("", 0);
        raw.sync();
        got.extend(raw.until_ready());
        answers.push(comparable(&got));
    }
    assert_eq!(answers[0], answers[1], "{}", proxy.log());
}

/// A role that sees masks gets them from cursors and prepared statements, too; and no further right.
#[test]
fn masks_and_rights_hold() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    raw.query("begin; declare c cursor with hold for select id, email, ssn, phone, notes from customers order by id; commit");
    let shown = "select id, email, ssn, phone, notes from customers order by id limit 1";
    assert_eq!(
        Raw::rows(&raw.query("fetch c")),
        Raw::rows(&raw.query(shown))
    );
    raw.query(
        "prepare p as select id, phone, ssn from customers where ssn = $1 order by id limit 1",
    );
    let rows = Raw::rows(&raw.query("execute p('00100000001')"));
    let shown =
        "select id, phone, ssn from customers where ssn = '00100000001' order by id limit 1";
    assert_eq!(rows, Raw::rows(&raw.query(shown)));
    assert_eq!(rows.len(), 1);
    for refused in [
        "declare d cursor for select id from customers where phone = '555-1001'",
        "declare d cursor for select phone || '' from customers",
        "prepare d as select id from customers where birth_date = $1",
        "prepare d as update customers set balance = $1",
        "prepare d as update customers set phone = $1",
        "prepare d as delete from customers",
    ] {
        let frames = raw.query(&format!("begin; {refused}"));
        let refusal = Raw::error(&frames);
        assert!(
            ["42501", "0A000"].contains(&refusal.as_str()),
            "{refused}: {refusal}"
        );
        raw.query("rollback");
    }
    // Constants of EXECUTE are guesses like others.
    let many = "execute p('x');".repeat(30);
    assert_eq!(Raw::error(&raw.query(&many)), "42501");
    // What the protocol and SQL call by one name.
    for role in ["owner", "support"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        raw.query("prepare p as select id, ssn from customers where ssn = $1");
        raw.bind("", "p", 0, &[Some(b"cursor-canary")], 0);
        raw.execute("", 0);
        raw.sync();
        assert_eq!(Raw::error(&raw.until_ready()), "0A000");
        raw.describe('S', "p");
        raw.sync();
        assert_eq!(Raw::error(&raw.until_ready()), "0A000");
        for refused in [
            "explain execute p('cursor-canary')",
            "create temp table t as execute p('cursor-canary')",
            "execute p('cursor' || '-canary')",
            "execute p(current_setting('canary.ssn', true))",
        ] {
            assert_eq!(Raw::error(&raw.query(refused)), "0A000", "{refused}");
        }
        raw.query("begin; declare c cursor for select ssn from customers");
        raw.execute("c", 0);
        raw.sync();
        let frames = raw.until_ready();
        let refusal = Raw::error(&frames);
        assert!(["42501", "0A000"].contains(&refusal.as_str()), "{refusal}");
        assert_eq!(Raw::rows(&frames).len(), 0);
        raw.query("rollback");
    }
    let log = std::fs::read_to_string(database.server().log_file()).unwrap();
    assert!(!log.contains("cursor-canary"));
}

/// Rules that change reach a cursor that is open and a statement that is prepared.
#[test]
fn changed_rights_reach_what_is_open() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    raw.query(
        "begin; declare c cursor with hold for select id, email from customers order by id; commit",
    );
    raw.query("prepare p as select id, email from customers where id = $1");
    raw.query("prepare q as select id from orders where id = $1");
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    assert_eq!(Raw::rows(&raw.query("fetch c")).len(), 1);
    // A change of the schema that concerns neither.
    owner.query("create table aside (id int)");
    assert_eq!(Raw::rows(&raw.query("fetch c")).len(), 1);
    assert_eq!(Raw::rows(&raw.query("execute p(3)")).len(), 1);
    let rules = crate::customers::RULES.replace("reveal = [\"email\"]", "reveal = []");
    proxy.site.write_rules(&rules);
    let masked = |raw: &mut Raw| {
        let rows = Raw::rows(&raw.query("select email from customers where id = 1"));
        rows == [[None]]
    };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !masked(&mut raw) {
        assert!(
            std::time::Instant::now() < deadline,
            "the rules are in force"
        );
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    assert_eq!(Raw::error(&raw.query("fetch c")), "0A000");
    assert_eq!(Raw::error(&raw.query("execute p(3)")), "0A000");
    assert_eq!(Raw::rows(&raw.query("execute q(3)")).len(), 1);
    raw.query("deallocate p; close c");
    raw.query("prepare p as select id, email from customers where id = $1");
    assert_eq!(
        Raw::rows(&raw.query("execute p(3)")),
        [[Some("3".to_owned()), None]]
    );
}

/// A name that the protocol has used, and SQL takes: what is behind it now counts.
#[test]
fn names_that_sql_takes_from_the_protocol() {
    let (database, proxy) = protected();
    for role in ["owner", "intern"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        raw.query("begin");
        raw.parse("", "select name from cities", &[]);
        raw.bind("p", "", 0, &[], 0);
        raw.execute("p", 1);
        raw.sync();
        assert_eq!(Raw::rows(&raw.until_ready()).len(), 1);
        raw.query("/* a */ close p; declare p cursor for select phone from customers union all select 'x'");
        raw.execute("p", 0);
        raw.sync();
        let frames = raw.until_ready();
        assert_eq!(Raw::error(&frames), "0A000", "{role}");
        raw.query("rollback");
        // And back: the protocol takes the name again.
        raw.query("begin; declare q cursor for select email from customers");
        raw.query("close q");
        raw.parse("", "select id from orders order by id", &[]);
        raw.bind("q", "", 0, &[], 0);
        raw.execute("q", 2);
        raw.sync();
        assert_eq!(Raw::rows(&raw.until_ready()).len(), 2, "{role}");
        raw.query("commit");
    }
}

#[test]
fn a_binary_cursor_takes_nothing_that_the_proxy_computes() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    raw.query("begin");
    let frames = raw.query("declare b binary cursor for select id, visits::text from customers");
    let error = frames.iter().find(|frame| frame.tag == 'E').unwrap();
    assert!(error.field('M').unwrap().contains("(SW112)"));
}
