//! The numbers of a table's columns: a copy's are others than the table's where columns were dropped.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use crate::jobs::JobError;
use crate::jobs::error::at;

/// By name.
pub(super) async fn numbers(
    tx: &Transaction<'_>,
    table: u32,
) -> Result<HashMap<String, i16>, JobError> {
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
