//! The one place that prints: people get lines, machines get one JSON document.

/// Prints a line for people.
#[expect(clippy::print_stdout, reason = "the command line's own output")]
pub(super) fn line(text: impl std::fmt::Display) {
    println!("{text}");
}

/// Prints a line on standard error.
#[expect(clippy::print_stderr, reason = "the command line's own output")]
pub(super) fn complain(text: impl std::fmt::Display) {
    eprintln!("{text}");
}

/// Prints a JSON document.
pub(super) fn json(value: &impl serde::Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => line(text),
        Err(error) => complain(format!("sealwire: {error}")),
    }
}
