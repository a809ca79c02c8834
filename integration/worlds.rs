//! Two databases that differ in what one masked-only column holds, and in nothing else: whatever a role that sees masks
//! does, by whatever name or object of its own or of others, it must receive the same from both.

use crate::customers::{RULES, plain};
use crate::harness::{Database, Frame, Proxy, Raw};

/// What a DBA may have made: routines that read the column, and what carries them out without naming them.
const MADE: &str = r#"
create schema mine; grant all on schema mine to intern, support;
grant create on schema public to intern, support;
create function get_phone(int) returns text language sql stable as 'select phone from customers where id = $1';
create function get_phones(int, text) returns text language sql stable as 'select coalesce($2, '''') || phone from customers where id = $1';
create function is_phone(text) returns bool language sql stable as 'select exists (select from customers where phone = $1)';
create function grown(text, int) returns text language sql stable as 'select coalesce($1, '''') || get_phone($2)';
create function phone_event() returns event_trigger language plpgsql as 'begin raise notice ''%'', get_phone(1); end';
create function phone_trigger() returns trigger language plpgsql as 'begin new.email = get_phone(1); return new; end';
create operator ### (function = get_phone, rightarg = int);
create domain known_phone as text check (is_phone(value));
create domain over_known as known_phone;
create type pair as (a int);
create function of_pair(pair) returns text language sql as 'select get_phone(($1).a)';
create cast (pair as text) with function of_pair(pair);
create aggregate phones (int) (sfunc = grown, stype = text);
create view by_phone as select id, name from customers where phone like '888%';
create view over_it as select count(*) from by_phone;
create materialized view kept as select id, phone from customers;
create view contacts as select id, name, phone from customers;
create table noted (id int, phone text);
grant all on all tables in schema public to intern, support;
"#;

fn worlds() -> [(Database, Proxy); 2] {
    ["555", "888"].map(|prefix| {
        let database = plain();
        database.run(&format!(
            "update customers set phone = replace(phone, '555', '{prefix}')"
        ));
        database.run(MADE);
        let proxy =
            Proxy::start_protected(&database, RULES, &["public.customers", "public.claims"]);
        (database, proxy)
    })
}

/// What is made anew before a conversation that has to do with it.
const CHANGED: &[&str] = &[
    "mine",
    "noted",
    "event trigger",
    "create view",
    "create publication",
];

