//! Casts between types, as they are written out in SQL.

use super::numbers::{float, floated};
use super::{damaged, long, longed, written};
use crate::value::{Canonical, Decimal, DeclaredType, Kind, Number, Settings, ValueError, moment};

/// Whether a cast from one type to another is known here.
pub fn can_cast(from: &DeclaredType, to: &DeclaredType) -> bool {
    let whole = |kind: &Kind| matches!(kind, Kind::Int2 | Kind::Int4 | Kind::Int8);
    let number = |kind: &Kind| {
        whole(kind) || matches!(kind, Kind::Numeric { .. } | Kind::Float4 | Kind::Float8)
    };
    let text = |kind: &Kind| matches!(kind, Kind::Text | Kind::Varchar { .. } | Kind::Char { .. });
    let moment = |kind: &Kind| {
        matches!(
            kind,
            Kind::Date | Kind::Timestamp { .. } | Kind::Timestamptz { .. }
        )
    };
    let stamp = |kind: &Kind| matches!(kind, Kind::Timestamp { .. } | Kind::Timestamptz { .. });
    let simple = |kind: &Kind| {
        number(kind) || moment(kind) || matches!(kind, Kind::Bool | Kind::Uuid | Kind::Time { .. })
    };
    let (a, b) = (&from.kind, &to.kind);
    number(a) && number(b)
        || moment(a) && moment(b)
        || stamp(a) && matches!(b, Kind::Time { .. })
        || matches!((a, b), (Kind::Time { .. }, Kind::Time { .. }))
        || matches!((a, b), (Kind::Int4, Kind::Bool) | (Kind::Bool, Kind::Int4))
        || matches!((a, b), (Kind::Bool, Kind::Bool) | (Kind::Uuid, Kind::Uuid))
        || text(a) && text(b)
        || text(b) && (simple(a) || matches!(a, Kind::Inet | Kind::Enum(_)))
        // bpchar without a length keeps blanks at the end that count for nothing to a number's reader, as there.
        || text(a) && simple(b)
}

/// Whether every value of the one type has one of the other.
pub(super) fn is_total(from: &Kind, to: &Kind) -> bool {
    let text = |kind: &Kind| matches!(kind, Kind::Text | Kind::Varchar { .. } | Kind::Char { .. });
    let unbounded = matches!(
        to,
        Kind::Float8
            | Kind::Numeric {
                precision_scale: None
            }
    );
    match from {
        Kind::Int2 => unbounded || matches!(to, Kind::Int4 | Kind::Int8),
        Kind::Int4 => unbounded || matches!(to, Kind::Int8),
        Kind::Int8 => unbounded,
        own => text(own) && text(to),
    }
}

