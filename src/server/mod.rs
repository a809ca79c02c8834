//! Accept, limits, drain.
//!
//! Absent: what is said in a session.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::fault::{Fault, Refusal};
use crate::session::{self, Shared, Wish};

/// Over the limit this many more connections are answered with an error (or carry a cancel request); beyond that
/// they are closed unheard.
const TURNED_AWAY: usize = 100;

/// How long a session that is cut off has to say so to its client.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How the server runs.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Sessions at one time.
    pub max_sessions: usize,
    /// How long sessions that are not idle may go on once the process is being stopped.
    pub drain: Duration,
}

/// How many sessions there are.
#[derive(Debug, Clone, Default)]
pub struct Registry(Arc<AtomicUsize>);

impl Registry {
    /// Sessions open now.
    pub fn open(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn enter(&self) -> (Entered, usize) {
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        (Entered(self.clone()), before)
    }
}

/// One session's place, given back when dropped.
struct Entered(Registry);

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves until `stopping` turns true, then lets idle sessions go and waits for the others for a while.
///
/// # Errors
/// Where the listener itself fails.
pub async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    limits: Limits,
    registry: Registry,
    mut stopping: watch::Receiver<bool>,
) -> io::Result<()> {
    let mut sessions = JoinSet::new();
    let (wish, wished) = watch::channel(Wish::GoOn);
    while !*stopping.borrow() {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => welcome(stream, from.ip(), &shared, limits, &registry, &wished, &mut sessions),
                Err(error) => {
                    // Out of descriptors, or a connection that was reset at once: the next may do better.
                    tracing::warn!(%error, "could not accept a connection");
                    sleep(Duration::from_millis(50)).await;
                }
            },
            Some(ended) = sessions.join_next() => report(ended),
            changed = stopping.changed() => if changed.is_err() { break },
        }
    }
    drop(listener);
    tracing::info!(sessions = sessions.len(), "draining");
    let _ = wish.send(Wish::EndIdle);
    if timeout(limits.drain, all(&mut sessions)).await.is_err() {
        tracing::warn!(sessions = sessions.len(), "sessions are cut off");
        let _ = wish.send(Wish::End);
        if timeout(LAST_WORDS, all(&mut sessions)).await.is_err() {
            sessions.shutdown().await;
        }
    }
    Ok(())
}

async fn all(sessions: &mut JoinSet<()>) {
    while let Some(ended) = sessions.join_next().await {
        report(ended);
    }
}

fn welcome(
    stream: TcpStream,
    peer: IpAddr,
    shared: &Arc<Shared>,
    limits: Limits,
    registry: &Registry,
    wished: &watch::Receiver<Wish>,
    sessions: &mut JoinSet<()>,
) {
    let (entered, before) = registry.enter();
    if before >= limits.max_sessions.saturating_add(TURNED_AWAY) {
        return;
    }
    let refused = (before >= limits.max_sessions)
        .then(|| Refusal::new(Fault::TooManySessions, "too many sessions"));
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection that is gone already");
        return;
    }
    let (shared, wished) = (Arc::clone(shared), wished.clone());
    sessions.spawn(async move {
        let _entered = entered;
        session::run(stream, peer, &shared, wished, refused).await;
    });
}

fn report(ended: Result<(), tokio::task::JoinError>) {
    // What a panic says may quote what it was about: the hook of the command line has logged its place.
    if let Err(error) = ended {
        let panic = error.is_panic();
        tracing::error!(panic, "a session ended in a fault of its own");
    }
}
