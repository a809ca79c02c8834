//! text, varchar, char, citext. Canonical: the text itself; of char(n) without its padding.

use super::{Kind, ValueError};

/// Valid UTF-8 without NUL, as every text that reaches the server must be.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, ValueError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ValueError::new("22021", "invalid byte sequence for encoding \"UTF8\""))?;
    if text.contains('\0') {
        return Err(ValueError::new(
            "22021",
            "invalid byte sequence for encoding \"UTF8\": 0x00",
        ));
    }
    Ok(text)
}

/// Cuts to `max` characters, where all that is cut off is blanks.
pub(super) fn limit<'a>(text: &'a str, max: u32, type_name: &str) -> Result<&'a str, ValueError> {
    let max = usize::try_from(max).unwrap_or(usize::MAX);
    let Some((end, _)) = text.char_indices().nth(max) else {
        return Ok(text);
    };
    match text.split_at_checked(end) {
        Some((kept, rest)) if rest.bytes().all(|b| b == b' ') => Ok(kept),
        _ => Err(ValueError::new(
            "22001",
            format!("value too long for type {type_name}({max})"),
        )),
    }
}

/// What is left of a text under an explicit cast to a type of text: the characters that fit, whatever the others are.
pub(super) fn cut<'t>(kind: &Kind, text: &'t [u8]) -> &'t [u8] {
    let (Kind::Varchar { max: Some(most) } | Kind::Char { length: most @ 1.. }) = kind else {
        return text;
    };
    let most = usize::try_from(*most).unwrap_or(usize::MAX);
    let end = std::str::from_utf8(text)
        .ok()
        .and_then(|text| text.char_indices().nth(most))
        .map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

/// The canonical text of a char(n) value; `length` 0 is `bpchar` without one, kept as it is.
pub(super) fn read_char(text: &str, length: u32) -> Result<&str, ValueError> {
    if length == 0 {
        return Ok(text);
    }
    Ok(limit(text, length, "character")?.trim_end_matches(' '))
}

/// What the canonical form of a constant beside the values of a char(n) begins with, where it is shown as it is, blanks
/// and all. No text holds it.
pub(super) const AS_IT_IS: u8 = 0;

/// Writes a char(n) value padded to its length.
pub(super) fn write_char(text: &str, length: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(text.as_bytes());
    let length = usize::try_from(length).unwrap_or(0);
    let missing = length.saturating_sub(text.chars().count());
    out.extend(std::iter::repeat_n(b' ', missing));
}
