//! The protocol between the two sides, without sockets: frames in, frames out. What a client's message
//! becomes is in `simple` and `extended`, what the server answers in `answer`.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use bytes::{Bytes, BytesMut};

use crate::fault::{Fault, Refusal};
use crate::identity::Caller;
use crate::plan::Named;
use crate::transform::Counts;
use crate::wire::{self, Malformed};

use super::copy::CopyIn;
use super::ledger::Ledger;
use super::names::Names;
use super::planning::Planned;
use super::queue::{Ask, Queue, Shown, Treat};
use super::record::{Ending, Recorder, StatementFacts};
use super::settings::{FAILING, Known, RESERVED};
use super::standing::{Database, Standing};

/// Where frames are appended.
pub(super) struct Pipes<'a> {
    /// Towards the server.
    pub(super) up: &'a mut BytesMut,
    /// Towards the client.
    pub(super) down: &'a mut BytesMut,
    /// A frame of the client has gone upstream in part: nothing may be put in between.
    pub(super) cut: bool,
}

/// What has to happen before a frame can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Everything sent is answered.
    Answers,
    /// The ground has been read again.
    Ground,
    /// Sealwire's own connections to databases that are named are closed.
    Release,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Taken.
    Done,
    /// To be offered again.
    Wait(Need),
}

/// What ends a session at once.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fatal {
    /// A malformed message.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The server answered what nobody asked, or carried out what was refused: nothing can be told apart any more.
    #[error("the server's answers do not fit what was sent: {0}")]
    Astray(&'static str),
    /// What cannot be refused in any other way.
    #[error(transparent)]
    Refused(Refusal),
}

/// Why a client's message was not sent as it should be.
pub(super) enum Stop {
    /// Not yet.
    Wait(Need),
    /// Something certain to fail goes in its place.
    Refuse(Refusal),
    /// The session ends.
    Fatal(Fatal),
}

impl From<Malformed> for Stop {
    fn from(malformed: Malformed) -> Self {
        Stop::Fatal(malformed.into())
    }
}

/// One session's protocol state.
pub(super) struct Engine {
    pub(super) caller: Caller,
    pub(super) database_name: String,
    pub(super) database: Arc<dyn Database>,
    pub(super) ledger: Arc<Ledger>,
    pub(super) recorder: Arc<dyn Recorder>,
    pub(super) queue: Queue,
    pub(super) names: Names,
    pub(super) known: Known,
    /// The transaction status that ReadyForQuery last gave.
    pub(super) status: u8,
    /// Messages of the extended protocol were sent since the last Sync.
    pub(super) batch_open: bool,
    /// Number of the batch, from 1.
    pub(super) batch: u64,
    /// The server skips what comes, up to the next Sync: so do we.
    pub(super) skipping: bool,
    /// A result was broken off and no Sync was sent yet: the next one must find a failed transaction.
    pub(super) broken: bool,
    /// Sync is held until this batch's answers are seen, so that a value that cannot be opened rolls it back.
    pub(super) hold: bool,
    /// A result of this batch is opened.
    pub(super) opens: bool,
    /// How many statements of this batch are carried out.
    pub(super) executes: u64,
    /// The queue's number of the latest statement whose result is opened.
    pub(super) opening: u64,
    /// The queue's number of the latest statement that may have changed a setting without its being reported yet.
    pub(super) unreported: u64,
    /// The server reads COPY data.
    pub(super) copying_in: bool,
    /// What becomes of it.
    pub(super) copy_in: CopyIn,
    /// Something of our own failed in the place of the message that waits.
    pub(super) own_failed: bool,
    /// The catalog was changed by this session since the ground was read.
    pub(super) catalog_stale: bool,
    /// Likewise within the transaction, whose end decides.
    pub(super) catalog_changed: bool,
    /// And for others too.
    pub(super) catalog_shared: bool,
    /// Databases whose connections are to be closed before the text at hand is sent; empty: they are.
    pub(super) releasing: Option<Vec<String>>,
    /// The ground with what this session's transaction has changed.
    pub(super) overlay: Option<Arc<dyn Standing>>,
    /// That is to be read, or read again.
    pub(super) overlay_stale: bool,
    /// Why the ground could not be read.
    pub(super) ground_failed: Option<Refusal>,
    /// Relations that the ground did not know after it was read again: temporary or not committed.
    pub(super) unknown_relations: HashSet<u32>,
    /// The ground was read again for the description at hand.
    pub(super) looked_again: bool,
    /// Cursors and prepared statements of SQL.
    pub(super) named: Named,
    /// Likewise for a name in the text at hand.
    pub(super) looked_for_names: bool,
    /// The queue's number at the last Flush of our own.
    pub(super) flushed: u64,
    /// The plan of the message at hand, for the record should it be refused.
    pub(super) at_hand: Option<Arc<Planned>>,
    /// What the last text that was rendered sealed.
    pub(super) rendered: Counts,
    /// When something was asked whose answer has not begun.
    pub(super) asked_at: Option<Instant>,
    /// The server has said its last word.
    pub(super) over: bool,
}

