//! `sealwire protect`: seals existing rows under a lock, in one transaction.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio_postgres::{Client, Transaction};

use super::convert::{self, Change};
use super::defaults::{self, Default};
use super::error::at;
use super::preflight::{self, Findings, Link};
use super::rows::{self, Passage, Way, quoted};
use super::table::{self, Table, Target};
use super::{JobError, Obstacle, registry, triggers};
use crate::catalog::{Relation, Snapshot};
use crate::ground::stored::{Stored, StoredColumn};
use crate::keys::{BackupRecord, KeyProvider, Keyring};
use crate::policy::{ColumnRule, Policy};
use crate::seal::SealSpec;

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
    done.remains = remains(client).await?;
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
        work.push(wanted(tx, &snapshot, policy, &stored, schema, name, &mut obstacles).await?);
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
    assign_domains(tx, &stored, &keyring, &mut work, &mut obstacles).await?;
    let mut findings = Vec::new();
    for table in &work {
        let reviewed = options.functions_reviewed;
        findings
            .push(preflight::inspect(tx, &snapshot, table, reviewed, true, &mut obstacles).await?);
    }
    let links = links(tx, &snapshot, &stored, &work, &mut obstacles).await?;
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
        "SET LOCAL row_security = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
         SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
        lock_timeout.as_millis()
    ))
    .await
    .map_err(at("settings"))?;
    Ok(tx)
}

fn want_backup(
    key_file: &Path,
    provider: &dyn KeyProvider,
    keyring: &Keyring,
) -> Result<(), JobError> {
    let fingerprint = provider.describe().fingerprint;
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
    crate::ground::snapshot(tx, &database)
        .await
        .map_err(at("reading the catalog"))
}

