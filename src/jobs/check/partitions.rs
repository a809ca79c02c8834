//! Partitions whose rows roles see otherwise than their parent's, or than each other's: a row that an UPDATE sends from one to another
//! is then seen otherwise. The proxy refuses such UPDATEs (SW203), and what it can say beforehand is here.

use super::{Findings, Severity};
use crate::catalog::RelationKind;
use crate::ground::Ground;
use crate::policy::{Circumstances, Rights, Sight};

const ALIKE: &str = "name the parent and all partitions in the rules alike, and grant on all of them; UPDATEs of the partition key are refused till then";

pub(super) fn check(ground: &Ground, findings: &mut Findings) {
    let world = &ground.world;
    let mut tables: Vec<_> = world.protection.tables.values().collect();
    tables.sort_by_key(|table| (&table.schema, &table.name));
    let met = Circumstances::Met;
    let roles = ground.policy.roles().keys().filter_map(|name| {
        let rights = ground.policy.rights_as(&world.protection, name, &met)?;
        Some((name, rights))
    });
    let roles: Vec<_> = roles.collect();
    for table in tables {
        let Some(own) = world.snapshot.relations.get(&table.oid) else {
            continue;
        };
        let parents = own.parents.iter();
        let parents = parents.filter_map(|oid| world.snapshot.relations.get(oid));
        for parent in parents.filter(|parent| parent.kind == RelationKind::PartitionedTable) {
            let of = world.protection.tables.get(&parent.oid);
            for column in table.columns.values() {
                let attnum = parent.column(&column.column).map(|own| own.attnum);
                let above = attnum.and_then(|attnum| of?.columns.get(&attnum));
                let Some(above) = above else {
                    findings.add(
                        Severity::Warning,
                        column.qualified(),
                        format!(
                            "is protected, and not in {}, of which its table is a partition",
                            parent.qualified()
                        ),
                        ALIKE,
                    );
                    continue;
                };
                let unlike = roles.iter().filter(|(_, rights)| {
                    seen(rights, column.table, column.attnum)
                        != seen(rights, above.table, above.attnum)
                });
                let names: Vec<&str> = unlike.map(|(name, _)| name.as_str()).collect();
                if !names.is_empty() {
                    findings.add(
                        Severity::Warning,
                        column.qualified(),
                        format!("is seen or searched otherwise than in {}, of which its table is a partition, by {}", parent.qualified(), names.join(", ")),
                        ALIKE,
                    );
                }
            }
        }
    }
}

/// What a role sees of a column, and whether it may search it.
fn seen(rights: &Rights, table: u32, attnum: i16) -> Option<(&Sight, bool)> {
    let right = rights.tables.get(&table)?.columns.get(&attnum)?;
    Some((&right.sight, right.sight == Sight::Reveal || right.search))
}
