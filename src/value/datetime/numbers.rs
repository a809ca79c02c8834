//! The numbers of a date or time: which of them is the day, and whether it can be.

use super::calendar;
use super::words::{self, Word};
use super::zone::Zone;
use super::{bad_format, overflow};
use crate::value::{DateOrder, ValueError};

/// What has been read so far, one bit each.
pub(super) mod bit {
    pub(in crate::value::datetime) const YEAR: u32 = 1;
    pub(in crate::value::datetime) const MONTH: u32 = 1 << 1;
    pub(in crate::value::datetime) const DAY: u32 = 1 << 2;
    pub(in crate::value::datetime) const DAY_OF_YEAR: u32 = 1 << 3;
    pub(in crate::value::datetime) const ZONE: u32 = 1 << 5;
    pub(in crate::value::datetime) const MERIDIAN: u32 = 1 << 6;
    pub(in crate::value::datetime) const ERA: u32 = 1 << 7;
    pub(in crate::value::datetime) const WEEKDAY: u32 = 1 << 8;
}
/// A whole date.
pub(super) const DATE: u32 = bit::YEAR | bit::MONTH | bit::DAY;
/// A time of day.
pub(super) const TIME: u32 = 1 << 4;

/// The zone that the text itself names.
pub(super) enum Zoned {
    No,
    /// Seconds east of UTC.
    East(i64),
    Named(Zone),
}

/// A date and time being read.
pub(super) struct Reading {
    pub(super) type_name: &'static str,
    order: DateOrder,
    pub(super) seen: u32,
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    day_of_year: i64,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    two_digits: bool,
    pub(super) bc: bool,
    pub(super) text_month: bool,
    /// AM is false, PM is true.
    pub(super) meridian: Option<bool>,
    pub(super) zone: Zoned,
}

impl Reading {
    pub(super) fn new(order: DateOrder, type_name: &'static str) -> Self {
        Reading {
            type_name,
            order,
            seen: 0,
            year: 0,
            month: 0,
            day: 0,
            day_of_year: 0,
            hour: 0,
            minute: 0,
            second: 0,
            micros: 0,
            two_digits: false,
            bc: false,
            text_month: false,
            meridian: None,
            zone: Zoned::No,
        }
    }

    fn bad(&self) -> ValueError {
        bad_format(self.type_name)
    }

    fn overflow(&self) -> ValueError {
        overflow(self.type_name)
    }

    /// Notes what a field has given; nothing may be given twice.
    pub(super) fn take(&mut self, before: u32, mask: u32) -> Result<(), ValueError> {
        if before & mask != 0 {
            return Err(self.bad());
        }
        self.seen = before | mask;
        Ok(())
    }

    /// Microseconds since midnight.
    pub(super) fn time_of_day(&self) -> i64 {
        ((self.hour * 60 + self.minute) * 60 + self.second) * 1_000_000 + self.micros
    }

    /// Later than 24:00:00.
    pub(super) fn past_midnight(&self) -> bool {
        // As a whole: 23:59:60 is midnight, and half a second later is not (`time_overflows`).
        self.time_of_day() > 24 * 3_600 * 1_000_000
    }

    /// 00:00:00.
    pub(super) fn midnight(&mut self) {
        (self.hour, self.minute, self.second, self.micros) = (0, 0, 0, 0);
    }

    /// A month in words; a number that was taken for the month before it was the day.
    pub(super) fn month_name(&mut self, month: i64) -> u32 {
        let number_was_day = self.seen & bit::MONTH != 0
            && !self.text_month
            && self.seen & bit::DAY == 0
            && (1..=31).contains(&self.month);
        let mask = if number_was_day {
            self.day = self.month;
            bit::DAY
        } else {
            bit::MONTH
        };
        self.text_month = true;
        self.month = month;
        mask
    }

    fn integer(&self, digits: &str) -> Result<i64, ValueError> {
        digits
            .parse::<i32>()
            .map(i64::from)
            .map_err(|_| self.overflow())
    }

