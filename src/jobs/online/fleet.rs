//! The proxies that serve the database while a job runs: each says with its heartbeat that it lets nothing begin while the
//! tables change places. One whose heart does not beat any more has lost its lease, and shuts what is protected by itself.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tokio_postgres::{Client, Transaction};

use crate::jobs::JobError;
use crate::jobs::error::at;

/// Tables and functions.
pub(super) const SCHEMA: &str = include_str!("fleet.sql");

/// After so long without a heartbeat a proxy's lease has run out, with a margin for what it sent last.
const GONE: Duration = Duration::from_secs(9);
/// How long the proxies are waited for; below what they hold for.
const PATIENCE: Duration = Duration::from_secs(9);
const LOOK: Duration = Duration::from_millis(30);

/// One job at a time in a database: the lock is the connection's, and goes with it.
pub(super) async fn alone(client: &Client) -> Result<(), JobError> {
    for _ in 0..60 {
        let mine: bool = client
            .query_one(
                "SELECT pg_try_advisory_lock(hashtextextended('sealwire online', 0))",
                &[],
            )
            .await
            .and_then(|row| row.try_get(0))
            .map_err(at("looking for other jobs"))?;
        if mine {
            return Ok(());
        }
        // The server may not have noticed yet that the job before is gone.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Err(JobError::Nothing(
        "another online job is running in this database".to_owned(),
    ))
}

/// Whether proxies can register here.
pub(super) async fn can_register(client: &Client) -> Result<(), JobError> {
    let there: bool = client
        .query_one(
            "SELECT to_regprocedure('sealwire.beat(text,bigint)') IS NOT NULL",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking for proxies"))?;
    if there {
        Ok(())
    } else {
        Err(JobError::Nothing(
            "schema sealwire is of a version in which proxies do not register: run `sealwire init` again, and wait two seconds".to_owned(),
        ))
    }
}

/// An announced change of places, and the proxies that were found gone.
pub(super) struct Announced {
    id: i64,
    gone: HashMap<String, i64>,
    began: Instant,
}

struct Proxy {
    beats: i64,
    since: Instant,
}

impl Announced {
    /// How long statements have been held for it, at most.
    pub(super) fn held(&self) -> Duration {
        self.began.elapsed()
    }
}

/// Proxies that do not beat any more, by their last heartbeat: found before anybody holds anything.
pub(super) async fn gone(client: &Client) -> Result<HashMap<String, i64>, JobError> {
    let begun = Instant::now();
    let first = beats(client).await?;
    loop {
        let now = beats(client).await?;
        let still: HashMap<String, i64> = first
            .iter()
            .filter(|(id, beats)| now.get(*id) == Some(*beats))
            .map(|(id, beats)| (id.clone(), *beats))
            .collect();
        if still.is_empty() || begun.elapsed() > GONE {
            return Ok(still);
        }
        tokio::time::sleep(LOOK * 5).await;
    }
}

async fn beats(client: &Client) -> Result<HashMap<String, i64>, JobError> {
    let step = || at("looking at the proxies");
    let rows = client
        .query("SELECT id, beats FROM sealwire.proxies", &[])
        .await
        .map_err(step())?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect::<Result<_, _>>()
        .map_err(step())
}

/// Announces it. Whoever registers from now on hears of it.
pub(super) async fn announce(client: &mut Client) -> Result<Announced, JobError> {
    let gone = gone(client).await?;
    let step = || at("announcing the change of places");
    let tx = client.transaction().await.map_err(step())?;
    tx.batch_execute("LOCK TABLE sealwire.proxies IN EXCLUSIVE MODE; DELETE FROM sealwire.swaps")
        .await
        .map_err(step())?;
    let id: i64 = tx
        .query_one(
            "INSERT INTO sealwire.swaps (pid) VALUES (pg_backend_pid()) RETURNING id",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    tx.commit().await.map_err(step())?;
    Ok(Announced {
        id,
        gone,
        began: Instant::now(),
    })
}

/// Takes the announcement back.
pub(super) async fn withdraw(client: &Client) -> Result<(), JobError> {
    client
        .batch_execute("DELETE FROM sealwire.swaps")
        .await
        .map_err(at("taking the announcement back"))
}

/// Waits until every proxy holds, or has lost its lease. False: they did not in time.
pub(super) async fn all_hold(client: &Client, announced: &mut Announced) -> Result<bool, JobError> {
    let step = || at("looking at the proxies");
    let begun = Instant::now();
    let mut known: HashMap<String, Proxy> = HashMap::new();
    loop {
        let mut waiting = false;
        let rows = client
            .query("SELECT id, beats, holds FROM sealwire.proxies", &[])
            .await
            .map_err(step())?;
        for row in rows {
            let id: String = row.try_get(0).map_err(step())?;
            let beats: i64 = row.try_get(1).map_err(step())?;
            let holds: Option<i64> = row.try_get(2).map_err(step())?;
            let proxy = known.entry(id.clone()).or_insert_with(|| Proxy {
                beats,
                since: Instant::now(),
            });
            if proxy.beats != beats {
                (proxy.beats, proxy.since) = (beats, Instant::now());
            }
            if holds == Some(announced.id) || announced.gone.get(&id) == Some(&beats) {
                continue;
            }
            if proxy.since.elapsed() > GONE {
                announced.gone.insert(id, beats);
            } else {
                waiting = true;
            }
        }
        if !waiting && strangers(client).await? == 0 {
            return Ok(true);
        }
        if begun.elapsed() > PATIENCE + LOOK * 20 {
            return Ok(false);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Service connections that belong to no registered proxy: other jobs, or proxies of a version that does not register.
async fn strangers(client: &Client) -> Result<i64, JobError> {
    client
        .query_one(
            "SELECT count(*) FROM pg_stat_activity a
             WHERE a.datname = current_database() AND a.application_name = 'sealwire service' AND a.pid <> pg_backend_pid()
               AND NOT EXISTS (SELECT FROM sealwire.proxies p WHERE p.pid = a.pid)",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking for proxies"))
}

/// In the transaction of the swap: no heartbeat is taken until it ends, and what was found still holds. The announcement
/// ends with it.
pub(super) async fn seize(tx: &Transaction<'_>, announced: &Announced) -> Result<bool, JobError> {
    let step = || at("looking at the proxies");
    tx.batch_execute("LOCK TABLE sealwire.proxies IN EXCLUSIVE MODE")
        .await
        .map_err(step())?;
    let rows = tx
        .query(
            "SELECT id, beats FROM sealwire.proxies WHERE holds IS DISTINCT FROM $1",
            &[&announced.id],
        )
        .await
        .map_err(step())?;
    for row in rows {
        let id: String = row.try_get(0).map_err(step())?;
        let beats: i64 = row.try_get(1).map_err(step())?;
        if announced.gone.get(&id) != Some(&beats) {
            return Ok(false);
        }
        tx.execute("DELETE FROM sealwire.proxies WHERE id = $1", &[&id])
            .await
            .map_err(step())?;
    }
    tx.batch_execute("DELETE FROM sealwire.swaps")
        .await
        .map_err(step())?;
    Ok(true)
}
