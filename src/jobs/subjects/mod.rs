//! Data subjects: which rows are theirs, destroying their key (`sealwire erase`), and giving their data out (`sealwire export`).
//!
//! A subject's rows are those whose `subject` column says so, and from there those of other tables that reference them by foreign
//! keys, however far. The key is destroyed between two records, so that a job that was broken off is seen, and simply run again: what
//! was done stays done.

mod erase;
mod export;
mod reach;
mod record;

pub use erase::{Erased, erase};
pub use export::export;
pub use reach::{Listing, Reached, list};
pub(super) use record::SCHEMA;
