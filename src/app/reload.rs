//! Rules, certificates and audit file again: on SIGHUP, and when their files change.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::audit::Audit;
use crate::gate;
use crate::ground::Grounds;
use crate::policy::{Policy, ServerSettings, Watcher, differences};
use crate::tls;

use super::secured::Secured;
use super::stamps::Stamps;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// How often it is said again that a certificate is about to end.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Follows the folder for as long as the proxy runs. A set that does not validate changes nothing.
pub(super) async fn follow(
    rules: PathBuf,
    policy: Arc<ArcSwap<Policy>>,
    grounds: Arc<Grounds>,
    secured: Arc<Secured>,
    audit: Arc<Audit>,
) {
    let metrics = Arc::clone(&secured.metrics);
    let mut stamps = self::stamps(&policy.load().settings);
    let mut told = Instant::now();
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
        let files_changed = stamps.changed();
        if !(asked || changed) {
            if files_changed {
                secured.renew(&policy.load().settings);
            } else if told.elapsed() > DAY {
                told = Instant::now();
                secured.tell(&policy.load().settings);
            }
            continue;
        }
        match Policy::load(&rules) {
            Ok(fresh) => {
                for line in differences(&policy.load(), &fresh) {
                    tracing::info!("rules: {line}");
                }
                metrics.rules(&fresh.hash, fresh.epoch);
                stamps = self::stamps(&fresh.settings);
                secured.renew(&fresh.settings);
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
                if asked || files_changed {
                    secured.renew(&policy.load().settings);
                }
            }
        }
    }
}

/// The files that the settings name, but for those of the rules.
fn stamps(settings: &ServerSettings) -> Stamps {
    let mut files = tls::files(settings);
    files.extend(gate::files(settings));
    Stamps::take(files)
}

async fn hung_up(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}
