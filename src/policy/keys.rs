//! From section `[keys]` to settings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::problem::{Located, Place, Problems};
use super::raw::{RawFile, RawPkcs11, RawProvider, RawSubjects, RawVault};
use super::sections::{outside, resolve};
use super::settings::{
    KeyProviderKind, KeySettings, Pkcs11Keys, SubjectStore, SubjectsSettings, VaultAccess,
    VaultKeys,
};

/// Keys of a remote provider are used for so long without an answer of it.
const CACHE: Duration = Duration::from_secs(3600);

pub(super) fn validate(
    raw: &RawFile,
    present: &BTreeSet<String>,
    dir: &Path,
    whole: &Place,
    problems: &mut Problems,
) -> KeySettings {
    let section = raw.keys.as_ref().map(|section| &section.value);
    if section.is_none() && !present.contains("keys") {
        problems.add(
            whole,
            "section [keys] is missing: expected provider and path",
        );
    }
    let provider = section.and_then(|section| section.provider.as_ref());
    let kind = provider.map_or(KeyProviderKind::File, |provider| match provider.value {
        RawProvider::File => KeyProviderKind::File,
        RawProvider::Pkcs11 => KeyProviderKind::Pkcs11,
        RawProvider::Vault => KeyProviderKind::Vault,
    });
    let raw_pkcs11 = section.and_then(|section| section.pkcs11.as_ref());
    let raw_vault = section.and_then(|section| section.vault.as_ref());
    if let Some(provider) = provider {
        let missing = match kind {
            KeyProviderKind::File => None,
            KeyProviderKind::Pkcs11 => raw_pkcs11
                .is_none()
                .then_some("[keys.pkcs11] with module and token"),
            KeyProviderKind::Vault => raw_vault.is_none().then_some("[keys.vault] with address"),
        };
        if let Some(missing) = missing {
            problems.add(
                &provider.place,
                format!(
                    "`{}` needs a section of its own: expected {missing}",
                    kind.name()
                ),
            );
        }
    }
    let path = section.and_then(|section| section.path.as_ref());
    let passphrase = section.and_then(|section| section.passphrase_file.as_ref());
    KeySettings {
        provider: kind,
        path: path.map_or_else(PathBuf::new, |path| outside(dir, path, "a key", problems)),
        passphrase_file: passphrase.map(|path| outside(dir, path, "a passphrase", problems)),
        cache: section
            .and_then(|section| section.cache.as_ref())
            .map_or(Some(CACHE), |cache| cache.value.0),
        pkcs11: raw_pkcs11.map(|raw| pkcs11(&raw.value, dir, problems)),
        vault: raw_vault.map(|raw| vault(raw, dir, problems)),
    }
}

/// From section `[subjects]`.
pub(super) fn subjects(
    raw: &RawFile,
    dir: &Path,
    problems: &mut Problems,
) -> Option<SubjectsSettings> {
    let raw = &raw.subjects.as_ref()?.value;
    let store = store(raw, dir, problems);
    let folder = match &store {
        SubjectStore::Folder(folder) => folder.clone(),
        SubjectStore::Database { .. } => PathBuf::new(),
    };
    let intermediate = raw.intermediate.as_ref().map_or_else(PathBuf::new, |path| {
        let file = outside(dir, path, "a key", problems);
        if !folder.as_os_str().is_empty() && file.starts_with(&folder) {
            problems.add(
                &path.place,
                "the intermediate key must not lie in the store: copies of the two together never age out",
            );
        }
        file
    });
    let mut days = |days: Option<&Located<u32>>, least: u32| {
        let days = days?;
        if !(least..=3650).contains(&days.value) {
            problems.add(&days.place, format!("expected {least} to 3,650 days"));
        }
        Some(days.value)
    };
    let replace = days(raw.replace_days.as_ref(), 1).unwrap_or(30);
    let copies = days(raw.copies_days.as_ref(), 0).unwrap_or(30);
    let duration = |days: u32| Duration::from_secs(u64::from(days) * 86_400);
    Some(SubjectsSettings {
        store,
        intermediate,
        replace_after: duration(replace),
        copies_kept: duration(copies),
    })
}

