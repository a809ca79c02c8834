//! The keysets of a database: another one by name, and where each is used.

use std::path::{Path, PathBuf};

use tokio_postgres::{Client, Transaction};

use super::error::at;
use super::init::{copy_path, unpack};
use super::{JobError, registry};
use crate::ground::stored::{self, Stored, StoredColumn};
use crate::keys::{KeyProvider, Keyring, KeysetInfo, WrappedKeyset, mint_keyset, write_copy};

/// What an operator may know of a keyset in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysetUse {
    /// The keyset, in one epoch.
    pub info: KeysetInfo,
    /// Who wrapped it.
    pub provider: String,
    /// When it was made, in UTC.
    pub made_at: String,
    /// And how many days ago that was.
    pub days: i64,
    /// Columns that seal under it, `schema.table.column`.
    pub columns: Vec<String>,
}

/// Makes a keyset of this name, beside those that there are. Nothing is sealed under it before a rule names it. The client is
/// connected as the owner of schema `sealwire`.
///
/// # Errors
/// Where there is one of this name, there is no slot left, or the server says no.
pub async fn add_keyset(
    client: &mut Client,
    provider: &dyn KeyProvider,
    key_file: &Path,
    name: &str,
) -> Result<(KeysetInfo, PathBuf), JobError> {
    if name.trim().is_empty() {
        return Err(JobError::Nothing("a keyset has a name".to_owned()));
    }
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute("SELECT pg_advisory_xact_lock(hashtext('sealwire init'))")
        .await
        .map_err(at("lock"))?;
    let (mut stored, keyring) = registry::lock(&tx, provider).await?;
    let slots = keyring.slots();
    if slots.iter().any(|keyset| keyset.name == name) {
        return Err(JobError::Nothing(format!(
            "there is a keyset {name:?} already: it is left as it is"
        )));
    }
    let last = slots.iter().map(|keyset| keyset.slot).max().unwrap_or(0);
    let slot = last
        .checked_add(1)
        .ok_or_else(|| JobError::Nothing("all slots of keysets are used up".to_owned()))?;
    let fresh = mint_keyset(provider, keyring.environment(), slot, 1, name)?;
    let copy = enter(&tx, provider, key_file, &mut stored, &fresh).await?;
    tx.commit().await.map_err(at("commit"))?;
    Ok((fresh.info, copy))
}

/// Puts a keyset beside the others, seals the registry anew, and writes the copy.
pub(super) async fn enter(
    tx: &Transaction<'_>,
    provider: &dyn KeyProvider,
    key_file: &Path,
    stored: &mut Stored,
    fresh: &WrappedKeyset,
) -> Result<PathBuf, JobError> {
    let bytes = fresh.to_bytes()?;
    let (slot, epoch) = (i16::from(fresh.info.slot), i32::from(fresh.info.epoch));
    tx.execute(
        "INSERT INTO sealwire.keysets (slot, epoch, wrapped) VALUES ($1, $2, $3)",
        &[&slot, &epoch, &bytes],
    )
    .await
    .map_err(at("storing the keyset"))?;
    stored.keysets.push(bytes);
    let keysets = unpack(stored)?;
    let keyring = Keyring::unwrap(fresh.environment, provider, &keysets)?;
    registry::write_seal(tx, stored, &keyring).await?;
    // Before the commit: a keyset that nobody uses does no harm, one without its copy would.
    let copy = copy_path(key_file, fresh.environment);
    write_copy(&copy, &keysets)?;
    Ok(copy)
}

/// The keysets of a database, and where each is used.
///
/// # Errors
/// The server's; where the registry is damaged.
pub async fn keysets_in_use(
    client: &mut Client,
    provider: &dyn KeyProvider,
) -> Result<Vec<KeysetUse>, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    let stored = stored::read(&tx)
        .await
        .map_err(at("reading schema sealwire"))?
        .ok_or_else(|| {
            JobError::Nothing("schema sealwire is not there: run `sealwire init` first".to_owned())
        })?;
    let ages = tx
        .query(
            "SELECT to_char(made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
                    floor(extract(epoch FROM now() - made_at) / 86400)::int8
             FROM sealwire.keysets ORDER BY slot, epoch",
            &[],
        )
        .await
        .map_err(at("reading the keysets"))?;
    tx.commit().await.map_err(at("commit"))?;
    let keyring = crate::ground::keyring(provider, &stored, None)?;
    let entered = stored.entered(&keyring);
    let mut found = Vec::new();
    for (wrapped, age) in unpack(&stored)?.into_iter().zip(&ages) {
        let info = wrapped.info;
        let mut columns: Vec<String> = stored
            .columns
            .iter()
            .chain(&entered)
            .filter(|column| {
                column
                    .seal
                    .as_ref()
                    .is_some_and(|spec| (spec.slot, spec.epoch) == (info.slot, info.epoch))
            })
            .map(StoredColumn::qualified)
            .collect();
        columns.sort();
        columns.dedup();
        found.push(KeysetUse {
            info,
            provider: wrapped.provider,
            made_at: age.try_get(0).map_err(at("reading the keysets"))?,
            days: age.try_get(1).map_err(at("reading the keysets"))?,
            columns,
        });
    }
    Ok(found)
}
