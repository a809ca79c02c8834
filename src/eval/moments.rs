//! Functions and operators of dates and timestamps that give dates, timestamps, days or ages (`date.c`, `timestamp.c`).

use std::cmp::Ordering;

use super::casts::date;
use super::{damaged, long, longed};
use crate::value::{Canonical, Settings, ValueError, calendar, moment};

/// What is done with dates and timestamps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A date and a number of days: so many after it.
    After,
    /// So many before it.
    Before,
    /// The days from the second date to the first.
    Between,
    /// `date_trunc` of a timestamp, without a zone or (true) in the session's.
    Cut(Unit, bool),
    /// `age(a, b)` of timestamps, without a zone or (true) in the session's: what `Interval` writes.
    Age(bool),
    /// A date or (`local`) a timestamp without a zone as a timestamp, without a zone or (`zoned`) in the session's, to be
    /// compared with such. What is beyond them lies between the last of them and infinity (`date_cmp_timestamp`).
    Beside {
        /// It is a timestamp.
        local: bool,
        /// What it is compared with has a zone.
        zoned: bool,
    },
}

/// What a timestamp is cut to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum Unit {
    Microseconds,
    Milliseconds,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit of this name.
    pub fn named(name: &str) -> Option<Unit> {
        Some(match name {
            "microseconds" => Unit::Microseconds,
            "milliseconds" => Unit::Milliseconds,
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            "millennium" => Unit::Millennium,
            _ => return None,
        })
    }

    /// The start of the unit that a local timestamp lies in.
    fn start(self, micros: i64) -> Result<i64, ValueError> {
        let within = |unit: i64| Ok(micros - micros.rem_euclid(unit));
        let days = micros.div_euclid(calendar::DAY);
        let (year, month, _) = calendar::civil(days);
        let days = match self {
            Unit::Microseconds => return Ok(micros),
            Unit::Milliseconds => return within(1_000),
            Unit::Second => return within(1_000_000),
            Unit::Minute => return within(60_000_000),
            Unit::Hour => return within(3_600_000_000),
            Unit::Day => days,
            Unit::Week => days - (days + 5).rem_euclid(7),
            Unit::Month => calendar::days(year, month, 1),
            Unit::Quarter => calendar::days(year, (month - 1) / 3 * 3 + 1, 1),
            Unit::Year => calendar::days(year, 1, 1),
            Unit::Decade if year > 0 => calendar::days(year / 10 * 10, 1, 1),
            Unit::Decade => calendar::days(-((8 - (year - 1)) / 10) * 10, 1, 1),
            Unit::Century if year > 0 => calendar::days((year + 99) / 100 * 100 - 99, 1, 1),
            Unit::Century => calendar::days(-((99 - (year - 1)) / 100) * 100 + 1, 1, 1),
            Unit::Millennium if year > 0 => calendar::days((year + 999) / 1000 * 1000 - 999, 1, 1),
            Unit::Millennium => calendar::days(-((999 - (year - 1)) / 1000) * 1000 + 1, 1, 1),
        };
        days.checked_mul(calendar::DAY)
            .filter(|micros| calendar::is_timestamp(*micros))
            .ok_or_else(|| ValueError::new("22008", "timestamp out of range"))
    }
}

impl Moment {
    /// The result for these arguments.
    pub(super) fn of(
        self,
        values: &[Canonical],
        settings: &Settings,
    ) -> Result<Option<Canonical>, ValueError> {
        let first = values.first().ok_or_else(damaged)?;
        let result = match self {
            Moment::After => moved(date(first)?, long(values.get(1))?)?,
            Moment::Before => {
                let days = long(values.get(1))?;
                moved(date(first)?, days.checked_neg().ok_or_else(damaged)?)?
            }
            Moment::Between => {
                let (own, other) = (date(first)?, date(values.get(1).ok_or_else(damaged)?)?);
                if [own, other]
                    .iter()
                    .any(|days| matches!(*days, i32::MIN | i32::MAX))
                {
                    return Err(ValueError::new("22008", "cannot subtract infinite dates"));
                }
                longed(i64::from(own) - i64::from(other))
            }
            Moment::Cut(unit, zoned) => longed(cut(unit, zoned, long(Some(first))?, settings)?),
            Moment::Age(zoned) => {
                let (own, other) = (long(Some(first))?, long(values.get(1))?);
                let local = |micros: i64| {
                    if matches!(micros, i64::MIN | i64::MAX) {
                        return Err(ValueError::new(
                            "0A000",
                            "an age without an end is left to the server",
                        ));
                    }
                    if zoned {
                        moment::local(micros, settings)
                    } else {
                        Ok(micros)
                    }
                };
                age(own.cmp(&other), local(own)?, local(other)?).written()
            }
            Moment::Beside { local, zoned } => longed(beside(first, local, zoned, settings)?),
        };
        Ok(Some(result))
    }
}

