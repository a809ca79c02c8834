//! A table that a job works on, as it is under the job's lock.

use std::sync::Arc;

use tokio_postgres::Transaction;

use super::JobError;
use super::defaults::Default;
use super::error::at;
use crate::catalog::{Relation, quote_ident};
use crate::policy::{ColumnRule, SubjectColumn};
use crate::seal::SealSpec;
use crate::value::{DeclaredType, Fold, Matching};

/// The table.
pub(super) struct Table {
    pub(super) relation: Arc<Relation>,
    /// Columns to be converted.
    pub(super) sealed: Vec<Target>,
    /// Columns that are only entered into the registry: masked, stored as they are.
    pub(super) masked: Vec<Target>,
    /// The column that says of whom a row is.
    pub(super) subject: Option<SubjectColumn>,
    /// Columns that the rules name and that are not there yet.
    pub(super) awaited: Vec<String>,
}

/// A column.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) attnum: i16,
    pub(super) name: String,
    pub(super) declared: DeclaredType,
    /// `format_type`.
    pub(super) type_sql: String,
    pub(super) collation: Option<String>,
    pub(super) default: Default,
    pub(super) rule: Arc<ColumnRule>,
    /// Of its case-insensitive tag, where the rule asks for one.
    pub(super) fold: Option<Fold>,
    /// What patterns its trigrams answer, where the rule asks for any.
    pub(super) matching: Matching,
    /// Given when the key domain is known.
    pub(super) spec: Option<SealSpec>,
}

impl Table {
    /// `"schema"."name"`.
    pub(super) fn sql(&self) -> String {
        relation_sql(&self.relation)
    }

    /// `schema.name`, for messages.
    pub(super) fn name(&self) -> String {
        self.relation.qualified()
    }

    /// Name of the shadow of the n-th sealed column.
    pub(super) fn shadow(&self, at: usize) -> String {
        quote_ident(&format!("sealwire shadow {at}"))
    }

    /// `schema.table.column`, for messages.
    pub(super) fn column(&self, target: &Target) -> String {
        format!("{}.{}", self.name(), target.name)
    }
}

/// `"schema"."name"`.
pub(super) fn relation_sql(relation: &Relation) -> String {
    format!(
        "{}.{}",
        quote_ident(&relation.schema),
        quote_ident(&relation.name)
    )
}

/// Takes the lock under which everything else happens.
pub(super) async fn lock(tx: &Transaction<'_>, schema: &str, name: &str) -> Result<(), JobError> {
    let table = format!("{}.{}", quote_ident(schema), quote_ident(name));
    tx.batch_execute(&format!("LOCK TABLE ONLY {table} IN ACCESS EXCLUSIVE MODE"))
        .await
        .map_err(at(format!("locking {schema}.{name}")))
}

/// What the snapshot does not hold of a column: its type as SQL and its collation where it is not the
/// type's own.
pub(super) async fn spelling(
    tx: &Transaction<'_>,
    table: u32,
    attnum: i16,
) -> Result<(String, Option<String>, bool), JobError> {
    let row = tx
        .query_one(
            "SELECT format_type(a.atttypid, a.atttypmod),
                    CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
                         THEN quote_ident(n.nspname) || '.' || quote_ident(c.collname) END,
                    coalesce(c.collisdeterministic, true)
             FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
             LEFT JOIN pg_collation c ON c.oid = a.attcollation
             LEFT JOIN pg_namespace n ON n.oid = c.collnamespace
             WHERE a.attrelid = $1 AND a.attnum = $2",
            &[&table, &attnum],
        )
        .await
        .map_err(at("reading a column's type"))?;
    let get = || Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
    get().map_err(at("reading a column's type"))
}
