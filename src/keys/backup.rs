//! Backups: the key-encryption key and the wrapped keysets in one file, under a passphrase or under shares of a secret that
//! several people hold.

use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::bytes::{Reader, checked, put_checksum, put_long};
use super::kek::{Kek, decrypt, encrypt};
use super::passphrase::Stretch;
use super::secret::Secret;
use super::shares::{code, find_code, join, split};
use super::{
    BackupRecord, FileProvider, Fingerprint, KekInfo, KeyError, KeyProvider, Keyring, KeysetInfo,
    Passphrase, Provider, Share, Split, SubjectSettings, Subjects, WrappedKeyset, rewrap,
};

const MAGIC: &[u8; 4] = b"SWBK";
const CONTENT_MAGIC: &[u8; 4] = b"SWBC";
/// The version of a backup under a passphrase, and of the content.
const VERSION: u8 = 1;
/// The version of a backup under shares.
const SHARED: u8 = 2;
const WHAT: &str = "backup";

/// What a backup is put under.
#[derive(Debug, Clone, Copy)]
pub enum Protection<'a> {
    /// A passphrase.
    Passphrase(&'a Passphrase),
    /// A random secret that is split into shares and then forgotten.
    Shares(Split),
}

/// What a backup is opened with.
#[derive(Debug, Clone, Copy)]
pub enum Opening<'a> {
    /// Its passphrase.
    Passphrase(&'a Passphrase),
    /// Enough of its shares.
    Shares(&'a [Share]),
}

/// A backup as it is written, and the shares that open it (none under a passphrase).
#[derive(Debug)]
pub struct Backup {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The shares, to be given to different people.
    pub shares: Vec<Share>,
}

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

/// `sealwire keys backup`: a backup. Every keyset must unwrap; else there would be no use in it.
///
/// The key of a file is in it. That of a hardware module or a key service cannot be: the keysets go into the backup under
/// a new key, which `restore` writes into a key file.
///
/// # Errors
/// Where there is no keyset, one does not unwrap, or they are of several environments.
pub fn backup(
    provider: &Provider,
    keysets: &[WrappedKeyset],
    protection: Protection<'_>,
) -> Result<Backup, KeyError> {
    let provider = match provider {
        Provider::WithSubjects(own, _) => own.as_ref(),
        Provider::File(_) | Provider::Remote(_) => provider,
    };
    let contents = match provider {
        // Not wrapped twice.
        Provider::WithSubjects(..) => return Err(KeyError::Malformed { what: WHAT }),
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
    let mut bytes = MAGIC.to_vec();
    let (key, shares) = match protection {
        Protection::Passphrase(passphrase) => {
            let stretch = Stretch::fresh()?;
            bytes.push(VERSION);
            stretch.put(&mut bytes);
            (passphrase.stretch(&stretch)?, Vec::new())
        }
        Protection::Shares(into) => {
            let secret = Secret::random()?;
            bytes.push(SHARED);
            bytes.extend_from_slice(&into.set);
            bytes.extend_from_slice(&[into.threshold, into.count]);
            let shares = split(&secret, into)?;
            (secret, shares)
        }
    };
    let sealed = encrypt(&key, &contents.to_bytes()?, &bytes)?;
    put_long(&mut bytes, &sealed, WHAT)?;
    put_checksum(&mut bytes);
    Ok(Backup { bytes, shares })
}

/// Opens a backup and unwraps every keyset in it, to show that it would serve.
///
/// # Errors
/// Where it is damaged, or the passphrase or the shares are not its own.
pub fn verify_backup(bytes: &[u8], opening: Opening<'_>) -> Result<BackupSummary, KeyError> {
    Contents::open(bytes, opening)?.verify()
}

/// The split of a backup that is under shares; `None` where it is under a passphrase.
///
/// # Errors
/// Where it is damaged.
pub fn backup_split(bytes: &[u8]) -> Result<Option<Split>, KeyError> {
    Ok(Sealed::read(bytes)?.split())
}

/// What the code of a whole backup begins with; the digit is the version of the code.
const PREFIX: &str = "SB1";
/// The longest backup that has a code: one QR code holds it, and it has room for some ten keysets.
const LONGEST_CODE: usize = 1_500;

/// A backup under shares as characters, which stands on each of their pages: it opens under the shares alone, so that nothing else
/// has to be kept. `None` where it is too long for a page.
pub fn backup_code(bytes: &[u8]) -> Option<String> {
    (bytes.len() <= LONGEST_CODE).then(|| code(PREFIX, bytes).to_string())
}

/// The backup that stands on a page; `None` where there is none.
///
/// # Errors
/// Where there is one, and it was mistyped.
pub fn backup_on_page(text: &str) -> Result<Option<Vec<u8>>, KeyError> {
    let begins = |line: &str| {
        let head = line.trim().get(..PREFIX.len()).unwrap_or_default();
        head.eq_ignore_ascii_case(PREFIX)
    };
    if !text.lines().any(begins) {
        return Ok(None);
    }
    let bytes = find_code(PREFIX, text).ok_or(KeyError::BackupMistyped)?;
    checked(&bytes, WHAT).map_err(|_| KeyError::BackupMistyped)?;
    Ok(Some(bytes.to_vec()))
}

/// A backup that was opened, in memory alone.
pub struct OpenBackup(Contents);

impl OpenBackup {
    /// Opens a backup and unwraps every keyset in it.
    ///
    /// # Errors
    /// As [`verify_backup`].
    pub fn open(bytes: &[u8], opening: Opening<'_>) -> Result<Self, KeyError> {
        let contents = Contents::open(bytes, opening)?;
        contents.verify()?;
        Ok(OpenBackup(contents))
    }

    /// The keyring of a database whose wrapped keysets are these. One that is wrapped under another key than the backup's (that of a
    /// hardware module or a key service) is taken from the backup.
    ///
    /// # Errors
    /// Where the backup does not hold one of them.
    pub fn keyring(&self, wrapped: &[WrappedKeyset]) -> Result<Keyring, KeyError> {
        let provider = Bare(&self.0.kek);
        let first = wrapped.first().ok_or(KeyError::NoKeysets)?;
        let ours: Vec<WrappedKeyset> = wrapped
            .iter()
            .map(|keyset| {
                let same = |own: &&WrappedKeyset| {
                    own.info == keyset.info && own.environment == keyset.environment
                };
                match keyset.kek == self.0.kek.fingerprint() {
                    true => keyset.clone(),
                    false => (self.0.keysets.iter().find(same)).unwrap_or(keyset).clone(),
                }
            })
            .collect();
        Keyring::unwrap(first.environment, &provider, &ours)
    }

    /// The keys of data subjects in a copy of their store, whose intermediate key is wrapped by the key in the backup.
    pub fn subjects(&self, settings: SubjectSettings) -> Arc<Subjects> {
        let kek: Arc<dyn KeyProvider> = Arc::new(Own(self.0.kek.clone()));
        Arc::new(Subjects::new(settings, kek))
    }

    /// Names the key in it.
    pub fn fingerprint(&self) -> Fingerprint {
        self.0.kek.fingerprint()
    }
}

impl std::fmt::Debug for OpenBackup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenBackup(…)")
    }
}

