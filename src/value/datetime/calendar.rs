//! The proleptic Gregorian calendar that PostgreSQL counts in: days from 2000-01-01.

/// Days between the start of the Julian day count and 2000-01-01.
const EPOCH_JULIAN: i64 = 2_451_545;
/// Days between 1970-01-01 and 2000-01-01.
pub(super) const UNIX_TO_EPOCH_DAYS: i64 = 10_957;
/// Microseconds of a day.
pub const DAY: i64 = 86_400_000_000;

/// Days since 2000-01-01 of a date; year 0 is 1 BC.
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day is the last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 730_425
}

/// Year, month and day of a number of days since 2000-01-01.
pub fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 730_425;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = era * 400 + of_era;
    if month < 10 {
        (year, month + 3, day)
    } else {
        (year + 1, month - 9, day)
    }
}

/// Whether the year has a 29 February.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a month.
pub fn month_length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// 0 for Sunday.
pub(super) fn weekday(days: i64) -> usize {
    usize::try_from((days + 6).rem_euclid(7)).unwrap_or(0)
}

/// Whether the server's date type holds it: from Julian day 0 to the year 5874897.
pub fn is_date(days: i64) -> bool {
    (-EPOCH_JULIAN..2_147_483_494 - EPOCH_JULIAN).contains(&days)
}

/// Whether the server's timestamp types hold it: from 4714 BC to the year 294276.
pub fn is_timestamp(micros: i64) -> bool {
    (-211_813_488_000_000_000..9_223_371_331_200_000_000).contains(&micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_civil_are_inverse() {
        assert_eq!(days(2000, 1, 1), 0);
        assert_eq!(days(1970, 1, 1), -UNIX_TO_EPOCH_DAYS);
        assert_eq!(days(-4713, 11, 24), -EPOCH_JULIAN);
        assert_eq!(weekday(days(2024, 2, 29)), 4);
        for day in (-2_451_545..3_000_000).step_by(97) {
            let (year, month, of_month) = civil(day);
            assert_eq!(days(year, month, of_month), day);
        }
    }
}
