//! One script on plain tables directly and on protected ones through the proxy, as full control: rows, types,
//! tags, Describe and SQLSTATE must be equal, in the simple and the extended protocol, in text and binary.

use crate::customers::{plain, protected};
use crate::harness::{Frame, Raw};

/// Statements in order; both sides see the same history. Every row order is fixed.
const SCRIPT: &[&str] = &[
    "select * from customers order by id",
    "select id, email, ssn, notes, balance, visits, birth_date, seen, code, key, score, mood, tags from customers where id < 9 order by id",
    "table orders",
    "select c.id, c.email, c.birth_date from customers c where email = 'user7@example.com'",
    "select id from customers where 'user7@example.com' = email",
    "select id from customers where email <> 'user7@example.com' and id < 12 order by id",
    "select id from customers where email in ('user3@example.com', 'user5@example.com', 'nobody') order by id",
    "select id from customers where email = any ('{user3@example.com,user9@example.com}') order by id",
    "select id from customers where email = any (array['user3@example.com', 'user9@example.com']) order by id",
    "select id from customers where email not in ('user3@example.com') and id < 6 order by id",
    "select id from customers where notes is null order by id",
    "select id from customers where visits = 7 and balance = 8.75",
    "select id from customers where visits in (1, 2, -5) order by id",
    "select id from customers where visits = 3000000000",
    "select id from customers where birth_date = '1960-02-07'",
    "select id from customers where birth_date = date '1960-02-07'",
    "select id from customers where birth_date = '1960-02-07'::date",
    "select id from customers where seen = '2020-01-01 02:14:00+01'",
    "select id from customers where code = 'c1' order by id",
    "select id from customers where code = 'c1   ' order by id",
    "select id from customers where key = 'c4ca4238a0b923820dcc509a6f75849b'",
    "select id from customers where mood = 'happy' order by id",
    "select id from customers where ssn is not distinct from '00100000001' order by id",
    "select id from customers where ssn is distinct from '00100000001' order by id",
    "select id from customers where (email, visits) = ('user7@example.com', 7)",
    "select id from customers where (ssn, visits) in (('00100000001', 1), ('00100000002', 2)) order by id",
    "select id from customers where ssn = '0010000000112345'",
    "select ssn, count(*) from customers group by ssn order by count(*), min(id)",
    "select ssn, count(*), array_agg(id order by id) from customers group by 1 having count(*) > 5 order by min(id)",
    "select count(distinct ssn), count(distinct visits), count(email), count(*) from customers",
    "select count(*) from (select distinct ssn, visits from customers) q",
    "select array_agg(email order by id) from customers where id < 5",
    "select array_agg(visits order by id), array_agg(birth_date order by id) from customers where id < 5",
    "select c.id, k.id, k.amount from customers c join claims k on k.ssn = c.ssn order by c.id, k.id",
    "select c.id, k.id from customers c join claims k using (ssn) order by 1, 2",
    "select c.id, k.id, k.amount from customers c left join claims k on k.ssn = c.ssn and k.amount is not null order by c.id, k.id",
    "select a.id, b.id from customers a join customers b on a.email = b.email order by 1",
    "select count(*) from customers full join claims using (ssn)",
    "select id, (select email from customers c where c.id = o.customer_id) from orders o order by id limit 5",
    "select id from orders o where exists (select 1 from customers c where c.id = o.customer_id and c.email = 'user3@example.com') order by id",
    "select id from claims where ssn in (select ssn from customers where visits = 3) order by id",
    "select o.id, q.email from orders o cross join lateral (select email from customers c where c.id = o.customer_id) q order by o.id limit 3",
    "with q as (select id, email as e from customers where id < 4) select e, id from q where e = 'user2@example.com'",
    "with q as (select id, email from customers), r as (select * from q where id < 4) select * from r order by id",
    "select email from customers where id = 1 union all select email from customers where id = 2",
    "select count(*) from (select ssn from customers union select ssn from claims) q",
    "select count(*) from (select ssn from customers intersect select ssn from claims) q",
    "select count(*) from (select ssn from customers except select ssn from claims) q",
    "select id, case when visits = 3 then email else 'other' end, coalesce(notes, 'nothing'), nullif(ssn, '00100000001') from customers order by id limit 9",
    "select id, case visits when 1 then 'one' when 2 then 'two' end from customers order by id limit 5",
    "select id, count(*) over (partition by ssn), row_number() over (partition by visits order by id) from customers order by id limit 6",
    "select id, lag(email) over (order by id), first_value(visits) over (order by id) from customers order by id limit 3",
    "select * from contacts order by id limit 3",
    "select mail from contacts where mail = 'user4@example.com'",
    "select * from claimants order by id, who",
    "select id, ssn from claimants where mail = 'user4@example.com' order by id",
    "insert into customers (name, email, ssn, balance, visits, birth_date, code) values ('new', 'new@example.com', '1', 1.005, 5, '2000-02-29', 'xy') returning *",
    "insert into customers (name, email) values ('second', 'second@example.com'), ('third', default), ('fourth', null) returning id, email, notes",
    "insert into customers values (1000, 'positional', 'positional@example.com') returning id, email, ssn, notes",
    "insert into customers (name, email) values ('again', 'new@example.com')",
    "insert into customers (name, email, visits) values ('again', 'new@example.com', 6) on conflict (email) do nothing",
    "insert into customers (name, email, visits) values ('again', 'new@example.com', 6) on conflict (email) do update set visits = excluded.visits, notes = 'updated' returning id, name, visits, notes",
    "insert into customers (name, email) select 'from ' || id, 'from@example.com' from orders where id = 3 returning name, email",
    "insert into claims (id, ssn) select 100 + id, ssn from customers where id < 4 returning id, ssn",
    "insert into customers (name, email) select * from unnest(('{u1,u2}')::text[], ('{u1@example.com,u2@example.com}')::varchar(40)[]) returning name, email",
    "insert into customers (name, visits) select p0::varchar, p1::integer from (values ('v1', 11, 0), ('v2', 12, 1)) as imp(p0, p1, n) order by n returning name, visits",
    "insert into customers (name, tags, mood, key) values ('arrays', '{x,NULL,\"y,z\"}', 'sad', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11') returning tags, mood, key",
    "insert into customers default values",
    "update customers set email = 'changed@example.com', notes = null, visits = visits where id = 3 returning id, email, notes, visits",
    "update customers set (email, balance) = ('changed4@example.com', 12.345) where id = 4 returning email, balance",
    "update customers c set visits = 77 from orders o where o.customer_id = c.id and o.id = 5 returning c.id, c.visits, o.total",
    "update customers set ssn = k.ssn from claims k where k.id = 2 and customers.id = 6 returning customers.ssn",
    "update customers set email = 'user1@example.com' where id = 5",
    "update customers set notes = default where id = 7 returning notes",
    "delete from claims where ssn = '00100000003' returning id",
    "delete from claims using customers c where c.ssn = claims.ssn and c.id = 8 returning claims.id",
    "with gone as (delete from claims where id = 104 returning ssn), kept as (insert into claims (id, ssn) select 105, ssn from gone returning id, ssn) select * from kept",
    "insert into customers (name, visits) values ('bad', 'x')",
    "insert into customers (name, visits) values ('bad', 3000000000)",
    "insert into customers (name, visits) values ('bad', '99999999999')",
    "insert into customers (name, ssn) values ('bad', '123456789012')",
    "insert into customers (name, birth_date) values ('bad', '2001-02-29')",
    "insert into customers (name, birth_date) values ('bad', 'not a date')",
    "insert into customers (name, balance) values ('bad', 123456789.99)",
    "insert into customers (name, key) values ('bad', 'not a uuid')",
    "insert into customers (name, mood) values ('bad', 'angry')",
    "insert into customers (name, visits) values ('bad', true)",
    "insert into customers (name, nothing) values ('bad', 1)",
    "select id from customers where email = 5",
    "select id from customers where visits = 'x'",
    "select nothing from customers",
    "select customers.nothing from customers",
    "select c.email from customers where c.id = 1",
    "select id from customers, claims",
    "select email from customers, nowhere",
    "begin",
    "update customers set visits = 1 where id = 1",
    "savepoint s",
    "insert into customers (name, visits) values ('bad', 'x')",
    "select email from customers where id = 1",
    "rollback to s",
    "select visits from customers where id = 1",
    "rollback",
    "select visits from customers where id = 1",
    "begin; update customers set email = 'multi@example.com' where id = 1; select email from customers where id = 1; commit",
    "select 1; select email from customers where id = 2; select 1/0; select 3",
    ";; select email from customers where id = 2 ;",
    "",
    "set datestyle = 'SQL, DMY'",
    "set timezone = 'America/New_York'",
    "select birth_date, seen from customers where id in (1, 2) order by id",
    "select id from customers where birth_date = '07/02/1960'",
    "set extra_float_digits = 0",
    "select score from customers where id < 8 order by id",
    "reset all",
    "truncate claims",
    "select count(*) from claims",
];