/// `sealwire keys restore`: writes the key file and gives the wrapped keysets back. `opening` is the
/// backup's, `file_passphrase` the one that the new key file is put under.
///
/// # Errors
/// As [`verify_backup`], or where the key file exists or cannot be written.
pub fn restore(
    bytes: &[u8],
    opening: Opening<'_>,
    path: &Path,
    rules: &Path,
    file_passphrase: Option<&Passphrase>,
) -> Result<Restored, KeyError> {
    let contents = Contents::open(bytes, opening)?;
    contents.verify()?;
    Ok(Restored {
        provider: FileProvider::write(path, rules, file_passphrase, contents.kek)?,
        keysets: contents.keysets,
    })
}

/// A backup as it lies in its file.
struct Sealed<'a> {
    under: Under,
    /// Authenticated with the content.
    head: &'a [u8],
    content: &'a [u8],
}

enum Under {
    Passphrase(Stretch),
    Shares(Split),
}

impl<'a> Sealed<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, KeyError> {
        let whole = checked(bytes, WHAT)?;
        let mut reader = Reader::new(whole, WHAT);
        let under = match reader.version(MAGIC)? {
            VERSION => Under::Passphrase(Stretch::read(&mut reader)?),
            SHARED => {
                let set = reader.array()?;
                let [threshold, count] = reader.array()?;
                Under::Shares(Split {
                    set,
                    threshold,
                    count,
                })
            }
            found => return Err(KeyError::UnknownVersion { what: WHAT, found }),
        };
        let content = reader.long()?;
        reader.end()?;
        let head = whole
            .get(..whole.len().saturating_sub(content.len() + 4))
            .ok_or(KeyError::Malformed { what: WHAT })?;
        Ok(Sealed {
            under,
            head,
            content,
        })
    }

    fn split(&self) -> Option<Split> {
        match self.under {
            Under::Passphrase(_) => None,
            Under::Shares(split) => Some(split),
        }
    }

    fn open(&self, opening: Opening<'_>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        match (&self.under, opening) {
            (Under::Passphrase(stretch), Opening::Passphrase(passphrase)) => {
                decrypt(&passphrase.stretch(stretch)?, self.content, self.head)
                    .ok_or(KeyError::PassphraseWrong { what: WHAT })
            }
            (Under::Shares(split), Opening::Shares(shares)) => {
                decrypt(&join(*split, shares)?, self.content, self.head)
                    .ok_or(KeyError::Malformed { what: WHAT })
            }
            (Under::Shares(split), Opening::Passphrase(_)) => Err(KeyError::NeedsShares {
                threshold: split.threshold,
                count: split.count,
            }),
            (Under::Passphrase(_), Opening::Shares(_)) => Err(KeyError::NeedsPassphrase),
        }
    }
}

struct Contents {
    kek: Kek,
    keysets: Vec<WrappedKeyset>,
}

impl Contents {
    fn open(bytes: &[u8], opening: Opening<'_>) -> Result<Self, KeyError> {
        Self::from_bytes(&Sealed::read(bytes)?.open(opening)?)
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

/// The same for as long as it is wanted.
struct Own(Kek);

impl KeyProvider for Own {
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        Bare(&self.0).wrap(plain, associated)
    }

    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        Bare(&self.0).unwrap(wrapped, associated)
    }

    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        Bare(&self.0).derive(purpose)
    }

    fn describe(&self) -> Result<KekInfo, KeyError> {
        Bare(&self.0).describe()
    }
}
