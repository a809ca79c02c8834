//! Whoever has not heard that an epoch is retired must not seal under it any more: nobody could open it. A check of type
//! `sealwire.sealed` refuses such values in the server itself. And nobody may still be at work who began before it.

use std::time::{Duration, Instant};

use tokio_postgres::{Client, Transaction};

use super::sealed::is_of;
use crate::catalog::quote_ident;
use crate::jobs::JobError;
use crate::jobs::error::at;

fn name(slot: u8) -> String {
    quote_ident(&format!("sealwire retired {slot}"))
}

/// Takes the check of a slot off, where there is one.
pub(super) async fn off(tx: &Transaction<'_>, slot: u8) -> Result<(), JobError> {
    tx.batch_execute(&format!(
        "ALTER DOMAIN sealwire.sealed DROP CONSTRAINT IF EXISTS {}",
        name(slot)
    ))
    .await
    .map_err(at("taking the check of retired epochs off"))
}

/// From now on the server takes no value of these slots and epochs. What is there is not looked at, and no table is locked.
pub(super) async fn on(tx: &Transaction<'_>, slot: u8, places: &[[u8; 3]]) -> Result<(), JobError> {
    off(tx, slot).await?;
    if places.is_empty() {
        return Ok(());
    }
    tx.batch_execute(&format!(
        "ALTER DOMAIN sealwire.sealed ADD CONSTRAINT {} CHECK (NOT {}) NOT VALID",
        name(slot),
        is_of("VALUE", places)
    ))
    .await
    .map_err(at("refusing values of retired epochs"))
}

/// Every transaction of this database that is open now, by what it can be known by.
const OPEN: &str = "
    SELECT 'process ' || l.pid || ' (' || l.virtualxid || ')' FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'virtualxid' AND l.granted AND l.pid <> pg_backend_pid() AND a.datname = current_database()
    UNION ALL SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts WHERE database = current_database()";

async fn open(client: &Client) -> Result<Vec<String>, JobError> {
    let step = || at("looking at open transactions");
    let rows = client.query(OPEN, &[]).await.map_err(step())?;
    rows.iter()
        .map(|row| row.try_get(0).map_err(step()))
        .collect()
}

/// Waits until every transaction that is open now has ended.
pub(super) async fn outlast(client: &Client, patience: Duration) -> Result<(), JobError> {
    let begun = Instant::now();
    let mut waiting = open(client).await?;
    while !waiting.is_empty() {
        if begun.elapsed() > patience {
            return Err(JobError::Nothing(format!(
                "transactions of before are still open, nothing was retired: {}",
                waiting.join(", ")
            )));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let now = open(client).await?;
        waiting.retain(|known| now.contains(known));
    }
    Ok(())
}
