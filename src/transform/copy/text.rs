//! Fields of the text format (`CopyReadAttributesText`, `CopyAttributeOutText`).

use bytes::{BufMut, BytesMut};

use super::record::Record;
use crate::plan::TextFormat;

/// Takes a line apart.
pub(super) fn split(line: &[u8], format: &TextFormat, record: &mut Record) {
    let mut rest = line;
    loop {
        let raw = field_end(rest, format.delimiter);
        let (field, after) = rest.split_at(raw.min(rest.len()));
        // A lone backslash at the very end is no part of what is compared with the NULL string.
        let compared = if ends_in_lone_backslash(field) {
            field.split_last().map_or(field, |(_, before)| before)
        } else {
            field
        };
        let null = compared == format.null;
        if !null {
            unescape(field, record);
        }
        record.end_field(null);
        match after.split_first() {
            Some((_, after)) => rest = after,
            None => return,
        }
    }
}

/// Where the first delimiter without a backslash stands.
fn field_end(bytes: &[u8], delimiter: u8) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == delimiter {
            break;
        }
        at += 1;
        if byte != b'\\' {
            continue;
        }
        // A digit of `\x41` is no delimiter, whatever it is.
        let digits = (bytes.get(at) == Some(&b'x'))
            .then(|| number(0, bytes.get(at + 1..).unwrap_or_default(), 16, 2).1);
        at += 1 + digits.unwrap_or(0);
    }
    at.min(bytes.len())
}

fn ends_in_lone_backslash(field: &[u8]) -> bool {
    let backslashes = field
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\\')
        .count();
    backslashes % 2 == 1
}

fn unescape(field: &[u8], record: &mut Record) {
    let mut rest = field;
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'\\' {
            let plain = rest.iter().position(|byte| *byte == b'\\');
            let (plain, after) = rest.split_at(plain.unwrap_or(rest.len()));
            record.extend(plain);
            rest = after;
            continue;
        }
        let Some((&escaped, after)) = after.split_first() else {
            return;
        };
        rest = after;
        let meant = match escaped {
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0b,
            b'0'..=b'7' => {
                let (code, used) = number(escaped - b'0', after, 8, 2);
                rest = after.get(used..).unwrap_or_default();
                code
            }
            b'x' => match number(0, after, 16, 2) {
                (_, 0) => b'x',
                (code, used) => {
                    rest = after.get(used..).unwrap_or_default();
                    code
                }
            },
            other => other,
        };
        record.push(meant);
    }
}

/// A number of at most so many digits more, and how many there were.
fn number(first: u8, digits: &[u8], radix: u32, most: usize) -> (u8, usize) {
    let mut code = u32::from(first);
    let mut used = 0;
    for byte in digits.iter().take(most) {
        let Some(digit) = char::from(*byte).to_digit(radix) else {
            break;
        };
        code = code * radix + digit;
        used += 1;
    }
    (u8::try_from(code & 0xff).unwrap_or_default(), used)
}

/// Writes a field as the server does.
pub(super) fn write(value: &[u8], delimiter: u8, out: &mut BytesMut) {
    let mut from = 0;
    for (at, &byte) in value.iter().enumerate() {
        let letter = match byte {
            0x08 => b'b',
            0x0c => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x0b => b'v',
            byte if byte == b'\\' || byte == delimiter => byte,
            _ => continue,
        };
        out.put_slice(value.get(from..at).unwrap_or_default());
        out.put_u8(b'\\');
        out.put_u8(letter);
        from = at + 1;
    }
    out.put_slice(value.get(from..).unwrap_or_default());
}
