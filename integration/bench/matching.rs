//! Substring search: a column with `search = ["match"]` through the proxy, and pg_trgm on plaintext directly.
//!
//! `SEALWIRE_LONG=1 cargo test --release --test integration -- --nocapture bench::matching` takes a million rows.
#![expect(clippy::print_stdout, reason = "a report")]

use std::time::{Duration, Instant};

use sealwire::embedded::Options;

use crate::harness::{Database, Frame, Raw, Site, start};

const RULES: &str = r#"
[tables."public.notes".columns]
body = { seal = { search = ["match"], acknowledge_leakage = true } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

/// Four words of 20,000, the same in every database. One row in a thousand, one in a hundred thousand and one alone hold
/// a word of their own.
const ROWS: &str = r"
create function word(n int) returns text language sql immutable as $$
    select string_agg(substr('bcdfghjklmnprstvwzbr', 1 + (h >> (8 * i)) % 20, 1) || substr('aeiou', 1 + (h >> (8 * i + 4)) % 5, 1), '')
    from (select hashint4(n % 20000) & 2147483647 as h) as one, generate_series(0, 2) as each (i)
$$;
create table notes (id int primary key, body text);
insert into notes select id, initcap(word(hashint4(id))) || ' ' || word(hashint4(id + 10000000)) || ' ' || word(hashint4(id + 20000000))
    || ' ' || word(hashint4(id + 30000000))
    || case when id % 1000 = 500 then ' kwyjibo' when id % 100000 = 77 then ' Xanthippe' when id = 78 then ' qwfpgj' else '' end
    from generate_series(1, {rows}) as each (id);
grant all on notes to owner;
";

fn is_long() -> bool {
    std::env::var_os("SEALWIRE_LONG").is_some()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1_000.0
}

fn seconds<T>(what: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    what();
    start.elapsed().as_secs_f64()
}

fn bound(raw: &mut Raw, sql: &str, value: &str) -> Vec<Frame> {
    raw.parse("", sql, &[]);
    raw.bind("", "", 0, &[Some(value.as_bytes())], 0);
    raw.execute("", 0);
    raw.sync();
    raw.until_ready()
}

#[test]
fn substrings_beside_trigrams_of_plaintext() {
    let (rows, rounds) = if is_long() {
        (1_000_000, 41)
    } else {
        (3_000, 3)
    };
    let settings = [
        ("shared_buffers", "2GB"),
        ("maintenance_work_mem", "512MB"),
        ("max_wal_size", "8GB"),
    ];
    let server: &'static _ = Box::leak(Box::new(start(Options {
        settings: settings
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        ..Options::default()
    })));
    let utf8 = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'";
    let make = || {
        let database = Database::made(server, utf8, &["owner"]);
        database.run(&ROWS.replace("{rows}", &rows.to_string()));
        database
    };
    let (plain, sealed) = (make(), make());
    plain.run("create extension pg_trgm");
    plain.run("create index notes_body on notes using gin (body gin_trgm_ops)");
    let site = Site::new(&sealed, RULES);
    let protected = seconds(|| site.protect("public.notes"));
    let index = sealed.value("select indexrelid::regclass from pg_index where indrelid = 'notes'::regclass and indexprs is not null");
    let rebuilt = [
        seconds(|| plain.run("reindex index notes_body")),
        seconds(|| sealed.run(&format!("reindex index {index}"))),
    ];
    for database in [&plain, &sealed] {
        database.run("vacuum analyze notes");
    }
    let size =
        |database: &Database, what: &str| database.value(&format!("select pg_size_pretty({what})"));
    println!("{rows} rows; ratios are of medians of {rounds} rounds, direct and proxied in turn");
    println!(
        "the proxy: {}",
        if cfg!(debug_assertions) {
            "a debug build"
        } else {
            "a release build"
        }
    );
    println!(
        "table:  plain {}, sealed {}",
        size(&plain, "pg_table_size('notes')"),
        size(&sealed, "pg_table_size('notes')")
    );
    println!(
        "index:  pg_trgm {} built in {:.1} s; tokens {} built in {:.1} s",
        size(&plain, "pg_relation_size('notes_body')"),
        rebuilt[0],
        size(&sealed, &format!("pg_relation_size('{index}')")),
        rebuilt[1]
    );
    println!("protect, the index with it: {protected:.1} s");

    let proxy = site.serve();
    let mut direct = Raw::login(server.port(), "owner", plain.name());
    let mut proxied = Raw::login(proxy.port(), "owner", sealed.name());
    let words = |id: i32| plain.value(&format!("select body from notes where id = {id}"));
    let (known, other) = (words(1234), words(2345));
    let word = |text: &str, at: usize| text.split(' ').nth(at).unwrap().to_owned();
    let rows_of = "select id, body from notes where body";
    let searches = [
        (
            "like, 1 hit",
            format!("{rows_of} like "),
            "%qwfpgj%".to_owned(),
        ),
        (
            "like, 3 letters, 1 hit",
            format!("{rows_of} like "),
            "%qwf%".to_owned(),
        ),
        (
            "ilike, 10 hits",
            format!("{rows_of} ilike "),
            "%XANThippe%".to_owned(),
        ),
        (
            "like, two words",
            format!("{rows_of} like "),
            format!("%{} {}%", word(&known, 1), word(&known, 2)),
        ),
        (
            "ilike, end and beginning",
            format!("{rows_of} ilike "),
            format!("{}%{}", word(&known, 0), word(&known, 3)),
        ),
        (
            "like, its beginning",
            format!("{rows_of} like "),
            format!("{} {}%", word(&known, 0), word(&known, 1)),
        ),
        (
            "like, no hit",
            format!("{rows_of} like "),
            format!("%{} {}%", word(&known, 1), word(&other, 2)),
        ),
        (
            "like, one in 1,000",
            format!("{rows_of} like "),
            "%kwyjibo%".to_owned(),
        ),
        (
            "ilike, one in 1,000",
            format!("{rows_of} ilike "),
            "%Kwyjibo%".to_owned(),
        ),
        (
            "upper, one in 1,000",
            "select id, body from notes where upper(body::text) like upper(".to_owned(),
            "%Kwyjibo%".to_owned(),
        ),
        (
            "count, one in 1,000",
            "select count(*) from notes where body ilike ".to_owned(),
            "%kwyjibo%".to_owned(),
        ),
        (
            "first 20 of them",
            "select id, body from notes where body ilike ".to_owned(),
            "%kwyjibo%".to_owned(),
        ),
    ];
    for (name, start, pattern) in &searches {
        let end = match *name {
            name if name.starts_with("upper") => ") order by id",
            name if name.starts_with("first") => " order by id limit 20",
            name if name.starts_with("count") => "",
            _ => " order by id",
        };
        let literal = format!("{start}'{pattern}'{end}");
        let parameter = format!("{start}$1{end}");
        let mut times = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
        let mut hits = 0;
        for _ in 0..rounds {
            for (at, (own, through)) in times.iter_mut().enumerate() {
                let ask = |raw: &mut Raw| match at {
                    0 => raw.query(&literal),
                    _ => bound(raw, &parameter, pattern),
                };
                let start = Instant::now();
                let expected = ask(&mut direct);
                own.push(start.elapsed());
                let start = Instant::now();
                let found = ask(&mut proxied);
                through.push(start.elapsed());
                assert_eq!(Raw::error(&found), "", "{literal}");
                assert_eq!(Raw::rows(&expected), Raw::rows(&found), "{literal}");
                hits = Raw::rows(&found).len();
            }
        }
        let shown: Vec<String> = times
            .into_iter()
            .map(|(own, through)| {
                let (own, through) = (median(own), median(through));
                format!("{own:8.3} {through:8.3} {:5.2}", through / own)
            })
            .collect();
        println!(
            "{name:26} {hits:5} rows | constant: {} | parameter: {}",
            shown[0], shown[1]
        );
    }

    let inserted = if is_long() { 100 } else { 2 };
    let insert = |raw: &mut Raw, start: usize| {
        seconds(|| {
            for batch in 0..inserted {
                let rows: Vec<String> = (0..100)
                    .map(|at| {
                        let id = 10_000_000 + start + batch * 100 + at;
                        format!("({id}, 'Some new words of row {id} here')")
                    })
                    .collect();
                let answer = raw.query(&format!("insert into notes values {}", rows.join(", ")));
                assert_eq!(Raw::error(&answer), "");
            }
        })
    };
    let (own, through) = (insert(&mut direct, 0), insert(&mut proxied, 0));
    let rate = |taken: f64| (inserted * 100) as f64 / taken;
    println!(
        "INSERT, 100 rows a statement: direct {:.0} rows/s, proxied {:.0} rows/s, ratio {:.2}",
        rate(own),
        rate(through),
        rate(own) / rate(through)
    );
}
