//! Ordered columns: the same statements on plain columns directly and on sealed ones through the proxy. The server's own
//! comparison of the plaintexts is what the sealed ones are measured by.

use std::fmt::Write as _;

use crate::differential::{comparable, extended};
use crate::harness::{Database, Frame, Proxy, Raw, Site};

const ROLES: &[&str] = &["owner", "support", "intern"];

const TABLE: &str = r#"
create table things (
    id int primary key, i2 smallint, i4 int, i8 bigint, n numeric(8,2), f4 real, f8 float8, d date, t time(3), ts timestamp(0),
    tz timestamptz, u uuid, vc varchar(20), tx text, ch char(6), low varchar(20), grp int
);
create index things_i4 on things (i4);
create index things_d on things (d desc nulls last, id);
create unique index things_vc on things (vc);
create table others (id int primary key, i4 int, tx text);
grant all on things, others to owner, support, intern;
"#;

const RULES: &str = r#"
[classes.ordered]
seal = { search = ["order"], acknowledge_leakage = true }
[classes.number]
seal = { search = ["order"], domain = "number", acknowledge_leakage = true }
[classes.text]
seal = { search = ["order"], max_length = 20, domain = "text", acknowledge_leakage = true }
[tables."public.things".columns]
i2 = "ordered"
i4 = "number"
i8 = "ordered"
n = "ordered"
f4 = "ordered"
f8 = "ordered"
d = "ordered"
t = "ordered"
ts = "ordered"
tz = "ordered"
u = "ordered"
vc = "ordered"
tx = "text"
ch = "ordered"
low = { seal = { search = ["order", "equality-ci"], acknowledge_leakage = true } }
[tables."public.others".columns]
i4 = "number"
tx = "text"
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.things"]
level = "access"
search = ["i4"]
"#;

