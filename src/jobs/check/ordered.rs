//! What the order of a column gives away of the values that it holds, in plain words.

use tokio_postgres::Transaction;

use super::disclosure::Sample;
use super::{Findings, Severity};
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::rows::{quoted, sent};
use crate::policy::{Protected, Storage};
use crate::seal::order_bytes;

/// At most so many rows are looked at.
const ROWS: i64 = 100_000;
/// The same of texts, whose envelopes are long.
const TEXTS: i64 = 20_000;

/// Says it of an ordered column, and of one that is to be. Of what is sealed it needs no key: the simulation reads what
/// anybody would.
pub(super) async fn check(
    tx: &Transaction<'_>,
    table: &str,
    column: &Protected,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let spec = match &column.storage {
        Storage::Sealed(spec) => Some(spec),
        Storage::NotYetSealed => column.intended.as_ref(),
        Storage::MaskedOnly | Storage::RuleMissing => None,
    };
    let Some((spec, order)) = spec.and_then(|spec| Some((spec, spec.order?))) else {
        return Ok(());
    };
    let sealed = column.storage != Storage::NotYetSealed;
    let (limit, marks) = match order.width() {
        Some(_) => (ROWS, 0),
        None => (TEXTS, 9),
    };
    let name = quoted(&column.column);
    let rows = tx
        .query(
            &format!("SELECT {name} FROM {table} WHERE {name} IS NOT NULL LIMIT {limit}"),
            &[],
        )
        .await
        .map_err(at(format!("reading the values of {}", column.qualified())))?;
    let mut strings = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(bytes) = sent(row, 0)? else { continue };
        // What is damaged, or too long, others tell.
        if sealed {
            strings.extend(order_bytes(bytes, spec).map(<[u8]>::to_vec));
        } else if let Ok(value) = column.declared.from_binary(0, bytes)
            && let Ok(code) = order.code(&value)
        {
            strings.push(code.expose_bits().to_vec());
        }
    }
    if strings.is_empty() {
        return Ok(());
    }
    let rows = strings.len();
    let share = Sample::new(strings, marks).told() * 100.0;
    let shows = if sealed { "shows" } else { "would show" };
    findings.add(
        Severity::Note,
        column.qualified(),
        format!(
            "{shows} its order: of {rows} rows looked at, whoever reads the server and knows no more than the smallest and the largest value \
             tells {share:.0} in a hundred exactly; whoever knows more of them (usual names, round numbers), more"
        ),
        "leave order out of its search where that is too much, and sort in the application",
    );
    Ok(())
}
