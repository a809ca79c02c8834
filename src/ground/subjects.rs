//! The store of subjects' keys in a database: a login of its own, a thread of its own. Whoever asks waits for the answer, since sealing
//! and opening do not: on a thread of the proxy's runtime the others' work is taken over meanwhile.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row};
use zeroize::Zeroizing;

use crate::keys::{DatabaseIdentity, KeyError, LockedRows, RowLock, SubjectRows};
use crate::seal::{SUBJECT_ID_LEN, SubjectId};
use crate::upstream::service;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long others' locks are waited for.
const LOCKED: Duration = Duration::from_secs(60);
/// How long nobody tries again after a connection failed: each statement would wait for it.
const PAUSE: Duration = Duration::from_secs(1);

/// The first number of all advisory locks.
const LOCKS: i32 = 0x5EA1;

const SCHEMA: &str = "
CREATE SCHEMA IF NOT EXISTS sealwire_subjects;
COMMENT ON SCHEMA sealwire_subjects IS 'Sealwire: keys of data subjects, wrapped';
CREATE TABLE IF NOT EXISTS sealwire_subjects.head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), bytes bytea NOT NULL);
CREATE TABLE IF NOT EXISTS sealwire_subjects.keys (
    id bytea PRIMARY KEY CHECK (pg_catalog.length(id) = 8), record bytea NOT NULL);
REVOKE ALL ON SCHEMA sealwire_subjects FROM PUBLIC;
REVOKE ALL ON sealwire_subjects.head, sealwire_subjects.keys FROM PUBLIC;
";

/// What a thread is asked: a piece of work that sends its answer itself.
type Work = Box<dyn FnOnce(Arc<Shared>) -> std::pin::Pin<Box<dyn Future<Output = ()>>> + Send>;

/// A store of subjects' keys in a database.
pub struct SubjectDatabase {
    place: String,
    asks: UnboundedSender<Work>,
    identity: Mutex<Option<DatabaseIdentity>>,
    /// The connection was made anew: it may lead to another database than before.
    renewed: Arc<AtomicBool>,
}

/// What the thread works with.
struct Shared {
    address: String,
    password: Option<Zeroizing<String>>,
    client: tokio::sync::Mutex<Connected>,
    /// Connections on which locks are taken, while nobody does.
    spare: Mutex<Vec<Client>>,
    renewed: Arc<AtomicBool>,
}

#[derive(Default)]
struct Connected {
    client: Option<Arc<Client>>,
    failed: Option<(Instant, String)>,
}

impl std::fmt::Debug for SubjectDatabase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SubjectDatabase")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl SubjectDatabase {
    /// Connects when something is first asked.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn new(address: &str, password: Option<Zeroizing<String>>) -> Result<Self, KeyError> {
        let (asks, mut asked) = unbounded_channel::<Work>();
        let renewed = Arc::new(AtomicBool::new(true));
        let shared = Arc::new(Shared {
            address: address.to_owned(),
            password,
            client: tokio::sync::Mutex::default(),
            spare: Mutex::default(),
            renewed: Arc::clone(&renewed),
        });
        let failed = |_| KeyError::Backend {
            step: "starting the thread of the store of subjects' keys",
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        std::thread::Builder::new()
            .name("subjects' keys".to_owned())
            .spawn(move || {
                let local = tokio::task::LocalSet::new();
                local.block_on(&runtime, async move {
                    // Ends when the store is dropped.
                    while let Some(work) = asked.recv().await {
                        tokio::task::spawn_local(work(Arc::clone(&shared)));
                    }
                });
            })
            .map_err(failed)?;
        let place = address.split('?').next().unwrap_or_default().to_owned();
        Ok(SubjectDatabase {
            place,
            asks,
            identity: Mutex::default(),
            renewed,
        })
    }

    /// One question to the thread.
    fn ask<T, F, W>(&self, patience: Duration, work: F) -> Result<T, KeyError>
    where
        T: Send + 'static,
        F: FnOnce(Arc<Shared>) -> W + Send + 'static,
        W: Future<Output = Result<T, KeyError>> + 'static,
    {
        ask(&self.asks, patience, work)
    }
}

