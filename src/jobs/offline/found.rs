//! The first reading of a dump: schema `sealwire` as its rows hold it, tables, partitions and types.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;
use std::sync::Arc;

use super::script::{Piece, Script};
use super::statement::{Column, OWN, Qualified, Statement, What, read};
use crate::catalog::{Snapshot, TypeInfo};
use crate::ground::erasures::RecordRow;
use crate::ground::stored::{JournalRow, Stored, StoredColumn};
use crate::jobs::JobError;
use crate::plan::{CopyFormat, TextFormat};
use crate::seal::{SealSpec, header};
use crate::transform::bytea;
use crate::transform::copy::{CopyReader, Record};
use crate::value::EnumLabels;

/// What a dump says of itself.
#[derive(Default)]
pub(super) struct Found {
    pub(super) stored: Stored,
    /// Columns of each table.
    pub(super) tables: HashMap<Qualified, Vec<Shape>>,
    /// Partitions, and what they are partitions of.
    pub(super) parents: HashMap<Qualified, Qualified>,
    /// Its types.
    pub(super) snapshot: Snapshot,
    /// The key domain of the first envelope in a sealed column.
    pub(super) domains: HashMap<(Qualified, String), u32>,
    keysets: BTreeMap<(i64, i64), Vec<u8>>,
}

/// A column of a table.
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) sealed: bool,
}

/// A row of schema `sealwire`, by column.
struct Row<'a>(HashMap<&'a str, Option<String>>);

/// Reads a dump.
///
/// # Errors
/// Where it is no plain dump in UTF-8, or its schema `sealwire` is not of a known form.
pub(super) fn find(dump: impl BufRead) -> Result<Found, JobError> {
    let mut found = Found::default();
    let mut script = Script::new(dump);
    let mut copy: Option<Copying> = None;
    while let Some(piece) = script.next().map_err(|error| said(&error))? {
        match piece {
            Piece::Aside => {}
            Piece::End => copy = None,
            Piece::Row => {
                if let Some(copy) = &mut copy {
                    copy.row(script.bytes(), &mut found)?;
                }
            }
            Piece::Statement => {
                let text = utf8(script.bytes(), script.line())?;
                match read(text) {
                    Some(Statement::Copy(table, columns)) => {
                        copy = Copying::begin(table, columns, &found);
                    }
                    Some(statement) => found.take(statement, text, script.line())?,
                    None => {}
                }
            }
        }
    }
    found.stored.keysets = std::mem::take(&mut found.keysets).into_values().collect();
    found.stored.columns.sort_by_key(|column| column.id);
    found.stored.journal.sort_by_key(|row| row.id);
    Ok(found)
}

/// A statement's text.
pub(super) fn utf8(bytes: &[u8], line: u64) -> Result<&str, JobError> {
    std::str::from_utf8(bytes)
        .map_err(|_| JobError::Nothing(format!("line {line} of the dump is not UTF-8")))
}

pub(super) fn said(error: &std::io::Error) -> JobError {
    JobError::Nothing(format!("the dump cannot be read: {error}"))
}

/// Rows of a COPY that are looked at.
struct Copying {
    table: Qualified,
    columns: Vec<String>,
    reader: CopyReader,
    record: Record,
    /// Places of sealed columns whose domain is not known yet.
    unseen: Vec<usize>,
}

impl Copying {
    /// `None`: nothing is to be learnt from them.
    fn begin(table: Qualified, columns: Vec<String>, found: &Found) -> Option<Self> {
        let own = is_own(&table);
        let shapes = found
            .tables
            .get(&table)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let sealed = |name: &String| {
            shapes
                .iter()
                .any(|shape| shape.sealed && shape.name == *name)
        };
        let unseen: Vec<usize> = (0..columns.len())
            .filter(|at| columns.get(*at).is_some_and(sealed))
            .collect();
        (own || !unseen.is_empty()).then(|| Copying {
            reader: CopyReader::new(&CopyFormat::Text(TextFormat::default()), columns.len()),
            record: Record::default(),
            table,
            columns,
            unseen,
        })
    }

