//! Work on the database itself: make schema `sealwire`, protect and unprotect tables, check rules
//! against a live server.
//!
//! Absent: the command line, and sessions of clients. A job that changes a table does so in one
//! transaction: a failure leaves it as it was.

mod check;
mod convert;
mod defaults;
mod depend;
mod error;
mod folded_indexes;
mod folding;
mod guard;
mod indexes;
mod init;
mod preflight;
mod protect;
mod registry;
mod remains;
mod rows;
mod ruletests;
mod table;
mod targets;
mod triggers;
mod unprotect;

pub use check::{CheckReport, Finding, Severity, check};
pub use error::JobError;
pub use init::{InitReport, copies, copy_path, init};
pub use preflight::Obstacle;
pub use protect::{Phase, Progress, ProtectOptions, ProtectReport, Report, protect};

pub use ruletests::{TestFailure, run as run_tests};
pub use unprotect::{UnprotectReport, unprotect};
