//! Values in text and binary, as the column's type reads and writes them; order, patterns.

use std::cmp::Ordering;

use sealwire::value::{
    Canonical, DateOrder, DateStyle, DeclaredType, Escape, Fold, IntervalStyle, Order, Pattern,
    Settings, TimeZone,
};

use super::input::Input;

/// Types of every kind, with modifiers and without.
const TYPES: &[&str] = &[
    "text",
    "varchar(10)",
    "char(6)",
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "numeric(10,2)",
    "numeric(5,-2)",
    "real",
    "double precision",
    "boolean",
    "date",
    "time",
    "time(2)",
    "timestamp",
    "timestamp(3)",
    "timestamptz",
    "timestamptz(0)",
    "uuid",
    "json",
    "jsonb",
    "bytea",
    "inet",
    "text[]",
    "integer[]",
    "numeric(10,2)[]",
    "date[]",
    "jsonb[]",
    "timestamptz[]",
];

/// A byte chooses the type, one the settings, one what is done.
pub fn run(data: &[u8]) {
    let mut input = Input(data);
    let declared = DeclaredType::parse_name(input.one(TYPES)).unwrap();
    let settings = settings(input.byte());
    let what = input.byte();
    let data = input.rest();
    match what % 4 {
        0 | 1 => {
            if let Ok(value) = declared.from_text(data, &settings) {
                same(&declared, &value, &settings);
            }
            let _ = declared.elements_from_text(data, &settings);
        }
        2 => {
            if let Ok(value) = declared.from_binary(0, data) {
                same(&declared, &value, &settings);
            }
            for sent_as in [16, 20, 21, 23, 25, 700, 701, 1043, 1082, 1114, 1184, 1700] {
                if let Ok(value) = declared.from_binary(sent_as, data) {
                    same(&declared, &value, &settings);
                }
            }
            let _ = declared.elements_from_binary(data);
            // What no reader made: an error or bytes, never a panic.
            let strange = Canonical::new(data.to_vec());
            let mut out = Vec::new();
            let _ = declared.to_text(&strange, &settings, &mut out);
            let _ = declared.to_binary(&strange, &mut out);
        }
        _ => {
            let half = data.len() / 2;
            ordered(&declared, &settings, &data[..half], &data[half..]);
            patterns(&data[..half], &data[half..]);
        }
    }
}

fn settings(choice: u8) -> Settings {
    let pick = |shift: u8| usize::from(choice >> shift & 3);
    Settings {
        date_style: [
            DateStyle::Iso,
            DateStyle::Sql,
            DateStyle::Postgres,
            DateStyle::German,
        ][pick(0)],
        date_order: [DateOrder::Mdy, DateOrder::Dmy, DateOrder::Ymd][pick(2) % 3],
        interval_style: IntervalStyle::Postgres,
        time_zone: TimeZone(
            ["UTC", "Europe/Berlin", "America/New_York", "<+03>-03"][pick(4)].into(),
        ),
        extra_float_digits: [1, 3, 1, 1][pick(6)],
        ..Settings::default()
    }
}

/// Written in either format it reads back as itself.
fn same(declared: &DeclaredType, value: &Canonical, settings: &Settings) {
    let mut binary = Vec::new();
    declared.to_binary(value, &mut binary).unwrap();
    assert_eq!(
        declared.from_binary(0, &binary).unwrap(),
        *value,
        "{} in binary",
        declared.name()
    );
    let mut text = Vec::new();
    // The session's zone may have no name for a time long ago, as in the server.
    if declared.to_text(value, settings, &mut text).is_ok() && writes_whole(declared, settings) {
        assert_eq!(
            declared.from_text(&text, settings).unwrap(),
            *value,
            "{} in text",
            declared.name()
        );
    }
    if let Ok(order) = Order::of(declared, Some(20)) {
        let _ = order.code(value);
    }
}

/// Whether the settings keep what they write: the zones of SQL's and PostgreSQL's own style are abbreviations, and the
/// German style writes the day first, the other two the month or the day, also where another part is read first (as the
/// server does: 22008).
fn writes_whole(declared: &DeclaredType, settings: &Settings) -> bool {
    let name = declared.name();
    let dated = name.contains("date") || name.contains("timestamp");
    let otherwise = match settings.date_style {
        DateStyle::Iso => false,
        DateStyle::German => settings.date_order != DateOrder::Dmy,
        DateStyle::Sql | DateStyle::Postgres => settings.date_order == DateOrder::Ymd,
    };
    !(name.contains("with time zone") && settings.date_style != DateStyle::Iso
        || dated && otherwise)
}

/// The order of the codes is that of the values.
fn ordered(declared: &DeclaredType, settings: &Settings, one: &[u8], other: &[u8]) {
    let (Ok(one), Ok(other)) = (
        declared.from_text(one, settings),
        declared.from_text(other, settings),
    ) else {
        return;
    };
    let compared = declared.compare(&one, &other);
    if let Ok(back) = declared.compare(&other, &one) {
        assert_eq!(compared.clone().map(Ordering::reverse), Ok(back));
    }
    let Ok(order) = Order::of(declared, Some(20)) else {
        return;
    };
    if let (Ok(one), Ok(other), Ok(compared)) = (order.code(&one), order.code(&other), compared) {
        assert_eq!(one.cmp(&other), compared, "{}", declared.name());
    }
}

/// LIKE beside a slow and simple reading of it.
fn patterns(pattern: &[u8], text: &[u8]) {
    let (Ok(pattern), Ok(text)) = (std::str::from_utf8(pattern), std::str::from_utf8(text)) else {
        return;
    };
    let escape = Escape::of("\\").unwrap();
    let read = Pattern::read(pattern, escape);
    // One that ends within an escape is an error where a text comes so far, and fits none.
    let fits = match read.fits(text, None) {
        Ok(fits) => fits,
        Err(error) => return assert_eq!(error.sqlstate, "22025"),
    };
    let _ = read.fits(text, Some(Fold::Lower));
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    if pattern.len() * text.len() < 4_096 {
        assert_eq!(fits, like(&pattern, &text), "LIKE");
    }
}

fn like(pattern: &[char], text: &[char]) -> bool {
    // fits[t]: the pattern read so far fits the first t characters.
    let mut fits: Vec<bool> = (0..=text.len()).map(|at| at == 0).collect();
    let mut steps = pattern.iter();
    while let Some(step) = steps.next() {
        let mut next = vec![false; fits.len()];
        if *step == '%' {
            let mut any = false;
            for (at, slot) in next.iter_mut().enumerate() {
                any |= fits[at];
                *slot = any;
            }
        } else {
            let wanted = match step {
                '_' => None,
                '\\' => match steps.next() {
                    None => return false,
                    escaped => escaped,
                },
                other => Some(other),
            };
            for (at, character) in text.iter().enumerate() {
                next[at + 1] = fits[at] && wanted.is_none_or(|wanted| wanted == character);
            }
        }
        fits = next;
    }
    fits[text.len()]
}
