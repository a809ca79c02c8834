//! The server's errors through the proxy: the same words as on plain tables for who sees the values, and for who does
//! not, neither a value nor a piece of ciphertext.

use crate::customers::ROLES;
use crate::harness::{Database, Frame, Proxy, Raw};

const TABLES: &str = r#"
create table people (
    id int primary key, name text not null check (name <> 'bad'), email varchar(40) unique, ssn varchar(11) unique,
    login text, nick varchar(20), phone text unique, notes text, born date not null, code char(6)
);
create unique index people_login on people (lower(login));
create unique index people_nick on people (upper(nick));
create table cards (id int primary key, ssn varchar(11), label text, unique (label, ssn));
create table visits (id int primary key, place text not null);
insert into people values
  (1, 'one', 'a@example.com', '00100000001', 'Anna', 'Ann', '555-1001', 'note canary', '2000-01-31', 'c1'),
  (2, 'two', 'b@example.com', '00100000002', 'bob', 'Bob', '555-1002', null, '2001-01-31', 'c2');
insert into cards values (1, '00100000001', 'first (card), of many');
grant all on all tables in schema public to owner, billing, support, intern;
alter table people owner to owner; alter table cards owner to owner;
"#;

const RULES: &str = r#"
[classes.ssn]
seal = { search = ["equality"], domain = "ssn" }
[tables."public.people".columns]
email = { seal = { search = ["equality"] } }
ssn = "ssn"
login = { seal = { search = ["equality-ci"] } }
nick = { seal = { search = ["equality-ci"] } }
notes = { seal = {} }
born = { seal = { search = ["equality"] } }
code = { seal = { search = ["equality"] } }
phone = { masks = { default = "null" } }
[tables."public.cards".columns]
ssn = "ssn"
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.billing]
members = ["pg:billing"]
[[roles.billing.grants]]
tables = ["public.*"]
level = "modify"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.people"]
level = "modify"
reveal = ["email", "born"]
search = ["ssn", "phone", "login"]
write = ["ssn", "notes", "login", "phone", "nick", "code"]
"#;

/// Both sides have them from the start.
const KEY: &str =
    "alter table cards add constraint cards_ssn_fkey foreign key (ssn) references people (ssn)";

const ROW: &str =
    "insert into people (id, name, email, ssn, login, nick, phone, notes, born, code) values ";

/// Statements that fail in the server, with what stands behind [`ROW`] where they begin with `(`.
const FAIL: &[&str] = &[
    "(9, 'x', 'a@example.com', '1', 'x', 'x', '1', null, '2000-01-01', 'x')",
    "(9, 'x', 'c@example.com', '00100000002', 'x', 'x', '1', null, '2000-01-01', 'x')",
    "(9, 'x', 'c@example.com', '1', 'x', 'x', '555-1002', null, '2000-01-01', 'x')",
    "(1, 'x', 'c@example.com', '1', 'x', 'x', '1', null, '2000-01-01', 'x')",
    "(9, 'x', 'c@example.com', '1', 'aNNa', 'x', '1', null, '2000-01-01', 'x')",
    "(9, 'x', 'c@example.com', '1', 'x', 'bOB', '1', null, '2000-01-01', 'x')",
    "(9, null, 'c@example.com', '1', 'Łódź', 'x', '1', 'a note of some length, with (parentheses), commas and more than 64 characters: ąęłóśżź', '2000-02-28', 'x')",
    "(9, 'bad', null, '1', 'x', 'x', null, 'short', '1999-12-31', 'x y')",
    "(9, 'x', 'c@example.com', '1', 'x', 'x', '1', 'ąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąąą', null, 'x')",
    "update people set email = 'a@example.com' where id = 2",
    "update people set ssn = '00100000001' where email = 'b@example.com'",
    "update people set ssn = '9' where id = 1",
    "delete from people where email = 'a@example.com'",
    "insert into cards values (2, '00100000009', 'x')",
    "insert into cards values (2, '00100000001', 'first (card), of many')",
    "insert into visits values (1, null)",
    "select 1; update people set email = 'a@example.com' where id = 2; select 2",
    "select nothing from people where email = 'a@example.com'",
    "select id from people where email = 'a@example.com' and nothing = 1",
    "select id from people where 'a@example.com' = email and id = 'ü'",
    "select id from people, lateral (select 'ü' as x, email) q where x = 'a@example.com' and id + 'y'::date = 1",
    "update people set email = 'x@example.com', nothing = 'y' where ssn = '1'",
    "select id, 1/0 from people where email = 'a@example.com' group by id, email having email = 'a@example.com'",
    "select id from people where email in ('a@example.com', 'b@example.com') and upper(id) = 'x'",
];

