//! `sealwire rules`: about the rule files themselves.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::Failure;
use super::arguments::RulesCommand;
use super::common::mask;
use super::screen::{json, line};
use crate::jobs;
use crate::policy::{self, Change, NO_ROLE, NamedTable, Policy, UpstreamSettings};
use crate::upstream::service;

pub(super) async fn run(command: RulesCommand) -> Result<(), Failure> {
    match command {
        RulesCommand::Schema { out } => schema(out.as_deref()),
        RulesCommand::Diff {
            old,
            new,
            role,
            upstream,
            json,
        } => diff(&old, &new, role.as_deref(), upstream.as_deref(), json).await,
    }
}

fn schema(out: Option<&Path>) -> Result<(), Failure> {
    let Some(folder) = out else {
        for (_, text) in policy::schemas() {
            line(text.trim_end());
        }
        return Ok(());
    };
    std::fs::create_dir_all(folder)?;
    for (name, text) in policy::schemas() {
        std::fs::write(folder.join(name), text)?;
        line(folder.join(name).display());
    }
    Ok(())
}

/// Exit codes as of diff: 0 where nothing changes, 1 where something does.
async fn diff(
    old: &Path,
    new: &Path,
    role: Option<&str>,
    upstream: Option<&str>,
    as_json: bool,
) -> Result<(), Failure> {
    // Mistakes of both folders at once. Both are read as if they lay where the new one does.
    let (before, after) = match (Policy::load_as(old, new), Policy::load(new)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            let problems = before.err().into_iter().chain(after.err()).flatten();
            return Err(Failure::Configuration(
                problems.map(|problem| problem.to_string()).collect(),
            ));
        }
    };
    let tables = match upstream {
        None => None,
        Some(url) => Some(tables(url, &after.settings.upstream).await?),
    };
    let mut changes =
        policy::compare(&before, &after, role, tables.as_deref(), &mask).map_err(|role| {
            Failure::Usage(format!(
                "no role `{role}` in either rule set; a login is named as pg:{role}"
            ))
        })?;
    if role.is_none() {
        changes.extend(policy::resealed(&before, &after));
        changes.extend(policy::revouched(&before, &after));
    }
    if as_json {
        json(
            &json!({ "old": before.hash, "new": after.hash, "changes": changes.iter().map(document).collect::<Vec<_>>() }),
        );
    } else {
        page(&changes);
    }
    if changes.is_empty() {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

async fn tables(url: &str, upstream: &UpstreamSettings) -> Result<Vec<NamedTable>, Failure> {
    let mut client = service::connect_owner(url, upstream).await?;
    let (database, names) = jobs::tables(&mut client).await.map_err(Failure::because)?;
    let tables = names.into_iter().map(|(schema, table)| NamedTable {
        database: database.clone(),
        schema,
        table,
    });
    Ok(tables.collect())
}

fn document(change: &Change) -> Value {
    json!({
        "role": change.role,
        "database": (!change.database.is_empty()).then_some(&change.database),
        "object": change.object,
        "what": change.what,
        "was": change.was,
        "now": change.now,
        "widens": change.widens,
    })
}

fn page(changes: &[Change]) {
    if changes.is_empty() {
        line("Nothing changes for anyone.");
        return;
    }
    let mut of_role: BTreeMap<Option<&str>, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        of_role
            .entry(change.role.as_deref())
            .or_default()
            .push(change);
    }
    for (role, changes) in of_role {
        line(match role {
            None => "For everyone:".to_owned(),
            Some(NO_ROLE) => "Who has no role:".to_owned(),
            Some(role) => format!("As {role}:"),
        });
        for change in changes {
            let database = if change.database.is_empty() {
                String::new()
            } else {
                format!(" in {}", change.database)
            };
            // What opens something is what a reviewer looks for.
            let mark = if change.widens { "+" } else { "-" };
            line(format!(
                "  {mark} {}{database} {}: {}",
                change.object,
                change.what,
                match change.was.as_str() {
                    "" => change.now.clone(),
                    was => format!("{was} -> {}", change.now),
                }
            ));
        }
    }
    let widening = changes.iter().filter(|change| change.widens).count();
    line(format!(
        "{} change(s), {widening} of which (+) let someone see or do more.",
        changes.len()
    ));
}
