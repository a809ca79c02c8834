//! The prepared statements and portals of the session, by name, as they will be once everything sent has
//! been carried out. What was not carried out is put back from the queue's entries.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use crate::plan::{Forget, Survey, forgets};
use crate::transform::Counts;
use crate::value::Canonical;
use crate::wire::Field;

use super::planning::Planned;
use super::queue::Undo;
use super::standing::SharedRows;

/// What the server holds a result column of a prepared statement to: its name, type and modifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    name: Bytes,
    oid: u32,
    typmod: i32,
}

impl From<&Field> for Shape {
    fn from(field: &Field) -> Shape {
        Shape {
            name: field.name.clone(),
            oid: field.oid,
            typmod: field.typmod,
        }
    }
}

/// A prepared statement.
pub(super) struct Statement {
    /// The client's text.
    pub(super) text: Bytes,
    /// Parameter types that the client declared.
    pub(super) declared: Vec<u32>,
    /// What the quick look said.
    pub(super) survey: Survey,
    /// Its plan; `None` where it passes.
    pub(super) planned: Option<Arc<Planned>>,
    epoch: AtomicU64,
    described: AtomicBool,
    /// What its columns were when they were looked at first.
    first: OnceLock<Arc<[Shape]>>,
    /// They are not those any more.
    changed: AtomicBool,
    /// The batch in which they were asked for last.
    asked_in: AtomicU64,
    /// The server was asked to close it, for another in its place.
    gone: AtomicBool,
}

impl Statement {
    /// A statement whose columns have not been looked at.
    pub(super) fn new(
        text: Bytes,
        declared: Vec<u32>,
        survey: Survey,
        planned: Option<Arc<Planned>>,
        epoch: u64,
    ) -> Self {
        Statement {
            text,
            declared,
            survey,
            planned,
            epoch: AtomicU64::new(epoch),
            described: AtomicBool::new(false),
            first: OnceLock::new(),
            changed: AtomicBool::new(false),
            asked_in: AtomicU64::new(0),
            gone: AtomicBool::new(false),
        }
    }

    /// The server is asked to close it: where nothing came in its place, it has to be prepared again.
    pub(super) fn set_gone(&self) {
        self.gone.store(true, Ordering::Relaxed);
    }

    /// Whether the server may have it no more.
    pub(super) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    /// The same statement as it is prepared again: it has to have the columns that this one had.
    pub(super) fn succeeding(self, before: &Statement) -> Self {
        Statement {
            first: before.first.clone(),
            ..self
        }
    }

    /// Its columns have been looked at, and nothing was wrong with them.
    pub(super) fn set_described(&self) {
        self.described.store(true, Ordering::Relaxed);
    }

    /// The columns that were found, as the client knows them.
    pub(super) fn found(&self, columns: impl Iterator<Item = Shape>) {
        let columns: Arc<[Shape]> = columns.collect();
        let first = self.first.get_or_init(|| Arc::clone(&columns));
        self.changed.store(*first != columns, Ordering::Relaxed);
    }

    /// Whether it is known what its columns were at first.
    pub(super) fn has_shape(&self) -> bool {
        self.first.get().is_some()
    }

    /// Whether they were others when they were looked at last.
    pub(super) fn is_changed(&self) -> bool {
        self.changed.load(Ordering::Relaxed)
    }

    /// Its columns are asked for in this batch: whatever comes after it in the batch is carried out only if that
    /// is answered.
    pub(super) fn set_asked(&self, batch: u64) {
        self.asked_in.store(batch, Ordering::Relaxed);
    }

    /// Whether they have been looked at, or will be before what comes next in this batch.
    pub(super) fn is_looked_at(&self, batch: u64) -> bool {
        self.is_described() || self.is_asked(batch)
    }

    /// Whether they are asked for in this batch.
    pub(super) fn is_asked(&self, batch: u64) -> bool {
        self.asked_in.load(Ordering::Relaxed) == batch
    }

    /// It was looked at again.
    pub(super) fn set_epoch(&self, epoch: u64) {
        self.epoch.store(epoch, Ordering::Relaxed);
    }

    /// Whether its columns have been looked at.
    pub(super) fn is_described(&self) -> bool {
        self.described.load(Ordering::Relaxed)
    }

    /// The ground it was looked at on.
    pub(super) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Relaxed)
    }
}

