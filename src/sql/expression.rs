//! Expressions: from sqlparser's tree to ours. What has no meaning for a plan becomes `Opaque` with **all** its
//! parts, so that nothing protected can hide in it.

use sqlparser::ast;
use sqlparser::tokenizer::Span;

use super::call::function_call;
use super::constant::constant;
use super::doubtful;
use super::lex::TokenKind;
use super::operator::{binary, quantified, unary};
use super::query::query;
use super::read::{Lower, ReadError};
use super::sites;
use super::statement::refuse;
use super::tree::{Call, Comparison, Expr, Range};

/// Lowers a list.
pub(super) fn exprs(lower: &Lower<'_>, list: Vec<ast::Expr>) -> Result<Vec<Expr>, ReadError> {
    list.into_iter().map(|one| expr(lower, one)).collect()
}

/// The same, boxed.
pub(super) fn boxed(lower: &Lower<'_>, inner: ast::Expr) -> Result<Box<Expr>, ReadError> {
    Ok(Box::new(expr(lower, inner)?))
}

/// Something that has no meaning for a plan.
pub(super) fn opaque(
    lower: &Lower<'_>,
    what: &'static str,
    parts: Vec<ast::Expr>,
) -> Result<Expr, ReadError> {
    Ok(Expr::Opaque {
        what,
        parts: exprs(lower, parts)?,
    })
}

/// Lowers one expression.
pub(super) fn expr(lower: &Lower<'_>, node: ast::Expr) -> Result<Expr, ReadError> {
    lower.deeper(|| one(lower, node))
}