/// Conversations, each in a session of its own.
const CONVERSATIONS: &[&[&str]] = &[
    // Routines that are there already, called by something that does not say their name.
    &[
        "create operator mine.### (function = get_phone, rightarg = int)",
        "select operator(mine.###) 1",
    ],
    &[
        "create operator mine.### (procedure = public.get_phone, rightarg = int)",
        "set search_path = mine, public",
        "select ### 1",
    ],
    &[
        "create aggregate mine.phones (int) (sfunc = grown, stype = text)",
        "select mine.phones(id) from orders where id < 3",
    ],
    &[
        "create aggregate mine.phones (sfunc = public.\"grown\", basetype = int, stype = text)",
        "select mine.phones(id) from orders",
    ],
    &[
        "create domain mine.d as text check (is_phone(value))",
        "select '888-1001'::mine.d",
        "select '555-1001'::mine.d",
    ],
    &[
        "create type mine.pair as (a int)",
        "create cast (mine.pair as text) with function get_phone(int)",
        "select row(1)::mine.pair::text",
    ],
    &[
        "create temp table t (a int, b text default get_phone(1))",
        "insert into t (a) values (1) returning b",
    ],
    &[
        "create temp table t (a text check (is_phone(a)))",
        "insert into t values ('888-1001')",
        "insert into t values ('555-1001')",
    ],
    &[
        "create temp table t (a text)",
        "alter table t add check (is_phone(a))",
        "insert into t values ('888-1001')",
    ],
    &[
        "create temp table t (a int)",
        "alter table t add column b text default get_phone(1)",
        "table t",
    ],
    &[
        "create temp table t (a int)",
        "alter table t alter a set default length(get_phone(1))",
        "insert into t default values returning a",
    ],
    &[
        "create temp table t (a int, b text generated always as (get_phone(a)) stored)",
        "insert into t values (1) returning *",
    ],
    &[
        "create temp table t (a int)",
        "create index on t ((get_phone(a)))",
        "insert into t values (1)",
        "explain (costs off) select from t order by get_phone(a)",
    ],
    &[
        "create temp table t (email text)",
        "create trigger x before insert on t for each row execute function phone_trigger()",
        "insert into t values ('a') returning email",
    ],
    &[
        "create event trigger x on ddl_command_start execute function phone_event()",
        "create temp table t (a int)",
    ],
    &[
        "create temp table t (a int)",
        "alter table t enable row level security",
        "create policy p on t using (is_phone('888-1001'))",
        "table t",
    ],
    &[
        "create rule r as on insert to noted do also select get_phone(1)",
        "insert into noted values (1)",
    ],
    &[
        "create view mine.v as select get_phone(1) as p",
        "table mine.v",
    ],
    &[
        "create temp view v as select id, get_phone(id) || '' as p from orders",
        "select p from v limit 1",
    ],
    &[
        "create materialized view mine.v as select get_phone(1) as p",
        "table mine.v",
    ],
    &[
        "create function mine.f(a int default length(get_phone(1))) returns int language sql as 'select $1'",
        "select mine.f()",
    ],
    &[
        "create function mine.f() returns text language sql begin atomic select get_phone(1); end",
        "select mine.f()",
    ],
    &[
        "create function mine.f() returns text language sql return get_phone(1)",
        "select mine.f()",
    ],
    &[
        "create function mine.f(text) returns text language plpgsql as $$ declare p text; begin execute 'select ' || $1 into p; return p; end $$",
        "select mine.f('get_phone(1)')",
    ],
    &[
        "create collation mine.c from \"C\"",
        "select get_phone(1) collate mine.c",
    ],
    &[
        "create statistics mine.s on (get_phone(id)), id from orders",
        "analyze orders",
    ],
    &["create publication p for table customers where (is_phone(name))"],
    &["create or replace function get_phone(int) returns text language sql as 'select 1::text'"],
    &[
        "alter function get_phone(int) set search_path = pg_temp",
        "select get_phone(1)",
    ],
    &[
        "alter function get_phone(int) rename to other",
        "select other(1)",
    ],
    &[
        "alter function get_phone(int) set schema mine",
        "select mine.get_phone(1)",
    ],
    &[
        "select x from public.get_phone(1) as x",
        "select (get_phone)(1)",
    ],
    &["select get_phone(1)"],
    &["select \"get_phone\"(1) || ''"],
    &["select * from orders, lateral get_phone(id) p limit 1"],
    &["select 1 order by get_phone(1)"],
    &["values (get_phone(1))"],
    &["call get_phone(1)"],
    &["execute p", "prepare p as select get_phone(1)", "execute p"],
    &[
        "begin",
        "declare c cursor for select get_phone(1)",
        "fetch c",
    ],
    &["copy (select get_phone(1)) to stdout"],
    &["create temp table t as select get_phone(1) as p", "table t"],
    &["update orders set email = get_phone(1) where id = 1 returning email"],
    &["delete from orders where is_phone('888-1001') returning id"],
    &["insert into noted values (1, get_phone(1)) on conflict do nothing returning phone"],
    &[
        "merge into noted using orders on is_phone('888-1001') when not matched then insert values (1, 'x')",
    ],
    &[
        "alter role current_user set search_path = mine",
        "alter role current_user reset search_path",
    ],
    &["select phone(c) from contacts c"],
    // What carries them out without their name.
    &["select ### 1"],
    &["select operator(public.###) id from orders where id = 1"],
    &["select 1 order by ### 1"],
    &["prepare p as select ### 1", "execute p"],
    &["create temp view v as select ### 1 as p", "select p from v"],
    &[
        "create function mine.f() returns text language sql as 'select ### 1'",
        "select mine.f()",
    ],
    &["select '888-1001'::known_phone"],
    &["select cast('888-1001' as public.known_phone)"],
    &["select known_phone '888-1001'"],
    &["select known_phone('888-1001')"],
    &["select ('{888-1001}'::known_phone[])[1]"],
    &["select '888-1001'::over_known"],
    &["select * from json_to_record('{\"a\": \"888-1001\"}') as x(a known_phone)"],
    &["select * from json_to_record('{\"a\": \"888-1001\"}') as x(b int, a public.known_phone)"],
    &["select * from xmltable('/a' passing '<a>888-1001</a>' columns a known_phone path '.')"],
    &[
        "create temp table t (a known_phone)",
        "insert into t values ('888-1001')",
    ],
    &[
        "create domain mine.d as known_phone",
        "select '888-1001'::mine.d",
    ],
    &[
        "create type mine.t as (a known_phone)",
        "select row('888-1001')::mine.t",
    ],
    &["select row(1)::pair::text"],
    &["select cast(row(1)::pair as text)"],
    &["select phones(id) from orders where id < 3"],
    &["select phones(id) over () from orders where id < 3"],
    // Views and kept rows of others.
    &["table by_phone"],
    &["select count(*) from by_phone"],
    &["table over_it"],
    &["explain (costs off) table by_phone"],
    &["explain table over_it"],
    &["table kept"],
    &["select phone || '' from kept"],
    &["select phone from contacts where phone like '888%'"],
    &["select phone || '' from contacts"],
    &[
        "create temp view v as select phone from contacts",
        "select * from v where phone = '888-1001'",
    ],
    &[
        "create view mine.v as select id from contacts where phone = '888-1001'",
        "table mine.v",
    ],
    &[
        "create view mine.v with (security_barrier) as select phone from customers",
        "select phone || '' from mine.v",
    ],
    &[
        "create recursive view mine.v (n) as select phone from customers",
        "select n || '' from mine.v",
    ],
    &["update contacts set name = phone where id = 1 returning name"],
    &["delete from contacts where phone = '888-1001'"],
    &["select pg_get_viewdef('by_phone'::regclass)"],
    // What the server keeps of values.
    &[
        "analyze customers",
        "select * from pg_stats where tablename = 'customers'",
    ],
    &["select reltuples, relpages from pg_class where relname = 'customers'"],
    &[
        "create statistics mine.s (mcv) on phone, name from customers",
        "analyze customers",
        "select * from pg_stats_ext",
    ],
    &[
        "create index mine_i on customers (phone)",
        "select * from pg_indexes where indexname = 'mine_i'",
    ],
    &["select pg_relation_size('customers')"],
    &["select n_distinct from pg_stats"],
    &[
        "select hashtext(phone) from customers",
        "select satisfies_hash_partition('customers'::regclass, 2, 0, phone) from customers",
    ],
    &["create table mine.p (like customers) partition by list (phone)"],
    &["create table mine.p partition of customers for values in ('888-1001')"],
    &["alter table mine.p attach partition customers for values in ('888-1001')"],
    &[
        "create table mine.c () inherits (customers)",
        "select phone || '' from mine.c",
        "alter table customers inherit mine.c",
    ],
    &["create foreign table mine.f (phone text) server nowhere"],
    &["create table mine.r (phone text references customers (phone))"],
    &["create unique index on customers (phone)"],
    &["alter table customers add exclude using btree (phone with =)"],
    &[
        "alter table customers add check (phone like '5%') not valid",
        "alter table customers validate constraint customers_phone_check",
    ],
    &["alter table customers alter phone type int using length(phone)"],
    &[
        "alter table customers rename phone to mobile",
        "select mobile || '' from customers",
    ],
    &["alter table customers alter phone set statistics 1000"],
    &[
        "alter table customers enable row level security",
        "create policy p on customers using (phone like '888%')",
        "select count(*) from customers",
    ],
    &[
        "cluster customers using customers_pkey",
        "reindex table customers",
        "vacuum customers",
    ],
    &[
        "comment on column customers.phone is 'x'",
        "security label on column customers.phone is 'x'",
    ],
    &[
        "grant select on customers to public",
        "revoke select on customers from support",
    ],
    &["lock table customers in access exclusive mode nowait"],
    &["select pg_advisory_lock(length(phone)) from customers"],
    &[
        "select count(pg_try_advisory_lock(('x' || substr(phone, 1, 3))::bit(24)::int)) from customers",
    ],
    &["select * from pg_locks where locktype = 'advisory'"],
    // Channels.
    &[
        "listen a",
        "select pg_notify('a', phone) from customers",
        "select 1",
    ],
    &[
        "select set_config('my.x', phone, false) from customers",
        "show my.x",
    ],
    &[
        "select lo_from_bytea(0, phone::bytea) from customers limit 1",
        "select lo_get(oid) from pg_largeobject_metadata",
    ],
    &[
        "begin",
        "select lowrite(lo_open(lo_creat(-1), 131072), phone::bytea) from customers",
    ],
    &[
        "create sequence mine.s",
        "select setval('mine.s', length(phone)) from customers",
        "select last_value from mine.s",
    ],
    &[
        "select nextval('customers_id_seq')",
        "select setseed(length(phone) / 10.0) from customers",
        "select random() < 2",
    ],
    &[
        "create temp table t (n int)",
        "insert into t select 1 from customers where phone like '888%'",
        "select count(*) from t",
    ],
    &[
        "create temp table t (n int)",
        "insert into t select id from by_phone",
        "select count(*) from t",
    ],
    &[
        "with x as (insert into orders (id) select 9000 + id from customers where phone like '888%' returning 1) select count(*) from x",
    ],
    &[
        "begin",
        "insert into orders (id) select 9000 + id from by_phone",
        "select count(*) from orders",
        "rollback",
    ],
    &[
        "update orders set total = 1 from customers c where c.phone like '888%' and c.id = orders.customer_id",
    ],
    &["update orders set total = (select length(phone) from customers limit 1)"],
    &["delete from orders using by_phone b where b.id = orders.customer_id"],
    &["select xmin, xmax, cmin from by_phone"],
    &["select txid_current_if_assigned() is null from by_phone"],
    &[
        "savepoint a",
        "begin",
        "select 1/0 from by_phone",
        "rollback",
    ],
    // Names.
    &[
        "create table mine.customers as select 1 as id, 'x' as phone",
        "set search_path = mine",
        "select phone || '' from customers",
        "select phone || '' from public.customers",
    ],
    &[
        "create temp table pg_stats (most_common_vals text)",
        "select most_common_vals from pg_stats",
        "select most_common_vals from pg_catalog.pg_stats",
    ],
    &[
        "create function mine.lower(text) returns text language sql as 'select $1'",
        "set search_path = mine, pg_catalog, public",
        "select lower(phone) from customers",
    ],
    &[
        "create function mine.count(text) returns text language sql as 'select $1'",
        "set search_path = mine, pg_catalog, public",
        "select count(phone) from customers",
    ],
    &[
        "create operator mine.= (function = pg_catalog.texteq, leftarg = text, rightarg = text)",
        "set search_path = mine, pg_catalog, public",
        "select id from customers where phone = '888-1001'",
    ],
    &[
        "create function mine.noticed(text) returns bool language plpgsql as $$ begin raise notice '%', $1; return true; end $$",
        "select id from customers where mine.noticed(phone)",
        "select mine.noticed(phone) from customers",
        "select id from customers where mine.noticed(phone) is null",
    ],
    &[
        "create function mine.seen(customers) returns text language sql as $$ select $1.phone $$",
        "select mine.seen(c) from customers c",
        "select c.seen from customers c",
    ],
    &[
        "create function mine.any(anyelement) returns text language sql as $$ select $1::text $$",
        "select mine.any(c) from customers c",
        "select mine.any(phone) from customers",
    ],
    &[
        "create function mine.of() returns setof customers language sql as $$ select * from customers $$",
        "select phone from mine.of()",
    ],
    &[
        "create type mine.t as enum ('a')",
        "create function mine.cast(text) returns mine.t language sql as $$ select 'a'::mine.t $$",
        "create cast (text as mine.t) with function mine.cast(text) as implicit",
        "select phone::mine.t from customers",
    ],
    &[
        "create cast (customers as text) with inout as implicit",
        "select length(c) from customers c",
    ],
    &[
        "create domain mine.d as text check (value not like '888%')",
        "select phone::mine.d from customers",
        "insert into noted select id, phone::mine.d from customers",
    ],
    &[
        "alter table noted alter phone type mine.d",
        "insert into noted (phone) select phone from customers",
    ],
    &[
        "create temp table t (phone text check (phone not like '888%'))",
        "insert into t select phone from customers",
    ],
    &[
        "create temp table t (phone text unique)",
        "insert into t values ('888-1001')",
        "insert into t select phone from customers",
    ],
    &["select * from customers natural join noted"],
    &["select c.id from customers c join noted n using (phone)"],
    &["select id from customers intersect select id from customers where phone like '888%'"],
    &["select phone from customers except select '888-1001'"],
    &["select count(*) from (select distinct phone from customers) q"],
    &[
        "select count(*) from (select from customers limit (select length(phone) from customers limit 1)) q",
    ],
    &["select percentile_disc(0.5) within group (order by phone) from customers"],
    &["select id from customers order by phone = '888-1001', id"],
    &[
        "select id from customers order by id fetch first (select 1 from by_phone limit 1) rows only",
    ],
    &["select id from customers where id in (select id from by_phone)"],
    &["select grouping(phone), count(*) from customers group by rollup (phone)"],
    &["select ntile(2) over (order by phone), id from customers"],
    &["select lag(id) over (partition by phone order by id) from customers"],
    &["select bool_or(phone like '888%') from customers"],
    &["select json_object_agg(id, phone) from customers"],
    &["select jsonb_object_agg(phone, id) from customers"],
    &["select xmlagg(xmlelement(name x, phone)) from customers"],
    &["select xmlforest(phone), xmlelement(name x, xmlattributes(phone)) from customers"],
    &[
        "select * from xmltable('/a' passing (select xmlforest(phone) from customers limit 1) columns x text path '.')",
    ],
    &["select * from jsonb_to_recordset((select jsonb_agg(c) from customers c)) as x(phone text)"],
    &[
        "select * from json_table(jsonb '{}', '$' columns (a text path '$.a' default (select phone from customers limit 1) on empty))",
    ],
    &["select ts_headline(phone, 'x') from customers"],
    &["select regexp_replace(phone, '.*', '\\&') from customers"],
    &[
        "select (phone, id) from customers",
        "select row(c.*) from customers c",
        "select array[phone] from customers",
    ],
    &[
        "select (array_agg(phone order by id))[1:2] from customers",
        "select array_agg(phone) = array['888-1001'] from customers",
    ],
    &[
        "select phone is distinct from '888-1001' from customers",
        "select phone between '8' and '9' from customers",
    ],
    &[
        "select phone is document from customers",
        "select (phone is null) from customers limit 1",
    ],
    &[
        "select overlay(phone placing 'x' from 1) from customers",
        "select position('8' in phone) from customers",
    ],
    &[
        "select id from customers c where c = row(1)",
        "select id from customers c where c::text like '%888%'",
    ],
    &[
        "select (select phone) from customers",
        "select (values (phone)) from customers",
        "select exists (select phone || '') from customers limit 1",
    ],
    &[
        "select t.phone || '' from customers as t(id, name, email, ssn, phone)",
        "select t.a from customers as t(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)",
    ],
    &[
        "select max(ctid) from customers where phone like '888%'",
        "select tableoid from customers where phone = '888-1001'",
    ],
    &[
        "update customers set phone = phone where id = 1 returning phone",
        "update customers set phone = '888-1001' where id = 1",
    ],
    &["update customers set (name, phone) = (phone, name) where id = 1 returning name"],
    &["insert into customers (name) select phone from customers returning name"],
    &[
        "insert into customers select * from customers on conflict (id) do update set name = excluded.phone returning name",
    ],
    &[
        "insert into customers (id, name) values (1, 'x') on conflict (id) do update set name = customers.phone returning name",
    ],
    &[
        "insert into customers (id, name) values (1, 'x') on conflict (id) do update set name = 'y' where customers.phone like '888%'",
    ],
    &["delete from customers where id = 1 returning phone || ''"],
    &[
        "copy customers (phone) to stdout",
        "copy (select phone || '' from customers) to stdout",
        "copy (delete from customers returning phone) to stdout",
    ],
    &["copy (update customers set name = phone returning name) to stdout"],
    &[
        "copy customers to program 'cat'",
        "copy customers to '/tmp/x'",
    ],
];

