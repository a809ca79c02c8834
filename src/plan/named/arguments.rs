//! Arguments of EXECUTE. What Bind does to a parameter that is given as text is done to the constant that stands in its
//! place: the server would read a constant without a type by the parameter's own, too.

use std::sync::Arc;

use super::{NamedPlan, Naming};
use crate::fault::{Fault, Refusal};
use crate::plan::adopt::How;
use crate::plan::analysis::Analysis;
use crate::plan::coerce::oid;
use crate::plan::compare::unwrap;
use crate::plan::edits::Part;
use crate::plan::folded::is_text;
use crate::plan::lineage::{LeafKind, Lineage, Shown, Value};
use crate::plan::scope::Scope;
use crate::plan::typing::literal_text;
use crate::plan::{Exact, Parameter, Treatment};
use crate::policy::Protected;
use crate::sql::{self, ConstantKind, Execute, Expr, Range};
use crate::value::{Canonical, Kind};

impl Naming<'_> {
    /// Writes what the arguments become. Given back: the values that the proxy reads itself, where there are such.
    pub(super) fn arguments(
        &self,
        entry: &NamedPlan,
        execute: &Execute,
        analysis: &mut Analysis<'_>,
    ) -> Result<Option<Arc<[Option<Canonical>]>>, Refusal> {
        let mut given = Vec::with_capacity(execute.arguments.len());
        for (at, (range, parameter)) in execute.arguments.iter().zip(&entry.parameters).enumerate()
        {
            let Ok(expr) = sql::read_expression(self.request.text, self.tokens, *range) else {
                return self.no_argument("an argument of EXECUTE that could not be read", *range);
            };
            let constant = constant(&expr, parameter);
            let typed = entry.typed.get(at).copied().unwrap_or(false);
            self.argument(
                analysis,
                (&expr, *range),
                constant.as_ref(),
                parameter,
                typed,
            )?;
            given.push((*range, constant));
        }
        let mut behind = Vec::new();
        for appended in &entry.appended {
            let Some((range, Some(kind))) = given.get(appended.source) else {
                let at = given.get(appended.source).map_or(self.range, |one| one.0);
                return self.no_constant(at);
            };
            behind.push(Part::Text(", ".to_owned()));
            behind.push(self.part(analysis, kind, *range, &appended.treatment)?);
        }
        if let Some(last) = execute.arguments.last().filter(|_| !behind.is_empty()) {
            analysis.insert_after(last.last, behind)?;
        }
        let Some(derived) = entry
            .derived
            .as_deref()
            .filter(|one| !one.arguments.is_empty())
        else {
            return Ok(None);
        };
        let settings = &self.request.environment.settings;
        let read = derived.arguments.iter().map(|argument| {
            let Some((range, constant)) = given.get(argument.parameter) else {
                return self.no_constant(self.range);
            };
            let number = matches!(argument.declared.kind, Kind::Int2 | Kind::Int4 | Kind::Int8);
            let text = match constant {
                Some(ConstantKind::Null) => return Ok(None),
                Some(kind @ ConstantKind::Text(_)) => literal_text(kind),
                Some(kind @ ConstantKind::Integer(_)) if number => literal_text(kind),
                Some(
                    ConstantKind::Integer(_) | ConstantKind::Decimal(_) | ConstantKind::Boolean(_),
                )
                | None => return self.no_constant(*range),
            };
            let value = argument.declared.from_text(text.as_bytes(), settings);
            value.map(Some).map_err(|error| {
                self.refusal(Fault::BadValue, error.message, range.first)
                    .with_sqlstate(error.sqlstate)
            })
        });
        read.collect::<Result<Vec<_>, _>>()
            .map(|read| Some(read.into()))
    }

    fn argument(
        &self,
        analysis: &mut Analysis<'_>,
        (expr, range): (&Expr, Range),
        constant: Option<&ConstantKind>,
        parameter: &Parameter,
        typed: bool,
    ) -> Result<(), Refusal> {
        let scope = Scope::inside(None);
        match &parameter.treatment {
            Treatment::Pass => {
                let lineage = analysis.expr(expr, &scope)?;
                analysis.plain(lineage, "an argument of EXECUTE", Some(range.first))
            }
            Treatment::Guess => {
                analysis.guesses = analysis.guesses.saturating_add(1);
                let lineage = analysis.expr(expr, &scope)?;
                analysis.plain(lineage, "an argument of EXECUTE", Some(range.first))
            }
            treatment @ (Treatment::Seal { .. }
            | Treatment::Tag { .. }
            | Treatment::Tokens { .. }
            | Treatment::Local)
                if let Some(kind) = constant =>
            {
                let part = self.part(analysis, kind, range, treatment)?;
                analysis.edit(range, vec![part])
            }
            Treatment::Seal {
                column,
                exact,
                array,
                ..
            } if typed => {
                let Lineage::Constants(constants) = analysis.expr(expr, &scope)? else {
                    return self.no_constant(range);
                };
                let placeholder = |leaf: &crate::plan::lineage::Leaf| {
                    matches!(leaf.kind, LeafKind::Placeholder(_))
                };
                if constants.leaves.iter().any(placeholder) {
                    return self.no_constant(range);
                }
                // The server makes it an integer first, and rounds it.
                let whole = matches!(column.declared.kind, Kind::Int2 | Kind::Int4 | Kind::Int8);
                let rounded = |leaf: &crate::plan::lineage::Leaf| {
                    matches!(leaf.kind, LeafKind::Constant(ConstantKind::Decimal(_)))
                };
                if whole && constants.leaves.iter().any(rounded) {
                    return self.no_constant(range);
                }
                // What is compared was prepared as it would be read: the column's own type says what it equals.
                let own = match exact {
                    Exact::Compared(own)
                    | Exact::Predicate(own)
                    | Exact::Merged { column: own, .. } => Arc::new(Protected {
                        declared: own.clone(),
                        ..Protected::clone(column)
                    }),
                    Exact::Assigned | Exact::AssignedCast(_) => Arc::clone(column),
                };
                let value = Value {
                    columns: vec![own],
                    origin: None,
                    shown: Shown::Column,
                    beside: Vec::new(),
                };
                // What ties an assigned value to its column stands in the prepared text.
                analysis.anchors.insert((column.table, column.attnum));
                let how = match exact {
                    Exact::Assigned | Exact::AssignedCast(_) => How::Assign,
                    Exact::Compared(_) | Exact::Predicate(_) => How::Compare,
                    Exact::Merged { told, .. } => How::Merge(told.oid),
                };
                analysis.adopt(&constants, &value, how, *array)?;
                if let Exact::Merged {
                    shown_only: false, ..
                } = exact
                {
                    for leaf in &constants.leaves {
                        analysis.exact_leaf(leaf.range.first)?;
                    }
                }
                Ok(())
            }
            Treatment::Seal { .. }
            | Treatment::Tag { .. }
            | Treatment::Tokens { .. }
            | Treatment::Keep(_)
            | Treatment::KeepFlag
            | Treatment::Local => self.no_constant(range),
        }
    }

    /// What a constant becomes for a parameter.
    fn part(
        &self,
        analysis: &mut Analysis<'_>,
        kind: &ConstantKind,
        range: Range,
        treatment: &Treatment,
    ) -> Result<Part, Refusal> {
        let token = range.first;
        let null = *kind == ConstantKind::Null;
        // What a pattern is made of may be NULL, and the pattern something else.
        if null && !matches!(treatment, Treatment::Tokens { .. }) {
            return Ok(Part::Text("NULL".to_owned()));
        }
        match treatment {
            Treatment::Seal {
                column,
                spec,
                array,
                guess,
                exact,
                ..
            } => {
                let reading = (&column.declared, exact);
                analysis.constant_part(kind, reading, column, spec, (*array, *guess), token)
            }
            Treatment::Tag {
                column,
                spec,
                by,
                array,
                guess,
            } => analysis.constant_tag(kind, (column, spec), by, (*array, *guess), token),
            Treatment::Tokens {
                column,
                spec,
                by,
                guess,
                ..
            } => {
                let settings = &self.request.environment.settings;
                let exact = Exact::Compared(column.declared.clone());
                let read = || {
                    let value = (column.declared)
                        .from_text(literal_text(kind).as_bytes(), settings)
                        .map_err(|error| analysis.bad_value(column, &exact.cut(error), token));
                    value.map(Some)
                };
                let given = if null { None } else { read()? };
                let Some(value) = by.made(column, given, settings)? else {
                    return Ok(Part::Text("NULL".to_owned()));
                };
                let fragments = by.fragments(column, spec, &value)?;
                analysis.guesses = analysis.guesses.saturating_add(u32::from(*guess));
                Ok(Part::Tokens {
                    column: Arc::clone(column),
                    spec: spec.clone(),
                    fragments,
                })
            }
            // The server has no part in it.
            Treatment::Local => Ok(Part::Text("NULL".to_owned())),
            Treatment::Pass | Treatment::Guess | Treatment::Keep(_) | Treatment::KeepFlag => {
                self.no_constant(range)
            }
        }
    }

    fn no_constant<T>(&self, range: Range) -> Result<T, Refusal> {
        let message = "an argument of EXECUTE for a sealed column that is no constant of the parameter's type";
        self.no_argument(message, range)
    }

    fn no_argument<T>(&self, message: &str, range: Range) -> Result<T, Refusal> {
        Err(self
            .refusal(Fault::UnsupportedExpression, message, range.first)
            .with_hint("Give constants as arguments, without a cast."))
    }
}

