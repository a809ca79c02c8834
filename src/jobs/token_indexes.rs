//! The index that search tokens are found by: `protect` makes it, `unprotect` drops it.

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;
use super::folded_indexes::Turned;
use super::table::Table;
use crate::catalog::{CASE_MARK, quote_ident, quote_literal};

/// An index for every column with tokens.
pub(super) fn wanted(table: &Table) -> Vec<String> {
    table
        .sealed
        .iter()
        .filter(|target| {
            let seal = target.rule.seal.as_ref();
            seal.is_some_and(|seal| seal.tokens.is_some())
        })
        .map(|target| own(&table.sql(), &target.name))
        .collect()
}

/// It takes the catalog facade's mark of indexes that nobody declared. The server chooses its name.
fn own(table: &str, column: &str) -> String {
    let quoted = quote_ident(column);
    let keys = keys(column).map(|key| quote_literal(&key)).join(", ");
    let literal = quote_literal(table);
    let mark = quote_literal(&format!("{CASE_MARK}own"));
    let body = format!(
        "DECLARE own regclass; BEGIN
            CREATE INDEX ON {table} USING gin (sealwire.tokens({quoted}));
            SELECT indexrelid::regclass INTO STRICT own FROM pg_index
             WHERE indrelid = {literal}::regclass AND pg_get_indexdef(indexrelid, 1, false) IN ({keys});
            EXECUTE format('COMMENT ON INDEX %s IS %L', own, {mark});
         END"
    );
    format!("DO {}", quote_literal(&body))
}

/// The key as the server shows it.
fn keys(column: &str) -> [String; 2] {
    [quote_ident(column), column.to_owned()].map(|name| format!("sealwire.tokens({name})"))
}

/// The way back of an index on tokens of one of the columns; `None` for another index.
pub(super) async fn back<'a>(
    tx: &Transaction<'_>,
    index: u32,
    columns: impl Iterator<Item = &'a str>,
) -> Result<Option<Turned>, JobError> {
    let keys: Vec<String> = columns.flat_map(keys).collect();
    let row = tx
        .query_opt(
            "SELECT 'DROP INDEX ' || indexrelid::regclass FROM pg_index
             WHERE indexrelid = $1 AND indnatts = 1 AND pg_get_indexdef(indexrelid, 1, false) = ANY ($2)",
            &[&index, &keys],
        )
        .await
        .map_err(at("reading an index"))?;
    let drop: Option<String> = row
        .map(|row| row.try_get(0))
        .transpose()
        .map_err(at("reading an index"))?;
    Ok(drop.map(|drop| Turned {
        before: vec![drop],
        ..Turned::default()
    }))
}

/// Whether `init` has made `sealwire.tokens` here.
pub(super) async fn function_exists(tx: &Transaction<'_>) -> Result<bool, JobError> {
    tx.query_one(
        "SELECT to_regprocedure('sealwire.tokens(sealwire.sealed)') IS NOT NULL",
        &[],
    )
    .await
    .and_then(|row| row.try_get(0))
    .map_err(at("looking for sealwire.tokens"))
}

/// Whether a column has an index on its tokens.
pub(super) async fn has_one(
    tx: &Transaction<'_>,
    table: u32,
    column: &str,
) -> Result<bool, JobError> {
    tx.query_one(
        "SELECT EXISTS (SELECT FROM pg_index WHERE indrelid = $1 AND indisvalid AND indpred IS NULL
                        AND indexprs IS NOT NULL AND pg_get_indexdef(indexrelid, 1, false) = ANY ($2))",
        &[&table, &keys(column).as_slice()],
    )
    .await
    .and_then(|row| row.try_get(0))
    .map_err(at("looking for an index on tokens"))
}
