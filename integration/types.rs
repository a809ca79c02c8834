//! Every type: what goes through the proxy, in text and binary, simple and extended, under different settings, comes
//! back as a plain column gives it, byte for byte.

use crate::harness::{Database, Frame, Proxy, Raw};

/// Column type, and expressions over the row number `i` that make its values.
const TYPES: &[(&str, &str)] = &[
    (
        "text",
        "case i % 5 when 0 then '' when 1 then 'ünï ' || i when 2 then E'q\\'uo\"te\\\\' when 3 then repeat('long ', i) else md5(i::text) end",
    ),
    ("varchar(20)", "left(md5(i::text), i % 21)"),
    ("char(7)", "left('a b ' || i, 1 + i % 7)"),
    ("smallint", "((i * 7919) % 65536 - 32768)::int2"),
    (
        "integer",
        "(case i % 3 when 0 then -2147483648 when 1 then 2147483647 else i * 7919 end)::int4",
    ),
    (
        "bigint",
        "(case i % 3 when 0 then -9223372036854775808 when 1 then 9223372036854775807 else i::bigint * 791900000007 end)::int8",
    ),
    (
        "numeric(12,3)",
        "case i % 6 when 0 then 'NaN'::numeric when 1 then 0 else (i * 123.456 - 1000) end",
    ),
    (
        "numeric",
        "case i % 6 when 0 then 'NaN'::numeric when 1 then 1e-20 when 2 then 123456789012345678901234567890.123450 when 3 then -0.50 else i / 7.0 end",
    ),
    (
        "real",
        "case i % 6 when 0 then 'NaN'::real when 1 then '-Infinity' when 2 then 1e-30 when 3 then 0.1 else (i / 7.0)::real end",
    ),
    (
        "double precision",
        "case i % 6 when 0 then 'NaN'::float8 when 1 then 'Infinity' when 2 then 1e300 when 3 then -0.0 else i / 7.0::float8 end",
    ),
    ("boolean", "i % 2 = 0"),
    (
        "date",
        "case i % 6 when 0 then 'infinity'::date when 1 then '-infinity' when 2 then '0044-03-15 BC' else '1582-10-04'::date + i * 1234 end",
    ),
    (
        "time",
        "('00:00:00'::time + i * interval '17 minutes 3.000123 seconds')",
    ),
    (
        "time(3)",
        "('00:00:00'::time + i * interval '17 minutes 3.000123 seconds')::time(3)",
    ),
    (
        "timestamp",
        "case i % 6 when 0 then 'infinity'::timestamp when 1 then '-infinity' when 2 then '0044-03-15 12:00:00 BC' else '1900-01-01'::timestamp + i * interval '1000 days 3.5 seconds' end",
    ),
    (
        "timestamptz",
        "case i % 6 when 0 then 'infinity'::timestamptz when 1 then '-infinity' else '1975-01-01 00:00+00'::timestamptz + i * interval '411 days 5 hours 0.000001 seconds' end",
    ),
    ("uuid", "md5(i::text)::uuid"),
    (
        "json",
        "case i % 4 when 0 then '{\"b\": 1,  \"a\":[1,2, {\"x\":null}]}' when 1 then '\"str\"' when 2 then ' 1.50 ' else '{}' end::json",
    ),
    (
        "jsonb",
        "case i % 5 when 0 then '{\"b\": 1,  \"aa\":[1,2, {\"x\":null}], \"b\": 2}' when 1 then '\"s\\u00fctr\\n\"' when 2 then '1.50' when 3 then '[1e3, -0.0, true]' else '{}' end::jsonb",
    ),
    ("bytea", "decode(repeat(md5(i::text), i % 3), 'hex')"),
    (
        "inet",
        "case i % 4 when 0 then '10.0.0.1' when 1 then '192.168.1.0/24' when 2 then '::1' else '2001:db8::/32' end::inet",
    ),
    ("mood", "(array['sad', 'ok', 'so \"so\"'])[1 + i % 3]::mood"),
    (
        "text[]",
        "case i % 4 when 0 then '{}'::text[] when 1 then array['a', null, 'b,\"c\" \\', 'NULL', ''] when 2 then '[0:1]={x,y}' else array[['a','b'],['c','d']] end",
    ),
    (
        "int[]",
        "case i % 3 when 0 then '{}'::int[] when 1 then array[i, null, -i] else array[[1,2],[3,i]] end",
    ),
    ("date[]", "array['2000-01-01'::date + i, 'infinity', null]"),
    ("numeric(6,2)[]", "array[i * 1.1, null]"),
];

