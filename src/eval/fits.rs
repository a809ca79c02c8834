//! LIKE, ILIKE and `starts_with` over opened texts.

use super::{Expr, Row};
use crate::value::{Canonical, Fold, ValueError, Written};

/// Whether a text fits a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Fits {
    /// The text.
    pub text: Expr,
    /// The pattern.
    pub pattern: Expr,
    /// How it is written.
    pub written: Written,
    /// Both in lower case (ILIKE).
    pub fold: Option<Fold>,
}

impl Fits {
    /// Whether it does; `None` where one of them is NULL.
    pub(super) fn evaluate(&self, row: &Row<'_>) -> Result<Option<bool>, ValueError> {
        let (Some(value), Some(pattern)) = (self.text.evaluate(row)?, self.pattern.evaluate(row)?)
        else {
            return Ok(None);
        };
        self.written
            .pattern(utf8(&pattern)?)
            .fits(utf8(&value)?, self.fold)
            .map(Some)
    }
}

fn utf8(value: &Canonical) -> Result<&str, ValueError> {
    std::str::from_utf8(value.expose_plaintext())
        .map_err(|_| ValueError::new("22021", "invalid byte sequence for encoding \"UTF8\""))
}
