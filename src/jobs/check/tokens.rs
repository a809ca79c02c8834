//! Columns with search tokens: the function that reads them, an index on them, and whether the server still has the lower
//! case that ILIKE is answered with.

use tokio_postgres::Transaction;

use super::letters::Letters;
use super::{Findings, Severity};
use crate::ground::Ground;
use crate::ground::stored::Stored;
use crate::jobs::{JobError, token_indexes};
use crate::value::Matching;

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
            let Some(tokens) = column.tokens() else {
                continue;
            };
            let name = column.qualified();
            if !token_indexes::function_exists(tx).await? {
                findings.add(
                    Severity::Error,
                    &name,
                    "has search tokens, and schema sealwire has no function tokens to read them",
                    "run `sealwire init` again",
                );
                continue;
            }
            if !token_indexes::has_one(tx, *oid, &column.column).await? {
                findings.add(
                    Severity::Warning,
                    &name,
                    "has no index on its search tokens: every search by them reads the whole table",
                    format!(
                        "CREATE INDEX ON {} USING gin (sealwire.tokens({}))",
                        column.table_name, column.column
                    ),
                );
            }
            let Some(fold) = tokens.matching.and_then(Matching::fold) else {
                continue;
            };
            let place = (*oid, *attnum);
            let same = letters
                .still(tx, (ground, stored), place, column, fold)
                .await?;
            if let Err(reason) = same {
                findings.add(
                    Severity::Error,
                    &name,
                    format!("ILIKE on it is no longer exact: {reason}"),
                    "unprotect the column and protect it again, or go back to the system library it was protected with",
                );
            }
        }
    }
    Ok(())
}
