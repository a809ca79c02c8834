//! Which statements may begin. While a table changes places with its sealed copy, none may: a statement planned before the
//! swap would be carried out after it, and find nothing where it compares plaintext with envelopes. So every proxy is
//! registered in schema `sealwire` with a heartbeat, hears of a swap with it, and says when nothing of its own is under way.
//! One that cannot be heard of any more must know that by itself: its lease runs out by its own clock.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};

/// How long a heartbeat is good for. A job takes a proxy for gone when it has not heard of it for half as long again.
const LEASE: Duration = Duration::from_secs(6);

/// A session's leave to have something under way. Given back when dropped.
#[derive(Debug, Default)]
pub struct Pass(Option<Arc<AtomicUsize>>);

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(busy) = &self.0 {
            busy.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// Whether what was read may still be gone by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lease {
    /// The database has nowhere to register: a standby, or an `init` of before.
    NotAsked,
    Until(Instant),
    /// Given up, or run out.
    Over,
}

/// The gate of one database.
pub(super) struct Gate {
    closed: AtomicBool,
    opened: Notify,
    busy: Arc<AtomicUsize>,
    lease: Mutex<Lease>,
    /// The swap that is told to be held for; 0: none.
    holds: AtomicI64,
    /// The swap that was announced with the last heartbeat; 0: none.
    announced: AtomicI64,
    /// Number of this proxy in the database, once it has one.
    own: Mutex<Option<String>>,
}

impl Gate {
    pub(super) fn new() -> Gate {
        Gate {
            closed: AtomicBool::new(false),
            opened: Notify::new(),
            busy: Arc::default(),
            lease: Mutex::new(Lease::NotAsked),
            holds: AtomicI64::new(0),
            announced: AtomicI64::new(0),
            own: Mutex::default(),
        }
    }

    /// Leave to begin, unless the gate is closed.
    pub(super) fn enter(&self) -> Option<Pass> {
        // Counted first: whoever closes the gate and finds nobody has really nobody.
        self.busy.fetch_add(1, Ordering::SeqCst);
        let pass = Pass(Some(Arc::clone(&self.busy)));
        (!self.closed.load(Ordering::SeqCst)).then_some(pass)
    }

    /// Whether the last heartbeat is too long ago.
    pub(super) fn is_lapsed(&self) -> bool {
        let mut lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner);
        if let Lease::Until(until) = *lease
            && Instant::now() >= until
        {
            *lease = Lease::Over;
        }
        *lease == Lease::Over
    }

    /// Gives the lease up; the next heartbeat brings another. Whether there was one, and nobody is at work.
    pub(super) fn give_up(&self) -> bool {
        let mut lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner);
        if *lease == Lease::NotAsked {
            return false;
        }
        *lease = Lease::Over;
        drop(lease);
        self.is_quiet()
    }

    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    pub(super) fn open(&self) {
        self.closed.store(false, Ordering::SeqCst);
        self.opened.notify_waiters();
    }

    /// Until the gate is open.
    pub(super) async fn opened(&self) {
        loop {
            let opened = self.opened.notified();
            tokio::pin!(opened);
            // Registered before the look, so that an opening in between is not missed.
            opened.as_mut().enable();
            if !self.closed.load(Ordering::SeqCst) {
                return;
            }
            opened.await;
        }
    }

    /// Nobody has anything under way.
    pub(super) fn is_quiet(&self) -> bool {
        self.busy.load(Ordering::SeqCst) == 0
    }

    pub(super) fn hold_for(&self, swap: i64) {
        self.holds.store(swap, Ordering::SeqCst);
    }

    /// The swap that was announced last.
    pub(super) fn announced(&self) -> Option<i64> {
        Some(self.announced.load(Ordering::SeqCst)).filter(|swap| *swap != 0)
    }

    /// A heartbeat: says what is held for, hears what is announced, and begins the lease anew.
    pub(super) async fn beat(&self, client: &Client) -> Result<(), Error> {
        let sent = Instant::now();
        let able: bool = client
            .query_one(
                "SELECT NOT pg_is_in_recovery() AND coalesce(has_function_privilege(
                    to_regprocedure('sealwire.beat(text,bigint)'), 'EXECUTE'), false)",
                &[],
            )
            .await?
            .try_get(0)?;
        if !able {
            self.set(Lease::NotAsked);
            self.announced.store(0, Ordering::SeqCst);
            return Ok(());
        }
        let own = self
            .own
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let holds = Some(self.holds.load(Ordering::SeqCst)).filter(|swap| *swap != 0);
        let row = client
            .query_one(
                "SELECT own, announced FROM sealwire.beat($1, $2)",
                &[&own, &holds],
            )
            .await;
        let row = match row {
            // It has become a standby this very moment, or the schema was dropped.
            Err(error) if matches!(error.code(), Some(&SqlState::READ_ONLY_SQL_TRANSACTION)) => {
                self.set(Lease::NotAsked);
                return Ok(());
            }
            row => row?,
        };
        let own: String = row.try_get(0)?;
        let announced: Option<i64> = row.try_get(1)?;
        *self.own.lock().unwrap_or_else(PoisonError::into_inner) = Some(own);
        self.announced
            .store(announced.unwrap_or(0), Ordering::SeqCst);
        self.set(Lease::Until(sent + LEASE));
        Ok(())
    }

    /// Registers anew with the next heartbeat: one that was not answered may still be taken, and what it says is not to be
    /// taken for what this proxy says then.
    pub(super) fn forget(&self) {
        *self.own.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Says goodbye, so that nobody waits for this proxy.
    pub(super) async fn leave(&self, client: &Client) {
        let own = self
            .own
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(own) = own {
            // Where it fails a job waits until it takes this proxy for gone.
            let _ = client.execute("SELECT sealwire.leave($1)", &[&own]).await;
        }
    }

    fn set(&self, lease: Lease) {
        *self.lease.lock().unwrap_or_else(PoisonError::into_inner) = lease;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_closes_the_gate_waits_for_those_inside() {
        let gate = Gate::new();
        let inside = gate.enter();
        assert!(inside.is_some());
        gate.close();
        assert!(gate.enter().is_none());
        assert!(!gate.is_quiet());
        drop(inside);
        assert!(gate.is_quiet());
        gate.open();
        assert!(gate.enter().is_some());
        assert!(gate.is_quiet());
    }

    #[test]
    fn a_lease_runs_out_by_itself() {
        let gate = Gate::new();
        assert!(!gate.is_lapsed());
        gate.set(Lease::Until(Instant::now() + LEASE));
        assert!(!gate.is_lapsed());
        gate.set(Lease::Until(Instant::now()));
        assert!(gate.is_lapsed());
        gate.set(Lease::NotAsked);
        assert!(!gate.give_up());
        assert!(!gate.is_lapsed());
        gate.set(Lease::Until(Instant::now() + LEASE));
        assert!(gate.give_up());
        assert!(gate.is_lapsed());
    }
}
