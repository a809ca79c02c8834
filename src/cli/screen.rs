//! The one place that prints: people get lines, machines get one JSON document.

use std::io::Write;

/// Prints a line for people. Whoever reads may stop to (`| head`): that is no fault.
pub(super) fn line(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints a line on standard error.
pub(super) fn complain(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints a JSON document.
pub(super) fn json(value: &impl serde::Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => line(text),
        Err(error) => complain(format!("sealwire: {error}")),
    }
}
