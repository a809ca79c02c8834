//! Which rows are a data subject's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio_postgres::{Client, Transaction};

use crate::catalog::{Relation, RelationKind, quote_ident, quote_literal};
use crate::ground::stored;
use crate::ground::{Ground, verify};
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::protect::snapshot;
use crate::jobs::table::relation_sql;
use crate::keys::{KeyProvider, Standing, Subjects};
use crate::policy::{Policy, ProtectedTable, Storage, SubjectColumn};
use crate::seal::{Scheme, Subject};
use crate::value::{Canonical, Settings};

/// The rows of a table that are a data subject's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// `schema.table`.
    pub table: String,
    /// The column that says so, or the foreign key that leads here.
    pub by: String,
    /// How many.
    pub rows: u64,
    /// Columns that nobody can open once the key is gone, and how many values they hold.
    pub erased: Vec<(String, u64)>,
    /// Those of them that cannot be NULL: they stay as they are, and read as NULL.
    pub not_null: Vec<String>,
    /// Other protected columns, that an erasure does not reach.
    pub kept: Vec<String>,
    /// Columns in plaintext, likewise.
    pub plain: Vec<String>,
    /// Values under the subject's key in rows of somebody else.
    pub strays: u64,
    /// Values in the subject's rows under another key.
    pub foreign: u64,
}

/// Everything that is known of a data subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its kind.
    pub kind: String,
    /// Its key; `None`: it never had one.
    pub key: Option<Standing>,
    /// Its rows, by table.
    pub tables: Vec<Reached>,
}

/// A table with the condition under which a row of it is the subject's.
pub(super) struct Place {
    pub(super) relation: Arc<Relation>,
    pub(super) table: Option<Arc<ProtectedTable>>,
    pub(super) condition: String,
    by: String,
}

/// What a job on a data subject begins with.
pub(super) struct Search {
    pub(super) ground: Ground,
    pub(super) subjects: Arc<Subjects>,
    pub(super) subject: Subject,
    pub(super) kind: String,
    /// As the server writes it.
    pub(super) value: String,
    pub(super) places: Vec<Place>,
}

/// Lists what is a data subject's; changes nothing. The client is connected as who may read the tables.
///
/// # Errors
/// Where no table is of such subjects, the value is none of their columns' type, or something cannot be read.
pub async fn list(
    client: &mut Client,
    provider: &dyn KeyProvider,
    policy: &Arc<Policy>,
    kind: Option<&str>,
    value: &str,
) -> Result<Listing, JobError> {
    let tx = client
        .build_transaction()
        .read_only(true)
        .start()
        .await
        .map_err(at("begin"))?;
    let search = search(&tx, provider, policy, kind, value).await?;
    search.listing(&tx).await
}

/// Finds the tables, and what the subject is called.
pub(super) async fn search(
    tx: &Transaction<'_>,
    provider: &dyn KeyProvider,
    policy: &Arc<Policy>,
    kind: Option<&str>,
    value: &str,
) -> Result<Search, JobError> {
    // Rows hidden by a policy must be an error, not left out.
    tx.batch_execute("SET LOCAL row_security = off; SET LOCAL statement_timeout = 0")
        .await
        .map_err(at("settings"))?;
    let now = snapshot(tx).await?;
    let stored = stored::read(tx)
        .await
        .map_err(at("reading schema sealwire"))?
        .ok_or_else(|| {
            JobError::Nothing("schema sealwire is not there: run `sealwire init` first".to_owned())
        })?;
    let ground = verify(provider, now, Some(&stored), None)?.bind(Arc::clone(policy), 1);
    let subjects = provider
        .subjects()
        .ok_or_else(|| JobError::Nothing("the rules have no section [subjects]".to_owned()))?;
    let tables = &ground.world.protection.tables;
    let of_kind: Vec<(&Arc<ProtectedTable>, &SubjectColumn)> = tables
        .values()
        .filter_map(|table| Some((table, table.subject.as_ref()?)))
        .collect();
    let kinds: BTreeSet<&str> = of_kind.iter().map(|(_, own)| own.kind.as_str()).collect();
    let kind = match (kind, kinds.iter().next()) {
        (Some(kind), _) if kinds.contains(kind) => kind.to_owned(),
        (None, Some(only)) if kinds.len() == 1 => (*only).to_owned(),
        (_, None) => {
            return Err(JobError::Nothing(
                "no table of this database has `subject` in its rule".to_owned(),
            ));
        }
        (given, Some(_)) => {
            let all: Vec<&str> = kinds.into_iter().collect();
            return Err(JobError::Nothing(format!(
                "{} kind of data subjects: expected --kind with one of {}",
                if given.is_some() {
                    "no such"
                } else {
                    "there is more than one"
                },
                all.join(", ")
            )));
        }
    };
    let mut own: Vec<_> = of_kind
        .into_iter()
        .filter(|(_, column)| column.kind == kind)
        .collect();
    own.sort_by_key(|(table, _)| (table.schema.clone(), table.name.clone()));
    let (subject, text) = named(&own, value)?;
    let places = places(&ground, &own, &text);
    Ok(Search {
        subjects,
        subject,
        kind,
        value: text,
        places,
        ground,
    })
}

