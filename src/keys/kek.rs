//! The key-encryption key and what it wraps.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::digest::{Context, SHA256};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use zeroize::Zeroizing;

use super::KeyError;
use super::bytes::{hex, unhex};
use super::secret::{Secret, fill};

/// Names a key-encryption key without giving anything of it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 8]);

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl std::str::FromStr for Fingerprint {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        unhex(text)
            .and_then(|bytes| <[u8; 8]>::try_from(bytes.as_slice()).ok())
            .map(Fingerprint)
            .ok_or(KeyError::Malformed {
                what: "fingerprint",
            })
    }
}

const NONCE_LEN: usize = 12;

/// A key-encryption key of 32 random bytes.
#[derive(Clone)]
pub(super) struct Kek(Secret<32>);

impl Kek {
    pub(super) fn generate() -> Result<Self, KeyError> {
        Secret::random().map(Kek)
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        Secret::from_slice(bytes).map(Kek)
    }

    pub(super) fn secret(&self) -> &Secret<32> {
        &self.0
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut context = Context::new(&SHA256);
        context.update(b"sealwire key fingerprint\0");
        context.update(self.0.expose_secret());
        let digest = context.finish();
        let first = digest.as_ref().first_chunk::<8>();
        Fingerprint(first.copied().unwrap_or_default())
    }

    /// HKDF-SHA256 of the key, salt `sealwire key-encryption key v1`, info = the purpose.
    pub(super) fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let failed = |_| KeyError::Backend { step: "deriving" };
        let mut out = Zeroizing::new([0; 32]);
        Salt::new(HKDF_SHA256, b"sealwire key-encryption key v1")
            .extract(self.0.expose_secret())
            .expand(&[purpose.as_bytes()], HKDF_SHA256)
            .and_then(|expanded| expanded.fill(out.as_mut_slice()))
            .map_err(failed)?;
        Ok(out)
    }

    pub(super) fn wrap(&self, plain: &[u8], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        encrypt(&self.0, plain, associated)
    }

    /// `None` where it does not authenticate.
    pub(super) fn unwrap(&self, wrapped: &[u8], associated: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        decrypt(&self.0, wrapped, associated)
    }
}

/// AES-256-GCM-SIV: nonce ‖ ciphertext ‖ tag.
pub(super) fn encrypt(
    key: &Secret<32>,
    plain: &[u8],
    associated: &[u8],
) -> Result<Vec<u8>, KeyError> {
    let failed = |_| KeyError::Backend { step: "wrapping" };
    let mut nonce = [0; NONCE_LEN];
    fill(&mut nonce)?;
    let mut out = Vec::with_capacity(NONCE_LEN + plain.len() + 16);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(plain);
    let text = out
        .get_mut(NONCE_LEN..)
        .ok_or(KeyError::Backend { step: "wrapping" })?;
    let tag = gcm_siv(key)?
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(associated),
            text,
        )
        .map_err(failed)?;
    out.extend_from_slice(tag.as_ref());
    Ok(out)
}

/// The reverse; `None` where it does not authenticate.
pub(super) fn decrypt(
    key: &Secret<32>,
    wrapped: &[u8],
    associated: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = wrapped.split_first_chunk::<NONCE_LEN>()?;
    let (text, tag) = rest.split_last_chunk::<16>()?;
    let mut plain = Zeroizing::new(text.to_vec());
    gcm_siv(key)
        .ok()?
        .open_in_place_separate_tag(
            Nonce::assume_unique_for_key(*nonce),
            Aad::from(associated),
            tag,
            plain.as_mut_slice(),
        )
        .ok()?;
    Some(plain)
}

fn gcm_siv(key: &Secret<32>) -> Result<LessSafeKey, KeyError> {
    UnboundKey::new(&AES_256_GCM_SIV, key.expose_secret())
        .map(LessSafeKey::new)
        .map_err(|_| KeyError::Backend { step: "key set-up" })
}
