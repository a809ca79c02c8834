//! Where the keys of data subjects lie: a folder, or a database other than the protected ones.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::rows::{self, DatabaseIdentity, LockedRows, RowLock, SubjectRows};
use super::store::{Folder, Names, Record};
use crate::keys::KeyError;
use crate::seal::SubjectId;

/// Where the keys of data subjects lie.
#[derive(Debug, Clone)]
pub enum SubjectPlace {
    /// A folder of this host.
    Folder(PathBuf),
    /// Rows of a database.
    Rows(Arc<dyn SubjectRows>),
}

impl SubjectPlace {
    /// The folder, where it is one.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            SubjectPlace::Folder(folder) => Some(folder),
            SubjectPlace::Rows(_) => None,
        }
    }
}

pub(super) enum Store {
    Folder(Folder),
    Rows {
        rows: Arc<dyn SubjectRows>,
        /// The databases whose subjects' keys they are.
        protected: Mutex<Vec<DatabaseIdentity>>,
    },
}

/// Held until it is dropped.
pub(super) enum Locked {
    Folder(#[expect(dead_code, reason = "closing it lets the lock go")] File),
    Rows(Box<dyn LockedRows>),
}

impl Store {
    pub(super) fn new(place: &SubjectPlace) -> Store {
        match place {
            SubjectPlace::Folder(folder) => Store::Folder(Folder::new(folder)),
            SubjectPlace::Rows(rows) => Store::Rows {
                rows: Arc::clone(rows),
                protected: Mutex::default(),
            },
        }
    }

    /// From now on refused where it is that database itself.
    pub(super) fn serves(&self, database: &DatabaseIdentity) {
        if let Store::Rows { protected, .. } = self {
            let mut known = protected.lock().unwrap_or_else(PoisonError::into_inner);
            if !known.contains(database) {
                known.push(database.clone());
            }
        }
    }

    /// Whether it is a database of the same server; `None` where it is none at all, or nobody can tell.
    pub(super) fn same_server(&self, database: &DatabaseIdentity) -> Option<bool> {
        match self {
            Store::Folder(_) => None,
            Store::Rows { rows, .. } => Some(rows.identity().ok()?.same_server(database)),
        }
    }

    /// The rows, unless they lie in what they are to be kept out of.
    fn rows<'r>(
        rows: &'r dyn SubjectRows,
        protected: &Mutex<Vec<DatabaseIdentity>>,
    ) -> Result<&'r dyn SubjectRows, KeyError> {
        let own = rows.identity()?;
        let known = protected.lock().unwrap_or_else(PoisonError::into_inner);
        match known.iter().any(|one| own.may_be(one)) {
            true => Err(KeyError::SubjectStore {
                why: "it is the protected database itself (or no login may call pg_control_system(), which tells them apart): its dumps would hold the keys",
            }),
            false => Ok(rows),
        }
    }

    pub(super) fn exists(&self) -> Result<bool, KeyError> {
        match self {
            Store::Folder(folder) => Ok(folder.exists()),
            Store::Rows { rows, protected } => rows::exists(Self::rows(rows.as_ref(), protected)?),
        }
    }

    pub(super) fn make(&self, rules: &Path) -> Result<(), KeyError> {
        match self {
            Store::Folder(folder) => folder.make(rules),
            Store::Rows { rows, protected } => Self::rows(rows.as_ref(), protected)?.make(),
        }
    }

    pub(super) fn begin(&self, lock: &Locked) -> Result<(), KeyError> {
        match (self, lock) {
            (Store::Folder(folder), _) => folder.begin(),
            (Store::Rows { .. }, Locked::Rows(lock)) => rows::begin(lock.as_ref()),
            (Store::Rows { .. }, Locked::Folder(_)) => Err(NOT_LOCKED),
        }
    }

    pub(super) fn names(&self) -> Result<Names, KeyError> {
        match self {
            Store::Folder(folder) => folder.names(),
            Store::Rows { rows, protected } => rows::names(Self::rows(rows.as_ref(), protected)?),
        }
    }

    pub(super) fn exclusive(&self) -> Result<Locked, KeyError> {
        match self {
            Store::Folder(folder) => folder.exclusive().map(Locked::Folder),
            Store::Rows { .. } => self.lock(RowLock::Exclusive),
        }
    }

    pub(super) fn shared(&self) -> Result<Locked, KeyError> {
        match self {
            Store::Folder(folder) => folder.shared().map(Locked::Folder),
            Store::Rows { .. } => self.lock(RowLock::Shared),
        }
    }

    pub(super) fn only_roll(&self) -> Result<Locked, KeyError> {
        match self {
            Store::Folder(folder) => folder.only_roll().map(Locked::Folder),
            Store::Rows { .. } => self.lock(RowLock::Roll),
        }
    }

    fn lock(&self, lock: RowLock) -> Result<Locked, KeyError> {
        match self {
            Store::Folder(_) => Err(NOT_LOCKED),
            Store::Rows { rows, protected } => Self::rows(rows.as_ref(), protected)?
                .lock(lock)
                .map(Locked::Rows),
        }
    }

    pub(super) fn read(&self, id: SubjectId) -> Result<Option<Record>, KeyError> {
        match self {
            Store::Folder(folder) => folder.read(id),
            Store::Rows { rows, protected } => {
                rows::read(Self::rows(rows.as_ref(), protected)?, id)
            }
        }
    }

    pub(super) fn add(&self, lock: &Locked, record: &Record) -> Result<bool, KeyError> {
        match (self, lock) {
            (Store::Folder(folder), _) => folder.add(record),
            (Store::Rows { .. }, Locked::Rows(lock)) => rows::add(lock.as_ref(), record),
            (Store::Rows { .. }, Locked::Folder(_)) => Err(NOT_LOCKED),
        }
    }

    pub(super) fn replace(&self, lock: &Locked, record: &Record) -> Result<(), KeyError> {
        match (self, lock) {
            (Store::Folder(folder), _) => folder.replace(record),
            (Store::Rows { .. }, Locked::Rows(lock)) => rows::replace(lock.as_ref(), record),
            (Store::Rows { .. }, Locked::Folder(_)) => Err(NOT_LOCKED),
        }
    }

    pub(super) fn ids(&self) -> Result<Vec<SubjectId>, KeyError> {
        match self {
            Store::Folder(folder) => folder.ids(),
            Store::Rows { rows, protected } => Self::rows(rows.as_ref(), protected)?.ids(),
        }
    }

    /// Takes away what a crash or a change has left behind. Under the exclusive lock, or after it.
    pub(super) fn sweep(&self) -> Result<(), KeyError> {
        match self {
            Store::Folder(folder) => folder.sweep(),
            Store::Rows { rows, .. } => rows.settle(),
        }
    }

    /// The same after one erasure: a folder has nothing left behind.
    pub(super) fn settle(&self) -> Result<(), KeyError> {
        match self {
            Store::Folder(_) => Ok(()),
            Store::Rows { rows, .. } => rows.settle(),
        }
    }
}

const NOT_LOCKED: KeyError = KeyError::SubjectStore {
    why: "it is not locked",
};
