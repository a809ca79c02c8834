//! The reading copy: clauses that sqlparser does not know and that do not matter to a plan are blanked, byte for
//! byte, so that every place stays where it is. The copy is only read; what is sent is the client's text.

use super::lex::{Token, TokenKind};

/// The statement's text from `start` to `end` with such clauses blanked.
pub(super) fn readable(text: &str, tokens: &[Token], start: usize, end: usize) -> String {
    let mut copy = text.get(start..end).unwrap_or("").as_bytes().to_vec();
    let mut blank = |token: &Token, keep: &[u8]| {
        for (at, byte) in copy
            .iter_mut()
            .skip(token.start - start)
            .take(token.end - token.start)
            .enumerate()
        {
            *byte = keep.get(at).copied().unwrap_or(b' ');
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        let ahead = |steps: usize| tokens.get(at + steps);
        let word = |steps: usize, word: &str| ahead(steps).is_some_and(|token| token.is_word(word));
        if token.is_word("for") && word(1, "no") && word(2, "key") && word(3, "update") {
            // FOR NO KEY UPDATE → FOR UPDATE
            for step in [1, 2] {
                if let Some(token) = ahead(step) {
                    blank(token, b"");
                }
            }
        } else if token.is_word("for") && word(1, "key") && word(2, "share") {
            if let Some(token) = ahead(1) {
                blank(token, b"");
            }
        } else if token.is_word("of")
            && at
                .checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_some_and(|before| before.is_word("update") || before.is_word("share"))
        {
            // FOR UPDATE OF a, b → FOR UPDATE OF a
            for token in tokens.get(lock_names(tokens, at)).unwrap_or(&[]) {
                blank(token, b"");
            }
        } else if token.is_word("only")
            && at > 0
            && follows_table_word(tokens, at)
            && !ahead(1).is_some_and(|t| t.is_mark('('))
        {
            blank(token, b"");
        } else if token.is_word("conflict")
            && at > 0
            && tokens.get(at - 1).is_some_and(|on| on.is_word("on"))
            && ahead(1).is_some_and(|token| token.is_mark('('))
        {
            // ON CONFLICT (lower(c)) → ON CONFLICT (c): a planner sees the function by the tokens before the name.
            for folded in folded_targets(tokens, at + 1) {
                for step in folded.first..=folded.last {
                    if let Some(token) = tokens.get(step).filter(|_| step != folded.name) {
                        blank(token, b"");
                    }
                }
            }
        } else if token.is_word("operator") && ahead(1).is_some_and(|token| token.is_mark('(')) {
            // OPERATOR(pg_catalog.=) → =
            if let (Some(schema), Some(dot), Some(operator), Some(close)) =
                (ahead(2), ahead(3), ahead(4), ahead(5))
                && schema.is_word("pg_catalog")
                && dot.is_mark('.')
                && close.is_mark(')')
                && let TokenKind::Operator(name) = &operator.kind
            {
                let name = name.clone();
                blank(token, name.as_bytes());
                for step in 1..=5 {
                    if let Some(token) = ahead(step) {
                        blank(token, b"");
                    }
                }
            }
        }
    }
    String::from_utf8(copy).unwrap_or_default()
}

/// The tokens of the second and further names behind OF.
fn lock_names(tokens: &[Token], of: usize) -> std::ops::Range<usize> {
    let mark = |at: usize, mark: char| tokens.get(at).is_some_and(|token| token.is_mark(mark));
    let name = |mut at: usize| {
        tokens.get(at)?.name()?;
        while mark(at + 1, '.') {
            tokens.get(at + 2)?.name()?;
            at += 2;
        }
        Some(at + 1)
    };
    let first = name(of + 1).unwrap_or(of + 1);
    let mut end = first;
    while mark(end, ',')
        && let Some(next) = name(end + 1)
    {
        end = next;
    }
    first..end
}

fn follows_table_word(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| {
            ["update", "from", "join"]
                .iter()
                .any(|word| before.is_word(word))
        })
}

/// A case function of a column in a conflict target: its tokens, and the column's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoldedTarget {
    /// The function's name, or the parenthesis around the call.
    pub first: usize,
    /// The function's name.
    pub function: usize,
    /// The column's name.
    pub name: usize,
    /// The last closing parenthesis.
    pub last: usize,
}

/// The case functions of columns between the parenthesis at `open` and the one that closes it.
pub fn folded_targets(tokens: &[Token], open: usize) -> Vec<FoldedTarget> {
    let mark = |at: usize, mark: char| tokens.get(at).is_some_and(|token| token.is_mark(mark));
    let mut found = Vec::new();
    let mut at = open + 1;
    while at < tokens.len() && !mark(at, ')') {
        let function = if mark(at, '(') { at + 1 } else { at };
        let case = tokens
            .get(function)
            .is_some_and(|token| token.is_word("lower") || token.is_word("upper"));
        let name = function + 2;
        let is_name = tokens.get(name).is_some_and(|token| token.name().is_some());
        if !(case && mark(function + 1, '(') && is_name) {
            at += 1;
            continue;
        }
        let cast = tokens
            .get(name + 1)
            .is_some_and(|token| token.is_operator("::"))
            && tokens
                .get(name + 2)
                .is_some_and(|token| token.is_word("text"));
        let close = if cast { name + 3 } else { name + 1 };
        let last = if function > at { close + 1 } else { close };
        if !mark(close, ')') || !mark(last, ')') {
            return Vec::new();
        }
        found.push(FoldedTarget {
            first: at,
            function,
            name,
            last,
        });
        at = last + 1;
    }
    found
}
