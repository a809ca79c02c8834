//! Constants that the server gives one type together, beside sealed columns: each means what it means on the plain table
//! directly, or the statement is refused. And literals mean what they meant when their statement was prepared.

use crate::harness::{Database, Frame, Proxy, Raw};

const ROLES: &[&str] = &["owner"];

const RULES: &str = r#"
[tables."public.t".columns]
e_f4 = { seal = { search = ["equality"] } }
e_f8 = { seal = { search = ["equality"] } }
e_date = { seal = { search = ["equality"] } }
e_ts = { seal = { search = ["equality"] } }
e_ch = { seal = { search = ["equality"] } }
e_vc = { seal = { search = ["equality"] } }
e_int = { seal = { search = ["equality"], acknowledge_leakage = true } }
e_small = { seal = { search = ["equality"], acknowledge_leakage = true } }
e_num = { seal = { search = ["equality"] } }
o_f4 = { seal = { search = ["order"], acknowledge_leakage = true } }
o_date = { seal = { search = ["order"], acknowledge_leakage = true } }
o_int = { seal = { search = ["order"], acknowledge_leakage = true } }
r_tz = { seal = {} }
c_ch = { seal = {} }
c_vc = { seal = {} }
c_f4 = { seal = {} }
c_int = { seal = {} }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

const TABLE: &str = "
    create table t (id int primary key, e_f4 real, e_f8 float8, e_date date, e_ts timestamp, e_ch char(6), e_vc varchar(8),
        e_int int, e_small smallint, e_num numeric(8,2), o_f4 real, o_date date, o_int int, r_tz timestamptz,
        c_ch char(6), c_vc varchar(8), c_f4 real, c_int int);
    insert into t select i, f, f, d, d, c, c, n, n, f, f, d, n, d, c, c, f, n
    from (select i, (array[0.1, 0.5, 1.5, 0.25, 7])[1 + i % 5] as f, (array[7, 2, 5, 700])[1 + i % 4] as n,
            date '1999-12-30' + i % 4, (array['a', 'abc', 'b', ''])[1 + i % 4] as c from generate_series(1, 40) i) as q (i, f, n, d, c);
    update t set e_f8 = 0.1::real, e_date = '2020-01-02', e_ts = '2020-01-01 12:00' where id in (7, 8, 9);
    insert into t (id) values (41);
    grant all on t to owner;";

fn twins() -> (Raw, Raw, Proxy) {
    let direct = Database::create(ROLES);
    direct.run(TABLE);
    let sealed = Database::create(ROLES);
    sealed.run(TABLE);
    let proxy = Proxy::start_protected(&sealed, RULES, &["public.t"]);
    let plain = Raw::login(direct.server().port(), "owner", direct.name());
    let proxied = Raw::login(proxy.port(), "owner", sealed.name());
    (plain, proxied, proxy)
}

const NUMBERS: &[&str] = &[
    "0.1",
    "'0.1'",
    "7",
    "'7'",
    "0.25::real",
    "0.5::float8",
    "2::smallint",
    "null",
];
const DATES: &[&str] = &[
    "'2020-01-01 12:00'",
    "'1999-12-31'",
    "date '1999-12-31'",
    "timestamp '1999-12-30'",
    "null",
];
const TEXTS: &[&str] = &[
    "'a '",
    "'abc'",
    "'abc'::text",
    "'a   '::varchar",
    "'a'::char(3)",
    "null",
];

const COLUMNS: &[(&str, &[&str])] = &[
    ("e_f4", NUMBERS),
    ("e_f8", NUMBERS),
    ("e_int", NUMBERS),
    ("e_small", NUMBERS),
    ("e_num", NUMBERS),
    ("o_f4", NUMBERS),
    ("o_int", NUMBERS),
    ("e_date", DATES),
    ("e_ts", DATES),
    ("o_date", DATES),
    ("e_ch", TEXTS),
    ("e_vc", TEXTS),
];

