//! `sealwire serve`.

use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::Failure;
use super::arguments::Rules;
use super::common::{key_failure, policy, provider_and_files};
use crate::app::{self, AppError};
use crate::policy::{LogFormat, LogSettings};

pub(super) async fn run(rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    start_log(policy.settings.log)?;
    quiet_panics();
    let obstacles = app::obstacles(&policy.settings).await;
    let provider = match provider_and_files(&policy, &rules.rules, obstacles.mistakes) {
        // Whoever mends the mistakes would meet these next.
        Err(Failure::Configuration(mut mistakes)) => {
            mistakes.extend(obstacles.taken);
            return Err(Failure::Configuration(mistakes));
        }
        provider => Arc::new(provider?),
    };
    if !obstacles.taken.is_empty() {
        return Err(Failure::Failed(obstacles.taken.join("\n")));
    }
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    app::serve(&rules.rules, policy, provider, stop)
        .await
        .map_err(|error| match error {
            AppError::Keys(error) => key_failure(&error),
            other => Failure::because(other),
        })
}

/// A panic's message may hold a value; only where it happened is logged.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "a panic: please report it");
    }));
}

/// Our own lines at the level of the rules; of libraries only warnings, since a driver's debug lines may
/// hold statements.
fn start_log(settings: LogSettings) -> Result<(), Failure> {
    let filter = EnvFilter::new(format!("warn,sealwire={}", settings.level.name()));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false);
    let started = match settings.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    started.map_err(|error| Failure::Failed(error.to_string()))
}