/// The server tells a row that it has stored in part; what lies there is cut off and cannot be opened.
const LEFT_OUT: &[&str] = &["update people set name = null where id = 1"];

fn sides() -> (Database, Database, Proxy) {
    let direct = Database::create(ROLES);
    direct.run(TABLES);
    let protected = Database::create(ROLES);
    protected.run(TABLES);
    let proxy = Proxy::start_protected(&protected, RULES, &["public.people", "public.cards"]);
    for port in [
        (direct.server().port(), direct.name()),
        (proxy.port(), protected.name()),
    ] {
        let mut raw = Raw::login(port.0, "owner", port.1);
        assert_eq!(
            Raw::error(&raw.query(KEY)),
            "",
            "{:?}",
            Frame::field(&raw.query(KEY)[0], 'M')
        );
    }
    (direct, protected, proxy)
}

fn text(sql: &str) -> String {
    if sql.starts_with('(') {
        format!("{ROW}{sql}")
    } else {
        sql.to_owned()
    }
}

/// Every field of the errors but the server's own source position.
fn words(frames: &[Frame]) -> Vec<Vec<(char, String)>> {
    let errors = frames.iter().filter(|frame| frame.tag == 'E');
    errors
        .map(|frame| {
            "SVCMDHPWsctdn"
                .chars()
                .filter_map(|code| Some((code, frame.field(code)?)))
                .collect()
        })
        .collect()
}

/// What Sealwire itself finds wrong has its id behind the same words, and a hint.
fn alike(direct: &[Frame], proxied: &[Frame]) -> Result<(), String> {
    let (mut direct, mut proxied) = (words(direct), words(proxied));
    let own = |words: &Vec<(char, String)>| words.iter().any(|(_, text)| text.contains(" (SW"));
    if proxied.iter().any(own) {
        for words in direct.iter_mut().chain(&mut proxied) {
            words.retain(|(code, _)| "SVCP".contains(*code));
        }
    }
    if direct == proxied && !direct.is_empty() {
        return Ok(());
    }
    Err(format!("   {direct:?}\n   {proxied:?}"))
}