    fn row(&mut self, line: &[u8], found: &mut Found) -> Result<(), JobError> {
        let own = is_own(&self.table);
        if !own && self.unseen.is_empty() {
            return Ok(());
        }
        self.reader.push(line);
        let whole = self.reader.next(&mut self.record).map_err(|error| {
            JobError::Nothing(format!("COPY data of {}: {}", self.table.1, error.message))
        })?;
        if !whole {
            return Ok(());
        }
        if own {
            let text = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
            let fields = self.record.fields().map(|field| field.map(text));
            let names = self.columns.iter().map(String::as_str);
            return found.own_row(&self.table.1, Row(names.zip(fields).collect()));
        }
        let fields: Vec<Option<&[u8]>> = self.record.fields().collect();
        let (table, columns) = (&self.table, &self.columns);
        self.unseen.retain(|at| {
            let Some(Some(field)) = fields.get(*at) else {
                return true;
            };
            let mut envelope = Vec::new();
            let decoded = bytea::decode(field, &mut envelope);
            if let (Some(()), Ok(header), Some(name)) =
                (decoded, header(&envelope), columns.get(*at))
            {
                let place = (table.clone(), name.clone());
                found.domains.insert(place, header.domain);
            }
            false
        });
        Ok(())
    }
}

fn is_own(table: &Qualified) -> bool {
    table.0 == OWN
        && [
            "settings",
            "keysets",
            "columns",
            "journal",
            "subject_records",
        ]
        .contains(&table.1.as_str())
}

impl Found {
    fn take(&mut self, statement: Statement, text: &str, line: u64) -> Result<(), JobError> {
        match statement {
            Statement::Table(name, columns) => {
                let shape = |column: Column| Shape {
                    sealed: column.sealed.is_some(),
                    name: column.name,
                };
                self.tables
                    .insert(name, columns.into_iter().map(shape).collect());
            }
            Statement::Attach(parent, part) => {
                self.parents.insert(part, parent);
            }
            Statement::Enum((schema, name)) => self.type_of(schema, name, 'e'),
            Statement::Citext(schema) => self.type_of(schema, "citext".to_owned(), 'b'),
            Statement::Insert(table, columns, rows) if is_own(&table) => {
                let known = self
                    .tables
                    .get(&table)
                    .map(|shapes| shapes.iter().map(|shape| shape.name.clone()).collect());
                let names: Vec<String> = columns.or(known).ok_or_else(|| {
                    JobError::Nothing(format!(
                        "line {line}: the columns of sealwire.{} are not in the dump: take it with --column-inserts, or with its tables",
                        table.1
                    ))
                })?;
                for row in rows {
                    let fields = row.iter().map(|value| match &value.what {
                        What::Null => None,
                        What::Text(text) => Some(text.clone()),
                        What::Bare => Some(value.text(text).to_owned()),
                    });
                    let names = names.iter().map(String::as_str);
                    self.own_row(&table.1, Row(names.zip(fields).collect()))?;
                }
            }
            Statement::Set(name, value) => match (name.as_str(), value.as_str()) {
                ("client_encoding", "UTF8" | "utf8" | "UTF-8") => {}
                ("client_encoding", _) => {
                    return Err(JobError::Nothing(
                        "the dump is not in UTF-8: take it with pg_dump --encoding=UTF8".to_owned(),
                    ));
                }
                ("standard_conforming_strings", "off") => {
                    return Err(JobError::Nothing(
                        "the dump was taken with standard_conforming_strings off, under which its texts read otherwise"
                            .to_owned(),
                    ));
                }
                _ => {}
            },
            Statement::Insert(..) | Statement::Copy(..) | Statement::Other => {}
        }
        Ok(())
    }

