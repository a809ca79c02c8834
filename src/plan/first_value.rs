//! What the rows have in a column that was added later: `pg_attribute.attmissingval`, a value of the table in a catalog
//! that every role reads (PostgreSQL manual, "pg_attribute"). The facade's own view of that catalog shows none.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use super::Request;
use crate::fault::{Fault, Refusal};
use crate::sql::{Range, Token, TokenKind};

/// The column.
const COLUMN: &str = "attmissingval";

/// The catalog that has it.
const CATALOG: &str = "pg_attribute";

/// Words of statements that keep rows of the catalog under a name by which nobody knows them again.
const KEEPING: &[&str] = &["create", "insert", "into", "merge", "update"];

/// A name that makes a text worth a look.
pub(super) const WORD: &str = COLUMN;

/// Whether a text may keep rows of the catalog: one that only reads it is not looked at for that, however strange.
#[derive(Debug, Clone)]
pub(super) struct Keeping {
    catalog: AhoCorasick,
    words: AhoCorasick,
}

impl Keeping {
    /// `None` where it cannot be built: every text is looked at then.
    pub(super) fn new() -> Option<Keeping> {
        let build = |words: &[&str]| {
            AhoCorasickBuilder::new()
                .ascii_case_insensitive(true)
                .build(words)
                .ok()
        };
        Some(Keeping {
            catalog: build(&[CATALOG])?,
            words: build(KEEPING)?,
        })
    }

    /// Both stand in the text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.catalog.is_match(text) && self.words.is_match(text)
    }
}

/// Whether a statement is one for `check`.
pub(super) fn found(own: &[Token]) -> bool {
    let creates = own.first().is_some_and(|token| token.is_word("create"));
    own.iter()
        .any(|token| matches!(token.name(), Some(COLUMN | CATALOG)) || creates && is_told_of(token))
}

/// Whether a string, as the body of a routine is one, speaks of either.
fn is_told_of(token: &Token) -> bool {
    match &token.kind {
        TokenKind::Text(body) | TokenKind::Escaped(body) | TokenKind::Dollar(body) => {
            let body = body.to_lowercase();
            body.contains(CATALOG) || body.contains(COLUMN)
        }
        TokenKind::Word(_)
        | TokenKind::Quoted(_)
        | TokenKind::Bits
        | TokenKind::Number(_)
        | TokenKind::Operator(_)
        | TokenKind::Placeholder(_)
        | TokenKind::Mark(_) => false,
    }
}

/// Refuses what would show the values or keep them where they are not known again, to roles without full control; with
/// the token. `faced`: the tokens in whose place the facade stands.
pub(super) fn check(
    request: &Request<'_>,
    (own, range): (&[Token], Range),
    faced: &HashSet<usize>,
) -> Result<(), (Refusal, usize)> {
    if request.rights.full_control_everywhere {
        return Ok(());
    }
    let is_name = |token: &Token| token.name() == Some(CATALOG);
    let bare = (own.iter().enumerate())
        .position(|(at, token)| is_name(token) && !faced.contains(&(range.first + at)));
    // Where the catalog is not named at all, the column is that of something else that was made of it.
    let shown = own.iter().any(is_name) && bare.is_none();
    let column = own.iter().position(|token| token.name() == Some(COLUMN));
    if let Some(at) = column.filter(|_| !shown) {
        let message = "attmissingval of pg_attribute, which holds a value of the table";
        return Err((Refusal::new(Fault::LevelMissing, message), at));
    }
    let creates = own.first().is_some_and(|token| token.is_word("create"));
    let keeps = |token: &Token| KEEPING.iter().any(|word| token.is_word(word));
    let body = (own.iter()).position(|token| creates && is_told_of(token));
    if let Some(at) = bare.or(body).filter(|_| own.iter().any(keeps)) {
        let message = "rows of pg_attribute, which hold values of tables, under another name";
        return Err((
            Refusal::new(Fault::LevelMissing, message)
                .with_hint("Read pg_attribute itself, or make it with full control."),
            at,
        ));
    }
    Ok(())
}
