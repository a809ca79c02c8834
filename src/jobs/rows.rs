//! The rows of a table under conversion: read through a portal in batches, written to shadow columns
//! by row id, read back and compared.

use std::sync::Arc;

use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Portal, Row, Transaction};

use super::JobError;
use super::error::at;
use super::protect::{Phase, Progress, Report};
use crate::catalog::quote_ident;
use crate::policy::SubjectColumn;
use crate::seal::{ColumnCipher, OpenError, Subject, SubjectError};
use crate::value::{Canonical, DeclaredType, Settings};

const BATCH: i32 = 2_000;

/// A value's bytes as the server sent them, of whatever type.
struct Sent<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Sent<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Sent(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A `tid`, six bytes, only ever given back.
#[derive(Debug)]
pub(super) struct RowId(pub(super) Vec<u8>);

impl ToSql for RowId {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::TID
    }

    to_sql_checked!();
}

/// One column on its way.
pub(super) struct Way {
    /// `schema.table.column`, for messages.
    pub(super) qualified: String,
    /// Quoted.
    pub(super) column: String,
    /// Quoted.
    pub(super) shadow: String,
    pub(super) declared: DeclaredType,
    /// The declared type as SQL, with its schema.
    pub(super) type_sql: String,
    pub(super) cipher: Arc<ColumnCipher>,
}

impl Way {
    fn failed(&self, reason: impl std::fmt::Display) -> JobError {
        JobError::Value {
            column: self.qualified.clone(),
            reason: reason.to_string(),
        }
    }
}

/// The table as the rows see it.
pub(super) struct Passage<'a> {
    pub(super) tx: &'a Transaction<'a>,
    /// `"schema"."name"`.
    pub(super) table: String,
    /// For progress.
    pub(super) name: String,
    pub(super) ways: Vec<Way>,
    pub(super) total: u64,
    /// The column that says of whom a row is, where any value is sealed by that.
    pub(super) subject: Option<SubjectColumn>,
}

