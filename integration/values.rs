//! Values against the real server: what it reads, prints and sends for a text, and what we do.
//!
//! `SEALWIRE_LONG=1 cargo test --test integration -- --nocapture values` tries many more random values; what it
//! said last is in `integration/reports/values.txt`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests"
)]

mod inputs;

use sealwire::value::{DeclaredType, Settings};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

struct Server {
    client: Client,
    settings: Settings,
}

/// What the server made of a text.
enum Answer {
    Value { text: String, binary: Vec<u8> },
    Error(String),
}

impl Server {
    async fn connect() -> Server {
        let url = crate::harness::Database::create(&[]).superuser_url();
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
        tokio::spawn(connection);
        Server {
            client,
            settings: Settings::default(),
        }
    }

    async fn set(&mut self, name: &str, value: &str) {
        self.client
            .batch_execute(&format!("set {name} to {value}"))
            .await
            .unwrap();
        let shown = self.query(&format!("show {name}")).await.unwrap();
        assert!(
            self.settings.take(name, shown[0].as_deref().unwrap()),
            "{name} {shown:?}"
        );
    }

    async fn query(&self, sql: &str) -> Result<Vec<Option<String>>, String> {
        match self.client.simple_query(sql).await {
            Ok(messages) => Ok(messages
                .iter()
                .find_map(|message| match message {
                    SimpleQueryMessage::Row(row) => Some(
                        (0..row.len())
                            .map(|i| row.get(i).map(str::to_owned))
                            .collect(),
                    ),
                    _ => None,
                })
                .unwrap()),
            Err(error) => Err(error.code().map_or("closed", |code| code.code()).to_owned()),
        }
    }

    /// Through a column of the type, so that modifiers apply as on assignment.
    async fn read(&self, declared: &DeclaredType, input: &str) -> Answer {
        let quoted = input.replace('\'', "''");
        let insert = format!("truncate v; insert into v values ('{quoted}')");
        if let Err(code) = self.client.batch_execute(&insert).await {
            return Answer::Error(code.code().map_or("closed", |code| code.code()).to_owned());
        }
        let send = send_function(declared);
        let row = self
            .query(&format!("select v, encode({send}(v), 'hex') from v"))
            .await
            .unwrap();
        let hex = row[1].clone().unwrap();
        let binary = (0..hex.len() / 2)
            .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
            .collect();
        Answer::Value {
            text: row[0].clone().unwrap(),
            binary,
        }
    }
}

fn send_function(declared: &DeclaredType) -> &'static str {
    use sealwire::value::Kind::*;
    match declared.kind {
        Text => "textsend",
        Varchar { .. } => "varcharsend",
        Char { .. } => "bpcharsend",
        Int2 => "int2send",
        Int4 => "int4send",
        Int8 => "int8send",
        Numeric { .. } => "numeric_send",
        Float4 => "float4send",
        Float8 => "float8send",
        Bool => "boolsend",
        Date => "date_send",
        Time { .. } => "time_send",
        Timestamp { .. } => "timestamp_send",
        Timestamptz { .. } => "timestamptz_send",
        Uuid => "uuid_send",
        Json => "json_send",
        Jsonb => "jsonb_send",
        Bytea => "byteasend",
        Inet => "inet_send",
        Array(_) => "array_send",
        Citext | Enum(_) => unreachable!(),
    }
}

#[derive(Default)]
struct Tally {
    compared: usize,
    refused: Vec<String>,
    wrong: Vec<String>,
}

