//! `sealwire status`: what is protected in a database, and how; how clients come in, and how the server is reached.

use serde_json::json;

use super::Failure;
use super::arguments::Site;
use super::common::{ground, mask, policy};
use super::screen::{json, line};
use super::{recovery, ways};
use crate::keys::Hygiene;
use crate::policy::{Protected, Storage};
use crate::seal::Scheme;

pub(super) async fn run(site: &Site, hygiene: Hygiene) -> Result<(), Failure> {
    let policy = policy(&site.rules.rules)?;
    let settings = policy.settings.clone();
    let ground = ground(policy, site).await?;
    let subjects = ground.keyring.subjects().map(|subjects| subjects.current());
    let mut tables: Vec<_> = ground.world.protection.tables.values().collect();
    tables.sort_by_key(|table| (&table.schema, &table.name));
    let columns = || tables.iter().flat_map(|table| table.columns.values());
    if site.rules.json {
        json(&json!({
            "database": ground.world.snapshot.database,
            "initialised": ground.initialised,
            "rules": ground.policy.hash,
            "listen": ways::listen(&settings),
            "upstream": ways::upstream(&settings),
            "recovery": recovery::document(&settings.keys.path),
            "subjects": subjects.as_ref().map(recovery::subjects_document),
            "memory": recovery::memory(hygiene),
            "columns": columns().map(|column| json!({
                "table": column.table_name,
                "column": column.column,
                "class": column.class,
                "storage": storage(column),
                "default_mask": mask(&column.default_mask),
                "partial_mask": column.partial_mask.as_ref().map(mask),
            })).collect::<Vec<_>>(),
            "problems": ground.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }));
        return Ok(());
    }
    line(format!(
        "Database {}, rules {}{}",
        ground.world.snapshot.database,
        ground.policy.hash.get(..12).unwrap_or(&ground.policy.hash),
        if ground.initialised {
            ""
        } else {
            ", not initialised: sealwire init"
        }
    ));
    ways::lines(&settings).into_iter().for_each(line);
    recovery::lines(&settings.keys.path)
        .into_iter()
        .for_each(line);
    if let Some(root) = &subjects {
        line(recovery::subjects_line(root));
    }
    line(format!(
        "Memory of a process started as this one: {hygiene}."
    ));
    for column in columns() {
        line(format!("  {:40} {}", column.qualified(), storage(column)));
    }
    for problem in ground.problems.iter() {
        line(format!("  ! {problem}"));
    }
    Ok(())
}

fn storage(column: &Protected) -> &'static str {
    match &column.storage {
        Storage::Sealed(spec) => match spec.scheme {
            Scheme::Deterministic => "sealed, equality",
            Scheme::Random => "sealed, random",
            Scheme::Subject => "sealed, erasable",
        },
        Storage::MaskedOnly => "in plaintext, masked only",
        Storage::NotYetSealed => "STILL IN PLAINTEXT: refused until `sealwire protect` has run",
        Storage::RuleMissing => "registered, and NO RULE names it: refused",
    }
}
