//! Results that the proxy derives from what the server returns: sorted by opened values, computed from them. The plain
//! tables directly and the protected ones through the proxy must answer alike, in both protocols and both formats.

use crate::customers::{ROLES, RULES, TABLES, plain, protected};
use crate::differential::{comparable, extended};
use crate::harness::{Database, Frame, Proxy, Raw};

/// ORDER BY of sealed columns; every order is settled by a last key.
const SORTED: &[&str] = &[
    "select id, email from customers order by email",
    "select id, email from customers order by email desc",
    "select id, email as e from customers order by e, id",
    "select id, notes from customers order by 2, 1",
    "select id, notes from customers order by notes nulls first, id desc",
    "select id, notes from customers order by notes desc, id",
    "select id, notes from customers order by notes desc nulls last, id",
    "select id from customers order by notes, id limit 5",
    "select id from customers order by notes, id limit 5 offset 3",
    "select id from customers order by notes, id offset 33",
    "select id from customers order by notes, id offset 33 limit 100",
    "select id from customers order by notes, id fetch first row only",
    "select id from customers order by notes, id offset 2 rows fetch next 3 rows only",
    "select id from customers order by notes, id limit all",
    "select id from customers order by notes, id limit null",
    "select id from customers order by notes, id limit 0",
    "select id from customers order by notes, id limit '3'",
    "select id from customers order by notes, id limit -1",
    "select id from customers order by notes, id limit 3 offset -1",
    "select * from customers order by email",
    "select c.* from customers c order by c.score desc, c.id",
    "select id, balance from customers order by balance, id",
    "select id, visits from customers order by visits desc, birth_date",
    "select id, seen from customers order by seen desc limit 3",
    "select id, birth_date from customers order by birth_date desc limit 3",
    "select id, code from customers order by code, id",
    "select id, key from customers order by key",
    "select id, mood from customers order by mood desc, id",
    "select id, score from customers order by score",
    "select name, email from customers order by name collate \"C\" desc, email",
    "select name, email from customers order by email collate \"C\" desc",
    "select name, email from customers order by email collate pg_catalog.\"POSIX\", name",
    "select city_id, visits, id from customers order by city_id desc nulls last, visits, id desc",
    "select city_id, visits, id from customers order by visits, city_id % 2 desc, length(name), id",
    "select id as n, visits from customers order by visits, n desc",
    "select -id as n, visits from customers order by visits, n",
    "select distinct visits from customers order by visits desc",
    "select distinct c.visits, c.city_id from customers c order by c.visits, c.city_id",
    "select visits, count(*) from customers group by visits order by visits",
    "select visits, count(*) from customers group by visits order by count(*), visits desc",
    "select c.email, k.id from customers c join claims k on k.ssn = c.ssn order by c.email, k.id limit 7",
    "select c.id, k.amount from customers c left join claims k on k.id = c.id order by k.amount nulls first, c.id",
    "with q as (select id, email from customers where id < 9) select * from q order by email desc",
    "select q.e from (select email as e from customers where id < 9) q order by e",
    "select email from customers where id < 3 union all select email from customers where id > 38 order by email",
    "select ssn from customers union select ssn from claims order by 1",
    "select id, row_number() over (order by id) from customers order by email limit 4",
    "select mail from contacts order by mail desc limit 3",
    "select id, coalesce(notes, 'none') from customers order by email limit 2",
    "select id from customers order by email for update",
    "select id, email from customers where email = 'nobody' order by email",
    "select (select name from cities where id = city_id), email from customers order by email limit 3",
    "select id, email /* a */ from customers -- b\n order by email -- c\n desc limit 2 -- d",
    "select city_id as \"order\", email from customers order by \"order\", email limit 3",
    "select id, email from customers order by nothing",
    "select 1/0, email from customers order by email",
    "select 1/(id - 20), email from customers order by email",
];

