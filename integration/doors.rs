//! Doors that open in several steps, or by a name that the server reads otherwise than it looks. `phone` is masked
//! only: its plaintext is on the server, and nothing but analysis keeps it there.

use crate::customers::protected;
use crate::harness::Raw;

/// What only phone numbers hold.
const SECRET: &str = "555-10";

/// Sends one message after the other in one session and gives everything that was received.
fn conversation(raw: &mut Raw, messages: &[&str]) -> String {
    let mut received = String::new();
    for message in messages {
        for frame in raw.query(message) {
            received.push(frame.tag);
            received.push(' ');
            received.push_str(&String::from_utf8_lossy(&frame.body));
            received.push('\n');
        }
    }
    received
}

const CONVERSATIONS: &[&[&str]] = &[
    // Strings that end elsewhere.
    &[
        "set standard_conforming_strings = off",
        "select '\\'' || phone from customers -- '",
    ],
    &["set standard_conforming_strings = off; select '\\'' || phone from customers -- '"],
    &[
        "select set_config('standard_conforming_strings', 'off', false)",
        "select '\\'' || phone from customers -- '",
    ],
    // Routines of one's own.
    &[
        "create function pg_temp.f() returns text language sql as 'select phone from customers where id = 1'",
        "select pg_temp.f()",
    ],
    &[
        "begin",
        "create function pg_temp.f() returns text language sql as 'select phone from customers where id = 1'",
        "select pg_temp.f()",
    ],
    &[
        "create function f() returns text language sql as 'select phone from customers where id = 1'; select f()",
    ],
    &[
        "begin",
        "create function mine.f() returns text language sql as 'select phone from customers where id = 1'",
        "create temp table t (a int, b text default mine.f())",
        "insert into t values (1) returning b",
        "select b from t",
    ],
    &[
        "begin",
        "create function mine.f(int) returns bool language plpgsql as $$ declare p text; begin select phone into p from customers where id = $1; raise exception '%', p; end $$",
        "create domain mine.d as int check (mine.f(value))",
        "select 1::mine.d",
    ],
    &[
        "begin",
        "create function mine.f(int) returns text language plpgsql as $$ declare p text; begin execute 'select phone from cust' || 'omers where id = $1' into p using $1; return p; end $$",
        "select mine.f(1)",
    ],
    &[
        "begin",
        "create function mine.f() returns trigger language plpgsql as $$ begin new.email = (select phone from customers limit 1); return new; end $$",
        "create temp table t (email text)",
        "create trigger x before insert on t for each row execute function mine.f()",
        "insert into t values ('a') returning email",
    ],
    &[
        "begin",
        "create function mine.f(int) returns text language sql as 'select phone from U&\"\\0063ustomers\" where id = $1'",
        "select mine.f(1)",
    ],
    &[
        "begin",
        "create procedure mine.p() language plpgsql as $$ declare p text; begin select phone into p from customers limit 1; raise notice '%', p; end $$",
        "call mine.p()",
    ],
    // Definitions that read by a text later.
    &[
        "create temp table t (a int, x xml default query_to_xml('select phone from customers', true, true, ''))",
        "insert into t values (1) returning x",
        "select x from t",
    ],
    &[
        "create temp view v as select query_to_xml('select phone from customers', true, true, '') as x",
        "select x from v",
    ],
    &[
        "prepare p(xml) as select $1",
        "execute p(query_to_xml('select phone from customers', true, true, ''))",
    ],
    &[
        "create view mine.v as select most_common_vals::text as x from pg_stats",
        "select x from mine.v",
    ],
    // Names that move.
    &[
        "set search_path = public, pg_temp",
        "create temp table customers (phone text)",
        "select phone || '' from customers",
    ],
    &[
        "create table mine.customers (phone text)",
        "set search_path = mine, public",
        "select phone || '' from customers",
        "begin",
        "alter schema mine rename to other",
        "select phone || '' from customers",
    ],
    &[
        "create table mine.customers (phone text)",
        "set search_path = mine, public",
        "begin",
        "drop schema mine cascade",
        "select phone || '' from customers",
    ],
    &[
        "begin",
        "create temp table customers (phone text) on commit drop",
        "select phone || '' from customers",
        "commit",
        "select phone || '' from customers",
    ],
    &[
        "begin",
        "savepoint s",
        "create temp table customers (phone text)",
        "select phone || '' from customers",
        "rollback to s",
        "select phone || '' from customers",
    ],
    &[
        "create temp table customers (phone text)",
        "discard temp",
        "select phone || '' from customers",
    ],
    &[
        "create temp table customers (phone text)",
        "drop table pg_temp.customers; select phone || '' from customers",
    ],
    &[
        "create temp table t (phone text)",
        "alter table t rename to customers",
        "select phone || '' from customers",
        "drop table customers",
        "select phone || '' from customers",
    ],
    &[
        "create temp table orders (email text)",
        "create temp view v as select email from orders",
        "select email || '' from v",
    ],
    // Cursors, prepared statements, COPY.
    &[
        "begin",
        "declare c cursor for select pg_temp.f()",
        "fetch c",
    ],
    &["prepare p as select phone from customers", "execute p"],
    &["copy (select phone || '' from customers) to stdout"],
    &["select cursor_to_xml('c', 1, true, true, '')"],
    &[
        "create temp table t as select phone || '' from customers",
        "select * from t",
    ],
    &[
        "create materialized view mine.m as select phone from customers",
        "select * from mine.m",
    ],
    // Names and orders that read otherwise than they look.
    &["select (select o from orders o limit 1) from (select phone as o from customers) x"],
    &["select (select xmin from (select 1 as a) q) from (select phone as xmin from customers) x"],
    &[
        "select (select lower from (select case when true then c.phone else lower('x') end from customers c limit 1) q) from (select 'x'::text as lower) o",
    ],
    &["select row_to_json(x.*) from (select 1 as x, phone from customers) x"],
    &[
        "create temp table t (phone text)",
        "with recursive a as (select phone from t), t as (select phone from customers) select phone || '' from a",
    ],
    &[
        "with recursive r(n, x, y) as (select 0, ''::text, ''::text union all select n + 1, (select phone from customers where id = n + 1), x from r where n < 5) select y from r",
    ],
    &["select x from customers c, coalesce(c.phone, 'a') as x"],
    &["select x from customers c cross join lateral coalesce(c.phone) as x(x)"],
    &["select v from customers c, lateral (values (c.phone || '')) q(v)"],
    &["select (select customers.phone || '' from orders limit 1) from customers"],
    &["select phone(customers) from customers"],
    &["select (customers).phone || '' from customers"],
    &["select ((select c from customers c limit 1)).phone"],
    &["select (c.*)::text from customers c"],
    &["select c::text from customers c"],
    &["select format('%s', c) from customers c"],
    &["select jsonb_agg(c) from customers c"],
    &["select unnest(array_agg(phone)) || '' from customers"],
    &["select array_to_string(array(select phone from customers), ',')"],
    &["select array_agg(phone)::text from customers"],
    &["select (array_agg(phone))[1] || '' from customers"],
    &["select x || '' from unnest(array(select phone from customers)) x"],
    &["select max(phone) from customers"],
    &["select max(phone) over () from customers"],
    &["select phone::xml from customers"],
    &["select phone::int from customers"],
    &["select 1 from customers where phone::int > 0"],
    &["select id from customers order by phone::int"],
    &["select 1 from customers limit (select phone::int from customers limit 1)"],
    &["select generate_series(1, 2), phone || '' from customers"],
    &["select greatest(phone, 'a') from customers"],
    &["select concat(phone) from customers"],
    &["select xmlforest(phone) from customers"],
    &["select phone collate \"C\" || '' from customers"],
    &["select nullif(phone, '') from customers"],
    &["select q.* from (select c as r from customers c) q"],
    &["select count(*) filter (where phone = '555-1001') from customers"],
    &["select string_agg(name, ',' order by phone) from customers"],
    &["select percentile_disc(0.5) within group (order by phone) from customers"],
    &["select name from customers group by grouping sets ((name), (phone))"],
    &["select rank() over w from customers window w as (order by phone)"],
    &[
        "select sum(1) over (order by id range between phone::int preceding and current row) from customers",
    ],
    &["select 1 from customers tablesample bernoulli ((select phone::int from customers limit 1))"],
    &[
        "insert into orders (id, email) values (9001, (select phone from customers limit 1)) returning email",
    ],
    &["insert into orders (id, email) select 9002, phone from customers limit 1 returning email"],
    &[
        "update orders set email = (select phone from customers limit 1) where id = 1 returning email",
    ],
    &[
        "update orders set (email) = row((select phone from customers limit 1)) where id = 1 returning email",
    ],
    &[
        "update orders o set email = c.phone from customers c where c.id = o.customer_id returning email",
    ],
    &[
        "with q as (select phone from customers) update orders set email = q.phone from q returning email",
    ],
    &["delete from orders using customers c where c.phone = '555-1001' returning 1"],
    &[
        "insert into orders (id) values (1) on conflict (id) do update set email = (select phone from customers limit 1) returning email",
    ],
    &[
        "merge into orders o using customers c on c.id = o.id when matched then update set email = c.phone returning email",
    ],
    &["explain (analyze, costs off) select id from customers where phone = '555-1001'"],
    &["select * from customers natural join (values ('555-1001')) v(phone)"],
    &["select phone from (values ('x')) v(phone) right join customers using (phone)"],
    &["select * from pg_stat_activity"],
    &["select pg_stat_get_backend_activity(pg_backend_pid())"],
    &["select phone operator(pg_catalog.||) '' from customers"],
    &["select 1 where exists (select from customers where phone like '555%')"],
    &["select case phone when '555-1001' then 1 end from customers"],
    &["select (phone, 1) = ('555-1001', 1) from customers"],
    &["select 1 from customers where (phone, id) in (select '555-1001', 1)"],
    &["select 1 from customers where row(phone) = row('555-1001')"],
    &["select 1 from customers where '555-1001' in (phone)"],
    &["select 1 from customers where array[phone] && array['555-1001']"],
];

