//! The tables and columns that a rotation seals anew, and the SQL that finds and writes what is of an older epoch.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio_postgres::{Client, Transaction};

use crate::catalog::{Relation, RelationKind, Snapshot, quote_ident};
use crate::ground::keyring;
use crate::ground::stored;
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::protect::snapshot;
use crate::jobs::table::relation_sql;
use crate::keys::{KeyProvider, Keyring};
use crate::seal::{ColumnCipher, HEADER_LEN, OpenError, SubjectError, header};

/// A table with columns to be sealed anew.
pub(super) struct Work {
    pub(super) oid: u32,
    /// `schema.name`, for messages.
    pub(super) name: String,
    /// `"schema"."name"`.
    sql: String,
    pub(super) columns: Vec<Column>,
    /// A column of it is sealed under the keyset by the registry.
    pub(super) own: bool,
}

/// One column.
pub(super) struct Column {
    pub(super) attnum: i16,
    /// `schema.table.column`, for messages.
    qualified: String,
    /// Quoted.
    name: String,
    cipher: Arc<ColumnCipher>,
    /// Slot, epoch and key domain, as envelopes hold them, of all older epochs.
    old: Vec<Vec<u8>>,
}

/// What of this slot the registry names, and whether a column without search is not sealed in the newest epoch yet.
pub(super) async fn gather(
    tx: &Transaction<'_>,
    provider: &dyn KeyProvider,
    slot: u8,
) -> Result<(Vec<Work>, bool), JobError> {
    let stored = stored::read(tx)
        .await
        .map_err(at("reading schema sealwire"))?
        .ok_or_else(|| JobError::Nothing("schema sealwire is gone".to_owned()))?;
    let keyring = keyring(provider, &stored, None)?;
    let snapshot = snapshot(tx).await?;
    let newest = keyring
        .newest(slot)
        .ok_or_else(|| JobError::Nothing(format!("there is no keyset in slot {slot}")))?;
    let old = older(&keyring, slot, newest.epoch);
    let (registered, _) = stored.locate(&snapshot, &keyring);
    let mut works: BTreeMap<u32, Work> = BTreeMap::new();
    let mut behind = false;
    for column in registered {
        let Some(mut spec) = column.seal.filter(|spec| !spec.is_searched()) else {
            continue;
        };
        let own = spec.slot == slot;
        behind |= own && spec.epoch < newest.epoch;
        // A session may have chosen the keyset for a column of another.
        (spec.slot, spec.epoch) = (slot, newest.epoch);
        let cipher = keyring.cipher(&spec)?;
        // What is of another key domain was put there past the proxy: it opens nowhere in the column, and stays.
        let domain = spec.domain.to_be_bytes();
        let old: Vec<Vec<u8>> =
            (old.iter().map(|place| [place.as_slice(), &domain].concat())).collect();
        for relation in family(&snapshot, column.table) {
            // In a child the column may stand at another place; its name is the same.
            let named = snapshot
                .relations
                .get(&column.table)
                .and_then(|parent| parent.columns.iter().find(|c| c.attnum == column.attnum))
                .and_then(|parent| relation.column(&parent.name));
            let Some(live) = named else {
                continue;
            };
            let work = works.entry(relation.oid).or_insert_with(|| Work {
                oid: relation.oid,
                name: relation.qualified(),
                sql: relation_sql(relation),
                columns: Vec::new(),
                own: false,
            });
            work.own |= own;
            if work.columns.iter().all(|known| known.attnum != live.attnum) {
                work.columns.push(Column {
                    attnum: live.attnum,
                    qualified: format!("{}.{}", relation.qualified(), live.name),
                    name: quote_ident(&live.name),
                    cipher: Arc::clone(&cipher),
                    old: old.clone(),
                });
            }
        }
    }
    Ok((works.into_values().collect(), behind))
}

/// Slot and epoch of every older epoch of a keyset, as envelopes hold them.
fn older(keyring: &Keyring, slot: u8, epoch: u16) -> Vec<[u8; 3]> {
    keyring
        .slots()
        .iter()
        .filter(|keyset| keyset.slot == slot && keyset.epoch < epoch)
        .map(|keyset| place(slot, keyset.epoch))
        .collect()
}

/// The bytes of slot and epoch in an envelope's header.
pub(super) fn place(slot: u8, epoch: u16) -> [u8; 3] {
    let [e0, e1] = epoch.to_be_bytes();
    [slot, e0, e1]
}

/// A table that holds rows, its partitions and what inherits from it.
fn family(snapshot: &Snapshot, table: u32) -> Vec<&Arc<Relation>> {
    let mut found: Vec<&Arc<Relation>> = Vec::new();
    let mut waiting = vec![table];
    while let Some(oid) = waiting.pop() {
        let Some(relation) = snapshot.relations.get(&oid) else {
            continue;
        };
        if found.iter().any(|known| known.oid == oid) {
            continue;
        }
        found.push(relation);
        waiting.extend(
            snapshot
                .relations
                .values()
                .filter(|child| child.parents.contains(&oid))
                .map(|child| child.oid),
        );
    }
    found.retain(|relation| relation.kind == RelationKind::Table);
    found
}