/// Refused, whoever asks: each would need what the proxy does not do.
const UNSORTED: &[&str] = &[
    "select id from customers order by email limit 3 for update",
    "select nextval('customers_id_seq'), email from customers order by email",
    "select random(), email from customers order by email",
    "select id from customers order by lower(email)",
    "select id from customers order by tags",
    "select id from customers order by email fetch first 3 rows with ties",
    "select id from customers order by email limit (select 3)",
    "select id from customers order by email using >",
    "select distinct id from customers order by email",
    "select distinct on (email) id from customers order by email",
    "select id from (select id from customers order by email limit 3) q",
    "select array_agg(id order by email) from customers",
    "select rank() over (order by email) from customers",
    "explain select id from customers order by email",
    "insert into orders (id, email) select id, 'x' from customers order by email",
];

/// Functions of sealed columns in the select list.
const COMPUTED: &[&str] = &[
    "select id, upper(email), lower(notes) as low, initcap(email) from customers order by id",
    "select length(email), char_length(notes), character_length(ssn), length(code) from customers order by id",
    "select upper(email), email, notes, id from customers where id < 9 order by id",
    "select id, upper(email), (select count(*) from orders where id < 5), lower(notes) from customers order by id",
    "select id, visits::text, email, (select c.email from customers c where c.id = customers.id), exists (select visits from customers c where c.id = 3 group by 1), ssn from customers order by id",
    "select c.*, upper(c.email) from customers c where id < 5 order by id",
    "select trim(email), btrim(email, 'uscom'), ltrim(email, 'us'), rtrim(notes, '0123456789 '), trim(leading 'u' from email), trim(trailing 'm' from email), trim(both 'um' from email) from customers order by id",
    "select substring(email from 3), substring(email from 2 for 4), substring(email, -2, 5), substr(email, 5), substr(notes, 3, 0), substring(email from 100) from customers order by id",
    "select substring(email from 2 for -1) from customers where id = 1",
    "select left(email, 3), left(email, -3), right(email, 3), right(email, -3), left(notes, 0), right(notes, 100), left(email, -100) from customers order by id",
    "select replace(email, 'example', '***'), replace(notes, '', 'x'), replace(email, 'user', '') from customers order by id",
    "select split_part(email, '@', 1), split_part(email, '@', 2), split_part(email, '@', 3), split_part(email, '@', -1), split_part(email, '', 1) from customers order by id",
    "select split_part(email, '@', 0) from customers where id = 1",
    "select email || ' (' || notes || ')', 'x' || email, ssn || '' from customers order by id",
    "select name || ' <' || email || '>' as shown, email || name from customers order by id",
    "select visits || ' visits', birth_date || '!', balance || '', mood || '', key || '' from customers order by id",
    "select concat(code, 'x'), visits + 1 from customers order by id",
    "select concat(email, ' ', notes, visits), concat_ws(', ', email, notes, ssn, birth_date), concat(notes) from customers order by id",
    "select coalesce(upper(notes), 'NONE'), coalesce(lower(notes), upper(email)) from customers order by id",
    "select visits::text, birth_date::text, balance::text, seen::text, mood::text, key::text, score::text, code::text from customers order by id",
    "select upper(left(split_part(email, '@', 1), 3)) || '…' from customers order by id",
    "select extract(year from birth_date), extract(month from birth_date), extract(day from birth_date), extract(quarter from birth_date), extract(dow from birth_date), extract(doy from birth_date) from customers order by id",
    "select date_part('year', birth_date), date_part('doy', birth_date) from customers order by id",
    "select upper(c.email), k.id from customers c join claims k on k.ssn = c.ssn order by k.id, c.id",
    "select upper(email) from customers order by email limit 3 offset 2",
    "select upper(email) as u, id from customers order by notes, id limit 4",
    "select upper(email), count(*) from customers group by email order by email limit 3",
    "select upper(notes), upper(notes), lower(notes) from customers order by id limit 9",
    "select upper(email) from customers where email = 'user3@example.com'",
    "select upper(nothing), upper(email) from customers",
];

