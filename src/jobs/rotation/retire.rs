//! `sealwire rotate keyset --retire`: proves that no value of the old epochs is left, and takes their keys away.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::{Client, Transaction};

use super::sealed::{is_of, place};
use super::state::{self, Phase};
use super::{alone, fence, kept, live, look, slot_of};
use crate::catalog::{Snapshot, quote_ident};
use crate::ground::stored::Stored;
use crate::jobs::error::at;
use crate::jobs::init::{copy_path, unpack};
use crate::jobs::protect::snapshot;
use crate::jobs::{JobError, online, registry};
use crate::keys::{KeyProvider, Keyring, KeysetInfo, WrappedKeyset, write_copy};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetireReport {
    /// Epochs whose keys are gone.
    pub retired: Vec<KeysetInfo>,
    /// The columns that were looked through.
    pub searched: Vec<String>,
    /// Where the copy of the keysets lies.
    pub copy: PathBuf,
}

/// Every column that may hold envelopes: (relation, its SQL, column, whether it holds arrays of them).
const COLUMNS: &str = "
    SELECT n.nspname::text, c.relname::text, a.attname::text, a.atttypid = s.typarray
      FROM pg_type s JOIN pg_namespace own ON own.oid = s.typnamespace AND own.nspname = 'sealwire' AND s.typname = 'sealed'
      JOIN pg_attribute a ON a.atttypid IN (s.oid, s.typarray) AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
      JOIN pg_namespace n ON n.oid = c.relnamespace
     ORDER BY 1, 2, 3";

/// Retires every epoch of a keyset that the registry does not name any more. The client is connected as the owner of schema
/// `sealwire`, who may read every table with sealed columns.
///
/// # Errors
/// Where there is none, values of one are left, or older transactions do not end in `patience`. Nothing is taken away then.
pub async fn retire(
    client: &mut Client,
    provider: &dyn KeyProvider,
    key_file: &Path,
    name: Option<&str>,
    patience: Duration,
) -> Result<RetireReport, JobError> {
    alone(client).await?;
    let slot = slot_of(client, provider, name).await?;
    let (stored, keyring) = look(client, provider).await?;
    if let Some(rotation) = state::read(client, slot).await?
        && rotation.phase.is_under_way()
    {
        return Err(JobError::Nothing(format!(
            "the rotation to epoch {} is under way ({}): --resume, then --retire",
            rotation.epoch,
            rotation.phase.name()
        )));
    }
    if online::is_under_way(client).await? {
        return Err(JobError::Nothing(
            "a table is being copied (`sealwire protect`, `unprotect` or `rotate keyset`): go on with that, or undo it, first".to_owned(),
        ));
    }
    let live = live(client).await?;
    let retiring = unused(&stored, &live, &keyring, slot);
    let newest = keyring.newest(slot).map_or(0, |newest| newest.epoch);
    if retiring.is_empty() {
        let kept = kept(&stored, &live, slot, newest);
        return Err(JobError::Nothing(if kept.is_empty() {
            "there is no older epoch to retire".to_owned()
        } else {
            format!(
                "no epoch can be retired: columns with search keep theirs ({}); sealwire rotate keyset --resume brings them under the new one",
                kept.join(", ")
            )
        }));
    }
    let places: Vec<[u8; 3]> = retiring
        .iter()
        .map(|keyset| place(slot, keyset.epoch))
        .collect();
    set_fence(client, slot, &gone(&keyring, slot, &retiring)).await?;
    let proved = prove(client, &places, patience).await;
    let searched = match proved {
        Ok(searched) => searched,
        Err(error) => {
            // What was retired before stays so.
            set_fence(client, slot, &gone(&keyring, slot, &[])).await?;
            return Err(error);
        }
    };
    let copy = remove(client, provider, key_file, slot, &retiring).await?;
    Ok(RetireReport {
        retired: retiring,
        searched,
        copy,
    })
}

/// Epochs that are kept and that neither the registry names for a table that is there nor new values are sealed in.
fn unused(stored: &Stored, live: &Snapshot, keyring: &Keyring, slot: u8) -> Vec<KeysetInfo> {
    let entered = stored.entered(keyring);
    let used: BTreeSet<u16> = stored
        .columns
        .iter()
        .chain(&entered)
        .filter(|column| column.place(stored.database_oid, live).is_some())
        .filter_map(|column| column.seal.as_ref())
        .filter(|spec| spec.slot == slot)
        .map(|spec| spec.epoch)
        .chain(keyring.newest(slot).map(|newest| newest.epoch))
        .chain(keyring.active(slot).map(|active| active.epoch))
        .collect();
    let keysets = keyring.slots().into_iter();
    keysets
        .filter(|keyset| keyset.slot == slot && !used.contains(&keyset.epoch))
        .collect()
}

/// The epochs of a slot that are retired, once these are.
fn gone(keyring: &Keyring, slot: u8, retiring: &[KeysetInfo]) -> Vec<[u8; 3]> {
    let newest = keyring.newest(slot).map_or(0, |newest| newest.epoch);
    let kept: BTreeSet<u16> = keyring
        .slots()
        .iter()
        .filter(|keyset| keyset.slot == slot && !retiring.contains(keyset))
        .map(|keyset| keyset.epoch)
        .collect();
    (1..newest)
        .filter(|epoch| !kept.contains(epoch))
        .map(|epoch| place(slot, epoch))
        .collect()
}

