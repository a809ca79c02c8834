//! `protect --strategy online`.

use tokio_postgres::{Client, Transaction};

use super::begin::{self, Draft};
use super::run::{self, Means};
use super::state::{self, Job, Move, Stage, Stored, Way};
use super::{fleet, swap};
use crate::catalog::{Entry, Snapshot};
use crate::ground::stored::Stored as Registry;
use crate::jobs::error::at;
use crate::jobs::protect::{
    ProtectOptions, ProtectReport, Report, begin, finish, snapshot, want_backup,
};
use crate::jobs::{JobError, preflight, registry, remains, targets};
use crate::keys::{KeyProvider, Keyring};
use crate::policy::Policy;

/// How often a lock is tried at the beginning.
const TRIES: u32 = 100;

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
    report: &mut Report<'_>,
) -> Result<ProtectReport, JobError> {
    fleet::alone(client).await?;
    let (keyring, live, found) = open(client, provider, tables).await?;
    let mut done = ProtectReport::default();
    let mut stored = match found {
        Some(stored) => stored,
        None => {
            fleet::none(client).await?;
            start(client, provider, policy, tables, options, &mut done).await?
        }
    };
    if stored.stage < Stage::Swapped {
        fleet::none(client).await?;
    }
    let means = Means {
        provider,
        keyring: &keyring,
        snapshot: &live,
    };
    let did = run::run(client, &means, &mut stored, report).await?;
    for (at, own) in stored.job.moves.iter().enumerate() {
        let rows = did.rows.get(at).copied().unwrap_or_default();
        let columns = own.changes.iter();
        done.sealed
            .extend(columns.map(|change| (format!("{}.{}", own.shown(), change.column), rows)));
        let masked = own.masked.iter().filter_map(|body| Entry::parse(body));
        done.registered
            .extend(masked.map(|entry| format!("{}.{}", own.shown(), entry.column)));
    }
    done.notes.push(format!(
        "{} changes were made meanwhile and followed; the longest lock was held for {:.3} s",
        did.drained,
        did.locked.as_secs_f64()
    ));
    done.locked = Some(did.locked);
    done.remains = remains::remains(client).await?;
    done.remains.push(
        "pg_statistic, dead rows with common values of before: VACUUM FULL pg_statistic".to_owned(),
    );
    Ok(done)
}

/// Keys, catalog, and the job over these tables where one was begun.
async fn open(
    client: &mut Client,
    provider: &dyn KeyProvider,
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
            if begin::same_tables(&stored.job, Way::Protect, tables) {
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

/// Plans, rehearses, and makes what the copy needs.
async fn start(
    client: &mut Client,
    provider: &dyn KeyProvider,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    done: &mut ProtectReport,
) -> Result<Stored, JobError> {
    for tried in 0..TRIES {
        *done = ProtectReport::default();
        match plan(client, provider, policy, tables, options, done).await {
            Err(error) if run::is_busy(&error) && tried + 1 < TRIES => {
                tokio::time::sleep(run::TRY).await;
            }
            Err(error) => return Err(error),
            Ok((id, drafts)) => return open_job(client, provider, id, &drafts).await,
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
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    done: &mut ProtectReport,
) -> Result<(i64, Vec<(Draft, String)>), JobError> {
    let tx = begin(client, run::TRY).await?;
    let outcome = async {
        let (stored, keyring) = registry::lock(&tx, provider).await?;
        if !options.no_backup {
            want_backup(options.key_file, provider, &keyring)?;
        }
        let live = snapshot(&tx).await?;
        let drafts = drafts(
            &tx,
            &live,
            policy,
            tables,
            options,
            (&stored, &keyring),
            done,
        )
        .await?;
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
        swap::lock(&tx, &moves).await?;
        make(&tx, &live, &mut moves, &drafts, &keys).await?;
        begin::rehearse(&tx, &moves).await?;
        let keys = keys.into_iter().map(Option::unwrap_or_default);
        Ok((id, drafts.into_iter().zip(keys).collect()))
    }
    .await;
    let _ = tx.rollback().await;
    outcome
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
async fn drafts(
    tx: &Transaction<'_>,
    live: &Snapshot,
    policy: &Policy,
    tables: &[(String, String)],
    options: &ProtectOptions<'_>,
    (stored, keyring): (&Registry, &Keyring),
    done: &mut ProtectReport,
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
        done.notes.extend(found.notes);
        done.notes.extend(found.indexes.notes);
        done.notes.extend(table.awaited.iter().map(|column| {
            format!(
                "{}.{column}: not there yet; made through the proxy it is protected from the start",
                table.name()
            )
        }));
        let named = table.sealed.iter().filter_map(|target| {
            let length = lengths.get(&target.attnum)?;
            Some((target.name.clone(), *length))
        });
        drafts.push(Draft {
            lengths: named.collect(),
            table,
        });
    }
    let tables = drafts.iter().map(|draft| &draft.table);
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
    id: i64,
    drafts: &[(Draft, String)],
) -> Result<Stored, JobError> {
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
            let job = Job {
                way: Way::Protect,
                moves,
            };
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
