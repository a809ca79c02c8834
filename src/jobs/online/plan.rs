//! A job planned and rehearsed on empty tables, then begun: what the copy needs is made, and the job written down.

use std::time::{Duration, Instant};

use tokio_postgres::{Client, Transaction};

use super::draft::{self, Draft};
use super::state::{self, Job, Move, Stage, Stored, Way};
use super::wishes::{Wish, opens, seals, turns};
use super::{begin, run, swap};
use crate::catalog::Snapshot;
use crate::jobs::error::at;
use crate::jobs::protect::{begin as transaction, finish, snapshot, want_backup};
use crate::jobs::{JobError, registry};
use crate::keys::KeyProvider;

/// How often a lock is tried at the beginning.
const TRIES: u32 = 100;

/// A job that was rehearsed.
pub(super) struct Plan {
    pub(super) id: i64,
    pub(super) drafts: Vec<(Draft, String)>,
    pub(super) moves: Vec<Move>,
    /// How long the rehearsal had the tables locked.
    pub(super) locked: Duration,
}

/// The plan, tried on empty tables; again where a lock was not to be had at once.
pub(super) async fn rehearsed(
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
    let tx = transaction(client, run::TRY).await?;
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
            Wish::Turn(slot, epoch) => turns(&tx, &live, &stored, tables, (*slot, *epoch)).await?,
        };
        let id = state::number(&tx).await?;
        let mut moves = draft::moves(id, drafts.iter());
        let mut obstacles = Vec::new();
        let mut keys = Vec::new();
        for own in &mut moves {
            keys.push(begin::look(&tx, wish.way(), own, &mut obstacles).await?);
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

/// Makes what the copy needs, and writes the job down, in one transaction.
pub(super) async fn open_job(
    client: &mut Client,
    provider: &dyn KeyProvider,
    way: Way,
    plan: &Plan,
) -> Result<Stored, JobError> {
    let (id, drafts) = (plan.id, &plan.drafts);
    for tried in 0..TRIES {
        let tx = transaction(client, run::TRY).await?;
        let outcome = async {
            let (_, keyring) = registry::lock(&tx, provider).await?;
            let live = snapshot(&tx).await?;
            let mut moves = draft::moves(id, drafts.iter().map(|(draft, _)| draft));
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
                let key = begin::look(&tx, way, own, &mut obstacles).await?;
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
