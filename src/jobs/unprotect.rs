//! `sealwire unprotect`: the way back, with the same care.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tokio_postgres::{Client, Transaction};

use super::convert::{self, Change};
use super::error::at;
use super::folded_indexes::{self, Turned};
use super::preflight::{self};
use super::protect::{Phase, Progress, Report, begin, finish, snapshot};
use super::rows::{self, Passage, Way, quoted};
use super::{JobError, Obstacle, depend, guard, registry, table, token_indexes, triggers};
use crate::catalog::{Relation, Snapshot};
use crate::ground::stored::{Stored, StoredColumn};
use crate::keys::{KeyProvider, Keyring};
use crate::seal::SealSpec;

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnprotectReport {
    /// Columns that hold plaintext again, with their rows.
    pub opened: Vec<(String, u64)>,
    /// Columns that were only masked and are no longer in the registry.
    pub removed: Vec<String>,
    /// What an operator should know.
    pub notes: Vec<String>,
    /// The longest that the tables were locked by the change of places, where there was one.
    pub locked: Option<Duration>,
}

/// Longer than a proxy takes to notice that the catalog has changed.
const GRACE: Duration = Duration::from_secs(5);

pub(super) struct Work<'a> {
    pub(super) relation: &'a Relation,
    /// Indexes on tags.
    pub(super) turned: Vec<Turned>,
    pub(super) columns: Vec<(StoredColumn, i16, String, SealSpec)>,
}

/// Opens the sealed columns of the tables (by schema and name), or only those named in `columns`, and takes
/// them out of the registry.
///
/// # Errors
/// The list of obstacles, or what went wrong. The tables are then as they were.
pub async fn unprotect(
    client: &mut Client,
    provider: &dyn KeyProvider,
    tables: &[(String, String)],
    columns: Option<&[String]>,
    lock_timeout: Duration,
    report: &mut Report<'_>,
) -> Result<UnprotectReport, JobError> {
    let tx = begin(client, lock_timeout).await?;
    let outcome = in_transaction(&tx, provider, tables, columns, report).await;
    let (names, done) = finish(tx, outcome).await?;
    // Proxies that have not yet read the catalog again send envelopes for a moment.
    tokio::time::sleep(GRACE).await;
    for sql in &names {
        let drops = guard::off(client, sql).await?;
        for drop in drops {
            client
                .batch_execute(&drop)
                .await
                .map_err(at("taking the guard off (the table is unprotected)"))?;
        }
    }
    for sql in names {
        client
            .batch_execute(&format!("ANALYZE {sql}"))
            .await
            .map_err(at("analysing the table (it is unprotected)"))?;
    }
    Ok(done)
}

async fn in_transaction(
    tx: &Transaction<'_>,
    provider: &dyn KeyProvider,
    tables: &[(String, String)],
    columns: Option<&[String]>,
    report: &mut Report<'_>,
) -> Result<(Vec<String>, UnprotectReport), JobError> {
    let (mut stored, keyring) = registry::lock(tx, provider).await?;
    for (schema, name) in tables {
        table::lock(tx, schema, name).await?;
    }
    let snapshot = snapshot(tx).await?;
    let mut obstacles = Vec::new();
    let mut work = Vec::new();
    let mut ids = Vec::new();
    let mut done = UnprotectReport::default();
    for (schema, name) in tables {
        let relation = snapshot
            .relation(schema, name)
            .ok_or_else(|| JobError::Nothing(format!("there is no table {schema}.{name}")))?;
        let (mut sealed, masked) = registered(&stored, &snapshot, relation, columns);
        ids.extend(sealed.columns.iter().map(|(row, ..)| row.id));
        for row in masked {
            ids.push(row.id);
            done.removed.push(row.qualified());
        }
        inspect(tx, &mut sealed, &mut obstacles).await?;
        work.push(sealed);
    }
    if ids.is_empty() {
        return Err(JobError::Nothing(
            "nothing to unprotect: the registry names no such column".to_owned(),
        ));
    }
    let links = links(tx, &snapshot, &stored, &work, &mut obstacles).await?;
    if !obstacles.is_empty() {
        return Err(JobError::Obstacles(obstacles));
    }

    convert::run(tx, "taking foreign keys off", &convert::unlink(&links)).await?;
    for work in work.iter().filter(|work| !work.columns.is_empty()) {
        open_table(tx, work, &keyring, report, &mut done).await?;
    }
    convert::run(
        tx,
        "putting foreign keys on again",
        &convert::relink(&links),
    )
    .await?;
    registry::remove(tx, &mut stored, &ids).await?;
    registry::write_seal(tx, &mut stored, &keyring).await?;
    let names = work.iter().map(|work| table::relation_sql(work.relation));
    Ok((names.collect(), done))
}

