//! Time zones: IANA names through the bundled tables, POSIX offsets without daylight saving.
//!
//! The server reads its own tables; where they differ from the bundled ones (an older release of
//! tzdata, other histories before 1970) the two disagree, as two servers would.

use chrono::{DateTime, MappedLocalTime, Offset, TimeZone as _};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz};

use super::calendar::{self, UNIX_TO_EPOCH_DAYS};
use super::histories;
use crate::value::{TimeZone, ValueError};

const DAY: i64 = 86_400;
/// Beyond it the bundled tables have no transitions.
const LAST_TABLE_YEAR: i64 = 2087;

/// A zone whose offsets we know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Zone {
    Named(Tz),
    /// Seconds east of UTC, and what the SQL styles print.
    Fixed {
        east: i64,
        abbreviation: String,
    },
}

impl Zone {
    /// The session's zone.
    pub(super) fn of(setting: &TimeZone) -> Result<Zone, ValueError> {
        Zone::named(&setting.0)
            .or_else(|| posix(&setting.0))
            .ok_or_else(|| ValueError::server_dependent("a timestamp in this session's time zone"))
    }

    /// An IANA name, in any case.
    pub(super) fn named(name: &str) -> Option<Zone> {
        if let Ok(zone) = name.parse() {
            return Some(Zone::Named(zone));
        }
        TZ_VARIANTS
            .iter()
            .find(|zone| zone.name().eq_ignore_ascii_case(name))
            .map(|zone| Zone::Named(*zone))
    }

    /// Seconds east of UTC and abbreviation in force at a moment, in seconds since 2000-01-01 UTC.
    pub(super) fn at(&self, utc: i64) -> Result<(i64, String), ValueError> {
        match self {
            Zone::Fixed { east, abbreviation } => Ok((*east, abbreviation.clone())),
            Zone::Named(zone) => {
                let moment = DateTime::from_timestamp(unix(within_tables(*zone, utc)?), 0)
                    .ok_or_else(out_of_range)?;
                let offset = zone.offset_from_utc_datetime(&moment.naive_utc());
                let east = i64::from(offset.fix().local_minus_utc());
                let abbreviation = match offset.abbreviation() {
                    Some(name) => name.to_owned(),
                    None => numeric_abbreviation(east),
                };
                Ok((east, abbreviation))
            }
        }
    }

    /// Seconds east of UTC for a local time, in seconds since 2000-01-01 as if it were UTC. In the gap
    /// of a spring transition the offset before it holds, in an autumn overlap the one after it.
    pub(super) fn for_local(&self, local: i64) -> Result<i64, ValueError> {
        let zone = match self {
            Zone::Fixed { east, .. } => return Ok(*east),
            Zone::Named(zone) => zone,
        };
        let shifted = within_tables(*zone, local)?;
        let moment = DateTime::from_timestamp(unix(shifted), 0).ok_or_else(out_of_range)?;
        let east = match zone.offset_from_local_datetime(&moment.naive_utc()) {
            MappedLocalTime::Single(offset) => offset.fix().local_minus_utc(),
            MappedLocalTime::Ambiguous(_, later) => later.fix().local_minus_utc(),
            MappedLocalTime::None => return Ok(self.at(local - DAY)?.0),
        };
        Ok(east.into())
    }
}

fn out_of_range() -> ValueError {
    ValueError::new("22008", "timestamp out of range")
}

fn unix(seconds: i64) -> i64 {
    seconds + UNIX_TO_EPOCH_DAYS * DAY
}

/// The bundled tables end; rules repeat. A moment behind the end is moved into the last 28 years of
/// the tables that have a year of the same shape (same first weekday, same leap day).
fn within_tables(zone: Tz, seconds: i64) -> Result<i64, ValueError> {
    if seconds < histories::agreed_from(zone.name()) {
        return Err(ValueError::server_dependent(
            "a timestamp so early in this time zone",
        ));
    }
    let day = seconds.div_euclid(DAY);
    let (year, ..) = calendar::civil(day);
    if year <= LAST_TABLE_YEAR {
        return Ok(seconds);
    }
    match zone {
        // Daylight saving follows the moon until 2087; behind that there is none.
        Tz::Africa__Casablanca | Tz::Africa__El_Aaiun => {
            return Ok(calendar::days(LAST_TABLE_YEAR, 12, 1) * DAY);
        }
        Tz::Asia__Gaza | Tz::Asia__Hebron => {
            return Err(ValueError::server_dependent(
                "a timestamp after 2087 in this time zone",
            ));
        }
        _ => {}
    }
    let start = calendar::days(year, 1, 1);
    let same_shape = |candidate: &i64| {
        let other = calendar::days(*candidate, 1, 1);
        calendar::weekday(other) == calendar::weekday(start)
            && calendar::is_leap(*candidate) == calendar::is_leap(year)
    };
    let twin = (LAST_TABLE_YEAR - 27..=LAST_TABLE_YEAR)
        .find(same_shape)
        .ok_or_else(out_of_range)?;
    Ok(seconds - (start - calendar::days(twin, 1, 1)) * DAY)
}

fn numeric_abbreviation(east: i64) -> String {
    let sign = if east < 0 { '-' } else { '+' };
    let minutes = east.abs() / 60;
    match minutes % 60 {
        0 => format!("{sign}{:02}", minutes / 60),
        rest => format!("{sign}{:02}{rest:02}", minutes / 60),
    }
}

/// `<+02>-02`, `XYZ3`, `UTC-5:30`: a name and hours **west**. Daylight saving rules are not read.
fn posix(text: &str) -> Option<Zone> {
    let (abbreviation, rest) = match text.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?,
        None => {
            let end = text.find(|c: char| !c.is_ascii_alphabetic())?;
            text.split_at_checked(end)?
        }
    };
    if abbreviation.is_empty() {
        return None;
    }
    let (sign, digits) = match rest.strip_prefix('-') {
        Some(digits) => (1, digits),
        None => (-1, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let mut seconds = 0;
    let mut unit = 3_600;
    for part in digits.split(':') {
        if part.is_empty()
            || part.len() > 3
            || !part.bytes().all(|b| b.is_ascii_digit())
            || unit == 0
        {
            return None;
        }
        seconds += part.parse::<i64>().ok()? * unit;
        unit /= 60;
    }
    (seconds <= 24 * 3_600).then(|| Zone::Fixed {
        east: sign * seconds,
        abbreviation: abbreviation.to_owned(),
    })
}
