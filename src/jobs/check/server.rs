//! Settings of the server that write literals of statements where they outlive them. Sealed constants
//! arrive sealed; what passes Sealwire untouched, or round it, does not.

use std::collections::HashMap;

use tokio_postgres::Transaction;

use super::{Findings, Severity};
use crate::jobs::JobError;
use crate::jobs::error::at;

pub(super) async fn check(tx: &Transaction<'_>, findings: &mut Findings) -> Result<(), JobError> {
    let step = || at("reading the server's settings");
    let mut settings: HashMap<String, String> = HashMap::new();
    for row in tx
        .query(
            "SELECT name, setting FROM pg_settings
             WHERE name LIKE 'log\\_%' OR name LIKE 'auto\\_explain%' OR name LIKE 'track\\_activit%'
                OR name IN ('shared_preload_libraries', 'session_preload_libraries', 'debug_print_parse',
                            'debug_print_rewritten', 'debug_print_plan', 'password_encryption', 'fsync')",
            &[],
        )
        .await
        .map_err(step())?
    {
        settings.insert(
            row.try_get(0).map_err(step())?,
            row.try_get(1).map_err(step())?,
        );
    }
    let is = |name: &str| settings.get(name).map(String::as_str);
    let mut warn = |name: &str, message: &str, hint: &str| {
        findings.add(Severity::Warning, format!("setting {name}"), message, hint);
    };
    if is("log_statement").is_some_and(|value| value != "none") {
        warn(
            "log_statement",
            "statements go to the log with their literals: what is mistyped or sent round Sealwire is there in plaintext",
            "log_statement = none",
        );
    }
    for name in ["log_min_duration_statement", "log_min_duration_sample"] {
        if is(name).is_some_and(|value| value != "-1") {
            warn(
                name,
                "slow statements go to the log with their literals and parameters",
                "set it to -1",
            );
        }
    }
    if is("log_transaction_sample_rate").is_some_and(|value| value.parse() != Ok(0.0)) {
        warn(
            "log_transaction_sample_rate",
            "all statements of sampled transactions go to the log",
            "set it to 0",
        );
    }
    let logged = !matches!(
        is("log_min_error_statement"),
        Some("fatal" | "panic" | "log")
    );
    if logged {
        findings.add(
            Severity::Note,
            "setting log_min_error_statement",
            "statements that fail go to the log with their literals: a mistyped table name is enough",
            "log_min_error_statement = fatal",
        );
    }
    let mut warn = |name: &str, message: &str, hint: &str| {
        findings.add(Severity::Warning, format!("setting {name}"), message, hint);
    };
    if is("log_parameter_max_length_on_error").is_some_and(|value| value != "0") {
        warn(
            "log_parameter_max_length_on_error",
            "parameters of failing statements go to the log",
            "set it to 0",
        );
    }
    let logs_statements = is("log_statement").is_some_and(|value| value != "none")
        || is("log_min_duration_statement").is_some_and(|value| value != "-1");
    if logs_statements && is("log_parameter_max_length").is_some_and(|value| value != "0") {
        warn(
            "log_parameter_max_length",
            "logged statements carry their parameters",
            "set it to 0",
        );
    }
    for name in [
        "debug_print_parse",
        "debug_print_rewritten",
        "debug_print_plan",
    ] {
        if is(name) == Some("on") {
            warn(
                name,
                "statement trees go to the log with their constants",
                "turn it off",
            );
        }
    }
    let preloaded = format!(
        "{},{}",
        is("shared_preload_libraries").unwrap_or_default(),
        is("session_preload_libraries").unwrap_or_default()
    );
    let explains = preloaded.contains("auto_explain")
        || is("auto_explain.log_min_duration").is_some_and(|value| value != "-1");
    if explains {
        warn(
            "auto_explain",
            "plans go to the log with constants of the statements",
            "auto_explain.log_min_duration = -1, or take the module out",
        );
    }
    let statements: bool = tx
        .query_one(
            "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements')",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    if statements || preloaded.contains("pg_stat_statements") {
        findings.add(
            Severity::Note,
            "pg_stat_statements",
            "keeps texts of statements; constants of utility statements among them",
            "",
        );
    }
    if is("track_activities") == Some("on") {
        findings.add(
            Severity::Note,
            "setting track_activity_query_size",
            format!(
                "pg_stat_activity shows the running statement's first {} bytes: sealed constants are sealed there too, others are not",
                is("track_activity_query_size").unwrap_or("1024")
            ),
            "",
        );
    }
    Ok(())
}
