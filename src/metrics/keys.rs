//! What is told of the key provider.

use std::time::{SystemTime, UNIX_EPOCH};

use prometheus::{IntCounter, IntGauge};

use super::families::Families;
use super::{MetricsError, up_to};

/// How the key provider stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyFacts {
    /// Keys can be used.
    pub usable: bool,
    /// When the provider last answered; `None`: never, or it needs not be asked.
    pub last_success: Option<SystemTime>,
    /// When the keys lapse; `None`: never.
    pub lapses: Option<SystemTime>,
    /// Calls it answered.
    pub succeeded: u64,
    /// Calls it did not.
    pub failed: u64,
    /// When a backup was last made, in seconds since 1970.
    pub last_backup: Option<u64>,
    /// When a drill last passed, in seconds since 1970.
    pub last_drill: Option<u64>,
    /// When the intermediate key of the keys of data subjects is due to be replaced; `None`: there is none.
    pub intermediate_due: Option<SystemTime>,
    /// Data subjects that were erased and whose keys are back, as an old copy of their store brings them.
    pub resurrected: u64,
}

pub(super) struct Keys {
    usable: IntGauge,
    last_success: IntGauge,
    lapses: IntGauge,
    succeeded: IntCounter,
    failed: IntCounter,
    last_backup: IntGauge,
    last_drill: IntGauge,
    intermediate_due: IntGauge,
    resurrected: IntGauge,
}

impl Keys {
    pub(super) fn new(family: &Families) -> Result<Keys, MetricsError> {
        let calls = family.counters(
            "sealwire_key_provider_calls_total",
            "Calls of the key provider, answered or not; none of a key file.",
            &["result"],
        )?;
        Ok(Keys {
            usable: family.gauge(
                "sealwire_keys_usable",
                "1 while statements on protected tables can be answered as far as keys go.",
            )?,
            last_success: family.gauge(
                "sealwire_key_provider_last_success_timestamp_seconds",
                "When the key provider last answered; 0 for a key file, or before the first answer.",
            )?,
            lapses: family.gauge(
                "sealwire_keys_lapse_timestamp_seconds",
                "When the keys in memory lapse unless their provider answers before; 0: never.",
            )?,
            succeeded: calls.with_label_values(&["success"]),
            failed: calls.with_label_values(&["failure"]),
            last_backup: family.gauge(
                "sealwire_last_backup_timestamp_seconds",
                "When a backup of the keys was last made on this host; 0: never.",
            )?,
            last_drill: family.gauge(
                "sealwire_last_drill_timestamp_seconds",
                "When a drill of the recovery last passed on this host; 0: never.",
            )?,
            intermediate_due: family.gauge(
                "sealwire_subjects_intermediate_due_timestamp_seconds",
                "When the intermediate key of data subjects is due to be replaced (rotate subjects); 0: there is none.",
            )?,
            resurrected: family.gauge(
                "sealwire_subjects_resurrected",
                "Erased data subjects that this proxy met with a key again: an old copy of the store was brought back. Their values stay hidden.",
            )?,
        })
    }

    pub(super) fn set(&self, facts: &KeyFacts) {
        self.usable.set(i64::from(facts.usable));
        self.last_success.set(seconds(facts.last_success));
        self.lapses.set(seconds(facts.lapses));
        up_to(&self.succeeded, facts.succeeded);
        up_to(&self.failed, facts.failed);
        let moment = |seconds: Option<u64>| i64::try_from(seconds.unwrap_or_default());
        self.last_backup
            .set(moment(facts.last_backup).unwrap_or_default());
        self.last_drill
            .set(moment(facts.last_drill).unwrap_or_default());
        self.intermediate_due.set(seconds(facts.intermediate_due));
        self.resurrected
            .set(i64::try_from(facts.resurrected).unwrap_or(i64::MAX));
    }
}

fn seconds(moment: Option<SystemTime>) -> i64 {
    moment
        .and_then(|moment| moment.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}