async fn set_fence(client: &mut Client, slot: u8, places: &[[u8; 3]]) -> Result<(), JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    fence::on(&tx, slot, places).await?;
    tx.commit().await.map_err(at("commit"))
}

/// Looks twice: a transaction that could see an older row version, and copy from it, is over between the two.
async fn prove(
    client: &mut Client,
    places: &[[u8; 3]],
    patience: Duration,
) -> Result<Vec<String>, JobError> {
    fence::outlast(client, patience).await?;
    scan(client, places).await?;
    fence::outlast(client, patience).await?;
    scan(client, places).await
}

/// Looks through every column that may hold envelopes, registered or not.
async fn scan(client: &mut Client, places: &[[u8; 3]]) -> Result<Vec<String>, JobError> {
    let step = || at("looking for values of old epochs");
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute(
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
         SET LOCAL row_security = off; SET LOCAL statement_timeout = 0",
    )
    .await
    .map_err(step())?;
    let mut searched = Vec::new();
    let mut left = Vec::new();
    for row in tx.query(COLUMNS, &[]).await.map_err(step())? {
        let get = || -> Result<(String, String, String, bool), tokio_postgres::Error> {
            Ok((
                row.try_get(0)?,
                row.try_get(1)?,
                row.try_get(2)?,
                row.try_get(3)?,
            ))
        };
        let (schema, table, column, array) = get().map_err(step())?;
        let rows = count(&tx, &schema, &table, &column, array, places).await?;
        let qualified = format!("{schema}.{table}.{column}");
        if rows > 0 {
            left.push(format!("{qualified} ({rows} rows)"));
        }
        searched.push(qualified);
    }
    tx.commit().await.map_err(at("commit"))?;
    if left.is_empty() {
        return Ok(searched);
    }
    Err(JobError::Nothing(format!(
        "values of old epochs are left, nothing was retired: {}. `sealwire rotate keyset --resume` seals those of registered columns anew; refresh materialized views, and drop or protect what else holds copies",
        left.join(", ")
    )))
}

async fn count(
    tx: &Transaction<'_>,
    schema: &str,
    table: &str,
    column: &str,
    array: bool,
    places: &[[u8; 3]],
) -> Result<i64, JobError> {
    let name = quote_ident(column);
    let old = if array {
        let item = is_of("item", places);
        format!("EXISTS (SELECT FROM pg_catalog.unnest({name}) AS items(item) WHERE {item})")
    } else {
        is_of(&name, places)
    };
    let text = format!(
        "SELECT pg_catalog.count(*) FROM ONLY {}.{} WHERE {old}",
        quote_ident(schema),
        quote_ident(table)
    );
    tx.query_one(&text, &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at(format!("looking through {schema}.{table}")))
}

/// Takes the keys of the epochs away: from the database, and from the copy.
async fn remove(
    client: &mut Client,
    provider: &dyn KeyProvider,
    key_file: &Path,
    slot: u8,
    retiring: &[KeysetInfo],
) -> Result<PathBuf, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute("SELECT pg_advisory_xact_lock(hashtext('sealwire init'))")
        .await
        .map_err(at("lock"))?;
    // What definitions through the proxy have entered is taken in here, under keys that are still there.
    let (mut stored, keyring) = registry::lock(&tx, provider).await?;
    let live = snapshot(&tx).await?;
    let unused = unused(&stored, &live, &keyring, slot);
    if !retiring.iter().all(|keyset| unused.contains(keyset)) {
        return Err(JobError::Nothing(
            "a column of an old epoch was made meanwhile, nothing was retired: `sealwire rotate keyset --resume`".to_owned(),
        ));
    }
    let newest = keyring.newest(slot).map_or(0, |newest| newest.epoch);
    for column in &mut stored.columns {
        // Their tables are gone, and so are their values.
        let Some(spec) = &mut column.seal else {
            continue;
        };
        if spec.slot == slot && retiring.iter().any(|keyset| keyset.epoch == spec.epoch) {
            spec.epoch = newest;
            registry::write_epoch(&tx, column.id, newest).await?;
        }
    }
    let epochs: Vec<i32> = retiring.iter().map(|keyset| keyset.epoch.into()).collect();
    tx.execute(
        "DELETE FROM sealwire.keysets WHERE slot = $1 AND epoch = ANY ($2)",
        &[&i16::from(slot), &epochs],
    )
    .await
    .map_err(at("taking the keys away"))?;
    let keysets: Vec<WrappedKeyset> = unpack(&stored)?
        .into_iter()
        .filter(|keyset| !retiring.contains(&keyset.info))
        .collect();
    stored.keysets = keysets
        .iter()
        .map(WrappedKeyset::to_bytes)
        .collect::<Result<_, _>>()?;
    let keyring = Keyring::unwrap(keyring.environment(), provider, &keysets)?;
    registry::write_seal(&tx, &mut stored, &keyring).await?;
    state::enter(&tx, slot, Phase::Retired).await?;
    let copy = copy_path(key_file, keyring.environment());
    // Beside the old one until the commit, which may fail.
    let mut next = copy.as_os_str().to_owned();
    next.push(".next");
    let next = PathBuf::from(next);
    write_copy(&next, &keysets)?;
    tx.commit().await.map_err(at("commit"))?;
    std::fs::rename(&next, &copy).map_err(|error| {
        JobError::Nothing(format!(
            "the old epochs are retired, but the copy of the keysets {} could not be replaced: {error}",
            copy.display()
        ))
    })?;
    Ok(copy)
}
