//! What in the catalog belongs to a table: its registry entries, and the tables it shares rows with.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalog::{Registered, Registry, Relation, RelationKind, Snapshot};

/// Whether rules can be about it. The catalogs and the proxy's own schema are not a rule's business.
pub(super) fn holds_rows(relation: &Relation) -> bool {
    let own = matches!(relation.schema.as_str(), "information_schema" | "sealwire");
    match relation.kind {
        RelationKind::Table | RelationKind::PartitionedTable | RelationKind::ForeignTable => {
            !own && !relation.schema.starts_with("pg_")
        }
        RelationKind::View | RelationKind::MaterialisedView | RelationKind::Other => false,
    }
}

/// Registry entries by table and column name as they are now. A table is known by its oid; where
/// that is gone, as after a restore, by its name.
pub(super) fn registered<'a>(
    snapshot: &Snapshot,
    registry: &'a Registry,
) -> HashMap<u32, BTreeMap<String, &'a Registered>> {
    let mut tables: HashMap<u32, BTreeMap<String, &Registered>> = HashMap::new();
    for entry in &registry.columns {
        let by_oid = snapshot.relations.get(&entry.table).and_then(|relation| {
            let column = relation
                .columns
                .iter()
                .find(|column| column.attnum == entry.attnum)?;
            Some((relation.oid, column.name.clone()))
        });
        let by_name = || {
            let relation = snapshot.relation(&entry.schema, &entry.table_name)?;
            let column = relation.column(&entry.column)?;
            Some((relation.oid, column.name.clone()))
        };
        if let Some((oid, column)) = by_oid.or_else(by_name) {
            tables.entry(oid).or_default().insert(column, entry);
        }
    }
    tables
}

/// Tables that share rows: parents are read with their children's rows, so what protects the one
/// protects the other.
pub(super) struct Kin {
    parents: HashMap<u32, Vec<u32>>,
    children: HashMap<u32, Vec<u32>>,
}

impl Kin {
    pub(super) fn of(snapshot: &Snapshot) -> Kin {
        let mut kin = Kin {
            parents: HashMap::new(),
            children: HashMap::new(),
        };
        for relation in snapshot.relations.values() {
            for parent in &relation.parents {
                kin.parents.entry(relation.oid).or_default().push(*parent);
                kin.children.entry(*parent).or_default().push(relation.oid);
            }
        }
        for children in kin.children.values_mut() {
            children.sort_unstable();
        }
        kin
    }

    /// Ancestors, nearest first, then descendants.
    pub(super) fn get(&self, oid: u32) -> impl Iterator<Item = u32> + use<> {
        let mut found = reach(&self.parents, oid);
        found.extend(reach(&self.children, oid));
        found.into_iter()
    }
}

fn reach(edges: &HashMap<u32, Vec<u32>>, from: u32) -> Vec<u32> {
    let mut seen = BTreeSet::from([from]);
    let mut found = Vec::new();
    let mut next = vec![from];
    while !next.is_empty() {
        let step = next.iter().filter_map(|oid| edges.get(oid)).flatten();
        next = step.copied().filter(|oid| seen.insert(*oid)).collect();
        found.extend(&next);
    }
    found
}
