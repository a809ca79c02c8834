//! `protect` and `unprotect` with `--strategy online`: what is wanted, the rehearsal, and the job itself.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_postgres::{Client, Transaction};

use super::begin::{self, Draft};
use super::run::{self, Means};
use super::state::{self, Job, Move, Stage, Stored, Way};
use super::throttle::Pace;
use super::{fleet, needs, swap};
use crate::catalog::{Entry, Snapshot};
use crate::ground::stored::Stored as Registry;
use crate::jobs::error::at;
use crate::jobs::protect::{
    ProtectOptions, ProtectReport, Report, begin, finish, snapshot, want_backup,
};
use crate::jobs::unprotect::{self, UnprotectReport};
use crate::jobs::{JobError, preflight, registry, remains, targets};
use crate::keys::{KeyProvider, Keyring};
use crate::policy::Policy;

/// How often a lock is tried at the beginning.
const TRIES: u32 = 100;

/// What is wanted of the tables.
enum Wish<'a> {
    Seal(&'a Policy, &'a ProtectOptions<'a>),
    Open(Option<&'a [String]>),
}

impl Wish<'_> {
    fn way(&self) -> Way {
        match self {
            Wish::Seal(..) => Way::Protect,
            Wish::Open(_) => Way::Unprotect,
        }
    }
}

/// A job that was rehearsed.
struct Plan {
    id: i64,
    drafts: Vec<(Draft, String)>,
    moves: Vec<Move>,
    /// How long the rehearsal had the tables locked.
    locked: Duration,
}

/// Seals the columns of the tables (by schema and name) as [`crate::jobs::protect`] does, while they are read and written.
/// Run again it goes on with what was begun.
///
/// # Errors
/// The list of obstacles, or what went wrong. Until the swap the tables are as they were; [`super::undo`] takes the copy away.
pub async fn protect_online(
    client: &mut Client,
    provider: &dyn KeyProvider,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    pace: &Pace,
    report: &mut Report<'_>,
) -> Result<ProtectReport, JobError> {
    let wish = Wish::Seal(policy, options);
    let mut done = ProtectReport::default();
    let (job, did) = carry_out(
        client,
        provider,
        &wish,
        tables,
        pace,
        report,
        &mut done.notes,
    )
    .await?;
    for (at, own) in job.moves.iter().enumerate() {
        let rows = did.rows.get(at).copied().unwrap_or_default();
        done.sealed.extend(
            own.changes
                .iter()
                .map(|change| (format!("{}.{}", own.shown(), change.column), rows)),
        );
        let masked = own.masked.iter().filter_map(|body| Entry::parse(body));
        done.registered
            .extend(masked.map(|entry| format!("{}.{}", own.shown(), entry.column)));
    }
    done.notes.push(did.said());
    done.locked = Some(did.locked);
    done.remains = remains::remains(client).await?;
    done.remains.push(
        "pg_statistic, dead rows with common values of before: VACUUM FULL pg_statistic".to_owned(),
    );
    Ok(done)
}

/// Opens the sealed columns of the tables, or only those named in `columns`, as [`crate::jobs::unprotect`] does, while they are
/// read and written.
///
/// # Errors
/// As for [`protect_online`].
pub async fn unprotect_online(
    client: &mut Client,
    provider: &dyn KeyProvider,
    tables: &[(String, String)],
    columns: Option<&[String]>,
    pace: &Pace,
    report: &mut Report<'_>,
) -> Result<UnprotectReport, JobError> {
    let wish = Wish::Open(columns);
    let mut notes = Vec::new();
    let (job, did) = carry_out(client, provider, &wish, tables, pace, report, &mut notes).await?;
    let mut done = UnprotectReport::default();
    for (at, own) in job.moves.iter().enumerate() {
        let rows = did.rows.get(at).copied().unwrap_or_default();
        done.opened.extend(
            own.changes
                .iter()
                .map(|change| (format!("{}.{}", own.shown(), change.column), rows)),
        );
    }
    Ok(done)
}

