//! Writes through views: what the server writes to the table underneath (manual, CREATE VIEW, "Updatable Views") is
//! decided by the rights on that table's columns. Who made the view vouches for its condition.

use std::sync::Arc;

use super::analysis::Analysis;
use crate::catalog::{Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{self, Body, Distinct, Expr, Item, Query, Source, Statement};

const DEPTH: usize = 32;

/// The table that a view's rows are written to.
#[derive(Debug, Clone)]
pub(super) struct Beneath {
    /// The table.
    pub(super) table: Arc<Relation>,
    /// Columns of the view with those of the table that they are; others cannot be written.
    columns: Vec<(String, String)>,
    /// One of the views on the way is WITH CHECK OPTION.
    checked: bool,
    /// The conditions of the views, each over the relation beneath it.
    conditions: Vec<(Arc<Relation>, String)>,
}

impl Beneath {
    /// The table's column that the view has under a name.
    pub(super) fn column(&self, name: &str) -> Option<&str> {
        let mut columns = self.columns.iter();
        let (_, own) = columns.find(|(view, _)| view == name)?;
        Some(own)
    }

    /// Whether rows that a view would not show are refused.
    pub(super) fn is_checked(&self) -> bool {
        self.checked
    }

    /// What a row must fulfil for that, over which relation.
    pub(super) fn conditions(&self) -> impl Iterator<Item = (&Relation, &str)> {
        let all = self.conditions.iter();
        all.map(|(relation, condition)| (relation.as_ref(), condition.as_str()))
    }

    /// What the view calls a column of the table.
    fn called(&self, name: &str) -> Option<&str> {
        let mut columns = self.columns.iter();
        let (view, _) = columns.find(|(_, own)| own == name)?;
        Some(view)
    }
}

impl Analysis<'_> {
    /// Takes a view as the target of a write.
    pub(super) fn write_through(
        &mut self,
        view: &Arc<Relation>,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        self.viewed = true;
        let beneath = self.beneath(view, token, 0)?;
        if let Some(table) = self
            .world
            .protection
            .tables
            .get(&beneath.table.oid)
            .cloned()
        {
            self.protected_columns(&beneath.table, &table, token)?;
            self.writes = true;
        } else if self.world.watch.reaching.contains(&beneath.table.oid) {
            let message = "a write through a view over a parent of a protected table";
            return self.refuse(Fault::UnsupportedStatement, message, token);
        }
        self.through.insert(view.oid, beneath);
        Ok(())
    }

    /// The protected column of a target, if the name is one.
    pub(super) fn protected(&self, relation: &Relation, name: &str) -> Option<Arc<Protected>> {
        let (relation, name) = match self.through.get(&relation.oid) {
            Some(beneath) => (beneath.table.as_ref(), beneath.column(name)?),
            None => (relation, name),
        };
        let attnum = relation.column(name)?.attnum;
        let table = self.world.protection.tables.get(&relation.oid)?;
        table.columns.get(&attnum).cloned()
    }

    /// The relation whose rows are written.
    pub(super) fn written(&self, oid: u32) -> u32 {
        let beneath = self.through.get(&oid);
        beneath.map_or(oid, |beneath| beneath.table.oid)
    }

    /// Whether the rows that are written are those of a protected table.
    pub(super) fn is_protected(&self, relation: &Relation) -> bool {
        let oid = self.written(relation.oid);
        self.world.protection.tables.contains_key(&oid)
    }

    /// What a target calls a protected column; `None`: it does not have it.
    pub(super) fn called(&self, relation: &Relation, column: &Protected) -> Option<String> {
        match self.through.get(&relation.oid) {
            None => Some(column.column.clone()),
            Some(beneath) => beneath.called(&column.column).map(str::to_owned),
        }
    }

    fn beneath(
        &self,
        view: &Arc<Relation>,
        token: Option<usize>,
        depth: usize,
    ) -> Result<Arc<Beneath>, Refusal> {
        let refuse = |what: &str| {
            let message = format!("a write through view {}, {what}", view.qualified());
            self.refuse(Fault::UnsupportedStatement, message, token)
                .map_err(|refusal| refusal.with_hint(HINT))
        };
        if depth > DEPTH {
            return self.refuse(Fault::TooComplex, "views are nested too deeply", token);
        }
        if view.kind == RelationKind::MaterialisedView {
            return refuse("which is materialised");
        }
        if self.world.snapshot.triggered.contains(&view.oid) {
            return refuse("which has a trigger or a rule");
        }
        let definition = view.definition.as_deref().unwrap_or("");
        let Some(query) = read(definition) else {
            return refuse("which could not be read");
        };
        let Some((path, items)) = simple(&query) else {
            return refuse("which the server does not update by itself");
        };
        let relation = match path.as_slice() {
            [schema, name] => self.world.snapshot.relation(schema, name),
            _ => None,
        };
        let Some(relation) = relation.filter(|_| items.len() == view.columns.len()) else {
            return refuse("which could not be read");
        };
        let lower = match relation.kind {
            RelationKind::View | RelationKind::MaterialisedView => {
                Some(self.beneath(relation, token, depth + 1)?)
            }
            RelationKind::Table | RelationKind::PartitionedTable => None,
            RelationKind::ForeignTable | RelationKind::Other => {
                return refuse("which reads something else than a table");
            }
        };
        let table = lower
            .as_ref()
            .map_or(relation, |lower| &lower.table)
            .clone();
        let protected = self.world.protection.tables.get(&table.oid);
        let mut columns = Vec::new();
        for (own, item) in view.columns.iter().zip(items) {
            let Some(name) = item else { continue };
            let name = match &lower {
                Some(lower) => lower.column(&name),
                None => Some(name.as_str()),
            };
            let Some(name) = name else { continue };
            let attnum = table.column(name).map(|column| column.attnum);
            let sealed = protected
                .zip(attnum)
                .is_some_and(|(table, attnum)| table.columns.contains_key(&attnum));
            // It goes before the table's own, which the proxy writes.
            if sealed && own.has_default {
                return refuse("which has a default of its own for a protected column");
            }
            columns.push((own.name.clone(), name.to_owned()));
        }
        let mut conditions: Vec<(Arc<Relation>, String)> = condition(definition)
            .map(|text| (Arc::clone(relation), text))
            .into_iter()
            .collect();
        let mut checked = self.world.snapshot.checked_views.contains(&view.oid);
        if let Some(lower) = &lower {
            checked |= lower.checked;
            conditions.extend(lower.conditions.iter().cloned());
        }
        Ok(Arc::new(Beneath {
            table,
            columns,
            checked,
            conditions,
        }))
    }
}

