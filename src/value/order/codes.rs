//! The bits of each kind of value, most significant first. Frozen.

use zeroize::Zeroizing;

use super::{Code, NoOrder};
use crate::value::numeric::{self, Decimal, Number};

/// What two bits say before a numeric's digits.
const NEGATIVE: u64 = 0;
const POSITIVE: u64 = 1;
const NAN: u64 = 2;

/// Bits being collected, in a buffer that is not moved while it fills.
struct Bits(Zeroizing<Vec<u8>>);

impl Bits {
    fn with_room(bits: usize) -> Self {
        Bits(Zeroizing::new(Vec::with_capacity(bits)))
    }

    fn push(&mut self, value: u64, count: u32) {
        for at in (0..count).rev() {
            self.0
                .push(u8::from(value.checked_shr(at).unwrap_or(0) & 1 == 1));
        }
    }

    fn done(self) -> Code {
        Code(self.0)
    }
}

pub(super) fn long(bytes: &[u8]) -> Result<i64, NoOrder> {
    let bytes = bytes.try_into().map_err(|_| NoOrder::Damaged)?;
    Ok(i64::from_be_bytes(bytes))
}

pub(super) fn days(bytes: &[u8]) -> Result<i64, NoOrder> {
    let bytes = bytes.try_into().map_err(|_| NoOrder::Damaged)?;
    Ok(i32::from_be_bytes(bytes).into())
}

pub(super) fn float(bytes: &[u8]) -> Result<f64, NoOrder> {
    let bytes = bytes.try_into().map_err(|_| NoOrder::Damaged)?;
    Ok(f64::from_be_bytes(bytes))
}

/// Nothing before it: what stands before all values.
pub(super) fn empty() -> Code {
    Bits::with_room(0).done()
}

/// A signed number of a width: the smallest as zero.
pub(super) fn signed(value: i64, width: u32) -> Result<Code, NoOrder> {
    let half = 1_i128 << (width - 1);
    let shifted = i128::from(value) + half;
    let shifted = u64::try_from(shifted).map_err(|_| NoOrder::Damaged)?;
    fitted(shifted, width)
}

/// A number from zero up.
pub(super) fn unsigned(value: i64, width: u32) -> Result<Code, NoOrder> {
    fitted(u64::try_from(value).map_err(|_| NoOrder::Damaged)?, width)
}

fn fitted(value: u64, width: u32) -> Result<Code, NoOrder> {
    if value.checked_shr(width).unwrap_or(0) != 0 {
        return Err(NoOrder::Damaged);
    }
    let mut bits = Bits::with_room(width as usize);
    bits.push(value, width);
    Ok(bits.done())
}

pub(super) fn bits_of(bytes: &[u8]) -> Code {
    let mut bits = Bits::with_room(bytes.len().saturating_mul(8));
    for byte in bytes {
        bits.push(u64::from(*byte), 8);
    }
    bits.done()
}

/// IEEE 754 turned so that it compares like an unsigned number; NaN, of which the canonical form knows one, is the largest.
pub(super) fn float8(value: f64) -> Result<Code, NoOrder> {
    let raw = value.to_bits();
    let turned = if raw >> 63 == 1 { !raw } else { raw | 1 << 63 };
    fitted(turned, 64)
}

/// The same of a float8 that is a float4.
pub(super) fn float4(value: f64) -> Result<Code, NoOrder> {
    let narrow = if value.is_nan() {
        f32::NAN
    } else {
        value as f32
    };
    if !value.is_nan() && f64::from(narrow) != value {
        return Err(NoOrder::Damaged);
    }
    Ok(narrow_float(narrow))
}

pub(super) fn narrow_float(value: f32) -> Code {
    let raw = if value.is_nan() {
        0x7fc0_0000
    } else {
        value.to_bits()
    };
    let turned = if raw >> 31 == 1 { !raw } else { raw | 1 << 31 };
    let mut bits = Bits::with_room(32);
    bits.push(turned.into(), 32);
    bits.done()
}

/// Nine bits a byte: that one follows, and it; at last that none does.
pub(super) fn text(bytes: &[u8]) -> Code {
    let mut bits = Bits::with_room(bytes.len().saturating_mul(9).saturating_add(1));
    for byte in bytes {
        bits.push(0x100 | u64::from(*byte), 9);
    }
    bits.push(0, 1);
    bits.done()
}

/// Before whatever begins with the bytes and is longer, and behind the bytes themselves.
pub(super) fn behind_text(bytes: &[u8]) -> Code {
    let mut bits = Bits::with_room(bytes.len().saturating_mul(9).saturating_add(1));
    for byte in bytes {
        bits.push(0x100 | u64::from(*byte), 9);
    }
    bits.push(1, 1);
    bits.done()
}

/// Bits of so many decimal digits, three of them in ten bits; those that are left over come first.
pub(super) fn numeric_width(precision: u16) -> usize {
    let left = match precision % 3 {
        1 => 4,
        2 => 7,
        _ => 0,
    };
    2 + left + usize::from(precision / 3) * 10
}

/// A numeric(p,s) as its p digits without the point. NaN is the largest.
pub(super) fn numeric(bytes: &[u8], precision: u16, scale: i16) -> Result<Code, NoOrder> {
    match numeric::open(bytes).map_err(|_| NoOrder::Damaged)? {
        Number::NaN => Ok(not_a_number(precision)),
        Number::Infinity { .. } => Err(NoOrder::Damaged),
        Number::Finite(decimal) => {
            let (digits, exact) = decimal.shifted(scale);
            if !exact {
                return Err(NoOrder::Damaged);
            }
            digits_code(decimal.is_negative(), &digits, precision).ok_or(NoOrder::Damaged)
        }
    }
}

pub(super) fn not_a_number(precision: u16) -> Code {
    let width = numeric_width(precision);
    let mut bits = Bits::with_room(width);
    bits.push(NAN, 2);
    for _ in 2..width {
        bits.push(0, 1);
    }
    bits.done()
}

/// `None`: there are more digits than the precision has.
pub(super) fn digits_code(negative: bool, digits: &[u8], precision: u16) -> Option<Code> {
    let missing = usize::from(precision).checked_sub(digits.len())?;
    let mut bits = Bits::with_room(numeric_width(precision));
    bits.push(if negative { NEGATIVE } else { POSITIVE }, 2);
    let mut group = (0, 0);
    let padded = std::iter::repeat_n(&0, missing).chain(digits);
    for (digit, left) in padded.zip((0..precision).rev()) {
        // Of a number below zero the complement of every digit, so that the larger magnitude comes first.
        let digit = u64::from(if negative { 9 - digit } else { *digit });
        group = (group.0 * 10 + digit, group.1 + 1);
        if left % 3 == 0 {
            let width = match group.1 {
                1 => 4,
                2 => 7,
                _ => 10,
            };
            bits.push(group.0, width);
            group = (0, 0);
        }
    }
    Some(bits.done())
}

/// The digits of a number times 10^scale without leading zeros, rounded up to a whole one, and its sign.
pub(super) fn ceiling(number: &Decimal, scale: i16) -> (bool, Vec<u8>) {
    let (mut digits, exact) = number.shifted(scale);
    if !exact && !number.is_negative() {
        digits = numeric::plus_one(&digits);
    }
    let negative = number.is_negative() && !digits.is_empty();
    (negative, digits)
}
