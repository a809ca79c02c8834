//! Between the types of dates and times, as the server's casts have it. Infinity stays infinite.

use super::calendar::DAY;
use super::zone::Zone;
use super::{check_timestamp, date_to_timestamp, out_of_range, timestamp_to_date};
use crate::value::{Settings, ValueError};

/// A date's first moment, as a timestamp without a zone.
///
/// # Errors
/// 22008 where the types of timestamps do not hold it.
pub fn of_date(days: i32) -> Result<i64, ValueError> {
    date_to_timestamp(days)
}

/// The date of a timestamp without a zone.
///
/// # Errors
/// 22008 where the type does not hold it.
pub fn date_of(micros: i64) -> Result<i32, ValueError> {
    timestamp_to_date(micros)
}

/// A timestamp with as many digits of a second as its type has.
///
/// # Errors
/// 22008 where the type does not hold it.
pub fn rounded(micros: i64, precision: Option<u8>) -> Result<i64, ValueError> {
    check_timestamp(micros, precision)
}

/// What a clock in the session's zone shows at a moment.
///
/// # Errors
/// 0A000 where the zone is not known there, 22008 where the type does not hold it.
pub fn local(instant: i64, settings: &Settings) -> Result<i64, ValueError> {
    if matches!(instant, i64::MIN | i64::MAX) {
        return Ok(instant);
    }
    let (east, _) = Zone::of(&settings.time_zone)?.at(instant.div_euclid(1_000_000))?;
    check_timestamp(instant + east * 1_000_000, None)
}

/// The moment at which a clock in the session's zone shows this.
///
/// # Errors
/// 0A000 where the zone is not known there, 22008 where the type does not hold it.
pub fn instant(local: i64, settings: &Settings) -> Result<i64, ValueError> {
    if matches!(local, i64::MIN | i64::MAX) {
        return Ok(local);
    }
    let east = Zone::of(&settings.time_zone)?.for_local(local.div_euclid(1_000_000))?;
    let micros = local.checked_sub(east * 1_000_000);
    check_timestamp(micros.ok_or_else(|| out_of_range("timestamp"))?, None)
}

/// The time of day of a timestamp without a zone.
pub fn time_of(micros: i64) -> i64 {
    micros.rem_euclid(DAY)
}