impl Engine {
    /// For an authenticated session, at its first ReadyForQuery.
    pub(super) fn new(
        caller: Caller,
        database_name: String,
        database: Arc<dyn Database>,
        ledger: Arc<Ledger>,
        recorder: Arc<dyn Recorder>,
        known: Known,
    ) -> Self {
        Engine {
            caller,
            database_name,
            database,
            ledger,
            recorder,
            queue: Queue::default(),
            names: Names::default(),
            known,
            status: b'I',
            batch_open: false,
            batch: 1,
            skipping: false,
            broken: false,
            hold: false,
            opens: false,
            executes: 0,
            opening: 0,
            unreported: 0,
            copying_in: false,
            copy_in: CopyIn::Relayed,
            own_failed: false,
            catalog_stale: false,
            catalog_changed: false,
            catalog_shared: false,
            releasing: None,
            overlay: None,
            overlay_stale: false,
            ground_failed: None,
            unknown_relations: HashSet::new(),
            looked_again: false,
            named: Named::default(),
            looked_for_names: false,
            flushed: 0,
            at_hand: None,
            rendered: Counts::default(),
            asked_at: None,
            over: false,
        }
    }

    /// What statements are judged by now.
    pub(super) fn standing(&self) -> Arc<dyn Standing> {
        match &self.overlay {
            Some(overlay) => Arc::clone(overlay),
            None => self.database.current(),
        }
    }

