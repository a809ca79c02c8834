//! `sealwire keys init|status`, and the way to the others.

use serde_json::json;

use super::Failure;
use super::arguments::{Keys, Rules};
use super::backup;
use super::common::{key_passphrase, policy, provider};
use super::screen::{json, line};
use crate::jobs;
use crate::keys::{self, FileProvider, KeyProvider, KeysetInfo};

pub(super) fn run(command: Keys) -> Result<(), Failure> {
    match command {
        Keys::Init(rules) => init(&rules),
        Keys::Backup { file, into, rules } => backup::write(&file, &into, &rules),
        Keys::Verify { file, from, rules } => backup::verify(&file, &from, &rules),
        Keys::Restore { file, from, rules } => backup::restore(&file, &from, &rules),
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