/// One type under the server's present settings.
async fn compare(server: &Server, name: &str, inputs: &[String], tally: &mut Tally) {
    let declared = DeclaredType::parse_name(name).unwrap();
    server
        .client
        .batch_execute(&format!(
            "drop table if exists v; create temp table v (v {name})"
        ))
        .await
        .unwrap();
    for input in inputs {
        tally.compared += 1;
        let ours = declared.from_text(input.as_bytes(), &server.settings);
        let note = |what: &str| format!("{name} {input:?}: {what}");
        match (server.read(&declared, input).await, ours) {
            (_, Err(error)) if error.sqlstate == "0A000" => {
                tally.refused.push(note(&error.message))
            }
            (Answer::Error(code), Err(error)) if code == error.sqlstate => {}
            (Answer::Error(code), Err(error)) => {
                tally
                    .wrong
                    .push(note(&format!("server {code}, we {}", error.sqlstate)));
            }
            (Answer::Error(code), Ok(value)) => {
                let mut out = Vec::new();
                let _ = declared.to_text(&value, &server.settings, &mut out);
                tally.wrong.push(note(&format!(
                    "server {code}, we {}",
                    String::from_utf8_lossy(&out)
                )));
            }
            (Answer::Value { text, .. }, Err(error)) => {
                tally
                    .wrong
                    .push(note(&format!("server {text}, we {}", error.sqlstate)));
            }
            (Answer::Value { text, binary }, Ok(value)) => {
                let mut out = Vec::new();
                if let Err(error) = declared.to_text(&value, &server.settings, &mut out) {
                    // A zone whose history differs between servers: read, but not shown.
                    if error.sqlstate == "0A000" {
                        tally.refused.push(note(&error.message));
                        continue;
                    }
                    tally
                        .wrong
                        .push(note(&format!("server {text}, we {error}")));
                    continue;
                }
                let mine = String::from_utf8(out).unwrap();
                // -0 is 0 for us, on purpose.
                if mine != text && text.replace("-0", "0") != mine {
                    tally
                        .wrong
                        .push(note(&format!("server {text:?}, we {mine:?}")));
                }
                let mut out = Vec::new();
                declared.to_binary(&value, &mut out).unwrap();
                // One NaN, whatever its sign was.
                if out != binary && !text.contains("-0") && text != "NaN" {
                    tally
                        .wrong
                        .push(note(&format!("server {binary:02x?}, we {out:02x?}")));
                }
                match declared.from_binary(0, &binary) {
                    Ok(again) if again == value => {}
                    Ok(_) => tally.wrong.push(note("binary gives another value")),
                    Err(error) => tally.wrong.push(note(&format!("binary: {error}"))),
                }
            }
        }
    }
}

fn report(tally: Tally) {
    println!(
        "{} compared, {} refused with 0A000, {} wrong",
        tally.compared,
        tally.refused.len(),
        tally.wrong.len()
    );
    if std::env::var_os("SHOW_REFUSED").is_some() {
        tally
            .refused
            .iter()
            .for_each(|line| println!("refused {line}"));
    }
    // Refusals are for what depends on the server: were they many, the comparison would say nothing.
    assert!(
        tally.refused.len() * 10 < tally.compared,
        "too many refused"
    );
    tally
        .wrong
        .iter()
        .take(150)
        .for_each(|line| println!("WRONG {line}"));
    assert!(tally.wrong.is_empty());
}

/// How many random values to try: all of them in a long run, else enough to notice what broke.
fn cases(all: u32) -> u32 {
    if long() { all } else { all / 12 }
}

fn long() -> bool {
    std::env::var_os("SEALWIRE_LONG").is_some()
}

/// A small generator, the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}

