//! The zero of each type.

use crate::value::{Canonical, DeclaredType, Kind, Settings};

/// As text; `None` where a type has none.
pub(super) fn text(declared: &DeclaredType) -> Option<&'static str> {
    match declared.kind {
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext | Kind::Bytea => {
            Some("")
        }
        Kind::Int2
        | Kind::Int4
        | Kind::Int8
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8 => Some("0"),
        Kind::Bool => Some("f"),
        Kind::Date => Some("1970-01-01"),
        Kind::Time { .. } => Some("00:00:00"),
        Kind::Timestamp { .. } => Some("1970-01-01 00:00:00"),
        Kind::Timestamptz { .. } => Some("1970-01-01 00:00:00+00"),
        Kind::Uuid => Some("00000000-0000-0000-0000-000000000000"),
        Kind::Json | Kind::Jsonb => Some("null"),
        Kind::Inet => Some("0.0.0.0"),
        Kind::Array(_) => Some("{}"),
        Kind::Enum(_) => None,
    }
}

/// As a value.
pub(super) fn of(declared: &DeclaredType) -> Option<Canonical> {
    declared
        .from_text(text(declared)?.as_bytes(), &Settings::default())
        .ok()
}
