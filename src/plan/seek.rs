//! What a constant asks of a column's search tokens: pieces that every fulfilling value has, or of which one is in it.

use super::output::invalid_text;
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::seal::SealSpec;
use crate::value::{Bounds, Canonical, DeclaredType, Escape, Fragment, Pattern, Place, ValueError};

/// A condition that search tokens answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Seek {
    /// Values that stand so to a constant.
    Range {
        /// How.
        side: Side,
        /// The column's own type; the constant is read as another perhaps.
        own: DeclaredType,
    },
    /// Texts that fit a pattern.
    Pattern {
        /// How the pattern is written.
        written: Written,
        /// ILIKE.
        insensitive: bool,
        /// Nobody looks at the rows afterwards: what tokens alone do not decide is refused.
        exact: bool,
    },
}

/// Where the values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `<`.
    Below,
    /// `<=`.
    UpTo,
    /// `=`.
    At,
    /// `>=`.
    From,
    /// `>`.
    Above,
}

/// How a pattern is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// LIKE and ILIKE.
    Like(Escape),
    /// What follows may be anything: `starts_with`, `^@`.
    Beginning,
}

impl Written {
    /// The pattern.
    ///
    /// # Errors
    /// As [`Pattern::read`].
    pub fn pattern(self, text: &str) -> Result<Pattern, ValueError> {
        match self {
            Written::Like(escape) => Pattern::read(text, escape),
            Written::Beginning => Ok(Pattern::beginning(text)),
        }
    }
}

impl Side {
    /// The same seen from the other operand.
    pub(super) fn flipped(self) -> Side {
        match self {
            Side::Below => Side::Above,
            Side::UpTo => Side::From,
            Side::At => Side::At,
            Side::From => Side::UpTo,
            Side::Above => Side::Below,
        }
    }

    fn bounds(self, place: Place) -> Bounds {
        let (from, to) = match self {
            Side::Below => (None, Some((place, false))),
            Side::UpTo => (None, Some((place, true))),
            Side::At => (Some((place.clone(), true)), Some((place, true))),
            Side::From => (Some((place, true)), None),
            Side::Above => (Some((place, false)), None),
        };
        Bounds { from, to }
    }
}

impl Seek {
    /// The pieces. `column` has the type that the constant was read as.
    ///
    /// # Errors
    /// Where the constant is none for the column, or its tokens do not answer it.
    pub fn fragments(
        &self,
        column: &Protected,
        spec: &SealSpec,
        value: &Canonical,
    ) -> Result<Vec<Fragment>, Refusal> {
        match self {
            Seek::Range { side, own } => {
                let bounds = side.bounds(placed(own, column, spec, value)?);
                covered(column, spec, &bounds)
            }
            Seek::Pattern {
                written,
                insensitive,
                exact,
            } => {
                let refuse = |fault, message: &str| {
                    Refusal::new(fault, format!("column {}: {message}", column.qualified()))
                };
                let text =
                    std::str::from_utf8(value.expose_plaintext()).map_err(|_| invalid_text())?;
                let pattern = written.pattern(text).map_err(|error| bad(column, &error))?;
                let needs = spec
                    .tokens
                    .and_then(|tokens| tokens.needs(&pattern, *insensitive))
                    .ok_or_else(|| {
                        refuse(
                            Fault::PatternTooShort,
                            "the pattern has no piece that the column's tokens could be searched for",
                        )
                    })?;
                if *exact && !needs.exact {
                    return Err(refuse(
                        Fault::PatternUndecided,
                        "only the values themselves tell which of them fit the pattern",
                    ));
                }
                Ok(needs.fragments)
            }
        }
    }
}

/// Blocks between two constants, both ends among them.
///
/// # Errors
/// As [`Seek::fragments`].
pub(super) fn between(
    own: &DeclaredType,
    spec: &SealSpec,
    low: (&Protected, &Canonical),
    high: (&Protected, &Canonical),
) -> Result<Vec<Fragment>, Refusal> {
    let bounds = Bounds {
        from: Some((placed(own, low.0, spec, low.1)?, true)),
        to: Some((placed(own, high.0, spec, high.1)?, true)),
    };
    covered(low.0, spec, &bounds)
}

fn placed(
    own: &DeclaredType,
    column: &Protected,
    spec: &SealSpec,
    value: &Canonical,
) -> Result<Place, Refusal> {
    let order = spec.tokens.and_then(|tokens| tokens.range);
    let order = order.ok_or_else(|| {
        let message = format!("column {} has no ranges", column.qualified());
        Refusal::new(Fault::NotSearchable, message)
    })?;
    own.placed(order, &column.declared, value.clone())
        .map_err(|error| bad(column, &error))
}

fn covered(column: &Protected, spec: &SealSpec, bounds: &Bounds) -> Result<Vec<Fragment>, Refusal> {
    let tokens = spec.tokens.unwrap_or_default();
    tokens.cover(bounds).map_err(|error| bad(column, &error))
}

fn bad(column: &Protected, error: &ValueError) -> Refusal {
    let fault = if error.sqlstate == "0A000" {
        Fault::ServerDependentValue
    } else {
        Fault::BadValue
    };
    Refusal::new(
        fault,
        format!("{} (column {})", error.message, column.qualified()),
    )
    .with_sqlstate(error.sqlstate)
}
