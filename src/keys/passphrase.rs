//! Passphrases and the keys stretched from them.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::KeyError;
use super::bytes::Reader;
use super::secret::{Secret, fill};

/// The least characters of a passphrase.
pub const MIN_PASSPHRASE: usize = 12;

/// A passphrase. Wiped when dropped; it cannot be printed.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

impl Passphrase {
    /// Takes a passphrase of at least [`MIN_PASSPHRASE`] characters over.
    ///
    /// # Errors
    /// Where it is shorter.
    pub fn new(text: String) -> Result<Self, KeyError> {
        let text = Zeroizing::new(text);
        if text.chars().count() < MIN_PASSPHRASE {
            return Err(KeyError::PassphraseShort {
                least: MIN_PASSPHRASE,
            });
        }
        Ok(Passphrase(text))
    }

    /// From an environment variable.
    ///
    /// # Errors
    /// Where it is not set, not UTF-8 or too short.
    pub fn from_variable(name: &str) -> Result<Self, KeyError> {
        let text = std::env::var(name).map_err(|_| KeyError::PassphraseVariable {
            name: name.to_owned(),
        })?;
        Self::new(text)
    }

    /// From a file that only its owner may reach; one line end at its end is not part of it.
    ///
    /// # Errors
    /// Where it cannot be read, others may reach it, or it is too short.
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        let text = super::private::read_private(path)?;
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        Self::new(text.to_owned())
    }

    /// The characters. The one way to them: grep finds every use.
    pub(super) fn expose_secret(&self) -> &str {
        &self.0
    }

    pub(super) fn stretch(&self, cost: &Stretch) -> Result<Secret<32>, KeyError> {
        let failed = |_| KeyError::Backend { step: "Argon2id" };
        let params =
            Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(failed)?;
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(
                self.expose_secret().as_bytes(),
                &cost.salt,
                out.as_mut_slice(),
            )
            .map_err(failed)?;
        Ok(Secret::new(out))
    }
}

/// How a passphrase was stretched (Argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
    pub(super) salt: [u8; 16],
}

/// A file that asks for more memory than this was not written by us.
const MOST_MEMORY_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 64;
const MOST_LANES: u32 = 16;

impl Stretch {
    /// RFC 9106's second recommendation: 64 MiB, three passes, four lanes.
    pub(super) fn fresh() -> Result<Self, KeyError> {
        let mut salt = [0; 16];
        fill(&mut salt)?;
        Ok(Stretch {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 4,
            salt,
        })
    }

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.memory_kib.to_be_bytes());
        out.extend_from_slice(&self.passes.to_be_bytes());
        out.extend_from_slice(&self.lanes.to_be_bytes());
        out.extend_from_slice(&self.salt);
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, KeyError> {
        let stretch = Stretch {
            memory_kib: reader.u32()?,
            passes: reader.u32()?,
            lanes: reader.u32()?,
            salt: reader.array()?,
        };
        stretch
            .is_bearable()
            .then_some(stretch)
            .ok_or_else(|| reader.malformed())
    }

    /// Whether the costs are such as to be tried at all.
    pub(super) fn is_bearable(&self) -> bool {
        self.memory_kib <= MOST_MEMORY_KIB && self.passes <= MOST_PASSES && self.lanes <= MOST_LANES
    }
}
