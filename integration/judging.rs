//! What the server's own judgement of written rows tells. Two databases that differ in hidden values alone: a role that sees
//! masks must be answered alike by both, or refused, whatever constraint, index, policy, trigger, rule or key reads
//! what is hidden.

use std::fmt::Write as _;

use crate::harness::{Database, Frame, Proxy, Raw};

const ROLES: &[&str] = &["owner", "support", "finder"];

/// Something that judges rows by what is hidden, in a table of its own (`T`).
struct Case {
    /// The table's name.
    table: &'static str,
    /// What the DBA made.
    made: &'static str,
    /// Statements by which the server's answer, or the rows that are left, would tell. The first is shown to.
    telling: &'static [&'static str],
    /// Statements that tell nothing, and are answered.
    answered: &'static [&'static str],
}

/// What is seen of a table.
const SEEN: &str = "select count(*), sum(grade), string_agg(city, ',' order by id) from T";

const CASES: &[Case] = &[
    Case {
        table: "checks",
        made: "alter table T add constraint below check (salary < grade)",
        telling: &[
            "update T set grade = 200 where id = 1",
            "update T set grade = 200, city = 'x'",
            "update T set salary = 900 where id = 1; update T set grade = 901; update T set salary = salary, grade = 200 where id = 1",
            "insert into T (id, grade, salary) select 50, 200, salary from T where id = 1",
            "insert into T (id, city) values (1, 'x') on conflict (id) do update set grade = 200",
            "insert into T (id, city, salary) values (1, 'x', 1) on conflict (id) do update set grade = 200, city = excluded.city",
            "merge into T using (select 1 as i) s on id = i when matched then update set grade = 200",
            "with x as (update T set grade = 200 where id = 1 returning id) select * from x",
            "explain analyze update T set grade = 200 where id = 1",
        ],
        answered: &[
            "update T set city = 'x' where id = 1",
            "update T set city = 'x', phone = 'y' where id = 1",
            "update T set grade = 5000, salary = 10 where id = 1",
            "update T set grade = 5, salary = 10 where id = 1",
            "insert into T (id, city, grade, salary) values (50, 'x', 70, 60)",
            "insert into T (id, city, grade, salary) values (50, 'x', 60, 70)",
            "insert into T (id, city) values (50, 'x')",
            "delete from T where id = 1",
        ],
    },
    Case {
        table: "nulls",
        made: "alter table T add check (phone is not null or city is not null), add check (city <> 'no')",
        telling: &[],
        answered: &[
            "update T set city = null where id = 1",
            "update T set city = 'no' where id = 1",
            "update T set phone = null where id = 1",
        ],
    },
    Case {
        table: "unproved",
        made: "alter table T add constraint above check (salary > 200) not valid",
        telling: &["update T set city = 'x' where id = 1"],
        answered: &["insert into T (id, salary) values (50, 300)", "delete from T where id = 1"],
    },
    Case {
        table: "steered",
        made: "alter table T add check (salary > coalesce(nullif(current_setting('app.least', true), '')::int, 0))",
        telling: &["set app.least = '200'; update T set city = 'x' where id = 1"],
        answered: &[],
    },
    Case {
        table: "computed",
        made: "create index on T ((1000 / (salary - grade)))",
        telling: &["update T set grade = 110 where id = 1"],
        answered: &["update T set city = 'x' where id = 1"],
    },
    Case {
        table: "partial",
        made: "create unique index on T (city) where salary > 200",
        telling: &[
            "insert into T (id, city, salary) values (50, 'c1', 500)",
            "update T set city = 'c1' where id = 2",
            "update T set salary = 500 where id = 1",
            "insert into T (id, city, salary) values (50, 'c1', 500) on conflict do nothing",
        ],
        answered: &["update T set grade = 3 where id = 1"],
    },
    Case {
        table: "together",
        made: "create unique index on T (phone, city)",
        telling: &[
            "update T set city = 'c2' where id = 3",
            "insert into T (id, city, phone) select 50, 'c2', phone from T where id = 3",
            "merge into T using (select 3 as i) s on id = i when matched then update set city = 'c2'",
        ],
        answered: &["update T set grade = 3 where id = 3", "update T set phone = 'new', city = 'new' where id = 3"],
    },
    Case {
        table: "softly",
        made: "update T set grade = 0 where id in (2, 3); create unique index on T (phone) where grade > 0",
        telling: &["update T set grade = 5 where id = 2"],
        answered: &["update T set city = 'x' where id = 1", "insert into T (id, city, grade, phone) values (50, 'x', 1, 'new')"],
    },
    Case {
        table: "folded",
        made: "delete from T where id > 1; create unique index on T (lower(phone))",
        telling: &[],
        answered: &["update T set city = 'x'", "insert into T (id, city, phone) values (50, 'x', 'new')"],
    },
    Case {
        table: "excluded",
        made: "alter table T add constraint apart exclude using gist (int4range(salary, salary + 4) with &&)",
        telling: &["insert into T (id, salary) values (50, 112)", "update T set salary = 112 where id = 1"],
        answered: &["update T set city = 'x' where id = 1"],
    },
    Case {
        table: "secured",
        made: "alter table T enable row level security; create policy p on T using (salary < grade)",
        telling: &["update T set grade = 200 where id = 1"],
        answered: &["update T set city = 'x' where id = 2", "select count(*) from T where false"],
    },
    Case {
        table: "checked",
        made: "alter table T enable row level security; create policy p on T using (true) with check (salary < 200)",
        telling: &["update T set city = 'x' where id = 1"],
        answered: &["insert into T (id, city, salary) values (50, 'x', 100)"],
    },
    Case {
        table: "limited",
        made: "alter table T enable row level security;
            create policy p on T using (salary < coalesce(nullif(current_setting('app.most', true), '')::int, 1000))",
        telling: &["set app.most = '200'; select id from T", "set app.most = '200'; delete from T", "copy T (id) to stdout"],
        answered: &[],
    },
    Case {
        table: "viewed",
        made: "create view low as select id, grade, city from T where phone = 'p1' or grade > 200 with check option; grant all on low to public",
        telling: &["update low set grade = 100 where id = 3"],
        answered: &[],
    },
    Case {
        table: "suppressed",
        made: "create trigger z before update on T for each row execute function suppress_redundant_updates_trigger()",
        telling: &["update T set phone = 'p1' where id = 3", "update T set salary = 110"],
        answered: &["update T set city = 'c1' where id = 1", "update T set grade = 3", "delete from T where id = 1"],
    },
    Case {
        table: "noticed",
        made: "create function note() returns trigger language plpgsql as
                $$ begin if new.phone is distinct from old.phone then new.grade := new.grade + 1; end if; return new; end $$;
            create trigger z before update on T for each row execute function note()",
        telling: &["update T set phone = 'p1' where id = 3", "update T set city = 'x' where id = 3"],
        answered: &["insert into T (id, city, phone) values (50, 'x', 'y')", "delete from T where id = 1"],
    },
    Case {
        table: "only_when",
        made: "create function count_up() returns trigger language plpgsql as $$ begin new.grade := new.grade + 1; return new; end $$;
            create trigger z before update on T for each row when (new.phone is distinct from old.phone) execute function count_up()",
        telling: &["update T set phone = 'p1' where id = 3"],
        answered: &[],
    },
    Case {
        table: "audited",
        made: "create table log (t text); grant all on log to public;
            create function keep() returns trigger language plpgsql as
                $$ begin insert into log values (to_jsonb(new)::text); return new; end $$;
            create trigger z after update on T for each row execute function keep()",
        telling: &["update T set city = 'x' where id = 1; select * from log"],
        answered: &["insert into T (id, city) values (50, 'x')"],
    },
    Case {
        table: "vouched",
        made: "create function vouched_for() returns trigger language plpgsql as
                $$ begin perform to_jsonb(new); return new; end $$;
            create trigger z after update on T for each row execute function vouched_for()",
        telling: &[],
        answered: &["update T set city = 'x' where id = 1"],
    },
    Case {
        table: "stamped",
        made: "create function stamp() returns trigger language plpgsql as $$ begin new.grade := 7; return new; end $$;
            create trigger z before insert or update on T for each row execute function stamp();
            alter table T add check (phone <> city)",
        telling: &["update T set city = 'p1' where id = 3"],
        answered: &["update T set grade = 1 where id = 1", "insert into T (id, city) values (50, 'x')"],
    },
    Case {
        table: "moved",
        made: "create function move() returns trigger language plpgsql as $$ begin new.grade := length(new.city); return new; end $$;
            alter table T add check (salary < grade * 100);
            create trigger z before insert or update on T for each row execute function move()",
        telling: &["update T set city = 'xx' where id = 1"],
        answered: &["insert into T (id, city) values (50, 'x')"],
    },
    Case {
        table: "ruled",
        made: "create rule r as on update to T where old.salary > 200 do instead nothing",
        telling: &["update T set city = 'x' where id = 1"],
        answered: &["delete from T where id = 1"],
    },
    Case {
        table: "referenced",
        made: "delete from T where id > 3; update T set phone = phone || id where id = 2; alter table T add unique (phone);
            create table orders (id int primary key, phone text references T (phone)); grant all on orders to public",
        telling: &[
            "insert into orders values (1, 'p0')",
            "insert into orders values (1, null); update orders set phone = 'p0'",
            "insert into orders select 1, 'p0'",
            "insert into orders (id) values (1) on conflict (id) do update set phone = 'p0'",
            "copy orders from stdin",
            "delete from T where id = 1",
        ],
        answered: &["insert into orders (id) values (1)", "update T set city = 'x'"],
    },
    Case {
        table: "referencing",
        made: "create table codes (code text primary key, name text); insert into codes select 'p' || n from generate_series(0, 20) n;
            alter table T add foreign key (phone) references codes on delete set null on update cascade; grant all on codes to public",
        telling: &[
            "delete from codes where code = 'p0'; select id from T where phone is null",
            "update codes set code = 'other' where code = 'p0'",
            "merge into codes using (select 'p0' as c) s on code = c when matched then delete",
        ],
        answered: &["update codes set name = 'x'", "insert into codes values ('p99')", "update T set city = 'x'"],
    },
    Case {
        table: "cascaded",
        made: "create table grades (grade int primary key); insert into grades values (1000);
            alter table T add foreign key (grade) references grades on delete set null, add check (grade is not null or salary < 200);
            delete from T where id > 1; grant all on grades to public",
        telling: &["delete from grades"],
        answered: &["insert into grades values (3)"],
    },
    Case {
        table: "generated",
        made: "",
        telling: &["update T set grade = 110 where id = 1"],
        answered: &["update T set city = 'x' where id = 1"],
    },
    Case {
        table: "policy_elsewhere",
        made: "create table notes (id int primary key, person int, least int); insert into notes select n, n, 0 from generate_series(1, 4) n;
            alter table notes enable row level security; grant all on notes to public;
            create policy p on notes using (exists (select from T where T.id = person and T.salary > least)) with check (true)",
        telling: &[
            "update notes set least = 200; select id from notes",
            "insert into notes values (9, 1, 200); select id from notes",
        ],
        answered: &["select count(*) from notes where false", "update T set city = 'x' where id = 1"],
    },
];

