//! `sealwire protect`: seals existing rows under a lock, in one transaction.

use std::path::Path;
use std::time::Duration;

use tokio_postgres::{Client, Transaction};

use super::convert::{self, Change};
use super::defaults::Default;
use super::error::at;
use super::preflight::{self, Findings};
use super::rows::{self, Passage, Way, quoted};
use super::table::{self, Table};
use super::{JobError, registry, remains, targets, triggers};
use crate::catalog::Snapshot;
use crate::ground::stored::{Stored, StoredColumn};
use crate::keys::{BackupRecord, KeyProvider, Keyring};
use crate::policy::Policy;

/// How to go about it.
#[derive(Debug, Clone)]
pub struct ProtectOptions<'a> {
    /// The key file: the record of its verified backup lies beside it.
    pub key_file: &'a Path,
    /// Goes on without a verified backup.
    pub no_backup: bool,
    /// Functions whose text names table and column were looked at and are no obstacle.
    pub functions_reviewed: bool,
    /// How long to wait for the lock on the table.
    pub lock_timeout: Duration,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProtectReport {
    /// Columns that were sealed, with their rows: (`schema.table.column`, rows).
    pub sealed: Vec<(String, u64)>,
    /// Columns that are masked only, entered into the registry.
    pub registered: Vec<String>,
    /// What an operator should know: indexes dropped or turned, triggers that see sealed rows.
    pub notes: Vec<String>,
    /// Where plaintext may remain.
    pub remains: Vec<String>,
    /// The longest that the tables were locked by the change of places, where there was one.
    pub locked: Option<Duration>,
}

/// A step of a job over a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// `schema.table`.
    pub table: &'a str,
    /// What is being done.
    pub phase: Phase,
    /// Rows done.
    pub done: u64,
    /// Of so many.
    pub total: u64,
}

/// What is being done to a table's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Values are sealed into the shadow columns.
    Sealing,
    /// Values are opened into the shadow columns.
    Opening,
    /// Every row is read again and compared.
    Verifying,
    /// The server rewrites the table and its indexes.
    Rewriting,
    /// Rows are copied to the new table.
    Copying,
    /// Indexes of the new table are built; counted in indexes.
    Indexing,
    /// The old and the new table change places.
    Swapping,
}

/// Takes the progress.
pub type Report<'a> = dyn FnMut(Progress<'_>) + Send + 'a;

/// Seals the columns of the tables (by schema and name) that the rules seal, and enters those that they
/// mask. Tables joined by foreign keys on such columns are given together. The client is connected as
/// their owner.
///
/// # Errors
/// The list of obstacles, or what went wrong. The tables are then as they were.
pub async fn protect(
    client: &mut Client,
    provider: &dyn KeyProvider,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    report: &mut Report<'_>,
) -> Result<ProtectReport, JobError> {
    let tx = begin(client, options.lock_timeout).await?;
    let outcome = in_transaction(&tx, provider, policy, tables, options, report).await;
    let (work, mut done) = finish(tx, outcome).await?;
    for table in &work {
        // New statistics, of envelopes; the old ones went with the old type.
        client
            .batch_execute(&format!("ANALYZE {}", table.sql()))
            .await
            .map_err(at("analysing the table (it is protected)"))?;
    }
    done.remains = remains::remains(client).await?;
    Ok(done)
}

async fn in_transaction(
    tx: &Transaction<'_>,
    provider: &dyn KeyProvider,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    report: &mut Report<'_>,
) -> Result<(Vec<Table>, ProtectReport), JobError> {
    let (mut stored, keyring) = registry::lock(tx, provider).await?;
    if !options.no_backup {
        want_backup(options.key_file, provider, &keyring)?;
    }
    for (schema, name) in tables {
        table::lock(tx, schema, name).await?;
    }
    let snapshot = snapshot(tx).await?;
    let mut obstacles = Vec::new();
    let mut work = Vec::new();
    for (schema, name) in tables {
        work.push(
            targets::wanted(tx, &snapshot, policy, &stored, schema, name, &mut obstacles).await?,
        );
    }
    if work
        .iter()
        .all(|table| table.sealed.is_empty() && table.masked.is_empty())
        && obstacles.is_empty()
    {
        return Err(JobError::Nothing(
            "nothing to protect: no rule names a column of these tables that is not protected already".to_owned(),
        ));
    }
    targets::assign_domains(tx, &stored, &keyring, &mut work, &mut obstacles).await?;
    let mut findings = Vec::new();
    for table in &work {
        let reviewed = options.functions_reviewed;
        findings
            .push(preflight::inspect(tx, &snapshot, table, reviewed, true, &mut obstacles).await?);
    }
    let links = targets::links(tx, &snapshot, &stored, work.iter(), &mut obstacles).await?;
    if !obstacles.is_empty() {
        return Err(JobError::Obstacles(obstacles));
    }

    let mut done = ProtectReport::default();
    convert::run(tx, "taking foreign keys off", &convert::unlink(&links)).await?;
    for (table, findings) in work.iter().zip(&findings) {
        seal_table(tx, table, findings, &keyring, report, &mut done).await?;
    }
    convert::run(
        tx,
        "putting foreign keys on again",
        &convert::relink(&links),
    )
    .await?;
    for table in &work {
        enter(tx, &mut stored, table, &mut done).await?;
    }
    registry::write_seal(tx, &mut stored, &keyring).await?;
    Ok((work, done))
}

