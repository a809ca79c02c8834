//! Cursors and prepared statements of SQL, as the session keeps them: entered and dropped when the server has said that
//! it was done, asked for only when nothing is on its way that may change them.

use bytes::BytesMut;

use crate::fault::{Fault, Refusal};
use crate::plan::{Change, Named, Protocol};

use super::engine::{Engine, Pipes, Stop};
use super::names::cut;
use super::queue::{Describe, Work};

impl Engine {
    /// Whether what a text does may hang on names of the session, though nothing protected is named in it.
    pub(super) fn names_concern(&self, text: &[u8]) -> bool {
        (!self.named.is_empty() || self.queue.changes_names()) && Named::may_concern(text)
    }

    /// Waits for what is on its way and may change what names of a text stand for.
    pub(super) fn settle_names(&mut self, text: &[u8], up: &mut BytesMut) -> Result<(), Stop> {
        if self.queue.changes_names() && Named::may_concern(text) {
            return Err(self.wait_for_answers(up));
        }
        Ok(())
    }

    /// A name of the protocol that may be another to the server than it looks: beyond ASCII it is converted from the client's
    /// encoding, and cut afterwards.
    pub(super) fn settle_name(&mut self, name: &[u8], up: &mut BytesMut) -> Result<(), Stop> {
        if name.is_ascii() {
            return Ok(());
        }
        if !self.standing().enforces() {
            // Rules that are enforced from now on would find it under another name.
            self.names.set_uncertain();
            return Ok(());
        }
        self.settle_reported(up)?;
        if self.known.encoding_is_utf8() && cut(name) == name {
            return Ok(());
        }
        Err(Stop::Refuse(Refusal::new(
            Fault::EncodingUnsupported,
            "the name of a prepared statement or portal beyond ASCII, under another client_encoding than UTF8 or longer than 63 bytes",
        )))
    }

    /// A statement of the protocol that is SQL's: Bind would send its parameters as they are.
    pub(super) fn guard_prepared(&mut self, name: &[u8], up: &mut BytesMut) -> Result<(), Stop> {
        if name.is_empty() || !self.standing().enforces() {
            return Ok(());
        }
        if self.queue.changes_names() {
            return Err(self.wait_for_answers(up));
        }
        if self.named.has_prepared(cut(name)) {
            let message = "a statement over a protected table that SQL's PREPARE has made, used by the protocol";
            return Err(Stop::Refuse(
                Refusal::new(Fault::CursorRefused, message)
                    .with_hint("Use EXECUTE, or prepare it by Parse of the protocol."),
            ));
        }
        Ok(())
    }

    /// Execute of a cursor of SQL: its rows would come as they are, whatever portal of that name was bound before.
    pub(super) fn guard_cursor(&mut self, name: &[u8], up: &mut BytesMut) -> Result<(), Stop> {
        if name.is_empty() || !self.standing().enforces() {
            return Ok(());
        }
        if self.queue.changes_names() {
            return Err(self.wait_for_answers(up));
        }
        if self.named.has_cursor(cut(name)) {
            let message = "Execute of a cursor over a protected table that SQL has declared";
            return Err(Stop::Refuse(
                Refusal::new(Fault::CursorRefused, message).with_hint("Use FETCH."),
            ));
        }
        Ok(())
    }

    /// Describe of a portal that Bind has not made: where it is a cursor of SQL, as drivers ask for its columns, what FETCH
    /// would show.
    pub(super) fn cursor_describe(
        &mut self,
        name: &[u8],
        pipes: &mut Pipes<'_>,
    ) -> Result<Option<Describe>, Stop> {
        if name.is_empty() || !self.standing().enforces() {
            return Ok(None);
        }
        if self.queue.changes_names() {
            return Err(self.wait_for_answers(pipes.up));
        }
        let Some(name) = std::str::from_utf8(cut(name))
            .ok()
            .filter(|name| self.named.has_cursor(name.as_bytes()))
        else {
            return Ok(None);
        };
        let fetch = format!("fetch \"{}\"", name.replace('"', "\"\""));
        let planned = self.plan(&fetch, Protocol::Extended, &[], pipes)?;
        self.at_hand = None;
        match planned.refusal(0) {
            Some(refusal) => Err(Stop::Refuse(refusal.clone())),
            None => Ok(Some(Describe {
                planned: Some(planned),
                ..Describe::default()
            })),
        }
    }

    /// What a statement that was carried out does to names.
    pub(super) fn name(&mut self, change: Option<&Change>) {
        if let Some(change) = change {
            self.named.apply(change);
        }
    }
}

impl Work {
    /// What the statement at hand does to names, once it is carried out.
    pub(super) fn change(&self) -> Option<&Change> {
        self.planned.as_ref()?.statement(self.at)?.change.as_deref()
    }
}