/// Column, the values in it, and constants beside them that it could not hold or holds in another form.
const COLUMNS: &[(&str, &[&str], &[&str])] = &[
    (
        "i2",
        &["-32768", "-300", "-1", "0", "1", "7", "255", "256", "32767"],
        &[
            "32768",
            "-32769",
            "2.5",
            "-0.5",
            "3000000000",
            "99999999999999999999",
            "7.0",
        ],
    ),
    (
        "i4",
        &[
            "-2147483648",
            "-65536",
            "-1",
            "0",
            "1",
            "2",
            "3",
            "1000",
            "2147483647",
        ],
        &[
            "2147483648",
            "-2147483649",
            "2.5",
            "-0.5",
            "2147483647.5",
            "1e3",
            "1e30",
            "-1e30",
        ],
    ),
    (
        "i8",
        &[
            "-9223372036854775808",
            "-4294967296",
            "-1",
            "0",
            "5",
            "4294967296",
            "9223372036854775807",
        ],
        &[
            "9223372036854775808",
            "-9223372036854775809",
            "4.999",
            "9223372036854775807.1",
        ],
    ),
    (
        "n",
        &[
            "-999999.99",
            "-100",
            "-0.01",
            "0",
            "0.01",
            "0.1",
            "1",
            "9.99",
            "10",
            "999999.99",
            "'NaN'",
        ],
        &[
            "1000000",
            "-1000000",
            "0.005",
            "-0.005",
            "0.014999",
            "9.990",
            "'Infinity'::numeric",
            "'-Infinity'",
            "3",
        ],
    ),
    (
        "f4",
        &[
            "'-Infinity'",
            "-3.4e38",
            "-1.5",
            "-1e-40",
            "0",
            "0.1",
            "1.5",
            "16777216",
            "'Infinity'",
            "'NaN'",
        ],
        &[
            "0.1::float8",
            "1e300::float8",
            "'-0'",
            "1.5000001",
            "16777217",
            "0.1::real",
            "'-1e300'::float8",
            "'0.1'",
        ],
    ),
    (
        "f8",
        &[
            "'-Infinity'",
            "-1.7e308",
            "-1.5",
            "-5e-324",
            "0",
            "0.1",
            "1.5",
            "1e15",
            "'Infinity'",
            "'NaN'",
        ],
        &["'-0'", "1", "0.30000000000000004", "1000000000000000"],
    ),
    (
        "d",
        &[
            "'-infinity'",
            "'4713-11-24 BC'",
            "'1969-12-31'",
            "'1999-12-31'",
            "'2000-01-01'",
            "'2024-02-29'",
            "'5874897-12-31'",
            "'infinity'",
        ],
        &[
            "timestamp '1999-12-31 12:00'",
            "timestamp '2000-01-01'",
            "date '2000-01-02'",
            "timestamp 'infinity'",
        ],
    ),
    (
        "t",
        &[
            "'00:00'",
            "'00:00:00.001'",
            "'11:59:59.999'",
            "'12:00'",
            "'24:00'",
        ],
        &["'12:00:00.0005'", "time '11:59:59.9999'"],
    ),
    (
        "ts",
        &[
            "'-infinity'",
            "'1969-12-31 23:59:59'",
            "'2000-01-01'",
            "'2000-01-01 00:00:01'",
            "'294276-12-31'",
            "'infinity'",
        ],
        &[
            "'2000-01-01 00:00:00.5'",
            "date '2000-01-01'",
            "date '5874897-12-31'",
            "'1969-12-31 23:59:58.999999'",
        ],
    ),
    (
        "tz",
        &[
            "'-infinity'",
            "'1969-12-31 23:59:59+00'",
            "'2000-01-01 00:00+00'",
            "'2000-01-01 00:00:00.000001+00'",
            "'infinity'",
        ],
        &["'2000-01-01 01:00+01'", "timestamptz '2000-01-01 00:00+02'"],
    ),
    (
        "u",
        &[
            "'00000000-0000-0000-0000-000000000000'",
            "'7fffffff-0000-0000-0000-000000000001'",
            "'80000000-0000-0000-0000-000000000000'",
            "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
        ],
        &["'80000000-0000-0000-0000-000000000001'"],
    ),
    (
        "vc",
        &[
            "''",
            "' '",
            "'A'",
            "'AB'",
            "'Z'",
            "'a'",
            "'a '",
            "'a!'",
            "'aa'",
            "'ab'",
            "'b'",
            "'é'",
            "'日本'",
            "'日本語'",
            "'😀'",
            "'xxxxxxxxxxxxxxxxxxxx'",
        ],
        &[
            "'xxxxxxxxxxxxxxxxxxxxy'",
            "'xxxxxxxxxxxxxxxxxxxx '",
            "'aaa'",
            "'日'",
            "'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'",
        ],
    ),
    (
        "tx",
        &[
            "''",
            "'a'",
            "'ab'",
            "'abc'",
            "'B'",
            "'ß'",
            "'xxxxxxxxxxxxxxxxxxxx'",
        ],
        &[
            "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
            "'abcd'",
            "'ab '",
            "'ab'::varchar",
        ],
    ),
    (
        "ch",
        &["''", "'a'", "'a!'", "'ab'", "'abcdef'", "'b'"],
        &[
            "'ab    '",
            "'ab '::text",
            "'abcdefg'",
            "'abcdef   '",
            "'a'::varchar",
        ],
    ),
    (
        "low",
        &["'Ada'", "'ada2'", "'Bob'", "'élan'"],
        &["'ς'", "'bob'", "'adaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"],
    ),
];

const OPERATORS: &[&str] = &["<", "<=", ">", ">=", "=", "<>"];

fn rows() -> Vec<String> {
    let longest = COLUMNS
        .iter()
        .map(|(_, values, _)| values.len())
        .max()
        .unwrap();
    (0..longest + 4)
        .map(|at| {
            let mut columns = "id, grp".to_owned();
            let mut values = format!("{at}, {}", at % 3);
            for (step, (column, of, _)) in COLUMNS.iter().enumerate() {
                write!(columns, ", {column}").unwrap();
                // vc is unique; the others repeat themselves and have NULLs. The order of rows is not that of values.
                let value = match *column {
                    "vc" => of.get((at * 7) % of.len()).filter(|_| at < of.len()),
                    _ if at % 11 == 10 => None,
                    _ => of.get((at * 3 + step) % of.len()),
                };
                write!(values, ", {}", value.unwrap_or(&"null")).unwrap();
            }
            format!("insert into things ({columns}) values ({values})")
        })
        .chain([
            "insert into others select g, g, 'a' || g from generate_series(-1, 9) g".to_owned(),
        ])
        .collect()
}

