//! A job from where it stands to its end: copy, catch up, build, compare, swap, validate. Each step leaves the database so
//! that the next run can go on from there.

use std::time::{Duration, Instant};

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use super::drain::{self, Reach};
use super::pour::Place;
use super::state::{self, Move, Stage, Stored};
use super::throttle::{Pace, Throttle};
use super::turn::{self, Turn};
use super::{copy, places, swap, track, verify};
use crate::catalog::Snapshot;
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::protect::{Phase, Progress, Report, begin};
use crate::keys::{KeyProvider, Keyring};

/// Notes a transaction takes away while there are more.
const NOTES: i64 = 10_000;
/// The swap is tried when no more than so many notes are left.
pub(super) const FEW: u64 = 500;
/// How long one try waits for a lock: below the server's `deadlock_timeout`, so that it is the job that gives way.
pub(super) const TRY: Duration = Duration::from_millis(500);

/// What a job needs of the world.
pub(super) struct Means<'a> {
    pub(super) provider: &'a dyn KeyProvider,
    pub(super) keyring: &'a Keyring,
    pub(super) snapshot: &'a Snapshot,
    pub(super) pace: &'a Pace,
}

/// What a job did.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Rows of each table.
    pub(super) rows: Vec<u64>,
    /// Notes of changes that were drained.
    pub(super) drained: u64,
    /// The longest that a table was locked.
    pub(super) locked: Duration,
    /// The longest that proxies held statements.
    pub(super) held: Duration,
}

impl Done {
    /// In words.
    pub(super) fn said(&self) -> String {
        format!(
            "{} changes were made meanwhile and followed; the longest lock was held for {:.3} s, statements through proxies for at most {:.3} s",
            self.drained,
            self.locked.as_secs_f64(),
            self.held.as_secs_f64()
        )
    }
}

/// Goes on with a job to its end.
pub(super) async fn run(
    client: &mut Client,
    means: &Means<'_>,
    stored: &mut Stored,
    report: &mut Report<'_>,
) -> Result<Done, JobError> {
    let mut done = Done::default();
    if stored.stage < Stage::Swapped {
        let mut turns = Vec::new();
        for own in &stored.job.moves {
            turns.push(turn::of(own, means.snapshot, means.keyring)?);
        }
        settle(client, stored).await?;
        if stored.stage < Stage::Filled {
            for (own, turns) in stored.job.moves.iter().zip(&turns) {
                done.drained += fill(client, own, turns, means.pace, report).await?;
            }
            reach(client, stored, Stage::Filled).await?;
        }
        if stored.stage < Stage::Indexed {
            for (own, turns) in stored.job.moves.iter().zip(&turns) {
                done.drained += catch_up(client, own, turns, FEW).await?;
                index(client, own, report).await?;
            }
            reach(client, stored, Stage::Indexed).await?;
        }
        for (own, turns) in stored.job.moves.iter().zip(&turns) {
            done.drained += catch_up(client, own, turns, FEW).await?;
            // Statistics and the visibility map are there from the first statement on.
            client
                .batch_execute(&format!("VACUUM (ANALYZE) {}", own.copy()))
                .await
                .map_err(at("analysing the new table"))?;
            done.rows
                .push(compare(client, own, turns, means.pace, report).await?);
        }
        reach(client, stored, Stage::Verified).await?;
        places::change(client, means, stored, &turns, &mut done, report).await?;
        stored.stage = Stage::Swapped;
    }
    for own in &stored.job.moves {
        for statement in &own.validate {
            client.batch_execute(statement).await.map_err(at(
                "validating foreign keys (the tables have changed places)",
            ))?;
        }
        client
            .batch_execute(&format!("ANALYZE {}", own.place()))
            .await
            .map_err(at("analysing the table (the tables have changed places)"))?;
    }
    client
        .execute("DELETE FROM sealwire.online WHERE id = $1", &[&stored.id])
        .await
        .map_err(at("closing the job (the tables have changed places)"))?;
    Ok(done)
}

async fn reach(client: &Client, stored: &mut Stored, stage: Stage) -> Result<(), JobError> {
    state::reach(client, stored.id, stage).await?;
    stored.stage = stage;
    Ok(())
}

/// Whether what was begun is there as it was left: nobody has altered the tables, no trigger was switched off.
async fn settle(client: &mut Client, stored: &Stored) -> Result<(), JobError> {
    let tx = begin(client, TRY).await?;
    for own in &stored.job.moves {
        check(&tx, own).await?;
    }
    tx.commit().await.map_err(at("commit"))
}

