//! Expanded cipher states, used again.
//!
//! aes-siv wants its state mutable, and a column's cipher is shared by all sessions. A few states behind
//! locks that are only tried, never waited for, give every thread one that is free; where none is, a new
//! one is made from the key and dropped.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use aes_siv::KeyInit;
use aes_siv::siv::Aes256Siv;
use zeroize::Zeroizing;

/// Enough that threads seldom meet; a state is under a kilobyte.
const STATES: usize = 8;

/// AES-256-SIV states of one key.
pub(super) struct SivPool {
    key: Zeroizing<[u8; 64]>,
    states: [Mutex<Aes256Siv>; STATES],
}

impl SivPool {
    pub(super) fn new(key: Zeroizing<[u8; 64]>) -> Self {
        let states = std::array::from_fn(|_| Mutex::new(expand(&key)));
        SivPool { key, states }
    }

    /// Runs `work` on a state that nobody else uses.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Aes256Siv) -> T) -> T {
        // A poisoned state may hold half a message: it is passed over like a busy one.
        let free = self
            .states
            .iter()
            .cycle()
            .skip(own_number() % STATES)
            .take(STATES)
            .find_map(|state| state.try_lock().ok());
        match free {
            Some(mut state) => work(&mut state),
            None => work(&mut expand(&self.key)),
        }
    }
}

fn expand(key: &[u8; 64]) -> Aes256Siv {
    Aes256Siv::new(key.into())
}

/// A number of this thread's own, so that threads begin their search at different states.
fn own_number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static OWN: usize = NEXT.fetch_add(1, Ordering::Relaxed);
    }
    OWN.with(|own| *own)
}
