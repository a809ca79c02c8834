//! Files that only their owner may reach, written down to the disk.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::KeyError;

pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> KeyError {
    move |source| KeyError::Io {
        path: path.to_owned(),
        source,
    }
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}

/// Makes the folder of a key file, for its owner only.
pub(super) fn make_parent(path: &Path) -> Result<(), KeyError> {
    let folder = parent(path);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(io(folder))
}

/// A key file must not lie in the rules folder. Symbolic links are followed on both sides.
pub(super) fn refuse_inside(path: &Path, rules: &Path) -> Result<(), KeyError> {
    let rules_folder = rules.canonicalize().map_err(io(rules))?;
    let folder = parent(path);
    let places = [
        folder.canonicalize().map_err(io(folder))?,
        // The file itself may be a link into the rules folder; a missing one is found missing later.
        path.canonicalize().unwrap_or_default(),
    ];
    if places.iter().any(|place| place.starts_with(&rules_folder)) {
        return Err(KeyError::InsideRules {
            path: path.to_owned(),
            rules: rules.to_owned(),
        });
    }
    Ok(())
}

/// A file or folder with secrets, which may still have to be made, must not lie in the rules folder: rules go to git. What is
/// there of its path is followed through symbolic links.
///
/// # Errors
/// Where it lies there, or the rules folder cannot be found.
pub fn keep_out_of_rules(place: &Path, rules: &Path) -> Result<(), KeyError> {
    let rules_folder = rules.canonicalize().map_err(io(rules))?;
    let whole = std::path::absolute(place).map_err(io(place))?;
    let there = whole
        .ancestors()
        .find_map(|part| part.canonicalize().ok())
        .unwrap_or_default();
    if there.starts_with(&rules_folder) {
        return Err(KeyError::InsideRules {
            path: place.to_owned(),
            rules: rules.to_owned(),
        });
    }
    Ok(())
}

/// Reads a file that only its owner may reach. The mode asked is that of the open file, so it cannot be
/// exchanged in between.
pub(super) fn read_private(path: &Path) -> Result<Zeroizing<String>, KeyError> {
    let mut file = File::open(path).map_err(io(path))?;
    let metadata = file.metadata().map_err(io(path))?;
    if !metadata.is_file() {
        return Err(KeyError::NotAFile {
            path: path.to_owned(),
        });
    }
    let mode = metadata.mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(KeyError::TooOpen {
            path: path.to_owned(),
            mode,
        });
    }
    // One byte more than the length, so that reading to the end does not move the buffer.
    let len = usize::try_from(metadata.len())
        .unwrap_or_default()
        .min(1 << 16);
    let mut text = Zeroizing::new(String::with_capacity(len + 64));
    file.read_to_string(&mut text).map_err(io(path))?;
    Ok(text)
}

/// Writes a file that did not exist, for its owner only, down to the disk.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let mut file = match OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(KeyError::Exists {
                path: path.to_owned(),
            });
        }
        Err(error) => return Err(io(path)(error)),
    };
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // On a full disk: half a file would stand in the way of the next try, and be taken for a whole one.
        let _ = std::fs::remove_file(path);
    }
    written.map_err(io(path))?;
    let folder = parent(path);
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(io(folder))
}

/// Writes a file anew in one step: readers see the old one or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let beside = PathBuf::from(name);
    match std::fs::remove_file(&beside) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(io(&beside)(error)),
    }
    write_new(&beside, bytes)?;
    std::fs::rename(&beside, path).map_err(io(path))
}
