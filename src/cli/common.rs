//! What most commands begin with: the rules, the key, a connection.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio_postgres::Client;
use zeroize::Zeroizing;

use super::Failure;
use super::arguments::{Live, Site};
use super::typed;
use crate::gate;
use crate::ground::{Ground, Grounds, SubjectDatabase};
use crate::keys::{
    Holder, KeyError, Passphrase, Pkcs11Settings, Provider, SubjectPlace, SubjectSettings,
    VaultLogin, VaultSettings,
};
use crate::mask::Mask;
use crate::policy::{KeyProviderKind, Policy, SubjectStore, VaultAccess};
use crate::tls;
use crate::upstream::service;

/// The variable with the key file's passphrase.
pub(super) const KEY_PASSPHRASE: &str = "SEALWIRE_KEY_PASSPHRASE";

/// The variable with the password of the database that is the store of subjects' keys.
const SUBJECTS_PASSWORD: &str = "SEALWIRE_SUBJECTS_PASSWORD";

/// Loads and validates the rules; every mistake at once.
pub(super) fn policy(rules: &Path) -> Result<Policy, Failure> {
    Policy::load(rules).map_err(|problems| {
        Failure::Configuration(problems.iter().map(ToString::to_string).collect())
    })
}

/// The key file's passphrase, where the variable is set or the rules name a file.
pub(super) fn key_passphrase(policy: &Policy) -> Result<Option<Passphrase>, Failure> {
    match &policy.settings.keys.passphrase_file {
        Some(file) => Passphrase::from_file(file).map(Some).map_err(|error| {
            Failure::Configuration(vec![format!("sealwire: keys.passphrase_file: {error}")])
        }),
        None if std::env::var_os(KEY_PASSPHRASE).is_none() => Ok(None),
        None => passphrase(KEY_PASSPHRASE).map(Some),
    }
}

/// Who holds the key by the rules, or another whom they describe.
pub(super) fn holder(policy: &Policy, other: Option<KeyProviderKind>) -> Result<Holder, Failure> {
    let keys = &policy.settings.keys;
    let kind = other.unwrap_or(keys.provider);
    let described = match kind {
        KeyProviderKind::File => Some(Holder::File(keys.path.clone())),
        KeyProviderKind::Pkcs11 => keys.pkcs11.as_ref().map(|token| {
            Holder::Pkcs11(Pkcs11Settings {
                module: token.module.clone(),
                token: token.token.clone(),
                key: token.key.clone(),
                pin_file: token.pin_file.clone(),
            })
        }),
        KeyProviderKind::Vault => keys.vault.as_ref().map(|server| {
            Holder::Vault(VaultSettings {
                address: server.address.clone(),
                mount: server.mount.clone(),
                key: server.key.clone(),
                namespace: server.namespace.clone(),
                ca_file: server.ca_file.clone(),
                timeout: server.timeout,
                login: match &server.access {
                    VaultAccess::Token { file } => VaultLogin::Token { file: file.clone() },
                    VaultAccess::AppRole {
                        mount,
                        role_id,
                        secret_id_file,
                    } => VaultLogin::AppRole {
                        mount: mount.clone(),
                        role_id: role_id.clone(),
                        secret_id_file: secret_id_file.clone(),
                    },
                },
            })
        }),
    };
    described.ok_or_else(|| {
        Failure::Usage(format!(
            "the rules have no section [keys.{}] that describes it",
            kind.name()
        ))
    })
}

/// Opens the key that the rules name. A key that is not there, or does not open, is a mistake of
/// the configuration: trying again would not help. Of a hardware module or a key service nothing is asked yet.
pub(super) fn provider(policy: &Policy, rules: &Path) -> Result<Provider, Failure> {
    provider_of(policy, rules, None)
}

/// The same of another provider that the rules describe.
pub(super) fn provider_of(
    policy: &Policy,
    rules: &Path,
    other: Option<KeyProviderKind>,
) -> Result<Provider, Failure> {
    let given = key_passphrase(policy)?;
    let holder = holder(policy, other)?;
    let open = |passphrase: Option<&Passphrase>| {
        holder.open(rules, passphrase, policy.settings.keys.cache)
    };
    let opened = match open(given.as_ref()) {
        // Somebody sits there who may know it.
        Err(KeyError::PassphraseMissing { path }) if typed::is_terminal() => {
            let asked = typed::secret(&format!("Passphrase of {}", path.display()))?;
            open(Some(&asked))
        }
        opened => opened,
    };
    let opened = opened.map_err(|error| key_failure(&error))?;
    with_subjects(opened, policy)
}

/// The same with the keys of data subjects, where the rules say where they are.
pub(super) fn with_subjects(opened: Provider, policy: &Policy) -> Result<Provider, Failure> {
    Ok(match &policy.settings.subjects {
        None => opened,
        Some(settings) => opened.with_subjects(SubjectSettings {
            store: subject_place(&settings.store)?,
            intermediate: settings.intermediate.clone(),
            replace_after: settings.replace_after,
            copies_kept: settings.copies_kept,
        }),
    })
}

