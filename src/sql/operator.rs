//! Operators: comparisons and logic have a meaning for a plan, the others are opaque.

use sqlparser::ast;
use sqlparser::ast::BinaryOperator;

use super::constant::number_kind;
use super::expression::{boxed, expr, opaque};
use super::lex::TokenKind;
use super::query::query;
use super::read::{Lower, ReadError};
use super::tree::{Comparison, Constant, Expr, Logic, Operator, Range, Sign};

/// A binary operator. Chains lean left: they are walked in a loop, so that long ones need no deep stack.
pub(super) fn binary(
    lower: &Lower<'_>,
    left: ast::Expr,
    op: BinaryOperator,
    right: ast::Expr,
) -> Result<Expr, ReadError> {
    if matches!(op, BinaryOperator::And | BinaryOperator::Or) {
        return connected(lower, left, op == BinaryOperator::And, right);
    }
    if let Some((op, sign)) = comparison(&op) {
        return Ok(Expr::Compare {
            op,
            sign,
            left: boxed(lower, left)?,
            right: boxed(lower, right)?,
        });
    }
    let mut operators = vec![operator(&op)];
    let mut parts = vec![expr(lower, right)?];
    let mut rest = left;
    loop {
        match rest {
            ast::Expr::BinaryOp { left, op, right }
                if comparison(&op).is_none()
                    && !matches!(op, BinaryOperator::And | BinaryOperator::Or) =>
            {
                operators.push(operator(&op));
                parts.push(expr(lower, *right)?);
                rest = *left;
            }
            other => {
                parts.push(expr(lower, other)?);
                break;
            }
        }
    }
    parts.reverse();
    operators.reverse();
    Ok(match operators.into_iter().collect::<Option<Vec<_>>>() {
        Some(operators) => Expr::Operators { parts, operators },
        None => Expr::Opaque {
            what: "an operator",
            parts,
        },
    })
}

/// AND and OR. What leans left is as many of one, and then perhaps as many of the other, which binds less.
fn connected(
    lower: &Lower<'_>,
    left: ast::Expr,
    all: bool,
    right: ast::Expr,
) -> Result<Expr, ReadError> {
    // From the last one on: whether it is AND, and what stands behind it.
    let mut links = vec![(all, expr(lower, right)?)];
    let mut rest = left;
    while let ast::Expr::BinaryOp {
        left,
        op: op @ (BinaryOperator::And | BinaryOperator::Or),
        right,
    } = rest
    {
        links.push((op == BinaryOperator::And, expr(lower, *right)?));
        rest = *left;
    }
    let mut parts = vec![expr(lower, rest)?];
    let mut how = links.last().is_some_and(|(all, _)| *all);
    for (all, part) in links.into_iter().rev() {
        if all != how {
            parts = vec![joined(how, parts)];
            how = all;
        }
        parts.push(part);
    }
    Ok(joined(how, parts))
}

fn joined(all: bool, parts: Vec<Expr>) -> Expr {
    if all {
        Expr::And(parts)
    } else {
        Expr::Logic {
            how: Logic::Or,
            parts,
        }
    }
}

fn operator(op: &BinaryOperator) -> Option<Operator> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other operator is opaque, which refuses protected operands"
    )]
    match op {
        BinaryOperator::Plus => Some(Operator::Plus),
        BinaryOperator::Minus => Some(Operator::Minus),
        BinaryOperator::Multiply => Some(Operator::Times),
        BinaryOperator::Divide => Some(Operator::Divide),
        BinaryOperator::Modulo => Some(Operator::Modulo),
        BinaryOperator::StringConcat => Some(Operator::Join),
        _ => None,
    }
}

fn comparison(op: &BinaryOperator) -> Option<(Comparison, Sign)> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other operator is opaque, which refuses protected operands"
    )]
    match op {
        BinaryOperator::Eq => Some((Comparison::Equal, Sign::Equal)),
        BinaryOperator::NotEq => Some((Comparison::NotEqual, Sign::NotEqual)),
        BinaryOperator::Lt => Some((Comparison::Order, Sign::Less)),
        BinaryOperator::LtEq => Some((Comparison::Order, Sign::LessOrEqual)),
        BinaryOperator::Gt => Some((Comparison::Order, Sign::Greater)),
        BinaryOperator::GtEq => Some((Comparison::Order, Sign::GreaterOrEqual)),
        _ => None,
    }
}

pub(super) fn unary(
    lower: &Lower<'_>,
    op: ast::UnaryOperator,
    inner: ast::Expr,
) -> Result<Expr, ReadError> {
    let sign = match op {
        ast::UnaryOperator::Minus => "-",
        ast::UnaryOperator::Plus => "+",
        ast::UnaryOperator::Not => {
            return Ok(Expr::Logic {
                how: Logic::Not,
                parts: vec![expr(lower, inner)?],
            });
        }
        ast::UnaryOperator::AtDashAt
        | ast::UnaryOperator::BangNot
        | ast::UnaryOperator::BitwiseNot
        | ast::UnaryOperator::DoubleAt
        | ast::UnaryOperator::Hash
        | ast::UnaryOperator::PGAbs
        | ast::UnaryOperator::PGCubeRoot
        | ast::UnaryOperator::PGPostfixFactorial
        | ast::UnaryOperator::PGPrefixFactorial
        | ast::UnaryOperator::PGSquareRoot
        | ast::UnaryOperator::QuestionDash
        | ast::UnaryOperator::QuestionPipe => return opaque(lower, "an operator", vec![inner]),
    };
    if let ast::Expr::Value(value) = &inner
        && matches!(value.value, ast::Value::Number(..))
    {
        let at = lower.token(value.span)?;
        let before = at.checked_sub(1);
        if let (Some(first), Some(TokenKind::Number(number))) =
            (before, lower.tokens.get(at).map(|token| &token.kind))
            && lower
                .tokens
                .get(first)
                .is_some_and(|token| token.is_operator(sign))
        {
            let kind = number_kind(number, if sign == "-" { "-" } else { "" });
            return Ok(Expr::Constant(Constant {
                kind,
                range: Range { first, last: at },
            }));
        }
    }
    // A sign before a number is part of it to the server; before anything else it is an operator.
    let what = if sign == "-" { "-" } else { "an operator" };
    opaque(lower, what, vec![inner])
}

pub(super) fn quantified(
    lower: &Lower<'_>,
    left: ast::Expr,
    op: &BinaryOperator,
    right: ast::Expr,
) -> Result<Expr, ReadError> {
    let left = expr(lower, left)?;
    let mut right = right;
    // The parentheses of ANY (…) are sometimes kept as an expression in parentheses.
    while let ast::Expr::Nested(inner) = right {
        right = *inner;
    }
    let Some((op, _)) = comparison(op) else {
        let parts = match right {
            ast::Expr::Subquery(inner) => {
                vec![left, Expr::Subquery(Box::new(query(lower, *inner)?))]
            }
            other => vec![left, expr(lower, other)?],
        };
        return Ok(Expr::Opaque {
            what: "an operator with ANY or ALL",
            parts,
        });
    };
    match right {
        ast::Expr::Subquery(inner) => Ok(Expr::InQuery {
            left: Box::new(left),
            op,
            query: Box::new(query(lower, *inner)?),
        }),
        other => Ok(Expr::InArray {
            left: Box::new(left),
            op,
            array: boxed(lower, other)?,
        }),
    }
}
