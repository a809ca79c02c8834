//! Destroying a data subject's key, and writing NULL where its values were.

use std::sync::Arc;

use tokio_postgres::Client;

use super::reach::{Listing, search, under};
use super::record;
use crate::catalog::quote_ident;
use crate::ground::erasures::{BEGUN, ERASED};
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::keys::{KeyProvider, Standing, SubjectPlace};
use crate::policy::Policy;

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// As it was before.
    pub listing: Listing,
    /// The key, destroyed.
    pub key: Standing,
    /// Values that are NULL now.
    pub nulled: u64,
    /// The database that is the store, where it is one: copies of it hold the key as it was wrapped.
    pub database: Option<String>,
}

/// Destroys the key of a data subject. The client is connected as the owner of the tables and of schema `sealwire`.
///
/// # Errors
/// Where the subject never had a key, or something cannot be read or written. Once the key is destroyed an error only means
/// that NULL was not written yet: running it again does that.
pub async fn erase(
    client: &mut Client,
    provider: &dyn KeyProvider,
    policy: &Arc<Policy>,
    kind: Option<&str>,
    value: &str,
) -> Result<Erased, JobError> {
    record::prepare(client).await?;
    let (listing, search) = {
        let tx = client.transaction().await.map_err(at("begin"))?;
        let search = search(&tx, provider, policy, kind, value).await?;
        let listing = search.listing(&tx).await?;
        if listing.key.is_none() {
            return Err(JobError::Nothing(
                "this data subject never had a key: nothing of it was sealed".to_owned(),
            ));
        }
        record::write(&tx, &search, BEGUN, &listing).await?;
        tx.commit().await.map_err(at("commit"))?;
        (listing, search)
    };
    let environment = search.ground.keyring.environment();
    let key = search
        .subjects
        .erase(&environment, &search.subject)?
        .ok_or_else(|| JobError::Nothing("this data subject never had a key".to_owned()))?;
    let undone = |error: JobError| {
        JobError::Nothing(format!(
            "the key is destroyed, and the values cannot be opened any more; writing NULL in their place failed, run it again: {error}"
        ))
    };
    let nulled = null(client, &search, &key, &listing)
        .await
        .map_err(undone)?;
    Ok(Erased {
        listing,
        key,
        nulled,
        database: match search.subjects.place() {
            SubjectPlace::Folder(_) => None,
            SubjectPlace::Rows(rows) => Some(rows.place()),
        },
    })
}

/// Writes NULL wherever a value under the key may be NULL, so that the server's own IS NULL says what readers see.
async fn null(
    client: &mut Client,
    search: &super::reach::Search,
    key: &Standing,
    listing: &Listing,
) -> Result<u64, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute("SET LOCAL row_security = off; SET LOCAL statement_timeout = 0")
        .await
        .map_err(at("settings"))?;
    let mut nulled = 0;
    for place in &search.places {
        for name in place.of_subjects() {
            if place.is_not_null(name) {
                continue;
            }
            let column = quote_ident(name);
            let text = format!(
                "UPDATE {} SET {column} = NULL WHERE {}",
                place.sql(),
                under(&column, &key.id.to_string())
            );
            nulled += tx
                .execute(&text, &[])
                .await
                .map_err(at(format!("writing to {}", place.relation.qualified())))?;
        }
    }
    record::write(&tx, search, ERASED, listing).await?;
    tx.commit().await.map_err(at("commit"))?;
    Ok(nulled)
}
