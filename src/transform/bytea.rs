//! bytea in text form.

/// Appends the bytes in hexadecimal, without `\x`.
pub(super) fn put_hex(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 0x0F] {
            out.push(char::from(if digit < 10 {
                b'0' + digit
            } else {
                b'a' + (digit - 10)
            }));
        }
    }
}

/// Decodes what `byteaout` writes, in either `bytea_output`; appends to `out`. `None`: not such a text.
pub(crate) fn decode(text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    match text.strip_prefix(b"\\x") {
        Some(digits) => decode_hex(digits, out),
        None => decode_escape(text, out),
    }
}

fn decode_hex(digits: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    out.reserve(pairs.len());
    for &[high, low] in pairs {
        out.push(digit(high)? << 4 | digit(low)?);
    }
    Some(())
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

fn decode_escape(mut text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    while let Some((&byte, rest)) = text.split_first() {
        text = match (byte, rest) {
            (b'\\', [b'\\', rest @ ..]) => {
                out.push(b'\\');
                rest
            }
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', rest @ ..]) => {
                out.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                rest
            }
            (b'\\', _) => return None,
            (_, rest) => {
                out.push(byte);
                rest
            }
        };
    }
    Some(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn both_forms_are_read() {
        for text in [r"\xfb5c41", r"\xFB5C41", r"\373\\A"] {
            let mut out = Vec::new();
            decode(text.as_bytes(), &mut out).unwrap();
            assert_eq!(out, [0xFB, b'\\', b'A'], "{text}");
        }
        for text in [r"\xf", r"\xfg", r"\4", r"\400", r"\37", r"\"] {
            assert!(decode(text.as_bytes(), &mut Vec::new()).is_none(), "{text}");
        }
        let mut out = String::new();
        put_hex(&mut out, &[0, 0x9A, 0xFF]);
        assert_eq!(out, "009aff");
    }
}
