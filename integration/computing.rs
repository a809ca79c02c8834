//! Functions, operators and casts that the proxy computes over opened values, held against the server on plain ones:
//! many values, many columns a statement, in both protocols and both formats.

use crate::derived::Twins;
use crate::differential::comparable;
use crate::harness::Raw;

pub const TABLES: &str = r#"
create type shade as enum ('dark', 'light');
create table v (
    id int primary key, t text, u varchar(12), c char(5), i2 smallint, i4 int, i8 bigint, n numeric, m numeric(10,2),
    f4 real, f8 double precision, d date, ts timestamp, tz timestamptz, b boolean, e shade,
    pt text, pi int, pn numeric, pd date, pb boolean, pe shade, ps text collate "C"
);
insert into v (id, t, u, c, i2, i4, i8, n, m, f4, f8, d, ts, tz, b, e, pt, pi, pn, pd, pb, pe, ps) values
 (1, 'Ada Lovelace', 'ada', 'ab', 7, 42, 9000000000, 12.345, 12.35, 1.5, 2.25, '1990-05-17', '1990-05-17 13:45:06.789', '2021-03-28 00:30:00+00', true, 'dark', 'plain', 3, 1.10, '2020-02-29', true, 'light', 'x'),
 (2, '', '', '', 0, 0, 0, 0, 0, 0, 0, '2000-01-01', '2000-01-01 00:00:00', '2000-01-01 00:00:00+00', false, 'light', '', 0, 0, '2000-12-31', false, 'dark', ''),
 (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
 (4, '  日本語 ', 'a''b', 'é', -32768, -2147483648, -9223372036854775808, -0.5, -99999999.99, -3.4e38, -1.7e308, '0044-03-15 BC', '0044-03-15 23:59:59.999999 BC', '0044-03-15 12:00:00+00 BC', true, 'dark', 'plain text', -5, -2.5, '1999-12-31', null, null, 'y'),
 (5, 'x@y@z', '100', '12345', 32767, 2147483647, 9223372036854775807, 99999999999999999999.00000000000000000001, 99999999.99, 3.4e38, 1.7e308, '5874897-12-31', '294276-12-31 23:59:59.4', '2500-07-01 12:00:00+00', false, null, 'a|b', 2147483647, 123456789.987654321, 'infinity', true, 'dark', 'z'),
 (6, 'e\u0301', '-7', '-7', -1, -7, -7, 2.50, 2.50, 0.1, 0.1, 'infinity', 'infinity', 'infinity', true, 'dark', 'p', 7, 0.001, '2024-02-29', false, 'light', 'x'),
 (7, '7', '3.5', '3.5', 1, 10, 10, 1e-20, 0.01, 1e-30, 1e-300, '-infinity', '-infinity', '-infinity', false, 'light', 'q', 1, 1, '-infinity', true, 'dark', 'x'),
 (8, 'İıßﬁ', '2020-02-29', 'a', 3, 3, 3, 'NaN', 3.00, 'NaN', 'NaN', '2024-02-29', '2024-02-29 12:34:56', '2024-10-27 00:30:00+00', null, 'dark', 'r', 2, 'NaN', '2023-03-01', null, 'light', 'w'),
 (9, 'a%b_c', 'abc', 'abc', 5, 100, 1000, 1000000.000, 1234.50, 0.5, 2.5, '0001-01-01', '0001-01-01 00:00:00', '1969-12-31 23:59:59+00', true, 'light', 's', 9, 0.5, '1970-01-01', true, 'dark', 'v'),
 (10, 'zoë', 'Zoë', 'zo', 11, -1, 1, 0.00000, -1.00, -0.5, -2.5, '1900-02-28', '1582-10-04 01:02:03.004005', '2021-10-31 00:30:00+00', false, 'dark', 't', 4, -0.0001, '2100-02-28', false, 'light', 'u');
grant all on v to owner, support;
"#;

pub const RULES: &str = r#"
[tables."public.v".columns]
t = { seal = {} }
u = { seal = { search = ["equality"] } }
c = { seal = {} }
i2 = { seal = {} }
i4 = { seal = { search = ["equality"], acknowledge_leakage = true } }
i8 = { seal = {} }
n = { seal = {} }
m = { seal = {} }
f4 = { seal = {} }
f8 = { seal = {} }
d = { seal = { search = ["equality"] } }
ts = { seal = {} }
tz = { seal = {} }
b = { seal = {} }
e = { seal = {} }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.v"]
level = "access-and-modify"
"#;

fn twins() -> Twins {
    Twins::of(TABLES, RULES, &["public.v"])
}

/// One statement over all rows, and each row alone, where errors differ by row.
fn over_rows(list: &str) -> Vec<String> {
    let mut script = vec![format!("select {list} from v order by id")];
    script.extend((1..=10).map(|id| format!("select {list} from v where id = {id}")));
    script
}

fn agree(lists: &[&str]) {
    let mut twins = twins();
    let script: Vec<String> = lists.iter().flat_map(|list| over_rows(list)).collect();
    twins.agree(&script.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn numbers_are_calculated_as_the_server_does() {
    agree(&[
        "i4 % 5, i4 / 7, i8 / 3, i8 % 10, i2 / 2, -n, -m",
        "i4 + 1",
        "i4 - 1",
        "i4 * 2",
        "i8 + 1",
        "i8 - 1",
        "i2 + 1, i2 * i2",
        "i2 * i2",
        "-i4",
        "-i8",
        "-i2",
        "abs(i4)",
        "abs(i2)",
        "abs(i8)",
        "i4 / pi",
        "i4 % pi",
        "i8 + i4",
        "n + 1, n - 0.5, n * 1.10, m + 1, m * 2, m - n, m * m, n * n",
        "n / 3, m / 7, m / 0.003, 1 / n",
        "n / 30000, m / 30000, 1 / (m * 30000 + 0.5), 1 / (i2 + 40000.5), 123456789 / (m + 0.001)",
        "m / 7, 100 / (m + 0.5), (m + 1) / (m + 1.5)",
        "n % 3, m % 0.7",
        "m * 1.19 as gross, round(m * 1.19, 2), round(m * 1.19), round(n), round(n, 2), round(m, -2), trunc(n, 1), trunc(m), ceil(m), floor(m), ceiling(n), sign(n), sign(m), abs(m), abs(n)",
        "ceil(n), floor(n), trunc(n), round(n, 25)",
        "round(i4), ceil(i2), floor(i8), trunc(i4), sign(i4), round(i4, -1), trunc(i8, -3)",
        "round(f8), ceil(f8), floor(f8), trunc(f8), sign(f8), abs(f8), abs(f4), round(f4), -f8, -f4",
        "f8 + 1, f8 - 1, f8 / 3, f4 + 1, f4 / f4, f8 + n, f4 + m",
        "f8 * 2",
        "f8 * 1e10",
        "f4 * f4",
        "f4 + f4",
        "f8 / 0",
        "f8 / i4",
        "f8 * f8",
        "i4 + i8 * 2 - i2",
        "(i2 + 1) * 2, 2 * (3 + i2), 10 - i2 - 1, 100 / 7 / (i2 + 1)",
        "i4 + 1.5, i2 * 0.5, i8 / 2.0, i4::numeric / 3, m + '1.5', i2 + '1'",
        "mod(i4, 7), mod(m, 3), mod(i8, i2)",
        "i4 + pi",
        "i2 + pi, m + pn, m * pi",
        "case when i4 > 0 then i4 else -1 end, case when m > 100 then 'much' when m < 0 then 'debt' else 'little' end",
        "1.0 / (m - m)",
        "i4 / 0",
    ]);
}

#[test]
fn casts_are_those_of_the_server() {
    agree(&[
        "i4::bigint, i2::int, i4::numeric, i4::numeric(12,2), i8::numeric, i4::float8, i4::real, i8::double precision, i4::text, i8::varchar, i4::varchar(3), i4::char(4)",
        "i4::smallint",
        "i8::int",
        "m::int",
        "m::bigint, m::numeric(12,1), m::float8, m::real, m::text",
        "n::int",
        "n::bigint",
        "n::numeric(30,3)",
        "n::numeric(4,1)",
        "n::float8, n::text, m::numeric",
        "n::real",
        "f8::int",
        "f4::int",
        "f8::numeric",
        "f4::numeric",
        "f8::real",
        "f4::float8, f4::text, f8::text, f8::varchar(5)",
        "f8::numeric(10,1)",
        "d::timestamp",
        "ts::date",
        "tz::date, tz::timestamp, tz::text",
        "ts::timestamptz",
        "ts::timestamp(0), ts::timestamp(3)",
        "d::text, ts::text, d::varchar(4), d::date",
        "t::varchar(3), t::char(3), u::text, u::varchar, u::char(2), c::text, c::varchar, c::char(2), c::char(9), t::varchar",
        "u::int",
        "u::numeric",
        "u::numeric(5,1)",
        "u::date",
        "t::bool",
        "u::float8",
        "b::text, b::int, e::text, e::varchar(2), cast(t as varchar(4)) as short",
        "i4::bool, i4::int::text::varchar(2)",
        "(i2 + 1)::text, (m * 2)::int, (case when b then 1 else 2 end)::bigint, (u || 'x')::varchar(3), upper(u)::char(4), nullif(u, '')::text",
    ]);
}

#[test]
fn dates_beside_timestamps_are_one() {
    // The last date is no timestamp.
    let mut twins = twins();
    twins.agree(&[
        "select case when ts > d then 1 else 0 end, coalesce(d, ts), ts = d, tz < d, d <> ts from v where id <> 5 order by id",
        "select coalesce(d, ts) from v where id = 5",
        "select coalesce(d, tz), coalesce(ts, tz) from v where id in (1, 2, 3, 8) order by id",
    ]);
}

#[test]
fn what_no_column_decides_is_decided_before_there_is_a_row() {
    agree(&[
        "i4 / 0 = 1 and false",
        "false and i4 / 0 = 1",
        "true or i4 / 0 = 1, i4 / 0 = 1 or true",
        "i4 / 0 = 1 and null",
        "null and i4 / 0 = 1",
        "not (i4 / 0 = 1 and false)",
        "null::int * (i4 * 2147483647)",
        "(i4 * 2147483647) * null::int",
        "null::int + i4 / 0, i4 % null, left(t, null::int / 0)",
        "case when false then i4 / 0 else 1 end, case when i4 = 42 then 1 when true then 2 else i4 / 0 end",
        "case 1 when 2 then i4 / 0 else i4 end",
        "coalesce(1, i4 / 0), coalesce(null, i4, 5)",
        "nullif(i4 / 0, null)",
        "i4 / 0 in (null)",
        "i4 between 0 and null, i4 / 0 between null and null",
        "i4 / 0 is null",
        "upper(u) like null, i4 in (1, null), i4 in (42, 0.5), i8 in (10, 42, -7)",
        "extract(year from null::date) + i4, round(m, null), split_part(t, null, 0)",
    ]);
    // What fails of constants alone fails without a row, and is refused.
    let mut twins = twins();
    for sql in [
        "select i4 + 1 / 0 from v",
        "select case when i4 > 1000 then 1 / 0 else i4 end from v where false",
        "select coalesce(i4, 1 / 0) from v",
        "select i4 in (i4 / 0, 1) from v",
        "select i4 / 0 in (null, null) from v",
    ] {
        assert_eq!(Raw::error(&twins.ask(sql)), "0A000", "{sql}");
    }
    let bound: Vec<Bound> = vec![
        (
            "select i4 + 1 / $1::int from v where false",
            &[],
            vec![Some(b"0")],
        ),
        (
            "select case when i4 > 1000 then 1 / $1 else i4 end from v where id < 3 order by id",
            &[23],
            vec![Some(b"0")],
        ),
        (
            "select $1 * (i4 * 2147483647) from v where id = 1",
            &[23],
            vec![None],
        ),
    ];
    for (sql, oids, values) in bound {
        twins.bound(sql, oids, &values, 0);
    }
}

#[test]
fn patterns_fail_where_their_lone_escape_is_met() {
    agree(&[
        "t like 'x\\'",
        "t like '\\'",
        "t like 'a\\'",
        "t like '%\\'",
        "t like '%_\\'",
        "t like '%c\\'",
        "t like '____________\\'",
        "t not like 'Ada Lovelac\\'",
        "t like 'Ada!' escape '!'",
        "t like 'x!' escape '!'",
        "t like 'Ada\\' escape ''",
        "case when u like 'ad\\' then 1 end",
    ]);
}

#[test]
fn the_ends_of_integers_are_arguments_too() {
    let ends = ["-2147483648", "-2147483647", "-1", "0", "1", "2147483647"];
    let mut lists = Vec::new();
    for end in ends {
        for function in [
            "left(t, N)",
            "right(t, N)",
            "split_part(t, 'a', N)",
            "substr(t, N)",
        ] {
            lists.push(function.replace('N', end));
        }
        for other in ends {
            lists.push(format!("substring(t, {end}, {other})"));
            lists.push(format!("substring(t from {end} for {other})"));
        }
        lists.push(format!("d + {end}"));
        lists.push(format!("d - {end}"));
    }
    for places in ["2000", "-2000", "-20", "100"] {
        lists.push(format!("round(m, {places}), trunc(n, {places})"));
    }
    let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
    let mut twins = twins();
    for list in lists {
        let sql = format!("select {list} from v where id in (1, 2, 3, 4, 8, 9, 10) order by id");
        twins.agree(&[sql.as_str()]);
    }
    // Versions of the server differ in how far they go.
    for sql in [
        "select round(m, 2147483647) from v where id = 1",
        "select trunc(n, -2147483648) from v where id = 1",
    ] {
        assert_eq!(Raw::error(&twins.ask(sql)), "0A000", "{sql}");
    }
}

#[test]
fn dates_beyond_timestamps_are_compared_with_them() {
    agree(&[
        "d > ts, d = ts, d <> ts, d <= ts, ts < d, ts is distinct from d, d between ts and ts, d in (ts)",
        "d > tz, d = tz, tz >= d, ts < tz, ts = tz, tz is not distinct from ts",
        "d > timestamp '294276-12-31 23:59:59.999999', d < timestamp 'infinity', d > timestamptz '2020-01-01 00:00+00', ts > date '5874897-12-31', ts < date 'infinity'",
        "case d when ts then 1 when timestamp '2000-01-01' then 2 end, case when d > ts then 1 end",
    ]);
    let mut twins = twins();
    for zone in ["Asia/Tokyo", "America/New_York"] {
        twins.run(&format!("set timezone = '{zone}'"));
        twins.agree(&[
            "select d > tz, d = tz, d < tz, ts < tz, ts > tz from v where id <> 4 order by id",
            "select d < timestamptz '4714-11-24 00:00:00+00 BC', ts < timestamptz '2000-01-01' from v where id in (4, 5) order by id",
            "select id from v where d = timestamp '2000-01-01'",
        ]);
    }
}

#[test]
fn conditions_decide_as_in_the_server() {
    agree(&[
        "case when t is null then 'none' else upper(u) end, case when t is not null and i4 > 5 then 'many' end",
        "case when u = 'ada' then 1 when u in ('100', '-7') then 2 when u not in ('abc', 'x') then 3 else 4 end",
        "case when i4 between 0 and 100 then 'low' when i4 not between -10 and 10 then 'high' else 'other' end",
        "case when d < '1990-01-01' then 'old' when d >= date '2020-01-01' then 'new' else 'middle' end",
        "case when t like '%a%' then 'a' when t not like '%b' then 'b' else 'c' end, case when t like 'a\\%b\\_c' then 1 end, case when t like 'a!%%' escape '!' then 1 end",
        "case b when true then 'yes' when false then 'no' end, case when b then 'yes' when not b then 'no' else 'unknown' end, case when b is true then 1 when b is not false then 2 end, case when b is unknown then 3 else 4 end",
        "case when i4 = 42 or m > 100 and not b then 'x' else t end",
        "case e when 'dark' then 'D' else 'L' end, case when e = pe then 1 else 0 end, case when e > 'dark' then 2 end",
        "case when pi > 3 then upper(t) else lower(u) end, case when pt = 'plain' then t || '!' else 'no' end, case when pb then left(t, 2) end",
        "case when ps = 'x' then upper(t) when ps < 'w' then 'less' else pt end",
        "case when pi > 3 and ps in ('x', 'y') or pb is null then left(t, 3) else 'n' end",
        "case when length(t) > 5 then left(t, 5) || '…' else t end, case when length(trim(t)) = 0 then 'blank' else t end",
        "case when m > 0 then m else 0 end, case when m > 0 then m else m end, case when i2 > 0 then i2 else i4 end, case when i2 > 0 then i2 else 1.5 end, case when b then i8 end",
        "case when i4 <> 0 then 100 / i4 else 0 end, case when b then null else m end",
        "coalesce(t, u, 'none'), coalesce(u, 'x'), coalesce(m, 0), coalesce(i4, 0), coalesce(n, m, 1.5), coalesce(i4, m), coalesce(d, '2000-01-01'), coalesce(upper(u), t)",
        "coalesce(f4, i4), coalesce(f8, n), coalesce(i4, pi), coalesce(t, pt), coalesce(pt, t), coalesce(b, false), coalesce(e, 'light'), coalesce(e, pe)",
        "nullif(t, ''), nullif(u, ''), nullif(i4, 0), nullif(m, 0), nullif(m, 0.00), nullif(i2, i4), nullif(i4, i2), nullif(d, '2000-01-01'), nullif(upper(u), 'ADA'), nullif(c, 'ab'), nullif(i4, m), nullif(b, true)",
        "coalesce(nullif(trim(t), ''), 'empty'), coalesce(nullif(i4, 0)::text, 'zero')",
        "i4 > 5, i4 = pi, t = u, u < 'b', d = pd, d is distinct from pd, t is not distinct from u, t is null, t is not null and b, u like 'a%', m >= n, f8 > f4, f4 = 0.1, i4 in (42, 0), not b, b is not true, i4 between 1 and 50, tz > '2020-01-01 00:00:00+00'",
        "case when (t, u) is null then 1 end",
        "case when c = 'ab' then 1 when c = 'ab   ' then 2 when c > 'a' then 3 end, c = u",
    ]);
}

#[test]
fn texts_are_joined_with_plain_columns() {
    agree(&[
        "t || ' ' || u || ' (' || id || ')', t || ', ' || pt || ' (' || id::text || ')', id || t, pt || t, t || pi, t || pn || '!', t || pd, t || pb, t || pe, u || d || '/' || m",
        "concat(t, ' ', pt, ' ', id), concat_ws(', ', t, pt, pi, c, b, m, d, e), concat(c, '|', b, pb), concat_ws(pt, t, u)",
        "octet_length(t), octet_length(u), octet_length(c), length(c), length(t), octet_length(upper(u)), char_length(c)",
        "upper(pt || u), lower(u || pt), upper(u || 'x'), left(t || pt, 4), replace(t, 'a', pt), split_part(t, '@', 2), coalesce(t, pt) || u",
        "'#' || id || ' ' || coalesce(u, '-') as label, t || null, null || t, upper(left(u, 1)) || lower(substr(u, 2))",
        "t || i4 + 1",
        "i4 + 1 || t, t || i2 * 2 || '!', t || -m",
    ]);
}

#[test]
fn dates_are_calculated_as_the_server_does() {
    let lists = [
        "d + 1",
        "d - 1",
        "d - pd",
        "d - 10 + 3",
        "d - date '2000-01-01'",
        "d - '2000-01-01'",
        "3 + d",
        "extract(year from d), extract(month from d), extract(day from d), extract(quarter from d), extract(week from d), extract(dow from d), extract(isodow from d), extract(doy from d), extract(isoyear from d), extract(decade from d), extract(century from d), extract(millennium from d), extract(epoch from d), extract(julian from d)",
        "extract(year from ts), extract(month from ts), extract(day from ts), extract(hour from ts), extract(minute from ts), extract(second from ts), extract(milliseconds from ts), extract(microseconds from ts), extract(week from ts), extract(isoyear from ts), extract(dow from ts), extract(epoch from ts), extract(century from ts), extract(millennium from ts), extract(decade from ts)",
        "date_part('year', d), date_part('hour', d), date_part('epoch', d), date_part('week', d)",
        "date_part('second', ts), date_part('milliseconds', ts), date_part('microseconds', ts), date_part('epoch', ts), date_part('year', ts), date_part('isodow', ts), date_part('MINUTE', ts)",
        "extract(year from tz), extract(day from tz), extract(hour from tz), extract(minute from tz), extract(epoch from tz), date_part('hour', tz), date_part('epoch', tz)",
        "date_trunc('month', ts)",
        "date_trunc('week', ts)",
        "date_trunc('year', ts)",
        "date_trunc('decade', ts)",
        "date_trunc('century', ts)",
        "date_trunc('millennium', ts)",
        "date_trunc('quarter', ts), date_trunc('day', ts), date_trunc('hour', ts), date_trunc('minute', ts), date_trunc('second', ts), date_trunc('milliseconds', ts), date_trunc('microseconds', ts)",
        "date_trunc('day', tz), date_trunc('hour', tz), date_trunc('month', tz), date_trunc('week', tz), date_trunc('minute', tz)",
        "date_trunc('month', d)",
        "date_trunc('year', d)::date",
        "extract(year from d) - 1900, extract(year from d)::int + 1, date_part('year', d)::int",
    ];
    let finite = [
        "extract(year from age(timestamp '2024-02-29 12:00:00', ts)), extract(month from age(timestamp '2024-02-29 12:00:00', ts)), extract(day from age(timestamp '2024-02-29 12:00:00', ts)), extract(hour from age(timestamp '2024-02-29 12:00:00', ts)), extract(minute from age(ts, timestamp '2024-03-31')), extract(second from age(ts, timestamp '2024-03-31')), extract(day from age(ts, timestamp '2024-03-31'))",
        "extract(year from age(d)), date_part('year', age(d)), date_part('month', age(d)), date_part('day', age(d)), extract(year from age(date '2020-02-29', d)), extract(day from age(d, date '2021-03-30'))",
        "extract(year from age(tz)), date_part('day', age(tz, timestamptz '2024-03-31 12:00:00+00')), date_part('year', age(ts)), extract(year from age(d, ts)), extract(day from age(pd, tz))",
        "case when extract(year from age(d)) >= 18 then 'adult' else 'minor' end, case when d > current_date then 'future' else 'past' end, case when tz < now() then 'past' else 'future' end, current_date - d, d - current_date",
    ];
    let mut twins = twins();
    for zone in ["UTC", "Europe/Berlin", "America/New_York"] {
        twins.run(&format!("set timezone = '{zone}'"));
        let script: Vec<String> = lists.iter().flat_map(|list| over_rows(list)).collect();
        twins.agree(&script.iter().map(String::as_str).collect::<Vec<_>>());
        let script: Vec<String> = finite
            .iter()
            .map(|list| format!("select {list} from v where id in (1, 2, 3, 8, 9, 10) order by id"))
            .collect();
        twins.agree(&script.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn templates_are_filled_in_as_the_server_does() {
    let dates = [
        "YYYY-MM-DD",
        "DD.MM.YYYY",
        "YYYY-MM-DD HH24:MI:SS",
        "HH12:MI AM",
        "hh:mi p.m.",
        "FMMonth DD, YYYY",
        "Month",
        "MONTH",
        "month",
        "Mon",
        "MON",
        "mon",
        "Day",
        "DAY",
        "day",
        "Dy",
        "DY",
        "dy",
        "FMDay",
        "FMDD.FMMM.YYYY",
        "D DDD ID Q WW IW W",
        "IYYY-IW-ID",
        "YY YYY Y",
        "IYY IY I",
        "MS US",
        "SSSS SSSSS",
        "FF1 FF2 FF3 FF4 FF5 FF6",
        "YYYY BC",
        "yyyy a.d.",
        "\"Year\" YYYY",
        "\"a\\\"b\" YYYY",
        "\\\"YYYY\\\"",
        "YYYY\\MM",
        "Q. \"quarter\"",
        "FMHH24:FMMI",
        "é YYYY 日",
        "YYYYMMDD",
        "ddmmyyyy",
        "Yyyy",
        "x",
        "FMDDD",
        "DDth",
        "TMMonth",
        "J",
        "TZ",
        "FMx",
        "",
    ];
    let numbers = [
        "999",
        "999999999",
        "000",
        "9990",
        "0999",
        "FM999",
        "FM000",
        "999.99",
        "FM999.99",
        "990.00",
        "FM990.00",
        "9,999",
        "FM9,999,999",
        "999,999,990.00",
        "FM999,999,990.00",
        "0.00",
        "FM0.00",
        "9.9",
        "FM9.9",
        ".99",
        "FM.99",
        "FM99999999999999999999.099",
        "999 %",
        "FM999%",
        "$999.00",
        "9-9-9",
        "99999999999999999999.9999999999",
        "9",
        "0",
        "FM9",
        "FM0",
        "00.9",
        "FM09.90",
        "9.",
        "S999",
        "999MI",
        "9G999D99",
        "L999",
        "999EEEE",
        "RN",
        "PR",
        "\"n\" 999",
        "x",
        "",
    ];
    let mut twins = twins();
    let mut answered = 0;
    let mut fits = |twins: &mut Twins, sql: String| {
        if Raw::error(&twins.ask(&sql)) != "0A000" {
            answered += 1;
            twins.agree(&[&sql]);
        }
    };
    for zone in ["UTC", "Europe/Berlin"] {
        twins.run(&format!("set timezone = '{zone}'"));
        for template in dates {
            let of = |column: &str| {
                format!(
                    "select to_char({column}, '{template}') from v where id not in (4, 5, 9) order by id"
                )
            };
            for column in ["d", "ts", "tz"] {
                fits(&mut twins, of(column));
            }
        }
        for template in dates {
            let sql = format!("select to_char(ts, '{template}') from v order by id");
            fits(&mut twins, sql);
        }
    }
    for template in numbers {
        for column in [
            "i4", "i8", "i2", "m", "n", "f8", "f4", "m * 1000", "i2 + 0.5",
        ] {
            fits(
                &mut twins,
                format!("select to_char({column}, '{template}') from v where id <> 8 order by id"),
            );
        }
    }
    assert!(answered > 400, "{answered}");
}

/// What is bound, as the client knows it.
type Bound = (&'static str, &'static [u32], Vec<Option<&'static [u8]>>);

#[test]
fn parameters_take_part() {
    let cases: Vec<Bound> = vec![
        (
            "select i4 % $1, m * $2, t || $3 from v where id < 3 order by id",
            &[],
            vec![Some(b"5"), Some(b"1.19"), Some(b"!")],
        ),
        (
            "select d + $1, d - $2 from v where id in (1, 2) order by id",
            &[23],
            vec![Some(b"7"), Some(b"1990-01-01")],
        ),
        (
            "select case when i4 > $1 then $2 else u end from v where id in (1, 2) order by id",
            &[],
            vec![Some(b"5"), Some(b"big")],
        ),
        (
            "select i8 + $1::int, round(m, $2), nullif(t, $3), coalesce(u, $4) from v where id in (1, 2, 3) order by id",
            &[],
            vec![Some(b"5"), Some(b"1"), Some(b""), Some(b"x")],
        ),
        (
            "select i4 + $1, m * $2, t || $3, d - $4, case when i4 > $5 then upper(t) end from v where id < 3 order by id",
            &[705, 705, 705, 705, 705],
            vec![
                Some(b"5"),
                Some(b"1.5"),
                Some(b"!"),
                Some(b"1990-01-01"),
                Some(b"3"),
            ],
        ),
        (
            "select coalesce(u, $1), nullif(t, $2), i4 = $3 from v where id in (1, 2, 3) and pi > $4 order by id",
            &[705, 0, 705, 705],
            vec![Some(b"x"), Some(b""), Some(b"42"), Some(b"0")],
        ),
        (
            "select i4 + $1 from v where id = 1",
            &[20],
            vec![Some(b"9000000000")],
        ),
        (
            "select i4 + $1 from v where id = 1",
            &[],
            vec![Some(b"9000000000")],
        ),
        (
            "select i4 + $1 from v where id = 1",
            &[],
            vec![Some(b"2147483647")],
        ),
        (
            "select case when t like $1 then 1 else 0 end, u in ($2, $3) from v where id < 4 order by id",
            &[],
            vec![Some(b"Ada%"), Some(b"ada"), Some(b"x")],
        ),
        (
            "select extract(year from age($1::date, d)), substring(t from $2::int) from v where id = 1",
            &[],
            vec![Some(b"2024-05-16"), Some(b"5")],
        ),
    ];
    let mut twins = twins();
    for (sql, oids, values) in cases {
        for results in [0, 1] {
            twins.bound(sql, oids, &values, results);
        }
    }
}

#[test]
fn returning_computes_too() {
    let mut twins = twins();
    // In the extended protocol whatever fails rolls the statement back.
    for sql in [
        "insert into v (id, t, u, i4, m, d) values (20, 'New', 'new', 5, 1.25, '2001-02-03') returning id, upper(u), i4 + 1, m * 2, t || ' ' || id, extract(year from d)",
        "update v set u = 'changed', i4 = 0 where id = 20 returning upper(u) as up, u, i4",
        "update v set i4 = 7 where id = 20 returning 10 / (i4 - 7)",
        "select i4 from v where id = 20",
        "update v set pi = 1 from (select 1 as one) q where id = 20 returning left(t, 2), q.one, case when i4 > 5 then 'many' else 'few' end as how;",
        "insert into v (id, t) select 21, t from v where id = 1 returning *, length(t)",
        "delete from v where id = 21 returning t || '!', coalesce(u, 'none')",
        "with gone as (delete from v where id = 20 returning id) select upper(t) from v where id = 1",
    ] {
        twins.agree_extended(sql);
    }
    // In the simple one only what cannot fail is answered.
    for sql in [
        "insert into v (id, t, u, m) values (22, 'New', 'new', 1.25) returning t || ' (' || id || ')', left(u, 2), coalesce(m, 0), concat(t, m)",
        "update v set t = 'again' where id = 22 returning length(t), nullif(u, 'new')",
        "delete from v where id = 22 returning replace(t, 'a', 'b')",
    ] {
        twins.agree_simple(sql);
    }
    for sql in [
        "update v set i4 = 1 where id = 1 returning i4 + 1",
        "update v set i4 = 1 where id = 1 returning split_part(t, '@', 1)",
        "with q as (update v set i4 = 1 where id = 1 returning i4 + 1) select * from q",
    ] {
        assert_eq!(Raw::error(&twins.ask(sql)), "0A000", "{sql}");
    }
    let unchanged = twins.ask("select i4 from v where id = 1");
    assert_eq!(Raw::rows(&unchanged), [[Some("42".to_owned())]]);
}

#[test]
fn who_sees_a_mask_computes_nothing_of_it() {
    let twins = twins();
    let mut support = twins.login("support");
    for sql in [
        "select i4 + 1 from v",
        "select case when t = 'x' then 1 else 0 end from v",
        "select case when pi > 1 then upper(t) else 'x' end from v",
        "select coalesce(m, 0) * 2 from v",
        "select nullif(i4, 42) from v",
        "select to_char(d, 'YYYY') from v",
        "select pt || t from v",
        "select extract(year from age(d)) from v",
        "select date_trunc('year', ts) from v",
        "select m::int from v",
        "select i4 is not null and i4 > 5 from v",
        "select octet_length(t) from v",
        "update v set pi = 1 where id = 1 returning i4 + 1",
        "update v set pi = 1 where id = 1 returning length(t)",
    ] {
        for frames in [support.query(sql), support.extended(sql)] {
            let error = Raw::error(&frames);
            assert!(
                ["0A000", "42501"].contains(&error.as_str()),
                "{sql}: {error}"
            );
            assert!(Raw::rows(&frames).is_empty(), "{sql}");
        }
    }
}

#[test]
fn what_is_not_computed_is_refused() {
    let mut twins = twins();
    for sql in [
        "select t collate \"C\" || 'x' from v",
        "select upper(ps || t) from v",
        "select case when md5(pt) > 'a' then upper(t) end from v",
        "select case when ps > t then 1 end from v",
        "select tz - ts from v",
        "select d + interval '1 day' from v",
        "select age(d) from v",
        "select t ~ 'a' from v",
        "select power(i4, 2) from v",
        "select i4 ^ 2 from v",
        "select i4 & 1 from v",
        "select to_date(t, 'YYYY') from v",
        "select sum(i4 + 1) from v",
        "select upper(t) from v group by upper(t)",
        "select array[upper(t)] from v",
        "select (select upper(t)) from v",
        "select row_number() over (order by upper(t)) from v",
        "select json_build_object('t', upper(t)) from v",
        "select id from v where i4 + 1 = 43",
        "select id from v order by i4 + 1",
        "select t::json from v",
        "select c::bpchar, octet_length(c::bpchar) from v",
        "select c::char(8)::bpchar from v",
        "select i4 between symmetric 100 and 0 from v",
        "select case when d not between symmetric '2020-01-01' and '1980-01-01' then 1 end from v",
        "update v set t = t where id = 1 returning i4 between symmetric 5 and -5",
        "select i4::money from v",
        "select substring(t from 'a.') from v",
        "select case when t ilike 'a%' then 1 end from v",
    ] {
        let frames = twins.ask(sql);
        assert_eq!(Raw::error(&frames), "0A000", "{sql}: {frames:?}");
    }
    // Numbers without an end and NaN in a template are left to the server: refused where they are met.
    let frames = twins.ask("select to_char(n, '999') from v where id = 8");
    assert_eq!(Raw::error(&frames), "0A000");
}

/// Where a date is too late for a timestamp, and a local time too late for the clock of UTC, they compare all the same.
#[test]
fn the_ends_of_the_calendar_meet_now_and_the_zones() {
    let mut twins = twins();
    for zone in ["UTC", "Pacific/Kiritimati", "America/New_York"] {
        twins.run(&format!("set timezone = '{zone}'"));
        let lists = [
            "d < now(), ts < now(), tz < now(), now() between d and tz, d in (now(), tz)",
            "ts < d, d >= tz, ts >= tz, ts = pd, pd >= tz, d is distinct from tz",
            "current_date > d, current_timestamp > ts, localtimestamp > tz, localtimestamp > d",
            "d < '294276-12-31 23:59:59'::timestamp, ts < '5874897-12-31'::date, tz < '5874897-12-31'::date",
            "tz < '294276-12-31 23:59:59'::timestamp, tz > '4714-11-24 BC'::timestamp",
            "case d when now() then 1 else 0 end, nullif(d, now()), nullif(tz, d)",
            "coalesce(d, tz)",
            "coalesce(ts, tz), greatest(ts, tz)",
            "d::timestamptz",
            "ts::timestamptz, tz::timestamp, tz::date",
            "now() - tz is null, age(tz) is null, date_trunc('week', tz)",
        ];
        for list in lists {
            for id in 4..=7 {
                let sql = format!("select {list} from v where id = {id}");
                let (x, y) = (twins.direct.query(&sql), twins.proxied.query(&sql));
                if Raw::error(&y) != "0A000" {
                    assert_eq!(comparable(&x), comparable(&y), "{zone}: {sql}");
                }
            }
        }
    }
}

#[test]
fn texts_are_padded_sought_and_turned_as_by_the_server() {
    agree(&[
        "lpad(t, 8), rpad(t, 8), lpad(t, 8, 'xy'), rpad(u, 9, 'é日'), lpad(t, 3), rpad(t, 3, ''), lpad(t, 0), rpad(t, -5, 'x'), lpad(c, 4, '*'), rpad(c, 7)",
        "reverse(t), reverse(u), reverse(c), upper(reverse(t))",
        "repeat(t, 3), repeat(u, 0), repeat(c, 2), repeat(t, -1), repeat(u, i2 % 4)",
        "strpos(t, 'a'), strpos(t, ''), strpos(u, u), strpos(t, pt), strpos(t, '語'), strpos(c, ' ')",
        "position('a' in t), position('' in u), position(u in t), position('@' in t) as at",
        "translate(t, 'abc', 'xy'), translate(t, '日本', '木'), translate(u, '', 'x'), translate(u, 'aa', 'xy'), translate(c, 'b', u)",
        "starts_with(t, 'x'), starts_with(t, ''), starts_with(u, pt), starts_with(u, u), not starts_with(t, 'Ada')",
        "lpad(t, null), repeat(t, null), strpos(t, null), translate(t, null, 'x'), rpad(t, 5, null)",
        "repeat(t, 2147483647)",
        "lpad(t, 2147483647)",
        "lpad(i4::text, 12, '0'), lpad(u, i2, 'ab')",
        "case when strpos(t, '@') > 0 then left(t, strpos(t, '@') - 1) else t end",
    ]);
    let mut twins = twins();
    for sql in [
        "select lpad('x', i4) from v",
        "select id from v order by reverse(t)",
        "select lpad(t, 5000000) from v where id = 1",
    ] {
        let error = Raw::error(&twins.ask(sql));
        assert_eq!(error, "0A000", "{sql}");
    }
}