/// The value of one type as one of another.
pub(super) fn cast(
    value: Canonical,
    from: &DeclaredType,
    to: &DeclaredType,
    settings: &Settings,
) -> Result<Canonical, ValueError> {
    let out_of_range = || {
        ValueError::new(
            "22003",
            format!("{} out of range", to.without_modifier().name()),
        )
    };
    match (&from.kind, &to.kind) {
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int2 | Kind::Int4 | Kind::Int8) => {
            held(long(Some(&value))?, &to.kind)
                .map(longed)
                .ok_or_else(out_of_range)
        }
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Numeric { precision_scale }) => {
            let whole = Decimal::from_integer(long(Some(&value))?);
            Number::Finite(whole).under(*precision_scale)?.written()
        }
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Float8) => {
            Ok(floated(long(Some(&value))? as f64))
        }
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Float4) => {
            Ok(floated((long(Some(&value))? as f32).into()))
        }
        (Kind::Numeric { .. }, Kind::Int2 | Kind::Int4 | Kind::Int8) => {
            let number = Number::read(&value)?;
            let what = match number {
                Number::Finite(_) => {
                    let whole = number.to_integer().and_then(|own| held(own, &to.kind));
                    return whole.map(longed).ok_or_else(out_of_range);
                }
                Number::NaN => "NaN",
                Number::Infinity { .. } => "infinity",
            };
            let message = format!("cannot convert {what} to {}", to.name());
            Err(ValueError::new("0A000", message))
        }
        (Kind::Numeric { .. }, Kind::Numeric { precision_scale }) => {
            Number::read(&value)?.under(*precision_scale)?.written()
        }
        (Kind::Numeric { .. }, Kind::Float4 | Kind::Float8) => {
            to.from_text(Number::read(&value)?.text().as_bytes(), settings)
        }
        (Kind::Float4 | Kind::Float8, Kind::Int2 | Kind::Int4 | Kind::Int8) => {
            let whole = float(Some(&value))?.round_ties_even();
            // The ends of bigint as floats: the upper one is beyond it.
            let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&whole);
            let whole = fits.then_some(whole as i64);
            whole
                .and_then(|own| held(own, &to.kind))
                .map(longed)
                .ok_or_else(out_of_range)
        }
        (Kind::Float4 | Kind::Float8, Kind::Numeric { .. }) => {
            // By 15 or 6 digits, whatever the session shows.
            let digits = Settings {
                extra_float_digits: 0,
                ..settings.clone()
            };
            let text = written::output(&value, from, &digits)?;
            to.from_text(text.expose_plaintext(), settings)
        }
        (Kind::Float8, Kind::Float4) => {
            let wide = float(Some(&value))?;
            let narrow = wide as f32;
            if narrow.is_infinite() && wide.is_finite() {
                return Err(ValueError::new("22003", "value out of range: overflow"));
            }
            if narrow == 0.0 && wide != 0.0 {
                return Err(ValueError::new("22003", "value out of range: underflow"));
            }
            Ok(floated(narrow.into()))
        }
        (Kind::Float4 | Kind::Float8, Kind::Float4 | Kind::Float8)
        | (Kind::Bool, Kind::Bool)
        | (Kind::Uuid, Kind::Uuid) => Ok(value),
        (Kind::Int4, Kind::Bool) => Ok(super::boolean(long(Some(&value))? != 0)),
        (Kind::Bool, Kind::Int4) => Ok(longed((value.expose_plaintext() == [1]).into())),
        (Kind::Date | Kind::Timestamp { .. } | Kind::Timestamptz { .. }, Kind::Date) => {
            match from.kind {
                Kind::Date => Ok(value),
                _ => {
                    let days = moment::date_of(local(&value, from, settings)?)?;
                    Ok(Canonical::new(days.to_be_bytes().to_vec()))
                }
            }
        }
        (
            Kind::Date | Kind::Timestamp { .. } | Kind::Timestamptz { .. },
            Kind::Timestamp { precision },
        ) => moment::rounded(local(&value, from, settings)?, *precision).map(longed),
        (Kind::Timestamptz { .. }, Kind::Timestamptz { precision }) => {
            moment::rounded(long(Some(&value))?, *precision).map(longed)
        }
        (Kind::Date | Kind::Timestamp { .. }, Kind::Timestamptz { precision }) => {
            let instant = moment::instant(local(&value, from, settings)?, settings)?;
            moment::rounded(instant, *precision).map(longed)
        }
        (Kind::Timestamp { .. } | Kind::Timestamptz { .. }, Kind::Time { .. }) => {
            let local = local(&value, from, settings)?;
            if matches!(local, i64::MIN | i64::MAX) {
                // The server gives NULL, and says so in the type of the function alone.
                return Err(left());
            }
            to.from_binary(0, &moment::time_of(local).to_be_bytes())
        }
        (Kind::Time { .. }, Kind::Time { .. }) => to.from_binary(0, value.expose_plaintext()),
        (_, Kind::Text | Kind::Varchar { .. } | Kind::Char { .. }) => {
            let text = written::cast(&value, from, settings)?;
            let text = std::str::from_utf8(text.expose_plaintext()).map_err(|_| damaged())?;
            let most = match to.kind {
                Kind::Varchar { max } => max,
                Kind::Char { length } => Some(length).filter(|length| *length > 0),
                _ => None,
            };
            let most = most.map_or(usize::MAX, |most| {
                usize::try_from(most).unwrap_or(usize::MAX)
            });
            let kept: String = text.chars().take(most).collect();
            let padded = matches!(to.kind, Kind::Char { length } if length > 0);
            let kept = if padded {
                kept.trim_end_matches(' ')
            } else {
                &kept
            };
            Ok(Canonical::new(kept.as_bytes().to_vec()))
        }
        (Kind::Text | Kind::Varchar { .. } | Kind::Char { .. }, _) => {
            to.from_text(value.expose_plaintext(), settings)
        }
        _ => Err(left()),
    }
}

fn left() -> ValueError {
    ValueError::new("0A000", "a cast that is left to the server")
}

fn held(value: i64, kind: &Kind) -> Option<i64> {
    let holds = match kind {
        Kind::Int2 => i16::try_from(value).is_ok(),
        Kind::Int4 => i32::try_from(value).is_ok(),
        Kind::Int8 => true,
        _ => false,
    };
    holds.then_some(value)
}

/// A date's or timestamp's moment on the session's clock.
pub(super) fn local(
    value: &Canonical,
    declared: &DeclaredType,
    settings: &Settings,
) -> Result<i64, ValueError> {
    match declared.kind {
        Kind::Date => moment::of_date(date(value)?),
        Kind::Timestamp { .. } => long(Some(value)),
        Kind::Timestamptz { .. } => moment::local(long(Some(value))?, settings),
        _ => Err(damaged()),
    }
}

/// A date's days.
pub(super) fn date(value: &Canonical) -> Result<i32, ValueError> {
    let bytes = value.expose_plaintext().try_into();
    bytes.map(i32::from_be_bytes).map_err(|_| damaged())
}
