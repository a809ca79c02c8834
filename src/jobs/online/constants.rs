//! Envelopes as constants in definitions: nobody seals those anew, so a view, policy or function that compares with one would
//! answer otherwise once the values are of another epoch.

use std::collections::BTreeSet;

use tokio_postgres::Transaction;

use super::describe;
use crate::ground::stored::hex;
use crate::jobs::error::at;
use crate::jobs::{JobError, Obstacle};
use crate::seal::SealSpec;

const TEXT: &str = include_str!("constants.sql");

/// Names every definition of the database that holds a constant sealed so.
pub(super) async fn look(
    tx: &Transaction<'_>,
    sealed: &[SealSpec],
    obstacles: &mut Vec<Obstacle>,
) -> Result<(), JobError> {
    let step = || at("looking for sealed constants");
    let parts: BTreeSet<String> = sealed
        .iter()
        .map(|spec| {
            let [slot, domain] = [hex(&[spec.slot]), hex(&spec.domain.to_be_bytes())];
            // Version and flags differ.
            format!(
                "fb[0-9a-f]{{4}}{slot}{}{domain}",
                hex(&spec.epoch.to_be_bytes())
            )
        })
        .collect();
    if parts.is_empty() {
        return Ok(());
    }
    let pattern = parts.into_iter().collect::<Vec<_>>().join("|");
    let published = if describe::version(tx).await? >= 150_000 {
        "pg_get_expr(r.prqual, r.prrelid)"
    } else {
        "NULL::text"
    };
    let text = TEXT.replace("published", published);
    tx.batch_execute("SET LOCAL bytea_output = hex")
        .await
        .map_err(step())?;
    for row in tx.query(&text, &[&pattern]).await.map_err(step())? {
        obstacles.push(Obstacle::new(
            row.try_get::<_, String>(0).map_err(step())?,
            "it holds a constant that is sealed in the old epoch, and nobody seals that anew",
            "drop it and make it again afterwards, or say --keep-searched",
        ));
    }
    Ok(())
}
