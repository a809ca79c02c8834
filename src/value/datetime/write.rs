//! Writes dates and times in the four styles.

use std::fmt::Write;

use super::calendar::{self, DAY};
use super::words::{MONTH_NAMES, WEEKDAY_NAMES};
use super::zone::Zone;
use crate::value::{DateOrder, DateStyle, Settings, ValueError};

/// Text being written; writing to a string cannot fail.
struct Text(String);

impl Text {
    fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        let _ = self.0.write_fmt(arguments);
    }

    fn seconds(&mut self, second: i64, micros: i64) {
        self.put(format_args!("{second:02}"));
        if micros != 0 {
            let fraction = format!("{micros:06}");
            self.put(format_args!(".{}", fraction.trim_end_matches('0')));
        }
    }

    fn time(&mut self, of_day: i64) {
        let seconds = of_day.div_euclid(1_000_000);
        self.put(format_args!(
            "{:02}:{:02}:",
            seconds / 3_600,
            seconds / 60 % 60
        ));
        self.seconds(seconds % 60, of_day.rem_euclid(1_000_000));
    }

    /// `+02`, `+05:30`, `-04:56:02`.
    fn offset(&mut self, east: i64) {
        let sign = if east < 0 { '-' } else { '+' };
        let seconds = east.abs();
        self.put(format_args!("{sign}{:02}", seconds / 3_600));
        if seconds % 3_600 != 0 {
            self.put(format_args!(":{:02}", seconds / 60 % 60));
        }
        if seconds % 60 != 0 {
            self.put(format_args!(":{:02}", seconds % 60));
        }
    }

    fn numeric_date(&mut self, style: DateStyle, order: DateOrder, civil: (i64, i64, i64)) {
        let (year, month, day) = civil;
        let year = if year > 0 { year } else { 1 - year };
        let day_first = order == DateOrder::Dmy;
        match style {
            DateStyle::Iso => self.put(format_args!("{year:04}-{month:02}-{day:02}")),
            DateStyle::Sql if day_first => self.put(format_args!("{day:02}/{month:02}/{year:04}")),
            DateStyle::Sql => self.put(format_args!("{month:02}/{day:02}/{year:04}")),
            DateStyle::German => self.put(format_args!("{day:02}.{month:02}.{year:04}")),
            DateStyle::Postgres if day_first => {
                self.put(format_args!("{day:02}-{month:02}-{year:04}"));
            }
            DateStyle::Postgres => self.put(format_args!("{month:02}-{day:02}-{year:04}")),
        }
    }

    fn era(&mut self, year: i64) {
        if year <= 0 {
            self.0.push_str(" BC");
        }
    }
}

/// A date, days since 2000-01-01.
pub(super) fn date(days: i64, settings: &Settings) -> String {
    let civil = calendar::civil(days);
    let mut text = Text(String::with_capacity(16));
    text.numeric_date(settings.date_style, settings.date_order, civil);
    text.era(civil.0);
    text.0
}

/// A time of day, microseconds.
pub(super) fn time(of_day: i64) -> String {
    let mut text = Text(String::with_capacity(16));
    text.time(of_day);
    text.0
}

/// A timestamp, microseconds since 2000-01-01, in a zone or in none.
pub(super) fn timestamp(
    micros: i64,
    zone: Option<&Zone>,
    settings: &Settings,
) -> Result<String, ValueError> {
    let zone = match zone {
        Some(zone) => Some(zone.at(micros.div_euclid(1_000_000))?),
        None => None,
    };
    let east = zone.as_ref().map_or(0, |(east, _)| *east);
    let local = micros + east * 1_000_000;
    let (days, of_day) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let civil = calendar::civil(days);
    let (year, month, day) = civil;
    let style = settings.date_style;
    let mut text = Text(String::with_capacity(32));
    if style == DateStyle::Postgres {
        let weekday = WEEKDAY_NAMES.get(calendar::weekday(days)).unwrap_or(&"");
        let index = usize::try_from(month - 1).unwrap_or(0);
        let name = MONTH_NAMES.get(index).unwrap_or(&"");
        if settings.date_order == DateOrder::Dmy {
            text.put(format_args!("{weekday} {day:02} {name} "));
        } else {
            text.put(format_args!("{weekday} {name} {day:02} "));
        }
        text.time(of_day);
        let shown = if year > 0 { year } else { 1 - year };
        text.put(format_args!(" {shown:04}"));
    } else {
        text.numeric_date(style, settings.date_order, civil);
        text.0.push(' ');
        text.time(of_day);
    }
    match zone {
        Some((east, _)) if style == DateStyle::Iso => text.offset(east),
        Some((_, abbreviation)) => text.put(format_args!(" {abbreviation}")),
        None => {}
    }
    text.era(year);
    Ok(text.0)
}
