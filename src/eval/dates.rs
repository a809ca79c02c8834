//! Parts of dates, timestamps and ages (`extract_date`, `timestamp_part_common`, `interval_part_common`).

use super::casts::{date, local};
use super::long;
use super::moments::{Interval, iso_week};
use super::numbers::floated;
use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError, calendar};

/// A part of a date or timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum Part {
    Millennium,
    Century,
    Decade,
    Year,
    IsoYear,
    Quarter,
    Month,
    Week,
    Day,
    Dow,
    IsoDow,
    Doy,
    Hour,
    Minute,
    Second,
    Milliseconds,
    Microseconds,
    Epoch,
    Julian,
}

/// What a part is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// A value of this type.
    Value(DeclaredType),
    /// An age ([`super::Moment::Age`]).
    Age,
}

impl Of {
    /// Whether the session's zone has a say in it.
    pub(super) fn is_zoned(&self) -> bool {
        match self {
            Of::Value(declared) => matches!(declared.kind, Kind::Timestamptz { .. }),
            Of::Age => false,
        }
    }
}

const NUMERIC: u32 = 1700;

impl Part {
    /// The part of this name.
    pub fn named(name: &str) -> Option<Part> {
        Some(match name {
            "millennium" => Part::Millennium,
            "century" => Part::Century,
            "decade" => Part::Decade,
            "year" => Part::Year,
            "isoyear" => Part::IsoYear,
            "quarter" => Part::Quarter,
            "month" => Part::Month,
            "week" => Part::Week,
            "day" => Part::Day,
            "dow" => Part::Dow,
            "isodow" => Part::IsoDow,
            "doy" => Part::Doy,
            "hour" => Part::Hour,
            "minute" => Part::Minute,
            "second" => Part::Second,
            "milliseconds" => Part::Milliseconds,
            "microseconds" => Part::Microseconds,
            "epoch" => Part::Epoch,
            "julian" => Part::Julian,
            _ => return None,
        })
    }

    /// Whether a date has it to `extract`: what is smaller than a day is an error there.
    pub fn is_of_dates(self) -> bool {
        !self.is_of_time()
    }

    fn is_of_time(self) -> bool {
        matches!(
            self,
            Part::Hour | Part::Minute | Part::Second | Part::Milliseconds | Part::Microseconds
        )
    }

    /// Whether it is known of an age.
    pub fn is_of_ages(self) -> bool {
        matches!(
            self,
            Part::Year | Part::Month | Part::Day | Part::Decade | Part::Century
        ) || self.is_of_time()
    }

