//! The registry after the swap: its rows of the old table go over to the new one, and those of the columns that change are
//! added or go.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use super::state::Move;
use super::swap;
use crate::catalog::{Entry, Snapshot};
use crate::ground::stored::{Stored, StoredColumn};
use crate::jobs::error::at;
use crate::jobs::{JobError, registry};
use crate::keys::Keyring;

/// Writes it, in the transaction of the swap. `snapshot` is of before.
pub(super) async fn enter(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    keyring: &Keyring,
    snapshot: &Snapshot,
    moves: &[Move],
) -> Result<(), JobError> {
    for own in moves {
        let table = swap::new_oid(tx, own).await?;
        let numbers = numbers(tx, table).await?;
        let old: Vec<StoredColumn> = stored
            .columns
            .iter()
            .filter(|column| {
                let place = column.place(stored.database_oid, snapshot);
                place.is_some_and(|(table, _)| table == own.oid)
            })
            .cloned()
            .collect();
        let ids: Vec<i64> = old.iter().map(|column| column.id).collect();
        registry::remove(tx, stored, &ids).await?;
        for mut column in old {
            if own.gone.contains(&column.id) {
                continue;
            }
            let name = column
                .place(stored.database_oid, snapshot)
                .and_then(|(table, attnum)| {
                    let relation = snapshot.relations.get(&table)?;
                    let live = relation.columns.iter().find(|live| live.attnum == attnum)?;
                    Some(live.name.clone())
                })
                .unwrap_or_else(|| column.column.clone());
            (column.table, column.attnum) = (table, number(own, &numbers, &name)?);
            (column.schema, column.table_name) = (own.schema.clone(), own.name.clone());
            column.column = name;
            registry::add(tx, stored, column).await?;
        }
        let changed = own.changes.iter().filter_map(|change| change.to.as_ref());
        for body in changed.chain(&own.masked) {
            let entry = Entry::parse(body).ok_or_else(|| {
                JobError::Nothing(format!("{}: the job is not readable", own.shown()))
            })?;
            let attnum = number(own, &numbers, &entry.column)?;
            is_current(own, stored, keyring, &entry)?;
            let column = StoredColumn {
                id: 0,
                database_oid: stored.database_oid,
                table,
                attnum,
                schema: entry.schema,
                table_name: entry.table,
                column: entry.column,
                declared: entry.declared,
                collation: entry.collation,
                seal: entry.seal,
                domain_name: entry.domain_name,
                default: entry.default,
                default_sql: entry.default_sql,
            };
            registry::add(tx, stored, column).await?;
        }
    }
    registry::write_seal(tx, stored, keyring).await
}

/// Keys may have been rotated since the job began: what it has sealed under older ones would be the last of its kind.
fn is_current(
    own: &Move,
    stored: &Stored,
    keyring: &Keyring,
    entry: &Entry,
) -> Result<(), JobError> {
    let Some(spec) = &entry.seal else {
        return Ok(());
    };
    let mut specs = stored
        .columns
        .iter()
        .filter_map(|column| column.seal.as_ref());
    let current = match specs.find(|known| known.domain == spec.domain) {
        Some(known) => known == spec,
        None => keyring
            .active(spec.slot)
            .is_some_and(|active| active.epoch == spec.epoch),
    };
    if current {
        return Ok(());
    }
    Err(JobError::Nothing(format!(
        "{}.{}: its keyset has another epoch since the job began: undo the job with --undo and begin again",
        own.shown(),
        entry.column
    )))
}

fn number(own: &Move, numbers: &HashMap<String, i16>, column: &str) -> Result<i16, JobError> {
    numbers.get(column).copied().ok_or_else(|| {
        JobError::Nothing(format!(
            "{}: there is no column {column} any more",
            own.shown()
        ))
    })
}

async fn numbers(tx: &Transaction<'_>, table: u32) -> Result<HashMap<String, i16>, JobError> {
    let step = || at("reading the new table's columns");
    let rows = tx
        .query(
            "SELECT attname::text, attnum FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped",
            &[&table],
        )
        .await
        .map_err(step())?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect::<Result<_, _>>()
        .map_err(step())
}
