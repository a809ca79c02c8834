//! Constants and parameters beside sealed columns, in every construct that makes one value of both: the plain table
//! directly and the protected one through the proxy answer alike in values, types and modifiers, or the proxy refuses.

use std::collections::BTreeMap;

use crate::differential::{comparable, extended};
use crate::harness::{Database, Frame, Proxy, Raw};

const ROLES: &[&str] = &["owner", "clerk"];

const TABLES: &str = r#"
create table t (
    id int primary key,
    v varchar(5), x text, c char(5), n numeric(6,2), i int, s smallint, b bigint, r real, f float8,
    d date, p timestamp(0), z timestamptz, m time(0), u uuid,
    ov varchar(5), oc char(5), o_n numeric(6,2), oi int, l varchar(5), w numeric
);
insert into t select i, v, v, v, n, i, i, i, n, n, d, d, d, '10:00:01', u, v, v, n, i, v, n
from (values
    (1, 'ab', 1.5, date '2020-01-01', 'ca7a0001-9d4c-2f63-6f06-000000000001'::uuid),
    (2, 'abcde', 0, '2020-01-02', 'ca7a0001-9d4c-2f63-6f06-000000000002'),
    (3, ' a', 7, '1999-12-31', 'ca7a0001-9d4c-2f63-6f06-000000000003'),
    (4, '', -2.25, 'infinity', 'ca7a0001-9d4c-2f63-6f06-000000000004'),
    (7, 'ab', 1.5, '2020-01-01', 'ca7a0001-9d4c-2f63-6f06-000000000001')
) as q (i, v, n, d, u);
insert into t (id) values (5), (6);
create table plain (id int, v varchar(5), n numeric(6,2), k text);
insert into plain values (1, 'ab', 1.50, 'k'), (2, 'zz', 9, 'l');
grant all on t, plain to owner, clerk;
"#;

const RULES: &str = r#"
[tables."public.t".columns]
v = { seal = { search = ["equality"] } }
x = { seal = { search = ["equality"] } }
c = { seal = { search = ["equality"] } }
n = { seal = { search = ["equality"] } }
i = { seal = { search = ["equality"], acknowledge_leakage = true } }
s = { seal = { search = ["equality"], acknowledge_leakage = true } }
b = { seal = { search = ["equality"] } }
r = { seal = { search = ["equality"] } }
f = { seal = { search = ["equality"] } }
d = { seal = { search = ["equality"] } }
p = { seal = { search = ["equality"] } }
z = { seal = {} }
m = { seal = { search = ["equality"] } }
u = { seal = { search = ["equality"] } }
ov = { seal = { search = ["order"], acknowledge_leakage = true } }
oc = { seal = { search = ["order"], acknowledge_leakage = true } }
o_n = { seal = { search = ["order"], acknowledge_leakage = true } }
oi = { seal = { search = ["order"], acknowledge_leakage = true } }
l = { seal = { search = ["equality-ci"] } }
w = { seal = {} }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

const TEXTS: &[&str] = &[
    "'ab'",
    "'abcde'",
    "'abcdefg'",
    "'ab '",
    "''",
    "'ab'::text",
    "'ab  '::text",
    "'ab'::varchar",
    "'abcdefg'::varchar(5)",
    "'ab'::varchar(5)",
    "'ab'::varchar(3)",
    "'ab'::char(5)",
    "'ab'::char(3)",
    "'abcdefg'::char(5)",
    "'ab  '::bpchar",
    "null",
    "null::text",
    "5",
    "'n/a'::varchar(10)",
];
const NUMBERS: &[&str] = &[
    "0",
    "'0'",
    "1.5",
    "'1.50'",
    "1.505",
    "7::bigint",
    "7::smallint",
    "'7'::numeric",
    "'1.505'::numeric(6,2)",
    "'1.5'::numeric(6,2)",
    "'7'::numeric(8,3)",
    "123456789",
    "3000000000",
    "'NaN'",
    "'-0'",
    "0.1",
    "0.1::real",
    "0.5::float8",
    "null",
    "'7 '",
    "'x'",
];
const DATES: &[&str] = &[
    "'2020-01-01'",
    "date '2020-01-01'",
    "timestamp '2020-01-01'",
    "'2020-01-01 10:00:00.25'",
    "'2020-01-01 10:00:00.25'::timestamp(0)",
    "timestamptz '2020-01-01 00:00:00+00'",
    "'infinity'",
    "null",
];
const TIMES: &[&str] = &["'10:00:01'", "'10:00:01.5'", "time '10:00:01'", "null"];
const IDS: &[&str] = &[
    "'ca7a0001-9d4c-2f63-6f06-000000000001'",
    "'CA7A0001-9d4c-2f63-6f06-000000000001'::uuid",
    "'x'",
    "null",
];

