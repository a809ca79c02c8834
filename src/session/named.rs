//! Cursors and prepared statements of SQL, as the session keeps them: entered and dropped when the server has said that
//! it was done, asked for only when nothing is on its way that may change them.

use bytes::BytesMut;

use crate::fault::{Fault, Refusal};
use crate::plan::{Change, Named};

use super::engine::{Engine, Stop};
use super::queue::Work;

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

    /// A statement of the protocol that is SQL's: Bind would send its parameters as they are.
    pub(super) fn guard_prepared(&mut self, name: &[u8], up: &mut BytesMut) -> Result<(), Stop> {
        if name.is_empty() || !self.standing().enforces() {
            return Ok(());
        }
        if self.queue.changes_names() {
            return Err(self.wait_for_answers(up));
        }
        if self.named.has_prepared(name) {
            let message = "a statement over a protected table that SQL's PREPARE has made, used by the protocol";
            return Err(Stop::Refuse(
                Refusal::new(Fault::CursorRefused, message)
                    .with_hint("Use EXECUTE, or prepare it by Parse of the protocol."),
            ));
        }
        Ok(())
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