fn store(raw: &RawSubjects, dir: &Path, problems: &mut Problems) -> SubjectStore {
    let password_file = raw
        .password_file
        .as_ref()
        .map(|path| outside(dir, path, "a password", problems));
    let Some(store) = &raw.store else {
        return SubjectStore::Folder(PathBuf::new());
    };
    let text = store.value.as_str();
    let rest = ["postgresql://", "postgres://"].iter();
    if let Some(rest) = rest.filter_map(|scheme| text.strip_prefix(scheme)).next() {
        let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
        let authority = before.split('/').next().unwrap_or_default();
        let login = authority.rsplit_once('@').map(|(login, _)| login);
        if login.is_some_and(|login| login.contains(':')) || query.contains("password=") {
            problems.add(
                &store.place,
                "a password does not stand in the rules, which go to git: expected it in the file that password_file names, or in SEALWIRE_SUBJECTS_PASSWORD",
            );
        }
        if login.is_none_or(str::is_empty) {
            problems.add(
                &store.place,
                "expected postgresql://LOGIN@HOST/DATABASE: the store has a login of its own",
            );
        }
        return SubjectStore::Database {
            url: text.to_owned(),
            password_file,
        };
    }
    if let Some(path) = &raw.password_file {
        problems.add(
            &path.place,
            "`password_file` belongs to a store in a database: expected `store` to begin with postgresql://",
        );
    }
    let path = text.strip_prefix("file:").unwrap_or_default();
    if path.is_empty() {
        problems.add(
            &store.place,
            "expected `file:` and a folder, or postgresql://LOGIN@HOST/DATABASE",
        );
        return SubjectStore::Folder(PathBuf::new());
    }
    let path = Located {
        value: path.to_owned(),
        place: store.place.clone(),
    };
    SubjectStore::Folder(outside(dir, &path, "a key", problems))
}

fn pkcs11(raw: &RawPkcs11, dir: &Path, problems: &mut Problems) -> Pkcs11Keys {
    Pkcs11Keys {
        module: raw
            .module
            .as_ref()
            .map_or_else(PathBuf::new, |module| resolve(dir, &module.value)),
        token: named(raw.token.as_ref(), "", problems),
        key: named(raw.key.as_ref(), "sealwire", problems),
        pin_file: raw
            .pin_file
            .as_ref()
            .map(|path| outside(dir, path, "a PIN", problems)),
    }
}

fn vault(raw: &Located<RawVault>, dir: &Path, problems: &mut Problems) -> VaultKeys {
    let place = &raw.place;
    let raw = &raw.value;
    if let Some(address) = &raw.address {
        let host = |scheme: &str| {
            let rest = address.value.strip_prefix(scheme)?;
            let rest = rest.trim_end_matches('/');
            // Neither a path nor a user belongs to it.
            (!rest.is_empty() && !rest.contains(['/', '@', '?', '#', ' '])).then_some(rest)
        };
        if host("https://").is_some() {
            if raw.ca_file.is_none() {
                problems.add(
                    place,
                    "`ca_file` is missing: expected the certificates of who signs the server's",
                );
            }
        } else {
            match host("http://") {
                Some(host) if is_loopback(host) => {}
                Some(_) => problems.add(
                    &address.place,
                    "expected https://: keys would cross the network in the clear",
                ),
                None => problems.add(&address.place, "expected https://host:port"),
            }
        }
    }
    let access = match (&raw.role_id, &raw.token_file) {
        (Some(role), token) => {
            if let Some(token) = token {
                problems.add(
                    &token.place,
                    "expected either token_file or role_id, not both",
                );
            }
            VaultAccess::AppRole {
                mount: path(raw.approle_mount.as_ref(), "approle", problems),
                role_id: named(Some(role), "", problems),
                secret_id_file: raw
                    .secret_id_file
                    .as_ref()
                    .map(|path| outside(dir, path, "a secret", problems)),
            }
        }
        (None, token) => {
            for alone in [&raw.secret_id_file, &raw.approle_mount]
                .into_iter()
                .flatten()
            {
                problems.add(&alone.place, "expected role_id beside it");
            }
            VaultAccess::Token {
                file: token
                    .as_ref()
                    .map(|path| outside(dir, path, "a token", problems)),
            }
        }
    };
    let timeout = raw.timeout.as_ref().map_or(5, |timeout| {
        if !(1..=60).contains(&timeout.value) {
            problems.add(&timeout.place, "expected 1 to 60 seconds");
        }
        timeout.value
    });
    VaultKeys {
        address: raw
            .address
            .as_ref()
            .map_or_else(String::new, |address| address.value.clone()),
        mount: path(raw.mount.as_ref(), "transit", problems),
        key: path(raw.key.as_ref(), "sealwire", problems),
        namespace: raw
            .namespace
            .as_ref()
            .map(|namespace| path(Some(namespace), "", problems)),
        ca_file: raw.ca_file.as_ref().map(|file| resolve(dir, &file.value)),
        timeout: Duration::from_secs(u64::from(timeout)),
        access,
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split(':').next(),
    };
    let name = name.unwrap_or_default();
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn named(text: Option<&Located<String>>, default: &str, problems: &mut Problems) -> String {
    let Some(text) = text else {
        return default.to_owned();
    };
    if text.value.trim().is_empty() || text.value.chars().any(char::is_control) {
        problems.add(&text.place, "expected a name");
    }
    text.value.clone()
}

/// A name that becomes part of a URL's path.
fn path(text: Option<&Located<String>>, default: &str, problems: &mut Problems) -> String {
    let Some(text) = text else {
        return default.to_owned();
    };
    let path = text.value.trim_matches('/');
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if path.is_empty()
        || !path.chars().all(fits)
        || path.split('/').any(|part| part.is_empty() || part == "..")
    {
        problems.add(
            &text.place,
            "expected letters, digits, `-`, `_` and `.`, with `/` between parts",
        );
    }
    path.to_owned()
}
