//! Which routines the rules vouch for, and what for.

use super::{Findings, Severity};
use crate::ground::Ground;
use crate::policy::{Gives, Protected};

/// Tells of each.
pub(super) fn check(ground: &Ground, findings: &mut Findings) {
    for vouched in &ground.world.protection.routines {
        let given = vouched.signature.given().zip(&vouched.takes);
        let mut parts: Vec<String> = given
            .enumerate()
            .filter_map(|(at, (argument, taken))| {
                let name = argument.name.clone();
                let name = name.unwrap_or_else(|| format!("argument {}", at + 1));
                Some(format!("{name} takes {}", named(&taken.as_ref()?.columns)))
            })
            .collect();
        match &vouched.gives {
            Gives::Value(columns) if columns.is_empty() => {}
            Gives::Value(columns) => parts.push(format!("gives {}", named(columns))),
            Gives::Row(columns) => {
                let columns = columns.iter().filter(|(_, columns)| !columns.is_empty());
                parts.extend(
                    columns.map(|(name, columns)| format!("{name} gives {}", named(columns))),
                );
            }
            Gives::Relation(oid) => {
                let relation = ground.world.snapshot.relations.get(oid);
                let name = relation.map(|relation| relation.qualified());
                parts.push(format!("gives rows of {}", name.unwrap_or_default()));
            }
        }
        let what = if parts.is_empty() {
            "neither takes nor gives protected values".to_owned()
        } else {
            parts.join(", ")
        };
        findings.add(
            Severity::Note,
            format!("routine {}", vouched.signature.shown()),
            format!(
                "is vouched for, whatever it does in the server: {what}; needs {}",
                vouched.level.name()
            ),
            "",
        );
    }
}

fn named(columns: &[std::sync::Arc<Protected>]) -> String {
    let names: Vec<String> = columns.iter().map(|column| column.qualified()).collect();
    names.join(" or ")
}
