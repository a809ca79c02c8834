//! Conditions that the proxy decides: the server is asked for the rows that search tokens find, and the proxy opens the
//! columns and keeps those that fit. Only among the ANDs of the statement's own WHERE, where nothing else sees which rows
//! there are: no aggregate, no grouping, no lock. `count(*)` and `count(c)` alone are counted by the proxy.
//!
//! A condition is read whole (`sifted`) before anything is written; then it is written in two ways (`twofold`): as one for
//! the server that is true at least wherever it is true, and as one over opened values.

use super::analysis::Analysis;
use super::counted;
use super::edits::Part;
use super::lineage::{Column, Lineage};
use super::scope::Scope;
use super::sifted::{looks, scans};
use super::twofold::BOOL;
use super::{Input, Told};
use crate::eval;
use crate::fault::{Fault, Refusal};
use crate::sql::{Expr, Query, Range, Select, Source, condition, inside};
use crate::value::DeclaredType;

/// What the proxy looks at.
#[derive(Default)]
pub(super) struct Rechecks {
    /// What the server sends for it.
    operands: Vec<Operand>,
    /// Conditions over the operands by their places here, and over the arguments.
    truths: Vec<eval::Expr>,
    /// Rows may be opened that no token has found.
    pub(super) scans: bool,
}

struct Operand {
    /// As it is written; of a condition that the server decides with its edits.
    parts: Vec<Part>,
    /// The column; empty for a condition.
    name: String,
    lineage: Lineage,
    declared: DeclaredType,
}

impl Analysis<'_> {
    /// The WHERE of a SELECT that is the statement itself.
    pub(super) fn own_filter(
        &mut self,
        filter: &Expr,
        select: &Select,
        query: &Query,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let alone = counted::is_alone(self, select, query);
        let whole = select
            .token
            .filter(|_| alone)
            .and_then(|token| condition(self.tokens, token, self.whole.last));
        match whole {
            Some(whole) => self.conjunct(filter, whole, scope),
            None => self.check(filter, "a condition", scope),
        }
    }

    /// One of the ANDs.
    fn conjunct(&mut self, expr: &Expr, range: Range, scope: &Scope<'_>) -> Result<(), Refusal> {
        self.enter()?;
        let done = match expr {
            Expr::And(parts) => match self.ranges(range, "and", parts.len()) {
                Some(ranges) => {
                    for (part, range) in parts.iter().zip(ranges) {
                        self.conjunct(part, range, scope)?;
                    }
                    true
                }
                None => false,
            },
            Expr::Nested { inner, .. } => match inside(self.tokens, range) {
                Some(range) => {
                    self.conjunct(inner, range, scope)?;
                    true
                }
                None => false,
            },
            other => self.looked_at(other, range, scope)?,
        };
        self.leave();
        if done {
            return Ok(());
        }
        self.check(expr, "a condition", scope)
    }

    /// A condition that the proxy decides. False: it is none, and nothing has been done.
    fn looked_at(&mut self, expr: &Expr, range: Range, scope: &Scope<'_>) -> Result<bool, Refusal> {
        let Some(tree) = self.tree(expr, range, scope)? else {
            return Ok(false);
        };
        if !looks(&tree) || !self.may_scan() && scans(&tree) {
            return Ok(false);
        }
        let (parts, truth) = self.write(&tree, true, scope)?;
        self.edit(range, parts)?;
        self.rechecks.truths.push(truth);
        Ok(true)
    }

    /// The place of what the server sends: a column, by its name once only, or the truth of a condition.
    pub(super) fn looked_operand(
        &mut self,
        parts: Vec<Part>,
        name: &str,
        lineage: Lineage,
        declared: DeclaredType,
    ) -> usize {
        let operands = &mut self.rechecks.operands;
        let known = operands
            .iter()
            .position(|own| !name.is_empty() && own.name == name);
        known.unwrap_or_else(|| {
            operands.push(Operand {
                parts,
                name: name.to_owned(),
                lineage,
                declared,
            });
            operands.len() - 1
        })
    }

    /// Lets the proxy look at the rows: what it reads comes along, hidden where the list does not have it.
    pub(super) fn recheck(
        &mut self,
        select: &Select,
        query: &Query,
        columns: &mut Vec<Column>,
    ) -> Result<(), Refusal> {
        if self.rechecks.truths.is_empty() {
            return Ok(());
        }
        let counted = counted::counts(select, query);
        if let Some(counted) = &counted {
            if let Some(column) = counted.column {
                self.count_known(column, select)?;
            }
            let items = self.item_ranges(select);
            let Some(item) = items.and_then(|items| items.first().copied()) else {
                let message = "where the select list ends is not certain";
                return self.refuse(Fault::Unparsed, message, select.token);
            };
            self.edit(item, vec![Part::Text("1".to_owned())])?;
            let name = counted.name.clone();
            self.deriving(1).columns = vec![Told::Count { name }];
        }
        let rechecks = std::mem::take(&mut self.rechecks);
        let arguments = std::mem::take(&mut self.computed_arguments);
        let most = self.request.rights.scanned_rows;
        let derived = self.deriving(columns.len());
        if derived.arguments.is_empty() {
            derived.arguments = arguments;
        }
        derived.most_in_vain = rechecks.scans.then_some(most);
        let mut places = Vec::with_capacity(rechecks.operands.len());
        for one in rechecks.operands {
            let shown = if counted.is_none() {
                shown(&one.lineage, select, columns)
            } else {
                None
            };
            let place = match shown {
                Some(place) => place,
                None => self.hide(select, columns, one.parts, one.lineage)?,
            };
            let inputs = &mut self.deriving(0).inputs;
            if !inputs.iter().any(|input| input.column == place) {
                inputs.push(Input {
                    column: place,
                    declared: one.declared,
                });
            }
            places.push(place);
        }
        let mut filter = eval::Expr::All(rechecks.truths);
        filter.place(&places);
        self.deriving(0).filter = Some(filter);
        Ok(())
    }

    /// `count(c)`: rows where the column is NULL do not count.
    fn count_known(&mut self, column: &Expr, select: &Select) -> Result<(), Refusal> {
        let Some(text) = column.range().and_then(|range| self.copied(range)) else {
            let message = "what is counted could not be read with certainty";
            return self.refuse(Fault::Unparsed, message, select.token);
        };
        let parts = vec![Part::Text(format!("({text} IS NOT NULL)"))];
        let place = self.looked_operand(parts, "", Lineage::Plain, BOOL);
        self.rechecks.truths.push(eval::Expr::Column(place));
        Ok(())
    }
}

/// Where a column stands in the list already: only one table is read, so that no other column could be meant.
fn shown(lineage: &Lineage, select: &Select, columns: &[Column]) -> Option<usize> {
    let Lineage::Value(own) = lineage else {
        return None;
    };
    let [Source::Named { .. }] = select.from.as_slice() else {
        return None;
    };
    let origin = own.origin?;
    columns.iter().position(|column| match &column.lineage {
        Lineage::Value(value) => value.origin == Some(origin) && value.shown == own.shown,
        Lineage::Plain | Lineage::Constants(_) | Lineage::Array(_) => false,
    })
}
