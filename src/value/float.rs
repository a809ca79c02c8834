//! real and double precision. Canonical: float8, big endian, with -0 as 0 and one NaN.

use super::{ValueError, scan};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Four,
    Eight,
}

impl Width {
    fn name(self) -> &'static str {
        match self {
            Width::Four => "real",
            Width::Eight => "double precision",
        }
    }
}

/// Canonical bytes.
pub(super) fn canonical(value: f64) -> Vec<u8> {
    let value = if value.is_nan() {
        f64::from_bits(0x7ff8_0000_0000_0000)
    } else if value == 0.0 {
        0.0
    } else {
        value
    };
    value.to_be_bytes().to_vec()
}

/// Reads what C's strtod reads, except hexadecimal floats.
pub(super) fn read_text(text: &str, width: Width) -> Result<f64, ValueError> {
    let body = scan::trim(text);
    let unsigned = body.strip_prefix(['+', '-']).unwrap_or(body);
    match unsigned.to_ascii_lowercase().as_str() {
        "nan" => return Ok(f64::NAN),
        "inf" | "infinity" if body.starts_with('-') => return Ok(f64::NEG_INFINITY),
        "inf" | "infinity" => return Ok(f64::INFINITY),
        word if word.starts_with("0x") || word.starts_with("nan(") => {
            return Err(ValueError::server_dependent("a hexadecimal float"));
        }
        _ => {}
    }
    if !is_decimal(unsigned) {
        return Err(ValueError::syntax(width.name()));
    }
    let mantissa = unsigned.split(['e', 'E']).next().unwrap_or(unsigned);
    let is_zero = !mantissa.bytes().any(|b| matches!(b, b'1'..=b'9'));
    // float4 is rounded once, from the text.
    let value = match width {
        Width::Four => body.parse::<f32>().map(f64::from),
        Width::Eight => body.parse::<f64>(),
    }
    .map_err(|_| ValueError::syntax(width.name()))?;
    if value.is_infinite() || (value == 0.0 && !is_zero) {
        return Err(ValueError::out_of_range(width.name()));
    }
    Ok(value)
}

/// `12`, `1.5`, `.5`, `5.`, each with an optional exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

/// Reads binary format of either width.
pub(super) fn read_binary(bytes: &[u8], sent: Width) -> Result<f64, ValueError> {
    let error = || ValueError::binary(sent.name());
    Ok(match sent {
        Width::Four => f32::from_be_bytes(scan::fixed(bytes, error)?).into(),
        Width::Eight => f64::from_be_bytes(scan::fixed(bytes, error)?),
    })
}

/// As the assignment cast from float8 to float4 does it.
pub(super) fn narrow(value: f64, width: Width) -> Result<f64, ValueError> {
    if width == Width::Eight {
        return Ok(value);
    }
    let narrowed = value as f32;
    let lost = (narrowed.is_infinite() && value.is_finite()) || (narrowed == 0.0 && value != 0.0);
    if lost {
        return Err(ValueError::out_of_range(width.name()));
    }
    Ok(narrowed.into())
}

/// From canonical bytes.
pub(super) fn open(canonical: &[u8], width: Width) -> Result<f64, ValueError> {
    let damaged = || ValueError::damaged(width.name());
    let value = f64::from_be_bytes(scan::fixed(canonical, damaged)?);
    let exact = value.is_nan() || f64::from(value as f32) == value;
    if width == Width::Four && !exact {
        return Err(damaged());
    }
    Ok(value)
}

/// Writes binary format.
pub(super) fn write_binary(value: f64, width: Width, out: &mut Vec<u8>) {
    match width {
        Width::Four => out.extend((value as f32).to_be_bytes()),
        Width::Eight => out.extend(value.to_be_bytes()),
    }
}

/// Writes the shortest exact form, or with `extra` of 0 or less a number of digits like `%.*g`.
pub(super) fn write_text(value: f64, width: Width, extra: i32, out: &mut Vec<u8>) {
    let special = if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        None
    };
    let text = match special {
        Some(word) => word.to_owned(),
        None if extra > 0 => shortest(value, width),
        None => general(value, width, extra),
    };
    out.extend_from_slice(text.as_bytes());
}

fn shortest(value: f64, width: Width) -> String {
    if value == 0.0 {
        return zero(value);
    }
    let (form, fixed_below) = match width {
        Width::Four => (format!("{:e}", value as f32), 6),
        Width::Eight => (format!("{value:e}"), 15),
    };
    // A tie between two decimals of this length goes to the even one.
    let (digits, _) = split(&form);
    let even = format!("{:.*e}", digits.len().saturating_sub(1), value.abs());
    let stands = |form: &String| {
        let back = read_text(form, width).is_ok_and(|back| back == value.abs());
        back && !on_boundary(form, value, width)
    };
    let form = [even, form.trim_start_matches('-').to_owned()]
        .into_iter()
        .find(stands)
        .or_else(|| inside(digits.len(), value, width))
        .unwrap_or(form);
    let (mantissa, exponent) = split(&form);
    layout(&mantissa, exponent, value < 0.0, fixed_below)
}

/// No value that was stored is below zero and zero; what is computed may be.
fn zero(value: f64) -> String {
    if value.is_sign_negative() { "-0" } else { "0" }.to_owned()
}