/// Hidden: salary, cap and phone. No two worlds have the same.
fn tables(world: usize) -> String {
    let mut sql = String::new();
    let salary = ["100 + n * 10", "500 - n * 10"][world];
    let phone = ["'p' || n / 2", "'p' || (n + 1) / 2"][world];
    for case in CASES {
        let table = case.table;
        let generated = if table == "generated" {
            ", twice int generated always as (1000 / (salary - grade)) stored"
        } else {
            ""
        };
        let _ = write!(
            sql,
            "create table {table} (id int primary key, city text, grade int, salary int, phone text{generated});
             insert into {table} (id, city, grade, salary, phone) select n, 'c' || n, 1000, {salary}, {phone} from generate_series(1, 4) n;
             grant all on {table} to public;"
        );
    }
    sql
}

fn rules() -> String {
    let mut rules = String::from(
        r#"
[routines."public.vouched_for()"]
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["*"]
level = "modify"
write = ["*"]
[roles.finder]
members = ["pg:finder"]
[[roles.finder.grants]]
tables = ["*"]
level = "modify"
write = ["*"]
search = ["*"]
"#,
    );
    for case in CASES {
        let _ = write!(
            rules,
            "[tables.\"public.{}\".columns]\nsalary = {{ masks = {{ default = \"null\" }} }}\nphone = {{ masks = {{ default = \"null\" }} }}\n",
            case.table
        );
        if case.table == "generated" {
            rules.push_str("twice = { masks = { default = \"null\" } }\n");
        }
    }
    rules
}

