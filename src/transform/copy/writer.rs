//! Rows written down, whatever the format.

use bytes::{BufMut, BytesMut};

use super::{binary, csv, text};
use crate::plan::CopyFormat;

/// Writes COPY data field by field.
pub struct CopyWriter {
    format: CopyFormat,
    columns: usize,
    /// The column that comes next.
    at: usize,
    /// Binary: what all of it begins with was written.
    begun: bool,
}

impl CopyWriter {
    /// For rows of so many columns.
    pub fn new(format: &CopyFormat, columns: usize) -> CopyWriter {
        CopyWriter {
            format: format.clone(),
            columns,
            at: 0,
            begun: false,
        }
    }

    /// Writes the next field of a row. `name`: it stands in the header.
    pub fn field(&mut self, value: Option<&[u8]>, name: bool, out: &mut BytesMut) {
        let at = self.at;
        self.at += 1;
        match &self.format {
            CopyFormat::Text(format) => {
                if at > 0 {
                    out.put_u8(format.delimiter);
                }
                match value {
                    None => out.put_slice(&format.null),
                    Some(value) => text::write(value, format.delimiter, out),
                }
            }
            CopyFormat::Csv(format) => {
                if at > 0 {
                    out.put_u8(format.delimiter);
                }
                match value {
                    None => out.put_slice(&format.null),
                    Some(value) => {
                        let force = format.force_quote.get(at).copied().unwrap_or(false);
                        csv::write(value, format, force && !name, self.columns == 1, out);
                    }
                }
            }
            CopyFormat::Binary => {
                if at == 0 {
                    self.begin(out);
                    // A row has at most 1,664 columns.
                    out.put_i16(i16::try_from(self.columns).unwrap_or(i16::MAX));
                }
                match value {
                    None => out.put_i32(-1),
                    Some(value) => {
                        // No field is longer than the row that it was read in.
                        out.put_i32(i32::try_from(value.len()).unwrap_or(i32::MAX));
                        out.put_slice(value);
                    }
                }
            }
        }
    }

    /// Ends a row.
    pub fn end_row(&mut self, out: &mut BytesMut) {
        if matches!(self.format, CopyFormat::Text(_) | CopyFormat::Csv(_)) {
            out.put_u8(b'\n');
        } else if self.at == 0 {
            self.begin(out);
            out.put_i16(0);
        }
        self.at = 0;
    }

    /// Ends the data.
    pub fn end(&mut self, out: &mut BytesMut) {
        if self.format == CopyFormat::Binary {
            self.begin(out);
            out.put_i16(binary::TRAILER);
        }
    }

    fn begin(&mut self, out: &mut BytesMut) {
        if !std::mem::replace(&mut self.begun, true) {
            out.put_slice(binary::HEADER);
        }
    }
}
