//! What a statement asks of the relations in FROM: which columns by name, which certainly, and which it sets equal to
//! constants.

use std::collections::HashSet;

use crate::plan::analysis::Analysis;
use crate::plan::compare::unwrap;
use crate::plan::scope::{Bound, Scope};
use crate::sql::{Comparison, ConstantKind, Expr, Item, Name, Select};

/// What a statement asks by name, wherever in it: relations are not told apart.
#[derive(Debug, Clone, Default)]
pub(in crate::plan) struct Sought {
    pub(super) names: HashSet<String>,
    /// By names that cannot be followed.
    pub(super) all: bool,
    /// What is read now is only shown.
    only_shown: bool,
}

impl Analysis<'_> {
    /// A column by its name.
    pub(in crate::plan) fn asks(&mut self, path: &[Name], scope: &Scope<'_>) {
        let Some(name) = path.last() else { return };
        if !self.sought.only_shown {
            self.sought.names.insert(name.text.clone());
        } else if let Some((number, name)) = referred(path, scope)
            && let Some(reference) = self.references.get_mut(number)
        {
            reference.asked.insert(name);
        }
    }

    /// Columns by names that are not followed.
    pub(in crate::plan) fn asks_all(&mut self) {
        self.sought.all = true;
    }

    /// A column that is not looked up as one: of USING, or of ORDER BY by its name in the list.
    pub(in crate::plan) fn asks_name(&mut self, name: &str) {
        self.sought.names.insert(name.to_owned());
    }

    /// Begins and ends what is only shown; gives what was before.
    pub(in crate::plan) fn only_shown(&mut self, only: bool) -> bool {
        std::mem::replace(&mut self.sought.only_shown, only)
    }

    /// `*` in a list.
    pub(in crate::plan) fn asks_star(
        &mut self,
        of: Option<&[Name]>,
        shown: bool,
        scope: &Scope<'_>,
    ) {
        if !shown {
            return self.asks_all();
        }
        let table = of
            .and_then(|path| path.last())
            .map(|name| name.text.as_str());
        // Two of one name, of different schemas: which is meant is not looked into.
        let named = |bound: &&Bound| table.is_none_or(|table| bound.name.as_deref() == Some(table));
        if table.is_some() && scope.bounds.iter().filter(named).count() > 1 {
            return;
        }
        for bound in &scope.bounds {
            if table.is_none_or(|table| bound.name.as_deref() == Some(table))
                && let Some(reference) = bound
                    .reference
                    .and_then(|number| self.references.get_mut(number))
            {
                let names = bound.columns.iter().map(|column| column.name.clone());
                reference.asked.extend(names);
            }
        }
    }

    /// The conditions of WHERE (or, without `pins`, of a join) that are joined by AND: what they compare is certainly asked
    /// of the relations `of` which rows are kept by them. A comparison of two columns of one table may come to nothing.
    pub(in crate::plan) fn asks_by(
        &mut self,
        filter: &Expr,
        pins: bool,
        of: &[Bound],
        scope: &Scope<'_>,
    ) {
        match unwrap(filter) {
            Expr::And(parts) => {
                for part in parts {
                    self.asks_by(part, pins, of, scope);
                }
            }
            Expr::Compare {
                op, left, right, ..
            } => {
                let (a, b) = (column(left, scope), column(right, scope));
                let sides = match (a, b) {
                    (Some(a), Some(b)) if a.relation != b.relation => vec![a, b],
                    (Some(own), None) if is_value(right) => vec![own],
                    (None, Some(own)) if is_value(left) => vec![own],
                    (Some(_) | None, Some(_) | None) => return,
                };
                let pins = pins && sides.len() == 1 && *op == Comparison::Equal;
                for own in sides {
                    let meant =
                        |number: &usize| of.iter().any(|bound| bound.reference == Some(*number));
                    if let Some(reference) = own
                        .reference
                        .filter(meant)
                        .and_then(|number| self.references.get_mut(number))
                    {
                        if pins {
                            reference.pinned.insert(own.name.clone());
                        }
                        reference.asked.insert(own.name);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the entries of a select list are only shown: not where something else in the query stands for them.
    pub(in crate::plan) fn shows_only(&self, select: &Select, order_by: &[Expr]) -> bool {
        let aliases = |name: &str| {
            select.items.iter().any(|item| match item {
                Item::Expr {
                    alias: Some(alias),
                    expr,
                } => alias == name && !is_called(expr, name),
                Item::Expr { alias: None, .. } | Item::All { .. } => false,
            })
        };
        let stands = |one: &Expr| match unwrap(one) {
            Expr::Constant(_) => true,
            Expr::Column { path } => matches!(path.as_slice(), [name] if aliases(&name.text)),
            _ => false,
        };
        matches!(select.distinct, crate::sql::Distinct::No)
            && select.group_by.is_empty()
            && !order_by.iter().any(stands)
    }
}

/// A column of a relation of the catalog, beyond doubt.
struct Compared {
    relation: Option<u32>,
    reference: Option<usize>,
    name: String,
}

fn column(expr: &Expr, scope: &Scope<'_>) -> Option<Compared> {
    let Expr::Column { path } = unwrap(expr) else {
        return None;
    };
    let (bound, at) = bound_of(path, scope)?;
    Some(Compared {
        relation: Some(bound.relation?),
        reference: bound.reference,
        name: bound.columns.get(at)?.name.clone(),
    })
}

fn bound_of<'s>(path: &[Name], scope: &'s Scope<'_>) -> Option<(&'s Bound, usize)> {
    let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
    scope.bound_of(&names)
}

pub(super) fn referred(path: &[Name], scope: &Scope<'_>) -> Option<(usize, String)> {
    let (bound, at) = bound_of(path, scope)?;
    Some((bound.reference?, bound.columns.get(at)?.name.clone()))
}

/// A constant that is not NULL, or what is bound for one.
fn is_value(expr: &Expr) -> bool {
    match unwrap(expr) {
        Expr::Constant(constant) => !matches!(constant.kind, ConstantKind::Null),
        Expr::Placeholder { .. } => true,
        Expr::Cast { inner, .. } => is_value(inner),
        _ => false,
    }
}

fn is_called(expr: &Expr, name: &str) -> bool {
    let Expr::Column { path } = unwrap(expr) else {
        return false;
    };
    path.last().is_some_and(|last| last.text == name)
}
