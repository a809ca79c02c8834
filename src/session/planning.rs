//! Plans as the session holds them: when one may be made, what it was made on, whether it still holds.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use bytes::Bytes;

use crate::fault::{Fault, Refusal};
use crate::plan::{
    CopyPlan, CopyWay, Derived, Environment, Outcome, Output, Piece, Plan, Protocol, Reason,
    Request, StatementPlan,
};
use crate::policy::Rights;
use crate::transform::Counts;
use crate::wire;

use super::engine::{Engine, Need, Pipes, Stop};
use super::record::Stage;
use super::standing::Standing;

/// A plan and what it was made on.
pub(super) struct Planned {
    /// The plan.
    pub(super) plan: Arc<Plan>,
    /// The ground.
    pub(super) standing: Arc<dyn Standing>,
    /// The rights.
    pub(super) rights: Arc<Rights>,
    /// The role that SET ROLE had made active.
    pub(super) role: Option<String>,
    /// The session's settings.
    pub(super) environment: Environment,
    /// Where each piece of the upstream text begins (characters from 0), once it is rendered, and where in the
    /// client's text what it was copied from.
    edits: OnceLock<Vec<(usize, Option<usize>)>>,
    /// The upstream text with the constants that were sealed into it, where it writes: the server may speak of them.
    upstream: OnceLock<Bytes>,
}

impl Planned {
    /// A position of the upstream text in the client's (characters from 1).
    pub(super) fn client_position(&self, position: usize) -> usize {
        client_position(self.edits.get().map_or(&[], Vec::as_slice), position)
    }

    /// What was sent upstream, where a statement of it writes sealed constants.
    pub(super) fn upstream(&self) -> Option<Bytes> {
        self.upstream.get().cloned()
    }

    /// One statement of it.
    pub(super) fn statement(&self, at: usize) -> Option<&StatementPlan> {
        self.plan.statements.get(at)
    }

    /// The result columns of a statement.
    pub(super) fn outputs(&self, at: usize) -> Option<&Arc<[Output]>> {
        self.statement(at)?.outputs.as_ref()
    }

    /// How a statement's result differs from what the server returns.
    pub(super) fn derived(&self, at: usize) -> Option<&Derived> {
        self.statement(at)?.derived.as_deref()
    }

    /// Whether values of a statement's result are opened or masked, or it is another than the server's.
    pub(super) fn opens(&self, at: usize) -> bool {
        let opened = |outputs: &[Output]| !outputs.iter().all(|one| matches!(one, Output::Pass));
        self.derived(at).is_some()
            || self.outputs(at).is_some_and(|outputs| opened(outputs))
            || self.copy(at).is_some_and(|plan| match &plan.way {
                CopyWay::Out(outputs) => opened(outputs),
                CopyWay::In { .. } => false,
            })
    }

    /// How the data of a COPY is treated.
    pub(super) fn copy(&self, at: usize) -> Option<&CopyPlan> {
        self.statement(at)?.copy.as_deref()
    }

    /// Whether the proxy chooses among the rows that the server sends.
    pub(super) fn selects(&self, at: usize) -> bool {
        self.derived(at).is_some_and(Derived::selects)
    }

    /// The refusal of a statement.
    pub(super) fn refusal(&self, at: usize) -> Option<&Refusal> {
        match &self.statement(at)?.outcome {
            Outcome::Refused(refusal) => Some(refusal),
            Outcome::Planned | Outcome::Passthrough(_) => None,
        }
    }

    /// Whether the server's words about a statement may show what is protected.
    pub(super) fn guards_words(&self, at: usize) -> bool {
        self.statement(at).is_some_and(|statement| {
            matches!(statement.outcome, Outcome::Planned | Outcome::Refused(_))
        })
    }

    /// Whether a statement only is watched.
    pub(super) fn is_observed(&self, at: usize) -> bool {
        self.statement(at)
            .is_some_and(|statement| statement.outcome == Outcome::Passthrough(Reason::Observed))
    }

