//! `sealwire keys backup|verify|restore`: a backup of the keys under a passphrase, or under shares on paper.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use serde_json::json;
use zeroize::Zeroizing;

use super::Failure;
use super::arguments::{FromShares, IntoShares, Rules};
use super::common::{key_passphrase, passphrase, policy, provider};
use super::screen::{json, line};
use crate::jobs;
use crate::keys::{
    self, BackupSummary, KeyProvider, Opening, Passphrase, Protection, Share, Split, WrappedKeyset,
    backup_code, backup_on_page, backup_split, keep_out_of_rules, verify_backup, write_copy,
};

/// The variable with a backup's passphrase.
const BACKUP_PASSPHRASE: &str = "SEALWIRE_BACKUP_PASSPHRASE";

/// What a backup is opened with, held while it is.
pub(super) enum Opener {
    Passphrase(Passphrase),
    Shares(Vec<Share>),
}

impl Opener {
    pub(super) fn opening(&self) -> Opening<'_> {
        match self {
            Opener::Passphrase(passphrase) => Opening::Passphrase(passphrase),
            Opener::Shares(shares) => Opening::Shares(shares),
        }
    }
}

/// The backup of a file, or the one that stands on the pages of its shares, and what opens it.
pub(super) fn find(file: Option<&Path>, from: &FromShares) -> Result<(Vec<u8>, Opener), Failure> {
    let pages = read_pages(&from.shares)?;
    let bytes = match (file, pages.backup) {
        (Some(file), _) => std::fs::read(file).map_err(named(file))?,
        (None, Some(backup)) => backup,
        (None, None) if from.shares.is_empty() => {
            return Err(Failure::Usage(
                "name the file of the backup, or the pages of its shares: --share FILE".to_owned(),
            ));
        }
        (None, None) => {
            return Err(Failure::Usage(
                "the backup does not stand on these pages: name its file".to_owned(),
            ));
        }
    };
    let split = backup_split(&bytes).map_err(Failure::because)?;
    let opener = match split {
        None if from.shares.is_empty() => Opener::Passphrase(passphrase(BACKUP_PASSPHRASE)?),
        None | Some(_) => Opener::Shares(pages.shares),
    };
    Ok((bytes, opener))
}

pub(super) fn write(file: &Path, into: &IntoShares, rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let provider = provider(&policy, &rules.rules)?;
    let split = match (into.threshold, into.shares) {
        (Some(threshold), Some(count)) => {
            Some(Split::new(threshold, count).map_err(|error| Failure::Usage(error.to_string()))?)
        }
        (None, None) | (Some(_), None) | (None, Some(_)) => None,
    };
    let phrase = match split {
        Some(_) => None,
        None => Some(passphrase(BACKUP_PASSPHRASE)?),
    };
    let protection = match (&phrase, split) {
        (Some(phrase), _) => Protection::Passphrase(phrase),
        (None, Some(split)) => Protection::Shares(split),
        (None, None) => return Err(Failure::Usage("shares or a passphrase".to_owned())),
    };
    if let Some(folder) = &into.shares_to {
        keep_out_of_rules(folder, &rules.rules).map_err(Failure::because)?;
    }
    let key_path = &policy.settings.keys.path;
    let keysets = jobs::copies(key_path).map_err(Failure::because)?;
    let backup = keys::backup(&provider, &keysets, protection).map_err(Failure::because)?;
    // The shares first: a backup without them would be one that nobody can open.
    let shares = match &into.shares_to {
        Some(folder) => write_shares(folder, &backup.shares, &backup.bytes)?,
        None => Vec::new(),
    };
    write_private(file, &backup.bytes)?;
    // What was written is read again, the shares from their files too: a backup that was never opened is none.
    let written = std::fs::read(file)?;
    let opener = match phrase {
        Some(phrase) => Opener::Passphrase(phrase),
        None => Opener::Shares(read_pages(&shares)?.shares),
    };
    let summary = verify_backup(&written, opener.opening()).map_err(Failure::because)?;
    let wrapped_under = provider.describe().map_err(Failure::because)?.fingerprint;
    summary
        .record(wrapped_under)
        .made()
        .write(key_path)
        .map_err(Failure::because)?;
    if rules.json {
        json(&json!({
            "file": file, "key": summary.kek.to_string(), "keysets": summary.keysets.len(),
            "shares": shares, "threshold": split.map(|split| split.threshold),
        }));
        return Ok(());
    }
    tell(&summary, file);
    match split {
        Some(split) => line(format!(
            "Any {} of the {} shares open it: {}. Print each, give each to another person, and delete the files.",
            split.threshold,
            split.count,
            shares
                .iter()
                .map(|share| share.display().to_string())
                .collect::<Vec<_>>()
                .join(", ")
        )),
        None => line("Keep it, and its passphrase, elsewhere."),
    }
    if policy.settings.subjects.is_some() {
        line(
            "The keys of data subjects are not in it, so that an erasure reaches every backup: the store and the intermediate key of [subjects] have backups of their own, kept shortly.",
        );
    }
    Ok(())
}

