//! Pseudonyms: a keyed hash in the shape of the type. They show which rows are equal.

use std::fmt::Write;

use super::characters;
use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError};

/// Fewer characters would make different values alike.
const FEWEST_CHARACTERS: usize = 8;
/// 128 bits, in hex.
const CHARACTERS: usize = 32;

/// Whether the type has room for a pseudonym.
pub(super) fn is_wide_enough(declared: &DeclaredType) -> bool {
    match declared.kind {
        Kind::Uuid | Kind::Int4 | Kind::Int8 => true,
        _ => {
            characters::is_text(declared)
                && characters::limit(declared).is_none_or(|limit| limit >= FEWEST_CHARACTERS)
        }
    }
}

/// The hash as a value of the type.
pub(super) fn of(declared: &DeclaredType, hash: &[u8; 32]) -> Result<Canonical, ValueError> {
    let [first, second, ..] = *hash.as_chunks::<8>().0 else {
        return Err(ValueError::new("XX000", "a pseudonym could not be made"));
    };
    let (first, second) = (u64::from_be_bytes(first), u64::from_be_bytes(second));
    let text = match declared.kind {
        Kind::Int4 => (first >> 33).to_string(),
        Kind::Int8 => (first >> 1).to_string(),
        Kind::Uuid => {
            // RFC 9562: version 8, for values of one's own making.
            let high = first & !0xf000 | 0x8000;
            let low = second & !(0b11 << 62) | 0b10 << 62;
            format!("{high:016x}{low:016x}")
        }
        _ => {
            let mut text = String::with_capacity(CHARACTERS);
            let _ = write!(text, "{first:016x}{second:016x}");
            text.truncate(length(declared));
            text
        }
    };
    declared.from_text(text.as_bytes(), &Settings::default())
}

fn length(declared: &DeclaredType) -> usize {
    characters::limit(declared).map_or(CHARACTERS, |limit| limit.min(CHARACTERS))
}

/// Whether a written value has the shape of a pseudonym. Integers have none: a write of one is never
/// taken for a mask.
pub(super) fn looks_like_one(declared: &DeclaredType, value: &Canonical) -> bool {
    let bytes = value.expose_plaintext();
    match declared.kind {
        Kind::Int4 | Kind::Int8 => false,
        Kind::Uuid => {
            bytes.get(6).is_some_and(|byte| byte >> 4 == 8)
                && bytes.get(8).is_some_and(|byte| byte >> 6 == 0b10)
        }
        _ => {
            bytes.len() == length(declared)
                && bytes.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        }
    }
}
