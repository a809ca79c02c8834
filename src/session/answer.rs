//! What the server answers, matched with what was asked.

use bytes::BytesMut;

use crate::fault::{Fault, Refusal};
use crate::plan::{Outcome, Reason};
use crate::transform::Ended;
use crate::wire;

use super::copy::CopyIn;
use super::engine::{Engine, Fatal, Pipes, Step};
use super::queue::{Ask, Entry, Shown, Treat, Work};
use super::record::{Ending, Stage};

impl Engine {
    /// Takes one whole frame of the server.
    pub(super) fn server(
        &mut self,
        tag: u8,
        frame: &[u8],
        pipes: &mut Pipes<'_>,
    ) -> Result<Step, Fatal> {
        let body = wire::body(frame);
        if !matches!(tag, b'S' | b'A' | b'N') {
            self.answered();
        }
        match tag {
            b'S' => {
                if let Some((name, value)) = wire::parameter_status(body)? {
                    self.known.reported(name, value);
                }
                pipes.down.extend_from_slice(frame);
            }
            b'A' => pipes.down.extend_from_slice(frame),
            b'N' => self.notice(frame, body, pipes.down)?,
            b'E' => self.error(frame, body, pipes.down)?,
            b'Z' => self.ready(frame, body, pipes)?,
            b'1' | b'2' | b'3' => self.carried_out(tag, frame, pipes.down)?,
            b't' => self.parameters_described(frame, body, pipes.down)?,
            b'T' | b'n' => return self.columns_described(tag, frame, body, pipes),
            b'D' => self.row(frame, body, pipes)?,
            b'C' | b'I' | b's' => self.completed(tag, frame, pipes)?,
            b'G' | b'H' | b'W' => return self.copy_begins(tag, frame, pipes),
            b'd' | b'c' => self.copied_out(tag, frame, body, pipes)?,
            _ => return Err(Fatal::Astray("a message that was not asked for")),
        }
        Ok(Step::Done)
    }

    /// ParseComplete, BindComplete, CloseComplete.
    fn carried_out(&mut self, tag: u8, frame: &[u8], down: &mut BytesMut) -> Result<(), Fatal> {
        let entry = self.queue.pop().ok_or(Fatal::Astray("nothing was asked"))?;
        if entry.swap.is_some() {
            return Err(Fatal::Astray("a refused statement was taken"));
        }
        match (tag, &entry.ask) {
            (b'1', Ask::Parse(_)) | (b'2', Ask::Bind(_)) | (b'3', Ask::Close) => {
                if entry.shown == Shown::All {
                    down.extend_from_slice(frame);
                }
                Ok(())
            }
            _ => Err(Fatal::Astray("another message was asked for")),
        }
    }

    fn row(&mut self, frame: &[u8], body: &[u8], pipes: &mut Pipes<'_>) -> Result<(), Fatal> {
        let entry = self
            .queue
            .front()
            .ok_or(Fatal::Astray("rows that nobody asked for"))?;
        let shown = entry.shown;
        let (Ask::Execute(work) | Ask::Query(work)) = &mut entry.ask else {
            return Err(Fatal::Astray("rows that nobody asked for"));
        };
        match &mut work.rows {
            Treat::Drop => Ok(()),
            Treat::Copied(_) => Err(Fatal::Astray("rows within COPY data")),
            Treat::Settings => {
                let values = wire::row_values(body)?;
                // It was asked when nothing else was under way.
                self.unreported = 0;
                if self.known.take(&values).is_err() {
                    self.ground_failed = Some(Refusal::new(
                        Fault::EncodingUnsupported,
                        "the session's settings cannot be read in this client_encoding",
                    ));
                }
                Ok(())
            }
            Treat::Changes => {
                let values = wire::row_values(body)?;
                let changes = values
                    .first()
                    .copied()
                    .flatten()
                    .and_then(|text| std::str::from_utf8(text).ok())
                    .unwrap_or_default();
                match self.database.overlaid(changes) {
                    Ok(standing) => self.overlay = Some(standing),
                    Err(refusal) => self.ground_failed = Some(refusal),
                }
                self.overlay_stale = false;
                Ok(())
            }
            Treat::Relay => {
                if shown == Shown::All {
                    pipes.down.extend_from_slice(frame);
                }
                Ok(())
            }
            Treat::Through(rows) => {
                let watch = work.opening.start();
                let opened = rows.row(body, pipes.down, &mut work.counts);
                work.opening.stop(watch);
                if let Err(refusal) = opened {
                    self.cannot_open(refusal, pipes);
                }
                Ok(())
            }
        }
    }