    /// A fraction of a second, rounded half to even on the binary fraction as the server does.
    fn fraction(&self, digits: &str) -> Result<i64, ValueError> {
        if digits.is_empty() {
            return Err(ValueError::server_dependent("a time that ends in a point"));
        }
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.bad());
        }
        let fraction: f64 = format!("0.{digits}").parse().map_err(|_| self.bad())?;
        Ok((fraction * 1e6).round_ties_even() as i64)
    }

    /// `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fff`, and `mm:ss.fff`.
    pub(super) fn time(&mut self, text: &str) -> Result<(), ValueError> {
        let (clock, fraction) = match text.split_once('.') {
            Some((clock, fraction)) => (clock, Some(fraction)),
            None => (text, None),
        };
        let mut parts = Vec::new();
        for part in clock.split(':') {
            // An empty part reads as 0, as C's strtol has it.
            parts.push(if part.is_empty() {
                0
            } else {
                self.integer(part)?
            });
        }
        let micros = match fraction {
            Some(digits) => self.fraction(digits)?,
            None => 0,
        };
        (self.hour, self.minute, self.second) = match (parts.as_slice(), fraction) {
            ([minute, second], Some(_)) => (0, *minute, *second),
            ([hour, minute], None) => (*hour, *minute, 0),
            ([hour, minute, second], _) => (*hour, *minute, *second),
            _ => return Err(self.bad()),
        };
        self.micros = micros;
        let fits = self.minute <= 59 && self.second <= 60;
        if fits { Ok(()) } else { Err(self.overflow()) }
    }

    /// `+hh`, `+hhmm`, `+hh:mm`, `+hh:mm:ss`.
    pub(super) fn offset(&mut self, text: &str) -> Result<(), ValueError> {
        let displaced = || ValueError::new("22009", "time zone displacement out of range");
        let (sign, digits) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
            (Some(digits), _) => (1, digits),
            (None, Some(digits)) => (-1, digits),
            (None, None) => return Err(self.bad()),
        };
        let mut parts = Vec::new();
        for part in digits.split(':') {
            if !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(self.bad());
            }
            parts.push(if part.is_empty() {
                0
            } else {
                part.parse::<i32>()
                    .map(i64::from)
                    .map_err(|_| displaced())?
            });
        }
        let (hour, minute, second) = match parts.as_slice() {
            [together] if digits.len() > 2 => (together / 100, together % 100, 0),
            [hour] => (*hour, 0, 0),
            [hour, minute] => (*hour, *minute, 0),
            [hour, minute, second] => (*hour, *minute, *second),
            _ => return Err(self.bad()),
        };
        if hour > 15 || minute > 59 || second > 59 {
            return Err(displaced());
        }
        self.zone = Zoned::East(sign * ((hour * 60 + minute) * 60 + second));
        Ok(())
    }

    /// A date with delimiters: a month in words first, then the numbers.
    pub(super) fn date(&mut self, text: &str) -> Result<u32, ValueError> {
        let mut numbers = Vec::new();
        let mut found = 0;
        let mut text_month = false;
        for part in parts_of_date(text).ok_or_else(|| self.bad())? {
            if part.starts_with(|c: char| c.is_ascii_digit()) {
                numbers.push(part);
                continue;
            }
            match words::look_up(part) {
                Some(Word::Filler) => continue,
                Some(Word::Month(month)) => self.month = month,
                Some(Word::ServerOnly(what)) => return Err(ValueError::server_dependent(what)),
                _ => return Err(self.bad()),
            }
            if (self.seen | found) & bit::MONTH != 0 {
                return Err(self.bad());
            }
            text_month = true;
            found |= bit::MONTH;
        }
        for number in numbers {
            let before = self.seen | found;
            let mask = self.number(number, text_month, before)?;
            if before & mask != 0 {
                return Err(self.bad());
            }
            found |= mask;
        }
        if (self.seen | found) & !(bit::DAY_OF_YEAR | bit::ZONE) != DATE {
            return Err(self.bad());
        }
        Ok(found)
    }

    /// A plain number, in the light of what has been seen.
    pub(super) fn number(
        &mut self,
        text: &str,
        text_month: bool,
        seen: u32,
    ) -> Result<u32, ValueError> {
        let whole = text.split('.').next().unwrap_or(text);
        if whole.is_empty() {
            return Err(self.bad());
        }
        let value = self.integer(whole)?;
        if whole.len() < text.len() {
            if whole.len() > 2 {
                return self.run_together(text, seen | DATE);
            }
            // The server reads the fraction and then forgets it, or not, by version.
            return Err(ValueError::server_dependent(
                "a fraction of a day, month or year",
            ));
        }
        let length = text.len();
        if length == 3 && seen & DATE == bit::YEAR && (1..=366).contains(&value) {
            self.day_of_year = value;
            return Ok(bit::DAY_OF_YEAR | bit::MONTH | bit::DAY);
        }
        let year_first = length >= 3 || self.order == DateOrder::Ymd;
        let mask = match seen & DATE {
            0 if year_first => bit::YEAR,
            0 if self.order == DateOrder::Dmy => bit::DAY,
            0 => bit::MONTH,
            bit::MONTH if text_month && year_first => bit::YEAR,
            bit::MONTH => bit::DAY,
            bit::YEAR | bit::DAY => bit::MONTH,
            YEAR_MONTH => {
                if text_month && length >= 3 && self.two_digits {
                    // The number before was the day after all: DD-MON-YYYY.
                    self.day = self.year;
                    self.year = value;
                    self.two_digits = false;
                    return Ok(bit::DAY);
                }
                bit::DAY
            }
            MONTH_DAY => bit::YEAR,
            DATE => return self.run_together(text, seen),
            _ => return Err(self.bad()),
        };
        match mask {
            bit::YEAR => {
                self.year = value;
                self.two_digits = length <= 2;
            }
            bit::MONTH => self.month = value,
            _ => self.day = value,
        }
        Ok(mask)
    }

    /// `yyyymmdd`, `yymmdd`, `hhmmss`, `hhmm`, the times with a fraction.
    pub(super) fn run_together(&mut self, text: &str, seen: u32) -> Result<u32, ValueError> {
        let (digits, fraction) = match text.split_once('.') {
            Some((digits, fraction)) => (digits, Some(fraction)),
            None => (text, None),
        };
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(self.bad());
        }
        let part = |from: usize, to: usize| {
            digits
                .get(from..to)
                .and_then(|part| part.parse::<i64>().ok())
                .unwrap_or(0)
        };
        if fraction.is_none() && seen & DATE != DATE {
            let length = digits.len();
            if length == 8 || length == 6 {
                self.year = part(0, length - 4);
                self.month = part(length - 4, length - 2);
                self.day = part(length - 2, length);
                self.two_digits = self.two_digits || length == 6;
                return Ok(DATE);
            }
            if length > 6 {
                // Versions differ in whether a year may have more than four digits here.
                return Err(ValueError::server_dependent(
                    "a run-together date of this length",
                ));
            }
        }
        let micros = match fraction {
            Some(digits) => self.fraction(digits)?,
            None => 0,
        };
        if seen & TIME != TIME && matches!(digits.len(), 4 | 6) {
            self.hour = part(0, 2);
            self.minute = part(2, 4);
            self.second = if digits.len() == 6 { part(4, 6) } else { 0 };
            self.micros = micros;
            if self.hour > 24 || self.minute > 59 || self.second > 60 || self.past_midnight() {
                // Some versions carry the excess over to the next day.
                return Err(ValueError::server_dependent(
                    "a run-together time beyond 24:00:00",
                ));
            }
            return Ok(TIME);
        }
        Err(self.bad())
    }

    /// Settles the year, then checks that the day exists.
    pub(super) fn validate(&mut self) -> Result<(), ValueError> {
        if self.seen & bit::YEAR != 0 {
            if self.bc {
                if self.year <= 0 {
                    return Err(self.overflow());
                }
                self.year = 1 - self.year;
            } else if self.two_digits {
                self.year += match self.year {
                    ..70 => 2000,
                    70..100 => 1900,
                    _ => 0,
                };
            } else if self.year <= 0 {
                return Err(self.overflow());
            }
        }
        if self.seen & bit::DAY_OF_YEAR != 0 {
            let days = calendar::days(self.year, 1, 1) + self.day_of_year - 1;
            (self.year, self.month, self.day) = calendar::civil(days);
        }
        let bad_month = self.seen & bit::MONTH != 0 && !(1..=12).contains(&self.month);
        let bad_day = self.seen & bit::DAY != 0 && !(1..=31).contains(&self.day);
        let missing_day =
            self.seen & DATE == DATE && self.day > calendar::month_length(self.year, self.month);
        if bad_month || bad_day || missing_day {
            return Err(self.overflow());
        }
        Ok(())
    }

    /// Twelve-hour clock.
    pub(super) fn apply_meridian(&mut self) -> Result<(), ValueError> {
        match self.meridian {
            Some(_) if self.hour > 12 => return Err(self.overflow()),
            Some(false) if self.hour == 12 => self.hour = 0,
            Some(true) if self.hour != 12 => self.hour += 12,
            _ => {}
        }
        Ok(())
    }
}

const YEAR_MONTH: u32 = bit::YEAR | bit::MONTH;
const MONTH_DAY: u32 = bit::MONTH | bit::DAY;

/// Runs of digits and runs of letters; any other character divides, none may be the last.
fn parts_of_date(text: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let first = rest.chars().next()?;
        let end = rest
            .find(|c: char| {
                if first.is_ascii_digit() {
                    !c.is_ascii_digit()
                } else {
                    !c.is_ascii_alphabetic()
                }
            })
            .unwrap_or(rest.len());
        let (part, tail) = rest.split_at_checked(end)?;
        parts.push(part);
        // The server drops one character behind each part, whatever it is.
        let mut tail = tail.chars();
        tail.next();
        rest = tail.as_str();
    }
    Some(parts)
}
