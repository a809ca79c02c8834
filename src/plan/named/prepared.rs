//! PREPARE and EXECUTE of SQL (manual, the pages of the same names). A parameter that is sealed is declared bytea in
//! what goes upstream; EXECUTE's argument for it must be a constant, which is sealed in its place (`arguments`).

use std::sync::Arc;

use super::{Change, NamedPlan, Naming};
use crate::fault::{Fault, Refusal};
use crate::plan::analysis::Analysis;
use crate::plan::coerce::oid;
use crate::plan::edits::{self, Edit, Part};
use crate::plan::facade::Faces;
use crate::plan::finish::{self, Placeholders};
use crate::plan::route::{self, Routed};
use crate::plan::{
    Appended, Derived, Exact, Outcome, Parameter, Protocol, Reason, Request, Treatment,
};
use crate::sql::{Execute, Prepare, Range};
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
        let named = |at: usize| {
            let listed = prepare.types.get(at);
            listed.map(|_| declared.get(at).copied().unwrap_or(0))
        };
        let bound = parameters.iter().enumerate();
        let bound = bound.map(|(at, parameter)| (at, &parameter.treatment));
        let others = appended.iter().map(|one| (one.source, &one.treatment));
        for (at, treatment) in bound.chain(others) {
            if !is_ready(treatment, named(at)) {
                return refuse("a prepared statement with a parameter of this use or type");
            }
        }
        let typed = parameters.iter().enumerate();
        let typed = typed.map(|(at, parameter)| self.is_own(parameter, named(at)));
        let typed = typed.collect();
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
        match self.types(prepare, &parameters, &appended) {
            Ok(list) => routed.edits.extend(list),
            Err(message) => return refuse(message),
        }
        (kept.parameters, kept.appended, kept.typed) = (parameters, appended, typed);
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

    /// Whether a constant of a type of its own is read for the column as it is for the parameter: both have that type.
    fn is_own(&self, parameter: &Parameter, given: Option<u32>) -> bool {
        let Treatment::Seal {
            column,
            array,
            exact,
            ..
        } = &parameter.treatment
        else {
            return false;
        };
        let own = column.declared.oid;
        let texts = [oid::TEXT, oid::VARCHAR];
        let is_char = |kind: &Kind| matches!(kind, Kind::Char { .. });
        let itself = match exact {
            Exact::Assigned => true,
            // A longer value would have to be cut.
            Exact::AssignedCast(_) => false,
            Exact::Compared(declared)
            | Exact::Predicate(declared)
            | Exact::Merged {
                column: declared, ..
            } => {
                *declared == column.declared
                    || texts.contains(&declared.oid) && texts.contains(&own)
            }
        };
        // Blanks at the end of an argument count or not by the type it is read as; scales and precisions are the column's.
        if !itself || is_char(&column.declared.kind) {
            return false;
        }
        let is = |given: u32, element: u32| {
            if *array {
                self.world.arrays.get(&element).copied() == Some(given)
            } else {
                element == given
            }
        };
        given.is_none_or(|given| {
            is(given, own) || texts.contains(&own) && texts.iter().any(|text| is(given, *text))
        })
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
    fn types(
        &self,
        prepare: &Prepare,
        parameters: &[Parameter],
        appended: &[Appended],
    ) -> Result<Option<Edit>, &'static str> {
        let treated =
            |treatment: &Treatment| !matches!(treatment, Treatment::Pass | Treatment::Guess);
        let any = parameters.iter().any(|one| treated(&one.treatment));
        if !any && appended.is_empty() {
            return Ok(None);
        }
        let mut names = Vec::new();
        for at in 0..parameters.len().max(prepare.types.len()) {
            let given = prepare.types.get(at).map(|range| self.written(*range));
            let parameter = parameters.get(at);
            names.push(match parameter.and_then(|one| sealed(&one.treatment)) {
                Some(sealed) => sealed.to_owned(),
                None => match (given, parameter.map_or(0, |one| one.upstream_oid)) {
                    (Some(given), _) => given.to_owned(),
                    (None, 0) => "unknown".to_owned(),
                    (None, told) => DeclaredType::from_catalog(told, -1)
                        .map(|declared| declared.name())
                        .ok_or(
                            "a prepared statement with a parameter whose type has no certain name",
                        )?,
                },
            });
        }
        for one in appended {
            let sealed = sealed(&one.treatment);
            names.push(
                sealed
                    .ok_or("a prepared statement with a parameter of this use")?
                    .to_owned(),
            );
        }
        let list = format!("({})", names.join(", "));
        let start = |token: usize| self.tokens.get(token).map_or(0, |token| token.start);
        let end = |token: usize| self.tokens.get(token).map_or(0, |token| token.end);
        let (start, end) = match prepare.list {
            Some(list) => (start(list.first), end(list.last)),
            None => (end(prepare.named_at), end(prepare.named_at)),
        };
        Ok(Some(Edit {
            start,
            end,
            parts: vec![Part::Text(list)],
        }))
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
        let given = self.arguments(entry, execute, &mut analysis)?;
        let derived = entry.derived.clone().map(|derived| match given {
            None => derived,
            Some(given) => Arc::new(Derived {
                arguments: Vec::new(),
                given: Some(given),
                ..Derived::clone(&derived)
            }),
        });
        Ok(Routed {
            outcome: Outcome::Planned,
            outputs: entry.outputs.clone(),
            derived,
            touches: entry.touches.clone(),
            writes: entry.writes,
            guesses: entry.guesses.saturating_add(analysis.guesses),
            edits: analysis.edits,
            ..Routed::passes(Reason::NoData)
        })
    }
}

/// Whether an argument of EXECUTE can become what a parameter is bound as: `given` is the type that PREPARE names for it,
/// 0 for one that is not known.
fn is_ready(treatment: &Treatment, given: Option<u32>) -> bool {
    match treatment {
        Treatment::Pass | Treatment::Guess => true,
        Treatment::Seal { .. }
        | Treatment::Tag { .. }
        | Treatment::Tokens { .. }
        | Treatment::Local => given != Some(0),
        Treatment::Keep(_) | Treatment::KeepFlag => false,
    }
}

/// The type of what is sealed for a parameter.
fn sealed(treatment: &Treatment) -> Option<&'static str> {
    match treatment {
        Treatment::Seal { array: true, .. } | Treatment::Tag { array: true, .. } => {
            Some("pg_catalog.bytea[]")
        }
        Treatment::Seal { array: false, .. } | Treatment::Tag { array: false, .. } => {
            Some("pg_catalog.bytea")
        }
        Treatment::Tokens { .. } => Some("pg_catalog.int8[]"),
        Treatment::Pass
        | Treatment::Guess
        | Treatment::Keep(_)
        | Treatment::KeepFlag
        | Treatment::Local => None,
    }
}
