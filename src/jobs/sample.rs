//! What `suggest` reads: catalog, indexes, and a sample of each readable column, in read-only transactions. Values are
//! looked at as they come and not kept; nothing is written, and nothing of them is printed or logged.

use std::collections::{BTreeMap, HashMap, HashSet};

use tokio_postgres::{Client, Transaction};

use super::JobError;
use super::error::at;
use super::rows::quoted;
use super::table::relation_sql;
use crate::catalog::{Relation, RelationKind, Snapshot};
use crate::policy::Policy;
use crate::suggest::{ColumnFacts, ForeignKeyPair, Suggestion, Tally, share_domains, suggest};
use crate::value::{DeclaredType, Kind};

/// A column that is protected, or named by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// `schema.table.column`.
    pub column: String,
    /// `sealed already` or `named by the rules`.
    pub how: &'static str,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Suggestions {
    /// The database.
    pub database: String,
    /// Tables that were looked at.
    pub tables: usize,
    /// Columns of them.
    pub columns: usize,
    /// What deserves a rule.
    pub found: Vec<Suggestion>,
    /// What needs none any more.
    pub known: Vec<Known>,
    /// What could not be looked at, in plain words.
    pub notes: Vec<String>,
}

/// The characters of a value that are looked at.
const LENGTH: usize = 256;

/// Looks at every table of the database. `rules` are those in force, where there are any.
///
/// # Errors
/// Where the catalog cannot be read.
pub async fn suggestions(
    client: &mut Client,
    rules: Option<&Policy>,
    sample: u32,
) -> Result<Suggestions, JobError> {
    let tx = begin(client).await?;
    let snapshot = super::protect::snapshot(&tx).await?;
    let indexed = indexed(&tx).await?;
    let folded = folded(&tx).await?;
    let sizes = sizes(&tx).await?;
    tx.commit().await.map_err(at("commit"))?;
    let keyed: HashSet<(u32, i16)> = snapshot
        .foreign_keys
        .iter()
        .flat_map(|key| [&key.from, &key.to])
        .flat_map(|(table, columns)| columns.iter().map(|column| (*table, *column)))
        .collect();
    let mut report = Suggestions {
        database: snapshot.database.clone(),
        ..Suggestions::default()
    };
    let mut every: HashMap<String, ColumnFacts> = HashMap::new();
    let mut relations: Vec<_> = snapshot.relations.values().collect();
    relations.sort_by_key(|relation| (&relation.schema, &relation.name));
    for relation in relations {
        if !is_candidate(relation, &mut report.notes) {
            continue;
        }
        report.tables += 1;
        let rights = readable(client, relation.oid).await?;
        let named = rules
            .map(|rules| rules.column_rules(&snapshot.database, &relation.schema, &relation.name))
            .unwrap_or_default();
        let mut candidates = Vec::new();
        for column in &relation.columns {
            report.columns += 1;
            let sealed = (snapshot.sealed_type).is_some_and(|(oid, _)| oid == column.type_oid);
            let known = match (sealed, named.contains_key(&column.name)) {
                (true, _) => Some("sealed already"),
                (false, true) => Some("named by the rules"),
                (false, false) => None,
            };
            if let Some(how) = known {
                report.known.push(Known {
                    column: format!("{}.{}", relation.qualified(), column.name),
                    how,
                });
                continue;
            }
            if column.generated {
                continue;
            }
            let facts = ColumnFacts {
                schema: relation.schema.clone(),
                table: relation.name.clone(),
                column: column.name.clone(),
                declared: declared(&snapshot, column.type_oid, column.typmod),
                unique: relation.unique_keys.contains(&vec![column.attnum]),
                indexed: indexed.contains(&(relation.oid, column.attnum)),
                folded: folded.contains(&(relation.oid, column.attnum)),
                keyed: keyed.contains(&(relation.oid, column.attnum)),
                has_default: column.has_default,
                readable: rights.contains(&column.attnum),
            };
            every.insert(facts.qualified(), facts.clone());
            candidates.push(facts);
        }
        let size = sizes.get(&relation.oid).copied().unwrap_or(0.0);
        let tallies = match look(client, relation, &candidates, size, sample).await {
            Ok(tallies) => tallies,
            Err(error) => {
                report
                    .notes
                    .push(format!("{}: not sampled: {error}", relation.qualified()));
                BTreeMap::new()
            }
        };
        for (at, facts) in candidates.iter().enumerate() {
            let none = Tally::default();
            let tally = tallies.get(&at).unwrap_or(&none);
            report.found.extend(suggest(facts, tally));
        }
    }
    let pairs = pairs(&snapshot);
    share_domains(&mut report.found, &pairs, |name| every.get(name).cloned());
    report.found.sort_by_key(|one| one.facts.qualified());
    Ok(report)
}

