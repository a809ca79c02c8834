//! What each protected column shows to whoever reads the server, in plain words, and what its values
//! add to that.

use tokio_postgres::Transaction;

use super::ordered;
use super::tables::may_read;
use super::{Findings, Severity};
use crate::ground::Ground;
use crate::jobs::error::at;
use crate::jobs::indexes::BTREE_ROOM;
use crate::jobs::table::relation_sql;
use crate::jobs::{JobError, rows::quoted};
use crate::policy::{Protected, Storage};
use crate::seal::Scheme;
use crate::value::TokenSpec;

/// At most so many rows are looked at.
const SAMPLE: i64 = 100_000;
/// Fewer different values than this in a large table are few.
const FEW: i64 = 100;

pub(super) async fn check(
    tx: &Transaction<'_>,
    ground: &Ground,
    findings: &mut Findings,
) -> Result<(), JobError> {
    for (oid, table) in &ground.world.protection.tables {
        let Some(relation) = ground.world.snapshot.relations.get(oid) else {
            continue;
        };
        let readable = may_read(tx, *oid).await?;
        for column in table.columns.values() {
            findings.add(Severity::Note, column.qualified(), words(column), "");
            let will_be_deterministic = column.has_equality()
                || (column.storage == Storage::NotYetSealed && searched(ground, column));
            if readable && will_be_deterministic && column.storage != Storage::MaskedOnly {
                let table = relation_sql(relation);
                values(tx, &table, column, findings).await?;
                ordered::check(tx, &table, column, findings).await?;
            }
        }
    }
    Ok(())
}

fn searched(ground: &Ground, column: &Protected) -> bool {
    let Some((schema, table)) = column.table_name.split_once('.') else {
        return false;
    };
    ground
        .policy
        .column_rules(&ground.world.snapshot.database, schema, table)
        .get(&column.column)
        .and_then(|rule| rule.seal.as_ref())
        .is_some_and(|seal| seal.scheme == Scheme::Deterministic)
}

/// What the server's reader sees.
fn words(column: &Protected) -> String {
    match &column.storage {
        Storage::Sealed(spec) => {
            let length = match spec.pad {
                Some(pad) => format!("its length in steps of {pad} bytes"),
                None => "its exact length".to_owned(),
            };
            let tagged = if spec.ci.is_some() {
                ", and which are equal but for upper and lower case"
            } else {
                ""
            };
            let said = match spec.scheme {
                Scheme::Random if spec.ci.is_some() => format!(
                    "shows to the server: whether it is NULL, {length}, and which rows are equal but for upper and lower case, so how often each such value occurs; whoever knows the frequencies can guess common values"
                ),
                Scheme::Random if spec.tokens.is_some() => {
                    format!("shows to the server: whether it is NULL, and {length}")
                }
                Scheme::Random => {
                    format!("shows to the server: whether it is NULL, and {length}; nothing else")
                }
                Scheme::Subject => format!(
                    "shows to the server: whether it is NULL, {length}, and which rows are of one data subject; nothing else"
                ),
                Scheme::Deterministic if spec.order.is_some() => format!(
                    "shows to the server: whether it is NULL, {length}, which rows are equal{tagged}, and the order of all values and where any two first differ, so that whoever knows their span can tell most of them"
                ),
                Scheme::Deterministic => format!(
                    "shows to the server: whether it is NULL, {length}, and which rows are equal{tagged}, so how often each value occurs; whoever knows the frequencies can guess common values"
                ),
            };
            match spec.tokens {
                None => said,
                Some(tokens) => format!("{said}; {}", by_tokens(&tokens)),
            }
        }
        Storage::MaskedOnly | Storage::NotYetSealed => "shows to the server: everything".to_owned(),
        Storage::RuleMissing => "is shut: no rule names it".to_owned(),
    }
}

/// What search tokens add to that.
fn by_tokens(tokens: &TokenSpec) -> String {
    let mut shared = Vec::new();
    if tokens.matching.is_some() {
        shared.push("which values have three characters in a row in common".to_owned());
    }
    if let Some(most) = tokens.prefix {
        shared.push(format!(
            "which begin with the same characters, up to {most}"
        ));
    }
    if tokens.range.is_some() {
        shared.push(
            "which lie near each other, in blocks from one value to a quarter of all".to_owned(),
        );
    }
    format!(
        "its search tokens show {}, how often each such piece occurs, and how many pieces a value has; whoever knows how often \
         pieces occur in such values can tell many of them",
        shared.join(", ")
    )
}

async fn values(
    tx: &Transaction<'_>,
    table: &str,
    column: &Protected,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let name = quoted(&column.column);
    let length = match &column.storage {
        Storage::Sealed(_) => format!("octet_length({name})"),
        _ => format!("octet_length(format('%s', {name})) + 26"),
    };
    let step = || at(format!("counting the values of {}", column.qualified()));
    let row = tx
        .query_one(
            &format!(
                "SELECT count({name}), count(DISTINCT {name}), max({length})::int8
                 FROM (SELECT {name} FROM {table} LIMIT {SAMPLE}) AS sample"
            ),
            &[],
        )
        .await
        .map_err(step())?;
    let count: i64 = row.try_get(0).map_err(step())?;
    let distinct: i64 = row.try_get(1).map_err(step())?;
    let longest: Option<i64> = row.try_get(2).map_err(step())?;
    if count >= 2 * FEW && distinct < FEW {
        findings.add(
            Severity::Warning,
            column.qualified(),
            format!(
                "has only {distinct} different values in {count} rows and is sealed with equality: their frequencies tell them apart"
            ),
            "seal it without search",
        );
    }
    if longest.is_some_and(|longest| longest > BTREE_ROOM) {
        findings.add(
            Severity::Warning,
            column.qualified(),
            format!("has sealed values of more than {BTREE_ROOM} bytes, which fit no btree index"),
            "index it by hash",
        );
    }
    Ok(())
}
