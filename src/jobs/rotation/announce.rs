//! A new epoch: first where everybody can read it, then, after a while, in use.

use std::path::Path;

use tokio_postgres::Client;

use super::state::{self, Phase};
use crate::jobs::error::at;
use crate::jobs::{JobError, keysets, registry};
use crate::keys::{KeyProvider, mint_keyset};

/// Mints the next epoch of a keyset and puts it where every proxy reads it. Nothing is sealed under it yet.
pub(super) async fn announce(
    client: &mut Client,
    provider: &dyn KeyProvider,
    key_file: &Path,
    slot: u8,
) -> Result<(), JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute("SELECT pg_advisory_xact_lock(hashtext('sealwire init'))")
        .await
        .map_err(at("lock"))?;
    let (mut stored, keyring) = registry::lock(&tx, provider).await?;
    let newest = keyring
        .newest(slot)
        .ok_or_else(|| JobError::Nothing(format!("there is no keyset in slot {slot}")))?;
    let epoch = newest
        .epoch
        .checked_add(1)
        .ok_or_else(|| JobError::Nothing("all epochs of this keyset are used up".to_owned()))?;
    let fresh = mint_keyset(provider, keyring.environment(), slot, epoch, &newest.name)?;
    let mut announced = stored.announced();
    announced.insert((slot, epoch));
    stored.announce(&announced);
    keysets::enter(&tx, provider, key_file, &mut stored, &fresh).await?;
    state::announced(&tx, slot, epoch).await?;
    tx.commit().await.map_err(at("commit"))
}

/// From now on columns without search are sealed in the newest epoch: the registry says so.
pub(super) async fn activate(
    client: &mut Client,
    provider: &dyn KeyProvider,
    slot: u8,
) -> Result<(), JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    let (mut stored, keyring) = registry::lock(&tx, provider).await?;
    let newest = keyring
        .newest(slot)
        .ok_or_else(|| JobError::Nothing(format!("there is no keyset in slot {slot}")))?;
    for column in &mut stored.columns {
        let Some(spec) = &mut column.seal else {
            continue;
        };
        if spec.slot != slot || spec.is_searched() || spec.epoch == newest.epoch {
            continue;
        }
        spec.epoch = newest.epoch;
        registry::write_epoch(&tx, column.id, newest.epoch).await?;
    }
    let mut announced = stored.announced();
    announced.retain(|(announced, _)| *announced != slot);
    stored.announce(&announced);
    registry::write_seal(&tx, &mut stored, &keyring).await?;
    state::enter(&tx, slot, Phase::Sealing).await?;
    tx.commit().await.map_err(at("commit"))
}
