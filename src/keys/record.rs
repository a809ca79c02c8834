//! The records that a backup was verified, which `protect` asks for, and that a drill has passed. They guard against forgetting, not
//! against an attacker, so they are not authenticated.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
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
    /// When a backup was last made here; versions before did not write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<u64>,
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
            verified_at: now(),
            made_at: None,
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
        beside(key_file, ".backup")
    }

    /// The same, of a backup that was just made.
    pub fn made(mut self) -> Self {
        self.made_at = Some(self.verified_at);
        self
    }

    /// The same, of a backup that was made before: when, says the record of that, if there is one.
    pub fn of_before(mut self, key_file: &Path) -> Self {
        let before = Self::read(key_file).ok().flatten();
        self.made_at = before.and_then(|before| before.last_made());
        self
    }

    /// When a backup was last made, as far as is known.
    pub fn last_made(&self) -> Option<u64> {
        self.made_at.or(Some(self.verified_at))
    }

    /// Writes it beside the key file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, key_file: &Path) -> Result<(), KeyError> {
        write(&Self::path(key_file), self, WHAT)
    }

    /// Reads it; `None` where no backup was ever verified.
    ///
    /// # Errors
    /// Where it cannot be read or is damaged.
    pub fn read(key_file: &Path) -> Result<Option<Self>, KeyError> {
        read(&Self::path(key_file), WHAT)
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

/// That the way back was rehearsed from a backup and a dump, and every step of it held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrillRecord {
    /// When it ended, in seconds since 1970.
    pub passed_at: u64,
    /// How long it took, in seconds.
    pub took: u64,
    /// Fingerprint of the key that was restored.
    pub key: String,
    /// Columns of which values were opened.
    pub columns: usize,
    /// How many values.
    pub values: u64,
}

const DRILL: &str = "record of the drill";

impl DrillRecord {
    /// Where it lies: beside the key file.
    pub fn path(key_file: &Path) -> PathBuf {
        beside(key_file, ".drill")
    }

    /// Writes it beside the key file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, key_file: &Path) -> Result<(), KeyError> {
        write(&Self::path(key_file), self, DRILL)
    }

    /// Reads it; `None` where no drill ever passed.
    ///
    /// # Errors
    /// Where it cannot be read or is damaged.
    pub fn read(key_file: &Path) -> Result<Option<Self>, KeyError> {
        read(&Self::path(key_file), DRILL)
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

fn beside(key_file: &Path, ending: &str) -> PathBuf {
    let mut name = key_file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn write(path: &Path, record: &impl Serialize, what: &'static str) -> Result<(), KeyError> {
    let mut text = serde_json::to_vec_pretty(record).map_err(|_| KeyError::Malformed { what })?;
    text.push(b'\n');
    replace(path, &text)
}

fn read<T: DeserializeOwned>(path: &Path, what: &'static str) -> Result<Option<T>, KeyError> {
    match std::fs::read(path) {
        Ok(text) => serde_json::from_slice(&text)
            .map(Some)
            .map_err(|_| KeyError::Malformed { what }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io(path)(error)),
    }
}
