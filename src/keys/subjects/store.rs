//! The folder with a file for each data subject, named after the subject key id.
//!
//! A file is written whole under another name and then linked to its own, which fails where there is one: of two that make the
//! key of one subject, one is first. After a crash there is either the whole file or none.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::hmac;

use crate::keys::bytes::{Reader, checked, hex, put_checksum, put_short, unhex};
use crate::keys::private::{io, read_private, refuse_inside, write_new};
use crate::keys::secret::{Secret, fill};
use crate::keys::{Fingerprint, KeyError};
use crate::seal::{SUBJECT_ID_LEN, Subject, SubjectId};

const RECORD: &[u8; 4] = b"SWSK";
const HEAD: &[u8; 4] = b"SWSS";
const VERSION: u8 = 1;
pub(super) const WHAT: &str = "store of subjects' keys";
const LIVE: u8 = 1;
const ERASED: u8 = 2;
/// Said where there is no store.
pub(super) const NONE: &str = "there is none: `sealwire init` makes it";
/// What a file is called before it has its name.
const UNNAMED: &str = ".new-";

/// A subject's name, hashed: the store shows nobody who is in it, to whom it is not known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Handle(pub(super) [u8; 32]);

/// What the store holds of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: SubjectId,
    pub(super) handle: Handle,
    pub(super) state: State,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    Live {
        /// The intermediate key that it is wrapped under.
        root: Fingerprint,
        blob: Vec<u8>,
    },
    Erased {
        at: SystemTime,
        /// The one that it was wrapped under.
        root: Fingerprint,
    },
}

/// Hashes subjects' names.
pub(super) struct Names(hmac::Key);

impl Names {
    pub(super) fn handle(&self, environment: &[u8; 16], subject: &Subject) -> Handle {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(b"name");
        context.update(environment);
        context.update(subject.expose_name());
        let tag = context.sign();
        Handle(tag.as_ref().first_chunk().copied().unwrap_or_default())
    }

    /// From what makes a store.
    pub(super) fn read(head: &[u8]) -> Result<Names, KeyError> {
        let mut reader = Reader::new(checked(head, WHAT)?, WHAT);
        reader.head(HEAD, VERSION)?;
        let key: [u8; 32] = reader.array()?;
        reader.end()?;
        Ok(Names(hmac::Key::new(hmac::HMAC_SHA256, &key)))
    }

    /// The id that is tried as the `n`th.
    pub(super) fn id(&self, handle: &Handle, n: u8) -> SubjectId {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(b"id");
        context.update(&[n]);
        context.update(&handle.0);
        let tag = context.sign();
        SubjectId(
            tag.as_ref()
                .first_chunk::<SUBJECT_ID_LEN>()
                .copied()
                .unwrap_or_default(),
        )
    }
}

/// What makes a store: the key of its names, new.
pub(super) fn new_head() -> Result<zeroize::Zeroizing<Vec<u8>>, KeyError> {
    let mut out = zeroize::Zeroizing::new(HEAD.to_vec());
    out.push(VERSION);
    out.extend_from_slice(Secret::<32>::random()?.expose_secret());
    put_checksum(&mut out);
    Ok(out)
}

pub(super) struct Folder {
    folder: PathBuf,
}

impl Folder {
    pub(super) fn new(folder: &Path) -> Self {
        Folder {
            folder: folder.to_owned(),
        }
    }

    fn head(&self) -> PathBuf {
        self.folder.join("store")
    }

    pub(super) fn exists(&self) -> bool {
        self.head().exists()
    }

    /// The folder itself, for its owner only.
    pub(super) fn make(&self, rules: &Path) -> Result<(), KeyError> {
        folder(&self.folder)?;
        refuse_inside(&self.head(), rules)
    }

    /// What makes the folder a store: the key of its names.
    pub(super) fn begin(&self) -> Result<(), KeyError> {
        write_new(&self.head(), hex(&new_head()?).as_bytes())
    }

    pub(super) fn names(&self) -> Result<Names, KeyError> {
        if !self.exists() {
            return Err(KeyError::SubjectStore { why: NONE });
        }
        Names::read(&read_bytes(&self.head())?)
    }

