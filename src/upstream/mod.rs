//! The connection to PostgreSQL: the raw one of a session, and cancel requests.
//!
//! Absent: what is said on it.

mod address;
mod stream;

pub use address::Address;
pub use stream::{Stream, cancel, connect};