const ROWS: usize = 36;

fn column(at: usize) -> String {
    format!("c{at}")
}

fn table(name: &str) -> String {
    let columns: Vec<String> = TYPES
        .iter()
        .enumerate()
        .map(|(at, (ty, _))| format!("{} {ty}", column(at)))
        .collect();
    format!(
        "create table {name} (id int primary key, {});",
        columns.join(", ")
    )
}

fn fill(name: &str) -> String {
    let values: Vec<&str> = TYPES.iter().map(|(_, expression)| *expression).collect();
    format!(
        "insert into {name} select i, {} from generate_series(1, {ROWS}) i; insert into {name} (id) values (0);",
        values.join(", ")
    )
}

/// Types that may be sealed with equality.
fn deterministic(ty: &str) -> bool {
    !matches!(ty, "numeric" | "json" | "jsonb")
}

struct Sides {
    direct: Raw,
    proxied: Raw,
    proxy: Proxy,
    database: Database,
}

fn sides() -> Sides {
    let database = Database::create(&["owner"]);
    database.run("create type mood as enum ('sad', 'ok', 'so \"so\"')");
    for name in [
        "plain",
        "random",
        "equal",
        "plain_in",
        "random_in",
        "equal_in",
    ] {
        database.run(&table(name));
    }
    for name in ["plain", "random", "equal"] {
        database.run(&fill(name));
    }
    database.run("grant all on all tables in schema public to owner");
    let mut rules = String::new();
    for (name, equality) in [
        ("random", false),
        ("equal", true),
        ("random_in", false),
        ("equal_in", true),
    ] {
        rules += &format!("[tables.\"public.{name}\".columns]\n");
        for (at, (ty, _)) in TYPES.iter().enumerate() {
            let search = if equality && deterministic(ty) {
                "search = [\"equality\"], acknowledge_leakage = true"
            } else {
                ""
            };
            rules += &format!("{} = {{ seal = {{ {search} }} }}\n", column(at));
        }
    }
    rules += "[roles.owner]\nmembers = [\"pg:owner\"]\n[[roles.owner.grants]]\ntables = [\"*\"]\nlevel = \"full-control\"\nreveal = [\"*\"]\n";
    let proxy = Proxy::start_protected(
        &database,
        &rules,
        &[
            "public.random",
            "public.equal",
            "public.random_in",
            "public.equal_in",
        ],
    );
    let direct = Raw::login(database.server().port(), "owner", database.name());
    let proxied = Raw::login(proxy.port(), "owner", database.name());
    Sides {
        direct,
        proxied,
        proxy,
        database,
    }
}

fn read(raw: &mut Raw, sql: &str, format: Option<i16>) -> Vec<Vec<Option<Vec<u8>>>> {
    let frames = match format {
        None => raw.query(sql),
        Some(format) => {
            raw.parse("", sql, &[]);
            raw.bind("", "", 0, &[], format);
            raw.execute("", 0);
            raw.sync();
            raw.until_ready()
        }
    };
    if let Some(error) = frames.iter().find(|frame| frame.tag == 'E') {
        panic!("{sql}: {:?}", error.field('M'));
    }
    frames
        .iter()
        .filter(|frame| frame.tag == 'D')
        .map(Frame::values)
        .collect()
}

fn compare(sides: &mut Sides, plain: &str, sealed: &str, what: &str) {
    for format in [None, Some(0), Some(1)] {
        let expected = read(
            &mut sides.direct,
            &format!("select * from {plain} order by id"),
            format,
        );
        let got = read(
            &mut sides.proxied,
            &format!("select * from {sealed} order by id"),
            format,
        );
        assert_eq!(expected.len(), got.len());
        for (row, (a, b)) in expected.iter().zip(&got).enumerate() {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                let shown = |value: &Option<Vec<u8>>| {
                    value
                        .as_deref()
                        .map(|v| String::from_utf8_lossy(v).into_owned())
                };
                let ty = at.checked_sub(1).map_or("id", |at| TYPES[at].0);
                assert_eq!(
                    a,
                    b,
                    "{what}: {sealed} row {row} {ty} {format:?}: {:?} against {:?}",
                    shown(a),
                    shown(b)
                );
            }
        }
    }
}

