//! The copy, in the order of the key, a stretch at a time, each in a transaction of its own.

use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use super::pour::{self, Place};
use super::state::Move;
use super::turn::Turn;
use crate::catalog::quote_ident;
use crate::jobs::JobError;
use crate::jobs::error::at;

/// The last key of a table. Of the new one that is where the copy is: of rows behind it nothing is there yet.
pub(super) async fn last(client: &Client, own: &Move, table: &str) -> Result<Place, JobError> {
    let order = order(own, "n", " DESC");
    let text = format!(
        "SELECT n.ctid, {} FROM ONLY {table} n ORDER BY {order} LIMIT 1",
        pour::keys(own, "n")
    );
    let row = client
        .query_opt(&text, &[])
        .await
        .map_err(at("looking where the copy is"))?;
    row.map(|row| pour::key_of(own, &row)).transpose()
}

/// `alias.k0, alias.k1`, each in a direction.
pub(super) fn order(own: &Move, alias: &str, direction: &str) -> String {
    let parts: Vec<String> = own
        .key
        .iter()
        .map(|column| format!("{alias}.{}{direction}", quote_ident(column)))
        .collect();
    parts.join(", ")
}

/// Copies the next stretch: how many rows it had, and where the copy is now.
pub(super) async fn stretch(
    client: &mut Client,
    own: &Move,
    turns: &[Turn],
    place: &Place,
    size: i64,
) -> Result<(u64, Place), JobError> {
    let step = || at(format!("reading {}", own.shown()));
    let tx = pour::snapshot(client, own).await?;
    let behind = match place {
        Some(_) => format!("WHERE {}", pour::bound(own, "o", ">", 2)),
        None => String::new(),
    };
    let text = format!(
        "SELECT {} FROM ONLY {} o {behind} ORDER BY {} LIMIT $1",
        pour::select(own, turns),
        own.place(),
        pour::keys(own, "o")
    );
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&size];
    for value in place.iter().flatten() {
        parameters.push(value);
    }
    let rows = tx.query(&text, &parameters).await.map_err(step())?;
    pour::pour(&tx, own, turns, &rows, false).await?;
    let last = rows.last().map(|row| pour::key_of(own, row)).transpose()?;
    tx.commit().await.map_err(step())?;
    Ok((rows.len() as u64, last.or_else(|| place.clone())))
}
