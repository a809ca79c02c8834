//! The beginning of a job: which columns change and how, and what the new tables will be. All of it is tried on empty
//! tables first, up to the swap, and rolled back: what cannot be turned over shows before a row is copied.

use std::collections::HashMap;
use std::sync::Arc;

use tokio_postgres::Transaction;

use super::draft::Draft;
use super::state::{Job, Move, Way};
use super::{columns, describe, shape, swap, track};
use crate::catalog::{Relation, Snapshot, quote_ident};
use crate::ground::stored::StoredColumn;
use crate::jobs::error::at;
use crate::jobs::table::{Table, Target};
use crate::jobs::unprotect::{self, Work};
use crate::jobs::{JobError, Obstacle, preflight};
use crate::seal::SealSpec;

/// Finds out what can be known of the old table beforehand.
pub(super) async fn look(
    tx: &Transaction<'_>,
    way: Way,
    own: &mut Move,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Option<String>, JobError> {
    let changed = own.changed();
    for what in swap::obstacles(tx, own.oid).await? {
        obstacles.push(Obstacle::new(
            own.shown(),
            what,
            format!("remove that first, or {}", way.otherwise()),
        ));
    }
    let key = shape::key(tx, own.oid, &changed).await?;
    if let Some((_, columns)) = &key {
        own.key.clone_from(columns);
    } else {
        obstacles.push(Obstacle::new(
            own.shown(),
            "it has no primary key, or unique key of NOT NULL columns, by which a row could be followed that changes meanwhile and whose columns stay as they are",
            format!("add one, or {}", way.otherwise()),
        ));
    }
    let columns = tx
        .query(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped
               AND attgenerated = '' ORDER BY attnum",
            &[&own.oid],
        )
        .await
        .map_err(at("reading columns"))?;
    own.columns = columns
        .iter()
        .map(|row| row.try_get(0).map_err(at("reading columns")))
        .collect::<Result<_, _>>()?;
    own.before = describe::read(tx, own.oid).await?;
    own.validate = swap::validations(tx, own.oid).await?;
    Ok(key.map(|(name, _)| name))
}

/// Makes what the copy needs: the new table, and what notes changes of the old one.
pub(super) async fn make(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    own: &mut Move,
    draft: &Draft,
    key: &str,
) -> Result<(), JobError> {
    let new = shape::clone(tx, own).await?;
    let numbers = columns::numbers(tx, new).await?;
    match draft {
        Draft::Seal { table, lengths } => {
            let (table, lengths) = on_the_new(own, table, lengths, &numbers, new);
            let mut obstacles = Vec::new();
            let found =
                preflight::judge(tx, snapshot, &table, true, &lengths, &mut obstacles).await?;
            if !obstacles.is_empty() {
                return Err(JobError::Obstacles(obstacles));
            }
            let types: Vec<(String, String)> = own
                .changed()
                .into_iter()
                .map(|column| (column, "sealwire.sealed".to_owned()))
                .collect();
            let indexes = &found.indexes;
            shape::convert(tx, own, &types, &indexes.before, &indexes.after, &[]).await?;
        }
        Draft::Open {
            relation, columns, ..
        } => opened(tx, own, relation, columns, &numbers, new).await?,
        // Types and indexes are those that there are.
        Draft::Turn { .. } => {}
    }
    finish(tx, own, new, key).await
}

/// Turns the new, empty table's sealed columns to what they were declared as.
async fn opened(
    tx: &Transaction<'_>,
    own: &Move,
    relation: &Relation,
    columns: &[(StoredColumn, String, SealSpec)],
    numbers: &HashMap<String, i16>,
    new: u32,
) -> Result<(), JobError> {
    let relation = renumbered(own, relation, numbers, new);
    let mut work = Work {
        relation: &relation,
        turned: Vec::new(),
        columns: Vec::new(),
    };
    let (mut types, mut defaults) = (Vec::new(), Vec::new());
    for (row, name, spec) in columns {
        let attnum = numbers.get(name).copied().unwrap_or_default();
        let plain = match &row.collation {
            Some(collation) => format!("{} COLLATE {collation}", row.declared),
            None => row.declared.clone(),
        };
        types.push((name.clone(), plain));
        defaults.extend(row.default_sql.as_ref().map(|default| {
            format!(
                "ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {default}",
                own.copy(),
                quote_ident(name)
            )
        }));
        work.columns
            .push((row.clone(), attnum, name.clone(), spec.clone()));
    }
    let mut obstacles = Vec::new();
    unprotect::inspect(tx, &mut work, &mut obstacles).await?;
    if !obstacles.is_empty() {
        return Err(JobError::Obstacles(obstacles));
    }
    let turned = work.turned.iter();
    let before: Vec<String> = turned
        .clone()
        .flat_map(|turned| turned.before.clone())
        .collect();
    let after: Vec<String> = turned.flat_map(|turned| turned.after.clone()).collect();
    shape::convert(tx, own, &types, &before, &after, &defaults).await
}

/// Reads what became of the new table, which is then made ready to be filled.
async fn finish(tx: &Transaction<'_>, own: &mut Move, new: u32, key: &str) -> Result<(), JobError> {
    let model = describe::read(tx, new).await?;
    own.expected = describe::expected(&own.before, &model, &own.changed());
    own.indexes = shape::indexes(tx, own, new).await?;
    own.indexes.retain(|index| index.name != key);
    shape::strip(tx, own, new, key).await?;
    track::make(tx, own).await
}

/// The table with the new one's numbers.
fn renumbered(
    own: &Move,
    relation: &Relation,
    numbers: &HashMap<String, i16>,
    new: u32,
) -> Relation {
    let mut relation = relation.clone();
    relation.oid = new;
    relation.schema.clone_from(&own.home);
    for column in &mut relation.columns {
        column.attnum = numbers.get(&column.name).copied().unwrap_or_default();
    }
    relation
}

/// The table as its rules see it, with the new one's numbers.
fn on_the_new(
    own: &Move,
    table: &Table,
    lengths: &HashMap<String, i64>,
    numbers: &HashMap<String, i16>,
    new: u32,
) -> (Table, HashMap<i16, i64>) {
    let number = |column: &str| numbers.get(column).copied().unwrap_or_default();
    let sealed = table.sealed.iter().map(|target| Target {
        attnum: number(&target.name),
        ..target.clone()
    });
    let lengths = lengths.iter();
    let lengths = lengths.map(|(column, length)| (number(column), *length));
    let table = Table {
        relation: Arc::new(renumbered(own, &table.relation, numbers, new)),
        sealed: sealed.collect(),
        masked: Vec::new(),
        awaited: Vec::new(),
        subject: None,
    };
    (table, lengths.collect())
}

/// The rehearsal: on empty tables, up to the end of the swap. The caller rolls it back.
pub(super) async fn rehearse(tx: &Transaction<'_>, moves: &[Move]) -> Result<(), JobError> {
    for own in moves {
        build(tx, own).await?;
    }
    swap::swap(tx, moves).await
}

/// Builds the indexes of a new table in one transaction.
async fn build(tx: &Transaction<'_>, own: &Move) -> Result<(), JobError> {
    for index in &own.indexes {
        crate::jobs::convert::run(tx, "building indexes", &index.make).await?;
    }
    Ok(())
}

/// Names a job by its tables.
pub(super) fn same_tables(job: &Job, way: Way, tables: &[(String, String)]) -> bool {
    let named = |own: &Move| tables.contains(&(own.schema.clone(), own.name.clone()));
    job.way == way && job.moves.len() == tables.len() && job.moves.iter().all(named)
}
