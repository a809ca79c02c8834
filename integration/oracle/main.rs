//! Two readers of one text: `src/sql` and PostgreSQL's own grammar (libpg_query). Whatever is accepted here must be
//! split at the same places, and hold the same tables, columns, constants, placeholders, calls and targets at the
//! same places, with the same leaves on each side of every comparison. What the server's grammar does not take fails
//! there anyway.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests"
)]
#![allow(unreachable_pub, reason = "a test binary has no outside")]

mod corpus;
// The statements of the randomised tests, which need no server here.
#[path = "../random/dice.rs"]
mod dice;
#[expect(
    dead_code,
    reason = "how its statements are played is for the randomised tests"
)]
#[path = "../random/grammar/mod.rs"]
mod grammar;
mod ours;
#[expect(
    dead_code,
    reason = "its tables and rules are for the servers of the randomised tests"
)]
#[path = "../random/schema.rs"]
mod schema;
mod theirs;

use grammar::{Grammar, Profile, Step};
use ours::Ours;

/// How a text went.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Alike,
    /// Not accepted by `src/sql`: refused where it touches anything protected.
    NotRead,
    /// Not accepted by the server.
    NotSql,
    Differ(String),
}

fn compare(text: &str) -> Verdict {
    let Ok(tokens) = sealwire::sql::lex(text) else {
        return Verdict::NotRead;
    };
    let scanned = theirs::scan(text);
    let Some(parsed) = theirs::parse(text) else {
        return Verdict::NotSql;
    };
    let lexed: Vec<(usize, usize)> = tokens
        .iter()
        .map(|token| (token.start, token.end))
        .collect();
    if scanned.is_some_and(|scanned| scanned != lexed) {
        return Verdict::Differ("tokens".to_owned());
    }
    let ranges = sealwire::sql::split(&tokens);
    if ranges.len() != parsed.len() {
        return Verdict::Differ(format!("{} statements, not {}", ranges.len(), parsed.len()));
    }
    let mut read = false;
    for (range, their) in ranges.into_iter().zip(parsed) {
        let (start, end) = (tokens[range.first].start, tokens[range.last].end);
        if start < their.start || end > their.end {
            return Verdict::Differ("split elsewhere".to_owned());
        }
        if let Ok(reading) = sealwire::sql::read(text, &tokens, range) {
            read = true;
            let ours = Ours::of(text, &tokens, &reading.statement);
            if let Some(how) = ours.differs(&their.leaves) {
                return Verdict::Differ(how);
            }
        }
    }
    if read {
        Verdict::Alike
    } else {
        Verdict::NotRead
    }
}

#[track_caller]
fn all_alike(name: &str, texts: impl Iterator<Item = String>, least: usize) {
    let (mut alike, mut not_read, mut not_sql) = (0, 0, 0);
    let mut different = Vec::new();
    for text in texts {
        match compare(&text) {
            Verdict::Alike => alike += 1,
            Verdict::NotRead => not_read += 1,
            Verdict::NotSql => not_sql += 1,
            Verdict::Differ(how) => different.push(format!("{how}\n    {text}")),
        }
    }
    println!(
        "{name}: {alike} alike, {not_read} not read here, {not_sql} not SQL to the server, {} differ",
        different.len()
    );
    different.truncate(40);
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert!(alike >= least, "only {alike} were compared");
}

#[test]
fn the_regression_suite_of_the_server() {
    all_alike(
        "regression suite",
        corpus::statements(include_str!("regress.sql")),
        5_000,
    );
}

#[test]
fn the_statements_of_the_differential_tests() {
    let lines = include_str!("../statements/alike.sql")
        .lines()
        .chain(include_str!("../statements/refused.sql").lines());
    all_alike("differential tests", lines.map(str::to_owned), 300);
}

/// Recorded from the applications of integration/apps.
#[test]
fn what_object_mappers_and_drivers_say() {
    all_alike(
        "object mappers",
        corpus::statements(include_str!("orm.sql")),
        500,
    );
}

#[test]
fn the_statements_of_the_randomised_tests() {
    let cases = (0..8_000).flat_map(|number| {
        let profile = if number % 2 == 0 {
            Profile::Application
        } else {
            Profile::Torture
        };
        Grammar::case(20_261_129, number, profile).steps
    });
    let texts = cases.map(|step| match step {
        Step::Query(sql)
        | Step::Extended { sql, .. }
        | Step::CopyIn { sql, .. }
        | Step::CopyBinary { sql, .. } => sql,
    });
    all_alike("randomised tests", texts, 6_000);
}

#[test]
fn operators_of_every_precedence() {
    all_alike("precedence", corpus::expressions(20_000), 10_000);
}

#[test]
fn tokens_in_any_order() {
    all_alike("tokens", corpus::soup(40_000), 200);
}
