//! What a role that sees masks learns by what the server does with hidden values on the way: it converts them to another
//! type, sends rows to another partition, takes them one after the other in the order of an index, or compares them with
//! what the role writes. Two databases that differ in hidden values alone: all that comes back must be the same.

use crate::harness::{Database, Frame, Proxy, Raw};

const ROLES: &[&str] = &["owner", "support", "mover", "finder"];

const RULES: &str = r#"
[tables."public.tagged".columns]
tags = { masks = { default = "null" } }
st = { masks = { default = "null" } }
amount = { masks = { default = "null" } }
rate = { masks = { default = "null" } }
phone = { masks = { default = "null" } }
again = { masks = { default = "null" } }
[tables."public.parts".columns]
secret = { masks = { default = "null" } }
[tables."public.parts_1".columns]
secret = { masks = { default = "null" } }
[tables."public.parts_2".columns]
secret = { masks = { default = "null" } }
[tables."public.alike".columns]
secret = { masks = { default = "null" } }
[tables."public.alike_1".columns]
secret = { masks = { default = "null" } }
[tables."public.alike_2".columns]
secret = { masks = { default = "null" } }
[tables."public.pp".columns]
secret = { masks = { default = "null" } }
[tables."public.pp1".columns]
secret = { masks = { default = "null" } }
[tables."public.gone".columns]
amount = { masks = { default = "null" } }
[tables."public.child".columns]
amount = { masks = { default = "null" } }
[tables."public.d1".columns]
ssn = { masks = { default = "null" }, seal = { search = ["equality"], domain = "ssn" } }
[tables."public.d2".columns]
ssn = { masks = { default = "null" }, seal = { search = ["equality"], domain = "ssn" } }
[tables."public.p4".columns]
ssn = { masks = { default = "null" }, seal = { search = ["equality"], domain = "ssn" } }
[tables."public.c4".columns]
ssn = { masks = { default = "null" }, seal = { search = ["equality"], domain = "ssn" } }
[tables."public.codes".columns]
code = { masks = { default = "null" } }
[tables."public.acct".columns]
id = { masks = { default = "null" } }

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
# Sees masks, and writes.
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.tagged", "public.alike", "public.alike_1", "public.alike_2", "public.parts", "public.pp", "public.pp1", "public.gone", "public.child", "public.acct"]
level = "modify"
write = ["*"]
[[roles.support.grants]]
tables = ["public.d1"]
level = "access"
search = ["ssn"]
[[roles.support.grants]]
tables = ["public.d2"]
level = "access"
reveal = ["ssn"]
# Sees some of what it could move rows to, or compare with.
[roles.mover]
members = ["pg:mover"]
[[roles.mover.grants]]
tables = ["public.parts", "public.parts_1", "public.p4"]
level = "modify"
[[roles.mover.grants]]
tables = ["public.parts_2", "public.d2", "public.c4"]
level = "modify"
reveal = ["*"]
[[roles.mover.grants]]
tables = ["public.d1"]
level = "access"
search = ["ssn"]
# May search.
[roles.finder]
members = ["pg:finder"]
[[roles.finder.grants]]
tables = ["public.tagged", "public.gone", "public.child", "public.d1"]
level = "modify"
search = ["*"]
write = ["*"]
[[roles.finder.grants]]
tables = ["public.p4", "public.codes"]
level = "access"
search = ["*"]
[[roles.finder.grants]]
tables = ["public.c4"]
level = "modify"
reveal = ["*"]
[limits]
guesses_per_statement = 3
"#;

