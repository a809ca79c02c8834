//! The file copy of the wrapped keysets, beside what the database holds.

use std::path::Path;

use super::bytes::{Reader, checked, put_checksum, put_long};
use super::private::{io, replace};
use super::{KeyError, WrappedKeyset};

const MAGIC: &[u8; 4] = b"SWKC";
const VERSION: u8 = 1;
const WHAT: &str = "copy of the keysets";

/// Writes the copy anew, in one step.
///
/// # Errors
/// Where it cannot be written.
pub fn write_copy(path: &Path, keysets: &[WrappedKeyset]) -> Result<(), KeyError> {
    let mut out = MAGIC.to_vec();
    out.push(VERSION);
    let count = u16::try_from(keysets.len()).map_err(|_| KeyError::Malformed { what: WHAT })?;
    out.extend_from_slice(&count.to_be_bytes());
    for keyset in keysets {
        put_long(&mut out, &keyset.to_bytes()?, WHAT)?;
    }
    put_checksum(&mut out);
    replace(path, &out)
}

/// Reads the copy.
///
/// # Errors
/// Where it cannot be read or is damaged.
pub fn read_copy(path: &Path) -> Result<Vec<WrappedKeyset>, KeyError> {
    let bytes = std::fs::read(path).map_err(io(path))?;
    let mut reader = Reader::new(checked(&bytes, WHAT)?, WHAT);
    reader.head(MAGIC, VERSION)?;
    let mut keysets = Vec::new();
    for _ in 0..reader.u16()? {
        keysets.push(WrappedKeyset::from_bytes(reader.long()?)?);
    }
    reader.end()?;
    Ok(keysets)
}
