//! Operators and functions of numbers.

use super::typed::{
    DATE, FLOAT4, FLOAT8, INT4, INT8, Is, NUMERIC, TEXT, Typed, is_text, is_whole, rank,
};
use super::{Operand, casts};
use crate::eval::{self, Calculation, Class, Moment, Operation, TextFunction, Width};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::scope::Scope;
use crate::sql::{Expr, Operator};
use crate::value::{DeclaredType, Kind};

impl Analysis<'_> {
    /// Operators, one after the other.
    pub(super) fn operated(
        &mut self,
        parts: &[Expr],
        operators: &[Operator],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let mut parts = parts.iter().enumerate();
        let Some((_, first)) = parts.next() else {
            return Ok(None);
        };
        let joins = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| operators.get(at));
            before == Some(&Operator::Join) || operators.get(at) == Some(&Operator::Join)
        };
        let Some(mut result) = self.operand_of(first, joins(0), scope, operands)? else {
            return Ok(None);
        };
        for (at, part) in parts {
            let Some(operator) = at.checked_sub(1).and_then(|at| operators.get(at)) else {
                return Ok(None);
            };
            let Some(other) = self.operand_of(part, joins(at), scope, operands)? else {
                return Ok(None);
            };
            let operation = match operator {
                Operator::Join => None,
                Operator::Plus => Some(Operation::Plus),
                Operator::Minus => Some(Operation::Minus),
                Operator::Times => Some(Operation::Times),
                Operator::Divide => Some(Operation::Divide),
                Operator::Modulo => Some(Operation::Modulo),
            };
            let made = match operation {
                None => self.joined(result, other),
                Some(operation) => self.calculated(operation, result, other),
            };
            result = match made {
                Some(made) => made,
                None => return Ok(None),
            };
        }
        Ok(Some(result))
    }

    /// An operand; beside `||` a plain column may be of a type that is not known here.
    fn operand_of(
        &mut self,
        part: &Expr,
        joins: bool,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        if let Some(found) = self.formula(part, scope, operands)? {
            return Ok(Some(found));
        }
        match crate::plan::compare::unwrap(part) {
            column @ Expr::Column { .. } if joins => self.joined_plain(column, scope, operands),
            _ => Ok(None),
        }
    }

    /// `||`: one side of it is a text.
    fn joined(&mut self, left: Typed, right: Typed) -> Option<Typed> {
        let text = |typed: &Typed| typed.declared().is_none_or(is_text);
        if !text(&left) && !text(&right) {
            return None;
        }
        let collation = left.collation.clone().beside(right.collation.clone());
        let sides = [self.joined_side(left)?, self.joined_side(right)?];
        // A chain of them is one.
        let mut parts = Vec::new();
        for side in sides {
            match side {
                eval::Expr::Text(TextFunction::Join, inner) => parts.extend(inner),
                other => parts.push(other),
            }
        }
        Some(Typed::text(
            eval::Expr::Text(TextFunction::Join, parts),
            collation,
        ))
    }

    fn joined_side(&mut self, typed: Typed) -> Option<eval::Expr> {
        match &typed.is {
            Is::Value(expr, declared) if !is_text(declared) => {
                let own = matches!(
                    declared.kind,
                    Kind::Array(_) | Kind::Bytea | Kind::Json | Kind::Jsonb | Kind::Citext
                );
                // These have a `||` of their own, or are written otherwise.
                (!own).then(|| eval::Expr::Written(Box::new(expr.clone()), declared.clone()))
            }
            Is::Value(..) | Is::Text(_) | Is::Null | Is::Placeholder(..) => {
                self.coerced(typed, &TEXT)
            }
        }
    }

    /// `+ - * / %`.
    pub(super) fn calculated(
        &mut self,
        operation: Operation,
        left: Typed,
        right: Typed,
    ) -> Option<Typed> {
        let kind = |typed: &Typed| typed.declared().map(|own| own.kind.clone());
        let (own, other) = (kind(&left), kind(&right));
        let date = |kind: &Option<Kind>| matches!(kind, Some(Kind::Date));
        let days = |kind: &Option<Kind>| matches!(kind, Some(Kind::Int2 | Kind::Int4));
        let moment = match operation {
            Operation::Plus if date(&own) && days(&other) => Some((Moment::After, DATE)),
            Operation::Plus if days(&own) && date(&other) => {
                let args = vec![self.coerced(right, &DATE)?, self.coerced(left, &INT4)?];
                return Some(Typed::value(eval::Expr::Moment(Moment::After, args), DATE));
            }
            Operation::Minus if date(&own) && days(&other) => Some((Moment::Before, DATE)),
            // A string beside a date is one.
            Operation::Minus if date(&own) && (date(&other) || other.is_none()) => {
                Some((Moment::Between, INT4))
            }
            Operation::Minus if own.is_none() && date(&other) => Some((Moment::Between, INT4)),
            _ => None,
        };
        if let Some((moment, result)) = moment {
            let second = if moment == Moment::Between {
                DATE
            } else {
                INT4
            };
            let args = vec![self.coerced(left, &DATE)?, self.coerced(right, &second)?];
            return Some(Typed::value(eval::Expr::Moment(moment, args), result));
        }
        let declared = match (own, other) {
            (Some(own), Some(other)) => calculated_in(&own, &other)?,
            // A string is of the type beside it.
            (Some(own), None) | (None, Some(own)) => calculated_in(&own, &own)?,
            (None, None) => return None,
        };
        let class = class(&declared.kind)?;
        if operation == Operation::Modulo && matches!(class, Class::Single | Class::Double) {
            return None;
        }
        let args = vec![
            self.coerced(left, &declared)?,
            self.coerced(right, &declared)?,
        ];
        let calculation = Calculation { operation, class };
        Some(Typed::value(
            eval::Expr::Calculated(calculation, args),
            declared,
        ))
    }

    /// Unary minus, and functions of one number.
    pub(super) fn of_number(&mut self, operation: Operation, typed: Typed) -> Option<Typed> {
        let Is::Value(expr, from) = typed.is else {
            return None;
        };
        rank(&from.kind)?;
        // Of integers and reals there is no sign, round, trunc, ceil and floor: they become double precision.
        let keeps = matches!(operation, Operation::Negate | Operation::Absolute)
            || matches!(from.kind, Kind::Numeric { .. });
        let declared = if keeps {
            from.without_modifier()
        } else {
            FLOAT8
        };
        let class = class(&declared.kind)?;
        let expr = casts::made(expr, from, &declared)?;
        let calculation = Calculation { operation, class };
        Some(Typed::value(
            eval::Expr::Calculated(calculation, vec![expr]),
            declared,
        ))
    }

    /// `round` and `trunc` to so many places, which numeric alone has.
    pub(super) fn of_places(
        &mut self,
        operation: Operation,
        typed: Typed,
        places: Typed,
    ) -> Option<Typed> {
        let known = typed.declared().and_then(|own| rank(&own.kind))?;
        if known > rank(&NUMERIC.kind)? {
            return None;
        }
        let args = vec![self.coerced(typed, &NUMERIC)?, self.places(places)?];
        let calculation = Calculation {
            operation,
            class: Class::Exact,
        };
        Some(Typed::value(
            eval::Expr::Calculated(calculation, args),
            NUMERIC,
        ))
    }

    /// An argument of type integer.
    pub(super) fn places(&mut self, typed: Typed) -> Option<eval::Expr> {
        self.coerced(typed, &INT4)
    }
}

/// The type that an operator works in between numbers of two types.
pub(super) fn calculated_in(own: &Kind, other: &Kind) -> Option<DeclaredType> {
    let (a, b) = (rank(own)?, rank(other)?);
    if is_whole(own) && is_whole(other) {
        return Some(match a.max(b) {
            0 => super::typed::INT2,
            1 => INT4,
            _ => INT8,
        });
    }
    Some(match (own, other) {
        (Kind::Float4, Kind::Float4) => FLOAT4,
        (Kind::Float4 | Kind::Float8, _) | (_, Kind::Float4 | Kind::Float8) => FLOAT8,
        _ => NUMERIC,
    })
}

pub(super) fn class(kind: &Kind) -> Option<Class> {
    Some(match kind {
        Kind::Int2 => Class::Whole(Width::Two),
        Kind::Int4 => Class::Whole(Width::Four),
        Kind::Int8 => Class::Whole(Width::Eight),
        Kind::Numeric { .. } => Class::Exact,
        Kind::Float4 => Class::Single,
        Kind::Float8 => Class::Double,
        _ => return None,
    })
}
