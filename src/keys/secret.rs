//! Secret bytes.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::KeyError;

/// A secret of `N` bytes: wiped when dropped, compared in constant time, and it cannot be printed.
#[derive(Clone)]
pub(super) struct Secret<const N: usize>(Zeroizing<[u8; N]>);

impl<const N: usize> Secret<N> {
    pub(super) fn new(bytes: Zeroizing<[u8; N]>) -> Self {
        Secret(bytes)
    }

    /// From the operating system's generator.
    pub(super) fn random() -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; N]);
        fill(bytes.as_mut_slice())?;
        Ok(Secret(bytes))
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Zeroizing::new([0; N]);
        if bytes.len() != N {
            return None;
        }
        secret.copy_from_slice(bytes);
        Some(Secret(secret))
    }

    /// The secret bytes. The one way to them: grep finds every use.
    pub(super) fn expose_secret(&self) -> &[u8; N] {
        &self.0
    }

    /// Gives the bytes on, still wiped when dropped.
    pub(super) fn into_inner(self) -> Zeroizing<[u8; N]> {
        self.0
    }
}

impl<const N: usize> PartialEq for Secret<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_slice().ct_eq(other.0.as_slice()).into()
    }
}

impl<const N: usize> Eq for Secret<N> {}

impl<const N: usize> std::fmt::Debug for Secret<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Fills with random bytes.
pub(super) fn fill(bytes: &mut [u8]) -> Result<(), KeyError> {
    aws_lc_rs::rand::fill(bytes).map_err(|_| KeyError::Backend {
        step: "random bytes",
    })
}
