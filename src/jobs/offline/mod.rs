//! `sealwire open-dump`: a plain dump of a protected database, opened without any server, under a backup of the keys.
//!
//! It is read twice: what schema `sealwire` holds stands behind the tables. The second reading writes it down again: rows of COPY and
//! INSERT with their values opened, sealed columns with their declared types, and without schema `sealwire` and what hangs on it. No
//! more than one row or statement is in memory. What does not open is left as it is, and told.

mod found;
mod script;
mod statement;
mod subjects;
mod ways;

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::sync::Arc;

use bytes::BytesMut;
use zeroize::Zeroizing;

use crate::catalog::split_qualified;
use crate::ground::damaged;
use crate::ground::erasures::destroyed;
use crate::jobs::JobError;
use crate::keys::{OpenBackup, Subjects, WrappedKeyset};
use crate::plan::{CopyFormat, TextFormat};
use crate::seal::SubjectId;
use crate::transform::copy::{CopyReader, CopyWriter, Record};
use found::{Found, find, said, utf8};
use script::{Piece, Script};
use statement::{Mention, OWN, Qualified, Statement, Value, What, mention, read};
pub use subjects::{dumped_subjects, no_subjects};
use ways::{Closed, Fate, Ways, constant, ways};

/// Something that whoever reads the opened dump has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A value that does not open; it stands in the output as it was.
    Damaged {
        /// Line of the dump.
        line: u64,
        /// `schema.table.column`.
        column: String,
        /// The column's key domain.
        domain: Option<u32>,
        /// Why.
        reason: String,
    },
    /// Values under a key of a data subject that is not to be had: it was erased, or the copy of the store does not hold it. NULL stands
    /// in their place.
    Gone {
        /// The key.
        key: SubjectId,
        /// How many.
        values: u64,
    },
    /// A statement or a row that cannot be read; it stands in the output as it was.
    Unread {
        /// Line of the dump.
        line: u64,
        /// What about it.
        reason: String,
    },
    /// A statement that hangs on schema `sealwire`, such as an index that served searches; it is not in the output.
    LeftOut {
        /// Line of the dump.
        line: u64,
        /// How it begins.
        what: String,
    },
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenedDump {
    /// Values that were opened.
    pub opened: u64,
    /// Values that do not open, and rows and statements that cannot be read.
    pub failed: u64,
    /// Values of data subjects whose keys are gone; NULL stands in their place.
    pub gone: u64,
    /// Statements that hang on schema `sealwire`.
    pub left_out: u64,
}

/// Opens a dump.
///
/// # Errors
/// Where it is no plain dump with a schema `sealwire`, the backup does not hold its keys, its registry was altered, or the output cannot
/// be written. Nothing is written before the registry was verified.
pub fn open_dump(
    dump: &Path,
    backup: &OpenBackup,
    subjects: Arc<Subjects>,
    out: &mut dyn Write,
    told: &mut dyn FnMut(&Told),
) -> Result<OpenedDump, JobError> {
    let unreadable = |error| JobError::Nothing(format!("{}: {error}", dump.display()));
    let mut file = File::open(dump).map_err(unreadable)?;
    is_plain(&mut file, dump)?;
    let reader = || File::open(dump).map(BufReader::new).map_err(unreadable);
    let found = find(reader()?)?;
    let ways = verified(&found, backup, subjects)?;
    let mut writing = Writing {
        found: &found,
        ways: &ways,
        out,
        told,
        done: OpenedDump::default(),
        gone: HashSet::new(),
        subjects: BTreeMap::new(),
    };
    let mut script = Script::new(reader()?);
    while let Some(piece) = script.next().map_err(|error| said(&error))? {
        match piece {
            // Rows are taken where their COPY is.
            Piece::Aside | Piece::Row | Piece::End => writing.put(script.bytes())?,
            Piece::Statement => writing.statement(&mut script)?,
        }
    }
    for (key, values) in std::mem::take(&mut writing.subjects) {
        writing.tell(Told::Gone { key, values });
    }
    writing.out.flush().map_err(unwritable)?;
    Ok(writing.done)
}