struct Twins {
    plain: Database,
    sealed: Database,
    proxy: Proxy,
}

fn twins() -> Twins {
    let make = || {
        let database = Database::create(ROLES);
        database.run(TABLE);
        database
    };
    let (plain, sealed) = (make(), make());
    let mut script = rows();
    let last = script.pop().unwrap();
    // Half of the rows are there before, half come through the proxy.
    let (before, after) = script.split_at(script.len() / 2);
    for database in [&plain, &sealed] {
        database.run(&before.join(";"));
        database.run(&last);
    }
    let site = Site::new(&sealed, RULES);
    let owner = sealed.superuser_url();
    site.sealwire(&[
        "protect",
        "--upstream",
        &owner,
        "--i-have-no-backup",
        "public.things",
        "public.others",
    ])
    .ok();
    let proxy = site.serve();
    let mut raw = Raw::login(proxy.port(), "owner", sealed.name());
    for sql in after {
        plain.run(sql);
        let answer = raw.query(sql);
        assert_eq!(Raw::error(&answer), "", "{sql}: {:?}", comparable(&answer));
    }
    Twins {
        plain,
        sealed,
        proxy,
    }
}

impl Twins {
    fn logins(&self) -> (Raw, Raw) {
        (
            Raw::login(self.plain.server().port(), "owner", self.plain.name()),
            Raw::login(self.proxy.port(), "owner", self.sealed.name()),
        )
    }

    /// The same answer to every statement, simple, and extended with binary results.
    fn compare(&self, statements: &[String]) {
        let (mut direct, mut proxied) = self.logins();
        let mut different = Vec::new();
        for sql in statements {
            for format in [None, Some(1)] {
                let ask = |raw: &mut Raw| match format {
                    None => raw.query(sql),
                    Some(format) => extended(raw, sql, format),
                };
                let (x, y) = (ask(&mut direct), ask(&mut proxied));
                if comparable(&x) != comparable(&y) {
                    let message = y.iter().find_map(|frame| frame.field('M'));
                    different.push(format!(
                        "{sql}\n  direct:  {:?}\n  proxied: {:?} {}",
                        comparable(&x),
                        comparable(&y),
                        message.unwrap_or_default()
                    ));
                }
            }
        }
        assert!(
            different.is_empty(),
            "{} of {} differ\n{}\n{}",
            different.len(),
            statements.len(),
            different[..different.len().min(12)].join("\n"),
            self.proxy.log()
        );
    }
}

/// Every type, every operator, every constant; on values and on what the column could not hold.
#[test]
fn every_operator_with_every_constant_of_every_type() {
    let twins = twins();
    let mut statements = Vec::new();
    for (column, values, beside) in COLUMNS {
        for constant in values.iter().chain(*beside) {
            // One statement for all operators, and one that sorts.
            let told: Vec<String> = OPERATORS
                .iter()
                .map(|operator| format!("count(*) filter (where {column} {operator} {constant})"))
                .collect();
            statements.push(format!("select {} from things", told.join(", ")));
            statements.push(format!(
                "select id, {column} from things where {column} >= {constant} order by {column} desc nulls last, id"
            ));
        }
        for pair in values.iter().chain(*beside).collect::<Vec<_>>().windows(2) {
            let (a, b) = (pair[0], pair[1]);
            statements.push(format!(
                "select id from things where {column} between {a} and {b} or {column} not between symmetric {b} and {a} order by {column} nulls first, id"
            ));
        }
        let extremes = if *column == "u" {
            "count(*)".to_owned()
        } else {
            format!("min({column}), max({column}), max({column}) filter (where id < 5)")
        };
        statements.push(format!("select {extremes} from things"));
        statements.push(format!(
            "select grp, {extremes} from things group by grp order by grp"
        ));
        statements.push(format!(
            "select distinct on ({column}) {column}, id from things order by {column}, id"
        ));
        statements.push(format!(
            "select id, row_number() over (order by {column}, id), rank() over (order by {column} desc), lag({column}) over (order by {column}, id) from things order by id"
        ));
        statements.push(format!(
            "select array_agg({column} order by {column} desc, id), string_agg(id::text, ',' order by {column}, id) from things"
        ));
        statements.push(format!(
            "select a.id, b.id from things a join things b on a.{column} < b.{column} where b.id < 6 order by a.{column}, b.{column} desc, 1, 2"
        ));
        statements.push(format!(
            "select id, greatest({column}, {column}) from things order by 2, 1"
        ));
    }
    twins.compare(&statements);
    // As another branch a constant is of the column's own type; of a wider one it would change that of the whole.
    twins.compare(
        &[
            "select id, greatest(i4, -5), least(vc, 'b'), greatest(d, '2000-01-01', null) from things order by 2, 3, 1",
            "select id, least(n, 5.00), greatest(f8, 0.5) from things order by 2, 1",
        ]
        .map(str::to_owned),
    );
}

