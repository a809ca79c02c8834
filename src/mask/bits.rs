//! How much a mask leaves unknown, generously counted: what real values leave is less.

use super::{characters, numbers};
use crate::value::{DeclaredType, Kind};

/// Printable ASCII.
const BITS_PER_CHARACTER: f64 = 6.57;
/// A century and a half of days.
const BITS_OF_A_DATE: f64 = 15.8;
/// Microseconds of a day.
const BITS_OF_A_DAY: f64 = 36.3;

/// Of a value of which nothing is shown.
pub(super) fn whole(declared: &DeclaredType) -> Option<f64> {
    match &declared.kind {
        Kind::Bool => Some(1.0),
        Kind::Int2 => Some(16.0),
        Kind::Int4 | Kind::Float4 => Some(32.0),
        Kind::Int8 | Kind::Float8 => Some(64.0),
        Kind::Numeric {
            precision_scale: Some((precision, _)),
        } => Some(f64::from(*precision) * 10_f64.log2()),
        Kind::Date => Some(BITS_OF_A_DATE),
        Kind::Time { .. } => Some(BITS_OF_A_DAY),
        Kind::Timestamp { .. } | Kind::Timestamptz { .. } => Some(BITS_OF_A_DATE + BITS_OF_A_DAY),
        Kind::Uuid => Some(122.0),
        // IPv4: most addresses are.
        Kind::Inet => Some(32.0),
        Kind::Enum(labels) => Some(count(labels.labels.len()).max(1.0).log2()),
        Kind::Varchar { .. } | Kind::Char { .. } => characters(declared, 0),
        Kind::Text
        | Kind::Citext
        | Kind::Numeric {
            precision_scale: None,
        }
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Array(_) => None,
    }
}

/// Of a text of which some characters are shown.
pub(super) fn characters(declared: &DeclaredType, shown: usize) -> Option<f64> {
    let hidden = characters::limit(declared)?.saturating_sub(shown);
    Some(count(hidden) * BITS_PER_CHARACTER)
}

/// Of a date or timestamp of which all but so many days are shown.
pub(super) fn days(declared: &DeclaredType, days: f64) -> Option<f64> {
    match declared.kind {
        Kind::Date => Some(days.log2()),
        Kind::Timestamp { .. } | Kind::Timestamptz { .. } => Some(days.log2() + BITS_OF_A_DAY),
        _ => None,
    }
}

/// Of a number of which the bucket is shown.
pub(super) fn bucket(declared: &DeclaredType, step: &str) -> Option<f64> {
    let step: f64 = numbers::parse_step(step)?.to_text().parse().ok()?;
    match declared.kind {
        Kind::Int2 | Kind::Int4 | Kind::Int8 => Some(step.log2()),
        Kind::Numeric {
            precision_scale: Some((_, scale)),
        } => Some((step * 10_f64.powi(scale.into())).max(1.0).log2()),
        _ => None,
    }
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}
