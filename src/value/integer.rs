//! smallint, integer, bigint. Canonical: int8, big endian, for all three.

use super::{ValueError, scan};

/// Which of the three.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Two,
    Four,
    Eight,
}

impl Width {
    fn name(self) -> &'static str {
        match self {
            Width::Two => "smallint",
            Width::Four => "integer",
            Width::Eight => "bigint",
        }
    }

    /// The value, if the type can hold it.
    pub(super) fn hold(self, value: i64) -> Result<i64, ValueError> {
        let holds = match self {
            Width::Two => i16::try_from(value).is_ok(),
            Width::Four => i32::try_from(value).is_ok(),
            Width::Eight => true,
        };
        holds
            .then_some(value)
            .ok_or_else(|| ValueError::out_of_range(self.name()))
    }
}

/// Reads decimal text. Like the server's reader, overflow is noticed before junk after the digits.
pub(super) fn read_text(text: &str, width: Width) -> Result<i64, ValueError> {
    let body = text.trim_start_matches(scan::is_space);
    let (negative, unsigned) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    let digits = unsigned.len()
        - unsigned
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (digits, tail) = unsigned.split_at_checked(digits).unwrap_or((unsigned, ""));
    if newer_literal(digits, tail) {
        return Err(ValueError::server_dependent(
            "a hexadecimal, octal, binary or underscored integer",
        ));
    }
    if digits.is_empty() {
        return Err(ValueError::syntax(width.name()));
    }
    let magnitude = digits
        .parse::<i128>()
        .map_err(|_| ValueError::out_of_range(width.name()))?;
    let value = i64::try_from(if negative { -magnitude } else { magnitude })
        .map_err(|_| ValueError::out_of_range(width.name()))?;
    let value = width.hold(value)?;
    if tail.trim_start_matches(scan::is_space).is_empty() {
        Ok(value)
    } else {
        Err(ValueError::syntax(width.name()))
    }
}

/// `0x1F`, `0o17`, `0b1` and `1_000` are numbers from PostgreSQL 16 on and errors before.
pub(super) fn newer_literal(digits: &str, tail: &str) -> bool {
    let tail = tail.trim_end_matches(scan::is_space);
    let mut rest = tail.chars();
    match (digits, rest.next()) {
        ("0", Some('x' | 'X')) => {
            let rest = rest.as_str();
            !rest.is_empty() && rest.chars().all(|c| c.is_ascii_hexdigit() || c == '_')
        }
        ("0", Some('o' | 'O' | 'b' | 'B')) => {
            let rest = rest.as_str();
            !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == '_')
        }
        ("", _) => false,
        (_, Some('_')) => rest.as_str().starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// Reads an integer in binary format of any of the three widths.
pub(super) fn read_binary(bytes: &[u8], sent: Width) -> Result<i64, ValueError> {
    let error = || ValueError::binary(sent.name());
    Ok(match sent {
        Width::Two => i16::from_be_bytes(scan::fixed(bytes, error)?).into(),
        Width::Four => i32::from_be_bytes(scan::fixed(bytes, error)?).into(),
        Width::Eight => i64::from_be_bytes(scan::fixed(bytes, error)?),
    })
}

/// From canonical bytes.
pub(super) fn open(canonical: &[u8], width: Width) -> Result<i64, ValueError> {
    let damaged = || ValueError::damaged(width.name());
    let value = i64::from_be_bytes(scan::fixed(canonical, damaged)?);
    width.hold(value).map_err(|_| damaged())
}

/// Writes binary format.
pub(super) fn write_binary(value: i64, width: Width, out: &mut Vec<u8>) {
    let bytes = value.to_be_bytes();
    let skip = match width {
        Width::Two => 6,
        Width::Four => 4,
        Width::Eight => 0,
    };
    out.extend(bytes.iter().skip(skip));
}
