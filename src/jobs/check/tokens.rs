//! Columns with search tokens: the function that reads them, an index on them, and whether the server still has the lower
//! case that ILIKE is answered with.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use super::{Findings, Severity};
use crate::ground::Ground;
use crate::ground::stored::Stored;
use crate::jobs::{JobError, folding, token_indexes};
use crate::value::Matching;

pub(super) async fn check(
    tx: &Transaction<'_>,
    ground: &Ground,
    stored: Option<&Stored>,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let world = &ground.world;
    let mut known: HashMap<String, Result<(), String>> = HashMap::new();
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
            let collation = stored.and_then(|stored| {
                let row = stored.columns.iter().find(|row| {
                    row.place(stored.database_oid, &world.snapshot) == Some((*oid, *attnum))
                })?;
                row.collation.clone()
            });
            let key = format!("{} {}", fold.name(), collation.clone().unwrap_or_default());
            let same = match known.get(&key) {
                Some(same) => same.clone(),
                None => {
                    let found =
                        folding::still(tx, fold, &column.declared, collation.as_deref()).await?;
                    known.insert(key, found.clone());
                    found
                }
            };
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