    /// Nothing is under way and no transaction is open.
    pub(super) fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.status == b'I' && !self.batch_open && !self.skipping
    }

    /// Rows that come now go through untouched.
    pub(super) fn relays_rows(&mut self) -> bool {
        self.answered();
        match self.queue.front() {
            Some(entry) => {
                entry.shown == Shown::All
                    && matches!(&entry.ask, Ask::Execute(work) | Ask::Query(work) if matches!(work.rows, Treat::Relay))
            }
            None => false,
        }
    }

    /// COPY data of the server goes through untouched.
    pub(super) fn relays_copy_out(&mut self) -> bool {
        match self.queue.front() {
            Some(entry) => {
                entry.shown == Shown::All
                    && !matches!(&entry.ask, Ask::Execute(work) | Ask::Query(work) if matches!(work.rows, Treat::Copied(_)))
            }
            None => false,
        }
    }

    /// How many bytes of the client's COPY data wait for the end of their row: the next frame, however small, may bring
    /// it.
    pub(super) fn copy_kept(&self) -> usize {
        match &self.copy_in {
            CopyIn::Through(stream) => stream.kept(),
            CopyIn::Relayed | CopyIn::Dropped => 0,
        }
    }

    /// How many bytes of the result at hand are kept that such a frame of the server, however small, may set going.
    pub(super) fn rows_kept(&mut self, tag: u8) -> usize {
        if tag == b'D' {
            return 0;
        }
        match self.queue.front().map(|entry| &entry.ask) {
            Some(Ask::Execute(work) | Ask::Query(work)) => match &work.rows {
                Treat::Through(rows) => rows.kept(),
                Treat::Copied(stream) => stream.kept(),
                Treat::Relay | Treat::Drop | Treat::Settings | Treat::Changes => 0,
            },
            Some(
                Ask::Parse(_)
                | Ask::Bind(_)
                | Ask::Close
                | Ask::Describe(_)
                | Ask::Sync { .. }
                | Ask::CopyData
                | Ask::CopyEnd,
            )
            | None => 0,
        }
    }

    /// Takes one whole frame of the client.
    pub(super) fn client(
        &mut self,
        tag: u8,
        frame: &Bytes,
        pipes: &mut Pipes<'_>,
    ) -> Result<Step, Fatal> {
        if std::mem::take(&mut self.own_failed) {
            if tag == b'Q' {
                wire::put_text(pipes.down, b'Z', &[&[self.status]]);
                return Ok(Step::Done);
            }
            self.skipping = true;
        }
        if matches!(self.copy_in, CopyIn::Dropped) && !matches!(tag, b'd' | b'c' | b'f' | b'H') {
            self.copy_in = CopyIn::Relayed;
        }
        if self.skipping && !matches!(tag, b'S' | b'X') {
            return Ok(Step::Done);
        }
        if self.copying_in && !matches!(tag, b'd' | b'c' | b'f' | b'H' | b'S' | b'X') {
            // The server ends the COPY on anything else; it need not see what.
            wire::write_parse(pipes.up, RESERVED, FAILING.as_bytes(), &[]);
            return Ok(Step::Done);
        }
        let body = frame.slice(5.min(frame.len())..);
        self.at_hand = None;
        let taken = match tag {
            b'Q' => self.query(frame, &body, pipes),
            b'P' => self.parse(frame, &body, pipes),
            b'B' => self.bind(frame, &body, pipes),
            b'D' => self.describe(frame, &body, pipes),
            b'E' => self.execute(frame, &body, pipes),
            b'C' => self.close(frame, &body, pipes),
            b'S' => self.sync(frame, pipes),
            b'd' => self.copy_frame(frame, pipes),
            b'c' | b'f' => self.copy_ends(tag, frame, pipes),
            b'F' => Err(Stop::Refuse(Refusal::new(
                Fault::FunctionCallRefused,
                "the FunctionCall message is not supported",
            ))),
            b'H' | b'X' => {
                pipes.up.extend_from_slice(frame);
                Ok(())
            }
            _ => Err(Stop::from(Malformed("invalid frontend message type"))),
        };
        match taken {
            Ok(()) => {
                if matches!(tag, b'Q' | b'S' | b'H') {
                    self.asked_at.get_or_insert_with(Instant::now);
                }
                Ok(Step::Done)
            }
            Err(Stop::Wait(need)) => Ok(Step::Wait(need)),
            Err(Stop::Fatal(fatal)) => Err(fatal),
            Err(Stop::Refuse(refusal)) => {
                self.refuse(tag, &body, refusal, pipes.up)?;
                Ok(Step::Done)
            }
        }
    }

    /// What may change settings or catalog is sent.
    pub(super) fn affects(&mut self, text: &[u8], settings: bool, catalog: bool) {
        if settings && !catalog && ends_transaction(text) {
            // It sets back what the transaction set, and nothing else.
            self.known.transaction_ends();
        } else if settings || catalog {
            // DDL counts too: it makes temporary relations.
            self.known.touched();
        }
        self.catalog_stale |= catalog;
        self.catalog_changed |= catalog;
        self.catalog_shared |= catalog && !is_temporary(text);
        // ROLLBACK TO takes changes back.
        self.overlay_stale |= catalog || settings && self.overlay.is_some();
    }

    /// The ground was read again, or could not be.
    pub(super) fn ground_read(&mut self, result: Result<(), Refusal>) {
        self.catalog_stale = false;
        self.ground_failed = result.err();
    }

    /// Tells what became of a statement.
    pub(super) fn record(
        &self,
        planned: Option<&Planned>,
        at: usize,
        counts: &Counts,
        ending: Ending,
    ) {
        let Some((planned, statement)) = planned.and_then(|p| Some((p, p.statement(at)?))) else {
            match ending {
                Ending::Refused(refusal) => self.recorder.refused(&refusal),
                Ending::Passthrough(_) | Ending::Planned | Ending::Failed => self.recorder.passed(),
            }
            return;
        };
        self.recorder.statement(&StatementFacts {
            principal: &self.caller.principal,
            database: &self.database_name,
            application: self.known.application(),
            fingerprint: &statement.fingerprint,
            role: self.known.active_role(&self.caller.principal.login),
            touches: &statement.touches,
            counts,
            ending,
            observed: statement.observed.as_deref(),
            rules_hash: planned.standing.rules_hash(),
        });
    }
}

/// Whether a text begins with the definition of something temporary, and is nothing more.
fn is_temporary(text: &[u8]) -> bool {
    let text = text.trim_ascii().strip_suffix(b";").unwrap_or(text);
    let mut words = text
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let mut is = |of: &[&[u8]]| {
        let word = words.next().unwrap_or_default();
        of.iter().any(|one| word.eq_ignore_ascii_case(one))
    };
    !text.contains(&b';') && is(&[b"create"]) && is(&[b"temp", b"temporary"])
}

/// Whether a text is one plain end of a transaction, and nothing more.
fn ends_transaction(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let text = text.strip_suffix(b";").unwrap_or(text);
    let mut words = text
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let is_any = |word: &[u8], of: &[&[u8]]| of.iter().any(|one| word.eq_ignore_ascii_case(one));
    is_any(first, &[b"commit", b"end", b"rollback", b"abort"])
        && match words.next() {
            None => true,
            Some(word) => is_any(word, &[b"work", b"transaction"]) && words.next().is_none(),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_end_ends_a_transaction() {
        for text in ["COMMIT", " rollback work ;", "end transaction", "abort;"] {
            assert!(ends_transaction(text.as_bytes()), "{text}");
        }
        for text in [
            "rollback to x",
            "commit and chain",
            "commit; set x = 1",
            "commit work; select 1",
            "rollback/**/to x",
            "",
        ] {
            assert!(!ends_transaction(text.as_bytes()), "{text}");
        }
    }
}
