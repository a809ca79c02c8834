//! Keeps keys usable: asks their provider again before they lapse, and after it has failed.

use std::sync::Arc;
use std::time::Duration;

use crate::keys::{KeyError, KeyProvider};

/// The provider is not asked more often.
const LEAST: Duration = Duration::from_millis(250);
/// How often the store of subjects' keys is looked at.
const LOOK: Duration = Duration::from_secs(2);

/// The first question. Where the provider is out of reach the proxy starts without it: it is not ready, and refuses what
/// needs keys.
///
/// # Errors
/// Where the provider refuses, or is described wrongly: trying again would not help.
pub(super) async fn first(provider: &Arc<dyn KeyProvider>) -> Result<(), KeyError> {
    match ask(provider).await {
        Err(error) if error.is_transient() => {
            tracing::warn!(reason = %error, "starting without keys: protected tables are refused until the key provider answers");
            Ok(())
        }
        answer => answer,
    }
}

/// Goes on for as long as the proxy runs.
pub(super) async fn keep(provider: Arc<dyn KeyProvider>) {
    let mut failing = provider.health().unusable.is_some();
    while let Some(pause) = provider.refresh_in() {
        tokio::time::sleep(pause.max(LEAST)).await;
        match ask(&provider).await {
            Ok(()) if failing => {
                failing = false;
                tracing::info!("the key provider answers");
            }
            Ok(()) => {}
            Err(error) if !failing => {
                failing = true;
                let left = provider.lease().left().unwrap_or(Duration::MAX);
                tracing::warn!(reason = %error, seconds = left.as_secs(), "the key provider does not answer: keys lapse when the seconds are over");
            }
            Err(error) => {
                tracing::debug!(reason = %error, "the key provider still does not answer")
            }
        }
    }
}

/// Tells of erased data subjects that have a key again.
pub(super) async fn watch_subjects(provider: Arc<dyn KeyProvider>) {
    let Some(subjects) = provider.subjects() else {
        return;
    };
    let mut told = 0;
    let mut failing = false;
    loop {
        let looking = Arc::clone(&subjects);
        // A look that failed by itself is made again.
        let _ = tokio::task::spawn_blocking(move || looking.examine()).await;
        let trouble = subjects.trouble();
        if let (Some(why), false) = (&trouble, failing) {
            tracing::warn!(
                reason = why.as_str(),
                "the keys of data subjects are not to be had"
            );
        }
        if trouble.is_none() && failing {
            tracing::info!("the keys of data subjects are to be had again");
        }
        failing = trouble.is_some();
        tokio::time::sleep(LOOK).await;
        let back = subjects.resurrected();
        if back > told {
            tracing::warn!(
                subjects = back,
                "erased data subjects have keys again, which are not used: an old copy of the store was brought back; `sealwire check` says which, run their erasures again"
            );
        }
        told = back;
    }
}

async fn ask(provider: &Arc<dyn KeyProvider>) -> Result<(), KeyError> {
    let asked = Arc::clone(provider);
    tokio::task::spawn_blocking(move || asked.refresh())
        .await
        .unwrap_or(Err(KeyError::Backend {
            step: "asking the key provider",
        }))
}
