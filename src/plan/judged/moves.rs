//! What an UPDATE does with rows beyond their values: it can send them to another partition, where other rules say what is
//! seen of them, and a foreign key finds the rows that it acts on in the order of an index.

use std::collections::HashSet;

use super::Row;
use crate::catalog::{ForeignKey, JudgeKind, Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::plan::analysis::Analysis;
use crate::plan::expression::value;
use crate::plan::lineage::{Column, Lineage};
use crate::plan::telling::with_heirs;
use crate::policy::Sight;

const UNLIKE: &str = "Protect the partitions alike, and give the role the same rights on them; or delete the row and insert it anew.";

const INDEX: &str = "Ask the table's owner for an index that does not hold that column, or for the right to search by it.";

impl Analysis<'_> {
    /// Needs rows that could go to another partition to be seen there as they are here.
    pub(super) fn stays_alike(
        &self,
        base: &Relation,
        row: &Row,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        if base.kind != RelationKind::PartitionedTable {
            return Ok(());
        }
        let heirs = with_heirs(&self.world.snapshot, base);
        if !heirs.iter().any(|owner| self.keyed(owner, row)) {
            return Ok(());
        }
        let tables = &self.world.protection.tables;
        let own = tables.get(&base.oid);
        let beneath: Vec<&Relation> = heirs
            .into_iter()
            .filter(|heir| heir.oid != base.oid)
            .collect();
        let names: HashSet<&str> = beneath
            .iter()
            .filter_map(|heir| tables.get(&heir.oid))
            .flat_map(|table| table.columns.values().map(|column| column.column.as_str()))
            .collect();
        for name in names {
            let of = |relation: &Relation| {
                let attnum = relation.column(name)?.attnum;
                let column = tables.get(&relation.oid)?.columns.get(&attnum)?;
                Some(self.right(column))
            };
            let seen = |relation: &Relation| {
                of(relation).map_or((Sight::Reveal, true), |right| {
                    let search = right.sight == Sight::Reveal || right.search;
                    (right.sight, search)
                })
            };
            // Who sees it by the parent sees it wherever it goes.
            if own.is_some() && seen(base).0 == Sight::Reveal {
                continue;
            }
            let mut all = beneath.iter().map(|heir| seen(heir));
            let first = all.next();
            if all.any(|other| first.as_ref() != Some(&other)) {
                let message = format!(
                    "the row could go to another partition of {}, where this role sees column {name} otherwise",
                    base.qualified()
                );
                return self
                    .refuse(Fault::WriteMissing, message, token)
                    .map_err(|refusal| refusal.with_hint(UNLIKE));
            }
        }
        Ok(())
    }

    /// Whether a column by which rows are divided among partitions is changed.
    fn keyed(&self, owner: &Relation, row: &Row) -> bool {
        if owner.kind != RelationKind::PartitionedTable {
            return false;
        }
        let altered = self.altered(owner);
        let changes = |attnum: &i16| match owner.columns.iter().find(|own| own.attnum == *attnum) {
            Some(own) => row.0.contains_key(&own.name) || altered.contains(&own.name),
            // The whole row, or a column that is not known.
            None => true,
        };
        let judges = self.world.snapshot.judges.get(&owner.oid);
        let mut keys = judges
            .into_iter()
            .flatten()
            .filter(|judge| judge.kind == JudgeKind::Partition)
            .peekable();
        // One that was made in this transaction has none that is known.
        keys.peek().is_none()
            || keys.any(|judge| judge.reads.iter().any(|(_, attnum)| changes(attnum)))
    }

    /// Needs the rows on which a foreign key acts not to be found by an index that has them in the order of what is hidden:
    /// they are written, or gone, one after the other.
    pub(super) fn acts_unordered(
        &self,
        from: &Relation,
        key: &ForeignKey,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let names = |relation: &Relation, attnums: &[i16]| -> HashSet<String> {
            let own = relation.columns.iter();
            let own = own.filter(|column| attnums.contains(&column.attnum));
            own.map(|column| column.name.clone()).collect()
        };
        let sought = names(from, &key.from.1);
        for owner in with_heirs(&self.world.snapshot, from) {
            let Some(table) = self.world.protection.tables.get(&owner.oid) else {
                continue;
            };
            let one_row = owner
                .keys
                .iter()
                .any(|own| !own.is_empty() && names(owner, own).is_subset(&sought));
            if one_row {
                continue;
            }
            let columns: Vec<Column> = owner
                .columns
                .iter()
                .map(|own| Column {
                    name: own.name.clone(),
                    lineage: match table.columns.get(&own.attnum) {
                        Some(column) => value(column, None),
                        None => Lineage::Plain,
                    },
                })
                .collect();
            let telling = self.telling(owner, &columns);
            if let Some(telling) = telling.iter().find(|own| own.serves(&sought)) {
                let message = format!(
                    "foreign key \"{}\" could act on rows of {} in the order of a column that this role may not search by, which index \"{}\" holds",
                    key.name,
                    owner.qualified(),
                    telling.index()
                );
                return self
                    .refuse(Fault::SearchMissing, message, token)
                    .map_err(|refusal| refusal.with_hint(INDEX));
            }
        }
        Ok(())
    }
}
