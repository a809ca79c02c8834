//! Rows from the old table into the new one: what changes travels to us and back, the rest stays in the server.
//!
//! Invariant: reading and writing go by one snapshot, in which a row id stands for one version of a row.

use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, IsolationLevel, Row, Transaction};

use super::state::Move;
use super::turn::{Given, Turn};
use crate::catalog::quote_ident;
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::rows::sent;

/// Bytes in the binary form of whatever type, only ever given back to the server that sent them.
#[derive(Debug, Clone)]
pub(super) struct Raw(pub(super) Vec<u8>);

impl ToSql for Raw {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Raw {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Raw(raw.to_vec()))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Where a walk over a table in the order of its key is: behind this key.
pub(super) type Place = Option<Vec<Raw>>;

/// A transaction with one snapshot of the old table, which nobody empties or alters meanwhile.
pub(super) async fn snapshot<'a>(
    client: &'a mut Client,
    own: &Move,
) -> Result<Transaction<'a>, JobError> {
    let step = || at(format!("beginning to read {}", own.shown()));
    let tx = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .start()
        .await
        .map_err(step())?;
    // The lock comes first, the snapshot with the first query: a table that is emptied in between would look empty.
    tx.batch_execute(&format!(
        "{SETTINGS}; LOCK TABLE ONLY {} IN ACCESS SHARE MODE",
        own.place()
    ))
    .await
    .map_err(step())?;
    Ok(tx)
}

/// Rows hidden by a policy must be an error; keys and row ids must be looked up, not searched for. What is forbidden costs so much
/// to the planner that it would compile every statement first.
pub(super) const SETTINGS: &str = "SET LOCAL row_security = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
     SET LOCAL jit = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL statement_timeout = 0;
     SET LOCAL idle_in_transaction_session_timeout = 0";

/// `alias.k0, alias.k1` of the key columns.
pub(super) fn keys(own: &Move, alias: &str) -> String {
    let parts: Vec<String> = own
        .key
        .iter()
        .map(|column| format!("{alias}.{}", quote_ident(column)))
        .collect();
    parts.join(", ")
}

/// A condition on the key, its values given from `first` on.
pub(super) fn bound(own: &Move, alias: &str, operator: &str, first: usize) -> String {
    let values: Vec<String> = (0..own.key.len())
        .map(|at| format!("${}", first + at))
        .collect();
    format!("({}) {operator} ({})", keys(own, alias), values.join(", "))
}

/// What is read of the old table under the alias `o`: row id, key, values that change.
pub(super) fn select(own: &Move, turns: &[Turn]) -> String {
    let values: Vec<String> = turns
        .iter()
        .map(|turn| format!(", o.{}", turn.column))
        .collect();
    format!("o.ctid, {}{}", keys(own, "o"), values.concat())
}

/// The key of a row that was read so.
pub(super) fn key_of(own: &Move, row: &Row) -> Result<Vec<Raw>, JobError> {
    (0..own.key.len())
        .map(|at| Ok(Raw(sent(row, at + 1)?.unwrap_or_default().to_vec())))
        .collect()
}

/// Writes rows that were read so into the new table; `checked`: no comparison follows.
pub(super) async fn pour(
    tx: &Transaction<'_>,
    own: &Move,
    turns: &[Turn],
    rows: &[Row],
    checked: bool,
) -> Result<(), JobError> {
    if rows.is_empty() {
        return Ok(());
    }
    let first = own.key.len() + 1;
    let mut ids = Vec::with_capacity(rows.len());
    let mut columns: Vec<Vec<Option<Given>>> = turns
        .iter()
        .map(|_| Vec::with_capacity(rows.len()))
        .collect();
    for row in rows {
        ids.push(Raw(sent(row, 0)?.unwrap_or_default().to_vec()));
        for (at, (turn, column)) in turns.iter().zip(&mut columns).enumerate() {
            let value = sent(row, first + at)?;
            column.push(value.map(|value| turn.turn(value, checked)).transpose()?);
        }
    }
    let into: Vec<String> = own
        .columns
        .iter()
        .map(|column| quote_ident(column))
        .collect();
    let from: Vec<String> = into
        .iter()
        .map(
            |column| match turns.iter().position(|turn| turn.column == *column) {
                Some(at) => turns
                    .get(at)
                    .map_or_else(String::new, |turn| turn.assigned(&format!("batch.v{at}"))),
                None => format!("o.{column}"),
            },
        )
        .collect();
    let arrays: Vec<String> = turns
        .iter()
        .enumerate()
        .map(|(at, turn)| format!(", ${}::{}[]", at + 2, turn.wire()))
        .collect();
    let names: Vec<String> = (0..turns.len()).map(|at| format!(", v{at}")).collect();
    let insert = format!(
        "INSERT INTO {} ({}) SELECT {} FROM unnest($1::tid[]{}) AS batch(id{}) JOIN ONLY {} o ON o.ctid = batch.id",
        own.copy(),
        into.join(", "),
        from.join(", "),
        arrays.concat(),
        names.concat(),
        own.place()
    );
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&ids];
    parameters.extend(columns.iter().map(|column| column as &(dyn ToSql + Sync)));
    let written = tx
        .execute(&insert, &parameters)
        .await
        .map_err(at(format!("copying {}", own.shown())))?;
    if written == rows.len() as u64 {
        Ok(())
    } else {
        Err(JobError::Nothing(format!(
            "{}: {written} of {} rows were written",
            own.shown(),
            rows.len()
        )))
    }
}
