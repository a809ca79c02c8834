//! Definitions that are not read to the end: let through for full control where they touch no protected column.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::apart;
use super::view::{defines_view, view};
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::plan::{Request, World, guarded, route, steering};
use crate::policy::{ProtectedTable, Sight, Storage};
use crate::sql::{self, Range, Token, TokenKind};
use crate::value::DeclaredType;

/// Checks a defining statement that names something watched.
pub(super) fn check(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    range: Range,
) -> Result<(), Refusal> {
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    names(world, request, own)?;
    let position = |at| position(request, own, at);
    let words: Vec<&str> = own.iter().filter_map(Token::name).collect();
    let first = words.first().copied().unwrap_or("");
    if first == "create" && words.contains(&"table") && own.iter().any(|token| token.is_word("as"))
    {
        let message = "a table made from a query over a protected table";
        let hint = "Create the table with its columns spelled out, then fill it with INSERT … SELECT through the proxy.";
        return Err(Refusal::new(Fault::UnsupportedStatement, message)
            .with_hint(hint)
            .at(position(0)));
    }
    let names_no_column = matches!(first, "grant" | "revoke" | "drop" | "comment");
    if !names_no_column && !defines_view(own) {
        columns(world, request, own)?;
    }
    if defines_view(own) {
        return view(world, request, tokens, range);
    }
    let routine = words.iter().any(|word| {
        matches!(
            *word,
            "trigger" | "rule" | "policy" | "function" | "procedure"
        )
    });
    if routine && !request.rights.full_control_everywhere {
        let message = "a routine, trigger, rule or policy that could reach protected tables";
        return Err(Refusal::new(Fault::RoutineNotVouched, message).at(position(0)));
    }
    Ok(())
}

fn position(request: &Request<'_>, own: &[Token], at: usize) -> usize {
    let start = own.get(at).map_or(0, |token| token.start);
    request
        .text
        .get(..start)
        .map_or(1, |before| before.chars().count() + 1)
}

/// The protected tables, and what reads them, that a name could mean, in whatever schema.
fn meant<'a>(world: &'a World, name: &'a str) -> impl Iterator<Item = &'a Arc<Relation>> {
    let relations = world.snapshot.relations.values();
    relations.filter(move |relation| {
        let observed = world.protection.tables.get(&relation.oid);
        relation.name == name
            && world.watch.reaching.contains(&relation.oid)
            && !observed.is_some_and(|table| table.observe)
    })
}

/// Whether the role may name in a definition what it names.
pub(super) fn names(world: &World, request: &Request<'_>, own: &[Token]) -> Result<(), Refusal> {
    route::guard(request)?;
    let words: Vec<&str> = own.iter().filter_map(Token::name).collect();
    // Within its transaction nobody else can see what the table is called or part of then.
    let moves = words.iter().any(|word| MOVING.contains(word));
    for (at, token) in own.iter().enumerate() {
        let Some(name) = token.name() else { continue };
        if apart::names_another(world, request, own, at) {
            continue;
        }
        for relation in meant(world, name) {
            let allowed = match world.protection.tables.get(&relation.oid) {
                Some(_) => request
                    .rights
                    .tables
                    .get(&relation.oid)
                    .is_some_and(|rights| rights.allows(Verb::Ddl)),
                None => {
                    request.rights.full_control_everywhere
                        || reads_own(world, request, relation, &mut HashSet::new())
                }
            };
            if !allowed {
                let message = format!(
                    "this role may not change definitions that involve {}",
                    relation.qualified()
                );
                return Err(
                    Refusal::new(Fault::LevelMissing, message).at(position(request, own, at))
                );
            }
            if moves && sees_masks(request, relation.oid) {
                let message = format!(
                    "this role sees masks of {} and may not give its rows another name",
                    relation.qualified()
                );
                return Err(
                    Refusal::new(Fault::LevelMissing, message).at(position(request, own, at))
                );
            }
        }
    }
    // A default, a check, an index, a view: each would call it later, when its name is not seen.
    if !request.rights.full_control_everywhere {
        let opaque = own.iter().position(|token| {
            token.name().is_some_and(|name| {
                world.watch.routines.contains(name)
                    || guarded::FUNCTIONS.contains(&name)
                    || guarded::CATALOGS.contains(&name)
            })
        });
        if let Some(at) = opaque {
            let message = "a definition that involves what could reach protected tables unseen";
            return Err(
                Refusal::new(Fault::RoutineNotVouched, message).at(position(request, own, at))
            );
        }
    }
    Ok(())
}

