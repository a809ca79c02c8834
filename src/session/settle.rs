//! When a plan may be made: the settings and the catalog that it rests on are known, or there is a reason to wait.

use bytes::{Bytes, BytesMut};

use crate::fault::{Fault, Refusal};
use crate::wire::{self, Bind, Target};

use super::engine::{Engine, Need, Pipes, Stop};
use super::queue::{Ask, Shown, Treat, Work};
use super::settings::{QUERY, RESERVED};

impl Engine {
    /// Everything a plan rests on is known, or a reason to wait.
    pub(super) fn settle(&mut self, text: &str, pipes: &mut Pipes<'_>) -> Result<(), Stop> {
        if let Some(refusal) = self.ground_failed.take() {
            return Err(Stop::Refuse(refusal));
        }
        self.settle_overlay(text, pipes.up)?;
        let backslash = text.contains('\\');
        if (self.catalog_stale || backslash) && !self.queue.is_empty() {
            return Err(self.wait_for_answers(pipes.up));
        }
        if self.catalog_stale {
            return Err(Stop::Wait(Need::Ground));
        }
        if backslash {
            self.settle_reported(pipes.up)?;
        }
        if !self.known.unknown() || (self.known.ever_read() && is_bare(text)) {
            return Ok(());
        }
        if !self.queue.is_empty() {
            return Err(self.wait_for_answers(pipes.up));
        }
        if self.status == b'E' && !self.batch_open {
            if !self.database.current().enforces() {
                return Ok(());
            }
            return Err(Stop::Refuse(Refusal::new(
                Fault::MixedDdl,
                "a statement on a protected table while the session's settings are not known",
            )));
        }
        self.ask_settings(Shown::ErrorOnly, pipes.up);
        Err(Stop::Wait(Need::Answers))
    }

    /// What the server reports of its settings is known as of now, or a reason to wait. It reports them with
    /// ReadyForQuery: until then they are read, where anything was carried out that may have changed them unseen.
    pub(super) fn settle_reported(&mut self, up: &mut BytesMut) -> Result<(), Stop> {
        if self.unreported == 0 {
            return Ok(());
        }
        if !self.queue.is_empty() {
            return Err(self.wait_for_answers(up));
        }
        self.ask_settings(Shown::ErrorOnly, up);
        Err(Stop::Wait(Need::Answers))
    }

    /// A statement that may end a transaction is sent only when every value before it has been opened.
    pub(super) fn settle_opening(&mut self, ends: bool, up: &mut BytesMut) -> Result<(), Stop> {
        let first = self.queue.first();
        if ends && first.is_some_and(|first| first <= self.opening) {
            return Err(self.wait_for_answers(up));
        }
        Ok(())
    }

    /// Something is carried out: what was asked last.
    pub(super) fn carried(&mut self, opens: bool) {
        self.unreported = self.queue.latest();
        if opens {
            self.opening = self.queue.latest();
        }
    }

    /// What this session's open transaction has changed of the catalog is known as of now, or a reason to wait. Nobody
    /// else sees it, so that it is asked in the session itself; the others' changes come with the ground.
    pub(super) fn settle_overlay(&mut self, text: &str, up: &mut BytesMut) -> Result<(), Stop> {
        let present = self.database.current();
        self.overlay_stale |=
            (self.overlay.as_ref()).is_some_and(|overlay| overlay.base() != present.epoch());
        let open = self.status == b'T' || self.status == b'I' && self.batch_open;
        if !self.overlay_stale || !open || is_bare(text) {
            return Ok(());
        }
        let rights = present.rights(&self.caller, None);
        let Some(sql) = present.follows(&rights) else {
            self.overlay_stale = false;
            return Ok(());
        };
        if !self.queue.is_empty() {
            return Err(self.wait_for_answers(up));
        }
        // It comes with what is committed at this moment; the rest of what is known follows by itself.
        self.catalog_stale = false;
        self.ask_own(sql, Treat::Changes, Shown::ErrorOnly, up);
        Err(Stop::Wait(Need::Answers))
    }

    /// Reads the settings before the client's first message: within a transaction of the client's it could be in
    /// the way.
    pub(super) fn begin(&mut self, up: &mut BytesMut) {
        if self.database.current().protects() {
            self.ask_settings(Shown::Nothing, up);
        }
    }