/// What a job to protect would do, and what it would need: everything is tried on empty tables and rolled back.
///
/// # Errors
/// The list of obstacles, or what went wrong.
pub async fn protect_rehearsed(
    client: &mut Client,
    provider: &dyn KeyProvider,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
) -> Result<Vec<String>, JobError> {
    fleet::alone(client).await?;
    fleet::can_register(client).await?;
    let (_, _, found) = open(client, provider, Way::Protect, tables).await?;
    if let Some(stored) = found {
        return Ok(vec![format!(
            "job {} over these tables was begun and is at: {}",
            stored.id,
            stored.stage.word()
        )]);
    }
    let wish = Wish::Seal(policy, options);
    let mut said = Vec::new();
    let plan = rehearsed(client, provider, &wish, tables, &mut said).await?;
    let mut lines = needs::lines(client, &plan.moves).await?;
    lines.push(format!(
        "the rehearsal on an empty copy had the tables locked for {:.3} s; the change of places adds what the last changes take",
        plan.locked.as_secs_f64()
    ));
    lines.extend(said);
    Ok(lines)
}

async fn carry_out(
    client: &mut Client,
    provider: &dyn KeyProvider,
    wish: &Wish<'_>,
    tables: &[(String, String)],
    pace: &Pace,
    report: &mut Report<'_>,
    notes: &mut Vec<String>,
) -> Result<(Job, run::Done), JobError> {
    fleet::alone(client).await?;
    fleet::can_register(client).await?;
    let (keyring, live, found) = open(client, provider, wish.way(), tables).await?;
    let mut stored = match found {
        Some(stored) => stored,
        None => {
            let plan = rehearsed(client, provider, wish, tables, notes).await?;
            open_job(client, provider, wish.way(), &plan).await?
        }
    };
    let means = Means {
        provider,
        keyring: &keyring,
        snapshot: &live,
        pace,
    };
    let did = run::run(client, &means, &mut stored, report).await?;
    Ok((stored.job, did))
}

/// Keys, catalog, and the job over these tables where one was begun.
async fn open(
    client: &mut Client,
    provider: &dyn KeyProvider,
    way: Way,
    tables: &[(String, String)],
) -> Result<(Keyring, Snapshot, Option<Stored>), JobError> {
    let tx = begin(client, run::TRY).await?;
    let outcome = async {
        let (_, keyring) = registry::lock(&tx, provider).await?;
        tx.batch_execute(state::SCHEMA)
            .await
            .map_err(at("making sealwire.online"))?;
        let mut found = None;
        for stored in state::all(&tx, &keyring).await? {
            let mut moves = stored.job.moves.iter();
            if begin::same_tables(&stored.job, way, tables) {
                found = Some(stored);
            } else if let Some(own) =
                moves.find(|own| tables.contains(&(own.schema.clone(), own.name.clone())))
            {
                return Err(JobError::Nothing(format!(
                    "another job over {} was begun and has not ended: go on with it by the command that began it, or undo it with --undo",
                    own.shown()
                )));
            }
        }
        Ok((keyring, snapshot(&tx).await?, found))
    }
    .await;
    finish(tx, outcome).await
}

/// The plan, tried on empty tables; again where a lock was not to be had at once.
async fn rehearsed(
    client: &mut Client,
    provider: &dyn KeyProvider,
    wish: &Wish<'_>,
    tables: &[(String, String)],
    notes: &mut Vec<String>,
) -> Result<Plan, JobError> {
    for tried in 0..TRIES {
        notes.clear();
        match plan(client, provider, wish, tables, notes).await {
            Err(error) if run::is_busy(&error) && tried + 1 < TRIES => {
                tokio::time::sleep(run::TRY).await;
            }
            outcome => return outcome,
        }
    }
    Err(JobError::Nothing(
        "the tables could not be locked".to_owned(),
    ))
}

