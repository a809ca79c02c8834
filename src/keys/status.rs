//! `sealwire keys status`.

use super::{
    BackupRecord, FileProvider, KekInfo, KeyError, KeyProvider, KeysetInfo, WrappedKeyset,
};

/// What an operator may know of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The key-encryption key.
    pub kek: KekInfo,
    /// Each keyset, and whether it unwraps under the key.
    pub keysets: Vec<(KeysetInfo, bool)>,
    /// The last verified backup.
    pub backup: Option<BackupRecord>,
    /// Whether that backup holds the key and all keysets.
    pub backed_up: bool,
}

/// Looks at the key file, the keysets and the record of the backup.
///
/// # Errors
/// Where the record cannot be read.
pub fn status(provider: &FileProvider, keysets: &[WrappedKeyset]) -> Result<Status, KeyError> {
    let kek = provider.describe();
    let backup = BackupRecord::read(provider.path())?;
    let backed_up = backup.as_ref().is_some_and(|record| {
        record.covers(kek.fingerprint, keysets.iter().map(|keyset| &keyset.info))
    });
    Ok(Status {
        keysets: keysets
            .iter()
            .map(|keyset| (keyset.info.clone(), keyset.unwrap(provider).is_ok()))
            .collect(),
        kek,
        backup,
        backed_up,
    })
}