    /// Nothing more is read from the client until everything sent is answered.
    pub(super) fn wait_for_answers(&mut self, up: &mut BytesMut) -> Stop {
        if self.flushed != self.queue.latest() {
            self.flushed = self.queue.latest();
            wire::put_text(up, b'H', &[]);
        }
        Stop::Wait(Need::Answers)
    }

    /// Carries out a statement of our own right after the client's, in the same batch.
    pub(super) fn add_own(&mut self, sql: &str, up: &mut BytesMut) {
        let own = Bytes::from_static(RESERVED);
        let closes = [Target::Portal(own.clone()), Target::Statement(own.clone())];
        let mut hidden = |ask| self.queue.push(ask, Shown::ErrorOnly, None, None);
        for close in &closes {
            wire::write_close(up, close);
            hidden(Ask::Close);
        }
        wire::write_parse(up, RESERVED, sql.as_bytes(), &[]);
        hidden(Ask::Parse(None));
        let bind = Bind {
            portal: own.clone(),
            statement: own,
            formats: Vec::new(),
            values: Vec::new(),
            results: Vec::new(),
        };
        wire::write_bind(up, &bind);
        hidden(Ask::Bind(None));
        wire::write_execute(up, RESERVED);
        hidden(Ask::Execute(Work {
            rows: Treat::Drop,
            ..Work::default()
        }));
        for close in &closes {
            wire::write_close(up, close);
            hidden(Ask::Close);
        }
    }

    /// Reads the settings in the client's own session, under names of our own so that the client's unnamed
    /// statement and portal stay. Ended by Sync where no batch of the client's is open, by Flush else.
    fn ask_settings(&mut self, shown: Shown, up: &mut BytesMut) {
        self.ask_own(QUERY, Treat::Settings, shown, up);
    }

    /// Asks a question of our own in the client's session.
    fn ask_own(&mut self, sql: &str, rows: Treat, shown: Shown, up: &mut BytesMut) {
        let own = Bytes::from_static(RESERVED);
        // In a transaction block a portal outlives Sync, and an earlier failure may have left either behind.
        let closes = [Target::Portal(own.clone()), Target::Statement(own.clone())];
        let mut hidden = |ask| self.queue.push(ask, shown, None, None);
        for close in &closes {
            wire::write_close(up, close);
            hidden(Ask::Close);
        }
        wire::write_parse(up, RESERVED, sql.as_bytes(), &[]);
        hidden(Ask::Parse(None));
        let bind = Bind {
            portal: own.clone(),
            statement: own,
            formats: Vec::new(),
            values: Vec::new(),
            results: Vec::new(),
        };
        wire::write_bind(up, &bind);
        hidden(Ask::Bind(None));
        wire::write_execute(up, RESERVED);
        hidden(Ask::Execute(Work {
            rows,
            ..Work::default()
        }));
        for close in &closes {
            wire::write_close(up, close);
            hidden(Ask::Close);
        }
        if self.batch_open {
            wire::put_text(up, b'H', &[]);
        } else {
            wire::put_text(up, b'S', &[]);
            hidden(Ask::Sync { fail: false });
        }
        self.flushed = self.queue.latest();
    }
}

/// A statement of one piece that says nothing but settings or a transaction's bounds: no table stands in it, so
/// it may be planned in settings that are not certain. (Reading them here would use up the snapshot that SET
/// TRANSACTION must precede.)
fn is_bare(text: &str) -> bool {
    let text = text.trim().trim_end_matches(';');
    let word = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    !text.contains([';', '$', '\\', '/', '-', '('])
        && [
            "SET",
            "RESET",
            "SHOW",
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "DISCARD",
        ]
        .iter()
        .any(|bare| word.eq_ignore_ascii_case(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lone_setting_is_bare() {
        for text in [
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
            "commit;",
            "set role ann",
        ] {
            assert!(is_bare(text), "{text}");
        }
        for text in [
            "select 1",
            "rollback; select 1",
            "set x = (select 1)",
            "-- x\nset y = 1",
        ] {
            assert!(!is_bare(text), "{text}");
        }
    }
}