    fn lock_file(&self, name: &str) -> Result<(File, PathBuf), KeyError> {
        let path = self.folder.join(name);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(io(&path))?;
        Ok((file, path))
    }

    /// Nobody else changes the store.
    pub(super) fn exclusive(&self) -> Result<File, KeyError> {
        let (file, path) = self.lock_file("lock")?;
        file.lock().map_err(io(&path))?;
        Ok(file)
    }

    /// Others may add keys too, and nobody does anything else.
    pub(super) fn shared(&self) -> Result<File, KeyError> {
        let (file, path) = self.lock_file("lock")?;
        file.lock_shared().map_err(io(&path))?;
        Ok(file)
    }

    /// One replacement of the intermediate key at a time.
    pub(super) fn only_roll(&self) -> Result<File, KeyError> {
        let (file, path) = self.lock_file("roll")?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(KeyError::SubjectStore {
                why: "its intermediate key is being replaced already",
            }),
            Err(TryLockError::Error(error)) => Err(io(&path)(error)),
        }
    }

    fn path(&self, id: SubjectId) -> PathBuf {
        let name = id.to_string();
        let shelf = name.get(..2).unwrap_or_default().to_owned();
        self.folder.join("keys").join(shelf).join(name)
    }

    pub(super) fn read(&self, id: SubjectId) -> Result<Option<Record>, KeyError> {
        let path = self.path(id);
        let read = || match read_bytes(&path) {
            Err(KeyError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
            Err(other) => Err(other),
            Ok(bytes) => parse(&bytes).map(Some),
        };
        let record = match read() {
            // It was replaced in between, and what was read was overwritten.
            Err(KeyError::Malformed { .. }) => read()?,
            read => read?,
        };
        match record {
            // Where the store itself is away nothing is known of anybody.
            None if !self.exists() => Err(KeyError::SubjectStore {
                why: "it is not there",
            }),
            Some(record) if record.id != id => Err(KeyError::Malformed { what: WHAT }),
            record => Ok(record),
        }
    }

    /// Adds a subject; false where there is one of this id.
    pub(super) fn add(&self, record: &Record) -> Result<bool, KeyError> {
        let path = self.path(record.id);
        let shelf = path.parent().unwrap_or(&self.folder);
        if !shelf.exists() {
            folder(shelf)?;
            for above in shelf.ancestors().skip(1).take(2) {
                sync(above)?;
            }
        }
        let unnamed = unnamed(shelf)?;
        write_new(&unnamed, hex(&render(record)?).as_bytes())?;
        let linked = std::fs::hard_link(&unnamed, &path);
        std::fs::remove_file(&unnamed).map_err(io(&unnamed))?;
        match linked {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
            Err(error) => return Err(io(&path)(error)),
        }
        sync(shelf)?;
        Ok(true)
    }

    /// Puts a record in the place of the one of its id, and overwrites what was there.
    pub(super) fn replace(&self, record: &Record) -> Result<(), KeyError> {
        replace_wiping(&self.path(record.id), &render(record)?)
    }

    /// Every id, in no order. Those that are added meanwhile may be left out.
    pub(super) fn ids(&self) -> Result<Vec<SubjectId>, KeyError> {
        let mut ids = Vec::new();
        self.each(|name, _| {
            let id = unhex(name).and_then(|bytes| bytes.as_slice().try_into().ok());
            ids.extend(id.map(SubjectId));
            Ok(())
        })?;
        Ok(ids)
    }

    /// Takes away what a crash left without a name. Under the exclusive lock.
    pub(super) fn sweep(&self) -> Result<(), KeyError> {
        self.each(|name, path| match name.starts_with(UNNAMED) {
            true => std::fs::remove_file(path).map_err(io(path)),
            false => Ok(()),
        })
    }

    fn each(
        &self,
        mut take: impl FnMut(&str, &Path) -> Result<(), KeyError>,
    ) -> Result<(), KeyError> {
        let keys = self.folder.join("keys");
        let shelves = match std::fs::read_dir(&keys) {
            Ok(shelves) => shelves,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(io(&keys)(error)),
        };
        for shelf in shelves {
            let shelf = shelf.map_err(io(&keys))?.path();
            for file in std::fs::read_dir(&shelf).map_err(io(&shelf))? {
                let path = file.map_err(io(&shelf))?.path();
                let name = path.file_name().and_then(|name| name.to_str());
                take(name.unwrap_or_default(), &path)?;
            }
        }
        Ok(())
    }
}

