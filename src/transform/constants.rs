//! The text of a plan with its constants sealed.

use super::bytea::put_hex;
use super::{Counts, Treated, refuse};
use crate::fault::Refusal;
use crate::keys::Keyring;
use crate::plan::{Piece, Whose};
use crate::seal::{ColumnCipher, SealError};
use crate::value::Sought;

/// What `sealwire.ci` of a fulfilling value is; of no value at all, where nothing fulfils the condition: a tag is
/// never empty.
pub(super) fn tag_of(cipher: &ColumnCipher, form: &Sought) -> Result<Vec<u8>, SealError> {
    match form {
        Sought::Form(form) => Ok(cipher.tag(form)?.to_vec()),
        Sought::Nothing => Ok(Vec::new()),
    }
}

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
                whose,
            } => {
                let cipher = keyring.cipher(spec).map_err(refuse::keys(column))?;
                let subject = match whose.as_deref() {
                    Some(Whose::Named(subject)) => Some(subject),
                    // Nothing is bound yet, and without a subject nothing is sealed.
                    Some(Whose::Bound { .. }) | None => None,
                };
                let envelope = cipher
                    .place_for(subject, value)
                    .map_err(refuse::seal(column))?;
                // Reads the same whatever standard_conforming_strings is (manual 4.1.2.2), as all of these do.
                text.push_str("E'\\\\x");
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
                text.push_str("E'{");
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    match value {
                        None => text.push_str("NULL"),
                        Some(value) => {
                            let envelope = cipher.place(value).map_err(refuse::seal(column))?;
                            text.push_str("\"\\\\\\\\x");
                            put_hex(&mut text, &envelope);
                            text.push('"');
                            sealed.add(column, Treated::Sealed, 1);
                        }
                    }
                }
                text.push_str("}'::pg_catalog.bytea[]");
            }
            Piece::Tags {
                column,
                spec,
                forms,
                array,
            } => {
                let cipher = keyring.cipher(spec).map_err(refuse::keys(column))?;
                text.push_str(if *array { "E'{" } else { "E'" });
                for (at, form) in forms.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    let Some(form) = form else {
                        text.push_str("NULL");
                        continue;
                    };
                    let tag = tag_of(&cipher, form).map_err(refuse::seal(column))?;
                    text.push_str(if *array { "\"\\\\\\\\x" } else { "\\\\x" });
                    put_hex(&mut text, &tag);
                    text.push_str(if *array { "\"" } else { "" });
                    sealed.add(column, Treated::Sealed, 1);
                }
                text.push_str(if *array {
                    "}'::pg_catalog.bytea[]"
                } else {
                    "'::pg_catalog.bytea"
                });
            }
            Piece::Tokens {
                column,
                spec,
                fragments,
            } => {
                let cipher = keyring.cipher(spec).map_err(refuse::keys(column))?;
                let tokens = cipher.tokens(fragments).map_err(refuse::seal(column))?;
                let tokens: Vec<String> = tokens.iter().map(i64::to_string).collect();
                text.push_str("'{");
                text.push_str(&tokens.join(","));
                text.push_str("}'::pg_catalog.int8[]");
                sealed.add(column, Treated::Sealed, 1);
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