/// Only in the simple protocol: several statements, or none.
fn is_simple_only(sql: &str) -> bool {
    sql.trim_end_matches([' ', ';']).contains(';') || sql.is_empty()
}

/// What must be equal of a message: row descriptions without table oids, errors by their SQLSTATE.
pub fn comparable(frames: &[Frame]) -> Vec<String> {
    // In the extended protocol the server reads some values only at Bind or Execute; Sealwire says so at Parse.
    let failed =
        frames.iter().any(|frame| frame.tag == 'E') && frames.iter().all(|frame| frame.tag != 'C');
    frames
        .iter()
        .filter(|frame| !failed || matches!(frame.tag, 'E' | 'Z'))
        .map(|frame| match frame.tag {
            'T' => format!("T {:?}", row_description(&frame.body)),
            'E' => format!("E {}", frame.sqlstate()),
            'N' => format!("N {:?}", frame.field('M')),
            'D' => format!(
                "D {:?}",
                frame
                    .values()
                    .iter()
                    .map(|v| v.as_deref().map(String::from_utf8_lossy))
                    .collect::<Vec<_>>()
            ),
            tag => format!("{tag} {:?}", String::from_utf8_lossy(&frame.body)),
        })
        .collect()
}

/// Name, whether there is an origin, type oid, length, modifier, format.
fn row_description(body: &[u8]) -> Vec<(String, bool, u32, i16, i32, i16)> {
    let count = u16::from_be_bytes([body[0], body[1]]);
    let mut rest = &body[2..];
    (0..count)
        .map(|_| {
            let end = rest.iter().position(|byte| *byte == 0).unwrap();
            let name = String::from_utf8_lossy(&rest[..end]).into_owned();
            let field = &rest[end + 1..end + 19];
            rest = &rest[end + 19..];
            let u32_at = |at: usize| u32::from_be_bytes(field[at..at + 4].try_into().unwrap());
            let i16_at = |at: usize| i16::from_be_bytes(field[at..at + 2].try_into().unwrap());
            // An enum's oid differs between databases.
            let oid = if u32_at(6) > 16_000 { 1 } else { u32_at(6) };
            (
                name,
                u32_at(0) != 0,
                oid,
                i16_at(10),
                u32_at(12) as i32,
                i16_at(16),
            )
        })
        .collect()
}

