//! A private PostgreSQL: found on this machine (or fetched), started on a free port in a directory of
//! its own, stopped with whoever started it. For `demo` and for the tests.
//!
//! Absent: anything of Sealwire's. This room starts a server and says where it is.

mod account;
mod error;
mod fetch;
mod find;
mod server;

pub use error::EmbeddedError;
pub use fetch::fetch;
pub use find::{Binaries, MAJORS, find};
pub use server::{Login, Options, Server};

/// The binaries of this machine, or fetched ones where there are none.
pub async fn find_or_fetch() -> Result<Binaries, EmbeddedError> {
    match find() {
        Err(EmbeddedError::NotFound { .. }) => fetch().await,
        found => found,
    }
}
