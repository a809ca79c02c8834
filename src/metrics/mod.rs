//! Counters and histograms, in Prometheus' text format. The only door to prometheus.
//!
//! Labels are bounded: outcomes, reasons and faults come from enums, tables and columns from the
//! rules. Never a value, a literal, a role or a statement. What is bounded is there from the start at
//! zero, so that a rate over the first refusal is not lost.
//!
//! Absent: HTTP (admin), the decision what to count (session, ground, server).

mod families;
mod keys;
mod logins;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus::{Encoder, Histogram, IntCounter, IntCounterVec, IntGauge, Registry, TextEncoder};

use crate::auth::MethodName;
use crate::fault::{ENTRIES, Fault};
use crate::plan::{Action, Reason};

pub use keys::KeyFacts;

/// A family of metrics could not be made: two of one name.
#[derive(Debug, thiserror::Error)]
#[error("metrics: {0}")]
pub struct MetricsError(String);

impl From<prometheus::Error> for MetricsError {
    fn from(error: prometheus::Error) -> Self {
        MetricsError(error.to_string())
    }
}

/// What became of a statement, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Statement {
    /// Sent as it came.
    Passthrough(Reason),
    /// Sent as planned.
    Planned,
    /// Refused.
    Refused(Fault),
    /// Observe mode: it passed, and would have been refused.
    Observed(Fault),
}

/// What happened to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "plain words")]
pub enum Kind {
    Sealed,
    Opened,
    Masked,
    Erased,
}

/// A stage of a statement's journey whose time is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The watch-list test.
    Survey,
    /// Planning, when the plan was not in the cache.
    Plan,
    /// Sealing constants and parameters.
    Seal,
    /// Opening and masking rows.
    Open,
    /// From the last byte sent upstream to the first that came back.
    Upstream,
}

/// How the server side failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UpstreamError {
    /// No connection.
    Connect,
    /// TLS was wanted and not to be had.
    Tls,
    /// The server refused the login.
    Authentication,
    /// The connection ended in mid-session.
    Closed,
    /// The server sent what the protocol does not allow.
    Protocol,
}

/// Every metric of the process. Shared in an `Arc`; all methods take `&self` and never block.
pub struct Metrics {
    registry: Registry,
    sessions: IntGauge,
    sessions_total: IntCounter,
    sessions_refused: IntCounter,
    sessions_tls: IntCounter,
    sessions_plain: IntCounter,
    handshakes_failed: IntCounter,
    logins: logins::Logins,
    keys: keys::Keys,
    tls_reloads: IntCounter,
    tls_reload_failures: IntCounter,
    certificates: prometheus::IntGaugeVec,
    not_watched: IntCounter,
    nothing_protected: IntCounter,
    no_data: IntCounter,
    passed_observed: IntCounter,
    planned: IntCounter,
    refused: BTreeMap<Fault, IntCounter>,
    observed: BTreeMap<Fault, IntCounter>,
    cache_hits: IntCounter,
    cache_misses: IntCounter,
    cache_size: IntGauge,
    values: IntCounterVec,
    guesses: IntCounter,
    stages: BTreeMap<Stage, Histogram>,
    upstream_errors: BTreeMap<UpstreamError, IntCounter>,
    rules: prometheus::IntGaugeVec,
    rules_epoch: IntGauge,
    rules_loaded: IntGauge,
    reloads: IntCounter,
    reload_failures: IntCounter,
    refreshes: IntCounter,
    refresh_failures: IntCounter,
    would_touch: IntCounterVec,
    audit_written: IntCounter,
    audit_failed: IntCounter,
}

