//! boolean. Canonical: one byte, 0 or 1.

use super::{ValueError, scan};

const NAME: &str = "boolean";

/// The server takes any unambiguous prefix of its words, in any case.
pub(super) fn read_text(text: &str) -> Result<bool, ValueError> {
    let word = scan::trim(text).to_ascii_lowercase();
    let prefix_of = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
    if prefix_of("true", 1) || prefix_of("yes", 1) || word == "on" || word == "1" {
        Ok(true)
    } else if prefix_of("false", 1) || prefix_of("no", 1) || prefix_of("off", 2) || word == "0" {
        Ok(false)
    } else {
        Err(ValueError::syntax(NAME))
    }
}

/// Binary format; any byte but 0 is true.
pub(super) fn read_binary(bytes: &[u8]) -> Result<bool, ValueError> {
    let [byte] = scan::fixed(bytes, || ValueError::binary(NAME))?;
    Ok(byte != 0)
}

/// From canonical bytes.
pub(super) fn open(canonical: &[u8]) -> Result<bool, ValueError> {
    match canonical {
        [0] => Ok(false),
        [1] => Ok(true),
        _ => Err(ValueError::damaged(NAME)),
    }
}
