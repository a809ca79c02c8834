//! The unwrapped keysets of one database.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::hmac;
use dashmap::DashMap;
use subtle::ConstantTimeEq;

use super::derive::{Purpose, derive};
use super::keyset::Keyset;
use super::secret::{Secret, fill};
use super::subjects::Environment;
use super::{KeyError, KeyProvider, KeysetInfo, Lease, Subjects, WrappedKeyset};
use crate::mask::Pseudonymise;
use crate::seal::{
    ColumnCipher, ColumnKey, Keys, OrderKey, Scheme, SealSpec, TagKey, TokenKey, TokenKeys,
};
use crate::value::Canonical;

/// The keysets of one database, unwrapped. Derives keys and keeps the ciphers made of them.
pub struct Keyring {
    environment: [u8; 16],
    keysets: Vec<Keyset>,
    ciphers: DashMap<SealSpec, Arc<ColumnCipher>>,
    /// Of the epochs of the lowest slot, oldest first: the newest signs, each verifies.
    registry: Vec<hmac::Key>,
    /// Of the oldest of them.
    anchor: Secret<32>,
    /// Slots and epochs that nothing is sealed under yet.
    announced: BTreeSet<(u8, u16)>,
    /// The slot that a session has chosen: columns without search are sealed under it.
    chosen: Option<u8>,
    /// The same keys for sessions that have chosen one, by slot.
    choosing: DashMap<u8, Arc<Keyring>>,
    pseudonyms: RwLock<HashMap<u32, Arc<dyn Pseudonymise>>>,
    lease: Arc<Lease>,
    subjects: Option<Arc<Subjects>>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring")
            .field("keysets", &self.slots())
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// Unwraps the keysets of an environment.
    ///
    /// # Errors
    /// Where one does not unwrap, belongs to another environment, or two claim one slot and epoch.
    pub fn unwrap(
        environment: [u8; 16],
        provider: &dyn KeyProvider,
        wrapped: &[WrappedKeyset],
    ) -> Result<Self, KeyError> {
        Self::renew(environment, provider, wrapped, None)
    }

    /// The same; a keyset that is wrapped under another key now is taken from `held`, where it is in it.
    ///
    /// # Errors
    /// As [`Keyring::unwrap`].
    pub fn renew(
        environment: [u8; 16],
        provider: &dyn KeyProvider,
        wrapped: &[WrappedKeyset],
        held: Option<&Keyring>,
    ) -> Result<Self, KeyError> {
        let held = held.filter(|held| held.environment == environment);
        let mut keysets: Vec<Keyset> = Vec::with_capacity(wrapped.len());
        for wrapped in wrapped {
            if wrapped.environment != environment {
                return Err(KeyError::OtherEnvironment {
                    name: wrapped.info.name.clone(),
                });
            }
            let same = |keyset: &&Keyset| keyset.info == wrapped.info;
            let known = held.and_then(|held| held.keysets.iter().find(same));
            let keyset = match (wrapped.unwrap(provider), known) {
                (Err(KeyError::OtherKek { .. } | KeyError::OtherProvider { .. }), Some(known)) => {
                    known.clone()
                }
                (unwrapped, _) => unwrapped?,
            };
            keysets.push(keyset);
        }
        keysets.sort_by_key(|keyset| (keyset.info.slot, keyset.info.epoch));
        for (one, next) in keysets.iter().zip(keysets.iter().skip(1)) {
            if (one.info.slot, one.info.epoch) == (next.info.slot, next.info.epoch) {
                return Err(KeyError::Duplicate {
                    slot: one.info.slot,
                    epoch: one.info.epoch,
                });
            }
        }
        let lease = provider.lease();
        Self::of(environment, keysets, lease, provider.subjects())
    }

    /// For a database without any: no column has a cipher, and no MAC verifies (its keys are random and used
    /// by nobody else).
    ///
    /// # Errors
    /// Where no random bytes are to be had.
    pub fn empty() -> Result<Self, KeyError> {
        Self::of([0; 16], Vec::new(), Lease::forever(), None)
    }

