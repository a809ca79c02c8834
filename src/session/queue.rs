//! What the server still owes: one entry for each message sent that will be answered, in order. Each
//! says how its answer is treated and what to put back if the server never carries it out.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;

use crate::fault::Refusal;
use crate::plan::{Derived, Outcome, Output, Reason};
use crate::transform::Counts;

use super::begun::CopyText;
use super::copy::Failing;
use super::names::{Portal, Statement};
use super::planning::Planned;
use super::standing::{CopyStream, Rows};
use super::stopwatch::Stopwatch;

/// How much of an answer the client sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of it.
    All,
    /// Nothing but an error, which stands for the client's message that comes next: for what Sealwire asks on its own.
    ErrorOnly,
    /// Nothing: the client has its error already.
    Nothing,
}

/// What was asked.
pub(super) enum Ask {
    /// Parse, with the plan of its text.
    Parse(Option<Arc<Planned>>),
    /// Bind, likewise.
    Bind(Option<Arc<Planned>>),
    /// Close.
    Close,
    /// Describe of a statement or a portal.
    Describe(Describe),
    /// Execute.
    Execute(Work),
    /// Query.
    Query(Work),
    /// Sync; where `fail` is set an open transaction must end failed.
    Sync {
        /// A result was broken off before this Sync.
        fail: bool,
    },
    /// The client sent CopyData before the server asked for it.
    CopyData,
    /// Likewise CopyDone or CopyFail.
    CopyEnd,
}

/// A Describe under way.
#[derive(Clone, Default)]
pub(super) struct Describe {
    /// The plan, where the statement has one.
    pub(super) planned: Option<Arc<Planned>>,
    /// The statement, to remember that its columns have been looked at.
    pub(super) statement: Option<Arc<Statement>>,
    /// Of a portal: the client's format codes, one a column.
    pub(super) formats: Option<Vec<i16>>,
}

/// A statement that is being carried out.
#[derive(Default)]
pub(super) struct Work {
    /// The plan, where there is one.
    pub(super) planned: Option<Arc<Planned>>,
    /// Which statement of it.
    pub(super) at: usize,
    /// What is done with its rows.
    pub(super) rows: Treat,
    /// How many rows the client takes of them; 0: all.
    pub(super) most: u32,
    /// Whether a query's result was described.
    pub(super) described: bool,
    /// What was sealed, opened and masked for it.
    pub(super) counts: Counts,
    /// How long opening its rows took.
    pub(super) opening: Stopwatch,
    /// Why its COPY FROM was failed.
    pub(super) failing: Option<Failing>,
    /// The parameters that were bound, sealed, of a statement that writes: the server may speak of them.
    pub(super) sent: Vec<Bytes>,
    /// What it came from, where that may be a COPY.
    pub(super) copied: Option<Box<CopyText>>,
    /// An error of the query was relayed: only ReadyForQuery is owed.
    pub(super) failed: bool,
}

/// What is done with rows.
#[derive(Default)]
pub(super) enum Treat {
    /// Relayed untouched.
    #[default]
    Relay,
    /// Opened and masked.
    Through(Box<dyn Rows>),
    /// Likewise the data of a COPY.
    Copied(Box<dyn CopyStream>),
    /// Dropped: the client has its error already.
    Drop,
    /// The session's settings, read by Sealwire itself.
    Settings,
    /// What the session's transaction has changed of the catalog, likewise.
    Changes,
}

/// What an entry replaced.
pub(super) enum Undo {
    /// The statement of this name, before.
    Statement(Bytes, Option<Arc<Statement>>),
    /// The portal of this name, before.
    Portal(Bytes, Option<Box<Portal>>),
    /// Statements that DEALLOCATE or DISCARD took away.
    Forgotten(Vec<(Bytes, Arc<Statement>)>),
}

/// One entry.
pub(super) struct Entry {
    /// Number in the order of sending.
    pub(super) number: u64,
    /// What was asked.
    pub(super) ask: Ask,
    /// What the client sees of it.
    pub(super) shown: Shown,
    /// The refusal that stands in for the server's 42883.
    pub(super) swap: Option<Refusal>,
    /// What it replaced.
    pub(super) undo: Option<Undo>,
}

/// The queue.
#[derive(Default)]
pub(super) struct Queue {
    entries: VecDeque<Entry>,
    sent: u64,
}

impl Queue {
    /// Appends an entry.
    pub(super) fn push(
        &mut self,
        ask: Ask,
        shown: Shown,
        swap: Option<Refusal>,
        undo: Option<Undo>,
    ) {
        self.sent += 1;
        self.entries.push_back(Entry {
            number: self.sent,
            ask,
            shown,
            swap,
            undo,
        });
    }

    /// An entry whose answer the client sees whole.
    pub(super) fn ask(&mut self, ask: Ask) {
        self.push(ask, Shown::All, None, None);
    }

    /// Number of the latest entry.
    pub(super) fn latest(&self) -> u64 {
        self.sent
    }

    /// Number of the first that is owed.
    pub(super) fn first(&self) -> Option<u64> {
        self.entries.front().map(|entry| entry.number)
    }

