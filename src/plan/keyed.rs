//! Rows that a key tells apart. Where a list holds a key of a table (`SELECT DISTINCT c.*`, `GROUP BY c.id, c.notes`),
//! two rows that agree in the key come from one and the same row of the table: its other columns agree too, whatever
//! they are, and nothing of them is compared. So they need no equality, nor the right to search.

use super::analysis::Analysis;
use super::scope::Scope;
use crate::catalog::{Relation, RelationKind};
use crate::sql::{Expr, Item, Name};

/// Where a column comes from: the relation in the scope, and its place there.
type Place = Option<(usize, usize)>;

impl Analysis<'_> {
    /// The keys of a protected table, as places of its columns. Of a table with heirs there are none: their rows are
    /// read with it, and its indexes do not cover them.
    pub(super) fn keys_of(&self, relation: &Relation) -> Vec<Vec<usize>> {
        let world = self.world;
        let heirs = || {
            let mut all = world.snapshot.relations.values();
            all.any(|other| other.parents.contains(&relation.oid))
        };
        match relation.kind {
            _ if !world.protection.tables.contains_key(&relation.oid) => return Vec::new(),
            RelationKind::Table if heirs() => return Vec::new(),
            RelationKind::Table | RelationKind::PartitionedTable => {}
            RelationKind::View
            | RelationKind::MaterialisedView
            | RelationKind::ForeignTable
            | RelationKind::Other => return Vec::new(),
        }
        let place = |attnum: &i16| {
            let mut columns = relation.columns.iter();
            columns.position(|column| column.attnum == *attnum)
        };
        relation
            .keys
            .iter()
            .filter_map(|key| key.iter().map(place).collect())
            .collect()
    }
}

/// For each result column of a select list, whether a key in the list decides it. Shorter than the list where that
/// cannot be followed.
pub(super) fn results(items: &[Item], scope: &Scope<'_>) -> Vec<bool> {
    let mut places: Vec<Place> = Vec::new();
    for item in items {
        match item {
            Item::All { of: None, .. } => {
                if !is_concatenation(scope) {
                    return Vec::new();
                }
                for at in 0..scope.bounds.len() {
                    places.extend(all_of(scope, at));
                }
            }
            Item::All { of: Some(path), .. } => match bound(scope, path) {
                Some(at) => places.extend(all_of(scope, at)),
                None => return Vec::new(),
            },
            Item::Expr { expr, .. } => places.push(place(expr, scope)),
        }
    }
    keyed(&places, scope)
}

/// The same for the entries of GROUP BY.
pub(super) fn groups(entries: &[Expr], scope: &Scope<'_>) -> Vec<bool> {
    let places: Vec<Place> = entries.iter().map(|one| place(one, scope)).collect();
    keyed(&places, scope)
}

fn keyed(places: &[Place], scope: &Scope<'_>) -> Vec<bool> {
    let decided: Vec<bool> = scope
        .bounds
        .iter()
        .enumerate()
        .map(|(at, bound)| {
            let held = |column: &usize| places.contains(&Some((at, *column)));
            bound
                .keys
                .iter()
                .any(|key| !key.is_empty() && key.iter().all(held))
        })
        .collect();
    let is = |place: &Place| place.is_some_and(|(at, _)| decided.get(at).copied() == Some(true));
    places.iter().map(is).collect()
}

fn all_of(scope: &Scope<'_>, at: usize) -> Vec<Place> {
    let width = scope.bounds.get(at).map_or(0, |bound| bound.columns.len());
    (0..width).map(|column| Some((at, column))).collect()
}

/// `*` is all columns of all relations in their order: none of them merged by USING.
fn is_concatenation(scope: &Scope<'_>) -> bool {
    let widths = scope.bounds.iter().map(|bound| bound.columns.len());
    !scope.bounds.iter().any(|bound| bound.open) && widths.sum::<usize>() == scope.star.len()
}

/// The one relation of this level that a path names.
fn bound(scope: &Scope<'_>, path: &[Name]) -> Option<usize> {
    let (schema, table) = match path {
        [table] => (None, table),
        [schema, table] => (Some(schema.text.as_str()), table),
        _ => return None,
    };
    let mut found = scope.bounds.iter().enumerate().filter(|(_, bound)| {
        bound.name.as_deref() == Some(table.text.as_str())
            && (schema.is_none() || bound.schema.as_deref() == schema)
    });
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Some(at),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

fn place(expr: &Expr, scope: &Scope<'_>) -> Place {
    let Expr::Column { path } = expr else {
        return None;
    };
    let (column, of) = path.split_last()?;
    let candidates: Vec<usize> = if of.is_empty() {
        if !is_concatenation(scope) {
            return None;
        }
        (0..scope.bounds.len()).collect()
    } else {
        vec![bound(scope, of)?]
    };
    let mut found = candidates.into_iter().flat_map(|at| {
        let columns = scope.bounds.get(at).into_iter();
        columns
            .flat_map(|bound| bound.columns.iter().enumerate())
            .filter(|(_, own)| own.name == column.text)
            .map(move |(place, _)| (at, place))
    });
    match (found.next(), found.next()) {
        (Some(place), None) => Some(place),
        (Some(_), Some(_)) | (None, _) => None,
    }
}
