//! Rows: sealed columns opened or masked, everything else relayed.

use std::sync::Arc;

use bytes::{BufMut, BytesMut};
use zeroize::Zeroizing;

use super::columns::{array_type, known_format, one_each, refuse_nested};
use super::{Counts, Treated, array, bytea, refuse};
use crate::fault::{Fault, Refusal};
use crate::keys::Keyring;
use crate::mask::{Mask, Pseudonymise};
use crate::plan::{Output, Show};
use crate::policy::{Protected, Storage};
use crate::seal::{ColumnCipher, SealSpec};
use crate::value::{Canonical, Settings};

/// How the rows of one result are shown. Made once for a portal; ciphers, masks that are constant and
/// buffers are ready in it.
pub struct RowPlan {
    columns: Vec<Column>,
    settings: Settings,
    scratch: Scratch,
}

/// Buffers used again for every value, wiped when dropped.
#[derive(Default)]
struct Scratch {
    /// An envelope decoded from text. No secret.
    envelope: Vec<u8>,
    /// The value as the client will see it.
    shown: Zeroizing<Vec<u8>>,
    /// An array of such.
    array: Zeroizing<Vec<u8>>,
}

enum Column {
    Pass,
    Field(Box<Field>),
}

struct Field {
    column: Arc<Protected>,
    source: Source,
    show: Shown,
    array: bool,
    binary_in: bool,
    binary_out: bool,
}

enum Source {
    Sealed(Arc<ColumnCipher>),
    Plain,
}

enum Shown {
    /// The value.
    Open,
    /// A mask that needs no plaintext, encoded: `None` for NULL. The value is never opened.
    Constant(Option<Vec<u8>>),
    /// A mask that is made from the value.
    Made {
        mask: Mask,
        pseudonymise: Option<Arc<dyn Pseudonymise>>,
    },
}

impl RowPlan {
    /// Prepares for the rows of a result. `upstream_formats` are those that were asked for, `client_formats`
    /// those that the client asked for (none for the simple protocol: all text).
    ///
    /// # Errors
    /// Where a key is not to be had, or the formats do not fit the columns.
    pub fn new(
        outputs: &[Output],
        upstream_formats: &[i16],
        client_formats: &[i16],
        settings: &Settings,
        keyring: &Keyring,
    ) -> Result<Self, Refusal> {
        let each = |codes| {
            one_each(codes, outputs.len())
                .ok_or_else(|| refuse::protocol("the formats do not fit the result's columns"))
        };
        let (upstream, client) = (each(upstream_formats)?, each(client_formats)?);
        let mut columns = Vec::with_capacity(outputs.len());
        for ((output, upstream), client) in outputs.iter().zip(upstream).zip(client) {
            let (binary_in, binary_out) = (known_format(upstream)?, known_format(client)?);
            let field = match output {
                Output::Pass => {
                    if binary_in != binary_out {
                        return Err(refuse::protocol(
                            "a column that is relayed was not asked for as the client wants it",
                        ));
                    }
                    columns.push(Column::Pass);
                    continue;
                }
                Output::Sealed {
                    column,
                    spec,
                    show,
                    array,
                    origin: _,
                } => {
                    refuse_nested(column, *array)?;
                    Field {
                        source: Source::Sealed(keyring.cipher(spec).map_err(refuse::keys(column))?),
                        show: match show {
                            Show::Open => Shown::Open,
                            Show::Mask(mask) => {
                                shown(column, mask, Some(spec), binary_out, settings, keyring)?
                            }
                        },
                        column: Arc::clone(column),
                        array: *array,
                        binary_in,
                        binary_out,
                    }
                }
                Output::Plain {
                    column,
                    mask,
                    array,
                    origin: _,
                } => {
                    refuse_nested(column, *array)?;
                    Field {
                        source: Source::Plain,
                        show: shown(column, mask, None, binary_out, settings, keyring)?,
                        column: Arc::clone(column),
                        array: *array,
                        binary_in,
                        binary_out,
                    }
                }
            };
            columns.push(Column::Field(Box::new(field)));
        }
        Ok(RowPlan {
            columns,
            settings: settings.clone(),
            scratch: Scratch::default(),
        })
    }

