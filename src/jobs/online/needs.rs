//! What a job would do and need, in words.

use tokio_postgres::Client;

use super::state::Move;
use crate::jobs::JobError;
use crate::jobs::error::at;

/// What an envelope adds to a value, with the room for its length.
const ENVELOPE: i64 = 42;

/// Tables from this size on are turned over online where nothing else is asked for.
const LARGE: i64 = 256 << 20;

/// Whether tables (by schema and name) are rather turned over online: they are large, or it was begun so.
///
/// # Errors
/// The server's.
pub async fn wants_online(client: &Client, tables: &[(String, String)]) -> Result<bool, JobError> {
    let step = || at("looking for jobs in progress");
    let there: bool = client
        .query_one("SELECT to_regclass('sealwire.online') IS NOT NULL", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    if there {
        // Its tables have changed places, and it has still to validate their foreign keys.
        let swapped = client
            .query_opt("SELECT FROM sealwire.online WHERE phase = 'swapped'", &[])
            .await
            .map_err(step())?;
        if swapped.is_some() {
            return Ok(true);
        }
    }
    let (schemas, names): (Vec<&str>, Vec<&str>) = tables
        .iter()
        .map(|(schema, name)| (schema.as_str(), name.as_str()))
        .unzip();
    client
        .query_one(
            "SELECT coalesce(sum(pg_table_size(c.oid)), 0) >= $3::int8 OR coalesce(bool_or(EXISTS (
                        SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND starts_with(t.tgname::text, 'sealwire online '))), false)
             FROM unnest($1::text[], $2::text[]) AS asked (schema, name)
             JOIN pg_namespace n ON n.nspname = asked.schema
             JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name",
            &[&schemas, &names, &LARGE],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking how large the tables are"))
}

/// One line each.
pub(super) async fn lines(client: &Client, moves: &[Move]) -> Result<Vec<String>, JobError> {
    let step = || at("estimating sizes");
    let mut lines = Vec::new();
    for own in moves {
        let row = client
            .query_one(
                "SELECT greatest(reltuples, 0)::int8, pg_table_size(oid), pg_indexes_size(oid),
                        pg_size_pretty($2::int8 * greatest(reltuples, 0)::int8 + pg_total_relation_size(oid))
                 FROM pg_class WHERE oid = $1",
                &[&own.oid, &(ENVELOPE * i64::try_from(own.changes.len()).unwrap_or(1))],
            )
            .await
            .map_err(step())?;
        let rows: i64 = row.try_get(0).map_err(step())?;
        let room: String = row.try_get(3).map_err(step())?;
        lines.push(format!(
            "{}: about {rows} rows; {} of its columns change: {}",
            own.shown(),
            own.changes.len(),
            own.changed().join(", ")
        ));
        lines.push(format!(
            "{}: rows are followed by ({}); {} indexes and keys are built on the copy; {} foreign keys are validated afterwards",
            own.shown(),
            own.key.join(", "),
            own.indexes.len(),
            own.validate.len()
        ));
        lines.push(format!(
            "{}: room for the copy, its indexes and as much WAL: about {room} each",
            own.shown()
        ));
    }
    Ok(lines)
}