/// Pairs of random values: the server's `<` on plaintext is that on envelopes.
#[test]
fn random_values_of_every_type_keep_the_order_of_the_server() {
    let twins = twins();
    let make = "insert into things (id, grp, i2, i4, i8, n, f4, f8, d, t, ts, tz, u, vc, tx, ch) select 1000 + g, g % 5,
        (random() * 65535 - 32768)::int, (random() * 4e9 - 2e9)::int, ((random() - 0.5) * 1.8e19)::numeric::bigint, ((random() - 0.5) * 1e6)::numeric(8,2),
        ((random() - 0.5) * 10 ^ (random() * 60 - 30))::real, (random() - 0.5) * 10 ^ (random() * 300 - 150), date '2000-01-01' + ((random() - 0.5) * 1e6)::int,
        time '00:00' + random() * interval '24 hours', timestamp '2000-01-01' + (random() - 0.5) * interval '4000 years',
        timestamptz '2000-01-01' + (random() - 0.5) * interval '40 seconds', gen_random_uuid(), substr(md5(random()::text), 1, (random() * 19)::int) || chr(63 + g),
        repeat(chr(97 + (random() * 2)::int), (random() * 15)::int) || chr(200 + (random() * 20000)::int), substr(md5(random()::text), 1, (random() * 6)::int) from generate_series(1, 120) g";
    // The superuser makes them on the plain side, and the proxy takes them over as text.
    twins.plain.run(&format!("set timezone = 'UTC'; {make}"));
    let columns = "id, grp, i2, i4, i8, n, f4, f8, d, t, ts, tz, u, vc, tx, ch";
    let (mut direct, mut proxied) = twins.logins();
    let all = direct.query(&format!("select {columns} from things where id > 1000"));
    for row in Raw::rows(&all) {
        let values: Vec<String> = row
            .into_iter()
            .map(|value| {
                value.map_or("null".to_owned(), |value| {
                    format!("'{}'", value.replace('\'', "''"))
                })
            })
            .collect();
        let sql = format!(
            "insert into things ({columns}) values ({})",
            values.join(", ")
        );
        let answer = proxied.query(&sql);
        assert_eq!(Raw::error(&answer), "", "{sql}: {:?}", comparable(&answer));
    }
    let mut statements = Vec::new();
    for column in columns.split(", ").skip(2) {
        statements.push(format!(
            "select id, {column} from things where id > 1000 order by {column}, id"
        ));
        statements.push(format!(
            "select a.id, count(b.id) from things a left join things b on b.{column} < a.{column} group by a.id order by 2, 1"
        ));
    }
    twins.compare(&statements);
}

