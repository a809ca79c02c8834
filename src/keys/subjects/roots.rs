//! The intermediate keys: one in use, and the one before it while keys are being wrapped anew. In a file of its own, each
//! wrapped by the key provider.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::store::{put_time, read_bytes, replace_wiping, time};
use crate::keys::bytes::{Reader, checked, put_checksum, put_short};
use crate::keys::kek::Kek;
use crate::keys::private::{make_parent, refuse_inside};
use crate::keys::{Fingerprint, KeyError, KeyProvider};

const MAGIC: &[u8; 4] = b"SWSR";
const VERSION: u8 = 1;
const WHAT: &str = "intermediate key of subjects' keys";

/// An intermediate key, wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Root {
    pub(super) fingerprint: Fingerprint,
    pub(super) made: SystemTime,
    /// The key-encryption key that wrapped it.
    kek: Fingerprint,
    blob: Vec<u8>,
}

pub(super) struct Roots {
    path: PathBuf,
    provider: Arc<dyn KeyProvider>,
}

impl Roots {
    pub(super) fn new(path: &Path, provider: Arc<dyn KeyProvider>) -> Self {
        Roots {
            path: path.to_owned(),
            provider,
        }
    }

    pub(super) fn exists(&self) -> bool {
        self.path.exists()
    }

    pub(super) fn refuse_inside(&self, rules: &Path, store: Option<&Path>) -> Result<(), KeyError> {
        make_parent(&self.path)?;
        refuse_inside(&self.path, rules)?;
        let Some(store) = store else {
            return Ok(());
        };
        match refuse_inside(&self.path, store) {
            Err(KeyError::InsideRules { .. }) => Err(KeyError::SubjectStore {
                why: "the intermediate key lies inside the store: copies of the two together would never age out",
            }),
            other => other,
        }
    }

    /// The first one.
    pub(super) fn begin(&self) -> Result<(), KeyError> {
        let fresh = fresh(self.provider.as_ref())?;
        replace_wiping(&self.path, &render(&[fresh])?)
    }

    /// The newest.
    pub(super) fn current(&self) -> Result<Root, KeyError> {
        self.read()?.pop().ok_or(KeyError::Malformed { what: WHAT })
    }

    /// A new one after those that are there; where a replacement was not finished, the one that it made.
    pub(super) fn add(&self) -> Result<Root, KeyError> {
        let mut roots = self.read()?;
        let first = roots.first().map(|root| root.fingerprint);
        if let Some(last) = roots.last()
            && Some(last.fingerprint) != first
        {
            return Ok(last.clone());
        }
        let fresh = fresh(self.provider.as_ref())?;
        roots.push(fresh.clone());
        replace_wiping(&self.path, &render(&roots)?)?;
        Ok(fresh)
    }

    /// Destroys the others.
    pub(super) fn keep_only(&self, fingerprint: Fingerprint) -> Result<(), KeyError> {
        let mut roots = self.read()?;
        roots.retain(|root| root.fingerprint == fingerprint);
        if roots.is_empty() {
            return Err(KeyError::Malformed { what: WHAT });
        }
        replace_wiping(&self.path, &render(&roots)?)
    }

    pub(super) fn wrap_also(&self, provider: &dyn KeyProvider) -> Result<(), KeyError> {
        let mut roots = self.read()?;
        let kek = provider.describe()?.fingerprint;
        let mut all = Vec::new();
        for root in roots.drain(..) {
            let done = root.kek == kek;
            let key = (!done).then(|| self.open(root.fingerprint)).transpose()?;
            let (fingerprint, made) = (root.fingerprint, root.made);
            all.push(root);
            if let Some(key) = key {
                all.push(wrap(provider, &key, fingerprint, made)?);
            }
        }
        replace_wiping(&self.path, &render(&all)?)
    }

    pub(super) fn open(&self, fingerprint: Fingerprint) -> Result<Kek, KeyError> {
        let held = self.provider.describe()?.fingerprint;
        let mut wrapped_under = None;
        for root in self.read()? {
            if root.fingerprint != fingerprint {
                continue;
            }
            if root.kek != held {
                wrapped_under = Some(root.kek);
                continue;
            }
            return self
                .provider
                .unwrap(&root.blob, &associated(fingerprint, root.made))?
                .and_then(|key| Kek::from_slice(&key))
                .filter(|key| key.fingerprint() == fingerprint)
                .ok_or_else(|| KeyError::DoesNotUnwrap {
                    name: WHAT.to_owned(),
                });
        }
        match wrapped_under {
            Some(wrapped_under) => Err(KeyError::OtherKek {
                name: WHAT.to_owned(),
                wrapped_under,
                held,
            }),
            None => Err(KeyError::SubjectStore {
                why: "the intermediate key that a subject's key is wrapped under was destroyed",
            }),
        }
    }

    fn read(&self) -> Result<Vec<Root>, KeyError> {
        let read = || parse(&read_bytes(&self.path)?);
        match read() {
            // It was replaced in between, and what was read was overwritten.
            Err(KeyError::Malformed { .. }) => read(),
            read => read,
        }
    }
}

fn fresh(provider: &dyn KeyProvider) -> Result<Root, KeyError> {
    let key = Kek::generate()?;
    // As it is stored: in whole seconds.
    let mut made = Vec::new();
    put_time(&mut made, SystemTime::now());
    let made = time(&mut Reader::new(&made, WHAT))?;
    wrap(provider, &key, key.fingerprint(), made)
}

fn wrap(
    provider: &dyn KeyProvider,
    key: &Kek,
    fingerprint: Fingerprint,
    made: SystemTime,
) -> Result<Root, KeyError> {
    let associated = associated(fingerprint, made);
    Ok(Root {
        fingerprint,
        made,
        kek: provider.describe()?.fingerprint,
        blob: provider.wrap(key.secret().expose_secret(), &associated)?,
    })
}

fn associated(fingerprint: Fingerprint, made: SystemTime) -> Vec<u8> {
    let mut out = b"sealwire subjects' intermediate key 1".to_vec();
    out.extend_from_slice(&fingerprint.0);
    put_time(&mut out, made);
    out
}

fn render(roots: &[Root]) -> Result<Vec<u8>, KeyError> {
    let mut out = MAGIC.to_vec();
    out.push(VERSION);
    let count = u16::try_from(roots.len()).map_err(|_| KeyError::Malformed { what: WHAT })?;
    out.extend_from_slice(&count.to_be_bytes());
    for root in roots {
        out.extend_from_slice(&root.fingerprint.0);
        put_time(&mut out, root.made);
        out.extend_from_slice(&root.kek.0);
        put_short(&mut out, &root.blob, WHAT)?;
    }
    put_checksum(&mut out);
    Ok(out)
}

fn parse(bytes: &[u8]) -> Result<Vec<Root>, KeyError> {
    let mut reader = Reader::new(checked(bytes, WHAT)?, WHAT);
    reader.head(MAGIC, VERSION)?;
    let mut roots = Vec::new();
    for _ in 0..reader.u16()? {
        roots.push(Root {
            fingerprint: Fingerprint(reader.array()?),
            made: time(&mut reader)?,
            kek: Fingerprint(reader.array()?),
            blob: reader.short()?.to_vec(),
        });
    }
    reader.end()?;
    Ok(roots)
}
