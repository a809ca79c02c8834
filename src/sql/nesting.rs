//! How deep the tree of a statement can get, by its tokens alone: a tree that is too deep cannot be built, read or even
//! dropped without running out of stack, which would end the process for everybody.
//!
//! Parentheses and subqueries nest, and operators that stand in a row do: `a + b + c` is a sum in a sum. sqlparser counts
//! its own recursion, but builds such rows in a loop. What is counted here is at least as deep as the tree.

use super::lex::{Token, TokenKind};
use super::read::ReadError;

/// Deepest nesting of operators, added up over the parentheses around them.
pub(super) const CHAIN: usize = 5_000;

/// Deepest nesting of parentheses and subqueries.
pub(super) const DEPTH: usize = 100;

/// Deepest nesting of our own tree, in which sums and conditions in a row are flat: who reads it goes as deep.
pub(super) const DEEPEST: usize = 150;

/// Words behind an operand that make one expression of it, each around the one before.
const AROUND: &[&str] = &[
    "and", "or", "not", "is", "isnull", "notnull", "in", "between", "like", "ilike", "similar",
    "escape", "collate", "at", "operator", "overlaps", "join",
];

/// Words that put a query around two others; commas do not end them.
const SETS: &[&str] = &["union", "intersect", "except"];

/// How many operators such a word counts for: these rows are not flat in our own tree.
const SET: usize = 5;

/// One level of parentheses.
#[derive(Debug, Default, Clone, Copy)]
struct Level {
    /// Operators since the last comma.
    chain: usize,
    /// Queries put together, as operators count.
    sets: usize,
    /// The deepest of what was in parentheses since the last comma.
    inner: usize,
    /// The deepest entry before the last comma.
    deepest: usize,
}

impl Level {
    fn depth(self) -> usize {
        self.sets + self.deepest.max(self.chain + self.inner)
    }
}

/// Checks the tokens of one statement.
pub(super) fn check(tokens: &[Token]) -> Result<(), ReadError> {
    let mut outer: Vec<Level> = Vec::new();
    let mut level = Level::default();
    for token in tokens {
        match &token.kind {
            TokenKind::Mark('(' | '[') => {
                outer.push(std::mem::take(&mut level));
                if outer.len() > DEPTH {
                    return Err(ReadError::TooComplex);
                }
            }
            TokenKind::Mark(')' | ']') => {
                if let Some(mut around) = outer.pop() {
                    around.inner = around.inner.max(level.depth() + 1);
                    level = around;
                }
            }
            TokenKind::Mark(',') => {
                level.deepest = level.deepest.max(level.chain + level.inner);
                (level.chain, level.inner) = (0, 0);
            }
            TokenKind::Operator(_) => level.chain += 1,
            TokenKind::Word(word) if AROUND.contains(&word.as_str()) => level.chain += 1,
            TokenKind::Word(word) if SETS.contains(&word.as_str()) => level.sets += SET,
            TokenKind::Word(_)
            | TokenKind::Quoted(_)
            | TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Mark(_) => {}
        }
        if level.depth() > CHAIN {
            return Err(ReadError::TooComplex);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::super::lex::lex;
    use super::*;

    fn fits(text: &str) -> bool {
        check(&lex(text).unwrap()).is_ok()
    }

    #[test]
    fn rows_of_operators_are_counted_whatever_stands_between() {
        for part in [
            " or a = 1",
            " + 1",
            "::text",
            " collate \"C\"",
            " at time zone 'UTC'",
            " isnull",
            " is null",
            " in (1)",
            " not in (1, 2)",
            " like 'x'",
            " operator(pg_catalog.=) 1",
            " join t on true",
        ] {
            assert!(!fits(&format!("select a{}", part.repeat(6_000))), "{part}");
            assert!(fits(&format!("select a{}", part.repeat(1_000))), "{part}");
        }
        let one = "select a, b union all ";
        assert!(!fits(&one.repeat(1_200)));
        assert!(fits(&one.repeat(900)));
    }

    #[test]
    fn rows_in_parentheses_add_up() {
        let sums = |levels: usize, each: usize| {
            let row = format!("1{})", " + 1".repeat(each));
            let rest = format!("{})", " + 1".repeat(each));
            format!(
                "select {}{row}{}",
                "(".repeat(levels),
                rest.repeat(levels - 1)
            )
        };
        assert!(!fits(&sums(50, 200)));
        assert!(fits(&sums(50, 20)));
        // Beside each other they do not.
        let beside = vec![format!("(1{})", " + 1".repeat(1_000)); 50].join(", ");
        assert!(fits(&format!("select {beside}")));
    }

    #[test]
    fn parentheses_are_counted() {
        assert!(fits(&format!(
            "select {}1{}",
            "(".repeat(100),
            ")".repeat(100)
        )));
        assert!(!fits(&"fetch first (".repeat(101)));
        assert!(fits(&")".repeat(1_000)));
    }
}
