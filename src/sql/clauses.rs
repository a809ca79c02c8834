//! What sqlparser does not know and a plan can do without, or can say otherwise: written so in the reading copy
//! (`copy`), and only where the words around it leave no doubt of what they are (FACTS 22).

use super::copy::{Copy, Draft};
use super::lex::{Token, TokenKind};

/// The reading copy of a statement.
pub(super) fn readable(text: &str, tokens: &[Token]) -> Copy {
    let mut draft = Draft::new(tokens);
    for at in 0..tokens.len() {
        let here = Here { tokens, at };
        let rewritten = locking(here, &mut draft)
            || relations(here, &mut draft)
            || operators(here, &mut draft)
            || bounds(here, &mut draft)
            || explains(here, &mut draft);
        if !rewritten {
            conflicts(here, &mut draft);
        }
    }
    draft.finish(text)
}

/// A place between the tokens.
#[derive(Clone, Copy)]
struct Here<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Here<'t> {
    fn ahead(self, steps: usize) -> Option<&'t Token> {
        self.tokens.get(self.at + steps)
    }

    fn behind(self, steps: usize) -> Option<&'t Token> {
        self.tokens.get(self.at.checked_sub(steps)?)
    }

    /// Whether these words come, from here on.
    fn words(self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(steps, word)| self.ahead(steps).is_some_and(|token| token.is_word(word)))
    }

    fn follows(self, words: &[&str]) -> bool {
        self.behind(1)
            .is_some_and(|token| words.iter().any(|word| token.is_word(word)))
    }

    fn is_mark(self, steps: usize, mark: char) -> bool {
        self.ahead(steps).is_some_and(|token| token.is_mark(mark))
    }

    /// The parenthesis that closes the one `steps` ahead.
    fn closing(self, steps: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in self.at + steps..self.tokens.len() {
            let token = self.tokens.get(at)?;
            if token.is_mark('(') {
                depth += 1;
            } else if token.is_mark(')') {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        None
    }
}

/// FOR UPDATE and its kin: which rows are locked, and how, changes no value.
fn locking(here: Here<'_>, draft: &mut Draft<'_>) -> bool {
    if here.words(&["for", "no", "key", "update"]) {
        // FOR NO KEY UPDATE → FOR UPDATE
        draft.blank_all(here.at + 1..here.at + 3);
    } else if here.words(&["for", "key", "share"]) {
        draft.blank(here.at + 1);
    } else if here.words(&["for", "read", "only"]) {
        draft.blank_all(here.at..here.at + 3);
    } else if here.words(&["where", "current", "of"])
        && here.ahead(3).is_some_and(|token| token.name().is_some())
        && here
            .ahead(4)
            .is_none_or(|token| token.is_word("returning") || token.is_mark(')'))
    {
        // WHERE CURRENT OF c: the row that a cursor stands at, which no value decides.
        draft.blank_all(here.at..here.at + 4);
    } else if here.words(&["of"]) && here.follows(&["update", "share"]) {
        // FOR UPDATE OF a, b → FOR UPDATE OF a
        draft.blank_all(lock_names(here.tokens, here.at));
    } else {
        return false;
    }
    true
}

/// Names of relations: ONLY, TABLE, ROWS FROM.
fn relations(here: Here<'_>, draft: &mut Draft<'_>) -> bool {
    if here.words(&["only"]) && follows_table_word(here.tokens, here.at) && !here.is_mark(1, '(') {
        draft.blank(here.at);
    } else if is_table_query(here) {
        draft.replace(here.at, "SELECT * FROM");
    } else if here.words(&["rows", "from"]) && here.is_mark(2, '(') && stands_in_from(here) {
        // ROWS FROM (f(…), g(…)) → rows (f(…), g(…)): the reader of FROM sees the word behind the name.
        draft.blank(here.at + 1);
    } else if here.words(&["distinct"]) || here.words(&["all"]) {
        // GROUP BY DISTINCT: which of several equal sets of columns are grouped by twice.
        let by =
            here.follows(&["by"]) && here.behind(2).is_some_and(|token| token.is_word("group"));
        if !by {
            return false;
        }
        draft.blank(here.at);
    } else {
        return false;
    }
    true
}

/// Operators and predicates in other words.
fn operators(here: Here<'_>, draft: &mut Draft<'_>) -> bool {
    if here.words(&["operator"]) && here.is_mark(1, '(') {
        // OPERATOR(pg_catalog.=) → =
        let (name, close) = match here.ahead(2) {
            Some(schema) if schema.is_word("pg_catalog") && here.is_mark(3, '.') => (4, 5),
            Some(_) | None => (2, 3),
        };
        let Some(TokenKind::Operator(operator)) = here.ahead(name).map(|token| &token.kind) else {
            return false;
        };
        if !here.is_mark(close, ')') {
            return false;
        }
        draft.replace(here.at, operator);
        draft.blank_all(here.at + 1..here.at + close + 1);
    } else if here.words(&["isnull"]) && is_postfix(here) {
        draft.replace(here.at, " IS NULL");
    } else if (here.words(&["symmetric"]) || here.words(&["asymmetric"]))
        && here.follows(&["between"])
    {
        draft.blank(here.at);
    } else if here.words(&["values"])
        && here.behind(1).is_some_and(|token| token.is_mark('('))
        && here.behind(2).is_some_and(|token| {
            ["any", "all", "some"]
                .iter()
                .any(|word| token.is_word(word))
        })
        && follows_operator(here)
        && let Some(close) = (Here {
            at: here.at - 1,
            ..here
        })
        .closing(0)
    {
        // = ANY (VALUES …) → = ANY (SELECT * FROM (VALUES …))
        draft.replace(here.at, "SELECT * FROM (VALUES");
        draft.insert(close, ")");
    } else {
        return false;
    }
    true
}

/// How many rows, and which of a window.
fn bounds(here: Here<'_>, draft: &mut Draft<'_>) -> bool {
    if here.at > 0
        && (here.words(&["fetch", "first"]) || here.words(&["fetch", "next"]))
        && here.is_mark(2, '(')
        && let Some(close) = here.closing(2)
    {
        let end = Here {
            at: close + 1,
            ..here
        };
        let rows = |rest: &[&str]| {
            ["row", "rows"].iter().any(|row| {
                let mut words = vec![*row];
                words.extend(rest);
                end.words(&words)
            })
        };
        if rows(&["only"]) {
            // FETCH FIRST (1 + 1) ROWS ONLY → LIMIT (1 + 1)
            draft.replace(here.at, "LIMIT");
            draft.blank(here.at + 1);
            draft.blank_all(end.at..end.at + 2);
        } else if rows(&["with", "ties"]) && close == here.at + 4 {
            // FETCH FIRST (2) ROWS WITH TIES → FETCH FIRST 2 ROWS WITH TIES
            draft.blank(here.at + 2);
            draft.blank(close);
        } else {
            return false;
        }
    } else if here.words(&["exclude"]) && here.follows(&["row", "preceding", "following"]) {
        // The rows that a frame leaves out.
        let words: &[&[&str]] = &[
            &["exclude", "current", "row"],
            &["exclude", "group"],
            &["exclude", "ties"],
            &["exclude", "no", "others"],
        ];
        let Some(words) = words.iter().find(|words| here.words(words)) else {
            return false;
        };
        if !here.is_mark(words.len(), ')') {
            return false;
        }
        draft.blank_all(here.at..here.at + words.len());
    } else {
        return false;
    }
    true
}

/// EXPLAIN ANALYSE → EXPLAIN ANALYZE
fn explains(here: Here<'_>, draft: &mut Draft<'_>) -> bool {
    if here.at == 1 && here.words(&["analyse"]) && here.follows(&["explain"]) {
        draft.replace(here.at, "ANALYZE");
    } else {
        return false;
    }
    true
}

/// ON CONFLICT (lower(c)) → ON CONFLICT (c): a planner sees the function by the tokens before the name.
fn conflicts(here: Here<'_>, draft: &mut Draft<'_>) {
    if here.words(&["conflict"]) && here.follows(&["on"]) && here.is_mark(1, '(') {
        for folded in folded_targets(here.tokens, here.at + 1) {
            for step in folded.first..=folded.last {
                if step != folded.name {
                    draft.blank(step);
                }
            }
        }
    }
}

/// `TABLE t` where a query may stand. The word is reserved: it is nothing else there, but a name without AS for a
/// result column, which no other name can follow.
fn is_table_query(here: Here<'_>) -> bool {
    const AFTER_A_NAME: &[&str] = &[
        "from",
        "where",
        "group",
        "having",
        "window",
        "union",
        "intersect",
        "except",
        "order",
        "limit",
        "offset",
        "fetch",
        "for",
        "into",
        "returning",
        "on",
    ];
    let name = here.ahead(1).is_some_and(|token| {
        token.name().is_some() && !AFTER_A_NAME.iter().any(|word| token.is_word(word))
    });
    let inserts = || {
        let first = here.tokens.first();
        let into = |steps| {
            here.behind(steps)
                .is_some_and(|token| token.is_word("into"))
        };
        let dot = here.behind(2).is_some_and(|token| token.is_mark('.'));
        let columns = here.behind(1).is_some_and(|token| token.is_mark(')'));
        first.is_some_and(|token| token.is_word("insert")) && (columns || into(2) || dot && into(4))
    };
    let sets = ["union", "intersect", "except"];
    let after_set = here.follows(&sets)
        || here.follows(&["all", "distinct"])
            && here
                .behind(2)
                .is_some_and(|token| sets.iter().any(|word| token.is_word(word)));
    here.words(&["table"])
        && name
        && (here.at == 0
            || here.behind(1).is_some_and(|token| token.is_mark('('))
            || after_set
            || inserts())
}

/// Whether an operator stands before `ANY (`: a plain one, or `OPERATOR(schema.op)`.
fn follows_operator(here: Here<'_>) -> bool {
    let operator = |steps| {
        matches!(
            here.behind(steps).map(|token| &token.kind),
            Some(TokenKind::Operator(_))
        )
    };
    operator(3) || operator(4) && here.behind(3).is_some_and(|token| token.is_mark(')'))
}

/// `x ISNULL`: behind an operand, and no name of a function or of a type.
fn is_postfix(here: Here<'_>) -> bool {
    let operand = match here.behind(1).map(|token| &token.kind) {
        Some(TokenKind::Word(word)) => !matches!(word.as_str(), "as" | "select" | "distinct"),
        Some(TokenKind::Mark(mark)) => matches!(mark, ')' | ']'),
        Some(
            TokenKind::Quoted(_)
            | TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_),
        ) => true,
        Some(TokenKind::Operator(_)) | None => false,
    };
    let named = match here.ahead(1).map(|token| &token.kind) {
        Some(TokenKind::Mark(mark)) => matches!(mark, '(' | '.'),
        Some(
            TokenKind::Text(_) | TokenKind::Escaped(_) | TokenKind::Dollar(_) | TokenKind::Bits,
        ) => true,
        Some(
            TokenKind::Word(_)
            | TokenKind::Quoted(_)
            | TokenKind::Number(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Operator(_),
        )
        | None => false,
    };
    operand && !named
}

/// Most tokens that are looked at for the FROM before an entry of it: a list is not read again for each of its entries.
const FAR: usize = 2_000;

/// Whether what stands here is an entry of FROM: behind the word itself or a join, or behind a comma of such a list.
fn stands_in_from(here: Here<'_>) -> bool {
    if here.follows(&["from", "join", "lateral"]) {
        return !here
            .behind(2)
            .is_some_and(|token| token.is_word("distinct"));
    }
    if !here.behind(1).is_some_and(|token| token.is_mark(',')) {
        return false;
    }
    let mut depth = 0_usize;
    for at in (0..here.at).rev().take(FAR) {
        let Some(token) = here.tokens.get(at) else {
            return false;
        };
        if token.is_mark(')') {
            depth += 1;
        } else if token.is_mark('(') {
            let Some(up) = depth.checked_sub(1) else {
                return false;
            };
            depth = up;
        } else if depth == 0 {
            let distinct = at > 0
                && here
                    .tokens
                    .get(at - 1)
                    .is_some_and(|token| token.is_word("distinct"));
            if token.is_word("from") && !distinct {
                return true;
            }
            let other = [
                "select",
                "returning",
                "where",
                "by",
                "having",
                "window",
                "set",
                "values",
                "with",
            ];
            if other.iter().any(|word| token.is_word(word)) {
                return false;
            }
        }
    }
    false
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
            ["update", "from", "join", "table"]
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
