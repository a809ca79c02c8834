//! The ground of one database: read, followed, published.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use dashmap::DashMap;
use tokio_postgres::Client;

use crate::catalog::{Case, Snapshot};
use crate::fault::{Fault, Refusal};
use crate::identity::{Caller, Principal};
use crate::keys::Keyring;
use crate::policy::{Circumstances, Rights, Shut};
use crate::upstream::service;

use super::build::{Ground, Verified, verify};
use super::gate::{Gate, Pass};
use super::stored::Stored;
use super::{Definitions, Sources, damaged, folding, probe, read};

/// Epochs of overlays: beyond those that a database is ever published under.
static OVERLAYS: AtomicU64 = AtomicU64::new(1 << 48);

/// How often an open database is looked at.
const POLL: Duration = Duration::from_secs(2);
/// How often while a swap is waited for.
const HEAR: Duration = Duration::from_millis(40);
/// How long statements are held for one swap.
const HELD: Duration = Duration::from_secs(10);
/// A heartbeat that takes longer has failed.
const BEAT: Duration = Duration::from_secs(5);
/// A reading that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);
/// Rights are few; beyond this many someone is making up principals, and all are forgotten.
const RIGHTS_KEPT: usize = 10_000;

/// What rights depend on.
#[derive(PartialEq, Eq, Hash)]
struct Whose {
    epoch: u64,
    principal: Principal,
    active_role: Option<String>,
    /// Grants with conditions that are met.
    in_force: Vec<u32>,
}

/// The ground of one database.
pub struct DatabaseGround {
    database: String,
    sources: Sources,
    published: ArcSwap<Ground>,
    /// Held while a ground is made from the present one or the present policy, so that a reload and a
    /// reading cannot undo each other.
    publishing: Mutex<()>,
    reader: tokio::sync::Mutex<Reader>,
    tickets: AtomicU64,
    asleep: AtomicBool,
    /// How often a session has changed the catalog, and how much of that was read since.
    changes: AtomicU64,
    read: AtomicU64,
    rights: DashMap<Whose, Arc<Rights>>,
    /// Which statements may begin.
    gate: Gate,
}

/// The service connection and what it last found.
#[derive(Default)]
struct Reader {
    client: Option<Client>,
    mark: Option<probe::Mark>,
    /// The keys found.
    keyring: Option<Arc<Keyring>>,
    /// Every call up to this ticket is answered by what is published.
    covered: u64,
    /// The database's oid and its registry's counter when it was last read.
    counter: (Option<i64>, Option<u64>),
    /// Views as they were last read.
    views: Definitions,
    /// What `lower()` and `upper()` of the server are, where the rules ask: it changes with the server's program only.
    case: Option<Case>,
}

impl DatabaseGround {
    pub(super) async fn open(sources: Sources, database: &str) -> Result<Arc<Self>, Refusal> {
        let mut reader = Reader::default();
        let gate = Gate::new();
        let looked = patiently(reader.look(&sources, database, &gate, true)).await;
        sources.readings.note(&looked);
        let verified =
            looked?.ok_or_else(|| Refusal::new(Fault::GroundUnavailable, "nothing was read"))?;
        let ground = Arc::new(DatabaseGround {
            database: database.to_owned(),
            published: ArcSwap::from_pointee(verified.bind(sources.policy.load_full(), 1)),
            sources,
            publishing: Mutex::default(),
            reader: tokio::sync::Mutex::new(reader),
            tickets: AtomicU64::new(0),
            asleep: AtomicBool::new(false),
            changes: AtomicU64::new(0),
            read: AtomicU64::new(0),
            rights: DashMap::new(),
            gate,
        });
        tell_of_facade(&ground.current(), database);
        ground.hold().await;
        tokio::spawn(follow(Arc::downgrade(&ground)));
        Ok(ground)
    }

    /// Name of the database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// What is published now.
    pub fn current(&self) -> Arc<Ground> {
        self.published.load_full()
    }

