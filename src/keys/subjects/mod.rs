//! Keys of data subjects: kept outside the protected database and its dumps, so that destroying one destroys what was sealed
//! under it in every copy of the data.
//!
//! A subject's key is 32 random bytes, wrapped under an intermediate key ([`roots`]) that is itself wrapped by the key provider.
//! The store is a folder ([`store`]) with a file for each subject, or a database other than the protected one with a row for each
//! ([`rows`]), which erasing replaces by a mark that the subject was erased, so
//! that nobody is given a new key by mistake. Copies of the store still hold the wrapped key: they age out when the
//! intermediate key is replaced, for which the surviving keys are wrapped anew and the old intermediate key is destroyed.
//!
//! A key that was read is used for [`LAPSE`] at most: by then an erasure elsewhere shows in every proxy. No lock is held
//! while keys are used; those that change the store exclude each other by a lock on a file in it, or an advisory lock of the database.

mod place;
mod roots;
mod rows;
mod store;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use dashmap::DashMap;

use self::place::Store;
pub use self::place::SubjectPlace;
use self::roots::Roots;
pub use self::rows::{DatabaseIdentity, LockedRows, RowLock, SubjectRows};
use self::store::{Handle, Record, State};
use super::kek::Kek;
use super::secret::Secret;
use super::{Fingerprint, KeyError, KeyProvider};
use crate::seal::{Subject, SubjectError, SubjectId, SubjectKey, SubjectKeys};

/// For how long a key that was read is used without looking whether it is still there.
pub const LAPSE: Duration = Duration::from_secs(2);
/// Keys that are held in memory.
const MOST_HELD: usize = 100_000;
/// Ids that are tried for a subject whose first one another has: two of a hundred million collide once in four thousand stores.
const TRIES: u8 = 8;

/// Where the keys of data subjects are.
#[derive(Debug, Clone)]
pub struct SubjectSettings {
    /// The folder, or the database.
    pub store: SubjectPlace,
    /// The file with the intermediate key. Not inside the folder: copies of the two together do not age out.
    pub intermediate: PathBuf,
    /// How old the intermediate key may become.
    pub replace_after: Duration,
    /// For how long copies of the intermediate key's file are kept, in backups of the host for instance.
    pub copies_kept: Duration,
}

/// The keys of data subjects, of all databases. Shared by all sessions.
pub struct Subjects {
    settings: SubjectSettings,
    store: Store,
    roots: Roots,
    names: OnceLock<store::Names>,
    /// Intermediate keys that were unwrapped.
    opened: Mutex<HashMap<Fingerprint, Kek>>,
    held: DashMap<SubjectId, Held>,
    ids: DashMap<Handle, SubjectId>,
    /// Erased by the records of a database: whatever the store says of them, their keys are not used.
    denied: DashMap<SubjectId, ()>,
    /// Those of them that the store was found to hold keys of.
    back: Mutex<HashSet<SubjectId>>,
    /// What was wrong at the last look.
    trouble: Mutex<Option<String>>,
}

struct Held {
    key: SubjectKey,
    read: Instant,
}

impl std::fmt::Debug for Subjects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subjects")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// What became of a subject's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectFate {
    /// It is there.
    Live,
    /// It was destroyed.
    Erased,
    /// The store does not hold it, and nothing says that it was destroyed.
    Unknown,
}

/// What is known of a subject's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What envelopes call it.
    pub id: SubjectId,
    /// When it was destroyed; `None`: it was not.
    pub erased: Option<SystemTime>,
    /// From when on no copy of the store opens it, if the intermediate key is replaced when it is due.
    pub complete: SystemTime,
    /// Whether the intermediate key was replaced since, so that only its copies are waited for.
    pub replaced: bool,
}

/// The intermediate key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootInfo {
    /// Names it.
    pub fingerprint: Fingerprint,
    /// When it was made.
    pub made: SystemTime,
    /// When it is to be replaced.
    pub due: SystemTime,
}

