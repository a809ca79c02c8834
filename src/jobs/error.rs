//! Why a job ended without having done its work.

use super::Obstacle;
use crate::fault::Refusal;
use crate::keys::KeyError;
use crate::upstream::service;

/// A job that changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The server said no.
    #[error("{step}: {}", service::reason(.source))]
    Database {
        /// What was being done.
        step: String,
        /// What the server said.
        source: tokio_postgres::Error,
    },
    /// Keys.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Connection, registry or keyset.
    #[error("{}", .0.message)]
    Refused(#[from] Refusal),
    /// Something about the table that this job cannot convert: the complete list.
    #[error("{} obstacle(s) to be removed first: {}", .0.len(), list(.0))]
    Obstacles(Vec<Obstacle>),
    /// No verified backup of the keys.
    #[error(
        "there is no verified backup of the keys of this database: run `sealwire keys backup`, or say --i-have-no-backup"
    )]
    NoBackup,
    /// Nothing to do.
    #[error("{0}")]
    Nothing(String),
    /// Somebody has paused the job.
    #[error("it was paused")]
    Paused,
    /// A stored row that does not open to what was read.
    #[error("{column}: a value could not be sealed or did not verify: {reason}")]
    Value {
        /// `schema.table.column`.
        column: String,
        /// Without the value.
        reason: String,
    },
}

fn list(obstacles: &[Obstacle]) -> String {
    let lines: Vec<String> = obstacles.iter().map(Obstacle::to_string).collect();
    lines.join("; ")
}

/// Names the step at which the server failed.
pub(super) fn at(step: impl Into<String>) -> impl FnOnce(tokio_postgres::Error) -> JobError {
    move |source| JobError::Database {
        step: step.into(),
        source,
    }
}