pub fn extended(raw: &mut Raw, sql: &str, format: i16) -> Vec<Frame> {
    raw.parse("", sql, &[]);
    raw.describe('S', "");
    raw.bind("", "", 0, &[], format);
    raw.describe('P', "");
    raw.execute("", 0);
    raw.sync();
    raw.until_ready()
}

fn run(format: Option<i16>) {
    let direct_database = plain();
    let (proxied_database, proxy) = protected();
    for database in [&direct_database, &proxied_database] {
        database.run("create view contacts as select id, email as mail, ssn from customers");
        database.run(
            "create view claimants as select k.id, k.ssn, c.mail, c.id as who from claims k join contacts c on c.ssn = k.ssn",
        );
        database.run("grant all on contacts, claimants to owner");
    }
    let mut direct = Raw::login(
        direct_database.server().port(),
        "owner",
        direct_database.name(),
    );
    let mut proxied = Raw::login(proxy.port(), "owner", proxied_database.name());
    let mut different = Vec::new();
    for sql in SCRIPT {
        let (a, b) = match format {
            Some(format) if !is_simple_only(sql) => (
                extended(&mut direct, sql, format),
                extended(&mut proxied, sql, format),
            ),
            _ => (direct.query(sql), proxied.query(sql)),
        };
        let (x, y) = (comparable(&a), comparable(&b));
        if x != y {
            let error = b
                .iter()
                .find(|frame| frame.tag == 'E')
                .and_then(|frame| frame.field('M'));
            let at = x
                .iter()
                .zip(&y)
                .position(|(x, y)| x != y)
                .unwrap_or(x.len().min(y.len()));
            different.push(format!(
                "{sql}\n  direct:  {:?}\n  proxied: {:?}\n  error:   {error:?}",
                x.get(at),
                y.get(at)
            ));
        }
    }
    assert!(
        different.is_empty(),
        "{} of {} differ:\n{}\n{}",
        different.len(),
        SCRIPT.len(),
        different.join("\n"),
        proxy.log()
    );
}