/// The database's name, and schema and name of its tables.
///
/// # Errors
/// Where the catalog cannot be read.
pub async fn tables(client: &mut Client) -> Result<(String, Vec<(String, String)>), JobError> {
    let tx = begin(client).await?;
    let snapshot = super::protect::snapshot(&tx).await?;
    tx.commit().await.map_err(at("commit"))?;
    let tables = snapshot.relations.values().filter(|relation| {
        matches!(
            relation.kind,
            RelationKind::Table | RelationKind::PartitionedTable
        )
    });
    let names = tables.map(|relation| (relation.schema.clone(), relation.name.clone()));
    Ok((snapshot.database.clone(), names.collect()))
}

async fn begin(client: &mut Client) -> Result<Transaction<'_>, JobError> {
    let tx = client
        .build_transaction()
        .read_only(true)
        .start()
        .await
        .map_err(at("begin"))?;
    tx.batch_execute("SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '1s'")
        .await
        .map_err(at("limiting the time of statements"))?;
    Ok(tx)
}

/// Ordinary tables of the application; a partition's or a child's rules are its parent's.
fn is_candidate(relation: &Relation, notes: &mut Vec<String>) -> bool {
    let own = matches!(relation.schema.as_str(), "information_schema" | "sealwire")
        || relation.schema.starts_with("pg_");
    let kind = matches!(
        relation.kind,
        RelationKind::Table | RelationKind::PartitionedTable
    );
    if own || !kind || !relation.parents.is_empty() {
        return false;
    }
    let spelled = [&relation.schema, &relation.name]
        .iter()
        .all(|name| !name.contains(['.', '*']));
    if !spelled {
        notes.push(format!(
            "{}: a name with a dot or a star cannot stand in rules",
            relation.qualified()
        ));
    }
    spelled
}

fn declared(snapshot: &Snapshot, oid: u32, typmod: i32) -> Option<DeclaredType> {
    DeclaredType::from_catalog(oid, typmod).or_else(|| {
        let info = snapshot.types.get(&oid)?;
        (info.name == "citext" && info.typtype == 'b').then_some(DeclaredType {
            oid,
            typmod,
            kind: Kind::Citext,
        })
    })
}

/// (table, column) of the first column of every index.
async fn indexed(tx: &Transaction<'_>) -> Result<HashSet<(u32, i16)>, JobError> {
    let step = || at("reading the indexes");
    let rows = tx
        .query(
            "SELECT indrelid, indkey[0] FROM pg_index WHERE indkey[0] > 0",
            &[],
        )
        .await
        .map_err(step())?;
    rows.iter()
        .map(|row| {
            let table = row.try_get(0).map_err(step())?;
            Ok((table, row.try_get(1).map_err(step())?))
        })
        .collect()
}

/// Columns with an index on `lower()` or `upper()` of them.
async fn folded(tx: &Transaction<'_>) -> Result<HashSet<(u32, i16)>, JobError> {
    let step = || at("reading the indexes");
    let rows = tx
        .query(
            "SELECT DISTINCT a.attrelid, a.attnum
             FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0
             CROSS JOIN generate_series(1, i.indnkeyatts) AS k
             WHERE i.indexprs IS NOT NULL
               AND replace(replace(replace(pg_get_indexdef(i.indexrelid, k, false), '::text', ''), '(', ''), ')', '')
                   IN ('lower' || quote_ident(a.attname), 'upper' || quote_ident(a.attname))",
            &[],
        )
        .await
        .map_err(step())?;
    rows.iter()
        .map(|row| {
            let table = row.try_get(0).map_err(step())?;
            Ok((table, row.try_get(1).map_err(step())?))
        })
        .collect()
}