/// `#` is the column, `$` and `@` are two constants.
const FORMS: &[&str] = &[
    "select id from t where # in ($, @) order by id",
    "select id from t where # not in ($, @) order by id",
    "select id from t where # = any (array[$, @]) order by id",
    "select id from t where # <> all (array[$, @, null]) order by id",
    "select id from t where $ in (#, @) order by id",
    "select id from t where # in ((select $), @) order by id",
    "select id from t where # in (coalesce(null, $), @) order by id",
    "select id from t where coalesce(#, $) in ($, @) order by id",
    "select id from t where # = coalesce($, @) order by id",
    "select id from t where # = case when id < 20 then $ else @ end order by id",
    "select id from t where # in (values ($), (@)) order by id",
    "select id from t where # in (select $ union all select @) order by id",
    "select id from t where # = (select $ union all select @ limit 1) order by id",
    "select id from t join (values ($), (@)) v (x) on v.x = # order by id",
    "select id, # in ($, @) from t order by id",
    "begin; delete from t where # not in ($, @) returning id; rollback",
    "begin; update t set # = case when id = 7 then $ else @ end where id < 9 returning id, #; rollback",
    "begin; update t set # = v.x from (values ($), (@)) v (x) where id = 7 returning id, #; rollback",
    "begin; insert into t (id, #) select 101, $ union all select 102, @ returning id, #; rollback",
    "begin; insert into t (id, #) select distinct 101, $ returning id, #; rollback",
];

/// Answered, whatever else is refused.
const ANSWERED: &[&str] = &[
    "select id from t where e_f4 in (0.1, 0.5) order by id",
    "select id from t where o_f4 in (0.1, 0.25) order by id",
    "select id from t where e_f4 not in (0.1, 1.5, '7') order by id",
    "select id from t where e_f4 = 0.1 or e_f4 = 0.5 order by id",
    "select id from t where e_f4 in ('0.1', 0.25::float8, 0.5) order by id",
    "select id from t where e_f8 = any (array['0.1', 0.25::real]) order by id",
    "select id from t where e_int in ('7.0', 2.5) order by id",
    "select id from t where e_small in ('100000', 7) order by id",
    "select id from t where e_date in ('2020-01-01 12:00', timestamp '1999-12-30') order by id",
    "select id from t where e_ts = any (array['2020-01-01 12:00', date '2020-01-01']) order by id",
    "select id from t where e_ch = coalesce(null, 'a ') order by id",
    "select id from t where e_ch in ('a ', 'abc'::text) order by id",
    "select id from t where e_ch in (values ('a '), ('abc'::text)) order by id",
    "select id from t where e_vc in ('a', 'abc'::text) and e_int in (7, 2, null) order by id",
    "select id from t where (e_f4, e_int) in ((0.1, 7), (0.5, 2)) order by id",
    "begin; update t set e_f8 = case when id = 7 then 0.1 else 2::real end where id < 9 returning id, e_f8; rollback",
    "begin; update t set e_num = case when id = 7 then 0.1 else 2 end where id < 9 returning id, e_num; rollback",
];

/// Beside char(n), in the select list.
const SHOWN: &[&str] = &[
    "select id, c_vc = 'abc'::char(5), c_vc <> 'abc'::char(5) from t order by id",
    "select id, case c_vc when 'abc'::char(5) then 'x' else 'y' end from t order by id",
    "select id, c_ch = c_vc from t order by id",
    "select id, c_ch in ('a     '::text, 'b') from t order by id",
    "select id, c_ch = 'a     '::text, c_ch = 'a     ', c_vc = 'a  ' from t order by id",
    "select id, c_f4 in (0.1, 0.5), c_int in ('7.0', 2.5), c_int in (7, 3000000000) from t order by id",
    "select id, c_int in ('7', 3000000000) from t order by id",
];

fn refused(frames: &[Frame]) -> bool {
    frames.iter().any(|frame| {
        frame.tag == 'E'
            && matches!(frame.sqlstate().as_str(), "0A000" | "42P08")
            && frame.field('M').unwrap_or_default().contains("(SW")
    })
}

fn said(raw: &mut Raw, sql: &str) -> (Vec<Vec<Option<String>>>, bool, bool) {
    let answer = raw.query(sql);
    if sql.starts_with("begin") {
        raw.query("rollback");
    }
    (
        Raw::rows(&answer),
        !Raw::error(&answer).is_empty(),
        refused(&answer),
    )
}

fn filled(form: &str, column: &str, one: &str, other: &str) -> String {
    form.replace('#', column)
        .replace('$', one)
        .replace('@', other)
}

