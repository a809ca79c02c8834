//! Placeholders in the forms of statements: described and bound as by plain tables, in text and in binary.

use crate::customers::{plain, protected};
use crate::differential::comparable;
use crate::harness::Raw;

/// Statement, declared types, values in text.
type Case<'a> = (&'a str, &'a [u32], &'a [Option<&'a [u8]>]);

const CASES: &[Case<'_>] = &[
    (
        "select id from customers where (email, visits) = (select $1, $2::int)",
        &[25],
        &[Some(b"user1@example.com"), Some(b"1")],
    ),
    (
        "select id from customers where email = any (values ($1), ('user2@example.com')) order by id",
        &[25],
        &[Some(b"user1@example.com")],
    ),
    (
        "select id from customers c where (c).email = $1 and (c).id = $2",
        &[],
        &[Some(b"user1@example.com"), Some(b"1")],
    ),
    (
        "select email from customers order by id fetch first ($1) rows only",
        &[20],
        &[Some(b"2")],
    ),
    (
        "select count(*) from customers tablesample bernoulli ($1) repeatable ($2)",
        &[],
        &[Some(b"100"), Some(b"3")],
    ),
    (
        "merge into claims k using customers c on c.id = k.id and c.email = $1 when matched then update set ssn = $2, note = $3 when not matched and c.id = $4 then insert (id, ssn) values ($4, $2)",
        &[1043, 1043, 25, 23],
        &[
            Some(b"user1@example.com"),
            Some(b"bound"),
            Some(b"n"),
            Some(b"40"),
        ],
    ),
    (
        "merge into claims k using customers c on c.id = k.id when matched and k.ssn = $1 then delete when matched then do nothing",
        &[],
        &[Some(b"00100000001")],
    ),
    (
        "select id, ssn, note from claims where ssn = $1 order by id",
        &[],
        &[Some(b"bound")],
    ),
    (
        "update contacts set mail = $1 where mail = $2 returning id, mail",
        &[],
        &[Some(b"bound@x"), Some(b"user2@example.com")],
    ),
    (
        "update contacts set (mail, ssn) = ($1, $2) where id = $3 returning *",
        &[],
        &[Some(b"both@x"), None, Some(b"3")],
    ),
    (
        "insert into star (id, ssn) values ($1, $2), ($3, $2) returning *",
        &[],
        &[Some(b"901"), Some(b"twice"), Some(b"902")],
    ),
    (
        "insert into star values ($1, $2) on conflict (id) do update set ssn = $3 returning ssn",
        &[],
        &[Some(b"901"), Some(b"a"), Some(b"b")],
    ),
    (
        "delete from contacts where mail = $1 returning id, ssn",
        &[1043],
        &[Some(b"both@x")],
    ),
    (
        "create table made as select id from customers where email = $1",
        &[25],
        &[Some(b"user5@example.com")],
    ),
    (
        "select $1 isnull, email from customers where id = 1",
        &[25],
        &[None],
    ),
];

#[test]
fn bound_alike() {
    let direct_database = plain();
    let (proxied_database, proxy) = protected();
    for database in [&direct_database, &proxied_database] {
        database.run(
            "create view contacts as select id, name, email as mail, ssn from customers;
             create view star as select * from claims;
             grant all on contacts, star to owner",
        );
    }
    let mut direct = Raw::login(
        direct_database.server().port(),
        "owner",
        direct_database.name(),
    );
    let mut proxied = Raw::login(proxy.port(), "owner", proxied_database.name());
    // The views are known from here on.
    proxied.query("select 1 from contacts, star");
    let mut different = Vec::new();
    for (sql, oids, values) in CASES {
        for format in [0, 1] {
            let mut answers = Vec::new();
            for raw in [&mut direct, &mut proxied] {
                raw.query("begin");
                raw.parse("", sql, oids);
                raw.describe('S', "");
                raw.bind("", "", 0, values, format);
                raw.describe('P', "");
                raw.execute("", 0);
                raw.sync();
                answers.push(raw.until_ready());
                raw.query(if format == 0 { "rollback" } else { "commit" });
            }
            let (x, y) = (comparable(&answers[0]), comparable(&answers[1]));
            if x != y {
                let error = Raw::error(&answers[1]);
                different.push(format!(
                    "{sql} {oids:?} {format}\n  direct:  {x:?}\n  proxied: {y:?}\n  error: {error}"
                ));
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
