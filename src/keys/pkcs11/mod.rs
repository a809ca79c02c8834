//! A hardware module (or SoftHSM2) behind PKCS#11: the key-encryption key never leaves it.
//!
//! Two keys lie under one label and one id, both sensitive and not extractable. An AES-256 key wraps with **AES-GCM**:
//! it is the one mechanism that modules have in common which authenticates the associated data with the key.
//! AES-KEY-WRAP-PAD authenticates no associated data, so that a wrapped keyset could be passed off as another's. The nonce
//! is 96 random bits of ours; wraps are counted in dozens, far from where random nonces meet. A generic secret key gives
//! derived secrets by **HMAC-SHA256**. It is a key of its own: CMAC under the AES key would evaluate the very block
//! cipher on chosen blocks that GCM's hash key and counter blocks come from.

use std::path::PathBuf;

use super::given::Given;
use super::{KeyError, KeyProvider};

#[cfg(feature = "pkcs11")]
mod token;
#[cfg(feature = "pkcs11")]
mod words;

pub(super) const NAME: &str = "pkcs11";

/// How to reach a key of a hardware module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pkcs11Settings {
    /// The module's library.
    pub module: PathBuf,
    /// Label of the token.
    pub token: String,
    /// Label of the key.
    pub key: String,
    /// A file with the user's PIN. Default: the environment variable `SEALWIRE_PKCS11_PIN`.
    pub pin_file: Option<PathBuf>,
}

impl Pkcs11Settings {
    #[cfg_attr(
        not(feature = "pkcs11"),
        expect(dead_code, reason = "asked by the token")
    )]
    fn pin(&self) -> Given {
        Given {
            what: "the PIN of the token",
            variable: "SEALWIRE_PKCS11_PIN",
            key: "keys.pkcs11.pin_file",
            file: self.pin_file.clone(),
        }
    }
}

/// Makes the keys on the token.
#[cfg(feature = "pkcs11")]
pub(super) fn create(settings: &Pkcs11Settings) -> Result<Box<dyn KeyProvider>, KeyError> {
    let token = token::Token::new(settings.clone());
    token.create()?;
    Ok(Box::new(token))
}

/// The token is asked at first use.
#[cfg(feature = "pkcs11")]
pub(super) fn open(settings: &Pkcs11Settings) -> Result<Box<dyn KeyProvider>, KeyError> {
    Ok(Box::new(token::Token::new(settings.clone())))
}

#[cfg(not(feature = "pkcs11"))]
pub(super) fn create(_: &Pkcs11Settings) -> Result<Box<dyn KeyProvider>, KeyError> {
    Err(KeyError::NotBuilt { provider: NAME })
}

#[cfg(not(feature = "pkcs11"))]
pub(super) fn open(_: &Pkcs11Settings) -> Result<Box<dyn KeyProvider>, KeyError> {
    Err(KeyError::NotBuilt { provider: NAME })
}
