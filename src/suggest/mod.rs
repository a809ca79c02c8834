//! Which columns of a database deserve a rule: by their names in several languages, their types, and the shape of
//! sampled values. Pure: the values come from elsewhere, are looked at once, and are not kept.
//!
//! `kind` says what a column may hold, `names`, `numbers` and `patterns` how that shows, `tally` counts over a sample,
//! `judge` decides, `draft` writes rule files.
//!
//! Absent: reading the database (jobs), writing files (cli).

mod draft;
mod judge;
mod kind;
mod names;
mod numbers;
mod patterns;
mod tally;

pub use draft::{draft, skeleton};
pub use judge::{ColumnFacts, Confidence, ForeignKeyPair, Suggestion, share_domains, suggest};
pub use kind::Kind;
pub use tally::Tally;
