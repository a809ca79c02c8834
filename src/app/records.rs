//! What sessions tell, turned into metrics and audit lines.

use std::sync::Arc;
use std::time::Duration;

use crate::audit::{Audit, Event, Outcome, Touched};
use crate::fault::Refusal;
use crate::identity::Principal;
use crate::metrics::{self, Kind, Metrics, Statement, UpstreamError};
use crate::observe::{self, Observations, Sighting};
use crate::plan::{Action, Observed, Reason};
use crate::session::{Ending, Failure, Login, Recorder, Stage, StatementFacts, Upstream};
use crate::tls::Transport;
use crate::transform::Treated;

/// Records for metrics and audit.
pub(super) struct Records {
    metrics: Arc<Metrics>,
    audit: Arc<Audit>,
    observations: Arc<Observations>,
}

impl Records {
    pub(super) fn new(
        metrics: Arc<Metrics>,
        audit: Arc<Audit>,
        observations: Arc<Observations>,
    ) -> Self {
        Records {
            metrics,
            audit,
            observations,
        }
    }

    fn observe(&self, facts: &StatementFacts<'_>, observed: &Observed) {
        if let Some(refusal) = &observed.refusal {
            self.metrics.statement(Statement::Observed(refusal.fault));
        } else {
            for touch in observed.touches.iter() {
                self.metrics
                    .observed(&touch.table, &touch.column, touch.action);
            }
        }
        let first = self.observations.note(&Sighting {
            login: &facts.principal.login,
            active_role: facts.role,
            database: facts.database,
            application: facts.application,
            fingerprint: facts.fingerprint,
            carried_out: !matches!(facts.ending, Ending::Failed | Ending::Refused(_)),
            observed,
            rules: facts.rules_hash,
        });
        if first {
            let would = (observed.refusal.as_ref())
                .map_or("answered", |refusal| refusal.fault.entry().name);
            tracing::info!(
                fingerprint = facts.fingerprint,
                application = observe::shown(facts.application),
                login = facts.principal.login,
                would,
                "observed for the first time"
            );
        }
    }

    fn count(&self, facts: &StatementFacts<'_>) {
        if let Some(observed) = facts.observed {
            self.observe(facts, observed);
        }
        match &facts.ending {
            Ending::Passthrough(reason) => self.metrics.statement(Statement::Passthrough(*reason)),
            // What the server said to a planned statement is the server's own.
            Ending::Planned | Ending::Failed => self.metrics.statement(Statement::Planned),
            Ending::Refused(refusal) => self.metrics.statement(Statement::Refused(refusal.fault)),
        }
        for (table, column, treated, count) in facts.counts.iter() {
            let kind = match treated {
                Treated::Sealed => Kind::Sealed,
                Treated::Opened => Kind::Opened,
                Treated::Masked => Kind::Masked,
                Treated::Erased => Kind::Erased,
            };
            self.metrics.values(table, column, kind, count);
        }
        self.metrics.guesses(facts.counts.guesses());
    }

    fn write(&self, facts: &StatementFacts<'_>) {
        let (outcome, fault) = match (&facts.ending, facts.observed) {
            (Ending::Refused(refusal), _) => (Outcome::Refused, Some(refusal.fault)),
            (_, Some(observed)) => (
                Outcome::Observed,
                observed.refusal.as_ref().map(|refusal| refusal.fault),
            ),
            (Ending::Planned | Ending::Failed, None) => (Outcome::Planned, None),
            (Ending::Passthrough(_), None) => (Outcome::Passthrough, None),
        };
        // What passed and touched nothing protected is counted, not audited.
        if facts.touches.is_empty() && fault.is_none() && facts.observed.is_none() {
            return;
        }
        let count = |touch: &crate::plan::Touch| {
            facts
                .counts
                .iter()
                .filter(|(table, column, treated, _)| {
                    *table == touch.table
                        && *column == touch.column
                        && matches!(
                            (treated, touch.action),
                            (Treated::Opened, Action::Open)
                                | (Treated::Masked, Action::Mask)
                                | (Treated::Sealed, Action::Search | Action::Write)
                        )
                })
                .map(|(_, _, _, count)| count)
                .sum()
        };
        let would = facts.observed.map(|observed| &*observed.touches);
        let columns = facts
            .touches
            .iter()
            .chain(would.unwrap_or_default())
            .map(|touch| Touched::new(&touch.table, &touch.column, touch.action, count(touch)))
            .collect();
        let mut event = Event::new(facts.principal, facts.database, facts.rules_hash)
            .application(facts.application)
            .active_role(facts.role)
            .fingerprint(facts.fingerprint)
            .outcome(outcome)
            .columns(columns);
        if let Some(fault) = fault {
            event = event.fault(fault);
        }
        self.audit.record(event);
    }
}

impl Recorder for Records {
    fn session_opened(&self, _principal: &Principal, _database: &str) {
        self.metrics.session_opened();
    }

    fn arrived(&self, transport: &Transport) {
        self.metrics.session_came(transport.tls.is_some());
    }

    fn handshake_failed(&self) {
        self.metrics.handshake_failed();
    }

    fn session_closed(&self) {
        self.metrics.session_closed();
    }

    fn login(&self, login: &Login<'_>) {
        self.metrics.login(login.method, login.failure.is_none());
        let reason = match login.failure {
            None => return,
            Some(Failure::Here(fault)) => fault.entry().name,
            Some(Failure::Server) => "denied by the server",
        };
        let (user, peer, method) = (login.user, login.peer, login.method.name());
        tracing::warn!(user, %peer, method, reason, "a login failed");
    }

    fn turned_away(&self, _refusal: &Refusal) {
        self.metrics.session_refused();
    }

    fn planned(&self, kept: bool) {
        self.metrics.plan_cache(kept);
    }

    fn passed(&self) {
        self.metrics
            .statement(Statement::Passthrough(Reason::NotWatched));
    }

    fn statement(&self, facts: &StatementFacts<'_>) {
        self.count(facts);
        self.write(facts);
    }

    fn refused(&self, refusal: &Refusal) {
        self.metrics.statement(Statement::Refused(refusal.fault));
    }

    fn stage(&self, stage: Stage, time: Duration) {
        let stage = match stage {
            Stage::Survey => metrics::Stage::Survey,
            Stage::Open => metrics::Stage::Open,
            Stage::Upstream => metrics::Stage::Upstream,
            Stage::Plan => metrics::Stage::Plan,
            Stage::Seal => metrics::Stage::Seal,
        };
        self.metrics.stage(stage, time);
    }

    fn upstream_error(&self, error: Upstream) {
        self.metrics.upstream_error(match error {
            Upstream::Connect => UpstreamError::Connect,
            Upstream::Tls => UpstreamError::Tls,
            Upstream::Authentication => UpstreamError::Authentication,
            Upstream::Closed => UpstreamError::Closed,
            Upstream::Protocol => UpstreamError::Protocol,
        });
    }
}
