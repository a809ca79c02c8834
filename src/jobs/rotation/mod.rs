//! `sealwire rotate keyset`: a new epoch of a keyset, and the values of columns without search sealed anew under it, in
//! small batches while clients read and write.
//!
//! It goes in steps, each of which is there or not (state, in `sealwire.rotations`): **announced**, the keyset is in the
//! database and every proxy reads it, but seals nothing under it; **sealing**, the registry names the new epoch, and the rows
//! of before follow; **sealed**, none is left; **retired**, the old epochs are proved to be nowhere and their keys are taken
//! away. Whatever is killed goes on from there with `--resume`.
//!
//! Columns with search keep their epoch: the server compares envelopes, and those of two epochs do not compare.

mod announce;
mod fence;
mod reseal;
mod retire;
mod sealed;
mod state;
mod triggers;

use std::path::Path;
use std::time::Duration;

use tokio_postgres::Client;

use super::JobError;
use super::error::at;
use crate::ground::stored::{self, Stored};
use crate::ground::{damaged, keyring};
use crate::keys::{BackupRecord, KeyProvider, Keyring, KeysetInfo};

pub use reseal::Pace;
pub use retire::{RetireReport, retire};
pub use state::{Phase, Rotation};

/// How to go about it.
#[derive(Debug, Clone)]
pub struct KeysetOptions<'a> {
    /// The key file: the copies of the keysets and the record of the verified backup lie beside it.
    pub key_file: &'a Path,
    /// The keyset; `None`: the one that every database has.
    pub name: Option<&'a str>,
    /// Goes on without a verified backup.
    pub no_backup: bool,
    /// How long every proxy has to read what was announced.
    pub settle: Duration,
    /// How fast.
    pub pace: Pace,
    /// Triggers that fire for every row sealed anew were looked at and do no harm.
    pub triggers_reviewed: bool,
}

/// How far it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// The new epoch is announced, and a backup of the keys that holds it is wanted before anything is sealed under it.
    BackupWanted(KeysetInfo),
    /// Somebody paused it.
    Paused(Rotation),
    /// Every value of a column without search is sealed under the new epoch.
    Sealed(SealedReport),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedReport {
    /// As it stands.
    pub rotation: Rotation,
    /// Columns with search: they keep their epoch.
    pub kept: Vec<String>,
}

/// Takes the progress.
pub type Watch<'a> = dyn FnMut(&Rotation) + Send + 'a;

/// Begins a rotation and goes as far as it comes. The client is connected as the owner of schema `sealwire` and of the tables.
///
/// # Errors
/// Where one is under way, or a step fails; `--resume` goes on from there.
pub async fn start(
    client: &mut Client,
    provider: &dyn KeyProvider,
    options: &KeysetOptions<'_>,
    watch: &mut Watch<'_>,
) -> Result<Reached, JobError> {
    alone(client).await?;
    let slot = slot_of(client, provider, options.name).await?;
    if let Some(found) = state::read(client, slot).await?
        && found.phase.is_under_way()
    {
        return Err(JobError::Nothing(format!(
            "a rotation to epoch {} is under way ({}): --resume goes on with it",
            found.epoch,
            found.phase.name()
        )));
    }
    announce::announce(client, provider, options.key_file, slot).await?;
    go_on(client, provider, options, slot, watch).await
}

/// Goes on with a rotation that was paused, waits for a backup, or was killed.
///
/// # Errors
/// Where none is under way, or a step fails.
pub async fn resume(
    client: &mut Client,
    provider: &dyn KeyProvider,
    options: &KeysetOptions<'_>,
    watch: &mut Watch<'_>,
) -> Result<Reached, JobError> {
    alone(client).await?;
    let slot = slot_of(client, provider, options.name).await?;
    let found = under_way(client, slot).await?;
    if found.phase == Phase::Retired {
        return Err(JobError::Nothing("no rotation is under way".to_owned()));
    }
    state::pause(client, slot, false).await?;
    go_on(client, provider, options, slot, watch).await
}

/// Stops a rotation after the batch that it is at; `--resume` goes on. Another client runs it.
///
/// # Errors
/// Where none is under way.
pub async fn pause(
    client: &mut Client,
    provider: &dyn KeyProvider,
    name: Option<&str>,
) -> Result<Rotation, JobError> {
    let slot = slot_of(client, provider, name).await?;
    let found = under_way(client, slot).await?;
    if !found.phase.is_under_way() {
        return Err(JobError::Nothing("no rotation is under way".to_owned()));
    }
    state::pause(client, slot, true).await?;
    under_way(client, slot).await
}

