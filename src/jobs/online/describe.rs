//! All that the catalogs say of a table, by names alone: what the new table must say of itself before the swap is
//! committed. What is not said here nobody would miss; what is said and differs takes the swap back.

use std::collections::BTreeMap;

use tokio_postgres::Transaction;

use crate::jobs::JobError;
use crate::jobs::error::at;

const TEXT: &str = include_str!("describe.sql");

/// (kind, name) → what it is.
pub(super) type Description = BTreeMap<String, String>;

/// Between kind and name.
const GAP: char = '\t';

/// Reads it.
pub(super) async fn read(tx: &Transaction<'_>, table: u32) -> Result<Description, JobError> {
    let step = || at("describing the table");
    // Lists of columns and filters of publications came with 15.
    let published = if version(tx).await? >= 150_000 {
        "(SELECT string_agg(a.attname::text, ', ' ORDER BY a.attnum) FROM own a WHERE a.attnum = ANY (r.prattrs::int2[])),
         pg_get_expr(r.prqual, r.prrelid)"
    } else {
        "NULL::text"
    };
    let text = TEXT.replace("published", published);
    let mut found = Description::new();
    for row in tx.query(&text, &[&table]).await.map_err(step())? {
        let kind: String = row.try_get(0).map_err(step())?;
        let name: String = row.try_get(1).map_err(step())?;
        let what: Option<String> = row.try_get(2).map_err(step())?;
        found.insert(format!("{kind}{GAP}{name}"), what.unwrap_or_default());
    }
    Ok(found)
}

/// The server's version, as `server_version_num` has it.
pub(super) async fn version(tx: &Transaction<'_>) -> Result<i32, JobError> {
    tx.query_one("SELECT current_setting('server_version_num')::int4", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading the server's version"))
}

/// What the table must be after the swap: as it was, with the form of the columns that change, the indexes and their
/// constraints as the model has them.
pub(super) fn expected(
    before: &Description,
    model: &Description,
    changed: &[String],
) -> Description {
    let of_model = |key: &str| {
        let (kind, name) = key.split_once(GAP).unwrap_or((key, ""));
        match kind {
            "index" | "key" => true,
            "form" => changed.iter().any(|column| column == name),
            "comment" => name.starts_with("index ") || is_key_comment(key, before, model),
            _ => false,
        }
    };
    let kept = before.iter().filter(|(key, _)| !of_model(key));
    let new = model.iter().filter(|(key, _)| of_model(key));
    kept.chain(new)
        .map(|(key, what)| (key.clone(), what.clone()))
        .collect()
}

/// A comment on a constraint that an index carries.
fn is_key_comment(key: &str, before: &Description, model: &Description) -> bool {
    let Some(name) = key.strip_prefix(&format!("comment{GAP}constraint ")) else {
        return false;
    };
    let own = format!("key{GAP}{name}");
    before.contains_key(&own) || model.contains_key(&own)
}

/// The first thing that differs, in words.
pub(super) fn difference(expected: &Description, found: &Description) -> Option<String> {
    let keys = expected.keys().chain(found.keys());
    let differing = keys
        .into_iter()
        .find(|key| expected.get(*key) != found.get(*key))?;
    let shown = |side: &Description| {
        side.get(differing)
            .map_or_else(|| "nothing".to_owned(), |what| format!("<{what}>"))
    };
    Some(format!(
        "{}: expected {}, found {}",
        differing.replace(GAP, " "),
        shown(expected),
        shown(found)
    ))
}