    /// Whether all of it is sent as it came, since nothing that it names is enforced.
    pub(super) fn is_untouched(&self) -> bool {
        let whole = self.plan.text.len() == 1
            && self.plan.origins.first() == Some(&Some(0))
            && self.plan.parameters.is_empty()
            && self.plan.appended.is_empty();
        whole
            && self.plan.statements.iter().all(|statement| {
                matches!(
                    statement.outcome,
                    Outcome::Passthrough(Reason::Observed | Reason::NotWatched)
                )
            })
    }

    /// Parameter types to declare upstream.
    pub(super) fn types(&self, declared: &[u32]) -> Vec<u32> {
        let own = self.plan.parameters.len();
        let mut types: Vec<u32> = self
            .plan
            .parameters
            .iter()
            .map(|p| p.upstream_oid)
            .collect();
        types.extend(declared.iter().skip(own));
        types.extend(self.plan.appended.iter().map(|p| p.upstream_oid));
        types
    }

    /// Whether the server was told the same under both, so that only the treatment differs.
    pub(super) fn is_same_upstream(&self, other: &Planned, declared: &[u32]) -> bool {
        self.plan.text == other.plan.text
            // Its constants are sealed under the keyset that was chosen then.
            && self.environment.keyset == other.environment.keyset
            && self.types(declared) == other.types(declared)
            && self.refusal(0).is_none()
    }

    /// Whether the server was told what the client sent, by one Parse, word for word.
    pub(super) fn is_as_sent(&self, text: &str, declared: &[u32]) -> bool {
        let whole = match self.plan.text.as_slice() {
            [Piece::Text(own)] => own == text,
            _ => false,
        };
        whole && self.types(declared) == declared && self.refusal(0).is_none()
    }

    /// Whether the client was told the same of the columns. Where they lie is not looked at, as the server does not: a
    /// column may have been dropped and made again.
    pub(super) fn is_described_as(&self, other: &Planned) -> bool {
        let told = |planned: &Planned| {
            planned.outputs(0).map(|outputs| {
                outputs
                    .iter()
                    .map(|output| {
                        let told = planned.standing.described(output)?;
                        Some((told.oid, told.typlen, told.typmod))
                    })
                    .collect::<Vec<_>>()
            })
        };
        let shape = |planned: &Planned| planned.derived(0).map(|derived| derived.columns.clone());
        told(self) == told(other) && shape(self) == shape(other)
    }
}

impl Engine {
    /// Plans a text.
    pub(super) fn plan(
        &mut self,
        text: &str,
        protocol: Protocol,
        declared: &[u32],
        pipes: &mut Pipes<'_>,
    ) -> Result<Arc<Planned>, Stop> {
        self.plan_again(text, protocol, declared, None, pipes)
    }

    /// Plans a text whose literals were read before, in this environment.
    pub(super) fn plan_again(
        &mut self,
        text: &str,
        protocol: Protocol,
        declared: &[u32],
        before: Option<&Environment>,
        pipes: &mut Pipes<'_>,
    ) -> Result<Arc<Planned>, Stop> {
        self.settle(text, pipes)?;
        self.settle_names(text.as_bytes(), pipes.up)?;
        let began = Instant::now();
        let standing = self.standing();
        let role = self.known.active_role(&self.caller.principal.login);
        let rights = standing.rights(&self.caller, role);
        let role = role.map(str::to_owned);
        let mut environment = self.known.environment(!self.queue.is_empty());
        if let Some(before) = before {
            environment = environment.prepared_under(before);
        }
        let (plan, kept) = standing.plan(&Request {
            text,
            protocol,
            declared,
            environment: &environment,
            rights: &rights,
            application: self.known.application(),
            named: &self.named,
        });
        if !kept {
            self.recorder.stage(Stage::Plan, began.elapsed());
        }
        // A text with constants of its own is not looked for.
        if protocol == Protocol::Extended {
            self.recorder.planned(kept);
        }
        // A name that the catalog does not have may be new: one more look, and what is found then stands.
        if plan.stale && !std::mem::take(&mut self.looked_for_names) {
            self.looked_for_names = true;
            self.catalog_stale = true;
            return self.settle(text, pipes).and(Err(Stop::Wait(Need::Ground)));
        }
        self.looked_for_names = false;
        // Without the right to it the plan is a refusal.
        let chosen = environment.keyset.as_deref();
        let standing = match chosen.filter(|chosen| rights.keysets.contains(*chosen)) {
            Some(chosen) => {
                let under = standing.under(chosen).map_err(Stop::Refuse)?;
                under.unwrap_or(standing)
            }
            None => standing,
        };
        let planned = Arc::new(Planned {
            plan,
            standing,
            rights,
            role,
            environment,
            edits: OnceLock::new(),
            upstream: OnceLock::new(),
        });
        self.at_hand = Some(Arc::clone(&planned));
        Ok(planned)
    }