/// The digits (no point) and the exponent of Rust's `{:e}`.
fn split(form: &str) -> (String, i32) {
    let (mantissa, exponent) = form.split_once('e').unwrap_or((form, "0"));
    let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
    (digits, exponent.parse().unwrap_or(0))
}

/// Fixed notation for exponents from -4 to below the limit, else scientific with two digits of exponent.
fn layout(digits: &str, exponent: i32, negative: bool, fixed_below: i32) -> String {
    let digits = match digits.trim_end_matches('0') {
        "" => "0",
        trimmed => trimmed,
    };
    let sign = if negative { "-" } else { "" };
    if (-4..fixed_below).contains(&exponent) {
        let point = exponent + 1;
        if point <= 0 {
            let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
            return format!("{sign}0.{zeros}{digits}");
        }
        let point = usize::try_from(point).unwrap_or(0);
        return match digits.split_at_checked(point) {
            Some((whole, "")) => format!("{sign}{whole}"),
            Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
            None => {
                let zeros = "0".repeat(point - digits.len());
                format!("{sign}{digits}{zeros}")
            }
        };
    }
    let mark = if exponent < 0 { '-' } else { '+' };
    let exponent = exponent.unsigned_abs();
    match digits.split_at_checked(1) {
        Some((first, rest)) if !rest.is_empty() => {
            format!("{sign}{first}.{rest}e{mark}{exponent:02}")
        }
        _ => format!("{sign}{digits}e{mark}{exponent:02}"),
    }
}

/// `%.*g` with 15 or 6 digits and `extra` more.
fn general(value: f64, width: Width, extra: i32) -> String {
    let base = match width {
        Width::Four => 6,
        Width::Eight => 15,
    };
    let precision = (base + extra).max(1);
    if value == 0.0 {
        return zero(value);
    }
    let after_first = usize::try_from(precision - 1).unwrap_or(0);
    let (digits, exponent) = split(&format!("{value:.after_first$e}"));
    layout(&digits, exponent, value < 0.0, precision)
}

/// The server's shortest form is strictly inside the interval of decimals that round to the value,
/// Rust's may be one of its ends (ties to even). Tells whether this form is such an end.
fn on_boundary(form: &str, value: f64, width: Width) -> bool {
    let (digits, exponent) = split(form);
    let power = exponent - i32::try_from(digits.len()).unwrap_or(0) + 1;
    let Ok(decimal) = digits.parse::<i128>() else {
        return false;
    };
    let (significand, binary) = parts(value, width);
    // The ends are halfway to the neighbours; below a power of two the lower one is nearer.
    let lower = if significand.count_ones() == 1 {
        (4 * significand - 1, binary - 2)
    } else {
        (2 * significand - 1, binary - 1)
    };
    [(2 * significand + 1, binary - 1), lower]
        .into_iter()
        .any(|(end, binary)| equal(decimal, power, end, binary))
}

/// Value = significand × 2^exponent, both of the width's own format.
fn parts(value: f64, width: Width) -> (i128, i32) {
    let (bits, stored, bias) = match width {
        Width::Four => (u64::from((value.abs() as f32).to_bits()), 23, 150),
        Width::Eight => (value.abs().to_bits(), 52, 1075),
    };
    let fraction = i128::from(bits & ((1 << stored) - 1));
    let raw = i32::try_from(bits >> stored).unwrap_or(0);
    if raw == 0 {
        (fraction, 1 - bias)
    } else {
        (fraction | 1 << stored, raw - bias)
    }
}

/// Whether decimal × 10^power == end × 2^binary, by their factors.
fn equal(decimal: i128, power: i32, end: i128, binary: i32) -> bool {
    if decimal <= 0 || end <= 0 {
        return false;
    }
    let twos = |n: i128| i32::try_from(n.trailing_zeros()).unwrap_or(0);
    let odd = |n: i128| n >> n.trailing_zeros();
    let fives = 5_i128.checked_pow(power.unsigned_abs());
    let (left, right) = if power >= 0 {
        (
            fives.and_then(|f| odd(decimal).checked_mul(f)),
            Some(odd(end)),
        )
    } else {
        (
            Some(odd(decimal)),
            fives.and_then(|f| odd(end).checked_mul(f)),
        )
    };
    left.is_some() && left == right && twos(decimal) + power == twos(end) + binary
}

/// The shortest form strictly inside the interval.
fn inside(shortest: usize, value: f64, width: Width) -> Option<String> {
    (shortest..=17).find_map(|count| {
        let rounded = format!("{:.*e}", count - 1, value.abs());
        let (digits, exponent) = split(&rounded);
        let middle = digits.parse::<i128>().ok()?;
        [middle, middle - 1, middle + 1]
            .into_iter()
            .find_map(|candidate| {
                let text = candidate.to_string();
                let (first, rest) = text.split_at_checked(1)?;
                let shift = i32::try_from(text.len()).ok()? - i32::try_from(digits.len()).ok()?;
                let form = format!("{first}.{rest}e{}", exponent + shift);
                let back = read_text(&form.replace(".e", "e"), width).ok()?;
                (back == value.abs() && !on_boundary(&form, value, width)).then_some(form)
            })
    })
}
