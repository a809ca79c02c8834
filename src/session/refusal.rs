//! In place of a message that is refused goes one that is certain to fail; the server's error is swapped
//! for the refusal (FACTS 15). So pipelines, Sync and the failed transaction stay the server's own business.

use bytes::{Bytes, BytesMut};

use crate::fault::Refusal;
use crate::wire::{self, Parse};

use super::engine::{Engine, Fatal, Pipes};
use super::queue::{Ask, Shown, Work};
use super::settings::{FAILING, RESERVED};

/// What the failing text raises: a function that does not exist.
pub(super) const UNDEFINED_FUNCTION: &[u8] = b"42883";

impl Engine {
    /// Sends the stand-in of a refused message.
    pub(super) fn refuse(
        &mut self,
        tag: u8,
        body: &[u8],
        refusal: Refusal,
        up: &mut BytesMut,
    ) -> Result<(), Fatal> {
        let planned = self.at_hand.take();
        match tag {
            b'Q' => {
                wire::write_query(up, FAILING.as_bytes());
                self.names.drop_unnamed();
                self.batch_open = false;
                let work = Work {
                    planned,
                    ..Work::default()
                };
                self.queue
                    .push(Ask::Query(work), Shown::All, Some(refusal), None);
            }
            b'P' => {
                let name = Bytes::copy_from_slice(Parse::read(body)?.name);
                wire::write_parse(up, &name, FAILING.as_bytes(), &[]);
                let undo = self.names.set_statement(&name, None);
                self.batch_open = true;
                self.queue
                    .push(Ask::Parse(planned), Shown::All, Some(refusal), Some(undo));
            }
            _ => {
                wire::write_parse(up, RESERVED, FAILING.as_bytes(), &[]);
                self.queue
                    .push(Ask::Parse(planned), Shown::All, Some(refusal), None);
                self.batch_open = true;
                if tag == b'F' {
                    wire::put_text(up, b'S', &[]);
                    self.batch_open = false;
                    self.queue.ask(Ask::Sync { fail: false });
                }
            }
        }
        Ok(())
    }

    /// Sends a Parse that fails and leaves every statement of the client alone.
    pub(super) fn fail_unseen(&mut self, up: &mut BytesMut) {
        wire::write_parse(up, RESERVED, FAILING.as_bytes(), &[]);
        self.queue
            .push(Ask::Parse(None), Shown::Nothing, None, None);
    }

    /// Ends a result in the middle: the client gets its error, the rest of it and of its batch is dropped, and an
    /// open transaction will end failed.
    pub(super) fn break_off(&mut self, refusal: &Refusal, pipes: &mut Pipes<'_>) {
        wire::refusal(pipes.down, refusal);
        if let Some(entry) = self.queue.front()
            && let Ask::Query(work) = &mut entry.ask
        {
            work.failed = true;
        }
        if !self.queue.silence() {
            self.skipping = true;
            self.broken = true;
        }
    }
}
