//! What changed between two rule sets, in plain lines: for the log at a reload, and for reviews.

use std::collections::{BTreeMap, BTreeSet};

use super::load::Policy;
use super::revouched::routines;

/// The differences, sorted. Settings that only take effect at a start say so.
pub fn differences(old: &Policy, new: &Policy) -> Vec<String> {
    let mut lines = Vec::new();
    let (before, after) = (&old.settings, &new.settings);
    for (name, changed, at_start) in [
        (
            "listen",
            (&before.listen.address, before.listen.max_sessions)
                != (&after.listen.address, after.listen.max_sessions),
            true,
        ),
        (
            "listen.tls",
            (&before.listen.tls, before.listen.plain) != (&after.listen.tls, after.listen.plain),
            false,
        ),
        ("upstream", before.upstream != after.upstream, false),
        ("auth", before.auth != after.auth, false),
        ("keys", before.keys != after.keys, true),
        ("subjects", before.subjects != after.subjects, true),
        ("admin", before.admin != after.admin, true),
        ("limits", before.limits != after.limits, false),
        ("log", before.log != after.log, true),
        ("audit", before.audit != after.audit, true),
    ] {
        if changed {
            let when = if at_start {
                " (from the next start on)"
            } else {
                ""
            };
            lines.push(format!("changed settings [{name}]{when}"));
        }
    }
    let (before, after) = (columns(old), columns(new));
    compare("column", &before, &after, &mut lines);
    let modes = |policy: &Policy| -> BTreeMap<String, bool> {
        let tables = policy.tables.iter();
        tables
            .map(|table| (table.pattern.to_string(), table.observe))
            .collect()
    };
    compare("table", &modes(old), &modes(new), &mut lines);
    let subjects = |policy: &Policy| -> BTreeMap<String, _> {
        let tables = policy.tables.iter();
        let said = tables.filter_map(|table| {
            let rule = table.subject.as_ref()?;
            let said = (rule.column.clone(), rule.kind.clone(), rule.erasable);
            Some((table.pattern.to_string(), said))
        });
        said.collect()
    };
    compare("subject of", &subjects(old), &subjects(new), &mut lines);
    compare("role", &old.roles, &new.roles, &mut lines);
    compare("routine", &routines(old), &routines(new), &mut lines);
    lines.sort();
    lines
}

/// What is said of each column, without where it is said.
fn columns(policy: &Policy) -> BTreeMap<String, impl PartialEq + use<>> {
    let tables = policy.tables.iter();
    tables
        .flat_map(|table| {
            table.columns.iter().map(move |(name, rule)| {
                let said = (
                    table.database.clone(),
                    rule.class.clone(),
                    rule.declared.clone(),
                    rule.seal.clone(),
                    rule.default_mask.clone(),
                    rule.partial_mask.clone(),
                );
                (format!("{}.{name}", table.pattern), said)
            })
        })
        .collect()
}

fn compare<T: PartialEq>(
    what: &str,
    old: &BTreeMap<String, T>,
    new: &BTreeMap<String, T>,
    lines: &mut Vec<String>,
) {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let change = match (old.get(name), new.get(name)) {
            (Some(before), Some(after)) if before == after => continue,
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "removed",
            (None, Some(_)) => "added",
            (None, None) => continue,
        };
        lines.push(format!("{change} {what} {name}"));
    }
}