#[test]
fn who_sees_the_values_reads_what_the_server_says_of_plain_tables() {
    let (direct_database, proxied_database, proxy) = sides();
    let mut different = Vec::new();
    for role in ["owner", "billing"] {
        let mut direct = Raw::login(
            direct_database.server().port(),
            role,
            direct_database.name(),
        );
        let mut proxied = Raw::login(proxy.port(), role, proxied_database.name());
        for style in ["iso, mdy", "sql, dmy"] {
            for raw in [&mut direct, &mut proxied] {
                raw.query(&format!("set datestyle = '{style}'"));
            }
            for sql in FAIL.iter().map(|sql| text(sql)) {
                if let Err(told) = alike(&direct.query(&sql), &proxied.query(&sql)) {
                    different.push(format!("{sql}\n{told}"));
                }
                if !sql.contains(';')
                    && let Err(told) = alike(&direct.extended(&sql), &proxied.extended(&sql))
                {
                    different.push(format!("extended: {sql}\n{told}"));
                }
            }
        }
        for sql in LEFT_OUT {
            let frames = proxied.query(sql);
            assert_eq!(Raw::error(&frames), "23502");
            assert_eq!(frames[0].field('D'), None);
            assert_eq!(frames[0].field('c').as_deref(), Some("name"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn parameters_come_back_as_they_were_given() {
    let (direct_database, proxied_database, proxy) = sides();
    let mut direct = Raw::login(
        direct_database.server().port(),
        "billing",
        direct_database.name(),
    );
    let mut proxied = Raw::login(proxy.port(), "billing", proxied_database.name());
    let sql = "insert into people (id, name, email, ssn, login, born) values (9, $1, $2, $3, $4, '2000-01-01')";
    for values in [
        [Some("x"), Some("a@example.com"), Some("7"), Some("l")],
        [None, Some("d@example.com"), Some("7"), Some("l")],
        [Some("bad"), None, Some("7"), Some("ł")],
        [Some("x"), None, Some("7"), Some("ANNA")],
    ] {
        let values: Vec<Option<&[u8]>> = values.iter().map(|v| v.map(str::as_bytes)).collect();
        let told = [&mut direct, &mut proxied].map(|raw| {
            raw.parse("", sql, &[]);
            raw.bind("", "", 0, &values, 0);
            raw.execute("", 0);
            raw.sync();
            words(&raw.until_ready())
        });
        assert_eq!(told[0].len(), 1);
        assert_eq!(told[0], told[1]);
    }
}

#[test]
fn who_sees_masks_reads_no_value_and_no_ciphertext() {
    let (_direct, database, proxy) = sides();
    database.run(
        "create function tell() returns trigger language plpgsql as $$ begin
             if old.id = 2 then raise exception 'phone % of %', old.phone, old.email using hint = old.phone, detail = old.ssn; end if;
             raise notice 'phone % of %', old.phone, old.email; return new; end $$;
         create trigger tell before update on people for each row execute function tell();
         create function elsewhere() returns trigger language plpgsql as $$ begin
             raise exception 'phone %', (select phone from people where id = 1); end $$;
         create trigger elsewhere before update on visits for each row execute function elsewhere();
         insert into visits values (7, 'here')",
    );
    // The proxy follows definitions made past it.
    std::thread::sleep(std::time::Duration::from_secs(4));
    let more = [
        "update people set name = 'x' where id = 1",
        "update people set name = 'x' where id = 2",
        "update visits set place = 'x'",
        "explain (analyze) update visits set place = 'x'",
    ];
    for role in ["support", "intern"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        let all = FAIL.iter().chain(LEFT_OUT).chain(&more);
        for sql in all.map(|sql| text(sql)) {
            for frame in raw
                .query(&sql)
                .iter()
                .filter(|f| matches!(f.tag, 'E' | 'N'))
            {
                let body = String::from_utf8_lossy(&frame.body).into_owned();
                for secret in ["\\xfb", "555-100", "canary", "Anna", "00100000"] {
                    // A value of the statement's own in the server's words would be one too.
                    assert!(!body.contains(secret), "{role}: {sql}\n{body}");
                }
            }
        }
    }
    // What this role sees is told; what it does not see is not.
    let mut support = Raw::login(proxy.port(), "support", database.name());
    let frames = support.query(&text(FAIL[0]));
    assert_eq!(
        frames[0].field('D').as_deref(),
        Some("Key (email)=(a@example.com) already exists.")
    );
    for at in [1, 2, 4, 6] {
        let frames = support.query(&text(FAIL[at]));
        assert_eq!(frames[0].tag, 'E');
        assert_eq!(frames[0].field('D'), None, "{}", FAIL[at]);
        assert_eq!(frames[0].field('t').as_deref(), Some("people"));
    }
    // And who sees everything reads what a routine says, with what it had opened.
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    let frames = owner.query("update people set name = 'x' where id = 2");
    let error = frames.iter().find(|frame| frame.tag == 'E').unwrap();
    assert_eq!(
        error.field('M').as_deref(),
        Some("phone 555-1002 of b@example.com")
    );
    assert_eq!(error.field('D').as_deref(), Some("00100000002"));
    assert_eq!(error.field('H').as_deref(), Some("555-1002"));
}

#[test]
fn a_value_that_was_not_sealed_is_told_so() {
    let (_direct, database, proxy) = sides();
    database.run(
        "create function spoil() returns trigger language plpgsql as $$ begin new.email = 'plain canary'::bytea; return new; end $$;
         create trigger spoil before insert on people for each row execute function spoil()",
    );
    let mut raw = Raw::login(proxy.port(), "billing", database.name());
    let frames = raw.query(&text(
        "(9, 'x', 'c@example.com', '1', 'x', 'x', '1', null, '2000-01-01', 'x')",
    ));
    assert_eq!(Raw::error(&frames), "23514");
    assert!(
        frames[0].field('H').unwrap().contains("sealed"),
        "{:?}",
        words(&frames)
    );
    assert!(frames[0].field('M').unwrap().contains("sealwire.sealed"));
}
