//! One protected column of a result: its values opened or masked.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::columns::array_type;
use super::{Counts, Treated, array, bytea, refuse};
use crate::fault::{Fault, Refusal};
use crate::keys::Keyring;
use crate::mask::{Mask, Pseudonymise};
use crate::policy::{Protected, Storage};
use crate::seal::{ColumnCipher, OpenError, SealSpec, SubjectError};
use crate::value::{Canonical, Settings};

/// A protected column of a result, ready to be shown.
pub(super) struct Field {
    pub(super) column: Arc<Protected>,
    pub(super) source: Source,
    pub(super) show: Shown,
    pub(super) array: bool,
    pub(super) binary_in: bool,
    pub(super) binary_out: bool,
}

pub(super) enum Source {
    Sealed(Arc<ColumnCipher>),
    Plain,
}

pub(super) enum Shown {
    /// The value as it is.
    Open,
    /// A mask that needs no plaintext, encoded: `None` for NULL. The value is never opened.
    Constant(Option<Vec<u8>>),
    /// A mask that is made from the value.
    Made {
        mask: Mask,
        pseudonymise: Option<Arc<dyn Pseudonymise>>,
    },
}

/// Buffers used again for every value, wiped when dropped.
#[derive(Default)]
pub(super) struct Scratch {
    /// An envelope decoded from text. No secret.
    pub(super) envelope: Vec<u8>,
    /// The value as the client will see it.
    shown: Zeroizing<Vec<u8>>,
    /// An array of such.
    pub(super) array: Zeroizing<Vec<u8>>,
}

pub(super) fn too_long() -> Refusal {
    Refusal::new(Fault::BadValue, "a value is too long to be shown").with_sqlstate("54000")
}

/// Prepares a mask: what needs no plaintext is encoded once and for all.
pub(super) fn prepare(
    column: &Protected,
    mask: &Mask,
    spec: Option<&SealSpec>,
    binary: bool,
    settings: &Settings,
    keyring: &Keyring,
) -> Result<Shown, Refusal> {
    if mask.needs_plaintext() {
        return Ok(Shown::Made {
            mask: mask.clone(),
            pseudonymise: pseudonymise(column, mask, spec, keyring),
        });
    }
    let declared = &column.declared;
    let mut encoded = Vec::new();
    let value = mask
        .apply(declared, None, None)
        .map_err(refuse::not_of_type(column))?;
    Ok(Shown::Constant(match value {
        None => None,
        Some(value) => {
            encode(column, &value, binary, settings, &mut encoded)?;
            Some(encoded)
        }
    }))
}

/// Pseudonyms are stable within a key domain. A masked-only column has none: its own place stands in, in a
/// range that domain ids are not minted in.
fn pseudonymise(
    column: &Protected,
    mask: &Mask,
    spec: Option<&SealSpec>,
    keyring: &Keyring,
) -> Option<Arc<dyn Pseudonymise>> {
    if *mask != Mask::Pseudonym {
        return None;
    }
    let domain = match (spec, &column.storage) {
        (Some(spec), _) | (None, Storage::Sealed(spec)) => spec.domain,
        (None, Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing) => {
            MASKED_ONLY_DOMAINS
                | column.table.rotate_left(11) ^ u32::from(column.attnum.unsigned_abs())
        }
    };
    Some(keyring.pseudonym(domain))
}

const MASKED_ONLY_DOMAINS: u32 = 0x8000_0000;

fn encode(
    column: &Protected,
    value: &Canonical,
    binary: bool,
    settings: &Settings,
    out: &mut Vec<u8>,
) -> Result<(), Refusal> {
    if binary {
        column.declared.to_binary(value, out)
    } else {
        column.declared.to_text(value, settings, out)
    }
    .map_err(refuse::not_of_type(column))
}