/// Whether all that a view reads, through others too, is plain or the role's own to define.
fn reads_own(
    world: &World,
    request: &Request<'_>,
    view: &Relation,
    seen: &mut HashSet<u32>,
) -> bool {
    seen.insert(view.oid);
    !view.reads.is_empty()
        && view.reads.iter().all(|oid| {
            if world.protection.tables.contains_key(oid) {
                let rights = request.rights.tables.get(oid);
                return rights.is_some_and(|rights| rights.allows(Verb::Ddl))
                    && !sees_masks(request, *oid);
            }
            match world.snapshot.relations.get(oid) {
                Some(read) if !world.watch.reaching.contains(oid) => read.oid == *oid,
                Some(read) => seen.contains(oid) || reads_own(world, request, read, seen),
                None => false,
            }
        })
}

/// No protected column is named beside its table.
fn columns(world: &World, request: &Request<'_>, own: &[Token]) -> Result<(), Refusal> {
    let names_column = |column: &str| own.iter().position(|token| token.name() == Some(column));
    for token in own {
        let Some(name) = token.name() else { continue };
        for relation in meant(world, name) {
            let table = world.protection.tables.get(&relation.oid);
            let touched = table.and_then(|table| {
                table
                    .columns
                    .values()
                    .find_map(|column| Some((column, names_column(&column.column)?)))
            });
            if let Some((column, at)) = touched {
                let message = format!(
                    "a definition that involves protected column {}",
                    column.qualified()
                );
                let hint = "Take the protection off with `sealwire unprotect`, change the column, and protect it again.";
                return Err(Refusal::new(Fault::UnsupportedStatement, message)
                    .with_hint(hint)
                    .at(position(request, own, at)));
            }
        }
    }
    Ok(())
}

/// ATTACH PARTITION and INHERIT read rows of one table as rows of another: what is sealed must be sealed alike in both, or
/// values of two key domains would stand in one column.
pub(super) fn joined(world: &World, request: &Request<'_>, own: &[Token]) -> Result<(), Refusal> {
    let is = |token: &Token, words: &[&str]| words.iter().any(|word| token.is_word(word));
    if !own.first().is_some_and(|token| is(token, &["alter"]))
        || !own.iter().any(|token| is(token, &["attach", "inherit"]))
    {
        return Ok(());
    }
    let mut named: Vec<(usize, &Arc<ProtectedTable>)> = Vec::new();
    for (at, token) in own.iter().enumerate() {
        let Some(name) = token.name() else { continue };
        if apart::names_another(world, request, own, at) {
            continue;
        }
        let found = meant(world, name);
        named.extend(
            found.filter_map(|relation| Some((at, world.protection.tables.get(&relation.oid)?))),
        );
    }
    let sealed = |table: &ProtectedTable| -> BTreeMap<String, (Storage, DeclaredType)> {
        (table.columns.values())
            // One that no rule names is read by nobody until it is a part of what a rule names.
            .filter(|column| matches!(column.storage, Storage::Sealed(_)))
            .map(|column| {
                let stored = (column.storage.clone(), column.declared.clone());
                (column.column.clone(), stored)
            })
            .collect()
    };
    let tables: Vec<_> = named
        .iter()
        .map(|(at, table)| (*at, sealed(table)))
        .collect();
    // A name may be that of tables in several schemas: any of them may be meant.
    let other = tables.iter().enumerate().find_map(|(at, (token, own))| {
        let before = tables.iter().take(at);
        let differs = |(_, other): &(usize, BTreeMap<_, _>)| {
            (own.iter()).any(|(name, own)| other.get(name).is_some_and(|other| other != own))
        };
        before.clone().any(differs).then_some(*token)
    });
    // Beside an unprotected one the server compares the types, and refuses.
    if let Some(at) = other {
        let message = "tables whose columns are sealed in different ways become one";
        let hint = "Give the columns of both one named `domain` and the same `search` in the rules, before they are created or protected: then values of one are values of the other.";
        return Err(Refusal::new(Fault::DomainsDiffer, message)
            .with_hint(hint)
            .at(position(request, own, at)));
    }
    Ok(())
}