#[test]
fn constants_get_their_type_together() {
    let (mut direct, mut proxied, _proxy) = twins();
    let (mut answered, mut wrong, mut told) = (0, Vec::new(), Vec::new());
    let mut ask = |sql: &str, must: bool| {
        let (rows, failed, _) = said(&mut direct, sql);
        let (own, own_failed, refused) = said(&mut proxied, sql);
        if refused && !must {
            if !failed {
                told.push(sql.to_owned());
            }
        } else if failed == own_failed && (failed || rows == own) {
            answered += 1;
        } else {
            wrong.push(format!(
                "{sql}\n  direct {failed} {rows:?}\n  proxied {own_failed} {own:?}"
            ));
        }
    };
    for sql in ANSWERED {
        ask(sql, true);
    }
    for sql in SHOWN {
        ask(sql, false);
    }
    let all = std::env::var_os("SEALWIRE_LONG").is_some();
    let mut turn = 0_usize;
    for (column, constants) in COLUMNS {
        for one in *constants {
            for other in *constants {
                for form in FORMS {
                    turn += 1;
                    if all || turn.is_multiple_of(7) {
                        ask(&filled(form, column, one, other), false);
                    }
                }
            }
        }
    }
    eprintln!("{answered} answered, {} refused", told.len());
    for sql in told.iter().step_by(told.len() / 40 + 1) {
        eprintln!("refused: {sql}");
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        answered > told.len(),
        "{answered} answered, {} refused",
        told.len()
    );
}

#[test]
fn a_time_zone_that_is_not_known_is_told_as_such() {
    let (mut direct, mut proxied, _proxy) = twins();
    for raw in [&mut direct, &mut proxied] {
        raw.query("set timezone = '<FOO>-2'");
    }
    let sql = "select id, r_tz from t where id < 4 order by id";
    let (rows, _, _) = said(&mut direct, sql);
    let (own, _, refused) = said(&mut proxied, sql);
    assert!(refused || rows == own, "{own:?}");
    assert!(
        said(
            &mut proxied,
            "select id from t where e_vc = any (array[null])"
        )
        .2
    );
}

/// A statement, the type that its parameter is declared with, and what is bound in text format.
const DECLARED: &[(&str, u32, &str)] = &[
    (
        "update t set e_ts = $1 where id = 5 returning e_ts",
        1082,
        "1999-12-31 23:59:59.999999",
    ),
    (
        "update t set e_date = $1 where id = 5 returning e_date",
        1114,
        "1999-12-31 23:59:59.999999",
    ),
    (
        "select id from t where e_ts = $1 order by id",
        1082,
        "1999-12-31 23:59:59",
    ),
    (
        "update t set e_num = $1 where id = 5 returning e_num",
        23,
        "1.5",
    ),
    (
        "update t set e_num = $1 where id = 5 returning e_num",
        23,
        " 15 ",
    ),
    (
        "update t set e_f8 = $1 where id = 5 returning e_f8",
        23,
        "1.5",
    ),
    (
        "update t set e_f8 = $1 where id = 5 returning e_f8",
        1700,
        "0.1",
    ),
    (
        "update t set e_f8 = $1 where id = 5 returning e_f8",
        700,
        "0.1",
    ),
    (
        "update t set e_f4 = $1 where id = 5 returning e_f4",
        701,
        "0.1",
    ),
    (
        "update t set e_small = $1 where id = 5 returning e_small",
        23,
        "70000",
    ),
    (
        "update t set e_int = $1 where id = 5 returning e_int",
        20,
        "7",
    ),
    (
        "insert into t (id, e_ts) select 102, unnest($1::date[]) returning e_ts",
        0,
        "{1999-12-31 23:59:59}",
    ),
    (
        "insert into t (id, e_num) select 103, unnest($1::int[]) returning e_num",
        0,
        "{1.5}",
    ),
    (
        "select id from t where e_f4 in ($1, 0.5) order by id",
        1700,
        "0.1",
    ),
    (
        "select id from t where e_f4 in ($1, 0.5) order by id",
        701,
        "0.1",
    ),
    (
        "select id from t where e_f4 in ($1, 0.5) order by id",
        23,
        "7",
    ),
    (
        "select id from t where e_f4 in ($1, '0.5') order by id",
        0,
        "0.1",
    ),
    (
        "select id from t where e_f8 = any (array[$1, 0.25::real]) order by id",
        0,
        "0.1",
    ),
    (
        "select id from t where e_ch = coalesce($1, 'b') order by id",
        0,
        "a ",
    ),
    (
        "select id from t where e_date in ($1, timestamp '1999-12-30') order by id",
        0,
        "1999-12-31 12:00",
    ),
];