impl Field {
    /// One value as the client sees it; `None` for NULL.
    pub(super) fn show<'a>(
        &'a self,
        value: &[u8],
        settings: &Settings,
        scratch: &'a mut Scratch,
        counts: &mut Counts,
    ) -> Result<Option<&'a [u8]>, Refusal> {
        let column = &*self.column;
        let value = match &self.show {
            Shown::Constant(constant) => {
                counts.add(&self.column, Treated::Masked, 1);
                return Ok(constant.as_deref());
            }
            Shown::Open => match self.open(value, settings, &mut scratch.envelope)? {
                None => {
                    counts.add(&self.column, Treated::Erased, 1);
                    None
                }
                Some(value) => {
                    counts.add(&self.column, Treated::Opened, 1);
                    Some(value)
                }
            },
            Shown::Made { mask, pseudonymise } => {
                let Some(value) = self.open(value, settings, &mut scratch.envelope)? else {
                    counts.add(&self.column, Treated::Erased, 1);
                    return Ok(None);
                };
                counts.add(&self.column, Treated::Masked, 1);
                mask.apply(&column.declared, Some(&value), pseudonymise.as_ref())
                    .map_err(refuse::not_of_type(column))?
            }
        };
        let Some(value) = value else {
            return Ok(None);
        };
        scratch.shown.clear();
        encode(
            column,
            &value,
            self.binary_out,
            settings,
            &mut scratch.shown,
        )?;
        Ok(Some(scratch.shown.as_slice()))
    }

    /// An array of values, into the scratch array.
    pub(super) fn show_array(
        &self,
        value: &[u8],
        settings: &Settings,
        scratch: &mut Scratch,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        let elements = if self.binary_in {
            array::split_binary(value)
        } else {
            array::split_text(value)
        }
        .ok_or_else(|| match self.source {
            Source::Sealed(_) => {
                refuse::cannot_open(&self.column, &"it is not an array of envelopes")
            }
            Source::Plain => refuse::schema_changed(&self.column),
        })?;
        let count = elements.items.len();
        let mut out = std::mem::take(&mut scratch.array);
        out.clear();
        let mut nulls = false;
        if self.binary_out {
            let (_, element_oid) = array_type(&self.column.declared);
            array::begin_binary(&mut out, element_oid, count, false, elements.lower)
                .ok_or_else(too_long)?;
        } else {
            array::begin_text(&mut out, count, elements.lower);
        }
        for (at, item) in elements.items.iter().enumerate() {
            let shown = match item {
                None => None,
                Some(item) => self.show(item, settings, scratch, counts)?,
            };
            nulls |= shown.is_none();
            if self.binary_out {
                array::put_binary(&mut out, shown).ok_or_else(too_long)?;
            } else {
                array::put_text(&mut out, shown, at == 0);
            }
        }
        if !self.binary_out {
            out.push(b'}');
        } else if nulls && let Some(flag) = out.get_mut(7) {
            // The flag word says whether there are NULLs, which is known only now.
            *flag = 1;
        }
        scratch.array = out;
        Ok(())
    }

    /// The value; `None` for one whose data subject was erased.
    pub(super) fn open(
        &self,
        value: &[u8],
        settings: &Settings,
        decoded: &mut Vec<u8>,
    ) -> Result<Option<Canonical>, Refusal> {
        let column = &*self.column;
        match &self.source {
            Source::Sealed(cipher) if self.binary_in => unless_erased(cipher.open(value), column),
            Source::Sealed(cipher) => {
                decoded.clear();
                bytea::decode(value, decoded)
                    .ok_or_else(|| refuse::cannot_open(column, &"it is not bytea"))?;
                unless_erased(cipher.open(decoded), column)
            }
            Source::Plain => if self.binary_in {
                column.declared.from_binary(0, value)
            } else {
                column.declared.from_text(value, settings)
            }
            .map(Some)
            .map_err(|_| refuse::schema_changed(column)),
        }
    }
}

/// What an erased data subject had is shown as NULL.
fn unless_erased(
    opened: Result<Canonical, OpenError>,
    column: &Protected,
) -> Result<Option<Canonical>, Refusal> {
    match opened {
        Err(OpenError::Subject(SubjectError::Erased)) => Ok(None),
        Err(error) => Err(refuse::open(column)(error)),
        Ok(value) => Ok(Some(value)),
    }
}
