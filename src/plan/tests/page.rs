//! The manual's page of supported SQL is what the planner does: every row of its table has examples.
//! In them `email` is sealed with equality, `notes` at random.

use super::*;

/// A construct of the page, and for each of its two columns statements that must be answered (`+`) or
/// refused (`-`). A cell that says neither word holds both kinds.
struct Row {
    construct: &'static str,
    random: &'static [(char, &'static str)],
    equality: &'static [(char, &'static str)],
}

const ROWS: &[Row] = &[
    Row {
        construct: "select list,",
        random: &[
            ('+', "select notes as n from customers"),
            ('+', "select * from customers c"),
            (
                '+',
                "insert into customers (id, notes) values (1, 'x') returning notes",
            ),
        ],
        equality: &[
            ('+', "select email as e from customers"),
            ('+', "update customers set name = 'x' returning email"),
        ],
    },
    Row {
        construct: "IS [NOT] NULL,",
        random: &[(
            '+',
            "select count(*), count(notes) from customers where notes is not null",
        )],
        equality: &[(
            '+',
            "select count(email) from customers where email is null",
        )],
    },
    Row {
        construct: "`=`, `<>`, IN,",
        random: &[
            ('-', "select id from customers where notes = 'x'"),
            ('-', "select id from customers where notes in ('x', 'y')"),
            ('-', "select id from customers where notes = any($1)"),
            (
                '-',
                "select id from customers where notes is distinct from 'x'",
            ),
        ],
        equality: &[
            ('+', "select id from customers where email = 'x'"),
            ('+', "select id from customers where 'x' <> email"),
            ('+', "select id from customers where email in ('x', $1)"),
            ('+', "select id from customers where email = any($1)"),
            (
                '+',
                "select id from customers where email is not distinct from $1",
            ),
            (
                '+',
                "select id from customers where (email, ssn) = ('x', $1)",
            ),
        ],
    },
    Row {
        construct: "the same between two columns",
        random: &[(
            '-',
            "select a.id from customers a, customers b where a.notes = b.notes",
        )],
        equality: &[
            (
                '+',
                "select a.id from customers a, claims b where a.ssn = b.ssn",
            ),
            ('-', "select id from customers where email = ssn"),
            ('-', "select id from customers where email = name"),
        ],
    },
    Row {
        construct: "inner, outer, self,",
        random: &[
            (
                '+',
                "select a.notes from customers a join orders o on o.customer_id = a.id",
            ),
            (
                '-',
                "select a.notes from customers a join customers b using (notes)",
            ),
        ],
        equality: &[
            (
                '+',
                "select a.email from customers a left join claims b on b.ssn = a.ssn",
            ),
            ('+', "select ssn from customers join claims using (ssn)"),
            (
                '+',
                "select a.email from customers a full join customers b on a.email = b.email",
            ),
            (
                '+',
                "select x.amount from customers c, lateral (select amount from claims where claims.ssn = c.ssn) x",
            ),
            (
                '+',
                "select c.amount from claims c natural join (select ssn from customers) d",
            ),
        ],
    },
    Row {
        construct: "subqueries (also correlated), EXISTS,",
        random: &[
            ('+', "select notes from (select notes from customers) s"),
            (
                '+',
                "with w as (update customers set notes = 'x' returning notes) select notes from w",
            ),
        ],
        equality: &[
            (
                '+',
                "select 1 from orders where exists (select 1 from customers where email = 'x')",
            ),
            (
                '+',
                "select id from claims where ssn in (select ssn from customers)",
            ),
            (
                '+',
                "with w as (select email from customers) select email from w where email = $1",
            ),
        ],
    },
    Row {
        construct: "UNION, INTERSECT,",
        random: &[
            (
                '+',
                "select notes from customers union all select notes from customers",
            ),
            (
                '-',
                "select notes from customers union select notes from customers",
            ),
        ],
        equality: &[
            (
                '+',
                "select ssn from customers union select ssn from claims",
            ),
            (
                '+',
                "select ssn from customers except select ssn from claims",
            ),
            (
                '+',
                "select ssn from customers intersect select ssn from claims",
            ),
        ],
    },
    Row {
        construct: "views over",
        random: &[('+', "select id from contacts")],
        equality: &[('+', "select mail from contacts where mail = 'x'")],
    },
    Row {
        construct: "CASE, COALESCE,",
        random: &[
            ('+', "select case when id = 1 then notes end from customers"),
            (
                '-',
                "select id from customers where coalesce(notes, name) = 'x'",
            ),
            (
                '-',
                "select id from customers where nullif(notes, 'x') is null",
            ),
        ],
        equality: &[
            (
                '+',
                "select coalesce(a.ssn, b.ssn) from customers a, claims b",
            ),
            ('+', "select nullif(email, 'x') from customers"),
            ('+', "select coalesce(balance, 0) from customers"),
            (
                '-',
                "select coalesce(balance, 0), count(*) from customers group by 1",
            ),
            (
                '+',
                "select case when email = 'x' then ssn end from customers",
            ),
        ],
    },
    Row {
        construct: "DISTINCT, DISTINCT ON, GROUP BY,",
        random: &[
            ('-', "select distinct notes from customers"),
            ('+', "select distinct c.* from customers c"),
            ('+', "select id, notes from customers group by id, notes"),
            ('-', "select count(*) from customers group by notes"),
            (
                '-',
                "select row_number() over (partition by notes) from customers",
            ),
        ],
        equality: &[
            ('+', "select distinct email from customers"),
            ('+', "select distinct on (email) id from customers"),
            (
                '+',
                "select email, count(*) from customers group by email having count(*) > 1",
            ),
            (
                '+',
                "select count(*) over (partition by email) from customers",
            ),
        ],
    },
    Row {
        construct: "UNNEST",
        random: &[
            (
                '+',
                "insert into customers (id, notes) select * from unnest($1::int[], $2::text[])",
            ),
            (
                '-',
                "select id from customers where notes in (select unnest($1::text[]))",
            ),
        ],
        equality: &[
            (
                '+',
                "select id from customers where email in (select unnest($1::text[]))",
            ),
            (
                '+',
                "select id from customers c join unnest($1::text[]) u(e) on u.e = c.email",
            ),
        ],
    },
    Row {
        construct: "array_agg",
        random: &[('+', "select array_agg(notes) from customers")],
        equality: &[('+', "select array_agg(email) from customers")],
    },
    Row {
        construct: "ORDER BY of the statement's own rows,",
        random: &[
            (
                '*',
                "select id from customers order by notes, id desc limit 3",
            ),
            (
                '*',
                "select distinct c.notes, c.id from customers c order by c.notes offset $1",
            ),
            ('-', "select id from customers order by tags"),
            (
                '-',
                "select id from customers order by notes limit 3 for update",
            ),
        ],
        equality: &[
            (
                '*',
                "select id, email from customers order by 2 desc nulls last",
            ),
            (
                '*',
                "select email from customers union select email from customers order by email",
            ),
        ],
    },
    Row {
        construct: "functions, CASE, casts and operators",
        random: &[
            ('*', "select length(notes) from customers"),
            ('-', "select length(notes) from customers group by notes"),
            (
                '-',
                "select id from (select id, length(notes) as l from customers) q",
            ),
        ],
        equality: &[
            (
                '*',
                "select length(email) as l from customers where email = 'x'",
            ),
            (
                '*',
                "update customers set name = 'x' returning length(email)",
            ),
            ('*', "select visits + 1, balance * 1.19 from customers"),
            ('*', "select birth_date::timestamp from customers"),
            (
                '*',
                "select case when visits > 5 then 'often' else 'seldom' end from customers",
            ),
            ('-', "select visits + 1 from customers order by 1"),
            ('-', "select distinct visits + 1 from customers"),
        ],
    },
    Row {
        construct: "ORDER BY elsewhere, `<`,",
        random: &[
            (
                '-',
                "select id from (select id from customers order by notes limit 1) q",
            ),
            ('-', "select max(notes) from customers"),
        ],
        equality: &[
            ('-', "select array_agg(id order by email) from customers"),
            ('-', "select string_agg(email, ',') from customers"),
            (
                '-',
                "select percentile_disc(0.5) within group (order by email) from customers",
            ),
            ('-', "select rank() over (order by email) from customers"),
            ('-', "explain select id from customers order by email"),
            ('-', "select id from customers where email < 'x'"),
            (
                '-',
                "select id from customers where birth_date between '2000-01-01' and '2001-01-01'",
            ),
            ('-', "select min(email) from customers"),
            ('-', "select sum(balance), avg(balance) from customers"),
        ],
    },
    Row {
        construct: "casts of text and varchar",
        random: &[
            ('+', "select notes::text from customers"),
            ('+', "select birth_date::date from customers"),
        ],
        equality: &[
            ('+', "select id from customers where email::text = 'x'"),
            ('+', "select email::varchar from customers"),
        ],
    },
    Row {
        construct: "LIKE, ILIKE,",
        random: &[
            ('-', "select id from customers where notes like 'x%'"),
            ('-', "select id from customers where length(notes) = 3"),
        ],
        equality: &[
            ('-', "select id from customers where email ilike 'x%'"),
            ('-', "select id from customers where email ~ 'x'"),
            ('-', "select id from customers where email || 'x' = 'yx'"),
            ('-', "select id from customers order by lower(email)"),
        ],
    },
    Row {
        construct: "INSERT … VALUES,",
        random: &[(
            '+',
            "insert into customers (id, notes) values (1, 'x'), (2, null), (3, default)",
        )],
        equality: &[
            ('+', "insert into customers (id, email) values ($1, $2)"),
            (
                '+',
                "insert into claims (id, ssn) select id, ssn from customers",
            ),
        ],
    },
    Row {
        construct: "UPDATE (also FROM),",
        random: &[
            ('+', "update customers set notes = $1 where id = 1"),
            ('+', "truncate customers"),
        ],
        equality: &[
            (
                '+',
                "update customers c set email = 'x' from orders o where o.customer_id = c.id",
            ),
            (
                '+',
                "delete from customers c using claims d where d.ssn = c.ssn",
            ),
            ('+', "delete from customers where email = 'x'"),
        ],
    },
    Row {
        construct: "ON CONFLICT",
        random: &[
            (
                '+',
                "insert into customers (id, notes) values (1, 'x') on conflict (id) do update set notes = excluded.notes",
            ),
            (
                '-',
                "insert into customers (id, notes) values (1, 'x') on conflict (notes) do nothing",
            ),
        ],
        equality: &[
            (
                '+',
                "insert into customers (id, email) values (1, 'x') on conflict (email) do nothing",
            ),
            (
                '+',
                "insert into customers (id, email) values (1, 'x') on conflict (email) do update set email = excluded.email",
            ),
        ],
    },
    Row {
        construct: "EXPLAIN",
        random: &[('+', "explain select notes from customers")],
        equality: &[('+', "explain select id from customers where email = 'x'")],
    },
    Row {
        construct: "cursors of SQL",
        random: &[
            ('+', "declare c cursor for select notes from customers"),
            (
                '+',
                "prepare p as select notes from customers where id = $1",
            ),
        ],
        equality: &[
            (
                '+',
                "declare c cursor with hold for select id from customers where email = 'x'",
            ),
            (
                '+',
                "prepare p as select id from customers where email = $1",
            ),
            (
                '+',
                "prepare p as insert into customers (id, email) values ($1, $2)",
            ),
        ],
    },
    Row {
        construct: "COPY between",
        random: &[
            ('+', "copy customers to stdout"),
            ('+', "copy customers (notes) from stdin csv header"),
            ('-', "copy customers (notes) from stdin where notes <> ''"),
            ('-', "copy customers (notes) to '/tmp/notes'"),
        ],
        equality: &[
            (
                '+',
                "copy (select email from customers where email = 'x') to stdout binary",
            ),
            ('+', "copy customers (email) from stdin where id > 5"),
            ('-', "copy customers (email) from program 'cat'"),
            ('-', "copy customers (email) from stdin (encoding 'latin1')"),
        ],
    },
    Row {
        construct: "CREATE TABLE, ALTER TABLE",
        random: &[
            ('+', "alter table customers alter notes set not null"),
            ('+', "alter table customers drop column notes"),
            ('+', "alter table customers alter notes set default 'x'"),
            ('-', "alter table customers alter notes type date"),
        ],
        equality: &[
            ('+', "alter table customers drop column email"),
            ('+', "drop table customers"),
            ('+', "truncate customers"),
            ('-', "alter table customers alter email type date"),
        ],
    },
    Row {
        construct: "CREATE INDEX, UNIQUE",
        random: &[
            ('-', "create index on customers (notes)"),
            ('-', "alter table customers add unique (notes)"),
        ],
        equality: &[
            ('+', "create index on customers (email varchar_pattern_ops)"),
            ('+', "alter table customers add constraint e unique (email)"),
            ('-', "create index on customers (upper(email))"),
        ],
    },
    Row {
        construct: "MERGE",
        random: &[
            (
                '+',
                "merge into customers c using orders o on o.customer_id = c.id when matched then update set notes = 'x'",
            ),
            (
                '-',
                "merge into customers c using claims k on c.notes = 'x' when matched then delete",
            ),
        ],
        equality: &[
            (
                '+',
                "merge into claims k using customers c on c.ssn = k.ssn when matched and c.email = 'x' then delete when not matched then insert (id, ssn) values (c.id, c.ssn)",
            ),
            (
                '-',
                "merge into claims k using customers c on c.ssn = k.ssn when matched then delete returning k.ssn",
            ),
        ],
    },
    Row {
        construct: "writes through views",
        random: &[('+', "delete from contacts where id = 1")],
        equality: &[
            (
                '+',
                "update contacts set mail = 'x' where ssn = 'y' returning mail",
            ),
            ('+', "insert into contacts (mail) values ('x')"),
        ],
    },
    Row {
        construct: "`TABLE t`,",
        random: &[
            ('+', "table customers"),
            ('+', "select notes from customers tablesample system (10)"),
            (
                '+',
                "select notes from customers for no key update of customers skip locked",
            ),
        ],
        equality: &[
            (
                '+',
                "select email from customers order by id fetch first 3 rows with ties",
            ),
            (
                '+',
                "select id from customers where email operator(pg_catalog.=) any (values ('x'))",
            ),
            ('+', "select id from customers where (email = 'x') isnull"),
            (
                '+',
                "select c.email, g.* from customers c, rows from (generate_series(1, 2), unnest('{a}'::text[])) g",
            ),
        ],
    },
    Row {
        construct: "a table's name:",
        random: &[
            (
                '+',
                "select (c).notes, count(c) from customers c group by c.id, c.notes",
            ),
            (
                '+',
                "select id from customers c where c is null or (c.notes, c.id) is not null",
            ),
        ],
        equality: &[
            (
                '+',
                "select (c).email from customers c where (c).email = 'x'",
            ),
            ('+', "select count(distinct (email, ssn)) from customers"),
        ],
    },
    Row {
        construct: "a whole row or a column inside",
        random: &[
            ('-', "select c from customers c"),
            ('-', "select row_to_json(c) from customers c"),
            ('-', "select to_jsonb(c) from customers c"),
            ('-', "select json_agg(c) from customers c"),
            ('-', "select xmlforest(notes) from customers"),
        ],
        equality: &[
            ('-', "select json_build_object('e', email) from customers"),
            ('-', "select jsonb_object_agg(id, email) from customers"),
            (
                '-',
                "select row_to_json(x.*) from (select 1 as x, email from customers) x",
            ),
        ],
    },
    Row {
        construct: "CREATE TABLE AS,",
        random: &[
            ('+', "create table t as select notes from customers"),
            (
                '+',
                "create temp table t as select id from customers where notes is null",
            ),
        ],
        equality: &[
            (
                '+',
                "create table t as select id from customers where email = 'x'",
            ),
            (
                '+',
                "select count(*) into t from customers where email = 'x'",
            ),
            ('-', "create table claims as select ssn from customers"),
        ],
    },
    Row {
        construct: "CHECK,",
        random: &[
            ('-', "alter table customers add check (notes <> '')"),
            (
                '-',
                "alter table customers add g text generated always as (notes || 'x') stored",
            ),
        ],
        equality: &[
            ('-', "create table t (like customers)"),
            ('-', "create index on customers (left(email, 3))"),
            ('-', "create policy p on customers using (email = 'x')"),
        ],
    },
    Row {
        construct: "writes that a CHECK, index, policy,",
        random: &[('+', "update customers set notes = 'x' where id = 1")],
        equality: &[
            ('+', "update customers set email = 'x' where id = 1"),
            ('+', "delete from customers where id = 1"),
        ],
    },
    Row {
        construct: "LOCK,",
        random: &[
            ('+', "lock table customers in share mode"),
            ('+', "vacuum customers"),
            ('+', "notify customers, 'x'"),
        ],
        equality: &[
            (
                '+',
                "begin; savepoint customers; set constraints all deferred; commit",
            ),
            ('+', "analyze customers (email)"),
            ('+', "listen customers"),
        ],
    },
];

