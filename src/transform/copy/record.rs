//! One row of COPY data, taken apart.

use zeroize::Zeroizing;

/// The fields of a row. Used again for every row.
#[derive(Default)]
pub struct Record {
    bytes: Zeroizing<Vec<u8>>,
    /// Where each ends, and whether it is no value at all.
    fields: Vec<(usize, bool)>,
    line: u64,
}

impl Record {
    /// Nothing in it yet; a row of this line.
    pub(super) fn begin(&mut self, line: u64) {
        self.bytes.clear();
        self.fields.clear();
        self.line = line;
    }

    pub(super) fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// How many bytes it holds.
    pub(super) fn written(&self) -> usize {
        self.bytes.len()
    }

    /// What was pushed from there on.
    pub(super) fn tail(&self, from: usize) -> &[u8] {
        self.bytes.get(from..).unwrap_or_default()
    }

    /// Ends a field; what was pushed for NULL counts for nothing.
    pub(super) fn end_field(&mut self, null: bool) {
        self.fields.push((self.bytes.len(), null));
    }

    /// How many fields.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The line of the data in which it ends, or the number of the row in binary; from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The fields, `None` for NULL.
    pub fn fields(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let starts = std::iter::once(0).chain(self.fields.iter().map(|(end, _)| *end));
        self.fields.iter().zip(starts).map(|((end, null), start)| {
            if *null {
                None
            } else {
                self.bytes.get(start..*end)
            }
        })
    }
}

/// COPY data that is not of its format. Holds no part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyError {
    /// PostgreSQL's own SQLSTATE.
    pub sqlstate: &'static str,
    /// What is wrong.
    pub message: String,
    /// In which line, or in which row in binary.
    pub line: u64,
}

impl CopyError {
    /// `bad_copy_file_format`.
    pub(super) fn format(line: u64, message: impl Into<String>) -> CopyError {
        CopyError {
            sqlstate: "22P04",
            message: message.into(),
            line,
        }
    }
}
