//! A file of statements: which kind it is, and what is in it.

use super::{Found, Source, script, serverlog};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// SQL statements separated by semicolons.
    Script,
    /// PostgreSQL's log on standard error.
    Log,
    /// PostgreSQL's csvlog.
    Csv,
    /// PostgreSQL's jsonlog, or JSON lines with `query`, `calls` and `user`.
    Json,
}

/// The statements of a file; without a format it is told by the text itself.
pub fn from_file(text: &str, format: Option<Format>) -> Source {
    let format = format.unwrap_or_else(|| kind(text));
    let mut notes = Vec::new();
    let statements = match format {
        Format::Script => script::statements(text)
            .into_iter()
            .map(|text| Found {
                text,
                calls: 1,
                login: None,
            })
            .collect(),
        Format::Log => serverlog::stderr(text),
        Format::Csv => serverlog::csv(text),
        Format::Json => {
            let (found, unused) = serverlog::json(text);
            if unused > 0 {
                notes.push(format!(
                    "{unused} line(s) are neither a log entry nor hold `query`"
                ));
            }
            found
        }
    };
    if statements.is_empty() {
        notes.push(match format {
            Format::Script => "no statement in the file".to_owned(),
            Format::Log | Format::Csv | Format::Json => {
                "no statement in the log: expected log_statement = 'all' or log_min_duration_statement = 0, with English messages".to_owned()
            }
        });
    }
    Source { statements, notes }
}

fn kind(text: &str) -> Format {
    let first = text.trim_start();
    let says_log = text
        .lines()
        .take(1_000)
        .any(|line| line.contains(" LOG:  ") || line.starts_with("LOG:  "));
    if first.starts_with('{') {
        Format::Json
    } else if says_log {
        Format::Log
    } else if serverlog::is_csv(text) {
        Format::Csv
    } else {
        Format::Script
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;

    #[test]
    fn the_kind_shows_in_the_text() {
        for (text, expected) in [
            ("select 1; select 2", Format::Script),
            ("-- a comment\nselect 1", Format::Script),
            ("2026 UTC [1] LOG:  statement: select 1", Format::Log),
            ("{\"query\": \"select 1\"}", Format::Json),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }

    #[test]
    fn an_empty_file_says_what_was_expected() {
        assert!(from_file("", None).notes[0].contains("no statement"));
        assert!(from_file("x LOG:  y", None).notes[0].contains("log_statement"));
    }
}
