//! Notices that the files of certificates and keys have changed, by their stamps: no key is read to find out.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::policy::{CertificateFiles, NamedFile, Roots, ServerSettings};

/// What the system says of a file: where it lies, how long it is, when it was written.
type Stamp = Option<(u64, u64, u64, i64, i64)>;

/// The files of the settings in force, as they were seen last.
pub struct Stamps {
    files: Vec<PathBuf>,
    /// What is in force.
    taken: Vec<Stamp>,
    /// What was seen at the last look.
    seen: Vec<Stamp>,
}

impl Stamps {
    /// As they are now.
    pub fn take(settings: &ServerSettings) -> Stamps {
        let files = named(settings);
        let taken: Vec<Stamp> = files.iter().map(|file| stamp(file)).collect();
        Stamps {
            files,
            seen: taken.clone(),
            taken,
        }
    }

    /// Whether they have changed and stayed so for two looks: a certificate and its key are seldom replaced at once. Each change
    /// is told once.
    pub fn changed(&mut self) -> bool {
        let now: Vec<Stamp> = self.files.iter().map(|file| stamp(file)).collect();
        let settled = now == self.seen && now != self.taken;
        if settled {
            self.taken.clone_from(&now);
        }
        self.seen = now;
        settled
    }
}

fn named(settings: &ServerSettings) -> Vec<PathBuf> {
    let mut found: Vec<&NamedFile> = Vec::new();
    if let Some(tls) = &settings.listen.tls {
        found.extend([&tls.cert, &tls.key]);
        found.extend(&tls.client_ca);
    }
    if let Roots::File(roots) = &settings.upstream.tls.roots {
        found.push(roots);
    }
    let pair = |files: &'_ CertificateFiles| [files.cert.path.clone(), files.key.path.clone()];
    let mut paths: Vec<PathBuf> = found.into_iter().map(|file| file.path.clone()).collect();
    paths.extend(settings.upstream.tls.certificate.iter().flat_map(pair));
    paths.extend(settings.upstream.service.certificate.iter().flat_map(pair));
    paths
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
