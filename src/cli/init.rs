//! `sealwire init`.

use serde_json::json;

use super::Failure;
use super::arguments::Live;
use super::common::{connect, key_failure, policy, provider};
use super::screen::{json, line};
use crate::jobs;
use crate::keys::KeyProvider;

pub(super) async fn run(live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client = connect(&policy, live).await?;
    let user = &policy.settings.upstream.service.user;
    let report = jobs::init(&mut client, &provider, &policy.settings.keys.path, user)
        .await
        .map_err(Failure::because)?;
    if let Some(subjects) = provider.subjects() {
        subjects.serves(&report.database);
        let there = subjects.exists().map_err(|error| key_failure(&error))?;
        if !there && report.holds_subjects {
            return Err(Failure::Failed(
                "the database holds values under the keys of data subjects, and the store of [subjects] is not there: bring it back from its backup".to_owned(),
            ));
        }
        subjects
            .create(&live.rules.rules)
            .map_err(|error| key_failure(&error))?;
    }
    if live.rules.json {
        json(&json!({ "created": report.created, "copy": report.copy, "grants": report.grants }));
        return Ok(());
    }
    line(if report.created {
        "Schema sealwire is made: type, registry, and a keyset wrapped by your key."
    } else {
        "Schema sealwire was there already."
    });
    line(format!(
        "The copy of the wrapped keysets is in {}.",
        report.copy.display()
    ));
    line(format!("The service user {user} has:"));
    for grant in &report.grants {
        line(format!("  {grant}"));
    }
    Ok(())
}
