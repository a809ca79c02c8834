//! `sealwire check`: the rules alone, or bound to a live database.

use serde_json::json;

use super::Failure;
use super::arguments::{Live, Rules, Site};
use super::common::{ground, policy};
use super::screen::{json, line};
use crate::policy::Storage;

pub(super) async fn run(live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let hash = policy.hash.clone();
    let database = match (&live.database, &live.upstream) {
        (Some(database), _) => Some(database.clone()),
        (None, Some(url)) => Some(database_of(url)?),
        (None, None) => None,
    };
    let mut problems = Vec::new();
    if database.is_some() {
        let site = Site {
            rules: Rules {
                rules: live.rules.rules.clone(),
                json: live.rules.json,
            },
            database,
        };
        let ground = ground(policy, &site).await?;
        problems.extend(ground.problems.iter().map(ToString::to_string));
        problems.extend(ground.lost.iter().map(|column| {
            format!(
                "registry: {}: the registered column is gone",
                column.qualified()
            )
        }));
        let protection = &ground.world.protection;
        for column in protection
            .tables
            .values()
            .flat_map(|table| table.columns.values())
        {
            match column.storage {
                Storage::NotYetSealed => problems.push(format!(
                    "{} still lies in plaintext: run `sealwire protect {}`",
                    column.qualified(),
                    column.table_name
                )),
                Storage::RuleMissing => problems.push(format!(
                    "{} is registered and no rule names it: restore the rule or run `sealwire unprotect {}`",
                    column.qualified(),
                    column.table_name
                )),
                Storage::Sealed(_) | Storage::MaskedOnly => {}
            }
        }
        problems.sort();
        if !ground.initialised {
            problems.push("schema sealwire is not there: run `sealwire init`".to_owned());
        }
    }
    if live.rules.json {
        json(&json!({ "rules": hash, "problems": problems }));
    } else {
        line(format!(
            "The rules are valid ({}).",
            hash.get(..12).unwrap_or(&hash)
        ));
        for problem in &problems {
            line(format!("  ! {problem}"));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

/// The database that a URL names.
fn database_of(url: &str) -> Result<String, Failure> {
    url.parse::<tokio_postgres::Config>()
        .ok()
        .and_then(|config| config.get_dbname().map(str::to_owned))
        .ok_or_else(|| Failure::Usage("--upstream names no database".to_owned()))
}
