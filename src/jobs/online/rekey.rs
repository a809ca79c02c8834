//! Searched columns of a keyset brought to another epoch: each table by a copy that changes places with it, all that share a key
//! domain at one moment. With both epochs in a domain joins, UNIQUE and every ordering would answer wrongly.

use std::collections::BTreeMap;

use tokio_postgres::Client;

use super::plan::{open_job, rehearsed};
use super::run::{self, Means};
use super::state::{self, Stage, Stored, Way};
use super::throttle::Pace;
use super::undo;
use super::wishes::Wish;
use super::{begin, fleet, job, needs};
use crate::catalog::{Registered, Snapshot};
use crate::jobs::error::at;
use crate::jobs::protect::{Report, begin as transaction, finish, snapshot};
use crate::jobs::{JobError, Obstacle, registry};
use crate::keys::{KeyProvider, Keyring};

/// Tables (by schema and name) that change places together.
type Tables = Vec<(String, String)>;

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rekeyed {
    /// Columns, with their rows: (`schema.table.column`, rows).
    pub columns: Vec<(String, u64)>,
    /// What an operator should know.
    pub notes: Vec<String>,
}

/// Tables with searched columns of a slot that are of an older epoch than this: those that share a key domain together,
/// through however many others.
fn groups(registered: &[Registered], live: &Snapshot, (slot, epoch): (u8, u16)) -> Vec<Tables> {
    let mut domains: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for column in registered {
        let Some(spec) = column
            .seal
            .as_ref()
            .filter(|spec| spec.slot == slot && spec.is_searched() && spec.epoch < epoch)
        else {
            continue;
        };
        domains.entry(spec.domain).or_default().push(column.table);
    }
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for mut tables in domains.into_values() {
        let (joined, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| group.iter().any(|table| tables.contains(table)));
        tables.extend(joined.into_iter().flatten());
        tables.sort_unstable();
        tables.dedup();
        groups = apart;
        groups.push(tables);
    }
    let named = |table: u32| {
        let relation = live.relations.get(&table)?;
        Some((relation.schema.clone(), relation.name.clone()))
    };
    let mut groups: Vec<Tables> = groups
        .into_iter()
        .map(|group| group.into_iter().filter_map(named).collect())
        .collect();
    groups.sort_unstable();
    groups
}

/// What there is to do, and what was begun.
struct Sight {
    keyring: Keyring,
    live: Snapshot,
    groups: Vec<Tables>,
    begun: Vec<Stored>,
}

async fn look(
    client: &mut Client,
    provider: &dyn KeyProvider,
    target: (u8, u16),
) -> Result<Sight, JobError> {
    let tx = transaction(client, run::TRY).await?;
    let outcome = async {
        let (stored, keyring) = registry::lock(&tx, provider).await?;
        let live = snapshot(&tx).await?;
        let begun = state::all(&tx, &keyring).await?;
        let (registered, _) = stored.locate(&live, &keyring);
        Ok(Sight {
            groups: groups(&registered, &live, target),
            begun: begun
                .into_iter()
                .filter(|stored| {
                    stored
                        .job
                        .target()
                        .is_some_and(|(slot, _)| slot == target.0)
                })
                .collect(),
            keyring,
            live,
        })
    }
    .await;
    finish(tx, outcome).await
}