/// What replacing the intermediate key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rolled {
    /// Keys that are wrapped under the new one now.
    pub wrapped: u64,
    /// Marks of erased subjects that were met.
    pub erased: u64,
    /// The new one.
    pub root: RootInfo,
}

impl Subjects {
    /// The store that the settings name, whether it is there yet or not. The provider wraps the intermediate key.
    pub fn new(settings: SubjectSettings, provider: Arc<dyn KeyProvider>) -> Self {
        Subjects {
            store: Store::new(&settings.store),
            roots: Roots::new(&settings.intermediate, provider),
            settings,
            names: OnceLock::new(),
            opened: Mutex::default(),
            held: DashMap::new(),
            ids: DashMap::new(),
            denied: DashMap::new(),
            back: Mutex::default(),
            trouble: Mutex::default(),
        }
    }

    /// The keys of these are not used any more: a database's records say that they were erased. An old copy of the store, brought
    /// back, undoes no erasure.
    pub fn deny(&self, erased: impl IntoIterator<Item = SubjectId>) {
        for id in erased {
            if self.denied.insert(id, ()).is_none() {
                self.held.remove(&id);
            }
        }
    }

    /// How many that were erased had a key when it was asked for.
    pub fn resurrected(&self) -> u64 {
        u64::try_from(self.back().len()).unwrap_or(u64::MAX)
    }

    fn back(&self) -> MutexGuard<'_, HashSet<SubjectId>> {
        self.back.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What became of the key that an envelope names.
    ///
    /// # Errors
    /// Where the store cannot be used.
    pub fn fate(&self, id: SubjectId) -> Result<SubjectFate, KeyError> {
        let record = self.store.read(id)?;
        if self.denied.contains_key(&id) {
            return Ok(SubjectFate::Erased);
        }
        Ok(match record.map(|record| record.state) {
            Some(State::Live { .. }) => SubjectFate::Live,
            Some(State::Erased { .. }) => SubjectFate::Erased,
            None => SubjectFate::Unknown,
        })
    }

    /// Whether the store holds a key of this id, erased or not by the records.
    ///
    /// # Errors
    /// Where the store cannot be used.
    pub fn holds(&self, id: SubjectId) -> Result<bool, KeyError> {
        let record = self.store.read(id)?;
        Ok(record.is_some_and(|record| matches!(record.state, State::Live { .. })))
    }

    /// Whether there is a store.
    ///
    /// # Errors
    /// Where that cannot be found out.
    pub fn exists(&self) -> Result<bool, KeyError> {
        self.store.exists()
    }

    /// Where the keys lie.
    pub fn place(&self) -> &SubjectPlace {
        &self.settings.store
    }

    /// Names a database whose subjects' keys these are. From now on the store is refused where it is that database.
    pub fn serves(&self, database: &DatabaseIdentity) {
        self.store.serves(database);
    }

    /// Whether the store is a database on the same server as this one; `None`: it is none, or nobody can tell.
    pub fn is_on_server_of(&self, database: &DatabaseIdentity) -> Option<bool> {
        self.store.same_server(database)
    }

    /// Examines whether the store can be used, and keeps what was found for [`Subjects::trouble`].
    pub fn examine(&self) {
        let found = match self.store.exists() {
            Ok(true) => self.roots.current().err().map(|error| error.to_string()),
            Ok(false) => Some("the store of subjects' keys is not there".to_owned()),
            Err(error) => Some(error.to_string()),
        };
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = found;
    }