#[tokio::test]
async fn plain_types() {
    let mut server = Server::connect().await;
    let mut tally = Tally::default();
    let mut r = Random(0x5ea1);
    let texts = strings(&[
        "",
        " ",
        "a",
        "abc",
        "abc ",
        "abcd",
        "abc  ",
        "  abc",
        "äöü",
        "äöüß",
        "äöü ",
        "日本語",
        "日本語x",
        "a\tb",
        "\\",
        "'",
        "😀😀😀",
        "😀😀😀😀",
    ]);
    for name in [
        "text",
        "varchar",
        "varchar(3)",
        "char(3)",
        "char(5)",
        "bpchar",
        "varchar(1)",
        "char",
    ] {
        compare(&server, name, &texts, &mut tally).await;
    }
    let mut ints = strings(inputs::INTEGERS);
    for _ in 0..200 {
        let bits = r.below(64);
        ints.push(((r.next() as i64) >> bits).to_string());
    }
    for name in ["smallint", "integer", "bigint"] {
        compare(&server, name, &ints, &mut tally).await;
    }
    compare(
        &server,
        "boolean",
        &strings(&[
            "t", "f", "true", "false", "TRUE", "tr", "y", "yes", "n", "no", "on", "off", "o", "of",
            "1", "0", "2", "", " t ", "tt", "10", "\tOFF\n", "onn",
        ]),
        &mut tally,
    )
    .await;
    compare(&server, "uuid", &strings(inputs::UUIDS), &mut tally).await;
    let bytea = strings(&[
        "",
        "abc",
        "\\x",
        "\\xDEADbeef",
        "\\x de ad ",
        "\\xd ead",
        "\\xdea",
        "\\xgg",
        "\\\\",
        "\\",
        "\\000",
        "\\377",
        "\\400",
        "\\12",
        "a\\134b",
        "é",
        "\\X00",
        "a'b",
        "\\x00ff7f80\n20",
    ]);
    for form in ["hex", "escape"] {
        server.set("bytea_output", form).await;
        compare(&server, "bytea", &bytea, &mut tally).await;
        compare(
            &server,
            "bytea[]",
            &strings(&["{\"\\\\\\\\x00ff5c\",abc,NULL}"]),
            &mut tally,
        )
        .await;
    }
    let mut inet = strings(inputs::INETS);
    for _ in 0..300 {
        let words: Vec<String> = (0..8)
            .map(|_| {
                if r.below(2) == 0 {
                    "0".to_owned()
                } else {
                    format!("{:x}", r.below(65536) >> r.below(16))
                }
            })
            .collect();
        inet.push(words.join(":"));
        inet.push(format!(
            "{}.{}.{}.{}/{}",
            r.below(256),
            r.below(256),
            r.below(256),
            r.below(256),
            r.below(33)
        ));
    }
    compare(&server, "inet", &inet, &mut tally).await;
    report(tally);
}

#[tokio::test]
async fn numbers() {
    let mut server = Server::connect().await;
    let mut tally = Tally::default();
    let mut r = Random(0xdec);
    let mut decimals = strings(inputs::DECIMALS);
    for _ in 0..cases(500) {
        let whole = r.next() >> r.below(64);
        let fraction = r.next() >> r.below(64);
        let sign = r.pick(&["", "-", "+"]);
        let exponent = r.pick(&["", "", "", "e1", "e-1", "e7", "e-9", "e20"]);
        decimals.push(format!("{sign}{whole}.{fraction}{exponent}"));
        decimals.push(format!("{sign}{whole}{exponent}"));
        decimals.push(format!("{sign}0.000{fraction}{exponent}"));
    }
    for name in [
        "numeric",
        "numeric(10,2)",
        "numeric(4)",
        "numeric(3,-2)",
        "numeric(2,5)",
        "numeric(1000,500)",
        "numeric(20,10)",
    ] {
        compare(&server, name, &decimals, &mut tally).await;
    }
    let mut floats = decimals;
    floats.retain(|text| text.len() < 60);
    floats.extend(strings(inputs::FLOATS));
    for _ in 0..cases(3000) {
        floats.push(format!("{:e}", f64::from_bits(r.next())));
        floats.push(format!("{:e}", f32::from_bits((r.next() >> 32) as u32)));
        // Powers of two and their neighbours: the ends of intervals.
        let power = f64::from_bits((r.below(2046) + 1) << 52);
        floats.push(format!("{power:e}"));
        let power = f32::from_bits(((r.below(254) + 1) << 23) as u32 + r.below(3) as u32);
        floats.push(format!("{power:e}"));
    }
    for digits in ["1", "0", "-3", "3", "-15", "-5"] {
        server.set("extra_float_digits", digits).await;
        for name in ["real", "double precision"] {
            compare(&server, name, &floats, &mut tally).await;
        }
    }
    report(tally);
}