/// A portal.
pub(super) struct Portal {
    /// Its statement; `None` for one that was made by SQL.
    pub(super) statement: Option<Arc<Statement>>,
    /// The plan it was bound under.
    pub(super) planned: Option<Arc<Planned>>,
    /// Format codes asked of the server, one a column, where the columns are known.
    pub(super) upstream_formats: Vec<i16>,
    /// What the client asked for, likewise.
    pub(super) client_formats: Vec<i16>,
    /// What the proxy reads of the values bound.
    pub(super) arguments: Vec<Option<Canonical>>,
    /// Its rows, where it is carried out in parts and they are not the server's.
    pub(super) rows: Option<SharedRows>,
    /// What was sealed at Bind, until the first Execute counts it.
    pub(super) counts: Counts,
    /// What was bound, sealed, where the statement writes.
    pub(super) sent: Vec<Bytes>,
    /// The queue's number when it was bound.
    pub(super) number: u64,
}

/// A name as the server knows it: of more bytes than that it looks at the first ones alone (`NAMEDATALEN` - 1).
pub(super) fn cut(name: &[u8]) -> &[u8] {
    name.get(..NAME_BYTES).unwrap_or(name)
}

const NAME_BYTES: usize = 63;

/// Both maps.
#[derive(Default)]
pub(super) struct Names {
    statements: HashMap<Bytes, Arc<Statement>>,
    portals: HashMap<Bytes, Box<Portal>>,
    uncertain: bool,
}

impl Names {
    /// A statement.
    pub(super) fn statement(&self, name: &[u8]) -> Option<&Arc<Statement>> {
        self.statements.get(cut(name))
    }

    /// Some name may be another to the server than it is here.
    pub(super) fn set_uncertain(&mut self) {
        self.uncertain = true;
    }

    /// Whether that is so: what a name of SQL stands for is not known then.
    pub(super) fn are_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether any statement has a name that SQL could use.
    pub(super) fn has_named(&self) -> bool {
        self.statements.keys().any(|name| !name.is_empty())
    }

    /// Whether any portal has a name that SQL could use.
    pub(super) fn has_named_portal(&self) -> bool {
        self.portals.keys().any(|name| !name.is_empty())
    }

    /// A portal.
    pub(super) fn portal(&mut self, name: &[u8]) -> Option<&mut Portal> {
        self.portals.get_mut(cut(name)).map(Box::as_mut)
    }

    /// Sets or drops a statement; the undo puts back what was.
    pub(super) fn set_statement(
        &mut self,
        name: &Bytes,
        statement: Option<Arc<Statement>>,
    ) -> Undo {
        let name = name.slice_ref(cut(name));
        let before = match statement {
            Some(statement) => self.statements.insert(name.clone(), statement),
            None => self.statements.remove(&name),
        };
        Undo::Statement(name, before)
    }

    /// Sets or drops a portal likewise.
    pub(super) fn set_portal(&mut self, name: &Bytes, portal: Option<Portal>) -> Undo {
        let name = name.slice_ref(cut(name));
        let before = match portal {
            Some(portal) => self.portals.insert(name.clone(), Box::new(portal)),
            None => self.portals.remove(&name),
        };
        Undo::Portal(name, before)
    }

    /// Puts back what an entry replaced that the server skipped.
    pub(super) fn undo(&mut self, undo: Undo) {
        match undo {
            Undo::Statement(name, Some(statement)) => {
                self.statements.insert(name, statement);
            }
            Undo::Statement(name, None) => {
                self.statements.remove(&name);
            }
            Undo::Portal(name, Some(portal)) => {
                self.portals.insert(name, portal);
            }
            Undo::Portal(name, None) => {
                self.portals.remove(&name);
            }
            Undo::Forgotten(statements) => self.statements.extend(statements),
        }
    }

    /// The same for the entry that failed itself: a failing Parse of the unnamed statement has dropped the old
    /// one (FACTS 15), a named one keeps it.
    pub(super) fn failed(&mut self, undo: Undo) {
        match undo {
            Undo::Statement(name, _) if name.is_empty() => {
                self.statements.remove(&name);
            }
            other => self.undo(other),
        }
    }

    /// DEALLOCATE and DISCARD take statements away that Parse made: one, or all of them. `None` where the text does
    /// neither, or more than that: a name too many is looked at once too often, one too few would not be looked at.
    pub(super) fn forget(&mut self, text: &str) -> Option<Undo> {
        let forgotten = match forgets(text)? {
            Forget::All | Forget::Session => self.statements.drain().collect(),
            Forget::One(name) => {
                let found = self.statements.remove_entry(cut(name.as_bytes()));
                found.into_iter().collect()
            }
        };
        Some(Undo::Forgotten(forgotten))
    }

    /// A simple query drops the unnamed statement and portal.
    pub(super) fn drop_unnamed(&mut self) {
        self.statements.remove(&Bytes::new());
        self.portals.remove(&Bytes::new());
    }

    /// Portals end with their transaction.
    pub(super) fn transaction_ended(&mut self, number: u64) {
        self.portals.retain(|_, portal| portal.number > number);
    }
}
