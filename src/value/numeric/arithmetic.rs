//! Arithmetic of numeric as the server does it (`numeric.c`): how many digits a result shows is part of it.

use std::cmp::Ordering;

use super::decimal::{add, compare, strip, subtract};
use super::{Decimal, MOST_FRACTION, Number, open};
use crate::value::{Canonical, ValueError};

/// `NUMERIC_MIN_SIG_DIGITS`: so many digits that are not zero a quotient has at least.
const QUOTIENT_DIGITS: i64 = 16;
/// `NUMERIC_MAX_DISPLAY_SCALE`.
const MOST_QUOTIENT_SCALE: i64 = 1000;
/// `NUMERIC_MAX_RESULT_SCALE`: as far as round() and trunc() go.
const MOST_ROUNDING: i64 = 2000;

fn by_zero() -> ValueError {
    ValueError::new("22012", "division by zero")
}

fn endless() -> ValueError {
    ValueError::new(
        "0A000",
        "arithmetic with an infinite number is left to the server",
    )
}

impl Number {
    /// From the canonical form.
    ///
    /// # Errors
    /// XX001 where the bytes are no numeric.
    pub fn read(value: &Canonical) -> Result<Number, ValueError> {
        open(value.expose_plaintext())
    }

    /// The canonical form.
    ///
    /// # Errors
    /// 22003 where the server's format does not hold it.
    pub fn written(&self) -> Result<Canonical, ValueError> {
        let fits = match self {
            Number::Finite(own) => own.scale <= MOST_FRACTION,
            Number::NaN | Number::Infinity { .. } => true,
        };
        if !fits {
            return Err(super::overflow());
        }
        Ok(Canonical::new(self.to_bytes()?))
    }

    /// The finite number, `None` for NaN.
    fn finite(&self) -> Result<Option<&Decimal>, ValueError> {
        match self {
            Number::Finite(own) => Ok(Some(own)),
            Number::NaN => Ok(None),
            Number::Infinity { .. } => Err(endless()),
        }
    }

    fn both(
        &self,
        other: &Number,
        with: impl FnOnce(&Decimal, &Decimal) -> Result<Decimal, ValueError>,
    ) -> Result<Number, ValueError> {
        match (self.finite()?, other.finite()?) {
            (Some(own), Some(other)) => with(own, other).map(Number::Finite),
            (None, _) | (_, None) => Ok(Number::NaN),
        }
    }

    /// `+`.
    ///
    /// # Errors
    /// 0A000 for an infinite number.
    pub fn plus(&self, other: &Number) -> Result<Number, ValueError> {
        self.both(other, |a, b| Ok(a.plus(b)))
    }

    /// `-`.
    ///
    /// # Errors
    /// 0A000 for an infinite number.
    pub fn minus(&self, other: &Number) -> Result<Number, ValueError> {
        self.both(other, |a, b| Ok(a.plus(&b.negated())))
    }

    /// `*`.
    ///
    /// # Errors
    /// 0A000 for an infinite number.
    pub fn times(&self, other: &Number) -> Result<Number, ValueError> {
        self.both(other, |a, b| Ok(a.times(b)))
    }

    /// `/`.
    ///
    /// # Errors
    /// 22012 by zero, 0A000 for an infinite number.
    pub fn divided(&self, other: &Number) -> Result<Number, ValueError> {
        self.both(other, |a, b| {
            if b.is_zero() {
                return Err(by_zero());
            }
            let scale = quotient_scale(a, b);
            let scale_and_one = usize::try_from(scale + 1).unwrap_or(0);
            let rounded = i32::try_from(scale).unwrap_or(0);
            Ok(a.quotient(b, scale_and_one).rounded(rounded))
        })
    }

    /// `%`, whose sign is the dividend's.
    ///
    /// # Errors
    /// 22012 by zero, 0A000 for an infinite number.
    pub fn modulo(&self, other: &Number) -> Result<Number, ValueError> {
        self.both(other, |a, b| {
            if b.is_zero() {
                return Err(by_zero());
            }
            let whole = a.quotient(b, 0);
            Ok(a.plus(&whole.times(b).negated()))
        })
    }

    /// Unary minus.
    pub fn negated(&self) -> Number {
        match self {
            Number::NaN => Number::NaN,
            Number::Infinity { negative } => Number::Infinity {
                negative: !negative,
            },
            Number::Finite(own) => Number::Finite(own.negated()),
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Number::NaN => false,
            Number::Infinity { negative } => *negative,
            Number::Finite(own) => own.is_negative(),
        }
    }

    /// Half away from zero, to so many places behind the point.
    pub fn rounded(&self, places: i64) -> Number {
        self.with(places, Decimal::rounded)
    }

    /// Cut to so many places behind the point.
    pub fn cut(&self, places: i64) -> Number {
        self.with(places, Decimal::cut)
    }

