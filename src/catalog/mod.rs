//! What the proxy knows of a database: relations, columns, types, views, routines, constraints, and
//! the registry of protected columns. Plain data with look-ups; a snapshot never changes, a new one
//! has another epoch.
//!
//! Absent: fetching it (ground does), rules (policy).

mod declared;
mod entry;
mod facade;
mod homonyms;
mod judge;
mod names;
mod registry;
mod signature;
mod snapshot;

pub use entry::Entry;
pub use facade::{FACADE, FACADE_FUNCTIONS, Facade, FacadeView, SYSTEM_COLUMNS};
pub use homonyms::{Homonym, Homonyms, Stands, before_catalog};
pub use judge::{Events, Judge, JudgeKind};
pub use names::{quote_ident, quote_literal, split_qualified};
pub use registry::{Registered, Registry};
pub use signature::{Argument, Mode, Signature, type_name};
pub use snapshot::{
    ByteOrder, CASE_MARK, Case, Column, ForeignKey, Ordered, Relation, RelationKind, Serial,
    Snapshot, TypeInfo,
};
