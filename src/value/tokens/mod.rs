//! Tokens: which pieces of a value it can be found by, and which pieces a condition asks for.
//!
//! A column with `search = ["match"]`, `["prefix"]` or `["range"]` keeps keyed tokens of its values' pieces:
//! of a text its trigrams, with the ends of the text among them, or its beginnings; of a value with an order the blocks
//! that it lies in. [`TokenSpec::of_value`] names the pieces of a value; [`TokenSpec::needs`] those that every text has
//! which fits a pattern, and [`TokenSpec::cover`] those of which one is in every value between two bounds. Pieces are
//! frozen: tokens are made of them.
//!
//! Absent: keys; a piece is plaintext.

mod range;
mod text;

use super::{Canonical, Order, Pattern, ValueError};

pub use range::Bounds;
pub use text::Needs;

/// Most characters of a beginning that a rule may ask for.
pub const MOST_PREFIX: u8 = 32;

/// Which tokens the values of a column have. Part of its sealing: constant for a key domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TokenSpec {
    /// `match`.
    pub matching: Option<Matching>,
    /// `prefix`: beginnings of up to so many characters, as they are written.
    pub prefix: Option<u8>,
    /// `range`: blocks of values, in this order.
    pub range: Option<Order>,
}

/// What patterns trigrams answer: they are made without regard to case, whichever it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matching {
    /// LIKE; the server's lower case of the column is not known for certain.
    Exact,
    /// ILIKE too, where the column's collation changes letters of ASCII only.
    Ascii,
    /// ILIKE too, under any other collation of the C library.
    Letters,
}

/// What a token is of; each kind has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Three characters in a row.
    Match,
    /// A beginning.
    Prefix,
    /// A block of values.
    Range,
}

/// A piece of a value that a token is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Fragment {
    /// What it is.
    pub kind: TokenKind,
    /// It, in a form of its own for each kind.
    pub bytes: Canonical,
}

impl Matching {
    /// The fold of ILIKE; `None` where it is not answered.
    pub fn fold(self) -> Option<super::Fold> {
        match self {
            Matching::Exact => None,
            Matching::Ascii => Some(super::Fold::Ascii),
            Matching::Letters => Some(super::Fold::Lower),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Matching::Exact => "exact",
            Matching::Ascii => "ascii",
            Matching::Letters => "letters",
        }
    }
}

impl TokenSpec {
    /// `None` where it asks for nothing.
    pub fn or_none(self) -> Option<TokenSpec> {
        (self != TokenSpec::default()).then_some(self)
    }

    /// As the registry writes it: `match=letters,prefix=12,range=int4`.
    pub fn name(&self) -> String {
        let parts = [
            self.matching
                .map(|matching| format!("match={}", matching.name())),
            self.prefix.map(|most| format!("prefix={most}")),
            self.range.map(|order| format!("range={}", order.name())),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(";")
    }

    /// From its name.
    pub fn by_name(name: &str) -> Option<TokenSpec> {
        let mut spec = TokenSpec::default();
        for part in name.split(';') {
            let (key, value) = part.split_once('=')?;
            match key {
                "match" => {
                    spec.matching = Some(
                        [Matching::Exact, Matching::Ascii, Matching::Letters]
                            .into_iter()
                            .find(|matching| matching.name() == value)?,
                    );
                }
                "prefix" => spec.prefix = Some(value.parse().ok()?),
                "range" => spec.range = Some(Order::by_name(value)?),
                _ => return None,
            }
        }
        (spec.name() == name).then_some(spec)
    }

    /// The pieces of a value of the column; the same one may come more than once.
    ///
    /// # Errors
    /// Where it is no value of the column.
    pub fn of_value(&self, value: &Canonical) -> Result<Vec<Fragment>, ValueError> {
        let mut fragments = Vec::new();
        if self.matching.is_some() || self.prefix.is_some() {
            let text = std::str::from_utf8(value.expose_plaintext())
                .map_err(|_| ValueError::damaged("text"))?;
            if self.matching.is_some() {
                text::trigrams(text, &mut fragments);
            }
            if let Some(most) = self.prefix {
                text::beginnings(text, most, &mut fragments);
            }
        }
        if let Some(order) = self.range {
            range::blocks(order, value, &mut fragments)?;
        }
        Ok(fragments)
    }

    /// The pieces that every text has which fits the pattern. `None`: the pattern is too short to say, or
    /// `insensitive` and the column does not answer ILIKE.
    pub fn needs(&self, pattern: &Pattern, insensitive: bool) -> Option<Needs> {
        text::needs(self, pattern, insensitive)
    }

    /// Blocks that together hold exactly the values between two bounds.
    ///
    /// # Errors
    /// Where a bound is none of the column's order, or the column has no such tokens.
    pub fn cover(&self, bounds: &Bounds) -> Result<Vec<Fragment>, ValueError> {
        let order = self
            .range
            .ok_or_else(|| ValueError::server_dependent("an order that the column has not"))?;
        range::cover(order, bounds)
    }
}

#[cfg(test)]
mod tests;