    /// A type of the dump and its array, under numbers of our own.
    fn type_of(&mut self, schema: String, name: String, typtype: char) {
        let oid = 1_000_000 + u32::try_from(self.snapshot.types.len()).unwrap_or_default();
        let labels = (typtype == 'e').then(|| {
            Arc::new(EnumLabels {
                name: name.clone(),
                labels: Vec::new(),
                array: oid + 1,
            })
        });
        let array = TypeInfo {
            schema: schema.clone(),
            name: format!("_{name}"),
            typtype: 'b',
            base: 0,
            element: oid,
            labels: None,
        };
        let own = TypeInfo {
            schema,
            name,
            typtype,
            base: 0,
            element: 0,
            labels,
        };
        self.snapshot.types.insert(oid, own);
        self.snapshot.types.insert(oid + 1, array);
    }

    fn own_row(&mut self, table: &str, row: Row<'_>) -> Result<(), JobError> {
        let damaged = || {
            JobError::Nothing(format!(
                "a row of sealwire.{table} is not of a form that this version knows"
            ))
        };
        match table {
            "settings" => {
                let (name, value) = (row.text("name"), row.text("value"));
                let value = value.ok_or_else(damaged)?;
                match name.as_deref() {
                    Some("environment") if self.stored.environment.is_empty() => {
                        self.stored.environment = value;
                    }
                    Some("environment") => {
                        return Err(JobError::Nothing(
                            "the dump holds more than one database: take one of each".to_owned(),
                        ));
                    }
                    Some("format") => self.stored.format = value,
                    Some("counter") => {
                        self.stored.counter = value.parse().unwrap_or(u64::MAX);
                    }
                    Some("seal") => self.stored.seal = value,
                    Some(_) | None => {}
                }
            }
            "keysets" => {
                let slot = row.number("slot").ok_or_else(damaged)?;
                let epoch = row.number("epoch").ok_or_else(damaged)?;
                let mut wrapped = Vec::new();
                row.text("wrapped")
                    .and_then(|text| bytea::decode(text.as_bytes(), &mut wrapped))
                    .ok_or_else(damaged)?;
                self.keysets.insert((slot, epoch), wrapped);
            }
            "columns" => self.stored.columns.push(row.column().ok_or_else(damaged)?),
            "journal" => self.stored.journal.push(row.entry().ok_or_else(damaged)?),
            "subject_records" => self.stored.erasures.push(row.record().ok_or_else(damaged)?),
            _ => {}
        }
        Ok(())
    }
}

impl Row<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned().flatten()
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.0.get(name)?.as_ref()?.parse().ok()
    }

    /// As `ground::stored` reads it from a server. What is out of range was edited: the seal fails then.
    fn column(&self) -> Option<StoredColumn> {
        let seal = match self.text("scheme") {
            None => None,
            Some(scheme) => {
                let layout = SealSpec::parse_scheme(&scheme)?;
                Some(SealSpec {
                    domain: self.number("domain_id")?,
                    slot: self.number("slot")?,
                    epoch: self.number("epoch")?,
                    scheme: layout.scheme,
                    ci: layout.ci,
                    order: layout.order,
                    tokens: layout.tokens,
                    family: self.number("family")?,
                    pad: match self.text("pad") {
                        None => None,
                        Some(pad) => Some(pad.parse().ok()?),
                    },
                })
            }
        };
        Some(StoredColumn {
            id: self.number("id")?,
            database_oid: self.number("database_oid")?,
            table: self.number("table_oid")?,
            attnum: self.number("attnum")?,
            schema: self.text("schema_name")?,
            table_name: self.text("table_name")?,
            column: self.text("column_name")?,
            declared: self.text("declared")?,
            collation: self.text("collation_name"),
            seal,
            domain_name: self.text("domain_name"),
            default: self.text("default_text"),
            default_sql: self.text("default_sql"),
        })
    }

    fn record(&self) -> Option<RecordRow> {
        Some(RecordRow {
            id: self.number("id")?,
            body: self.text("body")?,
            seal: self.text("seal")?,
        })
    }

    fn entry(&self) -> Option<JournalRow> {
        Some(JournalRow {
            id: self.number("id")?,
            database_oid: self.number("database_oid")?,
            table: self.number("table_oid")?,
            attnum: self.number("attnum")?,
            body: self.text("body")?,
            seal: self.text("seal")?,
        })
    }
}
