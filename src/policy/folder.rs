//! The rules folder: its files, their content hash, and noticing that it changed.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The `*.toml` files of a folder (not of folders in it), sorted by name. Hidden ones are left out,
/// as a shell would.
pub(super) fn read(dir: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.ends_with(".toml") && !name.starts_with('.') && path.is_file() {
            let text = std::fs::read_to_string(&path).map_err(|error| {
                std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            })?;
            files.push((name, text));
        }
    }
    files.sort();
    Ok(files)
}

/// SHA-256, in hexadecimal, over names and contents, each with its length before it. `files` are
/// sorted by name.
pub(super) fn hash(files: &[(String, String)]) -> String {
    let mut digest = Sha256::new();
    for part in files
        .iter()
        .flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()])
    {
        digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        digest.update(part);
    }
    hexadecimal(&digest.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The content hash of a rules folder as it is now: the same as [`super::Policy::hash`] of a policy
/// that was loaded from this content.
///
/// # Errors
/// Where the folder or a file cannot be read.
pub fn folder_hash(dir: &Path) -> std::io::Result<String> {
    read(dir).map(|files| hash(&files))
}

/// Notices that the content of a rules folder has changed. Who polls it, and when, is not its
/// business; a folder that cannot be read counts as unchanged, so the rules in force stay.
#[derive(Debug, Clone)]
pub struct Watcher {
    dir: PathBuf,
    seen: String,
}

impl Watcher {
    /// Watches a folder whose content with this hash is in force.
    pub fn new(dir: impl Into<PathBuf>, hash: impl Into<String>) -> Self {
        Watcher {
            dir: dir.into(),
            seen: hash.into(),
        }
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether the content differs from what was seen last; each new content is reported once.
    pub fn changed(&mut self) -> bool {
        match folder_hash(&self.dir) {
            Ok(now) if now != self.seen => {
                self.seen = now;
                true
            }
            Ok(_) | Err(_) => false,
        }
    }
}