    /// A ground no older than this call: probes, and reads everything where something changed. Calls
    /// that wait for the same reading share it.
    ///
    /// # Errors
    /// GroundUnavailable, KeysetUnavailable or RegistryDamaged.
    pub async fn refresh(&self) -> Result<Arc<Ground>, Refusal> {
        let ticket = self.tickets.fetch_add(1, Ordering::SeqCst) + 1;
        let mut reader = self.reader.lock().await;
        if reader.covered >= ticket {
            return Ok(self.current());
        }
        // Taken before the reading begins: who comes later waits for another one.
        let covers = self.tickets.load(Ordering::SeqCst);
        let changes = self.changes.load(Ordering::SeqCst);
        let looked = patiently(reader.look(&self.sources, &self.database, &self.gate, false)).await;
        self.sources.readings.note(&looked);
        match looked {
            Ok(changed) => {
                if let Some(verified) = changed {
                    self.publish(verified);
                }
                reader.covered = covers;
                self.read.store(changes, Ordering::SeqCst);
                self.asleep.store(false, Ordering::SeqCst);
                Ok(self.current())
            }
            Err(refusal) => {
                reader.client = None;
                reader.mark = None;
                if refusal.fault == Fault::RegistryDamaged {
                    self.shut(Shut::Registry);
                } else if refusal.fault == Fault::KeysetUnavailable {
                    self.shut(Shut::Keys);
                } else if self.gate.is_lapsed() {
                    self.shut(Shut::Lease);
                }
                Err(refusal)
            }
        }
    }

    /// What a caller under an active role may do at this moment, by the rules of this ground.
    pub fn rights(
        &self,
        ground: &Ground,
        caller: &Caller,
        active_role: Option<&str>,
    ) -> Arc<Rights> {
        let circumstances = Circumstances::now(Some(caller.from));
        let key = Whose {
            epoch: ground.epoch,
            principal: caller.principal.clone(),
            active_role: active_role.map(str::to_owned),
            in_force: ground.policy.in_force(&circumstances),
        };
        if let Some(known) = self.rights.get(&key) {
            return known.clone();
        }
        let rights = Arc::new(ground.policy.rights(
            &ground.world.protection,
            &caller.principal,
            &circumstances,
            active_role,
        ));
        if self.rights.len() >= RIGHTS_KEPT {
            self.rights.clear();
        }
        self.rights.insert(key, rights.clone());
        rights
    }

    /// A session has changed the catalog: whoever plans from now on reads it first.
    pub fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether a session has changed the catalog since it was read.
    pub fn is_behind(&self) -> bool {
        self.read.load(Ordering::SeqCst) < self.changes.load(Ordering::SeqCst)
    }

