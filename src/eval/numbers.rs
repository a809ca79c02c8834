//! Functions and operators of numbers, as the server has them (`int.c`, `int8.c`, `numeric.c`, `float.c`).

use super::{damaged, long, longed};
use crate::value::{Canonical, Number, ValueError};

/// What is calculated, and in numbers of which type: all arguments are of it, but for places to round to, which are
/// integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calculation {
    /// What.
    pub operation: Operation,
    /// In which numbers.
    pub class: Class,
}

/// The numbers that are calculated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// smallint, integer, bigint.
    Whole(Width),
    /// numeric.
    Exact,
    /// real.
    Single,
    /// double precision.
    Double,
}

/// Which integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "bytes")]
pub enum Width {
    Two,
    Four,
    Eight,
}

/// What is done with numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Operation {
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Negate,
    Absolute,
    Sign,
    /// `round`.
    Round,
    /// `trunc`.
    Cut,
    /// `ceil`.
    Up,
    /// `floor`.
    Down,
}

impl Calculation {
    /// The result for these arguments.
    pub(super) fn of(self, values: &[Canonical]) -> Result<Canonical, ValueError> {
        let (first, second) = (values.first(), values.get(1));
        match self.class {
            Class::Whole(width) => {
                let other = second.map(|value| long(Some(value))).transpose()?;
                whole(self.operation, width, long(first)?, other).map(longed)
            }
            Class::Exact => {
                let read = |value: Option<&Canonical>| Number::read(value.ok_or_else(damaged)?);
                exact(
                    self.operation,
                    &read(first)?,
                    || read(second),
                    || second.map_or(Ok(0), |value| long(Some(value))),
                )?
                .written()
            }
            Class::Single => {
                let narrow = |value: Option<&Canonical>| Ok(float(value)? as f32);
                let result = single(self.operation, narrow(first)?, || narrow(second))?;
                Ok(floated(result.into()))
            }
            Class::Double => {
                let result = double(self.operation, float(first)?, || float(second))?;
                Ok(floated(result))
            }
        }
    }
}

fn by_zero() -> ValueError {
    ValueError::new("22012", "division by zero")
}

fn unknown() -> ValueError {
    ValueError::new("0A000", "a calculation that is left to the server")
}

fn whole(
    operation: Operation,
    width: Width,
    own: i64,
    other: Option<i64>,
) -> Result<i64, ValueError> {
    let other = || other.ok_or_else(damaged);
    let result = match operation {
        Operation::Plus => own.checked_add(other()?),
        Operation::Minus => own.checked_sub(other()?),
        Operation::Times => own.checked_mul(other()?),
        Operation::Divide | Operation::Modulo if other()? == 0 => return Err(by_zero()),
        Operation::Divide => own.checked_div(other()?),
        // The smallest number by -1 leaves nothing.
        Operation::Modulo => Some(own.checked_rem(other()?).unwrap_or(0)),
        Operation::Negate => own.checked_neg(),
        Operation::Absolute => own.checked_abs(),
        Operation::Sign | Operation::Round | Operation::Cut | Operation::Up | Operation::Down => {
            return Err(unknown());
        }
    };
    let (name, fits) = match width {
        Width::Two => (
            "smallint",
            result.is_some_and(|own| i16::try_from(own).is_ok()),
        ),
        Width::Four => (
            "integer",
            result.is_some_and(|own| i32::try_from(own).is_ok()),
        ),
        Width::Eight => ("bigint", result.is_some()),
    };
    result
        .filter(|_| fits)
        .ok_or_else(|| ValueError::new("22003", format!("{name} out of range")))
}

fn exact(
    operation: Operation,
    own: &Number,
    other: impl FnOnce() -> Result<Number, ValueError>,
    places: impl FnOnce() -> Result<i64, ValueError>,
) -> Result<Number, ValueError> {
    match operation {
        Operation::Plus => own.plus(&other()?),
        Operation::Minus => own.minus(&other()?),
        Operation::Times => own.times(&other()?),
        Operation::Divide => own.divided(&other()?),
        Operation::Modulo => own.modulo(&other()?),
        Operation::Negate => Ok(own.negated()),
        Operation::Absolute if own.is_negative() => Ok(own.negated()),
        Operation::Absolute => Ok(own.clone()),
        Operation::Sign => Ok(own.sign()),
        Operation::Round => Ok(own.rounded(near(places()?)?)),
        Operation::Cut => Ok(own.cut(near(places()?)?)),
        Operation::Up => Ok(own.whole(true)),
        Operation::Down => Ok(own.whole(false)),
    }
}

