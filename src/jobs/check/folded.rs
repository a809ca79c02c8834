//! Columns with a case-insensitive tag: the function that reads it, an index on it, and whether the server still has
//! the cases that the tags were made with (an operating system's update can change them).

use tokio_postgres::Transaction;

use super::letters::Letters;
use super::{Findings, Severity};
use crate::ground::Ground;
use crate::ground::stored::Stored;
use crate::jobs::{JobError, folded_indexes};

pub(super) async fn check(
    tx: &Transaction<'_>,
    ground: &Ground,
    stored: Option<&Stored>,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let world = &ground.world;
    let mut letters = Letters::default();
    for (oid, table) in &world.protection.tables {
        for (attnum, column) in &table.columns {
            let Some(fold) = column.fold() else { continue };
            let name = column.qualified();
            if !folded_indexes::function_exists(tx).await? {
                findings.add(
                    Severity::Error,
                    &name,
                    "has a case-insensitive tag, and schema sealwire has no function ci to read it",
                    "run `sealwire init` again",
                );
                continue;
            }
            if !folded_indexes::leads(tx, *oid, &column.column).await? {
                findings.add(
                    Severity::Warning,
                    &name,
                    "has no index on its case-insensitive tag: lower(), upper() and ILIKE read the whole table",
                    format!(
                        "CREATE INDEX ON {} (sealwire.ci({}))",
                        column.table_name, column.column
                    ),
                );
            }
            let place = (*oid, *attnum);
            let same = letters
                .still(tx, (ground, stored), place, column, fold)
                .await?;
            if let Err(reason) = same {
                findings.add(
                    Severity::Error,
                    &name,
                    format!("its case-insensitive tags are no longer exact: {reason}"),
                    "unprotect the column and protect it again, or go back to the system library it was protected with",
                );
            }
        }
    }
    Ok(())
}
