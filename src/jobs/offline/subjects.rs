//! The keys of data subjects for a dump that is opened: a plain dump of the database that is their store, or none at all.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use super::found::{said, utf8};
use super::is_plain;
use super::script::{Piece, Script};
use super::statement::{Statement, What, read};
use crate::jobs::JobError;
use crate::keys::{DatabaseIdentity, KeyError, LockedRows, RowLock, SubjectRows};
use crate::plan::{CopyFormat, TextFormat};
use crate::seal::{SUBJECT_ID_LEN, SubjectId};
use crate::transform::bytea;
use crate::transform::copy::{CopyReader, Record};

/// Where the store's tables lie.
const SCHEMA: &str = "sealwire_subjects";

/// Rows that were read, for reading alone.
struct Rows {
    place: String,
    head: Option<Vec<u8>>,
    keys: HashMap<SubjectId, Vec<u8>>,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// No store: every key is gone.
pub fn no_subjects() -> Arc<dyn SubjectRows> {
    Arc::new(Rows {
        place: "none".to_owned(),
        head: Some(Vec::new()),
        keys: HashMap::new(),
    })
}

/// The store of a plain dump of its database.
///
/// # Errors
/// Where it is none.
pub fn dumped_subjects(dump: &Path) -> Result<Arc<dyn SubjectRows>, JobError> {
    let unreadable = |error| JobError::Nothing(format!("{}: {error}", dump.display()));
    let mut file = File::open(dump).map_err(unreadable)?;
    is_plain(&mut file, dump)?;
    let mut rows = Rows {
        place: dump.display().to_string(),
        head: None,
        keys: HashMap::new(),
    };
    let mut script = Script::new(File::open(dump).map(BufReader::new).map_err(unreadable)?);
    let format = CopyFormat::Text(TextFormat::default());
    let mut copy: Option<(String, Vec<String>, CopyReader)> = None;
    let mut record = Record::default();
    while let Some(piece) = script.next().map_err(|error| said(&error))? {
        let line = script.line();
        match piece {
            Piece::Aside => {}
            Piece::End => copy = None,
            Piece::Row => {
                let Some((table, columns, reader)) = &mut copy else {
                    continue;
                };
                reader.push(script.bytes());
                if !matches!(reader.next(&mut record), Ok(true)) {
                    return Err(foreign(dump, line));
                }
                let names = columns.iter().map(String::as_str);
                let fields = record.fields().map(|field| field.unwrap_or_default());
                rows.take(table, names.zip(fields))
                    .ok_or_else(|| foreign(dump, line))?;
            }
            Piece::Statement => {
                let text = utf8(script.bytes(), line)?;
                match read(text) {
                    Some(Statement::Copy(table, columns)) => {
                        copy = (table.0 == SCHEMA)
                            .then(|| (table.1, CopyReader::new(&format, columns.len()), columns))
                            .map(|(table, reader, columns)| (table, columns, reader));
                    }
                    Some(Statement::Insert(table, Some(columns), values)) if table.0 == SCHEMA => {
                        for row in values {
                            let fields = row.iter().map(|value| match &value.what {
                                What::Text(text) => text.as_bytes(),
                                What::Null | What::Bare => b"",
                            });
                            let names = columns.iter().map(String::as_str);
                            rows.take(&table.1, names.zip(fields))
                                .ok_or_else(|| foreign(dump, line))?;
                        }
                    }
                    Some(_) | None => {}
                }
            }
        }
    }
    match rows.head {
        Some(_) => Ok(Arc::new(rows)),
        None => Err(JobError::Nothing(format!(
            "{} holds no store of subjects' keys: expected a dump of its database with its rows, by COPY or with --column-inserts",
            dump.display()
        ))),
    }
}

fn foreign(dump: &Path, line: u64) -> JobError {
    JobError::Nothing(format!(
        "{}, line {line}: a row of the store that is not of a form that this version knows",
        dump.display()
    ))
}

impl Rows {
    fn take<'a>(
        &mut self,
        table: &str,
        fields: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Option<()> {
        let fields: HashMap<&str, &[u8]> = fields.collect();
        let bytes = |name: &str| {
            let mut out = Vec::new();
            bytea::decode(fields.get(name)?, &mut out)?;
            Some(out)
        };
        match table {
            "head" => self.head = Some(bytes("bytes")?),
            "keys" => {
                let id: [u8; SUBJECT_ID_LEN] = bytes("id")?.as_slice().try_into().ok()?;
                self.keys.insert(SubjectId(id), bytes("record")?);
            }
            // None of ours.
            _ => {}
        }
        Some(())
    }
}

const READ_ONLY: KeyError = KeyError::SubjectStore {
    why: "it was read from a dump, and cannot be changed",
};

impl SubjectRows for Rows {
    fn place(&self) -> String {
        self.place.clone()
    }

    fn identity(&self) -> Result<DatabaseIdentity, KeyError> {
        Ok(DatabaseIdentity {
            system: None,
            database: 0,
        })
    }

    fn make(&self) -> Result<(), KeyError> {
        Err(READ_ONLY)
    }

    fn head(&self) -> Result<Option<Vec<u8>>, KeyError> {
        Ok(self.head.clone())
    }

    fn get(&self, id: SubjectId) -> Result<Option<Vec<u8>>, KeyError> {
        Ok(self.keys.get(&id).cloned())
    }

    fn ids(&self) -> Result<Vec<SubjectId>, KeyError> {
        Ok(self.keys.keys().copied().collect())
    }

    fn lock(&self, _: RowLock) -> Result<Box<dyn LockedRows>, KeyError> {
        Err(READ_ONLY)
    }

    fn settle(&self) -> Result<(), KeyError> {
        Err(READ_ONLY)
    }
}