/// Not computed.
const UNCOMPUTED: &[&str] = &[
    "select upper(email) from customers order by upper(email)",
    "select upper(email) as u from customers order by u",
    "select upper(email) from customers order by 1",
    "select upper(email), count(*) from customers group by 1",
    "select distinct upper(email) from customers",
    "select upper(email) from customers union select 'x'",
    "select * from (select upper(email) from customers) q",
    "select (select upper(email) from customers where id = 1)",
    "select id from customers where upper(email) = lower(notes)",
    "select md5(email) from customers",
    "select tags || 'x' from customers",
    "insert into orders (id, email) select id, upper(email) from customers",
    "create table copied as select upper(email) from customers",
    "explain select upper(email) from customers",
];

/// The same tables in plaintext and protected.
pub struct Twins {
    pub direct: Raw,
    pub proxied: Raw,
    proxy: Proxy,
    database: String,
}

impl Twins {
    fn new() -> Twins {
        let direct_database = plain();
        let (proxied_database, proxy) = protected();
        for database in [&direct_database, &proxied_database] {
            database.run("create view contacts as select id, email as mail, ssn from customers");
            database.run("grant all on contacts to owner");
        }
        Twins::between(&direct_database, &proxied_database, proxy)
    }

    /// Of tables of one's own.
    pub fn of(tables: &str, rules: &str, names: &[&str]) -> Twins {
        let databases = [(); 2].map(|()| Database::create(ROLES));
        for database in &databases {
            database.run(tables);
        }
        let [direct, proxied] = databases;
        let proxy = Proxy::start_protected(&proxied, rules, names);
        Twins::between(&direct, &proxied, proxy)
    }

    fn between(direct: &Database, proxied: &Database, proxy: Proxy) -> Twins {
        let port = direct.server().port();
        Twins {
            direct: Raw::login(port, "owner", direct.name()),
            proxied: Raw::login(proxy.port(), "owner", proxied.name()),
            proxy,
            database: proxied.name().to_owned(),
        }
    }

    /// Runs something on both.
    pub fn run(&mut self, sql: &str) {
        for raw in [&mut self.direct, &mut self.proxied] {
            assert_eq!(Raw::error(&raw.query(sql)), "", "{sql}");
        }
    }

    /// Another role of the protected one.
    pub fn login(&self, role: &str) -> Raw {
        Raw::login(self.proxy.port(), role, &self.database)
    }

    /// What the protected one answers.
    pub fn ask(&mut self, sql: &str) -> Vec<Frame> {
        self.proxied.query(sql)
    }

    /// Both answer a bound statement alike: what it takes, what it gives.
    pub fn bound(&mut self, sql: &str, oids: &[u32], values: &[Option<&[u8]>], results: i16) {
        let ask = |raw: &mut Raw| {
            raw.parse("", sql, oids);
            raw.describe('S', "");
            raw.bind("", "", 0, values, results);
            raw.describe('P', "");
            raw.execute("", 0);
            raw.sync();
            raw.until_ready()
        };
        let (a, b) = (ask(&mut self.direct), ask(&mut self.proxied));
        if let Some(different) = difference(sql, Some(results), &a, &b) {
            panic!("{different}");
        }
    }

    /// Both answer a statement alike in the extended protocol.
    pub fn agree_extended(&mut self, sql: &str) {
        let (a, b) = (
            extended(&mut self.direct, sql, 1),
            extended(&mut self.proxied, sql, 1),
        );
        if let Some(different) = difference(sql, Some(1), &a, &b) {
            panic!("{different}");
        }
    }

    /// Both answer a statement alike in the simple protocol.
    pub fn agree_simple(&mut self, sql: &str) {
        let (a, b) = (self.direct.query(sql), self.proxied.query(sql));
        if let Some(different) = difference(sql, None, &a, &b) {
            panic!("{different}");
        }
    }