fn tables(world: usize) -> String {
    let n = ["n", "21 - n"][world];
    let sign = ["", "-"][world];
    let (first, serial) = ([1, 10][world], [20, 2000][world]);
    format!(
        "create type status as enum ('a', 'b', 'c');
         create table tagged (id int primary key, name text, tags text[], st status, amount int8, rate numeric, phone text, again text);
         insert into tagged select n, 'name ' || n, array['tag' || {n}], (array['a', 'b', 'c']::status[])[1 + ({n}) % 3],
             {sign}({n}), ('1e' || 5 * ({n}) * ({n}))::numeric, 'phone' || {n}, 'again' || {n} from generate_series(1, 20) n;
         create table parts (id int, k int, secret text) partition by range (k);
         create table parts_1 partition of parts for values from (0) to (100);
         create table parts_2 partition of parts for values from (100) to (200);
         insert into parts select n, n, 'secret' || {n} from generate_series(1, 20) n;
         create table alike (id int, k int, secret text) partition by range (k);
         create table alike_1 partition of alike for values from (0) to (100);
         create table alike_2 partition of alike for values from (100) to (200);
         insert into alike select n, n, 'secret' || {n} from generate_series(1, 20) n;
         create table divided (k int primary key);
         insert into divided select n from generate_series(1, 20) n;
         create table pp (id int, k int references divided on update cascade, secret text) partition by range (k);
         create table pp1 partition of pp for values from (0) to (100);
         create table pp2 partition of pp for values from (100) to (200);
         insert into pp select n, n, 'secret' || {n} from generate_series(1, 20) n;
         create table gone (id int primary key, grp int, amount int);
         insert into gone select n, n % 2, {n} from generate_series(1, 20) n;
         create table after (id int primary key, gone int references gone on delete set null);
         insert into after select n, n from generate_series(1, 20) n;
         create table par (id int primary key);
         create table pair (id int primary key);
         insert into par select n from generate_series(0, 3) n;
         insert into pair select n from generate_series(0, 3) n;
         create table child (id int primary key, par int references par on update cascade on delete set null,
             pair int references pair on update cascade on delete cascade, amount int);
         insert into child select n, n % 2, n % 2, {n} from generate_series(1, 20) n;
         create table d1 (id int primary key, ssn text);
         create table d2 (id int primary key, ssn text);
         create table p4 (id int primary key, ssn text unique);
         create table c4 (id int primary key, ssn text);
         insert into d1 select n, 'ssn' || n from generate_series({first}, {first} + 8) n;
         insert into d2 values (1, 'other');
         insert into p4 select id, ssn from d1;
         create table codes (code text primary key);
         create table coded (id int primary key, code text references codes);
         insert into codes select ssn from d1;
         create table acct (id serial primary key, name text);
         insert into acct (name) values ('a');
         select setval('acct_id_seq', {serial});
         create sequence other;
         create schema mine;
         grant all on schema mine to public;
         grant all on all tables in schema public to public;
         grant all on all sequences in schema public to public;"
    )
}

/// Made once the rules are in force.
const INDEXES: &str = "create index on gone (grp, amount); create index on child (par, amount); create index on child (pair, amount);
    alter table c4 add foreign key (ssn) references p4 (ssn); vacuum analyze";

/// The planner takes an index wherever it can.
const FORCED: &[&str] = &[
    "enable_seqscan = off",
    "enable_bitmapscan = off",
    "enable_sort = off",
];

fn worlds() -> [(Database, Proxy); 2] {
    [0, 1].map(|world| {
        let database = Database::create(ROLES);
        database.run(&tables(world));
        for set in FORCED {
            database.run(&format!("alter database {} set {set}", database.name()));
        }
        let sealed = ["public.d1", "public.d2", "public.p4", "public.c4"];
        let proxy = Proxy::start_protected(&database, RULES, &sealed);
        for one in INDEXES.split("; ") {
            database.run(one);
        }
        (database, proxy)
    })
}

/// All that is received of one message; the code of a refusal alone.
fn received(frames: &[Frame]) -> Vec<String> {
    let one = |frame: &Frame| match (frame.tag, frame.field('M')) {
        ('E', Some(message)) if message.contains("(SW") => format!("refused {message}"),
        ('E' | 'N', message) => format!(
            "{} {} {message:?} {:?}",
            frame.tag,
            frame.sqlstate(),
            frame.field('D')
        ),
        // Oids differ.
        ('T', _) => "T".to_owned(),
        (tag, _) => format!("{tag} {:?}", String::from_utf8_lossy(&frame.body)),
    };
    frames.iter().map(one).collect()
}

/// One statement after the other, in a session and a transaction of its own; each goes on after an error.
fn conversation(port: u16, role: &str, database: &str, statements: &[&str]) -> Vec<String> {
    let mut raw = Raw::login(port, role, database);
    let mut told = Vec::new();
    raw.query("begin");
    for statement in statements {
        raw.query("savepoint one");
        let frames = raw.query(statement);
        if Raw::error(&frames).is_empty() {
            raw.query("release one");
        } else {
            raw.query("rollback to one");
        }
        told.push(format!("{statement}: {}", received(&frames).join(" ")));
    }
    raw.query("rollback");
    told
}

