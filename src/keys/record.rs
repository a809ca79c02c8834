//! The record that a backup was verified, which `protect` asks for. It guards against forgetting, not
//! against an attacker, so it is not authenticated.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::bytes::hex;
use super::private::{io, replace};
use super::{BackupSummary, Fingerprint, KeyError, KeysetInfo};

/// That a backup was opened and every keyset in it unwrapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupRecord {
    /// When, in seconds since 1970.
    pub verified_at: u64,
    /// Fingerprint of the key-encryption key that wraps the keysets in use.
    pub key: String,
    /// Environment id, hexadecimal.
    pub environment: String,
    /// Ids of the keysets in it.
    pub keysets: Vec<String>,
}

const WHAT: &str = "record of the backup";

impl BackupRecord {
    pub(super) fn now(summary: &BackupSummary, wrapped_under: Fingerprint) -> Self {
        BackupRecord {
            verified_at: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_secs()),
            key: wrapped_under.to_string(),
            environment: hex(&summary.environment).to_string(),
            keysets: summary
                .keysets
                .iter()
                .map(|keyset| keyset.id.to_string())
                .collect(),
        }
    }

    /// Where the record of a key file lies: beside it.
    pub fn path(key_file: &Path) -> PathBuf {
        let mut name = key_file.as_os_str().to_owned();
        name.push(".backup");
        PathBuf::from(name)
    }

    /// Writes it beside the key file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, key_file: &Path) -> Result<(), KeyError> {
        let mut text =
            serde_json::to_vec_pretty(self).map_err(|_| KeyError::Malformed { what: WHAT })?;
        text.push(b'\n');
        replace(&Self::path(key_file), &text)
    }

    /// Reads it; `None` where no backup was ever verified.
    ///
    /// # Errors
    /// Where it cannot be read or is damaged.
    pub fn read(key_file: &Path) -> Result<Option<Self>, KeyError> {
        let path = Self::path(key_file);
        match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .map(Some)
                .map_err(|_| KeyError::Malformed { what: WHAT }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io(&path)(error)),
        }
    }

    /// Whether the backup would bring back this key and all of these keysets.
    pub fn covers<'a>(
        &self,
        kek: Fingerprint,
        keysets: impl IntoIterator<Item = &'a KeysetInfo>,
    ) -> bool {
        self.key == kek.to_string()
            && keysets
                .into_iter()
                .all(|keyset| self.keysets.contains(&keyset.id.to_string()))
    }
}
