//! The registry after the swap: its rows of the old table go over to the new one, and those of the columns that change are
//! added or go.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use super::state::Move;
use super::{columns, swap};
use crate::catalog::{Entry, Snapshot};
use crate::ground::stored::{Stored, StoredColumn};
use crate::jobs::{JobError, registry};
use crate::keys::Keyring;
use crate::seal::SealSpec;

/// Writes it, in the transaction of the swap. `snapshot` is of before.
pub(super) async fn enter(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    keyring: &Keyring,
    snapshot: &Snapshot,
    moves: &[Move],
) -> Result<(), JobError> {
    // All of the old go first: columns that share a key domain go over together.
    let mut kept = Vec::new();
    for own in moves {
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
        kept.push(old);
    }
    forget_epochs(tx, stored, snapshot, moves).await?;
    for (own, old) in moves.iter().zip(kept) {
        let table = swap::new_oid(tx, own).await?;
        let numbers = columns::numbers(tx, table).await?;
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

/// What the registry says of tables that are gone goes over to the new epoch with their key domain.
async fn forget_epochs(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    snapshot: &Snapshot,
    moves: &[Move],
) -> Result<(), JobError> {
    let changes = moves.iter().flat_map(|own| &own.changes);
    let pairs: Vec<(SealSpec, SealSpec)> = changes
        .filter_map(|change| {
            let spec = |body: &Option<String>| Entry::parse(body.as_ref()?)?.seal;
            spec(&change.from).zip(spec(&change.to))
        })
        .collect();
    let database = stored.database_oid;
    for column in &mut stored.columns {
        if column.place(database, snapshot).is_some() {
            continue;
        }
        let Some(spec) = &mut column.seal else {
            continue;
        };
        let Some((_, to)) = pairs.iter().find(|(from, _)| from == spec) else {
            continue;
        };
        spec.epoch = to.epoch;
        registry::write_epoch(tx, column.id, to.epoch).await?;
    }
    Ok(())
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
        "{}.{}: its key domain or keyset has another epoch since the job began, or another table: undo the job with --undo and begin again (`rotate keyset --resume` does so by itself)",
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
