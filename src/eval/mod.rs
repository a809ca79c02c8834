//! Expressions over the opened values of one row, as a plan says them and the proxy answers them: what a filter
//! keeps, what a computed result column shows. Read [`Expr::evaluate`].
//!
//! Types are settled when the expression is built: every function here takes its arguments in the canonical form of
//! the types it was chosen for. Absent: SQL, keys, the protocol. Nothing here logs; an error never holds a value.

mod arrays;
mod casts;
mod dates;
mod fits;
mod folded;
mod formats;
mod logic;
mod moments;
mod numbers;
mod padded;
mod pictures;
#[cfg(test)]
mod tests;
mod text;
mod written;

pub use arrays::ArrayFunction;
pub use casts::can_cast;
pub use dates::{Of, Part};
pub use fits::Fits;
pub use formats::Format;
pub use logic::{Comparison, boolean};
pub use moments::{Moment, Unit};
pub use numbers::{Calculation, Class, Operation, Width};
pub use pictures::Picture;
pub use text::{Letters, Side, TextFunction};

use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError};

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
    /// IS TRUE, IS FALSE and (`None`) IS UNKNOWN.
    Is(Box<Expr>, Option<bool>),
    /// Two values of this type.
    Compare(Comparison, Box<[Expr; 2]>, DeclaredType),
    /// IS DISTINCT FROM, of two values of this type.
    Distinct(Box<[Expr; 2]>, DeclaredType),
    /// LIKE and its kin.
    Fits(Box<Fits>),
    /// The first that is not NULL.
    Coalesce(Vec<Expr>),
    /// CASE: conditions with their values, and what it is where none is true.
    Case(Vec<(Expr, Expr)>, Box<Expr>),
    /// A function of texts.
    Text(TextFunction, Vec<Expr>),
    /// What is asked of an array: it, and numbers.
    Array(ArrayFunction, Vec<Expr>),
    /// A value of this type as a cast to text has it.
    Written(Box<Expr>, DeclaredType),
    /// A value of this type as its output function has it.
    Output(Box<Expr>, DeclaredType),
    /// A value of the first type cast to the second.
    Cast(Box<Expr>, Box<[DeclaredType; 2]>),
    /// A function or operator of numbers.
    Calculated(Calculation, Vec<Expr>),
    /// A function or operator of dates and timestamps.
    Moment(Moment, Vec<Expr>),
    /// A part of a date, timestamp or age, as a number of this type.
    Part(Part, Box<Expr>, Box<(Of, DeclaredType)>),
    /// `to_char` of a local timestamp.
    Formatted(Box<Expr>, Format),
    /// `to_char` of a number.
    Pictured(Box<Expr>, Box<(Picture, Class)>),
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
            Expr::All(parts) => Ok(logic::decided(parts, false, row)?.map(boolean)),
            Expr::Any(parts) => Ok(logic::decided(parts, true, row)?.map(boolean)),
            Expr::Not(inner) => Ok(inner.truth(row)?.map(|truth| boolean(!truth))),
            Expr::IsNull(inner) => Ok(Some(boolean(inner.evaluate(row)?.is_none()))),
            Expr::Is(inner, truth) => Ok(Some(boolean(inner.truth(row)? == *truth))),
            Expr::Compare(comparison, sides, declared) => {
                let truth = comparison.of(sides, declared, row)?;
                Ok(truth.map(boolean))
            }
            Expr::Distinct(sides, declared) => {
                Ok(Some(boolean(logic::distinct(sides, declared, row)?)))
            }
            Expr::Fits(fits) => Ok(fits.evaluate(row)?.map(boolean)),
            Expr::Coalesce(parts) => {
                for part in parts {
                    if let Some(value) = part.evaluate(row)? {
                        return Ok(Some(value));
                    }
                }
                Ok(None)
            }
            Expr::Case(arms, otherwise) => {
                for (when, then) in arms {
                    if when.truth(row)? == Some(true) {
                        return then.evaluate(row);
                    }
                }
                otherwise.evaluate(row)
            }
            Expr::Text(function, args) => function.apply(args, row),
            Expr::Array(function, args) => strict(args, row, |values| function.of(&values)),
            Expr::Written(inner, declared) => inner.with(row, |value| {
                written::cast(&value, declared, row.settings).map(Some)
            }),
            Expr::Output(inner, declared) => inner.with(row, |value| {
                written::output(&value, declared, row.settings).map(Some)
            }),
            Expr::Cast(inner, types) => inner.with(row, |value| {
                let [from, to] = types.as_ref();
                casts::cast(value, from, to, row.settings).map(Some)
            }),
            Expr::Calculated(calculation, args) => {
                strict(args, row, |values| calculation.of(&values).map(Some))
            }
            Expr::Moment(moment, args) => {
                strict(args, row, |values| moment.of(&values, row.settings))
            }
            Expr::Part(part, inner, types) => inner.with(row, |value| {
                let (of, result) = types.as_ref();
                part.of(&value, of, result, row.settings)
            }),
            Expr::Formatted(inner, format) => inner.with(row, |value| {
                let text = format.show(long(Some(&value))?);
                Ok(text.map(|text| Canonical::new(text.into_bytes())))
            }),
            Expr::Pictured(inner, picture) => inner.with(row, |value| {
                let (picture, class) = picture.as_ref();
                let text = picture.show(&value, *class)?;
                Ok(Some(Canonical::new(text.into_bytes())))
            }),
        }
    }

    /// What is made of its value; NULL of NULL.
    fn with(
        &self,
        row: &Row<'_>,
        make: impl FnOnce(Canonical) -> Result<Option<Canonical>, ValueError>,
    ) -> Result<Option<Canonical>, ValueError> {
        self.evaluate(row)?.map_or(Ok(None), make)
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

    /// The expressions that it is made of.
    fn parts(&self) -> Vec<&Expr> {
        match self {
            Expr::Column(_) | Expr::Argument(_) | Expr::Constant(_) => Vec::new(),
            Expr::All(parts)
            | Expr::Any(parts)
            | Expr::Coalesce(parts)
            | Expr::Text(_, parts)
            | Expr::Array(_, parts)
            | Expr::Calculated(_, parts)
            | Expr::Moment(_, parts) => parts.iter().collect(),
            Expr::Fits(fits) => vec![&fits.text, &fits.pattern],
            Expr::Compare(_, sides, _) | Expr::Distinct(sides, _) => sides.iter().collect(),
            Expr::Case(arms, otherwise) => {
                let arms = arms.iter().flat_map(|(when, then)| [when, then]);
                arms.chain([otherwise.as_ref()]).collect()
            }
            Expr::Not(inner)
            | Expr::IsNull(inner)
            | Expr::Is(inner, _)
            | Expr::Written(inner, _)
            | Expr::Output(inner, _)
            | Expr::Cast(inner, _)
            | Expr::Part(_, inner, _)
            | Expr::Formatted(inner, _)
            | Expr::Pictured(inner, _) => vec![inner],
        }
    }

    /// The same, to be changed.
    fn parts_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Expr::Column(_) | Expr::Argument(_) | Expr::Constant(_) => Vec::new(),
            Expr::All(parts)
            | Expr::Any(parts)
            | Expr::Coalesce(parts)
            | Expr::Text(_, parts)
            | Expr::Array(_, parts)
            | Expr::Calculated(_, parts)
            | Expr::Moment(_, parts) => parts.iter_mut().collect(),
            Expr::Fits(fits) => {
                let Fits { text, pattern, .. } = fits.as_mut();
                vec![text, pattern]
            }
            Expr::Compare(_, sides, _) | Expr::Distinct(sides, _) => sides.iter_mut().collect(),
            Expr::Case(arms, otherwise) => {
                let arms = arms.iter_mut().flat_map(|(when, then)| [when, then]);
                arms.chain([otherwise.as_mut()]).collect()
            }
            Expr::Not(inner)
            | Expr::IsNull(inner)
            | Expr::Is(inner, _)
            | Expr::Written(inner, _)
            | Expr::Output(inner, _)
            | Expr::Cast(inner, _)
            | Expr::Part(_, inner, _)
            | Expr::Formatted(inner, _)
            | Expr::Pictured(inner, _) => vec![inner],
        }
    }

    /// Whether a constant of the statement is in it.
    pub fn has_constant(&self) -> bool {
        match self {
            Expr::Constant(value) => value.is_some(),
            Expr::Formatted(..) | Expr::Pictured(..) => true,
            other => other.parts().into_iter().any(Expr::has_constant),
        }
    }

    /// Whether no value of its columns can make it fail.
    pub fn is_total(&self) -> bool {
        let own = match self {
            Expr::Column(_)
            | Expr::Argument(_)
            | Expr::Constant(_)
            | Expr::All(_)
            | Expr::Any(_)
            | Expr::Not(_)
            | Expr::IsNull(_)
            | Expr::Is(..)
            | Expr::Compare(..)
            | Expr::Distinct(..)
            | Expr::Coalesce(_)
            | Expr::Array(..)
            | Expr::Case(..) => true,
            Expr::Text(function, _) => function.is_total(),
            // A moment is written in the session's zone, which may not be known then.
            Expr::Written(_, declared) | Expr::Output(_, declared) => {
                !matches!(declared.kind, Kind::Timestamptz { .. } | Kind::Array(_))
            }
            Expr::Cast(_, types) => {
                let [from, to] = types.as_ref();
                casts::is_total(&from.kind, &to.kind)
            }
            Expr::Fits(_)
            | Expr::Calculated(..)
            | Expr::Moment(..)
            | Expr::Part(..)
            | Expr::Formatted(..)
            | Expr::Pictured(..) => false,
        };
        own && self.parts().into_iter().all(Expr::is_total)
    }

    /// The places of the columns that it reads, each perhaps more than once.
    pub fn columns(&self, into: &mut Vec<usize>) {
        if let Expr::Column(place) = self {
            into.push(*place);
        }
        for part in self.parts() {
            part.columns(into);
        }
    }

    /// Gives the values that the client bound another place: this one and those behind it.
    pub fn argue(&mut self, first: usize) {
        if let Expr::Argument(place) = self {
            *place = place.saturating_add(first);
        }
        for part in self.parts_mut() {
            part.argue(first);
        }
    }

    /// Gives the columns that it reads other places: those of the list.
    pub fn place(&mut self, places: &[usize]) {
        if let Expr::Column(place) = self {
            *place = places.get(*place).copied().unwrap_or(usize::MAX);
        }
        for part in self.parts_mut() {
            part.place(places);
        }
    }
}

/// What is made of the values of all; NULL where one of them is.
fn strict(
    args: &[Expr],
    row: &Row<'_>,
    make: impl FnOnce(Vec<Canonical>) -> Result<Option<Canonical>, ValueError>,
) -> Result<Option<Canonical>, ValueError> {
    let mut values = Vec::with_capacity(args.len());
    for arg in args {
        values.push(arg.evaluate(row)?);
    }
    match values.into_iter().collect::<Option<Vec<_>>>() {
        Some(values) => make(values),
        None => Ok(None),
    }
}

/// A value that is not what its type says: a plan and its rows do not fit.
fn damaged() -> ValueError {
    ValueError::new("XX001", "a value is not of the type that is known of it")
}

/// bigint, and the types of numbers and moments that have eight bytes.
fn long(value: Option<&Canonical>) -> Result<i64, ValueError> {
    let bytes = value.ok_or_else(damaged)?.expose_plaintext().try_into();
    bytes.map(i64::from_be_bytes).map_err(|_| damaged())
}

fn longed(value: i64) -> Canonical {
    Canonical::new(value.to_be_bytes().to_vec())
}
