//! Patterns that are made of a constant or a parameter: `'%' || $1 || '%'`, `concat('%', $1::text, '%')`, `upper($1)`. The
//! proxy makes them as the server would.

use super::analysis::Analysis;
use super::coerce::oid;
use super::compare::unwrap;
use super::folded::is_text;
use crate::catalog::Case;
use crate::eval::{self, Letters, TextFunction};
use crate::sql::{Call, ConstantKind, Expr, Operator};
use crate::value::Canonical;

/// A pattern as it is made.
#[derive(Default)]
pub(super) struct Shape {
    /// The placeholder that it is made of: its number and the first token of it.
    pub(super) placeholder: Option<(usize, usize)>,
    /// The type of a cast directly around the placeholder.
    pub(super) cast: Option<u32>,
    /// First tokens of its leaves.
    pub(super) leaves: Vec<usize>,
}

impl Analysis<'_> {
    /// How a pattern is made, over the one argument 0; `None` where the proxy cannot make it.
    pub(super) fn shape(&self, expr: &Expr, shape: &mut Shape) -> Option<eval::Expr> {
        match unwrap(expr) {
            Expr::Constant(constant) => {
                let value = match &constant.kind {
                    ConstantKind::Text(text) => Some(Canonical::new(text.as_bytes().to_vec())),
                    ConstantKind::Null => None,
                    ConstantKind::Integer(_)
                    | ConstantKind::Decimal(_)
                    | ConstantKind::Boolean(_) => return None,
                };
                shape.leaves.push(constant.range.first);
                Some(eval::Expr::Constant(value))
            }
            Expr::Placeholder { number, token } => {
                // Another placeholder, or the same again, which is inferred from two places.
                if shape.placeholder.replace((*number, *token)).is_some() {
                    return None;
                }
                shape.leaves.push(*token);
                Some(eval::Expr::Argument(0))
            }
            Expr::Cast {
                inner,
                site: Some(site),
                ..
            } if is_text(site) => {
                if matches!(unwrap(inner), Expr::Placeholder { .. }) {
                    shape.cast = Some(if site.name.ends_with("text") {
                        oid::TEXT
                    } else {
                        oid::VARCHAR
                    });
                }
                self.shape(inner, shape)
            }
            Expr::Operators { parts, operators }
                if operators.iter().all(|own| *own == Operator::Join) =>
            {
                let parts = parts.iter().map(|part| self.shape(part, shape));
                Some(eval::Expr::Text(
                    TextFunction::Join,
                    parts.collect::<Option<_>>()?,
                ))
            }
            Expr::Call(call) => self.shaped_call(call, shape),
            Expr::Column { .. }
            | Expr::Field { .. }
            | Expr::Default { .. }
            | Expr::Cast { .. }
            | Expr::Nested { .. }
            | Expr::Compare { .. }
            | Expr::Distinct { .. }
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Between { .. }
            | Expr::Like { .. }
            | Expr::And(_)
            | Expr::Logic { .. }
            | Expr::Operators { .. }
            | Expr::Case { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::Array { .. }
            | Expr::ArrayQuery(_)
            | Expr::Opaque { .. } => None,
        }
    }

    fn shaped_call(&self, call: &Call, shape: &mut Shape) -> Option<eval::Expr> {
        let plain = !call.star
            && !call.distinct
            && !call.within_group
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none()
            && call.names.iter().all(Option::is_none);
        let name = self.builtin(call).filter(|_| plain)?;
        match (name, call.args.as_slice()) {
            ("lower" | "upper", [inner]) => {
                let letters = self.constant_letters()?;
                let function = if name == "lower" {
                    TextFunction::Lower(letters)
                } else {
                    TextFunction::Upper(letters)
                };
                Some(eval::Expr::Text(function, vec![self.shape(inner, shape)?]))
            }
            ("concat", parts) => {
                // It takes whatever it is given: a placeholder without a type is an error of the server.
                let typed = parts.iter().all(|part| match unwrap(part) {
                    Expr::Placeholder { number, .. } => self.declared(*number) != 0,
                    _ => true,
                });
                let parts = parts.iter().map(|part| self.shape(part, shape));
                let parts: Vec<eval::Expr> = parts.collect::<Option<_>>()?;
                (typed && !parts.is_empty())
                    .then_some(eval::Expr::Text(TextFunction::Concat, parts))
            }
            _ => None,
        }
    }

    /// What is known of the letters' cases under the collation of constants: the database's.
    fn constant_letters(&self) -> Option<Letters> {
        let snapshot = &self.world.snapshot;
        if snapshot.ascii_case {
            Some(Letters::Ascii)
        } else {
            (snapshot.case == Case::Exact).then_some(Letters::Simple)
        }
    }
}