    pub(super) fn cannot_open(&mut self, mut refusal: Refusal, pipes: &mut Pipes<'_>) {
        if refusal.fault == Fault::EpochUnknown {
            // Newer keys than were read: whoever plans next reads them first.
            self.database.changed();
        }
        let mut told = None;
        if let Some(Entry {
            ask: Ask::Execute(work) | Ask::Query(work),
            ..
        }) = self.queue.front()
        {
            let writes = (work.planned.as_ref())
                .and_then(|planned| planned.statement(work.at))
                .is_some_and(|statement| statement.writes);
            let several =
                (work.planned.as_ref()).is_some_and(|planned| planned.plan.statements.len() > 1);
            told = Some((
                work.planned.clone(),
                work.at,
                std::mem::take(&mut work.counts),
                (writes, several),
            ));
        }
        let simple = matches!(
            self.queue.front(),
            Some(Entry {
                ask: Ask::Query(_),
                ..
            })
        );
        if let Some((planned, at, counts, (writes, several))) = told {
            if several && simple {
                refusal
                    .message
                    .push_str("; the other statements of the same message may have taken effect");
            } else if writes && simple && self.status == b'I' {
                refusal
                    .message
                    .push_str("; the statement itself has taken effect");
            }
            self.record(
                planned.as_deref(),
                at,
                &counts,
                Ending::Refused(refusal.clone()),
            );
        }
        self.break_off(&refusal, pipes);
    }

    /// CommandComplete, EmptyQueryResponse, PortalSuspended.
    fn completed(&mut self, tag: u8, frame: &[u8], pipes: &mut Pipes<'_>) -> Result<(), Fatal> {
        (self.copying_in, self.copy_in) = (false, CopyIn::Relayed);
        let entry = self
            .queue
            .front()
            .ok_or(Fatal::Astray("nothing was asked"))?;
        let shown = entry.shown;
        let own = matches!(&entry.ask, Ask::Query(work) if work.is_own());
        let mut tag = tag;
        if shown == Shown::All && !own {
            match rest(&mut entry.ask, tag, pipes) {
                Ok(None) => pipes.down.extend_from_slice(frame),
                Ok(Some(ended)) => {
                    tag = if ended.suspended { b's' } else { b'C' };
                    tell_end(ended, pipes.down);
                }
                Err(refusal) => {
                    self.cannot_open(refusal, pipes);
                    return self.completed_unseen();
                }
            }
        }
        let Some(entry) = self.queue.front() else {
            return Ok(());
        };
        let swapped = entry.swap.is_some();
        match &mut entry.ask {
            Ask::Execute(_) => {
                let Some(Entry {
                    ask: Ask::Execute(work),
                    ..
                }) = self.queue.pop()
                else {
                    return Ok(());
                };
                if tag == b'C' {
                    self.name(work.change());
                }
                if shown == Shown::All && tag != b's' {
                    self.told(&work);
                } else if shown == Shown::All {
                    self.told_suspended(&work);
                }
            }
            Ask::Query(work) => {
                let refused = work
                    .planned
                    .as_ref()
                    .is_some_and(|planned| planned.refusal(work.at).is_some());
                if shown == Shown::All && (refused || swapped) {
                    return Err(Fatal::Astray("a refused statement was carried out"));
                }
                let next = Work {
                    planned: work.planned.clone(),
                    at: work.at + 1,
                    copied: work.copied.clone(),
                    ..Work::default()
                };
                let done = std::mem::replace(work, next);
                let changed = done.change().cloned();
                if shown == Shown::All && own {
                    // No statement of the client's.
                } else if shown == Shown::All {
                    self.told(&done);
                } else {
                    work.failed = done.failed;
                    work.rows = done.rows;
                }
                self.name(changed.as_ref());
            }
            _ => return Err(Fatal::Astray("a statement ended that was not begun")),
        }
        Ok(())
    }

