//! Constants: their kind and value by the lexer's token, never by sqlparser's reading of it.

use sqlparser::ast;

use super::lex::TokenKind;
use super::read::{Lower, ReadError};
use super::tree::{Constant, ConstantKind, Expr, Range};

pub(super) fn constant(lower: &Lower<'_>, value: ast::ValueWithSpan) -> Result<Expr, ReadError> {
    let at = lower.token(value.span)?;
    let differ = || ReadError::unread("a constant where two readers differ");
    let kind = match (&value.value, lower.tokens.get(at).map(|token| &token.kind)) {
        (ast::Value::Placeholder(_), Some(TokenKind::Placeholder(number))) => {
            return Ok(Expr::Placeholder {
                number: *number,
                token: at,
            });
        }
        (ast::Value::Number(..), Some(TokenKind::Number(number))) => number_kind(number, ""),
        (ast::Value::SingleQuotedString(_), Some(TokenKind::Text(text)))
        | (ast::Value::EscapedStringLiteral(_), Some(TokenKind::Escaped(text)))
        | (ast::Value::DollarQuotedString(_), Some(TokenKind::Dollar(text))) => {
            ConstantKind::Text(text.clone())
        }
        (ast::Value::Boolean(own), Some(TokenKind::Word(word))) => {
            if word != if *own { "true" } else { "false" } {
                return Err(differ());
            }
            ConstantKind::Boolean(*own)
        }
        (ast::Value::Null, Some(TokenKind::Word(word))) if word == "null" => ConstantKind::Null,
        (
            ast::Value::SingleQuotedByteStringLiteral(_) | ast::Value::HexStringLiteral(_),
            Some(TokenKind::Bits),
        ) => {
            return Ok(Expr::Opaque {
                what: "a bit string",
                parts: Vec::new(),
            });
        }
        (
            ast::Value::Placeholder(_)
            | ast::Value::Number(..)
            | ast::Value::SingleQuotedString(_)
            | ast::Value::EscapedStringLiteral(_)
            | ast::Value::DollarQuotedString(_)
            | ast::Value::Boolean(_)
            | ast::Value::Null
            | ast::Value::SingleQuotedByteStringLiteral(_)
            | ast::Value::HexStringLiteral(_)
            | ast::Value::TripleSingleQuotedString(_)
            | ast::Value::TripleDoubleQuotedString(_)
            | ast::Value::UnicodeStringLiteral(_)
            | ast::Value::DoubleQuotedByteStringLiteral(_)
            | ast::Value::TripleSingleQuotedByteStringLiteral(_)
            | ast::Value::TripleDoubleQuotedByteStringLiteral(_)
            | ast::Value::SingleQuotedRawStringLiteral(_)
            | ast::Value::DoubleQuotedRawStringLiteral(_)
            | ast::Value::TripleSingleQuotedRawStringLiteral(_)
            | ast::Value::TripleDoubleQuotedRawStringLiteral(_)
            | ast::Value::NationalStringLiteral(_)
            | ast::Value::QuoteDelimitedStringLiteral(_)
            | ast::Value::NationalQuoteDelimitedStringLiteral(_)
            | ast::Value::DoubleQuotedString(_),
            _,
        ) => return Err(differ()),
    };
    Ok(Expr::Constant(Constant {
        kind,
        range: Range {
            first: at,
            last: at,
        },
    }))
}

pub(super) fn number_kind(number: &str, sign: &str) -> ConstantKind {
    let signed = format!("{sign}{number}");
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        ConstantKind::Integer(signed)
    } else {
        ConstantKind::Decimal(signed)
    }
}
