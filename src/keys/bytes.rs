//! Reading and writing the versioned binary formats of this room, and hexadecimal.

use aws_lc_rs::digest::{SHA256, digest};
use zeroize::Zeroizing;

use super::KeyError;

/// Reads from the front; every step is checked.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    what: &'static str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], what: &'static str) -> Self {
        Reader { rest: bytes, what }
    }

    pub(super) fn malformed(&self) -> KeyError {
        KeyError::Malformed { what: self.what }
    }

    /// The magic bytes, then a version, which is returned.
    pub(super) fn version(&mut self, magic: &[u8; 4]) -> Result<u8, KeyError> {
        if &self.array::<4>()? != magic {
            return Err(self.malformed());
        }
        self.u8()
    }

    /// The magic bytes, then the version.
    pub(super) fn head(&mut self, magic: &[u8; 4], version: u8) -> Result<(), KeyError> {
        let found = self.version(magic)?;
        if found != version {
            return Err(KeyError::UnknownVersion {
                what: self.what,
                found,
            });
        }
        Ok(())
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], KeyError> {
        let (array, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or_else(|| self.malformed())?;
        self.rest = rest;
        Ok(*array)
    }

    pub(super) fn u8(&mut self) -> Result<u8, KeyError> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    pub(super) fn u16(&mut self) -> Result<u16, KeyError> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, KeyError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    /// Bytes behind a 16-bit length.
    pub(super) fn short(&mut self) -> Result<&'a [u8], KeyError> {
        let len = usize::from(self.u16()?);
        self.take(len)
    }

    /// Bytes behind a 32-bit length.
    pub(super) fn long(&mut self) -> Result<&'a [u8], KeyError> {
        let len = usize::try_from(self.u32()?).map_err(|_| self.malformed())?;
        self.take(len)
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], KeyError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(len)
            .ok_or_else(|| self.malformed())?;
        self.rest = rest;
        Ok(taken)
    }

    /// Nothing may be left over.
    pub(super) fn end(self) -> Result<(), KeyError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.malformed())
        }
    }
}

/// Appends bytes behind a 16-bit length.
pub(super) fn put_short(
    out: &mut Vec<u8>,
    bytes: &[u8],
    what: &'static str,
) -> Result<(), KeyError> {
    let len = u16::try_from(bytes.len()).map_err(|_| KeyError::Malformed { what })?;
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

/// Appends bytes behind a 32-bit length.
pub(super) fn put_long(
    out: &mut Vec<u8>,
    bytes: &[u8],
    what: &'static str,
) -> Result<(), KeyError> {
    let len = u32::try_from(bytes.len()).map_err(|_| KeyError::Malformed { what })?;
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

/// Appends a SHA-256 of all that is there, against accidents of storage (not against an attacker).
pub(super) fn put_checksum(out: &mut Vec<u8>) {
    let sum = digest(&SHA256, out);
    out.extend_from_slice(sum.as_ref());
}

/// Takes the checksum off and compares it.
pub(super) fn checked<'a>(bytes: &'a [u8], what: &'static str) -> Result<&'a [u8], KeyError> {
    let (content, sum) = bytes
        .split_last_chunk::<32>()
        .ok_or(KeyError::Malformed { what })?;
    if digest(&SHA256, content).as_ref() == sum {
        Ok(content)
    } else {
        Err(KeyError::Malformed { what })
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for byte in bytes {
        for digit in [byte >> 4, byte & 0x0F] {
            out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    out
}

/// From hexadecimal; `None` where it is none.
pub(super) fn unhex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let mut out = Zeroizing::new(Vec::with_capacity(pairs.len()));
    for &[high, low] in pairs {
        let high = char::from(high).to_digit(16)?;
        let low = char::from(low).to_digit(16)?;
        out.push(u8::try_from(high << 4 | low).ok()?);
    }
    Some(out)
}