fn one(lower: &Lower<'_>, node: ast::Expr) -> Result<Expr, ReadError> {
    match node {
        ast::Expr::Identifier(ident) => {
            let name = lower.name(&ident)?;
            let token = lower.tokens.get(name.token);
            if token.is_some_and(|token| token.is_word("default")) {
                return Ok(Expr::Default { token: name.token });
            }
            // A function without parentheses, whose name no column can have unquoted.
            if token.is_some_and(|token| token.is_word("current_schema")) {
                return Ok(Expr::Call(Box::new(Call {
                    name: vec![name],
                    ..Call::default()
                })));
            }
            if let Some(TokenKind::Word(word)) = token.map(|token| &token.kind)
                && doubtful::is_reserved(word)
            {
                // Functions that are called without parentheses; any other is no expression to the server.
                refuse(
                    !doubtful::is_session_word(word),
                    "a reserved word as a name",
                )?;
                return opaque(lower, "a word of the session", Vec::new());
            }
            Ok(Expr::Column { path: vec![name] })
        }
        ast::Expr::CompoundIdentifier(parts) => Ok(Expr::Column {
            path: parts
                .iter()
                .map(|part| lower.name(part))
                .collect::<Result<_, _>>()?,
        }),
        ast::Expr::Value(value) => constant(lower, value),
        ast::Expr::TypedString(ast::TypedString {
            data_type,
            value,
            uses_odbc_syntax,
        }) => {
            refuse(uses_odbc_syntax, "an ODBC escape")?;
            let inner = constant(lower, value)?;
            let found = inner
                .range()
                .and_then(|range| sites::before(lower.tokens, range));
            let (site, range) =
                found.map_or((None, None), |(site, range)| (Some(site), Some(range)));
            Ok(Expr::Cast {
                inner: Box::new(inner),
                site,
                named: data_type.to_string().to_lowercase(),
                range,
            })
        }
        ast::Expr::Cast {
            kind,
            expr: inner,
            data_type,
            format,
        } => {
            refuse(format.is_some(), "CAST … FORMAT")?;
            refuse(
                !matches!(kind, ast::CastKind::Cast | ast::CastKind::DoubleColon),
                "TRY_CAST",
            )?;
            let inner = expr(lower, *inner)?;
            let found = inner
                .range()
                .and_then(|range| sites::around(lower.tokens, range));
            let (site, range) =
                found.map_or((None, None), |(site, range)| (Some(site), Some(range)));
            Ok(Expr::Cast {
                inner: Box::new(inner),
                site,
                named: data_type.to_string().to_lowercase(),
                range,
            })
        }
        ast::Expr::Nested(inner) => {
            let inner = expr(lower, *inner)?;
            let range = inner
                .range()
                .and_then(|range| sites::parentheses(lower.tokens, range));
            Ok(Expr::Nested {
                inner: Box::new(inner),
                range,
            })
        }
        ast::Expr::BinaryOp { left, op, right } => binary(lower, *left, op, *right),
        ast::Expr::UnaryOp { op, expr: inner } => unary(lower, op, *inner),
        ast::Expr::IsNull(inner) => Ok(Expr::IsNull {
            negated: false,
            inner: boxed(lower, *inner)?,
        }),
        ast::Expr::IsNotNull(inner) => Ok(Expr::IsNull {
            negated: true,
            inner: boxed(lower, *inner)?,
        }),
        ast::Expr::IsDistinctFrom(left, right) => Ok(Expr::Distinct {
            negated: false,
            left: boxed(lower, *left)?,
            right: boxed(lower, *right)?,
        }),
        ast::Expr::IsNotDistinctFrom(left, right) => Ok(Expr::Distinct {
            negated: true,
            left: boxed(lower, *left)?,
            right: boxed(lower, *right)?,
        }),
        ast::Expr::In {
            expr: left,
            target,
            negated,
            global,
        } => {
            refuse(global, "GLOBAL IN")?;
            let left = boxed(lower, *left)?;
            match target {
                ast::InTarget::List(list) => Ok(Expr::In {
                    negated,
                    left,
                    list: exprs(lower, list)?,
                }),
                ast::InTarget::Subquery(inner) => Ok(Expr::InQuery {
                    left,
                    op: Comparison::Equal,
                    query: Box::new(query(lower, *inner)?),
                }),
                ast::InTarget::Unnest(_) | ast::InTarget::Table { .. } => {
                    Err(ReadError::unread("IN of another dialect"))
                }
            }
        }
        ast::Expr::AnyOp {
            left,
            compare_op,
            right,
            is_some: _,
        }
        | ast::Expr::AllOp {
            left,
            compare_op,
            right,
        } => quantified(lower, *left, &compare_op, *right),
        ast::Expr::Case {
            case_token,
            end_token,
            operand,
            conditions,
            else_result,
        } => Ok(Expr::Case {
            range: between(lower, case_token.0.span, end_token.0.span),
            operand: operand.map(|operand| boxed(lower, *operand)).transpose()?,
            arms: conditions
                .into_iter()
                .map(|ast::CaseWhen { condition, result }| {
                    Ok((expr(lower, condition)?, expr(lower, result)?))
                })
                .collect::<Result<_, ReadError>>()?,
            otherwise: else_result
                .map(|otherwise| boxed(lower, *otherwise))
                .transpose()?,
        }),
        ast::Expr::Tuple(parts) => Ok(Expr::Row(exprs(lower, parts)?)),
        ast::Expr::Subquery(inner) => Ok(Expr::Subquery(Box::new(query(lower, *inner)?))),
        ast::Expr::Exists {
            subquery,
            negated: _,
        } => Ok(Expr::Exists(Box::new(query(lower, *subquery)?))),
        ast::Expr::Array(ast::Array { elem, named: _ }) => {
            let elements = exprs(lower, elem)?;
            let range = sites::array(lower.tokens, &elements);
            Ok(Expr::Array { elements, range })
        }
        ast::Expr::Function(function) => function_call(lower, function),
        ast::Expr::GroupingSets(sets) | ast::Expr::Cube(sets) | ast::Expr::Rollup(sets) => Ok(
            Expr::Row(exprs(lower, sets.into_iter().flatten().collect())?),
        ),
        ast::Expr::Between {
            expr: inner,
            negated,
            low,
            high,
        } => Ok(Expr::Between {
            negated,
            inner: boxed(lower, *inner)?,
            low: boxed(lower, *low)?,
            high: boxed(lower, *high)?,
        }),
        ast::Expr::Like {
            negated,
            any,
            expr: inner,
            pattern,
            escape_char,
        } => like(lower, false, negated, any, [*inner, *pattern], escape_char),
        ast::Expr::ILike {
            negated,
            any,
            expr: inner,
            pattern,
            escape_char,
        } => like(lower, true, negated, any, [*inner, *pattern], escape_char),
        ast::Expr::SimilarTo {
            negated: _,
            expr: inner,
            pattern,
            escape_char,
        } => {
            let mut parts = vec![*inner, *pattern];
            parts.extend(escape_char.map(|escape| *escape));
            opaque(lower, "SIMILAR TO", parts)
        }
        ast::Expr::IsTrue(inner) => opaque(lower, "IS TRUE", vec![*inner]),
        ast::Expr::IsNotTrue(inner) => opaque(lower, "IS NOT TRUE", vec![*inner]),
        ast::Expr::IsFalse(inner) => opaque(lower, "IS FALSE", vec![*inner]),
        ast::Expr::IsNotFalse(inner) => opaque(lower, "IS NOT FALSE", vec![*inner]),
        ast::Expr::IsUnknown(inner) => opaque(lower, "IS UNKNOWN", vec![*inner]),
        ast::Expr::IsNotUnknown(inner) => opaque(lower, "IS NOT UNKNOWN", vec![*inner]),
        ast::Expr::IsJson {
            expr: inner,
            kind: _,
            unique_keys: _,
            negated: _,
        } => opaque(lower, "IS JSON", vec![*inner]),
        ast::Expr::IsNormalized {
            expr: inner,
            form: _,
            negated: _,
        } => opaque(lower, "IS NORMALIZED", vec![*inner]),
        ast::Expr::AtTimeZone {
            timestamp,
            time_zone,
        } => opaque(lower, "AT TIME ZONE", vec![*timestamp, *time_zone]),
        ast::Expr::Extract {
            field,
            syntax: _,
            expr: inner,
        } => opaque(lower, extracted(&field), vec![*inner]),
        ast::Expr::Ceil { expr: inner, field } => {
            opaque(lower, rounded(&field, ["CEIL", "CEIL TO"]), vec![*inner])
        }
        ast::Expr::Floor { expr: inner, field } => {
            opaque(lower, rounded(&field, ["FLOOR", "FLOOR TO"]), vec![*inner])
        }
        ast::Expr::Position { expr: inner, r#in } => opaque(lower, "POSITION", vec![*inner, *r#in]),
        ast::Expr::Substring {
            expr: inner,
            substring_from,
            substring_for,
            special: _,
            shorthand,
        } => {
            let what = match (substring_from.is_some(), shorthand) {
                (true, false) => "SUBSTRING",
                (true, true) => "SUBSTR",
                (false, _) => "SUBSTRING FOR",
            };
            let mut parts = vec![*inner];
            parts.extend(substring_from.map(|from| *from));
            parts.extend(substring_for.map(|length| *length));
            opaque(lower, what, parts)
        }
        ast::Expr::Trim {
            trim_where,
            trim_what,
            expr: inner,
            trim_characters,
        } => {
            let mut parts = vec![*inner];
            parts.extend(trim_what.map(|what| *what));
            parts.extend(trim_characters.into_iter().flatten());
            let what = match trim_where {
                None | Some(ast::TrimWhereField::Both) => "TRIM",
                Some(ast::TrimWhereField::Leading) => "TRIM LEADING",
                Some(ast::TrimWhereField::Trailing) => "TRIM TRAILING",
            };
            opaque(lower, what, parts)
        }
        ast::Expr::Overlay {
            expr: inner,
            overlay_what,
            overlay_from,
            overlay_for,
        } => {
            let mut parts = vec![*inner, *overlay_what, *overlay_from];
            parts.extend(overlay_for.map(|length| *length));
            opaque(lower, "OVERLAY", parts)
        }
        ast::Expr::Collate {
            expr: inner,
            collation: _,
        } => opaque(lower, "COLLATE", vec![*inner]),
        ast::Expr::Interval(interval) => {
            // Before anything but a string INTERVAL is a name to the server.
            refuse(
                !matches!(*interval.value, ast::Expr::Value(_)),
                "INTERVAL without a string",
            )?;
            opaque(lower, "INTERVAL", vec![*interval.value])
        }
        ast::Expr::CompoundFieldAccess { root, access_chain } => {
            if let Some(field) = field(lower, &root, &access_chain)? {
                return Ok(field);
            }
            let (root, access_chain) = column_first(*root, access_chain);
            let mut parts = vec![root];
            let elements = access_chain.iter().all(|access| {
                matches!(
                    access,
                    ast::AccessExpr::Subscript(ast::Subscript::Index { .. })
                )
            });
            for access in access_chain {
                match access {
                    ast::AccessExpr::Dot(inner) => {
                        // A field's name is not a column: only the root counts. `(t).*` and calls are not fields.
                        refuse(
                            !matches!(inner, ast::Expr::Identifier(_)),
                            "a field that is not a name",
                        )?;
                    }
                    ast::AccessExpr::Subscript(ast::Subscript::Index { index }) => {
                        parts.push(index)
                    }
                    ast::AccessExpr::Subscript(ast::Subscript::Slice {
                        lower_bound,
                        upper_bound,
                        stride,
                    }) => {
                        parts.extend(lower_bound);
                        parts.extend(upper_bound);
                        parts.extend(stride);
                    }
                }
            }
            let what = if elements {
                "a subscript"
            } else {
                "a field or subscript"
            };
            opaque(lower, what, parts)
        }
        ast::Expr::JsonAccess { .. }
        | ast::Expr::RLike { .. }
        | ast::Expr::Convert { .. }
        | ast::Expr::Prefixed { .. }
        | ast::Expr::Struct { .. }
        | ast::Expr::Named { .. }
        | ast::Expr::Dictionary(_)
        | ast::Expr::Map(_)
        | ast::Expr::MatchAgainst { .. }
        | ast::Expr::Wildcard(_)
        | ast::Expr::QualifiedWildcard(..)
        | ast::Expr::OuterJoin(_)
        | ast::Expr::Prior(_)
        | ast::Expr::Lambda(_)
        | ast::Expr::MemberOf(_) => Err(ReadError::unread("an expression that is not understood")),
    }
}

/// `(t).c`, `(s.t).c`: one field of a name in parentheses.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever is not a name is read as an opaque field, which refuses protected parts"
)]
fn field(
    lower: &Lower<'_>,
    root: &ast::Expr,
    chain: &[ast::AccessExpr],
) -> Result<Option<Expr>, ReadError> {
    let (ast::Expr::Nested(inner), [ast::AccessExpr::Dot(ast::Expr::Identifier(name))]) =
        (root, chain)
    else {
        return Ok(None);
    };
    let row = match inner.as_ref() {
        ast::Expr::Identifier(name) => vec![lower.name(name)?],
        ast::Expr::CompoundIdentifier(parts) => parts
            .iter()
            .map(|part| lower.name(part))
            .collect::<Result<_, _>>()?,
        _ => return Ok(None),
    };
    let name = lower.name(name)?;
    let first = row.first().and_then(|name| name.token.checked_sub(1));
    let range = first.map(|first| Range {
        first,
        last: name.token,
    });
    Ok(Some(Expr::Field { row, name, range }))
}

