//! The proxies that serve the database while a job runs.

use tokio_postgres::Client;

use crate::jobs::JobError;
use crate::jobs::error::at;

/// Refuses to begin, or to go on, where proxies are connected: they would send plaintext statements to the new table for as
/// long as they have not read the registry again.
pub(super) async fn none(client: &Client) -> Result<(), JobError> {
    let others: i64 = client
        .query_one(
            "SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'sealwire service' AND pid <> pg_backend_pid()",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking for proxies"))?;
    if others == 0 {
        return Ok(());
    }
    Err(JobError::Nothing(format!(
        "{others} proxies (or jobs) are connected to this database: --strategy online does not yet change places under them; stop them for the time, or use --strategy rewrite"
    )))
}

/// One job at a time in a database: the lock is the connection's, and goes with it.
pub(super) async fn alone(client: &Client) -> Result<(), JobError> {
    for _ in 0..60 {
        let mine: bool = client
            .query_one(
                "SELECT pg_try_advisory_lock(hashtextextended('sealwire online', 0))",
                &[],
            )
            .await
            .and_then(|row| row.try_get(0))
            .map_err(at("looking for other jobs"))?;
        if mine {
            return Ok(());
        }
        // The server may not have noticed yet that the job before is gone.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    Err(JobError::Nothing(
        "another online job is running in this database".to_owned(),
    ))
}
