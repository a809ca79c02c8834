//! Conditions: logic of three values, and comparisons of opened values.

use std::cmp::Ordering;

use super::{Expr, Row};
use crate::value::{Canonical, DeclaredType, ValueError};

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "plain words")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it is true of two values; `None` where one of them is NULL.
    pub(super) fn of(
        self,
        sides: &[Expr; 2],
        declared: &DeclaredType,
        row: &Row<'_>,
    ) -> Result<Option<bool>, ValueError> {
        let [left, right] = sides;
        let (Some(left), Some(right)) = (left.evaluate(row)?, right.evaluate(row)?) else {
            return Ok(None);
        };
        let found = declared.compare(&left, &right)?;
        Ok(Some(match self {
            Comparison::Equal => found == Ordering::Equal,
            Comparison::NotEqual => found != Ordering::Equal,
            Comparison::Less => found == Ordering::Less,
            Comparison::LessOrEqual => found != Ordering::Greater,
            Comparison::Greater => found == Ordering::Greater,
            Comparison::GreaterOrEqual => found != Ordering::Less,
        }))
    }

    /// Whether it asks for an order, beyond whether two values are equal.
    pub fn is_order(self) -> bool {
        match self {
            Comparison::Equal | Comparison::NotEqual => false,
            Comparison::Less
            | Comparison::LessOrEqual
            | Comparison::Greater
            | Comparison::GreaterOrEqual => true,
        }
    }
}

/// IS DISTINCT FROM.
pub(super) fn distinct(
    sides: &[Expr; 2],
    declared: &DeclaredType,
    row: &Row<'_>,
) -> Result<bool, ValueError> {
    let [left, right] = sides;
    Ok(match (left.evaluate(row)?, right.evaluate(row)?) {
        (None, None) => false,
        (None, Some(_)) | (Some(_), None) => true,
        (Some(left), Some(right)) => declared.compare(&left, &right)? != Ordering::Equal,
    })
}

/// AND and OR, of which one value decides whatever the others are, and where none does, one that is not known.
pub(super) fn decided(
    parts: &[Expr],
    decides: bool,
    row: &Row<'_>,
) -> Result<Option<bool>, ValueError> {
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
