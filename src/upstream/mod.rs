//! The connection to PostgreSQL: the raw one of a session, cancel requests, and the service connection.
//!
//! Absent: what is said on it.

mod address;
pub mod service;
mod stream;

pub use address::Address;
pub use stream::{Stream, cancel, connect};