#[test]
fn sorts_pages_and_joins() {
    let twins = twins();
    twins.compare(
        &[
            // Keyset pagination.
            "select id, d, vc from things where (d, id) > ('1999-12-31', 3) order by d, id limit 4",
            "select id from things where (i4, vc) <= (2, 'b') order by i4, vc, id",
            "select id from things where (i4, vc) < (2.5, 'xxxxxxxxxxxxxxxxxxxxyyyy') order by i4, vc, id",
            "select id from things where row(i4, d) >= row(1, '2000-01-01') order by id",
            // By alias, ordinal, subquery, CTE, set operation.
            "select i4 as x, id from things order by x desc, id",
            "select i4, id from things order by 1 nulls first, 2",
            "select * from (select id, i4 from things order by i4, id limit 5) q order by i4 desc, id",
            "with q as (select i4 v, id from things) select id from q where v > 0 order by v, id",
            "select i4 from things union select i4 from others order by 1",
            "select i4 from things union all select i4 from others order by i4 desc nulls last",
            "select i4 from things except select i4 from others order by 1",
            // Between columns of one domain.
            "select a.id, b.id from things a join others b on a.i4 = b.i4 order by 1, 2",
            "select a.id, b.id from things a join others b on a.i4 < b.i4 and b.i4 <= 3 order by 1, 2",
            "select id from things where i4 > all (select i4 from others where i4 < 2) order by id",
            "select id from things where i4 < any (select i4 from others) order by id",
            "select id from things where tx < (select max(tx) from others) order by id",
            "select id from things where i4 between (select min(i4) from others) and 3 order by id",
            // Arrays.
            "select id from things where i4 < any ('{0,1}') order by id",
            "select id from things where i4 >= all (array[1, 2.5]) order by id",
            "select id from things where vc > any (array['b', 'zzzzzzzzzzzzzzzzzzzzzzzzz']) order by id",
            "select id from things where i4 = any ('{1,2,3}') order by i4, id",
            // Aggregates and windows.
            "select grp, min(d), max(vc), count(distinct i4) from things group by grp having max(i4) > 0 order by min(d), grp",
            "select id, max(i4) over (order by d, id rows between 2 preceding and current row), min(vc) over (partition by grp) from things order by id",
            "select id, sum(id) over (order by d groups between 1 preceding and 1 following), first_value(i4) over (order by i4 desc nulls last, id) from things order by id",
            "select id, ntile(3) over w, max(d) over w from things window w as (order by d, id) order by id",
            "select max(i4), min(distinct i4), max(coalesce(i4, 5)) from things",
            "select max(i4) from things where false",
            "select greatest(i4, 3, null), least(i4, 0) from things order by id",
            "select id, case when i4 > 1 then 'more' when i4 < 0 then 'less' else 'else' end from things order by id",
            "select id from things where not (i4 > 1) order by i4, id",
            "select id from things where d > '1999-12-31' and d < '2024-02-29' order by d for update",
            // With its tag.
            "select id from things where lower(low) = 'ada' order by low, id",
            "select lower(id::text), low from things where low < 'b' order by low desc, id",
            // Types of results, errors of the server.
            "select min(vc), max(ch), min(tx), max(t) from things",
            "select id from things where i4 > 'x'",
            "select id from things where i4 > true",
            "select id from things where d > 'no date'",
            "select id from things where d > 5",
            "update things set i4 = 5 where i4 > 2000000000 returning id, i4",
            "update things set tx = 'xxxxxxxxxxxxxxxxxxxx' where id = 1 returning tx",
            "delete from things where i2 > 255.5 returning id",
            "select count(*) from things where i4 between 1 and 5",
            "insert into others values (100, 2147483648)",
        ]
        .map(str::to_owned),
    );
}

