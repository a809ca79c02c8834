//! Which indexes of a table could tell the order of what is hidden.

use std::collections::HashSet;
use std::sync::Arc;

use super::Telling;
use crate::catalog::{Ordered, Relation, Snapshot};
use crate::plan::analysis::Analysis;
use crate::plan::lineage::{Column, Lineage, Value};
use crate::policy::{Protected, Sight, Storage};
use crate::seal::Scheme;

impl Analysis<'_> {
    /// Whether a value is hidden from this role and what it is stored as has an order that says something: only that of
    /// envelopes which are random from the first byte to the last says nothing.
    pub(in crate::plan) fn hides(&self, value: &Value) -> bool {
        let random = value.spec().is_some_and(|spec| {
            spec.scheme == Scheme::Random
                && spec.ci.is_none()
                && spec.tokens.is_none()
                && spec.order.is_none()
        });
        let hides = |column: &Arc<Protected>| {
            let right = self.right(column);
            right.sight != Sight::Reveal && !right.search
        };
        !random && value.columns.iter().any(hides)
    }
    /// The indexes of a table, and of its heirs, that could tell. `columns`: the table's, as they are called in FROM.
    pub(in crate::plan) fn telling(&self, relation: &Relation, columns: &[Column]) -> Vec<Telling> {
        let hidden = |column: &Column| match &column.lineage {
            Lineage::Value(value) | Lineage::Array(value) => self.hides(value),
            Lineage::Plain | Lineage::Constants(_) => false,
        };
        if !columns.iter().any(hidden) {
            return Vec::new();
        }
        let mut found: Vec<Telling> = Vec::new();
        for owner in with_heirs(&self.world.snapshot, relation) {
            for index in &owner.ordered {
                let named = |attnum: &i16| {
                    let own = owner.columns.iter().find(|own| own.attnum == *attnum)?;
                    let at = relation
                        .columns
                        .iter()
                        .position(|one| one.name == own.name)?;
                    columns.get(at)
                };
                let own: Vec<&Column> = index.columns.iter().filter_map(named).collect();
                let is_hidden = |attnum: &i16| named(attnum).is_some_and(hidden);
                if !own.iter().any(|column| hidden(column)) || !self.orders(owner, index, is_hidden)
                {
                    continue;
                }
                let mask = |column: &Column| match &column.lineage {
                    Lineage::Value(value) | Lineage::Array(value) => self.mask(value),
                    Lineage::Plain | Lineage::Constants(_) => None,
                };
                let made_of_it =
                    |column: &&&Column| mask(column).is_some_and(|mask| mask.needs_plaintext());
                let name = |column: &Column| column.name.clone();
                let seeks: HashSet<String> = own
                    .iter()
                    .filter(|column| !hidden(column))
                    .map(|column| name(column))
                    .collect();
                let alone = !seeks.is_empty()
                    || own
                        .iter()
                        .filter(|column| hidden(column))
                        .any(|column| made_of_it(&column));
                if !alone {
                    continue;
                }
                let names: HashSet<String> = own.iter().map(|column| name(column)).collect();
                found.push(Telling {
                    index: index.name.clone(),
                    seeks,
                    outside: (columns.iter().map(name))
                        .filter(|name| !names.contains(name))
                        .collect(),
                    alone,
                });
            }
        }
        found
    }

    /// Whether another column is sealed in the same key domain.
    fn is_shared(&self, column: &Protected) -> bool {
        let Storage::Sealed(spec) = &column.storage else {
            return false;
        };
        let mut columns =
            (self.world.protection.tables.values()).flat_map(|table| table.columns.values());
        columns.any(|other| {
            (other.table, other.attnum) != (column.table, column.attnum)
                && matches!(&other.storage, Storage::Sealed(own) if own.domain == spec.domain)
        })
    }

    /// Whether rows that are read by the index come in an order that says something of what is hidden.
    fn orders(&self, owner: &Relation, index: &Ordered, hidden: impl Fn(&i16) -> bool) -> bool {
        let says = |attnum: &i16| *attnum == 0 || hidden(attnum);
        let before: Vec<i16> = (index.keys.iter().copied())
            .take_while(|attnum| !says(attnum))
            .collect();
        if before.len() == index.keys.len() {
            return false;
        }
        // Of rows that a key before it tells apart no two are left to be put in order.
        if (owner.keys.iter()).any(|key| key.iter().all(|attnum| before.contains(attnum))) {
            return false;
        }
        // Deterministic envelopes, and tags, have an order that is random, and of which only the neighbourhood of equals
        // says something: in a unique index there are none.
        let Some(table) = self.world.protection.tables.get(&owner.oid) else {
            return true;
        };
        let tags = (owner.schema.clone(), index.name.clone());
        let tags = self.world.snapshot.case_indexes.contains_key(&tags);
        let random = |attnum: &i16| {
            tags || table.columns.get(attnum).is_some_and(|column| {
                let storage = match &column.storage {
                    Storage::Sealed(spec) => Some(spec),
                    Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
                };
                // Two tables in the order of one domain could be laid side by side.
                storage.is_some_and(|spec| {
                    spec.order.is_none()
                        && (spec.tokens.is_none() || spec.ci.is_some())
                        && !self.is_shared(column)
                })
            })
        };
        let mut said = index.keys.iter().filter(|attnum| says(attnum));
        !(index.unique && said.all(random))
    }
}

/// A table and those that inherit from it.
pub(in crate::plan) fn with_heirs<'r>(
    snapshot: &'r Snapshot,
    relation: &'r Relation,
) -> Vec<&'r Relation> {
    let mut all = vec![relation];
    let mut next = 0;
    while let Some(oid) = all.get(next).map(|own| own.oid) {
        next += 1;
        for other in snapshot.relations.values() {
            if other.parents.contains(&oid) && !all.iter().any(|known| known.oid == other.oid) {
                all.push(other);
            }
        }
    }
    all
}
