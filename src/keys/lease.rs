//! For how long keys in memory may be used without their provider.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A time until which keys may be used. It is measured by a clock that never jumps.
#[derive(Debug)]
pub struct Lease {
    start: Instant,
    /// Milliseconds since the start.
    until: AtomicU64,
}

const FOREVER: u64 = u64::MAX;

impl Lease {
    /// One that does not end.
    pub fn forever() -> Arc<Lease> {
        Arc::new(Lease {
            start: Instant::now(),
            until: AtomicU64::new(FOREVER),
        })
    }

    /// One that has yet to begin.
    pub(super) fn none() -> Arc<Lease> {
        Arc::new(Lease {
            start: Instant::now(),
            until: AtomicU64::new(0),
        })
    }

    /// Whether it lasts.
    pub fn is_held(&self) -> bool {
        let until = self.until.load(Ordering::SeqCst);
        until == FOREVER || self.elapsed() < until
    }

    /// What is left of it; `None`: it does not end.
    pub fn left(&self) -> Option<Duration> {
        let until = self.until.load(Ordering::SeqCst);
        (until != FOREVER).then(|| Duration::from_millis(until.saturating_sub(self.elapsed())))
    }

    /// Lets it last so long from `moment` on; `None`: for ever.
    pub(super) fn extend(&self, moment: Instant, lifetime: Option<Duration>) {
        let until = lifetime.map_or(FOREVER, |lifetime| {
            millis(moment.saturating_duration_since(self.start)).saturating_add(millis(lifetime))
        });
        self.until.store(until, Ordering::SeqCst);
    }

    fn elapsed(&self) -> u64 {
        millis(self.start.elapsed())
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(FOREVER - 1)
}
