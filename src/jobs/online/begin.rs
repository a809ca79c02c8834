//! The beginning of a job: which columns change and how, and what the new tables will be. All of it is tried on empty
//! tables first, up to the swap, and rolled back: what cannot be turned over shows before a row is copied.

use std::collections::HashMap;
use std::sync::Arc;

use tokio_postgres::Transaction;

use super::describe;
use super::shape;
use super::state::{Change, Job, Move, Way};
use super::{swap, track};
use crate::catalog::{Entry, Relation, Snapshot};
use crate::jobs::defaults::Default as ColumnDefault;
use crate::jobs::error::at;
use crate::jobs::table::{Table, Target};
use crate::jobs::{JobError, Obstacle, preflight};

/// A table to be protected, as the planning left it.
pub(super) struct Draft {
    /// Columns and rules.
    pub(super) table: Table,
    /// Longest envelopes, by column.
    pub(super) lengths: HashMap<String, i64>,
}

/// The moves of a job to protect, their new tables not yet thought of.
pub(super) fn moves<'a>(id: i64, drafts: impl Iterator<Item = &'a Draft>) -> Vec<Move> {
    drafts
        .enumerate()
        .map(|(at, draft)| {
            let name = format!("sealwire online {id}.{at}");
            let relation = &draft.table.relation;
            let sealed = draft.table.sealed.iter();
            Move {
                schema: relation.schema.clone(),
                name: relation.name.clone(),
                oid: relation.oid,
                home: name.clone(),
                log: name,
                key: Vec::new(),
                columns: Vec::new(),
                changes: sealed
                    .map(|target| Change {
                        column: target.name.clone(),
                        from: None,
                        to: Some(entry(relation, target).body()),
                    })
                    .collect(),
                masked: (draft.table.masked.iter())
                    .map(|target| entry(relation, target).body())
                    .collect(),
                gone: Vec::new(),
                before: describe::Description::new(),
                expected: describe::Description::new(),
                indexes: Vec::new(),
                validate: Vec::new(),
            }
        })
        .collect()
}

/// What the registry will hold of a column.
fn entry(relation: &Relation, target: &Target) -> Entry {
    let sealed = target.spec.is_some();
    let (default, default_sql) = match &target.default {
        ColumnDefault::Constant { text, sql } if sealed => (text.clone(), Some(sql.clone())),
        ColumnDefault::Constant { .. }
        | ColumnDefault::None
        | ColumnDefault::Expression
        | ColumnDefault::Generated => (None, None),
    };
    let seal = target.rule.seal.as_ref();
    Entry {
        schema: relation.schema.clone(),
        table: relation.name.clone(),
        column: target.name.clone(),
        declared: target.type_sql.clone(),
        collation: target.collation.clone(),
        seal: target.spec.clone(),
        domain_name: seal.and_then(|seal| seal.domain.clone()),
        default,
        default_sql,
    }
}

/// Finds out what can be known of the old table beforehand.
pub(super) async fn look(
    tx: &Transaction<'_>,
    own: &mut Move,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Option<String>, JobError> {
    let changed = own.changed();
    for what in swap::obstacles(tx, own.oid).await? {
        obstacles.push(Obstacle::new(
            own.shown(),
            what,
            "remove that first, or use --strategy rewrite",
        ));
    }
    let key = shape::key(tx, own.oid, &changed).await?;
    if let Some((_, columns)) = &key {
        own.key.clone_from(columns);
    } else {
        obstacles.push(Obstacle::new(
            own.shown(),
            "it has no primary key, or unique key of NOT NULL columns, by which a row could be followed that changes meanwhile and whose columns stay as they are",
            "add one, or use --strategy rewrite",
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
    let (table, lengths) = on_the_new(tx, own, draft, new).await?;
    let mut obstacles = Vec::new();
    let found = preflight::judge(tx, snapshot, &table, true, &lengths, &mut obstacles).await?;
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
    finish(tx, own, new, key).await
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

/// The table as its rules see it, with the new table's numbers.
async fn on_the_new(
    tx: &Transaction<'_>,
    own: &Move,
    draft: &Draft,
    new: u32,
) -> Result<(Table, HashMap<i16, i64>), JobError> {
    let step = || at("reading the new table's columns");
    let mut numbers: HashMap<String, i16> = HashMap::new();
    let rows = tx
        .query(
            "SELECT attname::text, attnum FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped",
            &[&new],
        )
        .await
        .map_err(step())?;
    for row in rows {
        numbers.insert(
            row.try_get(0).map_err(step())?,
            row.try_get(1).map_err(step())?,
        );
    }
    let number = |column: &str| numbers.get(column).copied().unwrap_or_default();
    let mut relation = draft.table.relation.as_ref().clone();
    relation.oid = new;
    relation.schema.clone_from(&own.home);
    for column in &mut relation.columns {
        column.attnum = number(&column.name);
    }
    let sealed = draft.table.sealed.iter().map(|target| Target {
        attnum: number(&target.name),
        ..target.clone()
    });
    let lengths = draft.lengths.iter();
    let lengths = lengths.map(|(column, length)| (number(column), *length));
    let table = Table {
        relation: Arc::new(relation),
        sealed: sealed.collect(),
        masked: Vec::new(),
        awaited: Vec::new(),
        subject: None,
    };
    Ok((table, lengths.collect()))
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
