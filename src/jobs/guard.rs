//! A guard for the moment after `unprotect`: the server casts bytea to text on assignment, so a statement
//! that a proxy planned before the change would write an envelope's text into a plain column without an
//! error. A CHECK refuses it until every proxy has read the catalog again.

use tokio_postgres::Client;

use super::JobError;
use super::error::at;
use crate::catalog::quote_ident;
use crate::value::Kind;

const NAME: &str = "sealwire late envelopes";

/// The guard of the n-th column, where its type takes an envelope at all.
pub(super) fn on(table: &str, column: &str, kind: &Kind, number: usize) -> Option<String> {
    let check = match kind {
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } | Kind::Citext => {
            // As bytea_output writes the first byte, hex or escape.
            format!("left({column}::pg_catalog.text, 4) NOT IN (E'\\\\xfb', E'\\\\373')")
        }
        Kind::Bytea => format!(
            "{column} < E'\\\\xfb10'::pg_catalog.bytea OR {column} >= E'\\\\xfb20'::pg_catalog.bytea OR length({column}) < 26"
        ),
        Kind::Int2
        | Kind::Int4
        | Kind::Int8
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8
        | Kind::Bool
        | Kind::Date
        | Kind::Time { .. }
        | Kind::Timestamp { .. }
        | Kind::Timestamptz { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Inet
        | Kind::Enum(_)
        | Kind::Array(_) => return None,
    };
    Some(format!(
        "ALTER TABLE {table} ADD CONSTRAINT {} CHECK ({check}) NOT VALID",
        quote_ident(&format!("{NAME} {number}"))
    ))
}

/// Statements that take the guards of a table off.
pub(super) async fn off(client: &Client, table: &str) -> Result<Vec<String>, JobError> {
    let step = || at("looking for guards (the table is unprotected)");
    client
        .query(
            "SELECT conname::text FROM pg_constraint
             WHERE conrelid = $1::text::regclass AND contype = 'c' AND starts_with(conname::text, $2)",
            &[&table, &NAME],
        )
        .await
        .map_err(step())?
        .iter()
        .map(|row| {
            let name: String = row.try_get(0).map_err(step())?;
            Ok(format!("ALTER TABLE {table} DROP CONSTRAINT {}", quote_ident(&name)))
        })
        .collect()
}
