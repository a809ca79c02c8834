//! The keys of data subjects as rows of a database: what a store needs of one. Whoever speaks to it is another room's.

use std::fmt::Debug;

use super::store::{NONE, Names, Record, WHAT, new_head, parse, render};
use crate::keys::KeyError;
use crate::seal::SubjectId;

/// Which database of which server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseIdentity {
    /// `pg_control_system().system_identifier`; `None` where the login may not ask.
    pub system: Option<String>,
    /// `pg_database.oid`.
    pub database: u32,
}

impl DatabaseIdentity {
    /// Whether the two may be one and the same. Where a server does not say who it is, they may.
    pub fn may_be(&self, other: &DatabaseIdentity) -> bool {
        self.database == other.database && self.same_server(other)
    }

    /// Whether the two may be on one server.
    pub fn same_server(&self, other: &DatabaseIdentity) -> bool {
        match (&self.system, &other.system) {
            (Some(one), Some(two)) => one == two,
            (None, _) | (_, None) => true,
        }
    }
}

/// What is to be locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowLock {
    /// Nobody else changes the store.
    Exclusive,
    /// Others may add keys too, and nobody does anything else.
    Shared,
    /// One replacement of the intermediate key at a time; never waited for.
    Roll,
}

/// A database with the keys of data subjects. Calls block for as long as it takes to answer, and no longer than some seconds.
pub trait SubjectRows: Send + Sync + Debug {
    /// Where it is, without a password.
    fn place(&self) -> String;

    /// Which database it is.
    ///
    /// # Errors
    /// Where it cannot be reached.
    fn identity(&self) -> Result<DatabaseIdentity, KeyError>;

    /// Makes the tables, where they are not there.
    ///
    /// # Errors
    /// Where it cannot be reached, or the login may not.
    fn make(&self) -> Result<(), KeyError>;

    /// What makes it a store; `None`: it is none, or has no tables.
    ///
    /// # Errors
    /// Where it cannot be reached.
    fn head(&self) -> Result<Option<Vec<u8>>, KeyError>;

    /// A subject's row.
    ///
    /// # Errors
    /// Where it cannot be reached.
    fn get(&self, id: SubjectId) -> Result<Option<Vec<u8>>, KeyError>;

    /// All ids, in no order.
    ///
    /// # Errors
    /// Where it cannot be reached.
    fn ids(&self) -> Result<Vec<SubjectId>, KeyError>;

    /// Takes a lock.
    ///
    /// # Errors
    /// Where it cannot be reached, or somebody else holds the lock for too long.
    fn lock(&self, lock: RowLock) -> Result<Box<dyn LockedRows>, KeyError>;

    /// Clears away what was there before rows were changed, as far as the database can by itself.
    ///
    /// # Errors
    /// Where it cannot be reached, or the login may not.
    fn settle(&self) -> Result<(), KeyError>;
}

/// A lock until it is dropped. What is written goes the same way, so that it fails where the lock was lost.
pub trait LockedRows: Send {
    /// Makes it a store.
    ///
    /// # Errors
    /// Where it cannot be reached, or is one.
    fn begin(&self, head: &[u8]) -> Result<(), KeyError>;

    /// Adds a row; false where there is one of this id.
    ///
    /// # Errors
    /// Where it cannot be reached any more.
    fn add(&self, id: SubjectId, record: &[u8]) -> Result<bool, KeyError>;

    /// Puts a row in the place of the one of its id.
    ///
    /// # Errors
    /// Where it cannot be reached any more, or there is none.
    fn put(&self, id: SubjectId, record: &[u8]) -> Result<(), KeyError>;
}

pub(super) fn exists(rows: &dyn SubjectRows) -> Result<bool, KeyError> {
    Ok(rows.head()?.is_some())
}

pub(super) fn begin(lock: &dyn LockedRows) -> Result<(), KeyError> {
    lock.begin(&new_head()?)
}

pub(super) fn names(rows: &dyn SubjectRows) -> Result<Names, KeyError> {
    match rows.head()? {
        Some(head) => Names::read(&zeroize::Zeroizing::new(head)),
        None => Err(KeyError::SubjectStore { why: NONE }),
    }
}

pub(super) fn read(rows: &dyn SubjectRows, id: SubjectId) -> Result<Option<Record>, KeyError> {
    match rows.get(id)? {
        Some(bytes) => match parse(&bytes)? {
            record if record.id == id => Ok(Some(record)),
            _ => Err(KeyError::Malformed { what: WHAT }),
        },
        // Where the store itself is away nothing is known of anybody.
        None if !exists(rows)? => Err(KeyError::SubjectStore { why: NONE }),
        None => Ok(None),
    }
}

pub(super) fn add(lock: &dyn LockedRows, record: &Record) -> Result<bool, KeyError> {
    lock.add(record.id, &render(record)?)
}

pub(super) fn replace(lock: &dyn LockedRows, record: &Record) -> Result<(), KeyError> {
    lock.put(record.id, &render(record)?)
}
