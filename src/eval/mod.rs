//! Expressions over the opened values of one row, as a plan says them and the proxy answers them: what a filter
//! keeps, what a computed result column shows. Read [`Expr::evaluate`].
//!
//! Types are settled when the expression is built: every function here takes its arguments in the canonical form of
//! the types it was chosen for. Absent: SQL, keys, the protocol. Nothing here logs; an error never holds a value.

mod dates;
mod fits;
#[cfg(test)]
mod tests;
mod text;

pub use dates::Part;
pub use fits::Fits;
pub use text::{Letters, Side, TextFunction};

use crate::value::{Canonical, DeclaredType, Settings, ValueError};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A column of the row as the server sends it, by its place.
    Column(usize),
    /// A value that the client bound, by its place among those that the proxy reads.
    Argument(usize),
    /// A constant; `None` for NULL.
    Constant(Option<Canonical>),
    /// AND.
    All(Vec<Expr>),
    /// OR.
    Any(Vec<Expr>),
    /// NOT.
    Not(Box<Expr>),
    /// IS NULL.
    IsNull(Box<Expr>),
    /// LIKE and its kin.
    Fits(Box<Fits>),
    /// The first that is not NULL.
    Coalesce(Vec<Expr>),
    /// A function of texts.
    Text(TextFunction, Vec<Expr>),
    /// A value of this type as text.
    Written(Box<Expr>, DeclaredType),
    /// A part of a date or timestamp, as a number of this type.
    Part(Part, Box<Expr>, DeclaredType),
}

/// What an expression is evaluated over.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The columns as the server sent them, opened. Those that no expression reads may be `None`.
    pub columns: &'a [Option<Canonical>],
    /// What the client bound.
    pub arguments: &'a [Option<Canonical>],
    /// The session's settings.
    pub settings: &'a Settings,
}

impl Expr {
    /// The expression's value; `None` for NULL.
    ///
    /// # Errors
    /// What the server would raise for these values, under its SQLSTATE.
    pub fn evaluate(&self, row: &Row<'_>) -> Result<Option<Canonical>, ValueError> {
        match self {
            Expr::Column(place) => Ok(row.columns.get(*place).cloned().flatten()),
            Expr::Argument(place) => Ok(row.arguments.get(*place).cloned().flatten()),
            Expr::Constant(value) => Ok(value.clone()),
            Expr::All(parts) => Ok(logic(parts, false, row)?.map(boolean)),
            Expr::Any(parts) => Ok(logic(parts, true, row)?.map(boolean)),
            Expr::Not(inner) => Ok(inner.truth(row)?.map(|truth| boolean(!truth))),
            Expr::IsNull(inner) => Ok(Some(boolean(inner.evaluate(row)?.is_none()))),
            Expr::Fits(fits) => Ok(fits.evaluate(row)?.map(boolean)),
            Expr::Coalesce(parts) => {
                for part in parts {
                    if let Some(value) = part.evaluate(row)? {
                        return Ok(Some(value));
                    }
                }
                Ok(None)
            }
            Expr::Text(function, args) => function.apply(args, row),
            Expr::Written(inner, declared) => match inner.evaluate(row)? {
                None => Ok(None),
                Some(value) => dates::written(&value, declared, row.settings).map(Some),
            },
            Expr::Part(part, inner, result) => match inner.evaluate(row)? {
                None => Ok(None),
                Some(value) => part.of(&value, result),
            },
        }
    }

    /// The expression's truth; `None` where it is not known.
    ///
    /// # Errors
    /// As for [`Expr::evaluate`].
    pub fn truth(&self, row: &Row<'_>) -> Result<Option<bool>, ValueError> {
        match self.evaluate(row)? {
            None => Ok(None),
            Some(value) => match value.expose_plaintext() {
                [0] => Ok(Some(false)),
                [1] => Ok(Some(true)),
                _ => Err(ValueError::new("XX000", "a condition that is no boolean")),
            },
        }
    }

    /// Whether a constant of the statement is in it.
    pub fn has_constant(&self) -> bool {
        match self {
            Expr::Column(_) | Expr::Argument(_) => false,
            Expr::Constant(value) => value.is_some(),
            Expr::Fits(fits) => fits.text.has_constant() || fits.pattern.has_constant(),
            Expr::All(parts) | Expr::Any(parts) | Expr::Coalesce(parts) | Expr::Text(_, parts) => {
                parts.iter().any(Expr::has_constant)
            }
            Expr::Not(inner)
            | Expr::IsNull(inner)
            | Expr::Written(inner, _)
            | Expr::Part(_, inner, _) => inner.has_constant(),
        }
    }

    /// The places of the columns that it reads, each perhaps more than once.
    pub fn columns(&self, into: &mut Vec<usize>) {
        match self {
            Expr::Column(place) => into.push(*place),
            Expr::Argument(_) | Expr::Constant(_) => {}
            Expr::All(parts) | Expr::Any(parts) | Expr::Coalesce(parts) | Expr::Text(_, parts) => {
                for part in parts {
                    part.columns(into);
                }
            }
            Expr::Fits(fits) => {
                fits.text.columns(into);
                fits.pattern.columns(into);
            }
            Expr::Not(inner)
            | Expr::IsNull(inner)
            | Expr::Written(inner, _)
            | Expr::Part(_, inner, _) => inner.columns(into),
        }
    }

    /// Gives the values that the client bound another place: this one and those behind it.
    pub fn argue(&mut self, first: usize) {
        match self {
            Expr::Argument(place) => *place = place.saturating_add(first),
            Expr::Column(_) | Expr::Constant(_) => {}
            Expr::All(parts) | Expr::Any(parts) | Expr::Coalesce(parts) | Expr::Text(_, parts) => {
                for part in parts {
                    part.argue(first);
                }
            }
            Expr::Fits(fits) => {
                fits.text.argue(first);
                fits.pattern.argue(first);
            }
            Expr::Not(inner)
            | Expr::IsNull(inner)
            | Expr::Written(inner, _)
            | Expr::Part(_, inner, _) => inner.argue(first),
        }
    }

    /// Gives the columns that it reads other places: those of the list.
    pub fn place(&mut self, places: &[usize]) {
        match self {
            Expr::Column(place) => *place = places.get(*place).copied().unwrap_or(usize::MAX),
            Expr::Argument(_) | Expr::Constant(_) => {}
            Expr::All(parts) | Expr::Any(parts) | Expr::Coalesce(parts) | Expr::Text(_, parts) => {
                for part in parts {
                    part.place(places);
                }
            }
            Expr::Fits(fits) => {
                fits.text.place(places);
                fits.pattern.place(places);
            }
            Expr::Not(inner)
            | Expr::IsNull(inner)
            | Expr::Written(inner, _)
            | Expr::Part(_, inner, _) => inner.place(places),
        }
    }
}

/// AND and OR, of which one value decides whatever the others are, and where none does, one that is not known.
fn logic(parts: &[Expr], decides: bool, row: &Row<'_>) -> Result<Option<bool>, ValueError> {
    let mut known = true;
    for part in parts {
        match part.truth(row)? {
            Some(truth) if truth == decides => return Ok(Some(decides)),
            Some(_) => {}
            None => known = false,
        }
    }
    Ok(known.then_some(!decides))
}

/// A boolean in canonical form.
pub fn boolean(truth: bool) -> Canonical {
    Canonical::new(vec![u8::from(truth)])
}
