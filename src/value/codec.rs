//! Which file reads and writes which kind: the four directions, each one list.

use super::array::{self, Array};
use super::datetime::{self, Stamp};
use super::{DeclaredType, Kind, Settings, ValueError};
use super::{boolean, bytea, enums, float, inet, integer, json, jsonb, numeric, scan, text, uuid};

/// Canonical bytes of a value in text format.
pub(super) fn read_text(
    declared: &DeclaredType,
    bytes: &[u8],
    settings: &Settings,
) -> Result<Vec<u8>, ValueError> {
    let value = text::utf8(bytes)?;
    Ok(match &declared.kind {
        Kind::Text | Kind::Citext | Kind::Varchar { max: None } => value.as_bytes().to_vec(),
        Kind::Varchar { max: Some(max) } => text::limit(value, *max, "character varying")?
            .as_bytes()
            .to_vec(),
        Kind::Char { length } => text::read_char(value, *length)?.as_bytes().to_vec(),
        Kind::Int2 => long(integer::read_text(value, integer::Width::Two)?),
        Kind::Int4 => long(integer::read_text(value, integer::Width::Four)?),
        Kind::Int8 => long(integer::read_text(value, integer::Width::Eight)?),
        Kind::Numeric { precision_scale } => {
            numeric::read_text(value, *precision_scale)?.to_bytes()?
        }
        Kind::Float4 => float::canonical(float::read_text(value, float::Width::Four)?),
        Kind::Float8 => float::canonical(float::read_text(value, float::Width::Eight)?),
        Kind::Bool => vec![u8::from(boolean::read_text(value)?)],
        Kind::Date => datetime::read_date(value, settings)?.to_be_bytes().to_vec(),
        Kind::Time { precision } => long(datetime::read_time(value, settings, *precision)?),
        Kind::Timestamp { precision } => long(datetime::read_timestamp(
            value,
            settings,
            Stamp::Local,
            *precision,
        )?),
        Kind::Timestamptz { precision } => long(datetime::read_timestamp(
            value,
            settings,
            Stamp::Zoned,
            *precision,
        )?),
        Kind::Uuid => uuid::read_text(value)?.to_vec(),
        Kind::Json => {
            json::check(value)?;
            value.as_bytes().to_vec()
        }
        Kind::Jsonb => jsonb::normalise(value)?.into_bytes(),
        Kind::Bytea => bytea::read_text(value)?,
        Kind::Inet => inet::read_text(value)?,
        Kind::Enum(labels) => enums::read_text(value, labels)?,
        Kind::Array(element) => canonical_array(&array::read_text(value, element, settings)?)?,
    })
}

fn long(value: i64) -> Vec<u8> {
    value.to_be_bytes().to_vec()
}

fn canonical_array(array: &Array) -> Result<Vec<u8>, ValueError> {
    Ok(array.to_canonical()?.expose_plaintext().to_vec())
}

/// Canonical bytes of a value in the type's own binary format.
pub(super) fn read_binary(declared: &DeclaredType, bytes: &[u8]) -> Result<Vec<u8>, ValueError> {
    let malformed = || ValueError::binary(&declared.name());
    let eight = || scan::fixed(bytes, malformed).map(i64::from_be_bytes);
    // The kinds whose binary format is their text need no settings to be read.
    let as_text = || read_text(declared, bytes, &Settings::default());
    Ok(match &declared.kind {
        Kind::Text
        | Kind::Citext
        | Kind::Varchar { .. }
        | Kind::Char { .. }
        | Kind::Json
        | Kind::Enum(_) => as_text()?,
        Kind::Jsonb => match bytes {
            [1, rest @ ..] => read_text(declared, rest, &Settings::default())?,
            _ => return Err(malformed()),
        },
        Kind::Int2 => long(integer::read_binary(bytes, integer::Width::Two)?),
        Kind::Int4 => long(integer::read_binary(bytes, integer::Width::Four)?),
        Kind::Int8 => long(integer::read_binary(bytes, integer::Width::Eight)?),
        Kind::Numeric { precision_scale } => numeric::read_binary(bytes)?
            .fit(*precision_scale)?
            .to_bytes()?,
        Kind::Float4 => float::canonical(float::read_binary(bytes, float::Width::Four)?),
        Kind::Float8 => float::canonical(float::read_binary(bytes, float::Width::Eight)?),
        Kind::Bool => vec![u8::from(boolean::read_binary(bytes)?)],
        Kind::Date => {
            let days = i32::from_be_bytes(scan::fixed(bytes, malformed)?);
            datetime::check_date(days)?.to_be_bytes().to_vec()
        }
        Kind::Time { precision } => long(datetime::check_time(eight()?, *precision)?),
        Kind::Timestamp { precision } | Kind::Timestamptz { precision } => {
            long(datetime::check_timestamp(eight()?, *precision)?)
        }
        Kind::Uuid => uuid::read_binary(bytes)?.to_vec(),
        Kind::Bytea => bytes.to_vec(),
        Kind::Inet => inet::read_binary(bytes)?,
        Kind::Array(element) => canonical_array(&array::read_binary(bytes, element)?)?,
    })
}

