//! Names in definitions that are those of protected tables and stand for others: a temporary table that is made or
//! dropped, a table of another schema that is dropped. Only where that is certain; what is not is held to mean the
//! protected one.

use crate::plan::{Request, World};
use crate::sql::Token;

/// Whether the name at this place of a statement certainly stands for a relation that no rule is about.
pub(super) fn names_another(
    world: &World,
    request: &Request<'_>,
    own: &[Token],
    at: usize,
) -> bool {
    if !is_whole(request, own) {
        return false;
    }
    match own.first() {
        Some(first) if first.is_word("create") => made_temporary(own) == Some(at),
        Some(first) if first.is_word("drop") => {
            own.get(1).is_some_and(|word| word.is_word("table"))
                && !own.iter().any(|word| word.is_word("cascade"))
                && drops_another(world, request, own, at)
        }
        Some(_) | None => false,
    }
}

/// Whether nothing else is in the message, which might move schemas or tables before.
fn is_whole(request: &Request<'_>, own: &[Token]) -> bool {
    let (Some(first), Some(last)) = (own.first(), own.last()) else {
        return false;
    };
    let before = request.text.get(..first.start).unwrap_or("?");
    let behind = request.text.get(last.end..).unwrap_or("?");
    let blank = |text: &str| text.chars().all(|c| c.is_whitespace() || c == ';');
    blank(before) && blank(behind)
}

/// The bare name behind CREATE TEMP TABLE.
fn made_temporary(own: &[Token]) -> Option<usize> {
    let word = |at: usize, words: &[&str]| {
        own.get(at)
            .is_some_and(|token| words.iter().any(|word| token.is_word(word)))
    };
    let mut at = 1;
    at += usize::from(word(at, &["local", "global"]));
    if !word(at, &["temp", "temporary"]) || !word(at + 1, &["table"]) {
        return None;
    }
    at += 2;
    if word(at, &["if"]) && word(at + 1, &["not"]) && word(at + 2, &["exists"]) {
        at += 3;
    }
    own.get(at)?.name()?;
    own.get(at + 1)
        .is_some_and(|next| next.is_mark('('))
        .then_some(at)
}

fn drops_another(world: &World, request: &Request<'_>, own: &[Token], at: usize) -> bool {
    let Some(name) = own.get(at).and_then(Token::name) else {
        return false;
    };
    let dot = |at: Option<usize>| {
        at.and_then(|at| own.get(at))
            .is_some_and(|one| one.is_mark('.'))
    };
    if dot(at.checked_add(1)) {
        // A schema, or a database.
        return false;
    }
    if dot(at.checked_sub(1)) {
        let schema = at.checked_sub(2).and_then(|at| own.get(at));
        let Some(schema) = schema.and_then(Token::name) else {
            return false;
        };
        if dot(at.checked_sub(3)) {
            return false;
        }
        return is_temporary(schema)
            || world
                .snapshot
                .relation(schema, name)
                .is_some_and(|relation| {
                    !world.protection.tables.contains_key(&relation.oid)
                        && !world.watch.reaching.contains(&relation.oid)
                });
    }
    let environment = request.environment;
    if !environment.temp_relations.iter().any(|own| own == name) {
        return false;
    }
    // Temporary relations come first, unless the path says where.
    let path = &environment.search_path;
    match path.iter().position(|schema| is_temporary(schema)) {
        None => true,
        Some(at) => {
            !(path.iter().take(at)).any(|schema| world.snapshot.relation(schema, name).is_some())
        }
    }
}

fn is_temporary(schema: &str) -> bool {
    schema == "pg_temp" || schema.starts_with("pg_temp_")
}
