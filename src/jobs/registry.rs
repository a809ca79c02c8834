//! Writing the registry: rows, counter and seal change together, in the job's own transaction.

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;
use crate::ground::stored::{self, Stored, StoredColumn};
use crate::ground::{damaged, keyring};
use crate::keys::{KeyProvider, Keyring};
use crate::seal::SealSpec;

/// The registry, locked against other jobs until the transaction ends, and verified.
pub(super) async fn lock(
    tx: &Transaction<'_>,
    provider: &dyn KeyProvider,
) -> Result<(Stored, Keyring), JobError> {
    if !stored_exists(tx).await? {
        return Err(JobError::Nothing(
            "schema sealwire is not there: run `sealwire init` first".to_owned(),
        ));
    }
    tx.batch_execute("LOCK TABLE sealwire.columns IN SHARE ROW EXCLUSIVE MODE")
        .await
        .map_err(at("locking the registry"))?;
    let mut stored = stored::read(tx)
        .await
        .map_err(at("reading the registry"))?
        .ok_or_else(|| damaged("schema sealwire is gone"))?;
    let keyring = keyring(provider, &stored, None)?;
    super::journal::absorb(tx, &mut stored, &keyring).await?;
    Ok((stored, keyring))
}

async fn stored_exists(tx: &Transaction<'_>) -> Result<bool, JobError> {
    let row = tx
        .query_opt(
            "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = 'sealwire' AND c.relname = 'columns'",
            &[],
        )
        .await
        .map_err(at("looking for schema sealwire"))?;
    Ok(row.is_some())
}

/// Takes rows away.
pub(super) async fn remove(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    ids: &[i64],
) -> Result<(), JobError> {
    tx.execute("DELETE FROM sealwire.columns WHERE id = ANY ($1)", &[&ids])
        .await
        .map_err(at("removing from the registry"))?;
    stored.columns.retain(|column| !ids.contains(&column.id));
    Ok(())
}

/// Adds a row; its id is given here.
pub(super) async fn add(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    mut column: StoredColumn,
) -> Result<(), JobError> {
    column.id = next(tx, "sealwire.column_ids").await?;
    column.database_oid = stored.database_oid;
    let spec = column.seal.as_ref();
    let number = |of: fn(&SealSpec) -> i64| spec.map(of);
    tx.execute(
        "INSERT INTO sealwire.columns (id, database_oid, table_oid, attnum, schema_name, table_name, column_name,
            declared, collation_name, scheme, domain_id, slot, epoch, family, pad, domain_name, default_text, default_sql)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        &[
            &column.id,
            &column.database_oid,
            &column.table,
            &column.attnum,
            &column.schema,
            &column.table_name,
            &column.column,
            &column.declared,
            &column.collation,
            &spec.map(SealSpec::scheme_name),
            &number(|spec| i64::from(spec.domain)),
            &number(|spec| i64::from(spec.slot)),
            &number(|spec| i64::from(spec.epoch)),
            &number(|spec| i64::from(spec.family)),
            &spec.and_then(|spec| spec.pad).map(i64::from),
            &column.domain_name,
            &column.default,
            &column.default_sql,
        ],
    )
    .await
    .map_err(at("adding to the registry"))?;
    stored.columns.push(column);
    Ok(())
}

/// Another epoch of a row that stays.
pub(super) async fn write_epoch(tx: &Transaction<'_>, id: i64, epoch: u16) -> Result<(), JobError> {
    tx.execute(
        "UPDATE sealwire.columns SET epoch = $2 WHERE id = $1",
        &[&id, &i64::from(epoch)],
    )
    .await
    .map_err(at("writing the registry"))?;
    Ok(())
}

/// A key domain id that was never used: from the sequence, and not among those of the registry even
/// where the sequence was set back.
pub(super) async fn mint_domain(tx: &Transaction<'_>, stored: &Stored) -> Result<u32, JobError> {
    let used = |id| {
        stored
            .columns
            .iter()
            .filter_map(|column| column.seal.as_ref())
            .any(|spec| spec.domain == id)
    };
    loop {
        let id = u32::try_from(next(tx, "sealwire.domain_ids").await?)
            .map_err(|_| JobError::Nothing("all key domain ids are used up".to_owned()))?;
        if !used(id) {
            return Ok(id);
        }
    }
}

async fn next(tx: &Transaction<'_>, sequence: &str) -> Result<i64, JobError> {
    tx.query_one("SELECT nextval($1::text::regclass)", &[&sequence])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("taking a number"))
}

/// Counts up and seals what the rows now are.
pub(super) async fn write_seal(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    keyring: &Keyring,
) -> Result<(), JobError> {
    stored.counter += 1;
    stored.columns.sort_by_key(|column| column.id);
    stored.seal = stored::hex(&keyring.registry_mac(&stored.message()));
    for (name, value) in [
        ("environment", stored.environment.clone()),
        ("format", stored.format.clone()),
        ("counter", stored.counter.to_string()),
        ("announced", stored.announced.clone()),
        ("seal", stored.seal.clone()),
    ] {
        tx.execute(
            "INSERT INTO sealwire.settings (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            &[&name, &value],
        )
        .await
        .map_err(at("sealing the registry"))?;
    }
    Ok(())
}
