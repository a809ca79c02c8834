//! `sealwire check`: the rules alone.

use serde_json::json;

use super::Failure;
use super::arguments::Live;
use super::common::policy;
use super::screen::{json, line};

pub(super) async fn run(live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    if live.rules.json {
        json(&json!({ "rules": policy.hash }));
    } else {
        line(format!(
            "The rules are valid ({}).",
            policy.hash.get(..12).unwrap_or(&policy.hash)
        ));
    }
    Ok(())
}