fn is_plain(file: &mut File, path: &Path) -> Result<(), JobError> {
    let mut head = [0; 5];
    let length = file.read(&mut head).unwrap_or_default();
    let head = head.get(..length).unwrap_or_default();
    if head.starts_with(b"PGDMP") || head.contains(&0) || head.starts_with(&[0x1f, 0x8b]) {
        let path = path.display();
        return Err(JobError::Nothing(format!(
            "{path} is no plain dump: pg_restore --file=plain.sql {path} makes one of an archive"
        )));
    }
    Ok(())
}

fn verified(found: &Found, backup: &OpenBackup, subjects: Arc<Subjects>) -> Result<Ways, JobError> {
    let wrapped = found
        .stored
        .keysets
        .iter()
        .map(|bytes| WrappedKeyset::from_bytes(bytes))
        .collect::<Result<Vec<_>, _>>()?;
    if wrapped.is_empty() {
        return Err(JobError::Nothing(
            "the dump holds no schema sealwire with its rows: nothing in it can be opened"
                .to_owned(),
        ));
    }
    let keyring = backup.keyring(&wrapped)?;
    if !found.stored.verify(&keyring) {
        return Err(damaged("the registry in the dump does not match its seal").into());
    }
    subjects.deny(destroyed(&found.stored.erasures, &keyring));
    ways(found, &keyring.knowing(subjects))
}

fn unwritable(error: std::io::Error) -> JobError {
    JobError::Nothing(format!("the output cannot be written: {error}"))
}

/// The second reading.
struct Writing<'a> {
    found: &'a Found,
    ways: &'a Ways,
    out: &'a mut dyn Write,
    told: &'a mut dyn FnMut(&Told),
    done: OpenedDump,
    /// Indexes that were left out.
    gone: HashSet<(Option<String>, String)>,
    /// Data subjects whose keys are gone, and how many values were under them.
    subjects: BTreeMap<SubjectId, u64>,
}

/// What became of a value.
enum Became {
    /// Its text was appended.
    Open,
    /// NULL: its data subject is gone.
    Null,
    /// What it was.
    Left,
}