/// Places that all versions of the server round to alike: some go no further.
fn near(places: i64) -> Result<i64, ValueError> {
    if places.unsigned_abs() <= 2_000 {
        Ok(places)
    } else {
        Err(unknown())
    }
}

fn overflow() -> ValueError {
    ValueError::new("22003", "value out of range: overflow")
}

fn underflow() -> ValueError {
    ValueError::new("22003", "value out of range: underflow")
}

fn double(
    operation: Operation,
    own: f64,
    other: impl FnOnce() -> Result<f64, ValueError>,
) -> Result<f64, ValueError> {
    match operation {
        Operation::Plus | Operation::Minus => {
            let other = other()?;
            let result = match operation {
                Operation::Plus => own + other,
                _ => own - other,
            };
            let lost = result.is_infinite() && !own.is_infinite() && !other.is_infinite();
            if lost { Err(overflow()) } else { Ok(result) }
        }
        Operation::Times => {
            let other = other()?;
            let result = own * other;
            if result.is_infinite() && !own.is_infinite() && !other.is_infinite() {
                return Err(overflow());
            }
            if result == 0.0 && own != 0.0 && other != 0.0 {
                return Err(underflow());
            }
            Ok(result)
        }
        Operation::Divide => {
            let other = other()?;
            if other == 0.0 && !own.is_nan() {
                return Err(by_zero());
            }
            let result = own / other;
            if result.is_infinite() && !own.is_infinite() {
                return Err(overflow());
            }
            if result == 0.0 && own != 0.0 && !other.is_infinite() {
                return Err(underflow());
            }
            Ok(result)
        }
        Operation::Negate => Ok(-own),
        Operation::Absolute => Ok(own.abs()),
        Operation::Sign if own > 0.0 => Ok(1.0),
        Operation::Sign if own < 0.0 => Ok(-1.0),
        Operation::Sign => Ok(0.0),
        Operation::Round => Ok(own.round_ties_even()),
        Operation::Cut => Ok(own.trunc()),
        Operation::Up => Ok(own.ceil()),
        Operation::Down => Ok(own.floor()),
        Operation::Modulo => Err(unknown()),
    }
}

fn single(
    operation: Operation,
    own: f32,
    other: impl FnOnce() -> Result<f32, ValueError>,
) -> Result<f32, ValueError> {
    match operation {
        Operation::Plus | Operation::Minus | Operation::Times | Operation::Divide => {
            let other = other()?;
            let result = match operation {
                Operation::Plus => own + other,
                Operation::Minus => own - other,
                Operation::Times => own * other,
                _ if other == 0.0 && !own.is_nan() => return Err(by_zero()),
                _ => own / other,
            };
            let (product, quotient) = (
                operation == Operation::Times,
                operation == Operation::Divide,
            );
            if result.is_infinite() && !own.is_infinite() && (quotient || !other.is_infinite()) {
                return Err(overflow());
            }
            let lost = result == 0.0 && own != 0.0;
            if lost && (product && other != 0.0 || quotient && !other.is_infinite()) {
                return Err(underflow());
            }
            Ok(result)
        }
        Operation::Negate => Ok(-own),
        Operation::Absolute => Ok(own.abs()),
        Operation::Modulo
        | Operation::Sign
        | Operation::Round
        | Operation::Cut
        | Operation::Up
        | Operation::Down => Err(unknown()),
    }
}

/// A number of either float type.
pub(super) fn float(value: Option<&Canonical>) -> Result<f64, ValueError> {
    let bytes = value.ok_or_else(damaged)?.expose_plaintext().try_into();
    bytes.map(f64::from_be_bytes).map_err(|_| damaged())
}

/// Its canonical form; what is computed may be below zero and zero, or a NaN with a sign, as in the server.
pub(super) fn floated(value: f64) -> Canonical {
    Canonical::new(value.to_be_bytes().to_vec())
}