/// What is to be done, tried on empty tables and rolled back.
async fn plan(
    client: &mut Client,
    provider: &dyn KeyProvider,
    wish: &Wish<'_>,
    tables: &[(String, String)],
    notes: &mut Vec<String>,
) -> Result<Plan, JobError> {
    let tx = begin(client, run::TRY).await?;
    let outcome = async {
        let (stored, keyring) = registry::lock(&tx, provider).await?;
        let live = snapshot(&tx).await?;
        let drafts = match wish {
            Wish::Seal(policy, options) => {
                if !options.no_backup {
                    want_backup(options.key_file, provider, &keyring)?;
                }
                let own = (&stored, &keyring);
                seals(&tx, &live, policy, tables, options, own, notes).await?
            }
            Wish::Open(columns) => opens(&tx, &live, &stored, tables, *columns).await?,
        };
        let id = state::number(&tx).await?;
        let mut moves = begin::moves(id, drafts.iter());
        let mut obstacles = Vec::new();
        let mut keys = Vec::new();
        for own in &mut moves {
            keys.push(begin::look(&tx, own, &mut obstacles).await?);
        }
        if !obstacles.is_empty() {
            return Err(JobError::Obstacles(obstacles));
        }
        // From here on it is the rehearsal: all locks at once, as at the swap.
        let began = Instant::now();
        swap::lock(&tx, &moves).await?;
        make(&tx, &live, &mut moves, &drafts, &keys).await?;
        begin::rehearse(&tx, &moves).await?;
        let keys = keys.into_iter().map(Option::unwrap_or_default);
        Ok(Plan {
            id,
            drafts: drafts.into_iter().zip(keys).collect(),
            moves,
            locked: began.elapsed(),
        })
    }
    .await;
    let _ = tx.rollback().await;
    outcome
}

/// The columns to be opened.
async fn opens(
    tx: &Transaction<'_>,
    live: &Snapshot,
    stored: &Registry,
    tables: &[(String, String)],
    columns: Option<&[String]>,
) -> Result<Vec<Draft>, JobError> {
    let mut obstacles = Vec::new();
    let mut drafts = Vec::new();
    let mut all = Vec::new();
    for (schema, name) in tables {
        let relation = live
            .relation(schema, name)
            .ok_or_else(|| JobError::Nothing(format!("there is no table {schema}.{name}")))?;
        let (mut work, masked) = unprotect::registered(stored, live, relation, columns);
        unprotect::inspect(tx, &mut work, &mut obstacles).await?;
        if (work.columns.iter()).any(|(.., spec)| spec.scheme == crate::seal::Scheme::Subject) {
            obstacles.push(crate::jobs::Obstacle::new(
                relation.qualified(),
                "it is erasable: its values are sealed by whose row it is, which this strategy does not follow",
                "use --strategy rewrite",
            ));
        }
        let mut gone: Vec<i64> = masked.iter().map(|row| row.id).collect();
        gone.extend(work.columns.iter().map(|(row, ..)| row.id));
        drafts.push(Draft::Open {
            relation: Arc::clone(relation),
            columns: (work.columns.iter())
                .map(|(row, _, name, spec)| (row.clone(), name.clone(), spec.clone()))
                .collect(),
            gone,
        });
        all.push(work);
    }
    if all.iter().all(|work| work.columns.is_empty()) {
        return Err(JobError::Nothing(
            "nothing to open: the registry names no sealed column of these tables (--strategy rewrite takes masked ones off it)".to_owned(),
        ));
    }
    unprotect::links(tx, live, stored, &all, &mut obstacles).await?;
    if obstacles.is_empty() {
        Ok(drafts)
    } else {
        Err(JobError::Obstacles(obstacles))
    }
}

async fn make(
    tx: &Transaction<'_>,
    live: &Snapshot,
    moves: &mut [Move],
    drafts: &[Draft],
    keys: &[Option<String>],
) -> Result<(), JobError> {
    for ((own, draft), key) in moves.iter_mut().zip(drafts).zip(keys) {
        begin::make(tx, live, own, draft, key.as_deref().unwrap_or_default()).await?;
    }
    Ok(())
}

