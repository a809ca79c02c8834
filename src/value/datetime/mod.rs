//! date, time, timestamp, timestamptz. Canonical: PostgreSQL's binary format, days or microseconds
//! since 2000-01-01, the extremes for infinity.

pub mod calendar;
mod decode;
mod histories;
pub mod moment;
mod numbers;
mod tokens;
mod wall;
mod words;
mod write;
mod zone;

use super::{Settings, ValueError};
use calendar::DAY;
use decode::Decoded;
use numbers::Zoned;
use zone::Zone;

pub use wall::{Wall, WallZone};

/// The two timestamp types.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// timestamp without time zone
    Local,
    /// timestamp with time zone
    Zoned,
}

impl Stamp {
    pub(super) fn name(self) -> &'static str {
        match self {
            Stamp::Local => "timestamp",
            Stamp::Zoned => "timestamp with time zone",
        }
    }
}

fn bad_format(type_name: &str) -> ValueError {
    ValueError::new(
        "22007",
        format!("invalid input syntax for type {type_name}"),
    )
}

fn overflow(_type_name: &str) -> ValueError {
    ValueError::new("22008", "date/time field value out of range")
}

fn out_of_range(type_name: &str) -> ValueError {
    ValueError::new("22008", format!("{type_name} out of range"))
}

/// Reads a date; a time and a zone in the text are read and dropped.
pub(super) fn read_date(text: &str, settings: &Settings) -> Result<i32, ValueError> {
    match decode::date_time(text, settings.date_order, "date")? {
        Decoded::Infinity => Ok(i32::MAX),
        Decoded::MinusInfinity => Ok(i32::MIN),
        Decoded::Epoch => date_from_days(calendar::days(1970, 1, 1)),
        Decoded::Moment(reading) => {
            date_from_days(calendar::days(reading.year, reading.month, reading.day))
        }
    }
}

fn date_from_days(days: i64) -> Result<i32, ValueError> {
    if !calendar::is_date(days) {
        return Err(out_of_range("date"));
    }
    i32::try_from(days).map_err(|_| out_of_range("date"))
}

/// Reads a time of day.
pub(super) fn read_time(
    text: &str,
    settings: &Settings,
    precision: Option<u8>,
) -> Result<i64, ValueError> {
    let reading = decode::time_only(text, settings.date_order)?;
    check_time(reading.time_of_day(), precision)
}

/// Reads a timestamp, in the session's zone where the text names none.
pub(super) fn read_timestamp(
    text: &str,
    settings: &Settings,
    stamp: Stamp,
    precision: Option<u8>,
) -> Result<i64, ValueError> {
    let reading = match decode::date_time(text, settings.date_order, stamp.name())? {
        Decoded::Infinity => return Ok(i64::MAX),
        Decoded::MinusInfinity => return Ok(i64::MIN),
        Decoded::Epoch => return Ok(calendar::days(1970, 1, 1) * DAY),
        Decoded::Moment(reading) => reading,
    };
    let too_far = || out_of_range("timestamp");
    let days = calendar::days(reading.year, reading.month, reading.day);
    let local = days
        .checked_mul(DAY)
        .and_then(|start| start.checked_add(reading.time_of_day()))
        .ok_or_else(too_far)?;
    let east = match (stamp, &reading.zone) {
        (Stamp::Local, _) => 0,
        (Stamp::Zoned, Zoned::East(east)) => *east,
        (Stamp::Zoned, Zoned::Named(zone)) => zone.for_local(local.div_euclid(1_000_000))?,
        (Stamp::Zoned, Zoned::No) => {
            Zone::of(&settings.time_zone)?.for_local(local.div_euclid(1_000_000))?
        }
    };
    let micros = local.checked_sub(east * 1_000_000).ok_or_else(too_far)?;
    stamp_from_micros(micros, precision)
}

fn stamp_from_micros(micros: i64, precision: Option<u8>) -> Result<i64, ValueError> {
    let rounded = round(micros, precision);
    if calendar::is_timestamp(micros) && calendar::is_timestamp(rounded) {
        Ok(rounded)
    } else {
        Err(out_of_range("timestamp"))
    }
}

/// Half away from zero, to `precision` digits of a second.
fn round(micros: i64, precision: Option<u8>) -> i64 {
    let unit = match precision {
        Some(digits @ 0..6) => 10_i64.pow(6 - u32::from(digits)),
        _ => return micros,
    };
    let half = unit / 2;
    if micros >= 0 {
        (micros.saturating_add(half)) / unit * unit
    } else {
        -((-micros).saturating_add(half) / unit * unit)
    }
}

/// Days in binary format.
pub(super) fn check_date(days: i32) -> Result<i32, ValueError> {
    match days {
        i32::MIN | i32::MAX => Ok(days),
        _ => date_from_days(days.into()),
    }
}

/// Microseconds of a day in binary format.
pub(super) fn check_time(micros: i64, precision: Option<u8>) -> Result<i64, ValueError> {
    if (0..=DAY).contains(&micros) {
        Ok(round(micros, precision))
    } else {
        Err(out_of_range("time"))
    }
}

/// Microseconds in binary format.
pub(super) fn check_timestamp(micros: i64, precision: Option<u8>) -> Result<i64, ValueError> {
    match micros {
        i64::MIN | i64::MAX => Ok(micros),
        _ => stamp_from_micros(micros, precision),
    }
}

/// The assignment cast from date to timestamp.
pub(super) fn date_to_timestamp(days: i32) -> Result<i64, ValueError> {
    match days {
        i32::MIN => Ok(i64::MIN),
        i32::MAX => Ok(i64::MAX),
        _ => i64::from(days)
            .checked_mul(DAY)
            .filter(|micros| calendar::is_timestamp(*micros))
            .ok_or_else(|| ValueError::new("22008", "date out of range for timestamp")),
    }
}

/// The assignment cast from timestamp to date.
pub(super) fn timestamp_to_date(micros: i64) -> Result<i32, ValueError> {
    match micros {
        i64::MIN => Ok(i32::MIN),
        i64::MAX => Ok(i32::MAX),
        _ => date_from_days(micros.div_euclid(DAY)),
    }
}

/// Writes a date.
pub(super) fn write_date(days: i32, settings: &Settings) -> String {
    match days {
        i32::MIN => "-infinity".to_owned(),
        i32::MAX => "infinity".to_owned(),
        _ => write::date(days.into(), settings),
    }
}

/// Writes a time of day.
pub(super) fn write_time(micros: i64) -> String {
    write::time(micros)
}

/// Writes a timestamp.
pub(super) fn write_timestamp(
    micros: i64,
    settings: &Settings,
    stamp: Stamp,
) -> Result<String, ValueError> {
    match (micros, stamp) {
        (i64::MIN, _) => Ok("-infinity".to_owned()),
        (i64::MAX, _) => Ok("infinity".to_owned()),
        (_, Stamp::Local) => write::timestamp(micros, None, settings),
        (_, Stamp::Zoned) => {
            write::timestamp(micros, Some(&Zone::of(&settings.time_zone)?), settings)
        }
    }
}
