//! Keysets: a random key per environment (or tenant) and epoch, and its wrapped form.

use super::bytes::{Reader, checked, put_checksum, put_short};
use super::secret::{Secret, fill};
use super::{Fingerprint, KeyError, KeyProvider};

/// Names a keyset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeysetId(pub [u8; 16]);

impl std::fmt::Display for KeysetId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&super::bytes::hex(&self.0))
    }
}

/// What may be known of a keyset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysetInfo {
    /// Its id.
    pub id: KeysetId,
    /// The slot that envelopes name.
    pub slot: u8,
    /// The epoch that envelopes name.
    pub epoch: u16,
    /// A name for operators.
    pub name: String,
}

/// A keyset key wrapped by a provider, as it is stored: in the protected database and in a file copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKeyset {
    /// Which it is.
    pub info: KeysetInfo,
    /// The environment it was minted for.
    pub environment: [u8; 16],
    /// Provider that wrapped it: `file`, `pkcs11`, `vault`.
    pub provider: String,
    /// The key-encryption key it is wrapped under.
    pub kek: Fingerprint,
    /// The provider's bytes.
    pub blob: Vec<u8>,
}

/// A keyset with its key.
#[derive(Clone)]
pub(super) struct Keyset {
    pub(super) info: KeysetInfo,
    pub(super) key: Secret<32>,
}

const MAGIC: &[u8; 4] = b"SWKS";
const VERSION: u8 = 1;
const WHAT: &str = "wrapped keyset";
const LONGEST_NAME: usize = 200;

/// A new environment id.
///
/// # Errors
/// Where no random bytes are to be had.
pub fn mint_environment() -> Result<[u8; 16], KeyError> {
    let mut id = [0; 16];
    fill(&mut id)?;
    Ok(id)
}

/// A new keyset of random bytes, wrapped. The key itself is dropped: unwrap it with a [`super::Keyring`].
///
/// # Errors
/// Where the name does not fit or the provider fails.
pub fn mint_keyset(
    provider: &dyn KeyProvider,
    environment: [u8; 16],
    slot: u8,
    epoch: u16,
    name: &str,
) -> Result<WrappedKeyset, KeyError> {
    if name.len() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(KeyError::BadName);
    }
    let mut id = [0; 16];
    fill(&mut id)?;
    let info = KeysetInfo {
        id: KeysetId(id),
        slot,
        epoch,
        name: name.to_owned(),
    };
    wrap(provider, environment, info, &Secret::random()?)
}

/// The same keysets under another key-encryption key.
///
/// # Errors
/// Where one does not unwrap, or a provider fails.
pub fn rewrap(
    wrapped: &WrappedKeyset,
    from: &dyn KeyProvider,
    to: &dyn KeyProvider,
) -> Result<WrappedKeyset, KeyError> {
    let keyset = wrapped.unwrap(from)?;
    wrap(to, wrapped.environment, keyset.info, &keyset.key)
}

pub(super) fn wrap(
    provider: &dyn KeyProvider,
    environment: [u8; 16],
    info: KeysetInfo,
    key: &Secret<32>,
) -> Result<WrappedKeyset, KeyError> {
    let associated = associated(&environment, &info)?;
    let described = provider.describe()?;
    Ok(WrappedKeyset {
        blob: provider.wrap(key.expose_secret(), &associated)?,
        info,
        environment,
        provider: described.provider.to_owned(),
        kek: described.fingerprint,
    })
}

/// What is authenticated with a wrapped key: everything that says what it is.
fn associated(environment: &[u8; 16], info: &KeysetInfo) -> Result<Vec<u8>, KeyError> {
    let mut out = b"sealwire wrapped keyset".to_vec();
    out.push(VERSION);
    out.extend_from_slice(environment);
    put_info(&mut out, info)?;
    Ok(out)
}

fn put_info(out: &mut Vec<u8>, info: &KeysetInfo) -> Result<(), KeyError> {
    out.extend_from_slice(&info.id.0);
    out.push(info.slot);
    out.extend_from_slice(&info.epoch.to_be_bytes());
    put_short(out, info.name.as_bytes(), WHAT)
}

impl WrappedKeyset {
    /// Versioned bytes, with a checksum.
    ///
    /// # Errors
    /// Where a part is longer than the format holds.
    pub fn to_bytes(&self) -> Result<Vec<u8>, KeyError> {
        let mut out = MAGIC.to_vec();
        out.push(VERSION);
        out.extend_from_slice(&self.environment);
        put_info(&mut out, &self.info)?;
        put_short(&mut out, self.provider.as_bytes(), WHAT)?;
        out.extend_from_slice(&self.kek.0);
        put_short(&mut out, &self.blob, WHAT)?;
        put_checksum(&mut out);
        Ok(out)
    }

    /// Reads such bytes.
    ///
    /// # Errors
    /// Where they are damaged or of a later version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let mut reader = Reader::new(checked(bytes, WHAT)?, WHAT);
        reader.head(MAGIC, VERSION)?;
        let text = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec()).map_err(|_| KeyError::Malformed { what: WHAT })
        };
        let wrapped = WrappedKeyset {
            environment: reader.array()?,
            info: KeysetInfo {
                id: KeysetId(reader.array()?),
                slot: reader.u8()?,
                epoch: reader.u16()?,
                name: text(reader.short()?)?,
            },
            provider: text(reader.short()?)?,
            kek: Fingerprint(reader.array()?),
            blob: reader.short()?.to_vec(),
        };
        reader.end()?;
        Ok(wrapped)
    }

    pub(super) fn unwrap(&self, provider: &dyn KeyProvider) -> Result<Keyset, KeyError> {
        let name = || self.info.name.clone();
        let described = provider.describe()?;
        if self.provider != described.provider {
            return Err(KeyError::OtherProvider {
                name: name(),
                wrapped_by: self.provider.clone(),
                held: described.provider,
            });
        }
        let held = described.fingerprint;
        if held != self.kek {
            return Err(KeyError::OtherKek {
                name: name(),
                wrapped_under: self.kek,
                held,
            });
        }
        let associated = associated(&self.environment, &self.info)?;
        let key = provider
            .unwrap(&self.blob, &associated)?
            .and_then(|key| Secret::from_slice(&key))
            .ok_or_else(|| KeyError::DoesNotUnwrap { name: name() })?;
        Ok(Keyset {
            info: self.info.clone(),
            key,
        })
    }
}
