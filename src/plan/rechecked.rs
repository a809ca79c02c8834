//! Patterns that search tokens do not decide: the proxy opens the rows they find and keeps those that fit. Only where the
//! condition stands among the ANDs of the statement's own WHERE, and nothing else sees which rows there are: no
//! function in the select list, no grouping, no lock. `count(*)` alone is counted by the proxy.

use super::analysis::Analysis;
use super::coerce::oid;
use super::edits::Part;
use super::lineage::{Column, Lineage, Value};
use super::seek::Written;
use super::{Argument, Input, Told};
use crate::eval::{Expr as Evaluated, Fits};
use crate::fault::{Fault, Refusal};
use crate::sql::{Distinct, Expr, Item, Query, Range, Select};
use crate::value::{Canonical, DeclaredType, Fold, Kind};

/// A condition to be looked at again.
pub(super) struct Recheck {
    /// The column as it is written.
    pub(super) name: String,
    pub(super) value: Value,
    pub(super) pattern: Looked,
    pub(super) written: Written,
    /// ILIKE.
    pub(super) fold: Option<Fold>,
}

/// The pattern.
pub(super) enum Looked {
    Constant(Canonical),
    Argument { number: usize, sent_as: u32 },
}

impl Analysis<'_> {
    /// Whether a condition at these tokens can be looked at again.
    pub(super) fn may_recheck(&self, whole: Range, value: &Value) -> bool {
        self.conjuncts.contains(&whole.first)
            && value.columns.iter().all(|column| self.reveals(column))
    }

    /// Notes the conditions of the statement's own WHERE that may be looked at again.
    pub(super) fn note_conjuncts(&mut self, select: &Select, query: &Query) {
        let alone = select.group_by.is_empty()
            && select.having.is_none()
            && select.windows.is_empty()
            && matches!(select.distinct, Distinct::No)
            && !select.into
            && !query.tail.locks
            && query.order_by.iter().all(is_plain);
        let items = select.items.iter().all(|item| match item {
            Item::All { .. } => true,
            Item::Expr { expr, .. } => is_plain(expr),
        });
        if alone && (items || counts(select, query).is_some()) {
            let mut found = Vec::new();
            if let Some(filter) = &select.filter {
                self.conjuncts_of(filter, &mut found);
            }
            self.conjuncts.extend(found);
        }
    }

    fn conjuncts_of(&self, filter: &Expr, found: &mut Vec<usize>) {
        match filter {
            Expr::And(parts) => {
                for part in parts {
                    self.conjuncts_of(part, found);
                }
            }
            Expr::Nested { inner, .. } => self.conjuncts_of(inner, found),
            Expr::Like { left, .. } => {
                found.extend(self.chain(left).map(|chain| chain.range.first));
            }
            Expr::Opaque { parts, .. } => {
                let first = parts.first().and_then(|left| self.chain(left));
                found.extend(first.map(|chain| chain.range.first));
            }
            Expr::Call(call) => found.extend(call.name.first().map(|name| name.token)),
            Expr::Column { .. }
            | Expr::Constant(_)
            | Expr::Placeholder { .. }
            | Expr::Default { .. }
            | Expr::Field { .. }
            | Expr::Cast { .. }
            | Expr::Compare { .. }
            | Expr::Distinct { .. }
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Between { .. }
            | Expr::Logic { .. }
            | Expr::Operators { .. }
            | Expr::Case { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::Array { .. }
            | Expr::ArrayQuery(_) => {}
        }
    }

    /// Lets the proxy look at the rows: their columns come along, hidden.
    pub(super) fn recheck(
        &mut self,
        select: &Select,
        query: &Query,
        columns: &mut Vec<Column>,
    ) -> Result<(), Refusal> {
        let rechecks = std::mem::take(&mut self.rechecks);
        if rechecks.is_empty() {
            return Ok(());
        }
        let counted = counts(select, query);
        if let Some(name) = &counted {
            let items = self.item_ranges(select);
            let Some(item) = items.and_then(|items| items.first().copied()) else {
                let message = "where the select list ends is not certain";
                return self.refuse(Fault::Unparsed, message, select.token);
            };
            self.edit(item, vec![Part::Text("1".to_owned())])?;
            self.deriving(1).columns = vec![Told::Count { name: name.clone() }];
        }
        let mut parts = Vec::new();
        for one in rechecks {
            let Some(declared) = one.value.column().map(|column| column.declared.clone()) else {
                continue;
            };
            let place = self.hide(select, columns, one.name, Lineage::Value(one.value))?;
            let derived = self.deriving(0);
            derived.inputs.push(Input {
                column: place,
                declared,
            });
            let pattern = match one.pattern {
                Looked::Constant(value) => Evaluated::Constant(Some(value)),
                Looked::Argument { number, sent_as } => {
                    derived.arguments.push(Argument {
                        parameter: number.saturating_sub(1),
                        declared: TEXT,
                        sent_as,
                    });
                    Evaluated::Argument(derived.arguments.len() - 1)
                }
            };
            parts.push(Evaluated::Fits(Box::new(Fits {
                text: Evaluated::Column(place),
                pattern,
                escape: match one.written {
                    Written::Like(escape) => Some(escape),
                    Written::Beginning => None,
                },
                fold: one.fold,
            })));
        }
        self.deriving(0).filter = Some(Evaluated::All(parts));
        Ok(())
    }
}

const TEXT: DeclaredType = DeclaredType {
    oid: oid::TEXT,
    typmod: -1,
    kind: Kind::Text,
};

/// The name of the result where the statement counts its rows and does nothing else.
fn counts(select: &Select, query: &Query) -> Option<String> {
    let [Item::Expr { expr, alias }] = select.items.as_slice() else {
        return None;
    };
    let Expr::Call(call) = expr else { return None };
    let name = match call.name.as_slice() {
        [name] => name,
        [schema, name] if schema.text == "pg_catalog" => name,
        _ => return None,
    };
    let alone = name.text == "count"
        && call.star
        && !call.distinct
        && !call.within_group
        && call.order_by.is_empty()
        && call.filter.is_none()
        && call.over.is_none()
        && query.order_by.is_empty()
        && query.bounds.is_empty()
        && !query.tail.one;
    alone.then(|| alias.clone().unwrap_or_else(|| "count".to_owned()))
}

/// Whether an expression says the same of a row whichever rows there are.
fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Column { .. } | Expr::Constant(_) | Expr::Placeholder { .. } => true,
        Expr::Cast { inner, .. } | Expr::Nested { inner, .. } => is_plain(inner),
        Expr::Default { .. }
        | Expr::Field { .. }
        | Expr::Compare { .. }
        | Expr::Distinct { .. }
        | Expr::IsNull { .. }
        | Expr::In { .. }
        | Expr::InQuery { .. }
        | Expr::InArray { .. }
        | Expr::Between { .. }
        | Expr::Like { .. }
        | Expr::And(_)
        | Expr::Logic { .. }
        | Expr::Operators { .. }
        | Expr::Case { .. }
        | Expr::Row(_)
        | Expr::Subquery(_)
        | Expr::Exists(_)
        | Expr::Array { .. }
        | Expr::ArrayQuery(_)
        | Expr::Call(_)
        | Expr::Opaque { .. } => false,
    }
}
