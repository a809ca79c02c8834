//! Who holds the key-encryption key.

use zeroize::Zeroizing;

use super::{Fingerprint, KeyError};

/// Wraps and unwraps keyset keys. `file` is built in; a hardware module or a key service would be others.
pub trait KeyProvider: Send + Sync {
    /// Wraps 32 bytes of a keyset key; `associated` is authenticated with them.
    ///
    /// # Errors
    /// Where the provider cannot be used.
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError>;

    /// Unwraps; `None` where the bytes do not authenticate.
    ///
    /// # Errors
    /// Where the provider cannot be used.
    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError>;

    /// 32 bytes that nobody without the key can foresee, always the same for a purpose.
    ///
    /// # Errors
    /// Where the provider cannot be used.
    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError>;

    /// What an operator may know of it.
    fn describe(&self) -> KekInfo;
}

/// What an operator may know of a key-encryption key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KekInfo {
    /// `file`.
    pub provider: &'static str,
    /// Where it lies.
    pub place: String,
    /// Names the key.
    pub fingerprint: Fingerprint,
    /// Whether a passphrase protects it where it lies.
    pub passphrase: bool,
}
