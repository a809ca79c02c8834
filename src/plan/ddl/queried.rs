//! Tables that a query makes on the way: SELECT INTO, EXPLAIN ANALYZE CREATE TABLE AS. Under a name that the rules seal
//! they would hold plaintext.

use crate::fault::{Fault, Refusal};
use crate::plan::{Request, World};
use crate::sql::{Range, Token};

use super::reader::Reader;

/// The token from which on a table is named that the statement makes without being a definition.
fn made_from(own: &[Token]) -> Option<usize> {
    let first = own.first()?.name()?;
    if !matches!(first, "select" | "with" | "explain") {
        return None;
    }
    let at = (1..own.len()).find(|at| {
        let into = word(own, *at, &["into"]) && !word(own, at - 1, &["insert", "merge"]);
        into || first == "explain" && word(own, *at, &["create"])
    })?;
    Some(at + 1)
}

fn word(own: &[Token], at: usize, words: &[&str]) -> bool {
    own.get(at)
        .is_some_and(|token| words.iter().any(|word| token.is_word(word)))
}

/// The same table, where it is not a temporary one: schema, name, and the name's token.
fn new_table(own: &[Token]) -> Option<(Option<String>, String, usize)> {
    let mut at = made_from(own)?;
    while word(
        own,
        at,
        &[
            "unlogged", "local", "global", "table", "if", "not", "exists",
        ],
    ) {
        at += 1;
    }
    if word(own, at, &["temp", "temporary"]) {
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

/// The query of CREATE TABLE … AS, where no rule is about the table that it makes.
pub(in crate::plan) fn query_of(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    range: Range,
) -> Option<Range> {
    let own = tokens.get(range.first..=range.last)?;
    let mut reader = Reader::new(own, 0, own.len());
    if !reader.take(&["create"]) {
        return None;
    }
    for noise in ["global", "local"] {
        reader.take(&[noise]);
    }
    let temporary = reader.take(&["temporary"]) || reader.take(&["temp"]);
    reader.take(&["unlogged"]);
    if !reader.take(&["table"]) {
        return None;
    }
    reader.take(&["if", "not", "exists"]);
    let path = reader.path()?;
    let name = path.last()?.0.as_str();
    let schemas = match path.as_slice() {
        [_] => request.environment.search_path.clone(),
        [.., (schema, _), _] => vec![schema.clone()],
        [] => return None,
    };
    let ruled = schemas
        .iter()
        .any(|schema| !world.protection.rules.columns(schema, name).is_empty());
    if ruled && !temporary {
        return None;
    }
    // Everything else of the definition stands in parentheses or is one of its own words.
    while !reader.take(&["as"]) {
        if reader.group().is_none() {
            reader.peek()?;
            reader.at += 1;
        }
    }
    let mut end = own.len();
    for words in [&["with", "no", "data"][..], &["with", "data"]] {
        let start = end.saturating_sub(words.len());
        let ends = (own.get(start..end)?.iter().zip(words)).all(|(own, word)| own.is_word(word));
        if ends && start > reader.at {
            end = start;
            break;
        }
    }
    let queries = ["select", "with", "values", "table"];
    let starts = reader.is_any(&queries) || reader.peek().is_some_and(|token| token.is_mark('('));
    (starts && reader.at < end).then(|| Range {
        first: range.first + reader.at,
        last: range.first + end - 1,
    })
}

/// Whether the statement makes a table, temporary or not, without being a definition.
pub(in crate::plan) fn makes_table(own: &[Token]) -> bool {
    made_from(own).is_some()
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
