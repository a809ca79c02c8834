//! Where the conditions of a WHERE stand among the tokens: what stands behind the word, and its parts between AND or OR.
//! A planner counts them against the tree.

use super::lex::Token;
use super::sites::is_label;
use super::tree::Range;

/// Words that end a WHERE. All of them are reserved.
const ENDS: &[&str] = &[
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
    "returning",
];

/// What stands behind the WHERE of the SELECT at `select`, of a statement that ends at `last`.
pub fn condition(tokens: &[Token], select: usize, last: usize) -> Option<Range> {
    let mut depth = Depth::default();
    let mut first = None;
    for at in select + 1..=last {
        let token = tokens.get(at)?;
        if !depth.step(tokens, at)? {
            return range(first?, at);
        }
        if depth.is_outside() && !is_label(tokens, at) {
            if token.is_word("where") {
                first = Some(at + 1);
            } else if ENDS.iter().any(|word| token.is_word(word)) && first.is_some() {
                return range(first?, at);
            }
        }
    }
    range(first?, last + 1)
}

/// The parts of a range between `and` or `or` outside parentheses.
pub fn conditions(tokens: &[Token], whole: Range, word: &str) -> Option<Vec<Range>> {
    let mut parts = Vec::new();
    let mut first = whole.first;
    let mut depth = Depth::default();
    let mut between = false;
    for at in whole.first..=whole.last {
        let token = tokens.get(at)?;
        if !depth.step(tokens, at)? {
            return None;
        }
        if !depth.is_outside() || is_label(tokens, at) {
            continue;
        }
        if token.is_word("between") {
            between = true;
        } else if token.is_word("and") && between {
            between = false;
        } else if token.is_word(word) {
            parts.push(range(first, at)?);
            first = at + 1;
        }
    }
    parts.push(range(first, whole.last + 1)?);
    Some(parts)
}

/// What stands in the parentheses that a range begins and ends with.
pub fn inside(tokens: &[Token], whole: Range) -> Option<Range> {
    let mut depth = Depth::default();
    if !tokens.get(whole.first)?.is_mark('(') {
        return None;
    }
    for at in whole.first..=whole.last {
        if !depth.step(tokens, at)? || depth.is_outside() && at < whole.last {
            return None;
        }
    }
    depth.is_outside().then_some(())?;
    range(whole.first + 1, whole.last)
}

fn range(first: usize, end: usize) -> Option<Range> {
    let last = end.checked_sub(1)?;
    (last >= first).then_some(Range { first, last })
}

/// How deep in parentheses, brackets and CASE.
#[derive(Default)]
struct Depth(usize);

impl Depth {
    /// False at a parenthesis that closes what was opened before. `None`: it was something else that ends there.
    fn step(&mut self, tokens: &[Token], at: usize) -> Option<bool> {
        let token = tokens.get(at)?;
        let word = |word: &str| token.is_word(word) && !is_label(tokens, at);
        if token.is_mark('(') || token.is_mark('[') || word("case") {
            self.0 += 1;
        } else if token.is_mark(')') || token.is_mark(']') || word("end") {
            if self.0 == 0 {
                return token.is_mark(')').then_some(false);
            }
            self.0 -= 1;
        }
        Some(true)
    }

    fn is_outside(&self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::sql::lex;

    fn texts(sql: &str, word: &str) -> Option<Vec<String>> {
        let tokens = lex(sql).unwrap();
        let whole = condition(&tokens, 0, tokens.len() - 1)?;
        let parts = conditions(&tokens, whole, word)?;
        let text = |range: &Range| {
            let (first, last) = (
                tokens.get(range.first).unwrap(),
                tokens.get(range.last).unwrap(),
            );
            sql.get(first.start..last.end).unwrap().to_owned()
        };
        Some(parts.iter().map(text).collect())
    }

    #[test]
    fn parts_between_words() {
        for (sql, word, expected) in [
            ("select a as where from t where a = 1", "and", vec!["a = 1"]),
            (
                "select a from t where a like 'x' and b between 1 and 2 and c order by 1",
                "and",
                vec!["a like 'x'", "b between 1 and 2", "c"],
            ),
            (
                "select a from t where (a and b) or case when a or b then c and d end or e limit 1",
                "or",
                vec!["(a and b)", "case when a or b then c and d end", "e"],
            ),
            (
                "select a, (select 1 where true or false) from t where x.or or y[1 + 2]",
                "or",
                vec!["x.or", "y[1 + 2]"],
            ),
        ] {
            assert_eq!(texts(sql, word).unwrap(), expected, "{sql}");
        }
        assert_eq!(texts("select a from t", "and"), None);
        let tokens = lex("(a) or (b)").unwrap();
        let all = Range { first: 0, last: 6 };
        assert_eq!(inside(&tokens, all), None);
        let tokens = lex("((a) or (b))").unwrap();
        let all = Range { first: 0, last: 8 };
        assert_eq!(inside(&tokens, all), Some(Range { first: 1, last: 7 }));
    }
}
