//! What the rules and the catalog alone say of each protected column.

use super::{Findings, Severity};
use crate::ground::Ground;
use crate::mask::Mask;
use crate::policy::{Circumstances, Protected, Sight, Storage};
use crate::value::Kind;

/// Fewer guesses than this are no obstacle: 2^40.
const ENOUGH_BITS: f64 = 40.0;

pub(super) fn check(ground: &Ground, findings: &mut Findings) {
    let world = &ground.world;
    for table in world.protection.tables.values() {
        let relation = world.snapshot.relations.get(&table.oid);
        for (attnum, column) in &table.columns {
            let live = relation
                .and_then(|relation| relation.columns.iter().find(|live| live.attnum == *attnum));
            let Some(live) = live else { continue };
            let name = column.qualified();
            match &column.storage {
                Storage::NotYetSealed => findings.add(
                    Severity::Error,
                    &name,
                    "is to be sealed and still holds plaintext",
                    format!("run `sealwire protect {}`", column.table_name),
                ),
                Storage::MaskedOnly => findings.add(
                    Severity::Note,
                    &name,
                    "is stored in plaintext and masked only: that rests on the analysis of statements alone, and a direct connection to the server sees it",
                    "seal it, and let nobody but Sealwire reach the server",
                ),
                Storage::Sealed(_) if live.has_default => findings.add(
                    Severity::Error,
                    &name,
                    "is sealed and has a default in the server, which would be refused as plaintext",
                    "drop the default in the server",
                ),
                // RuleMissing is among the rules' problems.
                Storage::Sealed(_) | Storage::RuleMissing => {}
            }
            if matches!(column.declared.kind, Kind::Enum(_))
                && matches!(column.storage, Storage::Sealed(_))
            {
                findings.add(
                    Severity::Note,
                    &name,
                    "holds labels of an enum sealed: ALTER TYPE … RENAME VALUE does not follow into them",
                    "",
                );
            }
            if live.not_null && column.default_mask == Mask::Null {
                findings.add(
                    Severity::Warning,
                    &name,
                    "is NOT NULL, and its default mask is NULL: applications may not expect it",
                    "give it masks = { default = \"zero\" } or a fixed text",
                );
            }
        }
        if table
            .columns
            .values()
            .any(|column| matches!(column.storage, Storage::Sealed(_)))
            && world.snapshot.triggered.contains(&table.oid)
        {
            findings.add(
                Severity::Note,
                format!("{}.{}", table.schema, table.name),
                "has triggers or rules, which see sealed values",
                "",
            );
        }
    }
    guesses(ground, findings);
    cascades(ground, findings);
}

/// Roles that may search a column whose mask leaves too little to guess.
fn guesses(ground: &Ground, findings: &mut Findings) {
    for name in ground.policy.roles().keys() {
        // Whether a grant holds just now says nothing of what it gives.
        let met = Circumstances::Met;
        let Some(rights) = (ground.policy).rights_as(&ground.world.protection, name, &met) else {
            continue;
        };
        for (oid, table) in &rights.tables {
            let Some(protected) = ground.world.protection.tables.get(oid) else {
                continue;
            };
            for (attnum, right) in &table.columns {
                let (Sight::Mask(mask), true) = (&right.sight, right.search) else {
                    continue;
                };
                let Some(column) = protected.columns.get(attnum) else {
                    continue;
                };
                if column.order().is_some() {
                    findings.add(
                        Severity::Warning,
                        column.qualified(),
                        format!(
                            "role {name} sees a mask of it and may search it by its order: every comparison halves what is left, so some dozens give a value away, and a sort shows the rank of every row"
                        ),
                        "give the role reveal, or no search; constants are counted and capped either way",
                    );
                } else if let Some(bits) = few_bits(column, mask) {
                    findings.add(
                        Severity::Warning,
                        column.qualified(),
                        format!(
                            "role {name} sees a mask of it and may search it: at most 2^{bits:.0} guesses give the value away"
                        ),
                        "give the role another mask, or no search; constants are counted and capped either way",
                    );
                }
            }
        }
    }
}

fn few_bits(column: &Protected, mask: &Mask) -> Option<f64> {
    mask.hidden_bits(&column.declared)
        .filter(|bits| *bits < ENOUGH_BITS)
}

/// Foreign keys whose actions change protected rows from a table that is not protected.
fn cascades(ground: &Ground, findings: &mut Findings) {
    let world = &ground.world;
    for key in &world.snapshot.foreign_keys {
        let Some(table) = world.protection.tables.get(&key.from.0) else {
            continue;
        };
        if world.protection.tables.contains_key(&key.to.0) {
            continue;
        }
        let parent = world.snapshot.relations.get(&key.to.0).map_or_else(
            || "another table".to_owned(),
            |relation| relation.qualified(),
        );
        let acts = match (key.on_delete_acts, key.on_update_acts) {
            (true, true) => "DELETE and UPDATE",
            (true, false) => "DELETE",
            (false, true) => "UPDATE",
            (false, false) => continue,
        };
        findings.add(
            Severity::Note,
            format!("{}.{}", table.schema, table.name),
            format!(
                "{acts} on {parent} reaches its rows through foreign key {}: Sealwire wants the level on this table for it, a direct connection does not",
                key.name
            ),
            "",
        );
    }
}