/// Parameters, in text and in binary, declared and not.
#[test]
fn parameters_of_every_type() {
    let twins = twins();
    let (mut direct, mut proxied) = twins.logins();
    let mut different = Vec::new();
    let mut ask = |sql: &str, oids: &[u32], values: &[Option<&[u8]>], format: i16| {
        let run = |raw: &mut Raw| -> Vec<Frame> {
            raw.parse("", sql, oids);
            raw.describe('S', "");
            raw.bind("", "", format, values, 0);
            raw.execute("", 0);
            raw.sync();
            raw.until_ready()
        };
        let (x, y) = (
            comparable(&run(&mut direct)),
            comparable(&run(&mut proxied)),
        );
        if x != y {
            different.push(format!("{sql} {oids:?}\n  {x:?}\n  {y:?}"));
        }
    };
    for (column, values, _) in COLUMNS {
        for value in *values {
            let value = value.trim_matches('\'').as_bytes();
            ask(
                &format!(
                    "select id from things where {column} > $1 or {column} <= $2 order by {column}, id"
                ),
                &[],
                &[Some(value), None],
                0,
            );
            ask(
                &format!("select id from things where {column} between $1 and $1 order by id"),
                &[],
                &[Some(value)],
                0,
            );
        }
    }
    let (large, half) = (3_000_000_000_i64.to_be_bytes(), 2.5_f64.to_be_bytes());
    ask(
        "select id from things where i4 < $1 order by id",
        &[20],
        &[Some(&large)],
        1,
    );
    ask(
        "select id from things where i4 < $1 order by id",
        &[20],
        &[Some(b"3000000000")],
        0,
    );
    ask(
        "select id from things where i4 < $1 order by id",
        &[1700],
        &[Some(b"2.5")],
        0,
    );
    ask(
        "select id from things where i4 < any($1) order by id",
        &[1231],
        &[Some(b"{2.5,-5}")],
        0,
    );
    ask(
        "select id from things where i4 < $1 order by id",
        &[],
        &[Some(&5_i32.to_be_bytes())],
        1,
    );
    ask(
        "select id from things where f4 <= $1 order by id",
        &[701],
        &[Some(&half)],
        1,
    );
    ask(
        "select id from things where f4 < $1 order by id",
        &[701],
        &[Some(b"0.1")],
        0,
    );
    ask(
        "select id from things where d <= $1 order by id",
        &[1114],
        &[Some(b"1999-12-31 10:00")],
        0,
    );
    ask(
        "select id from things where vc < $1 order by id",
        &[25],
        &[Some(&[b'x'; 500])],
        1,
    );
    ask(
        "select id from things where vc < $1 order by id",
        &[1043],
        &[Some(b"b")],
        0,
    );
    ask(
        "select id from things where (d, id) > ($1, $2) order by d, id limit $3",
        &[],
        &[Some(b"2000-01-01"), Some(b"2"), Some(b"3")],
        0,
    );
    ask(
        "select id from things where i4 < any($1) and i4 > all($2) order by id",
        &[],
        &[Some(b"{5,NULL}"), Some(b"{}")],
        0,
    );
    assert!(different.is_empty(), "{}", different.join("\n"));
    // A value that is too long is never stored.
    proxied.parse("", "insert into others (id, tx) values (50, $1)", &[]);
    proxied.bind("", "", 0, &[Some(&[b'x'; 21])], 0);
    proxied.execute("", 0);
    proxied.sync();
    assert_eq!(Raw::error(&proxied.until_ready()), "22001");
    let literal = format!(
        "insert into others (id, tx) values (50, '{}')",
        "é".repeat(21)
    );
    assert_eq!(Raw::error(&proxied.query(&literal)), "22001");
    let fits = format!(
        "insert into others (id, tx) values (50, '{}')",
        "é".repeat(20)
    );
    assert_eq!(Raw::error(&proxied.query(&fits)), "");
}