impl Metrics {
    /// All metrics, at zero.
    pub fn new() -> Result<Metrics, MetricsError> {
        let family = families::Families::new();
        let statements = family.counters(
            "sealwire_statements_total",
            "Statements by outcome and reason.",
            &["outcome", "reason"],
        )?;
        let passthrough = |reason: &str| statements.with_label_values(&["passthrough", reason]);
        let by_fault = |outcome: &str| -> BTreeMap<Fault, IntCounter> {
            ENTRIES
                .iter()
                .map(|(fault, entry)| {
                    (*fault, statements.with_label_values(&[outcome, entry.name]))
                })
                .collect()
        };
        let cache = family.counters(
            "sealwire_plan_cache_lookups_total",
            "Look-ups in the shared plan cache.",
            &["result"],
        )?;
        let upstream = family.counters(
            "sealwire_upstream_errors_total",
            "Failures of the server side, by kind.",
            &["kind"],
        )?;
        let reloads = family.counters(
            "sealwire_rules_reloads_total",
            "Attempts to load the rules again.",
            &["result"],
        )?;
        let refreshes = family.counters(
            "sealwire_ground_refreshes_total",
            "Readings of catalog, registry and keys.",
            &["result"],
        )?;
        let audit = family.counters(
            "sealwire_audit_events_total",
            "Audit events, written or failed to be written.",
            &["result"],
        )?;
        let sessions = family.counters(
            "sealwire_sessions_total",
            "Client sessions since the start.",
            &["result"],
        )?;
        let transports = family.counters(
            "sealwire_sessions_by_transport_total",
            "Client sessions that were accepted, with TLS and without.",
            &["transport"],
        )?;
        let tls_reloads = family.counters(
            "sealwire_tls_reloads_total",
            "Attempts to load certificates and keys again.",
            &["result"],
        )?;
        Ok(Metrics {
            sessions_tls: transports.with_label_values(&["tls"]),
            sessions_plain: transports.with_label_values(&["plain"]),
            handshakes_failed: family.counter(
                "sealwire_tls_handshake_failures_total",
                "TLS handshakes of clients that failed.",
            )?,
            logins: logins::Logins::new(&family)?,
            keys: keys::Keys::new(&family)?,
            tls_reloads: tls_reloads.with_label_values(&["success"]),
            tls_reload_failures: tls_reloads.with_label_values(&["failure"]),
            certificates: family.gauges(
                "sealwire_certificate_not_after_timestamp_seconds",
                "When the certificates that are shown to clients and to the server end, by the key of the rules that names the file.",
                &["key"],
            )?,
            sessions: family.gauge("sealwire_sessions", "Client sessions open now.")?,
            sessions_total: sessions.with_label_values(&["accepted"]),
            sessions_refused: sessions.with_label_values(&["refused"]),
            not_watched: passthrough("not-watched"),
            nothing_protected: passthrough("nothing-protected"),
            no_data: passthrough("no-data"),
            passed_observed: passthrough("observed"),
            planned: statements.with_label_values(&["planned", ""]),
            refused: by_fault("refused"),
            observed: by_fault("observed"),
            cache_hits: cache.with_label_values(&["hit"]),
            cache_misses: cache.with_label_values(&["miss"]),
            cache_size: family.gauge("sealwire_plan_cache_plans", "Plans in the shared cache.")?,
            values: family.counters(
                "sealwire_values_total",
                "Values sealed, opened or masked, by table and column.",
                &["action", "table", "column"],
            )?,
            guesses: family.counter(
                "sealwire_search_guesses_total",
                "Search constants of roles that do not see the column.",
            )?,
            stages: family.stages()?,
            upstream_errors: UpstreamError::ALL
                .iter()
                .map(|kind| (*kind, upstream.with_label_values(&[kind.label()])))
                .collect(),
            rules: family.gauges(
                "sealwire_rules_info",
                "The rule set in force; its content hash is the label.",
                &["hash"],
            )?,
            rules_epoch: family.gauge(
                "sealwire_rules_epoch",
                "Grows by one with every rule set that came into force.",
            )?,
            rules_loaded: family.gauge(
                "sealwire_rules_loaded_timestamp_seconds",
                "When the rule set in force was loaded; its age is time() minus this.",
            )?,
            reloads: reloads.with_label_values(&["success"]),
            reload_failures: reloads.with_label_values(&["failure"]),
            refreshes: refreshes.with_label_values(&["success"]),
            refresh_failures: refreshes.with_label_values(&["failure"]),
            would_touch: family.counters(
                "sealwire_observed_columns_total",
                "Observe mode: statements that would be answered, by what they would do with each column.",
                &["action", "table", "column"],
            )?,
            audit_written: audit.with_label_values(&["written"]),
            audit_failed: audit.with_label_values(&["failed"]),
            registry: family.into_registry(),
        })
    }

    /// A client session was accepted.
    pub fn session_opened(&self) {
        self.sessions_total.inc();
        self.sessions.inc();
    }

    /// An accepted session ended.
    pub fn session_closed(&self) {
        self.sessions.dec();
    }

    /// How the client of an accepted session has come.
    pub fn session_came(&self, tls: bool) {
        if tls {
            self.sessions_tls.inc();
        } else {
            self.sessions_plain.inc();
        }
    }

