//! The connection to PostgreSQL: the raw one of a session, cancel requests, and the service connection.
//!
//! Absent: what is said on it.

mod address;
mod server;
pub mod service;
mod stream;
mod url;

pub use address::Address;
pub use server::Server;
pub use stream::{Stream, cancel, connect};
