//! The audit stream: one JSON line a statement that touched protected columns or was refused.
//!
//! An [`Event`] cannot hold a value, by type: names, counts, a fingerprint, a fault's id. What it says
//! of the statement's text is the fingerprint alone.
//!
//! **Nothing is dropped.** The queue is bounded; when the writer falls behind by [`QUEUE`] events,
//! `record` waits for it, so a slow disk slows the sessions down instead of losing what they did.
//! An event that cannot be written (a full disk) is counted and logged once.
//!
//! Absent: what is worth an event (session), rotation (whoever rotates files: on SIGHUP the file is
//! opened again).

mod event;
mod writer;

pub use event::{Event, Outcome, Touched};
pub use writer::{Audit, AuditError, QUEUE, Sink};
