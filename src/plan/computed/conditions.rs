//! Conditions on opened values, and CASE, NULLIF and COALESCE over them. What is true of plain columns alone and is not
//! known here comes along as a hidden column: the server says it.

use super::Operand;
use super::numbers::calculated_in;
use super::typed::{
    BOOL, Collation, INT8, Is, TEXT, TIMESTAMP, TIMESTAMPTZ, Typed, is_text, is_whole, moment_rank,
    rank,
};
use crate::eval::{self, Comparison, Fits, Moment};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::compare::unwrap;
use crate::plan::lineage::Lineage;
use crate::plan::scope::Scope;
use crate::sql::{Expr, Logic, Range, Sign, TokenKind};
use crate::value::{DeclaredType, Escape, Kind, Written};

/// Two values as of one type, whose collation decides where it is a text's.
type Sides = ([eval::Expr; 2], DeclaredType, Collation);

/// CASE: its operand, its arms, its ELSE.
pub(super) type Cases<'e> = (Option<&'e Expr>, &'e [(Expr, Expr)], Option<&'e Expr>);

impl Analysis<'_> {
    /// A condition; `None` where the proxy cannot tell whether it is true.
    pub(super) fn condition(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<eval::Expr>, Refusal> {
        self.enter()?;
        let found = self.condition_inside(expr, scope, operands);
        self.leave();
        found
    }

    fn condition_inside(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<eval::Expr>, Refusal> {
        let negated = |found: eval::Expr, not: bool| {
            if not {
                eval::Expr::Not(Box::new(found))
            } else {
                found
            }
        };
        let one = match unwrap(expr) {
            Expr::And(parts) => {
                let parts = self.conditions(parts, scope, operands)?;
                return Ok(parts.map(eval::Expr::All));
            }
            Expr::Logic {
                how: Logic::Or,
                parts,
            } => {
                let parts = self.conditions(parts, scope, operands)?;
                return Ok(parts.map(eval::Expr::Any));
            }
            Expr::Logic {
                how: Logic::Not,
                parts,
            } => {
                let [inner] = parts.as_slice() else {
                    return Ok(None);
                };
                let found = self.condition(inner, scope, operands)?;
                return Ok(found.map(|found| negated(found, true)));
            }
            Expr::IsNull {
                negated: not,
                inner,
            } => {
                let found = self.formula(inner, scope, operands)?;
                let found = found.and_then(Typed::known);
                return Ok(
                    found.map(|(found, _)| negated(eval::Expr::IsNull(Box::new(found)), *not))
                );
            }
            Expr::Opaque { what, parts } => {
                let Some((truth, not)) = tested(what) else {
                    return Ok(None);
                };
                let [inner] = parts.as_slice() else {
                    return Ok(None);
                };
                let found = self.condition(inner, scope, operands)?;
                return Ok(found.map(|found| negated(eval::Expr::Is(Box::new(found), truth), not)));
            }
            Expr::Compare {
                sign, left, right, ..
            } => self.compared(signed(*sign), left, right, scope, operands)?,
            Expr::Distinct {
                negated: not,
                left,
                right,
            } => {
                let sides = self.both(left, right, scope, operands)?;
                let Some((sides, declared, collation)) = sides else {
                    return Ok(None);
                };
                let exact = collation.is_exact(&self.world.snapshot);
                exact.then(|| negated(eval::Expr::Distinct(Box::new(sides), declared), *not))
            }
            Expr::In {
                negated: not,
                left,
                list,
            } => {
                let mut any = Vec::with_capacity(list.len());
                let mut types = Listed::default();
                for one in list {
                    match self.listed(&mut types, left, one, scope, operands)? {
                        Some(one) => any.push(one),
                        None => return Ok(None),
                    }
                }
                if list.len() > 1 && types.sway() || !self.is_taken_in_order(&any) {
                    return Ok(None);
                }
                Some(negated(eval::Expr::Any(any), *not))
            }
            Expr::Between {
                negated: not,
                inner,
                low,
                high,
            } => {
                // SYMMETRIC is a word before the lower bound, and none of the tree.
                if self.is_symmetric(low) {
                    return Ok(None);
                }
                let (from, to) = (Comparison::GreaterOrEqual, Comparison::LessOrEqual);
                let low = self.compared(from, inner, low, scope, operands)?;
                let high = self.compared(to, inner, high, scope, operands)?;
                low.zip(high)
                    .map(|(low, high)| negated(eval::Expr::All(vec![low, high]), *not))
            }
            Expr::Like {
                insensitive: false,
                negated: not,
                left,
                pattern,
                escape,
            } => {
                let escape = match escape.as_deref() {
                    None => Some(Escape::By('\\')),
                    Some(written) => Self::literal(written).and_then(|own| Escape::of(own).ok()),
                };
                let (text, fits) = (
                    self.formula(left, scope, operands)?,
                    self.formula(pattern, scope, operands)?,
                );
                let (Some(text), Some(pattern), Some(escape)) = (text, fits, escape) else {
                    return Ok(None);
                };
                // char(n) has a LIKE of its own, with its blanks.
                let padded = text
                    .declared()
                    .is_none_or(|own| matches!(own.kind, Kind::Char { .. }));
                let collation = text.collation.clone().beside(pattern.collation.clone());
                if padded || !collation.is_exact(&self.world.snapshot) {
                    return Ok(None);
                }
                let sides = self.as_text(text).zip(self.as_text(pattern));
                sides.map(|(text, pattern)| {
                    let fits = Fits {
                        text,
                        pattern,
                        written: Written::Like(escape),
                        fold: None,
                    };
                    negated(eval::Expr::Fits(Box::new(fits)), *not)
                })
            }
            other @ (Expr::Column { .. }
            | Expr::Constant(_)
            | Expr::Cast { .. }
            | Expr::Case { .. }
            | Expr::Call(_)) => {
                let found = self.formula(other, scope, operands)?;
                if let Some(Typed { is: Is::Null, .. }) = found {
                    return Ok(Some(eval::Expr::Constant(None)));
                }
                let found = found.and_then(Typed::known);
                found
                    .filter(|(_, declared)| declared.kind == BOOL.kind)
                    .map(|(found, _)| found)
            }
            Expr::Placeholder { .. }
            | Expr::Default { .. }
            | Expr::Field { .. }
            | Expr::Nested { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Like { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::Array { .. }
            | Expr::ArrayQuery(_)
            | Expr::Operators { .. } => None,
        };
        Ok(one)
    }

    fn conditions(
        &mut self,
        parts: &[Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Vec<eval::Expr>>, Refusal> {
        let mut found = Vec::with_capacity(parts.len());
        for part in parts {
            match self.condition(part, scope, operands)? {
                Some(part) => found.push(part),
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    fn compared(
        &mut self,
        comparison: Comparison,
        left: &Expr,
        right: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<eval::Expr>, Refusal> {
        let sides = self.both(left, right, scope, operands)?;
        Ok(sides.and_then(|(sides, declared, collation)| {
            self.comparison(comparison, sides, declared, &collation)
        }))
    }

    /// A comparison with one of the list behind IN, whose entries get a type together.
    fn listed(
        &mut self,
        types: &mut Listed,
        left: &Expr,
        one: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<eval::Expr>, Refusal> {
        let left = self.formula(left, scope, operands)?;
        let one = self.formula(one, scope, operands)?;
        let (Some(left), Some(one)) = (left, one) else {
            return Ok(None);
        };
        types.meet(&left, &one);
        let sides = self.sides(left, one);
        Ok(sides.and_then(|(sides, declared, collation)| {
            // Of real and something else they would have another type than beside `=`.
            if declared.kind == Kind::Float8 {
                return None;
            }
            self.comparison(Comparison::Equal, sides, declared, &collation)
        }))
    }

    /// Whether it does not matter that the server looks at constants of a list first, and all at once: nothing in it
    /// can fail that it would not come to.
    fn is_taken_in_order(&self, list: &[eval::Expr]) -> bool {
        let settings = &self.request.environment.settings;
        list.len() < 2
            || list.iter().all(|one| {
                let eval::Expr::Compare(_, sides, _) = one else {
                    return true;
                };
                let [left, right] = sides.as_ref();
                match right.clone().folded(None, settings) {
                    Ok(eval::Expr::Constant(None)) => left.is_total(),
                    Ok(right) => right.is_total(),
                    Err(_) => false,
                }
            })
    }

    fn comparison(
        &self,
        comparison: Comparison,
        sides: [eval::Expr; 2],
        declared: DeclaredType,
        collation: &Collation,
    ) -> Option<eval::Expr> {
        let snapshot = &self.world.snapshot;
        let known = !declared.is_collated()
            || collation.is_exact(snapshot)
                && (!comparison.is_order() || collation.is_ordered(snapshot));
        known.then(|| eval::Expr::Compare(comparison, Box::new(sides), declared))
    }

    fn both(
        &mut self,
        left: &Expr,
        right: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Sides>, Refusal> {
        let left = self.formula(left, scope, operands)?;
        let right = self.formula(right, scope, operands)?;
        Ok(match (left, right) {
            (Some(left), Some(right)) => self.sides(left, right),
            (_, _) => None,
        })
    }

    /// Both as of the type that the server compares them in.
    fn sides(&mut self, left: Typed, right: Typed) -> Option<Sides> {
        let collation = left.collation.clone().beside(right.collation.clone());
        let declared = match (left.declared(), right.declared()) {
            (None, None) => return None,
            (Some(own), None) | (None, Some(own)) => own.without_modifier(),
            (Some(own), Some(other)) if own.oid == other.oid => own.without_modifier(),
            (Some(own), Some(other)) => compared_in(own, other)?,
        };
        if !declared.is_sorted() {
            return None;
        }
        // Beside char(n) a varchar is one itself: blanks at its end do not count. Those of a text do.
        let is = |one: &Typed, fits: &dyn Fn(&Kind) -> bool| {
            one.declared().is_some_and(|declared| fits(&declared.kind))
        };
        let varchar = |kind: &Kind| matches!(kind, Kind::Varchar { .. });
        let padded = |kind: &Kind| matches!(kind, Kind::Char { .. });
        let cut = [
            is(&left, &varchar) && is(&right, &padded),
            is(&right, &varchar) && is(&left, &padded),
        ];
        let sides = [
            self.beside(left, &declared)?,
            self.beside(right, &declared)?,
        ];
        let [left, right] = sides;
        let trimmed = |side: eval::Expr, cut: bool| {
            if cut {
                let trim = eval::TextFunction::Trim(eval::Side::Trailing);
                eval::Expr::Text(trim, vec![side])
            } else {
                side
            }
        };
        let [cut_left, cut_right] = cut;
        let sides = [trimmed(left, cut_left), trimmed(right, cut_right)];
        Some((sides, declared, collation))
    }

    /// A side as of the type that both are compared in. Between dates and timestamps nothing is too late to be compared.
    fn beside(&mut self, typed: Typed, declared: &DeclaredType) -> Option<eval::Expr> {
        let zoned = matches!(declared.kind, Kind::Timestamptz { .. });
        let local = match typed.declared().map(|own| &own.kind) {
            Some(Kind::Date) if zoned || matches!(declared.kind, Kind::Timestamp { .. }) => false,
            Some(Kind::Timestamp { .. }) if zoned => true,
            _ => return self.coerced(typed, declared),
        };
        let (value, _) = typed.known()?;
        Some(eval::Expr::Moment(
            Moment::Beside { local, zoned },
            vec![value],
        ))
    }

    pub(super) fn case_formula(
        &mut self,
        (operand, arms, otherwise): Cases<'_>,
        range: Option<Range>,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let whens = range.and_then(|range| self.whens(range));
        let mut conditions = Vec::with_capacity(arms.len());
        for (at, (when, _)) in arms.iter().enumerate() {
            let tried = self.tried(operands);
            let condition = match operand {
                Some(operand) => {
                    self.compared(Comparison::Equal, operand, when, scope, operands)?
                }
                None => self.condition(when, scope, operands)?,
            };
            let condition = match (condition, operand) {
                (Some(condition), _) => Some(condition),
                (None, None) => {
                    self.give_up(&tried, operands);
                    let range = whens.as_ref().and_then(|whens| whens.get(at));
                    self.told_condition(when, range.copied(), scope, operands)?
                }
                (None, Some(_)) => None,
            };
            match condition {
                Some(condition) => conditions.push(condition),
                None => return Ok(None),
            }
        }
        // ELSE speaks first for the type (`transformCaseExpr`).
        let mut results = vec![match otherwise {
            None => Typed::untyped(Is::Null),
            Some(otherwise) => match self.formula(otherwise, scope, operands)? {
                Some(found) => found,
                None => return Ok(None),
            },
        }];
        for (_, then) in arms {
            match self.formula(then, scope, operands)? {
                Some(found) => results.push(found),
                None => return Ok(None),
            }
        }
        Ok(self
            .united_results(results)
            .and_then(|(results, declared, collation)| {
                let mut results = results.into_iter();
                let otherwise = results.next()?;
                let arms = conditions.into_iter().zip(results).collect();
                Some(Typed {
                    is: Is::Value(eval::Expr::Case(arms, Box::new(otherwise)), declared),
                    collation,
                })
            }))
    }

    pub(super) fn coalesced(
        &mut self,
        args: &[Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let mut parts = Vec::with_capacity(args.len());
        for arg in args {
            match self.formula(arg, scope, operands)? {
                Some(part) => parts.push(part),
                None => return Ok(None),
            }
        }
        Ok(self
            .united_results(parts)
            .map(|(parts, declared, collation)| Typed {
                is: Is::Value(eval::Expr::Coalesce(parts), declared),
                collation,
            }))
    }

    pub(super) fn nulled(
        &mut self,
        [left, right]: [&Expr; 2],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let left = self.formula(left, scope, operands)?;
        let right = self.formula(right, scope, operands)?;
        let (Some(left), Some(right)) = (left, right) else {
            return Ok(None);
        };
        // The type is the left side's, as the operator takes it: varchar is text to it.
        let own = left.declared().cloned();
        let beside = right.declared().cloned();
        // The server compares char(n) beside other texts, and real beside other numbers, as a third type, which the result has.
        if let (Some(own), Some(beside)) = (&own, &beside)
            && own.oid != beside.oid
            && [own, beside]
                .iter()
                .any(|one| matches!(one.kind, Kind::Char { .. } | Kind::Float4))
        {
            return Ok(None);
        }
        let other = beside.map(|own| own.oid);
        let Some(([value, other_value], declared, collation)) = self.sides(left, right) else {
            return Ok(None);
        };
        let shown = match own {
            Some(own) if is_text(&own) && !matches!(own.kind, Kind::Char { .. }) => TEXT,
            Some(own) if other.is_none_or(|other| other == own.oid) => own,
            Some(own) if own.oid == declared.oid => own,
            // Integers of two widths, and dates beside timestamps, are compared as they are.
            Some(own) if is_whole(&own.kind) && declared.kind == Kind::Int8 => own,
            Some(own) if moment_rank(&own.kind).is_some() => return Ok(None),
            // A string is text where it is compared with a varchar.
            None if is_text(&declared) && !matches!(declared.kind, Kind::Char { .. }) => TEXT,
            Some(_) | None => declared.clone(),
        };
        let sides = [value.clone(), other_value];
        let equal = self.comparison(Comparison::Equal, sides, declared, &collation);
        Ok(equal.map(|equal| {
            let arms = vec![(equal, eval::Expr::Constant(None))];
            Typed {
                is: Is::Value(eval::Expr::Case(arms, Box::new(value)), shown),
                collation,
            }
        }))
    }

    /// Whether SYMMETRIC stands before a bound, or may.
    fn is_symmetric(&self, low: &Expr) -> bool {
        let Some(range) = low.range() else {
            return true;
        };
        let before = self.tokens.get(..range.first).unwrap_or_default();
        let word = before
            .iter()
            .rev()
            .find(|token| !matches!(token.kind, TokenKind::Mark('(')));
        word.is_none_or(|token| !token.is_word("between") && !token.is_word("asymmetric"))
    }

    /// A condition on plain columns that the server tells, where it cannot fail: it is asked of every row, also of
    /// those that CASE would not come to.
    fn told_condition(
        &mut self,
        when: &Expr,
        range: Option<Range>,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<eval::Expr>, Refusal> {
        let Some(range) = range.filter(|_| cannot_fail(when)) else {
            return Ok(None);
        };
        let before = (self.edits.len(), self.uses.len());
        let lineage = self.expr(when, scope)?;
        if !matches!(lineage, Lineage::Plain) || before != (self.edits.len(), self.uses.len()) {
            return Ok(None);
        }
        let tokens = (self.tokens.get(range.first), self.tokens.get(range.last));
        let (Some(first), Some(last)) = tokens else {
            return Ok(None);
        };
        let Some(text) = self.text.get(first.start..last.end) else {
            return Ok(None);
        };
        let text = format!("({text})");
        Ok(self
            .made_operand(&text, BOOL, operands)
            .and_then(|typed| typed.known())
            .map(|(found, _)| found))
    }

    /// The tokens between each WHEN and its THEN, of a CASE without an operand.
    fn whens(&self, range: Range) -> Option<Vec<Range>> {
        let mut depth = 0_usize;
        let mut begun = None;
        let mut found = Vec::new();
        for at in range.first..=range.last {
            let token = self.tokens.get(at)?;
            if token.is_word("case") || token.is_mark('(') || token.is_mark('[') {
                depth += 1;
            } else if token.is_word("end") || token.is_mark(')') || token.is_mark(']') {
                depth = depth.checked_sub(1)?;
            } else if depth == 1 && token.is_word("when") {
                begun = Some(at + 1);
            } else if depth == 1 && token.is_word("then") {
                let first = begun.take()?;
                found.push(Range {
                    first,
                    last: at.checked_sub(1)?,
                });
            }
        }
        (depth == 0).then_some(found)
    }
}

/// Which types stand in a list behind IN.
#[derive(Default)]
struct Listed {
    /// One that takes the others' type.
    untyped: bool,
    /// Another than the left side's.
    other: bool,
    /// Another by which the value may be another.
    inexact: bool,
}

impl Listed {
    fn meet(&mut self, left: &Typed, one: &Typed) {
        let untyped = |one: &Typed| matches!(one.is, Is::Text(_) | Is::Placeholder(..));
        match (left.declared(), one.declared()) {
            (Some(own), Some(other)) if own.oid == other.oid => {}
            (Some(own), Some(other)) => {
                let text =
                    |one: &DeclaredType| matches!(one.kind, Kind::Text | Kind::Varchar { .. });
                let exact = |one: &DeclaredType| {
                    is_whole(&one.kind) || matches!(one.kind, Kind::Numeric { .. })
                };
                let texts = text(own) && text(other);
                self.other |= !texts;
                self.inexact |= !(texts || (exact(own) && exact(other)));
            }
            (Some(_), None) => self.untyped |= untyped(one),
            (None, _) => self.inexact |= untyped(left),
        }
    }

    /// Whether one of the list can be read otherwise since others stand beside it.
    fn sway(&self) -> bool {
        self.inexact || self.other && self.untyped
    }
}

/// Whether a condition cannot raise an error, whatever its columns hold.
fn cannot_fail(expr: &Expr) -> bool {
    match expr {
        Expr::Column { .. } | Expr::Constant(_) => true,
        Expr::Nested { inner, .. } | Expr::IsNull { inner, .. } => cannot_fail(inner),
        Expr::Compare { left, right, .. } | Expr::Distinct { left, right, .. } => {
            cannot_fail(left) && cannot_fail(right)
        }
        Expr::In { left, list, .. } => cannot_fail(left) && list.iter().all(cannot_fail),
        Expr::Between {
            inner, low, high, ..
        } => [inner, low, high].into_iter().all(|one| cannot_fail(one)),
        Expr::And(parts) | Expr::Logic { parts, .. } => parts.iter().all(cannot_fail),
        Expr::Placeholder { .. }
        | Expr::Default { .. }
        | Expr::Field { .. }
        | Expr::Cast { .. }
        | Expr::InQuery { .. }
        | Expr::InArray { .. }
        | Expr::Like { .. }
        | Expr::Case { .. }
        | Expr::Row(_)
        | Expr::Subquery(_)
        | Expr::Exists(_)
        | Expr::Array { .. }
        | Expr::ArrayQuery(_)
        | Expr::Call(_)
        | Expr::Operators { .. }
        | Expr::Opaque { .. } => false,
    }
}

/// The type that values of two types are compared in.
fn compared_in(own: &DeclaredType, other: &DeclaredType) -> Option<DeclaredType> {
    if rank(&own.kind).is_some() && rank(&other.kind).is_some() {
        if is_whole(&own.kind) && is_whole(&other.kind) {
            return Some(INT8);
        }
        return calculated_in(&own.kind, &other.kind);
    }
    if let (Some(a), Some(b)) = (moment_rank(&own.kind), moment_rank(&other.kind)) {
        return Some(if a.max(b) == 2 {
            TIMESTAMPTZ
        } else {
            TIMESTAMP
        });
    }
    (is_text(own) && is_text(other)).then_some(TEXT)
}

fn signed(sign: Sign) -> Comparison {
    match sign {
        Sign::Equal => Comparison::Equal,
        Sign::NotEqual => Comparison::NotEqual,
        Sign::Less => Comparison::Less,
        Sign::LessOrEqual => Comparison::LessOrEqual,
        Sign::Greater => Comparison::Greater,
        Sign::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}

/// IS TRUE and its kin: what is asked for, and whether it is denied.
fn tested(what: &str) -> Option<(Option<bool>, bool)> {
    Some(match what {
        "IS TRUE" => (Some(true), false),
        "IS NOT TRUE" => (Some(true), true),
        "IS FALSE" => (Some(false), false),
        "IS NOT FALSE" => (Some(false), true),
        "IS UNKNOWN" => (None, false),
        "IS NOT UNKNOWN" => (None, true),
        _ => return None,
    })
}