/// Commits what was done, or rolls back before the error goes on, so that no lock outlives the job.
pub(super) async fn finish<T>(
    tx: Transaction<'_>,
    outcome: Result<T, JobError>,
) -> Result<T, JobError> {
    match outcome {
        Ok(done) => {
            tx.commit().await.map_err(at("commit"))?;
            Ok(done)
        }
        Err(error) => {
            // Where this fails the connection is gone, and the server rolls back by itself.
            let _ = tx.rollback().await;
            Err(error)
        }
    }
}

pub(super) async fn begin(
    client: &mut Client,
    lock_timeout: Duration,
) -> Result<Transaction<'_>, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute(&format!(
        // Rows hidden by a policy must be an error, not left out; row ids must be looked up, not searched for.
        "SET LOCAL row_security = off; SET LOCAL jit = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
         SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
        lock_timeout.as_millis()
    ))
    .await
    .map_err(at("settings"))?;
    Ok(tx)
}

pub(super) fn want_backup(
    key_file: &Path,
    provider: &dyn KeyProvider,
    keyring: &Keyring,
) -> Result<(), JobError> {
    let fingerprint = provider.describe()?.fingerprint;
    let covered = BackupRecord::read(key_file)?
        .is_some_and(|record| record.covers(fingerprint, &keyring.slots()));
    if covered {
        Ok(())
    } else {
        Err(JobError::NoBackup)
    }
}

pub(super) async fn snapshot(tx: &Transaction<'_>) -> Result<Snapshot, JobError> {
    let database: String = tx
        .query_one("SELECT current_database()::text", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading the database's name"))?;
    crate::ground::snapshot(tx, &database, &mut crate::ground::Definitions::default())
        .await
        .map_err(at("reading the catalog"))
}

async fn seal_table(
    tx: &Transaction<'_>,
    table: &Table,
    findings: &Findings,
    keyring: &Keyring,
    report: &mut Report<'_>,
    done: &mut ProtectReport,
) -> Result<(), JobError> {
    done.notes.extend(table.awaited.iter().map(|column| {
        format!(
            "{}.{column}: not there yet; made through the proxy it is protected from the start",
            table.name()
        )
    }));
    done.notes.extend(findings.notes.iter().cloned());
    done.notes.extend(findings.indexes.notes.iter().cloned());
    if table.sealed.is_empty() {
        return Ok(());
    }
    let sql = table.sql();
    let mut ways = Vec::new();
    let mut changes = Vec::new();
    for (at, target) in table.sealed.iter().enumerate() {
        let spec = target
            .spec
            .as_ref()
            .ok_or_else(|| JobError::Nothing(format!("{} has no key", table.column(target))))?;
        ways.push(Way {
            qualified: table.column(target),
            column: quoted(&target.name),
            shadow: table.shadow(at),
            declared: target.declared.clone(),
            type_sql: target.type_sql.clone(),
            cipher: keyring.cipher(spec)?,
        });
        changes.push(Change {
            column: quoted(&target.name),
            shadow: table.shadow(at),
            shadow_type: "pg_catalog.bytea".to_owned(),
            new_type: "sealwire.sealed".to_owned(),
        });
    }
    let total = rows::count(tx, &sql).await?;
    let name = table.name();
    let disable = triggers::disable(&sql, &findings.triggers);
    convert::run(tx, "switching triggers off", &disable).await?;
    convert::run(
        tx,
        "adding shadow columns",
        &convert::add_shadows(&sql, &changes),
    )
    .await?;
    let passage = Passage {
        tx,
        table: sql.clone(),
        name: name.clone(),
        ways,
        total,
        subject: table.subject.clone(),
    };
    passage.seal(report).await?;
    passage
        .verify(|way| &way.shadow, |way| &way.column, report)
        .await?;
    let mut rewriting = |done| {
        report(Progress {
            table: &name,
            phase: Phase::Rewriting,
            done,
            total,
        });
    };
    rewriting(0);
    convert::run(tx, "dropping indexes", &findings.indexes.before).await?;
    convert::run(
        tx,
        "changing the columns' type",
        &convert::swap(&sql, &changes),
    )
    .await?;
    convert::run(tx, "creating indexes", &findings.indexes.after).await?;
    let enable = triggers::enable(&sql, &findings.triggers);
    convert::run(tx, "switching triggers on again", &enable).await?;
    rewriting(total);
    done.sealed.extend(
        table
            .sealed
            .iter()
            .map(|target| (table.column(target), total)),
    );
    Ok(())
}

async fn enter(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    table: &Table,
    done: &mut ProtectReport,
) -> Result<(), JobError> {
    for target in table.sealed.iter().chain(&table.masked) {
        let sealed = target.spec.is_some();
        let (default, default_sql) = match &target.default {
            Default::Constant { text, sql } if sealed => (text.clone(), Some(sql.clone())),
            Default::Constant { .. } | Default::None | Default::Expression | Default::Generated => {
                (None, None)
            }
        };
        let row = StoredColumn {
            id: 0,
            database_oid: stored.database_oid,
            table: table.relation.oid,
            attnum: target.attnum,
            schema: table.relation.schema.clone(),
            table_name: table.relation.name.clone(),
            column: target.name.clone(),
            declared: target.type_sql.clone(),
            collation: target.collation.clone(),
            seal: target.spec.clone(),
            domain_name: target
                .rule
                .seal
                .as_ref()
                .and_then(|seal| seal.domain.clone()),
            default,
            default_sql,
        };
        registry::add(tx, stored, row).await?;
        if !sealed {
            done.registered.push(table.column(target));
        }
    }
    Ok(())
}
