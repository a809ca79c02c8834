//! Indexes beneath views, by the names that the views' columns have.

use std::collections::HashSet;

use super::Telling;
use super::asked::referred;
use crate::catalog::Relation;
use crate::plan::analysis::Analysis;
use crate::plan::compare::unwrap;
use crate::plan::scope::{Bound, Scope};
use crate::sql::{Expr, Item};

impl Analysis<'_> {
    /// What the indexes beneath a view could tell, by the names that its columns have in FROM.
    pub(super) fn renamed(&mut self, view: &Relation, bound: &Bound) -> Vec<Telling> {
        let beneath = std::mem::take(&mut self.beneath);
        let called = |names: &HashSet<String>| {
            (view.columns.iter().zip(&bound.columns))
                .filter(|(own, _)| names.contains(&own.name))
                .map(|(_, column)| column.name.clone())
                .collect()
        };
        let one = |telling: Telling| Telling {
            seeks: called(&telling.seeks),
            outside: called(&telling.outside),
            ..telling
        };
        beneath.into_iter().map(one).collect()
    }

    /// What the indexes that a view's definition could be answered by tell, by the names of its columns.
    pub(in crate::plan) fn beneath_view(&self, view: &Relation) -> Vec<Telling> {
        let from = |at: usize| self.listed.as_ref().and_then(|listed| listed.get(at));
        let mut found = Vec::new();
        for (number, reference) in self.references.iter().enumerate() {
            for telling in &reference.telling {
                let of = |names: &HashSet<String>, unknown: bool| -> HashSet<String> {
                    let columns = view.columns.iter().enumerate();
                    columns
                        .filter(|(at, _)| match from(*at) {
                            Some(Some((own, name))) => *own == number && names.contains(name),
                            Some(None) | None => unknown,
                        })
                        .map(|(_, column)| column.name.clone())
                        .collect()
                };
                found.push(Telling {
                    index: telling.index.clone(),
                    seeks: of(&telling.seeks, true),
                    outside: of(&telling.outside, false),
                    alone: telling.alone,
                });
            }
        }
        found
    }

    /// The columns that the entries of the list of a view are, where they are no more than that.
    pub(in crate::plan) fn list(&mut self, items: &[Item], scope: &Scope<'_>) {
        let one = |item: &Item| match item {
            Item::Expr { expr, .. } => match unwrap(expr) {
                Expr::Column { path } => Some(referred(path, scope)),
                _ => Some(None),
            },
            Item::All { .. } => None,
        };
        self.listed = items.iter().map(one).collect();
    }
}
