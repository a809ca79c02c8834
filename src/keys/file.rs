//! The key-encryption key in a file of its own, mode 0600, outside the rules folder.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::bytes::{hex, unhex};
use super::kek::{Kek, decrypt, encrypt};
use super::passphrase::{Passphrase, Stretch};
use super::private::{make_parent, read_private, refuse_inside, write_new};
use super::{Fingerprint, KekInfo, KeyError, KeyProvider};

/// Provider `file`.
pub struct FileProvider {
    path: PathBuf,
    kek: Kek,
    fingerprint: Fingerprint,
    passphrase: bool,
}

impl std::fmt::Debug for FileProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileProvider")
            .field("path", &self.path)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

const WHAT: &str = "key file";
const VERSION: u8 = 1;

/// The file's JSON. Strings are borrowed from the text read, which is wiped.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(rename = "sealwire-key")]
    version: u8,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    wrapped: Option<Wrapped<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped<'a> {
    argon2id_memory_kib: u32,
    argon2id_passes: u32,
    argon2id_lanes: u32,
    salt: &'a str,
    key: &'a str,
}

impl FileProvider {
    /// `sealwire keys init`: makes a new key and writes it. An existing file is never overwritten.
    ///
    /// # Errors
    /// Where the file exists, lies in the rules folder, or cannot be written.
    pub fn create(
        path: &Path,
        rules: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<Self, KeyError> {
        Self::write(path, rules, passphrase, Kek::generate()?)
    }

    /// Writes a given key, as `create` does; for `restore`.
    pub(super) fn write(
        path: &Path,
        rules: &Path,
        passphrase: Option<&Passphrase>,
        kek: Kek,
    ) -> Result<Self, KeyError> {
        make_parent(path)?;
        refuse_inside(path, rules)?;
        let text = render(&kek, passphrase)?;
        write_new(path, text.as_bytes())?;
        Ok(Self::of(path, kek, passphrase.is_some()))
    }

    /// Reads the key for use.
    ///
    /// # Errors
    /// Where the file is missing, others may reach it, it lies in the rules folder, it is damaged, or the
    /// passphrase does not open it.
    pub fn open(
        path: &Path,
        rules: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<Self, KeyError> {
        refuse_inside(path, rules)?;
        let text = read_private(path)?;
        let malformed = || KeyError::Malformed { what: WHAT };
        let document: Document<'_> = serde_json::from_str(&text).map_err(|_| malformed())?;
        if document.version != VERSION {
            return Err(KeyError::UnknownVersion {
                what: WHAT,
                found: document.version,
            });
        }
        let fingerprint: Fingerprint = document.fingerprint.parse()?;
        let (kek, wrapped) = match (document.key, document.wrapped) {
            (Some(key), None) => {
                let key = unhex(key).ok_or_else(malformed)?;
                (Kek::from_slice(&key).ok_or_else(malformed)?, false)
            }
            (None, Some(wrapped)) => {
                let passphrase = passphrase.ok_or_else(|| KeyError::PassphraseMissing {
                    path: path.to_owned(),
                })?;
                (unwrap(&wrapped, passphrase, fingerprint)?, true)
            }
            (None, None) | (Some(_), Some(_)) => return Err(malformed()),
        };
        if kek.fingerprint() != fingerprint {
            return Err(malformed());
        }
        Ok(Self::of(path, kek, wrapped))
    }

    fn of(path: &Path, kek: Kek, passphrase: bool) -> Self {
        FileProvider {
            path: path.to_owned(),
            fingerprint: kek.fingerprint(),
            kek,
            passphrase,
        }
    }

    /// Where the key lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn kek(&self) -> &Kek {
        &self.kek
    }
}

impl KeyProvider for FileProvider {
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.kek.wrap(plain, associated)
    }

    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        Ok(self.kek.unwrap(wrapped, associated))
    }

    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        self.kek.derive(purpose)
    }

    fn describe(&self) -> Result<KekInfo, KeyError> {
        Ok(KekInfo {
            provider: "file",
            place: self.path.display().to_string(),
            fingerprint: self.fingerprint,
            passphrase: self.passphrase,
        })
    }
}

/// What is authenticated with a key under a passphrase.
fn associated(fingerprint: Fingerprint) -> Vec<u8> {
    let mut out = b"sealwire key file 1 ".to_vec();
    out.extend_from_slice(&fingerprint.0);
    out
}

fn render(kek: &Kek, passphrase: Option<&Passphrase>) -> Result<Zeroizing<String>, KeyError> {
    let malformed = |_| KeyError::Malformed { what: WHAT };
    let fingerprint = kek.fingerprint();
    let name = fingerprint.to_string();
    let mut document = Document {
        version: VERSION,
        fingerprint: &name,
        key: None,
        wrapped: None,
    };
    // Zeroizing by hand: serde_json writes into a buffer that must not grow, else copies stay behind.
    let mut text = Zeroizing::new(Vec::with_capacity(1024));
    match passphrase {
        None => {
            let key = hex(kek.secret().expose_secret());
            document.key = Some(&key);
            serde_json::to_writer_pretty(&mut *text, &document).map_err(malformed)?;
        }
        Some(passphrase) => {
            let stretch = Stretch::fresh()?;
            let key = encrypt(
                &passphrase.stretch(&stretch)?,
                kek.secret().expose_secret(),
                &associated(fingerprint),
            )?;
            let (salt, key) = (hex(&stretch.salt), hex(&key));
            document.wrapped = Some(Wrapped {
                argon2id_memory_kib: stretch.memory_kib,
                argon2id_passes: stretch.passes,
                argon2id_lanes: stretch.lanes,
                salt: &salt,
                key: &key,
            });
            serde_json::to_writer_pretty(&mut *text, &document).map_err(malformed)?;
        }
    }
    text.push(b'\n');
    String::from_utf8(std::mem::take(&mut *text))
        .map(Zeroizing::new)
        .map_err(|_| KeyError::Malformed { what: WHAT })
}

fn unwrap(
    wrapped: &Wrapped<'_>,
    passphrase: &Passphrase,
    fingerprint: Fingerprint,
) -> Result<Kek, KeyError> {
    let malformed = || KeyError::Malformed { what: WHAT };
    let salt = unhex(wrapped.salt).ok_or_else(malformed)?;
    let stretch = Stretch {
        memory_kib: wrapped.argon2id_memory_kib,
        passes: wrapped.argon2id_passes,
        lanes: wrapped.argon2id_lanes,
        salt: salt.as_slice().try_into().map_err(|_| malformed())?,
    };
    if !stretch.is_bearable() {
        return Err(malformed());
    }
    let key = unhex(wrapped.key).ok_or_else(malformed)?;
    decrypt(
        &passphrase.stretch(&stretch)?,
        &key,
        &associated(fingerprint),
    )
    .and_then(|key| Kek::from_slice(&key))
    .ok_or(KeyError::PassphraseWrong { what: WHAT })
}
