//! Masks of dates and timestamps. A timestamptz is cut in UTC.

use crate::value::{Canonical, DeclaredType, Kind, ValueError, calendar};

/// What is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Month,
}

/// Whether the type has a year.
pub(super) fn is_dated(declared: &DeclaredType) -> bool {
    matches!(
        declared.kind,
        Kind::Date | Kind::Timestamp { .. } | Kind::Timestamptz { .. }
    )
}

/// The first day of the value's year or month. Infinity, and a first day before the type's range,
/// become NULL.
pub(super) fn cut(
    declared: &DeclaredType,
    value: &Canonical,
    unit: Unit,
) -> Result<Option<Canonical>, ValueError> {
    let damaged = || ValueError::new("XX001", "the stored value is not a date");
    let bytes = value.expose_plaintext();
    let start = if declared.kind == Kind::Date {
        let days = i32::from_be_bytes(bytes.try_into().map_err(|_| damaged())?);
        if matches!(days, i32::MIN | i32::MAX) {
            return Ok(None);
        }
        let start = i32::try_from(first_day(days.into(), unit)).map_err(|_| damaged())?;
        start.to_be_bytes().to_vec()
    } else {
        let micros = i64::from_be_bytes(bytes.try_into().map_err(|_| damaged())?);
        if matches!(micros, i64::MIN | i64::MAX) {
            return Ok(None);
        }
        let day = first_day(micros.div_euclid(calendar::DAY), unit);
        match day.checked_mul(calendar::DAY) {
            Some(start) => start.to_be_bytes().to_vec(),
            None => return Ok(None),
        }
    };
    Ok(declared.from_binary(0, &start).ok())
}

fn first_day(days: i64, unit: Unit) -> i64 {
    let (year, month, _) = calendar::civil(days);
    match unit {
        Unit::Year => calendar::days(year, 1, 1),
        Unit::Month => calendar::days(year, month, 1),
    }
}
