//! What is known of a rotation: a row of `sealwire.rotations`. Nothing of it is secret, and nothing rests on it but where a
//! job goes on: which epoch is sealed in says the registry, which epochs there are the keysets.

use std::time::Duration;

use tokio_postgres::{Client, Row, Transaction};

use crate::jobs::JobError;
use crate::jobs::error::at;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS sealwire.rotations (
    slot int2 PRIMARY KEY, epoch int4 NOT NULL, phase text NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    announced_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    changed_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    table_oid oid, block int8, done int8 NOT NULL DEFAULT 0, total int8 NOT NULL DEFAULT 0);
REVOKE ALL ON sealwire.rotations FROM PUBLIC";

const ROWS: &str = "SELECT slot, epoch, phase, paused, done, total, table_oid, block,
    to_char(announced_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM sealwire.rotations";

/// How far a rotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The new epoch can be read by every proxy; nothing is sealed under it.
    Announced,
    /// Columns without search are sealed under it; their rows of before follow.
    Sealing,
    /// No row of before is left that was found.
    Sealed,
    /// The old epochs are nowhere, and their keys are gone.
    Retired,
}

impl Phase {
    /// As it is stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Announced => "announced",
            Phase::Sealing => "sealing",
            Phase::Sealed => "sealed",
            Phase::Retired => "retired",
        }
    }

    fn by_name(name: &str) -> Option<Self> {
        [
            Phase::Announced,
            Phase::Sealing,
            Phase::Sealed,
            Phase::Retired,
        ]
        .into_iter()
        .find(|phase| phase.name() == name)
    }

    /// Whether there is work left that `--resume` does.
    pub const fn is_under_way(self) -> bool {
        match self {
            Phase::Announced | Phase::Sealing => true,
            Phase::Sealed | Phase::Retired => false,
        }
    }
}

/// A rotation as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The keyset's slot.
    pub slot: u8,
    /// The new epoch.
    pub epoch: u16,
    /// How far it is.
    pub phase: Phase,
    /// Somebody paused it.
    pub paused: bool,
    /// Rows sealed anew.
    pub done: u64,
    /// Rows of an older epoch that were found when it began.
    pub total: u64,
    /// The table that is worked at, and up to which of its blocks.
    pub position: Option<(u32, i64)>,
    /// When the epoch was announced, in UTC.
    pub announced_at: String,
}

fn rotation(row: &Row) -> Result<Rotation, JobError> {
    let step = || at("reading the state of the rotation");
    let phase: &str = row.try_get(2).map_err(step())?;
    let slot: i16 = row.try_get(0).map_err(step())?;
    let epoch: i32 = row.try_get(1).map_err(step())?;
    let number = |at: usize| -> Result<u64, JobError> {
        let number: i64 = row.try_get(at).map_err(step())?;
        Ok(u64::try_from(number).unwrap_or_default())
    };
    let table: Option<u32> = row.try_get(6).map_err(step())?;
    let block: Option<i64> = row.try_get(7).map_err(step())?;
    let odd = || JobError::Nothing("sealwire.rotations holds what no job has written".to_owned());
    Ok(Rotation {
        slot: u8::try_from(slot).map_err(|_| odd())?,
        epoch: u16::try_from(epoch).map_err(|_| odd())?,
        phase: Phase::by_name(phase).ok_or_else(odd)?,
        paused: row.try_get(3).map_err(step())?,
        done: number(4)?,
        total: number(5)?,
        position: table.zip(block),
        announced_at: row.try_get(8).map_err(step())?,
    })
}

async fn there(client: &Client) -> Result<bool, JobError> {
    client
        .query_one(
            "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = 'sealwire' AND c.relname = 'rotations')",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking for rotations"))
}

pub(super) async fn read(client: &Client, slot: u8) -> Result<Option<Rotation>, JobError> {
    let all = all(client).await?;
    Ok(all.into_iter().find(|rotation| rotation.slot == slot))
}

pub(super) async fn all(client: &Client) -> Result<Vec<Rotation>, JobError> {
    if !there(client).await? {
        return Ok(Vec::new());
    }
    let rows = client
        .query(&format!("{ROWS} ORDER BY slot"), &[])
        .await
        .map_err(at("reading the state of the rotation"))?;
    rows.iter().map(rotation).collect()
}

/// A new epoch is announced.
pub(super) async fn announced(tx: &Transaction<'_>, slot: u8, epoch: u16) -> Result<(), JobError> {
    let step = || at("noting the rotation");
    tx.batch_execute(SCHEMA).await.map_err(step())?;
    tx.execute(
        "INSERT INTO sealwire.rotations (slot, epoch, phase) VALUES ($1, $2, $3)
         ON CONFLICT (slot) DO UPDATE SET epoch = excluded.epoch, phase = excluded.phase, paused = false,
            announced_at = now(), changed_at = now(), table_oid = NULL, block = NULL, done = 0, total = 0",
        &[
            &i16::from(slot),
            &i32::from(epoch),
            &Phase::Announced.name(),
        ],
    )
    .await
    .map_err(step())?;
    Ok(())
}

/// Another phase has begun.
pub(super) async fn enter(tx: &Transaction<'_>, slot: u8, phase: Phase) -> Result<(), JobError> {
    tx.execute(
        "UPDATE sealwire.rotations SET phase = $2, table_oid = NULL, block = NULL, changed_at = now() WHERE slot = $1",
        &[&i16::from(slot), &phase.name()],
    )
    .await
    .map_err(at("noting the rotation"))?;
    Ok(())
}

pub(super) async fn pause(client: &Client, slot: u8, paused: bool) -> Result<(), JobError> {
    client
        .execute(
            "UPDATE sealwire.rotations SET paused = $2 WHERE slot = $1",
            &[&i16::from(slot), &paused],
        )
        .await
        .map_err(at("pausing the rotation"))?;
    Ok(())
}

/// How many rows are to be sealed anew.
pub(super) async fn expect(client: &Client, slot: u8, total: u64) -> Result<(), JobError> {
    client
        .execute(
            "UPDATE sealwire.rotations SET total = done + $2 WHERE slot = $1",
            &[&i16::from(slot), &i64::try_from(total).unwrap_or(i64::MAX)],
        )
        .await
        .map_err(at("noting the rotation"))?;
    Ok(())
}

/// A batch is done, in its own transaction.
pub(super) async fn advance(
    tx: &Transaction<'_>,
    slot: u8,
    table: u32,
    block: i64,
    rows: usize,
) -> Result<(), JobError> {
    tx.execute(
        "UPDATE sealwire.rotations SET table_oid = $2, block = $3, done = done + $4, changed_at = now() WHERE slot = $1",
        &[
            &i16::from(slot),
            &table,
            &block,
            &i64::try_from(rows).unwrap_or_default(),
        ],
    )
    .await
    .map_err(at("noting how far the rotation is"))?;
    Ok(())
}

/// Waits until every proxy has had so long to read what was announced.
pub(super) async fn settled(client: &Client, slot: u8, settle: Duration) -> Result<(), JobError> {
    let waited: f64 = client
        .query_one(
            "SELECT extract(epoch FROM clock_timestamp() - announced_at)::float8 FROM sealwire.rotations WHERE slot = $1",
            &[&i16::from(slot)],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading the state of the rotation"))?;
    let left = settle.as_secs_f64() - waited.max(0.0);
    if left > 0.0 {
        tokio::time::sleep(Duration::from_secs_f64(left)).await;
    }
    Ok(())
}