/// Brings them to the epoch, and goes on with what was begun. What was begun for other tables, or another epoch, is undone.
///
/// # Errors
/// The list of obstacles, or what went wrong. Tables that have not changed places are as they were.
pub(in crate::jobs) async fn rekey(
    client: &mut Client,
    provider: &dyn KeyProvider,
    target: (u8, u16),
    pace: &Pace,
    report: &mut Report<'_>,
) -> Result<Rekeyed, JobError> {
    let mut done = Rekeyed::default();
    let mut alone = false;
    loop {
        let sight = look(client, provider, target).await?;
        if sight.groups.is_empty() && sight.begun.is_empty() {
            return Ok(done);
        }
        if !alone {
            fleet::alone(client).await?;
            fleet::can_register(client).await?;
            alone = true;
            continue;
        }
        let of_now = |stored: &Stored| {
            stored.stage == Stage::Swapped
                || stored.job.target() == Some(target)
                    && (sight.groups.iter())
                        .any(|group| begin::same_tables(&stored.job, Way::Rotate, group))
        };
        let (mut begun, past): (Vec<_>, Vec<_>) = sight.begun.into_iter().partition(of_now);
        for stored in past {
            undo::take_away(client, provider, |own| own.id == stored.id).await?;
        }
        let mut stored = match (begun.pop(), sight.groups.first()) {
            (Some(stored), _) => stored,
            (None, Some(group)) => {
                // Another job over one of the tables is told here.
                let (_, _, found) = job::open(client, provider, Way::Rotate, group).await?;
                match found {
                    Some(stored) => stored,
                    None => {
                        let wish = Wish::Turn(target.0, target.1);
                        let plan =
                            rehearsed(client, provider, &wish, group, &mut Vec::new()).await?;
                        open_job(client, provider, Way::Rotate, &plan).await?
                    }
                }
            }
            (None, None) => continue,
        };
        let means = Means {
            provider,
            keyring: &sight.keyring,
            snapshot: &sight.live,
            pace,
        };
        let did = run::run(client, &means, &mut stored, report).await?;
        for (at, own) in stored.job.moves.iter().enumerate() {
            let rows = did.rows.get(at).copied().unwrap_or_default();
            let columns = own.changes.iter();
            done.columns
                .extend(columns.map(|change| (format!("{}.{}", own.shown(), change.column), rows)));
        }
        let names: Vec<String> = stored.job.moves.iter().map(state::Move::shown).collect();
        done.notes
            .push(format!("{}: {}", names.join(", "), did.said()));
    }
}

/// What it would do and need: each change of places is tried on empty tables and rolled back.
///
/// # Errors
/// The list of obstacles of all tables, or what went wrong.
pub(in crate::jobs) async fn rekey_rehearsed(
    client: &mut Client,
    provider: &dyn KeyProvider,
    target: (u8, u16),
) -> Result<Vec<String>, JobError> {
    let sight = look(client, provider, target).await?;
    let (mut lines, mut obstacles): (Vec<String>, Vec<Obstacle>) = (Vec::new(), Vec::new());
    for group in &sight.groups {
        let is_begun = |stored: &Stored| begin::same_tables(&stored.job, Way::Rotate, group);
        if let Some(stored) = sight.begun.iter().find(|stored| is_begun(stored)) {
            lines.push(format!(
                "job {} over {} was begun and is at: {}",
                stored.id,
                shown(group),
                stored.stage.word()
            ));
            continue;
        }
        fleet::can_register(client).await?;
        let wish = Wish::Turn(target.0, target.1);
        match rehearsed(client, provider, &wish, group, &mut Vec::new()).await {
            Ok(plan) => {
                if group.len() > 1 {
                    lines.push(format!(
                        "{}: they share key domains, and change places at one moment",
                        shown(group)
                    ));
                }
                lines.extend(needs::lines(client, &plan.moves).await?);
                lines.push(format!(
                    "{}: the rehearsal on empty copies had the tables locked for {:.3} s; the change of places adds what the last changes take",
                    shown(group),
                    plan.locked.as_secs_f64()
                ));
            }
            Err(JobError::Obstacles(found)) => obstacles.extend(found),
            Err(error) => return Err(error),
        }
    }
    if obstacles.is_empty() {
        Ok(lines)
    } else {
        Err(JobError::Obstacles(obstacles))
    }
}

/// Takes the copies of a slot's tables away that have not changed places. How many jobs there were.
///
/// # Errors
/// Where a job is at work, or the server's.
pub(in crate::jobs) async fn undo_rekey(
    client: &mut Client,
    provider: &dyn KeyProvider,
    slot: u8,
) -> Result<u64, JobError> {
    fleet::alone(client).await?;
    undo::take_away(client, provider, |stored| {
        stored.stage != Stage::Swapped && stored.job.target().is_some_and(|(own, _)| own == slot)
    })
    .await
}

/// Whether jobs are under way, of whichever kind.
pub(in crate::jobs) async fn is_under_way(client: &Client) -> Result<bool, JobError> {
    let step = || at("looking for jobs in progress");
    let there: bool = client
        .query_one("SELECT to_regclass('sealwire.online') IS NOT NULL", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    if !there {
        return Ok(false);
    }
    client
        .query_one("SELECT EXISTS (SELECT FROM sealwire.online)", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())
}

fn shown(group: &Tables) -> String {
    let names: Vec<String> = group
        .iter()
        .map(|(schema, name)| format!("{schema}.{name}"))
        .collect();
    names.join(", ")
}
