//! Logins by method.

use std::collections::BTreeMap;

use prometheus::IntCounter;

use super::MetricsError;
use super::families::Families;
use crate::auth::MethodName;

/// Counters of accepted and of failed logins.
pub(super) struct Logins(BTreeMap<MethodName, [IntCounter; 2]>);

impl Logins {
    pub(super) fn new(family: &Families) -> Result<Logins, MetricsError> {
        let logins = family.counters(
            "sealwire_logins_total",
            "Logins by method of [auth], accepted and failed.",
            &["method", "result"],
        )?;
        Ok(Logins(
            MethodName::ALL
                .into_iter()
                .map(|method| {
                    let of = |result| logins.with_label_values(&[method.name(), result]);
                    (method, [of("accepted"), of("failed")])
                })
                .collect(),
        ))
    }

    pub(super) fn count(&self, method: MethodName, accepted: bool) {
        if let Some([good, bad]) = self.0.get(&method) {
            if accepted { good.inc() } else { bad.inc() }
        }
    }
}
