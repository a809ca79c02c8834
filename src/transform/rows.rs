//! Rows: sealed columns opened or masked, everything else relayed.

use std::sync::Arc;

use bytes::{BufMut, BytesMut};

use super::columns::{known_format, one_each, refuse_nested};
use super::field::{Field, Scratch, Shown, Source, prepare, too_long};
use super::{Counts, Treated, refuse};
use crate::fault::{Fault, Refusal};
use crate::keys::Keyring;
use crate::plan::{Output, Show};
use crate::value::{Canonical, DeclaredType, Settings};

/// How the rows of one result are shown. Made once for a portal; ciphers, masks that are constant and
/// buffers are ready in it.
pub struct RowPlan {
    columns: Columns,
    settings: Settings,
}

/// The columns of a result as the server sends them.
pub(super) struct Columns {
    columns: Vec<Column>,
    scratch: Scratch,
}

enum Column {
    Pass {
        binary_in: bool,
        binary_out: bool,
        /// The type that its values are read as.
        read: Option<DeclaredType>,
    },
    Field(Box<Field>),
}

impl Columns {
    /// The columns under their formats, one each.
    pub(super) fn new(
        outputs: &[Output],
        upstream: &[i16],
        client: &[i16],
        settings: &Settings,
        keyring: &Keyring,
    ) -> Result<Self, Refusal> {
        let mut columns = Vec::with_capacity(outputs.len());
        for ((output, upstream), client) in outputs.iter().zip(upstream).zip(client) {
            let (binary_in, binary_out) = (known_format(*upstream)?, known_format(*client)?);
            let field = match output {
                Output::Pass => {
                    columns.push(Column::Pass {
                        binary_in,
                        binary_out,
                        read: None,
                    });
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
                                prepare(column, mask, Some(spec), binary_out, settings, keyring)?
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
                        show: prepare(column, mask, None, binary_out, settings, keyring)?,
                        column: Arc::clone(column),
                        array: *array,
                        binary_in,
                        binary_out,
                    }
                }
            };
            columns.push(Column::Field(Box::new(field)));
        }
        Ok(Columns {
            columns,
            scratch: Scratch::default(),
        })
    }

    /// The values of this column are read, as of this type. Of a protected one only where it is opened.
    pub(super) fn read(&mut self, place: usize, declared: &DeclaredType) -> Result<(), Refusal> {
        match self.columns.get_mut(place) {
            Some(Column::Pass { read, .. }) => {
                *read = Some(declared.clone());
                Ok(())
            }
            Some(Column::Field(field)) if matches!(field.show, Shown::Open) && !field.array => {
                Ok(())
            }
            Some(Column::Field(field)) => Err(refuse::masked(&field.column)),
            None => Err(malformed()),
        }
    }

    /// The values of a row as the server sent it, `None` for NULL.
    pub(super) fn split<'r>(&self, payload: &'r [u8]) -> Result<Vec<Option<&'r [u8]>>, Refusal> {
        let (count, mut rest) = payload.split_first_chunk::<2>().ok_or_else(malformed)?;
        if usize::from(u16::from_be_bytes(*count)) != self.columns.len() {
            return Err(Refusal::new(
                Fault::SchemaChanged,
                "a row has another number of columns than the statement was planned with",
            ));
        }
        let mut values = Vec::with_capacity(self.columns.len());
        for _ in &self.columns {
            let (len, after) = rest.split_first_chunk::<4>().ok_or_else(malformed)?;
            rest = after;
            values.push(match i32::from_be_bytes(*len) {
                -1 => None,
                len => {
                    let len = usize::try_from(len).map_err(|_| malformed())?;
                    let (value, after) = rest.split_at_checked(len).ok_or_else(malformed)?;
                    rest = after;
                    Some(value)
                }
            });
        }
        if rest.is_empty() {
            Ok(values)
        } else {
            Err(malformed())
        }
    }

    /// A value of a column that is read; `None` for one whose data subject was erased.
    pub(super) fn value(
        &mut self,
        place: usize,
        raw: &[u8],
        settings: &Settings,
    ) -> Result<Option<Canonical>, Refusal> {
        match self.columns.get(place) {
            Some(Column::Field(field)) => field.open(raw, settings, &mut self.scratch.envelope),
            Some(Column::Pass {
                binary_in,
                read: Some(declared),
                ..
            }) => if *binary_in {
                declared.from_binary(0, raw)
            } else {
                declared.from_text(raw, settings)
            }
            .map(Some)
            .map_err(|_| {
                Refusal::new(
                    Fault::SchemaChanged,
                    "a value is not of the type that is known of its column",
                )
            }),
            Some(Column::Pass { read: None, .. }) | None => Err(malformed()),
        }
    }

    /// Notes that a value of a column is shown in something that was computed from it.
    pub(super) fn count_opened(&self, place: usize, counts: &mut Counts) {
        if let Some(Column::Field(field)) = self.columns.get(place) {
            counts.add(&field.column, Treated::Opened, 1);
        }
    }

    /// Appends a value as the client sees it, its length first.
    pub(super) fn show(
        &mut self,
        place: usize,
        raw: Option<&[u8]>,
        settings: &Settings,
        out: &mut impl BufMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        // NULL stays NULL, masked or not.
        let Some(raw) = raw else {
            return put(out, None);
        };
        match self.columns.get(place) {
            Some(Column::Pass {
                binary_in,
                binary_out,
                ..
            }) if binary_in == binary_out => put(out, Some(raw)),
            Some(Column::Pass { .. }) => Err(refuse::protocol(
                "a column that is relayed was not asked for as the client wants it",
            )),
            Some(Column::Field(field)) => {
                let scratch = &mut self.scratch;
                let shown = if field.array {
                    field.show_array(raw, settings, scratch, counts)?;
                    Some(scratch.array.as_slice())
                } else {
                    field.show(raw, settings, scratch, counts)?
                };
                put(out, shown)
            }
            None => Err(malformed()),
        }
    }
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
        for ((output, upstream), client) in outputs.iter().zip(&upstream).zip(&client) {
            if matches!(output, Output::Pass) && upstream != client {
                return Err(refuse::protocol(
                    "a column that is relayed was not asked for as the client wants it",
                ));
            }
        }
        Ok(RowPlan {
            columns: Columns::new(outputs, &upstream, &client, settings, keyring)?,
            settings: settings.clone(),
        })
    }

    /// One value as the client sees it, `None` for NULL: for data that is no row of a result.
    ///
    /// # Errors
    /// For a value that cannot be opened.
    pub(super) fn value<'v>(
        &'v mut self,
        place: usize,
        raw: &'v [u8],
        counts: &mut Counts,
    ) -> Result<Option<&'v [u8]>, Refusal> {
        let Columns { columns, scratch } = &mut self.columns;
        match columns.get(place) {
            Some(Column::Pass { .. }) => Ok(Some(raw)),
            Some(Column::Field(field)) if field.array => {
                field.show_array(raw, &self.settings, scratch, counts)?;
                Ok(Some(scratch.array.as_slice()))
            }
            Some(Column::Field(field)) => field.show(raw, &self.settings, scratch, counts),
            None => Err(malformed()),
        }
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
        if usize::from(u16::from_be_bytes(*count)) != self.columns.columns.len() {
            return Err(Refusal::new(
                Fault::SchemaChanged,
                "a row has another number of columns than the statement was planned with",
            ));
        }
        out.reserve(payload.len() + 5);
        out.put_u8(b'D');
        out.put_u32(0);
        out.put_slice(count);
        for column in &self.columns.columns {
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
                Column::Pass { .. } => {
                    out.put_slice(len);
                    out.put_slice(value);
                }
                Column::Field(field) => {
                    let scratch = &mut self.columns.scratch;
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

/// Appends a value with its length.
pub(super) fn put(out: &mut impl BufMut, value: Option<&[u8]>) -> Result<(), Refusal> {
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