#[test]
fn protected_rows_read_like_plain_ones_under_every_setting() {
    let mut sides = sides();
    for settings in [
        "reset all",
        "set datestyle = 'SQL, DMY'; set timezone = 'America/New_York'",
        "set datestyle = 'German'; set timezone = 'Europe/Berlin'",
        "set datestyle = 'Postgres, MDY'; set timezone = 'Asia/Kolkata'; set intervalstyle = 'iso_8601'",
        "set extra_float_digits = 0; set bytea_output = 'escape'",
        "set extra_float_digits = -3",
        "set timezone = '<+05>-05'",
    ] {
        sides.direct.query(settings);
        sides.proxied.query(settings);
        for sealed in ["random", "equal"] {
            compare(&mut sides, "plain", sealed, settings);
        }
    }
}

#[test]
fn values_written_in_every_way_are_stored_as_the_server_stores_them() {
    let mut sides = sides();
    let texts = read(&mut sides.direct, "select * from plain order by id", None);
    let binaries = read(
        &mut sides.direct,
        "select * from plain order by id",
        Some(1),
    );
    let columns: Vec<String> = (0..TYPES.len()).map(column).collect();
    let list = columns.join(", ");
    let holders: Vec<String> = (1..=TYPES.len()).map(|n| format!("${n}")).collect();
    for sealed in ["random_in", "equal_in"] {
        for way in ["literals", "text parameters", "binary parameters"] {
            for name in ["plain_in", sealed] {
                sides.database.run(&format!("truncate {name}"));
            }
            for (row, (text, binary)) in texts.iter().zip(&binaries).enumerate() {
                for (raw, name) in [
                    (&mut sides.direct, "plain_in"),
                    (&mut sides.proxied, sealed),
                ] {
                    let frames = if way == "literals" {
                        let values: Vec<String> = text[1..]
                            .iter()
                            .map(|value| match value {
                                None => "null".to_owned(),
                                Some(value) => format!(
                                    "'{}'",
                                    String::from_utf8_lossy(value).replace('\'', "''")
                                ),
                            })
                            .collect();
                        raw.query(&format!(
                            "insert into {name} (id, {list}) values ({row}, {})",
                            values.join(", ")
                        ))
                    } else {
                        let (values, format) = if way == "text parameters" {
                            (text, 0)
                        } else {
                            (binary, 1)
                        };
                        let values: Vec<Option<&[u8]>> =
                            values[1..].iter().map(Option::as_deref).collect();
                        raw.parse(
                            "",
                            &format!(
                                "insert into {name} (id, {list}) values ({row}, {})",
                                holders.join(", ")
                            ),
                            &[],
                        );
                        raw.bind("", "", format, &values, 0);
                        raw.execute("", 0);
                        raw.sync();
                        raw.until_ready()
                    };
                    if let Some(error) = frames.iter().find(|frame| frame.tag == 'E') {
                        panic!(
                            "{way}, {name}, row {row}: {:?}\n{}",
                            error.field('M'),
                            sides.proxy.log()
                        );
                    }
                }
            }
            compare(&mut sides, "plain_in", sealed, way);
        }
    }
}

#[test]
fn equal_values_are_found_by_every_spelling() {
    let mut sides = sides();
    for (at, (ty, _)) in TYPES.iter().enumerate() {
        if !deterministic(ty) || ty.ends_with("[]") {
            continue;
        }
        let name = column(at);
        let texts = read(
            &mut sides.direct,
            &format!("select {name}::text from plain order by id"),
            None,
        );
        for value in texts.iter().filter_map(|row| row[0].clone()) {
            let value = String::from_utf8(value).unwrap().replace('\'', "''");
            let sql = |table: &str| {
                format!("select id from {table} where {name} = '{value}' order by id")
            };
            let expected = read(&mut sides.direct, &sql("plain"), None);
            let got = read(&mut sides.proxied, &sql("equal"), None);
            assert_eq!(expected, got, "{ty} = '{value}'");
            assert!(!got.is_empty(), "{ty} = '{value}' finds nothing");
        }
        let counts = |raw: &mut Raw, table: &str| {
            read(
                raw,
                &format!("select count(distinct {name}), count({name}) from {table}"),
                None,
            )
        };
        assert_eq!(
            counts(&mut sides.direct, "plain"),
            counts(&mut sides.proxied, "equal"),
            "{ty}"
        );
    }
}
