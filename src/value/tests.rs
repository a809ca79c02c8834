//! Values as the room shows them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;

use proptest::prelude::*;

use super::samples::SAMPLES;
use super::*;

fn column(name: &str) -> DeclaredType {
    DeclaredType::parse_name(name).unwrap()
}

fn mood() -> DeclaredType {
    let labels = EnumLabels {
        name: "public.mood".to_owned(),
        labels: vec!["sad".to_owned(), "ok".to_owned()],
        array: 16_399,
    };
    DeclaredType {
        oid: 16_400,
        typmod: -1,
        kind: Kind::Enum(Arc::new(labels)),
    }
}

fn citext() -> DeclaredType {
    DeclaredType {
        oid: 16_500,
        typmod: -1,
        kind: Kind::Citext,
    }
}

fn read(declared: &DeclaredType, text: &str) -> Canonical {
    declared
        .from_text(text.as_bytes(), &Settings::default())
        .unwrap()
}

fn text_of(declared: &DeclaredType, value: &Canonical, settings: &Settings) -> String {
    let mut out = Vec::new();
    declared.to_text(value, settings, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn binary_of(declared: &DeclaredType, value: &Canonical) -> Vec<u8> {
    let mut out = Vec::new();
    declared.to_binary(value, &mut out).unwrap();
    out
}

fn state(declared: &DeclaredType, text: &str) -> &'static str {
    match declared.from_text(text.as_bytes(), &Settings::default()) {
        Ok(_) => "00000",
        Err(error) => error.sqlstate,
    }
}

/// Text, canonical and binary lead to one another.
fn round_trip(declared: &DeclaredType, value: &Canonical, settings: &Settings) {
    let text = text_of(declared, value, settings);
    let again = declared.from_text(text.as_bytes(), settings).unwrap();
    assert!(again == *value, "{} {text}", declared.name());
    let binary = binary_of(declared, value);
    assert!(
        declared.from_binary(0, &binary).unwrap() == *value,
        "{} {text}",
        declared.name()
    );
    assert!(declared.from_binary(declared.oid, &binary).unwrap() == *value);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that are sealed, and the family they are bound to. Frozen: stored data depends on them.
#[test]
fn canonical_bytes_are_frozen() {
    for (declared, text, family, bytes) in [
        (column("text"), "Zoë ", 1, "5a6fc3ab20"),
        (column("varchar(5)"), "Zoë  ", 1, "5a6fc3ab2020"),
        (column("char(5)"), "Zoë ", 2, "5a6fc3ab"),
        (column("smallint"), "-7", 3, "fffffffffffffff9"),
        (column("integer"), "007", 3, "0000000000000007"),
        (column("bigint"), "7", 3, "0000000000000007"),
        (column("real"), "1.5", 4, "3ff8000000000000"),
        (column("double precision"), "-0", 4, "0000000000000000"),
        (column("double precision"), "NaN", 4, "7ff8000000000000"),
        (
            column("numeric(10,2)"),
            "-1234.5",
            5,
            "000200004000000204d21388",
        ),
        (column("numeric"), "0.00", 5, "0000000000000002"),
        (column("boolean"), "yes", 6, "01"),
        (column("date"), "1999-12-31", 7, "ffffffff"),
        (column("date"), "infinity", 7, "7fffffff"),
        (column("time"), "00:00:01", 8, "00000000000f4240"),
        (
            column("timestamp"),
            "2000-01-01 00:00:01",
            9,
            "00000000000f4240",
        ),
        (
            column("timestamptz"),
            "2000-01-01 01:00:01+01",
            10,
            "00000000000f4240",
        ),
        (column("timestamptz"), "-infinity", 10, "8000000000000000"),
        (
            column("uuid"),
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            11,
            "a0eebc999c0b4ef8bb6d6bb9bd380a11",
        ),
        (column("json"), "{ }", 12, "7b207d"),
        (
            column("jsonb"),
            "{\"b\":1,\"a\":2}",
            13,
            "7b2261223a20322c202262223a20317d",
        ),
        (column("bytea"), "\\x00ff", 14, "00ff"),
        (column("inet"), "10.0.0.1/8", 15, "020800040a000001"),
        (citext(), "Zoe", 16, "5a6f65"),
        (mood(), "ok", 17, "6f6b"),
        (
            column("integer[]"),
            "[0:1]={7,NULL}",
            0x83,
            "00000001000000020000000000000008 0000000000000007ffffffff",
        ),
        (column("text[]"), "{}", 0x81, "00000000"),
    ] {
        assert_eq!(declared.family(), family, "{}", declared.name());
        let value = read(&declared, text);
        assert_eq!(
            hex(value.expose_plaintext()),
            bytes.replace(' ', ""),
            "{} {text}",
            declared.name()
        );
    }
}

#[test]
fn samples_round_trip_under_all_settings() {
    for (name, texts) in SAMPLES {
        let declared = column(name);
        assert_eq!(declared.name(), *name);
        for text in *texts {
            let Ok(value) = declared.from_text(text.as_bytes(), &Settings::default()) else {
                continue;
            };
            for style in [
                "ISO, MDY",
                "SQL, DMY",
                "SQL, MDY",
                "Postgres, DMY",
                "German, DMY",
            ] {
                for zone in ["UTC", "America/New_York", "<+02>-02"] {
                    let mut settings = Settings::default();
                    assert!(settings.take("DateStyle", style) && settings.take("TimeZone", zone));
                    settings.bytea_output = ByteaOutput::Escape;
                    // The SQL styles print abbreviations, which only the server can read.
                    let abbreviated = name.contains("with time zone")
                        && !style.starts_with("ISO")
                        && zone == "America/New_York";
                    if !abbreviated {
                        round_trip(&declared, &value, &settings);
                    }
                }
            }
        }
    }
}

#[test]
fn errors_are_the_servers() {
    for (name, text, expected) in [
        ("integer", "abc", "22P02"),
        ("integer", "2147483648", "22003"),
        ("integer", "0x1F", "0A000"),
        ("varchar(3)", "abcd", "22001"),
        ("varchar(3)", "abc ", "00000"),
        ("char(3)", "abcd", "22001"),
        ("numeric(4,2)", "100", "22003"),
        ("numeric(4,2)", "Infinity", "22003"),
        ("date", "2023-02-29", "22008"),
        ("date", "foo", "22007"),
        ("date", "today", "0A000"),
        ("timestamptz", "2020-01-01 00:00 EST", "0A000"),
        ("timestamptz", "2020-01-01 00:00+99", "22009"),
        ("jsonb", "\"\\u0000\"", "22P05"),
        ("json", "{", "22P02"),
        ("bytea", "\\xf", "22023"),
        ("integer[]", "{{1},{2,3}}", "22P02"),
        ("integer[]", "{{{{{{{1}}}}}}}", "54000"),
        ("text", "a\0b", "22021"),
    ] {
        assert_eq!(state(&column(name), text), expected, "{name} {text}");
    }
    assert_eq!(state(&mood(), "happy"), "22P02");
    let invalid = column("integer").from_text(b"\xff", &Settings::default());
    assert!(invalid.is_err_and(|error| error.sqlstate == "22021"));
}

#[test]
fn errors_never_quote_the_value() {
    for (name, texts) in SAMPLES {
        for text in *texts {
            let secret = format!("s3cr3t{text}");
            let error = column(name).from_text(secret.as_bytes(), &Settings::default());
            assert!(
                error
                    .err()
                    .is_none_or(|error| !error.message.contains("s3cr3t"))
            );
        }
    }
}

#[test]
fn binary_values_of_other_types_are_cast() {
    const INT2: u32 = 21;
    const INT8: u32 = 20;
    const TEXT: u32 = 25;
    let is = |name: &str, sent: u32, bytes: &[u8], text: &str| {
        let declared = column(name);
        assert!(
            declared.from_binary(sent, bytes).unwrap() == read(&declared, text),
            "{name}"
        );
    };
    let fails = |name: &str, sent: u32, bytes: &[u8], state: &str| {
        assert_eq!(
            column(name).from_binary(sent, bytes).unwrap_err().sqlstate,
            state,
            "{name}"
        );
    };
    is("integer", INT8, &7_i64.to_be_bytes(), "7");
    is("bigint", INT2, &(-7_i16).to_be_bytes(), "-7");
    fails("integer", INT8, &(1_i64 << 40).to_be_bytes(), "22003");
    fails("integer", 0, &7_i64.to_be_bytes(), "22P03");
    fails("integer", TEXT, b"7", "42804");
    is("varchar(3)", TEXT, b"abc  ", "abc");
    fails("varchar(3)", TEXT, b"abcd", "22001");
    is("text", 1042, b"ab   ", "ab");
    is("real", 701, &1.5_f64.to_be_bytes(), "1.5");
    fails("real", 701, &1e300_f64.to_be_bytes(), "22003");
    // 1.5 and NaN as numeric.
    let number = [0, 2, 0, 0, 0, 0, 0, 1, 0, 1, 0x13, 0x88];
    is("double precision", 1700, &number, "1.5");
    is("real", 1700, &number, "1.5");
    is(
        "double precision",
        1700,
        &[0, 0, 0, 0, 0xc0, 0, 0, 0],
        "NaN",
    );
    fails("integer", 1700, &number, "0A000");
    fails("numeric(4,2)", 701, &1.5_f64.to_be_bytes(), "0A000");
    is("timestamp", 1082, &1_i32.to_be_bytes(), "2000-01-02");
    is("date", 1114, &(-1_i64).to_be_bytes(), "1999-12-31");
    fails("timestamptz", 1082, &1_i32.to_be_bytes(), "0A000");
    fails("date", 1184, &1_i64.to_be_bytes(), "0A000");
    is("jsonb", 114, b"{\"b\":1,\"a\":2}", "{\"a\": 2, \"b\": 1}");
    is("json", 3802, b"\x01{\"a\": 2}", "{\"a\": 2}");
    let exact = binary_of(&column("numeric"), &read(&column("numeric"), "1.005"));
    is("numeric(10,2)", 1700, &exact, "1.01");
    fails("numeric(2,2)", 1700, &exact, "22003");
    fails("jsonb", 0, b"{}", "22P03");
    fails("uuid", 0, b"short", "22P03");
    fails("timestamp", 0, &(i64::MAX - 1).to_be_bytes(), "22008");
    // An int8[] into an int4[] column goes element by element.
    let wide = column("bigint[]");
    let sent = binary_of(&wide, &read(&wide, "{1,NULL}"));
    is("integer[]", 1016, &sent, "{1,NULL}");
}

#[test]
fn elements_come_one_by_one() {
    let element = column("integer");
    let texts = |elements: Vec<Option<Canonical>>| -> Vec<Option<String>> {
        elements
            .iter()
            .map(|value| {
                value
                    .as_ref()
                    .map(|value| text_of(&element, value, &Settings::default()))
            })
            .collect()
    };
    let expected = vec![
        Some("1".to_owned()),
        None,
        Some("3".to_owned()),
        Some("4".to_owned()),
    ];
    let list = element
        .elements_from_text(b"{{1,NULL},{3,4}}", &Settings::default())
        .unwrap();
    assert_eq!(texts(list), expected);
    let array = column("integer[]");
    let sent = binary_of(&array, &read(&array, "{{1,NULL},{3,4}}"));
    assert_eq!(
        texts(element.elements_from_binary(&sent).unwrap()),
        expected
    );
    assert!(
        element
            .elements_from_binary(&sent[..sent.len() - 1])
            .is_err()
    );
    assert!(
        element
            .elements_from_text(b"{1", &Settings::default())
            .is_err()
    );
}

#[test]
fn equal_values_have_one_canonical_form() {
    for (name, texts) in [
        ("integer", ["7", "007", " +7 "]),
        ("numeric(10,2)", ["1.5", "1.50", "15e-1"]),
        ("double precision", ["0", "-0", "0e5"]),
        (
            "timestamptz",
            [
                "2020-01-01 12:00Z",
                "2020-01-01 14:00+02",
                "2020-01-01 07:00 America/New_York",
            ],
        ),
        (
            "uuid",
            [
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "A0EEBC999C0B4EF8BB6D6BB9BD380A11",
                "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}",
            ],
        ),
        ("char(4)", ["a", "a ", "a    "]),
        ("integer[]", ["{1,2}", "[1:2]={1,2}", "{ 1, \"2\" }"]),
    ] {
        let declared = column(name);
        declared.deterministic_allowed().unwrap();
        let [first, second, third] = texts.map(|text| read(&declared, text));
        assert!(first == second && second == third, "{name}");
    }
    for name in ["numeric", "jsonb", "json", "bpchar", "numeric[]"] {
        assert!(column(name).deterministic_allowed().is_err(), "{name}");
    }
    assert!(citext().deterministic_allowed().is_err());
}

proptest! {
    #[test]
    fn integers_round_trip(n: i64) {
        let declared = column("bigint");
        prop_assert_eq!(binary_of(&declared, &read(&declared, &n.to_string())), n.to_be_bytes());
        round_trip(&declared, &read(&declared, &n.to_string()), &Settings::default());
    }

    #[test]
    fn floats_round_trip(bits: u64, small: u32) {
        let settings = Settings::default();
        let wide = column("double precision");
        round_trip(&wide, &wide.from_binary(0, &bits.to_be_bytes()).unwrap(), &settings);
        let narrow = column("real");
        round_trip(&narrow, &narrow.from_binary(0, &small.to_be_bytes()).unwrap(), &settings);
    }

    #[test]
    fn numerics_round_trip(text in "-?[0-9]{0,30}(\\.[0-9]{1,30})?(e-?[0-9]{1,2})?") {
        for name in ["numeric", "numeric(60,20)"] {
            let declared = column(name);
            if let Ok(value) = declared.from_text(text.as_bytes(), &Settings::default()) {
                round_trip(&declared, &value, &Settings::default());
            }
        }
    }

    #[test]
    fn dates_round_trip(days in -2_451_545_i32..1_000_000_000, micros in -211_813_488_000_000_000_i64..9_223_371_331_200_000_000) {
        for style in ["ISO, MDY", "SQL, DMY", "Postgres, MDY", "German, DMY"] {
            let mut settings = Settings::default();
            settings.take("DateStyle", style);
            let declared = column("date");
            round_trip(&declared, &declared.from_binary(0, &days.to_be_bytes()).unwrap(), &settings);
            let declared = column("timestamp");
            round_trip(&declared, &declared.from_binary(0, &micros.to_be_bytes()).unwrap(), &settings);
            let declared = column("timestamptz");
            round_trip(&declared, &declared.from_binary(0, &micros.to_be_bytes()).unwrap(), &settings);
        }
    }

    #[test]
    fn moments_round_trip_in_zones(micros in -900_000_000_000_000_i64..8_000_000_000_000_000, zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])) {
        let mut settings = Settings::default();
        settings.take("TimeZone", zone);
        let declared = column("timestamptz");
        round_trip(&declared, &declared.from_binary(0, &micros.to_be_bytes()).unwrap(), &settings);
    }

    #[test]
    fn text_arrays_round_trip(items in prop::collection::vec(prop::option::of("[^\0]{0,8}"), 0..6)) {
        let declared = column("text[]");
        let element = column("text");
        let array = array::Array::of(items.iter().map(|item| item.as_ref().map(|text| read(&element, text))).collect());
        round_trip(&declared, &array.to_canonical().unwrap(), &Settings::default());
    }

    #[test]
    fn bytea_round_trips(bytes: Vec<u8>, escape: bool) {
        let mut settings = Settings::default();
        settings.take("bytea_output", if escape { "escape" } else { "hex" });
        round_trip(&column("bytea"), &Canonical::new(bytes), &settings);
    }

    #[test]
    fn no_input_panics(text: String, bytes: Vec<u8>, more in "[0-9a-zA-Z:+./ {}\",\\[\\]=-]{0,40}") {
        for (name, _) in SAMPLES {
            let declared = column(name);
            for input in [text.as_bytes(), &bytes, more.as_bytes()] {
                let _ = declared.from_text(input, &Settings::default());
                let _ = declared.elements_from_text(input, &Settings::default());
                let _ = declared.elements_from_binary(input);
                if let Ok(value) = declared.from_binary(0, input) {
                    let _ = declared.to_text(&value, &Settings::default(), &mut Vec::new());
                }
                let _ = declared.to_text(&Canonical::new(input.to_vec()), &Settings::default(), &mut Vec::new());
                let _ = declared.to_binary(&Canonical::new(input.to_vec()), &mut Vec::new());
            }
        }
    }

    #[test]
    fn jsonb_is_normalised_once(text in "(\\{\"[a-c]{1,2}\": ?[0-9]{1,3}(,\"[a-c]{1,2}\":\\[\"x\",null\\]){0,3}\\})|\\[[0-9]{1,5}\\.[0-9]{1,3}\\]") {
        let declared = column("jsonb");
        if let Ok(value) = declared.from_text(text.as_bytes(), &Settings::default()) {
            round_trip(&declared, &value, &Settings::default());
        }
    }
}
