//! numeric. Canonical: PostgreSQL's binary format without leading or trailing zero groups, so that a
//! numeric(p,s) has one form, and plain numeric keeps its display scale.

mod arithmetic;
mod decimal;

pub use decimal::Decimal;
pub(super) use decimal::plus_one;

use super::{ValueError, integer, scan};
use scan::Fields;

const NAME: &str = "numeric";
const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xC000;
const POSITIVE_INFINITY: u16 = 0xD000;
const NEGATIVE_INFINITY: u16 = 0xF000;
/// Digits before the point that the server's format can hold.
const MOST_WHOLE: usize = 131_072;
/// Digits after the point that the server's format can hold.
const MOST_FRACTION: usize = 16_383;

/// A value of type numeric.
#[derive(Clone, PartialEq, Eq)]
pub enum Number {
    /// Not a number.
    NaN,
    /// Beyond all numbers.
    Infinity {
        /// Below all numbers.
        negative: bool,
    },
    /// A number.
    Finite(Decimal),
}

impl std::fmt::Debug for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Number(…)")
    }
}

/// What text says, before it is rounded or checked against the format's limits.
enum Unrounded {
    NaN,
    Infinity {
        negative: bool,
    },
    /// `scale` may be below zero (trailing zeros not written out) or huge.
    Finite {
        negative: bool,
        digits: Vec<u8>,
        scale: i64,
    },
}

fn parse(text: &str) -> Result<Unrounded, ValueError> {
    let syntax = || ValueError::syntax(NAME);
    let body = scan::trim(text);
    let (negative, unsigned) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    match unsigned.to_ascii_lowercase().as_str() {
        "nan" if unsigned.len() == body.len() => return Ok(Unrounded::NaN),
        "inf" | "infinity" => return Ok(Unrounded::Infinity { negative }),
        _ => {}
    }
    let count = unsigned.len()
        - unsigned
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    if let Some((digits, tail)) = unsigned.split_at_checked(count)
        && integer::newer_literal(digits, tail)
    {
        return Err(ValueError::server_dependent(
            "a hexadecimal, octal, binary or underscored number",
        ));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return Err(syntax());
    }
    let digits: Option<Vec<u8>> = whole
        .bytes()
        .chain(fraction.bytes())
        .map(|b| b.is_ascii_digit().then(|| b - b'0'))
        .collect();
    let scale = i64::try_from(fraction.len()).unwrap_or(i64::MAX) - exponent;
    Ok(Unrounded::Finite {
        negative,
        digits: digits.ok_or_else(syntax)?,
        scale,
    })
}

fn read_exponent(text: &str) -> Result<i64, ValueError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ValueError::syntax(NAME));
    }
    match text.parse::<i32>() {
        Ok(exponent) if exponent.unsigned_abs() < 1_073_741_823 => Ok(exponent.into()),
        _ => Err(overflow()),
    }
}

fn overflow() -> ValueError {
    ValueError::new("22003", "value overflows numeric format")
}

/// A finite number within the format's limits, nothing rounded away.
fn exact(negative: bool, mut digits: Vec<u8>, scale: i64) -> Result<Decimal, ValueError> {
    let zero = digits.iter().all(|d| *d == 0);
    let scale = match usize::try_from(scale) {
        Ok(scale) => scale,
        Err(_) if zero => 0,
        Err(_) => {
            let zeros = usize::try_from(scale.unsigned_abs()).unwrap_or(usize::MAX);
            if zeros > MOST_WHOLE {
                return Err(overflow());
            }
            digits.extend(std::iter::repeat_n(0, zeros));
            0
        }
    };
    if scale > MOST_FRACTION {
        return Err(overflow());
    }
    let decimal = Decimal::new(negative, digits, scale);
    if decimal.digits.len() - decimal.scale > MOST_WHOLE {
        return Err(overflow());
    }
    Ok(decimal)
}

/// Reads text, rounded to the modifier.
pub(super) fn read_text(text: &str, modifier: Option<(u16, i16)>) -> Result<Number, ValueError> {
    let number = match parse(text)? {
        Unrounded::NaN => Number::NaN,
        Unrounded::Infinity { negative } => Number::Infinity { negative },
        Unrounded::Finite {
            negative,
            digits,
            scale,
        } => Number::Finite(exact(negative, digits, scale)?),
    };
    number.fit(modifier)
}

impl Number {
    /// With the modifier applied, as on assignment.
    pub(super) fn fit(self, modifier: Option<(u16, i16)>) -> Result<Number, ValueError> {
        match (self, modifier) {
            (Number::Finite(decimal), Some((precision, scale))) => {
                Ok(Number::Finite(decimal.fit(precision, scale)?))
            }
            (Number::Infinity { .. }, Some(_)) => {
                Err(ValueError::new("22003", "numeric field overflow"))
            }
            (number, _) => Ok(number),
        }
    }