/// Words of definitions by which rows of a table are read under another name.
const MOVING: &[&str] = &["rename", "inherit", "inherits", "attach", "view", "rule"];

/// Whether the role sees masks of a protected table.
fn sees_masks(request: &Request<'_>, oid: u32) -> bool {
    request.rights.tables.get(&oid).is_some_and(|rights| {
        let mut columns = rights.columns.values();
        columns.any(|column| column.sight != Sight::Reveal)
    })
}

/// Whether the statement makes a function or procedure, whose body is a string.
pub(in crate::plan) fn makes_routine(own: &[Token]) -> bool {
    let mut words = own.iter().filter_map(Token::name);
    words.next() == Some("create")
        && words
            .find(|word| !matches!(*word, "or" | "replace"))
            .is_some_and(|word| matches!(word, "function" | "procedure"))
}

/// The body of a routine that a restricted role makes: what it names is seen here, for within a transaction nobody
/// else can see the routine.
pub(in crate::plan) fn check_body(
    world: &World,
    request: &Request<'_>,
    own: &[Token],
) -> Result<(), Refusal> {
    route::guard(request)?;
    let refuse = |message: &str| Err(Refusal::new(Fault::RoutineNotVouched, message));
    let readable = own.windows(2).all(|pair| match pair {
        [word, language] if word.is_word("language") => match &language.kind {
            TokenKind::Word(name) | TokenKind::Quoted(name) | TokenKind::Text(name) => {
                matches!(name.to_ascii_lowercase().as_str(), "sql" | "plpgsql")
            }
            TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Operator(_)
            | TokenKind::Mark(_) => false,
        },
        _ => true,
    });
    if !readable {
        return refuse("a routine in a language that cannot be read");
    }
    for token in own {
        let (TokenKind::Text(body) | TokenKind::Escaped(body) | TokenKind::Dollar(body)) =
            &token.kind
        else {
            continue;
        };
        let Ok(inner) = sql::lex(body) else {
            return refuse("a routine whose body cannot be read with certainty");
        };
        let opaque = inner.iter().any(|token| token.is_word("execute"))
            || fetches(&inner)
            || world.watch.hit(&inner).is_some()
            || world.watch.carrier(&inner, true).is_some()
            || steering::found(&inner).is_some() && world.sees_masks(request.rights);
        if opaque {
            return refuse("a routine that could reach protected tables unseen");
        }
    }
    Ok(())
}

/// Whether a body takes rows from a cursor, which may be one of the session over anything. `FETCH FIRST 3 ROWS ONLY` is
/// a LIMIT.
fn fetches(body: &[Token]) -> bool {
    let bounds = |at: usize| {
        let mut rest = body.iter().skip(at + 1);
        let first = |token: &Token| token.is_word("first") || token.is_word("next");
        let rows = |token: &Token| token.is_word("row") || token.is_word("rows");
        let ends = |token: &Token| token.is_word("only") || token.is_word("with");
        rest.next().is_some_and(first)
            && rest
                .next()
                .filter(|token| !matches!(token.kind, TokenKind::Number(_)))
                .or_else(|| rest.next())
                .is_some_and(rows)
            && rest.next().is_some_and(ends)
    };
    (body.iter().enumerate()).any(|(at, token)| token.is_word("fetch") && !bounds(at))
}
