//! PREPARE and EXECUTE of SQL (manual, the pages of the same names). A parameter that is sealed is declared bytea in
//! what goes upstream; EXECUTE's argument for it must be a constant, which is sealed in its place.

use std::sync::Arc;

use super::{Change, NamedPlan, Naming};
use crate::fault::{Fault, Refusal};
use crate::plan::adopt::How;
use crate::plan::analysis::Analysis;
use crate::plan::coerce::oid;
use crate::plan::edits::{self, Edit, Part};
use crate::plan::facade::Faces;
use crate::plan::finish::{self, Placeholders};
use crate::plan::lineage::{LeafKind, Lineage, Shown, Value};
use crate::plan::route::{self, Routed};
use crate::plan::scope::Scope;
use crate::plan::{Derived, Exact, Outcome, Parameter, Protocol, Reason, Request, Treatment};
use crate::policy::Protected;
use crate::sql::{self, Execute, Prepare, Range};
use crate::value::{DeclaredType, Kind};

const HINT: &str =
    "Let the driver prepare it by Parse and Bind of the protocol, or send the statement itself.";

impl Naming<'_> {
    /// A prepared statement; `None` where nothing is behind it.
    pub(super) fn prepare(&self, hit: usize, faces: &mut Faces) -> Option<Routed> {
        let hit = self.range.first + hit;
        let Some(prepare) = Prepare::read(self.tokens, self.range) else {
            let message = "a prepared statement that could not be read with certainty";
            return Some(Routed::refused(self.refusal(
                Fault::CursorRefused,
                message,
                hit,
            )));
        };
        let declared: Vec<u32> = (prepare.types.iter())
            .map(|range| self.type_of(*range))
            .collect();
        let request = Request {
            protocol: Protocol::Extended,
            declared: &declared,
            ..*self.request
        };
        let routed = route::analysed(
            self.world,
            &request,
            self.tokens,
            (prepare.statement, false),
            hit,
            std::mem::take(faces),
        );
        let made = match routed.outcome {
            Outcome::Refused(_) => return Some(routed),
            Outcome::Passthrough(_) => Ok(Routed {
                outputs: None,
                uses: Vec::new(),
                inner: Some(prepare.statement),
                ..routed
            }),
            Outcome::Planned => self.planned(&prepare, &declared, routed),
        };
        Some(made.unwrap_or_else(Routed::refused))
    }

    fn planned(
        &self,
        prepare: &Prepare,
        declared: &[u32],
        mut routed: Routed,
    ) -> Result<Routed, Refusal> {
        let first = prepare.statement.first;
        let refuse = |message: &str| {
            Err(self
                .refusal(Fault::CursorRefused, message, first)
                .with_hint(HINT))
        };
        let derived = routed.derived.as_deref();
        if derived.is_some_and(|derived| !derived.arguments.is_empty()) {
            return refuse("a prepared statement with a parameter that the proxy reads itself");
        }
        // EXECUTE may come in the simple protocol, where the statement has taken effect before its rows are seen.
        if routed.writes && derived.is_some_and(Derived::may_fail) {
            return refuse(
                "a prepared statement that writes, with something in RETURNING that may fail in the proxy",
            );
        }
        let own = self
            .tokens
            .get(first..=prepare.statement.last)
            .unwrap_or(&[]);
        let uses: Vec<_> = (routed.uses.iter().cloned())
            .map(|mut one| {
                one.token = one.token.saturating_sub(first);
                one
            })
            .collect();
        let Placeholders {
            parameters,
            appended,
            numbers,
        } = finish::placeholders(own, declared, &uses)?;
        if !appended.is_empty() {
            return refuse("a prepared statement with a parameter that is used in several ways");
        }
        for (at, parameter) in parameters.iter().enumerate() {
            let given = prepare
                .types
                .get(at)
                .map(|_| declared.get(at).copied().unwrap_or(0));
            if !self.is_simple(parameter, given) {
                return refuse("a prepared statement with a parameter of this use or type");
            }
        }
        for edit in &mut routed.edits {
            for part in &mut edit.parts {
                if let Part::Use(index) = part {
                    let number = numbers.get(*index).copied().unwrap_or(0);
                    *part = Part::Text(format!("${number}"));
                }
            }
        }
        let mut kept = self.kept(&routed);
        let at = |token: usize| self.tokens.get(token);
        let (start, end) = (
            at(first).map_or(0, |token| token.start),
            at(prepare.statement.last).map_or(0, |token| token.end),
        );
        kept.upstream = edits::apply(self.request.text, start, end, routed.edits.clone(), |_| {
            None
        })
        .map_err(|_| {
            let message = "the statement could not be rewritten with certainty";
            Refusal::new(Fault::Unparsed, message)
        })?
        .0;
        routed.edits.extend(self.types(prepare, &parameters));
        kept.parameters = parameters;
        // Constants of its text are guessed with at each EXECUTE, and what it touches is touched then.
        Ok(Routed {
            outputs: None,
            derived: None,
            touches: Vec::new(),
            writes: false,
            guesses: 0,
            uses: Vec::new(),
            inner: Some(prepare.statement),
            change: Some(Arc::new(Change::Prepared(
                prepare.name.clone(),
                Arc::new(kept),
            ))),
            ..routed
        })
    }

    /// Whether an argument of EXECUTE can be sealed for a parameter: `given` is the type that PREPARE names for it, 0 for
    /// one that is not known.
    fn is_simple(&self, parameter: &Parameter, given: Option<u32>) -> bool {
        match &parameter.treatment {
            Treatment::Pass | Treatment::Guess => true,
            // Blanks at the end of an argument count or not by the type it is read as.
            Treatment::Seal { column, .. } if matches!(column.declared.kind, Kind::Char { .. }) => {
                false
            }
            // A longer value would have to be cut.
            Treatment::Seal {
                exact: Exact::AssignedCast,
                ..
            } => false,
            Treatment::Seal { column, array, .. } => {
                given.is_none_or(|given| self.is_own(given, column, *array))
            }
            Treatment::Tag { .. }
            | Treatment::Tokens { .. }
            | Treatment::Keep(_)
            | Treatment::KeepFlag
            | Treatment::Local => false,
        }
    }

    fn is_own(&self, given: u32, column: &Protected, array: bool) -> bool {
        let array_of = |element: u32| self.world.arrays.get(&element).copied();
        let texts = [oid::TEXT, oid::VARCHAR];
        let of = |element: u32| {
            if array {
                array_of(element) == Some(given)
            } else {
                element == given
            }
        };
        let own = column.declared.oid;
        of(own) || texts.contains(&own) && texts.iter().any(|text| of(*text))
    }

    fn type_of(&self, range: Range) -> u32 {
        let name = self.written(range).to_ascii_lowercase();
        match name.strip_suffix("[]") {
            Some(element) => DeclaredType::parse_name(element.trim())
                .and_then(|element| self.world.arrays.get(&element.oid).copied()),
            None => DeclaredType::parse_name(&name).map(|declared| declared.oid),
        }
        .unwrap_or(0)
    }

    fn written(&self, range: Range) -> &str {
        let (first, last) = (self.tokens.get(range.first), self.tokens.get(range.last));
        first
            .zip(last)
            .and_then(|(first, last)| self.request.text.get(first.start..last.end))
            .unwrap_or_default()
    }

    /// The list of types as it goes upstream.
    fn types(&self, prepare: &Prepare, parameters: &[Parameter]) -> Option<Edit> {
        let sealed = |at: usize| {
            parameters
                .get(at)
                .and_then(|parameter| match &parameter.treatment {
                    Treatment::Seal { array: true, .. } => Some("pg_catalog.bytea[]"),
                    Treatment::Seal { array: false, .. } => Some("pg_catalog.bytea"),
                    Treatment::Pass
                    | Treatment::Guess
                    | Treatment::Tag { .. }
                    | Treatment::Tokens { .. }
                    | Treatment::Keep(_)
                    | Treatment::KeepFlag
                    | Treatment::Local => None,
                })
        };
        let count = parameters.len().max(prepare.types.len());
        (0..count).find(|at| sealed(*at).is_some())?;
        let names: Vec<&str> = (0..count)
            .map(|at| {
                let given = prepare.types.get(at).map(|range| self.written(*range));
                sealed(at).or(given).unwrap_or("unknown")
            })
            .collect();
        let list = format!("({})", names.join(", "));
        let (start, end) = match prepare.list {
            Some(list) => (
                self.tokens.get(list.first)?.start,
                self.tokens.get(list.last)?.end,
            ),
            None => {
                let end = self.tokens.get(prepare.named_at)?.end;
                (end, end)
            }
        };
        Some(Edit {
            start,
            end,
            parts: vec![Part::Text(list)],
        })
    }

    /// A prepared statement with its arguments.
    pub(super) fn execute(
        &self,
        entry: &Arc<NamedPlan>,
        execute: &Execute,
    ) -> Result<Routed, Refusal> {
        route::guard(self.request)?;
        let at = self.range.first;
        if !entry.holds(self.world, self.request) {
            let message = "the rules, the role's rights or the table have changed since the statement was prepared";
            return Err(self
                .refusal(Fault::CursorRefused, message, at)
                .with_hint("DEALLOCATE it and prepare it again."));
        }
        if execute.arguments.len() != entry.parameters.len() {
            let message = format!(
                "wrong number of parameters for prepared statement \"{}\"",
                execute.name
            );
            return Err(self
                .refusal(Fault::Unparsed, message, at)
                .with_sqlstate("42601"));
        }
        let mut analysis = Analysis::new(self.world, self.request, self.request.text, self.tokens);
        let scope = Scope::inside(None);
        for (range, parameter) in execute.arguments.iter().zip(&entry.parameters) {
            let refuse = |message: &str| {
                Err(self
                    .refusal(Fault::UnsupportedExpression, message, range.first)
                    .with_hint("Give constants as arguments."))
            };
            let Ok(expr) = sql::read_expression(self.request.text, self.tokens, *range) else {
                return refuse("an argument of EXECUTE that could not be read");
            };
            let lineage = analysis.expr(&expr, &scope)?;
            match (&parameter.treatment, lineage) {
                (
                    Treatment::Seal {
                        column,
                        exact,
                        array,
                        ..
                    },
                    Lineage::Constants(constants),
                ) if !(constants.leaves.iter())
                    .any(|leaf| matches!(leaf.kind, LeafKind::Placeholder(_))) =>
                {
                    let value = Value {
                        columns: vec![Arc::clone(column)],
                        origin: None,
                        shown: Shown::Column,
                    };
                    // What ties an assigned value to its column stands in the prepared text.
                    analysis.anchors.insert((column.table, column.attnum));
                    let how = match exact {
                        Exact::Assigned | Exact::AssignedCast => How::Assign,
                        Exact::Compared(_) | Exact::Predicate(_) => How::Compare,
                        Exact::Merged(_) => How::Merge,
                    };
                    analysis.adopt(&constants, &value, how, *array)?;
                }
                (Treatment::Pass, lineage) => {
                    analysis.plain(lineage, "an argument of EXECUTE", Some(range.first))?;
                }
                (Treatment::Guess, lineage) => {
                    analysis.guesses = analysis.guesses.saturating_add(1);
                    analysis.plain(lineage, "an argument of EXECUTE", Some(range.first))?;
                }
                _ => {
                    return refuse(
                        "an argument of EXECUTE for a sealed column that is no constant",
                    );
                }
            }
        }
        Ok(Routed {
            outcome: Outcome::Planned,
            outputs: entry.outputs.clone(),
            derived: entry.derived.clone(),
            touches: entry.touches.clone(),
            writes: entry.writes,
            guesses: entry.guesses.saturating_add(analysis.guesses),
            edits: analysis.edits,
            ..Routed::passes(Reason::NoData)
        })
    }
}