    fn with(&self, places: i64, make: impl FnOnce(Decimal, i32) -> Decimal) -> Number {
        let places = places.clamp(-MOST_ROUNDING, MOST_ROUNDING);
        match self {
            Number::Finite(own) => {
                Number::Finite(make(own.clone(), i32::try_from(places).unwrap_or(0)))
            }
            Number::NaN | Number::Infinity { .. } => self.clone(),
        }
    }

    /// The next whole number below it, or with `up` above it.
    pub fn whole(&self, up: bool) -> Number {
        let Number::Finite(own) = self else {
            return self.clone();
        };
        let cut = own.clone().cut(0);
        if own.compare(&cut) == Ordering::Equal || own.is_negative() == up {
            return Number::Finite(cut);
        }
        let one = Decimal::from_integer(if up { 1 } else { -1 });
        Number::Finite(cut.plus(&one))
    }

    /// Its sign as a number.
    pub fn sign(&self) -> Number {
        let sign = match self {
            Number::NaN => return Number::NaN,
            Number::Infinity { negative: true } => -1,
            Number::Infinity { negative: false } => 1,
            Number::Finite(own) if own.is_zero() => 0,
            Number::Finite(own) if own.is_negative() => -1,
            Number::Finite(_) => 1,
        };
        Number::Finite(Decimal::from_integer(sign))
    }

    /// The whole number nearest to it, half away from zero; `None` where bigint does not hold it.
    pub fn to_integer(&self) -> Option<i64> {
        let Number::Finite(own) = self else {
            return None;
        };
        own.clone().rounded(0).to_text().parse().ok()
    }

    /// As the server writes it.
    pub fn text(&self) -> String {
        self.to_text()
    }

    /// Under a modifier, as a cast applies it.
    ///
    /// # Errors
    /// 22003 where it does not fit.
    pub fn under(self, modifier: Option<(u16, i16)>) -> Result<Number, ValueError> {
        self.fit(modifier)
    }
}

impl Decimal {
    pub(super) fn negated(&self) -> Decimal {
        Decimal::new(!self.negative, self.digits.clone(), self.scale)
    }

    pub(super) fn plus(&self, other: &Decimal) -> Decimal {
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.scaled(scale), other.scaled(scale));
        if self.negative == other.negative {
            return Decimal::new(self.negative, add(&a, &b), scale);
        }
        match compare(&a, &b) {
            Ordering::Less => Decimal::new(other.negative, subtract(&b, strip(&a)), scale),
            Ordering::Equal | Ordering::Greater => {
                Decimal::new(self.negative, subtract(&a, strip(&b)), scale)
            }
        }
    }

    pub(super) fn times(&self, other: &Decimal) -> Decimal {
        let (a, b) = (strip(&self.digits), strip(&other.digits));
        let mut columns = vec![0_u32; a.len() + b.len()];
        for (i, x) in a.iter().rev().enumerate() {
            let mut carry = 0;
            for (j, y) in b.iter().rev().chain([&0]).enumerate() {
                if let Some(column) = columns.get_mut(i + j) {
                    let sum = *column + u32::from(*x) * u32::from(*y) + carry;
                    *column = sum % 10;
                    carry = sum / 10;
                }
            }
        }
        let digits = columns.into_iter().rev();
        let digits = digits.filter_map(|digit| u8::try_from(digit).ok());
        let scale = self.scale + other.scale;
        Decimal::new(self.negative != other.negative, digits.collect(), scale)
    }

    /// The quotient, cut to so many places behind the point.
    fn quotient(&self, other: &Decimal, scale: usize) -> Decimal {
        // Both as whole numbers, such that the quotient has its places.
        let mut a = strip(&self.digits).to_vec();
        let mut b = strip(&other.digits).to_vec();
        let (up, down) = (other.scale + scale, self.scale);
        if up >= down {
            a.extend(std::iter::repeat_n(0, up - down));
        } else {
            b.extend(std::iter::repeat_n(0, down - up));
        }
        let mut remainder: Vec<u8> = Vec::new();
        let mut digits = Vec::with_capacity(a.len());
        for digit in a {
            remainder.push(digit);
            let mut count = 0;
            while compare(&remainder, &b) != Ordering::Less {
                remainder = subtract(strip(&remainder), &b);
                count += 1;
            }
            digits.push(count);
        }
        Decimal::new(self.negative != other.negative, digits, scale)
    }

    /// Cut to so many places behind the point, or (below zero) before it.
    pub(super) fn cut(self, places: i32) -> Decimal {
        let target = usize::try_from(places).unwrap_or(0);
        if places >= 0 && target >= self.scale {
            return self.rounded(places);
        }
        let keep =
            i64::try_from(self.digits.len() - self.scale).unwrap_or(i64::MAX) + i64::from(places);
        let keep = usize::try_from(keep).unwrap_or(0);
        let mut digits: Vec<u8> = self.digits.iter().take(keep).copied().collect();
        if keep > 0
            && let Ok(zeros) = usize::try_from(-places)
        {
            digits.extend(std::iter::repeat_n(0, zeros));
        }
        Decimal::new(self.negative, digits, target)
    }

    /// The weight of the first group of four digits that is not zero, and that group.
    fn first_group(&self) -> (i64, u32) {
        let Some(position) = self.leading_position() else {
            return (0, 0);
        };
        let weight = (position - 1).div_euclid(4);
        let whole = i64::try_from(self.digits.len() - self.scale).unwrap_or(i64::MAX);
        let digit = |exponent: i64| {
            let at = usize::try_from(whole - 1 - exponent).ok();
            at.and_then(|at| self.digits.get(at)).copied().unwrap_or(0)
        };
        let group = (0..4).rev().fold(0, |sum, place| {
            sum * 10 + u32::from(digit(weight * 4 + place))
        });
        (weight, group)
    }
}