    /// Both answer every statement alike in each way of asking.
    pub fn agree(&mut self, script: &[&str]) {
        let mut different = Vec::new();
        for sql in script {
            for format in [None, Some(0), Some(1)] {
                let ask = |raw: &mut Raw| match format {
                    None => raw.query(sql),
                    Some(format) => extended(raw, sql, format),
                };
                let (a, b) = (ask(&mut self.direct), ask(&mut self.proxied));
                different.extend(difference(sql, format, &a, &b));
            }
        }
        assert!(
            different.is_empty(),
            "{} differ:\n{}\n{}",
            different.len(),
            different.join("\n"),
            self.proxy.log()
        );
    }
}

fn difference(sql: &str, format: Option<i16>, a: &[Frame], b: &[Frame]) -> Option<String> {
    let (x, y) = (comparable(a), comparable(b));
    if x == y {
        return None;
    }
    let error = b.iter().find(|frame| frame.tag == 'E');
    let error = error.and_then(|frame| frame.field('M'));
    let places = x.iter().zip(&y).position(|(x, y)| x != y);
    let at = places.unwrap_or(x.len().min(y.len()));
    Some(format!(
        "{sql} {format:?}\n  direct:  {:?}\n  proxied: {:?}\n  error:   {error:?}",
        x.get(at),
        y.get(at)
    ))
}

#[test]
fn sealed_columns_are_sorted_as_the_server_sorts_them() {
    let mut twins = Twins::new();
    twins.agree(SORTED);
    for sql in UNSORTED {
        let frames = twins.proxied.query(sql);
        let error = frames.iter().find(|frame| frame.tag == 'E');
        let error = error.unwrap_or_else(|| panic!("answered: {sql}"));
        assert_eq!(error.sqlstate(), "0A000", "{sql}: {:?}", error.field('M'));
        assert!(error.field('H').is_some(), "{sql}");
    }
}

#[test]
fn bounds_are_bound_and_results_taken_in_parts() {
    let mut twins = Twins::new();
    let limited =
        "select id, notes from customers where id < $3 order by notes, id limit $1 offset $2";
    let eight = |number: i64| number.to_be_bytes().to_vec();
    let four = |number: i32| number.to_be_bytes().to_vec();
    let thirty = four(30);
    type Case = (&'static str, &'static [u32], i16, Vec<Option<Vec<u8>>>);
    let cases: Vec<Case> = vec![
        (
            limited,
            &[],
            1,
            vec![Some(eight(5)), Some(eight(2)), Some(thirty.clone())],
        ),
        (
            limited,
            &[],
            0,
            vec![
                Some(b"5".to_vec()),
                Some(b" 2".to_vec()),
                Some(b"30".to_vec()),
            ],
        ),
        (
            limited,
            &[23, 20, 23],
            1,
            vec![Some(four(5)), Some(eight(2)), Some(thirty.clone())],
        ),
        (limited, &[], 1, vec![None, None, Some(thirty.clone())]),
        (
            limited,
            &[],
            1,
            vec![Some(eight(-1)), None, Some(thirty.clone())],
        ),
        (
            limited,
            &[],
            0,
            vec![Some(b"x".to_vec()), None, Some(b"3".to_vec())],
        ),
        (
            "select id, notes from customers order by notes, id limit $1::int",
            &[],
            1,
            vec![Some(four(4))],
        ),
    ];
    let mut different = Vec::new();
    for (sql, oids, format, values) in &cases {
        let values: Vec<Option<&[u8]>> = values.iter().map(|value| value.as_deref()).collect();
        for results in [0, 1] {
            let mut answers = Vec::new();
            for raw in [&mut twins.direct, &mut twins.proxied] {
                raw.query("begin");
                raw.parse("s", sql, oids);
                raw.describe('S', "s");
                raw.bind("p", "s", *format, &values, results);
                raw.describe('P', "p");
                // In parts, the last of which finds nothing, and once more behind it.
                for rows in [2, 1, 1, 40, 3] {
                    raw.execute("p", rows);
                }
                raw.sync();
                let mut frames = raw.until_ready();
                if Raw::error(&frames).is_empty() {
                    raw.execute("p", 0);
                    raw.sync();
                    frames.extend(raw.until_ready());
                }
                frames.extend(raw.query("commit"));
                raw.close('S', "s");
                raw.sync();
                raw.until_ready();
                answers.push(frames);
            }
            different.extend(difference(sql, Some(*format), &answers[0], &answers[1]));
        }
    }
    assert!(
        different.is_empty(),
        "{}\n{}",
        different.join("\n"),
        twins.proxy.log()
    );
    // Several in one batch, the last of which fails.
    let pipeline = |raw: &mut Raw| {
        for sql in [
            "select id from customers order by email limit 2",
            "select id from customers order by notes desc, id limit 2",
            "select 1/0",
        ] {
            raw.parse("", sql, &[]);
            raw.bind("", "", 0, &[], 0);
            raw.execute("", 0);
        }
        raw.sync();
        raw.until_ready()
    };
    let (a, b) = (pipeline(&mut twins.direct), pipeline(&mut twins.proxied));
    assert_eq!(comparable(&a), comparable(&b));
}

