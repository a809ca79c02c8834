//! DECLARE and FETCH (manual, the pages of the same names). MOVE and CLOSE show nothing and pass.

use std::sync::Arc;

use super::{Change, NamedPlan, Naming};
use crate::fault::{Fault, Refusal};
use crate::plan::facade::Faces;
use crate::plan::route::{self, Routed};
use crate::plan::{Action, Derived, Outcome, Protocol, Reason, Told};
use crate::sql::Declare;

impl Naming<'_> {
    /// A cursor: its query is planned like any other, and what its rows become is kept for FETCH.
    pub(super) fn declare(&self, hit: Option<usize>, faces: &mut Faces) -> Option<Routed> {
        let Some(declare) = Declare::read(self.tokens, self.range) else {
            let message = "a cursor that could not be read with certainty";
            return hit.map(|hit| {
                Routed::refused(self.refusal(Fault::CursorRefused, message, self.range.first + hit))
            });
        };
        let known = self.names.cursors.contains_key(&declare.name);
        let plain = |routed: Routed| {
            let change = Change::Declared(declare.name.clone(), None);
            Routed {
                change: known.then(|| Arc::new(change)),
                ..routed
            }
        };
        let Some(hit) = hit else {
            return known.then(|| {
                plain(Routed {
                    edits: std::mem::take(&mut faces.edits),
                    ..Routed::passes(Reason::NotWatched)
                })
            });
        };
        let routed = route::analysed(
            self.world,
            self.request,
            self.tokens,
            (declare.query, false),
            self.range.first + hit,
            std::mem::take(faces),
        );
        match routed.outcome {
            Outcome::Refused(_) => return Some(routed),
            Outcome::Passthrough(_) => {
                let routed = Routed {
                    outputs: None,
                    ..routed
                };
                return Some(plain(routed));
            }
            Outcome::Planned => {}
        }
        let gathers = |derived: &Derived| derived.selects() || !derived.arguments.is_empty();
        if routed.derived.as_deref().is_some_and(gathers) {
            let message = "a cursor over rows that are sorted or chosen in the proxy";
            return Some(Routed::refused(
                self.refusal(Fault::CursorRefused, message, declare.query.first)
                    .with_hint(
                        "Send the query itself, sort by a plain column, or in the application.",
                    ),
            ));
        }
        let computes = |derived: &Derived| {
            (derived.columns.iter()).any(|column| matches!(column, Told::Computed { .. }))
        };
        if declare.binary && routed.derived.as_deref().is_some_and(computes) {
            let message = "a BINARY cursor over values that are computed in the proxy";
            return Some(Routed::refused(
                self.refusal(Fault::CursorRefused, message, declare.query.first)
                    .with_hint("Declare the cursor without BINARY."),
            ));
        }
        let mut kept = self.kept(&routed);
        (kept.hold, kept.binary) = (declare.hold, declare.binary);
        // What is looked for is looked for now, what is seen is seen when it is fetched.
        let seen = |action| matches!(action, Action::Open | Action::Mask);
        kept.touches.retain(|touch| seen(touch.action));
        kept.guesses = 0;
        let mut touches = routed.touches;
        touches.retain(|touch| !seen(touch.action));
        Some(Routed {
            outputs: None,
            derived: None,
            touches,
            change: Some(Arc::new(Change::Declared(
                declare.name,
                Some(Arc::new(kept)),
            ))),
            ..routed
        })
    }

    /// Rows of a cursor.
    pub(super) fn fetch(&self, cursor: &Arc<NamedPlan>) -> Result<Routed, Refusal> {
        let refuse = |message: &str, hint: &'static str| {
            let refusal = self.refusal(Fault::CursorRefused, message, self.range.last);
            Err(refusal.with_hint(hint))
        };
        route::guard(self.request)?;
        if cursor.binary && self.request.protocol == Protocol::Extended {
            return refuse(
                "FETCH from a BINARY cursor by the extended protocol",
                "Declare the cursor without BINARY: Bind says in which format its rows come.",
            );
        }
        if !cursor.holds(self.world, self.request) {
            return refuse(
                "the rules, the role's rights or the table have changed since the cursor was declared",
                "Close the cursor and declare it again.",
            );
        }
        Ok(Routed {
            outcome: Outcome::Planned,
            outputs: cursor.outputs.clone(),
            derived: cursor.derived.clone(),
            touches: cursor.touches.clone(),
            ..Routed::passes(Reason::NoData)
        })
    }
}
