//! `sealwire keys init|backup|restore|status`.

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde_json::json;

use super::Failure;
use super::arguments::{Keys, Rules};
use super::common::{key_passphrase, passphrase, policy, provider};
use super::screen::{json, line};
use crate::jobs;
use crate::keys::{
    self, FileProvider, KeyProvider, KeysetInfo, WrappedKeyset, verify_backup, write_copy,
};

/// The variable with a backup's passphrase.
const BACKUP_PASSPHRASE: &str = "SEALWIRE_BACKUP_PASSPHRASE";

pub(super) fn run(command: Keys) -> Result<(), Failure> {
    match command {
        Keys::Init(rules) => init(&rules),
        Keys::Backup { file, rules } => backup(&file, &rules),
        Keys::Restore { file, rules } => restore(&file, &rules),
        Keys::Status(rules) => status(&rules),
    }
}

fn init(rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let passphrase = key_passphrase()?;
    let provider = FileProvider::create(
        &policy.settings.keys.path,
        &rules.rules,
        passphrase.as_ref(),
    )
    .map_err(Failure::because)?;
    let info = provider.describe();
    if rules.json {
        json(
            &json!({ "path": info.place, "key": info.fingerprint.to_string(), "passphrase": info.passphrase }),
        );
    } else {
        line(format!("Key {} is in {}.", info.fingerprint, info.place));
        line(
            "Without this file, or a backup of it, every sealed value is lost. Next: sealwire init, sealwire keys backup.",
        );
    }
    Ok(())
}

fn backup(file: &Path, rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let provider = provider(&policy, &rules.rules)?;
    let passphrase = passphrase(BACKUP_PASSPHRASE)?;
    let keysets = jobs::copies(provider.path()).map_err(Failure::because)?;
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
    summary
        .record()
        .write(provider.path())
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
    let key_passphrase = key_passphrase()?;
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
    let info = restored.provider.describe();
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

fn status(rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let provider = provider(&policy, &rules.rules)?;
    let keysets = jobs::copies(provider.path()).map_err(Failure::because)?;
    let status = keys::status(&provider, &keysets).map_err(Failure::because)?;
    if rules.json {
        json(&json!({
            "provider": status.kek.provider,
            "path": status.kek.place,
            "key": status.kek.fingerprint.to_string(),
            "passphrase": status.kek.passphrase,
            "keysets": status.keysets.iter().map(|(info, opens)| json!({
                "id": info.id.to_string(), "name": info.name, "slot": info.slot, "epoch": info.epoch, "opens": opens,
            })).collect::<Vec<_>>(),
            "backed_up": status.backed_up,
            "backup_verified_at": status.backup.as_ref().map(|backup| backup.verified_at),
        }));
        return Ok(());
    }
    line(format!(
        "Key {} in {}{}",
        status.kek.fingerprint,
        status.kek.place,
        if status.kek.passphrase {
            ", under a passphrase"
        } else {
            ""
        }
    ));
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
    Ok(())
}
