//! Casts that are written out.

use super::Operand;
use super::typed::{Collation, Is, TEXT, Typed, is_text};
use crate::eval::{self, can_cast};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::scope::Scope;
use crate::sql::Expr;
use crate::value::{DeclaredType, Kind};

impl Analysis<'_> {
    pub(super) fn cast_formula(
        &mut self,
        inner: &Expr,
        name: &str,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let Some(to) = DeclaredType::parse_name(name) else {
            return Ok(None);
        };
        let Some(typed) = self.formula(inner, scope, operands)? else {
            return Ok(None);
        };
        let collation = match (typed.declared().is_none_or(is_text), is_text(&to)) {
            (true, true) => typed.collation.clone().beside(Collation::Default),
            (false, true) => Collation::Default,
            (true | false, false) => Collation::Nothing,
        };
        let settings = self.request.environment.of_literals();
        let expr = match typed.is {
            Is::Value(expr, from) => made(expr, from, &to),
            // A string is read as the type, and where it is a text, cut to its length.
            Is::Text(text) if is_text(&to) => made(Self::texted_constant(&text), TEXT, &to),
            // Canonical values have no -0.
            Is::Text(text) if to.is_minus_zero(text.as_bytes(), false) => None,
            Is::Text(text) => to
                .from_text(text.as_bytes(), settings)
                .ok()
                .map(|value| eval::Expr::Constant(Some(value))),
            Is::Null => Some(eval::Expr::Constant(None)),
            Is::Placeholder(number, token) => {
                let bare = to.without_modifier();
                let argument = self.local_argument(number, token, bare.clone());
                made(argument, bare, &to)
            }
        };
        Ok(expr.map(|expr| Typed {
            is: Is::Value(expr, to),
            collation,
        }))
    }
}

/// The value of one type as one of another; `None` where that is not known here.
pub(super) fn made(expr: eval::Expr, from: DeclaredType, to: &DeclaredType) -> Option<eval::Expr> {
    // `bpchar` without a length keeps blanks, which a value of char(n) no longer has here.
    if matches!(from.kind, Kind::Char { length } if length > 0)
        && matches!(to.kind, Kind::Char { length: 0 })
    {
        return None;
    }
    let same = from.kind == to.kind && from.oid == to.oid
        || from.oid == to.oid && to.typmod == -1 && !matches!(to.kind, Kind::Char { .. })
        || matches!(
            (&from.kind, &to.kind),
            (Kind::Varchar { .. }, Kind::Text)
                | (
                    Kind::Text | Kind::Varchar { .. },
                    Kind::Varchar { max: None }
                )
        );
    if same {
        return Some(expr);
    }
    can_cast(&from, to).then(|| eval::Expr::Cast(Box::new(expr), Box::new([from, to.clone()])))
}
