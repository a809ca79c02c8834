//! `protect` and `unprotect` with `--strategy online`, from the command to the report.

use tokio_postgres::Client;

use super::plan::{open_job, rehearsed};
use super::run::{self, Means};
use super::state::{self, Job, Stored, Way};
use super::throttle::Pace;
use super::wishes::Wish;
use super::{begin, fleet, needs};
use crate::catalog::{Entry, Snapshot};
use crate::jobs::error::at;
use crate::jobs::protect::{
    ProtectOptions, ProtectReport, Report, begin as transaction, finish, snapshot,
};
use crate::jobs::unprotect::UnprotectReport;
use crate::jobs::{JobError, registry, remains};
use crate::keys::{KeyProvider, Keyring};
use crate::policy::Policy;

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
    let mut done = UnprotectReport {
        locked: Some(did.locked),
        notes,
        ..UnprotectReport::default()
    };
    done.notes.push(did.said());
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
    lines(client, provider, &Wish::Seal(policy, options), tables).await
}

/// What a job to unprotect would do, and what it would need: everything is tried on empty tables and rolled back.
///
/// # Errors
/// The list of obstacles, or what went wrong.
pub async fn unprotect_rehearsed(
    client: &mut Client,
    provider: &dyn KeyProvider,
    tables: &[(String, String)],
    columns: Option<&[String]>,
) -> Result<Vec<String>, JobError> {
    lines(client, provider, &Wish::Open(columns), tables).await
}

async fn lines(
    client: &mut Client,
    provider: &dyn KeyProvider,
    wish: &Wish<'_>,
    tables: &[(String, String)],
) -> Result<Vec<String>, JobError> {
    fleet::alone(client).await?;
    fleet::can_register(client).await?;
    let (_, _, found) = open(client, provider, wish.way(), tables).await?;
    if let Some(stored) = found {
        return Ok(vec![format!(
            "job {} over these tables was begun and is at: {}",
            stored.id,
            stored.stage.word()
        )]);
    }
    let mut said = Vec::new();
    let plan = rehearsed(client, provider, wish, tables, &mut said).await?;
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
pub(super) async fn open(
    client: &mut Client,
    provider: &dyn KeyProvider,
    way: Way,
    tables: &[(String, String)],
) -> Result<(Keyring, Snapshot, Option<Stored>), JobError> {
    let tx = transaction(client, run::TRY).await?;
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