fn folder(path: &Path) -> Result<(), KeyError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(io(path))
}

fn unnamed(shelf: &Path) -> Result<PathBuf, KeyError> {
    let mut random = [0; 8];
    fill(&mut random)?;
    Ok(shelf.join(format!("{UNNAMED}{}", hex(&random).as_str())))
}

fn sync(folder: &Path) -> Result<(), KeyError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(io(folder))
}

/// A file's bytes, kept as hexadecimal.
pub(super) fn read_bytes(path: &Path) -> Result<zeroize::Zeroizing<Vec<u8>>, KeyError> {
    let text = read_private(path)?;
    unhex(text.trim_end()).ok_or(KeyError::Malformed { what: WHAT })
}

/// Writes a file anew in one step, and overwrites what the old one held, as far as the file system keeps it in its place.
pub(super) fn replace_wiping(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let shelf = path.parent().unwrap_or(Path::new("."));
    let mut old = match OpenOptions::new().write(true).open(path) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(io(path)(error)),
    };
    let beside = unnamed(shelf)?;
    write_new(&beside, hex(bytes).as_bytes())?;
    std::fs::rename(&beside, path).map_err(io(path))?;
    sync(shelf)?;
    if let Some(old) = &mut old {
        let len = old.metadata().map_err(io(path))?.len();
        let zeros = vec![b'0'; usize::try_from(len).unwrap_or_default()];
        old.seek(SeekFrom::Start(0))
            .and_then(|_| old.write_all(&zeros))
            .and_then(|()| old.sync_all())
            .map_err(io(path))?;
    }
    Ok(())
}

pub(super) fn put_time(out: &mut Vec<u8>, at: SystemTime) {
    let seconds = at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let [a, b, c, d, e, f, g, h] = seconds.to_be_bytes();
    out.extend_from_slice(&[a, b, c, d, e, f, g, h]);
}

pub(super) fn time(reader: &mut Reader<'_>) -> Result<SystemTime, KeyError> {
    let seconds = u64::from_be_bytes(reader.array()?);
    UNIX_EPOCH
        .checked_add(Duration::from_secs(seconds))
        .ok_or_else(|| reader.malformed())
}

pub(super) fn render(record: &Record) -> Result<Vec<u8>, KeyError> {
    let mut out = RECORD.to_vec();
    out.push(VERSION);
    out.extend_from_slice(&record.id.0);
    out.extend_from_slice(&record.handle.0);
    match &record.state {
        State::Live { root, blob } => {
            out.push(LIVE);
            out.extend_from_slice(&root.0);
            put_short(&mut out, blob, WHAT)?;
        }
        State::Erased { at, root } => {
            out.push(ERASED);
            out.extend_from_slice(&root.0);
            put_time(&mut out, *at);
        }
    }
    put_checksum(&mut out);
    Ok(out)
}

pub(super) fn parse(bytes: &[u8]) -> Result<Record, KeyError> {
    let mut reader = Reader::new(checked(bytes, WHAT)?, WHAT);
    reader.head(RECORD, VERSION)?;
    let id = SubjectId(reader.array()?);
    let handle = Handle(reader.array()?);
    let state = reader.u8()?;
    let root = Fingerprint(reader.array()?);
    let state = match state {
        LIVE => State::Live {
            root,
            blob: reader.short()?.to_vec(),
        },
        ERASED => State::Erased {
            at: time(&mut reader)?,
            root,
        },
        _ => return Err(reader.malformed()),
    };
    reader.end()?;
    Ok(Record { id, handle, state })
}