/// Each column, the constants that stand beside it, and its type.
const COLUMNS: &[(&str, &[&str], &str)] = &[
    ("v", TEXTS, "varchar(5)"),
    ("x", TEXTS, "text"),
    ("c", TEXTS, "char(5)"),
    ("n", NUMBERS, "numeric(6,2)"),
    ("i", NUMBERS, "int"),
    ("s", NUMBERS, "smallint"),
    ("b", NUMBERS, "bigint"),
    ("r", NUMBERS, "real"),
    ("f", NUMBERS, "float8"),
    ("d", DATES, "date"),
    ("p", DATES, "timestamp(0)"),
    ("z", DATES, "timestamptz"),
    ("m", TIMES, "time(0)"),
    ("u", IDS, "uuid"),
    ("ov", TEXTS, "varchar(5)"),
    ("oc", TEXTS, "char(5)"),
    ("o_n", NUMBERS, "numeric(6,2)"),
    ("oi", NUMBERS, "int"),
    ("l", TEXTS, "varchar(5)"),
    ("w", NUMBERS, "numeric"),
];

/// `#` is the column, `$` the constant, `@` the column's type.
const FORMS: &[&str] = &[
    "select id, coalesce(#, $) from t order by id",
    "select id, coalesce($, #) from t order by id",
    "select id, coalesce(#, $, null) as y from t order by id",
    "select id, case when id < 3 then # else $ end from t order by id",
    "select id, case when id < 3 then $ else # end from t order by id",
    "select id, case when id < 3 then $ when id < 4 then # end from t order by id",
    "select id, nullif(#, $) from t order by id",
    "select id, nullif($, #) from t order by id",
    "select id, greatest(#, $) from t order by id",
    "select # from t where id < 6 union all select $",
    "select $ union all select # from t where id < 6",
    "(select # from t where id < 6) union (select $) order by 1",
    "select # from t where id = 1 except select $",
    "select id, array[#, $] from t order by id",
    "select id, lag(#, 1, $) over (order by id) from t order by id",
    "select x from (select id, coalesce(#, $) as x from t) q order by q.id",
    "select id from (select id, coalesce(#, $) as y from t) q where y = $ order by id",
    "select coalesce(#, $), count(*) from t group by 1 order by 2",
    "select count(*) from t group by coalesce(#, $) order by 1",
    "select count(distinct coalesce(#, $)) from t",
    "select id, coalesce(#, $) from t order by 2, 1",
    "select id, coalesce(#, $)::@ from t order by id",
    "select id, coalesce(#, $)::text from t order by id",
    "select t.id, y.k from t join (values ($)) as y (k) on y.k = t.# order by 1",
    "select count(*) from (values ($), ($)) as y (k) left join t on y.k = t.# group by y.k order by 1",
    "select t.id, y.k from t join (values ($::@)) as y (k) on y.k = t.# order by 1",
    "select y.k, t.id from (values ($::@), (null)) as y (k) left join t on t.# = y.k order by 2, 1",
    "select k, t.id from (values ($)) as y (k) join (select id, # as k from t) t using (k) order by 2",
    "select t.id, coalesce(t.#, y.k) from t, (values ($)) as y (k) order by 1",
    "with y (k) as (values ($), ($)) select t.id, coalesce(t.#, y.k) from t, y order by 1",
    "select id, coalesce(#, (select $)) from t order by id",
    "with recursive y (n, k) as (select 1, # from t where id = 1 union all select n + 1, coalesce(k, $) from y where n < 3) select * from y",
    "select id from t where # = $ order by id",
    "select id from t where $ = # or # in ($, $) order by id",
    "begin; insert into t (id, #) select 90, coalesce(#, $) from t where id in (1, 5) and id > 2 returning #; rollback",
    "begin; update t set # = coalesce(#, $) where id in (1, 5) returning id, #; rollback",
    "begin; update t set # = $ where id in (1, 5) returning id, #, coalesce(#, $); rollback",
];

