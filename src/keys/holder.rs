//! From what the rules say to a provider.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::{
    Cached, FileProvider, Health, KekInfo, KeyError, KeyProvider, Lease, Passphrase,
    Pkcs11Settings, SubjectSettings, Subjects, VaultSettings,
};

/// Who holds the key-encryption key, and how to reach it.
#[derive(Debug, Clone)]
pub enum Holder {
    /// A file on this host.
    File(PathBuf),
    /// A hardware module.
    Pkcs11(Pkcs11Settings),
    /// The Transit engine of a Vault server.
    Vault(VaultSettings),
}

/// A provider that is open, or will be asked.
pub enum Provider {
    /// The key of a file, read.
    File(FileProvider),
    /// One that may be out of reach.
    Remote(Box<Cached>),
    /// One with the keys of data subjects beside it.
    WithSubjects(Arc<Provider>, Arc<Subjects>),
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Provider::File(_) => "Provider::File(…)",
            Provider::Remote(_) => "Provider::Remote(…)",
            Provider::WithSubjects(..) => "Provider::WithSubjects(…)",
        })
    }
}

impl Holder {
    /// Makes a new key. One that is there is never overwritten.
    ///
    /// # Errors
    /// Where there is one, or the provider cannot be used.
    pub fn create(
        &self,
        rules: &Path,
        passphrase: Option<&Passphrase>,
    ) -> Result<Provider, KeyError> {
        match self {
            Holder::File(path) => FileProvider::create(path, rules, passphrase).map(Provider::File),
            Holder::Pkcs11(settings) => {
                let made = super::pkcs11::create(settings)?;
                Ok(Provider::remote(made, super::pkcs11::NAME, None))
            }
            Holder::Vault(settings) => {
                let made = super::vault::create(settings)?;
                Ok(Provider::remote(made, super::vault::NAME, None))
            }
        }
    }

    /// Reads the key file; of others only what can be known without asking them, so that a proxy may start before they
    /// can be reached. `lifetime`: how long what was unwrapped is kept without an answer of theirs.
    ///
    /// # Errors
    /// Where the key file cannot be used, or the settings of another cannot.
    pub fn open(
        &self,
        rules: &Path,
        passphrase: Option<&Passphrase>,
        lifetime: Option<Duration>,
    ) -> Result<Provider, KeyError> {
        match self {
            Holder::File(path) => FileProvider::open(path, rules, passphrase).map(Provider::File),
            Holder::Pkcs11(settings) => {
                let opened = super::pkcs11::open(settings)?;
                Ok(Provider::remote(opened, super::pkcs11::NAME, lifetime))
            }
            Holder::Vault(settings) => {
                let opened = super::vault::open(settings)?;
                Ok(Provider::remote(opened, super::vault::NAME, lifetime))
            }
        }
    }
}

impl Provider {
    fn remote(
        inner: Box<dyn KeyProvider>,
        name: &'static str,
        lifetime: Option<Duration>,
    ) -> Provider {
        Provider::Remote(Box::new(Cached::new(inner, name, lifetime)))
    }

    /// The same with the keys of data subjects that the settings name.
    #[must_use]
    pub fn with_subjects(self, settings: SubjectSettings) -> Provider {
        let own = Arc::new(self);
        let wrapping: Arc<dyn KeyProvider> = Arc::<Provider>::clone(&own);
        Provider::WithSubjects(own, Arc::new(Subjects::new(settings, wrapping)))
    }

    fn any(&self) -> &dyn KeyProvider {
        match self {
            Provider::File(file) => file,
            Provider::Remote(remote) => remote.as_ref(),
            Provider::WithSubjects(own, _) => own.any(),
        }
    }
}

impl KeyProvider for Provider {
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.any().wrap(plain, associated)
    }

    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        self.any().unwrap(wrapped, associated)
    }

    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        self.any().derive(purpose)
    }

    fn describe(&self) -> Result<KekInfo, KeyError> {
        self.any().describe()
    }

    fn refresh(&self) -> Result<(), KeyError> {
        self.any().refresh()
    }

    fn refresh_in(&self) -> Option<Duration> {
        self.any().refresh_in()
    }

    fn lease(&self) -> Arc<Lease> {
        self.any().lease()
    }

    fn subjects(&self) -> Option<Arc<Subjects>> {
        match self {
            Provider::File(_) | Provider::Remote(_) => None,
            Provider::WithSubjects(_, subjects) => Some(Arc::clone(subjects)),
        }
    }

    fn health(&self) -> Health {
        self.any().health()
    }
}
