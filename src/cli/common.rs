//! What most commands begin with: the rules, the key, a connection.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio_postgres::Client;

use super::Failure;
use super::arguments::{Live, Site};
use crate::gate;
use crate::ground::{Ground, Grounds};
use crate::keys::{FileProvider, KeyError, Passphrase};
use crate::mask::Mask;
use crate::policy::Policy;
use crate::tls;
use crate::upstream::service;

/// The variable with the key file's passphrase.
const KEY_PASSPHRASE: &str = "SEALWIRE_KEY_PASSPHRASE";

/// Loads and validates the rules; every mistake at once.
pub(super) fn policy(rules: &Path) -> Result<Policy, Failure> {
    Policy::load(rules).map_err(|problems| {
        Failure::Configuration(problems.iter().map(ToString::to_string).collect())
    })
}

/// The key file's passphrase, where the variable is set.
pub(super) fn key_passphrase() -> Result<Option<Passphrase>, Failure> {
    if std::env::var_os(KEY_PASSPHRASE).is_none() {
        return Ok(None);
    }
    passphrase(KEY_PASSPHRASE).map(Some)
}

/// Opens the key file that the rules name. A key that is not there, or does not open, is a mistake of
/// the configuration: trying again would not help.
pub(super) fn provider(policy: &Policy, rules: &Path) -> Result<FileProvider, Failure> {
    let passphrase = key_passphrase()?;
    let path = &policy.settings.keys.path;
    FileProvider::open(path, rules, passphrase.as_ref()).map_err(|error| {
        let help = match &error {
            KeyError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                "\n  hint: `sealwire keys init` makes the first key, `sealwire keys restore` brings a lost one back"
            }
            KeyError::PassphraseMissing { .. } | KeyError::PassphraseWrong { .. } => {
                "\n  hint: the passphrase of the key file is taken from SEALWIRE_KEY_PASSPHRASE"
            }
            _ => "",
        };
        Failure::Configuration(vec![format!("sealwire: keys.path: {error}{help}")])
    })
}

/// The same before the proxy starts: what is wrong with the key, with the files of `[listen.tls]`, `[upstream]` and `[auth]`,
/// and with whatever else was found (`mistakes`) is told at once.
pub(super) fn provider_and_files(
    policy: &Policy,
    rules: &Path,
    mut mistakes: Vec<String>,
) -> Result<FileProvider, Failure> {
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
