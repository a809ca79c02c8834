//! Tables that a query makes on the way: SELECT INTO, EXPLAIN ANALYZE CREATE TABLE AS. Under a name that the rules seal
//! they would hold plaintext.

use crate::fault::{Fault, Refusal};
use crate::plan::{Request, World};
use crate::sql::Token;

/// A table that the statement makes without being a definition: schema, name, and the name's token.
fn new_table(own: &[Token]) -> Option<(Option<String>, String, usize)> {
    let first = own.first()?.name()?;
    if !matches!(first, "select" | "with" | "explain") {
        return None;
    }
    let word = |at: usize, words: &[&str]| {
        own.get(at)
            .is_some_and(|token| words.iter().any(|word| token.is_word(word)))
    };
    let mut at = (1..own.len()).find(|at| {
        let into = word(*at, &["into"]) && !word(at - 1, &["insert", "merge"]);
        into || first == "explain" && word(*at, &["create"])
    })?;
    at += 1;
    while word(
        at,
        &[
            "unlogged", "local", "global", "table", "if", "not", "exists",
        ],
    ) {
        at += 1;
    }
    if word(at, &["temp", "temporary"]) {
        return None;
    }
    let name = own.get(at)?.name()?.to_owned();
    match (
        own.get(at + 1).is_some_and(|token| token.is_mark('.')),
        own.get(at + 2).and_then(Token::name),
    ) {
        (true, Some(table)) => Some((Some(name), table.to_owned(), at + 2)),
        _ => Some((None, name, at)),
    }
}

/// Whether the statement makes a table without being a definition.
pub(in crate::plan) fn makes_table(own: &[Token]) -> bool {
    new_table(own).is_some()
}

/// Refuses what would make a table that the rules seal out of a query.
pub(in crate::plan) fn check_made(
    world: &World,
    request: &Request<'_>,
    own: &[Token],
) -> Result<(), Refusal> {
    let Some((schema, name, token)) = new_table(own) else {
        return Ok(());
    };
    let path = request.environment.search_path.iter().cloned();
    let schemas: Vec<String> = schema.map_or_else(|| path.collect(), |schema| vec![schema]);
    let sealed = schemas.iter().any(|schema| {
        let rules = world.protection.rules.columns(schema, &name);
        rules.values().any(|rule| rule.seal.is_some())
    });
    if !sealed {
        return Ok(());
    }
    let start = own.get(token).map_or(0, |token| token.start);
    let before = request.text.get(..start);
    let what = "a table that the rules protect, made from a query";
    Err(Refusal::new(Fault::DefinitionRefused, what)
        .with_hint(super::create::COLUMNS_FIRST)
        .at(before.map_or(1, |before| before.chars().count() + 1)))
}