/// The columns of a table that the rules name and the registry does not.
pub(super) async fn wanted(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    policy: &Policy,
    stored: &Stored,
    schema: &str,
    name: &str,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Table, JobError> {
    let relation = snapshot
        .relation(schema, name)
        .ok_or_else(|| JobError::Nothing(format!("there is no table {schema}.{name}")))?;
    let mut table = Table {
        relation: relation.clone(),
        sealed: Vec::new(),
        masked: Vec::new(),
    };
    let known: HashSet<(u32, i16)> = stored
        .columns
        .iter()
        .filter_map(|column| column.place(stored.database_oid, snapshot))
        .collect();
    for (column, rule) in policy.column_rules(&snapshot.database, schema, name) {
        let Some(live) = relation.column(&column) else {
            obstacles.push(Obstacle::new(
                format!("{schema}.{name}"),
                format!("there is no column {column}"),
                "mend the rule",
            ));
            continue;
        };
        if known.contains(&(relation.oid, live.attnum)) {
            continue;
        }
        match target(tx, snapshot, relation, live.attnum, rule, obstacles).await? {
            Some(target) if target.rule.seal.is_some() => table.sealed.push(target),
            Some(target) => table.masked.push(target),
            None => {}
        }
    }
    Ok(table)
}

async fn target(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    relation: &Relation,
    attnum: i16,
    rule: Arc<ColumnRule>,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Option<Target>, JobError> {
    let Some(live) = relation.columns.iter().find(|c| c.attnum == attnum) else {
        return Ok(None);
    };
    let (type_sql, collation, exact) = table::spelling(tx, relation.oid, attnum).await?;
    let qualified = format!("{}.{}", relation.qualified(), live.name);
    let Some(declared) = snapshot.declared(live.type_oid, live.typmod) else {
        obstacles.push(Obstacle::new(
            qualified,
            format!("its type {type_sql} is not supported"),
            "leave the column out of the rules, or change its type",
        ));
        return Ok(None);
    };
    if let Some(name) = &rule.declared
        && snapshot
            .declared_named(name)
            .is_none_or(|named| (named.oid, &named.kind) != (declared.oid, &declared.kind))
    {
        obstacles.push(Obstacle::new(
            &qualified,
            format!("it is of type {type_sql}, not {name}"),
            "mend the rule's `type`",
        ));
    }
    let searched = rule
        .seal
        .as_ref()
        .is_some_and(|seal| seal.scheme == crate::seal::Scheme::Deterministic);
    if searched && !exact {
        obstacles.push(Obstacle::new(
            &qualified,
            "its collation is nondeterministic: texts that differ are equal to the server",
            "seal it without search",
        ));
    }
    Ok(Some(Target {
        attnum,
        name: live.name.clone(),
        default: defaults::read(tx, relation.oid, attnum, &type_sql).await?,
        declared,
        type_sql,
        collation,
        rule,
        spec: None,
    }))
}

/// Gives every column its key domain: a new one, or the named one that others share.
async fn assign_domains(
    tx: &Transaction<'_>,
    stored: &Stored,
    keyring: &Keyring,
    work: &mut [Table],
    obstacles: &mut Vec<Obstacle>,
) -> Result<(), JobError> {
    let mut named: HashMap<String, SealSpec> = stored
        .columns
        .iter()
        .filter_map(|column| Some((column.domain_name.clone()?, column.seal.clone()?)))
        .collect();
    let newest = keyring
        .newest(0)
        .ok_or_else(|| JobError::Nothing("there is no keyset in slot 0".to_owned()))?;
    for table in work {
        let name = table.name();
        for target in &mut table.sealed {
            let Some(rule) = &target.rule.seal else {
                continue;
            };
            let shared = rule
                .domain
                .as_ref()
                .and_then(|domain| named.get(domain))
                .cloned();
            let spec = SealSpec {
                domain: match &shared {
                    Some(shared) => shared.domain,
                    None => registry::mint_domain(tx, stored).await?,
                },
                slot: shared.as_ref().map_or(newest.slot, |shared| shared.slot),
                epoch: shared.as_ref().map_or(newest.epoch, |shared| shared.epoch),
                scheme: rule.scheme,
                family: target.declared.family(),
                pad: rule.pad,
            };
            if shared.is_some_and(|shared| shared != spec) {
                obstacles.push(Obstacle::new(
                    format!("{name}.{}", target.name),
                    format!(
                        "key domain {} holds columns of another type, search or pad",
                        rule.domain.as_deref().unwrap_or_default()
                    ),
                    "columns of one domain are sealed alike",
                ));
            }
            if let Some(domain) = &rule.domain {
                named.insert(domain.clone(), spec.clone());
            }
            target.spec = Some(spec);
        }
    }
    Ok(())
}

async fn links(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    stored: &Stored,
    work: &[Table],
    obstacles: &mut Vec<Obstacle>,
) -> Result<Vec<Link>, JobError> {
    let mut domains: HashMap<(u32, i16), SealSpec> = stored
        .columns
        .iter()
        .filter_map(|column| {
            let place = column.place(stored.database_oid, snapshot)?;
            Some((place, column.seal.clone()?))
        })
        .collect();
    let mut changing = HashSet::new();
    for table in work {
        for target in &table.sealed {
            let place = (table.relation.oid, target.attnum);
            changing.insert(place);
            if let Some(spec) = &target.spec {
                domains.insert(place, spec.clone());
            }
        }
    }
    let domain = |oid, attnum| {
        // Two random columns never fit: their envelopes differ for equal values.
        domains.get(&(oid, attnum)).map(|spec| match spec.scheme {
            crate::seal::Scheme::Deterministic => format!("domain {}", spec.domain),
            crate::seal::Scheme::Random => format!("random {oid}.{attnum}"),
        })
    };
    preflight::links(tx, snapshot, &changing, domain, obstacles).await
}

async fn seal_table(
    tx: &Transaction<'_>,
    table: &Table,
    findings: &Findings,
    keyring: &Keyring,
    report: &mut Report<'_>,
    done: &mut ProtectReport,
) -> Result<(), JobError> {
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

/// Where plaintext may remain, as far as the server tells.
async fn remains(client: &Client) -> Result<Vec<String>, JobError> {
    let step = || at("reading the server's settings (the tables are protected)");
    let row = client
        .query_one(
            "SELECT current_setting('archive_mode') <> 'off',
                    (SELECT count(*) > 0 FROM pg_replication_slots),
                    EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements'),
                    current_setting('log_statement') <> 'none' OR current_setting('log_min_duration_statement') <> '-1'",
            &[],
        )
        .await
        .map_err(step())?;
    let mut remains = vec![
        "WAL segments written before now, until they are recycled (several checkpoints later)"
            .to_owned(),
        "base backups and dumps taken before now, and file system snapshots".to_owned(),
        "blocks of the disk that held the old table files, until they are overwritten".to_owned(),
    ];
    if row.try_get(0).map_err(step())? {
        remains.push("the WAL archive (archive_mode is on)".to_owned());
    }
    if row.try_get(1).map_err(step())? {
        remains.push(
            "replicas and subscribers: they have WAL or copies from before (replication slots exist)"
                .to_owned(),
        );
    } else {
        remains.push("replicas, if there are any".to_owned());
    }
    if row.try_get(2).map_err(step())? {
        remains.push(
            "pg_stat_statements: texts with literals; SELECT pg_stat_statements_reset()".to_owned(),
        );
    }
    let logs = if row.try_get(3).map_err(step())? {
        "the server's logs (log_statement or log_min_duration_statement is on: statements with their values)"
    } else {
        "the server's logs (failed statements with their values)"
    };
    remains.push(logs.to_owned());
    remains
        .push("copies that the application itself made: exports, caches, other tables".to_owned());
    Ok(remains)
}
