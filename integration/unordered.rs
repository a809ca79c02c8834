//! The order of rows. Two databases in which the same rows lie in the same places and only what is hidden differs: a role
//! that sees masks must receive the same rows in the same order from both, whatever indexes there are, and where the
//! planner takes them wherever it can.

use crate::harness::{Database, Frame, Proxy, Raw};

const ROLES: &[&str] = &["owner", "support", "intern", "finder"];

const RULES: &str = r#"
[tables."public.people".columns]
phone = { masks = { partial = { keep_last = 2 } } }
ssn = { seal = { search = ["equality"] }, masks = { default = "null", partial = { keep_last = 2 } } }
age = { seal = { search = ["order"], acknowledge_leakage = true } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.people"]
level = "modify"
partial = ["phone", "ssn"]
write = ["phone"]
[roles.finder]
members = ["pg:finder"]
[[roles.finder.grants]]
tables = ["public.people"]
level = "access"
search = ["phone", "ssn", "age"]
"#;

/// In the second world every hidden value but NULL is another row's.
fn tables(world: usize) -> String {
    let number = ["n", "399 - n"][world];
    format!(
        "create table people (id int primary key, city int not null, name text not null, phone text, ssn varchar(11), age int);
         insert into people select n, n % 7, 'name ' || n,
             case when n % 10 = 3 then null else md5(({number})::text) || lpad((n % 50)::text, 2, '0') end,
             case when n % 10 = 4 then null else lpad((({number}) % 6)::text, 9, '0') || '00' end,
             case when n % 10 = 5 then null else 20 + (({number}) * 7) % 60 end
         from generate_series(1, 398) n;
         create table visits (id int primary key, person int, city int);
         insert into visits select n, 1 + n * 3 % 398, n % 7 from generate_series(1, 120) n;
         create table kept (n serial, id int);
         create schema mine;
         grant all on schema mine to public;
         grant all on all tables in schema public to public;
         grant all on all sequences in schema public to public;"
    )
}

/// Indexes in the order of a hidden column, and of it alone.
const ALONE: &str = "
    alter table people set (autovacuum_enabled = false); alter table visits set (autovacuum_enabled = false);
    create index on people (phone); create index on people (phone) where phone is not null;
    create index on people (ssn); create index on people (age);
    create view contacts as select id, city as town, name, phone, ssn, age from people;
    grant all on contacts to public";

/// The planner takes an index wherever it can.
const FORCED: &str = "enable_seqscan = off; enable_bitmapscan = off; enable_sort = off; enable_hashagg = off; enable_hashjoin = off; jit = off; max_parallel_workers_per_gather = 0";

fn worlds() -> [(Database, Proxy); 2] {
    [0, 1].map(|world| {
        let database = Database::create(ROLES);
        database.run(&tables(world));
        for set in FORCED.split("; ") {
            database.run(&format!("alter database {} set {set}", database.name()));
        }
        let proxy = Proxy::start_protected(&database, RULES, &["public.people"]);
        database.run(ALONE);
        database.run("vacuum analyze");
        (database, proxy)
    })
}

/// Everything that is received, in its order; why it was refused.
fn received(frames: &[Frame]) -> Result<Vec<String>, String> {
    for frame in frames {
        match frame.field('M') {
            Some(message) if frame.tag == 'E' && message.contains("(SW") => return Err(message),
            Some(_) | None => {}
        }
    }
    let told = frames.iter().map(|frame| match frame.tag {
        'E' | 'N' => format!("{} {} {:?}", frame.tag, frame.sqlstate(), frame.field('M')),
        'T' => "T".to_owned(),
        tag => format!("{tag} {:?}", String::from_utf8_lossy(&frame.body)),
    });
    Ok(told.collect())
}

/// What a role that sees masks is answered. `C` stands for each hidden column.
const ANSWERED: &[&str] = &[
    "select id from people where C is not null",
    "select id, C from people where C is not null limit 20",
    "select id from people where not (C is null) and city = 3",
    "select id from people where C notnull",
    "select id from people where coalesce(C) is not null",
    "select id from people where coalesce(C, null) is not null",
    "select id from people where case when true then C end is not null",
    "select id from people where (C, id) is not null",
    "select id from people where (C is not null) is true",
    "select id from people where C is not null is not false",
    "select id from people where num_nulls(C) = 0",
    "select id from people where city = 3 or C is null",
    "select C from people",
    "select C from people where C is not null",
    "select C from people where C is null",
    "select count(*), min(id) from people where C is not null",
    "select array_agg(id) from people where C is not null",
    "select row_number() over (), id from people where C is not null",
    "select lag(id) over () from people where C is not null",
    "select distinct on (city) city, id from people where C is not null order by city",
    "select city, array_agg(id) from people where C is not null group by city order by city",
    "select id from (select id, C as x from people) q where x is not null",
    "select q.id from (select id, C from people) q where q is not null",
    "select x from (select C as x from people) q",
    "select C from (select id, C from people) q",
    "with q as (select id, C as x from people) select id from q where x is not null limit 5",
    "with q as materialized (select id from people where C is not null) select id from q",
    "select v.id, p.id from visits v join people p on p.id = v.person and p.C is not null",
    "select v.id, p.id from visits v join people p on p.city = v.city where v.id < 5 and p.C is not null",
    "select p.id from people p left join visits v on v.person = p.id where p.C is not null and v.id is null",
    "select a.id, b.id from people a join people b on a.city = b.city where a.C is not null and b.C is not null limit 500",
    "select (select id from people p where p.C is not null limit 1)",
    "select exists (select from people where C is not null and id < 0)",
    "select id from contacts where C is not null",
    "select id from contacts c where c is not null",
    "select id from people where C is not null for update",
    "select id from people where C is not null for update skip locked limit 7",
    "select id from people where id in (select id from people where C is not null limit 10)",
    "select id from people where C is not null union all select id from people where C is null",
    "copy (select id from people where C is not null) to stdout",
    "copy people (id, C) to stdout",
    "table people",
    "update people set name = name where C is not null returning id",
    "delete from people where C is not null returning id",
    "insert into kept (id) select id from people where C is not null returning *",
    "with x as (update people set name = 'x' where C is not null returning id) select id from x",
    "explain (costs off) select id from people where C is not null",
    "begin; declare c cursor for select id from people where C is not null; fetch 20 from c; fetch backward 5 from c; commit",
    "begin; declare c scroll cursor for select id, C from people where C is not null; fetch last from c; fetch backward 30 from c; commit",
    "prepare p as select id from people where C is not null; execute p; deallocate p",
    "select id from people where C is not null order by city, id limit 10",
    "select id from people order by city limit 40",
];

/// Indexes that hold what is seen beside what is hidden.
const MIXED: &str = "
    create index on people (city, phone); create index on people (city, ssn); create index on people (city, age);
    create index on people (phone, city); create index on people (phone) where city > 2;
    create index on people (city, lower(phone)); create index on people (phone) include (name);
    create materialized view held as select id, city, phone, ssn, age from people;
    create index on held (city, phone);
    grant all on held to public";

/// What they could be taken for. Some of it is refused.
const SEEKING: &[&str] = &[
    "select id, C from people where city = 3",
    "select id from people where city = 3 limit 20",
    "select id, C from people where city > 2",
    "select id from people where city in (3, 4)",
    "select id from people where city is not null",
    "select id from people order by city limit 30",
    "select city, id from people order by city limit 30",
    "select city, array_agg(id) from people group by city order by city",
    "select distinct on (city) city, id from people order by city",
    "select city, C from people",
    "select name, C from people",
    "select name from people",
    "select city from people",
    "select id, row_number() over (partition by city) from people",
    "select x.id from (select id, city as other, C from people) x where x.other = 3",
    "select x.a from (select * from people) x(a, b) where x.b = 3",
    "with x(a, b) as (select id, city from people) select a from x where b = 3",
    "with recursive x(a, b) as (select id, city from people where id < 350) select a from x where b = 3",
    "select id from people natural join (select 3 as city) x",
    "select people.id from people join (values (3)) x(city) using (city)",
    "select v.id, p.id from visits v join people p on p.city = v.city where v.id < 5",
    "select v.id, (select p.id from people p where p.city = v.city limit 1) from visits v where v.id < 5",
    "select v.id, p.id from visits v, lateral (select id from people p where p.city = v.city limit 3) p where v.id < 5",
    "select id from people where (id, city) in (select id, 3 from visits)",
    "select id from people p where p.city = any (array[3, 5])",
    "select id from people where city = 3 and C is not null",
    "select id from only people as p where p.city = 3",
    "select p.y from people * as p(x, y) where y = 3",
    "select id from contacts where town = 3",
    "select id, C from contacts order by town limit 20",
    "select town from contacts",
    "select id from contacts where town + 0 = 3",
    "select id from held where city = 3",
    "select id, C from held where C is not null",
    "select city from held",
    "copy (select id from people where city = 3) to stdout",
    "insert into kept (id) select id from people where city = 3 returning *",
    "update people set name = name where city = 3 returning id",
    "delete from people where city = 3 returning id",
    "with x as (delete from people where city = 3 returning id) select id from x",
    "begin; declare c cursor for select id from people where city = 3; fetch 20 from c; commit",
    "prepare p (int) as select id from people where city = $1; execute p(3); deallocate p",
    "explain (costs off) select id from people where city = 3",
    "create temp view v as select id from people where city = 3 and C is not null; select * from v",
    "create view mine.v as select id from people where C is not null; select * from mine.v",
    "create temp table t as select id from people where city = 3; select * from t",
    "select id into temp t from people where city = 3; select * from t",
    "update people set name = name where city = 3; select id, ctid from people",
    "select city, id from people union all select city, id from people order by 1 limit 50",
    "select id from people where id = 5 and city = 5",
    "select id from people where id < 5 and C is not null",
];

/// Of these none may be refused.
const STILL_ANSWERED: usize = 28;

fn play(worlds: &[(Database, Proxy); 2], statements: &[&str], answered: usize) {
    let mut different = Vec::new();
    for login in ["intern", "support"] {
        let mut raws = [0, 1].map(|at| Raw::login(worlds[at].1.port(), login, worlds[at].0.name()));
        for (number, statement) in statements.iter().enumerate() {
            for column in ["phone", "ssn", "age"] {
                let sql = statement.replace('C', column);
                for extended in [false, true] {
                    if extended
                        && (column != "phone" || sql.contains("; ") || sql.starts_with("copy"))
                    {
                        continue;
                    }
                    let told = raws.each_mut().map(|raw| {
                        let mut frames = raw.query("begin");
                        frames.extend(if extended {
                            raw.extended(&sql)
                        } else {
                            raw.query(&sql)
                        });
                        frames.extend(raw.query("rollback"));
                        received(&frames)
                    });
                    // `intern` may only read.
                    let refused = number < answered
                        && matches!(&told[0], Err(refused) if !refused.contains("SW201"));
                    if refused || told[0] != told[1] {
                        let [one, other] =
                            told.map(|one| one.unwrap_or_else(|refused| vec![refused]));
                        let apart = one.iter().zip(&other).filter(|(a, b)| a != b);
                        let apart: Vec<_> = apart.take(2).collect();
                        different.push(format!(
                            "{login}: {sql}, {extended}\n  {apart:?} {:?}",
                            refused.then_some(&one)
                        ));
                    }
                }
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n\n"));
}

#[test]
fn rows_do_not_come_in_the_order_of_what_is_hidden() {
    let worlds = worlds();
    // By the server itself they do, or the test would show nothing.
    let order = |sql: &str| {
        [0, 1].map(|at| {
            worlds[at]
                .0
                .value(&format!("select string_agg(id::text, ',') from ({sql}) q"))
        })
    };
    let [one, other] = order("select id from people where phone is not null");
    assert_ne!(one, other);
    std::thread::sleep(std::time::Duration::from_secs(3));
    play(&worlds, ANSWERED, ANSWERED.len());
    for (database, _) in &worlds {
        database.run(MIXED);
        database.run("vacuum analyze");
    }
    let [one, other] = order("select id from people where city = 3");
    assert_ne!(one, other);
    std::thread::sleep(std::time::Duration::from_secs(3));
    play(&worlds, SEEKING, STILL_ANSWERED);
    if std::env::var_os("SEALWIRE_LONG").is_some() {
        play(&worlds, ANSWERED, 0);
    }
}

/// Statements that set what a role with masks may not, and what a session would show afterwards.
const STEERING: &[&str] = &[
    "set enable_seqscan = off",
    "set local \"ENABLE_bitmapscan\" to off",
    "begin; set local enable_sort = off; commit",
    "select set_config('enable_' || 'seqscan', 'off', false)",
    "select set_config('enable_seqscan', 'off', false)",
    "prepare p as select set_config($1, 'off', false)",
    "update pg_settings set setting = 'off' where name = 'enable_seqscan'",
    "create view mine.settings as select * from pg_settings",
    "alter role current_user set enable_seqscan = off",
    "create function mine.f() returns int language sql as 'set enable_seqscan = off; select 1'",
    "create function mine.f() returns int language sql set enable_seqscan = off as 'select 1'",
    "create function mine.f() returns int language plpgsql as $$ begin set enable_seqscan = off; return 1; end $$",
    "create temp table t (a text default set_config('enable_seqscan', 'off', false))",
    "set random_page_cost = 0",
    "set debug_print_plan = on",
    "set client_min_messages = debug2",
    "set client_min_messages = log",
    "set U&\"\\0065nable_seqscan\" = off",
];

/// What applications do set.
const ORDINARY: &[&str] = &[
    "set statement_timeout = 1000",
    "set work_mem = '8MB'",
    "set client_min_messages = warning",
    "set extra_float_digits = 3",
    "set plan_cache_mode = force_custom_plan",
    "set app.tenant = '5'",
    "select set_config('app.tenant', '6', false)",
    "select name, setting from pg_settings where name = 'enable_seqscan'",
    "show enable_seqscan",
    "reset enable_seqscan",
    "discard all",
];

#[test]
fn a_role_that_sees_masks_does_not_choose_what_the_planner_takes() {
    let database = Database::create(ROLES);
    database.run(&tables(0));
    let proxy = Proxy::start_protected(&database, RULES, &["public.people"]);
    let mut intern = Raw::login(proxy.port(), "intern", database.name());
    for sql in STEERING {
        for extended in [false, true] {
            if extended && sql.contains("; ") {
                continue;
            }
            let frames = if extended {
                intern.extended(sql)
            } else {
                intern.query(sql)
            };
            let state = Raw::error(&frames);
            assert!(
                matches!(&*state, "42501" | "0A000"),
                "{sql}: {state} {frames:?}"
            );
            intern.query("rollback");
        }
    }
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    for sql in ORDINARY.iter().chain(&STEERING[..5]) {
        assert_eq!(Raw::error(&owner.query(sql)), "", "{sql}");
    }
    for sql in ORDINARY {
        assert_eq!(Raw::error(&intern.query(sql)), "", "{sql}");
    }
    let on = |raw: &mut Raw| Raw::rows(&raw.query("show enable_seqscan"))[0][0].clone();
    assert_eq!(on(&mut intern).as_deref(), Some("on"));
    // From the start.
    for (name, value, refused) in [
        ("options", "-c enable_seqscan=off", true),
        ("options", "-f s", true),
        ("enable_seqscan", "off", true),
        ("client_min_messages", "debug5", true),
        ("options", "-c work_mem=8MB", false),
    ] {
        for login in ["intern", "owner"] {
            let mut raw = Raw::open(proxy.port());
            raw.startup(
                196_608,
                &[
                    ("user", login),
                    ("database", database.name()),
                    (name, value),
                ],
            );
            let frames = raw.until_ready();
            let state = Raw::error(&frames);
            let expected = if refused && login == "intern" {
                "42501"
            } else {
                ""
            };
            assert_eq!(state, expected, "{login}: {name}={value}");
        }
    }
}