/// All rotations that this database has seen: the last of each keyset.
///
/// # Errors
/// The server's.
pub async fn rotations(client: &mut Client) -> Result<Vec<Rotation>, JobError> {
    state::all(client).await
}

async fn go_on(
    client: &mut Client,
    provider: &dyn KeyProvider,
    options: &KeysetOptions<'_>,
    slot: u8,
    watch: &mut Watch<'_>,
) -> Result<Reached, JobError> {
    let mut rotation = under_way(client, slot).await?;
    watch(&rotation);
    if rotation.phase == Phase::Announced {
        let (_, keyring) = look(client, provider).await?;
        if !options.no_backup && !backed_up(options.key_file, provider, &keyring)? {
            let newest = keyring
                .newest(slot)
                .ok_or_else(|| damaged("schema sealwire holds no keyset"))?;
            return Ok(Reached::BackupWanted(newest));
        }
        reseal::preflight(client, provider, slot, options.triggers_reviewed).await?;
        state::settled(client, slot, options.settle).await?;
        announce::activate(client, provider, slot).await?;
        rotation = under_way(client, slot).await?;
    } else {
        reseal::preflight(client, provider, slot, options.triggers_reviewed).await?;
    }
    if rotation.phase == Phase::Sealing || rotation.phase == Phase::Sealed {
        let done = reseal::run(client, provider, slot, options, watch).await?;
        rotation = under_way(client, slot).await?;
        if !done {
            return Ok(Reached::Paused(rotation));
        }
    }
    let (stored, _) = look(client, provider).await?;
    Ok(Reached::Sealed(SealedReport {
        kept: kept(&stored, slot, rotation.epoch),
        rotation,
    }))
}

/// Columns of a keyset that are of an older epoch, by name.
fn kept(stored: &Stored, slot: u8, epoch: u16) -> Vec<String> {
    stored
        .columns
        .iter()
        .filter(|column| {
            (column.seal.as_ref()).is_some_and(|spec| spec.slot == slot && spec.epoch < epoch)
        })
        .map(stored::StoredColumn::qualified)
        .collect()
}

async fn under_way(client: &mut Client, slot: u8) -> Result<Rotation, JobError> {
    state::read(client, slot)
        .await?
        .ok_or_else(|| JobError::Nothing("no rotation of this keyset was begun".to_owned()))
}

/// One job at a time, for as long as this connection lasts.
async fn alone(client: &Client) -> Result<(), JobError> {
    let free: bool = client
        .query_one(
            "SELECT pg_try_advisory_lock(hashtext('sealwire rotate keyset'))",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking for another rotation"))?;
    if free {
        Ok(())
    } else {
        Err(JobError::Nothing(
            "another `sealwire rotate keyset` is at work in this database".to_owned(),
        ))
    }
}

/// What schema `sealwire` holds, and its keys.
async fn look(
    client: &mut Client,
    provider: &dyn KeyProvider,
) -> Result<(Stored, Keyring), JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    let stored = stored::read(&tx)
        .await
        .map_err(at("reading schema sealwire"))?
        .ok_or_else(|| {
            JobError::Nothing("schema sealwire is not there: run `sealwire init` first".to_owned())
        })?;
    tx.commit().await.map_err(at("commit"))?;
    let keyring = keyring(provider, &stored, None)?;
    Ok((stored, keyring))
}

async fn slot_of(
    client: &mut Client,
    provider: &dyn KeyProvider,
    name: Option<&str>,
) -> Result<u8, JobError> {
    let (_, keyring) = look(client, provider).await?;
    let Some(name) = name else {
        return Ok(0);
    };
    let slots = keyring.slots();
    let found = slots.iter().find(|keyset| keyset.name == name);
    found.map(|keyset| keyset.slot).ok_or_else(|| {
        let names: std::collections::BTreeSet<&str> =
            slots.iter().map(|keyset| keyset.name.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        JobError::Nothing(format!(
            "there is no keyset of that name; there are: {}",
            names.join(", ")
        ))
    })
}

fn backed_up(
    key_file: &Path,
    provider: &dyn KeyProvider,
    keyring: &Keyring,
) -> Result<bool, JobError> {
    let fingerprint = provider.describe()?.fingerprint;
    Ok(BackupRecord::read(key_file)?
        .is_some_and(|record| record.covers(fingerprint, &keyring.slots())))
}
