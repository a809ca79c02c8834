//! `sealwire assess`: which statements of an application would be answered, answered with masks, or refused, once the
//! tables of the rules are protected. Plans only: nothing is sent to the server but the reading of its catalog.
//!
//! Where statements come from: `statistics` (pg_stat_statements), `file` (which kind of file it is), `script`,
//! `serverlog`. What a statistics view made of constants is mended in `constants`. The verdict is in `judge`.

mod constants;
mod file;
mod judge;
mod script;
mod serverlog;
mod statistics;

use std::sync::Arc;

use tokio_postgres::Client;

use super::JobError;
use super::error::at;
use crate::ground::stored;
use crate::ground::{Ground, unprotected, verify};
use crate::keys::KeyProvider;
use crate::policy::Policy;

pub use file::{Format, from_file};
pub use judge::{Assessment, Case, Judged, Verdict, judge};
pub use statistics::from_statistics;

/// A statement as it was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// Its text: values may stand in it.
    pub text: String,
    /// How often it was carried out.
    pub calls: u64,
    /// Who carried it out, where that is known.
    pub login: Option<String>,
}

impl std::fmt::Debug for Found {
    // The text may hold values.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Found")
            .field("calls", &self.calls)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// What was found, and what could not be used of it.
#[derive(Debug, Default)]
pub struct Source {
    /// The statements.
    pub statements: Vec<Found>,
    /// In plain words, for the operator.
    pub notes: Vec<String>,
}

/// The ground of the database as the rules and its registry have it. `provider` is asked for only where schema
/// `sealwire` is there.
///
/// # Errors
/// Where catalog, registry or keys cannot be read.
pub async fn ground(
    policy: Arc<Policy>,
    client: &mut Client,
    provider: impl FnOnce() -> Result<Box<dyn KeyProvider>, JobError>,
) -> Result<Ground, JobError> {
    let tx = client
        .build_transaction()
        .read_only(true)
        .start()
        .await
        .map_err(at("begin"))?;
    let snapshot = super::protect::snapshot(&tx).await?;
    let stored = stored::read(&tx)
        .await
        .map_err(at("reading schema sealwire"))?;
    tx.commit().await.map_err(at("commit"))?;
    let verified = match &stored {
        None => unprotected(snapshot)?,
        Some(stored) => verify(&*provider()?, snapshot, Some(stored), None)?,
    };
    Ok(verified.bind(policy, 1))
}