    fn of(
        environment: [u8; 16],
        keysets: Vec<Keyset>,
        lease: Arc<Lease>,
        subjects: Option<Arc<Subjects>>,
    ) -> Result<Self, KeyError> {
        // Pseudonyms hang on the first keyset (lowest slot, lowest epoch kept), so that a new epoch does not change them.
        // The registry is signed in the newest epoch of that slot: whoever reads a registry reads its keysets in the same
        // moment, and when an old epoch goes nothing hangs on it any more.
        let anchor = match keysets.first() {
            Some(first) => first.key.clone(),
            None => Secret::random()?,
        };
        let mac = |key: &Secret<32>| -> Result<hmac::Key, KeyError> {
            let registry: Secret<32> = derive(key, Purpose::RegistryMac, 0, 0)?;
            Ok(hmac::Key::new(hmac::HMAC_SHA256, registry.expose_secret()))
        };
        let slot = keysets.first().map(|first| first.info.slot);
        let mut registry = keysets
            .iter()
            .filter(|keyset| Some(keyset.info.slot) == slot)
            .map(|keyset| mac(&keyset.key))
            .collect::<Result<Vec<_>, _>>()?;
        if registry.is_empty() {
            registry.push(mac(&anchor)?);
        }
        Ok(Keyring {
            environment,
            keysets,
            ciphers: DashMap::new(),
            registry,
            anchor,
            announced: BTreeSet::new(),
            chosen: None,
            choosing: DashMap::new(),
            pseudonyms: RwLock::default(),
            lease,
            subjects,
        })
    }

    /// The cipher of a column; made once, then shared.
    ///
    /// # Errors
    /// Where there is no keyset for its slot and epoch, or the keys have lapsed.
    pub fn cipher(&self, spec: &SealSpec) -> Result<Arc<ColumnCipher>, KeyError> {
        if !self.lease.is_held() {
            return Err(KeyError::Lapsed);
        }
        if let Some(cipher) = self.ciphers.get(spec) {
            return Ok(Arc::clone(&cipher));
        }
        // Where a session has chosen a keyset, it is sealed under that one, and the column's own is opened too.
        let chosen = self.chosen.filter(|_| !spec.is_searched());
        let (slot, epoch) = match chosen {
            Some(slot) if slot != spec.slot => {
                let active = self.active(slot);
                let active = active.ok_or(KeyError::NoKeyset { slot, epoch: 1 })?;
                (slot, active.epoch)
            }
            Some(_) | None => (spec.slot, spec.epoch),
        };
        let keyset = self
            .keysets
            .iter()
            .find(|keyset| (keyset.info.slot, keyset.info.epoch) == (slot, epoch))
            .ok_or(KeyError::NoKeyset { slot, epoch })?;
        let mut beside = Vec::new();
        if !spec.is_searched() {
            for other in &self.keysets {
                let opens = other.info.slot == spec.slot || other.info.slot == slot;
                if opens && (other.info.slot, other.info.epoch) != (slot, epoch) {
                    beside.push(self.make(other, spec)?);
                }
            }
        }
        let cipher = Arc::new(self.make(keyset, spec)?.opening(beside)?);
        self.ciphers.insert(spec.clone(), Arc::clone(&cipher));
        Ok(cipher)
    }