impl Writing<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), JobError> {
        self.out.write_all(bytes).map_err(unwritable)
    }

    fn tell(&mut self, told: Told) {
        match &told {
            Told::Damaged { .. } | Told::Unread { .. } => self.done.failed += 1,
            Told::Gone { values, .. } => self.done.gone += values,
            Told::LeftOut { .. } => self.done.left_out += 1,
        }
        (self.told)(&told);
    }

    fn unread(&mut self, line: u64, reason: &str) {
        let reason = reason.to_owned();
        self.tell(Told::Unread { line, reason });
    }

    fn statement(&mut self, script: &mut Script<BufReader<File>>) -> Result<(), JobError> {
        let line = script.line();
        let text = utf8(script.bytes(), line)?;
        match read(text) {
            Some(Statement::Copy(table, columns)) => {
                let text = Zeroizing::new(text.to_owned());
                return self.copy(&table, &columns, &text, script);
            }
            Some(Statement::Insert(table, _, _) | Statement::Table(table, _)) if table.0 == OWN => {
                return Ok(());
            }
            Some(Statement::Insert(table, columns, rows)) => {
                return self.insert(&table, columns, &rows, text, line);
            }
            Some(Statement::Table(table, columns)) => {
                return self.table(&table, &columns, text, line);
            }
            Some(_) | None => {}
        }
        match mention(text) {
            Mention::Own => Ok(()),
            Mention::Foreign => {
                let what = beginning(text);
                self.gone.extend(index_of(text));
                self.tell(Told::LeftOut { line, what });
                Ok(())
            }
            Mention::No if self.is_of_gone_index(text) => Ok(()),
            Mention::No => {
                if text.starts_with("INSERT ") && !text.trim_end().ends_with("DEFAULT VALUES;") {
                    self.unread(line, "an INSERT of a form that pg_dump does not write");
                }
                self.put(text.as_bytes())
            }
        }
    }

    /// `COMMENT ON INDEX schema.name`, of one that was left out.
    fn is_of_gone_index(&self, text: &str) -> bool {
        text.strip_prefix("COMMENT ON INDEX ")
            .and_then(|rest| split_qualified(rest.split(" IS ").next()?))
            .is_some_and(|name| self.gone.contains(&name))
    }

    fn table(
        &mut self,
        table: &Qualified,
        columns: &[statement::Column],
        text: &str,
        line: u64,
    ) -> Result<(), JobError> {
        let mut at = 0;
        let mut out = String::with_capacity(text.len());
        for column in columns {
            let Some(place) = &column.sealed else {
                continue;
            };
            out.push_str(text.get(at..place.start).unwrap_or_default());
            at = place.end;
            match self.ways.of(table, &column.name) {
                Fate::Open(way) => {
                    out.push_str(&way.type_sql);
                    if column.default {
                        self.unread(line, "the default of a sealed column");
                    } else if let Some(default) = &way.default_sql {
                        out.push_str(" DEFAULT ");
                        out.push_str(default);
                    }
                }
                Fate::Plain | Fate::Unknown => {
                    let column = &column.name;
                    let reason = format!("the registry does not know sealed column {column}");
                    self.unread(line, &reason);
                    // Its envelopes stay what they are.
                    out.push_str("bytea");
                }
            }
        }
        out.push_str(text.get(at..).unwrap_or_default());
        self.put(out.as_bytes())
    }

    fn copy(
        &mut self,
        table: &Qualified,
        columns: &[String],
        text: &str,
        script: &mut Script<BufReader<File>>,
    ) -> Result<(), JobError> {
        let fates: Vec<Fate<'_>> = columns
            .iter()
            .map(|column| self.ways.of(table, column))
            .collect();
        let own = table.0 == OWN;
        let plain = fates.iter().all(|fate| matches!(fate, Fate::Plain));
        if !own {
            self.put(text.as_bytes())?;
        }
        let format = CopyFormat::Text(TextFormat::default());
        let mut reader = CopyReader::new(&format, columns.len());
        let mut writer = CopyWriter::new(&format, columns.len());
        let (mut record, mut out) = (Record::default(), BytesMut::new());
        while let Some(piece) = script.next().map_err(|error| said(&error))? {
            let line = script.line();
            if own {
                if piece == Piece::End {
                    return Ok(());
                }
                continue;
            }
            if piece == Piece::End {
                return self.put(script.bytes());
            }
            if plain {
                self.put(script.bytes())?;
                continue;
            }
            reader.push(script.bytes());
            let whole = reader.next(&mut record);
            if !matches!(whole, Ok(true)) || record.len() != columns.len() {
                self.unread(line, "a row that does not fit its table");
                self.put(script.bytes())?;
                continue;
            }
            out.clear();
            for ((field, fate), name) in record.fields().zip(&fates).zip(columns) {
                match (field, fate) {
                    (None, _) | (_, Fate::Plain) => writer.field(field, false, &mut out),
                    (Some(field), fate) => {
                        let mut opened = Zeroizing::default();
                        let shown = match self.open(fate, table, name, field, line, &mut opened) {
                            Became::Open => Some(opened.as_slice()),
                            Became::Null => None,
                            Became::Left => Some(field),
                        };
                        writer.field(shown, false, &mut out);
                    }
                }
            }
            writer.end_row(&mut out);
            self.put(&out)?;
        }
        Ok(())
    }

    /// Opens a value; where it does not open, that is told.
    fn open(
        &mut self,
        fate: &Fate<'_>,
        table: &Qualified,
        name: &str,
        envelope: &[u8],
        line: u64,
        opened: &mut Zeroizing<Vec<u8>>,
    ) -> Became {
        let (domain, failure) = match fate {
            Fate::Plain => return Became::Left,
            Fate::Unknown => (
                None,
                Err(Closed::Damaged(
                    "the registry does not know the column".to_owned(),
                )),
            ),
            Fate::Open(way) => (Some(way.domain), way.open(envelope, opened)),
        };
        match failure {
            Ok(()) => {
                self.done.opened += 1;
                Became::Open
            }
            Err(Closed::Gone(key)) => {
                *self.subjects.entry(key).or_default() += 1;
                Became::Null
            }
            Err(Closed::Damaged(reason)) => {
                let column = match fate {
                    Fate::Open(way) => way.column.clone(),
                    Fate::Plain | Fate::Unknown => format!("{}.{}.{name}", table.0, table.1),
                };
                self.tell(Told::Damaged {
                    line,
                    column,
                    domain,
                    reason,
                });
                Became::Left
            }
        }
    }

    fn insert(
        &mut self,
        table: &Qualified,
        columns: Option<Vec<String>>,
        rows: &[Vec<Value>],
        text: &str,
        line: u64,
    ) -> Result<(), JobError> {
        if !self.ways.touches(table) {
            return self.put(text.as_bytes());
        }
        let shapes = self.found.tables.get(table);
        let known = || Some(shapes?.iter().map(|shape| shape.name.clone()).collect());
        let Some(names) = columns.or_else(known) else {
            self.unread(
                line,
                "the columns of the table are not in the dump: take it with --column-inserts, or with its tables",
            );
            return self.put(text.as_bytes());
        };
        let mut at = 0;
        let mut out = Zeroizing::new(String::with_capacity(text.len()));
        for row in rows {
            if row.len() != names.len() {
                self.unread(line, "a row that does not fit its table");
                continue;
            }
            for (value, name) in row.iter().zip(&names) {
                let fate = self.ways.of(table, name);
                if matches!(fate, Fate::Plain) || matches!(value.what, What::Null) {
                    continue;
                }
                let mut opened = Zeroizing::default();
                let envelope = match &value.what {
                    What::Text(text) => text.as_bytes(),
                    What::Null | What::Bare => b"",
                };
                let became = self.open(&fate, table, name, envelope, line, &mut opened);
                if matches!(became, Became::Left) {
                    continue;
                }
                out.push_str(text.get(at..value.place.start).unwrap_or_default());
                at = value.place.end;
                // Canonical texts are UTF-8.
                let opened = String::from_utf8_lossy(&opened);
                match (became, fate) {
                    (Became::Null, _) => out.push_str("NULL"),
                    (Became::Open | Became::Left, Fate::Open(way)) => {
                        out.push_str(&constant(way, &opened));
                    }
                    (Became::Open | Became::Left, Fate::Plain | Fate::Unknown) => {}
                }
            }
        }
        out.push_str(text.get(at..).unwrap_or_default());
        self.put(out.as_bytes())
    }
}

/// How a statement begins, in one line and without constants.
fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let line = words.join(" ");
    let end = line.find(['(', '\'', ';']).unwrap_or(line.len());
    let head = line.get(..end).unwrap_or_default().trim_end();
    head.chars().take(120).collect()
}

/// The index that CREATE INDEX makes; its schema is that of the table.
fn index_of(text: &str) -> Option<(Option<String>, String)> {
    let rest = text
        .strip_prefix("CREATE INDEX ")
        .or_else(|| text.strip_prefix("CREATE UNIQUE INDEX "))?;
    let (name, on) = rest.split_once(" ON ")?;
    let on = on.strip_prefix("ONLY ").unwrap_or(on);
    let (schema, _) = split_qualified(on.split_ascii_whitespace().next()?)?;
    Some((schema, split_qualified(name)?.1))
}
