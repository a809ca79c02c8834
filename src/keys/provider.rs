//! Who holds the key-encryption key.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use zeroize::Zeroizing;

use super::{Fingerprint, KeyError, Lease, Subjects};

/// Wraps and unwraps keyset keys: a file, a hardware module, a key service. Calls may block for as long as the
/// holder takes to answer, so asynchronous code makes them on a thread of their own.
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
    ///
    /// # Errors
    /// Where that has to be asked for and the provider cannot be used.
    fn describe(&self) -> Result<KekInfo, KeyError>;

    /// Proves that the key can still be used, and lets what was unwrapped be used for longer. A key file that was read
    /// once needs no more proof.
    ///
    /// # Errors
    /// Where the provider cannot be used.
    fn refresh(&self) -> Result<(), KeyError> {
        Ok(())
    }

    /// When [`KeyProvider::refresh`] wants to be called next; `None`: never.
    fn refresh_in(&self) -> Option<Duration> {
        None
    }

    /// For how long what was unwrapped may be used.
    fn lease(&self) -> Arc<Lease> {
        Lease::forever()
    }

    /// The keys of data subjects that it is used with.
    fn subjects(&self) -> Option<Arc<Subjects>> {
        None
    }

    /// How it has answered lately.
    fn health(&self) -> Health {
        Health::default()
    }
}

/// What an operator may know of a key-encryption key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KekInfo {
    /// `file`, `pkcs11` or `vault`.
    pub provider: &'static str,
    /// Where it lies.
    pub place: String,
    /// Names the key.
    pub fingerprint: Fingerprint,
    /// Whether a passphrase protects it where it lies.
    pub passphrase: bool,
}

/// How a provider has answered lately. Nothing here is secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Why no statement on a protected table would be answered now.
    pub unusable: Option<String>,
    /// When it last answered well; `None` where it needs not be asked, or has not answered yet.
    pub last_success: Option<SystemTime>,
    /// When it last failed since then, and how.
    pub last_failure: Option<(SystemTime, String)>,
    /// When the keys in memory lapse unless it answers before; `None`: never.
    pub lapses: Option<SystemTime>,
    /// Calls that it answered.
    pub succeeded: u64,
    /// Calls that it did not.
    pub failed: u64,
}
