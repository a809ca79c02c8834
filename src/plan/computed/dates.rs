//! Functions of dates and timestamps.

use super::typed::{FLOAT8, NUMERIC, TEXT, TIMESTAMP, TIMESTAMPTZ, Typed};
use super::{Operand, casts};
use crate::eval::{self, Format, Moment, Of, Part, Picture, Unit};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::compare::unwrap;
use crate::plan::scope::Scope;
use crate::sql::{Call, Expr};
use crate::value::{DeclaredType, Kind};

impl Analysis<'_> {
    /// `extract` (exactly) and `date_part`.
    pub(super) fn part(
        &mut self,
        part: &str,
        of: &Expr,
        exactly: bool,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let Some(part) = Part::named(part) else {
            return Ok(None);
        };
        let result = if exactly { NUMERIC } else { FLOAT8 };
        if let Expr::Call(call) = unwrap(of)
            && self.builtin(call) == Some("age")
        {
            let age = self.age(call, scope, operands)?;
            return Ok(age.filter(|_| part.is_of_ages()).map(|age| {
                let of = Box::new((Of::Age, result.clone()));
                Typed::value(eval::Expr::Part(part, Box::new(age), of), result)
            }));
        }
        let found = self.formula(of, scope, operands)?.and_then(Typed::known);
        Ok(found.and_then(|(value, declared)| {
            let (value, declared) = match declared.kind {
                Kind::Date if exactly && part.is_of_dates() => (value, declared),
                Kind::Date if exactly => return None,
                // date_part makes a timestamp of it.
                Kind::Date => (casts::made(value, declared, &TIMESTAMP)?, TIMESTAMP),
                Kind::Timestamp { .. } | Kind::Timestamptz { .. } => (value, declared),
                _ => return None,
            };
            if part == Part::Julian && declared.kind != Kind::Date {
                return None;
            }
            let of = Box::new((Of::Value(declared), result.clone()));
            Some(Typed::value(
                eval::Expr::Part(part, Box::new(value), of),
                result,
            ))
        }))
    }

    /// `date_trunc`. A date becomes a timestamp of the session's zone.
    pub(super) fn cut_moment(
        &mut self,
        unit: &str,
        of: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let found = self.formula(of, scope, operands)?.and_then(Typed::known);
        Ok(found
            .zip(Unit::named(unit))
            .and_then(|((value, declared), unit)| {
                let to = stamped(&declared)?;
                let zoned = to == TIMESTAMPTZ;
                let value = casts::made(value, declared, &to)?;
                Some(Typed::value(
                    eval::Expr::Moment(Moment::Cut(unit, zoned), vec![value]),
                    to,
                ))
            }))
    }

    /// `to_char` of dates, timestamps and numbers.
    pub(super) fn charred(
        &mut self,
        of: &Expr,
        template: &str,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let found = self.formula(of, scope, operands)?.and_then(Typed::known);
        Ok(found.and_then(|(value, declared)| {
            if let Some(stamped) = stamped(&declared) {
                let format = Format::read(template)?;
                // A date becomes a timestamp of the session's zone, which is shown as its clock has it.
                let value = casts::made(value, declared, &stamped)?;
                let value = casts::made(value, stamped, &TIMESTAMP)?;
                let text = eval::Expr::Formatted(Box::new(value), format);
                return Some(Typed::value(text, TEXT));
            }
            let picture = Picture::read(template)?;
            // There is none of smallint.
            let to = match declared.kind {
                Kind::Int2 => FLOAT8,
                _ => declared.without_modifier(),
            };
            let class = super::numbers::class(&to.kind)?;
            let value = casts::made(value, declared, &to)?;
            let text = eval::Expr::Pictured(Box::new(value), Box::new((picture, class)));
            Some(Typed::value(text, TEXT))
        }))
    }

    /// `age(a)` and `age(a, b)`, for a part of it.
    fn age(
        &mut self,
        call: &Call,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<eval::Expr>, Refusal> {
        let plain = !call.star
            && !call.distinct
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none()
            && call.names.iter().all(Option::is_none);
        let (first, second) = match call.args.as_slice() {
            [one] if plain => (None, one),
            [first, second] if plain => (Some(first), second),
            _ => return Ok(None),
        };
        let first = match first {
            // Today's midnight.
            None => self.made_operand("CURRENT_DATE", super::typed::DATE, operands),
            Some(first) => self.formula(first, scope, operands)?,
        };
        let second = self.formula(second, scope, operands)?;
        let (Some((first, own)), Some((second, other))) =
            (first.and_then(Typed::known), second.and_then(Typed::known))
        else {
            return Ok(None);
        };
        // Today is of whichever type the other is. Two dates are timestamps of the session's zone; a date beside a
        // timestamp is one.
        let local = |declared: &DeclaredType| matches!(declared.kind, Kind::Timestamp { .. });
        let dates = |declared: &DeclaredType| declared.kind == Kind::Date;
        if stamped(&own).is_none() || stamped(&other).is_none() {
            return Ok(None);
        }
        let to = match call.args.len() {
            1 if local(&other) => TIMESTAMP,
            2 if local(&own) && (local(&other) || dates(&other)) => TIMESTAMP,
            2 if dates(&own) && local(&other) => TIMESTAMP,
            _ => TIMESTAMPTZ,
        };
        let first = casts::made(first, own, &to);
        let second = casts::made(second, other, &to);
        Ok(first.zip(second).map(|(first, second)| {
            eval::Expr::Moment(Moment::Age(to == TIMESTAMPTZ), vec![first, second])
        }))
    }
}

/// The type of timestamps that a function takes a value as.
fn stamped(declared: &DeclaredType) -> Option<DeclaredType> {
    match declared.kind {
        Kind::Date | Kind::Timestamptz { .. } => Some(TIMESTAMPTZ),
        Kind::Timestamp { .. } => Some(TIMESTAMP),
        _ => None,
    }
}
