//! The drain: rows whose key was noted are taken out of the new table and put in again as they are now, and the notes are
//! taken away in the same transaction. A row read here is at least as new as the notes that go; a change that is not seen
//! yet has its note in the table still.

use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Transaction};

use super::pour::{self, Place};
use super::state::Move;
use super::track;
use super::turn::Turn;
use crate::catalog::quote_ident;
use crate::jobs::JobError;
use crate::jobs::error::at;

const BATCH: i32 = 2_000;

/// How far the copy is, for what need not be drained.
pub(super) enum Reach {
    /// Up to here: what is behind will be read by the copy itself.
    To(Place),
    /// Everything was copied.
    All,
}

/// What a drain did.
pub(super) struct Drained {
    /// Notes taken away.
    pub(super) notes: u64,
    /// The old table was emptied meanwhile, and so was the new one.
    pub(super) emptied: bool,
}

/// Drains up to so many notes; all there are where there is no limit.
pub(super) async fn drain(
    client: &mut Client,
    own: &Move,
    turns: &[Turn],
    reach: &Reach,
    limit: Option<i64>,
) -> Result<Drained, JobError> {
    let tx = pour::snapshot(client, own).await?;
    let drained = within(&tx, own, turns, reach, limit).await?;
    tx.commit().await.map_err(at("committing changes"))?;
    Ok(drained)
}

/// The same in a transaction with one snapshot, or under a lock that lets nobody write.
pub(super) async fn within(
    tx: &Transaction<'_>,
    own: &Move,
    turns: &[Turn],
    reach: &Reach,
    limit: Option<i64>,
) -> Result<Drained, JobError> {
    let log = own.changes_table();
    let step = || at(format!("catching up with changes of {}", own.shown()));
    let seen = tx
        .query_one(
            &format!(
                "SELECT max(seq), count(*), coalesce(bool_or(emptied), false)
                 FROM (SELECT seq, emptied FROM {log} ORDER BY seq LIMIT $1) AS next"
            ),
            &[&limit],
        )
        .await
        .map_err(step())?;
    let last: Option<i64> = seen.try_get(0).map_err(step())?;
    let notes: i64 = seen.try_get(1).map_err(step())?;
    let mut emptied: bool = seen.try_get(2).map_err(step())?;
    let Some(mut last) = last else {
        return Ok(Drained {
            notes: 0,
            emptied: false,
        });
    };
    if emptied {
        // What was written before is gone, what was written since is noted: all of it at once.
        let row = tx
            .query_one(&format!("SELECT max(seq) FROM {log}"), &[])
            .await
            .map_err(step())?;
        last = row
            .try_get::<_, Option<i64>>(0)
            .map_err(step())?
            .unwrap_or(last);
        tx.execute(&format!("DELETE FROM ONLY {}", own.copy()), &[])
            .await
            .map_err(step())?;
        emptied = true;
    }
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&last];
    let reached = match reach {
        Reach::All => String::new(),
        // Nothing was copied yet.
        Reach::To(None) => " AND false".to_owned(),
        Reach::To(Some(place)) if !emptied => {
            parameters.extend(place.iter().map(|value| value as &(dyn ToSql + Sync)));
            format!(" AND ({}) <= ({})", noted(own, "l"), values(own))
        }
        Reach::To(Some(_)) => " AND false".to_owned(),
    };
    let keys = format!(
        "(SELECT DISTINCT {} FROM {log} l WHERE l.seq <= $1 AND NOT l.emptied{reached}) AS c",
        noted(own, "l")
    );
    tx.execute(
        &format!(
            "DELETE FROM ONLY {} AS o USING {keys} WHERE {}",
            own.copy(),
            meet(own)
        ),
        &parameters,
    )
    .await
    .map_err(step())?;
    let portal = tx
        .bind(
            &format!(
                "SELECT {} FROM {keys} JOIN ONLY {} o ON {}",
                pour::select(own, turns),
                own.place(),
                meet(own)
            ),
            &parameters,
        )
        .await
        .map_err(step())?;
    loop {
        let rows = tx.query_portal(&portal, BATCH).await.map_err(step())?;
        if rows.is_empty() {
            break;
        }
        pour::pour(tx, own, turns, &rows, true).await?;
    }
    tx.execute(&format!("DELETE FROM {log} WHERE seq <= $1"), &[&last])
        .await
        .map_err(step())?;
    Ok(Drained {
        notes: u64::try_from(notes).unwrap_or_default(),
        emptied,
    })
}

/// `alias.k0, alias.k1` of the table of changes.
pub(super) fn noted(own: &Move, alias: &str) -> String {
    let parts: Vec<String> = (0..own.key.len())
        .map(|at| format!("{alias}.{}", track::key(at)))
        .collect();
    parts.join(", ")
}

fn values(own: &Move) -> String {
    let parts: Vec<String> = (0..own.key.len())
        .map(|at| format!("${}", at + 2))
        .collect();
    parts.join(", ")
}

fn meet(own: &Move) -> String {
    let parts: Vec<String> = own
        .key
        .iter()
        .enumerate()
        .map(|(at, column)| format!("o.{} = c.{}", quote_ident(column), track::key(at)))
        .collect();
    parts.join(" AND ")
}
