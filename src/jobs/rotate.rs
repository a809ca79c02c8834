//! `sealwire rotate kek`: keysets under another key-encryption key. No value is sealed anew, and no value is read.
//!
//! It is done in one transaction. A crash before its end changes nothing; one after it leaves the copy of before beside the
//! database, which running the command again replaces.

use std::path::{Path, PathBuf};

use tokio_postgres::Client;

use super::JobError;
use super::error::at;
use super::init::{copy_path, unpack};
use crate::ground::stored;
use crate::ground::{damaged, keyring};
use crate::keys::{KeyProvider, WrappedKeyset, rewrap, write_copy};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotateReport {
    /// Keysets that were wrapped anew.
    pub wrapped: usize,
    /// Keysets that were under the other key before.
    pub already: usize,
    /// Where their copy lies now.
    pub copy: PathBuf,
}

/// Wraps every keyset of the database that is not under `to` yet, and proves that all of them open the registry. The copy of the
/// wrapped keysets is named after `path`. One of `copies` that is under `to` already, from a backup that was restored, is taken
/// as it is: so the database is brought back after the key that it was under is lost. The client is connected as the owner of
/// schema `sealwire`.
///
/// # Errors
/// Where one does not open, a provider cannot be used, or the server says no. Nothing is changed then.
pub async fn rotate_kek(
    client: &mut Client,
    from: &dyn KeyProvider,
    to: &dyn KeyProvider,
    path: &Path,
    copies: &[WrappedKeyset],
) -> Result<RotateReport, JobError> {
    let target = to.describe()?;
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute("SELECT pg_advisory_xact_lock(hashtext('sealwire init'))")
        .await
        .map_err(at("lock"))?;
    let mut stored = stored::read(&tx)
        .await
        .map_err(at("reading schema sealwire"))?
        .ok_or_else(|| {
            JobError::Nothing("schema sealwire is not there: run `sealwire init` first".to_owned())
        })?;
    tx.batch_execute("LOCK TABLE sealwire.keysets IN SHARE ROW EXCLUSIVE MODE")
        .await
        .map_err(at("locking the keysets"))?;
    let mut keysets = unpack(&stored)?;
    let mut wrapped = 0;
    for keyset in &mut keysets {
        let is_moved = |keyset: &WrappedKeyset| {
            keyset.provider == target.provider && keyset.kek == target.fingerprint
        };
        if is_moved(keyset) {
            continue;
        }
        let same = |copy: &&WrappedKeyset| {
            is_moved(copy) && copy.info == keyset.info && copy.environment == keyset.environment
        };
        *keyset = match copies.iter().find(same) {
            Some(copy) => copy.clone(),
            None => rewrap(keyset, from, to)?,
        };
        let (slot, epoch) = (i16::from(keyset.info.slot), i32::from(keyset.info.epoch));
        let changed = tx
            .execute(
                "UPDATE sealwire.keysets SET wrapped = $3 WHERE slot = $1 AND epoch = $2",
                &[&slot, &epoch, &keyset.to_bytes()?],
            )
            .await
            .map_err(at("storing the keyset"))?;
        if changed != 1 {
            return Err(damaged("schema sealwire lost a keyset").into());
        }
        wrapped += 1;
    }
    // What was written opens, and is what the registry was sealed with.
    stored.keysets = keysets
        .iter()
        .map(|keyset| keyset.to_bytes())
        .collect::<Result<_, _>>()?;
    keyring(to, &stored, None)?;
    let environment = keysets
        .first()
        .map(|keyset| keyset.environment)
        .ok_or_else(|| damaged("schema sealwire holds no keyset"))?;
    let copy = copy_path(path, environment);
    // Beside the old one until the commit: a copy must open under the key that the database is under.
    let mut name = copy.as_os_str().to_owned();
    name.push(".next");
    let next = PathBuf::from(name);
    write_copy(&next, &keysets)?;
    tx.commit().await.map_err(at("commit"))?;
    std::fs::rename(&next, &copy).map_err(|error| {
        JobError::Nothing(format!(
            "the keysets are wrapped anew, but their copy {} could not be put in place: {error}",
            copy.display()
        ))
    })?;
    Ok(RotateReport {
        already: keysets.len() - wrapped,
        wrapped,
        copy,
    })
}