    /// A column's cipher under one keyset: as the spec says but for slot and epoch, which are the keyset's own.
    fn make(&self, keyset: &Keyset, spec: &SealSpec) -> Result<ColumnCipher, KeyError> {
        let spec = &SealSpec {
            slot: keyset.info.slot,
            epoch: keyset.info.epoch,
            ..spec.clone()
        };
        let key = match spec.scheme {
            Scheme::Deterministic => ColumnKey::Siv(
                derive(&keyset.key, Purpose::Siv, spec.domain, spec.epoch)?.into_inner(),
            ),
            Scheme::Random => ColumnKey::Random(
                derive(&keyset.key, Purpose::Random, spec.domain, spec.epoch)?.into_inner(),
            ),
            Scheme::Subject => {
                let subjects = self.subjects.as_ref().ok_or(KeyError::NoSubjects)?;
                ColumnKey::Subject(
                    derive(&keyset.key, Purpose::Subject, spec.domain, spec.epoch)?.into_inner(),
                    Arc::new(Environment {
                        id: self.environment,
                        subjects: Arc::clone(subjects),
                    }),
                )
            }
        };
        let tag = match spec.ci {
            None => None,
            Some(_) => Some(TagKey(
                derive(
                    &keyset.key,
                    Purpose::CaseInsensitiveTag,
                    spec.domain,
                    spec.epoch,
                )?
                .into_inner(),
            )),
        };
        let order = match spec.order {
            None => None,
            Some(_) => Some(OrderKey(
                derive(&keyset.key, Purpose::Order, spec.domain, spec.epoch)?.into_inner(),
            )),
        };
        let keys = Keys {
            body: key,
            tag,
            order,
            tokens: token_keys(keyset, spec)?,
        };
        Ok(ColumnCipher::with_keys(keys, spec, &self.environment)?)
    }

    /// The keyed hash of pseudonyms of a key domain.
    pub fn pseudonym(&self, domain: u32) -> Arc<dyn Pseudonymise> {
        if let Some(known) = self
            .pseudonyms
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&domain)
        {
            return Arc::clone(known);
        }
        let made: Arc<dyn Pseudonymise> =
            match derive::<32>(&self.anchor, Purpose::Pseudonym, domain, 0) {
                Ok(key) => Arc::new(Pseudonyms(hmac::Key::new(
                    hmac::HMAC_SHA256,
                    key.expose_secret(),
                ))),
                // HKDF of a fixed length does not fail; if it did, every value would be shown as one.
                Err(_) => return Arc::new(NoPseudonyms),
            };
        self.pseudonyms
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(domain, Arc::clone(&made));
        made
    }

    /// HMAC-SHA256 of the registry under the first keyset's newest epoch.
    pub fn registry_mac(&self, message: &[u8]) -> [u8; 32] {
        self.registry
            .last()
            .map(|key| mac_of(key, message))
            .unwrap_or_default()
    }

    /// Whether a stored MAC is that of the message under an epoch of the first keyset that is kept, in constant time.
    pub fn registry_mac_fits(&self, message: &[u8], mac: &[u8]) -> bool {
        self.registry
            .iter()
            .any(|key| mac_of(key, message).as_slice().ct_eq(mac).into())
    }

    /// A key domain id for a column that is made through the proxy, from the upper half of the numbers: the sequence
    /// that `protect` takes them from begins at one. Of a name it is always the same, so that two sessions that use a
    /// new name at the same moment agree.
    ///
    /// # Errors
    /// Where the system gives no random bytes.
    pub fn new_domain(&self, name: Option<&str>) -> Result<u32, KeyError> {
        let mut bytes = [0; 4];
        match name {
            Some(name) => {
                let mut message = b"sealwire domain v1".to_vec();
                message.extend_from_slice(&self.environment);
                message.extend_from_slice(name.as_bytes());
                // Of the oldest epoch, so that a proxy that has read a newer one agrees with one that has not.
                bytes = self
                    .registry
                    .first()
                    .map(|key| mac_of(key, &message))
                    .unwrap_or_default()
                    .first_chunk()
                    .copied()
                    .unwrap_or_default();
            }
            None => fill(&mut bytes)?,
        }
        Ok(u32::from_be_bytes(bytes) | 0x8000_0000)
    }

    /// The same with the keys of data subjects.
    #[must_use]
    pub fn knowing(mut self, subjects: Arc<Subjects>) -> Self {
        self.subjects = Some(subjects);
        self
    }

    /// The keys of data subjects, where the rules say where they are.
    pub fn subjects(&self) -> Option<&Arc<Subjects>> {
        self.subjects.as_ref()
    }

    /// The environment id, part of every envelope's associated data.
    pub fn environment(&self) -> [u8; 16] {
        self.environment
    }

    /// Whether the keys may still be used: their provider has answered within their lifetime.
    pub fn is_usable(&self) -> bool {
        self.lease.is_held()
    }

    /// What is known of the keysets, by slot and epoch.
    pub fn slots(&self) -> Vec<KeysetInfo> {
        self.keysets
            .iter()
            .map(|keyset| keyset.info.clone())
            .collect()
    }

    /// The same, without sealing anything under these slots and epochs: they are announced, and not yet in use.
    #[must_use]
    pub fn holding_back(mut self, announced: BTreeSet<(u8, u16)>) -> Self {
        self.announced = announced;
        self
    }

    /// The same keys for a session that has chosen the keyset of a slot; made once, then shared.
    ///
    /// # Errors
    /// Where a key cannot be derived.
    pub fn choosing(&self, slot: u8) -> Result<Arc<Keyring>, KeyError> {
        if let Some(known) = self.choosing.get(&slot) {
            return Ok(Arc::clone(&known));
        }
        let lease = Arc::clone(&self.lease);
        let subjects = self.subjects.clone();
        let mut chosen = Self::of(self.environment, self.keysets.clone(), lease, subjects)?;
        chosen.announced.clone_from(&self.announced);
        chosen.chosen = Some(slot);
        let chosen = Arc::new(chosen);
        self.choosing.insert(slot, Arc::clone(&chosen));
        Ok(chosen)
    }

    /// The epoch of a slot that values are sealed in: the newest that is not only announced.
    pub fn active(&self, slot: u8) -> Option<KeysetInfo> {
        let sealed_in = |keyset: &&Keyset| {
            let place = (keyset.info.slot, keyset.info.epoch);
            place.0 == slot && !self.announced.contains(&place)
        };
        let found = self.keysets.iter().rfind(sealed_in);
        found.map(|keyset| keyset.info.clone())
    }

    /// The epoch that columns are sealed in under the keyset of a name; without one, under that which every database has.
    pub fn newest_of(&self, name: Option<&str>) -> Option<KeysetInfo> {
        let slot = match name {
            None => 0,
            Some(name) => {
                let named = |keyset: &&Keyset| keyset.info.name == name;
                self.keysets.iter().find(named)?.info.slot
            }
        };
        self.active(slot)
    }

    /// The newest epoch of a slot, which may be announced only.
    pub fn newest(&self, slot: u8) -> Option<KeysetInfo> {
        self.keysets
            .iter()
            .rfind(|keyset| keyset.info.slot == slot)
            .map(|keyset| keyset.info.clone())
    }
}

