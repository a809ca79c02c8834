//! What a change of the rules means for routines: which are vouched for, what they take and what they show.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::Change;
use super::load::Policy;
use super::routines::{Meant, Of, Returns, RoutineRule};

const NOT: &str = "not vouched for";

/// The changes from `old` to `new`, for everyone who may call them.
pub fn revouched(old: &Policy, new: &Policy) -> Vec<Change> {
    let (before, after) = (by_name(old), by_name(new));
    let names: BTreeSet<&(String, String)> = before.keys().chain(after.keys()).collect();
    let changes = names.into_iter().filter_map(|name| {
        let (was, now) = (before.get(name), after.get(name));
        let tell = |rule: Option<&&RoutineRule>| rule.map_or(NOT.to_owned(), |rule| said(rule));
        let (told, telling) = (tell(was), tell(now));
        (told != telling).then(|| Change {
            role: None,
            object: name.0.clone(),
            database: name.1.clone(),
            what: "routine",
            was: told,
            now: telling,
            // A level alone can be a narrower one; what it takes and shows is for a reviewer to look at.
            widens: match (was, now) {
                (Some(was), Some(now)) => {
                    was.level > now.level
                        || taken(was) != taken(now)
                        || shown(&was.returns) != shown(&now.returns)
                }
                (None, Some(_)) => true,
                (Some(_) | None, None) => false,
            },
        })
    });
    changes.collect()
}

/// Each with what is said of it, without where it is said.
pub(super) fn routines(policy: &Policy) -> BTreeMap<String, String> {
    by_name(policy)
        .into_iter()
        .map(|((signature, database), rule)| {
            let name = if database.is_empty() {
                signature
            } else {
                format!("{signature} in {database}")
            };
            (name, said(rule))
        })
        .collect()
}

fn by_name(policy: &Policy) -> BTreeMap<(String, String), &RoutineRule> {
    let rules = policy.routines().iter();
    rules
        .map(|rule| {
            let database = rule.database.as_ref();
            let database = database.map_or("", |database| database.as_str());
            ((rule.signature(), database.to_owned()), rule)
        })
        .collect()
}

fn said(rule: &RoutineRule) -> String {
    let (taken, shown) = (taken(rule), shown(&rule.returns));
    let mut said = format!("vouched for at level {}", rule.level.name());
    if !taken.is_empty() {
        said += &format!(", takes {taken}");
    }
    if !shown.is_empty() {
        said += &format!(", gives {shown}");
    }
    said
}

fn taken(rule: &RoutineRule) -> String {
    named(&rule.args)
}

fn shown(returns: &Returns) -> String {
    match returns {
        Returns::Nothing => String::new(),
        Returns::Value(meant) => value(meant),
        Returns::Columns(columns) => named(columns),
    }
}

fn named(columns: &BTreeMap<String, Meant>) -> String {
    let columns = columns
        .iter()
        .map(|(name, meant)| format!("{name} = {}", value(meant)));
    columns.collect::<Vec<_>>().join(", ")
}

fn value(meant: &Meant) -> String {
    match &meant.of {
        Of::Class(class) => format!("class:{class}"),
        Of::Column(schema, table, column) => format!("{schema}.{table}.{column}"),
    }
}
