//! One key per purpose and key domain, derived from a keyset key.

use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

use super::KeyError;
use super::secret::Secret;

/// What a derived key is for. The numbers are frozen: they are part of the derivation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Purpose {
    /// Deterministic envelopes, 64 bytes.
    Siv = 1,
    /// Random envelopes.
    Random = 2,
    /// Order bytes.
    Order = 3,
    /// Case-insensitive tag.
    CaseInsensitiveTag = 4,
    /// Substring tokens.
    Match = 5,
    /// Prefix tokens.
    Prefix = 6,
    /// Range tokens.
    Range = 7,
    /// The registry's MAC.
    RegistryMac = 8,
    /// Pseudonyms.
    Pseudonym = 9,
    /// The column's part of the key of bodies under the keys of data subjects.
    Subject = 10,
}

const SALT: &[u8] = b"sealwire keys v1";
const VERSION: u8 = 1;

/// HKDF-SHA256 of the keyset key, salt `sealwire keys v1`, info = version ‖ purpose ‖ domain id ‖ epoch
/// (1 + 1 + 4 + 2 bytes, big endian).
pub(super) fn derive<const N: usize>(
    keyset: &Secret<32>,
    purpose: Purpose,
    domain: u32,
    epoch: u16,
) -> Result<Secret<N>, KeyError> {
    let failed = |_| KeyError::Backend {
        step: "key derivation",
    };
    let [d0, d1, d2, d3] = domain.to_be_bytes();
    let [e0, e1] = epoch.to_be_bytes();
    let info = [VERSION, purpose as u8, d0, d1, d2, d3, e0, e1];
    let mut out = Zeroizing::new([0; N]);
    Salt::new(HKDF_SHA256, SALT)
        .extract(keyset.expose_secret())
        .expand(&[&info], Length(N))
        .map_err(failed)?
        .fill(out.as_mut_slice())
        .map_err(failed)?;
    Ok(Secret::new(out))
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}
