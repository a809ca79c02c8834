//! What a job is to do to which columns, and what stands in the way of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tokio_postgres::Transaction;

use super::constants;
use super::draft::Draft;
use super::state::Way;
use crate::catalog::Snapshot;
use crate::ground::stored::{Stored as Registry, StoredColumn};
use crate::jobs::protect::ProtectOptions;
use crate::jobs::{JobError, Obstacle, preflight, targets, unprotect};
use crate::keys::Keyring;
use crate::policy::Policy;

/// What is wanted of the tables.
pub(super) enum Wish<'a> {
    /// What the rules seal.
    Seal(&'a Policy, &'a ProtectOptions<'a>),
    /// All sealed columns opened, or those of these names.
    Open(Option<&'a [String]>),
    /// Searched columns of a keyset's slot sealed in this epoch.
    Turn(u8, u16),
}

impl Wish<'_> {
    pub(super) fn way(&self) -> Way {
        match self {
            Wish::Seal(..) => Way::Protect,
            Wish::Open(_) => Way::Unprotect,
            Wish::Turn(..) => Way::Rotate,
        }
    }
}

/// The columns and what the rewriting strategy would object to.
pub(super) async fn seals(
    tx: &Transaction<'_>,
    live: &Snapshot,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    (stored, keyring): (&Registry, &Keyring),
    notes: &mut Vec<String>,
) -> Result<Vec<Draft>, JobError> {
    let mut obstacles = Vec::new();
    let mut work = Vec::new();
    for (schema, name) in tables {
        let table = targets::wanted(tx, live, policy, stored, schema, name, &mut obstacles).await?;
        if table.subject.is_some() {
            obstacles.push(Obstacle::new(
                table.name(),
                "it is erasable: its values are sealed by whose row it is, which this strategy does not follow",
                "use --strategy rewrite",
            ));
        }
        work.push(table);
    }
    if work.iter().all(|table| table.sealed.is_empty()) && obstacles.is_empty() {
        return Err(JobError::Nothing(
            "nothing to seal: no rule seals a column of these tables that is not sealed already (--strategy rewrite enters masked columns)".to_owned(),
        ));
    }
    targets::assign_domains(tx, stored, keyring, &mut work, &mut obstacles).await?;
    let mut drafts = Vec::new();
    for table in work {
        let lengths = if table.sealed.is_empty() {
            HashMap::new()
        } else {
            preflight::lengths(tx, &table).await?
        };
        let reviewed = options.functions_reviewed;
        let found = preflight::judge(tx, live, &table, reviewed, &lengths, &mut obstacles).await?;
        notes.extend(found.notes);
        notes.extend(found.indexes.notes);
        notes.extend(table.awaited.iter().map(|column| {
            format!(
                "{}.{column}: not there yet; made through the proxy it is protected from the start",
                table.name()
            )
        }));
        let named = table.sealed.iter().filter_map(|target| {
            let length = lengths.get(&target.attnum)?;
            Some((target.name.clone(), *length))
        });
        drafts.push(Draft::Seal {
            lengths: named.collect(),
            table,
        });
    }
    let tables = drafts.iter().filter_map(|draft| match draft {
        Draft::Seal { table, .. } => Some(table),
        Draft::Open { .. } | Draft::Turn { .. } => None,
    });
    targets::links(tx, live, stored, tables, &mut obstacles).await?;
    if obstacles.is_empty() {
        Ok(drafts)
    } else {
        Err(JobError::Obstacles(obstacles))
    }
}

/// The columns to be opened.
pub(super) async fn opens(
    tx: &Transaction<'_>,
    live: &Snapshot,
    stored: &Registry,
    tables: &[(String, String)],
    columns: Option<&[String]>,
) -> Result<Vec<Draft>, JobError> {
    let mut obstacles = Vec::new();
    let mut drafts = Vec::new();
    let mut all = Vec::new();
    for (schema, name) in tables {
        let relation = live
            .relation(schema, name)
            .ok_or_else(|| JobError::Nothing(format!("there is no table {schema}.{name}")))?;
        let (mut work, masked) = unprotect::registered(stored, live, relation, columns);
        unprotect::inspect(tx, &mut work, &mut obstacles).await?;
        if (work.columns.iter()).any(|(.., spec)| spec.scheme == crate::seal::Scheme::Subject) {
            obstacles.push(Obstacle::new(
                relation.qualified(),
                "it is erasable: its values are sealed by whose row it is, which this strategy does not follow",
                "use --strategy rewrite",
            ));
        }
        let mut gone: Vec<i64> = masked.iter().map(|row| row.id).collect();
        gone.extend(work.columns.iter().map(|(row, ..)| row.id));
        drafts.push(Draft::Open {
            relation: Arc::clone(relation),
            columns: (work.columns.iter())
                .map(|(row, _, name, spec)| (row.clone(), name.clone(), spec.clone()))
                .collect(),
            gone,
        });
        all.push(work);
    }
    if all.iter().all(|work| work.columns.is_empty()) {
        return Err(JobError::Nothing(
            "nothing to open: the registry names no sealed column of these tables (--strategy rewrite takes masked ones off it)".to_owned(),
        ));
    }
    unprotect::links(tx, live, stored, &all, &mut obstacles).await?;
    if obstacles.is_empty() {
        Ok(drafts)
    } else {
        Err(JobError::Obstacles(obstacles))
    }
}

/// The searched columns of a keyset that are sealed in an older epoch than this.
pub(super) async fn turns(
    tx: &Transaction<'_>,
    live: &Snapshot,
    stored: &Registry,
    tables: &[(String, String)],
    (slot, epoch): (u8, u16),
) -> Result<Vec<Draft>, JobError> {
    let mut obstacles = Vec::new();
    let mut drafts = Vec::new();
    let mut sealed = Vec::new();
    for (schema, name) in tables {
        let relation = live
            .relation(schema, name)
            .ok_or_else(|| JobError::Nothing(format!("there is no table {schema}.{name}")))?;
        preflight::shape(tx, live, relation, &mut obstacles).await?;
        let mut columns: BTreeMap<i16, (bool, StoredColumn, String, u16)> = BTreeMap::new();
        let mut gone = Vec::new();
        for row in &stored.columns {
            let Some(spec) = row
                .seal
                .as_ref()
                .filter(|spec| spec.slot == slot && spec.is_searched())
            else {
                continue;
            };
            let Some((table, attnum)) = row.place(stored.database_oid, live) else {
                continue;
            };
            let column = relation.columns.iter().find(|own| own.attnum == attnum);
            let (true, Some(column)) = (table == relation.oid, column) else {
                continue;
            };
            gone.push(row.id);
            let by_oid = row.database_oid == stored.database_oid && row.table == table;
            match columns.get(&attnum) {
                Some((true, ..)) if !by_oid => {}
                Some(_) | None => {
                    columns.insert(
                        attnum,
                        (by_oid, row.clone(), column.name.clone(), spec.epoch),
                    );
                }
            }
        }
        columns.retain(|_, (.., own)| *own < epoch);
        let columns = columns.into_values();
        let columns: Vec<_> = columns.map(|(_, row, name, _)| (row, name)).collect();
        sealed.extend(columns.iter().filter_map(|(row, _)| row.seal.clone()));
        drafts.push(Draft::Turn {
            relation: Arc::clone(relation),
            columns,
            epoch,
            gone,
        });
    }
    constants::look(tx, &sealed, &mut obstacles).await?;
    if obstacles.is_empty() {
        Ok(drafts)
    } else {
        Err(JobError::Obstacles(obstacles))
    }
}
