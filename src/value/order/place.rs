//! Where a constant of a predicate stands among the stored values of a column. The server compares it exactly:
//! `integer > 2.5` and `> 3000000000`, `varchar(3) < 'abcd'` and `numeric(4,2) <= 1.005` are no errors.

use super::{Code, Order, codes};
use crate::value::numeric::{self, Number};
use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError, datetime, float};

/// The place of a constant in the order of a column's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// It is this value.
    At(Canonical),
    /// It is no value of the column: before all values whose codes begin with this or come after it, and behind the others.
    Before(Code),
    /// Behind all.
    End,
    /// It is no value of the column, and has no place: it is only shown, or compared for equality and equal to none.
    Beside(Canonical),
}

impl DeclaredType {
    /// The place of a constant that was read as `read_as` among the values of this column.
    ///
    /// # Errors
    /// As for [`DeclaredType::compared`].
    pub fn placed(
        &self,
        order: Order,
        read_as: &DeclaredType,
        value: Canonical,
    ) -> Result<Place, ValueError> {
        if let (Kind::Timestamp { .. }, Kind::Date) = (&self.kind, &read_as.kind)
            && let Some(place) = beyond_timestamps(order, &value)?
        {
            return Ok(place);
        }
        match self.search(read_as, value.clone())? {
            Some(found) if order.code(&found).is_ok() => Ok(Place::At(found)),
            Some(_) | None => self.between(order, read_as, &value),
        }
    }

    /// The place of one that no stored value is equal to.
    fn between(
        &self,
        order: Order,
        read_as: &DeclaredType,
        value: &Canonical,
    ) -> Result<Place, ValueError> {
        let damaged = || ValueError::damaged(&read_as.name());
        let long = || codes::long(value.expose_plaintext()).map_err(|_| damaged());
        match order {
            Order::Int2 | Order::Int4 | Order::Int8 => {
                let number = number(read_as, value)?;
                Ok(beside_integers(order, &number))
            }
            Order::Numeric { precision, scale } => {
                let number = number(read_as, value)?;
                Ok(beside_numerics(&number, precision, scale))
            }
            Order::Float4 => {
                let given = float::open(value.expose_plaintext(), float::Width::Eight)
                    .map_err(|_| damaged())?;
                Ok(Place::Before(codes::narrow_float(next_float(given))))
            }
            Order::Date => {
                let days = datetime::timestamp_to_date(long()?)?;
                code(order, i64::from(days) + 1)
            }
            // More digits of a second than the column keeps.
            Order::Time | Order::Timestamp => code(order, long()?),
            Order::Text { max } => Ok(beside_texts(
                max,
                &self.kind,
                &read_as.kind,
                value.expose_plaintext(),
            )),
            // Every constant that is read for such a column is one of its values.
            Order::Float8 | Order::Uuid => Err(damaged()),
        }
    }
}

fn code(order: Order, number: i64) -> Result<Place, ValueError> {
    let code = match order {
        Order::Date => codes::signed(number, 32),
        Order::Time => codes::unsigned(number, 40),
        Order::Int2
        | Order::Int4
        | Order::Int8
        | Order::Float4
        | Order::Float8
        | Order::Numeric { .. }
        | Order::Timestamp
        | Order::Uuid
        | Order::Text { .. } => codes::signed(number, 64),
    };
    code.map(Place::Before)
        .map_err(super::NoOrder::to_value_error)
}

/// A date behind the last timestamp stands before infinity.
fn beyond_timestamps(order: Order, value: &Canonical) -> Result<Option<Place>, ValueError> {
    let days = codes::days(value.expose_plaintext()).map_err(super::NoOrder::to_value_error)?;
    let days = i32::try_from(days).map_err(|_| ValueError::damaged("date"))?;
    if datetime::date_to_timestamp(days).is_ok() {
        return Ok(None);
    }
    let bound = if days > 0 { i64::MAX } else { i64::MIN + 1 };
    code(order, bound).map(Some)
}

/// An integer, or a numeric, as a number.
fn number(read_as: &DeclaredType, value: &Canonical) -> Result<Number, ValueError> {
    let mut text = zeroize::Zeroizing::new(Vec::new());
    read_as.to_text(value, &Settings::default(), &mut text)?;
    let text = std::str::from_utf8(&text).map_err(|_| ValueError::damaged("numeric"))?;
    numeric::read_text(text, None)
}

fn beside_integers(order: Order, number: &Number) -> Place {
    let before = Place::Before(codes::empty());
    let decimal = match number {
        // To numeric NaN is the largest.
        Number::NaN | Number::Infinity { negative: false } => return Place::End,
        Number::Infinity { negative: true } => return before,
        Number::Finite(decimal) => decimal,
    };
    let (negative, digits) = codes::ceiling(decimal, 0);
    let magnitude = digits.iter().try_fold(0_i128, |sum, digit| {
        sum.checked_mul(10)?.checked_add(i128::from(*digit))
    });
    let whole = magnitude
        .map(|magnitude| if negative { -magnitude } else { magnitude })
        .and_then(|whole| i64::try_from(whole).ok());
    let width = match order {
        Order::Int2 => 16,
        Order::Int4 => 32,
        Order::Int8
        | Order::Float4
        | Order::Float8
        | Order::Numeric { .. }
        | Order::Date
        | Order::Time
        | Order::Timestamp
        | Order::Uuid
        | Order::Text { .. } => 64,
    };
    match whole.and_then(|whole| codes::signed(whole, width).ok()) {
        Some(code) => Place::Before(code),
        None if negative => before,
        None => Place::End,
    }
}

fn beside_numerics(number: &Number, precision: u16, scale: i16) -> Place {
    let largest = || Place::Before(codes::not_a_number(precision));
    match number {
        Number::NaN | Number::Infinity { negative: false } => largest(),
        Number::Infinity { negative: true } => Place::Before(codes::empty()),
        Number::Finite(decimal) => {
            let (negative, digits) = codes::ceiling(decimal, scale);
            match codes::digits_code(negative, &digits, precision) {
                Some(code) => Place::Before(code),
                None if negative => Place::Before(codes::empty()),
                None => largest(),
            }
        }
    }
}

/// The smallest float4 that is not below the value.
fn next_float(value: f64) -> f32 {
    let narrow = value as f32;
    if f64::from(narrow) < value {
        narrow.next_up()
    } else {
        narrow
    }
}

fn beside_texts(max: u32, own: &Kind, read: &Kind, value: &[u8]) -> Place {
    // Beside char(n) what is no text is compared without its trailing blanks.
    let stripped = matches!(own, Kind::Char { .. }) && *read != Kind::Text;
    let blanks = if stripped {
        value.iter().rev().take_while(|byte| **byte == b' ').count()
    } else {
        0
    };
    let value = value.get(..value.len() - blanks).unwrap_or(value);
    // A stored value is never longer: what follows decides nothing.
    let most = usize::try_from(max).unwrap_or(usize::MAX).saturating_mul(4);
    Place::Before(match value.split_at_checked(most) {
        Some((kept, rest)) if !rest.is_empty() => codes::behind_text(kept),
        Some(_) | None => codes::text(value),
    })
}