    /// Why the store could not be used when it was last examined.
    pub fn trouble(&self) -> Option<String> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// Makes the store and its first intermediate key, where they are not there.
    ///
    /// # Errors
    /// Where one of them lies in the rules folder, or the intermediate key in the store, or they cannot be written; or
    /// one of the two is there and the other is not.
    pub fn create(&self, rules: &std::path::Path) -> Result<(), KeyError> {
        self.store.make(rules)?;
        let lock = self.store.exclusive()?;
        self.roots
            .refuse_inside(rules, self.settings.store.folder())?;
        match (self.store.exists()?, self.roots.exists()) {
            (true, true) => Ok(()),
            (true, false) => Err(KeyError::SubjectStore {
                why: "the store is there and its intermediate key is not",
            }),
            (false, true) => Err(KeyError::SubjectStore {
                why: "the intermediate key is there and its store is not",
            }),
            (false, false) => {
                self.roots.begin()?;
                // Last, since it is what makes a store: after a crash in between the intermediate key is taken away by hand.
                self.store.begin(&lock)
            }
        }
    }

    fn names(&self) -> Result<&store::Names, KeyError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let read = self.store.names()?;
        Ok(self.names.get_or_init(|| read))
    }

    /// What the store knows of a subject; `None`: it never had a key.
    ///
    /// # Errors
    /// Where the store cannot be used.
    pub fn standing(
        &self,
        environment: &[u8; 16],
        subject: &Subject,
    ) -> Result<Option<Standing>, KeyError> {
        let handle = self.names()?.handle(environment, subject);
        match self.look(&handle)? {
            Place::Found(record) => self.standing_of(&record).map(Some),
            Place::Free(_) => Ok(None),
        }
    }

    fn standing_of(&self, record: &Record) -> Result<Standing, KeyError> {
        let current = self.current()?;
        let (erased, root) = match &record.state {
            State::Live { root, .. } => (None, root),
            State::Erased { at, root } => (Some(*at), root),
        };
        let replaced = *root != current.fingerprint;
        let from = if replaced { current.made } else { current.due };
        Ok(Standing {
            id: record.id,
            erased,
            complete: from.max(erased.unwrap_or_else(SystemTime::now)) + self.settings.copies_kept,
            replaced,
        })
    }

    /// The intermediate key in use.
    ///
    /// # Errors
    /// Where the store cannot be used.
    pub fn current(&self) -> Result<RootInfo, KeyError> {
        let root = self.roots.current()?;
        Ok(RootInfo {
            fingerprint: root.fingerprint,
            made: root.made,
            due: root.made + self.settings.replace_after,
        })
    }

    /// Destroys a subject's key. Once this returns no proxy uses it for longer than [`LAPSE`]. A subject that was erased
    /// before stays so.
    ///
    /// # Errors
    /// Where the store cannot be used. `None`: the subject never had a key.
    pub fn erase(
        &self,
        environment: &[u8; 16],
        subject: &Subject,
    ) -> Result<Option<Standing>, KeyError> {
        let handle = self.names()?.handle(environment, subject);
        let record = {
            let lock = self.store.exclusive()?;
            match self.look(&handle)? {
                Place::Free(_) => return Ok(None),
                Place::Found(record) => match record.state {
                    State::Erased { .. } => record,
                    State::Live { root, .. } => {
                        let erased = Record {
                            state: State::Erased {
                                at: SystemTime::now(),
                                root,
                            },
                            ..record
                        };
                        self.store.replace(&lock, &erased)?;
                        erased
                    }
                },
            }
        };
        self.held.remove(&record.id);
        self.back().remove(&record.id);
        // What cannot be cleared away now ages out like a copy.
        let _ = self.store.settle();
        self.standing_of(&record).map(Some)
    }

    /// Replaces the intermediate key: wraps all keys anew, and destroys the old one. After a crash it is simply called again.
    ///
    /// # Errors
    /// Where the store cannot be used, a key does not unwrap, or another is at it already.
    pub fn roll(&self) -> Result<Rolled, KeyError> {
        let _only = self.store.only_roll()?;
        let fresh = {
            let _lock = self.store.exclusive()?;
            self.roots.add()?
        };
        let (mut wrapped, mut erased) = (0, 0);
        for id in self.store.ids()? {
            let lock = self.store.exclusive()?;
            let Some(record) = self.store.read(id)? else {
                continue;
            };
            match &record.state {
                State::Erased { .. } => erased += 1,
                State::Live { root, .. } if *root == fresh.fingerprint => wrapped += 1,
                State::Live { .. } => {
                    let key = self.unwrap(&record)?;
                    let anew = self.wrapped(&fresh.fingerprint, record.id, record.handle, &key)?;
                    self.store.replace(&lock, &anew)?;
                    wrapped += 1;
                }
            }
        }
        let _lock = self.store.exclusive()?;
        self.store.sweep()?;
        self.roots.keep_only(fresh.fingerprint)?;
        self.opened
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|fingerprint, _| *fingerprint == fresh.fingerprint);
        Ok(Rolled {
            wrapped,
            erased,
            root: self.current()?,
        })
    }

    /// Wraps the intermediate key by another provider as well, so that it is opened by either: for moving to another
    /// key-encryption key. The next replacement leaves the one in use alone.
    ///
    /// # Errors
    /// Where the store or a provider cannot be used.
    pub fn wrap_also(&self, provider: &dyn KeyProvider) -> Result<(), KeyError> {
        let _lock = self.store.exclusive()?;
        self.roots.wrap_also(provider)
    }

    /// Subjects with a key, and erased ones.
    ///
    /// # Errors
    /// Where the store cannot be used.
    pub fn count(&self) -> Result<(u64, u64), KeyError> {
        let (mut live, mut erased) = (0, 0);
        for id in self.store.ids()? {
            match self.store.read(id)?.map(|record| record.state) {
                Some(State::Live { .. }) => live += 1,
                Some(State::Erased { .. }) => erased += 1,
                None => {}
            }
        }
        Ok((live, erased))
    }

    /// The record of a subject, or the id that it would be given.
    fn look(&self, handle: &Handle) -> Result<Place, KeyError> {
        let names = self.names()?;
        for n in 0..TRIES {
            let id = names.id(handle, n);
            match self.store.read(id)? {
                None => return Ok(Place::Free(id)),
                Some(record) if record.handle == *handle => return Ok(Place::Found(record)),
                Some(_) => {}
            }
        }
        Err(KeyError::SubjectStore {
            why: "too many subjects' names collide",
        })
    }

    fn of(
        &self,
        environment: &[u8; 16],
        subject: &Subject,
    ) -> Result<(SubjectId, SubjectKey), SubjectError> {
        let handle = self.names().map_err(unusable)?.handle(environment, subject);
        if let Some(id) = self.ids.get(&handle).map(|id| *id) {
            return self.find(id).map(|key| (id, key));
        }
        let id = match self.look(&handle).map_err(unusable)? {
            Place::Found(record) => record.id,
            // The store is older than the subject, and than its erasure.
            Place::Free(id) if self.denied.contains_key(&id) => return Err(SubjectError::Erased),
            Place::Free(id) => self.make(id, handle).map_err(unusable)?,
        };
        if self.ids.len() >= MOST_HELD {
            self.ids.clear();
        }
        let key = self.find(id)?;
        self.ids.insert(handle, id);
        Ok((id, key))
    }

    /// Makes a subject's key. Of two that do so at one time one is first, and both have its key.
    fn make(&self, id: SubjectId, handle: Handle) -> Result<SubjectId, KeyError> {
        // While keys are being wrapped anew the new intermediate key is already the current one.
        let lock = self.store.shared()?;
        let root = self.roots.current()?.fingerprint;
        let record = self.wrapped(&root, id, handle, &Secret::random()?)?;
        if self.store.add(&lock, &record)? {
            return Ok(id);
        }
        match self.look(&handle)? {
            Place::Found(record) => Ok(record.id),
            // Another subject took the id in this moment.
            Place::Free(_) => Err(KeyError::SubjectStore {
                why: "two subjects' names collide: try again",
            }),
        }
    }

    fn find(&self, id: SubjectId) -> Result<SubjectKey, SubjectError> {
        if let Some(held) = self.held.get(&id)
            && held.read.elapsed() < LAPSE
        {
            return Ok(held.key.clone());
        }
        // Taken before the file is read: what it says may be older, never the time.
        let read = Instant::now();
        let found = self.read(id);
        match &found {
            Ok(key) => {
                if self.held.len() >= MOST_HELD {
                    self.held.clear();
                }
                let key = key.clone();
                self.held.insert(id, Held { key, read });
            }
            Err(_) => {
                self.held.remove(&id);
            }
        }
        found
    }

    fn read(&self, id: SubjectId) -> Result<SubjectKey, SubjectError> {
        let denied = self.denied.contains_key(&id);
        let Some(record) = self.store.read(id).map_err(unusable)? else {
            return Err(match denied {
                true => SubjectError::Erased,
                false => SubjectError::Unknown,
            });
        };
        match &record.state {
            State::Erased { .. } => {
                if denied {
                    self.back().remove(&id);
                }
                Err(SubjectError::Erased)
            }
            State::Live { .. } if denied => {
                self.back().insert(id);
                Err(SubjectError::Erased)
            }
            State::Live { .. } => {
                let key = self.unwrap(&record).map_err(unusable)?;
                Ok(SubjectKey(key.into_inner()))
            }
        }
    }

    fn wrapped(
        &self,
        root: &Fingerprint,
        id: SubjectId,
        handle: Handle,
        key: &Secret<32>,
    ) -> Result<Record, KeyError> {
        let blob = self
            .root(*root)?
            .wrap(key.expose_secret(), &associated(id, &handle))?;
        Ok(Record {
            id,
            handle,
            state: State::Live { root: *root, blob },
        })
    }

    fn unwrap(&self, record: &Record) -> Result<Secret<32>, KeyError> {
        let State::Live { root, blob } = &record.state else {
            return Err(KeyError::SubjectStore {
                why: "the subject was erased",
            });
        };
        self.root(*root)?
            .unwrap(blob, &associated(record.id, &record.handle))
            .and_then(|key| Secret::from_slice(&key))
            .ok_or(KeyError::SubjectStore {
                why: "a subject's key does not unwrap",
            })
    }

    fn root(&self, fingerprint: Fingerprint) -> Result<Kek, KeyError> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(root) = opened.get(&fingerprint) {
            return Ok(root.clone());
        }
        let root = self.roots.open(fingerprint)?;
        opened.insert(fingerprint, root.clone());
        Ok(root)
    }
}

