//! Texts on whose operators two readers are known to disagree: refused before the tree is built.
//!
//! To the server (`gram.y`) comparisons bind less than LIKE and IN, these less than every other operator, and
//! `OPERATOR(schema.=)` is one of the others whatever it is called. sqlparser gives some of them another place.

use super::lex::{Token, TokenKind};
use super::read::ReadError;

/// Words after which another expression begins.
const BREAKS: &[&str] = &[
    "or",
    "select",
    "distinct",
    "from",
    "where",
    "on",
    "when",
    "then",
    "else",
    "set",
    "returning",
    "having",
    "by",
    "limit",
    "offset",
    "values",
    "union",
    "intersect",
    "except",
    "as",
    "using",
    "filter",
    "do",
    "update",
    "asc",
    "desc",
    "nulls",
];

/// Most tokens of `OPERATOR(schema.=)`.
const LONGEST_NAME: usize = 10;

#[derive(Debug, Clone, Copy, Default)]
struct Segment {
    /// Comparisons, and LIKE and IN, that are no operators of characters.
    comparisons: usize,
    /// Matching operators, which sqlparser puts beside comparisons.
    matches: usize,
    /// `OPERATOR(…)`.
    named: usize,
    /// Operators of any kind, signs and casts left out.
    all: usize,
    /// A BETWEEN whose AND has not come yet.
    between: bool,
}

/// Checks the tokens of one statement.
pub(super) fn check(tokens: &[Token]) -> Result<(), ReadError> {
    let mut open = vec![Segment::default()];
    let mut skip = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if token.is_mark('(') || token.is_mark('[') || token.is_word("case") {
            open.push(Segment::default());
            continue;
        }
        if token.is_mark(')') || token.is_mark(']') || token.is_word("end") {
            if open.len() > 1 {
                open.pop();
            }
            continue;
        }
        let Some(segment) = open.last_mut() else {
            return Ok(());
        };
        match &token.kind {
            TokenKind::Mark(',' | ';') => *segment = Segment::default(),
            TokenKind::Word(word) if word == "and" => {
                if segment.between {
                    segment.between = false;
                } else {
                    *segment = Segment::default();
                }
            }
            TokenKind::Word(word) if BREAKS.contains(&word.as_str()) => {
                *segment = Segment::default();
            }
            TokenKind::Word(word)
                if word == "operator"
                    && tokens.get(at + 1).is_some_and(|next| next.is_mark('(')) =>
            {
                segment.named += 1;
                segment.all += 1;
                let mut named = tokens.iter().skip(at).take(LONGEST_NAME);
                skip = named
                    .position(|inner| inner.is_mark(')'))
                    .ok_or_else(|| ReadError::unread("the name of an operator"))?;
            }
            TokenKind::Word(word)
                if matches!(
                    word.as_str(),
                    "like"
                        | "ilike"
                        | "similar"
                        | "in"
                        | "between"
                        | "is"
                        | "isnull"
                        | "notnull"
                        | "at"
                        | "collate"
                ) =>
            {
                segment.all += usize::from(word != "collate");
                segment.between |= word == "between";
                segment.comparisons += usize::from(matches!(
                    word.as_str(),
                    "like" | "ilike" | "similar" | "in" | "between"
                ));
            }
            TokenKind::Operator(operator) => match operator.as_str() {
                "==" => return Err(ReadError::unread("the operator ==")),
                "=" | "<>" | "!=" | "<" | ">" | "<=" | ">=" => {
                    segment.comparisons += 1;
                    segment.all += 1;
                }
                "::" | ":=" | "=>" => {}
                "+" | "-" => segment.all += usize::from(binary(tokens, at)),
                other => {
                    segment.all += 1;
                    segment.matches += usize::from(other.contains('~'));
                }
            },
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
        if (segment.named > 0 && segment.all > 1)
            || (segment.matches > 0 && segment.comparisons > 0)
        {
            return Err(ReadError::unread(
                "operators whose order two readers see differently",
            ));
        }
    }
    Ok(())
}

/// Whether the sign stands behind an operand.
fn binary(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_some_and(|token| match &token.kind {
        TokenKind::Word(word) => word != "and" && !BREAKS.contains(&word.as_str()),
        TokenKind::Mark(mark) => matches!(mark, ')' | ']'),
        TokenKind::Operator(_) => false,
        TokenKind::Quoted(_)
        | TokenKind::Text(_)
        | TokenKind::Escaped(_)
        | TokenKind::Dollar(_)
        | TokenKind::Bits
        | TokenKind::Number(_)
        | TokenKind::Placeholder(_) => true,
    })
}

/// Words that stand for functions.
pub(super) fn is_session_word(word: &str) -> bool {
    word.starts_with("current_")
        || matches!(
            word,
            "session_user" | "system_user" | "user" | "localtime" | "localtimestamp"
        )
}

/// Names that are words of the grammar and never columns unless they are quoted (`kwlist.h`, reserved).
pub(super) fn is_reserved(word: &str) -> bool {
    [
        "all",
        "analyse",
        "analyze",
        "and",
        "any",
        "array",
        "as",
        "asc",
        "asymmetric",
        "both",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "constraint",
        "create",
        "current_catalog",
        "current_date",
        "current_role",
        "current_time",
        "current_timestamp",
        "current_user",
        "current_schema",
        "default",
        "deferrable",
        "desc",
        "distinct",
        "do",
        "else",
        "end",
        "except",
        "false",
        "fetch",
        "for",
        "foreign",
        "from",
        "grant",
        "group",
        "having",
        "in",
        "initially",
        "intersect",
        "into",
        "lateral",
        "leading",
        "limit",
        "localtime",
        "localtimestamp",
        "not",
        "null",
        "offset",
        "on",
        "only",
        "or",
        "order",
        "placing",
        "primary",
        "references",
        "returning",
        "select",
        "session_user",
        "some",
        "symmetric",
        "system_user",
        "table",
        "then",
        "to",
        "trailing",
        "true",
        "union",
        "unique",
        "user",
        "using",
        "variadic",
        "when",
        "where",
        "window",
        "with",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::super::lex::lex;
    use super::super::{read, split};

    fn reads(text: &str) -> bool {
        let tokens = lex(text).unwrap();
        read(text, &tokens, *split(&tokens).first().unwrap()).is_ok()
    }

    #[test]
    fn what_another_reader_sees_otherwise_is_not_read() {
        for text in [
            // sqlparser ends a statement at END.
            "select 1 end, phone || '' from customers",
            "select x'f' end from customers",
            "select a == b from t",
            "select a from t where a = b ~ c",
            "select a from t where a between 1 and b ~ c",
            "select a from t where a not between 1 and b operator(pg_catalog.=) c",
            "select a from t where a operator(pg_catalog.=) b - c",
            "select a from t where a = b operator(pg_catalog.=) c",
            "select a or where \"q\"",
            "select a from t where x = limit",
            "select interval x from t",
        ] {
            assert!(!reads(text), "{text}");
        }
        for text in [
            "select a from t where a ~ 'x' and b = 1",
            "select a from t where a operator(pg_catalog.=) 'x' and id < 3",
            "select a from t where a -> 'x' = '1'",
            "select \"user\", \"end\" from t",
            "select case when a = 1 then 2 end from t",
            "select current_user, current_date, current_schema, user",
        ] {
            assert!(reads(text), "{text}");
        }
    }
}