    /// The part of a value, in the canonical form of the type that the result has.
    pub(super) fn of(
        self,
        value: &Canonical,
        of: &Of,
        result: &DeclaredType,
        settings: &Settings,
    ) -> Result<Option<Canonical>, ValueError> {
        let declared = match of {
            Of::Age => return self.of_age(&Interval::read(value)?, result).map(Some),
            Of::Value(declared) => declared,
        };
        let infinite = match declared.kind {
            Kind::Date => Some(date(value)?)
                .filter(|days| matches!(*days, i32::MIN | i32::MAX))
                .map(|days| days > 0),
            _ => Some(long(Some(value))?)
                .filter(|micros| matches!(*micros, i64::MIN | i64::MAX))
                .map(|micros| micros > 0),
        };
        if let Some(after) = infinite {
            // What goes round and round has no value; what grows is without end.
            let grows = matches!(
                self,
                Part::Millennium
                    | Part::Century
                    | Part::Decade
                    | Part::Year
                    | Part::IsoYear
                    | Part::Epoch
                    | Part::Julian
            );
            let end = if after { "Infinity" } else { "-Infinity" };
            return if grows {
                number(end, result).map(Some)
            } else {
                Ok(None)
            };
        }
        let date = matches!(declared.kind, Kind::Date);
        // Of a date without a time of day, without its bounds as a timestamp.
        let micros = if date {
            None
        } else {
            Some(local(value, declared, settings)?)
        };
        let days = match micros {
            None => i64::from(super::casts::date(value)?),
            Some(micros) => micros.div_euclid(calendar::DAY),
        };
        let of_day = micros.map_or(0, |micros| micros.rem_euclid(calendar::DAY));
        let (year, month, day) = calendar::civil(days);
        let counted = match self {
            Part::Millennium if year > 0 => (year + 999) / 1000,
            Part::Millennium => -((999 - (year - 1)) / 1000),
            Part::Century if year > 0 => (year + 99) / 100,
            Part::Century => -((99 - (year - 1)) / 100),
            Part::Decade if year >= 0 => year / 10,
            Part::Decade => -((8 - (year - 1)) / 10),
            // There is no year 0: what the calendar calls so is 1 BC, -1.
            Part::Year if year <= 0 => year - 1,
            Part::Year => year,
            Part::IsoYear => match iso_week(days).0 {
                year if year <= 0 => year - 1,
                year => year,
            },
            Part::Quarter => (month - 1) / 3 + 1,
            Part::Month => month,
            Part::Week => iso_week(days).1,
            Part::Day => day,
            Part::Dow => (days + 6).rem_euclid(7),
            Part::IsoDow => (days + 5).rem_euclid(7) + 1,
            Part::Doy => days - calendar::days(year, 1, 1) + 1,
            Part::Hour => of_day / 3_600_000_000,
            Part::Minute => of_day / 60_000_000 % 60,
            Part::Second | Part::Milliseconds | Part::Microseconds => {
                return self.of_minute(of_day % 60_000_000, result).map(Some);
            }
            Part::Epoch => {
                let days = days - calendar::days(1970, 1, 1);
                let Some(micros) = micros else {
                    return number(&(days * 86_400).to_string(), result).map(Some);
                };
                // Counted from the moment itself, whatever the clock shows.
                let micros = match declared.kind {
                    Kind::Timestamptz { .. } => long(Some(value))?,
                    _ => micros,
                };
                let start = calendar::days(1970, 1, 1) * calendar::DAY;
                let since = i128::from(micros) - i128::from(start);
                return match i64::try_from(since) {
                    // Beyond the integers the server subtracts floats.
                    Err(_) if result.oid != NUMERIC => {
                        Ok(Some(floated((micros as f64 - start as f64) / 1_000_000.0)))
                    }
                    Ok(_) | Err(_) => fraction(since, 6, result).map(Some),
                };
            }
            // Of a timestamp it has a fraction, which differs between versions.
            Part::Julian if date => days + 2_451_545,
            Part::Julian => {
                return Err(ValueError::new(
                    "0A000",
                    "a Julian day of a timestamp is left to the server",
                ));
            }
        };
        number(&counted.to_string(), result).map(Some)
    }

    /// Seconds with what is behind the point. As floats the whole ones and the fraction are added.
    fn of_minute(self, micros: i64, result: &DeclaredType) -> Result<Canonical, ValueError> {
        let (seconds, rest) = ((micros / 1_000_000) as f64, (micros % 1_000_000) as f64);
        let float = result.oid != NUMERIC;
        match self {
            Part::Second if float => Ok(floated(seconds + rest / 1_000_000.0)),
            Part::Milliseconds if float => Ok(floated(seconds * 1_000.0 + rest / 1_000.0)),
            Part::Second => fraction(micros.into(), 6, result),
            Part::Milliseconds => fraction(micros.into(), 3, result),
            _ => number(&micros.to_string(), result),
        }
    }

    fn of_age(self, age: &Interval, result: &DeclaredType) -> Result<Canonical, ValueError> {
        let (years, months) = (age.months / 12, age.months % 12);
        let counted = match self {
            Part::Century => years / 100,
            Part::Decade => years / 10,
            Part::Year => years,
            Part::Month => months,
            Part::Day => age.days,
            Part::Hour => age.micros / 3_600_000_000,
            Part::Minute => age.micros / 60_000_000 % 60,
            Part::Second | Part::Milliseconds | Part::Microseconds => {
                return self.of_minute(age.micros % 60_000_000, result);
            }
            Part::Millennium
            | Part::IsoYear
            | Part::Quarter
            | Part::Week
            | Part::Dow
            | Part::IsoDow
            | Part::Doy
            | Part::Epoch
            | Part::Julian => {
                return Err(ValueError::new(
                    "0A000",
                    "this part of an age is left to the server",
                ));
            }
        };
        number(&counted.to_string(), result)
    }
}

/// So many units of 10^-places: as numeric with so many places, as float divided.
fn fraction(units: i128, places: u32, result: &DeclaredType) -> Result<Canonical, ValueError> {
    let unit = 10_i128.pow(places);
    if result.oid == NUMERIC {
        let sign = if units < 0 { "-" } else { "" };
        let (whole, rest) = (units.unsigned_abs(), unit.unsigned_abs());
        let width = usize::try_from(places).unwrap_or(0);
        let text = format!("{sign}{}.{:0width$}", whole / rest, whole % rest);
        return number(&text, result);
    }
    Ok(floated(units as f64 / unit as f64))
}

fn number(text: &str, result: &DeclaredType) -> Result<Canonical, ValueError> {
    result.from_text(text.as_bytes(), &Settings::default())
}