    /// Whether anything on its way may change names of the session.
    pub(super) fn changes_names(&self) -> bool {
        let changes = |planned: &Arc<Planned>| {
            let mut statements = planned.plan.statements.iter();
            statements.any(|statement| statement.change.is_some())
        };
        self.entries.iter().any(|entry| match &entry.ask {
            Ask::Parse(planned) | Ask::Bind(planned) => planned.as_ref().is_some_and(changes),
            Ask::Execute(work) | Ask::Query(work) => work.planned.as_ref().is_some_and(changes),
            Ask::Close | Ask::Describe(_) | Ask::Sync { .. } | Ask::CopyData | Ask::CopyEnd => {
                false
            }
        })
    }

    /// Nothing is owed.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry that the next answer belongs to. Notes of COPY that the server never asked for are passed over.
    pub(super) fn front(&mut self) -> Option<&mut Entry> {
        while matches!(
            self.entries.front(),
            Some(Entry {
                ask: Ask::CopyData | Ask::CopyEnd,
                ..
            })
        ) {
            self.entries.pop_front();
        }
        self.entries.front_mut()
    }

    /// Takes the front.
    pub(super) fn pop(&mut self) -> Option<Entry> {
        self.front()?;
        self.entries.pop_front()
    }

    /// Whether anything is owed that a plan treats or refuses, or that has to be looked at when the server begins it, or
    /// a query that has failed: COPY data that comes now may belong to it.
    pub(super) fn has_plan(&self) -> bool {
        let treated = |planned: &Option<Arc<Planned>>| {
            planned
                .as_ref()
                .is_some_and(|planned| !planned.is_untouched())
        };
        self.entries.iter().any(|entry| {
            entry.swap.is_some()
                || match &entry.ask {
                    Ask::Parse(planned) | Ask::Bind(planned) => treated(planned),
                    Ask::Describe(describe) => treated(&describe.planned),
                    Ask::Execute(work) | Ask::Query(work) => {
                        work.failed || work.copied.is_some() || treated(&work.planned)
                    }
                    Ask::Close | Ask::Sync { .. } | Ask::CopyData | Ask::CopyEnd => false,
                }
        })
    }

    /// The entry that is first in the queue, as it is.
    pub(super) fn peek(&self) -> Option<&Entry> {
        self.entries.front()
    }

    /// Notes CopyData or the end of it, sent while something is unanswered.
    pub(super) fn note_copy(&mut self, end: bool) {
        let noted = matches!(
            self.entries.back(),
            Some(Entry {
                ask: Ask::CopyData,
                ..
            })
        );
        if self.entries.is_empty() || (noted && !end) {
            return;
        }
        self.ask(if end { Ask::CopyEnd } else { Ask::CopyData });
    }

    /// The server has begun to read COPY data for the front: it takes what was sent already, and a Sync among it
    /// is never answered. Returns whether data is still to come.
    pub(super) fn copy_begins(&mut self) -> bool {
        let mut behind = self.entries.split_off(self.entries.len().min(1));
        let mut more = true;
        while let Some(entry) = behind.pop_front() {
            match entry.ask {
                Ask::Sync { .. } | Ask::CopyData => {}
                Ask::CopyEnd => {
                    more = false;
                    break;
                }
                _ => {
                    behind.push_front(entry);
                    break;
                }
            }
        }
        self.entries.append(&mut behind);
        more
    }

    /// After an error in the extended protocol: what the server skips, latest first, up to the next Sync. The
    /// flag says whether there is one.
    pub(super) fn skip_to_sync(&mut self) -> (Vec<Entry>, bool) {
        let to = self
            .entries
            .iter()
            .position(|entry| matches!(entry.ask, Ask::Sync { .. }));
        let rest = self.entries.split_off(to.unwrap_or(self.entries.len()));
        let mut skipped: Vec<Entry> = std::mem::replace(&mut self.entries, rest).into();
        skipped.reverse();
        (skipped, to.is_some())
    }

    /// The client has its error for the front: nothing more of it is shown, up to the next Sync, or to the end of
    /// the simple query that the front is. The flag says whether that end was sent already.
    pub(super) fn silence(&mut self) -> bool {
        for (at, entry) in self.entries.iter_mut().enumerate() {
            match &mut entry.ask {
                Ask::Sync { fail } => {
                    *fail = true;
                    return true;
                }
                Ask::Query(work) => {
                    work.rows = Treat::Drop;
                    entry.shown = Shown::Nothing;
                    entry.swap = None;
                    if at == 0 {
                        return true;
                    }
                }
                Ask::Execute(work) => {
                    work.rows = Treat::Drop;
                    entry.shown = Shown::Nothing;
                    entry.swap = None;
                }
                Ask::Parse(_)
                | Ask::Bind(_)
                | Ask::Close
                | Ask::Describe(_)
                | Ask::CopyData
                | Ask::CopyEnd => {
                    entry.shown = Shown::Nothing;
                    entry.swap = None;
                }
            }
        }
        false
    }
}

impl Work {
    /// Whether the statement at hand is Sealwire's own.
    pub(super) fn is_own(&self) -> bool {
        self.planned
            .as_ref()
            .and_then(|planned| planned.statement(self.at))
            .is_some_and(|statement| statement.outcome == Outcome::Passthrough(Reason::Own))
    }
}

impl Describe {
    /// How the result differs from the server's.
    pub(super) fn derived(&self) -> Option<&Derived> {
        self.planned.as_ref()?.derived(0)
    }

    /// What the plan says of the columns.
    pub(super) fn outputs(&self) -> Option<&Arc<[Output]>> {
        self.planned.as_ref()?.outputs(0)
    }
}