fn ask<T, F, W>(asks: &UnboundedSender<Work>, patience: Duration, work: F) -> Result<T, KeyError>
where
    T: Send + 'static,
    F: FnOnce(Arc<Shared>) -> W + Send + 'static,
    W: Future<Output = Result<T, KeyError>> + 'static,
{
    let (answer, answered) = sync_channel(1);
    let work: Work = Box::new(move |shared| {
        Box::pin(async move {
            let said = tokio::time::timeout(patience, work(shared)).await;
            send(&answer, said.unwrap_or_else(|_| Err(silent())));
        })
    });
    asks.send(work)
        .map_err(|_| unreachable("its thread has ended"))?;
    let wait = move || match answered.recv_timeout(patience + Duration::from_secs(1)) {
        Ok(said) => said,
        Err(RecvTimeoutError::Timeout) => Err(silent()),
        Err(RecvTimeoutError::Disconnected) => Err(unreachable("its thread has failed")),
    };
    // Elsewhere (a command, a thread for what blocks) nobody else waits for this one.
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(wait),
        Ok(_) | Err(_) => wait(),
    }
}

/// Whoever asked may have stopped waiting.
fn send<T>(to: &SyncSender<T>, answer: T) {
    let _ = to.send(answer);
}

fn unreachable(why: impl Into<String>) -> KeyError {
    KeyError::SubjectsUnreachable { why: why.into() }
}

fn silent() -> KeyError {
    unreachable("its database does not answer")
}

/// Whether the connection is at an end, so that another may do.
fn was_closed(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || error.code() == Some(&SqlState::ADMIN_SHUTDOWN)
}

fn failed(error: tokio_postgres::Error) -> KeyError {
    unreachable(service::reason(&error))
}

impl Shared {
    async fn connect(&self) -> Result<Client, KeyError> {
        let password = self.password.as_ref().map(|password| password.as_str());
        service::connect_with(&self.address, password)
            .await
            .map_err(|refusal| unreachable(refusal.message))
    }

    async fn client(&self) -> Result<Arc<Client>, KeyError> {
        let mut connected = self.client.lock().await;
        if let Some(client) = connected.client.as_ref().filter(|one| !one.is_closed()) {
            return Ok(Arc::clone(client));
        }
        connected.client = None;
        if let Some((when, why)) = &connected.failed
            && when.elapsed() < PAUSE
        {
            return Err(unreachable(why.clone()));
        }
        match self.connect().await {
            Ok(client) => {
                let client = Arc::new(client);
                *connected = Connected {
                    client: Some(Arc::clone(&client)),
                    failed: None,
                };
                self.renewed.store(true, Ordering::SeqCst);
                Ok(client)
            }
            Err(KeyError::SubjectsUnreachable { why }) => {
                connected.failed = Some((Instant::now(), why.clone()));
                Err(unreachable(why))
            }
            Err(other) => Err(other),
        }
    }

    /// Reads. Where the server has closed the connection since it was last used, over a new one.
    async fn read(
        &self,
        text: &str,
        values: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<Row>, KeyError> {
        let client = self.client().await?;
        match client.query_typed(text, values).await {
            Ok(rows) => Ok(rows),
            // As before `init`: there is nothing to be read.
            Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => Ok(Vec::new()),
            Err(error) if was_closed(&error) => {
                self.forget(&client).await;
                let client = self.client().await?;
                client.query_typed(text, values).await.map_err(failed)
            }
            Err(error) => Err(failed(error)),
        }
    }

    async fn forget(&self, closed: &Arc<Client>) {
        let mut connected = self.client.lock().await;
        if connected
            .client
            .as_ref()
            .is_some_and(|one| Arc::ptr_eq(one, closed))
        {
            connected.client = None;
        }
    }

    /// A connection that nobody else uses; `fresh`: none of before.
    async fn own(&self, fresh: bool) -> Result<Client, KeyError> {
        let spare = {
            let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
            spare.retain(|client| !client.is_closed());
            match fresh {
                true => None,
                false => spare.pop(),
            }
        };
        match spare {
            Some(client) => Ok(client),
            None => {
                let client = self.connect().await?;
                let settings = format!("SET lock_timeout = {}", LOCKED.as_millis());
                client.batch_execute(&settings).await.map_err(failed)?;
                Ok(client)
            }
        }
    }
}

impl SubjectRows for SubjectDatabase {
    fn place(&self) -> String {
        self.place.clone()
    }

