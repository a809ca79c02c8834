//! Temporary tables that hide a protected name, or lie beside protected tables; what DISCARD, LOCK and SET CONSTRAINTS do;
//! the row that a cursor stands on. The same conversation on plain tables directly and on protected ones through the proxy.

use crate::customers::{plain, protected};
use crate::differential::comparable;
use crate::harness::{Database, Proxy, Raw};

/// Of a role that may not define the protected table.
#[test]
fn who_may_not_define_a_table_may_define_others_of_its_name() {
    let (database, proxy) = protected();
    database.run("create schema mine; grant all on schema mine to support; create table mine.customers (email text); alter table mine.customers owner to support");
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    for (sql, error) in [
        ("create temp table customers (id int, email text)", ""),
        ("insert into customers values (1, 'plain@x')", ""),
        ("drop table customers", ""),
        ("create temp table if not exists customers (id int)", ""),
        ("drop table if exists pg_temp.customers", ""),
        ("drop table mine.customers", ""),
        ("create temp table customers as select 1 as id", ""),
        ("drop table customers", ""),
        // Not certain, or the protected one.
        ("drop table customers", "42501"),
        ("drop table public.customers", "42501"),
        ("drop table if exists mine.nothing, customers", "42501"),
        ("drop table mine.customers", "42501"),
        ("create temp table customers (like customers)", "42501"),
        (
            "alter schema public rename to other; drop table mine.customers",
            "42501",
        ),
    ] {
        let found = Raw::error(&raw.query(sql));
        let refused = !error.is_empty() && found == "0A000";
        assert!(found == error || refused, "{sql}: {found}");
    }
    // The protected table is still there, and so is what was not allowed to change.
    assert_eq!(
        database.value("select count(*) > 0 from public.customers"),
        "t"
    );
}