#[test]
fn indexes_serve_ranges_sorts_and_extremes() {
    let twins = twins();
    let mut proxied = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    proxied.query("insert into things (id, i4, d) select 5000 + g, null, null from generate_series(1, 3000) g");
    twins.sealed.run("alter table things owner to owner");
    let made = proxied.query("create index things_tx on things (tx desc)");
    assert_eq!(Raw::error(&made), "");
    proxied.query("analyze things");
    proxied.query("set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off");
    for (sql, index) in [
        ("select id from things where i4 > 5", "things_i4"),
        (
            "select id from things where i4 between 1 and 2.5",
            "things_i4",
        ),
        ("select i4 from things order by i4 limit 3", "things_i4"),
        ("select max(i4) from things", "things_i4"),
        ("select min(i4) from things", "things_i4"),
        (
            "select id from things order by d desc nulls last, id limit 5",
            "things_d",
        ),
        (
            "select id from things where vc >= 'b' order by vc",
            "things_vc",
        ),
        (
            "select id from things where tx < 'b' order by tx desc",
            "things_tx",
        ),
    ] {
        let answer = proxied.query(&format!("explain (costs off) {sql}"));
        let plan: Vec<String> = Raw::rows(&answer)
            .into_iter()
            .filter_map(|row| row.into_iter().next().flatten())
            .collect();
        let plan = plan.join("\n");
        assert!(
            plan.contains(&format!("using {index}")) && !plan.contains("Sort"),
            "{sql}\n{plan}"
        );
    }
    proxied.query("set enable_hashjoin = off; set enable_nestloop = off; set enable_sort = on");
    let answer =
        proxied.query("explain (costs off) select a.id from things a join others b on a.i4 = b.i4");
    assert!(format!("{:?}", Raw::rows(&answer)).contains("Merge Join"));
}

#[test]
fn who_may_not_search_learns_no_order() {
    let twins = twins();
    let mut support = Raw::login(twins.proxy.port(), "support", twins.sealed.name());
    let mut intern = Raw::login(twins.proxy.port(), "intern", twins.sealed.name());
    for sql in [
        "select id from things where d > '2000-01-01'",
        "select id from things where d between '2000-01-01' and '2001-01-01'",
        "select id from things order by d",
        "select id from things order by d desc limit 1",
        "select d from things order by 1",
        "select min(d) from things",
        "select id, rank() over (order by d) from things",
        "select array_agg(id order by d) from things",
        "select distinct on (d) id from things",
        "select greatest(d, d) from things",
        "select id from things where (d, id) > ('2000-01-01', 1)",
        "select id from things where (id, d) > (1, '2000-01-01')",
        "select id from things where d < any ('{2000-01-01}')",
        "select a.id from things a join things b on a.d < b.d",
        "select id from things where case when d > '2000-01-01' then true end",
        "select sealwire.min(d) from things",
        "select sealwire.max(d::sealwire.sealed) from things",
        "with q as (select d, id from things) select id from q order by d",
        "select id from (select id, d as e from things) q order by e",
        "select d from things union select d from things order by d",
    ] {
        for raw in [&mut support, &mut intern] {
            let state = Raw::error(&raw.query(sql));
            assert!(
                matches!(state.as_str(), "42501" | "0A000"),
                "{sql}: {state}"
            );
        }
    }
    // With search: found and sorted, and still masked; every constant is a guess.
    let answer = support
        .query("select id, i4 from things where i4 between 1 and 1000 order by i4, id limit 3");
    let rows = Raw::rows(&answer);
    assert_eq!((rows.len(), Raw::error(&answer).as_str()), (3, ""));
    assert!(
        rows.iter().all(|row| row[0].is_some() && row[1].is_none()),
        "{rows:?}"
    );
    let answer = support.query("select min(i4), max(i4) from things");
    assert_eq!(Raw::rows(&answer), [[None, None]]);
    let many: Vec<String> = (0..30).map(|n| format!("i4 > {n}")).collect();
    let sql = format!("select id from things where {}", many.join(" and "));
    assert_eq!(Raw::error(&support.query(&sql)), "42501");
}

#[test]
fn there_and_back() {
    let twins = twins();
    let owner = twins.sealed.superuser_url();
    let sealed = twins
        .sealed
        .value("select count(*) from things where octet_length(i4) = 66 and i4 >= '\\xfb1101'");
    assert_eq!(sealed, twins.sealed.value("select count(i4) from things"));
    let check = twins.proxy.site.sealwire(&["check", "--upstream", &owner]);
    assert!(
        check
            .stdout
            .contains("role support sees a mask of it and may search it by its order"),
        "{}",
        check.stdout
    );
    assert!(
        check.stdout.contains("public.things.i4"),
        "{}",
        check.stdout
    );
    twins
        .proxy
        .site
        .sealwire(&[
            "unprotect",
            "--upstream",
            &owner,
            "public.things",
            "public.others",
        ])
        .ok();
    let all = "select * from things order by i4 desc nulls last, id";
    assert_eq!(twins.sealed.value(all), twins.plain.value(all));
    let indexes = "select string_agg(indexdef, E'\\n' order by indexname) from pg_indexes where tablename = 'things'";
    assert_eq!(twins.sealed.value(indexes), twins.plain.value(indexes));
}

