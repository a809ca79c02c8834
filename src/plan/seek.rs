//! What a constant asks of a column's search tokens: pieces that every fulfilling value has, or of which one is in it.

use super::output::invalid_text;
use crate::eval::{Expr, Row};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::seal::SealSpec;
use crate::value::{
    Bounds, Canonical, DeclaredType, Fragment, Place, Settings, ValueError, Written,
};

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
        /// Whatever the case: ILIKE, or a case function of the column.
        insensitive: bool,
        /// How the pattern is made of the value, the argument 0; `None`: it is the pattern.
        shape: Option<Expr>,
        /// Nobody looks at the rows afterwards: what tokens alone do not decide is refused.
        exact: bool,
        /// A pattern without a piece to search for finds all values.
        scans: bool,
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
    /// What is sought for a value that the client gives; `None` for NULL.
    ///
    /// # Errors
    /// Where it cannot be made of the value.
    pub fn made(
        &self,
        column: &Protected,
        value: Option<Canonical>,
        settings: &Settings,
    ) -> Result<Option<Canonical>, Refusal> {
        match self {
            Seek::Pattern {
                shape: Some(shape), ..
            } => {
                let row = Row {
                    columns: &[],
                    arguments: &[value],
                    settings,
                };
                shape.evaluate(&row).map_err(|error| bad(column, &error))
            }
            Seek::Pattern { shape: None, .. } | Seek::Range { .. } => Ok(value),
        }
    }

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
                shape: _,
                exact,
                scans,
            } => {
                let refuse = |fault, message: &str| {
                    Refusal::new(fault, format!("column {}: {message}", column.qualified()))
                };
                let text =
                    std::str::from_utf8(value.expose_plaintext()).map_err(|_| invalid_text())?;
                let pattern = written.pattern(text);
                let needs = spec
                    .tokens
                    .and_then(|tokens| tokens.needs(&pattern, *insensitive));
                let Some(needs) = needs else {
                    if *scans {
                        return Ok(Vec::new());
                    }
                    return Err(refuse(
                        Fault::PatternTooShort,
                        "the pattern has no piece that the column's tokens could be searched for",
                    ));
                };
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