fn like(
    lower: &Lower<'_>,
    insensitive: bool,
    negated: bool,
    any: bool,
    [left, pattern]: [ast::Expr; 2],
    escape: Option<Box<ast::Expr>>,
) -> Result<Expr, ReadError> {
    if any {
        let mut parts = vec![left, pattern];
        parts.extend(escape.map(|escape| *escape));
        return opaque(lower, "an operator with ANY or ALL", parts);
    }
    Ok(Expr::Like {
        insensitive,
        negated,
        left: boxed(lower, left)?,
        pattern: boxed(lower, pattern)?,
        escape: escape.map(|escape| boxed(lower, *escape)).transpose()?,
    })
}

/// CEIL and FLOOR, of which other dialects have more.
fn rounded(field: &ast::CeilFloorKind, [alone, other]: [&'static str; 2]) -> &'static str {
    match field {
        ast::CeilFloorKind::DateTimeField(ast::DateTimeField::NoDateTime) => alone,
        ast::CeilFloorKind::DateTimeField(_) | ast::CeilFloorKind::Scale(_) => other,
    }
}

/// EXTRACT with the parts that are told apart.
fn extracted(field: &ast::DateTimeField) -> &'static str {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others are not told apart"
    )]
    match field {
        ast::DateTimeField::Year => "EXTRACT year",
        ast::DateTimeField::Quarter => "EXTRACT quarter",
        ast::DateTimeField::Month => "EXTRACT month",
        ast::DateTimeField::Week(None) => "EXTRACT week",
        ast::DateTimeField::Day => "EXTRACT day",
        ast::DateTimeField::Dow => "EXTRACT dow",
        ast::DateTimeField::Isodow => "EXTRACT isodow",
        ast::DateTimeField::Doy => "EXTRACT doy",
        ast::DateTimeField::Hour => "EXTRACT hour",
        ast::DateTimeField::Minute => "EXTRACT minute",
        ast::DateTimeField::Second => "EXTRACT second",
        ast::DateTimeField::Milliseconds => "EXTRACT milliseconds",
        ast::DateTimeField::Microseconds => "EXTRACT microseconds",
        ast::DateTimeField::Epoch => "EXTRACT epoch",
        ast::DateTimeField::Isoyear => "EXTRACT isoyear",
        ast::DateTimeField::Decade => "EXTRACT decade",
        ast::DateTimeField::Century => "EXTRACT century",
        ast::DateTimeField::Millennium => "EXTRACT millennium",
        ast::DateTimeField::Julian => "EXTRACT julian",
        _ => "EXTRACT",
    }
}

/// From the token at one place to the token at another.
fn between(lower: &Lower<'_>, first: Span, last: Span) -> Option<Range> {
    let (first, last) = (lower.token(first).ok()?, lower.token(last).ok()?);
    let word = |at: usize, word: &str| {
        lower
            .tokens
            .get(at)
            .is_some_and(|token| token.is_word(word))
    };
    (word(first, "case") && word(last, "end")).then_some(Range { first, last })
}

/// Of `a.b.c[1]` the server reads `a.b.c` as the column: names behind a name belong to it, up to the first subscript.
fn column_first(root: ast::Expr, chain: Vec<ast::AccessExpr>) -> (ast::Expr, Vec<ast::AccessExpr>) {
    let mut path = match root {
        ast::Expr::Identifier(name) => vec![name],
        ast::Expr::CompoundIdentifier(names) => names,
        other => return (other, chain),
    };
    let mut rest = Vec::with_capacity(chain.len());
    for access in chain {
        match access {
            ast::AccessExpr::Dot(ast::Expr::Identifier(name)) if rest.is_empty() => path.push(name),
            access => rest.push(access),
        }
    }
    (ast::Expr::CompoundIdentifier(path), rest)
}
