//! Triggers of a table: what they would do to sealed columns, and switching them off while the job
//! writes.

use tokio_postgres::Transaction;

use super::error::at;
use super::{JobError, Obstacle};
use crate::catalog::quote_ident;
use crate::ground::identifiers;

/// A trigger made by a user.
pub(super) struct Trigger {
    name: String,
    enabled: String,
    language: String,
    function: String,
    body: String,
    arguments: Vec<u8>,
}

/// The triggers of a table that users made.
pub(super) async fn read(tx: &Transaction<'_>, table: u32) -> Result<Vec<Trigger>, JobError> {
    let step = || at("reading triggers");
    tx.query(
        "SELECT t.tgname::text, t.tgenabled::text, l.lanname::text, p.proname::text, p.prosrc, t.tgargs
         FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang
         WHERE t.tgrelid = $1 AND NOT t.tgisinternal ORDER BY t.tgname",
        &[&table],
    )
    .await
    .map_err(step())?
    .iter()
    .map(|row| {
        let get = || {
            Ok(Trigger {
                name: row.try_get(0)?,
                enabled: row.try_get(1)?,
                language: row.try_get(2)?,
                function: row.try_get(3)?,
                body: row.try_get(4)?,
                arguments: row.try_get(5)?,
            })
        };
        get().map_err(step())
    })
    .collect()
}

impl Trigger {
    /// Whether it uses one of the columns, as far as its text tells; what cannot be read counts.
    pub(super) fn obstacle(&self, table: &str, columns: &[&str]) -> Option<Obstacle> {
        let name = &self.name;
        let arguments = String::from_utf8_lossy(&self.arguments);
        let named = columns
            .iter()
            .find(|column| arguments.split('\0').any(|argument| argument == **column));
        if let Some(column) = named {
            return Some(Obstacle::new(
                format!("{table}.{column}"),
                format!("trigger {name} is given the column as an argument"),
                "drop the trigger: it works inside the server, on sealed values",
            ));
        }
        match self.language.as_str() {
            "plpgsql" | "sql" => {
                let words = identifiers(&self.body);
                let column = columns.iter().find(|column| words.contains(**column))?;
                Some(Obstacle::new(
                    format!("{table}.{column}"),
                    format!(
                        "trigger {name} uses it (function {} names it)",
                        self.function
                    ),
                    "drop the trigger: it works inside the server, on sealed values",
                ))
            }
            "internal" => None,
            language => Some(Obstacle::new(
                table,
                format!(
                    "trigger {name} runs {}, whose code ({language}) cannot be read",
                    self.function
                ),
                "drop the trigger, protect, and create it again once it is known not to use the columns",
            )),
        }
    }

    /// Whether its text passes the whole row on, as audit triggers do.
    pub(super) fn note(&self, table: &str) -> Option<String> {
        let words = identifiers(&self.body);
        (words.contains("new") || words.contains("old")).then(|| {
            format!(
                "{table}: trigger {} sees rows with sealed values from now on; copies it made earlier are plaintext",
                self.name
            )
        })
    }
}

/// Statements that switch the enabled ones off.
pub(super) fn disable(table: &str, triggers: &[Trigger]) -> Vec<String> {
    triggers
        .iter()
        .filter(|trigger| trigger.enabled != "D")
        .map(|trigger| {
            format!(
                "ALTER TABLE {table} DISABLE TRIGGER {}",
                quote_ident(&trigger.name)
            )
        })
        .collect()
}

/// Statements that switch each back to what it was.
pub(super) fn enable(table: &str, triggers: &[Trigger]) -> Vec<String> {
    triggers
        .iter()
        .filter_map(|trigger| {
            let how = match trigger.enabled.as_str() {
                "D" => return None,
                "A" => "ENABLE ALWAYS TRIGGER",
                "R" => "ENABLE REPLICA TRIGGER",
                _ => "ENABLE TRIGGER",
            };
            Some(format!(
                "ALTER TABLE {table} {how} {}",
                quote_ident(&trigger.name)
            ))
        })
        .collect()
}