#[tokio::test]
async fn json_and_arrays() {
    let mut server = Server::connect().await;
    let mut tally = Tally::default();
    let json = strings(inputs::JSON);
    for name in ["json", "jsonb"] {
        compare(&server, name, &json, &mut tally).await;
    }
    let ints = strings(inputs::INTEGER_ARRAYS);
    for name in ["int[]", "bigint[]", "smallint[]"] {
        compare(&server, name, &ints, &mut tally).await;
    }
    let texts = strings(inputs::TEXT_ARRAYS);
    for name in ["text[]", "varchar(3)[]", "char(3)[]", "json[]", "jsonb[]"] {
        compare(&server, name, &texts, &mut tally).await;
    }
    compare(
        &server,
        "jsonb[]",
        &strings(&["{\"{\\\"b\\\":1,\\\"a\\\":[1,2]}\",1}"]),
        &mut tally,
    )
    .await;
    compare(
        &server,
        "timestamptz[]",
        &strings(&["{2020-01-01,\"2020-06-01 12:00\",infinity}"]),
        &mut tally,
    )
    .await;
    compare(
        &server,
        "numeric(6,2)[]",
        &strings(&["{1.005,NaN,NULL}", "{99999}"]),
        &mut tally,
    )
    .await;
    for name in ["date[]", "uuid[]", "boolean[]", "inet[]", "real[]"] {
        compare(
            &server,
            name,
            &strings(&[
                "{}",
                "{NULL}",
                "{t,f}",
                "{1.5}",
                "{2020-01-01,\"1999-01-01 BC\"}",
                "{::1,10.0.0.0/8}",
            ]),
            &mut tally,
        )
        .await;
    }
    server.set("DateStyle", "'Postgres, DMY'").await;
    compare(
        &server,
        "timestamp[]",
        &strings(&["{2020-01-01,\"2020-06-01 12:00\",infinity}"]),
        &mut tally,
    )
    .await;
    report(tally);
}

#[tokio::test]
async fn dates_and_times() {
    let mut server = Server::connect().await;
    let mut tally = Tally::default();
    let mut inputs = strings(inputs::DATES);
    let mut r = Random(0xda7e);
    for _ in 0..cases(600) {
        let shift = r.below(10);
        let year = r.below(9999 >> shift) + 1;
        let (month, day) = (r.below(13), r.below(32));
        let (hour, minute, second) = (r.below(25), r.below(60), r.below(60));
        let fraction = r.next() >> (r.below(60) + 4);
        let month_name = r.pick(&[
            "Jan",
            "feb",
            "March",
            "apr",
            "May",
            "JUN",
            "july",
            "aug",
            "September",
            "oct",
            "nov",
            "dec",
        ]);
        let zone = r.pick(&[
            "",
            "",
            "",
            "Z",
            "+02",
            "-08:30",
            " UTC",
            " Europe/Berlin",
            " Asia/Kolkata",
        ]);
        let era = r.pick(&["", "", "", " BC"]);
        let clock = match r.below(4) {
            0 => String::new(),
            1 => format!(" {hour:02}:{minute:02}"),
            2 => format!(" {hour:02}:{minute:02}:{second:02}.{fraction}"),
            _ => format!("T{hour:02}:{minute:02}:{second:02}"),
        };
        let date = match r.below(8) {
            0 => format!("{year:04}-{month:02}-{day:02}"),
            1 => format!("{month}/{day}/{year}"),
            2 => format!("{day}.{month}.{year}"),
            3 => format!("{month_name} {day} {year}"),
            4 => format!("{day}-{month_name}-{year}"),
            5 => format!("{year}-{month_name}-{day}"),
            6 => format!("{year:04}{month:02}{day:02}"),
            _ => format!("{year}/{month}/{day}"),
        };
        inputs.push(format!(
            "{date}{clock}{}{era}",
            if clock.is_empty() { "" } else { zone }
        ));
    }
    let times = strings(inputs::TIMES);
    let styles = [
        "'ISO, MDY'",
        "'SQL, MDY'",
        "'SQL, DMY'",
        "'Postgres, MDY'",
        "'Postgres, DMY'",
        "'German, DMY'",
        "'German, YMD'",
        "'ISO, YMD'",
        "'ISO, DMY'",
    ];
    let zones = [
        "'UTC'",
        "'GMT'",
        "'America/New_York'",
        "'Europe/Berlin'",
        "'Asia/Kolkata'",
        "'<+02>-02'",
        "'Europe/Moscow'",
        "'America/Sao_Paulo'",
        "'-3.5'",
        "'Africa/Casablanca'",
        "'Asia/Tehran'",
        "'Australia/Lord_Howe'",
        "'EST5EDT'",
        "'FOO5'",
        "'Pacific/Apia'",
        "'Europe/Dublin'",
    ];
    for (index, style) in styles.iter().enumerate() {
        server.set("DateStyle", style).await;
        for name in ["date", "timestamp", "timestamp(0)", "timestamp(3)"] {
            compare(&server, name, &inputs, &mut tally).await;
        }
        for name in ["time", "time(0)", "time(3)"] {
            compare(&server, name, &times, &mut tally).await;
        }
        for (at, zone) in zones.iter().enumerate() {
            // Each style with some zones, each zone with some styles.
            let share = if long() { 3 } else { 5 };
            if (at + index) % share == 0 || (index == 0 && long()) {
                server.set("TimeZone", zone).await;
                compare(&server, "timestamptz", &inputs, &mut tally).await;
                compare(&server, "timestamptz(2)", &inputs, &mut tally).await;
            }
        }
    }
    report(tally);
}

