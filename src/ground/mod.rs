//! What a database's sessions stand on: catalog, registry, keys and rules of one moment, read over
//! the service connection, verified, bound together and published whole.
//!
//! Absent: SQL of clients, plans. Architecture invariant: a ground is published only after the
//! registry's seal was verified; when it stops verifying, what is published refuses every protected table.

mod build;
mod database;
pub(crate) mod erasures;
pub(crate) mod folding;
mod gate;
mod homonyms;
mod judges;
mod overlay;
mod probe;
mod read;
mod routines;
pub mod stored;
pub(crate) mod subjects;
mod views;
mod words;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use tokio::sync::{Mutex, OnceCell};

use crate::fault::Refusal;
use crate::keys::KeyProvider;
use crate::policy::Policy;

pub use build::Ground;
pub(crate) use build::{Verified, damaged, keyring, unprotected, verify};
pub use database::DatabaseGround;
pub use gate::Pass;
pub(crate) use read::snapshot;
pub use subjects::SubjectDatabase;
pub(crate) use views::Definitions;
pub(crate) use words::identifiers;

/// What every database's ground is made with.
#[derive(Clone)]
pub(crate) struct Sources {
    readings: Arc<Readings>,
    pub(crate) policy: Arc<ArcSwap<Policy>>,
    pub(crate) provider: Arc<dyn KeyProvider>,
}

/// How often any database was read.
#[derive(Default)]
struct Readings {
    succeeded: AtomicU64,
    failed: AtomicU64,
}

impl Readings {
    fn note<T>(&self, result: &Result<T, Refusal>) {
        let count = match result {
            Ok(_) => &self.succeeded,
            Err(_) => &self.failed,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// The grounds of all databases, each opened at its first session.
pub struct Grounds {
    sources: Sources,
    databases: Mutex<HashMap<String, Arc<OnceCell<Arc<DatabaseGround>>>>>,
}

impl Grounds {
    /// Nothing is opened yet. A reload of the rules stores the new policy and calls
    /// [`Grounds::rules_changed`].
    pub fn new(policy: Arc<ArcSwap<Policy>>, provider: Arc<dyn KeyProvider>) -> Self {
        Grounds {
            sources: Sources {
                readings: Arc::default(),
                policy,
                provider,
            },
            databases: Mutex::default(),
        }
    }

    /// The ground of a database: opened at first use, and looked at again where no session has used it
    /// for a while. Keep it for the session's life; while somebody does, it follows the catalog.
    ///
    /// # Errors
    /// GroundUnavailable, KeysetUnavailable or RegistryDamaged: nothing can be let through safely.
    pub async fn of(&self, database: &str) -> Result<Arc<DatabaseGround>, Refusal> {
        let cell = {
            let mut databases = self.databases.lock().await;
            databases.entry(database.to_owned()).or_default().clone()
        };
        let opened = cell
            .get_or_try_init(|| DatabaseGround::open(self.sources.clone(), database))
            .await
            .cloned();
        match opened {
            Ok(ground) => {
                ground.wake().await?;
                Ok(ground)
            }
            Err(refusal) => {
                // A name that cannot be opened must not stay: clients choose names freely.
                let mut databases = self.databases.lock().await;
                if databases
                    .get(database)
                    .is_some_and(|cell| cell.get().is_none())
                {
                    databases.remove(database);
                }
                Err(refusal)
            }
        }
    }

    /// Closes the connections to these databases that nobody uses at the moment.
    pub async fn release(&self, names: &[String]) {
        let open: Vec<_> = {
            let databases = self.databases.lock().await;
            let cells = names.iter().filter_map(|name| databases.get(name));
            cells.filter_map(|cell| cell.get().cloned()).collect()
        };
        for ground in open {
            ground.sleep().await;
        }
    }

    /// Binds the present policy to every open database. Sessions see it at their next statement.
    pub async fn rules_changed(&self) {
        for ground in self.open().await {
            ground.rebind();
        }
    }

    /// How often a database was read, and could not be.
    pub fn readings(&self) -> (u64, u64) {
        let readings = &self.sources.readings;
        (
            readings.succeeded.load(Ordering::Relaxed),
            readings.failed.load(Ordering::Relaxed),
        )
    }

    /// How many plans are kept for all databases; `None` while one is being added.
    pub fn cached_plans(&self) -> Option<usize> {
        let databases = self.databases.try_lock().ok()?;
        let open = databases.values().filter_map(|cell| cell.get());
        Some(
            open.map(|ground| ground.current().world.cached_plans())
                .sum(),
        )
    }

    /// The databases that are open, with what was last published, for `status`, health and metrics.
    pub async fn open(&self) -> Vec<Arc<DatabaseGround>> {
        self.databases
            .lock()
            .await
            .values()
            .filter_map(|cell| cell.get().cloned())
            .collect()
    }
}
