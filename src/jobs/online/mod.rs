//! `protect` and `unprotect` under live traffic: a new table is filled beside the old one, changes are followed, and the two
//! change places under one short lock.
//!
//! Absent: the decision what is sealed and how, which is that of the other strategy too. Architecture invariants: until the
//! swap is committed nothing that an application sees has changed; what a value becomes is decided in `turn` alone.

mod begin;
mod columns;
mod constants;
mod copy;
mod describe;
mod draft;
mod drain;
mod enter;
mod fleet;
mod job;
mod needs;
mod places;
mod plan;
mod pour;
mod rekey;
mod run;
mod shape;
mod state;
mod swap;
mod throttle;
mod track;
mod turn;
mod undo;
mod verify;
mod wishes;

/// What proxies register in, and where jobs are written down.
pub(super) const SCHEMA: &[&str] = &[fleet::SCHEMA, state::SCHEMA];

pub use job::{protect_online, protect_rehearsed, unprotect_online, unprotect_rehearsed};
pub use needs::wants_online;
pub use rekey::Rekeyed;
pub(super) use rekey::{is_under_way, rekey, rekey_rehearsed, undo_rekey};
pub use throttle::Pace;
pub use undo::undo;