#[test]
fn parameters_are_of_the_type_that_they_were_declared_with() {
    let (mut direct, mut proxied, _proxy) = twins();
    for (sql, declared, value) in DECLARED {
        let run = |raw: &mut Raw| {
            raw.query("begin");
            raw.parse("", sql, &[*declared]);
            raw.bind("", "", 0, &[Some(value.as_bytes())], 0);
            raw.execute("", 0);
            raw.sync();
            let answer = raw.until_ready();
            raw.query("rollback");
            (
                Raw::rows(&answer),
                !Raw::error(&answer).is_empty(),
                refused(&answer),
            )
        };
        let (rows, failed, _) = run(&mut direct);
        let (own, own_failed, refused) = run(&mut proxied);
        assert!(
            refused || own_failed == failed && (failed || own == rows),
            "{sql} {value}: {failed} {rows:?}, {own_failed} {own:?}"
        );
        if refused {
            eprintln!("refused: {sql} {declared} {value}");
        }
    }
}

/// A statement that is prepared, what is set then, and what it is bound to.
const PREPARED: &[(&str, &str, &str, &[&str])] = &[
    (
        "set datestyle = 'ISO, DMY'",
        "select id, e_date from t where e_date = '02/01/2020' order by id",
        "set datestyle = 'ISO, MDY'",
        &[],
    ),
    (
        "set timezone = 'Europe/Rome'",
        "select id, r_tz from t where o_date > '01/02/2000' and e_int = 7 order by id",
        "set timezone = 'America/New_York'; set datestyle = 'SQL, DMY'",
        &[],
    ),
    (
        "set timezone = 'Europe/Rome'",
        "update t set r_tz = '2020-06-01 00:00' where id = 5 returning id, r_tz",
        "set timezone = 'Asia/Tokyo'",
        &[],
    ),
    (
        "set datestyle = 'ISO, DMY'",
        "select id, e_date from t where e_date in ('02/01/2020', $1) order by id",
        "set datestyle = 'ISO, MDY'",
        &["01/02/2020"],
    ),
    (
        "set datestyle = 'ISO, DMY'",
        "update t set e_date = '03/04/2021', r_tz = $1 where id = 6 returning e_date, r_tz",
        "set datestyle = 'ISO, MDY'; set timezone = 'Asia/Tokyo'",
        &["03/04/2021 01:00"],
    ),
];

#[test]
fn literals_mean_what_they_meant_at_parse() {
    let (mut direct, mut proxied, _proxy) = twins();
    for (before, sql, after, arguments) in PREPARED {
        let run = |raw: &mut Raw| {
            raw.query("reset datestyle; reset timezone");
            raw.query(before);
            raw.parse("kept", sql, &[]);
            raw.sync();
            let parsed = raw.until_ready();
            let values: Vec<Option<&[u8]>> =
                arguments.iter().map(|one| Some(one.as_bytes())).collect();
            let mut answers = vec![Raw::error(&parsed)];
            for set in ["select 1", after, "select 1", before] {
                raw.query(set);
                raw.bind("", "kept", 0, &values, 0);
                raw.execute("", 0);
                raw.sync();
                let answer = raw.until_ready();
                answers.push(format!("{:?} {}", Raw::rows(&answer), Raw::error(&answer)));
            }
            raw.close('S', "kept");
            raw.sync();
            raw.until_ready();
            raw.query("reset datestyle; set timezone = 'UTC'");
            let all = raw.query("select id, e_date, r_tz from t where id in (5, 6) order by id");
            answers.push(format!("{:?}", Raw::rows(&all)));
            answers
        };
        assert_eq!(run(&mut direct), run(&mut proxied), "{sql}");
    }
}