/// Rows about what a role may do, or about other messages than statements.
const ELSEWHERE: &[&str] = &[
    // attacks.rs: refused for a restricted role, allowed with full control
    "DO, and other functions",
    // integration/routines.rs
    "functions and procedures that the rules vouch for",
    // integration/threats.rs: refused for a role that sees masks
    "functions of the server that read by a text",
    // session/tests and integration/passthrough.rs
    "FunctionCall message,",
];

/// What becomes of a statement, in the page's words; why, where it is refused.
fn verdict(fixture: &Fixture, text: &str) -> (&'static str, String) {
    let plan = fixture.plan("owner", text);
    let refusal = plan.statements.iter().find_map(|s| match &s.outcome {
        Outcome::Refused(refusal) => Some(refusal.to_string()),
        Outcome::Passthrough(_) | Outcome::Planned => None,
    });
    let evaluated = plan.statements.iter().any(|s| s.derived.is_some());
    match refusal {
        Some(refusal) => ("refused", refusal),
        None if evaluated => ("evaluated", String::new()),
        None => ("answered", String::new()),
    }
}

fn word(mark: char) -> &'static str {
    match mark {
        '+' => "answered",
        '*' => "evaluated",
        '-' => "refused",
        other => panic!("no mark: {other}"),
    }
}

