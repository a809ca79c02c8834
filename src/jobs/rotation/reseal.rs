//! The rows of before, sealed anew in small batches: by ranges of the table's blocks, each batch in a transaction of its own
//! under row locks that it does not wait for. A row that somebody else holds is left to the next pass, and there are passes
//! until none finds anything.

use std::time::{Duration, Instant};

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Row, Transaction};

use super::sealed::{Work, gather};
use super::state::{self, Phase, Rotation};
use super::{KeysetOptions, News, Watch, announce, triggers, under_way};
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::rows::{RowId, sent};
use crate::keys::KeyProvider;

/// How fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Rows of a batch.
    pub batch: u32,
    /// Rows a second, at most.
    pub rate: Option<u32>,
}

/// Blocks that are looked through at first, and at most, for the rows of one batch.
const BLOCKS: (i64, i64) = (64, 8_192);
/// A pass that finds rows and gets none of them is repeated so often, after a second each.
const PATIENCE: u32 = 30;
/// A batch that the server breaks off (a deadlock, a lock that is not to be had) is repeated so often.
const RETRIES: u32 = 10;

/// Refuses tables where sealing anew would run something.
pub(super) async fn preflight(
    client: &mut Client,
    provider: &dyn KeyProvider,
    slot: u8,
    reviewed: bool,
) -> Result<(), JobError> {
    let silent = triggers::may_silence(client).await?;
    let tx = client.transaction().await.map_err(at("begin"))?;
    let (works, _) = gather(&tx, provider, slot).await?;
    tx.commit().await.map_err(at("commit"))?;
    let mut obstacles = Vec::new();
    for work in &works {
        if !work.own && work.left(client).await? == 0 {
            continue;
        }
        let tx = client.transaction().await.map_err(at("begin"))?;
        let attnums: Vec<i16> = work.columns.iter().map(|column| column.attnum).collect();
        obstacles.extend(triggers::obstacles(&tx, work.oid, &work.name, &attnums, silent).await?);
        tx.commit().await.map_err(at("commit"))?;
    }
    if obstacles.is_empty() || reviewed {
        Ok(())
    } else {
        Err(JobError::Obstacles(obstacles))
    }
}

/// How many rows of which table are to be sealed anew.
pub(super) async fn needs(
    client: &mut Client,
    provider: &dyn KeyProvider,
    slot: u8,
) -> Result<Vec<String>, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    let (works, _) = gather(&tx, provider, slot).await?;
    tx.commit().await.map_err(at("commit"))?;
    let mut lines = Vec::new();
    for work in works.iter().filter(|work| work.own) {
        let rows: i64 = client
            .query_one(
                "SELECT greatest(reltuples, 0)::int8 FROM pg_class WHERE oid = $1",
                &[&work.oid],
            )
            .await
            .and_then(|row| row.try_get(0))
            .map_err(at("estimating sizes"))?;
        lines.push(format!(
            "{}: about {rows} rows have columns without search, sealed anew in place",
            work.name
        ));
    }
    Ok(lines)
}

