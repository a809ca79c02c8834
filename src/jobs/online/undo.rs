//! The way out of a job that is not to be gone on with: the new tables, the notes and the triggers are taken away.

use tokio_postgres::Client;

use super::state::{self, Move, Stage, Stored};
use super::{fleet, run, track};
use crate::jobs::convert;
use crate::jobs::error::at;
use crate::jobs::protect::{begin, finish};
use crate::jobs::{JobError, registry};
use crate::keys::KeyProvider;

/// How often the lock on the old table is tried.
const TRIES: u32 = 100;

/// Undoes the job over these tables (by schema and name).
///
/// # Errors
/// Where there is none, or its tables have changed places already.
pub async fn undo(
    client: &mut Client,
    provider: &dyn KeyProvider,
    tables: &[(String, String)],
) -> Result<(), JobError> {
    fleet::alone(client).await?;
    let tables = |own: &Move| tables.contains(&(own.schema.clone(), own.name.clone()));
    let undone = take_away(client, provider, |stored| {
        stored.job.moves.iter().any(tables)
    })
    .await?;
    if undone > 0 {
        return Ok(());
    }
    Err(JobError::Nothing(
        "there is no online job over this table to be undone".to_owned(),
    ))
}

/// Takes away what these jobs have begun: how many there were.
pub(super) async fn take_away(
    client: &mut Client,
    provider: &dyn KeyProvider,
    which: impl Fn(&Stored) -> bool,
) -> Result<u64, JobError> {
    for tried in 0..TRIES {
        let tx = begin(client, run::TRY).await?;
        let outcome = async {
            let (_, keyring) = registry::lock(&tx, provider).await?;
            let mut undone = 0;
            for job in state::all(&tx, &keyring).await?.iter().filter(|job| which(job)) {
                if job.stage == Stage::Swapped {
                    return Err(JobError::Nothing(
                        "the tables have changed places already: run the same command again to finish, and the other way to go back".to_owned(),
                    ));
                }
                for own in &job.job.moves {
                    convert::run(&tx, "undoing the job", &track::undo(own)).await?;
                }
                tx.execute("DELETE FROM sealwire.online WHERE id = $1", &[&job.id])
                    .await
                    .map_err(at("undoing the job"))?;
                undone += 1;
            }
            Ok(undone)
        }
        .await;
        match finish(tx, outcome).await {
            Err(error) if run::is_busy(&error) && tried + 1 < TRIES => {
                tokio::time::sleep(run::TRY).await;
            }
            outcome => return outcome,
        }
    }
    Ok(0)
}
