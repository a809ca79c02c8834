//! Ending on a signal, with time to clean up.

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Failure;

/// The signals that end a program: without listening to them nobody would clean up.
pub(super) struct Stop {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

impl Stop {
    /// From now on nothing ends the process unasked.
    pub(super) fn listen() -> Result<Stop, Failure> {
        Ok(Stop {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Until one comes.
    pub(super) async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
        }
    }
}