    fn identity(&self) -> Result<DatabaseIdentity, KeyError> {
        let known = || {
            let identity = self.identity.lock().unwrap_or_else(PoisonError::into_inner);
            identity.clone()
        };
        if !self.renewed.load(Ordering::SeqCst)
            && let Some(identity) = known()
        {
            return Ok(identity);
        }
        let identity = self.ask(PATIENCE, |shared| async move {
            let client = shared.client().await?;
            // Whoever connects anew from here on is asked again.
            shared.renewed.store(false, Ordering::SeqCst);
            let found = match identity(client.as_ref()).await {
                Err(error) if was_closed(&error) => {
                    shared.forget(&client).await;
                    let client = shared.client().await?;
                    shared.renewed.store(false, Ordering::SeqCst);
                    identity(client.as_ref()).await
                }
                found => found,
            };
            if found.is_err() {
                shared.renewed.store(true, Ordering::SeqCst);
            }
            found.map_err(failed)
        })?;
        *self.identity.lock().unwrap_or_else(PoisonError::into_inner) = Some(identity.clone());
        Ok(identity)
    }

    fn make(&self) -> Result<(), KeyError> {
        self.ask(PATIENCE, |shared| async move {
            let client = shared.client().await?;
            client.batch_execute(SCHEMA).await.map_err(failed)
        })
    }

    fn head(&self) -> Result<Option<Vec<u8>>, KeyError> {
        self.ask(PATIENCE, |shared| async move {
            let rows = shared
                .read("SELECT bytes FROM sealwire_subjects.head", &[])
                .await?;
            let first = rows.first().map(|row| row.try_get(0));
            first.transpose().map_err(failed)
        })
    }

    fn get(&self, id: SubjectId) -> Result<Option<Vec<u8>>, KeyError> {
        self.ask(PATIENCE, move |shared| async move {
            let text = "SELECT record FROM sealwire_subjects.keys WHERE id = $1";
            let id = id.0.as_slice();
            let rows = shared.read(text, &[(&id, Type::BYTEA)]).await?;
            let first = rows.first().map(|row| row.try_get(0));
            first.transpose().map_err(failed)
        })
    }

    fn ids(&self) -> Result<Vec<SubjectId>, KeyError> {
        self.ask(LOCKED, |shared| async move {
            let rows = shared
                .read("SELECT id FROM sealwire_subjects.keys", &[])
                .await?;
            rows.iter()
                .map(|row| {
                    let id: &[u8] = row.try_get(0).map_err(failed)?;
                    let id: Result<[u8; SUBJECT_ID_LEN], _> = id.try_into();
                    id.map(SubjectId).map_err(|_| KeyError::Malformed {
                        what: "store of subjects' keys",
                    })
                })
                .collect()
        })
    }

    fn lock(&self, lock: RowLock) -> Result<Box<dyn LockedRows>, KeyError> {
        let client = self.ask(LOCKED + PATIENCE, move |shared| async move {
            let mut client = shared.own(false).await?;
            let taken = match lock {
                RowLock::Exclusive => format!("SELECT pg_advisory_lock({LOCKS}, 1) IS NOT NULL"),
                RowLock::Shared => {
                    format!("SELECT pg_advisory_lock_shared({LOCKS}, 1) IS NOT NULL")
                }
                RowLock::Roll => format!("SELECT pg_try_advisory_lock({LOCKS}, 2)"),
            };
            let mut row = client.query_one(&taken, &[]).await;
            if row.as_ref().is_err_and(was_closed) {
                client = shared.own(true).await?;
                row = client.query_one(&taken, &[]).await;
            }
            let row = row.map_err(failed)?;
            match (lock, row.try_get(0)) {
                (_, Ok(true)) => Ok(client),
                (RowLock::Roll, Ok(false)) => Err(KeyError::SubjectStore {
                    why: "its intermediate key is being replaced already",
                }),
                (_, Ok(false)) => Err(silent()),
                (_, Err(error)) => Err(failed(error)),
            }
        })?;
        Ok(Box::new(Held {
            client: Some(Arc::new(client)),
            asks: self.asks.clone(),
        }))
    }

