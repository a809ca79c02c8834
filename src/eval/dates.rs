//! Parts of dates and of timestamps without a zone (`extract_date`, `timestamp_part_common`).

use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError, calendar};

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum Part {
    Year,
    Quarter,
    Month,
    Day,
    Dow,
    Doy,
}

impl Part {
    /// The part of this name.
    pub fn named(name: &str) -> Option<Part> {
        Some(match name {
            "year" => Part::Year,
            "quarter" => Part::Quarter,
            "month" => Part::Month,
            "day" => Part::Day,
            "dow" => Part::Dow,
            "doy" => Part::Doy,
            _ => return None,
        })
    }

    /// The part of a value, in the canonical form of the type that the result has.
    pub(super) fn of(
        self,
        value: &Canonical,
        result: &DeclaredType,
    ) -> Result<Option<Canonical>, ValueError> {
        let damaged = || ValueError::new("XX001", "a value is no date");
        let bytes = value.expose_plaintext();
        let (days, infinite) = match *bytes {
            [a, b, c, d] => {
                let days = i32::from_be_bytes([a, b, c, d]);
                (i64::from(days), matches!(days, i32::MIN | i32::MAX))
            }
            _ => {
                let micros = bytes
                    .try_into()
                    .map(i64::from_be_bytes)
                    .map_err(|_| damaged())?;
                (
                    micros.div_euclid(calendar::DAY),
                    matches!(micros, i64::MIN | i64::MAX),
                )
            }
        };
        if infinite {
            // What goes round and round has no value; what grows is without end.
            return match self {
                Part::Year if days < 0 => number("-Infinity", result).map(Some),
                Part::Year => number("Infinity", result).map(Some),
                Part::Quarter | Part::Month | Part::Day | Part::Dow | Part::Doy => Ok(None),
            };
        }
        let (year, month, day) = calendar::civil(days);
        let part = match self {
            // There is no year 0: what the calendar calls so is 1 BC, -1.
            Part::Year if year <= 0 => year - 1,
            Part::Year => year,
            Part::Quarter => (month - 1) / 3 + 1,
            Part::Month => month,
            Part::Day => day,
            Part::Dow => (days + 6).rem_euclid(7),
            Part::Doy => days - calendar::days(year, 1, 1) + 1,
        };
        number(&part.to_string(), result).map(Some)
    }
}

fn number(text: &str, result: &DeclaredType) -> Result<Canonical, ValueError> {
    result.from_text(text.as_bytes(), &Settings::default())
}

/// A value as its type's output, or as a cast to text, writes it.
pub(super) fn written(
    value: &Canonical,
    declared: &DeclaredType,
    settings: &Settings,
) -> Result<Canonical, ValueError> {
    match declared.kind {
        // char(n) loses its blanks in a cast, and boolean is written out.
        Kind::Char { .. } => Ok(value.clone()),
        Kind::Bool => {
            let truth = value.expose_plaintext() == [1];
            let text = if truth { "true" } else { "false" };
            Ok(Canonical::new(text.as_bytes().to_vec()))
        }
        _ => {
            let mut out = Vec::new();
            declared.to_text(value, settings, &mut out)?;
            Ok(Canonical::new(out))
        }
    }
}