/// True for an envelope whose header goes on so from the slot: slot and epoch, and the key domain where that is given, too.
pub(super) fn is_of<P: AsRef<[u8]>>(column: &str, places: &[P]) -> String {
    let bytes = |place: &P| format!("E'\\\\x{}'::pg_catalog.bytea", stored::hex(place.as_ref()));
    let list: Vec<String> = places.iter().map(bytes).collect();
    let length = places.first().map_or(3, |place| place.as_ref().len());
    format!(
        "pg_catalog.substr({column}, 4, {length}) OPERATOR(pg_catalog.=) ANY (ARRAY[{}]::pg_catalog.bytea[])",
        list.join(", ")
    )
}

impl Column {
    /// The same value, sealed in the newest epoch.
    pub(super) fn anew(&self, envelope: &[u8]) -> Result<Vec<u8>, JobError> {
        let failed = |reason: String| JobError::Value {
            column: self.qualified.clone(),
            reason,
        };
        let cipher = &self.cipher;
        let value = match cipher.open(envelope) {
            Ok(value) => value,
            // Nobody opens it in any epoch: it is only told as one of the newest, so that the old one can go.
            Err(OpenError::Subject(SubjectError::Erased)) => {
                let (_, rest) = envelope.split_at_checked(HEADER_LEN).unwrap_or_default();
                let mut told = header(envelope).map_err(|error| failed(error.to_string()))?;
                (told.slot, told.epoch) = (cipher.spec().slot, cipher.spec().epoch);
                return Ok([told.to_bytes().as_slice(), rest].concat());
            }
            Err(error) => return Err(failed(error.to_string())),
        };
        let mut fresh = Vec::new();
        cipher
            .seal_again(envelope, &value, &mut fresh)
            .map_err(|error| failed(error.to_string()))?;
        match cipher.open(&fresh) {
            Ok(opened) if opened == value => Ok(fresh),
            Ok(_) => Err(failed("what was sealed is not what was read".to_owned())),
            Err(error) => Err(failed(error.to_string())),
        }
    }
}

impl Work {
    fn is_old(&self) -> String {
        let parts: Vec<String> = self
            .columns
            .iter()
            .map(|column| is_of(&column.name, &column.old))
            .collect();
        parts.join(" OR ")
    }

    /// How many rows hold something of an older epoch.
    pub(super) async fn left(&self, client: &mut Client) -> Result<u64, JobError> {
        if self.columns.iter().all(|column| column.old.is_empty()) {
            return Ok(0);
        }
        let tx = client.transaction().await.map_err(at("begin"))?;
        tx.batch_execute("SET LOCAL row_security = off; SET LOCAL statement_timeout = 0")
            .await
            .map_err(at("settings"))?;
        let text = format!(
            "SELECT count(*) FROM ONLY {} WHERE {}",
            self.sql,
            self.is_old()
        );
        let left: i64 = tx
            .query_one(&text, &[])
            .await
            .and_then(|row| row.try_get(0))
            .map_err(at(format!("looking through {}", self.name)))?;
        tx.commit().await.map_err(at("commit"))?;
        Ok(u64::try_from(left).unwrap_or_default())
    }

    /// How many blocks the table has.
    pub(super) async fn blocks(&self, client: &Client) -> Result<i64, JobError> {
        client
            .query_one(
                "SELECT pg_relation_size($1::oid) / current_setting('block_size')::int8",
                &[&self.oid],
            )
            .await
            .and_then(|row| row.try_get(0))
            .map_err(at(format!("measuring {}", self.name)))
    }

    /// Up to `$1` rows of a range of blocks, locked. One that is locked already is left out.
    pub(super) fn select(&self, from: i64, end: Option<i64>) -> String {
        // What is of the newest epoch already stays as it is: NULL.
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let old = is_of(&column.name, &column.old);
                format!("CASE WHEN {old} THEN {} END", column.name)
            })
            .collect();
        let end = end.map_or_else(String::new, |end| {
            format!(" AND ctid < '({end},0)'::pg_catalog.tid")
        });
        format!(
            "SELECT ctid, {} FROM ONLY {} WHERE ctid >= '({from},0)'::pg_catalog.tid{end} AND ({}) LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED",
            columns.join(", "),
            self.sql,
            self.is_old()
        )
    }

    /// Writes a batch: row ids, and an array for each column. These columns alone are assigned.
    pub(super) fn update(&self) -> String {
        let many = |of: &dyn Fn(usize, &Column) -> String| {
            let parts: Vec<String> = self
                .columns
                .iter()
                .enumerate()
                .map(|(at, column)| of(at, column))
                .collect();
            parts.join(", ")
        };
        format!(
            "UPDATE ONLY {} AS target SET {} FROM unnest($1::tid[], {}) AS batch(id, {}) WHERE target.ctid = batch.id",
            self.sql,
            many(&|at, column| format!(
                "{0} = CASE WHEN batch.v{at} IS NULL THEN target.{0} ELSE batch.v{at}::sealwire.sealed END",
                column.name
            )),
            many(&|at, _| format!("${}::bytea[]", at + 2)),
            many(&|at, _| format!("v{at}")),
        )
    }
}
