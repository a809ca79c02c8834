//! Expressions: from sqlparser's tree to ours. What has no meaning for a plan becomes `Opaque` with **all** its
//! parts, so that nothing protected can hide in it.

use sqlparser::ast;
use sqlparser::ast::{BinaryOperator, Spanned as _};

use super::lex::TokenKind;
use super::query::{query, window};
use super::read::{Lower, ReadError};
use super::sites;
use super::statement::refuse;
use super::tree::{Call, Comparison, Constant, ConstantKind, Expr, Name, Range};

/// Lowers a list.
pub(super) fn exprs(lower: &Lower<'_>, list: Vec<ast::Expr>) -> Result<Vec<Expr>, ReadError> {
    list.into_iter().map(|one| expr(lower, one)).collect()
}

fn boxed(lower: &Lower<'_>, inner: ast::Expr) -> Result<Box<Expr>, ReadError> {
    Ok(Box::new(expr(lower, inner)?))
}

fn opaque(lower: &Lower<'_>, what: &'static str, parts: Vec<ast::Expr>) -> Result<Expr, ReadError> {
    Ok(Expr::Opaque {
        what,
        parts: exprs(lower, parts)?,
    })
}

/// Lowers one expression.
pub(super) fn expr(lower: &Lower<'_>, node: ast::Expr) -> Result<Expr, ReadError> {
    match node {
        ast::Expr::Identifier(ident) => {
            let name = lower.name(&ident)?;
            let token = lower.tokens.get(name.token);
            if token.is_some_and(|token| token.is_word("default")) {
                return Ok(Expr::Default { token: name.token });
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
            data_type: _,
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
                range,
            })
        }
        ast::Expr::Cast {
            kind,
            expr: inner,
            data_type: _,
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
        ast::Expr::IsNull(inner) | ast::Expr::IsNotNull(inner) => {
            Ok(Expr::IsNull(boxed(lower, *inner)?))
        }
        ast::Expr::IsDistinctFrom(left, right) | ast::Expr::IsNotDistinctFrom(left, right) => {
            Ok(Expr::Distinct {
                left: boxed(lower, *left)?,
                right: boxed(lower, *right)?,
            })
        }
        ast::Expr::In {
            expr: left,
            target,
            negated: _,
            global,
        } => {
            refuse(global, "GLOBAL IN")?;
            let left = boxed(lower, *left)?;
            match target {
                ast::InTarget::List(list) => Ok(Expr::In {
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
            case_token: _,
            end_token: _,
            operand,
            conditions,
            else_result,
        } => Ok(Expr::Case {
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
        ast::Expr::Array(ast::Array { elem, named: _ }) => Ok(Expr::Array(exprs(lower, elem)?)),
        ast::Expr::Function(function) => function_call(lower, function),
        ast::Expr::GroupingSets(sets) | ast::Expr::Cube(sets) | ast::Expr::Rollup(sets) => Ok(
            Expr::Row(exprs(lower, sets.into_iter().flatten().collect())?),
        ),
        ast::Expr::Between {
            expr: inner,
            negated: _,
            low,
            high,
        } => opaque(lower, "BETWEEN", vec![*inner, *low, *high]),
        ast::Expr::Like {
            negated: _,
            any,
            expr: inner,
            pattern,
            escape_char,
        }
        | ast::Expr::ILike {
            negated: _,
            any,
            expr: inner,
            pattern,
            escape_char,
        } => {
            refuse(any, "LIKE ANY of another dialect")?;
            let mut parts = vec![*inner, *pattern];
            parts.extend(escape_char.map(|escape| *escape));
            opaque(lower, "LIKE", parts)
        }
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
        ast::Expr::IsTrue(inner)
        | ast::Expr::IsNotTrue(inner)
        | ast::Expr::IsFalse(inner)
        | ast::Expr::IsNotFalse(inner)
        | ast::Expr::IsUnknown(inner)
        | ast::Expr::IsNotUnknown(inner) => opaque(lower, "IS TRUE", vec![*inner]),
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
            field: _,
            syntax: _,
            expr: inner,
        } => opaque(lower, "EXTRACT", vec![*inner]),
        ast::Expr::Ceil {
            expr: inner,
            field: _,
        } => opaque(lower, "CEIL", vec![*inner]),
        ast::Expr::Floor {
            expr: inner,
            field: _,
        } => opaque(lower, "FLOOR", vec![*inner]),
        ast::Expr::Position { expr: inner, r#in } => opaque(lower, "POSITION", vec![*inner, *r#in]),
        ast::Expr::Substring {
            expr: inner,
            substring_from,
            substring_for,
            special: _,
            shorthand: _,
        } => {
            let mut parts = vec![*inner];
            parts.extend(substring_from.map(|from| *from));
            parts.extend(substring_for.map(|length| *length));
            opaque(lower, "SUBSTRING", parts)
        }
        ast::Expr::Trim {
            trim_where: _,
            trim_what,
            expr: inner,
            trim_characters,
        } => {
            let mut parts = vec![*inner];
            parts.extend(trim_what.map(|what| *what));
            parts.extend(trim_characters.into_iter().flatten());
            opaque(lower, "TRIM", parts)
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
        ast::Expr::Interval(interval) => opaque(lower, "INTERVAL", vec![*interval.value]),
        ast::Expr::CompoundFieldAccess { root, access_chain } => {
            let mut parts = vec![*root];
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
            opaque(lower, "a field or subscript", parts)
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

fn constant(lower: &Lower<'_>, value: ast::ValueWithSpan) -> Result<Expr, ReadError> {
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

fn number_kind(number: &str, sign: &str) -> ConstantKind {
    let signed = format!("{sign}{number}");
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        ConstantKind::Integer(signed)
    } else {
        ConstantKind::Decimal(signed)
    }
}

/// A binary operator. Chains lean left: they are walked in a loop, so that long ones need no deep stack.
fn binary(
    lower: &Lower<'_>,
    left: ast::Expr,
    op: BinaryOperator,
    right: ast::Expr,
) -> Result<Expr, ReadError> {
    if matches!(op, BinaryOperator::And | BinaryOperator::Or) {
        let mut parts = vec![expr(lower, right)?];
        let mut rest = left;
        while let ast::Expr::BinaryOp {
            left,
            op: BinaryOperator::And | BinaryOperator::Or,
            right,
        } = rest
        {
            parts.push(expr(lower, *right)?);
            rest = *left;
        }
        parts.push(expr(lower, rest)?);
        parts.reverse();
        return Ok(Expr::Logic(parts));
    }
    if let Some(op) = comparison(&op) {
        return Ok(Expr::Compare {
            op,
            left: boxed(lower, left)?,
            right: boxed(lower, right)?,
        });
    }
    let mut parts = vec![expr(lower, right)?];
    let mut rest = left;
    loop {
        match rest {
            ast::Expr::BinaryOp { left, op, right }
                if comparison(&op).is_none()
                    && !matches!(op, BinaryOperator::And | BinaryOperator::Or) =>
            {
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
        what: "an operator",
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

fn unary(lower: &Lower<'_>, op: ast::UnaryOperator, inner: ast::Expr) -> Result<Expr, ReadError> {
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

fn quantified(
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

fn function_call(lower: &Lower<'_>, function: ast::Function) -> Result<Expr, ReadError> {
    let call = call(lower, function)?;
    match call {
        Called::Row(parts) => Ok(Expr::Row(parts)),
        Called::ArrayQuery(inner) => Ok(Expr::ArrayQuery(inner)),
        Called::Call(call) => Ok(Expr::Call(call)),
    }
}

/// What has the shape of a call.
pub(super) enum Called {
    Row(Vec<Expr>),
    ArrayQuery(Box<super::tree::Query>),
    Call(Box<Call>),
}

/// Lowers a call.
pub(super) fn call(lower: &Lower<'_>, function: ast::Function) -> Result<Called, ReadError> {
    let span = function.name.span();
    let ast::Function {
        name,
        uses_odbc_syntax,
        parameters,
        args,
        within_group,
        filter,
        null_treatment,
        over,
    } = function;
    refuse(
        uses_odbc_syntax
            || null_treatment.is_some()
            || !matches!(parameters, ast::FunctionArguments::None),
        "a call of another dialect",
    )?;
    lower.token(span)?;
    let name = lower.path(&name)?;
    let plain = |word: &str| name.len() == 1 && name.first().is_some_and(|own| own.text == word);
    let mut made = Call {
        name: name.clone(),
        args: Vec::new(),
        star: false,
        distinct: false,
        order_by: Vec::new(),
        within_group: !within_group.is_empty(),
        filter: filter.map(|filter| expr(lower, *filter)).transpose()?,
        over: over.map(|over| window(lower, over)).transpose()?,
    };
    match args {
        ast::FunctionArguments::None => {}
        ast::FunctionArguments::Subquery(inner) => {
            let inner = Box::new(query(lower, *inner)?);
            if plain("array") {
                return Ok(Called::ArrayQuery(inner));
            }
            made.args.push(Expr::Subquery(inner));
        }
        ast::FunctionArguments::List(ast::FunctionArgumentList {
            duplicate_treatment,
            args,
            clauses,
        }) => {
            made.distinct = matches!(duplicate_treatment, Some(ast::DuplicateTreatment::Distinct));
            for arg in args {
                match arg {
                    ast::FunctionArg::Named {
                        name: _,
                        arg,
                        operator: _,
                    }
                    | ast::FunctionArg::Unnamed(arg) => {
                        argument(lower, arg, &mut made)?;
                    }
                    ast::FunctionArg::ExprNamed { .. } => {
                        return Err(ReadError::unread("an argument named by an expression"));
                    }
                }
            }
            for clause in clauses {
                match clause {
                    ast::FunctionArgumentClause::OrderBy(list) => {
                        for one in list {
                            made.order_by.push(expr(lower, one.expr)?);
                        }
                    }
                    ast::FunctionArgumentClause::JsonNullClause(_)
                    | ast::FunctionArgumentClause::JsonReturningClause(_) => {}
                    ast::FunctionArgumentClause::IgnoreOrRespectNulls(_)
                    | ast::FunctionArgumentClause::Where(_)
                    | ast::FunctionArgumentClause::Limit(_)
                    | ast::FunctionArgumentClause::OnOverflow(_)
                    | ast::FunctionArgumentClause::Having(_)
                    | ast::FunctionArgumentClause::Separator(_) => {
                        return Err(ReadError::unread("an argument clause of another dialect"));
                    }
                }
            }
        }
    }
    for one in within_group {
        made.order_by.push(expr(lower, one.expr)?);
    }
    if plain("row") {
        return Ok(Called::Row(made.args));
    }
    Ok(Called::Call(Box::new(made)))
}

fn argument(
    lower: &Lower<'_>,
    arg: ast::FunctionArgExpr,
    call: &mut Call,
) -> Result<(), ReadError> {
    match arg {
        ast::FunctionArgExpr::Expr(inner) => call.args.push(expr(lower, inner)?),
        // `f(t.*)` is the row even where `t` is a column's name too: the path ends in a star.
        ast::FunctionArgExpr::QualifiedWildcard(name) => {
            let mut path = lower.path(&name)?;
            let token = path.last().map_or(0, |name| name.token);
            path.push(Name {
                text: "*".to_owned(),
                token,
            });
            call.args.push(Expr::Column { path });
        }
        ast::FunctionArgExpr::Wildcard => call.star = true,
        ast::FunctionArgExpr::WildcardWithOptions(_) => {
            return Err(ReadError::unread("an argument of another dialect"));
        }
    }
    Ok(())
}

/// The arguments of a function in FROM.
pub(super) fn arguments(
    lower: &Lower<'_>,
    name: &ast::ObjectName,
    args: Vec<ast::FunctionArg>,
) -> Result<Call, ReadError> {
    let mut made = Call {
        name: lower.path(name)?,
        args: Vec::new(),
        star: false,
        distinct: false,
        order_by: Vec::new(),
        within_group: false,
        filter: None,
        over: None,
    };
    for arg in args {
        match arg {
            ast::FunctionArg::Named {
                name: _,
                arg,
                operator: _,
            }
            | ast::FunctionArg::Unnamed(arg) => {
                argument(lower, arg, &mut made)?;
            }
            ast::FunctionArg::ExprNamed { .. } => {
                return Err(ReadError::unread("an argument named by an expression"));
            }
        }
    }
    Ok(made)
}