/// Answered, whatever else is refused.
const ANSWERED: &[&str] = &[
    "select id, coalesce(n, 0) from t order by id",
    "select id, coalesce(n, '0') as balance from t order by id",
    "select id, coalesce(o_n, 0), coalesce(n, 1.505), coalesce(0, n) from t order by id",
    "select id, coalesce(v, 'not given') from t order by id",
    "select id, coalesce(ov, 'not given'), coalesce(l, 'not given') from t order by id",
    "select id, coalesce(c, '-') from t order by id",
    "select id, coalesce(oc, 'none at all'), coalesce(oi, 3000000000) from t order by id",
    "select id, case when c is null then '-' else c end from t order by id",
    "select id, coalesce('x'::text, c), case when id < 3 then c else 'x'::text end from t order by id",
    "select id, coalesce(i, 3000000000), coalesce(s, 100000), coalesce(b, 1) from t order by id",
    "select id, coalesce(r, 0.1), coalesce(p, '2020-01-01 10:00:00.25') from t order by id",
    "select n from t union all select 0",
    "values (0, 'nothing at all') union all select n, v from t",
    "select * from (select id, coalesce(n, 0) as n from t) q where id > 3 order by id",
    "select y.k, t.id from (values ('1.505'::numeric(6,2)), ('7'::numeric(6,2))) as y (k) left join t on t.n = y.k where t.id = 3",
    "select y.k, t.id from (values ('ab'::char(5)), ('zz'::char(5))) as y (k) left join t on t.c = y.k order by 1, 2",
    "select k, t.id from unnest('{ab,zz}'::char(5)[]) as y (k) left join t on t.c = y.k order by 1, 2",
    "select id from t where v = 'abcdefg'::varchar(5) or c = 'abcdefg'::char(5) order by id",
    "select id, array_agg(coalesce(n, 0)) over (order by id) from t order by id",
    "select id, nullif(n, 7::bigint), nullif(d, timestamp '2020-01-01'), nullif(i, 7::bigint) from t order by id",
    "begin; update t set v = 'abcdefg'::varchar(5) where id = 1 returning v; rollback",
    "begin; update t set c = 'abcdefg'::char(5) where id = 1 returning c; rollback",
    "select id, max(n) over () as most from (select id, id::numeric as n from t) q order by id",
];

fn twins() -> (Raw, Raw, Proxy) {
    let direct = Database::create(ROLES);
    direct.run(TABLES);
    let sealed = Database::create(ROLES);
    sealed.run(TABLES);
    let proxy = Proxy::start_protected(&sealed, RULES, &["public.t"]);
    let plain = Raw::login(direct.server().port(), "owner", direct.name());
    let proxied = Raw::login(proxy.port(), "owner", sealed.name());
    (plain, proxied, proxy)
}

/// The SQLSTATE of a refusal: the proxy does not do it.
fn refused(frames: &[Frame]) -> Option<String> {
    let error = frames.iter().find(|frame| frame.tag == 'E')?;
    let message = error.field('M').unwrap_or_default();
    // A NULL in an expression beside the table's own column is of the type under the domain, which the server refuses (42804).
    if error.sqlstate() == "42804" && message.starts_with("recursive query") {
        return Some(message);
    }
    // A placeholder that would have to be two things is refused as the server refuses one of two types.
    (matches!(error.sqlstate().as_str(), "0A000" | "42P08") && message.contains("(SW"))
        .then_some(message)
}