#[test]
fn simple_protocol() {
    run(None);
}

#[test]
fn extended_protocol_in_text() {
    run(Some(0));
}

#[test]
fn extended_protocol_in_binary() {
    run(Some(1));
}

/// Statement, declared types, format of the values, values.
type Case<'a> = (&'a str, &'a [u32], i16, &'a [Option<&'a [u8]>]);

/// Parameters: described, bound in text and binary, at every place a value can stand.
#[test]
fn parameters() {
    let direct_database = plain();
    let (proxied_database, proxy) = protected();
    let mut direct = Raw::login(
        direct_database.server().port(),
        "owner",
        direct_database.name(),
    );
    let mut proxied = Raw::login(proxy.port(), "owner", proxied_database.name());
    let four = 4_i32.to_be_bytes();
    let days = (-14_571_i32).to_be_bytes();
    let text_array: Vec<u8> = [
        &1_i32.to_be_bytes()[..],
        &0_i32.to_be_bytes(),
        &25_i32.to_be_bytes(),
        &2_i32.to_be_bytes(),
        &1_i32.to_be_bytes(),
        &17_i32.to_be_bytes(),
        b"user3@example.com",
        &17_i32.to_be_bytes(),
        b"user9@example.com",
    ]
    .concat();
    let cases: &[Case<'_>] = &[
        (
            "select id, email from customers where email = $1",
            &[],
            0,
            &[Some(b"user4@example.com")],
        ),
        (
            "select id, email from customers where email = $1",
            &[],
            1,
            &[Some(b"user4@example.com")],
        ),
        (
            "select id, email from customers where email = $1",
            &[1043],
            1,
            &[Some(b"user4@example.com")],
        ),
        ("select id from customers where email = $1", &[], 0, &[None]),
        (
            "select id from customers where email in ($1, $2) order by id",
            &[],
            0,
            &[Some(b"user4@example.com"), Some(b"x")],
        ),
        (
            "select id from customers where email = any($1) order by id",
            &[],
            0,
            &[Some(b"{user4@example.com,NULL}")],
        ),
        (
            "select id from customers where email = any($1) order by id",
            &[1009],
            1,
            &[Some(&text_array)],
        ),
        (
            "select id from customers where visits = $1 order by id",
            &[],
            1,
            &[Some(&four)],
        ),
        (
            "select id from customers where visits = $1 order by id",
            &[],
            0,
            &[Some(b" 4 ")],
        ),
        (
            "select id from customers where visits = $1 order by id",
            &[20],
            0,
            &[Some(b"4")],
        ),
        (
            "select id from customers where visits = $1::int order by id",
            &[],
            1,
            &[Some(&four)],
        ),
        (
            "select id from customers where visits = $1",
            &[25],
            0,
            &[Some(b"4")],
        ),
        (
            "select id from customers where birth_date = $1",
            &[],
            1,
            &[Some(&days)],
        ),
        (
            "select id from customers where birth_date = $1::date",
            &[1043],
            1,
            &[Some(b"1960-02-07")],
        ),
        (
            "select id from customers where birth_date = $1",
            &[],
            0,
            &[Some(b"1960-02-30")],
        ),
        (
            "select id from customers where code = $1 order by id",
            &[1042],
            0,
            &[Some(b"c1")],
        ),
        (
            "select id from customers where balance = $1",
            &[],
            0,
            &[Some(b"5.0")],
        ),
        (
            "select id from customers where id = $2 and email = $1",
            &[],
            0,
            &[Some(b"user4@example.com"), Some(b"4")],
        ),
        (
            "select id from customers where email = $1 or name = $1 order by id",
            &[25],
            0,
            &[Some(b"user4@example.com")],
        ),
        (
            "insert into customers (name, email, visits, mood, tags) values ($1, $2, $3, $4, $5) returning id, email, visits, mood, tags",
            &[],
            0,
            &[
                Some(b"p"),
                Some(b"p@example.com"),
                Some(b"12"),
                Some(b"ok"),
                Some(b"{a,b}"),
            ],
        ),
        (
            "insert into customers (name, email) values ($1, $2)",
            &[],
            0,
            &[Some(b"p"), Some(b"p@example.com")],
        ),
        (
            "insert into customers (name, ssn) values ($1, $2)",
            &[],
            0,
            &[Some(b"p"), Some(b"123456789012")],
        ),
        (
            "insert into customers (name, visits) values ($1, $2)",
            &[],
            0,
            &[Some(b"p"), Some(b"zwei")],
        ),
        (
            "insert into customers (name, email) select u.a, u.b from unnest($1::text[], $2::varchar[]) as u(a, b) returning name, email",
            &[],
            0,
            &[Some(b"{q1,q2}"), Some(b"{q1@example.com,NULL}")],
        ),
        (
            "update customers set email = $1, visits = $2 where email = $3 returning email, visits",
            &[],
            0,
            &[Some(b"new4@example.com"), None, Some(b"user4@example.com")],
        ),
        (
            "update customers set email = $1 where email = $1 returning email",
            &[],
            0,
            &[Some(b"new4@example.com")],
        ),
        (
            "select coalesce(notes, $1), nullif(email, $2) from customers where id = 8",
            &[],
            0,
            &[Some(b"none"), Some(b"user8@example.com")],
        ),
        ("select id from customers where email = $1", &[], 0, &[]),
    ];
    let mut different = Vec::new();
    for (sql, oids, format, values) in cases {
        for results in [0, 1] {
            let mut answers = Vec::new();
            for raw in [&mut direct, &mut proxied] {
                raw.query("begin");
                raw.parse("s", sql, oids);
                raw.describe('S', "s");
                raw.bind("p", "s", *format, values, results);
                raw.describe('P', "p");
                raw.execute("p", 0);
                raw.sync();
                let frames = raw.until_ready();
                raw.query("rollback");
                raw.close('S', "s");
                raw.sync();
                raw.until_ready();
                answers.push(frames);
            }
            let (x, y) = (comparable(&answers[0]), comparable(&answers[1]));
            // Enum oids differ between databases.
            if x != y && !sql.contains("mood") {
                let error = answers[1]
                    .iter()
                    .find(|frame| frame.tag == 'E')
                    .and_then(|frame| frame.field('M'));
                different.push(format!("{sql} {oids:?} {format}\n  direct:  {x:?}\n  proxied: {y:?}\n  error: {error:?}"));
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