    /// A TLS handshake with a client failed.
    pub fn handshake_failed(&self) {
        self.handshakes_failed.inc();
    }

    /// Certificates and keys were loaded again, or could not be used and changed nothing.
    pub fn tls_reload(&self, success: bool) {
        if success {
            self.tls_reloads.inc();
        } else {
            self.tls_reload_failures.inc();
        }
    }

    /// When certificates end: (key of the rules, seconds since 1970).
    pub fn certificates(&self, ends: &[(String, i64)]) {
        self.certificates.reset();
        for (key, at) in ends {
            self.certificates
                .with_label_values(&[key.as_str()])
                .set(*at);
        }
    }

    /// Somebody logged in, or could not.
    pub fn login(&self, method: MethodName, accepted: bool) {
        self.logins.count(method, accepted);
    }

    /// A session was turned away (limit, shutdown, nobody upstream).
    pub fn session_refused(&self) {
        self.sessions_refused.inc();
    }

    /// A statement.
    pub fn statement(&self, statement: Statement) {
        match statement {
            Statement::Passthrough(Reason::NotWatched) => self.not_watched.inc(),
            Statement::Passthrough(Reason::NothingProtected) => self.nothing_protected.inc(),
            Statement::Passthrough(Reason::NoData) => self.no_data.inc(),
            Statement::Passthrough(Reason::Observed) => self.passed_observed.inc(),
            // No statement of a client's.
            Statement::Passthrough(Reason::Own) => {}
            Statement::Planned => self.planned.inc(),
            Statement::Refused(fault) => increment(&self.refused, &fault),
            Statement::Observed(fault) => increment(&self.observed, &fault),
        }
    }

    /// Observe mode: a statement would touch a column.
    pub fn observed(&self, table: &str, column: &str, action: Action) {
        let action = match action {
            Action::Open => "open",
            Action::Mask => "mask",
            Action::Search => "search",
            Action::Write => "write",
            Action::Delete => "delete",
        };
        self.would_touch
            .with_label_values(&[action, table, column])
            .inc();
    }

    /// A look-up in the plan cache.
    pub fn plan_cache(&self, hit: bool) {
        if hit {
            self.cache_hits.inc();
        } else {
            self.cache_misses.inc();
        }
    }

    /// How many plans the cache holds.
    pub fn plan_cache_size(&self, plans: usize) {
        self.cache_size.set(saturating(plans));
    }

    /// Values of a protected column (`schema.table`, column).
    pub fn values(&self, table: &str, column: &str, kind: Kind, count: u64) {
        let action = match kind {
            Kind::Sealed => "sealed",
            Kind::Opened => "opened",
            Kind::Masked => "masked",
            Kind::Erased => "erased",
        };
        self.values
            .with_label_values(&[action, table, column])
            .inc_by(count);
    }

    /// Search constants that counted as guesses.
    pub fn guesses(&self, count: u64) {
        self.guesses.inc_by(count);
    }

    /// The time that a stage took.
    pub fn stage(&self, stage: Stage, took: Duration) {
        if let Some(histogram) = self.stages.get(&stage) {
            histogram.observe(took.as_secs_f64());
        }
    }

    /// A failure of the server side.
    pub fn upstream_error(&self, kind: UpstreamError) {
        increment(&self.upstream_errors, &kind);
    }

    /// A rule set came into force.
    pub fn rules(&self, hash: &str, epoch: u64) {
        self.rules.reset();
        self.rules.with_label_values(&[hash]).set(1);
        self.rules_epoch
            .set(i64::try_from(epoch).unwrap_or(i64::MAX));
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        self.rules_loaded
            .set(i64::try_from(now).unwrap_or(i64::MAX));
    }

    /// The rules were loaded again, or failed to validate and changed nothing.
    pub fn reload(&self, success: bool) {
        if success {
            self.reloads.inc();
        } else {
            self.reload_failures.inc();
        }
    }

    /// How often catalog, registry and keys of a database were read so far, and could not be.
    pub fn ground_refreshes(&self, success: u64, failure: u64) {
        up_to(&self.refreshes, success);
        up_to(&self.refresh_failures, failure);
    }

    /// How many audit events were written so far, and could not be.
    pub fn audit_events(&self, written: u64, failed: u64) {
        up_to(&self.audit_written, written);
        up_to(&self.audit_failed, failed);
    }

