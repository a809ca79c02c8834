//! Function calls, in expressions and in FROM.

use sqlparser::ast;
use sqlparser::ast::Spanned as _;

use super::expression::expr;
use super::query::{query, window};
use super::read::{Lower, ReadError};
use super::statement::refuse;
use super::tree::{Call, Expr, Name};

pub(super) fn function_call(lower: &Lower<'_>, function: ast::Function) -> Result<Expr, ReadError> {
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
        names: Vec::new(),
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
            made.names.push(None);
        }
        ast::FunctionArguments::List(ast::FunctionArgumentList {
            duplicate_treatment,
            args,
            clauses,
        }) => {
            made.distinct = matches!(duplicate_treatment, Some(ast::DuplicateTreatment::Distinct));
            for arg in args {
                argument_of(lower, arg, &mut made)?;
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

/// One argument, with the name that it is given by.
fn argument_of(lower: &Lower<'_>, arg: ast::FunctionArg, call: &mut Call) -> Result<(), ReadError> {
    let (name, arg) = match arg {
        ast::FunctionArg::Named {
            name,
            arg,
            operator: _,
        } => (Some(lower.name(&name)?.text), arg),
        ast::FunctionArg::Unnamed(arg) => (None, arg),
        ast::FunctionArg::ExprNamed {
            name: ast::Expr::Identifier(name),
            arg,
            operator: _,
        } => (Some(lower.name(&name)?.text), arg),
        ast::FunctionArg::ExprNamed { .. } => {
            return Err(ReadError::unread("an argument named by an expression"));
        }
    };
    let before = call.args.len();
    argument(lower, arg, call)?;
    if call.args.len() > before {
        call.names.push(name);
    }
    Ok(())
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
        names: Vec::new(),
        star: false,
        distinct: false,
        order_by: Vec::new(),
        within_group: false,
        filter: None,
        over: None,
    };
    for arg in args {
        argument_of(lower, arg, &mut made)?;
    }
    Ok(made)
}
