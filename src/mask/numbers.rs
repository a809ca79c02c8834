//! Masks of numbers: cut down to a multiple of a step.

use crate::value::{Canonical, Decimal, DeclaredType, Kind, Settings, ValueError};

/// Whether the step is a number above zero that suits the type.
pub(super) fn check_step(declared: &DeclaredType, step: &str) -> Result<(), String> {
    let whole = match declared.kind {
        Kind::Int2 | Kind::Int4 | Kind::Int8 => true,
        Kind::Float4 | Kind::Float8 | Kind::Numeric { .. } => false,
        _ => {
            let name = declared.name();
            return Err(format!(
                "bucket needs a number, and the column is of type {name}"
            ));
        }
    };
    match parse_step(step) {
        None => Err("the step of a bucket is a number above zero, such as \"1000\"".to_owned()),
        Some(_) if whole && step.parse::<i64>().is_err() => {
            Err("the step of a bucket over integers is a whole number".to_owned())
        }
        Some(_) => Ok(()),
    }
}

/// A number above zero.
pub(super) fn parse_step(step: &str) -> Option<Decimal> {
    Decimal::parse(step).filter(|step| !step.is_negative() && !step.is_zero())
}

/// The largest multiple of the step that is not above the value. What has none in the type (NaN,
/// infinity, the very ends of the range) becomes NULL.
pub(super) fn bucket(
    declared: &DeclaredType,
    value: &Canonical,
    step: &str,
) -> Result<Option<Canonical>, ValueError> {
    let mut text = Vec::new();
    declared.to_text(value, &Settings::default(), &mut text)?;
    let number = std::str::from_utf8(&text).ok().and_then(Decimal::parse);
    let floor = match (number, parse_step(step)) {
        (Some(number), Some(step)) => number.floor_to(&step),
        _ => None,
    };
    Ok(floor.and_then(|floor| {
        declared
            .from_text(floor.to_text().as_bytes(), &Settings::default())
            .ok()
    }))
}