#[test]
fn no_way_round_shows_what_is_masked() {
    let (database, proxy) = protected();
    let mut leaks = Vec::new();
    for login in ["intern", "support"] {
        for messages in CONVERSATIONS {
            database.run(
                "drop schema if exists other cascade; drop schema if exists mine cascade;
                 create schema mine; grant all on schema mine to intern, support;
                 alter schema mine owner to intern; grant create on schema public to intern, support",
            );
            database.run(&format!(
                "alter schema mine owner to {login}; grant create on database \"{}\" to {login}",
                database.name()
            ));
            let mut raw = Raw::login(proxy.port(), login, database.name());
            let received = conversation(&mut raw, messages);
            if received.contains(SECRET) {
                leaks.push(format!("{login}: {messages:?}\n{received}"));
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n\n"));
}

/// What a driver has prepared in the protocol, SQL can carry out by its name: unsealed arguments, unopened rows.
#[test]
fn prepared_statements_are_not_carried_out_by_sql() {
    let (database, proxy) = protected();
    for role in ["billing", "support"] {
        let mut raw = Raw::login(proxy.port(), role, database.name());
        raw.parse("Find", "select email from customers where ssn = $1", &[]);
        raw.sync();
        raw.until_ready();
        raw.parse("plain", "select id from orders where id = $1", &[]);
        raw.sync();
        raw.until_ready();
        for refused in [
            "execute \"Find\"('canary-ssn')",
            "EXECUTE/**/\"Find\"('canary-ssn')",
            "select 1; execute \"Find\"('canary-ssn')",
            "begin; execute \"Find\"('canary-ssn')",
            "rollback",
            "create temp table t as execute \"Find\"('canary-ssn')",
            "create temp table t as\nexecute \"Find\"(null) with no data",
            "explain execute \"Find\"('canary-ssn')",
            "explain analyze execute \"Find\"(null)",
            "explain (analyze, verbose) execute \"Find\"(null)",
            "execute U&\"Find\"('canary-ssn')",
        ] {
            let frames = raw.query(refused);
            if refused != "rollback" {
                assert_eq!(Raw::error(&frames), "0A000", "{role}: {refused}");
            }
            // And in the extended protocol, whatever came first.
            let frames = raw.extended(refused);
            assert!(
                refused == "rollback" || ["0A000", "42601"].contains(&Raw::error(&frames).as_str()),
                "{role}: {refused}"
            );
        }
        raw.parse("later", "execute soon('canary-ssn')", &[]);
        raw.bind("portal", "later", 0, &[], 0);
        raw.parse("soon", "select email from customers where ssn = $1", &[]);
        raw.execute("portal", 0);
        raw.sync();
        assert_eq!(Raw::error(&raw.until_ready()), "0A000", "{role}");
        // The name is taken: what the client believes it to be is not what the server has.
        raw.parse("Find", "select id from orders where id = $1", &[]);
        raw.sync();
        raw.ask("execute \"Find\"('canary-ssn')");
        assert_eq!(Raw::error(&raw.until_ready()), "42P05", "{role}");
        assert_eq!(Raw::error(&raw.until_ready()), "0A000", "{role}");
        // What has nothing to do with it goes on.
        let rows = Raw::rows(&raw.query("execute plain(3)"));
        assert_eq!(rows, [[Some("3".to_owned())]], "{role}");
        assert_eq!(Raw::error(&raw.query("execute nothing(3)")), "26000");
        // EXPLAIN of it shows what EXPLAIN of the statement itself would.
        for (explain, masked) in [
            ("explain (verbose, format json)", "42501"),
            ("explain", "42501"),
            ("EXPLAIN (costs on)", "42501"),
            ("explain (costs off)", ""),
            ("explain (costs off, format json)\n", ""),
        ] {
            let frames = raw.query(&format!("select 1; {explain} execute \"Find\"(null)"));
            let expected = if role == "billing" { "" } else { masked };
            assert_eq!(Raw::error(&frames), expected, "{role}: {explain}");
            let frames = raw.extended(&format!("{explain} execute \"Find\"(null)"));
            assert_eq!(Raw::error(&frames), expected, "{role}: {explain}");
        }
        raw.query("deallocate \"Find\"; ");
        raw.query("prepare \"Find\"(int) as select id from orders where id = $1");
        let rows = Raw::rows(&raw.query("execute \"Find\"(4)"));
        assert_eq!(rows, [[Some("4".to_owned())]], "{role}");
    }
    let log = std::fs::read_to_string(database.server().log_file()).unwrap();
    assert!(!log.contains("canary-ssn"));
}

/// A portal of the protocol is a cursor of SQL, too: what was planned for Execute has to hold for FETCH.
#[test]
fn a_portal_that_sql_fetches_from_shows_nothing() {
    let (database, proxy) = protected();
    for fetch in [
        "fetch all from p",
        "FETCH FORWARD 2 IN \"p\"",
        "move 1 in p; fetch next from p",
        "fetch p",
    ] {
        for select in [
            "select phone from customers union all select 'x'",
            "select phone from customers",
        ] {
            let mut raw = Raw::login(proxy.port(), "intern", database.name());
            raw.query("begin");
            raw.parse("", select, &[]);
            raw.bind("p", "", 0, &[], 0);
            raw.sync();
            let mut received: Vec<_> = raw.until_ready();
            received.extend(raw.query(fetch));
            let body: String = received
                .iter()
                .map(|frame| String::from_utf8_lossy(&frame.body).into_owned())
                .collect();
            assert!(!body.contains(SECRET), "{fetch}: {body}");
            assert_eq!(Raw::error(&received), "0A000", "{fetch}: {select}");
        }
    }
}

/// Nor does code in the server that reads it by name.
#[test]
fn a_portal_that_code_reads_shows_nothing() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    let mut received = raw.query(
        "create function pg_temp.g() returns int language sql as 'select 1 fetch first row only'",
    );
    assert_eq!(Raw::error(&received), "");
    received = raw.query(
        "create function pg_temp.f(c refcursor) returns text language plpgsql as $$ declare r record; begin fetch c into r; return r::text; end $$",
    );
    assert_eq!(Raw::error(&received), "42501");
    // One that was there before.
    database.run(
        "create function public.reads(c refcursor) returns text language plpgsql as $$ declare r record; begin fetch c into r; return r::text; end $$",
    );
    for portal in ["p", ""] {
        received.extend(raw.query("begin"));
        raw.parse("", "select phone from customers union all select 'x'", &[]);
        raw.bind(portal, "", 0, &[], 0);
        raw.sync();
        received.extend(raw.until_ready());
        for function in ["pg_temp.f", "reads"] {
            received.extend(raw.query("savepoint s"));
            received.extend(raw.query(&format!("select {function}('{portal}')")));
            received.extend(raw.query("rollback to s"));
        }
        received.extend(raw.query("rollback"));
    }
    let body: String = received
        .iter()
        .map(|frame| String::from_utf8_lossy(&frame.body).into_owned())
        .collect();
    assert!(!body.contains(SECRET), "{body}");
}
