//! The record of what was done with data subjects: in schema `sealwire`, each entry with a MAC, and without the subject's value.

use serde_json::{Value, json};
use tokio_postgres::GenericClient;

use super::reach::{Listing, Search};
use crate::ground::erasures::message;
use crate::ground::stored;
use crate::jobs::JobError;
use crate::jobs::error::at;

/// Where entries lie.
pub(in crate::jobs) const SCHEMA: &str = r"
CREATE TABLE IF NOT EXISTS sealwire.subject_records (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    made_by text NOT NULL DEFAULT session_user,
    body text NOT NULL, seal text NOT NULL);
REVOKE ALL ON sealwire.subject_records FROM PUBLIC;
";

/// Makes the table where it is not there.
pub(super) async fn prepare(client: &impl GenericClient) -> Result<(), JobError> {
    client.batch_execute(SCHEMA).await.map_err(at(
        "making the table of records (as the owner of schema sealwire)",
    ))
}

/// Writes an entry.
pub(super) async fn write(
    client: &impl GenericClient,
    search: &Search,
    action: &str,
    listing: &Listing,
) -> Result<(), JobError> {
    let tables: Vec<Value> = listing
        .tables
        .iter()
        .map(|table| json!({ "table": table.table, "rows": table.rows }))
        .collect();
    let body = json!({
        "action": action,
        "kind": listing.kind,
        "key": listing.key.map(|key| key.id.to_string()),
        "database": search.ground.world.snapshot.database,
        "tables": tables,
    })
    .to_string();
    let keyring = &search.ground.keyring;
    let mac = keyring.registry_mac(&message(&keyring.environment(), &body));
    client
        .execute(
            "INSERT INTO sealwire.subject_records (body, seal) VALUES ($1, $2)",
            &[&body, &stored::hex(&mac)],
        )
        .await
        .map_err(at("writing the record"))?;
    Ok(())
}
