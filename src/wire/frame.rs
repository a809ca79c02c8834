//! Delimiting: a type byte, an Int32 length that counts itself, a body.

use bytes::{BufMut, BytesMut};

use super::Malformed;

/// No frame is longer than this, as in the server (`PQ_LARGE_MESSAGE_LIMIT`, 1 GiB less one).
pub const MAX_FRAME: usize = 0x3fff_ffff;

/// The head of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Type byte.
    pub tag: u8,
    /// The whole frame: type byte, length word and body.
    pub total: usize,
}

/// The head of the frame that starts here, or `None` while it has not come in full.
///
/// # Errors
/// For a length that no frame can have.
pub fn head(bytes: &[u8]) -> Result<Option<Head>, Malformed> {
    let Some((tag, rest)) = bytes.split_first() else {
        return Ok(None);
    };
    let Some(length) = rest.first_chunk::<4>() else {
        return Ok(None);
    };
    match usize::try_from(i32::from_be_bytes(*length)) {
        Ok(length) if (4..=MAX_FRAME).contains(&length) => Ok(Some(Head {
            tag: *tag,
            total: length + 1,
        })),
        Ok(_) | Err(_) => Err(Malformed("invalid message length")),
    }
}

/// The body of a whole frame.
pub fn body(frame: &[u8]) -> &[u8] {
    frame.get(5..).unwrap_or_default()
}

/// Starts a frame at the end of `out`; [`finish`] writes its length.
pub fn begin(out: &mut BytesMut, tag: u8) -> usize {
    let start = out.len();
    out.put_u8(tag);
    out.put_u32(0);
    start
}

/// Ends the frame that [`begin`] started.
pub fn finish(out: &mut BytesMut, start: usize) {
    let length = u32::try_from(out.len().saturating_sub(start + 1)).unwrap_or(u32::MAX);
    if let Some(word) = out.get_mut(start + 1..start + 5) {
        word.copy_from_slice(&length.to_be_bytes());
    }
}

/// Appends a string and its NUL.
pub fn put_string(out: &mut BytesMut, bytes: &[u8]) {
    out.extend_from_slice(bytes);
    out.put_u8(0);
}

/// Appends a whole frame whose body is `parts`, one after the other.
pub fn put_text(out: &mut BytesMut, tag: u8, parts: &[&[u8]]) {
    let start = begin(out, tag);
    for part in parts {
        out.extend_from_slice(part);
    }
    finish(out, start);
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_split_point_waits_and_wrong_lengths_are_errors() {
        let mut out = BytesMut::new();
        put_text(&mut out, b'Q', &[b"select 1", b"\0"]);
        for end in 0..5 {
            assert_eq!(head(out.get(..end).unwrap()).unwrap(), None);
        }
        assert_eq!(
            head(&out).unwrap(),
            Some(Head {
                tag: b'Q',
                total: out.len()
            })
        );
        for wrong in [-1_i32, 0, 3, i32::MIN, 0x4000_0000] {
            let mut bytes = vec![b'Q'];
            bytes.extend_from_slice(&wrong.to_be_bytes());
            assert!(head(&bytes).is_err(), "{wrong}");
        }
    }
}
