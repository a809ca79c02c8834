//! Search by tokens: the same statements on plain columns directly and on sealed ones through the proxy. What differs in
//! rows, types, tags or SQLSTATE fails, unless the statement is one that is refused by design.

use crate::differential::{comparable, extended};
use crate::harness::{Database, Proxy, Raw, Site};

const OPTIONS: &str = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'";

const TABLE: &str = r#"
create table people (
    id int primary key,
    name text,
    nick varchar(40) collate "C",
    body text,
    n int,
    big bigint,
    price numeric(8,2),
    born date,
    seen timestamp,
    at timestamptz,
    f8 double precision,
    f4 real,
    t time
);
grant all on people to owner, support, intern;
"#;

const RULES: &str = r#"
[classes.range]
seal = { search = ["range"], acknowledge_leakage = true }
[classes.exact-range]
seal = { search = ["equality", "range"], acknowledge_leakage = true }
[tables."public.people".columns]
name = { seal = { search = ["match"], acknowledge_leakage = true } }
nick = { seal = { search = ["prefix"], prefix_length = 4, pad = 16, acknowledge_leakage = true } }
body = { seal = { search = ["match", "prefix", "equality"], acknowledge_leakage = true } }
n = "range"
big = "exact-range"
price = "exact-range"
born = "range"
seen = "range"
at = "range"
f8 = "range"
f4 = "range"
t = "range"
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
level = "access"
search = ["*"]
"#;

pub const TEXTS: &[&str] = &[
    "",
    "a",
    "A",
    "ab",
    "abc",
    "ABC",
    "aBcd",
    "abcdef",
    "xabc",
    "xabcy",
    "Ada Lovelace",
    "ada lovelace",
    "Grace Hopper",
    "GRACE",
    "Ärger",
    "ärger",
    "äöü",
    "ÄÖÜ",
    "straße",
    "日本語テスト",
    "日本",
    "😀😀😀",
    "50%",
    "50% off",
    "a_b",
    "a_bc",
    "a\\b",
    "\\",
    "%",
    "_",
    "%_",
    "a%b",
    "aaa",
    "aaaa",
    "abcabc",
    "it's",
    " a b ",
    "e\u{301}a",
    "Σίγμα",
    "σίγμας",
    "abcd",
    "abce",
    "abdd",
    "smıth ſMITH",
    "SMITH Smith",
    "\u{212A}elvin KELVIN",
    "ΣΊΓΜΑΣ",
];

pub const PATTERNS: &[&str] = &[
    "",
    "%",
    "%%",
    "_",
    "a%",
    "A%",
    "ab%",
    "abc%",
    "abcd%",
    "abcde%",
    "%abc%",
    "%ABC%",
    "%bc",
    "%abc",
    "abc",
    "a_c%",
    "%race%",
    "Grace%",
    "Ä%",
    "%rger",
    "日本%",
    "%本語%",
    "😀%",
    "50\\%%",
    "50%",
    "%\\%%",
    "a\\_b%",
    "a\\\\b%",
    "\\\\",
    "%aaa%",
    "aaa%a",
    "%a%b%c%",
    "ab",
    "it's%",
    "% a b%",
    "%Love%ace",
    "%ίγμ%",
    "a%b",
    "abc\\",
    "___",
    "ab_",
    "%abcabc%",
];

pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn rows() -> Vec<String> {
    let mut rows: Vec<String> = TEXTS
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let text = quoted(text);
            let step = i64::try_from(at).unwrap() - 20;
            let odd = match at % 6 {
                0 => ["'infinity'", "'infinity'", "'infinity'", "'NaN'", "'-infinity'", "'NaN'"],
                1 => ["'-infinity'", "'-infinity'", "'-infinity'", "'infinity'", "'NaN'", "'1.5'"],
                _ => ["", "", "", "", "", ""],
            };
            let or = |odd: &str, own: String| if odd.is_empty() { own } else { odd.to_owned() };
            let [born, seen, zoned, f8, f4, price] = odd;
            format!(
                "insert into people values ({at}, {text}, {text}, {text}, {step}, {}, {}, {}, {}, {}, {}, {}, {})",
                step * 100_000_000_000_000_000,
                or(price, format!("{}", step as f64 * 1.25)),
                or(born, format!("date '2000-01-01' + {}", step * 400)),
                or(seen, format!("timestamp '2000-01-01' + {step} * interval '13 hours 7.000001 seconds'")),
                or(zoned, format!("timestamptz '2000-01-01 00:00+00' + {step} * interval '1 day'")),
                or(f8, format!("{}", step as f64 / 3.0)),
                or(f4, format!("{}", step as f64 / 3.0)),
                format_args!("time '12:00' + {step} * interval '29 minutes'"),
            )
        })
        .collect();
    rows.push("insert into people (id) values (1000)".to_owned());
    rows
}