/// Tables made through the proxy have ordered columns from the start.
#[test]
fn made_through_the_proxy() {
    let database = Database::create(ROLES);
    let proxy = Proxy::start(&database, RULES);
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    for sql in [
        "create table others (id int primary key, i4 int not null default 7, tx varchar(20) collate \"C\")",
        "create index others_i4 on others (i4 desc nulls last, id)",
        "insert into others (id) values (1)",
        "insert into others values (2, 3, 'b'), (3, -1, 'a')",
        "alter table others add column note text",
    ] {
        let answer = raw.query(sql);
        assert_eq!(Raw::error(&answer), "", "{sql}: {:?}", comparable(&answer));
    }
    let answer = raw.query("select id, i4 from others where i4 > 0.5 order by i4 desc");
    let text = |value: &str| Some(value.to_owned());
    assert_eq!(
        Raw::rows(&answer),
        [[text("1"), text("7")], [text("2"), text("3")]]
    );
    assert_eq!(
        database.value("select count(*) from others where i4 >= '\\xfb1101'"),
        "3"
    );
    let refused = raw.query("create table things (id int, tx text collate \"de-x-icu\")");
    assert_eq!(Raw::error(&refused), "0A000");
    // A DEFAULT that no row could take is told when it is declared: the rule's most characters count, whatever the type.
    let long = "x".repeat(50);
    for sql in [
        format!("create table things (id int, tx text collate \"C\" default '{long}')"),
        format!("alter table others alter column tx set default '{long}'"),
    ] {
        assert_eq!(Raw::error(&raw.query(&sql)), "22001", "{sql}");
    }
    let fits = raw.query("alter table others alter column tx set default 'short'");
    assert_eq!(Raw::error(&fits), "");
}

/// `check` says what the order of a column's own data gives away: before it is sealed, and from the envelopes alone.
#[test]
fn check_tells_what_an_order_gives_away() {
    let database = Database::create(ROLES);
    database.run(
        "create table others (id int primary key, i4 int, tx text);
         insert into others select g, g % 500, case when g % 2 = 0 then repeat(md5(g::text), 1)::char(20) end from generate_series(1, 2000) g",
    );
    let site = Site::new(&database, RULES);
    let owner = database.superuser_url();
    let told = |site: &Site, begins: &str| {
        let output = site.sealwire(&["check", "--upstream", &owner]);
        let all = output.stdout;
        ["i4", "tx"].map(|column| {
            let line = all
                .lines()
                .find(|line| line.contains(&format!("others.{column}")) && line.contains(begins))
                .unwrap_or_else(|| panic!("{begins}\n{all}"));
            let (_, share) = line.split_once("value tells ").unwrap();
            let (share, _) = share.split_once(" in a hundred").unwrap();
            share.parse::<u32>().unwrap()
        })
    };
    // Dense numbers are given away, random texts are not.
    let before = told(&site, "would show its order: of ");
    assert!(before[0] > 95 && before[1] < 5, "{before:?}");
    site.protect("public.others");
    assert_eq!(told(&site, "shows its order: of "), before);
}

/// Text that the server does not sort by its bytes is not taken.
#[test]
fn another_collation_is_refused() {
    let database = Database::create(ROLES);
    database.run("create table others (id int primary key, i4 int, tx text collate \"de-x-icu\"); insert into others values (1, 1, 'a')");
    let site = Site::new(&database, RULES);
    let output = site.try_protect("public.others");
    assert_ne!(output.code, 0);
    assert!(
        output.stderr.contains("by its bytes") || output.stdout.contains("by its bytes"),
        "{}{}",
        output.stdout,
        output.stderr
    );
    database.run("alter table others alter column tx type text collate \"C\"");
    site.protect("public.others");
}
