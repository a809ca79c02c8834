//! `sealwire keys init|backup|restore|status`.

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::Failure;
use super::arguments::{Holding, Keys, Rules};
use super::common::{
    KEY_PASSPHRASE, holder, key_failure, key_passphrase, passphrase, policy, provider, provider_of,
};
use super::screen::{json, line};
use super::typed;
use crate::jobs;
use crate::keys::{
    self, Hygiene, KeyError, KeyProvider, KeysetInfo, Locked, WrappedKeyset, verify_backup,
    write_copy,
};
use crate::policy::KeyProviderKind;

/// The variable with a backup's passphrase.
const BACKUP_PASSPHRASE: &str = "SEALWIRE_BACKUP_PASSPHRASE";

pub(super) fn run(command: Keys, hygiene: Hygiene) -> Result<(), Failure> {
    match command {
        Keys::Init {
            provider,
            passphrase,
            rules,
        } => init(provider.map(kind), passphrase, &rules),
        Keys::Backup { file, rules } => backup(&file, &rules),
        Keys::Restore { file, rules } => restore(&file, &rules),
        Keys::Status { provider, rules } => status(provider.map(kind), &rules, hygiene),
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

fn backup(file: &Path, rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let provider = provider(&policy, &rules.rules)?;
    let passphrase = passphrase(BACKUP_PASSPHRASE)?;
    let keysets = jobs::copies(&policy.settings.keys.path).map_err(Failure::because)?;
    let bytes = keys::backup(&provider, &keysets, &passphrase).map_err(Failure::because)?;
    let mut output = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .map_err(|error| Failure::Failed(format!("{}: {error}", file.display())))?;
    output.write_all(&bytes)?;
    output.sync_all()?;
    // What was written is read again: a backup that was never opened is none.
    let summary = verify_backup(&std::fs::read(file)?, &passphrase).map_err(Failure::because)?;
    let wrapped_under = provider.describe().map_err(Failure::because)?.fingerprint;
    summary
        .record(wrapped_under)
        .write(&policy.settings.keys.path)
        .map_err(Failure::because)?;
    if rules.json {
        json(
            &json!({ "file": file, "key": summary.kek.to_string(), "keysets": summary.keysets.len() }),
        );
    } else {
        line(format!(
            "Key {} and {} keyset(s) are in {}, verified. Keep it, and its passphrase, elsewhere.",
            summary.kek,
            summary.keysets.len(),
            file.display()
        ));
    }
    Ok(())
}

fn restore(file: &Path, rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let passphrase = passphrase(BACKUP_PASSPHRASE)?;
    let key_passphrase = key_passphrase(&policy)?;
    let path = &policy.settings.keys.path;
    let restored = keys::restore(
        &std::fs::read(file)?,
        &passphrase,
        path,
        &rules.rules,
        key_passphrase.as_ref(),
    )
    .map_err(Failure::because)?;
    let mut by_environment: BTreeMap<[u8; 16], Vec<WrappedKeyset>> = BTreeMap::new();
    for keyset in restored.keysets {
        by_environment
            .entry(keyset.environment)
            .or_default()
            .push(keyset);
    }
    for (environment, keysets) in &by_environment {
        write_copy(&jobs::copy_path(path, *environment), keysets).map_err(Failure::because)?;
    }
    let info = restored.provider.describe().map_err(Failure::because)?;
    if rules.json {
        json(&json!({ "path": info.place, "key": info.fingerprint.to_string() }));
    } else {
        line(format!(
            "Key {} is back in {}.",
            info.fingerprint, info.place
        ));
    }
    Ok(())
}

fn status(other: Option<KeyProviderKind>, rules: &Rules, hygiene: Hygiene) -> Result<(), Failure> {
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
            "backed_up": status.backed_up,
            "backup_verified_at": status.backup.as_ref().map(|backup| backup.verified_at),
            "memory": {
                "core_dumps": !hygiene.no_core_file,
                "dumpable": !hygiene.not_dumpable,
                "locked": hygiene.locked == Locked::All,
            },
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
    }
    line(if status.backed_up {
        "A verified backup holds all of it."
    } else {
        "NO verified backup holds all of it: sealwire keys backup FILE"
    });
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