pub(super) fn verify(file: Option<&Path>, from: &FromShares, rules: &Rules) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let (bytes, opener) = find(file, from)?;
    let summary = verify_backup(&bytes, opener.opening()).map_err(Failure::because)?;
    // A record is of use only where the key is; a machine that only tries backups has none.
    let held = provider(&policy, &rules.rules).and_then(|held| {
        let held = held.describe().map_err(Failure::because)?;
        Ok(held.fingerprint)
    });
    if let Ok(wrapped_under) = held {
        summary
            .record(wrapped_under)
            .of_before(&policy.settings.keys.path)
            .write(&policy.settings.keys.path)
            .map_err(Failure::because)?;
    }
    if rules.json {
        json(
            &json!({ "file": file, "key": summary.kek.to_string(), "keysets": summary.keysets.len() }),
        );
    } else {
        tell(
            &summary,
            file.unwrap_or(Path::new("the pages of the shares")),
        );
    }
    Ok(())
}

pub(super) fn restore(
    file: Option<&Path>,
    from: &FromShares,
    rules: &Rules,
) -> Result<(), Failure> {
    let policy = policy(&rules.rules)?;
    let (bytes, opener) = find(file, from)?;
    let key_passphrase = key_passphrase(&policy)?;
    let path = &policy.settings.keys.path;
    let restored = keys::restore(
        &bytes,
        opener.opening(),
        path,
        &rules.rules,
        key_passphrase.as_ref(),
    )
    .map_err(Failure::because)?;
    put_back(restored.keysets, path)?;
    let info = restored.provider.describe().map_err(Failure::because)?;
    if rules.json {
        json(&json!({ "path": info.place, "key": info.fingerprint.to_string() }));
    } else {
        line(format!(
            "Key {} is back in {}.",
            info.fingerprint, info.place
        ));
    }
    Ok(())
}

/// Writes the copies of the keysets beside the key.
pub(super) fn put_back(keysets: Vec<WrappedKeyset>, path: &Path) -> Result<(), Failure> {
    let mut by_environment: BTreeMap<[u8; 16], Vec<WrappedKeyset>> = BTreeMap::new();
    for keyset in keysets {
        by_environment
            .entry(keyset.environment)
            .or_default()
            .push(keyset);
    }
    for (environment, keysets) in &by_environment {
        write_copy(&jobs::copy_path(path, *environment), keysets).map_err(Failure::because)?;
    }
    Ok(())
}

fn tell(summary: &BackupSummary, file: &Path) {
    line(format!(
        "Key {} and {} keyset(s) are in {}, verified.",
        summary.kek,
        summary.keysets.len(),
        file.display()
    ));
}

pub(super) fn named(file: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    move |error| Failure::Failed(format!("{}: {error}", file.display()))
}

