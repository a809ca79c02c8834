//! `sealwire keys init|status`, and the way to the others.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::Failure;
use super::arguments::{Holding, Keys, Rules};
use super::common::{KEY_PASSPHRASE, holder, key_failure, key_passphrase, policy, provider_of};
use super::screen::{json, line};
use super::typed;
use super::{backup, drill, keysets, recovery};
use crate::jobs::{self, KeysetUse};
use crate::keys::{self, Hygiene, KeyError, KeyProvider, KeysetInfo};
use crate::policy::KeyProviderKind;

pub(super) async fn run(command: Keys, hygiene: Hygiene) -> Result<(), Failure> {
    match command {
        Keys::Init {
            provider,
            passphrase,
            name: None,
            live,
        } => init(provider.map(kind), passphrase, &live.rules),
        Keys::Init {
            name: Some(name),
            live,
            ..
        } => keysets::add(&name, &live).await,
        Keys::Backup { file, into, rules } => backup::write(&file, &into, &rules),
        Keys::Verify { file, from, rules } => backup::verify(file.as_deref(), &from, &rules),
        Keys::Restore { file, from, rules } => backup::restore(file.as_deref(), &from, &rules),
        Keys::Drill(drill) => drill::run(&drill).await,
        Keys::Status { provider, live } => {
            let uses = keysets::uses(provider.map(kind), &live).await?;
            status(provider.map(kind), &live.rules, hygiene, &uses)
        }
    }
}

/// As the rules know it.
pub(super) fn kind(holding: Holding) -> KeyProviderKind {
    match holding {
        Holding::File => KeyProviderKind::File,
        Holding::Pkcs11 => KeyProviderKind::Pkcs11,
        Holding::Vault => KeyProviderKind::Vault,
    }
}

fn init(other: Option<KeyProviderKind>, ask: bool, rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let of_file = other.unwrap_or(policy.settings.keys.provider) == KeyProviderKind::File;
    if ask && !of_file {
        return Err(Failure::Usage(
            "a passphrase is for key files alone: what another provider is used with is made there"
                .to_owned(),
        ));
    }
    let passphrase = match (of_file, ask) {
        (true, true) => Some(typed::new_passphrase(
            KEY_PASSPHRASE,
            "Passphrase of the new key file",
        )?),
        (true, false) => key_passphrase(&policy)?,
        (false, _) => None,
    };
    let made = holder(&policy, other)?.create(&rules.rules, passphrase.as_ref());
    let info = made.and_then(|made| made.describe());
    let info = info.map_err(|error| match error {
        // What there is stays as it is: nothing is wrong with the rules.
        KeyError::Exists { .. } | KeyError::RemoteExists { .. } => Failure::because(error),
        other => key_failure(&other),
    })?;
    if rules.json {
        json(
            &json!({ "provider": info.provider, "path": info.place, "key": info.fingerprint.to_string(), "passphrase": info.passphrase }),
        );
    } else if of_file {
        line(format!("Key {} is in {}.", info.fingerprint, info.place));
        line(
            "Without this file, or a backup of it, every sealed value is lost. Next: sealwire init, sealwire keys backup.",
        );
    } else {
        line(format!(
            "Key {} is made by provider {}: {}.",
            info.fingerprint, info.provider, info.place
        ));
        line(
            "Without it, or a backup of the keysets, every sealed value is lost. Next: sealwire init (or sealwire rotate kek), sealwire keys backup.",
        );
    }
    Ok(())
}

fn status(
    other: Option<KeyProviderKind>,
    rules: &Rules,
    hygiene: Hygiene,
    uses: &[KeysetUse],
) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let settings = &policy.settings.keys;
    let provider = provider_of(&policy, &rules.rules, other)?;
    let keysets = jobs::copies(&settings.path).map_err(Failure::because)?;
    let status =
        keys::status(&provider, &settings.path, &keysets).map_err(|error| key_failure(&error))?;
    let remote = other.unwrap_or(settings.provider) != KeyProviderKind::File;
    let cache = settings.cache.filter(|_| remote);
    if rules.json {
        json(&json!({
            "provider": status.kek.provider,
            "path": status.kek.place,
            "key": status.kek.fingerprint.to_string(),
            "passphrase": status.kek.passphrase,
            "answered_at": status.health.last_success.map(seconds),
            "cache_seconds": cache.map(|cache| cache.as_secs()),
            "keysets": status.keysets.iter().map(|(info, opens)| json!({
                "id": info.id.to_string(), "name": info.name, "slot": info.slot, "epoch": info.epoch, "opens": opens,
            })).collect::<Vec<_>>(),
            "in_use": uses.iter().map(keysets::document).collect::<Vec<_>>(),
            "backed_up": status.backed_up,
            "backup_verified_at": status.backup.as_ref().map(|backup| backup.verified_at),
            "recovery": recovery::document(&settings.path),
            "memory": recovery::memory(hygiene),
        }));
        return Ok(());
    }
    line(match (remote, status.kek.passphrase) {
        (false, true) => format!(
            "Key {} in {}, under a passphrase",
            status.kek.fingerprint, status.kek.place
        ),
        (false, false) => format!("Key {} in {}", status.kek.fingerprint, status.kek.place),
        (true, _) => format!(
            "Key {} of provider {}: {}",
            status.kek.fingerprint, status.kek.provider, status.kek.place
        ),
    });
    if remote {
        line(match cache {
            Some(cache) => format!(
                "  It answers. Keys are used for {} seconds at most without an answer of it.",
                cache.as_secs()
            ),
            None => "  It answers. Keys are used without an answer of it until the proxy ends."
                .to_owned(),
        });
    }
    for (info, opens) in &status.keysets {
        let KeysetInfo {
            id,
            slot,
            epoch,
            name,
        } = info;
        let opens = if *opens {
            "opens"
        } else {
            "DOES NOT OPEN under this key"
        };
        line(format!(
            "  keyset {id} of {name}, slot {slot}, epoch {epoch}: {opens}"
        ));
        let used = uses.iter().filter(|used| used.info == *info);
        used.map(keysets::text).for_each(line);
    }
    line(if status.backed_up {
        "A verified backup holds all of it."
    } else {
        "NO verified backup holds all of it: sealwire keys backup FILE"
    });
    recovery::lines(&settings.path).into_iter().for_each(line);
    line(format!(
        "Memory of a process started as this one: {hygiene}."
    ));
    Ok(())
}

fn seconds(moment: SystemTime) -> u64 {
    moment
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