/// What must be equal: rows in any order, which is no matter here. A parameter of text is as well one of varchar: which
/// of its places the server looks at first decides. COALESCE has the modifier that the statement has when it is described;
/// once it is planned, a NULL among its arguments is no more there, and a constant before the others is all of it.
fn told(sql: &str, frames: &[Frame]) -> Vec<String> {
    let mut described = sql.contains("coalesce") && !frames.iter().any(|frame| frame.tag == '1');
    let mut told: Vec<String> = comparable(frames)
        .into_iter()
        .filter(|line| !line.starts_with("t "))
        .map(|line| {
            if !line.starts_with("T ") {
                return line;
            }
            if std::mem::replace(&mut described, sql.contains("coalesce")) {
                without_modifiers(&line)
            } else {
                line
            }
        })
        .collect();
    let rows = told.iter().position(|line| line.starts_with("D "));
    if let Some(first) = rows {
        let count = told.iter().filter(|line| line.starts_with("D ")).count();
        if let Some(rows) = told.get_mut(first..first + count) {
            rows.sort();
        }
    }
    told
}

/// A description whose modifiers, the fifth of each column's six, are left out.
fn without_modifiers(line: &str) -> String {
    let column = |column: &str| {
        let mut fields: Vec<&str> = column.split(", ").collect();
        if fields.len() >= 6 {
            fields.remove(fields.len() - 2);
        }
        fields.join(", ")
    };
    line.split("), (")
        .map(column)
        .collect::<Vec<_>>()
        .join("), (")
}

#[derive(Default)]
struct Tally {
    answered: usize,
    refused: BTreeMap<String, (usize, String)>,
    wrong: Vec<String>,
}

impl Tally {
    fn judge(&mut self, sql: &str, direct: &[Frame], proxied: &[Frame], must: bool) {
        if let (Some(why), false) = (refused(proxied), must) {
            if Raw::error(direct).is_empty() {
                let (count, _) = self.refused.entry(why).or_insert((0, sql.to_owned()));
                *count += 1;
            }
            return;
        }
        let (a, b) = (told(sql, direct), told(sql, proxied));
        let failed = |frames: &[Frame]| !Raw::error(frames).is_empty();
        // Which of two mistakes is told first is no matter.
        if a == b || (failed(direct) && failed(proxied)) {
            self.answered += 1;
            return;
        }
        let at = a.iter().zip(&b).position(|(a, b)| a != b);
        let at = at.unwrap_or(a.len().min(b.len()));
        let error = proxied.iter().find(|frame| frame.tag == 'E');
        let error = error.and_then(|frame| frame.field('M'));
        self.wrong.push(format!(
            "{sql}\n  direct:  {:?}\n  proxied: {:?} {}",
            a.get(at),
            b.get(at),
            error.unwrap_or_default()
        ));
    }

    fn total(&self) -> usize {
        self.refused.values().map(|(count, _)| count).sum()
    }

    fn check(&self, most_refused: usize) {
        for (why, (count, sql)) in &self.refused {
            eprintln!("{count:>5} {why}\n      {sql}");
        }
        eprintln!("{} answered, {} refused", self.answered, self.total());
        assert!(
            self.wrong.is_empty(),
            "{} wrong:\n{}",
            self.wrong.len(),
            self.wrong.join("\n")
        );
        let all = self.answered + self.total();
        assert!(
            self.total() * 100 < all * most_refused,
            "{} of {all} refused",
            self.total()
        );
    }
}

fn filled(form: &str, column: &str, constant: &str, ty: &str) -> String {
    form.replace('#', column)
        .replace('$', constant)
        .replace('@', ty)
}

#[test]
fn constants_are_answered_exactly_or_refused() {
    let (mut direct, mut proxied, _proxy) = twins();
    let mut tally = Tally::default();
    for (column, constants, ty) in COLUMNS {
        for constant in *constants {
            for (at, form) in FORMS.iter().enumerate() {
                let sql = filled(form, column, constant, ty);
                // Each in one of the ways, which are all met in turn.
                let ask = |raw: &mut Raw| match (at + sql.len()) % 3 {
                    _ if sql.starts_with("begin") => {
                        let answer = raw.query(&sql);
                        raw.query("rollback");
                        answer
                    }
                    0 => raw.query(&sql),
                    format => extended(raw, &sql, i16::try_from(format - 1).unwrap()),
                };
                let (a, b) = (ask(&mut direct), ask(&mut proxied));
                tally.judge(&sql, &a, &b, false);
            }
        }
    }
    tally.check(60);
}

