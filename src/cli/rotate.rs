//! `sealwire rotate kek`, and the way to `sealwire rotate keyset`.

use serde_json::json;

use super::arguments::{Holding, Live, Rotate};
use super::common::{connect, holder, key_failure, key_passphrase, policy, provider};
use super::keys::kind;
use super::screen::{json, line};
use super::{Failure, keyset};
use crate::jobs;
use crate::keys::{Holder, KeyProvider};

pub(super) async fn run(command: Rotate) -> Result<(), Failure> {
    match command {
        Rotate::Kek { to, key_file, live } => kek(to, key_file, &live).await,
        Rotate::Subjects { if_due, rules } => super::erase::roll(&rules, if_due),
        Rotate::Keyset(command) => keyset::run(&command).await,
    }
}

async fn kek(
    to: Holding,
    key_file: Option<std::path::PathBuf>,
    live: &Live,
) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let rules = &live.rules.rules;
    let settings = &policy.settings.keys;
    let from = provider(&policy, rules)?;
    let passphrase = key_passphrase(&policy)?;
    let (target, path) = match (to, key_file) {
        (Holding::File, Some(file)) => (Holder::File(file.clone()), file),
        (Holding::Pkcs11 | Holding::Vault, Some(_)) => {
            return Err(Failure::Usage("--key-file goes with --to file".to_owned()));
        }
        (to, None) => (holder(&policy, Some(kind(to)))?, settings.path.clone()),
    };
    let to = match &target {
        Holder::File(file) if !file.exists() => target.create(rules, passphrase.as_ref()),
        Holder::File(_) | Holder::Pkcs11(_) | Holder::Vault(_) => {
            target.open(rules, passphrase.as_ref(), settings.cache)
        }
    }
    .map_err(|error| key_failure(&error))?;
    let info = to.describe().map_err(|error| key_failure(&error))?;
    let mut client = connect(&policy, live).await?;
    // None are there where the key is new.
    let copies = jobs::copies(&path).unwrap_or_default();
    if let Some(subjects) = from.subjects()
        && subjects.exists().map_err(|error| key_failure(&error))?
    {
        // First: what is wrapped by both keys is opened by whoever uses either.
        subjects
            .wrap_also(&to)
            .map_err(|error| key_failure(&error))?;
    }
    let report = jobs::rotate_kek(&mut client, &from, &to, &path, &copies)
        .await
        .map_err(Failure::because)?;
    if live.rules.json {
        json(&json!({
            "provider": info.provider,
            "path": info.place,
            "key": info.fingerprint.to_string(),
            "wrapped": report.wrapped,
            "already": report.already,
            "copy": report.copy,
        }));
        return Ok(());
    }
    line(format!(
        "{} keyset(s) are wrapped under key {} of provider {} now; {} were already.",
        report.wrapped, info.fingerprint, info.provider, report.already
    ));
    line(format!(
        "The copy of the wrapped keysets is in {}.",
        report.copy.display()
    ));
    line(format!(
        "Next: provider = \"{}\" in [keys], with path = {:?}; start the proxies again, one after the other; sealwire keys backup; then the old key can go. Until then keep it.",
        info.provider,
        path.display()
    ));
    Ok(())
}
