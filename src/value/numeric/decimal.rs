//! Exact decimal arithmetic, as much as modifiers and buckets need.

use std::cmp::Ordering;

use zeroize::Zeroize;

use super::{Unrounded, exact, parse};
use crate::value::ValueError;

/// An exact decimal number with its display scale. Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Decimal {
    pub(super) negative: bool,
    /// Decimal digits, 0 to 9, most significant first; at least `scale` of them.
    pub(super) digits: Vec<u8>,
    /// How many of them are behind the point.
    pub(super) scale: usize,
}

impl Drop for Decimal {
    fn drop(&mut self) {
        self.digits.zeroize();
    }
}

impl Decimal {
    /// No leading zeros before the point; zero has no sign.
    pub(super) fn new(negative: bool, mut digits: Vec<u8>, scale: usize) -> Self {
        if digits.len() < scale {
            let missing = scale - digits.len();
            digits.splice(0..0, std::iter::repeat_n(0, missing));
        }
        let whole = digits.len() - scale;
        let leading = digits.iter().take(whole).take_while(|d| **d == 0).count();
        digits.drain(..leading);
        let negative = negative && digits.iter().any(|d| *d != 0);
        Decimal {
            negative,
            digits,
            scale,
        }
    }

    /// Reads plain decimal text with an optional sign, point and exponent.
    pub fn parse(text: &str) -> Option<Decimal> {
        match parse(text) {
            Ok(Unrounded::Finite {
                negative,
                digits,
                scale,
            }) => exact(negative, digits, scale).ok(),
            _ => None,
        }
    }

    /// A whole number.
    pub fn from_integer(value: i64) -> Decimal {
        let digits = value.unsigned_abs().to_string();
        Decimal::new(value < 0, digits.bytes().map(|b| b - b'0').collect(), 0)
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.iter().all(|d| *d == 0)
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Decimal text as the server writes it.
    pub fn to_text(&self) -> String {
        let digit = |d: &u8| char::from(b'0' + d);
        let mut text = String::with_capacity(self.digits.len() + 3);
        if self.negative {
            text.push('-');
        }
        let (whole, fraction) = self.split();
        if whole.is_empty() {
            text.push('0');
        }
        text.extend(whole.iter().map(digit));
        if !fraction.is_empty() {
            text.push('.');
            text.extend(fraction.iter().map(digit));
        }
        text
    }

    pub(super) fn split(&self) -> (&[u8], &[u8]) {
        self.digits
            .split_at_checked(self.digits.len() - self.scale)
            .unwrap_or((&[], &self.digits))
    }

    /// The largest multiple of `step` that is not above the number, at the number's scale or the
    /// step's, whichever is longer. `None`: the step is not above zero.
    pub fn floor_to(&self, step: &Decimal) -> Option<Decimal> {
        if step.negative || step.is_zero() {
            return None;
        }
        let scale = self.scale.max(step.scale);
        let number = self.scaled(scale);
        let step = step.scaled(scale);
        let (multiple, remainder) = reduce(&number, &step);
        if self.negative && remainder {
            return Some(Decimal::new(true, add(&multiple, &step), scale));
        }
        Some(Decimal::new(self.negative, multiple, scale))
    }

    /// Digits with exactly `scale` of them behind the point (never fewer than there are).
    pub(super) fn scaled(&self, scale: usize) -> Vec<u8> {
        let mut digits = self.digits.clone();
        digits.extend(std::iter::repeat_n(0, scale.saturating_sub(self.scale)));
        digits
    }

    /// Numeric order, whatever the scales.
    pub fn compare(&self, other: &Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        let magnitudes = compare(&self.scaled(scale), &other.scaled(scale));
        match (self.negative, other.negative) {
            (false, false) => magnitudes,
            (true, true) => magnitudes.reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }

    /// Half away from zero, as the server rounds; a negative scale rounds before the point.
    pub(super) fn rounded(self, scale: i32) -> Decimal {
        let keep =
            i64::try_from(self.digits.len() - self.scale).unwrap_or(i64::MAX) + i64::from(scale);
        let target = usize::try_from(scale).unwrap_or(0);
        if scale >= 0 && target >= self.scale {
            let digits = self.scaled(target);
            return Decimal::new(self.negative, digits, target);
        }
        let Ok(keep) = usize::try_from(keep) else {
            return Decimal::new(false, Vec::new(), target);
        };
        let up = self.digits.get(keep).is_some_and(|digit| *digit >= 5);
        let mut digits: Vec<u8> = self.digits.iter().take(keep).copied().collect();
        if up {
            digits = add(&digits, &[1]);
        }
        if let Ok(zeros) = usize::try_from(-scale) {
            digits.extend(std::iter::repeat_n(0, zeros));
        }
        Decimal::new(self.negative, digits, target)
    }

    /// The digits of the number times 10^places, cut to a whole one, without leading zeros; and whether nothing was cut.
    pub(in crate::value) fn shifted(&self, places: i16) -> (Vec<u8>, bool) {
        let before = i64::try_from(self.digits.len() - self.scale).unwrap_or(i64::MAX);
        let keep = usize::try_from(before.saturating_add(places.into())).unwrap_or(0);
        let mut digits: Vec<u8> = self.digits.iter().take(keep).copied().collect();
        digits.resize(keep, 0);
        let exact = self.digits.iter().skip(keep).all(|digit| *digit == 0);
        let leading = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..leading);
        (digits, exact)
    }

    /// Position of the first digit that is not zero, counted from the point.
    pub(super) fn leading_position(&self) -> Option<i64> {
        let zeros = self.digits.iter().position(|digit| *digit != 0)?;
        let position = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Some(position(self.digits.len() - zeros) - position(self.scale))
    }

    /// Rounded to numeric(precision, scale), with its overflow.
    pub fn fit(self, precision: u16, scale: i16) -> Result<Decimal, ValueError> {
        let rounded = self.rounded(scale.into());
        let most = i64::from(precision) - i64::from(scale);
        match rounded.leading_position() {
            Some(position) if position > most => {
                Err(ValueError::new("22003", "numeric field overflow"))
            }
            _ => Ok(rounded),
        }
    }
}

pub(super) fn strip(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|d| **d == 0).count();
    digits.get(zeros..).unwrap_or(&[])
}