    /// How the key provider stands.
    pub fn keys(&self, facts: &KeyFacts) {
        self.keys.set(facts);
    }

    /// Everything in Prometheus' text format.
    pub fn render(&self) -> String {
        let mut page = Vec::new();
        // Encoding into memory fails only on a family without metrics, which gather() leaves out.
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut page);
        String::from_utf8_lossy(&page).into_owned()
    }
}

impl Stage {
    /// In the order of the journey.
    pub(crate) const ALL: [(Stage, &'static str); 5] = [
        (Stage::Survey, "survey"),
        (Stage::Plan, "plan"),
        (Stage::Seal, "seal"),
        (Stage::Open, "open"),
        (Stage::Upstream, "upstream"),
    ];
}

impl UpstreamError {
    const ALL: [UpstreamError; 5] = [
        UpstreamError::Connect,
        UpstreamError::Tls,
        UpstreamError::Authentication,
        UpstreamError::Closed,
        UpstreamError::Protocol,
    ];

    fn label(self) -> &'static str {
        match self {
            UpstreamError::Connect => "connect",
            UpstreamError::Tls => "tls",
            UpstreamError::Authentication => "authentication",
            UpstreamError::Closed => "closed",
            UpstreamError::Protocol => "protocol",
        }
    }
}

fn increment<K: Ord>(counters: &BTreeMap<K, IntCounter>, key: &K) {
    if let Some(counter) = counters.get(key) {
        counter.inc();
    }
}

/// A counter that is counted elsewhere.
fn up_to(counter: &IntCounter, total: u64) {
    counter.inc_by(total.saturating_sub(counter.get()));
}

fn saturating(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_reason_is_there_from_the_start() {
        let page = Metrics::new().unwrap().render();
        for (_, entry) in ENTRIES {
            for outcome in ["refused", "observed"] {
                let line = format!(
                    "sealwire_statements_total{{outcome=\"{outcome}\",reason=\"{}\"}} 0",
                    entry.name
                );
                assert!(page.contains(&line), "{line}");
            }
        }
        for (_, stage) in Stage::ALL {
            assert!(page.contains(&format!("stage=\"{stage}\"")), "{stage}");
        }
    }

    #[test]
    fn counts_what_it_is_told() {
        let metrics = Metrics::new().unwrap();
        metrics.session_opened();
        metrics.session_opened();
        metrics.session_closed();
        metrics.statement(Statement::Refused(Fault::SearchMissing));
        metrics.statement(Statement::Passthrough(Reason::NotWatched));
        metrics.values("public.customers", "email", Kind::Opened, 7);
        metrics.stage(Stage::Plan, Duration::from_micros(30));
        metrics.upstream_error(UpstreamError::Closed);
        metrics.plan_cache(true);
        metrics.plan_cache_size(3);
        metrics.reload(false);
        metrics.ground_refreshes(1, 0);
        metrics.ground_refreshes(1, 0);
        let page = metrics.render();
        for line in [
            "sealwire_sessions 1",
            "sealwire_sessions_total{result=\"accepted\"} 2",
            "sealwire_statements_total{outcome=\"refused\",reason=\"search-missing\"} 1",
            "sealwire_statements_total{outcome=\"passthrough\",reason=\"not-watched\"} 1",
            "sealwire_values_total{action=\"opened\",column=\"email\",table=\"public.customers\"} 7",
            "sealwire_stage_seconds_count{stage=\"plan\"} 1",
            "sealwire_upstream_errors_total{kind=\"closed\"} 1",
            "sealwire_plan_cache_lookups_total{result=\"hit\"} 1",
            "sealwire_plan_cache_plans 3",
            "sealwire_rules_reloads_total{result=\"failure\"} 1",
            "sealwire_ground_refreshes_total{result=\"success\"} 1",
        ] {
            assert!(page.lines().any(|have| have == line), "{line}\n{page}");
        }
    }

    #[test]
    fn only_the_rule_set_in_force_is_shown() {
        let metrics = Metrics::new().unwrap();
        metrics.rules("aaaa", 1);
        metrics.rules("bbbb", 2);
        let page = metrics.render();
        assert!(page.contains("sealwire_rules_info{hash=\"bbbb\"} 1"));
        assert!(!page.contains("aaaa"));
        assert!(page.contains("sealwire_rules_epoch 2"));
    }
}
