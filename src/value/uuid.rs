//! uuid. Canonical: its 16 bytes.

use std::fmt::Write;

use super::{ValueError, scan};

const NAME: &str = "uuid";

/// Hex digits, optional braces, an optional hyphen after each group of four digits.
pub(super) fn read_text(text: &str) -> Result<[u8; 16], ValueError> {
    read(text).ok_or_else(|| ValueError::syntax(NAME))
}

fn read(text: &str) -> Option<[u8; 16]> {
    let mut rest = match text.strip_prefix('{') {
        Some(inner) => inner.strip_suffix('}')?,
        None => text,
    };
    let mut bytes = [0; 16];
    for (index, byte) in bytes.iter_mut().enumerate() {
        let (pair, tail) = rest.split_at_checked(2)?;
        if !pair.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        *byte = u8::from_str_radix(pair, 16).ok()?;
        rest = match tail.strip_prefix('-') {
            Some(tail) if index % 2 == 1 && index < 15 => tail,
            _ => tail,
        };
    }
    rest.is_empty().then_some(bytes)
}

/// Binary format.
pub(super) fn read_binary(bytes: &[u8]) -> Result<[u8; 16], ValueError> {
    scan::fixed(bytes, || ValueError::binary(NAME))
}

/// Writes `8-4-4-4-12`.
pub(super) fn write_text(canonical: &[u8], out: &mut Vec<u8>) -> Result<(), ValueError> {
    let bytes: [u8; 16] = scan::fixed(canonical, || ValueError::damaged(NAME))?;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        write!(text, "{byte:02x}").map_err(|_| ValueError::damaged(NAME))?;
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}
