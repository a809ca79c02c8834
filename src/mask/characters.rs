//! Masks of text: what stays is characters, never bytes.

use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError};

/// Whether the type is made of characters.
pub(super) fn is_text(declared: &DeclaredType) -> bool {
    matches!(
        declared.kind,
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext
    )
}

/// The most characters a value of the type can have.
pub(super) fn limit(declared: &DeclaredType) -> Option<usize> {
    match declared.kind {
        Kind::Varchar { max: Some(length) } => usize::try_from(length).ok(),
        Kind::Char { length } if length > 0 => usize::try_from(length).ok(),
        _ => None,
    }
}

/// Applies an edit to the text of a value and cuts the outcome to the type's length.
pub(super) fn edit(
    declared: &DeclaredType,
    value: &Canonical,
    edit: impl Fn(&str) -> String,
) -> Result<Option<Canonical>, ValueError> {
    let text = std::str::from_utf8(value.expose_plaintext())
        .map_err(|_| ValueError::new("XX001", "the stored value is not valid text"))?;
    let masked: String = edit(text)
        .chars()
        .take(limit(declared).unwrap_or(usize::MAX))
        .collect();
    declared
        .from_text(masked.as_bytes(), &Settings::default())
        .map(Some)
}

/// A value that is not longer than what would be kept is masked whole.
pub(super) fn keep_first(text: &str, keep: usize, with: char) -> String {
    let kept = if text.chars().count() > keep { keep } else { 0 };
    text.chars()
        .enumerate()
        .map(|(at, c)| if at < kept { c } else { with })
        .collect()
}

/// The same from the other end.
pub(super) fn keep_last(text: &str, keep: usize, with: char) -> String {
    let count = text.chars().count();
    let from = if count > keep { count - keep } else { count };
    text.chars()
        .enumerate()
        .map(|(at, c)| if at < from { with } else { c })
        .collect()
}

/// `a***@e***.com`; what is no address is masked whole.
pub(super) fn email(text: &str) -> String {
    const STARS: &str = "***";
    let Some((local, domain)) = text.rsplit_once('@') else {
        return STARS.to_owned();
    };
    let (Some(first), Some(second)) = (local.chars().next(), domain.chars().next()) else {
        return STARS.to_owned();
    };
    match domain.rsplit_once('.') {
        Some((name, last)) if !name.is_empty() && !last.is_empty() => {
            format!("{first}{STARS}@{second}{STARS}.{last}")
        }
        _ => format!("{first}{STARS}@{second}{STARS}"),
    }
}
