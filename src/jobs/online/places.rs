//! The change of places: announced to the proxies, and tried again where a lock is not to be had or a proxy does not hold.

use std::time::Instant;

use tokio_postgres::{Client, Transaction};

use super::drain::{self, Reach};
use super::run::{Done, FEW, Means, TRY, catch_up, check, is_busy};
use super::state::{Stage, Stored};
use super::turn::Turn;
use super::{enter, fleet, swap};
use crate::jobs::error::at;
use crate::jobs::protect::{Phase, Progress, Report, begin as transaction, snapshot};
use crate::jobs::{JobError, registry};

/// How often the swap is tried.
const TRIES: u32 = 100;
/// How often while the proxies hold.
const HELD_TRIES: u32 = 3;

/// Tries until it is done.
pub(super) async fn change(
    client: &mut Client,
    means: &Means<'_>,
    stored: &Stored,
    turns: &[Vec<Turn>],
    done: &mut Done,
    report: &mut Report<'_>,
) -> Result<(), JobError> {
    for tried in 0..TRIES {
        for (own, turns) in stored.job.moves.iter().zip(turns) {
            done.drained += catch_up(client, own, turns, FEW).await?;
            report(Progress {
                table: &own.shown(),
                phase: Phase::Swapping,
                done: 0,
                total: 1,
            });
        }
        let mut announced = fleet::announce(client).await?;
        let outcome = held(client, means, stored, turns, &mut announced, done).await;
        done.held = done.held.max(announced.held());
        if !matches!(outcome, Ok(true)) {
            fleet::withdraw(client).await?;
        }
        match outcome {
            Ok(true) => return Ok(()),
            // Statements go on for a while before they are held again.
            Ok(false) => tokio::time::sleep(TRY * (2 + tried.min(8))).await,
            Err(error) => return Err(error),
        }
    }
    Err(JobError::Nothing(format!(
        "{TRIES} times a lock was not to be had, or a proxy has not let its statements end: look for long transactions, and run the command again"
    )))
}

/// Tries the swap while the proxies hold. False: not now.
async fn held(
    client: &mut Client,
    means: &Means<'_>,
    stored: &Stored,
    turns: &[Vec<Turn>],
    announced: &mut fleet::Announced,
    done: &mut Done,
) -> Result<bool, JobError> {
    if !fleet::all_hold(client, announced).await? {
        return Ok(false);
    }
    for _ in 0..HELD_TRIES {
        match attempt(client, means, stored, turns, announced, done).await {
            Err(error) if is_busy(&error) => {}
            outcome => return outcome,
        }
    }
    Ok(false)
}

async fn attempt(
    client: &mut Client,
    means: &Means<'_>,
    stored: &Stored,
    turns: &[Vec<Turn>],
    announced: &fleet::Announced,
    done: &mut Done,
) -> Result<bool, JobError> {
    let moves = &stored.job.moves;
    let tx = transaction(client, TRY).await?;
    let began = Instant::now();
    let outcome = async {
        finished_definitions(&tx).await?;
        let (mut registered, keyring) = registry::lock(&tx, means.provider).await?;
        let snapshot = snapshot(&tx).await?;
        if !fleet::seize(&tx, announced).await? {
            return Ok(None);
        }
        let began = Instant::now();
        swap::lock(&tx, moves).await?;
        for (own, turns) in moves.iter().zip(turns) {
            check(&tx, own).await?;
            done.drained += drain::within(&tx, own, turns, &Reach::All, None)
                .await?
                .notes;
        }
        swap::swap(&tx, moves).await?;
        enter::enter(&tx, &mut registered, &keyring, &snapshot, moves).await?;
        tx.execute(
            "UPDATE sealwire.online SET phase = $2 WHERE id = $1",
            &[&stored.id, &Stage::Swapped.word()],
        )
        .await
        .map_err(at("noting the swap"))?;
        Ok(Some(began))
    }
    .await;
    match outcome {
        Ok(None) => {
            let _ = tx.rollback().await;
            Ok(false)
        }
        Ok(Some(locked)) => {
            tx.commit().await.map_err(at("commit"))?;
            done.locked = done.locked.max(locked.elapsed());
            Ok(true)
        }
        Err(error) => {
            // Where this fails the connection is gone, and the server rolls back by itself.
            let _ = tx.rollback().await;
            done.locked = done.locked.max(began.elapsed());
            Err(error)
        }
    }
}

/// No definition of a protected column is under way: one that was begun by a proxy which is gone by now, and is committed
/// afterwards, would enter a column as the registry was before.
async fn finished_definitions(tx: &Transaction<'_>) -> Result<(), JobError> {
    let step = || at("waiting for definitions under way");
    let there: bool = tx
        .query_one("SELECT to_regclass('sealwire.journal') IS NOT NULL", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    if there {
        tx.batch_execute("LOCK TABLE sealwire.journal IN SHARE ROW EXCLUSIVE MODE")
            .await
            .map_err(step())?;
    }
    Ok(())
}