/// What is received, without what differs between two databases anyway: numbers of objects.
fn received(frames: &[Frame]) -> Vec<String> {
    frames
        .iter()
        .map(|frame| match frame.tag {
            'E' | 'N' => format!(
                "{} {} {:?} {:?} {:?}",
                frame.tag,
                frame.sqlstate(),
                frame.field('M'),
                frame.field('D'),
                frame.field('H')
            ),
            // Columns by name.
            'T' => {
                let names = frame.body[2..].split(|byte| *byte == 0);
                format!("T {}", names.count())
            }
            // Process numbers.
            'A' => String::from_utf8_lossy(&frame.body[4..]).into_owned(),
            tag => format!("{tag} {:?}", String::from_utf8_lossy(&frame.body)),
        })
        .collect()
}

#[test]
fn what_is_masked_makes_no_difference() {
    let [one, other] = worlds();
    // The proxy follows definitions made past it.
    std::thread::sleep(std::time::Duration::from_secs(4));
    let clean = "drop event trigger if exists x; drop schema mine cascade; create schema mine; grant all on schema mine to intern, support;
        delete from noted; alter table noted alter phone type text";
    let mut different = Vec::new();
    let play =
        |(database, proxy): &(Database, Proxy), login: &str, messages: &[&str], extended: bool| {
            if messages
                .iter()
                .any(|message| CHANGED.iter().any(|name| message.contains(name)))
            {
                database.run(clean);
            }
            let mut raw = Raw::login(proxy.port(), login, database.name());
            let mut told = Vec::new();
            for message in messages {
                told.extend(received(&if extended {
                    raw.extended(message)
                } else {
                    raw.query(message)
                }));
            }
            told
        };
    for (login, extended) in [("intern", false), ("intern", true), ("support", false)] {
        for messages in CONVERSATIONS {
            let mut told = [Vec::new(), Vec::new()];
            // None of it leaves the role where it finds nothing.
            let path = one.0.value(&format!(
                "select count(*) from pg_roles where rolname = '{login}' and rolconfig is not null"
            ));
            assert_eq!(path, "0", "{messages:?}");
            // The catalog may be read anew at another moment in the one world than in the other.
            for _ in 0..3 {
                told = [&one, &other].map(|world| play(world, login, messages, extended));
                if told[0] == told[1] {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_secs(2));
            }
            let said = messages.iter().any(|message| message.contains("555-10"));
            let shows = told[0].iter().any(|line| line.contains("555-10"));
            if told[0] != told[1] || shows && !said {
                let apart = told[0].iter().zip(&told[1]).find(|(a, b)| a != b);
                different.push(format!("{login} {extended}: {messages:?}\n  {apart:?}"));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n\n"));
    // It is refused, and for full control it is the server's.
    for carried in [
        "select ### 1",
        "select operator(public.###) 1",
        "select '555-1001'::known_phone",
        "select '555-1001'::over_known",
        "select row(1)::pair::text",
    ] {
        for (login, expected) in [("intern", "42501"), ("billing", "42501"), ("owner", "")] {
            let mut raw = Raw::login(one.1.port(), login, one.0.name());
            assert_eq!(
                Raw::error(&raw.query(carried)),
                expected,
                "{login}: {carried}"
            );
        }
    }
}