/// Foreign keys of columns that change, and those that would join what is sealed with what is not.
pub(super) async fn links(
    tx: &Transaction<'_>,
    snapshot: &Snapshot,
    stored: &Stored,
    work: &[Work<'_>],
    obstacles: &mut Vec<Obstacle>,
) -> Result<Vec<preflight::Link>, JobError> {
    let changing: HashSet<(u32, i16)> = work
        .iter()
        .flat_map(|work| {
            let oid = work.relation.oid;
            work.columns
                .iter()
                .map(move |(_, attnum, ..)| (oid, *attnum))
        })
        .collect();
    let kept: HashMap<(u32, i16), u32> = stored
        .columns
        .iter()
        .filter_map(|column| {
            let place = column.place(stored.database_oid, snapshot)?;
            Some((place, column.seal.as_ref()?.domain))
        })
        .filter(|(place, _)| !changing.contains(place))
        .collect();
    let domain = |oid, attnum| kept.get(&(oid, attnum)).map(u32::to_string);
    preflight::links(tx, snapshot, &changing, domain, obstacles).await
}

pub(super) fn registered<'a>(
    stored: &Stored,
    snapshot: &Snapshot,
    relation: &'a Relation,
    only: Option<&[String]>,
) -> (Work<'a>, Vec<StoredColumn>) {
    let mut work = Work {
        relation,
        turned: Vec::new(),
        columns: Vec::new(),
    };
    let mut masked = Vec::new();
    for row in &stored.columns {
        let Some((table, attnum)) = row.place(stored.database_oid, snapshot) else {
            continue;
        };
        let live = relation.columns.iter().find(|c| c.attnum == attnum);
        let (true, Some(live)) = (table == relation.oid, live) else {
            continue;
        };
        if only.is_some_and(|only| !only.contains(&live.name)) {
            continue;
        }
        match &row.seal {
            Some(spec) => work
                .columns
                .push((row.clone(), attnum, live.name.clone(), spec.clone())),
            None => masked.push(row.clone()),
        }
    }
    (work, masked)
}

pub(super) async fn inspect(
    tx: &Transaction<'_>,
    work: &mut Work<'_>,
    obstacles: &mut Vec<Obstacle>,
) -> Result<(), JobError> {
    let names: Vec<(String, bool)> = work
        .columns
        .iter()
        .map(|(own, _, name, _)| (name.clone(), own.declared.ends_with("citext")))
        .collect();
    let mut seen = HashSet::new();
    for (_, attnum, name, _) in &work.columns {
        let column = format!("{}.{name}", work.relation.qualified());
        let oid = work.relation.oid;
        let dependants = depend::walk(tx, oid, *attnum, &column, obstacles).await?;
        for index in dependants.indexes {
            if !seen.insert(index) {
                continue;
            }
            if let Some(turned) = folded_indexes::back(tx, index, &names).await? {
                work.turned.push(turned);
                continue;
            }
            let own = names.iter().map(|(name, _)| name.as_str());
            if let Some(turned) = token_indexes::back(tx, index, own).await? {
                work.turned.push(turned);
                continue;
            }
            let step = || at("reading an index");
            let row = tx
                .query_one(
                    "SELECT indexrelid::regclass::text, indexprs IS NOT NULL OR indpred IS NOT NULL
                     FROM pg_index WHERE indexrelid = $1",
                    &[&index],
                )
                .await
                .map_err(step())?;
            if row.try_get(1).map_err(step())? {
                let name: String = row.try_get(0).map_err(step())?;
                obstacles.push(Obstacle::new(
                    &column,
                    format!("index {name} has an expression or a predicate"),
                    "drop the index, and create it again afterwards",
                ));
            }
        }
    }
    Ok(())
}

async fn open_table(
    tx: &Transaction<'_>,
    work: &Work<'_>,
    keyring: &Keyring,
    report: &mut Report<'_>,
    done: &mut UnprotectReport,
) -> Result<(), JobError> {
    let sql = table::relation_sql(work.relation);
    let name = work.relation.qualified();
    let snapshot = snapshot(tx).await?;
    let mut ways = Vec::new();
    let mut changes = Vec::new();
    let mut defaults = Vec::new();
    let mut guards = Vec::new();
    for (at, (row, _, column, spec)) in work.columns.iter().enumerate() {
        let shadow = quoted(&format!("sealwire shadow {at}"));
        let declared = snapshot.declared_named(&row.declared).ok_or_else(|| {
            JobError::Nothing(format!(
                "{name}.{column}: its type {} is not there any more",
                row.declared
            ))
        })?;
        let plain = match &row.collation {
            Some(collation) => format!("{} COLLATE {collation}", row.declared),
            None => row.declared.clone(),
        };
        changes.push(Change {
            column: quoted(column),
            shadow: shadow.clone(),
            shadow_type: plain.clone(),
            new_type: plain,
        });
        if let Some(default) = &row.default_sql {
            defaults.push(format!(
                "ALTER TABLE {sql} ALTER COLUMN {} SET DEFAULT {default}",
                quoted(column)
            ));
        }
        guards.extend(guard::on(&sql, &quoted(column), &declared.kind, at));
        ways.push(Way {
            qualified: format!("{name}.{column}"),
            column: quoted(column),
            shadow,
            declared,
            type_sql: row.declared.clone(),
            cipher: keyring.cipher(spec)?,
        });
    }
    let total = rows::count(tx, &sql).await?;
    let found = triggers::read(tx, work.relation.oid).await?;
    let disable = triggers::disable(&sql, &found);
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
        subject: None,
    };
    passage.open(report).await?;
    passage
        .verify(|way| &way.column, |way| &way.shadow, report)
        .await?;
    report(Progress {
        table: &name,
        phase: Phase::Rewriting,
        done: 0,
        total,
    });
    for turned in &work.turned {
        convert::run(tx, "dropping indexes", &turned.before).await?;
    }
    convert::run(
        tx,
        "changing the columns' type",
        &convert::swap(&sql, &changes),
    )
    .await?;
    for turned in &work.turned {
        convert::run(tx, "creating indexes", &turned.after).await?;
    }
    convert::run(tx, "giving defaults back", &defaults).await?;
    convert::run(tx, "guarding against late envelopes", &guards).await?;
    let enable = triggers::enable(&sql, &found);
    convert::run(tx, "switching triggers on again", &enable).await?;
    let columns = work.columns.iter();
    done.opened
        .extend(columns.map(|(_, _, column, _)| (format!("{name}.{column}"), total)));
    Ok(())
}
