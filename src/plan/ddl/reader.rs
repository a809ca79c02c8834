//! A cursor over the tokens of one definition.

use crate::sql::Token;

/// Stands before a token of the statement.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    tokens: &'a [Token],
    /// The token before which it stands, by number.
    pub(super) at: usize,
    end: usize,
}

/// A name in one to three parts: each with its token.
pub(super) type Path = Vec<(String, usize)>;

impl<'a> Reader<'a> {
    /// From a token to before another.
    pub(super) fn new(tokens: &'a [Token], at: usize, end: usize) -> Self {
        Reader {
            tokens,
            at,
            end: end.min(tokens.len()),
        }
    }

    /// The next token.
    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.ahead(0)
    }

    /// A token further on.
    pub(super) fn ahead(&self, by: usize) -> Option<&'a Token> {
        let at = self.at + by;
        self.tokens.get(at).filter(|_| at < self.end)
    }

    /// Nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.at >= self.end
    }

    /// Whether the next token is this unquoted word.
    pub(super) fn is(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is_word(word))
    }

    /// Whether the next is one of them.
    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// Passes over the words, where they all come.
    pub(super) fn take(&mut self, words: &[&str]) -> bool {
        let come = words
            .iter()
            .enumerate()
            .all(|(by, word)| self.ahead(by).is_some_and(|token| token.is_word(word)));
        if come {
            self.at += words.len();
        }
        come
    }

    /// Passes over a mark.
    pub(super) fn take_mark(&mut self, mark: char) -> bool {
        let comes = self.peek().is_some_and(|token| token.is_mark(mark));
        self.at += usize::from(comes);
        comes
    }

    /// A name.
    pub(super) fn name(&mut self) -> Option<(String, usize)> {
        let name = self.peek()?.name()?.to_owned();
        self.at += 1;
        Some((name, self.at - 1))
    }

    /// A name with what qualifies it.
    pub(super) fn path(&mut self) -> Option<Path> {
        let mut path = vec![self.name()?];
        while self.take_mark('.') {
            path.push(self.name()?);
        }
        (path.len() <= 3).then_some(path)
    }

    /// What stands in the parentheses that come next: from the first token inside to before the closing one.
    pub(super) fn group(&mut self) -> Option<(usize, usize)> {
        if !self.take_mark('(') {
            return None;
        }
        let first = self.at;
        let mut depth = 1_usize;
        while let Some(token) = self.peek() {
            self.at += 1;
            if token.is_mark('(') {
                depth += 1;
            } else if token.is_mark(')') {
                depth -= 1;
                if depth == 0 {
                    return Some((first, self.at - 1));
                }
            }
        }
        None
    }

    /// A group of plain names.
    pub(super) fn names(&mut self) -> Option<Vec<(String, usize)>> {
        let (first, end) = self.group()?;
        let mut inner = self.part(first, end);
        let mut names = vec![inner.name()?];
        while inner.take_mark(',') {
            names.push(inner.name()?);
        }
        inner.is_done().then_some(names)
    }

    /// A part of the same statement.
    pub(super) fn part(&self, first: usize, end: usize) -> Reader<'a> {
        Reader::new(self.tokens, first, end)
    }

    /// What is left, taken apart at the commas that stand in no parentheses.
    pub(super) fn split(&self) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let mut depth = 0_usize;
        let mut first = self.at;
        for at in self.at..self.end {
            let Some(token) = self.tokens.get(at) else {
                break;
            };
            if token.is_mark('(') || token.is_mark('[') {
                depth += 1;
            } else if token.is_mark(')') || token.is_mark(']') {
                depth = depth.saturating_sub(1);
            } else if depth == 0 && token.is_mark(',') {
                parts.push((first, at));
                first = at + 1;
            }
        }
        parts.push((first, self.end));
        parts
    }

    /// The first token of what is left that is one of these names, wherever it stands.
    pub(super) fn mentions(&self, mut is: impl FnMut(&str) -> bool) -> Option<usize> {
        (self.at..self.end).find(|at| {
            self.tokens
                .get(*at)
                .and_then(Token::name)
                .is_some_and(&mut is)
        })
    }
}
