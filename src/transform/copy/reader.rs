//! Rows out of a stream of bytes, whatever its format.

use super::binary::Rows;
use super::lines::{Lines, Quoting};
use super::record::{CopyError, Record};
use super::{csv, text};
use crate::plan::{CopyFormat, CopyHeader, CsvFormat, TextFormat};

/// Takes COPY data apart.
pub struct CopyReader(Format);

enum Format {
    Text(Lined<TextFormat>),
    Csv(Lined<CsvFormat>),
    Binary(Rows),
}

struct Lined<F> {
    lines: Lines,
    format: F,
    /// The first line is still to come, and is none of the rows.
    header: bool,
}

impl CopyReader {
    /// For data of this format with so many columns.
    pub fn new(format: &CopyFormat, columns: usize) -> CopyReader {
        let header = *format.header() != CopyHeader::None;
        CopyReader(match format {
            CopyFormat::Text(format) => Format::Text(Lined {
                lines: Lines::new(None),
                format: format.clone(),
                header,
            }),
            CopyFormat::Csv(format) => Format::Csv(Lined {
                lines: Lines::new(Some(Quoting {
                    quote: format.quote,
                    escape: Some(format.escape).filter(|escape| *escape != format.quote),
                    marker: format.marker,
                })),
                format: format.clone(),
                header,
            }),
            CopyFormat::Binary => Format::Binary(Rows::new(columns)),
        })
    }

    /// Takes more of the data.
    pub fn push(&mut self, chunk: &[u8]) {
        match &mut self.0 {
            Format::Text(lined) => lined.lines.push(chunk),
            Format::Csv(lined) => lined.lines.push(chunk),
            Format::Binary(rows) => rows.push(chunk),
        }
    }

    /// How many bytes have come of a row that is not complete yet.
    pub fn unread(&self) -> usize {
        match &self.0 {
            Format::Text(lined) => lined.lines.unread(),
            Format::Csv(lined) => lined.lines.unread(),
            Format::Binary(rows) => rows.unread(),
        }
    }

    /// Nothing more will come: what is left is the last row.
    pub fn end(&mut self) {
        match &mut self.0 {
            Format::Text(lined) => lined.lines.end(),
            Format::Csv(lined) => lined.lines.end(),
            Format::Binary(rows) => rows.end(),
        }
    }

    /// The next whole row; `false` where more has to come first, or there is none.
    ///
    /// # Errors
    /// Where the data is not of the format.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, CopyError> {
        match &mut self.0 {
            Format::Text(lined) => lined.next(record, |line, _, format, _, record| {
                text::split(line, format, record);
                Ok(())
            }),
            Format::Csv(lined) => lined.next(record, csv::split),
            Format::Binary(rows) => rows.next(record),
        }
    }
}

/// What has a first line.
trait Headed {
    fn header(&self) -> &CopyHeader;
}

impl Headed for TextFormat {
    fn header(&self) -> &CopyHeader {
        &self.header
    }
}

impl Headed for CsvFormat {
    fn header(&self) -> &CopyHeader {
        &self.header
    }
}

impl<F: Headed> Lined<F> {
    fn next(
        &mut self,
        record: &mut Record,
        split: impl Fn(&[u8], u64, &F, bool, &mut Record) -> Result<(), CopyError>,
    ) -> Result<bool, CopyError> {
        loop {
            let Some(range) = self.lines.next()? else {
                return Ok(false);
            };
            let number = self.lines.number();
            let line = self.lines.get(range);
            record.begin(number);
            if !std::mem::take(&mut self.header) {
                split(line, number, &self.format, true, record)?;
                return Ok(true);
            }
            if let CopyHeader::Match(names) = self.format.header() {
                split(line, number, &self.format, false, record)?;
                same_names(names, record)?;
            }
        }
    }
}

fn same_names(names: &[String], record: &Record) -> Result<(), CopyError> {
    if record.len() != names.len() {
        return Err(CopyError::format(
            record.line(),
            format!(
                "wrong number of fields in header line: got {}, expected {}",
                record.len(),
                names.len()
            ),
        ));
    }
    for (at, (name, field)) in names.iter().zip(record.fields()).enumerate() {
        if field != Some(name.as_bytes()) {
            return Err(CopyError::format(
                record.line(),
                format!(
                    "column name mismatch in header line field {}: expected \"{name}\"",
                    at + 1
                ),
            ));
        }
    }
    Ok(())
}