/// The columns and what the rewriting strategy would object to.
async fn seals(
    tx: &Transaction<'_>,
    live: &Snapshot,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    (stored, keyring): (&Registry, &Keyring),
    notes: &mut Vec<String>,
) -> Result<Vec<Draft>, JobError> {
    let mut obstacles = Vec::new();
    let mut work = Vec::new();
    for (schema, name) in tables {
        let table = targets::wanted(tx, live, policy, stored, schema, name, &mut obstacles).await?;
        if table.subject.is_some() {
            obstacles.push(crate::jobs::Obstacle::new(
                table.name(),
                "it is erasable: its values are sealed by whose row it is, which this strategy does not follow",
                "use --strategy rewrite",
            ));
        }
        work.push(table);
    }
    if work.iter().all(|table| table.sealed.is_empty()) && obstacles.is_empty() {
        return Err(JobError::Nothing(
            "nothing to seal: no rule seals a column of these tables that is not sealed already (--strategy rewrite enters masked columns)".to_owned(),
        ));
    }
    targets::assign_domains(tx, stored, keyring, &mut work, &mut obstacles).await?;
    let mut drafts = Vec::new();
    for table in work {
        let lengths = if table.sealed.is_empty() {
            std::collections::HashMap::new()
        } else {
            preflight::lengths(tx, &table).await?
        };
        let reviewed = options.functions_reviewed;
        let found = preflight::judge(tx, live, &table, reviewed, &lengths, &mut obstacles).await?;
        notes.extend(found.notes);
        notes.extend(found.indexes.notes);
        notes.extend(table.awaited.iter().map(|column| {
            format!(
                "{}.{column}: not there yet; made through the proxy it is protected from the start",
                table.name()
            )
        }));
        let named = table.sealed.iter().filter_map(|target| {
            let length = lengths.get(&target.attnum)?;
            Some((target.name.clone(), *length))
        });
        drafts.push(Draft::Seal {
            lengths: named.collect(),
            table,
        });
    }
    let tables = drafts.iter().filter_map(|draft| match draft {
        Draft::Seal { table, .. } => Some(table),
        Draft::Open { .. } => None,
    });
    targets::links(tx, live, stored, tables, &mut obstacles).await?;
    if obstacles.is_empty() {
        Ok(drafts)
    } else {
        Err(JobError::Obstacles(obstacles))
    }
}

/// Makes what the copy needs, and writes the job down, in one transaction.
async fn open_job(
    client: &mut Client,
    provider: &dyn KeyProvider,
    way: Way,
    plan: &Plan,
) -> Result<Stored, JobError> {
    let (id, drafts) = (plan.id, &plan.drafts);
    for tried in 0..TRIES {
        let tx = begin(client, run::TRY).await?;
        let outcome = async {
            let (_, keyring) = registry::lock(&tx, provider).await?;
            let live = snapshot(&tx).await?;
            let mut moves = begin::moves(id, drafts.iter().map(|(draft, _)| draft));
            for own in &moves {
                // Writers wait for the moment; whoever writes afterwards has the trigger.
                tx.batch_execute(&format!(
                    "LOCK TABLE ONLY {} IN SHARE ROW EXCLUSIVE MODE",
                    own.place()
                ))
                .await
                .map_err(at(format!("locking {}", own.shown())))?;
            }
            let mut obstacles = Vec::new();
            for (own, (draft, planned)) in moves.iter_mut().zip(drafts) {
                let key = begin::look(&tx, own, &mut obstacles).await?;
                if !obstacles.is_empty() || key.as_ref() != Some(planned) {
                    return Err(JobError::Nothing(format!(
                        "{} was altered this very moment: run the command again",
                        own.shown()
                    )));
                }
                begin::make(&tx, &live, own, draft, planned).await?;
            }
            let job = Job { way, moves };
            state::store(&tx, &keyring, id, &job).await?;
            Ok(Stored {
                id,
                stage: Stage::Copying,
                job,
            })
        }
        .await;
        match finish(tx, outcome).await {
            Err(error) if run::is_busy(&error) && tried + 1 < TRIES => {
                tokio::time::sleep(run::TRY).await;
            }
            outcome => return outcome,
        }
    }
    Err(JobError::Nothing(
        "the tables could not be locked".to_owned(),
    ))
}