/// `select_div_scale`.
fn quotient_scale(a: &Decimal, b: &Decimal) -> i64 {
    let ((weight, group), (other_weight, other_group)) = (a.first_group(), b.first_group());
    let mut weight = weight - other_weight;
    if group <= other_group {
        weight -= 1;
    }
    let own = |decimal: &Decimal| i64::try_from(decimal.scale).unwrap_or(i64::MAX);
    (QUOTIENT_DIGITS - weight * 4)
        .max(own(a))
        .max(own(b))
        .clamp(0, MOST_QUOTIENT_SCALE)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn number(text: &str) -> Number {
        super::super::read_text(text, None).unwrap()
    }

    #[test]
    fn results_have_the_scales_of_the_server() {
        // As PostgreSQL 15 answers.
        for (a, b, plus, minus, times, divided, modulo) in [
            ("7", "3", "10", "4", "21", "2.3333333333333333", "1"),
            (
                "1.50",
                "-0.5",
                "1.00",
                "2.00",
                "-0.750",
                "-3.0000000000000000",
                "0.00",
            ),
            (
                "-7.5",
                "2",
                "-5.5",
                "-9.5",
                "-15.0",
                "-3.7500000000000000",
                "-1.5",
            ),
            ("0", "3", "3", "-3", "0", "0.00000000000000000000", "0"),
            (
                "100000",
                "3",
                "100003",
                "99997",
                "300000",
                "33333.333333333333",
                "1",
            ),
            (
                "1",
                "30000",
                "30001",
                "-29999",
                "30000",
                "0.000033333333333333333333",
                "1",
            ),
            (
                "99999999.99",
                "0.01",
                "100000000.00",
                "99999999.98",
                "999999.9999",
                "9999999999.00000000",
                "0.00",
            ),
        ] {
            let (x, y) = (number(a), number(b));
            assert_eq!(x.plus(&y).unwrap().text(), plus, "{a} + {b}");
            assert_eq!(x.minus(&y).unwrap().text(), minus, "{a} - {b}");
            assert_eq!(x.times(&y).unwrap().text(), times, "{a} * {b}");
            assert_eq!(x.divided(&y).unwrap().text(), divided, "{a} / {b}");
            assert_eq!(x.modulo(&y).unwrap().text(), modulo, "{a} % {b}");
        }
        let by_zero = number("1").divided(&number("0.00"));
        assert_eq!(by_zero.unwrap_err().sqlstate, "22012");
        assert_eq!(number("NaN").plus(&number("1")).unwrap(), Number::NaN);
        assert!(number("Infinity").plus(&number("1")).is_err());
    }

    #[test]
    fn numbers_are_rounded_and_cut() {
        for (text, places, rounded, cut) in [
            ("2.5", 0, "3", "2"),
            ("-2.5", 0, "-3", "-2"),
            ("1.005", 2, "1.01", "1.00"),
            ("15", -1, "20", "10"),
            ("5", -1, "10", "0"),
            ("4", -1, "0", "0"),
            ("9.5", 3, "9.500", "9.500"),
            ("149", -2, "100", "100"),
            ("0.5", 0, "1", "0"),
            ("-0.4", 0, "0", "0"),
        ] {
            assert_eq!(
                number(text).rounded(places).text(),
                rounded,
                "{text} {places}"
            );
            assert_eq!(number(text).cut(places).text(), cut, "{text} {places}");
        }
        for (text, down, up) in [
            ("2.5", "2", "3"),
            ("-2.5", "-3", "-2"),
            ("4.00", "4", "4"),
            ("-0.5", "-1", "0"),
        ] {
            assert_eq!(number(text).whole(false).text(), down);
            assert_eq!(number(text).whole(true).text(), up);
        }
    }
}
