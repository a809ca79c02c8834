//! Backups: the key-encryption key and the wrapped keysets in one file under a passphrase.

use std::path::Path;

use zeroize::Zeroizing;

use super::bytes::{Reader, checked, put_checksum, put_long};
use super::kek::{Kek, decrypt, encrypt};
use super::passphrase::Stretch;
use super::{
    BackupRecord, FileProvider, Fingerprint, KekInfo, KeyError, KeyProvider, KeysetInfo,
    Passphrase, Provider, WrappedKeyset, rewrap,
};

const MAGIC: &[u8; 4] = b"SWBK";
const CONTENT_MAGIC: &[u8; 4] = b"SWBC";
const VERSION: u8 = 1;
const WHAT: &str = "backup";

/// What a verified backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSummary {
    /// The key-encryption key in it.
    pub kek: Fingerprint,
    /// The environment of its keysets.
    pub environment: [u8; 16],
    /// Its keysets, each of which unwraps.
    pub keysets: Vec<KeysetInfo>,
}

impl BackupSummary {
    /// The record that `protect` asks for: that the keysets which this key wraps are in a backup.
    pub fn record(&self, wrapped_under: Fingerprint) -> BackupRecord {
        BackupRecord::now(self, wrapped_under)
    }
}

/// What came out of a backup.
#[derive(Debug)]
pub struct Restored {
    /// The key file written.
    pub provider: FileProvider,
    /// The wrapped keysets, for the database or the file copy.
    pub keysets: Vec<WrappedKeyset>,
}

/// `sealwire keys backup`: the bytes of a backup. Every keyset must unwrap; else there would be no use in it.
///
/// The key of a file is in it. That of a hardware module or a key service cannot be: the keysets go into the backup under
/// a new key, which `restore` writes into a key file.
///
/// # Errors
/// Where there is no keyset, one does not unwrap, or they are of several environments.
pub fn backup(
    provider: &Provider,
    keysets: &[WrappedKeyset],
    passphrase: &Passphrase,
) -> Result<Vec<u8>, KeyError> {
    let contents = match provider {
        Provider::File(file) => Contents {
            kek: file.kek().clone(),
            keysets: keysets.to_vec(),
        },
        Provider::Remote(remote) => {
            let kek = Kek::generate()?;
            let keysets = keysets
                .iter()
                .map(|keyset| rewrap(keyset, remote.as_ref(), &Bare(&kek)))
                .collect::<Result<_, _>>()?;
            Contents { kek, keysets }
        }
    };
    contents.verify()?;
    let stretch = Stretch::fresh()?;
    let mut out = MAGIC.to_vec();
    out.push(VERSION);
    stretch.put(&mut out);
    let key = passphrase.stretch(&stretch)?;
    let sealed = encrypt(&key, &contents.to_bytes()?, &out)?;
    put_long(&mut out, &sealed, WHAT)?;
    put_checksum(&mut out);
    Ok(out)
}

/// Opens a backup and unwraps every keyset in it, to show that it would serve.
///
/// # Errors
/// Where it is damaged, or the passphrase is not its own.
pub fn verify_backup(bytes: &[u8], passphrase: &Passphrase) -> Result<BackupSummary, KeyError> {
    Contents::open(bytes, passphrase)?.verify()
}

/// `sealwire keys restore`: writes the key file and gives the wrapped keysets back. `passphrase` is the
/// backup's, `file_passphrase` the one that the new key file is put under.
///
/// # Errors
/// As [`verify_backup`], or where the key file exists or cannot be written.
pub fn restore(
    bytes: &[u8],
    passphrase: &Passphrase,
    path: &Path,
    rules: &Path,
    file_passphrase: Option<&Passphrase>,
) -> Result<Restored, KeyError> {
    let contents = Contents::open(bytes, passphrase)?;
    contents.verify()?;
    Ok(Restored {
        provider: FileProvider::write(path, rules, file_passphrase, contents.kek)?,
        keysets: contents.keysets,
    })
}

struct Contents {
    kek: Kek,
    keysets: Vec<WrappedKeyset>,
}

impl Contents {
    fn open(bytes: &[u8], passphrase: &Passphrase) -> Result<Self, KeyError> {
        let content = checked(bytes, WHAT)?;
        let mut reader = Reader::new(content, WHAT);
        reader.head(MAGIC, VERSION)?;
        let stretch = Stretch::read(&mut reader)?;
        let sealed = reader.long()?;
        reader.end()?;
        // The head is authenticated with the content.
        let head = content
            .get(..content.len().saturating_sub(sealed.len() + 4))
            .ok_or(KeyError::Malformed { what: WHAT })?;
        let plain = decrypt(&passphrase.stretch(&stretch)?, sealed, head)
            .ok_or(KeyError::PassphraseWrong { what: WHAT })?;
        Self::from_bytes(&plain)
    }

    fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let keysets = self
            .keysets
            .iter()
            .map(WrappedKeyset::to_bytes)
            .collect::<Result<Vec<_>, _>>()?;
        let malformed = |_| KeyError::Malformed { what: WHAT };
        // Room for all, so that the key is not left behind in a buffer that was moved.
        let len = keysets.iter().map(|keyset| keyset.len() + 4).sum::<usize>();
        let mut out = Zeroizing::new(Vec::with_capacity(len + 64));
        out.extend_from_slice(CONTENT_MAGIC);
        out.push(VERSION);
        out.extend_from_slice(self.kek.secret().expose_secret());
        out.extend_from_slice(
            &u16::try_from(keysets.len())
                .map_err(malformed)?
                .to_be_bytes(),
        );
        for keyset in &keysets {
            put_long(&mut out, keyset, WHAT)?;
        }
        Ok(out)
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let mut reader = Reader::new(bytes, WHAT);
        reader.head(CONTENT_MAGIC, VERSION)?;
        let key = Zeroizing::new(reader.array::<32>()?);
        let kek = Kek::from_slice(key.as_slice()).ok_or_else(|| reader.malformed())?;
        let mut keysets = Vec::new();
        for _ in 0..reader.u16()? {
            keysets.push(WrappedKeyset::from_bytes(reader.long()?)?);
        }
        reader.end()?;
        Ok(Contents { kek, keysets })
    }

    fn verify(&self) -> Result<BackupSummary, KeyError> {
        let environment = self.keysets.first().ok_or(KeyError::NoKeysets)?.environment;
        let provider = Bare(&self.kek);
        for keyset in &self.keysets {
            if keyset.environment != environment {
                return Err(KeyError::OtherEnvironment {
                    name: keyset.info.name.clone(),
                });
            }
            keyset.unwrap(&provider)?;
        }
        Ok(BackupSummary {
            kek: self.kek.fingerprint(),
            environment,
            keysets: self
                .keysets
                .iter()
                .map(|keyset| keyset.info.clone())
                .collect(),
        })
    }
}

/// The key of a backup as a provider, to unwrap with.
struct Bare<'a>(&'a Kek);

impl KeyProvider for Bare<'_> {
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.0.wrap(plain, associated)
    }

    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        Ok(self.0.unwrap(wrapped, associated))
    }

    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        self.0.derive(purpose)
    }

    fn describe(&self) -> Result<KekInfo, KeyError> {
        Ok(KekInfo {
            provider: "file",
            place: WHAT.to_owned(),
            fingerprint: self.0.fingerprint(),
            passphrase: true,
        })
    }
}
