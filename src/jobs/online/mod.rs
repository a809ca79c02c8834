//! `protect` and `unprotect` under live traffic: a new table is filled beside the old one, changes are followed, and the two
//! change places under one short lock.
//!
//! Absent: the decision what is sealed and how, which is that of the other strategy too. Architecture invariants: until the
//! swap is committed nothing that an application sees has changed; what a value becomes is decided in `turn` alone.

mod begin;
mod copy;
mod describe;
mod drain;
mod enter;
mod fleet;
mod pour;
mod protect;
mod run;
mod shape;
mod state;
mod swap;
mod track;
mod turn;
mod undo;
mod verify;

pub use protect::protect_online;
pub use undo::undo;