/// Every zone that both know, at moments of three centuries.
#[tokio::test]
async fn zones() {
    let mut server = Server::connect().await;
    let declared = DeclaredType::parse_name("timestamptz").unwrap();
    let names: Vec<String> = server
        .client
        .query(
            "select name from pg_timezone_names where name !~ '^posix' order by 1",
            &[],
        )
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let moments: Vec<i64> = (0..1500).map(|n| -4_000_000_000 + n * 5_123_457).collect();
    let mut wrong = 0;
    for style in ["'ISO'", "'SQL'"] {
        server.set("DateStyle", style).await;
        for name in &names {
            server.set("TimeZone", &format!("'{name}'")).await;
            let list: Vec<String> = moments.iter().map(ToString::to_string).collect();
            let row = server
                .query(&format!(
                    "select string_agg(to_timestamp(n)::text, ';' order by i) from unnest('{{{}}}'::bigint[]) with ordinality as u(n, i)",
                    list.join(",")
                ))
                .await
                .unwrap();
            let texts = row[0].clone().unwrap();
            let (mut bad, mut refused, mut latest) = (0, 0, i64::MIN);
            for (moment, text) in moments.iter().zip(texts.split(';')) {
                let micros = (moment - 946_684_800) * 1_000_000;
                let value = declared.from_binary(0, &micros.to_be_bytes()).unwrap();
                let mut out = Vec::new();
                match declared.to_text(&value, &server.settings, &mut out) {
                    Err(_) => refused += 1,
                    Ok(()) if out == text.as_bytes() => {}
                    Ok(()) => {
                        bad += 1;
                        if *moment > latest {
                            latest = *moment;
                            if latest > 0 {
                                println!(
                                    "{name}: server {text}, we {}",
                                    String::from_utf8_lossy(&out)
                                );
                            }
                        }
                    }
                }
            }
            if bad + refused > 0 {
                wrong += bad;
                println!("ZONE {style} {name} bad {bad} refused {refused} latest {latest}");
            }
        }
    }
    assert_eq!(
        wrong, 0,
        "moments shown otherwise than the server shows them"
    );
}
