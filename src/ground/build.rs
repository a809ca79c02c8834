//! From a reading to a ground: keys unwrapped, registry verified, rules bound.

use std::sync::Arc;

use crate::catalog::{Registry, Snapshot};
use crate::fault::{Fault, Refusal};
use crate::keys::{KeyError, KeyProvider, Keyring, WrappedKeyset};
use crate::plan::World;
use crate::policy::{Policy, Problem, ProtectedTable, Protection, Shut, Storage};

use super::erasures;
use super::stored::{Stored, StoredColumn};

/// Catalog, protection and keys of one database at one moment.
pub struct Ground {
    /// Catalog and protection, to plan against.
    pub world: World,
    /// The database's keys.
    pub keyring: Arc<Keyring>,
    /// Grows with every ground published for the database.
    pub epoch: u64,
    /// The rules that are bound.
    pub policy: Arc<Policy>,
    /// The verified registry.
    pub registry: Arc<Registry>,
    /// Registered columns whose table or column is gone.
    pub lost: Arc<[StoredColumn]>,
    /// What the rules say that this database does not bear out.
    pub problems: Arc<[Problem]>,
    /// Whether schema `sealwire` is there.
    pub initialised: bool,
}

/// A verified reading, ready to be bound.
pub(crate) struct Verified {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) keyring: Arc<Keyring>,
    pub(super) registry: Arc<Registry>,
    pub(super) lost: Arc<[StoredColumn]>,
    pub(super) initialised: bool,
}

/// The keyring of a database's stored keysets, and the proof that its registry is the keyring's own.
///
/// `held`: the keyring that is in use. Its keysets are used on where they were wrapped anew under a key that this process does
/// not have: they are the same, and that the registry matches its seal proves it.
pub(crate) fn keyring(
    provider: &dyn KeyProvider,
    stored: &Stored,
    held: Option<&Keyring>,
) -> Result<Keyring, Refusal> {
    let wrapped = stored
        .keysets
        .iter()
        .map(|bytes| WrappedKeyset::from_bytes(bytes))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unavailable)?;
    let Some(first) = wrapped.first() else {
        return Err(damaged("schema sealwire holds no keyset"));
    };
    let keyring =
        Keyring::renew(first.environment, provider, &wrapped, held).map_err(unavailable)?;
    let keyring = keyring.holding_back(stored.announced());
    if stored.verify(&keyring) {
        if let Some(subjects) = provider.subjects() {
            subjects.serves(&stored.identity());
            subjects.deny(erasures::destroyed(&stored.erasures, &keyring));
        }
        Ok(keyring)
    } else {
        Err(damaged(
            "the registry of protected columns does not match its seal",
        ))
    }
}

fn unavailable(error: KeyError) -> Refusal {
    Refusal::new(Fault::KeysetUnavailable, format!("keyset: {error}"))
}

/// The registry's refusal.
pub(crate) fn damaged(message: &str) -> Refusal {
    Refusal::new(Fault::RegistryDamaged, message)
}

pub(crate) fn verify(
    provider: &dyn KeyProvider,
    snapshot: Snapshot,
    stored: Option<&Stored>,
    held: Option<&Keyring>,
) -> Result<Verified, Refusal> {
    let Some(stored) = stored else {
        return unprotected(snapshot);
    };
    let keyring = keyring(provider, stored, held)?;
    let (columns, lost) = stored.locate(&snapshot, &keyring);
    Ok(Verified {
        registry: Arc::new(Registry {
            environment: keyring.environment(),
            columns,
            keysets: keyring
                .slots()
                .into_iter()
                .map(|keyset| (keyset.slot, keyset.name))
                .collect(),
        }),
        snapshot: Arc::new(snapshot),
        keyring: Arc::new(keyring),
        lost: lost.into(),
        initialised: true,
    })
}

/// A database without schema `sealwire`: nothing is registered, no key is asked for.
pub(crate) fn unprotected(snapshot: Snapshot) -> Result<Verified, Refusal> {
    Ok(Verified {
        snapshot: Arc::new(snapshot),
        keyring: Arc::new(Keyring::empty().map_err(unavailable)?),
        registry: Arc::default(),
        lost: Arc::new([]),
        initialised: false,
    })
}

impl Verified {
    pub(crate) fn bind(self, policy: Arc<Policy>, epoch: u64) -> Ground {
        let (protection, problems) =
            policy.bind(&self.snapshot.database, &self.snapshot, &self.registry);
        Ground {
            world: World::new(self.snapshot, Arc::new(protection)),
            keyring: self.keyring,
            epoch,
            policy,
            registry: self.registry,
            lost: self.lost,
            problems: problems.into(),
            initialised: self.initialised,
        }
    }
}

impl Ground {
    /// The same for a session that has chosen a keyset; `None` where there is none of that name.
    ///
    /// # Errors
    /// Where its keys are not to be had.
    pub fn under(&self, keyset: &str) -> Result<Option<Ground>, Refusal> {
        let Some(found) = self.keyring.newest_of(Some(keyset)) else {
            return Ok(None);
        };
        Ok(Some(Ground {
            world: self.world.clone(),
            keyring: self.keyring.choosing(found.slot).map_err(unavailable)?,
            epoch: self.epoch,
            policy: self.policy.clone(),
            registry: self.registry.clone(),
            lost: self.lost.clone(),
            problems: self.problems.clone(),
            initialised: self.initialised,
        }))
    }

    /// The same reading, to be bound to other rules.
    pub(super) fn unbind(&self) -> Verified {
        Verified {
            snapshot: self.world.snapshot.clone(),
            keyring: self.keyring.clone(),
            registry: self.registry.clone(),
            lost: self.lost.clone(),
            initialised: self.initialised,
        }
    }

    /// The same with every protected table shut: nothing of it is let through. Keys that have lapsed are let go.
    pub(super) fn shut(&self, why: Shut, epoch: u64) -> Ground {
        let open = &self.world.protection;
        let tables = open
            .tables
            .iter()
            .map(|(oid, table)| (*oid, Arc::new(shut_table(table))))
            .collect();
        let protection = Protection {
            tables,
            rules_epoch: open.rules_epoch,
            rules_hash: open.rules_hash.clone(),
            rules: open.rules.clone(),
            routines: Vec::new(),
            facade: open.facade,
            keysets: open.keysets.clone(),
            shut: Some(why),
        };
        Ground {
            world: World::new(self.world.snapshot.clone(), Arc::new(protection)),
            epoch,
            policy: self.policy.clone(),
            problems: self.problems.clone(),
            keyring: self.keyring.clone(),
            registry: self.registry.clone(),
            lost: self.lost.clone(),
            initialised: self.initialised,
        }
    }
}

fn shut_table(table: &ProtectedTable) -> ProtectedTable {
    let mut table = table.clone();
    table.observe = false;
    for column in table.columns.values_mut() {
        let mut shut = column.as_ref().clone();
        shut.storage = Storage::RuleMissing;
        shut.intended = None;
        *column = Arc::new(shut);
    }
    table
}
