//! The statements that turn a table's columns over: shadows in, types changed in one rewrite of the
//! table, shadows out. The rewrite leaves no old value in the table's files.

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;
use super::preflight::Link;
use crate::catalog::quote_ident;

/// One column of a table in conversion.
pub(super) struct Change {
    /// Quoted.
    pub(super) column: String,
    /// Quoted.
    pub(super) shadow: String,
    /// Type of the shadow.
    pub(super) shadow_type: String,
    /// Type that the column gets, collation included.
    pub(super) new_type: String,
}

pub(super) async fn run(
    tx: &Transaction<'_>,
    step: &str,
    statements: &[String],
) -> Result<(), JobError> {
    for statement in statements {
        tx.batch_execute(statement).await.map_err(at(step))?;
    }
    Ok(())
}

pub(super) fn add_shadows(table: &str, changes: &[Change]) -> Vec<String> {
    let adds: Vec<String> = changes
        .iter()
        .map(|change| format!("ADD COLUMN {} {}", change.shadow, change.shadow_type))
        .collect();
    vec![format!("ALTER TABLE {table} {}", adds.join(", "))]
}

/// The shadows become the columns. In the same rewrite the shadows turn NULL, so that no second copy
/// stays in the rows behind a dropped column.
pub(super) fn swap(table: &str, changes: &[Change]) -> Vec<String> {
    let defaults: Vec<String> = changes
        .iter()
        .map(|change| format!("ALTER COLUMN {} DROP DEFAULT", change.column))
        .collect();
    let types: Vec<String> = changes
        .iter()
        .map(|change| {
            format!(
                "ALTER COLUMN {} TYPE {} USING {}, ALTER COLUMN {} TYPE {} USING NULL",
                change.column, change.new_type, change.shadow, change.shadow, change.shadow_type
            )
        })
        .collect();
    let drops: Vec<String> = changes
        .iter()
        .map(|change| format!("DROP COLUMN {}", change.shadow))
        .collect();
    vec![
        format!("ALTER TABLE {table} {}", defaults.join(", ")),
        format!("ALTER TABLE {table} {}", types.join(", ")),
        format!("ALTER TABLE {table} {}", drops.join(", ")),
    ]
}

pub(super) fn unlink(links: &[Link]) -> Vec<String> {
    links
        .iter()
        .map(|link| {
            format!(
                "ALTER TABLE {} DROP CONSTRAINT {}",
                link.table,
                quote_ident(&link.key.name)
            )
        })
        .collect()
}

pub(super) fn relink(links: &[Link]) -> Vec<String> {
    links
        .iter()
        .map(|link| {
            format!(
                "ALTER TABLE {} ADD CONSTRAINT {} {}",
                link.table,
                quote_ident(&link.key.name),
                link.definition
            )
        })
        .collect()
}