/// Each is one session of its own; answered alike.
const ALIKE: &[&[&str]] = &[
    // Hidden by a temporary table, and seen again.
    &[
        "create temp table customers (id int, email text, phone text)",
        "insert into customers values (1, 'plain@x', '1'), (2, 'plain2@x', '2')",
        "select id, email, phone from customers order by id",
        "select * from customers order by id",
        "select count(*) from customers where email = 'plain@x'",
        "select email || phone from customers where id = 1",
        "update customers set email = 'other@x', phone = upper(email) where id = 2 returning id, email, phone",
        "insert into customers (id, email) values (3, 'third@x') returning *",
        "delete from customers where email = 'plain@x' returning phone",
        "select id, email from public.customers where email = 'user2@example.com'",
        "select id, email from pg_temp.customers order by id",
        "truncate customers",
        "select count(*) from customers",
        "drop table customers",
        "select id, email from customers where email = 'user2@example.com'",
    ],
    &[
        "select 1 as id, 'plain@x'::text as email into temp customers",
        "select id, email from customers",
        "insert into customers select id, name from public.customers where id = 2",
        "select id, upper(email) from customers order by id",
        "drop table customers",
        "select id, email from customers where id = 2",
    ],
    &[
        "begin",
        "select id as who, name into temporary table work from customers where id < 4",
        "insert into work select id, name from customers where id = 5",
        "select c.email, w.name from work w join customers c on c.id = w.who order by 2",
        "rollback",
        "select email from customers where id = 3",
    ],
    &[
        "create temp table customers (email text)",
        "discard temp",
        "select id, email from customers where id = 2",
    ],
    &[
        "create temp table customers (email text)",
        "discard all",
        "select id, email from customers where id = 2",
    ],
    &[
        "begin",
        "create temp table customers (email text) on commit drop",
        "insert into customers values ('x')",
        "select email from customers",
        "commit",
        "select email from customers where id = 3",
    ],
    &[
        "begin",
        "savepoint s",
        "create temp table customers (email text)",
        "select email from customers",
        "rollback to s",
        "select email from customers where id = 3",
        "commit",
    ],
    &[
        "create temp table customers (email text)",
        "set search_path = public, pg_temp",
        "select email from customers where id = 3",
        "reset search_path",
        "select email from customers",
    ],
    // Beside protected tables.
    &[
        "create temp table picks (id int primary key, mail text, n int default 7)",
        "insert into picks (id, mail) values (1, 'a'), (2, 'b') returning id, n",
        "insert into picks (id, mail) select id, name from customers where email = 'user3@example.com' returning id",
        "insert into picks (id, mail) values (1, 'again') on conflict (id) do update set mail = excluded.mail, n = picks.n + 1 where picks.n > 0 returning id, mail, n",
        "insert into picks (id) values (1) on conflict do nothing",
        "select c.id, c.email, p.mail from customers c join picks p on p.id = c.id order by c.id",
        "select email from customers where id in (select id from picks) order by id",
        "with p as (select id as pid from picks) select c.ssn, p.pid from customers c, p where c.id = p.pid order by 2",
        "update picks set n = n + 1 from customers c where c.id = picks.id and c.email = 'user2@example.com' returning picks.id, c.email",
        "update picks p set (mail, n) = (select name, id from customers where id = p.id) where p.id = 3 returning p.mail, p.n",
        "delete from picks using customers c where c.id = picks.id and c.email = 'user2@example.com' returning picks.id",
        "update customers set notes = 'picked' from picks p where p.id = customers.id returning customers.id, customers.notes",
        "delete from claims using picks p where p.id = claims.id returning claims.ssn",
        "select id, mail, n from picks order by id",
    ],
    // What carries no data.
    &[
        "lock table customers in share row exclusive mode",
        "begin",
        "lock table customers in share row exclusive mode nowait",
        "lock only customers, orders in access share mode",
        "select email from customers where id = 1",
        "commit",
    ],
    &[
        "set constraints all deferred",
        "begin",
        "set constraints all immediate",
        "insert into customers (id, name, email) values (900, 'x', 'user1@example.com')",
        "rollback",
    ],
    &[
        "select email from customers where id = 1",
        "discard plans",
        "select email from customers where id = 1",
        "discard sequences",
        "select email from customers where id = 1",
        "begin",
        "discard all",
        "rollback",
        "discard all",
        "select email from customers where id = 1",
    ],
    &[
        "truncate claims",
        "select count(*) from claims",
        "truncate table customers, claims restart identity cascade",
        "insert into customers (name, email) values ('first', 'first@example.com') returning id, email",
    ],
    &[
        "truncate nowhere, customers",
        "truncate customers; select count(*) from customers",
    ],
];

fn different(direct: (&Database, &str), proxied: (&Database, &Proxy), role: &str) -> Vec<String> {
    let mut different = Vec::new();
    for messages in ALIKE {
        let mut plain = Raw::login(direct.0.server().port(), role, direct.1);
        let mut sealed = Raw::login(proxied.1.port(), role, proxied.0.name());
        for raw in [&mut plain, &mut sealed] {
            raw.run("set client_min_messages = warning");
        }
        for message in *messages {
            let (x, y) = (plain.query(message), sealed.query(message));
            let said = y.iter().find_map(|frame| frame.field('M'));
            let (x, y) = (comparable(&x), comparable(&y));
            if x != y {
                different.push(format!(
                    "{role}: {message}\n  direct:  {x:?}\n  proxied: {y:?} {said:?}"
                ));
            }
        }
    }
    different
}