fn beside(
    value: &Canonical,
    local: bool,
    zoned: bool,
    settings: &Settings,
) -> Result<i64, ValueError> {
    let (micros, after) = if local {
        let micros = long(Some(value))?;
        (Ok(micros), micros > 0)
    } else {
        let days = date(value)?;
        (moment::of_date(days), days > 0)
    };
    let found = micros.and_then(|micros| {
        if zoned {
            moment::instant(micros, settings)
        } else {
            Ok(micros)
        }
    });
    match found {
        Err(error) if error.sqlstate == "22008" => {
            Ok(if after { i64::MAX - 1 } else { i64::MIN + 1 })
        }
        found => found,
    }
}

fn moved(days: i32, by: i64) -> Result<Canonical, ValueError> {
    let moved = if matches!(days, i32::MIN | i32::MAX) {
        Some(days)
    } else {
        i64::from(days)
            .checked_add(by)
            .filter(|days| calendar::is_date(*days))
            .and_then(|days| i32::try_from(days).ok())
    };
    let moved = moved.ok_or_else(|| ValueError::new("22008", "date out of range"))?;
    Ok(Canonical::new(moved.to_be_bytes().to_vec()))
}

fn cut(unit: Unit, zoned: bool, micros: i64, settings: &Settings) -> Result<i64, ValueError> {
    if matches!(micros, i64::MIN | i64::MAX) {
        return Ok(micros);
    }
    if !zoned {
        return unit.start(micros);
    }
    let local = moment::local(micros, settings)?;
    let start = unit.start(local)?;
    if unit >= Unit::Day {
        // The clock may have been another then.
        moment::instant(start, settings)
    } else {
        moment::rounded(start - (local - micros), None)
    }
}

/// Years and months, days, and a time, each counted for itself.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) micros: i64,
}

impl Interval {
    pub(super) fn read(value: &Canonical) -> Result<Interval, ValueError> {
        let bytes = value.expose_plaintext();
        let field = |at: usize| {
            let bytes = bytes
                .get(at * 8..at * 8 + 8)
                .and_then(|bytes| bytes.try_into().ok());
            bytes.map(i64::from_be_bytes).ok_or_else(damaged)
        };
        Ok(Interval {
            months: field(0)?,
            days: field(1)?,
            micros: field(2)?,
        })
    }

    pub(super) fn written(&self) -> Canonical {
        let fields = [self.months, self.days, self.micros];
        Canonical::new(fields.iter().flat_map(|own| own.to_be_bytes()).collect())
    }
}

/// `timestamp_age`: the difference of years, months, days and times, borrowing from the next where one is below zero.
fn age(order: Ordering, own: i64, other: i64) -> Interval {
    let fields = |micros: i64| {
        let (year, month, day) = calendar::civil(micros.div_euclid(calendar::DAY));
        (year, month, day, micros.rem_euclid(calendar::DAY))
    };
    let (a, b) = (fields(own), fields(other));
    let sign = if order == Ordering::Less { -1 } else { 1 };
    let mut micros = sign * (a.3 - b.3);
    let mut days = sign * (a.2 - b.2);
    let mut months = sign * ((a.0 - b.0) * 12 + a.1 - b.1);
    if micros < 0 {
        micros += calendar::DAY;
        days -= 1;
    }
    while days < 0 {
        let (year, month, ..) = if sign < 0 { a } else { b };
        days += calendar::month_length(year, month);
        months -= 1;
    }
    micros *= sign;
    days *= sign;
    months *= sign;
    Interval {
        months,
        days,
        micros,
    }
}

/// Year and week of ISO 8601 (`date2isoyear`, `date2isoweek`).
pub(super) fn iso_week(days: i64) -> (i64, i64) {
    // The week belongs to the year that its Thursday lies in.
    let thursday = days - (days + 5).rem_euclid(7) + 3;
    let (year, ..) = calendar::civil(thursday);
    (year, (thursday - calendar::days(year, 1, 1)) / 7 + 1)
}