/// The constant that an argument is, where the parameter's input reads it as the server would convert it to the parameter.
fn constant(expr: &Expr, parameter: &Parameter) -> Option<ConstantKind> {
    let of = parameter.client_oid.unwrap_or(0);
    let of_text = matches!(of, oid::TEXT | oid::VARCHAR);
    let number = matches!(of, oid::NUMERIC | oid::FLOAT4 | oid::FLOAT8);
    let integer = matches!(of, oid::INT2 | oid::INT4 | oid::INT8);
    let leaf = match unwrap(expr) {
        Expr::Cast {
            inner,
            site: Some(site),
            ..
        } if of_text && is_text(site) => match unwrap(inner) {
            Expr::Constant(constant) if is_untyped(&constant.kind) => constant,
            _ => return None,
        },
        Expr::Constant(constant) => constant,
        _ => return None,
    };
    let fits = is_untyped(&leaf.kind)
        || match &leaf.kind {
            ConstantKind::Integer(_) => integer || number,
            // As an integer it would be rounded.
            ConstantKind::Decimal(_) => number,
            ConstantKind::Boolean(_) => of == oid::BOOL,
            ConstantKind::Text(_) | ConstantKind::Null => true,
        };
    fits.then(|| leaf.kind.clone())
}

fn is_untyped(kind: &ConstantKind) -> bool {
    matches!(kind, ConstantKind::Text(_) | ConstantKind::Null)
}
