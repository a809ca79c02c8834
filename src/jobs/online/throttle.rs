//! How fast a copy goes: no faster than it may, and slower where replicas fall behind or the server answers slowly.

use std::time::{Duration, Instant};

use tokio_postgres::Client;

use crate::jobs::JobError;
use crate::jobs::error::at;

/// What is allowed.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Rows in a second; `None`: as many as go.
    pub most: Option<u64>,
    /// How far replicas may be behind.
    pub lag: Duration,
    /// The slot whose rotation it belongs to: who pauses that pauses this.
    pub rotation: Option<u8>,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            most: None,
            lag: Duration::from_secs(10),
            rotation: None,
        }
    }
}

/// A transaction should take about so long: what waits for its end, such as VACUUM, waits no longer.
const AIM: Duration = Duration::from_millis(250);
/// A trivial statement that takes longer says that the server has enough to do.
const SLOW: Duration = Duration::from_millis(50);
const SMALLEST: i64 = 200;
const LARGEST: i64 = 20_000;
/// How often replicas are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Rows a transaction takes, and the waits between them.
pub(super) struct Throttle {
    pace: Pace,
    size: i64,
    looked: Option<Instant>,
}

impl Throttle {
    pub(super) fn new(pace: Pace) -> Throttle {
        Throttle {
            pace,
            size: 1_000,
            looked: None,
        }
    }

    /// Rows of the next transaction.
    pub(super) fn size(&self) -> i64 {
        self.size
    }

    /// After a transaction of so many rows that took so long: the size of the next, and the wait before it.
    pub(super) async fn after(
        &mut self,
        client: &Client,
        rows: u64,
        took: Duration,
    ) -> Result<(), JobError> {
        self.size = next(self.size, rows, took);
        if let Some(slot) = self.pace.rotation
            && is_paused(client, slot).await?
        {
            return Err(JobError::Paused);
        }
        if let Some(most) = self.pace.most.filter(|most| *most > 0) {
            let due = Duration::from_micros(rows.saturating_mul(1_000_000) / most);
            tokio::time::sleep(due.saturating_sub(took)).await;
        }
        if self.looked.is_some_and(|looked| looked.elapsed() < LOOK) {
            return Ok(());
        }
        loop {
            let asked = Instant::now();
            let behind = lag(client).await?;
            let answered = asked.elapsed();
            self.looked = Some(Instant::now());
            if behind > self.pace.lag {
                tokio::time::sleep(LOOK).await;
                continue;
            }
            if answered > SLOW {
                tokio::time::sleep(took.min(LOOK)).await;
            }
            return Ok(());
        }
    }
}

/// Rows of the next transaction, after one that took so long.
fn next(size: i64, rows: u64, took: Duration) -> i64 {
    let full = i64::try_from(rows).is_ok_and(|rows| rows >= size);
    let size = if took > AIM * 2 {
        size / 2
    } else if full && took < AIM / 2 {
        size * 2
    } else {
        size
    };
    size.clamp(SMALLEST, LARGEST)
}

async fn is_paused(client: &Client, slot: u8) -> Result<bool, JobError> {
    let row = client
        .query_opt(
            "SELECT paused FROM sealwire.rotations WHERE slot = $1",
            &[&i16::from(slot)],
        )
        .await
        .map_err(at("reading the state of the rotation"))?;
    row.map_or(Ok(false), |row| row.try_get(0))
        .map_err(at("reading the state of the rotation"))
}

/// How far the furthest replica is behind in applying, as far as this role may see it.
async fn lag(client: &Client) -> Result<Duration, JobError> {
    let seconds: f64 = client
        .query_one(
            "SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8 FROM pg_stat_replication",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking at replicas"))?;
    Ok(Duration::try_from_secs_f64(seconds).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transactions_become_as_long_as_they_should_be() {
        assert_eq!(next(1_000, 1_000, Duration::from_millis(10)), 2_000);
        // One that was not full says nothing.
        assert_eq!(next(1_000, 10, Duration::from_millis(10)), 1_000);
        assert_eq!(next(1_000, 1_000, AIM), 1_000);
        assert_eq!(next(1_000, 1_000, Duration::from_secs(1)), 500);
        assert_eq!(next(SMALLEST, 200, Duration::from_secs(9)), SMALLEST);
        assert_eq!(next(LARGEST, 20_000, Duration::ZERO), LARGEST);
    }
}