#[test]
fn who_does_not_see_a_column_does_not_sort_by_it() {
    let (database, proxy) = protected();
    let mut support = Raw::login(proxy.port(), "support", database.name());
    let rows = support.query("select email from customers order by email limit 2");
    assert_eq!(Raw::rows(&rows).len(), 2, "{}", Raw::error(&rows));
    for sql in [
        "select id from customers order by ssn",
        "select ssn from customers order by 1",
        "select id, notes from customers order by email, notes",
        "select id from customers order by phone",
        "select id from customers order by birth_date desc limit 1",
        "select id from customers order by email, ssn collate \"C\"",
    ] {
        for frames in [support.query(sql), support.extended(sql)] {
            let error = Raw::error(&frames);
            assert!(
                error.starts_with("42501") || error.starts_with("0A000"),
                "{sql}: {error}"
            );
        }
    }
}

#[test]
fn too_many_rows_are_refused_and_nothing_of_them_is_shown() {
    let database = plain();
    let rules = format!("{RULES}\n[limits]\ngathered_rows = 30\n");
    let proxy = Proxy::start_protected(&database, &rules, &["public.customers", "public.claims"]);
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    for frames in [
        owner.query("select email from customers order by email"),
        owner.extended("select email from customers order by email"),
    ] {
        assert!(
            Raw::error(&frames).starts_with("54000"),
            "{}",
            Raw::error(&frames)
        );
        assert!(Raw::rows(&frames).is_empty());
    }
    let few = owner.query("select email from customers order by email limit 30");
    assert_eq!(Raw::rows(&few).len(), 30);
    owner.query("begin");
    owner.query("select email from customers order by email");
    let after = owner.query("select 1");
    assert!(
        Raw::error(&after).starts_with("25P02"),
        "{}",
        Raw::error(&after)
    );
}

#[test]
fn a_collation_that_is_not_known_is_refused() {
    let database = Database::create_with("template template0 lc_collate 'C' lc_ctype 'C'", ROLES);
    database.run(TABLES);
    database.run("alter table customers alter notes type text collate \"und-x-icu\"");
    database.run(
        "alter table claims add remark text collate \"C\", add other text collate \"und-x-icu\"",
    );
    let rules = RULES.replace(
        "[tables.\"public.claims\".columns]",
        "[tables.\"public.claims\".columns]\nremark = { seal = {} }\nother = { seal = {} }",
    );
    let proxy = Proxy::start_protected(&database, &rules, &["public.customers", "public.claims"]);
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    for (sql, refused) in [
        ("select id from customers order by notes", true),
        (
            "select id from customers order by notes collate \"C\"",
            false,
        ),
        ("select id from customers order by email", false),
        ("select id from claims order by remark", false),
        ("select id from claims order by other", true),
    ] {
        let error = Raw::error(&owner.query(sql));
        assert_eq!(error.starts_with("0A000"), refused, "{sql}: {error}");
        assert!(refused || error.is_empty(), "{sql}: {error}");
    }
}

