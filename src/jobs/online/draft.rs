//! What a job is to do to each table, as the planning left it, and the moves that this comes to.

use std::collections::HashMap;
use std::sync::Arc;

use super::describe;
use super::state::{Change, Move};
use crate::catalog::{Entry, Relation};
use crate::ground::stored::StoredColumn;
use crate::jobs::defaults::Default as ColumnDefault;
use crate::jobs::table::{Table, Target};
use crate::seal::SealSpec;

/// A table as the planning left it.
pub(super) enum Draft {
    /// To be protected.
    Seal {
        /// Columns and rules.
        table: Table,
        /// Longest envelopes, by column.
        lengths: HashMap<String, i64>,
    },
    /// To be unprotected.
    Open {
        /// The table.
        relation: Arc<Relation>,
        /// Sealed columns by name.
        columns: Vec<(StoredColumn, String, SealSpec)>,
        /// Ids of the registry's rows that go.
        gone: Vec<i64>,
    },
    /// To be sealed in another epoch.
    Turn {
        /// The table.
        relation: Arc<Relation>,
        /// Searched columns by name.
        columns: Vec<(StoredColumn, String)>,
        /// The epoch.
        epoch: u16,
        /// Ids of the registry's rows that go.
        gone: Vec<i64>,
    },
}

impl Draft {
    fn relation(&self) -> &Relation {
        match self {
            Draft::Seal { table, .. } => &table.relation,
            Draft::Open { relation, .. } | Draft::Turn { relation, .. } => relation,
        }
    }

    fn changes(&self) -> Vec<Change> {
        match self {
            Draft::Seal { table, .. } => {
                let sealed = table.sealed.iter();
                sealed
                    .map(|target| Change {
                        column: target.name.clone(),
                        from: None,
                        to: Some(entry(&table.relation, target).body()),
                    })
                    .collect()
            }
            Draft::Open { columns, .. } => {
                let columns = columns.iter();
                columns
                    .map(|(row, name, _)| Change {
                        column: name.clone(),
                        from: Some(stored_entry(row).body()),
                        to: None,
                    })
                    .collect()
            }
            Draft::Turn {
                relation,
                columns,
                epoch,
                ..
            } => {
                let columns = columns.iter();
                columns
                    .map(|(row, name)| Change {
                        column: name.clone(),
                        from: Some(stored_entry(row).body()),
                        to: Some(in_epoch(relation, row, name, *epoch).body()),
                    })
                    .collect()
            }
        }
    }
}

fn stored_entry(row: &StoredColumn) -> Entry {
    Entry {
        schema: row.schema.clone(),
        table: row.table_name.clone(),
        column: row.column.clone(),
        declared: row.declared.clone(),
        collation: row.collation.clone(),
        seal: row.seal.clone(),
        domain_name: row.domain_name.clone(),
        default: row.default.clone(),
        default_sql: row.default_sql.clone(),
    }
}

/// What the registry will hold of a column that is sealed in another epoch.
fn in_epoch(relation: &Relation, row: &StoredColumn, name: &str, epoch: u16) -> Entry {
    let mut entry = stored_entry(row);
    (entry.schema, entry.table) = (relation.schema.clone(), relation.name.clone());
    name.clone_into(&mut entry.column);
    if let Some(spec) = &mut entry.seal {
        spec.epoch = epoch;
    }
    entry
}

/// The moves of a job, their new tables not yet thought of.
pub(super) fn moves<'a>(id: i64, drafts: impl Iterator<Item = &'a Draft>) -> Vec<Move> {
    drafts
        .enumerate()
        .map(|(at, draft)| {
            let name = format!("sealwire online {id}.{at}");
            let relation = draft.relation();
            let (masked, gone) = match draft {
                Draft::Seal { table, .. } => {
                    let masked = table.masked.iter();
                    let entries = masked.map(|target| entry(&table.relation, target).body());
                    (entries.collect(), Vec::new())
                }
                Draft::Open { gone, .. } | Draft::Turn { gone, .. } => (Vec::new(), gone.clone()),
            };
            Move {
                schema: relation.schema.clone(),
                name: relation.name.clone(),
                oid: relation.oid,
                home: name.clone(),
                log: name,
                key: Vec::new(),
                columns: Vec::new(),
                changes: draft.changes(),
                masked,
                gone,
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