/// The same rows in two databases, plain and sealed.
pub struct Twins {
    pub plain: Database,
    pub sealed: Database,
    pub proxy: Proxy,
}

fn twins() -> Twins {
    twins_under("")
}

/// Under more rules.
pub fn twins_under(more: &str) -> Twins {
    let make = || {
        let database = Database::create_with(OPTIONS, &["owner", "support", "intern"]);
        database.run(TABLE);
        database
    };
    let (plain, sealed) = (make(), make());
    let script = rows();
    for database in [&plain, &sealed] {
        database.run(&script.join(";"));
    }
    let site = Site::new(&sealed, &format!("{RULES}{more}"));
    site.protect("public.people");
    let proxy = site.serve();
    // Half of the rows come anew, through the proxy: as constants. Their expressions are the server's to evaluate.
    let mut raw = Raw::login(proxy.port(), "owner", sealed.name());
    let list = "name, nick, body, n, big, price, born, seen, at, f8, f4, t";
    for at in (0..TEXTS.len()).step_by(2) {
        let text = |column: &str| {
            let value = plain.value(&format!(
                "select coalesce(quote_literal({column}), 'null') from people where id = {at}"
            ));
            format!("{column} = {value}")
        };
        let set: Vec<String> = list.split(", ").map(text).collect();
        let answer = raw.query(&format!(
            "update people set {} where id = {at}",
            set.join(", ")
        ));
        assert_eq!(Raw::error(&answer), "", "{set:?}");
    }
    Twins {
        plain,
        sealed,
        proxy,
    }
}

