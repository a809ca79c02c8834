//! `sealwire keys init --name`, and what `sealwire keys status` says of a database.

use serde_json::{Value, json};

use super::Failure;
use super::arguments::Live;
use super::common::{connect, policy, provider, provider_of};
use super::protect::explained;
use super::screen::{json, line};
use crate::jobs::{self, KeysetUse};
use crate::policy::KeyProviderKind;

pub(super) async fn add(name: &str, live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client = connect(&policy, live).await?;
    let path = &policy.settings.keys.path;
    let added = jobs::add_keyset(&mut client, &provider, path, name).await;
    let (info, copy) = added.map_err(explained)?;
    if live.rules.json {
        json(
            &json!({ "id": info.id.to_string(), "name": info.name, "slot": info.slot, "epoch": info.epoch, "copy": copy }),
        );
        return Ok(());
    }
    line(format!(
        "Keyset {} of {:?} is in slot {}. Nothing is sealed under it yet.",
        info.id, info.name, info.slot
    ));
    line(format!(
        "Next: sealwire keys backup FILE; then keyset = {:?} in [tables.…] of the rules, and sealwire protect.",
        info.name
    ));
    Ok(())
}

/// What a database says of its keysets, where one is named.
pub(super) async fn uses(
    other: Option<KeyProviderKind>,
    live: &Live,
) -> Result<Vec<KeysetUse>, Failure> {
    if live.upstream.is_none() && live.database.is_none() {
        return Ok(Vec::new());
    }
    let policy = policy(&live.rules.rules)?;
    let provider = provider_of(&policy, &live.rules.rules, other)?;
    let mut client = connect(&policy, live).await?;
    let found = jobs::keysets_in_use(&mut client, &provider).await;
    found.map_err(explained)
}

pub(super) fn document(used: &KeysetUse) -> Value {
    json!({
        "id": used.info.id.to_string(),
        "name": used.info.name,
        "slot": used.info.slot,
        "epoch": used.info.epoch,
        "provider": used.provider,
        "made_at": used.made_at,
        "days": used.days,
        "columns": used.columns,
    })
}

pub(super) fn text(used: &KeysetUse) -> String {
    let columns = match used.columns.as_slice() {
        [] => "no column seals under it".to_owned(),
        columns => format!("seals {}", columns.join(", ")),
    };
    format!(
        "    made {} ({} days ago), wrapped by provider {}; {columns}",
        used.made_at, used.days, used.provider
    )
}
