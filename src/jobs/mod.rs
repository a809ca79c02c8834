//! Work on the database itself: make schema `sealwire`, protect and unprotect tables, check rules
//! against a live server.
//!
//! Absent: the command line, and sessions of clients. A job that changes a table does so in one
//! transaction: a failure leaves it as it was.

mod assess;
mod check;
mod convert;
mod defaults;
mod depend;
mod error;
mod facade;
mod folded_indexes;
mod folding;
mod guard;
mod indexes;
mod init;
mod journal;
mod keysets;
mod offline;
mod online;
mod preflight;
mod protect;
mod registry;
mod remains;
mod rotate;
pub mod rotation;
mod rows;
mod ruletests;
mod sample;
mod subjects;
mod table;
mod targets;
mod token_indexes;
mod triggers;
mod unprotect;

pub use assess::{
    Assessment, Case, Format, Found, Judged, Source, Verdict, from_file, from_statistics,
    ground as assess_ground, judge,
};
pub use check::{CheckReport, Finding, Severity, check};
pub use error::JobError;
pub use init::{InitReport, copies, copy_path, init};
pub use keysets::{KeysetUse, add_keyset, keysets_in_use};
pub use offline::{OpenedDump, Told, dumped_subjects, no_subjects, open_dump};
pub use online::{
    Pace, Rekeyed, protect_online, protect_rehearsed, undo, unprotect_online, unprotect_rehearsed,
    wants_online,
};
pub use preflight::Obstacle;
pub use protect::{Phase, Progress, ProtectOptions, ProtectReport, Report, protect};

pub use rotate::{RotateReport, rotate_kek};
pub use ruletests::{TestFailure, run as run_tests};
pub use sample::{Known, Suggestions, suggestions, tables};
pub use subjects::{
    Erased, Listing, Reached, erase as erase_subject, export as export_subject,
    list as list_subject,
};
pub use unprotect::{UnprotectReport, unprotect};