    fn settle(&self) -> Result<(), KeyError> {
        self.ask(LOCKED, |shared| async move {
            let client = shared.client().await?;
            client
                .batch_execute("VACUUM sealwire_subjects.keys")
                .await
                .map_err(failed)
        })
    }
}

/// Which database a connection leads to.
pub(crate) async fn identity(
    client: &impl tokio_postgres::GenericClient,
) -> Result<DatabaseIdentity, tokio_postgres::Error> {
    let row = client
        .query_one(
            "SELECT oid, has_function_privilege('pg_catalog.pg_control_system()', 'execute')
             FROM pg_database WHERE datname = current_database()",
            &[],
        )
        .await?;
    let system = match row.try_get(1)? {
        true => {
            let text = "SELECT system_identifier::text FROM pg_catalog.pg_control_system()";
            Some(client.query_one(text, &[]).await?.try_get(0)?)
        }
        false => None,
    };
    Ok(DatabaseIdentity {
        system,
        database: row.try_get(0)?,
    })
}

/// A lock, and the connection that it hangs on.
struct Held {
    client: Option<Arc<Client>>,
    asks: UnboundedSender<Work>,
}

impl Held {
    fn write(
        &self,
        text: &'static str,
        id: Option<SubjectId>,
        bytes: &[u8],
    ) -> Result<u64, KeyError> {
        let client = self.client.clone().ok_or_else(silent)?;
        let bytes = Zeroizing::new(bytes.to_vec());
        ask(&self.asks, PATIENCE, move |_| async move {
            let id = id.map(|id| id.0);
            let mut values: Vec<&(dyn ToSql + Sync)> = Vec::new();
            let (bytes, id) = (bytes.as_slice(), id.as_ref().map(<[u8; 8]>::as_slice));
            values.push(&bytes);
            if let Some(id) = &id {
                values.push(id);
            }
            client.execute(text, &values).await.map_err(failed)
        })
    }
}

impl LockedRows for Held {
    fn begin(&self, head: &[u8]) -> Result<(), KeyError> {
        let text = "INSERT INTO sealwire_subjects.head (bytes) VALUES ($1)";
        self.write(text, None, head).map(|_| ())
    }

    fn add(&self, id: SubjectId, record: &[u8]) -> Result<bool, KeyError> {
        let text = "INSERT INTO sealwire_subjects.keys (record, id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
        Ok(self.write(text, Some(id), record)? == 1)
    }

    fn put(&self, id: SubjectId, record: &[u8]) -> Result<(), KeyError> {
        let text = "UPDATE sealwire_subjects.keys SET record = $1 WHERE id = $2";
        match self.write(text, Some(id), record)? {
            1 => Ok(()),
            _ => Err(KeyError::SubjectStore {
                why: "a row of it was deleted meanwhile",
            }),
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else {
            return;
        };
        let work: Work = Box::new(move |shared| {
            Box::pin(async move {
                let unlock = "SELECT pg_advisory_unlock_all()";
                let unlocked = client.batch_execute(unlock).await;
                // Where something is still being written, or went wrong, the connection is closed, and the lock with it.
                if let (Ok(()), Some(client)) = (unlocked, Arc::into_inner(client)) {
                    let mut spare = shared.spare.lock().unwrap_or_else(PoisonError::into_inner);
                    spare.push(client);
                }
            })
        });
        let _ = self.asks.send(work);
    }
}
