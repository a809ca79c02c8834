//! Fields of the csv format (`CopyReadAttributesCSV`, `CopyAttributeOutCSV`).

use bytes::{BufMut, BytesMut};

use super::record::{CopyError, Record};
use crate::plan::CsvFormat;

/// Takes a line apart. `forced`: the columns' flags count, which a header has no part in.
pub(super) fn split(
    line: &[u8],
    number: u64,
    format: &CsvFormat,
    forced: bool,
    record: &mut Record,
) -> Result<(), CopyError> {
    let mut rest = line;
    let mut at = 0;
    loop {
        let field = read(rest, format, record)
            .ok_or_else(|| CopyError::format(number, "unterminated CSV quoted field"))?;
        let flag = |flags: &[bool]| forced && flags.get(at).copied().unwrap_or(false);
        let raw = rest.get(..field.length).unwrap_or_default();
        let unquoted_null = !field.quoted && raw == format.null;
        let null = if unquoted_null {
            // What stands for NULL holds no quote, so that it was read as it is.
            !flag(&format.force_not_null)
        } else {
            flag(&format.force_null) && record.tail(field.from) == format.null
        };
        record.end_field(null);
        at += 1;
        match rest.get(field.length..).and_then(<[u8]>::split_first) {
            Some((_, after)) => rest = after,
            None => return Ok(()),
        }
    }
}

/// What was read.
struct Read {
    /// Bytes of the line up to its delimiter.
    length: usize,
    /// A quote stood in it.
    quoted: bool,
    /// Where in the record it begins.
    from: usize,
}

/// One field; `None` where a quote is not closed.
fn read(bytes: &[u8], format: &CsvFormat, record: &mut Record) -> Option<Read> {
    let from = record.written();
    let (mut at, mut inside, mut quoted) = (0, false, false);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if !inside {
            if byte == format.delimiter {
                at -= 1;
                break;
            }
            if byte == format.quote {
                (inside, quoted) = (true, true);
            } else {
                record.push(byte);
            }
            continue;
        }
        if byte == format.escape
            && let Some(&next) = bytes.get(at)
            && (next == format.escape || next == format.quote)
        {
            record.push(next);
            at += 1;
        } else if byte == format.quote {
            inside = false;
        } else {
            record.push(byte);
        }
    }
    (!inside).then_some(Read {
        length: at,
        quoted,
        from,
    })
}

/// Writes a field as the server does. `single`: it is the only one of its row.
pub(super) fn write(
    value: &[u8],
    format: &CsvFormat,
    force: bool,
    single: bool,
    out: &mut BytesMut,
) {
    let quotes = force
        || value == format.null
        || single && value == b"\\."
        || value.iter().any(|byte| {
            *byte == format.delimiter || *byte == format.quote || matches!(byte, b'\n' | b'\r')
        });
    if !quotes {
        out.put_slice(value);
        return;
    }
    out.put_u8(format.quote);
    for byte in value {
        if *byte == format.quote || *byte == format.escape {
            out.put_u8(format.escape);
        }
        out.put_u8(*byte);
    }
    out.put_u8(format.quote);
}
