//! Where casts stand in the text: the tree does not say, so they are found from a leaf outwards.

use super::lex::{Token, TokenKind};
use super::tree::{Expr, Range};

/// A cast in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastSite {
    /// How it is written.
    pub form: CastForm,
    /// Tokens of the type's name.
    pub ty: Range,
    /// The type's name as written, in lower case, single spaces: `character varying (10)`, `int []`.
    pub name: String,
}

/// How a cast is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CastForm {
    /// `x::type`.
    Postfix,
    /// `CAST(x AS type)`.
    Function,
    /// `type 'x'`.
    Prefix,
}

/// The cast directly around `inner`, and the tokens of the whole.
pub(super) fn around(tokens: &[Token], inner: Range) -> Option<(CastSite, Range)> {
    let next = tokens.get(inner.last + 1);
    if next.is_some_and(|token| token.is_operator("::")) {
        let ty = type_name(tokens, inner.last + 2)?;
        let site = CastSite {
            form: CastForm::Postfix,
            ty,
            name: written(tokens, ty),
        };
        return Some((
            site,
            Range {
                first: inner.first,
                last: ty.last,
            },
        ));
    }
    if next.is_some_and(|token| token.is_word("as")) {
        let open = inner.first.checked_sub(1)?;
        let cast = open.checked_sub(1)?;
        let ty = type_name(tokens, inner.last + 2)?;
        let closed = tokens.get(ty.last + 1)?.is_mark(')');
        if closed && tokens.get(open)?.is_mark('(') && tokens.get(cast)?.is_word("cast") {
            let site = CastSite {
                form: CastForm::Function,
                ty,
                name: written(tokens, ty),
            };
            return Some((
                site,
                Range {
                    first: cast,
                    last: ty.last + 1,
                },
            ));
        }
    }
    None
}

/// `type 'x'`: the constant is the last token, the type's name ends right before it.
pub(super) fn before(tokens: &[Token], constant: Range) -> Option<(CastSite, Range)> {
    // A type's name has at most a handful of tokens; the longest that parses as one and ends here is it.
    (1..=8_usize).rev().find_map(|length| {
        let first = constant.first.checked_sub(length)?;
        let ty = type_name(tokens, first)?;
        (ty.last + 1 == constant.first).then(|| {
            let site = CastSite {
                form: CastForm::Prefix,
                ty,
                name: written(tokens, ty),
            };
            (
                site,
                Range {
                    first,
                    last: constant.last,
                },
            )
        })
    })
}

/// The parentheses directly around `inner`.
pub(super) fn parentheses(tokens: &[Token], inner: Range) -> Option<Range> {
    let first = inner.first.checked_sub(1)?;
    let last = inner.last + 1;
    (tokens.get(first)?.is_mark('(') && tokens.get(last)?.is_mark(')'))
        .then_some(Range { first, last })
}

/// `ARRAY[…]`, from its elements outwards; none of an empty one.
pub(super) fn array(tokens: &[Token], elements: &[Expr]) -> Option<Range> {
    let open = elements.first()?.range()?.first.checked_sub(1)?;
    let first = open.checked_sub(1)?;
    let last = elements.last()?.range()?.last + 1;
    (tokens.get(first)?.is_word("array")
        && tokens.get(open)?.is_mark('[')
        && tokens.get(last)?.is_mark(']'))
    .then_some(Range { first, last })
}

/// The entries of a select list, aliases included: from behind SELECT at `select` to the end of the list. `None`
/// where that is not certain, as with DISTINCT ON.
pub fn select_list(tokens: &[Token], select: usize, last: usize) -> Option<Vec<Range>> {
    if !tokens.get(select)?.is_word("select") {
        return None;
    }
    let mut first = select + 1;
    if ["all", "distinct"]
        .iter()
        .any(|word| tokens.get(first).is_some_and(|t| t.is_word(word)))
    {
        first += 1;
        if tokens.get(first)?.is_word("on") {
            return None;
        }
    }
    let mut entries = Vec::new();
    let mut depth = 0_usize;
    let begins = first;
    for at in begins..=last {
        let token = tokens.get(at)?;
        let ends = match () {
            () if token.is_mark('(') || token.is_mark('[') => {
                depth += 1;
                false
            }
            () if depth > 0 => {
                if token.is_mark(')') || token.is_mark(']') {
                    depth -= 1;
                }
                false
            }
            () if token.is_mark(')') => true,
            () => !is_label(tokens, at) && ends_list(tokens, at),
        };
        if ends || depth == 0 && token.is_mark(',') {
            entries.push(entry(first, at)?);
            first = at + 1;
        }
        if ends {
            return Some(entries);
        }
    }
    entries.push(entry(first, last + 1)?);
    (depth == 0).then_some(entries)
}

fn entry(first: usize, end: usize) -> Option<Range> {
    let last = end.checked_sub(1)?;
    (last >= first).then_some(Range { first, last })
}

/// A word that can be nothing but a column's label or part of a name there.
pub(super) fn is_label(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.is_word("as") || before.is_mark('.'))
}

fn ends_list(tokens: &[Token], at: usize) -> bool {
    let word = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is_word(word));
    let before = |own: &str| at.checked_sub(1).is_some_and(|before| word(before, own));
    if word(at, "from") {
        // IS DISTINCT FROM
        return !before("distinct");
    }
    [
        "into",
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
    ]
    .iter()
    .any(|own| word(at, own))
}

