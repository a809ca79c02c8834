//! The reading copy: the client's text with some tokens written otherwise, for sqlparser alone. It is only read; what
//! is sent is the client's text.

use super::lex::Token;

/// The copy of one statement, and where its tokens stand in it.
pub(super) struct Copy {
    /// What sqlparser reads.
    pub(super) text: String,
    /// For each token of the statement, the byte of the copy at which it stands.
    pub(super) starts: Vec<usize>,
}

/// What is written otherwise.
pub(super) struct Draft<'t> {
    tokens: &'t [Token],
    /// What stands in a token's place; `None`: the token.
    instead: Vec<Option<String>>,
    /// What stands before a token.
    before: Vec<String>,
}

impl<'t> Draft<'t> {
    /// The statement as it is.
    pub(super) fn new(tokens: &'t [Token]) -> Draft<'t> {
        Draft {
            tokens,
            instead: vec![None; tokens.len()],
            before: vec![String::new(); tokens.len()],
        }
    }

    /// Leaves a token out.
    pub(super) fn blank(&mut self, at: usize) {
        self.replace(at, " ");
    }

    /// Leaves out all tokens of a range.
    pub(super) fn blank_all(&mut self, range: std::ops::Range<usize>) {
        for at in range {
            self.blank(at);
        }
    }

    /// Writes something in a token's place.
    pub(super) fn replace(&mut self, at: usize, text: &str) {
        if let Some(slot) = self.instead.get_mut(at) {
            *slot = Some(text.to_owned());
        }
    }

    /// Writes something before a token.
    pub(super) fn insert(&mut self, at: usize, text: &str) {
        if let Some(slot) = self.before.get_mut(at) {
            slot.push_str(text);
        }
    }

    /// The copy of `text` from the first token to the last.
    pub(super) fn finish(self, text: &str) -> Copy {
        let mut copy = Copy {
            text: String::with_capacity(text.len()),
            starts: Vec::with_capacity(self.tokens.len()),
        };
        let mut at = self.tokens.first().map_or(0, |token| token.start);
        for ((token, instead), before) in self.tokens.iter().zip(self.instead).zip(self.before) {
            copy.text.push_str(text.get(at..token.start).unwrap_or(""));
            copy.text.push_str(&before);
            copy.starts.push(copy.text.len());
            match &instead {
                Some(other) => copy.text.push_str(other),
                None => copy
                    .text
                    .push_str(text.get(token.start..token.end).unwrap_or("")),
            }
            at = token.end;
        }
        copy
    }
}