pub(super) fn compare(a: &[u8], b: &[u8]) -> Ordering {
    let (a, b) = (strip(a), strip(b));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// One more than a whole number.
pub(in crate::value) fn plus_one(digits: &[u8]) -> Vec<u8> {
    add(digits, &[1])
}

pub(super) fn add(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut sum: Vec<u8> = Vec::with_capacity(a.len().max(b.len()) + 1);
    let (mut a, mut b) = (a.iter().rev(), b.iter().rev());
    loop {
        let digit = match (a.next(), b.next()) {
            (None, None) => break,
            (x, y) => x.copied().unwrap_or(0) + y.copied().unwrap_or(0) + carry,
        };
        sum.push(digit % 10);
        carry = digit / 10;
    }
    if carry > 0 {
        sum.push(carry);
    }
    sum.reverse();
    sum
}

pub(super) fn subtract(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut b = b.iter().rev();
    let mut difference: Vec<u8> = a
        .iter()
        .rev()
        .map(|digit| {
            let take = b.next().copied().unwrap_or(0) + borrow;
            borrow = u8::from(*digit < take);
            digit + borrow * 10 - take
        })
        .collect();
    difference.reverse();
    difference
}

/// Long division: (number − number mod step, whether there is a remainder).
fn reduce(number: &[u8], step: &[u8]) -> (Vec<u8>, bool) {
    let mut remainder: Vec<u8> = Vec::new();
    for digit in number {
        remainder.push(*digit);
        while compare(&remainder, step) != Ordering::Less {
            remainder = subtract(strip(&remainder), strip(step));
        }
    }
    let remainder = strip(&remainder);
    (subtract(number, remainder), !remainder.is_empty())
}