    /// The end of a statement whose result was broken off a moment ago.
    fn completed_unseen(&mut self) -> Result<(), Fatal> {
        match self.queue.front().map(|entry| &mut entry.ask) {
            Some(Ask::Execute(_)) => {
                self.queue.pop();
            }
            Some(Ask::Query(work)) => work.at += 1,
            _ => return Err(Fatal::Astray("a statement ended that was not begun")),
        }
        Ok(())
    }

    /// The first of an answer has come.
    pub(super) fn answered(&mut self) {
        if let Some(asked) = self.asked_at.take() {
            self.recorder.stage(Stage::Upstream, asked.elapsed());
        }
    }

    fn told(&self, work: &Work) {
        if let Some(time) = work.opening.total() {
            self.recorder.stage(Stage::Open, time);
        }
        let ending = match work
            .planned
            .as_ref()
            .and_then(|planned| planned.statement(work.at))
            .map(|statement| &statement.outcome)
        {
            None => Ending::Passthrough(Reason::NotWatched),
            Some(Outcome::Passthrough(reason)) => Ending::Passthrough(*reason),
            Some(Outcome::Planned | Outcome::Refused(_)) => Ending::Planned,
        };
        self.record(work.planned.as_deref(), work.at, &work.counts, ending);
    }

    /// A portal that goes on later: what it has shown so far is told now.
    fn told_suspended(&self, work: &Work) {
        if work.planned.is_some() {
            self.told(work);
        }
    }

    /// ReadyForQuery. The one owner of "who answers Sync".
    fn ready(&mut self, frame: &[u8], body: &[u8], pipes: &mut Pipes<'_>) -> Result<(), Fatal> {
        let status = wire::ready_status(body)?;
        self.status = status;
        let Some(entry) = self.queue.pop() else {
            return Err(Fatal::Astray("ReadyForQuery that nobody asked for"));
        };
        if entry.number >= self.unreported {
            self.unreported = 0;
        }
        if status == b'I' {
            self.known.transaction_ended();
            self.catalog_stale |= std::mem::take(&mut self.catalog_changed);
            if std::mem::take(&mut self.catalog_shared) {
                self.database.changed();
            }
            (self.overlay, self.overlay_stale) = (None, false);
            self.names.transaction_ended(entry.number);
            self.named.transaction_ended();
        }
        let (shown, fail) = match &entry.ask {
            Ask::Sync { fail } => (entry.shown == Shown::All, *fail),
            Ask::Query(_) if entry.shown == Shown::All => (true, false),
            Ask::Query(work) => (work.failed, true),
            _ => return Err(Fatal::Astray("ReadyForQuery before its time")),
        };
        if !shown {
            return Ok(());
        }
        if !(fail && status == b'T') {
            pipes.down.extend_from_slice(frame);
            return Ok(());
        }
        // A result was broken off: the transaction must not be committed by mistake.
        if pipes.cut || !self.queue.is_empty() {
            return Err(Fatal::Refused(Refusal::new(
                Fault::CannotOpen,
                "a result was broken off in a transaction, and what was sent after it can no longer be stopped",
            )));
        }
        self.fail_unseen(pipes.up);
        wire::put_text(pipes.up, b'S', &[]);
        self.queue.ask(Ask::Sync { fail: false });
        Ok(())
    }
}

/// What is left of a result once the server has sent its last row.
fn rest(ask: &mut Ask, tag: u8, pipes: &mut Pipes<'_>) -> Result<Option<Ended>, Refusal> {
    let (Ask::Execute(work) | Ask::Query(work)) = ask else {
        return Ok(None);
    };
    let Treat::Through(rows) = &mut work.rows else {
        return Ok(None);
    };
    if tag != b'C' {
        return Ok(None);
    }
    let watch = work.opening.start();
    let ended = rows.end(work.most, pipes.down, &mut work.counts);
    work.opening.stop(watch);
    // Where the rows are the server's own, so is their number.
    Ok(ended?.filter(|_| {
        let planned = work.planned.as_ref();
        planned.is_some_and(|planned| planned.selects(work.at))
    }))
}

/// CommandComplete or PortalSuspended of a result that was put together here.
fn tell_end(ended: Ended, down: &mut BytesMut) {
    if ended.suspended {
        wire::put_text(down, b's', &[]);
    } else {
        let tag = format!("SELECT {}\0", ended.rows);
        wire::put_text(down, b'C', &[tag.as_bytes()]);
    }
}
