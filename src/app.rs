//! The only file that knows every room: settings in, a running proxy out.
//!
//! rules → key → metrics, audit → grounds → listeners → sessions until told to stop → drain.

mod keeping;
mod obstacles;
mod records;
mod reload;
mod secured;
mod stamps;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::admin::{self, Readiness};
use crate::audit::{Audit, AuditError, Sink};
use crate::gate::{Gate, GateError};
use crate::ground::Grounds;
use crate::keys::{BackupRecord, DrillRecord, KeyError, KeyProvider};
use crate::metrics::{KeyFacts, Metrics, MetricsError};
use crate::observe::Observations;
use crate::policy::{Address, AuditPath, Policy, Problem};
use crate::server::{self, Limits};
use crate::session::Shared;
use crate::tls::Door;
use crate::upstream;
pub use obstacles::{Obstacles, obstacles};
use records::Records;
use secured::Secured;

/// How often it is tried whether the server behind can be reached, and how long that may take.
const UPSTREAM_LOOK: Duration = Duration::from_secs(2);
/// How long sessions that are in the middle of something may go on when the proxy is being stopped.
const DRAIN: Duration = Duration::from_secs(10);

/// Why the proxy did not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// An address cannot be listened on.
    #[error("[{section}] {address}: {source}")]
    Listen {
        /// Section of the rules.
        section: &'static str,
        /// The address.
        address: String,
        /// Why.
        source: std::io::Error,
    },
    /// The audit file cannot be opened.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// Certificates or keys cannot be used.
    #[error("{0}")]
    Files(String),
    /// The key provider refuses, or cannot be used as the rules describe it.
    #[error("keys: {0}")]
    Keys(#[from] KeyError),
    /// Files of users or passwords cannot be used.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// A mistake of ours.
    #[error(transparent)]
    Metrics(#[from] MetricsError),
    /// The operating system.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// Runs the proxy under the rules of a folder until `stop` completes; then open statements may end.
///
/// # Errors
/// Where it cannot start.
pub async fn serve(
    rules: &Path,
    policy: Policy,
    provider: Arc<dyn KeyProvider>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), AppError> {
    let settings = policy.settings.clone();
    let metrics = Arc::new(Metrics::new()?);
    metrics.rules(&policy.hash, policy.epoch);
    let audit = Arc::new(Audit::start(sink(&settings.audit.path))?);
    let clients = listen("listen", &settings.listen.address).await?;
    let pages = listen("admin", &settings.admin.address).await?;
    tracing::info!(
        listen = %settings.listen.address,
        upstream = %settings.upstream.address,
        admin = %settings.admin.address,
        rules = policy.hash,
        "sealwire serves"
    );

    keeping::first(&provider).await?;
    let secured = Arc::new(Secured {
        door: Arc::new(Door::open(&settings.listen).map_err(unusable)?),
        gate: Arc::new(Gate::open(&settings, Arc::clone(&provider))?),
        upstream: Arc::new(upstream::Server::new(&settings.upstream).map_err(unusable)?),
        metrics: Arc::clone(&metrics),
    });
    secured.tell(&settings);
    let policy = Arc::new(ArcSwap::from_pointee(policy));
    let grounds = Arc::new(Grounds::new(Arc::clone(&policy), Arc::clone(&provider)));
    let standing = Arc::new(Standing {
        upstream: AtomicBool::new(false),
        metrics: Arc::clone(&metrics),
        grounds: Arc::clone(&grounds),
        audit: Arc::clone(&audit),
        provider: Arc::clone(&provider),
        policy: Arc::clone(&policy),
    });
    tokio::spawn(keeping::watch_subjects(Arc::clone(&provider)));
    tokio::spawn(keeping::keep(provider));
    let observations = Arc::new(Observations::default());
    let (stopping, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        let _ = stopping.send(true);
    });
    let admin = tokio::spawn(admin::serve(
        pages,
        Arc::clone(&metrics),
        Arc::clone(&standing) as Arc<dyn Readiness>,
        Arc::clone(&observations),
        end(stopped.clone()),
    ));
    tokio::spawn(look_upstream(Arc::clone(&policy), Arc::clone(&standing)));
    tokio::spawn(reload::follow(
        rules.to_owned(),
        Arc::clone(&policy),
        Arc::clone(&grounds),
        Arc::clone(&secured),
        Arc::clone(&audit),
    ));
    let shared = Arc::new(Shared {
        door: Arc::clone(&secured.door),
        gate: Arc::clone(&secured.gate),
        upstream: Arc::clone(&secured.upstream),
        databases: Arc::new(grounds),
        ledger: Arc::default(),
        recorder: Arc::new(Records::new(metrics, audit, observations)),
    });
    let limits = Limits {
        max_sessions: usize::try_from(settings.listen.max_sessions).unwrap_or(usize::MAX),
        drain: DRAIN,
    };
    server::serve(
        clients,
        shared,
        limits,
        server::Registry::default(),
        stopped,
    )
    .await?;
    tracing::info!("sealwire has stopped");
    admin.abort();
    Ok(())
}

/// What `/readyz` answers by, and where metrics come from that nobody tells.
struct Standing {
    upstream: AtomicBool,
    metrics: Arc<Metrics>,
    grounds: Arc<Grounds>,
    audit: Arc<Audit>,
    provider: Arc<dyn KeyProvider>,
    policy: Arc<ArcSwap<Policy>>,
}

impl Readiness for Standing {
    fn ready(&self) -> Result<(), String> {
        if let Some(why) = self.provider.health().unusable {
            return Err(format!("the keys are not to be had: {why}"));
        }
        if let Some(why) = self.provider.subjects().and_then(|one| one.trouble()) {
            return Err(format!(
                "the keys of data subjects are not to be had: {why}"
            ));
        }
        if self.upstream.load(Ordering::Relaxed) {
            Ok(())
        } else {
            Err("the server behind cannot be reached".to_owned())
        }
    }

    fn look(&self) {
        let (success, failure) = self.grounds.readings();
        self.metrics.ground_refreshes(success, failure);
        if let Some(plans) = self.grounds.cached_plans() {
            self.metrics.plan_cache_size(plans);
        }
        (self.metrics).audit_events(self.audit.written(), self.audit.failed());
        let health = self.provider.health();
        let key_path = self.policy.load().settings.keys.path.clone();
        let subjects = self.provider.subjects();
        self.metrics.keys(&KeyFacts {
            usable: health.unusable.is_none(),
            last_success: health.last_success,
            lapses: health.lapses,
            succeeded: health.succeeded,
            failed: health.failed,
            // Two small files beside the key; a record that cannot be read counts as none.
            last_backup: BackupRecord::read(&key_path)
                .ok()
                .flatten()
                .and_then(|record| record.last_made()),
            last_drill: DrillRecord::read(&key_path)
                .ok()
                .flatten()
                .map(|record| record.passed_at),
            // A small file as well.
            intermediate_due: subjects
                .as_ref()
                .and_then(|subjects| subjects.current().ok())
                .map(|root| root.due),
            resurrected: subjects.map_or(0, |subjects| subjects.resurrected()),
        });
    }
}

/// Sees whether the server behind takes connections. It says nothing on them, which the server does not log.
async fn look_upstream(policy: Arc<ArcSwap<Policy>>, standing: Arc<Standing>) {
    loop {
        let address = policy.load().settings.upstream.address.clone();
        let place = (address.host.as_str(), address.port);
        let there = tokio::time::timeout(UPSTREAM_LOOK, TcpStream::connect(place)).await;
        let there = matches!(there, Ok(Ok(_)));
        if standing.upstream.swap(there, Ordering::Relaxed) && !there {
            tracing::warn!(upstream = %address, "the server behind cannot be reached");
        }
        tokio::time::sleep(UPSTREAM_LOOK).await;
    }
}

async fn end(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, and with it the reason to go on.
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn listen(section: &'static str, address: &Address) -> Result<TcpListener, AppError> {
    TcpListener::bind((address.host.as_str(), address.port))
        .await
        .map_err(|source| AppError::Listen {
            section,
            address: address.to_string(),
            source,
        })
}

fn unusable(problems: Vec<Problem>) -> AppError {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    AppError::Files(lines.join("\n"))
}

fn sink(path: &AuditPath) -> Sink {
    match path {
        AuditPath::Off => Sink::Off,
        AuditPath::Stdout => Sink::Stdout,
        AuditPath::File(path) => Sink::File(path.clone()),
    }
}
