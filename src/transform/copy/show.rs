//! COPY TO: the server's rows, their protected fields opened or masked, in the format that the client asked for.

use std::sync::Arc;

use bytes::BytesMut;

use super::record::{CopyError, Record};
use super::{CopyReader, CopyWriter};
use crate::fault::{Fault, Refusal};
use crate::keys::Keyring;
use crate::plan::{CopyFormat, CopyHeader, CopyPlan, CopyWay, Output};
use crate::transform::{Counts, RowPlan, refuse};
use crate::value::Settings;

/// Shows the rows of one COPY.
pub struct CopyShower {
    reader: CopyReader,
    writer: CopyWriter,
    record: Record,
    rows: RowPlan,
    outputs: Arc<[Output]>,
    /// The server's first line names the columns.
    header: bool,
}

impl CopyShower {
    /// Prepares for a COPY TO.
    ///
    /// # Errors
    /// Where a key is not to be had.
    pub fn new(plan: &CopyPlan, settings: &Settings, keyring: &Keyring) -> Result<Self, Refusal> {
        let CopyWay::Out(outputs) = &plan.way else {
            return Err(refuse::protocol("a COPY in the other direction"));
        };
        let code = i16::from(plan.upstream == CopyFormat::Binary);
        Ok(CopyShower {
            reader: CopyReader::new(&plan.upstream, outputs.len()),
            writer: CopyWriter::new(&plan.format, outputs.len()),
            record: Record::default(),
            rows: RowPlan::new(outputs, &[code], &[code], settings, keyring)?,
            outputs: Arc::clone(outputs),
            header: *plan.format.header() != CopyHeader::None,
        })
    }

    /// Takes a part of the server's data; appends what goes to the client.
    ///
    /// # Errors
    /// Where a value cannot be opened, or the data is not what was planned.
    pub fn take(
        &mut self,
        data: &[u8],
        out: &mut BytesMut,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        self.reader.push(data);
        self.all(out, counts)
    }

    /// How many bytes are kept of a row that has not come in full.
    pub fn kept(&self) -> usize {
        self.reader.unread()
    }

    /// The server's data is complete.
    ///
    /// # Errors
    /// As for [`CopyShower::take`].
    pub fn end(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        self.reader.end();
        self.all(out, counts)?;
        self.writer.end(out);
        Ok(())
    }

    fn all(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        while self.reader.next(&mut self.record).map_err(malformed)? {
            self.row(out, counts)?;
        }
        Ok(())
    }

    fn row(&mut self, out: &mut BytesMut, counts: &mut Counts) -> Result<(), Refusal> {
        let width = self.outputs.len();
        // A row without columns is an empty line, which reads like one empty field.
        let none = width == 0 && self.record.len() == 1;
        if self.record.len() != width && !none {
            return Err(Refusal::new(
                Fault::SchemaChanged,
                "the data of COPY has other columns than were planned",
            ));
        }
        let header = std::mem::take(&mut self.header);
        for (at, field) in self.record.fields().take(width).enumerate() {
            let shown = match field {
                // NULL stays NULL, masked or not.
                None => None,
                Some(name) if header => Some(name),
                Some(value) => self.rows.value(at, value, counts)?,
            };
            self.writer.field(shown, header, out);
        }
        self.writer.end_row(out);
        Ok(())
    }
}

fn malformed(error: CopyError) -> Refusal {
    refuse::protocol(format!(
        "the server sent malformed COPY data: {}",
        error.message
    ))
}