/// Writes canonical bytes in text format.
pub(super) fn write_text(
    declared: &DeclaredType,
    bytes: &[u8],
    settings: &Settings,
    out: &mut Vec<u8>,
) -> Result<(), ValueError> {
    let damaged = || ValueError::damaged(&declared.name());
    match &declared.kind {
        Kind::Text
        | Kind::Citext
        | Kind::Varchar { .. }
        | Kind::Json
        | Kind::Jsonb
        | Kind::Enum(_) => {
            out.extend_from_slice(text::utf8(bytes).map_err(|_| damaged())?.as_bytes());
        }
        Kind::Char { length } => match bytes {
            [text::AS_IT_IS, own @ ..] => {
                out.extend_from_slice(text::utf8(own).map_err(|_| damaged())?.as_bytes());
            }
            own => text::write_char(text::utf8(own).map_err(|_| damaged())?, *length, out),
        },
        Kind::Int2 | Kind::Int4 | Kind::Int8 => {
            let value = integer::open(bytes, integer_width(&declared.kind))?;
            out.extend_from_slice(value.to_string().as_bytes());
        }
        Kind::Numeric { .. } => out.extend_from_slice(numeric::open(bytes)?.to_text().as_bytes()),
        Kind::Float4 | Kind::Float8 => {
            let width = float_width(&declared.kind);
            float::write_text(
                float::open(bytes, width)?,
                width,
                settings.extra_float_digits,
                out,
            );
        }
        Kind::Bool => out.push(if boolean::open(bytes)? { b't' } else { b'f' }),
        Kind::Date => {
            let days = i32::from_be_bytes(scan::fixed(bytes, damaged)?);
            out.extend_from_slice(datetime::write_date(days, settings).as_bytes());
        }
        Kind::Time { .. } => {
            let micros = i64::from_be_bytes(scan::fixed(bytes, damaged)?);
            out.extend_from_slice(datetime::write_time(micros).as_bytes());
        }
        Kind::Timestamp { .. } | Kind::Timestamptz { .. } => {
            let micros = i64::from_be_bytes(scan::fixed(bytes, damaged)?);
            let stamp = match declared.kind {
                Kind::Timestamp { .. } => Stamp::Local,
                _ => Stamp::Zoned,
            };
            let micros = datetime::check_timestamp(micros, None).map_err(|_| damaged())?;
            out.extend_from_slice(datetime::write_timestamp(micros, settings, stamp)?.as_bytes());
        }
        Kind::Uuid => uuid::write_text(bytes, out)?,
        Kind::Bytea => bytea::write_text(bytes, settings.bytea_output, out),
        Kind::Inet => inet::write_text(bytes, out)?,
        Kind::Array(element) => {
            Array::open(bytes)
                .ok_or_else(damaged)?
                .write_text(element, settings, out)?;
        }
    }
    Ok(())
}

/// Writes canonical bytes in binary format.
pub(super) fn write_binary(
    declared: &DeclaredType,
    bytes: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), ValueError> {
    let damaged = || ValueError::damaged(&declared.name());
    let exactly = |length: usize| {
        if bytes.len() == length {
            Ok(bytes)
        } else {
            Err(damaged())
        }
    };
    match &declared.kind {
        Kind::Text
        | Kind::Citext
        | Kind::Varchar { .. }
        | Kind::Char { .. }
        | Kind::Json
        | Kind::Enum(_) => write_text(declared, bytes, &Settings::default(), out)?,
        Kind::Jsonb => {
            out.push(1);
            write_text(declared, bytes, &Settings::default(), out)?;
        }
        Kind::Int2 | Kind::Int4 | Kind::Int8 => {
            let width = integer_width(&declared.kind);
            integer::write_binary(integer::open(bytes, width)?, width, out);
        }
        Kind::Numeric { .. } => out.extend(numeric::open(bytes)?.to_bytes()?),
        Kind::Float4 | Kind::Float8 => {
            let width = float_width(&declared.kind);
            float::write_binary(float::open(bytes, width)?, width, out);
        }
        Kind::Bool => out.push(u8::from(boolean::open(bytes)?)),
        Kind::Date => out.extend_from_slice(exactly(4)?),
        Kind::Time { .. } | Kind::Timestamp { .. } | Kind::Timestamptz { .. } => {
            out.extend_from_slice(exactly(8)?);
        }
        Kind::Uuid => out.extend_from_slice(exactly(16)?),
        Kind::Bytea => out.extend_from_slice(bytes),
        Kind::Inet => out.extend(inet::read_binary(bytes).map_err(|_| damaged())?),
        Kind::Array(element) => {
            Array::open(bytes)
                .ok_or_else(damaged)?
                .write_binary(element, out)?;
        }
    }
    Ok(())
}

fn integer_width(kind: &Kind) -> integer::Width {
    match kind {
        Kind::Int2 => integer::Width::Two,
        Kind::Int4 => integer::Width::Four,
        _ => integer::Width::Eight,
    }
}

fn float_width(kind: &Kind) -> float::Width {
    match kind {
        Kind::Float4 => float::Width::Four,
        _ => float::Width::Eight,
    }
}