    /// A ground with what one session's open transaction has changed of the catalog laid over it, for that session
    /// alone. `changes`: as `sealwire.changes()` tells them.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn overlaid(&self, present: &Ground, changes: &str) -> Result<Ground, Refusal> {
        // Its rights are kept beside those of what is published: no number is used twice.
        let epoch = OVERLAYS.fetch_add(1, Ordering::Relaxed);
        super::overlay::lay(present, changes, epoch)
    }

    /// Binds the present policy to the present reading.
    pub(super) fn rebind(&self) {
        let _held = self
            .publishing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let present = self.current();
        let bound = present
            .unbind()
            .bind(self.sources.policy.load_full(), present.epoch + 1);
        // Other rules do not open what is shut.
        self.store(match present.world.protection.shut {
            Some(why) => bound.shut(why, present.epoch + 1),
            None => bound,
        });
    }

    /// Looks again where nobody has followed the database for a while.
    pub(super) async fn wake(&self) -> Result<(), Refusal> {
        self.lapse().await;
        if self.asleep.load(Ordering::SeqCst) {
            self.refresh().await?;
        }
        Ok(())
    }

    /// Gives the service connection back, so that an unused database can be dropped.
    pub(super) async fn sleep(&self) {
        let mut reader = self.reader.lock().await;
        if let Some(client) = reader.client.take() {
            if self.gate.give_up() {
                self.gate.leave(&client).await;
            }
            self.asleep.store(true, Ordering::SeqCst);
        }
    }

    /// Leave for a session to have something under way; `None`: it has to wait (see [`DatabaseGround::admitted`]).
    pub fn enter(&self) -> Option<Pass> {
        self.gate.enter().filter(|_| self.is_followed())
    }

    /// Whether what is published may be gone by: the database was heard of a moment ago, or all that is protected is shut.
    pub fn is_followed(&self) -> bool {
        !self.gate.is_lapsed() || self.current().world.protection.shut.is_some()
    }

    /// Until a session may ask for leave again.
    pub async fn admitted(&self) {
        self.gate.opened().await;
        if !self.is_followed() && self.refresh().await.is_err() && !self.is_followed() {
            // Nothing is let through that could have changed meanwhile.
            self.shut(Shut::Lease);
        }
    }

    /// Where a swap was announced: lets nothing begin, says so when nothing is under way any more, and goes on when it is
    /// over and its outcome was read.
    async fn hold(&self) {
        let Some(swap) = self.gate.announced() else {
            return;
        };
        self.gate.close();
        let begun = Instant::now();
        loop {
            if self.gate.is_quiet() {
                self.gate.hold_for(swap);
            }
            let patient = begun.elapsed() < HELD;
            if !patient {
                self.gate.hold_for(0);
            }
            let heard = self
                .reader
                .lock()
                .await
                .hear(&self.sources, &self.database, &self.gate)
                .await;
            match heard {
                Ok(()) if self.gate.announced() == Some(swap) && patient => {}
                // It is over; or the job has been told that it is not waited for any longer.
                Ok(()) => break,
                // Whether it was told is not known: nothing may begin before it is.
                Err(refusal) => {
                    tracing::warn!(database = self.database, reason = %refusal, "holding, and cannot hear whether a table has changed places");
                }
            }
            tokio::time::sleep(HEAR).await;
        }
        self.gate.hold_for(0);
        while self.refresh().await.is_err() && self.current().world.protection.shut.is_none() {
            tokio::time::sleep(HEAR).await;
        }
        self.gate.open();
    }

    fn publish(&self, mut verified: Verified) {
        let _held = self
            .publishing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let present = self.current();
        let before = &present.world.snapshot;
        if let Some(snapshot) = Arc::get_mut(&mut verified.snapshot) {
            snapshot.epoch = before.epoch;
            if *snapshot != **before {
                snapshot.epoch += 1;
            }
        }
        let ground = verified.bind(self.sources.policy.load_full(), present.epoch + 1);
        self.store(ground);
    }

    /// Shuts what is published, where its keys have lapsed. The next look reads it again.
    async fn lapse(&self) {
        let present = self.current();
        if present.keyring.is_usable() || present.world.protection.shut.is_some() {
            return;
        }
        tracing::warn!(
            database = self.database,
            "the keys have lapsed: protected tables are refused until the key provider answers"
        );
        self.reader.lock().await.mark = None;
        self.shut(Shut::Keys);
    }

    fn shut(&self, why: Shut) {
        let _held = self
            .publishing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let present = self.current();
        if present.world.protection.shut != Some(why) {
            self.store(present.shut(why, present.epoch + 1));
        }
    }

    fn store(&self, ground: Ground) {
        if !self.current().world.lacks_facade() {
            tell_of_facade(&ground, &self.database);
        }
        self.published.store(Arc::new(ground));
        self.rights.clear();
    }
}

impl Reader {
    /// A heartbeat alone.
    async fn hear(
        &mut self,
        sources: &Sources,
        database: &str,
        gate: &Gate,
    ) -> Result<(), Refusal> {
        let client = match self.client.take() {
            Some(client) => client,
            None => {
                let policy = sources.policy.load_full();
                service::connect(&policy.settings.upstream, database).await?
            }
        };
        beat(gate, &client).await?;
        self.client = Some(client);
        Ok(())
    }

