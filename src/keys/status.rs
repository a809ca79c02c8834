//! `sealwire keys status`.

use std::path::Path;

use super::{BackupRecord, Health, KekInfo, KeyError, KeyProvider, KeysetInfo, WrappedKeyset};

/// What an operator may know of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The key-encryption key.
    pub kek: KekInfo,
    /// How its provider has answered.
    pub health: Health,
    /// Each keyset, and whether it unwraps under the key.
    pub keysets: Vec<(KeysetInfo, bool)>,
    /// The last verified backup.
    pub backup: Option<BackupRecord>,
    /// Whether that backup holds the key and all keysets.
    pub backed_up: bool,
}

/// Looks at the key, the keysets and the record of the backup, which lies beside `path`.
///
/// # Errors
/// Where the provider cannot be used, or the record cannot be read.
pub fn status(
    provider: &dyn KeyProvider,
    path: &Path,
    keysets: &[WrappedKeyset],
) -> Result<Status, KeyError> {
    let kek = provider.describe()?;
    let backup = BackupRecord::read(path)?;
    let backed_up = backup.as_ref().is_some_and(|record| {
        record.covers(kek.fingerprint, keysets.iter().map(|keyset| &keyset.info))
    });
    Ok(Status {
        keysets: keysets
            .iter()
            .map(|keyset| (keyset.info.clone(), keyset.unwrap(provider).is_ok()))
            .collect(),
        health: provider.health(),
        kek,
        backup,
        backed_up,
    })
}