#[test]
fn parameters_are_answered_exactly_or_refused() {
    let (mut direct, mut proxied, _proxy) = twins();
    let mut tally = Tally::default();
    for (column, constants, ty) in COLUMNS {
        let casts: &[&str] = match *constants {
            TEXTS => &[
                "",
                "::text",
                "::varchar",
                "::varchar(3)",
                "::char(5)",
                "::char(3)",
            ],
            NUMBERS => &[
                "",
                "::numeric",
                "::numeric(6,2)",
                "::int",
                "::bigint",
                "::float8",
            ],
            DATES => &["", "::date", "::timestamp"],
            _ => &[""],
        };
        let values: Vec<&str> = constants
            .iter()
            .filter(|own| own.starts_with('\'') && own.ends_with('\''))
            .map(|own| own.trim_matches('\''))
            .collect();
        for form in FORMS.iter().filter(|form| !form.starts_with("begin")) {
            for cast in casts {
                let sql = filled(form, column, &format!("$1{cast}"), ty);
                let declared: &[u32] = match *constants {
                    TEXTS if cast.is_empty() => &[0, 25, 1043, 1042],
                    _ => &[0],
                };
                for oid in declared {
                    let ask = |raw: &mut Raw| {
                        let mut frames = Vec::new();
                        raw.parse("s", &sql, &[*oid]);
                        raw.describe('S', "s");
                        raw.sync();
                        frames.push(raw.until_ready());
                        for (at, value) in values.iter().enumerate() {
                            let format = i16::try_from(at % 2).unwrap();
                            raw.bind("", "s", 0, &[Some(value.as_bytes())], format);
                            raw.describe('P', "");
                            raw.execute("", 0);
                            raw.sync();
                            frames.push(raw.until_ready());
                        }
                        raw.close('S', "s");
                        raw.sync();
                        raw.until_ready();
                        frames
                    };
                    let (a, b) = (ask(&mut direct), ask(&mut proxied));
                    let parsed = refused(&b[0]).is_none();
                    for (at, (a, b)) in a.iter().zip(&b).enumerate() {
                        let value = at.checked_sub(1).and_then(|at| values.get(at));
                        let sql = format!("{sql} [{oid} {value:?}]");
                        if parsed || at == 0 {
                            tally.judge(&sql, a, b, false);
                        }
                    }
                }
            }
        }
    }
    tally.check(60);
}

#[test]
fn what_is_only_shown_is_answered() {
    let (mut direct, mut proxied, proxy) = twins();
    let mut tally = Tally::default();
    for sql in ANSWERED {
        for format in [None, Some(0), Some(1)] {
            let ask = |raw: &mut Raw| match format {
                Some(format) if !sql.starts_with("begin") => extended(raw, sql, format),
                Some(_) | None => {
                    let answer = raw.query(sql);
                    raw.query("rollback");
                    answer
                }
            };
            let (a, b) = (ask(&mut direct), ask(&mut proxied));
            assert!(Raw::error(&a).is_empty(), "{sql}");
            tally.judge(sql, &a, &b, true);
        }
    }
    assert!(
        tally.wrong.is_empty(),
        "{}\n{}",
        tally.wrong.join("\n"),
        proxy.log()
    );
}

#[test]
fn who_is_shown_a_mask_is_shown_it_of_constants_too() {
    let (_, mut owner, proxy) = twins();
    let mut clerk = Raw::login(proxy.port(), "clerk", &database_of(&mut owner));
    let rows = |frames: &[Frame]| Raw::rows(frames);
    let frames = clerk.query("select id, coalesce(v, 'ab') from t order by id");
    assert!(
        rows(&frames).iter().all(|row| row[1].is_none()),
        "{}",
        Raw::error(&frames)
    );
    // One that no mask is made of is not let through in its place.
    for sql in [
        "select id, coalesce(v, 'longer than it') from t",
        "select id, coalesce(n, 0) from t",
        "select n from t union all select 0",
        "select id, coalesce(c, '-') from t",
    ] {
        let frames = clerk.query(sql);
        assert_eq!(Raw::error(&frames), "0A000", "{sql}");
        assert!(rows(&frames).is_empty(), "{sql}");
    }
}

fn database_of(raw: &mut Raw) -> String {
    Raw::rows(&raw.query("select current_database()"))[0][0]
        .clone()
        .unwrap()
}
