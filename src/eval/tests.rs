//! Expressions over values.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
#[test]
fn truth_has_three_values() {
    let settings = Settings::default();
    let row = Row {
        columns: &[Some(boolean(true)), Some(boolean(false)), None],
        arguments: &[],
        settings: &settings,
    };
    let of = |place: usize| Expr::Column(place);
    let truth = |expr: Expr| expr.truth(&row).unwrap();
    for (a, b, both, either) in [
        (0, 0, Some(true), Some(true)),
        (0, 1, Some(false), Some(true)),
        (0, 2, None, Some(true)),
        (2, 1, Some(false), None),
        (2, 2, None, None),
        (1, 1, Some(false), Some(false)),
    ] {
        assert_eq!(truth(Expr::All(vec![of(a), of(b)])), both, "{a} and {b}");
        assert_eq!(truth(Expr::Any(vec![of(b), of(a)])), either, "{a} or {b}");
    }
    assert_eq!(truth(Expr::Not(Box::new(of(2)))), None);
    assert_eq!(truth(Expr::IsNull(Box::new(of(2)))), Some(true));
}

fn typed(name: &str) -> DeclaredType {
    DeclaredType::parse_name(name).unwrap()
}

fn given(name: &str, text: &str) -> Expr {
    let value = typed(name).from_text(text.as_bytes(), &Settings::default());
    Expr::Constant(Some(value.unwrap()))
}

/// The value as text, or the SQLSTATE.
fn shown(expr: &Expr, declared: &str) -> String {
    let settings = Settings::default();
    let row = Row {
        columns: &[],
        arguments: &[],
        settings: &settings,
    };
    match expr.evaluate(&row) {
        Err(error) => error.sqlstate.to_owned(),
        Ok(None) => "NULL".to_owned(),
        Ok(Some(value)) => {
            let mut text = Vec::new();
            typed(declared)
                .to_text(&value, &settings, &mut text)
                .unwrap();
            String::from_utf8(text).unwrap()
        }
    }
}

#[test]
fn numbers_overflow_as_in_the_server() {
    let calculated = |operation, name: &str, a: &str, b: &str| {
        let class = match name {
            "smallint" => Class::Whole(Width::Two),
            "integer" => Class::Whole(Width::Four),
            "bigint" => Class::Whole(Width::Eight),
            "numeric" => Class::Exact,
            "real" => Class::Single,
            _ => Class::Double,
        };
        let calculation = Calculation { operation, class };
        let args = vec![given(name, a), given(name, b)];
        shown(&Expr::Calculated(calculation, args), name)
    };
    use Operation::{Absolute, Divide, Minus, Modulo, Negate, Plus, Times};
    for (operation, name, a, b, result) in [
        (Plus, "integer", "2147483647", "1", "22003"),
        (Minus, "integer", "-2147483648", "1", "22003"),
        (Divide, "integer", "-2147483648", "-1", "22003"),
        (Modulo, "integer", "-2147483648", "-1", "0"),
        (Modulo, "integer", "-7", "3", "-1"),
        (Divide, "integer", "-7", "2", "-3"),
        (Divide, "integer", "1", "0", "22012"),
        (Modulo, "bigint", "1", "0", "22012"),
        (Times, "bigint", "9223372036854775807", "2", "22003"),
        (Negate, "smallint", "-32768", "0", "22003"),
        (Absolute, "bigint", "-9223372036854775808", "0", "22003"),
        (Divide, "numeric", "1", "0.00", "22012"),
        (Divide, "numeric", "NaN", "0", "NaN"),
        (Plus, "numeric", "Infinity", "1", "0A000"),
        (Times, "double precision", "1e308", "10", "22003"),
        (Times, "double precision", "1e-308", "1e-308", "22003"),
        (Divide, "double precision", "1", "0", "22012"),
        (Divide, "double precision", "NaN", "0", "NaN"),
        (Times, "double precision", "0", "-1", "-0"),
        (Times, "real", "3e38", "2", "22003"),
        (Plus, "real", "0.1", "0.2", "0.3"),
    ] {
        assert_eq!(
            calculated(operation, name, a, b),
            result,
            "{operation:?} {name} {a} {b}"
        );
    }
}

