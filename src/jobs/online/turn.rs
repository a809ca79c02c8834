//! One value on its way from the form that the old table holds it in to the new one's: plaintext to envelope, envelope to
//! plaintext, or one envelope to another. Which, the two entries of the registry say.

use std::sync::Arc;

use bytes::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use zeroize::Zeroizing;

use super::state::{Change, Move};
use crate::catalog::{Entry, Snapshot, quote_ident};
use crate::jobs::JobError;
use crate::keys::Keyring;
use crate::seal::ColumnCipher;
use crate::value::{Canonical, DeclaredType, Settings};

/// How a column is held.
enum Form {
    Plain,
    Sealed(Arc<ColumnCipher>),
}

/// A column's way.
pub(super) struct Turn {
    qualified: String,
    /// Quoted.
    pub(super) column: String,
    declared: DeclaredType,
    /// The declared type as SQL.
    type_sql: String,
    from: Form,
    to: Form,
}

/// A value in the new form, as a parameter. Wiped when dropped.
pub(super) struct Given(Zeroizing<Vec<u8>>);

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(…)")
    }
}

impl ToSql for Given {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        out.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::BYTEA | Type::TEXT)
    }

    to_sql_checked!();
}

/// The ways of a table's columns.
pub(super) fn of(
    own: &Move,
    snapshot: &Snapshot,
    keyring: &Keyring,
) -> Result<Vec<Turn>, JobError> {
    own.changes
        .iter()
        .map(|change| turn(own, change, snapshot, keyring))
        .collect()
}

fn turn(
    own: &Move,
    change: &Change,
    snapshot: &Snapshot,
    keyring: &Keyring,
) -> Result<Turn, JobError> {
    let qualified = format!("{}.{}", own.shown(), change.column);
    let broken = || {
        JobError::Nothing(format!(
            "{qualified}: the job does not say how it is sealed"
        ))
    };
    let entry = |body: &Option<String>| match body {
        None => Ok(None),
        Some(body) => Entry::parse(body).map(Some).ok_or_else(broken),
    };
    let (from, to) = (entry(&change.from)?, entry(&change.to)?);
    let type_sql = to
        .as_ref()
        .or(from.as_ref())
        .map(|entry| entry.declared.clone())
        .ok_or_else(broken)?;
    let declared = snapshot.declared_named(&type_sql).ok_or_else(|| {
        JobError::Nothing(format!(
            "{qualified}: its type {type_sql} is not there any more"
        ))
    })?;
    let form = |entry: Option<Entry>| match entry.and_then(|entry| entry.seal) {
        None => Ok::<_, JobError>(Form::Plain),
        Some(spec) => Ok(Form::Sealed(keyring.cipher(&spec)?)),
    };
    Ok(Turn {
        column: quote_ident(&change.column),
        qualified,
        declared,
        type_sql,
        from: form(from)?,
        to: form(to)?,
    })
}

impl Turn {
    fn failed(&self, reason: impl std::fmt::Display) -> JobError {
        JobError::Value {
            column: self.qualified.clone(),
            reason: reason.to_string(),
        }
    }

    fn read(&self, form: &Form, sent: &[u8]) -> Result<Canonical, JobError> {
        match form {
            Form::Plain => (self.declared.from_binary(0, sent)).map_err(|error| self.failed(error)),
            Form::Sealed(cipher) => cipher.open(sent).map_err(|error| self.failed(error)),
        }
    }

    fn text(&self, value: &Canonical) -> Result<Zeroizing<Vec<u8>>, JobError> {
        let mut out = Zeroizing::new(Vec::new());
        self.declared
            .to_text(value, &Settings::default(), &mut out)
            .map_err(|error| self.failed(error))?;
        Ok(out)
    }

    /// The value in its new form, from its old one as the server sent it. What no comparison follows is opened again.
    pub(super) fn turn(&self, sent: &[u8], checked: bool) -> Result<Given, JobError> {
        let value = self.read(&self.from, sent)?;
        Ok(Given(match &self.to {
            Form::Plain => self.text(&value)?,
            Form::Sealed(cipher) => {
                let envelope = cipher.seal(&value).map_err(|error| self.failed(error))?;
                // What cannot be opened again must not take the place of what can be read.
                if checked && cipher.open(&envelope).ok().as_ref() != Some(&value) {
                    return Err(self.failed("it does not open to what was sealed"));
                }
                Zeroizing::new(envelope)
            }
        }))
    }

    /// Type of the parameter that carries new values.
    pub(super) fn wire(&self) -> &'static str {
        match self.to {
            Form::Plain => "text",
            Form::Sealed(_) => "bytea",
        }
    }

    /// The new column's value from the parameter's.
    pub(super) fn assigned(&self, parameter: &str) -> String {
        match self.to {
            Form::Plain => format!("{parameter}::{}", self.type_sql),
            Form::Sealed(_) => format!("{parameter}::sealwire.sealed"),
        }
    }

    /// What is read of the old column for the comparison; of the new one with `new`.
    pub(super) fn compared(&self, alias: &str, new: bool) -> String {
        let column = format!("{alias}.{}", self.column);
        match if new { &self.to } else { &self.from } {
            // As the server itself writes it.
            Form::Plain => {
                format!("CASE WHEN {column} IS NOT NULL THEN format('%s', {column}) END")
            }
            Form::Sealed(_) => column,
        }
    }

    /// Whether what was read of both sides is the same value.
    pub(super) fn same(&self, old: Option<&[u8]>, new: Option<&[u8]>) -> Result<bool, JobError> {
        let (old, new) = match (old, new) {
            (None, None) => return Ok(true),
            (Some(old), Some(new)) => (old, new),
            (None, Some(_)) | (Some(_), None) => return Ok(false),
        };
        match (&self.from, &self.to) {
            (Form::Plain, Form::Plain) => Ok(old == new),
            (Form::Sealed(_), Form::Sealed(_)) => {
                Ok(self.read(&self.from, old)? == self.read(&self.to, new)?)
            }
            (Form::Plain, Form::Sealed(cipher)) => self.opens_to(cipher, new, old),
            (Form::Sealed(cipher), Form::Plain) => self.opens_to(cipher, old, new),
        }
    }

    fn opens_to(
        &self,
        cipher: &ColumnCipher,
        envelope: &[u8],
        text: &[u8],
    ) -> Result<bool, JobError> {
        let opened = cipher.open(envelope).map_err(|error| self.failed(error))?;
        // Where the canonical form has one way to write what the server has two for (-0), the value decides.
        Ok(self.text(&opened)?.as_slice() == text
            || self.declared.from_text(text, &Settings::default()).ok() == Some(opened))
    }
}
