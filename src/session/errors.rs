//! Errors and notices of the server: whose they are, what the client may see of them, what they undo.

use bytes::{Bytes, BytesMut};

use crate::transform::Counts;
use crate::wire::{self, Report};

use super::engine::{Engine, Fatal};
use super::planning::Planned;
use super::queue::{Ask, Shown, Treat};
use super::record::{Ending, Upstream};
use super::refusal::UNDEFINED_FUNCTION;

/// undefined_column, undefined_table, undefined_function, datatype_mismatch, syntax_error (too many values), and
/// feature_not_supported (a cached plan's result type).
const MOVED_ON: &[&[u8]] = &[b"42703", b"42P01", b"42883", b"42804", b"42601", b"0A000"];

impl Engine {
    pub(super) fn notice(
        &mut self,
        frame: &[u8],
        body: &[u8],
        down: &mut BytesMut,
    ) -> Result<(), Fatal> {
        let mut report = Report::read(body)?;
        let (planned, at, sent) = match self.queue.front() {
            Some(entry) => {
                let (planned, at) = subject(&entry.ask);
                (planned.cloned(), at, sent(&entry.ask))
            }
            None => (None, 0, Vec::new()),
        };
        if self.word(&mut report, body, planned.as_deref(), at, &sent) {
            report.write(down, b'N');
            return Ok(());
        }
        down.extend_from_slice(frame);
        Ok(())
    }

    pub(super) fn error(
        &mut self,
        frame: &[u8],
        body: &[u8],
        down: &mut BytesMut,
    ) -> Result<(), Fatal> {
        let mut report = Report::read(body)?;
        self.copying_in = false;
        if report.is_fatal() {
            self.over = true;
            self.recorder.upstream_error(Upstream::Closed);
            down.extend_from_slice(frame);
            return Ok(());
        }
        if self.queue.front().is_none() {
            down.extend_from_slice(frame);
            return Ok(());
        }
        let ending = self.emit(&mut report, body, frame, down);
        let Some(entry) = self.queue.front() else {
            return Ok(());
        };
        // A planned statement that names what the server does not have, or not so: the catalog has moved on.
        let (planned, _) = subject(&entry.ask);
        let moved = planned.is_some()
            && !matches!(ending, Some(Ending::Refused(_)))
            && MOVED_ON.contains(&report.sqlstate());
        self.catalog_stale |= moved;
        match &mut entry.ask {
            Ask::Query(work) => {
                let (planned, at) = (work.planned.take(), work.at);
                let counts = std::mem::take(&mut work.counts);
                (work.failed, work.rows) = (true, Treat::Drop);
                if let Some(undo) = entry.undo.take() {
                    self.names.undo(undo);
                }
                if let Some(ending) = ending {
                    self.record(planned.as_deref(), at, &counts, ending);
                }
                return Ok(());
            }
            // At Sync a deferred constraint may fail; ReadyForQuery follows.
            Ask::Sync { .. } => return Ok(()),
            Ask::Parse(_) | Ask::Bind(_) | Ask::Close | Ask::Describe(_) | Ask::Execute(_) => {}
            Ask::CopyData | Ask::CopyEnd => return Err(Fatal::Astray("an error out of place")),
        }
        let Some(failed) = self.queue.pop() else {
            return Ok(());
        };
        if let Some(ending) = ending {
            let (planned, at) = subject(&failed.ask);
            let counts = match &failed.ask {
                Ask::Execute(work) => work.counts.clone(),
                _ => Counts::default(),
            };
            self.record(planned.map(|planned| planned.as_ref()), at, &counts, ending);
        }
        if let Some(undo) = failed.undo {
            self.names.failed(undo);
        }
        let (skipped, synced) = self.queue.skip_to_sync();
        for entry in skipped {
            if let Some(undo) = entry.undo {
                self.names.undo(undo);
            }
        }
        if !synced {
            self.skipping = true;
            // The batch has failed by itself: nothing more is needed, and the server would pass it over.
            self.broken = false;
        } else if failed.shown == Shown::ErrorOnly {
            // Where our own Sync follows, the client's message still waits for what was its answer.
            self.own_failed = self
                .queue
                .front()
                .is_some_and(|entry| entry.shown == Shown::ErrorOnly);
        }
        Ok(())
    }
}

/// The plan that an entry is about.
fn subject(ask: &Ask) -> (Option<&std::sync::Arc<Planned>>, usize) {
    match ask {
        Ask::Parse(planned) | Ask::Bind(planned) => (planned.as_ref(), 0),
        Ask::Describe(describe) => (describe.planned.as_ref(), 0),
        Ask::Execute(work) | Ask::Query(work) => (work.planned.as_ref(), work.at),
        Ask::Close | Ask::Sync { .. } | Ask::CopyData | Ask::CopyEnd => (None, 0),
    }
}

/// What was sent with it, its values sealed.
fn sent(ask: &Ask) -> Vec<Bytes> {
    let (planned, _) = subject(ask);
    let text = planned.and_then(|planned| planned.upstream());
    let bound = match ask {
        Ask::Execute(work) => work.sent.as_slice(),
        Ask::Parse(_)
        | Ask::Bind(_)
        | Ask::Close
        | Ask::Describe(_)
        | Ask::Query(_)
        | Ask::Sync { .. }
        | Ask::CopyData
        | Ask::CopyEnd => &[],
    };
    text.into_iter().chain(bound.iter().cloned()).collect()
}

impl Engine {
    /// Sends an error on as the client may see it. Returns how its statement ended, where the client sees it.
    fn emit(
        &self,
        report: &mut Report<'_>,
        body: &[u8],
        frame: &[u8],
        down: &mut BytesMut,
    ) -> Option<Ending> {
        let entry = self.queue.peek()?;
        if entry.shown == Shown::Nothing {
            return None;
        }
        let (planned, at) = subject(&entry.ask);
        let refusal = entry
            .swap
            .as_ref()
            .or_else(|| planned.and_then(|planned| planned.refusal(at)));
        if let Some(refusal) = refusal
            && report.sqlstate() == UNDEFINED_FUNCTION
        {
            wire::refusal(down, refusal);
            return Some(Ending::Refused(refusal.clone()));
        }
        let sent = sent(&entry.ask);
        if self.word(report, body, planned.map(AsRef::as_ref), at, &sent) {
            report.write(down, b'E');
        } else {
            down.extend_from_slice(frame);
        }
        Some(Ending::Failed)
    }
}