enum Place {
    Found(Record),
    Free(SubjectId),
}

/// What is authenticated with a subject's wrapped key.
fn associated(id: SubjectId, handle: &Handle) -> Vec<u8> {
    let mut out = b"sealwire subject key 1".to_vec();
    out.extend_from_slice(&id.0);
    out.extend_from_slice(&handle.0);
    out
}

fn unusable(error: KeyError) -> SubjectError {
    SubjectError::Store(match error {
        KeyError::SubjectStore { why } => why,
        KeyError::SubjectsUnreachable { .. } => {
            "its database cannot be reached, or does not answer"
        }
        KeyError::Io { .. } => "a file of it cannot be read or written",
        KeyError::TooOpen { .. } => "others may reach its files (chmod 600)",
        KeyError::Malformed { .. } => "a file of it is damaged",
        _ => "its intermediate key is not to be had",
    })
}

/// The subjects of one database's environment.
pub(super) struct Environment {
    pub(super) id: [u8; 16],
    pub(super) subjects: Arc<Subjects>,
}

impl SubjectKeys for Environment {
    fn of(&self, subject: &Subject) -> Result<(SubjectId, SubjectKey), SubjectError> {
        self.subjects.of(&self.id, subject)
    }

    fn find(&self, id: SubjectId) -> Result<SubjectKey, SubjectError> {
        self.subjects.find(id)
    }
}

#[cfg(test)]
mod tests;
