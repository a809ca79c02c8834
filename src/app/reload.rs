//! Rules and audit file again: on SIGHUP, and when the rule files change.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::audit::Audit;
use crate::ground::Grounds;
use crate::metrics::Metrics;
use crate::policy::{Policy, Watcher, differences};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Follows the folder for as long as the proxy runs. A set that does not validate changes nothing.
pub(super) async fn follow(
    rules: PathBuf,
    policy: Arc<ArcSwap<Policy>>,
    grounds: Arc<Grounds>,
    metrics: Arc<Metrics>,
    audit: Arc<Audit>,
) {
    let mut watcher = Watcher::new(&rules, policy.load().hash.clone());
    let mut hangup = signal(SignalKind::hangup()).ok();
    loop {
        let asked = tokio::select! {
            () = hung_up(&mut hangup) => true,
            () = tokio::time::sleep(LOOK) => false,
        };
        if asked {
            audit.reopen();
        }
        let changed = watcher.changed();
        if !(asked || changed) {
            continue;
        }
        match Policy::load(&rules) {
            Ok(fresh) => {
                for line in differences(&policy.load(), &fresh) {
                    tracing::info!("rules: {line}");
                }
                metrics.rules(&fresh.hash, fresh.epoch);
                policy.store(Arc::new(fresh));
                grounds.rules_changed().await;
                metrics.reload(true);
            }
            Err(problems) => {
                metrics.reload(false);
                for problem in &problems {
                    tracing::error!("{problem}");
                }
                tracing::error!("the rules have mistakes; those in force stay");
            }
        }
    }
}

async fn hung_up(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}
