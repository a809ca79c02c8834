//! Values as texts.

use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError};

/// A value as a cast to text writes it.
pub(super) fn cast(
    value: &Canonical,
    declared: &DeclaredType,
    settings: &Settings,
) -> Result<Canonical, ValueError> {
    match declared.kind {
        // char(n) loses its blanks in a cast, and boolean is written out.
        Kind::Char { .. } => {
            let text =
                std::str::from_utf8(value.expose_plaintext()).map_err(|_| super::damaged())?;
            Ok(Canonical::new(text.trim_end_matches(' ').into()))
        }
        Kind::Bool => {
            let truth = value.expose_plaintext() == [1];
            let text = if truth { "true" } else { "false" };
            Ok(Canonical::new(text.as_bytes().to_vec()))
        }
        // A cast says how long the network's part is even where it is the whole address.
        Kind::Inet => {
            let text = output(value, declared, settings)?;
            let shown =
                std::str::from_utf8(text.expose_plaintext()).map_err(|_| super::damaged())?;
            let whole = match (shown.contains('/'), shown.contains(':')) {
                (true, _) => return Ok(text),
                (false, true) => format!("{shown}/128"),
                (false, false) => format!("{shown}/32"),
            };
            Ok(Canonical::new(whole.into_bytes()))
        }
        _ => output(value, declared, settings),
    }
}

/// A value as its type's output function writes it.
pub(super) fn output(
    value: &Canonical,
    declared: &DeclaredType,
    settings: &Settings,
) -> Result<Canonical, ValueError> {
    let mut out = Vec::new();
    declared.to_text(value, settings, &mut out)?;
    Ok(Canonical::new(out))
}