impl Passage<'_> {
    /// Seals every value into its shadow.
    pub(super) async fn seal(&self, report: &mut Report<'_>) -> Result<(), JobError> {
        let mut select = self.list(|way| way.column.clone());
        if let Some(subject) = &self.subject {
            select = format!("{select}, {}", quoted(&subject.column));
        }
        self.each(&select, Phase::Sealing, report, async |rows| {
            self.fill(rows, "bytea", |way, bytes, row| {
                let value = way
                    .declared
                    .from_binary(0, bytes)
                    .map_err(|error| way.failed(error))?;
                let subject = if way.cipher.is_of_subjects() {
                    self.subject_of(row, way)?
                } else {
                    None
                };
                let mut envelope = Vec::new();
                way.cipher
                    .seal_for(subject.as_ref(), &value, &mut envelope)
                    .map_err(|error| way.failed(error))?;
                Ok(Some(envelope))
            })
            .await
        })
        .await
    }

    /// Of whom a row is: what stands behind its values.
    fn subject_of(&self, row: &Row, way: &Way) -> Result<Option<Subject>, JobError> {
        let Some(subject) = &self.subject else {
            return Ok(None);
        };
        let Some(bytes) = sent(row, self.ways.len() + 1)? else {
            return Ok(None);
        };
        let value = subject
            .declared
            .from_binary(0, bytes)
            .map_err(|error| way.failed(error))?;
        Ok(Some(subject.of(&value)))
    }

    /// Opens every envelope into its shadow, whose type is the declared one.
    pub(super) async fn open(&self, report: &mut Report<'_>) -> Result<(), JobError> {
        let select = self.list(|way| way.column.clone());
        self.each(&select, Phase::Opening, report, async |rows| {
            self.fill(rows, "text", |way, envelope, _| {
                match way.open(envelope)? {
                    None => Ok(None),
                    Some(value) => way.text(&value).map(Some),
                }
            })
            .await
        })
        .await
    }

    /// Reads every row again: what the envelope opens to must be what the server shows of the plain
    /// column, written by its own output function. `sealed` and `plain` name the two sides.
    pub(super) async fn verify(
        &self,
        sealed: fn(&Way) -> &String,
        plain: fn(&Way) -> &String,
        report: &mut Report<'_>,
    ) -> Result<(), JobError> {
        let envelopes = self.list(|way| sealed(way).clone());
        let texts = self.list(|way| {
            let column = plain(way);
            format!("CASE WHEN {column} IS NOT NULL THEN format('%s', {column}) END")
        });
        let settings = Settings::default();
        let width = self.ways.len();
        let select = format!("{envelopes}, {texts}");
        self.each(&select, Phase::Verifying, report, async |rows| {
            for row in rows {
                for (at, way) in self.ways.iter().enumerate() {
                    let envelope = sent(row, at + 1)?;
                    // Of who was erased nothing is left.
                    let opened = envelope.map(|envelope| way.open(envelope)).transpose()?;
                    let text = sent(row, at + 1 + width)?;
                    let (opened, text) = match (opened.flatten(), text) {
                        (None, None) => continue,
                        (Some(opened), Some(text)) => (opened, text),
                        (None, Some(_)) | (Some(_), None) => {
                            return Err(way.failed("NULL on one side only"));
                        }
                    };
                    // Where the canonical form has one way to write what the server has two for (-0),
                    // the value decides.
                    let same = way.text(&opened)? == text
                        || way.declared.from_text(text, &settings).ok() == Some(opened);
                    if !same {
                        return Err(way.failed("what was sealed is not what was read"));
                    }
                }
            }
            Ok(())
        })
        .await
    }

    fn list(&self, of: impl Fn(&Way) -> String) -> String {
        let parts: Vec<String> = self.ways.iter().map(of).collect();
        parts.join(", ")
    }

    /// Walks over all rows; the first column of each is its row id.
    async fn each(
        &self,
        select: &str,
        phase: Phase,
        report: &mut Report<'_>,
        mut work: impl AsyncFnMut(&[Row]) -> Result<(), JobError>,
    ) -> Result<(), JobError> {
        let step = || at(format!("reading {}", self.name));
        let text = format!("SELECT ctid, {select} FROM ONLY {}", self.table);
        let portal: Portal = self.tx.bind(&text, &[]).await.map_err(step())?;
        let mut done = 0_u64;
        loop {
            let rows = self.tx.query_portal(&portal, BATCH).await.map_err(step())?;
            if rows.is_empty() {
                break;
            }
            work(&rows).await?;
            done += rows.len() as u64;
            report(Progress {
                table: &self.name,
                phase,
                done,
                total: self.total,
            });
        }
        if done != self.total {
            return Err(JobError::Nothing(format!(
                "{}: {done} rows were read, not {}: is row level security in the way?",
                self.name, self.total
            )));
        }
        Ok(())
    }

    async fn fill<T: ToSql + Sync>(
        &self,
        rows: &[Row],
        wire: &str,
        make: impl Fn(&Way, &[u8], &Row) -> Result<Option<T>, JobError>,
    ) -> Result<(), JobError> {
        let mut ids = Vec::with_capacity(rows.len());
        let mut columns: Vec<Vec<Option<T>>> = self
            .ways
            .iter()
            .map(|_| Vec::with_capacity(rows.len()))
            .collect();
        for row in rows {
            let mut made = Vec::with_capacity(self.ways.len());
            for (at, way) in self.ways.iter().enumerate() {
                made.push(match sent(row, at + 1)? {
                    Some(bytes) => make(way, bytes, row)?,
                    None => None,
                });
            }
            if made.iter().all(Option::is_none) {
                continue; // The shadows are NULL already.
            }
            ids.push(RowId(sent(row, 0)?.unwrap_or_default().to_vec()));
            for (column, value) in columns.iter_mut().zip(made) {
                column.push(value);
            }
        }
        let sets: Vec<String> = self
            .ways
            .iter()
            .enumerate()
            .map(|(at, way)| match wire {
                "bytea" => format!("{} = batch.v{at}", way.shadow),
                _ => format!("{} = batch.v{at}::{}", way.shadow, way.type_sql),
            })
            .collect();
        let arrays: Vec<String> = (0..self.ways.len())
            .map(|at| format!("${}::{wire}[]", at + 2))
            .collect();
        let names: Vec<String> = (0..self.ways.len()).map(|at| format!("v{at}")).collect();
        let update = format!(
            "UPDATE ONLY {} AS target SET {} FROM unnest($1::tid[], {}) AS batch(id, {}) WHERE target.ctid = batch.id",
            self.table,
            sets.join(", "),
            arrays.join(", "),
            names.join(", ")
        );
        let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&ids];
        parameters.extend(columns.iter().map(|column| column as &(dyn ToSql + Sync)));
        let changed = self
            .tx
            .execute(&update, &parameters)
            .await
            .map_err(at(format!("writing to {}", self.name)))?;
        if changed == ids.len() as u64 {
            Ok(())
        } else {
            Err(JobError::Nothing(format!(
                "{}: {changed} of {} rows took their value",
                self.name,
                ids.len()
            )))
        }
    }
}

impl Way {
    /// What is in an envelope; `None` where its data subject was erased.
    fn open(&self, envelope: &[u8]) -> Result<Option<Canonical>, JobError> {
        match self.cipher.open(envelope) {
            Ok(value) => Ok(Some(value)),
            Err(OpenError::Subject(SubjectError::Erased)) => Ok(None),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn text(&self, value: &Canonical) -> Result<Plain, JobError> {
        let mut out = Vec::new();
        self.declared
            .to_text(value, &Settings::default(), &mut out)
            .map_err(|error| self.failed(error))?;
        Ok(Plain(zeroize::Zeroizing::new(out)))
    }
}

/// A plaintext in text form on its way to the server. Wiped when dropped.
struct Plain(zeroize::Zeroizing<Vec<u8>>);

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Plain(…)")
    }
}

impl PartialEq<&[u8]> for Plain {
    fn eq(&self, other: &&[u8]) -> bool {
        self.0.as_slice() == *other
    }
}

impl ToSql for Plain {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::TEXT
    }

    to_sql_checked!();
}

pub(super) fn sent(row: &Row, at: usize) -> Result<Option<&[u8]>, JobError> {
    let value: Option<Sent<'_>> = row.try_get(at).map_err(super::error::at("reading a row"))?;
    Ok(value.map(|sent| sent.0))
}

/// Row count under the lock.
pub(super) async fn count(tx: &Transaction<'_>, table: &str) -> Result<u64, JobError> {
    let count: i64 = tx
        .query_one(&format!("SELECT count(*) FROM ONLY {table}"), &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("counting rows"))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Quoted name of a column.
pub(super) fn quoted(name: &str) -> String {
    quote_ident(name)
}
