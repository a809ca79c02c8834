//! Making and registering a family in one step.

use std::collections::BTreeMap;

use prometheus::core::Collector;
use prometheus::{
    Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts,
    Registry,
};

use super::{MetricsError, Stage};

/// A survey takes a microsecond, a slow query a minute.
const BUCKETS: [f64; 14] = [
    1e-6, 4e-6, 16e-6, 64e-6, 250e-6, 1e-3, 4e-3, 16e-3, 64e-3, 0.25, 1.0, 4.0, 16.0, 64.0,
];

pub(super) struct Families {
    registry: Registry,
}

impl Families {
    pub(super) fn new() -> Self {
        Families {
            registry: Registry::new(),
        }
    }

    pub(super) fn into_registry(self) -> Registry {
        self.registry
    }

    pub(super) fn counter(&self, name: &str, help: &str) -> Result<IntCounter, MetricsError> {
        self.register(IntCounter::new(name, help)?)
    }

    pub(super) fn gauge(&self, name: &str, help: &str) -> Result<IntGauge, MetricsError> {
        self.register(IntGauge::new(name, help)?)
    }

    pub(super) fn gauges(
        &self,
        name: &str,
        help: &str,
        labels: &[&str],
    ) -> Result<IntGaugeVec, MetricsError> {
        self.register(IntGaugeVec::new(Opts::new(name, help), labels)?)
    }

    pub(super) fn counters(
        &self,
        name: &str,
        help: &str,
        labels: &[&str],
    ) -> Result<IntCounterVec, MetricsError> {
        self.register(IntCounterVec::new(Opts::new(name, help), labels)?)
    }

    pub(super) fn stages(&self) -> Result<BTreeMap<Stage, Histogram>, MetricsError> {
        let options = HistogramOpts::new(
            "sealwire_stage_seconds",
            "Time spent in each stage of a statement's journey.",
        )
        .buckets(BUCKETS.to_vec());
        let family = self.register(HistogramVec::new(options, &["stage"])?)?;
        Ok(Stage::ALL
            .iter()
            .map(|(stage, label)| (*stage, family.with_label_values(&[*label])))
            .collect())
    }

    fn register<C: Collector + Clone + 'static>(&self, family: C) -> Result<C, MetricsError> {
        self.registry.register(Box::new(family.clone()))?;
        Ok(family)
    }
}