fn mac_of(key: &hmac::Key, message: &[u8]) -> [u8; 32] {
    let tag = hmac::sign(key, message);
    // HMAC-SHA256 has 32 bytes.
    tag.as_ref().first_chunk().copied().unwrap_or_default()
}

struct Pseudonyms(hmac::Key);

impl Pseudonymise for Pseudonyms {
    fn pseudonym(&self, value: &Canonical) -> [u8; 32] {
        mac_of(&self.0, value.expose_plaintext())
    }
}

struct NoPseudonyms;

impl Pseudonymise for NoPseudonyms {
    fn pseudonym(&self, _value: &Canonical) -> [u8; 32] {
        [0; 32]
    }
}

/// The keys of the kinds of tokens that a column has.
fn token_keys(keyset: &Keyset, spec: &SealSpec) -> Result<TokenKeys, KeyError> {
    let tokens = spec.tokens.unwrap_or_default();
    let key = |asked: bool, purpose| {
        asked
            .then(|| derive(&keyset.key, purpose, spec.domain, spec.epoch))
            .transpose()
            .map(|key| key.map(|key: Secret<32>| TokenKey(key.into_inner())))
    };
    Ok(TokenKeys {
        matching: key(tokens.matching.is_some(), Purpose::Match)?,
        prefix: key(tokens.prefix.is_some(), Purpose::Prefix)?,
        range: key(tokens.range.is_some(), Purpose::Range)?,
    })
}