#[test]
fn casts_round_cut_and_refuse() {
    for (from, text, to, result) in [
        ("numeric", "2.5", "integer", "3"),
        ("double precision", "2.5", "integer", "2"),
        ("double precision", "1e10", "integer", "22003"),
        ("double precision", "NaN", "bigint", "22003"),
        ("double precision", "9223372036854775807", "bigint", "22003"),
        ("numeric", "NaN", "integer", "0A000"),
        ("numeric", "1.005", "numeric(3,2)", "1.01"),
        ("numeric", "100", "numeric(3,2)", "22003"),
        ("double precision", "0.1", "numeric", "0.1"),
        ("bigint", "32768", "smallint", "22003"),
        ("text", "abc", "character varying(2)", "ab"),
        ("text", "ab  ", "character(3)", "ab "),
        ("character(5)", "ab", "text", "ab"),
        ("text", " 42 ", "integer", "42"),
        ("text", "x", "integer", "22P02"),
        ("date", "infinity", "timestamp", "infinity"),
        ("date", "5874897-12-31", "timestamp", "22008"),
        (
            "timestamp",
            "2020-02-29 23:59:59.6",
            "timestamp(0)",
            "2020-03-01 00:00:00",
        ),
        (
            "timestamp",
            "0001-01-01 00:00:00 BC",
            "date",
            "0001-01-01 BC",
        ),
        ("boolean", "t", "text", "true"),
        ("boolean", "t", "integer", "1"),
    ] {
        let types = Box::new([typed(from), typed(to)]);
        assert!(can_cast(&types[0], &types[1]), "{from} to {to}");
        let cast = Expr::Cast(Box::new(given(from, text)), types);
        assert_eq!(shown(&cast, to), result, "{text} from {from} to {to}");
    }
    for (from, to) in [
        ("date", "integer"),
        ("jsonb", "text"),
        ("text", "jsonb"),
        ("time", "timestamp"),
        ("bytea", "text"),
    ] {
        assert!(!can_cast(&typed(from), &typed(to)), "{from} to {to}");
    }
}

#[test]
fn ages_borrow_from_the_month_that_is_shorter() {
    for (a, b, age) in [
        ("2024-02-29", "2000-02-29", [288, 0, 0]),
        ("2023-02-28", "2000-02-29", [275, 28, 0]),
        ("2024-03-31", "2024-02-29", [1, 2, 0]),
        ("2024-02-29", "2024-03-31", [-1, -2, 0]),
        (
            "2024-03-01 00:00:00",
            "2024-02-29 12:00:00",
            [0, 0, 43_200_000_000],
        ),
        ("0001-01-01", "0001-12-31 BC", [0, 1, 0]),
    ] {
        let args = vec![given("timestamp", a), given("timestamp", b)];
        let settings = Settings::default();
        let row = Row {
            columns: &[],
            arguments: &[],
            settings: &settings,
        };
        let value = Expr::Moment(Moment::Age(false), args)
            .evaluate(&row)
            .unwrap()
            .unwrap();
        let found = moments::Interval::read(&value).unwrap();
        assert_eq!([found.months, found.days, found.micros], age, "{a} and {b}");
    }
}

#[test]
fn nothing_of_an_expression_is_printed() {
    let exprs = [
        given("text", "canary"),
        Expr::Formatted(
            Box::new(Expr::Column(0)),
            Format::read("\"canary\"").unwrap(),
        ),
        Expr::Pictured(
            Box::new(given("integer", "4711")),
            Box::new((Picture::read("4711 9").unwrap(), Class::Exact)),
        ),
    ];
    let printed = format!("{exprs:?}");
    assert!(
        !printed.contains("canary") && !printed.contains("4711"),
        "{printed}"
    );
}

#[test]
fn what_is_total_never_fails() {
    let column = || Box::new(Expr::Column(0));
    for (expr, total) in [
        (Expr::Text(TextFunction::Left, vec![Expr::Column(0)]), true),
        (
            Expr::Text(TextFunction::Upper(Letters::Simple), vec![Expr::Column(0)]),
            false,
        ),
        (
            Expr::Text(TextFunction::SplitPart, vec![Expr::Column(0)]),
            false,
        ),
        (Expr::Written(column(), typed("date")), true),
        (Expr::Written(column(), typed("timestamptz")), false),
        (
            Expr::Coalesce(vec![Expr::Cast(
                column(),
                Box::new([typed("text"), typed("integer")]),
            )]),
            false,
        ),
    ] {
        assert_eq!(expr.is_total(), total, "{expr:?}");
    }
}
