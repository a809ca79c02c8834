//! The text of a plan with its constants sealed.

use super::bytea::put_hex;
use super::{Counts, Treated, refuse};
use crate::fault::Refusal;
use crate::keys::Keyring;
use crate::plan::Piece;

/// The text to send upstream.
///
/// # Errors
/// Where a key is not to be had.
pub fn render(pieces: &[Piece], keyring: &Keyring, counts: &mut Counts) -> Result<String, Refusal> {
    let mut text = String::new();
    let mut sealed = Counts::default();
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Sealed {
                column,
                spec,
                value,
            } => {
                let cipher = keyring.cipher(spec).map_err(refuse::keys(column))?;
                let envelope = cipher.seal(value).map_err(refuse::seal(column))?;
                text.push_str("'\\x");
                put_hex(&mut text, &envelope);
                text.push_str("'::pg_catalog.bytea");
                sealed.add(column, Treated::Sealed, 1);
            }
            Piece::SealedArray {
                column,
                spec,
                values,
            } => {
                let cipher = keyring.cipher(spec).map_err(refuse::keys(column))?;
                text.push_str("'{");
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    match value {
                        None => text.push_str("NULL"),
                        Some(value) => {
                            let envelope = cipher.seal(value).map_err(refuse::seal(column))?;
                            text.push_str("\"\\\\x");
                            put_hex(&mut text, &envelope);
                            text.push('"');
                            sealed.add(column, Treated::Sealed, 1);
                        }
                    }
                }
                text.push_str("}'::pg_catalog.bytea[]");
            }
            Piece::Filled { entry, value } => {
                super::entry::filled(entry, value, keyring, &mut text)?;
            }
            Piece::Entry(entry) => text.push_str(&super::entry::enter(entry, keyring)?),
        }
    }
    counts.merge(&sealed);
    Ok(text)
}
