//! Functions of sealed columns in the statement's own select list, for who sees the columns: the server sends what they
//! are made of, and the proxy computes them.
//!
//! Read [`Analysis::computed`]: what an entry of the list comes to is said by `formula`, from what `operands` fetch,
//! under the types that `typed` tells; `calls`, `texts`, `numbers`, `dates`, `casts` and `conditions` know one kind of
//! expression each. Whatever one of them does not know is `None`, and the statement is refused.

mod arrays;
mod calls;
mod casts;
mod conditions;
mod dates;
mod formula;
mod name;
mod numbers;
mod operands;
mod texts;
mod typed;

use super::analysis::{Analysis, LeafState, Use};
use super::edits::{Part as Written, quoted};
use super::lineage::{Column, Lineage};
use super::scope::Scope;
use super::{Input, Protocol, Told};
use crate::eval;
use crate::fault::{Fault, Refusal};
use crate::sql::{Expr, Item, Range};
use crate::value::DeclaredType;

/// A result column that is to be computed.
#[derive(Debug)]
pub(super) struct Pending {
    /// Which result column.
    pub(super) place: usize,
    name: String,
    /// The expression's tokens, and whether an alias stands behind them.
    range: Range,
    aliased: bool,
    expr: eval::Expr,
    declared: DeclaredType,
    operands: Vec<Operand>,
}

/// What the server sends for it.
#[derive(Debug)]
struct Operand {
    text: String,
    lineage: Lineage,
    declared: DeclaredType,
}

/// What an analysis had before an expression was looked at.
pub(super) struct Mark {
    edits: usize,
    uses: usize,
    touches: std::collections::BTreeSet<super::Touch>,
    guesses: u32,
    leaves: std::collections::HashMap<usize, LeafState>,
    unnamed: std::collections::HashMap<usize, (usize, String)>,
}