const KEEP: &str = "create function pg_temp.keep(text) returns bool language sql as $$ insert into pg_temp.tlog values($1) returning true $$";
const LOG: &str = "create temp table tlog(v text)";
const DOMAIN: &str = "create domain pg_temp.d7 as text check (pg_temp.keep(value))";
const SHADOW: &str = "create domain pg_temp.text as pg_catalog.text check (pg_temp.keep(value))";
const READ: &str = "select v from pg_temp.tlog";
const ORDER: &str = "select current_setting('my.x', true)";

/// By whom, with what, and whether the server by itself tells of what is hidden.
type Attack = (&'static str, &'static [&'static str], bool);

const ATTACKS: &[Attack] = &[
    // Conversions by the role's own code.
    (
        "support",
        &[
            LOG,
            KEEP,
            DOMAIN,
            "create domain pg_temp.chk as text check (value <> 'tag3')",
            "create temp table own (a pg_temp.d7[])",
            "select null::pg_temp.d7[] union all select tags from tagged",
            "select tags from tagged union all select null::pg_temp.d7[]",
            "select coalesce(tags, null::pg_temp.d7[]) from tagged",
            "select case when id > 0 then tags else null::pg_temp.d7[] end from tagged",
            "values (null::pg_temp.d7[]), ((select tags from tagged where id = 1))",
            "select array[tags, null::pg_temp.d7[]] from tagged",
            "prepare p(pg_temp.d7[]) as select coalesce(tags, $1) from tagged",
            "execute p(null)",
            "copy (select null::pg_temp.d7[] union all select tags from tagged) to stdout",
            "select a from pg_temp.own union all select tags from tagged",
            "insert into pg_temp.own select tags from tagged",
            "select lag(tags, 1, null::pg_temp.d7[]) over (order by id) from tagged",
            "with recursive r(x) as (select null::pg_temp.d7[] union all select tags from tagged, r where x is null) select x from r",
            "update tagged set tags = coalesce(tags, null::pg_temp.d7[])",
            "select null::pg_temp.chk[] union all select tags from tagged where id = 3",
            READ,
        ],
        true,
    ),
    (
        "support",
        &[
            LOG,
            KEEP,
            SHADOW,
            "select null::text[] union all select tags from tagged",
            "select coalesce(tags, null::text[]) from tagged",
            READ,
        ],
        true,
    ),
    (
        "support",
        &[
            LOG,
            "create type pg_temp.e3 as enum ('x')",
            "create function pg_temp.e(public.status) returns pg_temp.e3 language sql as $$ insert into pg_temp.tlog values($1::text) returning 'x'::pg_temp.e3 $$",
            "create cast (public.status as pg_temp.e3) with function pg_temp.e(public.status) as implicit",
            "select null::pg_temp.e3 union all select st from tagged",
            "select coalesce(st, null::pg_temp.e3) from tagged",
            "select coalesce(null::pg_temp.e3, st) from tagged",
            READ,
        ],
        true,
    ),
    (
        "finder",
        &[
            LOG,
            "create type pg_temp.status as enum ('a')",
            "create function pg_temp.e(public.status) returns pg_temp.status language sql as $$ insert into pg_temp.tlog values($1::text) returning 'a'::pg_temp.status $$",
            "create cast (public.status as pg_temp.status) with function pg_temp.e(public.status) as implicit",
            "select coalesce(null::status, st) from tagged",
            "select coalesce(null::pg_temp.status, st) from tagged",
            "select nullif(st, 'a'::pg_temp.status) from tagged",
            READ,
        ],
        true,
    ),
    // Conversions that fail by the value.
    (
        "support",
        &[
            "select amount from tagged union all select 1::oid",
            "select coalesce(amount, 1::oid) from tagged",
            "select case when id > 0 then amount else 1::oid end from tagged",
            "select lag(amount, 1, 1::oid) over (order by id) from tagged",
            "select coalesce(amount, oid) from tagged, pg_class limit 1",
            "select rate from tagged where id = 10 union all select 1::float8",
            "select rate from tagged where id = 10 union all select 1::float4",
        ],
        true,
    ),
    // Rows that go where they are seen.
    (
        "mover",
        &[
            "update parts set k = k + 100 where id = 3",
            "select * from parts_2",
        ],
        true,
    ),
    (
        "mover",
        &[
            "update parts set (k, id) = (select 150, 3) where id = 3",
            "select * from parts_2",
        ],
        true,
    ),
    (
        "mover",
        &[
            "merge into parts using (select 3 as i) s on id = i when matched then update set k = 150",
            "select * from parts_2",
        ],
        true,
    ),
    (
        "support",
        &[
            "update pp set k = null where id = 3",
            "update pp set k = 150 where id = 3",
            "select * from pp2",
        ],
        false,
    ),
    (
        "support",
        &[
            "update divided set k = 103 where k = 3",
            "select * from pp2",
        ],
        true,
    ),
    (
        "support",
        &[
            "insert into divided values (103)",
            "update pp set k = 103 where id = 3",
            "select * from pp2",
        ],
        true,
    ),
    // Rows that are taken one after the other.
    (
        "support",
        &[
            "delete from gone where grp = 1 and set_config('my.x', coalesce(current_setting('my.x', true), '') || ',' || id, false) is not null",
            ORDER,
        ],
        true,
    ),
    (
        "support",
        &[
            "delete from gone where grp = 1",
            "select ctid, id from after where gone is null",
        ],
        true,
    ),
    (
        "support",
        &[
            "update par set id = 101 where id = 1",
            "select id, ctid from child where par = 101",
        ],
        true,
    ),
    (
        "support",
        &[
            "delete from par where id = 1",
            "select id, ctid from child where par is null",
        ],
        true,
    ),
    (
        "support",
        &[
            "update pair set id = 101 where id = 1",
            "select id, ctid from child where pair = 101",
        ],
        true,
    ),
    ("support", &["delete from pair where id = 1"], false),
    // Lists of values that are tried.
    (
        "mover",
        &[
            "insert into d2 select 100 + n, 'ssn' || n from generate_series(1, 20) n",
            "insert into d2 values (2, 'ssn10'), (3, 'ssn5')",
            "select d1.id, d2.id from d1 join d2 using (ssn)",
            "select id from d1 where ssn in (select ssn from d2)",
            "select a.id from d1 a, d2 b where a.ssn = b.ssn",
            "select ssn from d1 intersect select ssn from d2",
            "select min(id), max(id) from (select id, ssn from d1 union all select id, ssn from d2) u group by ssn",
            "select id from d1 where ssn = any (array(select ssn from d2))",
            "select id from d1 where ssn = (select ssn from d2 where id = 3)",
            "select case d1.ssn when d2.ssn then 1 end from d1, d2",
            "select nullif(d1.ssn, d2.ssn) is null from d1, d2",
        ],
        false,
    ),
    (
        "mover",
        &[
            "insert into c4 values (1, 'ssn10')",
            "insert into c4 values (2, 'ssn2')",
            "insert into c4 select 3, ssn from d2",
        ],
        false,
    ),
    (
        "finder",
        &[
            "insert into d1 values (101, 'ssn1'), (102, 'ssn2'), (103, 'ssn3'), (104, 'ssn4')",
            "select array_agg(id) from d1 group by ssn having count(*) > 1",
        ],
        false,
    ),
    (
        "finder",
        &["insert into c4 values (1, 'ssn10'), (2, 'ssn11'), (3, 'ssn12'), (4, 'ssn13')"],
        false,
    ),
    (
        "finder",
        &["insert into coded values (1, 'ssn10'), (2, 'ssn11'), (3, 'ssn12'), (4, 'ssn13')"],
        false,
    ),
    (
        "finder",
        &[
            "insert into coded select 1, 'ssn' || 10",
            "insert into coded select n, x from unnest(array['ssn10'], array[1]) u(x, n)",
        ],
        false,
    ),
    // Counters.
    (
        "support",
        &[
            "select last_value from acct_id_seq",
            "select * from public.acct_id_seq",
            "table acct_id_seq",
            "select last_value from pg_sequences where sequencename like 'acct%'",
            "select nextval('acct_id_seq')",
            "select currval('acct_id_seq')",
            "select lastval()",
            "select nextval('acct' || '_id_seq')",
            "select pg_sequence_last_value('acct_id_seq'::regclass)",
            "select nextval(oid::regclass) from pg_class where relname like 'acct_id%'",
            "select setval('acct_id_seq', 1) + nextval('acct_id_seq')",
        ],
        true,
    ),
];

#[test]
fn what_the_server_does_on_the_way_tells_nothing_of_what_is_hidden() {
    let worlds = worlds();
    let mut wrong = Vec::new();
    for (role, statements, tells) in ATTACKS {
        let through = [0, 1].map(|at| {
            let (database, proxy) = &worlds[at];
            conversation(proxy.port(), role, database.name(), statements)
        });
        if through[0] != through[1] {
            wrong.push(format!("{role}: {:#?}\n{:#?}", through[0], through[1]));
        }
        let direct = [0, 1].map(|at| {
            let database = &worlds[at].0;
            conversation(database.server().port(), role, database.name(), statements)
        });
        if *tells && direct[0] == direct[1] {
            wrong.push(format!("{role}: tells nothing anyway: {:#?}", direct[0]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What goes on: as whom, and what.
const ANSWERED: &[(&str, &str)] = &[
    ("support", "select tags from tagged union all select null"),
    ("support", "select null union all select tags from tagged"),
    ("support", "select coalesce(tags, '{}') from tagged"),
    ("support", "select coalesce(tags, null::text[]) from tagged"),
    ("support", "select coalesce(st, 'a') from tagged"),
    (
        "support",
        "select coalesce(st, 'a'::status), coalesce(st, 'a'::public.status) from tagged",
    ),
    (
        "support",
        "select coalesce(amount, 0), coalesce(amount, 5000000000) from tagged",
    ),
    ("support", "select coalesce(rate, 0) from tagged"),
    (
        "support",
        "select coalesce(phone, 'x'), coalesce(phone, 'x'::text), coalesce(phone, 'x'::varchar(5)), coalesce(phone, again) from tagged",
    ),
    (
        "support",
        "select phone from tagged union all select again from tagged",
    ),
    (
        "support",
        "select case when id > 3 then phone else '' end from tagged",
    ),
    (
        "support",
        "select lag(phone, 1, '') over (order by id) from tagged",
    ),
    (
        "finder",
        "select id from tagged where phone = 'x'::text and amount = 1.5",
    ),
    (
        "finder",
        "select id from tagged where st = 'a'::status and rate = 5",
    ),
    (
        "finder",
        "select id from tagged where phone in ('phone1', 'phone2') and phone <> any ('{a}'::text[])",
    ),
    ("support", "update alike set k = k + 100 where id = 3"),
    ("support", "update parts set id = 30 where id = 3"),
    ("support", "update pp set id = 30 where id = 3"),
    ("support", "delete from gone where id = 3"),
    ("finder", "delete from gone where grp = 1"),
    ("finder", "update par set id = 101 where id = 1"),
    ("finder", "delete from pair where id = 1"),
    ("support", "select d1.id, d2.id from d1 join d2 using (ssn)"),
    (
        "mover",
        "insert into d2 values (2, 'x'), (3, 'y'), (4, 'z'), (5, 'a'), (6, 'b')",
    ),
    ("mover", "select id from d1 where ssn = 'x'"),
    ("mover", "select d2.id from d2 join c4 using (ssn)"),
    (
        "finder",
        "insert into d1 values (101, 'ssn101'), (102, 'ssn102')",
    ),
    ("finder", "insert into coded values (1, null)"),
    ("support", "select nextval('other')"),
    ("support", "insert into acct (name) values ('b')"),
    (
        "support",
        "insert into acct (name) values ('b') returning name",
    ),
    ("owner", "select last_value from acct_id_seq"),
    (
        "owner",
        "select nextval('acct_id_seq'), currval('acct_id_seq'), lastval()",
    ),
];

#[test]
fn what_tells_nothing_goes_on() {
    let worlds = worlds();
    let (database, proxy) = &worlds[0];
    let mut wrong = Vec::new();
    for (role, statement) in ANSWERED {
        let told = conversation(proxy.port(), role, database.name(), &[statement]);
        if told
            .iter()
            .any(|one| one.contains("refused") || one.contains(": E "))
        {
            wrong.push(format!("{role}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
