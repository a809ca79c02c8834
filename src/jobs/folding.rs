//! Which fold a column's values get: from its collation, and compared with what the server's own `lower()` and
//! `upper()` make of every code point.

use tokio_postgres::Transaction;

use super::JobError;
use super::error::at;
use crate::ground::folding::{self, DEFAULT};
use crate::policy::FoldWish;
use crate::value::{DeclaredType, Fold, Kind, Matching};

/// The fold of a column that is still plain.
///
/// # Errors
/// The server's; in the inner result why the column cannot be folded exactly.
pub(super) async fn fold(
    tx: &Transaction<'_>,
    table: u32,
    attnum: i16,
    declared: &DeclaredType,
    wish: FoldWish,
) -> Result<Result<Fold, String>, JobError> {
    let own: u32 = tx
        .query_one(
            "SELECT attcollation FROM pg_attribute WHERE attrelid = $1 AND attnum = $2",
            &[&table, &attnum],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading a column's collation"))?;
    if own != DEFAULT {
        // citext compares under the database's default, its lower() under the column's.
        if declared.kind == Kind::Citext {
            return Ok(Err("citext with a collation of its own".to_owned()));
        }
        // lower('X') has the database's collation, whatever that of the column beside it.
        let of_constants = match by_collation(tx, DEFAULT, declared, FoldWish::Both).await? {
            Err(reason) => Err(reason),
            Ok((fold, collation)) => compare(tx, fold, &collation).await?,
        };
        if let Err(reason) = of_constants {
            return Ok(Err(format!(
                "constants have the database's default collation, and {reason}"
            )));
        }
    }
    Ok(match by_collation(tx, own, declared, wish).await? {
        Err(reason) => Err(reason),
        Ok((fold, collation)) => compare(tx, fold, &collation).await?.map(|()| fold),
    })
}

/// What patterns trigrams of a column that is still plain can answer: ILIKE where its letters have the lower cases that
/// are known here.
///
/// # Errors
/// The server's.
pub(super) async fn matching(
    tx: &Transaction<'_>,
    table: u32,
    attnum: i16,
    declared: &DeclaredType,
) -> Result<Matching, JobError> {
    Ok(
        match fold(tx, table, attnum, declared, FoldWish::Lower).await? {
            Ok(Fold::Ascii) => Matching::Ascii,
            Ok(Fold::Both | Fold::Lower | Fold::Upper) => Matching::Letters,
            Err(_) => Matching::Exact,
        },
    )
}

/// Whether the server still folds as it did when the column was sealed: `collation` as the registry has it.
///
/// # Errors
/// The server's; in the inner result what differs.
pub(super) async fn still(
    tx: &Transaction<'_>,
    fold: Fold,
    declared: &DeclaredType,
    collation: Option<&str>,
) -> Result<Result<(), String>, JobError> {
    let collation = collation.filter(|_| declared.kind != Kind::Citext);
    compare(tx, fold, collation.unwrap_or_default()).await
}

async fn by_collation(
    tx: &Transaction<'_>,
    oid: u32,
    declared: &DeclaredType,
    wish: FoldWish,
) -> Result<Result<(Fold, String), String>, JobError> {
    let found = folding::collation(tx, oid)
        .await
        .map_err(at("reading a collation"))?;
    Ok(found.map(|found| (wish.fold(declared, found.ascii), found.sql)))
}

async fn compare(
    tx: &Transaction<'_>,
    fold: Fold,
    collation: &str,
) -> Result<Result<(), String>, JobError> {
    folding::compare(tx, fold, collation)
        .await
        .map_err(at("comparing lower() and upper() with the server's"))
}
