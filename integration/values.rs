//! Values against the real server: what it reads, prints and sends for a text, and what we do.

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
    tally
        .wrong
        .iter()
        .take(150)
        .for_each(|line| println!("WRONG {line}"));
    assert!(tally.wrong.is_empty());
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
    let mut ints = strings(&[
        "0",
        "-0",
        "+7",
        "007",
        " 7 ",
        "\t7\n",
        "7x",
        "",
        " ",
        "-",
        "+",
        "+-1",
        "1.0",
        "1e3",
        "32767",
        "32768",
        "-32768",
        "-32769",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999999999999999999999",
        "99999999999999999999x",
        "0x1F",
        "0x",
        "1_000",
        "1__0",
        "0b2",
        "- 1",
        "１",
    ]);
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
    compare(
        &server,
        "uuid",
        &strings(&[
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
            "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}",
            "a0eebc999c0b4ef8bb6d6bb9bd380a11",
            "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11",
            "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 ",
            " a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "a-0eebc999c0b4ef8bb6d6bb9bd380a11",
            "a0eebc99--9c0b-4ef8-bb6d-6bb9bd380a11",
            "",
            "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11-",
            "éééééééééééééééé",
        ]),
        &mut tally,
    )
    .await;
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
    let mut inet = strings(&[
        "10.0.0.1",
        "10.0.0.1/8",
        "10.0.0.1/32",
        "10.0.0.1/33",
        "10.1/16",
        "10.1",
        "10/8",
        "10/9",
        "10",
        "010.001.0.1",
        "256.0.0.1",
        "1.2.3.4.5",
        "1.2.3.",
        "",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4/",
        "1.2.3.4/08",
        "::",
        "::1",
        "::1/64",
        "::1/128",
        "::1/129",
        "::1/064",
        "::ffff:1.2.3.4",
        "::1.2.3.4",
        "::1:2",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "1:0:0:2:0:0:0:3",
        "1:0:2:3:4:5:6:7",
        "FE80::ABCD",
        "fe80::1%eth0",
        "1:2:3:4:5:6:1.2.3.4",
        "::0.1.0.0",
        "::0.0.1.0",
        "0:0:0:0:0:ffff:0:1",
        "0:0:0:0:0:0:1:0",
        "0:0:0:0:0:0:0:2",
        "12345::",
        "::ffff:0:0",
        "1:2",
        ":::",
        "0:0:1::/24",
        "1.2.3.4/24/2",
        "::0000:1:2:0:0",
        "0:0:0:0:ffff:1:2:3",
    ]);
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
    let mut decimals = strings(&[
        "0",
        "-0",
        "0.0",
        "-0.00",
        "1",
        "1.",
        ".5",
        ".",
        "",
        "-",
        "1e3",
        "1e-3",
        "1E+5",
        "1e",
        "1e+",
        "12.34.5",
        " 1.5 ",
        "1 5",
        "NaN",
        "nan",
        "-nan",
        "+nan",
        "Infinity",
        "-infinity",
        "+inf",
        "inf",
        "in",
        "1e400",
        "1e-400",
        "1e131071",
        "1e131072",
        "1e-16383",
        "1e-16384",
        "1e-20000",
        "0e-20000",
        "0e-5",
        "0e5",
        "1e2000000000",
        "9999999999999999999999.99999",
        "0.00001",
        "-0.00001",
        "0.005",
        "0.015",
        "-0.005",
        "99999999.994",
        "99999999.995",
        "99999999.99",
        "100000000",
        "123456789.12",
        "0x10",
        "1_0",
        "10000",
        "100000000",
        "1000000000000",
        "0.0001",
        "0.00010000",
        "12345678",
        "1.10",
        "9.5",
        "95",
        "9500",
        "949",
        "950",
        "0.000949",
        "0.00095",
        "0.0000095",
        "5e-16384",
    ]);
    for _ in 0..500 {
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
    floats.extend(strings(&[
        "5.6843418860808015e-14",
        "9007199254740992",
        "9007199254740993",
        "1e22",
        "1e23",
        "1e15",
        "1e14",
        "123456789012345680",
        "999999999999999",
        "1234567",
        "999999",
        "1000000",
        "0.0001",
        "0.00001",
        "1.7976931348623157e308",
        "1.7976931348623159e308",
        "2.2250738585072014e-308",
        "5e-324",
        "2e-324",
        "1e-325",
        "3.4028235e38",
        "3.4028236e38",
        "1.4e-45",
        "1e-45",
        "7e-46",
        "1.1754944e-38",
        "16777216",
        "16777217",
        "33554432",
        "8388608.5",
        "0x1p3",
        "infinityx",
        "1e309",
        "-1e309",
        "1e-4",
        "1e-5",
        "8589934592",
        "67108864",
        "2.98023223876953125E-8",
        "1.18697725e20",
        "1.18697725e+20",
        "2e7",
    ]));
    for _ in 0..3000 {
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
    let json = strings(&[
        "{}",
        "[]",
        "null",
        "true",
        "false",
        "1",
        "-0",
        "-0.0",
        "1.0",
        "1.50",
        "1e3",
        "1E-3",
        "1e400",
        "01",
        "1.",
        ".5",
        "-",
        "+1",
        "\"\"",
        "\"a\\u0041\\n\\t\\\"\\\\\\/\\b\\f\\r\"",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83dx\"",
        "\"\\u00e9é\"",
        "\"\\x\"",
        "\"\u{1}\"",
        "\"\u{7f}\"",
        "\"\\u0001\\u001f\"",
        "{\"b\":1,\"a\":2,\"aa\":3,\"a\":4}",
        " { \"x\" : [ 1 , 2 , { } , [ ] ] } ",
        "{\"a\":{\"b\":{\"c\":[1,2.0,null,true]}}}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "",
        " ",
        "nul",
        "nullx",
        "truefalse",
        "1 2",
        "[1",
        "{\"a\":1",
        "\"abc",
        "'a'",
        "{\"\":1}",
        "[\"\u{2028}\"]",
        "tru\u{e9}",
        "1x",
        "-x",
        "1e",
        "1e+",
        "{\"ü\":1,\"u\":2,\"zz\":3}",
        "\"\\u12\"",
        "{\"a\":1}}",
        "[[[[[[[[]]]]]]]]",
        "1\u{e9}",
        "\t\n\r[1]\n",
        "\u{b}[1]",
        "-1.5e+10",
        "123456789012345678901234567890.123",
        "\"\\uD83D\\uDE00\"",
        "\"\\u0000a\"",
        "\"\\\\u0000\"",
    ]);
    for name in ["json", "jsonb"] {
        compare(&server, name, &json, &mut tally).await;
    }
    let ints = strings(&[
        "{}",
        " { } ",
        "{1,2,3}",
        "{ 1 , 2 }",
        "{1,NULL,null}",
        "{\"1\",\"2\"}",
        "{{1,2},{3,4}}",
        "{{1,2},{3}}",
        "{{1},2}",
        "{1,{2}}",
        "{{}}",
        "{{},{}}",
        "[0:1]={5,6}",
        "[-3:-2][1:2]={{1,2},{3,4}}",
        "[1:2]={1,2,3}",
        "[2]={1,2}",
        "[1:0]={}",
        "[2:1]={1}",
        "[1:3] = {1,2,3}",
        "[1:2]{1,2}",
        "{1,2",
        "1,2}",
        "{1,,2}",
        "{1,}",
        "{,1}",
        "",
        "{1}x",
        "{1} ",
        "{a}",
        "{99999999999}",
        "{{{{{{1}}}}}}",
        "{{{{{{{1}}}}}}}",
        "{\"NULL\"}",
        "{1 2}",
        "{{1},{NULL}}",
        "{\"\"}",
        "[5:5]={7}",
        "{{1,2},{3,4},{5,6}}",
        "{{1,2}{3,4}}",
        "{1}{2}",
        "{-1,+2}",
        "[1:1][1:1]={1}",
        "[a:b]={1}",
        "[1:]={1}",
        "[99999999999:1]={1}",
        "[2147483647:2147483647]={1}",
    ]);
    for name in ["int[]", "bigint[]", "smallint[]"] {
        compare(&server, name, &ints, &mut tally).await;
    }
    let texts = strings(&[
        "{}",
        "{a,b}",
        "{\"a,b\",\"c\\\"d\",\"e\\\\f\"}",
        "{NULL,\"NULL\",Null,nULL}",
        "{\\NULL}",
        "{ a b , c }",
        "{\" a \"}",
        "{\"\"}",
        "{a\\,b}",
        "{a\"b}",
        "{\"a\"b}",
        "{\"a\" }",
        "{a\\ }",
        "{é,日本}",
        "{\"{}\"}",
        "{\\{}",
        "{{a,b},{c,\"\"}}",
        "{\"a\nb\"}",
        "[2:3]={x,y}",
        "{a}{b}",
        "{\"a\"\"b\"}",
        "{a\\}",
        "{\"a}",
        "{a,b}}",
        "{abcd}",
        "{\"abc \"}",
    ]);
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
    let mut inputs = strings(&[
        "1999-01-08",
        "January 8, 1999",
        "1/8/1999",
        "1/18/1999",
        "18/1/1999",
        "01/02/03",
        "1999-Jan-08",
        "Jan-08-1999",
        "08-Jan-1999",
        "99-Jan-08",
        "08-Jan-99",
        "Jan-08-99",
        "19990108",
        "990108",
        "1999.008",
        "1999 008",
        "January 8, 99 BC",
        "J2451187",
        "jan 8",
        "8 jan 1999",
        "1999-13-01",
        "1999-02-29",
        "2000-02-29",
        "1900-02-29",
        "1999-00-01",
        "1999-01-00",
        "1999-01-32",
        "0000-01-01",
        "0001-01-01 BC",
        "4714-11-24 BC",
        "4714-11-23 BC",
        "4713-01-01 BC",
        "5874897-12-31",
        "5874898-01-01",
        "294277-01-01",
        "infinity",
        "-infinity",
        "+infinity",
        "inf",
        "epoch",
        "now",
        "today",
        "",
        " ",
        "foo",
        "2020",
        "2020-01",
        "2020-1-1",
        "2020-01-01T04:05:06",
        "2020-01-01t040506",
        "2020-01-01 040506",
        "2020-01-01 0405",
        "2020-01-01 04:05",
        "2020-01-01 04:05:06.789",
        "2020-01-01 04:05:06.1234567",
        "2020-01-01 04:05:06.9999995",
        "2020-01-01 04:05:06.0000005",
        "2020-01-01 04:05:06.0000015",
        "2020-01-01 24:00:00",
        "2020-01-01 24:00:01",
        "2020-01-01 25:00",
        "2020-01-01 23:60",
        "2020-01-01 23:59:60",
        "2020-01-01 23:59:61",
        "2020-01-01 04:05 AM",
        "2020-01-01 04:05 PM",
        "2020-01-01 12:05 AM",
        "2020-01-01 12:05 PM",
        "2020-01-01 13:05 PM",
        "2020-01-01 0:05 PM",
        "2020-01-01 04:05:06Z",
        "2020-01-01 04:05:06+02",
        "2020-01-01 04:05:06+02:30",
        "2020-01-01 04:05:06-0830",
        "2020-01-01 04:05:06+16",
        "2020-01-01 04:05:06+15:59:59",
        "2020-01-01 04:05:06 +2",
        "2020-01-01 04:05:06 America/New_York",
        "2020-07-01 04:05:06 america/new_york",
        "2020-01-01 04:05:06 Europe/Nowhere",
        "2020-01-01 04:05:06 UTC",
        "2020-01-01 04:05:06 GMT",
        "2020-01-01 04:05:06 EST",
        "2020-01-01 04:05:06 Japan",
        "2020-01-01 zulu",
        "Mon Jan 08 04:05:06 1999 PST",
        "Mon Jan 08 04:05:06 1999",
        "Wed Jan 08 04:05:06 1999 UTC",
        "Sat 08 Jan 04:05:06 1999",
        "08/01/1999 04:05:06",
        "08.01.1999 04:05:06",
        "8.1.99",
        "1999/1/8",
        "1999-01-08 BC",
        "1999-01-08 AD",
        "BC 1999-01-08",
        "2020-01-01 2020-01-01",
        "04:05:06 2020-01-01",
        "2020-01-01 04:05 04:05",
        "2020-02-30",
        "2020-04-31",
        "2020-01-01 allballs",
        "allballs",
        "20200101T040506",
        "20200101T040506Z",
        "20200101T040506.789-07",
        "20200101 040506-08",
        "2020-01-01 040506+08",
        "y2020m01d02",
        "2020-01-01 at 04:05",
        "2020-01-01, 04:05",
        "2020-01-01 (04:05)",
        "2020-01-01-",
        "2020--01-01",
        "2020-01-01 04:",
        "2020-01-01 :05",
        "2020-01-01 04:05:",
        "2020-01-01 4:5:6",
        "12020-01-01",
        "10000-01-01",
        "99999-12-31 23:59:59",
        "20-1-1",
        "5-6-7",
        "1-2-3 BC",
        "feb 29 2020",
        "feb 29 2021",
        "sept 9 2020",
        "2020 sept 9",
        "monday",
        "2020-01-01 monday",
        "2020-01-01 -infinity",
        "2020-366",
        "2021-366",
        "2020.366",
        "2021.366",
        "2020 366",
        "1 jan 2020 12:00:00.5 pm",
        "january 1 2020",
        "2020-january-01",
        "1-january-2020",
        "2020-01-01 00:00:00+00:00",
        "2020-01-01 00:00:00.000000",
        "2020-01-01é",
        "é",
        "2020-01-01 04:05:06.",
        "2020-01-01 +",
        "2020-01-01 1",
        "2020-01-01 12",
        "2020-01-01 123",
        "2020-01-01 12345",
        "2020-01-01 123456.789",
        "290000000-01-01",
        "2147483648-01-01",
        "1901-12-13 20:45:52",
        "1883-11-18 12:03:57",
        "0044-03-15 BC",
        "0044-03-15 12:00:00 BC",
        "2038-01-19 03:14:08",
        "2050-07-01 12:00",
        "2099-07-01 12:00",
        "2100-07-01 12:00",
        "2500-07-01 12:00",
        "2500-01-01 12:00",
        "9999-07-01",
        "294276-07-01 12:00",
        "2020-03-08 02:30",
        "2020-11-01 01:30",
        "2020-03-29 02:30",
        "2020-10-25 02:30",
        "2020-03-29 01:59:59.999999",
        "2014-10-26 01:30",
        "2016-03-27 02:30",
        "1945-05-24 02:30",
        "1-1-1",
        "00-01-01",
        "0-1-1",
        "100-1-1",
        "1/1/100",
        "1/1/70",
        "1/1/69",
        "31/12/70",
        "12/31/69",
        "2020-W01",
        "2020-01-01 04:05:06 dst",
        "2020-01-01 04:05:06 +05:30:15",
        "2020-01-01 04:05:06-00",
        "2020-01-01 10:11:12.5-05",
        "1999-01-08 04:05:06 -8:00",
        "now()",
        "tomorrow",
        "2020-01-01 foo/bar",
        "2020-01-01 foo5",
        "Jan 8 1999 4:05",
        "8 January 1999 4:05 pm",
        "1999-W-08",
    ]);
    let mut r = Random(0xda7e);
    for _ in 0..600 {
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
    let times = strings(&[
        "04:05",
        "04:05:06",
        "04:05:06.789",
        "04:05:06.1234567",
        "040506",
        "0405",
        "040506.789",
        "04:05 AM",
        "04:05 PM",
        "4:05pm",
        "12:00 am",
        "12:00 pm",
        "13:00 pm",
        "24:00:00",
        "24:00:01",
        "25:00",
        "23:59:60",
        "23:59:60.5",
        "23:60",
        "04:05:06+02",
        "04:05:06 -08:00",
        "04:05:06Z",
        "2020-01-01 04:05:06",
        "2020-01-01 04:05",
        "2020-01-01",
        "allballs",
        "now",
        "",
        "foo",
        "4",
        "12",
        "123",
        "12345",
        "1234567",
        "04:05:06 UTC",
        "04:05:06 America/New_York",
        "2020-01-01 04:05:06 America/New_York",
        "23:59:59.9999999",
        "04.5",
        "04:05.5",
        "04:05:06.5.5",
        "T04:05:06",
        "T040506",
        "t04",
        "040506-08",
        "040506+08",
        "infinity",
        "04:05:06 EST",
        "04:05:06 jan",
        "00:00:00.0000005",
        "99:99:99",
        "-04:05",
        "04:05:06 04:05",
        "epoch",
        "04:-5",
        "Jan 1 2020 04:05",
    ]);
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
            if (at + index) % 3 == 0 || index == 0 {
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
    println!("{wrong} wrong");
}