/// The clauses behind a query's body, each from its first word: ORDER BY, LIMIT, OFFSET, FETCH, FOR. All of them are
/// reserved words, and inside parentheses they belong to something else.
pub fn tail_clauses(tokens: &[Token], first: usize, last: usize) -> Vec<Range> {
    let mut clauses: Vec<Range> = Vec::new();
    let mut depth = 0_usize;
    for at in first..=last {
        let Some(token) = tokens.get(at) else {
            break;
        };
        if token.is_mark('(') || token.is_mark('[') {
            depth += 1;
        } else if token.is_mark(')') || token.is_mark(']') {
            depth = depth.saturating_sub(1);
        } else if depth == 0
            && !is_label(tokens, at)
            && ["order", "limit", "offset", "fetch", "for"]
                .iter()
                .any(|word| token.is_word(word))
        {
            if let Some(before) = clauses.last_mut() {
                before.last = at - 1;
            }
            clauses.push(Range { first: at, last });
        }
    }
    clauses
}

/// The entries of a list between two tokens, by the commas outside parentheses.
pub fn list_entries(tokens: &[Token], first: usize, last: usize) -> Option<Vec<Range>> {
    let mut entries = Vec::new();
    let (mut depth, mut start) = (0_usize, first);
    for at in first..=last {
        let token = tokens.get(at)?;
        if token.is_mark('(') || token.is_mark('[') {
            depth += 1;
        } else if token.is_mark(')') || token.is_mark(']') {
            depth = depth.checked_sub(1)?;
        } else if depth == 0 && token.is_mark(',') {
            entries.push(entry(start, at)?);
            start = at + 1;
        }
    }
    entries.push(entry(start, last + 1)?);
    Some(entries)
}

/// The tokens of a type's name from `first` on (manual 8.1; grammar's `Typename` without `SETOF` and `%TYPE`).
fn type_name(tokens: &[Token], first: usize) -> Option<Range> {
    let word = |at: usize| match tokens.get(at).map(|token| &token.kind) {
        Some(TokenKind::Word(word)) => word.as_str(),
        _ => "",
    };
    tokens.get(first)?.name()?;
    let mut last = first;
    match (word(first), word(first + 1)) {
        ("double", "precision") | ("character" | "char" | "bit", "varying") => last += 1,
        ("national", "character" | "char") => {
            last += 1;
            if word(last + 1) == "varying" {
                last += 1;
            }
        }
        ("interval", _) => return None,
        _ => {
            while tokens.get(last + 1).is_some_and(|token| token.is_mark('.')) {
                tokens.get(last + 2)?.name()?;
                last += 2;
            }
        }
    }
    last = modifiers(tokens, last)?;
    if matches!(word(first), "time" | "timestamp")
        && matches!(word(last + 1), "with" | "without")
        && word(last + 2) == "time"
        && word(last + 3) == "zone"
    {
        last += 3;
    }
    loop {
        let at = |ahead: usize| tokens.get(last + ahead);
        if !at(1).is_some_and(|token| token.is_mark('[')) {
            break;
        }
        if at(2).is_some_and(|token| token.is_mark(']')) {
            last += 2;
        } else if matches!(at(2).map(|token| &token.kind), Some(TokenKind::Number(_)))
            && at(3).is_some_and(|token| token.is_mark(']'))
        {
            last += 3;
        } else {
            return None;
        }
    }
    if word(last + 1) == "array" {
        return None;
    }
    Some(Range { first, last })
}

/// `(n)` or `(n, m)` behind `last`, if it stands there.
fn modifiers(tokens: &[Token], last: usize) -> Option<usize> {
    if !tokens.get(last + 1).is_some_and(|token| token.is_mark('(')) {
        return Some(last);
    }
    let mut at = last + 2;
    loop {
        if tokens.get(at).is_some_and(|token| token.is_operator("-")) {
            at += 1;
        }
        if !matches!(tokens.get(at)?.kind, TokenKind::Number(_)) {
            return None;
        }
        match tokens.get(at + 1)?.kind {
            TokenKind::Mark(',') => at += 2,
            TokenKind::Mark(')') => return Some(at + 1),
            _ => return None,
        }
    }
}

fn written(tokens: &[Token], range: Range) -> String {
    let mut name = String::new();
    for token in tokens.get(range.first..=range.last).unwrap_or(&[]) {
        let tight = name.is_empty() || name.ends_with('.') || name.ends_with('(');
        match &token.kind {
            TokenKind::Word(word) => {
                if !tight {
                    name.push(' ');
                }
                name.push_str(word);
            }
            TokenKind::Quoted(word) => {
                if !tight {
                    name.push(' ');
                }
                name.push_str(word);
            }
            TokenKind::Number(number) => name.push_str(number),
            TokenKind::Operator(operator) => name.push_str(operator),
            TokenKind::Mark(mark) => name.push(*mark),
            TokenKind::Text(_)
            | TokenKind::Escaped(_)
            | TokenKind::Dollar(_)
            | TokenKind::Bits
            | TokenKind::Placeholder(_) => {}
        }
    }
    name
}
