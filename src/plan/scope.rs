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
    /// Columns, by their places, that no two of its rows have in common.
    pub(super) keys: Vec<Vec<usize>>,
    /// It may have more columns than these, none of them protected.
    pub(super) open: bool,
    /// The relation of the catalog that these are the columns of, in its order.
    pub(super) relation: Option<u32>,
    /// Its place among those whose indexes could tell what is hidden.
    pub(super) reference: Option<usize>,
}

impl Bound {
    fn lineages(&self) -> Vec<Lineage> {
        let columns = self.columns.iter();
        columns.map(|column| column.lineage.clone()).collect()
    }
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

    /// A column of whatever level goes before a whole row of any (`transformColumnRef`).
    fn find_unqualified(&self, name: &str) -> Found {
        match self.find_column(name) {
            (Found::Nothing, may_be_plain) => match self.find_row(name) {
                Some(row) if !may_be_plain || row.iter().any(Lineage::carries) => Found::Row(row),
                None if !may_be_plain => Found::Nothing,
                Some(_) | None => Found::Column(Lineage::Plain),
            },
            (found, _) => found,
        }
    }

    /// A column by its name, and where none is found, whether there may be one all the same: then a plain one.
    fn find_column(&self, name: &str) -> (Found, bool) {
        let mut matches = self.star.iter().filter(|column| column.name == name);
        match (matches.next(), matches.next()) {
            (Some(_), Some(_)) => return (Found::Ambiguous, false),
            (Some(column), None) => return (Found::Column(column.lineage.clone()), false),
            (None, _) => {}
        }
        if self.star.iter().any(Column::may_hide) {
            return (Found::Ambiguous, false);
        }
        let may_be_here = self.bounds.iter().any(|bound| bound.open)
            || self.star.iter().any(Column::is_nameless)
            || (SYSTEM.contains(&name) && !self.bounds.is_empty());
        let (outer, above) = self
            .parent
            .map_or((Found::Nothing, false), |parent| parent.find_column(name));
        if !may_be_here {
            return (outer, above);
        }
        // Which of the two the server takes cannot be told.
        match outer {
            Found::Column(Lineage::Plain) | Found::Nothing => (outer, true),
            Found::Column(_) | Found::Row(_) | Found::Ambiguous | Found::NoRelation => {
                (Found::Ambiguous, false)
            }
        }
    }

    fn find_row(&self, name: &str) -> Option<Vec<Lineage>> {
        let own = self
            .bounds
            .iter()
            .find(|bound| bound.name.as_deref() == Some(name));
        match own {
            Some(bound) => Some(bound.lineages()),
            None => self.parent?.find_row(name),
        }
    }

    /// What `table.*` holds where it is written as a value.
    pub(super) fn whole_row(&self, path: &[&str]) -> Option<Vec<Lineage>> {
        let (schema, table) = match path {
            [table] => (None, *table),
            [schema, table] => (Some(*schema), *table),
            _ => return None,
        };
        let own = self.bounds.iter().find(|bound| {
            bound.name.as_deref() == Some(table)
                && (schema.is_none() || bound.schema.as_deref() == schema)
        });
        match own {
            Some(bound) => Some(bound.lineages()),
            None => self.parent?.whole_row(path),
        }
    }

    /// Whether this very level has a column of the name.
    pub(super) fn has_own(&self, name: &str) -> bool {
        self.star.iter().any(|column| column.name == name)
    }

    /// The relation and the place in it of a column, where it is one of the catalog beyond doubt.
    pub(super) fn place(&self, path: &[&str]) -> Option<(u32, usize)> {
        let (bound, at) = self.bound_of(path)?;
        Some((bound.relation?, at))
    }

    /// The same, with what it is in FROM.
    pub(super) fn bound_of(&self, path: &[&str]) -> Option<(&Bound, usize)> {
        let (bounds, name): (Vec<&Bound>, &str) = match path {
            [name] => {
                if self.bounds.iter().any(|bound| bound.open) {
                    return None;
                }
                if !self.has_own(name) {
                    return self.parent?.bound_of(path);
                }
                (self.bounds.iter().collect(), name)
            }
            [table, name] | [_, table, name] => {
                let schema = (path.len() == 3).then(|| path.first().copied()).flatten();
                let named = |bound: &&Bound| {
                    bound.name.as_deref() == Some(*table)
                        && (schema.is_none() || bound.schema.as_deref() == schema)
                };
                let Some(bound) = self.bounds.iter().find(named) else {
                    return self.parent?.bound_of(path);
                };
                (vec![bound], name)
            }
            _ => return None,
        };
        let mut found = bounds.into_iter().flat_map(|bound| {
            let columns = bound.columns.iter().enumerate();
            let own = columns.filter(|(_, column)| column.name == name);
            own.map(move |(at, _)| (bound, at))
        });
        match (found.next(), found.next()) {
            (Some(found), None) => Some(found),
            (Some(_), Some(_)) | (None, _) => None,
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
            (None, _) if bound.columns.iter().any(Column::may_hide) => Found::Ambiguous,
            (None, _) if bound.columns.iter().any(Column::is_nameless) => {
                Found::Column(Lineage::Plain)
            }
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