/// The subject of a value, which must be one to all its tables.
fn named(
    tables: &[(&Arc<ProtectedTable>, &SubjectColumn)],
    value: &str,
) -> Result<(Subject, String), JobError> {
    let settings = Settings::default();
    let mut found: Option<(u8, Canonical, String)> = None;
    let mut subject = None;
    for (table, column) in tables {
        let declared = &column.declared;
        let bad = || {
            JobError::Nothing(format!(
                "the subject is no {} ({}.{}.{})",
                declared.name(),
                table.schema,
                table.name,
                column.column
            ))
        };
        // Blanks around a text are part of it.
        let value = match column.is_text() {
            true => value,
            false => value.trim(),
        };
        let read = declared
            .from_text(value.as_bytes(), &settings)
            .map_err(|_| bad())?;
        let mut text = Vec::new();
        declared
            .to_text(&read, &settings, &mut text)
            .map_err(|_| bad())?;
        let text = String::from_utf8(text).map_err(|_| bad())?;
        subject = Some(column.of(&read));
        match &found {
            Some((family, first, _)) if *family != declared.family() || *first != read => {
                return Err(JobError::Nothing(
                    "the tables of this kind of data subjects name them by columns of different types: give them a subject_kind each".to_owned(),
                ));
            }
            Some(_) => {}
            None => found = Some((declared.family(), read, text)),
        }
    }
    match (subject, found) {
        (Some(subject), Some((_, _, text))) => Ok((subject, text)),
        (_, _) => Err(JobError::Nothing("no table of this kind".to_owned())),
    }
}

/// The tables that say whose their rows are, and those that foreign keys lead to from there.
fn places(
    ground: &Ground,
    own: &[(&Arc<ProtectedTable>, &SubjectColumn)],
    value: &str,
) -> Vec<Place> {
    let snapshot = &ground.world.snapshot;
    let protected = &ground.world.protection.tables;
    let mut places: Vec<Place> = Vec::new();
    for (table, column) in own {
        let Some(relation) = snapshot.relations.get(&table.oid) else {
            continue;
        };
        places.push(Place {
            relation: Arc::clone(relation),
            table: Some(Arc::clone(table)),
            condition: format!(
                "{} = {}::{}",
                quote_ident(&column.column),
                quote_literal(value),
                column.declared.name()
            ),
            by: column.column.clone(),
        });
    }
    let mut from = 0;
    while from < places.len() {
        // One step further, over every foreign key that leads from what the last one reached.
        let mut further: BTreeMap<u32, (Vec<String>, Vec<String>)> = BTreeMap::new();
        for place in places.iter().skip(from) {
            for key in &snapshot.foreign_keys {
                let known = places.iter().any(|known| known.relation.oid == key.from.0);
                let Some(referring) = snapshot.relations.get(&key.from.0) else {
                    continue;
                };
                if key.to.0 != place.relation.oid || known {
                    continue;
                }
                let names = |relation: &Relation, attnums: &[i16]| {
                    let own = attnums.iter().filter_map(|attnum| {
                        let mut columns = relation.columns.iter();
                        columns.find(|column| column.attnum == *attnum)
                    });
                    let own: Vec<String> = own.map(|column| quote_ident(&column.name)).collect();
                    own.join(", ")
                };
                let condition = format!(
                    "({}) IN (SELECT {} FROM {} WHERE {})",
                    names(referring, &key.from.1),
                    names(&place.relation, &key.to.1),
                    relation_sql(&place.relation),
                    place.condition
                );
                let (conditions, names) = further.entry(key.from.0).or_default();
                conditions.push(condition);
                names.push(key.name.clone());
            }
        }
        from = places.len();
        for (oid, (conditions, names)) in further {
            let Some(relation) = snapshot.relations.get(&oid) else {
                continue;
            };
            places.push(Place {
                relation: Arc::clone(relation),
                table: protected.get(&oid).cloned(),
                condition: conditions.join(" OR "),
                by: format!("foreign key {}", names.join(", ")),
            });
        }
    }
    // A partitioned table has no rows but those of its partitions: where these are there themselves they are not told twice.
    let parents: BTreeSet<u32> = places
        .iter()
        .flat_map(|place| place.relation.parents.iter().copied())
        .collect();
    places.retain(|place| match place.relation.kind {
        RelationKind::Table => true,
        RelationKind::PartitionedTable => !parents.contains(&place.relation.oid),
        RelationKind::View
        | RelationKind::MaterialisedView
        | RelationKind::ForeignTable
        | RelationKind::Other => false,
    });
    places
}

