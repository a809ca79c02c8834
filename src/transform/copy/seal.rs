//! COPY FROM: the client's rows, their protected fields sealed, in the format that goes upstream.

use std::sync::Arc;

use bytes::BytesMut;

use super::record::{CopyError, Record};
use super::{CopyReader, CopyWriter};
use crate::fault::{Fault, Refusal};
use crate::keys::Keyring;
use crate::plan::{CopyColumn, CopyDefault, CopyFormat, CopyPlan, CopyWay};
use crate::policy::{Protected, SubjectColumn};
use crate::seal::{ColumnCipher, SealSpec, Subject};
use crate::transform::{Counts, Treated, bytea, refuse};
use crate::value::{Canonical, Settings, ValueError};

/// Seals the rows of one COPY.
pub struct CopySealer {
    reader: CopyReader,
    writer: CopyWriter,
    record: Record,
    table: String,
    columns: Vec<Column>,
    defaults: Vec<(Sealing, Canonical)>,
    settings: Settings,
    binary: bool,
    /// The column that says of whom a row is.
    whose: Option<(usize, SubjectColumn)>,
    /// An envelope as it is written. No secret.
    envelope: Envelope,
}

struct Column {
    name: String,
    sealing: Option<Sealing>,
}

struct Sealing {
    column: Arc<Protected>,
    cipher: Arc<ColumnCipher>,
}

#[derive(Default)]
struct Envelope {
    bytes: Vec<u8>,
    text: String,
}

impl CopySealer {
    /// Prepares for a COPY FROM.
    ///
    /// # Errors
    /// Where a key is not to be had.
    pub fn new(plan: &CopyPlan, settings: &Settings, keyring: &Keyring) -> Result<Self, Refusal> {
        let CopyWay::In {
            columns,
            defaults,
            whose,
        } = &plan.way
        else {
            return Err(refuse::protocol("a COPY in the other direction"));
        };
        let sealing = |column: &Arc<Protected>, spec: &SealSpec| {
            let cipher = keyring.cipher(spec).map_err(refuse::keys(column))?;
            Ok::<_, Refusal>(Sealing {
                column: Arc::clone(column),
                cipher,
            })
        };
        Ok(CopySealer {
            reader: CopyReader::new(&plan.format, columns.len()),
            writer: CopyWriter::new(&plan.upstream, columns.len() + defaults.len()),
            record: Record::default(),
            table: plan.table.clone(),
            columns: columns
                .iter()
                .map(|CopyColumn { name, seal }| {
                    Ok(Column {
                        name: name.clone(),
                        sealing: (seal.as_ref())
                            .map(|(column, spec)| sealing(column, spec))
                            .transpose()?,
                    })
                })
                .collect::<Result<_, Refusal>>()?,
            defaults: defaults
                .iter()
                .map(
                    |CopyDefault {
                         column,
                         spec,
                         value,
                     }| Ok((sealing(column, spec)?, value.clone())),
                )
                .collect::<Result<_, Refusal>>()?,
            settings: settings.clone(),
            binary: plan.format == CopyFormat::Binary,
            whose: whose.clone(),
            envelope: Envelope::default(),
        })
    }

    /// Takes a part of the client's data, cut wherever it is; appends what goes upstream.
    ///
    /// # Errors
    /// Where the data is not of its format, or a value not of its column's type.
    pub fn take(
        &mut self,
        data: &[u8],
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        self.reader.push(data);
        self.rows(out, counts)
    }

    /// How many bytes are kept of a row that has not come in full.
    pub fn kept(&self) -> usize {
        self.reader.unread()
    }

    /// The client's data is complete.
    ///
    /// # Errors
    /// As for [`CopySealer::take`].
    pub fn end(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        self.reader.end();
        self.rows(out, counts)?;
        self.writer.end(out);
        Ok(())
    }

    fn rows(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        while (self.reader.next(&mut self.record)).map_err(|error| self.wrong(&error))? {
            self.row(out, counts)?;
        }
        Ok(())
    }

    fn row(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        let line = self.record.line();
        if self.record.len() > self.columns.len() {
            let error = CopyError::format(line, "extra data after last expected column");
            return Err(self.wrong(&error));
        }
        // Nothing is sealed for nobody.
        if let (Some(missing), Some(_)) = (self.columns.get(self.record.len()), &self.whose) {
            let message = format!("missing data for column \"{}\"", missing.name);
            return Err(self.wrong(&CopyError::format(line, message)));
        }
        let subject = self.subject(line)?;
        for (column, field) in self.columns.iter().zip(self.record.fields()) {
            let (Some(sealing), Some(value)) = (&column.sealing, field) else {
                self.writer.field(field, false, out);
                continue;
            };
            let declared = &sealing.column.declared;
            let sealed = if self.binary {
                declared.from_binary(0, value)
            } else {
                declared.from_text(value, &self.settings)
            }
            .map_err(|error: ValueError| refuse::bad_value(error))
            .and_then(|value| {
                sealing.seal(subject.as_ref(), &value, self.binary, &mut self.envelope)
            })
            .map_err(|refusal| {
                let (table, name) = (&self.table, &column.name);
                refusal.within(format!("COPY {table}, line {line}, column {name}"))
            })?;
            self.writer.field(Some(sealed), false, out);
            counts.add(&sealing.column, Treated::Sealed, 1);
        }
        if self.record.len() < self.columns.len() {
            // The server reads what there is before it says what is missing.
            self.writer.end_row(out);
            return Ok(());
        }
        for (sealing, value) in &self.defaults {
            let sealed = sealing.seal(subject.as_ref(), value, self.binary, &mut self.envelope)?;
            self.writer.field(Some(sealed), false, out);
            counts.add(&sealing.column, Treated::Sealed, 1);
        }
        self.writer.end_row(out);
        Ok(())
    }

    /// Of whom a row is; `None` where it does not say, or nothing hangs on it.
    fn subject(&self, line: u64) -> Result<Option<Subject>, Refusal> {
        let Some((at, named)) = &self.whose else {
            return Ok(None);
        };
        let Some(Some(value)) = self.record.fields().nth(*at) else {
            return Ok(None);
        };
        let value = if self.binary {
            named.declared.from_binary(0, value)
        } else {
            named.declared.from_text(value, &self.settings)
        };
        let value = value.map_err(|error| {
            let (table, name) = (&self.table, &named.column);
            refuse::bad_value(error).within(format!("COPY {table}, line {line}, column {name}"))
        })?;
        Ok(Some(named.of(&value)))
    }

    fn wrong(&self, error: &CopyError) -> Refusal {
        Refusal::new(Fault::BadValue, error.message.clone())
            .with_sqlstate(error.sqlstate)
            .within(format!("COPY {}, line {}", self.table, error.line))
    }
}

impl Sealing {
    fn seal<'e>(
        &self,
        subject: Option<&Subject>,
        value: &Canonical,
        binary: bool,
        envelope: &'e mut Envelope,
    ) -> Result<&'e [u8], Refusal> {
        envelope.bytes.clear();
        self.cipher
            .seal_for(subject, value, &mut envelope.bytes)
            .map_err(refuse::seal(&self.column))?;
        if binary {
            return Ok(&envelope.bytes);
        }
        envelope.text.clear();
        envelope.text.push_str("\\x");
        bytea::put_hex(&mut envelope.text, &envelope.bytes);
        Ok(envelope.text.as_bytes())
    }
}
