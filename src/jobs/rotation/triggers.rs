//! What the server would run for every row that is sealed anew. A role that may set `session_replication_role` runs none of
//! it; without that right a table with such a trigger or rule is refused until somebody has looked at it.

use tokio_postgres::{Client, Transaction};

use crate::jobs::error::at;
use crate::jobs::{JobError, Obstacle};

/// Whether this role may keep triggers from firing.
pub(super) async fn may_silence(client: &mut Client) -> Result<bool, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    let silent = silence(&tx).await.is_ok();
    tx.rollback().await.map_err(at("rollback"))?;
    Ok(silent)
}

/// Triggers and rules of the tables do not fire in this transaction, but those that are made to fire always.
pub(super) async fn silence(tx: &Transaction<'_>) -> Result<(), JobError> {
    tx.batch_execute("SET LOCAL session_replication_role = replica")
        .await
        .map_err(at("keeping triggers from firing"))
}

/// What fires all the same when these columns of a table are updated.
pub(super) async fn obstacles(
    tx: &Transaction<'_>,
    table: u32,
    name: &str,
    attnums: &[i16],
    silent: bool,
) -> Result<Vec<Obstacle>, JobError> {
    let enabled = if silent { ["R", "A"] } else { ["O", "A"] };
    let rows = tx
        .query(
            // 16: fires on UPDATE; without columns of its own it fires for all.
            "SELECT 'trigger ' || t.tgname FROM pg_trigger t
              WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND t.tgtype & 16 <> 0
                AND NOT starts_with(t.tgname::text, 'sealwire online ')
                AND t.tgenabled::text = ANY ($2)
                AND (coalesce(array_length(t.tgattr::int2[], 1), 0) = 0 OR t.tgattr::int2[] && $3)
             UNION ALL
             SELECT 'rule ' || r.rulename FROM pg_rewrite r
              WHERE r.ev_class = $1 AND r.ev_type = '2' AND r.ev_enabled::text = ANY ($2)
             ORDER BY 1",
            &[&table, &enabled.as_slice(), &attnums],
        )
        .await
        .map_err(at("reading triggers"))?;
    rows.iter()
        .map(|row| {
            let what: String = row.try_get(0).map_err(at("reading triggers"))?;
            Ok(Obstacle::new(
                name,
                format!("{what} would run for every row that is sealed anew, though no value changes"),
                "connect as a role that may set session_replication_role (a superuser; from 15 on GRANT SET ON PARAMETER session_replication_role TO …), or look at it and say --triggers-reviewed",
            ))
        })
        .collect()
}
