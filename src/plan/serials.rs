//! Sequences of masked-only columns: what they have counted to is the greatest value of the column. A role that sees a mask
//! of it may not read them; a default that counts goes on. Catalogs and functions that show all sequences at once, and
//! the session's own last value, which may be of any, are refused with them.

use super::{Request, World};
use crate::catalog::{Serial, Snapshot};
use crate::fault::{Fault, Refusal};
use crate::policy::{Protection, Sight, Storage};
use crate::sql::{Token, TokenKind};

/// What shows how far any sequence has come.
const SHOW: &[&str] = &[
    "lastval",
    "pg_get_sequence_data",
    "pg_sequence_last_value",
    "pg_sequences",
];

/// Functions of the sequence that they are given.
const COUNT: &[&str] = &["currval", "nextval", "setval"];

/// The sequences of columns that lie in the server in plaintext.
pub(super) fn counters(snapshot: &Snapshot, protection: &Protection) -> Vec<Serial> {
    let counts = |serial: &&Serial| {
        let (table, attnum) = serial.column;
        let table = protection.tables.get(&table);
        let column = table.and_then(|table| table.columns.get(&attnum));
        column.is_some_and(|column| !matches!(column.storage, Storage::Sealed(_)))
    };
    snapshot.serials.iter().filter(counts).cloned().collect()
}

/// Names that make a text worth a look.
pub(super) fn words(serials: &[Serial]) -> impl Iterator<Item = String> {
    let functions = SHOW.iter().chain(COUNT).filter(|_| !serials.is_empty());
    (functions.map(|name| (*name).to_owned()))
        .chain(serials.iter().map(|serial| serial.name.clone()))
}

/// The token at which a statement reads one of these.
pub(super) fn found<'s>(
    serials: impl Iterator<Item = &'s Serial> + Clone,
    own: &[Token],
) -> Option<usize> {
    serials.clone().next()?;
    let defines = own.first().is_some_and(|first| first.is_word("create"));
    own.iter().enumerate().position(|(at, token)| {
        let named = |text: &str| {
            let text = text.to_lowercase();
            serials
                .clone()
                .any(|serial| text.contains(&serial.name.to_lowercase()))
        };
        match &token.kind {
            TokenKind::Word(name) | TokenKind::Quoted(name) => {
                serials.clone().any(|serial| serial.name == *name)
                    || SHOW.contains(&name.as_str())
                    || COUNT.contains(&name.as_str()) && !is_of_another(own, at + 1, named)
            }
            // The body of a routine.
            TokenKind::Text(body) | TokenKind::Escaped(body) | TokenKind::Dollar(body) => {
                let shows = |name: &&str| body.to_lowercase().contains(name);
                defines && (named(body) || SHOW.iter().chain(COUNT).any(shows))
            }
            TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Operator(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Mark(_) => false,
        }
    })
}

/// `('name')`, `('name'::regclass)` or `('name', …` of a sequence that is none of these.
fn is_of_another(own: &[Token], open: usize, named: impl Fn(&str) -> bool) -> bool {
    let mark = |at: usize, mark: char| own.get(at).is_some_and(|token| token.is_mark(mark));
    let ends = |at: usize| mark(at, ')') || mark(at, ',');
    let typed = own
        .get(open + 2)
        .is_some_and(|token| token.is_operator("::"))
        && own
            .get(open + 3)
            .is_some_and(|token| token.is_word("regclass"))
        && ends(open + 4);
    let other = match own.get(open + 1).map(|token| &token.kind) {
        Some(TokenKind::Text(text)) => !named(text),
        Some(_) | None => false,
    };
    mark(open, '(') && other && (ends(open + 2) || typed)
}

/// Refuses the statement where it reads the sequence of a column that the role sees a mask of.
pub(super) fn check(
    world: &World,
    request: &Request<'_>,
    own: &[Token],
) -> Result<(), (Refusal, usize)> {
    let hidden = |serial: &&Serial| {
        let (table, attnum) = serial.column;
        let right = request.rights.tables.get(&table);
        right
            .and_then(|table| table.columns.get(&attnum))
            .is_none_or(|column| column.sight != Sight::Reveal)
    };
    match found(world.watch.serials.iter().filter(hidden), own) {
        None => Ok(()),
        Some(at) => {
            let message =
                "a sequence shows the greatest value of a column that this role sees a mask of";
            Err((Refusal::new(Fault::CatalogRestricted, message), at))
        }
    }
}
