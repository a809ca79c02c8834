//! The server's order of values of one type, as its btree comparison functions have it. Texts are compared by
//! their bytes: whether their collation does so too is for the caller to know.

use std::cmp::Ordering;

use super::numeric::{self, Number};
use super::{Canonical, DeclaredType, Kind, ValueError, enums, float, scan};

impl DeclaredType {
    /// Whether the order of its values is known here. jsonb and arrays have one in the server that is not; json
    /// has none at all; citext is ordered by folded text.
    pub fn is_sorted(&self) -> bool {
        match &self.kind {
            Kind::Text
            | Kind::Varchar { .. }
            | Kind::Char { .. }
            | Kind::Int2
            | Kind::Int4
            | Kind::Int8
            | Kind::Numeric { .. }
            | Kind::Float4
            | Kind::Float8
            | Kind::Bool
            | Kind::Date
            | Kind::Time { .. }
            | Kind::Timestamp { .. }
            | Kind::Timestamptz { .. }
            | Kind::Uuid
            | Kind::Bytea
            | Kind::Inet
            | Kind::Enum(_) => true,
            Kind::Json | Kind::Jsonb | Kind::Citext | Kind::Array(_) => false,
        }
    }

    /// Whether a collation decides about the order of its values.
    pub fn is_collated(&self) -> bool {
        matches!(
            self.kind,
            Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext
        )
    }

    /// Which of two values comes first.
    ///
    /// # Errors
    /// XX001 where the canonical bytes are not of this type, 42883 where the order is not known.
    pub fn compare(&self, one: &Canonical, other: &Canonical) -> Result<Ordering, ValueError> {
        let (a, b) = (one.expose_plaintext(), other.expose_plaintext());
        let damaged = || ValueError::damaged(&self.name());
        let eight = |bytes: &[u8]| scan::fixed(bytes, damaged).map(i64::from_be_bytes);
        Ok(match &self.kind {
            Kind::Text | Kind::Varchar { .. } | Kind::Uuid | Kind::Bytea => a.cmp(b),
            // Blanks at the end count for nothing (`bpcharcmp`).
            Kind::Char { .. } => unpadded(a).cmp(unpadded(b)),
            Kind::Bool => a.cmp(b),
            Kind::Int2
            | Kind::Int4
            | Kind::Int8
            | Kind::Time { .. }
            | Kind::Timestamp { .. }
            | Kind::Timestamptz { .. } => eight(a)?.cmp(&eight(b)?),
            Kind::Date => {
                let days = |bytes: &[u8]| scan::fixed(bytes, damaged).map(i32::from_be_bytes);
                days(a)?.cmp(&days(b)?)
            }
            Kind::Float4 | Kind::Float8 => {
                let width = match self.kind {
                    Kind::Float4 => float::Width::Four,
                    _ => float::Width::Eight,
                };
                floats(float::open(a, width)?, float::open(b, width)?)
            }
            Kind::Numeric { .. } => numbers(&numeric::open(a)?, &numeric::open(b)?),
            Kind::Inet => networks(a, b).ok_or_else(damaged)?,
            Kind::Enum(labels) => enums::place(a, labels)?.cmp(&enums::place(b, labels)?),
            Kind::Json | Kind::Jsonb | Kind::Citext | Kind::Array(_) => {
                return Err(ValueError::new(
                    "42883",
                    format!("the order of values of type {} is not known", self.name()),
                ));
            }
        })
    }
}

fn unpadded(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().rev().take_while(|byte| **byte == b' ').count();
    bytes.get(..bytes.len() - blanks).unwrap_or(bytes)
}

/// NaN is equal to itself and comes last (`float8_cmp_internal`).
fn floats(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b)
        .unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// Likewise, infinities before it (`cmp_numerics`).
fn numbers(a: &Number, b: &Number) -> Ordering {
    let rank = |number: &Number| match number {
        Number::Infinity { negative: true } => 0,
        Number::Finite(_) => 1,
        Number::Infinity { negative: false } => 2,
        Number::NaN => 3,
    };
    match (a, b) {
        (Number::Finite(a), Number::Finite(b)) => a.compare(b),
        _ => rank(a).cmp(&rank(b)),
    }
}

/// The network's own bits first, then how many they are, then the host's (`network_cmp_internal`).
fn networks(a: &[u8], b: &[u8]) -> Option<Ordering> {
    let ([family, bits, _, _, address @ ..], [other_family, other_bits, _, _, other @ ..]) = (a, b)
    else {
        return None;
    };
    let common = usize::from(*bits.min(other_bits));
    let prefix = |address: &[u8]| -> Vec<u8> {
        let mut kept: Vec<u8> = address.iter().copied().take(common.div_ceil(8)).collect();
        if let (Some(last), rest @ 1..) = (kept.last_mut(), common % 8) {
            *last &= 0xff << (8 - rest);
        }
        kept
    };
    Some(
        family
            .cmp(other_family)
            .then_with(|| prefix(address).cmp(&prefix(other)))
            .then_with(|| bits.cmp(other_bits))
            .then_with(|| address.cmp(other)),
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::value::Settings;

    #[test]
    fn values_are_sorted_as_the_server_sorts_them() {
        // Each list is what ORDER BY gives on a server, in the C collation.
        for (name, list) in [
            ("text", &["", "A", "a", "a ", "aB", "b", "ä", "日"][..]),
            ("char(3)", &["", "A", "a", "ab"]),
            ("integer", &["-2147483648", "-1", "0", "2", "10"]),
            (
                "bigint",
                &["-9223372036854775808", "0", "9223372036854775807"],
            ),
            (
                "numeric",
                &[
                    "-Infinity",
                    "-10",
                    "-9.5",
                    "0",
                    "0.10",
                    "2",
                    "10",
                    "Infinity",
                    "NaN",
                ],
            ),
            (
                "real",
                &["-Infinity", "-1.5", "0", "0.1", "Infinity", "NaN"],
            ),
            ("boolean", &["f", "t"]),
            (
                "date",
                &[
                    "-infinity",
                    "0044-03-15 BC",
                    "1999-12-31",
                    "2000-01-01",
                    "infinity",
                ],
            ),
            ("time", &["00:00:00", "12:00:00", "24:00:00"]),
            (
                "timestamp",
                &[
                    "-infinity",
                    "2000-01-01",
                    "2000-01-01 00:00:00.000001",
                    "infinity",
                ],
            ),
            (
                "uuid",
                &[
                    "00000000-0000-0000-0000-000000000001",
                    "10000000-0000-0000-0000-000000000000",
                ],
            ),
            ("bytea", &["\\x", "\\x00", "\\x0001", "\\x01"]),
            (
                "inet",
                &[
                    "10.0.0.0/8",
                    "10.0.0.1/8",
                    "10.0.0.0",
                    "10.0.0.1",
                    "192.168.1.5/24",
                    "::1",
                ],
            ),
        ] {
            let declared = DeclaredType::parse_name(name).unwrap();
            let settings = Settings::default();
            let values: Vec<Canonical> = list
                .iter()
                .map(|text| declared.from_text(text.as_bytes(), &settings).unwrap())
                .collect();
            for (at, one) in values.iter().enumerate() {
                for (other_at, other) in values.iter().enumerate() {
                    let found = declared.compare(one, other).unwrap();
                    assert_eq!(found, at.cmp(&other_at), "{name} {at} {other_at}");
                }
            }
        }
    }
}
