//! What can go wrong with a private server.

use std::path::PathBuf;

/// A private server could not be found, fetched, made or started.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No binaries.
    #[error(
        "no PostgreSQL 14 to 18 found (looked at {looked}); install PostgreSQL or set SEALWIRE_PG_BIN to its bin folder"
    )]
    NotFound {
        /// Where it was looked for.
        looked: String,
    },
    /// The folder that was named does not hold what is needed.
    #[error("{dir} does not hold usable PostgreSQL binaries: {why}", dir = dir.display())]
    NotUsable {
        /// The folder.
        dir: PathBuf,
        /// What is missing.
        why: String,
    },
    /// Fetching failed.
    #[error("PostgreSQL could not be fetched: {0}")]
    Fetch(String),
    /// postgres refuses to run as root, and there is nobody to run it as.
    #[error(
        "PostgreSQL refuses to run as root, and /etc/passwd has neither a user postgres nor nobody"
    )]
    NoAccount,
    /// initdb, or the server, failed; what it said last.
    #[error("{program} failed: {said}")]
    Failed {
        /// Which program.
        program: &'static str,
        /// The end of what it printed.
        said: String,
    },
    /// A file or a process.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
}

impl EmbeddedError {
    /// For `map_err`: names what was tried.
    pub(super) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> EmbeddedError {
        let what = what.into();
        move |source| EmbeddedError::Io { what, source }
    }
}
