//! The table of changes: while a copy is filled, a trigger on the old table notes the key of every row that anybody
//! changes, in the changing transaction itself. A note that becomes visible later is of a change that became visible later.

use tokio_postgres::Transaction;

use super::state::Move;
use crate::catalog::{quote_ident, quote_literal};
use crate::jobs::JobError;
use crate::jobs::error::at;

/// Name of the n-th key column in the table of changes.
pub(super) fn key(at: usize) -> String {
    format!("k{at}")
}

/// Makes table, function and triggers. The old table is locked against writers: whoever writes it later has them.
pub(super) async fn make(tx: &Transaction<'_>, own: &Move) -> Result<(), JobError> {
    let log = own.changes_table();
    let old = own.place();
    let columns: Vec<String> = own.key.iter().map(|column| quote_ident(column)).collect();
    let names: Vec<String> = (0..columns.len()).map(key).collect();
    let names = names.join(", ");
    let of = |row: &str| {
        let parts: Vec<String> = columns
            .iter()
            .map(|column| format!("{row}.{column}"))
            .collect();
        parts.join(", ")
    };
    let (before, after) = (of("OLD"), of("NEW"));
    let declared: Vec<String> = own
        .key
        .iter()
        .enumerate()
        .map(|(at, column)| {
            format!(
                "(SELECT format('ALTER TABLE {log_text} ADD COLUMN {} %s%s', format_type(a.atttypid, a.atttypmod),
                    CASE WHEN a.attcollation <> 0 THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END)
                  FROM pg_attribute a WHERE a.attrelid = {} AND a.attname = {})",
                key(at),
                own.oid,
                quote_literal(column),
                log_text = log.replace('%', "%%").replace('\'', "''"),
            )
        })
        .collect();
    let step = || at("making the table of changes");
    tx.batch_execute(&format!(
        "CREATE TABLE {log} (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, emptied boolean NOT NULL DEFAULT false);
         REVOKE ALL ON {log} FROM PUBLIC"
    ))
    .await
    .map_err(step())?;
    let adds = tx
        .query_one(&format!("SELECT {}", declared.join(", ")), &[])
        .await
        .map_err(step())?;
    for at in 0..declared.len() {
        let add: String = adds.try_get(at).map_err(step())?;
        tx.batch_execute(&add).await.map_err(step())?;
    }
    let body = format!(
        "BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                INSERT INTO {log} (emptied) VALUES (true);
                RETURN NULL;
            END IF;
            IF TG_OP <> 'INSERT' THEN INSERT INTO {log} ({names}) VALUES ({before}); END IF;
            IF TG_OP = 'INSERT' THEN INSERT INTO {log} ({names}) VALUES ({after});
            ELSIF TG_OP = 'UPDATE' THEN
                IF ROW({before}) IS DISTINCT FROM ROW({after}) THEN INSERT INTO {log} ({names}) VALUES ({after}); END IF;
            END IF;
            RETURN NULL;
         END"
    );
    let trigger = quote_ident(&own.log);
    let emptied = quote_ident(&format!("{} emptied", own.log));
    // Whoever writes the table need not know of any of this; replication and restores have no exception.
    tx.batch_execute(&format!(
        "CREATE FUNCTION {log}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
             SET search_path = pg_catalog, pg_temp AS {};
         REVOKE ALL ON FUNCTION {log}() FROM PUBLIC;
         CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE ON {old} FOR EACH ROW EXECUTE FUNCTION {log}();
         CREATE TRIGGER {emptied} AFTER TRUNCATE ON {old} FOR EACH STATEMENT EXECUTE FUNCTION {log}();
         ALTER TABLE {old} ENABLE ALWAYS TRIGGER {trigger}, ENABLE ALWAYS TRIGGER {emptied}",
        quote_literal(&body)
    ))
    .await
    .map_err(step())
}

/// Whether both triggers are as they were made: one that was switched off has missed changes, even where it was
/// switched on again, for that makes an ordinary trigger of it.
pub(super) async fn is_whole(tx: &Transaction<'_>, own: &Move) -> Result<bool, JobError> {
    let emptied = format!("{} emptied", own.log);
    tx.query_one(
        "SELECT count(*) = 2 FROM pg_trigger
         WHERE tgrelid = $1 AND tgname IN ($2, $3) AND tgenabled = 'A'",
        &[&own.oid, &own.log, &emptied],
    )
    .await
    .and_then(|row| row.try_get(0))
    .map_err(at("looking at the trigger that notes changes"))
}

/// Statements that take it all away again, the new table too.
pub(super) fn undo(own: &Move) -> Vec<String> {
    let log = own.changes_table();
    let trigger = quote_ident(&own.log);
    let emptied = quote_ident(&format!("{} emptied", own.log));
    let old = own.place();
    vec![
        format!("DROP TRIGGER IF EXISTS {trigger} ON {old}"),
        format!("DROP TRIGGER IF EXISTS {emptied} ON {old}"),
        format!("DROP FUNCTION IF EXISTS {log}()"),
        format!("DROP TABLE IF EXISTS {log}"),
        format!("DROP TABLE IF EXISTS {}", own.copy()),
        format!("DROP SCHEMA IF EXISTS {}", quote_ident(&own.home)),
    ]
}
