//! The binary format (manual, COPY, "Binary Format").

use zeroize::Zeroizing;

use super::lines::LONGEST;
use super::record::{CopyError, Record};

/// What it begins with.
const SIGNATURE: &[u8; 11] = b"PGCOPY\n\xff\r\n\0";

/// Signature, flags and length of the header's extension, of which there is none.
pub(super) const HEADER: &[u8; 19] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// In place of a count of fields: the end.
pub(super) const TRAILER: i16 = -1;

/// What has come, cut into rows.
pub(super) struct Rows {
    bytes: Zeroizing<Vec<u8>>,
    start: usize,
    /// How many bytes the next row has at least: until they are there it is not looked at.
    wanted: usize,
    begun: bool,
    ended: bool,
    /// The trailer was met.
    closed: bool,
    row: u64,
    columns: usize,
}

impl Rows {
    pub(super) fn new(columns: usize) -> Rows {
        Rows {
            bytes: Zeroizing::default(),
            start: 0,
            wanted: 0,
            begun: false,
            ended: false,
            closed: false,
            row: 0,
            columns,
        }
    }

    /// Takes more of the data.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        self.bytes.extend_from_slice(chunk);
    }

    /// How many bytes have come of rows that are not handed out yet.
    pub(super) fn unread(&self) -> usize {
        self.bytes.len() - self.start
    }

    /// Nothing more will come.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// The next whole row.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, CopyError> {
        if !self.begun && !self.header()? {
            return Ok(false);
        }
        let bytes = self.bytes.get(self.start..).unwrap_or_default();
        if self.closed {
            return if bytes.is_empty() {
                Ok(false)
            } else {
                Err(self.wrong("received copy data after EOF marker"))
            };
        }
        if bytes.len() < self.wanted && !self.ended {
            return Ok(false);
        }
        let Some(count) = bytes.first_chunk::<2>() else {
            // The trailer may be missing.
            return Ok(false);
        };
        let count = i16::from_be_bytes(*count);
        if count == TRAILER {
            self.closed = true;
            self.start += 2;
            return self.next(record);
        }
        if usize::try_from(count).ok() != Some(self.columns) {
            let message = format!("row field count is {count}, expected {}", self.columns);
            self.row += 1;
            return Err(self.wrong(message));
        }
        record.begin(self.row + 1);
        let mut at = 2;
        for _ in 0..self.columns {
            let Some(length) = bytes.get(at..).and_then(<[u8]>::first_chunk::<4>) else {
                return self.wait(at + 4);
            };
            at += 4;
            let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
                if *length == (-1_i32).to_be_bytes() {
                    record.end_field(true);
                    continue;
                }
                self.row += 1;
                return Err(self.wrong("invalid field size"));
            };
            let Some(value) = bytes.get(at..at + length) else {
                return self.wait(at + length);
            };
            record.extend(value);
            record.end_field(false);
            at += length;
        }
        self.start += at;
        self.wanted = 0;
        self.row += 1;
        Ok(true)
    }

    /// The row is not there yet.
    fn wait(&mut self, wanted: usize) -> Result<bool, CopyError> {
        if self.ended {
            self.row += 1;
            return Err(self.wrong("unexpected EOF in COPY data"));
        }
        if wanted > LONGEST {
            return Err(CopyError {
                sqlstate: "54000",
                message: "a row of COPY data is too long".to_owned(),
                line: self.row + 1,
            });
        }
        self.wanted = wanted;
        Ok(false)
    }

    fn header(&mut self) -> Result<bool, CopyError> {
        let bytes = self.bytes.get(self.start..).unwrap_or_default();
        let known = bytes.len().min(SIGNATURE.len());
        if bytes.get(..known) != SIGNATURE.get(..known) || self.ended && known < SIGNATURE.len() {
            return Err(self.wrong("COPY file signature not recognized"));
        }
        let word = |at: usize| {
            let word = bytes.get(at..).and_then(<[u8]>::first_chunk::<4>);
            word.map(|word| i32::from_be_bytes(*word))
        };
        let (Some(flags), Some(extension)) = (word(11), word(15)) else {
            return if self.ended {
                Err(self.wrong("invalid COPY file header"))
            } else {
                Ok(false)
            };
        };
        if flags & (1 << 16) != 0 {
            return Err(self.wrong("invalid COPY file header (WITH OIDS)"));
        }
        if flags >> 16 != 0 {
            return Err(self.wrong("unrecognized critical flags in COPY file header"));
        }
        let Some(length) = usize::try_from(extension)
            .ok()
            .filter(|length| *length <= LONGEST)
        else {
            return Err(self.wrong("invalid COPY file header (missing length)"));
        };
        if bytes.len() - HEADER.len() < length {
            return if self.ended {
                Err(self.wrong("invalid COPY file header (wrong length)"))
            } else {
                Ok(false)
            };
        }
        self.start += HEADER.len() + length;
        self.begun = true;
        Ok(true)
    }

    fn wrong(&self, message: impl Into<String>) -> CopyError {
        CopyError::format(self.row, message)
    }
}