/// Where the keys of data subjects lie, by the rules.
fn subject_place(store: &SubjectStore) -> Result<SubjectPlace, Failure> {
    let (url, password_file) = match store {
        SubjectStore::Folder(folder) => return Ok(SubjectPlace::Folder(folder.clone())),
        SubjectStore::Database { url, password_file } => (url, password_file),
    };
    let password = match password_file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| {
                Failure::Configuration(vec![format!(
                    "sealwire: subjects.password_file: {}: {error}",
                    file.display()
                )])
            })?;
            let text = Zeroizing::new(text);
            Some(Zeroizing::new(
                text.trim_end_matches(['\r', '\n']).to_owned(),
            ))
        }
        None => std::env::var(SUBJECTS_PASSWORD).ok().map(Zeroizing::new),
    };
    let database = SubjectDatabase::new(url, password).map_err(|error| key_failure(&error))?;
    Ok(SubjectPlace::Rows(Arc::new(database)))
}

/// What is wrong with a key, as a mistake of the configuration.
pub(super) fn key_failure(error: &KeyError) -> Failure {
    let hint = error
        .help()
        .map_or_else(String::new, |help| format!("\n  hint: {help}"));
    let section = match error {
        KeyError::Io { .. }
        | KeyError::TooOpen { .. }
        | KeyError::InsideRules { .. }
        | KeyError::NotAFile { .. } => "keys.path",
        _ => "keys",
    };
    let line = format!("sealwire: {section}: {error}{hint}");
    match error.is_transient() {
        true => Failure::Failed(line.trim_start_matches("sealwire: ").to_owned()),
        false => Failure::Configuration(vec![line]),
    }
}

/// The same before the proxy starts: what is wrong with the key, with the files of `[listen.tls]`, `[upstream]` and `[auth]`,
/// and with whatever else was found (`mistakes`) is told at once.
pub(super) fn provider_and_files(
    policy: &Policy,
    rules: &Path,
    mut mistakes: Vec<String>,
) -> Result<Provider, Failure> {
    let problems = tls::problems(&policy.settings);
    mistakes.extend(problems.iter().map(ToString::to_string));
    mistakes.extend(gate::problems(&policy.settings));
    match provider(policy, rules) {
        Ok(provider) if mistakes.is_empty() => Ok(provider),
        Ok(_) => Err(Failure::Configuration(mistakes)),
        Err(Failure::Configuration(more)) => {
            mistakes.extend(more);
            Err(Failure::Configuration(mistakes))
        }
        Err(other) => Err(other),
    }
}

/// A passphrase that a command cannot do without.
pub(super) fn passphrase(variable: &str) -> Result<Passphrase, Failure> {
    Passphrase::from_variable(variable).map_err(|error| Failure::Usage(error.to_string()))
}

/// Connects as `--upstream` says, else as the service user to `--database`.
pub(super) async fn connect(policy: &Policy, live: &Live) -> Result<Client, Failure> {
    match (&live.upstream, &live.database) {
        (Some(url), _) => Ok(service::connect_owner(url, &policy.settings.upstream).await?),
        (None, Some(database)) => Ok(service::connect(&policy.settings.upstream, database).await?),
        (None, None) => Err(Failure::Usage(
            "name a database: --upstream URL, or --database NAME".to_owned(),
        )),
    }
}

/// The ground of a database, read once as the service user.
pub(super) async fn ground(policy: Policy, site: &Site) -> Result<Arc<Ground>, Failure> {
    let database = match &site.database {
        Some(database) => database.clone(),
        None => only_database(&policy).ok_or_else(|| {
            Failure::Usage("the rules do not name one database: --database NAME".to_owned())
        })?,
    };
    let provider = Arc::new(provider(&policy, &site.rules.rules)?);
    let grounds = Grounds::new(Arc::new(ArcSwap::from_pointee(policy)), provider);
    Ok(grounds.of(&database).await?.current())
}

/// The database that all table rules name, where it is one.
pub(super) fn only_database(policy: &Policy) -> Option<String> {
    let mut names = policy.tables().iter().map(|rule| {
        rule.database
            .as_ref()
            .filter(|name| name.is_exact())
            .map(|name| name.as_str())
    });
    let first = names.next()??;
    names
        .all(|name| name == Some(first))
        .then(|| first.to_owned())
}

/// A mask in plain words.
pub(super) fn mask(mask: &Mask) -> String {
    match mask {
        Mask::Null => "NULL".to_owned(),
        Mask::Fixed { text } => format!("the text {text:?}"),
        Mask::KeepFirst { keep, .. } => format!("the first {keep} characters"),
        Mask::KeepLast { keep, .. } => format!("the last {keep} characters"),
        Mask::Email => "an address with its letters hidden".to_owned(),
        Mask::Year => "the year".to_owned(),
        Mask::Month => "year and month".to_owned(),
        Mask::Bucket { step } => format!("steps of {step}"),
        Mask::Pseudonym => "a stable pseudonym".to_owned(),
        Mask::Zero => "the type's zero".to_owned(),
    }
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A port of this host that was free a moment ago.
pub(super) fn free_port() -> Result<u16, Failure> {
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
