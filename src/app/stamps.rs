//! Notices that files of certificates, keys, users and passwords have changed, by their stamps: none is read to find out.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What the system says of a file: where it lies, how long it is, when it was written.
type Stamp = Option<(u64, u64, u64, i64, i64)>;

/// Files, as they were seen last.
pub(super) struct Stamps {
    files: Vec<PathBuf>,
    /// What is in force.
    taken: Vec<Stamp>,
    /// What was seen at the last look.
    seen: Vec<Stamp>,
}

impl Stamps {
    /// As they are now.
    pub(super) fn take(files: Vec<PathBuf>) -> Stamps {
        let taken: Vec<Stamp> = files.iter().map(|file| stamp(file)).collect();
        Stamps {
            files,
            seen: taken.clone(),
            taken,
        }
    }

    /// Whether they have changed and stayed so for two looks: a certificate and its key are seldom replaced at once. Each change
    /// is told once.
    pub(super) fn changed(&mut self) -> bool {
        let now: Vec<Stamp> = self.files.iter().map(|file| stamp(file)).collect();
        let settled = now == self.seen && now != self.taken;
        if settled {
            self.taken.clone_from(&now);
        }
        self.seen = now;
        settled
    }
}

fn stamp(path: &Path) -> Stamp {
    let file = std::fs::metadata(path).ok()?;
    Some((
        file.dev(),
        file.ino(),
        file.len(),
        file.mtime(),
        file.mtime_nsec(),
    ))
}