/// Seals anew until nothing of an older epoch is found, and `last`: nothing by a second look either, with which the
/// rotation is done. False where somebody paused it.
pub(super) async fn run(
    client: &mut Client,
    provider: &dyn KeyProvider,
    slot: u8,
    options: &KeysetOptions<'_>,
    last: bool,
    watch: &mut Watch<'_>,
) -> Result<bool, JobError> {
    let silent = triggers::may_silence(client).await?;
    let mut rotation = under_way(client, slot).await?;
    let mut job = Job {
        slot,
        silent,
        pace: options.pace,
        begun: Instant::now(),
        done: 0,
    };
    let (mut calm, mut stuck) = (false, 0);
    loop {
        let tx = client.transaction().await.map_err(at("begin"))?;
        let (works, behind) = gather(&tx, provider, slot).await?;
        tx.commit().await.map_err(at("commit"))?;
        if behind {
            // A table was made through a proxy that had not read the new epoch.
            announce::activate(client, provider, slot).await?;
            continue;
        }
        let mut left = 0;
        for work in &works {
            left += work.left(client).await?;
        }
        state::expect(client, slot, left).await?;
        rotation.total = rotation.done + left;
        if left == 0 && !last {
            return Ok(true);
        }
        if left == 0 && calm {
            let tx = client.transaction().await.map_err(at("begin"))?;
            state::enter(&tx, slot, Phase::Sealed).await?;
            tx.commit().await.map_err(at("commit"))?;
            return Ok(true);
        }
        if left == 0 {
            // What a proxy sealed before it read the registry again is found by a second look.
            tokio::time::sleep(options.settle).await;
            calm = true;
            continue;
        }
        calm = false;
        let before = job.done;
        // Where a job was killed the one after it goes on; what it passes over the next pass finds.
        let resumed = rotation.position.take();
        let skipped = |work: &&Work| resumed.is_some_and(|(table, _)| work.oid != table);
        let known = works.iter().any(|work| !skipped(&work));
        for work in works.iter().skip_while(|work| known && skipped(work)) {
            let start = match resumed {
                Some((table, block)) if table == work.oid => block,
                _ => 0,
            };
            if !job.pass(client, work, start, &mut rotation, watch).await? {
                return Ok(false);
            }
        }
        if job.done == before && resumed.is_none() {
            stuck += 1;
            if stuck >= PATIENCE {
                return Err(JobError::Nothing(format!(
                    "{left} rows are locked by other transactions all the time: --resume when these have ended"
                )));
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        } else {
            stuck = 0;
        }
    }
}

struct Job {
    slot: u8,
    silent: bool,
    pace: Pace,
    begun: Instant,
    /// Rows sealed anew by this process.
    done: u64,
}

impl Job {
    /// Goes through a table once; false where somebody paused the rotation.
    async fn pass(
        &mut self,
        client: &mut Client,
        work: &Work,
        start: i64,
        rotation: &mut Rotation,
        watch: &mut Watch<'_>,
    ) -> Result<bool, JobError> {
        let blocks = work.blocks(client).await?;
        let (mut from, mut window) = (start.min(blocks), BLOCKS.0);
        loop {
            let to = from.saturating_add(window);
            // Beyond the end lies what was written meanwhile.
            let end = (to < blocks).then_some(to);
            let (rows, paused) = self.patiently(client, work, from, end).await?;
            self.done += u64::try_from(rows).unwrap_or_default();
            rotation.done += u64::try_from(rows).unwrap_or_default();
            watch(News::Reseal(rotation));
            if paused {
                return Ok(false);
            }
            self.hold_back().await;
            let full = u32::try_from(rows).unwrap_or(u32::MAX) >= self.pace.batch;
            if full {
                window = (window / 2).max(1);
                continue;
            }
            if end.is_none() {
                return Ok(true);
            }
            from = to;
            if rows * 2 < usize::try_from(self.pace.batch).unwrap_or(usize::MAX) {
                window = (window * 2).min(BLOCKS.1);
            }
        }
    }

    /// Not faster than was asked for.
    async fn hold_back(&self) {
        let Some(rate) = self.pace.rate else {
            return;
        };
        #[expect(clippy::cast_precision_loss, reason = "a pace")]
        let due = self.done as f64 / f64::from(rate.max(1));
        let ahead = due - self.begun.elapsed().as_secs_f64();
        if ahead > 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(ahead)).await;
        }
    }

    async fn patiently(
        &self,
        client: &mut Client,
        work: &Work,
        from: i64,
        end: Option<i64>,
    ) -> Result<(usize, bool), JobError> {
        let mut tries = 0;
        loop {
            match self.batch(client, work, from, end).await {
                Err(JobError::Database { source, .. })
                    if tries < RETRIES && source.code().is_some_and(is_passing) =>
                {
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                done => return done,
            }
        }
    }

    /// One batch: how many rows, and whether somebody paused the rotation.
    async fn batch(
        &self,
        client: &mut Client,
        work: &Work,
        from: i64,
        end: Option<i64>,
    ) -> Result<(usize, bool), JobError> {
        let tx = client.transaction().await.map_err(at("begin"))?;
        tx.batch_execute(
            // Rows hidden by a policy must be an error; blocks and row ids must be looked up, not searched for.
            "SET LOCAL row_security = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;
             SET LOCAL enable_mergejoin = off; SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = 0;
             SET LOCAL idle_in_transaction_session_timeout = 0",
        )
        .await
        .map_err(at("settings"))?;
        if self.silent {
            triggers::silence(&tx).await?;
        }
        let limit = i64::from(self.pace.batch);
        let rows = tx
            .query(&work.select(from, end), &[&limit])
            .await
            .map_err(at(format!("reading {}", work.name)))?;
        let sealed = if rows.is_empty() {
            0
        } else {
            write(&tx, work, &rows).await?
        };
        state::advance(&tx, self.slot, work.oid, from, sealed).await?;
        let paused = tx
            .query_one(
                "SELECT paused FROM sealwire.rotations WHERE slot = $1",
                &[&i16::from(self.slot)],
            )
            .await
            .and_then(|row| row.try_get(0))
            .map_err(at("reading the state of the rotation"))?;
        tx.commit().await.map_err(at("commit"))?;
        Ok((sealed, paused))
    }
}

/// What goes away by itself.
fn is_passing(code: &SqlState) -> bool {
    [
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::LOCK_NOT_AVAILABLE,
    ]
    .contains(code)
}

/// A value that does not open is told with its row, so that it can be mended.
fn lying(error: JobError, id: &[u8]) -> JobError {
    match (error, id) {
        (JobError::Value { column, reason }, &[b0, b1, b2, b3, o0, o1]) => {
            let block = u32::from_be_bytes([b0, b1, b2, b3]);
            let offset = u16::from_be_bytes([o0, o1]);
            JobError::Value {
                column,
                reason: format!("{reason} (ctid ({block},{offset}))"),
            }
        }
        (error, _) => error,
    }
}

/// Seals the rows anew, which this transaction has locked, and writes them.
async fn write(tx: &Transaction<'_>, work: &Work, rows: &[Row]) -> Result<usize, JobError> {
    let mut ids = Vec::with_capacity(rows.len());
    let mut columns: Vec<Vec<Option<Vec<u8>>>> = work
        .columns
        .iter()
        .map(|_| Vec::with_capacity(rows.len()))
        .collect();
    for row in rows {
        let id = sent(row, 0)?.unwrap_or_default();
        ids.push(RowId(id.to_vec()));
        for (place, (column, fresh)) in work.columns.iter().zip(&mut columns).enumerate() {
            fresh.push(match sent(row, place + 1)? {
                Some(envelope) => Some(column.anew(envelope).map_err(|error| lying(error, id))?),
                None => None,
            });
        }
    }
    let mut parameters: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> = vec![&ids];
    for column in &columns {
        parameters.push(column);
    }
    let changed = tx
        .execute(&work.update(), &parameters)
        .await
        .map_err(at(format!("writing to {}", work.name)))?;
    if changed == ids.len() as u64 {
        Ok(rows.len())
    } else {
        Err(JobError::Nothing(format!(
            "{}: {changed} of {} rows took their value",
            work.name,
            ids.len()
        )))
    }
}