impl Analysis<'_> {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            edits: self.edits.len(),
            uses: self.uses.len(),
            touches: self.touches.clone(),
            guesses: self.guesses,
            leaves: self.leaves.clone(),
            unnamed: self.unnamed.clone(),
        }
    }

    fn back_to(&mut self, mark: Mark) {
        self.edits.truncate(mark.edits);
        self.uses.truncate(mark.uses);
        self.touches = mark.touches;
        self.guesses = mark.guesses;
        self.leaves = mark.leaves;
        self.unnamed = mark.unnamed;
    }

    /// A result column that the server cannot give, computed by the proxy; `None` where it cannot either.
    pub(super) fn computed(
        &mut self,
        expr: &Expr,
        (range, alias): (Range, Option<&str>),
        place: usize,
        scope: &Scope<'_>,
        mark: Mark,
    ) -> Result<Option<Column>, Refusal> {
        self.back_to(mark);
        let before = (
            self.edits.len(),
            self.uses.len(),
            self.computed_arguments.len(),
        );
        let mut operands = Vec::new();
        let typed = self.formula(expr, scope, &mut operands)?;
        let protected = operands.iter().any(|operand| operand.lineage.carries());
        let name = alias.map(str::to_owned).or_else(|| name::of(expr));
        let found = typed
            .filter(|_| protected && before.0 == self.edits.len())
            .and_then(|typed| typed.known())
            .zip(name);
        let Some(((expr, declared), name)) = found else {
            self.uses.truncate(before.1);
            self.computed_arguments.truncate(before.2);
            return Ok(None);
        };
        let token = Some(range.first);
        let settings = &self.request.environment.settings;
        let expr = expr.folded(None, settings).or_else(|_| {
            let message = "a constant part of what the proxy computes has no value";
            self.refuse(Fault::UnsupportedExpression, message, token)
        })?;
        let lineage = operands.first().map(|operand| operand.lineage.clone());
        let column = Column {
            name: name.clone(),
            lineage: lineage.unwrap_or(Lineage::Plain),
        };
        self.pending.push(Pending {
            place,
            name,
            range,
            aliased: alias.is_some(),
            expr,
            declared,
            operands,
        });
        Ok(Some(column))
    }

    /// Writes what is computed into the plan. Nothing of it may be sorted, grouped or told apart by.
    pub(super) fn compute(
        &mut self,
        list: (Option<usize>, Option<usize>),
        columns: &mut Vec<Column>,
    ) -> Result<(), Refusal> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        let arguments = std::mem::take(&mut self.computed_arguments);
        self.deriving(columns.len()).arguments = arguments;
        for mut one in pending {
            let mut places = Vec::new();
            for (at, operand) in one.operands.into_iter().enumerate() {
                let place = if at == 0 {
                    let mut parts = vec![Written::Text(operand.text)];
                    if !one.aliased {
                        parts.push(Written::Text(format!(" AS {}", quoted(&one.name))));
                    }
                    self.edit(one.range, parts)?;
                    one.place
                } else {
                    self.hide_behind(
                        list,
                        columns,
                        vec![Written::Text(operand.text)],
                        operand.lineage,
                    )?
                };
                places.push(place);
                if let Some(derived) = &mut self.derived {
                    derived.inputs.push(Input {
                        column: place,
                        declared: operand.declared,
                    });
                }
            }
            one.expr.place(&places);
            let told = self.derived.as_mut();
            if let Some(told) = told.and_then(|derived| derived.columns.get_mut(one.place)) {
                *told = Told::Computed {
                    name: one.name,
                    expr: one.expr,
                    declared: one.declared,
                };
            }
        }
        Ok(())
    }

    /// RETURNING; of the statement itself (`own`) some of it may be computed. The columns that the client does not see
    /// stand behind the others.
    pub(super) fn returning(
        &mut self,
        items: &[Item],
        scope: &Scope<'_>,
        own: bool,
    ) -> Result<Vec<Column>, Refusal> {
        let ranges = own.then(|| self.returning_ranges(items.len())).flatten();
        let end = ranges
            .as_ref()
            .and_then(|own| own.last())
            .map(|own| own.last);
        self.computing = ranges;
        let mut columns = self.items(items, true, scope)?;
        // In the simple protocol the statement has taken effect before its rows are seen.
        let fails = self.request.protocol == Protocol::Simple
            && self.pending.iter().any(|one| !one.expr.is_total());
        if fails {
            let message = "what RETURNING computes may fail when the statement has taken effect, in the simple protocol";
            return Err(self
                .refusal(Fault::UnsupportedExpression, message, None)
                .with_hint(
                    "Prepare the statement, or return the columns and compute in the application.",
                ));
        }
        if own {
            self.compute((end, None), &mut columns)?;
        }
        Ok(columns)
    }

    /// Nothing that the proxy computes is there for the server to sort, group or tell apart by.
    pub(super) fn not_computed(&self, expr: &Expr, columns: &[Column]) -> Result<(), Refusal> {
        let named = super::query::named_place(expr, columns);
        if named.is_some_and(|at| self.pending.iter().any(|one| one.place == at)) {
            let token = expr.range().map(|range| range.first);
            let message = "a result column that the proxy computes is sorted or grouped by";
            return self.refuse(Fault::UnsupportedExpression, message, token);
        }
        Ok(())
    }

    /// What was noted of an expression that is given up again.
    fn tried(&self, operands: &[Operand]) -> Tried {
        Tried {
            operands: operands.len(),
            uses: self.uses.len(),
            arguments: self.computed_arguments.len(),
        }
    }

    fn give_up(&mut self, tried: &Tried, operands: &mut Vec<Operand>) {
        operands.truncate(tried.operands);
        let keep: &mut Vec<Use> = &mut self.uses;
        keep.truncate(tried.uses);
        self.computed_arguments.truncate(tried.arguments);
    }
}

struct Tried {
    operands: usize,
    uses: usize,
    arguments: usize,
}