/// A new file for its owner only, down to the disk.
pub(super) fn write_private(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut output = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .map_err(named(file))?;
    let written = output.write_all(bytes).and_then(|()| output.sync_all());
    if written.is_err() {
        // Half a file would be taken for a whole one.
        let _ = std::fs::remove_file(file);
    }
    written.map_err(named(file))
}

/// A file for each share, as a page to print.
fn write_shares(folder: &Path, shares: &[Share], backup: &[u8]) -> Result<Vec<PathBuf>, Failure> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(named(folder))?;
    shares
        .iter()
        .map(|share| {
            let file = folder.join(format!(
                "share-{}-{}-of-{}.txt",
                share.split().name(),
                share.index(),
                share.split().count
            ));
            write_private(&file, page(share, backup)?.as_bytes())?;
            Ok(file)
        })
        .collect()
}

/// A share for paper: what it is, its code, and the code as a picture; and the backup, if it is short enough, likewise, so that
/// these pages and a dump of the database are all that has to be kept.
fn page(share: &Share, backup: &[u8]) -> Result<Zeroizing<String>, Failure> {
    let split = share.split();
    let code = share.code();
    let with = match backup_code(backup) {
        Some(code) => format!(
            "The backup itself, the same on every page. It opens under the shares alone:\n\n{code}\n\n{}\n",
            *picture(&code)?
        ),
        None => "Needed with them: the file of the backup, which is too long for this page.\n"
            .to_owned(),
    };
    Ok(Zeroizing::new(format!(
        "Sealwire: share {index} of {count} of the backup {set}\n\
         Any {threshold} of the {count} shares open the backup; fewer say nothing about it.\n\
         `sealwire keys restore --share …`, once for each page, brings the key back.\n\n\
         {code}\n\n{picture}\n\n{with}",
        index = share.index(),
        count = split.count,
        set = split.name(),
        threshold = split.threshold,
        code = *code,
        picture = *picture(&code)?,
    )))
}

/// A code as a picture, in one line.
fn picture(code: &str) -> Result<Zeroizing<String>, Failure> {
    let one_line = Zeroizing::new(code.replace('\n', "-"));
    let picture = QrCode::with_error_correction_level(one_line.as_bytes(), EcLevel::M)
        .map_err(|error| Failure::Failed(format!("the picture of a share: {error}")))?;
    Ok(Zeroizing::new(
        picture.render::<Dense1x2>().quiet_zone(true).build(),
    ))
}

/// What stands on pages.
struct Pages {
    shares: Vec<Share>,
    backup: Option<Vec<u8>>,
}

fn read_pages(files: &[PathBuf]) -> Result<Pages, Failure> {
    let mut pages = Pages {
        shares: Vec::new(),
        backup: None,
    };
    for file in files {
        if file.as_os_str() == "-" {
            let mut text = Zeroizing::new(String::new());
            std::io::stdin().read_to_string(&mut text)?;
            // Codes alone: each begins a paragraph.
            for part in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
                match backup_on_page(part).map_err(Failure::because)? {
                    Some(backup) => pages.take(backup)?,
                    None => (pages.shares).push(Share::parse(part).map_err(Failure::because)?),
                }
            }
        } else {
            let text = Zeroizing::new(std::fs::read_to_string(file).map_err(named(file))?);
            let wrong = |error| Failure::Failed(format!("{}: {error}", file.display()));
            pages.shares.push(Share::parse(&text).map_err(wrong)?);
            if let Some(backup) = backup_on_page(&text).map_err(wrong)? {
                pages.take(backup)?;
            }
        }
    }
    Ok(pages)
}

impl Pages {
    fn take(&mut self, backup: Vec<u8>) -> Result<(), Failure> {
        match &self.backup {
            Some(known) if *known != backup => Err(Failure::Failed(
                "these pages are of different backups".to_owned(),
            )),
            _ => {
                self.backup = Some(backup);
                Ok(())
            }
        }
    }
}
