//! Files that only their owner may reach, replaced in one step.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Reads a file. The mode asked is that of the open file, so it cannot be exchanged in between.
pub(super) fn read(path: &Path) -> Result<Zeroizing<String>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(format!("{}: expected a file", path.display()));
    }
    let mode = metadata.mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(format!(
            "{}: others can reach it (mode {mode:04o}): expected mode 0600",
            path.display()
        ));
    }
    // Room for all of it, so that reading to the end does not leave copies behind.
    let length = usize::try_from(metadata.len())
        .unwrap_or_default()
        .min(1 << 26);
    let mut text = Zeroizing::new(String::with_capacity(length + 64));
    file.read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

/// Waits until nobody else changes the files of the folder; the turn ends when what it returns is dropped.
pub(super) fn turn(path: &Path) -> Result<File, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let folder = File::open(made_folder(path)?).map_err(failed)?;
    folder.lock().map_err(failed)?;
    Ok(folder)
}

/// Makes the folder of a file, where it is not there.
fn made_folder(path: &Path) -> Result<&Path, String> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Writes a file anew: readers see the old one or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let folder = made_folder(path)?;
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let beside = PathBuf::from(name);
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
        Ok(()) | Err(_) => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)
        .map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)
}