pub(super) async fn check(
    tx: &tokio_postgres::Transaction<'_>,
    own: &Move,
) -> Result<(), JobError> {
    swap::is_unchanged(tx, own).await?;
    if track::is_whole(tx, own).await? {
        return Ok(());
    }
    Err(JobError::Nothing(format!(
        "{}: the trigger that notes changes was switched off meanwhile, so that changes may be missing: undo the job with --undo and begin again",
        own.shown()
    )))
}

/// Copies what is not copied yet.
async fn fill(
    client: &mut Client,
    own: &Move,
    turns: &[Turn],
    pace: &Pace,
    report: &mut Report<'_>,
) -> Result<u64, JobError> {
    let mut throttle = Throttle::new(*pace);
    let total = count(client, &own.place()).await?;
    let mut copied = count(client, &own.copy()).await?;
    let mut place: Place = copy::last(client, own, &own.copy()).await?;
    let mut drained = 0;
    let name = own.shown();
    loop {
        let began = Instant::now();
        let size = throttle.size();
        let (rows, now) = copy::stretch(client, own, turns, &place, size).await?;
        throttle.after(client, rows, began.elapsed()).await?;
        place = now;
        copied += rows;
        report(Progress {
            table: &name,
            phase: Phase::Copying,
            done: copied,
            total: total.max(copied),
        });
        // What comes behind that end is noted, and from now on no note is left to the copy.
        if i64::try_from(rows).is_ok_and(|rows| rows < size) {
            return Ok(drained);
        }
        let caught =
            drain::drain(client, own, turns, &Reach::To(place.clone()), Some(NOTES)).await?;
        drained += caught.notes;
        if caught.emptied {
            (place, copied) = (None, 0);
        }
    }
}

/// Drains until few notes are left.
pub(super) async fn catch_up(
    client: &mut Client,
    own: &Move,
    turns: &[Turn],
    few: u64,
) -> Result<u64, JobError> {
    let mut drained = 0;
    loop {
        // Unique keys of the new table hold when it is as the old one was at one moment: all notes at once.
        let caught = drain::drain(client, own, turns, &Reach::All, None).await?;
        drained += caught.notes;
        if caught.notes <= few {
            return Ok(drained);
        }
    }
}

async fn index(client: &mut Client, own: &Move, report: &mut Report<'_>) -> Result<(), JobError> {
    let name = own.shown();
    let total = own.indexes.len() as u64;
    for (at, plan) in own.indexes.iter().enumerate() {
        report(Progress {
            table: &name,
            phase: Phase::Indexing,
            done: at as u64,
            total,
        });
        let tx = begin(client, TRY).await?;
        let there: bool = tx
            .query_one(
                "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = $1 AND c.relname = $2)",
                &[&own.home, &plan.name],
            )
            .await
            .and_then(|row| row.try_get(0))
            .map_err(crate::jobs::error::at("looking for an index"))?;
        if !there {
            crate::jobs::convert::run(&tx, &format!("building index {}", plan.name), &plan.make)
                .await?;
        }
        tx.commit()
            .await
            .map_err(crate::jobs::error::at("commit"))?;
    }
    Ok(())
}

/// Compares every row.
async fn compare(
    client: &mut Client,
    own: &Move,
    turns: &[Turn],
    pace: &Pace,
    report: &mut Report<'_>,
) -> Result<u64, JobError> {
    let mut throttle = Throttle::new(*pace);
    let total = count(client, &own.place()).await?;
    let name = own.shown();
    // Rows behind it come by the drain, which opens what it seals: a table that grows all the time has an end here.
    let end = copy::last(client, own, &own.place()).await?;
    let mut place: Place = None;
    let mut same = 0;
    loop {
        let began = Instant::now();
        let size = throttle.size();
        let (rows, next) = verify::stretch(client, own, turns, (&place, &end), size).await?;
        throttle.after(client, rows, began.elapsed()).await?;
        same += rows;
        report(Progress {
            table: &name,
            phase: Phase::Verifying,
            done: same,
            total: total.max(same),
        });
        match next {
            Some(next) => place = next,
            None => return Ok(same),
        }
        drain::drain(client, own, turns, &Reach::All, None).await?;
    }
}

async fn count(client: &Client, table: &str) -> Result<u64, JobError> {
    let count: i64 = client
        .query_one(&format!("SELECT count(*) FROM ONLY {table}"), &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("counting rows"))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Whether a lock was not to be had in time.
pub(super) fn is_busy(error: &JobError) -> bool {
    matches!(error, JobError::Database { source, .. } if matches!(
        source.code(),
        Some(&SqlState::LOCK_NOT_AVAILABLE | &SqlState::T_R_DEADLOCK_DETECTED)
    ))
}