    /// `None` where nothing changed.
    async fn look(
        &mut self,
        sources: &Sources,
        database: &str,
        gate: &Gate,
        first: bool,
    ) -> Result<Option<Verified>, Refusal> {
        let mut mark = None;
        let mut kept = self.client.take();
        if let Some(client) = kept.as_mut().filter(|_| !first) {
            // One that was kept may have ended unseen: then another is opened. What is heard of comes before what is read.
            mark = match beat(gate, client).await {
                Ok(()) => probe(client).await.ok(),
                Err(_) => None,
            };
        }
        let asks = sources.policy.load().asks_case();
        if kept.is_some() && mark.is_none() {
            self.case = None;
        }
        let mut client = match kept.filter(|_| mark.is_some()) {
            Some(client) => client,
            None => {
                let policy = sources.policy.load_full();
                let client = service::connect(&policy.settings.upstream, database).await?;
                beat(gate, &client).await?;
                client
            }
        };
        let failed = |error: tokio_postgres::Error| {
            Refusal::new(
                Fault::GroundUnavailable,
                format!(
                    "the catalog of database \"{database}\" cannot be read: {}",
                    service::reason(&error)
                ),
            )
        };
        if !first {
            let mark = match mark {
                Some(mark) => mark,
                None => probe(&mut client).await.map_err(failed)?,
            };
            if self.mark.as_ref() == Some(&mark) && (self.case.is_some() || !asks) {
                self.client = Some(client);
                return Ok(None);
            }
        }
        let mut reading = read::read(&mut client, database, &mut self.views)
            .await
            .map_err(failed)?;
        if asks && self.case.is_none() {
            self.case = Some(case(&mut client).await.map_err(failed)?);
        }
        reading.snapshot.case = self.case.clone().unwrap_or_default();
        // An older registry, put back, has a true seal; its counter gives it away.
        let counter = reading.stored.as_ref().map(|stored| stored.counter);
        let held = self.keyring.clone();
        let verified = verified(sources, reading.snapshot, reading.stored, held).await?;
        let oid = reading.mark.database_oid();
        if self.counter.0 == oid && counter < self.counter.1 {
            return Err(damaged(
                "the registry of protected columns was set back or taken away",
            ));
        }
        self.counter = (oid, counter);
        self.mark = Some(reading.mark);
        self.client = Some(client);
        self.keyring = Some(Arc::clone(&verified.keyring));
        Ok(Some(verified))
    }
}

/// On a thread of its own: a key provider may have to be asked, and takes the time that it takes.
async fn verified(
    sources: &Sources,
    snapshot: Snapshot,
    stored: Option<Stored>,
    held: Option<Arc<Keyring>>,
) -> Result<Verified, Refusal> {
    let provider = Arc::clone(&sources.provider);
    let verifying = move || {
        let held = held.as_deref().filter(|held| held.is_usable());
        verify(provider.as_ref(), snapshot, stored.as_ref(), held)
    };
    tokio::task::spawn_blocking(verifying)
        .await
        .unwrap_or_else(|_| {
            Err(Refusal::new(
                Fault::GroundUnavailable,
                "what was read could not be verified",
            ))
        })
}

async fn case(client: &mut Client) -> Result<Case, tokio_postgres::Error> {
    let tx = client.transaction().await?;
    let case = folding::default(&tx).await?;
    tx.commit().await?;
    Ok(case)
}

async fn beat(gate: &Gate, client: &Client) -> Result<(), Refusal> {
    let failed = |reason: String| {
        let message = format!("the heartbeat of this proxy was not taken: {reason}");
        Refusal::new(Fault::GroundUnavailable, message)
    };
    match tokio::time::timeout(BEAT, gate.beat(client)).await {
        Ok(beaten) => beaten.map_err(|error| failed(service::reason(&error))),
        Err(_) => {
            gate.forget();
            Err(failed(format!("no answer within {BEAT:?}")))
        }
    }
}

async fn probe(client: &mut Client) -> Result<probe::Mark, tokio_postgres::Error> {
    let tx = client.transaction().await?;
    let mark = probe::take(&tx).await?;
    tx.commit().await?;
    Ok(mark)
}

async fn patiently<T>(reading: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
    tokio::time::timeout(PATIENCE, reading)
        .await
        .unwrap_or_else(|_| {
            Err(Refusal::new(
                Fault::GroundUnavailable,
                format!("the catalog was not read within {PATIENCE:?}"),
            ))
        })
}

/// Nothing is unsafe without it: tools are shown the sealed type.
fn tell_of_facade(ground: &Ground, database: &str) {
    if ground.world.lacks_facade() {
        tracing::warn!(
            database,
            "the catalog facade is missing or out of date: run `sealwire init` again"
        );
    }
}

/// Looks at the database while somebody uses it; ends with the last owner.
async fn follow(ground: Weak<DatabaseGround>) {
    loop {
        tokio::time::sleep(POLL).await;
        let Some(ground) = ground.upgrade() else {
            return;
        };
        ground.lapse().await;
        // One owner is the table of grounds, one is here: more are sessions.
        if Arc::strong_count(&ground) <= 2 {
            ground.sleep().await;
        } else if let Err(refusal) = ground.refresh().await {
            tracing::warn!(database = ground.database(), reason = %refusal, "cannot follow the catalog");
        } else {
            ground.hold().await;
        }
    }
}