    /// Appends a whole DataRow frame to `out` for a row as the server sent it (`payload`: after the length
    /// word). On a refusal `out` is as it was.
    ///
    /// # Errors
    /// Where a value cannot be opened, or the row is not what the plan expects.
    pub fn row(
        &mut self,
        payload: &[u8],
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        let start = out.len();
        let written = self.write(payload, out, counts);
        if written.is_err() {
            out.truncate(start);
        }
        written
    }

    fn write(
        &mut self,
        payload: &[u8],
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        let start = out.len();
        let (count, mut rest) = payload.split_first_chunk::<2>().ok_or_else(malformed)?;
        if usize::from(u16::from_be_bytes(*count)) != self.columns.len() {
            return Err(Refusal::new(
                Fault::SchemaChanged,
                "a row has another number of columns than the statement was planned with",
            ));
        }
        out.reserve(payload.len() + 5);
        out.put_u8(b'D');
        out.put_u32(0);
        out.put_slice(count);
        for column in &self.columns {
            let (len, after) = rest.split_first_chunk::<4>().ok_or_else(malformed)?;
            let value = match i32::from_be_bytes(*len) {
                -1 => None,
                len => {
                    let len = usize::try_from(len).map_err(|_| malformed())?;
                    Some(after.split_at_checked(len).ok_or_else(malformed)?)
                }
            };
            let Some((value, after)) = value else {
                // NULL stays NULL, masked or not.
                rest = after;
                out.put_i32(-1);
                continue;
            };
            rest = after;
            match column {
                Column::Pass => {
                    out.put_slice(len);
                    out.put_slice(value);
                }
                Column::Field(field) => {
                    let scratch = &mut self.scratch;
                    let shown = if field.array {
                        field.show_array(value, &self.settings, scratch, counts)?;
                        Some(scratch.array.as_slice())
                    } else {
                        field.show(value, &self.settings, scratch, counts)?
                    };
                    put(out, shown)?;
                }
            }
        }
        if !rest.is_empty() {
            return Err(malformed());
        }
        let len = u32::try_from(out.len() - start - 1).map_err(|_| too_long())?;
        out.get_mut(start + 1..start + 5)
            .ok_or_else(malformed)?
            .copy_from_slice(&len.to_be_bytes());
        Ok(())
    }
}

fn put(out: &mut BytesMut, value: Option<&[u8]>) -> Result<(), Refusal> {
    match value {
        None => out.put_i32(-1),
        Some(value) => {
            out.put_i32(i32::try_from(value.len()).map_err(|_| too_long())?);
            out.put_slice(value);
        }
    }
    Ok(())
}

fn malformed() -> Refusal {
    refuse::protocol("the server sent a malformed row")
}

fn too_long() -> Refusal {
    Refusal::new(Fault::BadValue, "a value is too long to be shown").with_sqlstate("54000")
}

/// Prepares a mask: what needs no plaintext is encoded once and for all.
fn shown(
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
    fn show<'a>(
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
            Shown::Open => {
                let value = self.open(value, settings, &mut scratch.envelope)?;
                counts.add(&self.column, Treated::Opened, 1);
                Some(value)
            }
            Shown::Made { mask, pseudonymise } => {
                let value = self.open(value, settings, &mut scratch.envelope)?;
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
    fn show_array(
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

    fn open(
        &self,
        value: &[u8],
        settings: &Settings,
        decoded: &mut Vec<u8>,
    ) -> Result<Canonical, Refusal> {
        let column = &*self.column;
        match &self.source {
            Source::Sealed(cipher) if self.binary_in => {
                cipher.open(value).map_err(refuse::open(column))
            }
            Source::Sealed(cipher) => {
                decoded.clear();
                bytea::decode(value, decoded)
                    .ok_or_else(|| refuse::cannot_open(column, &"it is not bytea"))?;
                cipher.open(decoded).map_err(refuse::open(column))
            }
            Source::Plain => if self.binary_in {
                column.declared.from_binary(0, value)
            } else {
                column.declared.from_text(value, settings)
            }
            .map_err(|_| refuse::schema_changed(column)),
        }
    }
}
