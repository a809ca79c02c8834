//! The order of every kind of value, and the places of constants.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;
use crate::value::{Settings, samples};

fn column(name: &str) -> DeclaredType {
    DeclaredType::parse_name(name).unwrap()
}

fn order(column: &DeclaredType) -> Order {
    Order::of(column, (column.kind == Kind::Text).then_some(20)).unwrap()
}

fn canonical(column: &DeclaredType, text: &str) -> Canonical {
    column
        .from_text(text.as_bytes(), &Settings::default())
        .unwrap()
}

fn code(name: &str, text: &str) -> Code {
    let column = column(name);
    order(&column).code(&canonical(&column, text)).unwrap()
}

fn rising(name: &str, values: &[&str]) {
    let codes: Vec<Code> = values.iter().map(|text| code(name, text)).collect();
    for (at, pair) in codes.windows(2).enumerate() {
        let [low, high] = pair else { unreachable!() };
        assert!(low < high, "{name}: {:?}", values.get(at..at + 2));
        if let Some(width) = order(&column(name)).width() {
            assert_eq!((low.0.len(), high.0.len()), (width, width), "{name}");
        }
    }
}

#[test]
fn values_rise_as_the_server_has_them() {
    rising("smallint", &["-32768", "-1", "0", "1", "32767"]);
    rising("integer", &["-2147483648", "-1", "0", "7", "2147483647"]);
    rising(
        "bigint",
        &["-9223372036854775808", "-1", "0", "9223372036854775807"],
    );
    for real in ["real", "double precision"] {
        rising(
            real,
            &[
                "-Infinity",
                "-1e30",
                "-1.5",
                "-1e-30",
                "0",
                "1e-30",
                "2",
                "1e30",
                "Infinity",
                "NaN",
            ],
        );
        assert!(code(real, "-0") == code(real, "0"));
    }
    rising(
        "numeric(5,2)",
        &[
            "-999.99", "-100", "-99.99", "-0.01", "0", "0.01", "1", "9.99", "10", "999.99", "NaN",
        ],
    );
    rising(
        "numeric(3,5)",
        &["-0.00999", "-0.00001", "0", "0.00999", "NaN"],
    );
    rising("numeric(4,4)", &["-0.9999", "0", "0.0001", "0.9999"]);
    rising(
        "numeric(3,-2)",
        &["-99900", "-100", "0", "100", "99900", "NaN"],
    );
    rising("numeric(1,0)", &["-9", "-8", "0", "8", "9", "NaN"]);
    rising(
        "date",
        &[
            "-infinity",
            "4713-11-24 BC",
            "1999-12-31",
            "2000-01-01",
            "5874897-12-31",
            "infinity",
        ],
    );
    rising("time", &["00:00", "00:00:00.000001", "12:00", "24:00"]);
    for stamp in ["timestamp", "timestamptz"] {
        rising(
            stamp,
            &[
                "-infinity",
                "1999-12-31 23:59",
                "2000-01-01",
                "2000-01-01 00:00:00.000001",
                "infinity",
            ],
        );
    }
    rising(
        "uuid",
        &[
            "00000000-0000-0000-0000-000000000000",
            "7fffffff-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ],
    );
    for text in ["text", "varchar(20)", "char(20)"] {
        rising(
            text,
            &["", "A", "AB", "B", "a", "a!", "aa", "ab", "b", "é", "日本"],
        );
    }
}

#[test]
fn a_text_has_its_length_only() {
    let text = column("varchar(2)");
    assert_eq!(
        order(&text).code(&Canonical::new("日本語".into())),
        Err(NoOrder::TooLong { max: 2 })
    );
    assert!(order(&text).code(&Canonical::new("日本".into())).is_ok());
    assert!(Order::of(&column("text"), None).is_err());
    assert_eq!(
        Order::of(&column("varchar(9)"), Some(4)),
        Ok(Order::Text { max: 4 })
    );
    assert!(Order::of(&column("varchar(5000)"), None).is_err());
    assert!(Order::of(&column("integer"), Some(4)).is_err());
}

#[test]
fn types_without_an_order_say_so() {
    for name in [
        "numeric",
        "boolean",
        "json",
        "jsonb",
        "bytea",
        "inet",
        "integer[]",
        "bpchar",
    ] {
        assert!(Order::of(&column(name), None).is_err(), "{name}");
    }
}

#[test]
fn names_come_back() {
    for name in [
        "smallint",
        "integer",
        "bigint",
        "real",
        "double precision",
        "numeric(10,2)",
        "numeric(3,-2)",
        "date",
        "time",
        "timestamp",
        "uuid",
        "varchar(7)",
    ] {
        let order = order(&column(name));
        assert_eq!(Order::by_name(&order.name()), Some(order), "{name}");
    }
    for bad in ["", "text", "text()", "numeric(1)", "int", "text(-1)"] {
        assert_eq!(Order::by_name(bad), None, "{bad}");
    }
}

/// Where the place of a constant is to a stored value.
fn side(place: &Place, order: Order, stored: &Canonical) -> Ordering {
    match place {
        Place::At(value) => order.code(value).unwrap().cmp(&order.code(stored).unwrap()),
        Place::Before(code) if *code <= order.code(stored).unwrap() => Ordering::Less,
        Place::Before(_) | Place::End => Ordering::Greater,
        Place::Beside(_) => panic!("it has no place"),
    }
}

#[test]
fn constants_stand_between_values() {
    for (name, read_as, constant, below, above) in [
        ("integer", "numeric", "2.5", Some("2"), Some("3")),
        ("integer", "numeric", "-2.5", Some("-3"), Some("-2")),
        ("integer", "numeric", "-0.5", Some("-1"), Some("0")),
        ("integer", "numeric", "0.5", Some("0"), Some("1")),
        ("integer", "bigint", "3000000000", Some("2147483647"), None),
        (
            "integer",
            "bigint",
            "-3000000000",
            None,
            Some("-2147483648"),
        ),
        (
            "integer",
            "numeric",
            "2147483647.5",
            Some("2147483647"),
            None,
        ),
        (
            "integer",
            "numeric",
            "-2147483648.5",
            None,
            Some("-2147483648"),
        ),
        ("smallint", "integer", "40000", Some("32767"), None),
        (
            "bigint",
            "numeric",
            "9223372036854775807.5",
            Some("9223372036854775807"),
            None,
        ),
        (
            "bigint",
            "numeric",
            "99999999999999999999999999999999999999999999",
            Some("9223372036854775807"),
            None,
        ),
        (
            "bigint",
            "numeric",
            "-99999999999999999999999999999999999999999999",
            None,
            Some("-9223372036854775808"),
        ),
        (
            "bigint",
            "numeric",
            "NaN",
            Some("9223372036854775807"),
            None,
        ),
        (
            "bigint",
            "numeric",
            "Infinity",
            Some("9223372036854775807"),
            None,
        ),
        (
            "bigint",
            "numeric",
            "-Infinity",
            None,
            Some("-9223372036854775808"),
        ),
        (
            "numeric(4,2)",
            "numeric",
            "1.005",
            Some("1.00"),
            Some("1.01"),
        ),
        (
            "numeric(4,2)",
            "numeric",
            "-1.005",
            Some("-1.01"),
            Some("-1.00"),
        ),
        (
            "numeric(4,2)",
            "numeric",
            "-0.005",
            Some("-0.01"),
            Some("0"),
        ),
        (
            "numeric(4,2)",
            "numeric",
            "99.991",
            Some("99.99"),
            Some("NaN"),
        ),
        (
            "numeric(4,2)",
            "numeric",
            "Infinity",
            Some("99.99"),
            Some("NaN"),
        ),
        ("numeric(4,2)", "numeric", "-99.991", None, Some("-99.99")),
        ("numeric(4,2)", "numeric", "-Infinity", None, Some("-99.99")),
        ("numeric(4,2)", "integer", "100", Some("99.99"), Some("NaN")),
        ("numeric(3,-2)", "numeric", "150", Some("100"), Some("200")),
        ("numeric(3,-2)", "numeric", "-1", Some("-100"), Some("0")),
        (
            "real",
            "double precision",
            "0.1",
            Some("0.099999994"),
            Some("0.1"),
        ),
        (
            "real",
            "double precision",
            "1e300",
            Some("3.4028235e38"),
            Some("Infinity"),
        ),
        (
            "real",
            "double precision",
            "-1e300",
            Some("-Infinity"),
            Some("-3.4028235e38"),
        ),
        (
            "date",
            "timestamp",
            "2020-01-01 00:00:01",
            Some("2020-01-01"),
            Some("2020-01-02"),
        ),
        (
            "date",
            "timestamp",
            "1999-12-31 23:59",
            Some("1999-12-31"),
            Some("2000-01-01"),
        ),
        (
            "timestamp(0)",
            "timestamp",
            "2020-01-01 00:00:00.5",
            Some("2020-01-01"),
            Some("2020-01-01 00:00:01"),
        ),
        (
            "timestamp",
            "date",
            "5874897-01-01",
            Some("294276-12-31"),
            Some("infinity"),
        ),
        (
            "time(0)",
            "time",
            "12:00:00.1",
            Some("12:00"),
            Some("12:00:01"),
        ),
        ("varchar(3)", "text", "abcd", Some("abc"), Some("abd")),
        (
            "varchar(3)",
            "text",
            "abcdefghijklmnop",
            Some("abc"),
            Some("abd"),
        ),
        ("char(3)", "bpchar", "abcd", Some("abc"), Some("abd")),
        ("char(3)", "text", "ab ", Some("ab"), Some("ab!")),
        ("char(3)", "text", "ab ", Some("ab"), Some("abc")),
    ] {
        let declared = column(name);
        let order = order(&declared);
        let read_as = column(read_as);
        let place = declared
            .placed(order, &read_as, canonical(&read_as, constant))
            .unwrap();
        assert!(!matches!(place, Place::At(_)), "{name} {constant}");
        if let Some(below) = below {
            let below = canonical(&declared, below);
            assert_eq!(
                side(&place, order, &below),
                Ordering::Greater,
                "{name} {constant}"
            );
        }
        if let Some(above) = above {
            let above = canonical(&declared, above);
            assert_eq!(
                side(&place, order, &above),
                Ordering::Less,
                "{name} {constant}"
            );
        }
    }
}

#[test]
fn codes_are_frozen() {
    let bits = |name, text| -> String {
        let code: Code = code(name, text);
        code.expose_bits()
            .iter()
            .map(|bit| char::from(b'0' + bit))
            .collect()
    };
    assert_eq!(bits("smallint", "-1"), "0111111111111111");
    assert_eq!(bits("real", "-1"), "01000000011111111111111111111111");
    assert_eq!(
        bits("numeric(4,2)", "-1.5"),
        "0010011101010001"[..].to_owned()
    );
    assert_eq!(bits("numeric(4,2)", "1.5"), "0100000010010110");
    assert_eq!(bits("numeric(2,0)", "NaN"), "100000000");
    assert_eq!(bits("varchar(3)", "a"), "1011000010");
    assert_eq!(
        bits("date", "2000-01-02"),
        "10000000000000000000000000000001"
    );
}

proptest! {
    /// Any two samples of one type: codes compare as the server's own operators on what they mean.
    #[test]
    fn integers_and_floats_keep_their_order(a: i64, b: i64, x: f64, y: f64, p: f32, q: f32) {
        let int8 = |n: i64| Order::Int8.code(&Canonical::new(n.to_be_bytes().to_vec())).unwrap();
        prop_assert_eq!(int8(a).cmp(&int8(b)), a.cmp(&b));
        let float = |n: f64| {
            let text = n.to_string();
            code("double precision", &text)
        };
        // PostgreSQL: NaN is the largest and equal to itself.
        let compare = |x: f64, y: f64| match (x.is_nan(), y.is_nan()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => x.partial_cmp(&y).unwrap(),
        };
        prop_assert_eq!(float(x).cmp(&float(y)), compare(x, y));
        let real = |n: f32| code("real", &n.to_string());
        prop_assert_eq!(real(p).cmp(&real(q)), compare(p.into(), q.into()));
    }

    #[test]
    fn texts_keep_their_order(a in ".{0,20}", b in ".{0,20}") {
        let a = a.replace('\0', "");
        let b = b.replace('\0', "");
        let text = |text: &str| Order::Text { max: 20 }.code(&Canonical::new(text.into())).unwrap();
        prop_assert_eq!(text(&a).cmp(&text(&b)), a.as_bytes().cmp(b.as_bytes()));
        // Neither is the beginning of the other, so that what follows the code decides nothing.
        if a != b {
            let (a, b) = (text(&a), text(&b));
            prop_assert!(!a.0.starts_with(&b.0) && !b.0.starts_with(&a.0));
        }
    }

    #[test]
    fn numerics_keep_their_order(a in -99_999_i64..=99_999, b in -99_999_i64..=99_999, c in -9_999_999_i64..=9_999_999) {
        let declared = column("numeric(5,2)");
        let at = |n: i64, scale: u32| {
            let whole = n.unsigned_abs() / 10_u64.pow(scale);
            let rest = n.unsigned_abs() % 10_u64.pow(scale);
            format!("{}{whole}.{rest:0width$}", if n < 0 { "-" } else { "" }, width = scale as usize)
        };
        let order = order(&declared);
        let stored = |n| canonical(&declared, &at(n, 2));
        prop_assert_eq!(order.code(&stored(a)).unwrap().cmp(&order.code(&stored(b)).unwrap()), a.cmp(&b));
        // A constant with two more digits.
        let numeric = column("numeric");
        let place = declared.placed(order, &numeric, canonical(&numeric, &at(c, 4))).unwrap();
        prop_assert_eq!(side(&place, order, &stored(a)), c.cmp(&(a * 100)));
    }
}

#[test]
fn samples_have_codes() {
    for (name, texts) in samples::SAMPLES {
        let Some(declared) = DeclaredType::parse_name(name) else {
            continue;
        };
        let unlimited = matches!(declared.kind, Kind::Text | Kind::Varchar { max: None });
        let Ok(order) = Order::of(&declared, unlimited.then_some(1_000)) else {
            continue;
        };
        for text in *texts {
            if let Ok(value) = declared.from_text(text.as_bytes(), &Settings::default()) {
                assert!(order.code(&value).is_ok(), "{name} {text}");
            }
        }
    }
}