const HINT: &str = "Write to the table itself.";

/// What stands behind the WHERE of a view that the server updates by itself: nothing else does.
fn condition(definition: &str) -> Option<String> {
    let tokens = sql::lex(definition).ok()?;
    let mut depth = 0_usize;
    for token in &tokens {
        if token.is_mark('(') {
            depth += 1;
        } else if token.is_mark(')') {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && token.is_word("where") {
            let text = definition.get(token.end..)?;
            return Some(text.trim().trim_end_matches(';').to_owned());
        }
    }
    None
}

fn read(definition: &str) -> Option<Query> {
    let tokens = sql::lex(definition).ok()?;
    let ranges = sql::split(&tokens);
    let [range] = ranges.as_slice() else {
        return None;
    };
    match sql::read(definition, &tokens, *range).ok()?.statement {
        Statement::Query(query) => Some(*query),
        Statement::Insert(_)
        | Statement::Update(_)
        | Statement::Delete(_)
        | Statement::Merge(_)
        | Statement::Call(_)
        | Statement::Truncate { .. }
        | Statement::Explain { .. } => None,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever is not a column alone cannot be written"
)]
/// The one relation of a view that the server updates by itself, and its columns, where they are some of the relation's.
fn simple(query: &Query) -> Option<(Vec<String>, Vec<Option<String>>)> {
    let Body::Select(select) = &query.body else {
        return None;
    };
    let plain = query.with.is_none()
        && query.bounds.is_empty()
        && matches!(select.distinct, Distinct::No)
        && select.group_by.is_empty()
        && select.having.is_none()
        && select.windows.is_empty();
    let [Source::Named { path, sample, .. }] = select.from.as_slice() else {
        return None;
    };
    if !plain || !sample.is_empty() {
        return None;
    }
    let columns = select
        .items
        .iter()
        .map(|item| match item {
            Item::All { .. } => None,
            Item::Expr { expr, .. } => Some(match super::compare::unwrap(expr) {
                Expr::Column { path } => path.last().map(|name| name.text.clone()),
                _ => None,
            }),
        })
        .collect::<Option<Vec<_>>>()?;
    let path = path.iter().map(|name| name.text.clone()).collect();
    Some((path, columns))
}