    /// What follows the statement unseen.
    pub(super) fn render_after(&self, planned: &Planned) -> Result<Vec<String>, Stop> {
        let pieces = planned.plan.after.iter();
        let render = |piece| {
            let piece = std::slice::from_ref(piece);
            planned.standing.render(piece, &mut Counts::default())
        };
        pieces
            .map(render)
            .collect::<Result<_, _>>()
            .map_err(Stop::Refuse)
    }

    /// The upstream text, its constants sealed.
    pub(super) fn render(&mut self, planned: &Planned) -> Result<String, Stop> {
        let began = Instant::now();
        let mut counts = Counts::default();
        let mut text = String::new();
        let mut edits = Vec::with_capacity(planned.plan.text.len());
        let mut length = 0;
        for (at, piece) in planned.plan.text.iter().enumerate() {
            edits.push((length, planned.plan.origins.get(at).copied().flatten()));
            let piece = planned
                .standing
                .render(std::slice::from_ref(piece), &mut counts)
                .map_err(Stop::Refuse)?;
            length += piece.chars().count();
            text.push_str(&piece);
            if text.len() > LONGEST {
                return Err(Stop::Refuse(too_long()));
            }
        }
        planned.edits.get_or_init(|| edits);
        let seals = (planned.plan.text.iter()).any(|piece| !matches!(piece, Piece::Text(_)));
        if seals && (planned.plan.statements.iter()).any(|statement| statement.writes) {
            (planned.upstream).get_or_init(|| Bytes::copy_from_slice(text.as_bytes()));
        }
        self.rendered = counts;
        self.recorder.stage(Stage::Seal, began.elapsed());
        Ok(text)
    }
}

/// The longest text that goes upstream: with the name and the types of a Parse it is a message that the server takes.
const LONGEST: usize = wire::MAX_FRAME - (1 << 20);

fn too_long() -> Refusal {
    Refusal::new(
        Fault::TooComplex,
        "the statement is too long once its constants are sealed",
    )
    .with_sqlstate("54000")
}

/// What was copied maps to where it was copied from; what the plan wrote, to where the client's text goes on.
fn client_position(edits: &[(usize, Option<usize>)], position: usize) -> usize {
    let offset = position.saturating_sub(1);
    let next = edits.partition_point(|(start, _)| *start <= offset);
    let mut passed = edits.get(..next).unwrap_or_default().iter().rev();
    let Some((start, origin)) = passed.next() else {
        return position;
    };
    if let Some(origin) = origin {
        return origin + (offset - start) + 1;
    }
    let mut end = *start;
    for (start, origin) in passed {
        if let Some(origin) = origin {
            return origin + (end - start) + 1;
        }
        end = *start;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_go_back_through_edits() {
        // "select 'a' x": the literal at 7 became 20 characters.
        let edits = [(0, Some(0)), (7, None), (27, Some(10))];
        for (upstream, client) in [(3, 3), (8, 8), (25, 8), (28, 11), (30, 13)] {
            assert_eq!(client_position(&edits, upstream), client, "{upstream}");
        }
        assert_eq!(client_position(&[], 5), 5);
        assert_eq!(client_position(&[(0, None)], 5), 1);
    }
}