fn worlds() -> [(Database, Proxy); 2] {
    [0, 1].map(world)
}

fn world(world: usize) -> (Database, Proxy) {
    let database = Database::create(ROLES);
    database.run(&tables(world));
    // What the rules name has to be there.
    for case in CASES {
        database.run(&case.made.replace('T', case.table));
    }
    let proxy = Proxy::start(&database, &rules());
    (database, proxy)
}

/// All that is received, or why it was refused.
fn received(frames: &[Frame]) -> Result<Vec<String>, String> {
    let refused = frames.iter().find_map(|frame| {
        let message = frame.field('M').filter(|_| frame.tag == 'E')?;
        message.contains("(SW").then_some(message)
    });
    match refused {
        Some(message) => Err(message),
        None => Ok(frames
            .iter()
            .map(|frame| match frame.tag {
                'E' | 'N' => format!("{} {} {:?}", frame.tag, frame.sqlstate(), frame.field('M')),
                tag => format!("{tag} {:?}", String::from_utf8_lossy(&frame.body)),
            })
            .collect()),
    }
}

/// A statement in a transaction of its own, and what is seen of the table behind it.
fn ask(raw: &mut Raw, sql: &str, table: &str, extended: bool) -> Result<Vec<String>, String> {
    let mut frames = raw.query("begin");
    if extended {
        frames.extend(raw.extended(sql));
    } else {
        for one in sql.split("; ") {
            frames.extend(raw.query(one));
        }
    }
    frames.extend(raw.query(&SEEN.replace('T', table)));
    frames.extend(raw.query("rollback"));
    // Aborted or not is the end of every refusal.
    received(&frames)
}

