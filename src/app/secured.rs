//! Both doors of the process and the gate behind the first, and what is to be said of their files.

use std::sync::Arc;

use crate::gate::Gate;
use crate::metrics::Metrics;
use crate::policy::ServerSettings;
use crate::tls::{self, Door, Weight};
use crate::upstream;

/// What connections and logins are made of, renewed while the proxy runs.
pub(super) struct Secured {
    pub(super) door: Arc<Door>,
    pub(super) gate: Arc<Gate>,
    pub(super) upstream: Arc<upstream::Server>,
    pub(super) metrics: Arc<Metrics>,
}

impl Secured {
    /// Reads certificates and keys again. What cannot be used leaves in force what was; new sessions take what was read.
    pub(super) fn renew(&self, settings: &ServerSettings) {
        let mut problems = self.door.renew(&settings.listen).err().unwrap_or_default();
        let upstream = self.upstream.renew(&settings.upstream);
        problems.extend(upstream.err().unwrap_or_default());
        if let Err(mistakes) = self.gate.renew(settings) {
            for mistake in mistakes {
                tracing::error!("{mistake}");
            }
            tracing::error!("the files of users or passwords have mistakes; those in force stay");
        }
        self.metrics.tls_reload(problems.is_empty());
        if problems.is_empty() {
            tracing::info!("certificates and keys are loaded again");
        }
        for problem in &problems {
            tracing::error!("{problem}");
        }
        if !problems.is_empty() {
            tracing::error!("certificates or keys have mistakes; those in force stay");
        }
        self.tell(settings);
    }

    /// Warns of what needs a look, and shows when certificates end.
    pub(super) fn tell(&self, settings: &ServerSettings) {
        let ends: Vec<_> = tls::expiries(settings)
            .into_iter()
            .map(|expiry| (expiry.key, expiry.not_after))
            .collect();
        self.metrics.certificates(&ends);
        for remark in tls::remarks(settings) {
            if remark.weight >= Weight::Warning {
                tracing::warn!(
                    key = remark.place.key,
                    hint = remark.hint,
                    "{}",
                    remark.message
                );
            }
        }
    }
}