/// The rows of the page's table whose head begins with these words.
fn table<'a>(page: &'a str, head: &str) -> Vec<Vec<&'a str>> {
    let lines = page.lines().skip_while(|line| !line.starts_with(head));
    let rows = lines
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect());
    rows.collect()
}

#[test]
fn the_page_of_supported_sql_is_what_is_done() {
    let fixture = fixture();
    let page = include_str!("../../manual/supported_sql.md");
    let mut wrong = Vec::new();
    let mut rows: Vec<&Row> = ROWS.iter().collect();
    for cells in table(page, "| construct |") {
        if ELSEWHERE.iter().any(|start| cells[0].starts_with(start)) {
            continue;
        }
        let Some(at) = rows
            .iter()
            .position(|row| cells[0].starts_with(row.construct))
        else {
            wrong.push(format!("no example for: {}", cells[0]));
            continue;
        };
        let row = rows.remove(at);
        for (cell, examples) in [(cells[1], row.random), (cells[2], row.equality)] {
            let all = |mark| examples.iter().all(|(expected, _)| *expected == mark);
            // "answered" may have exceptions that the notes name.
            let told = match cell {
                "refused" => all('-'),
                "answered" => {
                    examples.iter().any(|(expected, _)| *expected == '+')
                        && examples.iter().all(|(expected, _)| *expected != '*')
                }
                "evaluated" => {
                    examples.iter().any(|(expected, _)| *expected == '*')
                        && examples.iter().all(|(expected, _)| *expected != '+')
                }
                _ => !all('-') && !all('+'),
            };
            if !told || examples.is_empty() {
                wrong.push(format!(
                    "{}: \"{cell}\" does not fit the examples",
                    cells[0]
                ));
            }
            for (expected, text) in examples {
                let (found, why) = verdict(&fixture, text);
                if found != word(*expected) {
                    wrong.push(format!("{found}: {text}: {why}"));
                }
            }
        }
    }
    for row in rows {
        wrong.push(format!("not on the page: {}", row.construct));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A column for each kind of search, called like the head of its column of the table.
const SEARCHED: &str = r#"
[tables."public.people".columns]
random = { seal = {} }
equality = { seal = { search = ["equality"] } }
equality-ci = { seal = { search = ["equality-ci"] } }
order = { seal = { search = ["order"], acknowledge_leakage = true } }
range = { seal = { search = ["range"], acknowledge_leakage = true } }
prefix = { seal = { search = ["prefix"], acknowledge_leakage = true } }
match = { seal = { search = ["match"], acknowledge_leakage = true } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

const KINDS: &[&str] = &[
    "random",
    "equality",
    "equality-ci",
    "order",
    "range",
    "prefix",
    "match",
];

/// What a row of the table of searches begins with, and its statements: `C` is the column, `V` a value of its type.
const SEARCHES: &[(&str, &[&str])] = &[
    (
        "`=`, `<>`",
        &[
            "select id from people where C = V",
            "update people set plain = 'x' where C <> $1",
        ],
    ),
    (
        "IN, `= ANY`",
        &[
            "select id from people where C in (V, $1)",
            "delete from people where C = any ($1)",
            "select id from people where C is not distinct from V",
            "select id from people where (C, id) = (V, 1)",
        ],
    ),
    (
        "joins on `=`",
        &[
            "select a.id from people a join people b on a.C = b.C",
            "select C, count(*) from people group by C",
            "select distinct C from people",
            "select distinct on (C) id from people",
            "select C from people union select C from people",
            "select id from people where C in (select C from people)",
            "select count(distinct C) from people",
            "select rank() over (partition by C order by id) from people",
        ],
    ),
    (
        "`lower(c) = lower($1)`",
        &[
            "select id from people where lower(C) = lower($1)",
            "select id from people where lower(C) in ('a', $1)",
        ],
    ),
    (
        "`<`, `<=`,",
        &[
            "select id from people where C < V",
            "select id from people where C >= $1 or id = 1",
            "select id from people where C between V and $1",
            "select id from people where not C > V",
        ],
    ),
    (
        "min, max, ORDER BY",
        &[
            "select max(C) from people",
            "select rank() over (order by C) from people",
            "select id from (select id from people order by C limit 1) q",
            "select array_agg(id order by C) from people",
            "select id from people where (C, id) > (V, 1)",
        ],
    ),
    (
        "ORDER BY at the end",
        &[
            "select id from people order by C",
            "select id, C from people order by 2 desc nulls last limit 5 offset $1",
        ],
    ),
    (
        "LIKE with a beginning",
        &[
            "select id from people where C like 'abc%'",
            "select id from people where starts_with(C, 'abc') and id > 1",
        ],
    ),
    (
        "LIKE with any pattern",
        &[
            "select id from people where C like '%abcd%' limit 5",
            "select count(*) from people where C like '%abcd'",
        ],
    ),
    (
        "LIKE with a parameter",
        &[
            "select count(*) from people where C like $1",
            "select id from people where starts_with(C, $1) order by id limit 5",
        ],
    ),
    ("ILIKE", &["select id from people where C ilike '%abcd%'"]),
    (
        "NOT LIKE",
        &["select id from people where C not like 'abc%'"],
    ),
];

#[test]
fn the_table_of_searches_is_what_is_done() {
    let mut columns = vec![("id", "bigint"), ("plain", "text")];
    columns.extend(KINDS.iter().map(|kind| {
        let ty = match *kind {
            "order" => "character varying(20)",
            "range" => "integer",
            _ => "text",
        };
        (*kind, ty)
    }));
    let (policy, mut snapshot, protection) =
        testing::protected(SEARCHED, &[("public.people", &columns)]);
    snapshot.text_order.by_default = true;
    for (element, array) in [(25, 1009), (1043, 1015), (23, 1007)] {
        snapshot.types.insert(
            array,
            crate::catalog::TypeInfo {
                schema: "pg_catalog".into(),
                name: format!("_{element}"),
                typtype: 'b',
                base: 0,
                element,
                labels: None,
            },
        );
    }
    let fixture = Fixture {
        policy,
        world: World::new(Arc::new(snapshot), Arc::new(protection)),
    };
    let page = include_str!("../../manual/supported_sql.md");
    let rows = table(page, "| condition |");
    let mut wrong = Vec::new();
    assert_eq!(rows.len(), SEARCHES.len());
    for (cells, (construct, statements)) in rows.iter().zip(SEARCHES) {
        assert!(cells[0].starts_with(construct), "{}", cells[0]);
        assert_eq!(cells.len(), KINDS.len() + 1, "{construct}");
        for (kind, cell) in KINDS.iter().zip(&cells[1..]) {
            let value = if *kind == "range" { "5" } else { "'x'" };
            for statement in *statements {
                let text = statement
                    .replace('C', &format!("\"{kind}\""))
                    .replace('V', value);
                let (found, why) = verdict(&fixture, &text);
                // What the server itself does not know of the type.
                let no_such = *cell == "–" && found == "refused";
                if found != *cell && !no_such {
                    wrong.push(format!("\"{cell}\", but {found}: {text}: {why}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Statement kinds of the behaviours that proxies get wrong (14 to 23), each somewhere on the page.
#[test]
fn every_kind_of_statement_is_on_the_page() {
    let page = include_str!("../../manual/supported_sql.md");
    for kind in [
        "ON CONFLICT",
        "RETURNING",
        "MERGE",
        "CTE",
        "DISTINCT",
        "GROUP BY",
        "UNION",
        "INTERSECT",
        "EXCEPT",
        "PARTITION BY",
        "WITHIN GROUP",
        "array_agg",
        "DISTINCT ON",
        "row comparison",
        "ANY",
        "IN (SELECT)",
        "BETWEEN",
        "IS [NOT] DISTINCT FROM",
        "COALESCE",
        "NULLIF",
        "CASE",
        "USING",
        "NATURAL",
        "self",
        "LATERAL",
        "subqueries",
        "VALUES",
        "views",
        "whole row",
        "`row_to_json`",
        "DEFAULT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "TRUNCATE",
        "PREPARE",
        "EXECUTE",
        "DEALLOCATE",
        "DECLARE",
        "FETCH",
        "MOVE",
        "CLOSE",
        "WITH HOLD",
        "COPY",
        "CREATE TABLE AS",
        "SELECT INTO",
        "EXPLAIN",
        "LOCK",
        "DISCARD",
        "DO,",
        "CALL",
        "LISTEN",
        "`TABLE t`",
        "ROWS FROM",
        "generated columns",
        "partitions",
        "heirs",
        "temporary tables",
        "materialised views",
        "rules",
        "FunctionCall",
        "large objects",
    ] {
        let known = page.to_lowercase().contains(&kind.to_lowercase());
        assert!(known, "{kind} is not on the page");
    }
}