#[test]
fn sessions_go_on_alike() {
    let direct = plain();
    let (database, proxy) = protected();
    for one in [&direct, &database] {
        one.run(
            "alter table customers owner to owner; alter table claims owner to owner;
             grant truncate on customers, claims to owner;
             alter table cities owner to owner",
        );
    }
    let found = different((&direct, direct.name()), (&database, &proxy), "owner");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// UPDATE and DELETE of the row that a portal stands on.
#[test]
fn the_row_that_a_cursor_stands_on() {
    let direct = plain();
    let (database, proxy) = protected();
    for one in [&direct, &database] {
        one.run("create table plain_rows as select i as id, 'row ' || i as name from generate_series(1, 5) i; grant all on plain_rows to owner");
    }
    let mut answers = Vec::new();
    for (port, name) in [
        (direct.server().port(), direct.name()),
        (proxy.port(), database.name()),
    ] {
        let mut raw = Raw::login(port, "owner", name);
        let mut answer = Vec::new();
        raw.query("begin");
        raw.parse(
            "",
            "select id, email from customers where id < 5 order by id for update",
            &[],
        );
        raw.bind("cur", "", 0, &[], 0);
        raw.execute("cur", 2);
        raw.sync();
        answer.extend(comparable(&raw.until_ready()));
        for sql in [
            "update customers set email = 'moved@example.com' where current of cur returning id, email",
            "update customers c set notes = 'here' where current of cur returning c.notes",
        ] {
            answer.extend(comparable(&raw.query(sql)));
            raw.parse("", sql, &[]);
            raw.bind("", "", 0, &[], 1);
            raw.execute("", 0);
            raw.sync();
            answer.extend(comparable(&raw.until_ready()));
        }
        raw.execute("cur", 1);
        raw.sync();
        answer.extend(comparable(&raw.until_ready()));
        answer.extend(comparable(&raw.query(
            "delete from customers where current of cur returning id, email, notes",
        )));
        answer.extend(comparable(&raw.query("savepoint s")));
        answer.extend(comparable(
            &raw.query("update plain_rows set name = 'x' where current of cur"),
        ));
        answer.extend(comparable(&raw.query("rollback to s")));
        answer.extend(comparable(
            &raw.query("update customers set email = 'x' where current of nothing"),
        ));
        answer.extend(comparable(&raw.query("rollback")));
        answers.push(answer);
    }
    assert_eq!(answers[0], answers[1]);
    // The rights of the statement hold, whatever row it is.
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    raw.query("begin");
    raw.parse("", "select id from customers for update", &[]);
    raw.bind("cur", "", 0, &[], 0);
    raw.execute("cur", 1);
    raw.sync();
    raw.until_ready();
    raw.query("savepoint s");
    for refused in [
        "delete from customers where current of cur",
        "update customers set phone = 'x' where current of cur",
        "update customers set name = phone where current of cur returning name",
    ] {
        let frames = raw.query(refused);
        assert!(
            ["42501", "0A000"].contains(&Raw::error(&frames).as_str()),
            "{refused}: {frames:?}"
        );
        raw.query("rollback to s");
    }
    let frames =
        raw.query("update customers set notes = 'mine' where current of cur returning notes");
    assert_eq!(Raw::error(&frames), "");
    assert_eq!(Raw::rows(&frames), [[None]]);
}

/// A temporary view reads what is underneath: it is no table of the session's own.
#[test]
fn temporary_views_do_not_answer_wrongly() {
    let (database, proxy) = protected();
    for role in ["owner", "billing", "intern"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        for create in [
            "create temp view seen as select id, email, phone from customers",
            "create or replace temporary view seen as table customers",
            "create temp view seen as select id, mail as email from hidden",
        ] {
            raw.query(create);
            for sql in [
                "select count(*) from seen where email = 'user1@example.com'",
                "update seen set email = 'canary@x' where email = 'user1@example.com' returning 1",
                "delete from seen where email = 'user1@example.com' returning 1",
            ] {
                let frames = raw.query(sql);
                let rows = Raw::rows(&frames);
                let right = !Raw::error(&frames).is_empty()
                    || rows
                        .first()
                        .is_some_and(|row| row[0].as_deref() == Some("1"));
                assert!(right, "{role}: {create}: {sql}: {frames:?}");
            }
            raw.query("drop view seen");
        }
    }
}