impl Place {
    /// Its own rows.
    pub(super) fn sql(&self) -> String {
        let sql = relation_sql(&self.relation);
        match self.relation.kind {
            RelationKind::PartitionedTable => sql,
            RelationKind::Table
            | RelationKind::View
            | RelationKind::MaterialisedView
            | RelationKind::ForeignTable
            | RelationKind::Other => format!("ONLY {sql}"),
        }
    }

    /// Columns under the keys of data subjects.
    pub(super) fn of_subjects(&self) -> Vec<&str> {
        let columns = self.table.iter().flat_map(|table| table.columns.values());
        columns
            .filter(|column| {
                matches!(&column.storage, Storage::Sealed(spec) if spec.scheme == Scheme::Subject)
            })
            .map(|column| column.column.as_str())
            .collect()
    }

    fn is_of_kind(&self, kind: &str) -> bool {
        let subject = self.table.as_ref().and_then(|table| table.subject.as_ref());
        subject.is_some_and(|subject| subject.kind == kind)
    }

    pub(super) fn is_not_null(&self, column: &str) -> bool {
        self.relation
            .column(column)
            .is_some_and(|column| column.not_null)
    }
}

/// True for a value under the key of this id.
pub(super) fn under(column: &str, id: &str) -> String {
    format!(
        "(pg_catalog.substr({column}, 2, 1) = '\\x13'::bytea AND pg_catalog.substr({column}, 11, 8) = '\\x{id}'::bytea)"
    )
}

impl Search {
    pub(super) async fn listing(&self, tx: &Transaction<'_>) -> Result<Listing, JobError> {
        let environment = self.ground.keyring.environment();
        let key = self.subjects.standing(&environment, &self.subject)?;
        let id = key.map(|key| key.id.to_string());
        let mut tables = Vec::new();
        for place in &self.places {
            tables.push(self.reached(tx, place, id.as_deref()).await?);
        }
        Ok(Listing {
            kind: self.kind.clone(),
            key,
            tables,
        })
    }

    async fn reached(
        &self,
        tx: &Transaction<'_>,
        place: &Place,
        id: Option<&str>,
    ) -> Result<Reached, JobError> {
        let sealed = if place.is_of_kind(&self.kind) {
            place.of_subjects()
        } else {
            Vec::new()
        };
        let sql = place.sql();
        let condition = &place.condition;
        let count = async |what: String| -> Result<u64, JobError> {
            let count: i64 = tx
                .query_one(&format!("SELECT {what} FROM {sql}"), &[])
                .await
                .and_then(|row| row.try_get(0))
                .map_err(at(format!(
                    "counting rows of {}",
                    place.relation.qualified()
                )))?;
            Ok(u64::try_from(count).unwrap_or_default())
        };
        let rows = count(format!("count(*) FILTER (WHERE {condition})")).await?;
        let mut erased = Vec::new();
        let (mut strays, mut foreign) = (0, 0);
        for name in &sealed {
            let column = quote_ident(name);
            let values = count(format!("count({column}) FILTER (WHERE {condition})")).await?;
            erased.push(((*name).to_owned(), values));
            if let Some(id) = id {
                let own = under(&column, id);
                strays += count(format!(
                    "count(*) FILTER (WHERE {own} AND ({condition}) IS NOT TRUE)"
                ))
                .await?;
                foreign += count(format!(
                    "count(*) FILTER (WHERE NOT {own} AND ({condition}))"
                ))
                .await?;
            }
        }
        let protected: Vec<&str> = (place.table.iter())
            .flat_map(|table| table.columns.values())
            .map(|column| column.column.as_str())
            .collect();
        let names = |keep: &dyn Fn(&str) -> bool| -> Vec<String> {
            let columns = place.relation.columns.iter().map(|column| &column.name);
            columns.filter(|name| keep(name)).cloned().collect()
        };
        Ok(Reached {
            table: place.relation.qualified(),
            by: place.by.clone(),
            rows,
            not_null: names(&|name| sealed.contains(&name) && place.is_not_null(name)),
            kept: names(&|name| protected.contains(&name) && !sealed.contains(&name)),
            plain: names(&|name| !protected.contains(&name)),
            erased,
            strays,
            foreign,
        })
    }
}
