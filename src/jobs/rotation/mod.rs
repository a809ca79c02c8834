//! `sealwire rotate keyset`: a new epoch of a keyset, and the values sealed anew under it while clients read and write: those of
//! columns without search in small batches, those of columns with search by a copy of the table that changes places with it.
//!
//! It goes in steps, each of which is there or not (state, in `sealwire.rotations`): **announced**, the keyset is in the
//! database and every proxy reads it, but seals nothing under it; **sealing**, the registry names the new epoch, and the rows
//! of before follow; **sealed**, none is left; **retired**, the old epochs are proved to be nowhere and their keys are taken
//! away. Whatever is killed goes on from there with `--resume`.
//!
//! A column with search is in one epoch or in the other: the server compares envelopes, and those of two epochs do not compare.

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

use super::error::at;
use super::protect::{Progress, snapshot};
use super::{JobError, online};
use crate::catalog::Snapshot;
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
    /// Columns with search keep their epoch.
    pub keep_searched: bool,
    /// How far replicas may be behind while a table is copied.
    pub lag: Duration,
}

/// How far it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// The new epoch is announced, and a backup of the keys that holds it is wanted before anything is sealed under it.
    BackupWanted(KeysetInfo),
    /// Somebody paused it.
    Paused(Rotation),
    /// Every value is sealed under the new epoch, but those of columns that keep theirs.
    Sealed(SealedReport),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedReport {
    /// As it stands.
    pub rotation: Rotation,
    /// Columns with search that keep their epoch.
    pub kept: Vec<String>,
    /// Columns with search whose tables have changed places.
    pub turned: online::Rekeyed,
}

/// How it goes on.
#[derive(Debug, Clone, Copy)]
pub enum News<'a> {
    /// Rows of columns without search.
    Reseal(&'a Rotation),
    /// A table with searched columns.
    Copy(Progress<'a>),
}

/// Takes the progress.
pub type Watch<'a> = dyn FnMut(News<'_>) + Send + 'a;

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
    watch(News::Reseal(&rotation));
    if rotation.phase == Phase::Announced {
        let (_, keyring) = look(client, provider).await?;
        if !options.no_backup && !backed_up(options.key_file, provider, &keyring)? {
            let newest = keyring
                .newest(slot)
                .ok_or_else(|| damaged("schema sealwire holds no keyset"))?;
            return Ok(Reached::BackupWanted(newest));
        }
        reseal::preflight(client, provider, slot, options.triggers_reviewed).await?;
        if !options.keep_searched {
            online::rekey_rehearsed(client, provider, (slot, rotation.epoch)).await?;
        }
        state::settled(client, slot, options.settle).await?;
        announce::activate(client, provider, slot).await?;
        rotation = under_way(client, slot).await?;
    } else {
        reseal::preflight(client, provider, slot, options.triggers_reviewed).await?;
    }
    let mut turned = online::Rekeyed::default();
    if rotation.phase == Phase::Sealing || rotation.phase == Phase::Sealed {
        let done = if options.keep_searched {
            true
        } else {
            searched(client, provider, options, &rotation, &mut turned, watch).await?
        };
        let done = done && reseal::run(client, provider, slot, options, true, watch).await?;
        rotation = under_way(client, slot).await?;
        if !done {
            return Ok(Reached::Paused(rotation));
        }
    }
    let (stored, _) = look(client, provider).await?;
    let live = live(client).await?;
    Ok(Reached::Sealed(SealedReport {
        kept: kept(&stored, &live, slot, rotation.epoch),
        rotation,
        turned,
    }))
}

/// Brings columns with search under the new epoch; false where somebody paused it. What has no search goes first: rows that are
/// sealed anew leave room behind in their table, which its copy does not take along.
async fn searched(
    client: &mut Client,
    provider: &dyn KeyProvider,
    options: &KeysetOptions<'_>,
    rotation: &Rotation,
    turned: &mut online::Rekeyed,
    watch: &mut Watch<'_>,
) -> Result<bool, JobError> {
    let slot = rotation.slot;
    let target = (slot, rotation.epoch);
    let (stored, _) = look(client, provider).await?;
    let live = live(client).await?;
    if kept(&stored, &live, slot, rotation.epoch).is_empty()
        && !online::is_under_way(client).await?
    {
        return Ok(true);
    }
    if rotation.phase == Phase::Sealed {
        let tx = client.transaction().await.map_err(at("begin"))?;
        state::enter(&tx, slot, Phase::Sealing).await?;
        tx.commit().await.map_err(at("commit"))?;
    }
    if !reseal::run(client, provider, slot, options, false, watch).await? {
        return Ok(false);
    }
    let pace = online::Pace {
        most: options.pace.rate.map(u64::from),
        lag: options.lag,
        rotation: Some(slot),
    };
    let mut report = |progress: Progress<'_>| watch(News::Copy(progress));
    match online::rekey(client, provider, target, &pace, &mut report).await {
        Ok(done) => {
            *turned = done;
            Ok(true)
        }
        Err(JobError::Paused) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What a rotation would do and need. Nothing is changed.
///
/// # Errors
/// The list of obstacles, or what went wrong.
pub async fn rehearse(
    client: &mut Client,
    provider: &dyn KeyProvider,
    options: &KeysetOptions<'_>,
) -> Result<Vec<String>, JobError> {
    alone(client).await?;
    let slot = slot_of(client, provider, options.name).await?;
    let (_, keyring) = look(client, provider).await?;
    let newest = keyring.newest(slot).map_or(0, |newest| newest.epoch);
    let found = state::read(client, slot).await?;
    let begun = found.filter(|found| found.phase.is_under_way());
    let epoch = match &begun {
        Some(found) => found.epoch,
        None => newest.saturating_add(1),
    };
    let mut lines = vec![match &begun {
        Some(found) => format!("epoch {epoch} is under way: {}", found.phase.name()),
        None => format!("epoch {epoch} would be announced"),
    }];
    reseal::preflight(client, provider, slot, options.triggers_reviewed).await?;
    lines.extend(reseal::needs(client, provider, slot).await?);
    if options.keep_searched {
        let (stored, _) = look(client, provider).await?;
        let live = live(client).await?;
        let kept = kept(&stored, &live, slot, epoch);
        lines.extend(
            kept.iter()
                .map(|column| format!("{column} keeps its epoch")),
        );
    } else {
        lines.extend(online::rekey_rehearsed(client, provider, (slot, epoch)).await?);
    }
    Ok(lines)
}

/// Takes the copies of tables away that have not changed places yet: how many jobs there were. What has been sealed anew stays, and
/// `--resume` begins the copies again.
///
/// # Errors
/// Where the job is at work, or the server's.
pub async fn undo(
    client: &mut Client,
    provider: &dyn KeyProvider,
    name: Option<&str>,
) -> Result<u64, JobError> {
    alone(client).await?;
    let slot = slot_of(client, provider, name).await?;
    online::undo_rekey(client, provider, slot).await
}

/// Columns of a keyset that are of an older epoch, by name.
fn kept(stored: &Stored, live: &Snapshot, slot: u8, epoch: u16) -> Vec<String> {
    stored
        .columns
        .iter()
        .filter(|column| {
            (column.seal.as_ref()).is_some_and(|spec| spec.slot == slot && spec.epoch < epoch)
                && column.place(stored.database_oid, live).is_some()
        })
        .map(stored::StoredColumn::qualified)
        .collect()
}

/// The catalog as it is now.
async fn live(client: &mut Client) -> Result<Snapshot, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    let live = snapshot(&tx).await?;
    tx.commit().await.map_err(at("commit"))?;
    Ok(live)
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