#[test]
fn functions_of_sealed_columns_are_those_of_the_server() {
    let mut twins = Twins::new();
    // What is odd: empty, blanks, letters of several bytes, NULL, the ends of the calendar.
    let odd = "insert into customers (id, name, email, notes, ssn, visits, birth_date) values
        (101, 'odd', '', '', '', -2147483648, '0044-03-15 BC'), (102, 'odd', '  ä béC  ', '日本', 'x', 0, '5000-02-28'),
        (103, 'odd', null, null, null, null, null), (104, 'odd', 'i̇İ@ß@ﬁ', 'a''c', 'ǅ', 2147483647, '0001-01-01'),
        (105, 'odd', 'x@', '@@', '@', 1, 'infinity'), (106, 'odd', 'y@', '%', '@', 1, '-infinity')";
    for raw in [&mut twins.direct, &mut twins.proxied] {
        assert_eq!(Raw::error(&raw.query(odd)), "");
    }
    twins.agree(COMPUTED);
    for raw in [&mut twins.direct, &mut twins.proxied] {
        raw.query("set datestyle = 'SQL, DMY'");
        raw.query("set extra_float_digits = 0");
    }
    twins.agree(&[
        "select birth_date || '', score::text, seen::text from customers order by id",
        "select concat(birth_date, '/', score) from customers order by id",
    ]);
    for sql in UNCOMPUTED {
        for frames in [twins.proxied.query(sql), twins.proxied.extended(sql)] {
            let error = frames.iter().find(|frame| frame.tag == 'E');
            let error = error.unwrap_or_else(|| panic!("answered: {sql}"));
            assert_eq!(error.sqlstate(), "0A000", "{sql}: {:?}", error.field('M'));
        }
    }
    // Parameters that the server never sees.
    let bound = "select left(email, $1), email || $2 from customers where id < $3 order by id";
    let ask = |raw: &mut Raw| {
        raw.parse("", bound, &[]);
        raw.describe('S', "");
        raw.bind("", "", 0, &[Some(b"3"), Some(b"!"), Some(b"9")], 1);
        raw.describe('P', "");
        raw.execute("", 0);
        raw.sync();
        raw.until_ready()
    };
    let (a, b) = (ask(&mut twins.direct), ask(&mut twins.proxied));
    assert_eq!(comparable(&a), comparable(&b));
}

#[test]
fn who_sees_a_mask_computes_nothing_of_it_and_can_ask() {
    let (database, proxy) = protected();
    let mut support = Raw::login(proxy.port(), "support", database.name());
    for sql in [
        "select upper(ssn) from customers",
        "select email || ssn from customers",
        "select length(notes) from customers",
        "select concat(email, notes) from customers",
        "select extract(year from birth_date) from customers",
        "select ssn::text || '' from customers",
        "select left(phone, 1) from customers",
        "select coalesce(upper(email), notes) from customers",
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
    let asks = "select sealwire.masked(email), sealwire.masked(ssn) as m, sealwire.masked(c.phone), sealwire.masked(name) from customers c where id = 1";
    for frames in [support.query(asks), support.extended(asks)] {
        let rows = Raw::rows(&frames);
        assert_eq!(rows.len(), 1, "{}", Raw::error(&frames));
        let row: Vec<String> = rows[0].iter().flatten().cloned().collect();
        assert_eq!(row, ["f", "t", "t", "f"]);
    }
    let mut owner = Raw::login(proxy.port(), "owner", database.name());
    let frames = owner.query(asks);
    let row: Vec<String> = Raw::rows(&frames)[0].iter().flatten().cloned().collect();
    assert_eq!(row, ["f", "f", "f", "f"]);
    let described = String::from_utf8_lossy(&frames[0].body).into_owned();
    assert!(described.contains("masked\0"), "{described}");
}
