//! What an expression comes to: which file knows it, and what constants are.

use super::Operand;
use super::typed::{BOOL, INT4, INT8, Is, NUMERIC, Typed, common};
use crate::eval::{self, boolean};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::compare::unwrap;
use crate::plan::scope::Scope;
use crate::sql::{Constant, ConstantKind, Expr};
use crate::value::{Canonical, DeclaredType};

impl Analysis<'_> {
    /// The expression as the proxy computes it; `None` where it does not.
    pub(super) fn formula(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        self.enter()?;
        let found = self.formula_inside(expr, scope, operands);
        self.leave();
        found
    }

    fn formula_inside(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        match unwrap(expr) {
            column @ Expr::Column { path } => self.column_operand(column, path, scope, operands),
            Expr::Constant(constant) => Ok(self.constant(constant)),
            Expr::Placeholder { number, token } => Ok(self.placeholder(*number, *token)),
            Expr::Cast {
                inner, site, named, ..
            } => {
                let name = site.as_ref().map_or(named.as_str(), |site| &site.name);
                self.cast_formula(inner, name, scope, operands)
            }
            Expr::Call(call) => self.computed_call(call, scope, operands),
            Expr::Operators { parts, operators } => {
                self.operated(parts, operators, scope, operands)
            }
            Expr::Case {
                operand,
                arms,
                otherwise,
                range,
            } => {
                let whole = (operand.as_deref(), arms.as_slice(), otherwise.as_deref());
                self.case_formula(whole, *range, scope, operands)
            }
            Expr::Opaque { what, parts } if !what.starts_with("IS ") => {
                self.special(what, parts, scope, operands)
            }
            truth @ (Expr::Opaque { .. }
            | Expr::Compare { .. }
            | Expr::Distinct { .. }
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::Between { .. }
            | Expr::Like { .. }
            | Expr::And(_)
            | Expr::Logic { .. }) => {
                let found = self.condition(truth, scope, operands)?;
                Ok(found.map(|expr| Typed::value(expr, BOOL)))
            }
            Expr::Nested { .. }
            | Expr::Field { .. }
            | Expr::Default { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::Array { .. }
            | Expr::ArrayQuery(_) => Ok(None),
        }
    }

    fn constant(&self, constant: &Constant) -> Option<Typed> {
        let settings = self.request.environment.of_literals();
        let number = |text: &str, declared: DeclaredType| {
            let value = declared.from_text(text.as_bytes(), settings).ok()?;
            Some(Typed::value(eval::Expr::Constant(Some(value)), declared))
        };
        match &constant.kind {
            ConstantKind::Text(text) => Some(Typed::untyped(Is::Text(text.clone()))),
            ConstantKind::Null => Some(Typed::untyped(Is::Null)),
            // Of the first type that holds it.
            ConstantKind::Integer(text) => number(text, INT4)
                .or_else(|| number(text, INT8))
                .or_else(|| number(text, NUMERIC)),
            ConstantKind::Decimal(text) => number(text, NUMERIC),
            ConstantKind::Boolean(truth) => Some(Typed::value(
                eval::Expr::Constant(Some(boolean(*truth))),
                BOOL,
            )),
        }
    }

    /// The expression as a value of this type, where it becomes one without being asked.
    pub(super) fn coerced(&mut self, typed: Typed, to: &DeclaredType) -> Option<eval::Expr> {
        match typed.is {
            Is::Value(expr, from) if from.oid == to.oid => Some(expr),
            Is::Value(expr, from) => {
                super::typed::becomes(&from, to).then(|| super::casts::made(expr, from, to))?
            }
            Is::Text(text) => {
                let settings = self.request.environment.of_literals();
                // Canonical values have no -0.
                if to.is_minus_zero(text.as_bytes(), false) {
                    return None;
                }
                let value = to.without_modifier().from_text(text.as_bytes(), settings);
                value.ok().map(|value| eval::Expr::Constant(Some(value)))
            }
            Is::Null => Some(eval::Expr::Constant(None)),
            Is::Placeholder(number, token) => {
                Some(self.local_argument(number, token, to.without_modifier()))
            }
        }
    }

    /// Several results beside each other, as values of the one type that they have in common.
    pub(super) fn united_results(
        &mut self,
        of: Vec<Typed>,
    ) -> Option<(Vec<eval::Expr>, DeclaredType, super::typed::Collation)> {
        let declared = common(&of.iter().collect::<Vec<_>>())?;
        let mut collation = super::typed::Collation::Nothing;
        let mut results = Vec::with_capacity(of.len());
        for one in of {
            collation = collation.beside(one.collation.clone());
            results.push(self.coerced(one, &declared)?);
        }
        Some((results, declared, collation))
    }

    /// A text that is a constant of the statement.
    pub(super) fn literal(expr: &Expr) -> Option<&str> {
        match unwrap(expr) {
            Expr::Constant(Constant {
                kind: ConstantKind::Text(text),
                ..
            }) => Some(text),
            _ => None,
        }
    }

    /// A value of type text: what is a text already, or a string.
    pub(super) fn as_text(&mut self, typed: Typed) -> Option<eval::Expr> {
        let texts = typed.declared().is_none_or(super::typed::is_text);
        texts
            .then(|| self.coerced(typed, &super::typed::TEXT))
            .flatten()
    }

    /// A constant text as a value.
    pub(super) fn texted_constant(text: &str) -> eval::Expr {
        eval::Expr::Constant(Some(Canonical::new(text.as_bytes().to_vec())))
    }
}
