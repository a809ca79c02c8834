//! The comparison: every row of both tables, stretch by stretch, each under one snapshot of both. A row whose key is noted
//! as changed is left to the drain; every other must be the same on both sides, opened.

use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row};

use super::drain::noted;
use super::pour::{self, Place};
use super::state::Move;
use super::turn::Turn;
use crate::catalog::quote_ident;
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::rows::sent;

/// Compares the next stretch behind a key, up to another: how many rows were the same, and where the walk is now; `None`: at
/// the end.
pub(super) async fn stretch(
    client: &mut Client,
    own: &Move,
    turns: &[Turn],
    (place, end): (&Place, &Place),
    size: i64,
) -> Result<(u64, Option<Place>), JobError> {
    let step = || at(format!("comparing {}", own.shown()));
    let tx = pour::snapshot(client, own).await?;
    let mut bounds = Vec::new();
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&size];
    for (operator, bound) in [(">", place), ("<=", end)] {
        if let Some(bound) = bound {
            bounds.push(pour::bound(own, "o", operator, parameters.len() + 1));
            parameters.extend(bound.iter().map(|value| value as &(dyn ToSql + Sync)));
        }
    }
    let behind = filter(&bounds);
    let old = format!(
        "SELECT {} FROM ONLY {} o {behind} ORDER BY {} LIMIT $1",
        side(own, turns, false),
        own.place(),
        pour::keys(own, "o")
    );
    let old = tx.query(&old, &parameters).await.map_err(step())?;
    let last = old.last().map(|row| pour::key_of(own, row)).transpose()?;
    let full = i64::try_from(old.len()).is_ok_and(|rows| rows >= size);
    // In the last stretch whatever the new table has more up to the end is one too many.
    let upper = match (full, &last) {
        (true, Some(last)) => Some(last),
        (false, _) | (true, None) => end.as_ref(),
    };
    let mut bounds = Vec::new();
    let mut parameters: Vec<&(dyn ToSql + Sync)> = Vec::new();
    for (operator, bound) in [(">", place.as_ref()), ("<=", upper)] {
        if let Some(bound) = bound {
            bounds.push(pour::bound(own, "o", operator, parameters.len() + 1));
            parameters.extend(bound.iter().map(|value| value as &(dyn ToSql + Sync)));
        }
    }
    let filter = filter(&bounds);
    let new = format!(
        "SELECT {} FROM ONLY {} o {filter} ORDER BY {}",
        side(own, turns, true),
        own.copy(),
        pour::keys(own, "o")
    );
    let new = tx.query(&new, &parameters).await.map_err(step())?;
    let same = compare(own, turns, &old, &new)?;
    tx.commit().await.map_err(step())?;
    Ok((same, full.then_some(last)))
}

fn filter(bounds: &[String]) -> String {
    if bounds.is_empty() {
        String::new()
    } else {
        format!("WHERE {}", bounds.join(" AND "))
    }
}

/// Noted or not, key, what is copied as it is, what changes.
fn side(own: &Move, turns: &[Turn], new: bool) -> String {
    let (log, keys) = (own.changes_table(), pour::keys(own, "o"));
    let kept: Vec<String> = own
        .kept()
        .map(|column| format!("o.{}", quote_ident(column)))
        .collect();
    let kept = match kept.is_empty() {
        true => "0::int8".to_owned(),
        false => format!("hashtextextended(ROW({})::text, 0)", kept.join(", ")),
    };
    let values: Vec<String> = turns
        .iter()
        .map(|turn| format!(", {}", turn.compared("o", new)))
        .collect();
    let noted = match own.key.len() {
        1 => format!("{keys} IN (SELECT {} FROM {log} l)", noted(own, "l")),
        _ => format!("({keys}) IN (SELECT {} FROM {log} l)", noted(own, "l")),
    };
    // A table that was emptied is filled anew by the drain: nothing of it can be compared.
    format!(
        "coalesce({noted}, false) OR EXISTS (SELECT FROM {log} WHERE emptied), {keys}, {kept}{}",
        values.concat()
    )
}

fn compare(own: &Move, turns: &[Turn], old: &[Row], new: &[Row]) -> Result<u64, JobError> {
    let step = || at("reading a row");
    let settled = |rows: &[Row]| -> Result<Vec<usize>, JobError> {
        let mut settled = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let noted: bool = row.try_get(0).map_err(step())?;
            if !noted {
                settled.push(at);
            }
        }
        Ok(settled)
    };
    let (mine, theirs) = (settled(old)?, settled(new)?);
    if mine.len() != theirs.len() {
        return Err(JobError::Nothing(format!(
            "{}: {} rows stand against {} copied ones: is something writing to the copy?",
            own.shown(),
            mine.len(),
            theirs.len()
        )));
    }
    let first = own.key.len() + 1;
    for (mine, theirs) in mine.iter().zip(&theirs) {
        let (Some(mine), Some(theirs)) = (old.get(*mine), new.get(*theirs)) else {
            continue;
        };
        let differs = |what: &str| {
            JobError::Nothing(format!("{}: {what} of a copied row differs", own.shown()))
        };
        for at in 1..=first {
            if sent(mine, at)? != sent(theirs, at)? {
                return Err(differs("a column that is copied as it is"));
            }
        }
        for (at, turn) in turns.iter().enumerate() {
            let place = first + 1 + at;
            if !turn.same(sent(mine, place)?, sent(theirs, place)?)? {
                return Err(differs(&turn.column));
            }
        }
    }
    Ok(mine.len() as u64)
}
