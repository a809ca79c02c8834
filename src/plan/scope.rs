//! Which names an expression can see.

use super::lineage::{Column, Lineage};

/// One level of names.
#[derive(Debug, Default)]
pub(super) struct Scope<'p> {
    /// Relations by their names.
    pub(super) bounds: Vec<Bound>,
    /// What `*` stands for, and what an unqualified name can be.
    pub(super) star: Vec<Column>,
    /// The level around.
    pub(super) parent: Option<&'p Scope<'p>>,
}

/// A relation in FROM.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    /// Its alias or name; `None` where it can only be named by its columns.
    pub(super) name: Option<String>,
    /// Its schema, where it was named without an alias.
    pub(super) schema: Option<String>,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// It may have more columns than these, none of them protected.
    pub(super) open: bool,
}

/// What a name stands for.
#[derive(Debug)]
pub(super) enum Found {
    /// A column.
    Column(Lineage),
    /// A whole row.
    Row(Vec<Lineage>),
    /// Nothing of this name.
    Nothing,
    /// More than one.
    Ambiguous,
    /// A relation name that no relation in sight has.
    NoRelation,
}

const SYSTEM: &[&str] = &["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

impl<'p> Scope<'p> {
    /// A level inside another.
    pub(super) fn inside(parent: Option<&'p Scope<'p>>) -> Scope<'p> {
        Scope {
            bounds: Vec::new(),
            star: Vec::new(),
            parent,
        }
    }

    /// Looks a name up as the server does: the innermost level that knows it (manual 7.2; `colNameToVar`).
    pub(super) fn find(&self, path: &[&str]) -> Found {
        match path {
            [name] => self.find_unqualified(name),
            [table, column] => self.find_qualified(None, table, column),
            [schema, table, column] => self.find_qualified(Some(schema), table, column),
            _ => Found::NoRelation,
        }
    }

    fn find_unqualified(&self, name: &str) -> Found {
        let mut matches = self.star.iter().filter(|column| column.name == name);
        match (matches.next(), matches.next()) {
            (Some(_), Some(_)) => return Found::Ambiguous,
            (Some(column), None) => return Found::Column(column.lineage.clone()),
            (None, _) => {}
        }
        let open = self.bounds.iter().any(|bound| bound.open);
        if let Some(bound) = self
            .bounds
            .iter()
            .find(|bound| bound.name.as_deref() == Some(name))
        {
            if bound.open && bound.columns.is_empty() {
                return Found::Column(Lineage::Plain);
            }
            return Found::Row(
                bound
                    .columns
                    .iter()
                    .map(|column| column.lineage.clone())
                    .collect(),
            );
        }
        if SYSTEM.contains(&name) && !self.bounds.is_empty() {
            return Found::Column(Lineage::Plain);
        }
        let outer = self
            .parent
            .map_or(Found::Nothing, |parent| parent.find_unqualified(name));
        if !open {
            return outer;
        }
        // A relation whose columns are not all known may have it: then it is plain, unless an outer level would
        // give something protected; which of the two the server takes cannot be told.
        match outer {
            Found::Column(Lineage::Plain) | Found::Nothing => Found::Column(Lineage::Plain),
            Found::Column(_) | Found::Row(_) | Found::Ambiguous | Found::NoRelation => {
                Found::Ambiguous
            }
        }
    }

    fn find_qualified(&self, schema: Option<&str>, table: &str, column: &str) -> Found {
        let named = |bound: &&Bound| {
            bound.name.as_deref() == Some(table)
                && (schema.is_none() || bound.schema.as_deref() == schema)
        };
        let Some(bound) = self.bounds.iter().find(named) else {
            return self.parent.map_or(Found::NoRelation, |parent| {
                parent.find_qualified(schema, table, column)
            });
        };
        let mut matches = bound.columns.iter().filter(|own| own.name == column);
        match (matches.next(), matches.next()) {
            (Some(_), Some(_)) => Found::Ambiguous,
            (Some(own), None) => Found::Column(own.lineage.clone()),
            (None, _) if bound.open || SYSTEM.contains(&column) => Found::Column(Lineage::Plain),
            // `t.f` may be a function of the row: `f(t)`.
            (None, _) => Found::Nothing,
        }
    }

    /// Whether a protected value is in sight at this level.
    pub(super) fn holds_protected(&self) -> bool {
        let holds =
            |column: &Column| matches!(column.lineage, Lineage::Value(_) | Lineage::Array(_));
        self.star.iter().any(holds)
            || self
                .bounds
                .iter()
                .any(|bound| bound.columns.iter().any(holds))
    }

    /// What `*` or `table.*` stands for at this level; `None` where that cannot be told.
    pub(super) fn expand(&self, of: Option<&[&str]>) -> Option<Vec<Column>> {
        match of {
            None => (!self.bounds.iter().any(|bound| bound.open)).then(|| self.star.clone()),
            Some([table]) => self.expand_bound(None, table),
            Some([schema, table]) => self.expand_bound(Some(schema), table),
            Some(_) => None,
        }
    }

    fn expand_bound(&self, schema: Option<&str>, table: &str) -> Option<Vec<Column>> {
        let found = self.bounds.iter().find(|bound| {
            bound.name.as_deref() == Some(table)
                && (schema.is_none() || bound.schema.as_deref() == schema)
        });
        match found {
            Some(bound) => (!bound.open).then(|| bound.columns.clone()),
            None => self
                .parent
                .and_then(|parent| parent.expand_bound(schema, table)),
        }
    }
}
