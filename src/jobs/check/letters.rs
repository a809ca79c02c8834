//! Whether the server still has the letters' cases that a column was sealed with: an operating system's update can change
//! them. Asked once for each collation.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use crate::ground::Ground;
use crate::ground::stored::Stored;
use crate::jobs::{JobError, folding};
use crate::policy::Protected;
use crate::value::Fold;

/// What was found so far, by fold and collation.
#[derive(Default)]
pub(super) struct Letters(HashMap<String, Result<(), String>>);

impl Letters {
    /// Whether they are the same for a column.
    ///
    /// # Errors
    /// The server's; in the inner result what differs.
    pub(super) async fn still(
        &mut self,
        tx: &Transaction<'_>,
        (ground, stored): (&Ground, Option<&Stored>),
        (oid, attnum): (u32, i16),
        column: &Protected,
        fold: Fold,
    ) -> Result<Result<(), String>, JobError> {
        let snapshot = &ground.world.snapshot;
        let collation = stored.and_then(|stored| {
            let row = stored
                .columns
                .iter()
                .find(|row| row.place(stored.database_oid, snapshot) == Some((oid, attnum)))?;
            row.collation.clone()
        });
        let key = format!("{} {}", fold.name(), collation.clone().unwrap_or_default());
        if let Some(known) = self.0.get(&key) {
            return Ok(known.clone());
        }
        let found = folding::still(tx, fold, &column.declared, collation.as_deref()).await?;
        self.0.insert(key, found.clone());
        Ok(found)
    }
}
