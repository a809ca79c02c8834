//! A value in binary format that was sent as another type than the column's: taken as by an
//! assignment cast between types of one family, refused otherwise.

use zeroize::Zeroizing;

use super::datetime;
use super::{
    DeclaredType, Kind, ValueError, codec, float, integer, jsonb, names, numeric, scan, text,
};

/// The type a value was sent as, told by its oid. Enums, citext and arrays of this database have oids
/// of their own and count as the column's type; so do 0 and `unknown`.
pub(super) fn sent_kind(declared: &DeclaredType, sent_as: u32) -> Option<Kind> {
    const UNKNOWN: u32 = 705;
    if sent_as == 0 || sent_as == UNKNOWN || sent_as == declared.oid {
        return None;
    }
    match names::from_catalog(sent_as, -1) {
        Some(sent) => Some(sent.kind),
        // name is text of at most 63 bytes, cidr an inet.
        None if sent_as == 19 => Some(Kind::Text),
        None if sent_as == 650 => Some(Kind::Inet),
        None => Some(Kind::Array(Box::new(declared.clone()))),
    }
}

/// Canonical bytes of a value sent as `sent`.
pub(super) fn read(
    declared: &DeclaredType,
    sent: &Kind,
    bytes: &[u8],
) -> Result<Vec<u8>, ValueError> {
    let refused = || {
        ValueError::new(
            "42804",
            format!(
                "a value of another type cannot be taken for a column of type {}",
                declared.name()
            ),
        )
    };
    let instant = || {
        ValueError::server_dependent("a date or time that needs the session's time zone to convert")
    };
    match (&declared.kind, sent) {
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int2) => {
            whole(declared, bytes, integer::Width::Two)
        }
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int4) => {
            whole(declared, bytes, integer::Width::Four)
        }
        (Kind::Int2 | Kind::Int4 | Kind::Int8, Kind::Int8) => {
            whole(declared, bytes, integer::Width::Eight)
        }
        (Kind::Float4, Kind::Float8) => {
            let value = float::read_binary(bytes, float::Width::Eight)?;
            Ok(float::canonical(float::narrow(value, float::Width::Four)?))
        }
        (Kind::Float8, Kind::Float4) => Ok(float::canonical(float::read_binary(
            bytes,
            float::Width::Four,
        )?)),
        // By its text, as the server does.
        (Kind::Float4 | Kind::Float8, Kind::Numeric { .. }) => {
            let written = Zeroizing::new(numeric::read_binary(bytes)?.to_text());
            let width = match declared.kind {
                Kind::Float4 => float::Width::Four,
                _ => float::Width::Eight,
            };
            Ok(float::canonical(float::read_text(&written, width)?))
        }
        (
            Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext,
            Kind::Text | Kind::Varchar { .. },
        ) => codec::read_binary(declared, bytes),
        // The cast from char(n) drops trailing blanks.
        (
            Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext,
            Kind::Char { .. },
        ) => codec::read_binary(
            declared,
            text::utf8(bytes)?.trim_end_matches(' ').as_bytes(),
        ),
        (Kind::Timestamp { precision }, Kind::Date) => {
            let days = i32::from_be_bytes(scan::fixed(bytes, || ValueError::binary("date"))?);
            let micros = datetime::date_to_timestamp(datetime::check_date(days)?)?;
            Ok(datetime::check_timestamp(micros, *precision)?
                .to_be_bytes()
                .to_vec())
        }
        (Kind::Date, Kind::Timestamp { .. }) => {
            let micros =
                i64::from_be_bytes(scan::fixed(bytes, || ValueError::binary("timestamp"))?);
            let micros = datetime::check_timestamp(micros, None)?;
            Ok(datetime::timestamp_to_date(micros)?.to_be_bytes().to_vec())
        }
        (Kind::Timestamptz { .. }, Kind::Date | Kind::Timestamp { .. })
        | (Kind::Date | Kind::Timestamp { .. } | Kind::Time { .. }, Kind::Timestamptz { .. }) => {
            Err(instant())
        }
        (Kind::Json, Kind::Jsonb) | (Kind::Jsonb, Kind::Json) => {
            let bytes = match (sent, bytes) {
                (Kind::Jsonb, [1, rest @ ..]) => rest,
                (Kind::Jsonb, _) => return Err(ValueError::binary("jsonb")),
                (_, bytes) => bytes,
            };
            let json = text::utf8(bytes)?;
            let normal = jsonb::normalise(json)?;
            Ok(normal.into_bytes())
        }
        (Kind::Inet, Kind::Inet)
        | (Kind::Numeric { .. }, Kind::Numeric { .. })
        | (Kind::Bool, Kind::Bool)
        | (Kind::Uuid, Kind::Uuid)
        | (Kind::Bytea, Kind::Bytea)
        | (Kind::Float4, Kind::Float4)
        | (Kind::Float8, Kind::Float8)
        | (Kind::Json, Kind::Json)
        | (Kind::Jsonb, Kind::Jsonb)
        | (Kind::Date, Kind::Date)
        | (Kind::Time { .. }, Kind::Time { .. })
        | (Kind::Timestamp { .. }, Kind::Timestamp { .. })
        | (Kind::Timestamptz { .. }, Kind::Timestamptz { .. }) => {
            codec::read_binary(declared, bytes)
        }
        // The server would convert it.
        (to, from) if is_number(to) && is_number(from) => Err(ValueError::server_dependent(
            "a number that has to be converted to the column's type",
        )),
        _ => Err(refused()),
    }
}

fn is_number(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Float4 | Kind::Float8 | Kind::Numeric { .. }
    )
}

fn whole(
    declared: &DeclaredType,
    bytes: &[u8],
    sent: integer::Width,
) -> Result<Vec<u8>, ValueError> {
    let value = integer::read_binary(bytes, sent)?;
    let target = match declared.kind {
        Kind::Int2 => integer::Width::Two,
        Kind::Int4 => integer::Width::Four,
        _ => integer::Width::Eight,
    };
    Ok(target.hold(value)?.to_be_bytes().to_vec())
}