/// Both answers to one statement; simple, and extended with binary results. Returns how many were answered and refused.
pub fn compare(twins: &Twins, statements: &[String], may_refuse: bool) -> (usize, usize) {
    let mut direct = Raw::login(twins.plain.server().port(), "owner", twins.plain.name());
    let mut proxied = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    let mut different = Vec::new();
    let (mut answered, mut refused) = (0, 0);
    for sql in statements {
        for format in [None, Some(1)] {
            let ask = |raw: &mut Raw| {
                raw.query("begin");
                let answer = match format {
                    None => raw.query(sql),
                    Some(format) => extended(raw, sql, format),
                };
                raw.query("rollback");
                answer
            };
            let (x, y) = (ask(&mut direct), ask(&mut proxied));
            if may_refuse && matches!(Raw::error(&y).as_str(), "0A000" | "22025") {
                refused += 1;
            } else if comparable(&x) == comparable(&y) {
                answered += 1;
            } else {
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
        twins.proxy.log()
    );
    (answered, refused)
}

/// One statement with parameters, bound as text.
pub fn bound(raw: &mut Raw, sql: &str, values: &[Option<&str>]) -> Vec<crate::harness::Frame> {
    raw.parse("", sql, &[]);
    let bytes: Vec<Option<&[u8]>> = values
        .iter()
        .map(|value| value.map(str::as_bytes))
        .collect();
    raw.bind("", "", 0, &bytes, 0);
    raw.describe('P', "");
    raw.execute("", 0);
    raw.sync();
    raw.until_ready()
}

const BOUNDS: &[(&str, &[&str])] = &[
    (
        "n",
        &[
            "0",
            "-20",
            "5",
            "22",
            "2147483647",
            "3000000000",
            "2.5",
            "-2.5",
            "'7'",
            "null",
            "1e30",
            "7::bigint",
        ],
    ),
    (
        "big",
        &[
            "0",
            "-2000000000000000000",
            "500000000000000000",
            "0.5",
            "9223372036854775807",
            "'5'",
        ],
    ),
    (
        "price",
        &[
            "0",
            "1.25",
            "1.255",
            "-3.749",
            "'NaN'",
            "3",
            "99999999999",
            "2.50::numeric(8,2)",
        ],
    ),
    (
        "born",
        &[
            "'2000-01-01'",
            "'1990-06-15'",
            "date '2010-10-10'",
            "'infinity'",
            "'-infinity'",
            "timestamp '2000-01-01 00:00:01'",
        ],
    ),
    (
        "seen",
        &[
            "'2000-01-01 00:00'",
            "'2000-01-03 04:05:06.000007'",
            "'infinity'",
            "date '2000-01-02'",
        ],
    ),
    (
        "at",
        &[
            "'2000-01-01 00:00+00'",
            "'2000-01-05 12:00+02'",
            "'-infinity'",
        ],
    ),
    (
        "f8",
        &[
            "0",
            "0.3333333333333333",
            "'NaN'",
            "'infinity'",
            "-1.5",
            "1",
        ],
    ),
    ("f4", &["'0'", "'0.33333334'", "'NaN'", "0.5", "2"]),
    ("t", &["'12:00'", "'11:31'", "'23:59:59.999999'", "'24:00'"]),
];

#[test]
fn ranges_as_the_plain_server_answers_them() {
    let twins = twins();
    let mut statements = Vec::new();
    for (column, bounds) in BOUNDS {
        for bound in *bounds {
            let mut add = |condition: String| {
                statements.push(format!(
                    "select id from people p where {condition} order by id"
                ));
            };
            for op in ["<", "<=", ">", ">=", "=", "<>"] {
                add(format!("{column} {op} {bound}"));
                add(format!("not ({bound} {op} p.{column}) or id = 3"));
            }
            add(format!("({column} < {bound}) is null"));
            for other in *bounds {
                add(format!("{column} between {bound} and {other}"));
                add(format!("{column} not between {bound} and {other}"));
            }
        }
        let (low, high) = (bounds[0], bounds[1]);
        statements.push(format!("delete from people where {column} > {low}"));
        statements.push(format!(
            "update people set n = 5 where {column} between {low} and {high} or {column} < {high}"
        ));
        statements.push(format!(
            "select count(*), count(*) filter (where {column} >= {low}) from people where not {column} < {high}"
        ));
    }
    let (answered, _) = compare(&twins, &statements, false);
    assert_eq!(answered, 2 * statements.len());
    // Parameters.
    let mut direct = Raw::login(twins.plain.server().port(), "owner", twins.plain.name());
    let mut proxied = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    for (column, values) in [
        ("n", ["5", "-3"]),
        ("price", ["1.25", "12.505"]),
        ("born", ["1995-02-03", "infinity"]),
        ("f8", ["0.5", "NaN"]),
        ("t", ["11:31", "12:00"]),
    ] {
        for sql in [
            format!("select id from people where {column} < $1 and {column} >= $2 order by id"),
            format!("select id from people where {column} between $2 and $1 order by id"),
            format!("select id from people where not {column} <= $1 or $2 = {column} order by id"),
        ] {
            let [a, b] = values;
            for values in [[Some(a), Some(b)], [Some(b), Some(a)], [Some(a), None]] {
                let x = bound(&mut direct, &sql, &values);
                let y = bound(&mut proxied, &sql, &values);
                assert_eq!(comparable(&x), comparable(&y), "{sql} {values:?}");
            }
        }
    }
}

#[test]
fn patterns_as_the_plain_server_answers_them() {
    let twins = twins();
    let mut statements = Vec::new();
    let mut prefixes = Vec::new();
    for pattern in PATTERNS {
        let pattern_text = quoted(pattern);
        for column in ["name", "nick", "body"] {
            for operator in [
                "like",
                "ilike",
                "not like",
                "not ilike",
                "~~",
                "~~*",
                "!~~",
                "!~~*",
            ] {
                statements.push(format!(
                    "select id from people where {column} {operator} {pattern_text} order by id"
                ));
            }
            statements.push(format!(
                "select id from people where {column} like {pattern_text} escape '' order by id"
            ));
            statements.push(format!(
                "select id from people where starts_with({column}, {pattern_text}) order by id"
            ));
            statements.push(format!(
                "select id from people where {column} ^@ {pattern_text} order by id"
            ));
            statements.push(format!(
                "delete from people where {column} like {pattern_text} or id < 3"
            ));
        }
    }
    for beginning in [
        "a", "ab", "abc", "abcd", "Ä", "日本", "😀", "50\\%", "a\\_b",
    ] {
        for column in ["nick", "body"] {
            let pattern = quoted(&format!("{beginning}%"));
            prefixes.push(format!(
                "select id from people where {column} like {pattern} or n < 0 order by id"
            ));
            prefixes.push(format!(
                "select id, not {column} like {pattern} from people order by id"
            ));
            prefixes.push(format!(
                "update people set n = 1 where {column} like {pattern}"
            ));
            prefixes.push(format!(
                "select count(*) from people where {column} not like {pattern}"
            ));
        }
    }
    for pattern in [
        "%abc%",
        "%race%",
        "abc%c%",
        "50\\%%",
        "%本語テ%",
        "xabc",
        "%ίγμ%",
    ] {
        let pattern = quoted(pattern);
        for (condition, body) in [
            (format!("name like {pattern}"), "name"),
            (
                format!("id < 40 and (body like {pattern} and n is not null)"),
                "body",
            ),
            (format!("people.name::text ilike {pattern}"), "name"),
        ] {
            prefixes.push(format!("select count(*) from people where {condition}"));
            prefixes.push(format!(
                "select count(*) as many from people where {condition} and n > -5"
            ));
            prefixes.push(format!(
                "select * from people where {condition} order by id desc limit 2"
            ));
            prefixes.push(format!(
                "select id, {body} as x from people where {condition} order by 1 offset 1 limit 3"
            ));
            prefixes.push(format!(
                "select id, {body}, n from people where {condition} order by n desc, {body}"
            ));
            prefixes.push(format!("select a.id, people.id from people join people a on a.id = people.id + 1 where {} order by 2, 1", condition.replace(" id <", " people.id <").replace("id < 40", "people.id < 40").replace("(body", "(people.body").replace("name like", "people.name like").replace("people.people", "people").replace("and n is", "and people.n is")));
        }
    }
    compare(&twins, &prefixes, false);
    let mut direct = Raw::login(twins.plain.server().port(), "owner", twins.plain.name());
    let mut proxied = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    for pattern in [
        Some("%abc%"),
        Some("abc%"),
        Some("%"),
        Some("Grace H%"),
        None,
    ] {
        for sql in [
            "select id, name from people where name ilike $1 order by id limit $2",
            "select id from people where body like $1 and n > -100 order by id desc offset $2",
            "select count(*) from people where body like $1 and id > $2",
        ] {
            let values = [pattern, Some("2")];
            let x = bound(&mut direct, sql, &values);
            let y = bound(&mut proxied, sql, &values);
            assert_eq!(comparable(&x), comparable(&y), "{sql} {values:?}");
        }
    }
    let (answered, refused) = compare(&twins, &statements, true);
    assert!(answered > 1_400, "{answered} answered, {refused} refused");
}

#[test]
fn who_may_search_and_what_the_server_uses() {
    let twins = twins();
    let mut support = Raw::login(twins.proxy.port(), "support", twins.sealed.name());
    let ids = |frames: &[crate::harness::Frame]| Raw::rows(frames).len();
    assert_eq!(
        ids(&support.query("select id from people where n between 1 and 3")),
        3
    );
    assert_eq!(
        ids(&support.query("select id from people where nick like 'abc%'")),
        5
    );
    // Seen by nobody else: what only the values decide.
    let answer = support.query("select id from people where name like '%abc%'");
    assert_eq!(Raw::error(&answer), "0A000");
    let mut intern = Raw::login(twins.proxy.port(), "intern", twins.sealed.name());
    for sql in [
        "select id from people where n < 5",
        "select id from people where nick like 'abc%'",
        "select id from people where name like '%abc%'",
        "select id from people where starts_with(body, 'a')",
    ] {
        assert_eq!(Raw::error(&intern.query(sql)), "42501", "{sql}");
    }
    // Nothing in plaintext, and an index that nobody declared.
    let indexes = twins
        .sealed
        .value("select count(*) from pg_indexes where indexdef like '%sealwire.tokens%'");
    assert_eq!(indexes, "12");
    let mut owner = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    owner.run("set enable_seqscan = off");
    for condition in [
        "n between 1 and 3",
        "born = '2000-01-01'",
        "nick like 'abc%'",
    ] {
        let plan = format!(
            "{:?}",
            Raw::rows(&owner.query(&format!("explain select id from people where {condition}")))
        );
        assert!(plan.contains("Bitmap Index Scan"), "{plan}");
    }
}

#[test]
fn there_and_back() {
    let database = Database::create_with(OPTIONS, &["owner", "support", "intern"]);
    database.run(TABLE);
    database.run(&rows().join(";"));
    let shown = "select md5(string_agg(p::text, '|' order by id)) from people p";
    let before = database.value(shown);
    let site = Site::new(&database, RULES);
    site.protect("public.people");
    assert_ne!(database.value(shown), before);
    let checked = site.sealwire(&["check", "--upstream", &database.superuser_url()]);
    assert!(
        checked.stdout.contains("its search tokens show"),
        "{}",
        checked.stdout
    );
    site.sealwire(&[
        "unprotect",
        "--upstream",
        &database.superuser_url(),
        "public.people",
    ])
    .ok();
    assert_eq!(database.value(shown), before);
    let indexes = database.value("select count(*) from pg_indexes where tablename = 'people'");
    assert_eq!(indexes, "1");
}