    /// The server's text.
    pub(super) fn to_text(&self) -> String {
        match self {
            Number::NaN => "NaN".to_owned(),
            Number::Infinity { negative: false } => "Infinity".to_owned(),
            Number::Infinity { negative: true } => "-Infinity".to_owned(),
            Number::Finite(decimal) => decimal.to_text(),
        }
    }

    /// Canonical bytes, which are the binary format too. The scale of infinity is what the server sends.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, ValueError> {
        match self {
            Number::NaN => Ok(header(0, 0, NAN, 0)),
            Number::Infinity { negative: false } => Ok(header(0, 0, POSITIVE_INFINITY, 0x20)),
            Number::Infinity { negative: true } => Ok(header(0, 0, NEGATIVE_INFINITY, 0x20)),
            Number::Finite(decimal) => decimal.to_bytes().ok_or_else(overflow),
        }
    }
}

fn header(count: u16, weight: i16, sign: u16, scale: u16) -> Vec<u8> {
    let [weight_high, weight_low] = weight.to_be_bytes();
    let weight = u16::from_be_bytes([weight_high, weight_low]);
    [count, weight, sign, scale]
        .into_iter()
        .flat_map(u16::to_be_bytes)
        .collect()
}

impl Decimal {
    /// Groups of four digits around the point.
    fn to_bytes(&self) -> Option<Vec<u8>> {
        let (whole, fraction) = self.split();
        let lead = (4 - whole.len() % 4) % 4;
        let tail = (4 - fraction.len() % 4) % 4;
        let padded: Vec<u8> = std::iter::repeat_n(0, lead)
            .chain(whole.iter().copied())
            .chain(fraction.iter().copied())
            .chain(std::iter::repeat_n(0, tail))
            .collect();
        let groups: Vec<u16> = padded
            .chunks(4)
            .map(|group| {
                group
                    .iter()
                    .fold(0, |sum, digit| sum * 10 + u16::from(*digit))
            })
            .collect();
        let leading = groups.iter().take_while(|g| **g == 0).count();
        let kept = groups.get(leading..).unwrap_or(&[]);
        let trailing = kept.iter().rev().take_while(|g| **g == 0).count();
        let kept = kept.get(..kept.len() - trailing).unwrap_or(&[]);
        let before_point = i64::try_from((whole.len() + lead) / 4).ok()?;
        let weight = match kept {
            [] => 0,
            _ => before_point - 1 - i64::try_from(leading).ok()?,
        };
        let sign = if self.negative { NEGATIVE } else { 0 };
        let mut bytes = header(
            u16::try_from(kept.len()).ok()?,
            i16::try_from(weight).ok()?,
            sign,
            u16::try_from(self.scale).ok()?,
        );
        bytes.extend(kept.iter().flat_map(|group| group.to_be_bytes()));
        Some(bytes)
    }
}

/// Reads binary format; digits behind the display scale are cut off, as the server does.
pub(super) fn read_binary(bytes: &[u8]) -> Result<Number, ValueError> {
    read_bytes(bytes).ok_or_else(|| ValueError::binary(NAME))
}

/// From canonical bytes.
pub(super) fn open(canonical: &[u8]) -> Result<Number, ValueError> {
    read_bytes(canonical).ok_or_else(|| ValueError::damaged(NAME))
}

fn read_bytes(bytes: &[u8]) -> Option<Number> {
    let mut fields = Fields::new(bytes);
    let count = fields.u16()?;
    let weight = i64::from(fields.i16()?);
    let sign = fields.u16()?;
    let scale = usize::from(fields.u16()?);
    if scale > MOST_FRACTION {
        return None;
    }
    let mut groups = Vec::with_capacity(usize::from(count).min(fields.remaining() / 2));
    for _ in 0..count {
        let group = fields.u16()?;
        if group > 9_999 {
            return None;
        }
        groups.push(group);
    }
    if !fields.is_empty() {
        return None;
    }
    let negative = match sign {
        0 => false,
        NEGATIVE => true,
        NAN => return Some(Number::NaN),
        POSITIVE_INFINITY => return Some(Number::Infinity { negative: false }),
        NEGATIVE_INFINITY => return Some(Number::Infinity { negative: true }),
        _ => return None,
    };
    let digits: Vec<u8> = groups
        .iter()
        .flat_map(|group| [group / 1000, group / 100 % 10, group / 10 % 10, group % 10])
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    Some(Number::Finite(place(negative, digits, weight, scale)?))
}

/// Puts the point where the weight says, then pads or cuts to the display scale.
fn place(negative: bool, mut digits: Vec<u8>, weight: i64, scale: usize) -> Option<Decimal> {
    let whole = (weight + 1) * 4;
    let zeros_in_front = usize::try_from(-whole).unwrap_or(0);
    digits.splice(0..0, std::iter::repeat_n(0, zeros_in_front.min(MOST_WHOLE)));
    let length = usize::try_from(whole).unwrap_or(0) + scale;
    digits.resize(length, 0);
    Some(Decimal::new(negative, digits, scale))
}
