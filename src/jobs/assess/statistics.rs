//! Statements from pg_stat_statements: without their constants already, with how often they were called.

use tokio_postgres::Client;

use super::{Found, Source, constants};
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::jobs::rows::quoted;

/// What the extension has seen in this database, but for the login of the proxy itself.
///
/// # Errors
/// Where the extension is not there, not loaded, or may not be read.
pub async fn from_statistics(client: &Client, service: &str) -> Result<Source, JobError> {
    let schema: Option<String> = client
        .query_opt(
            "SELECT n.nspname::text FROM pg_catalog.pg_extension e
             JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'",
            &[],
        )
        .await
        .and_then(|row| row.map(|row| row.try_get(0)).transpose())
        .map_err(at("looking for pg_stat_statements"))?;
    let Some(schema) = schema else {
        return Err(JobError::Nothing(
            "the extension pg_stat_statements is not in this database: `create extension pg_stat_statements` (its library in shared_preload_libraries), or --from FILE with a script or the server's log".to_owned(),
        ));
    };
    let rows = client
        .query(
            &format!(
                "SELECT s.query, s.calls::int8, r.rolname::text
                 FROM {}.pg_stat_statements s LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.userid
                 WHERE s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
                   AND r.rolname IS DISTINCT FROM $1
                 ORDER BY s.calls DESC",
                quoted(&schema)
            ),
            &[&service],
        )
        .await
        .map_err(at("reading pg_stat_statements"))?;
    let mut source = Source::default();
    let mut hidden = 0_u64;
    for row in rows {
        let step = || at("reading pg_stat_statements");
        let text: Option<String> = row.try_get(0).map_err(step())?;
        let calls: i64 = row.try_get(1).map_err(step())?;
        let login: Option<String> = row.try_get(2).map_err(step())?;
        match text {
            Some(text) if text != "<insufficient privilege>" => source.statements.push(Found {
                text: constants::restored(&text),
                calls: u64::try_from(calls).unwrap_or(0),
                login,
            }),
            Some(_) | None => hidden += 1,
        }
    }
    if hidden > 0 {
        source.notes.push(format!(
            "{hidden} statement(s) of other logins may not be read: grant pg_read_all_stats to this login"
        ));
    }
    Ok(source)
}
