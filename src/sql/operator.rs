//! Operators: comparisons and logic have a meaning for a plan, the others are opaque.

use sqlparser::ast;
use sqlparser::ast::BinaryOperator;

use super::constant::number_kind;
use super::expression::{boxed, expr, opaque};
use super::lex::TokenKind;
use super::query::query;
use super::read::{Lower, ReadError};
use super::tree::{Comparison, Constant, Expr, Range};

/// A binary operator. Chains lean left: they are walked in a loop, so that long ones need no deep stack.
pub(super) fn binary(
    lower: &Lower<'_>,
    left: ast::Expr,
    op: BinaryOperator,
    right: ast::Expr,
) -> Result<Expr, ReadError> {
    if matches!(op, BinaryOperator::And | BinaryOperator::Or) {
        let mut all = op == BinaryOperator::And;
        let mut parts = vec![expr(lower, right)?];
        let mut rest = left;
        while let ast::Expr::BinaryOp {
            left,
            op: op @ (BinaryOperator::And | BinaryOperator::Or),
            right,
        } = rest
        {
            all &= op == BinaryOperator::And;
            parts.push(expr(lower, *right)?);
            rest = *left;
        }
        parts.push(expr(lower, rest)?);
        parts.reverse();
        return Ok(if all {
            Expr::And(parts)
        } else {
            Expr::Logic(parts)
        });
    }
    if let Some(op) = comparison(&op) {
        return Ok(Expr::Compare {
            op,
            left: boxed(lower, left)?,
            right: boxed(lower, right)?,
        });
    }
    let mut joins = matches!(op, BinaryOperator::StringConcat);
    let mut parts = vec![expr(lower, right)?];
    let mut rest = left;
    loop {
        match rest {
            ast::Expr::BinaryOp { left, op, right }
                if comparison(&op).is_none()
                    && !matches!(op, BinaryOperator::And | BinaryOperator::Or) =>
            {
                joins &= matches!(op, BinaryOperator::StringConcat);
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
    Ok(Expr::Opaque {
        what: if joins { "||" } else { "an operator" },
        parts,
    })
}

fn comparison(op: &BinaryOperator) -> Option<Comparison> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other operator is opaque, which refuses protected operands"
    )]
    match op {
        BinaryOperator::Eq => Some(Comparison::Equal),
        BinaryOperator::NotEq => Some(Comparison::NotEqual),
        BinaryOperator::Lt | BinaryOperator::LtEq | BinaryOperator::Gt | BinaryOperator::GtEq => {
            Some(Comparison::Order)
        }
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
        ast::UnaryOperator::Not => return Ok(Expr::Logic(vec![expr(lower, inner)?])),
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
    opaque(lower, "an operator", vec![inner])
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
    let Some(op) = comparison(op) else {
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
