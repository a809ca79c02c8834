//! Time spent on rows: each of the first ones is measured, later one in many stands for its like, so that
//! measuring costs nothing where there are millions.

use std::time::{Duration, Instant};

const EACH: u64 = 32;
const ONE_IN: u32 = 32;

/// The time of one result.
#[derive(Debug, Default)]
pub(super) struct Stopwatch {
    rows: u64,
    spent: Duration,
}

impl Stopwatch {
    /// A row begins.
    pub(super) fn start(&mut self) -> Option<Instant> {
        self.rows += 1;
        let measured = self.rows <= EACH || self.rows.is_multiple_of(u64::from(ONE_IN));
        measured.then(Instant::now)
    }

    /// It ends.
    pub(super) fn stop(&mut self, started: Option<Instant>) {
        if let Some(started) = started {
            let like = if self.rows <= EACH { 1 } else { ONE_IN };
            self.spent += started.elapsed() * like;
        }
    }

    /// The whole; `None` where there was no row.
    pub(super) fn total(&self) -> Option<Duration> {
        (self.rows > 0).then_some(self.spent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_rows_are_measured_one_by_one_and_many_by_their_like() {
        let mut watch = Stopwatch::default();
        assert_eq!(watch.total(), None);
        let mut measured = 0;
        for _ in 0..320 {
            let started = watch.start();
            measured += u32::from(started.is_some());
            watch.stop(started);
        }
        assert_eq!(measured, 32 + 9);
        assert!(watch.total().is_some());
    }
}