async fn sizes(tx: &Transaction<'_>) -> Result<HashMap<u32, f32>, JobError> {
    let step = || at("reading the sizes of tables");
    let rows = tx
        .query(
            "SELECT oid, reltuples FROM pg_class WHERE relkind IN ('r', 'p')",
            &[],
        )
        .await
        .map_err(step())?;
    rows.iter()
        .map(|row| {
            let table = row.try_get(0).map_err(step())?;
            Ok((table, row.try_get(1).map_err(step())?))
        })
        .collect()
}

/// Columns that this login may read.
async fn readable(client: &Client, table: u32) -> Result<HashSet<i16>, JobError> {
    let step = || at("reading rights");
    let rows = client
        .query(
            "SELECT attnum FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped
             AND has_schema_privilege((SELECT relnamespace FROM pg_class WHERE oid = $1), 'USAGE')
             AND has_column_privilege($1, attnum, 'SELECT')",
            &[&table],
        )
        .await
        .map_err(step())?;
    rows.iter()
        .map(|row| row.try_get(0).map_err(step()))
        .collect()
}

/// One tally for each candidate whose values say something, by its place.
async fn look(
    client: &mut Client,
    relation: &Relation,
    candidates: &[ColumnFacts],
    size: f32,
    sample: u32,
) -> Result<BTreeMap<usize, Tally>, JobError> {
    let looked_at: Vec<usize> = candidates
        .iter()
        .enumerate()
        .filter(|(_, facts)| facts.readable && has_form(facts))
        .map(|(at, _)| at)
        .collect();
    if looked_at.is_empty() || sample == 0 {
        return Ok(BTreeMap::new());
    }
    let list: Vec<String> = looked_at
        .iter()
        .filter_map(|at| candidates.get(*at))
        .map(|facts| format!("left({}::text, {LENGTH})", quoted(&facts.column)))
        .collect();
    // Of large tables pages from all over, of others what comes first.
    #[expect(clippy::cast_precision_loss, reason = "a share for sampling")]
    let share = (sample as f32) * 400.0 / size.max(1.0);
    let spread = (share < 20.0).then(|| format!(" TABLESAMPLE SYSTEM ({:.6})", share.max(0.000_1)));
    let from = relation_sql(relation);
    let tx = begin(client).await?;
    let mut rows = Vec::new();
    for clause in spread.iter().map(String::as_str).chain([""]) {
        let text = format!(
            "SELECT {} FROM {from}{clause} LIMIT {sample}",
            list.join(", ")
        );
        rows = tx.query(&text, &[]).await.map_err(at("sampling"))?;
        if !rows.is_empty() {
            break;
        }
    }
    tx.commit().await.map_err(at("commit"))?;
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for row in rows {
        for (place, at_column) in looked_at.iter().enumerate() {
            let value: Option<&str> = row.try_get(place).map_err(at("sampling"))?;
            if let Some(value) = value {
                tallies.entry(*at_column).or_default().add(value);
            }
        }
    }
    Ok(tallies)
}

/// Whether values of the type are worth a look: texts and numbers, and what may have few values.
fn has_form(facts: &ColumnFacts) -> bool {
    facts.declared.as_ref().is_some_and(|declared| {
        matches!(
            declared.kind,
            Kind::Text
                | Kind::Varchar { .. }
                | Kind::Char { .. }
                | Kind::Citext
                | Kind::Int4
                | Kind::Int8
                | Kind::Numeric { .. }
                | Kind::Date
                | Kind::Inet
        )
    })
}

fn pairs(snapshot: &Snapshot) -> Vec<ForeignKeyPair> {
    let name = |table: u32, column: i16| {
        let relation = snapshot.relations.get(&table)?;
        let column = relation.columns.iter().find(|own| own.attnum == column)?;
        Some(format!("{}.{}", relation.qualified(), column.name))
    };
    let keys = snapshot.foreign_keys.iter();
    keys.flat_map(|key| {
        let columns = key.from.1.iter().zip(&key.to.1);
        columns
            .filter_map(|(from, to)| Some((name(key.from.0, *from)?, name(key.to.0, *to)?)))
            .collect::<Vec<_>>()
    })
    .collect()
}