#[test]
fn what_judges_written_rows_tells_nothing_of_what_is_hidden() {
    let worlds = worlds();
    let through =
        |role: &str| [0, 1].map(|at| Raw::login(worlds[at].1.port(), role, worlds[at].0.name()));
    let mut support = through("support");
    let mut finder = through("finder");
    let mut direct =
        [0, 1].map(|at| Raw::login(worlds[at].0.server().port(), "support", worlds[at].0.name()));
    let mut wrong = Vec::new();
    for case in CASES {
        for (number, statement) in case.telling.iter().enumerate() {
            let sql = statement.replace('T', case.table);
            let copies = sql.starts_with("copy");
            if number == 0 {
                // Without Sealwire it tells.
                let [one, other] = direct
                    .each_mut()
                    .map(|raw| ask(raw, &sql, case.table, false));
                if one == other {
                    wrong.push(format!(
                        "{}: tells nothing anyway: {sql} {one:?}",
                        case.table
                    ));
                }
            }
            for extended in [false, true] {
                if extended && (sql.contains("; ") || copies) {
                    continue;
                }
                let told = support
                    .each_mut()
                    .map(|raw| ask(raw, &sql, case.table, extended));
                let refused = told
                    .iter()
                    .all(|one| matches!(one, Err(refused) if refused.contains("(SW209)") || refused.contains("(SW203)") || refused.contains("(SW202)")));
                if !refused {
                    wrong.push(format!("{}: {sql}, {extended}: {told:?}", case.table));
                }
            }
            if !copies && number == 0 {
                let told = finder
                    .each_mut()
                    .map(|raw| ask(raw, &sql, case.table, false));
                if told.iter().any(Result::is_err) {
                    wrong.push(format!("{}: finder: {sql}: {told:?}", case.table));
                }
            }
        }
        for statement in case.answered {
            let sql = statement.replace('T', case.table);
            for extended in [false, true] {
                let told = support
                    .each_mut()
                    .map(|raw| ask(raw, &sql, case.table, extended));
                if told[0].is_err() || told[0] != told[1] {
                    wrong.push(format!("{}: {sql}, {extended}: {told:?}", case.table));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn check_lists_each_of_them() {
    let (database, proxy) = world(0);
    let owner = database.superuser_url();
    let told = proxy.site.sealwire(&["check", "--upstream", &owner]).stdout;
    let told = told
        .replace("note     ", "note: ")
        .replace("warning  ", "warning: ");
    for expected in [
        "note: public.checks.salary: CHECK constraint \"below\" of public.checks reads it",
        "note: public.computed.salary: index \"computed_expr_idx\" of public.computed reads it",
        "warning: public.partial.salary: unique index \"partial_city_idx\" of public.partial reads it",
        "note: public.together.phone: unique index \"together_phone_city_idx\" of public.together reads it",
        "warning: public.excluded.salary: exclusion constraint \"apart\" of public.excluded reads it",
        "warning: public.secured.salary: row security policy \"p\" of public.secured reads it",
        "warning: public.limited.salary: row security policy \"p\" of public.limited reads it: which rows are shown goes by the hidden value and by what the session can set",
        "warning: public.suppressed.phone: trigger \"z\" of public.suppressed reads it: the number of rows",
        "warning: public.noticed.phone: trigger \"z\" of public.noticed reads it",
        "warning: public.ruled.salary: rule \"r\" of public.ruled reads it",
        "warning: public.referenced.phone: foreign key \"orders_phone_fkey\" joins it to public.orders",
        "note: public.referencing.phone: foreign key \"referencing_phone_fkey\" joins it to public.codes",
        "warning: public.policy_elsewhere.salary: row security policy \"p\" of public.notes reads it",
    ] {
        assert!(told.contains(expected), "{expected} is missing in\n{told}");
    }
    // What does not read it is not named.
    assert!(!told.contains("stamped.salary: trigger"), "{told}");
}

/// Equality of sealed values: the same doors.
#[test]
fn what_judges_written_rows_tells_nothing_of_sealed_equality() {
    const RULES: &str = r#"
[tables."public.people".columns]
ssn = { seal = { search = ["equality"], domain = "ssn" } }
[tables."public.claims".columns]
ssn = { seal = { search = ["equality"], domain = "ssn" } }
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["*"]
level = "modify"
write = ["*"]
[roles.finder]
members = ["pg:finder"]
[[roles.finder.grants]]
tables = ["*"]
level = "modify"
write = ["*"]
search = ["*"]
"#;
    let worlds = [0, 1].map(|world| {
        let database = Database::create(ROLES);
        let ssn = ["'s' || n / 2", "'s' || (n + 1) / 2"][world];
        database.run(&format!(
            "create table people (id int primary key, city text, ssn text);
             insert into people select n, 'c' || n, {ssn} from generate_series(1, 4) n;
             create table claims (id int primary key, name text, ssn text);
             insert into claims values (1, 'x', 's0');
             grant all on people, claims to public"
        ));
        let proxy = Proxy::start_protected(&database, RULES, &["public.people", "public.claims"]);
        database.run(
            "create unique index on people (ssn, city);
             create trigger z before update on people for each row execute function suppress_redundant_updates_trigger()",
        );
        (database, proxy)
    });
    let mut support =
        [0, 1].map(|at| Raw::login(worlds[at].1.port(), "support", worlds[at].0.name()));
    let mut finder =
        [0, 1].map(|at| Raw::login(worlds[at].1.port(), "finder", worlds[at].0.name()));
    let seen = "people";
    let ask = |raws: &mut [Raw; 2], sql: &str| {
        raws.each_mut().map(|raw| {
            let mut frames = raw.query("begin");
            frames.extend(raw.query(sql));
            frames.extend(raw.query(&format!("select count(*) from {seen}")));
            frames.extend(raw.query("rollback"));
            received(&frames)
        })
    };
    for sql in [
        "update people set city = 'c2' where id = 3",
        "update people set ssn = 's1' where id = 3",
    ] {
        let told = ask(&mut support, sql);
        assert!(
            told.iter()
                .all(|one| matches!(one, Err(why) if why.contains("(SW209)"))),
            "{sql}: {told:?}"
        );
        let told = ask(&mut finder, sql);
        assert!(told[0].is_ok() && told[0] != told[1], "{sql}: {told:?}");
    }
    for sql in [
        "insert into people values (9, 'x', 'new')",
        "delete from people where id = 1",
        "update claims set name = 'y', ssn = 's9'",
    ] {
        let told = ask(&mut support, sql);
        assert!(told[0].is_ok() && told[0] == told[1], "{sql}: {told:?}");
    }
}
