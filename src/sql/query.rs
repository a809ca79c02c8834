//! Queries: from sqlparser's tree to ours.

use sqlparser::ast;

use super::expression::{expr, exprs};
use super::from::with_joins;
use super::merge::merge;
use super::read::{Lower, ReadError};
use super::statement::{delete, insert, refuse, update};
use super::tree::{
    Body, CommonTable, Direction, Distinct, Expr, Item, Query, Select, Statement, Tail, Window,
    With,
};

/// A query as a statement: `WITH … INSERT` is an INSERT.
pub(super) fn query_statement(lower: &Lower<'_>, node: ast::Query) -> Result<Statement, ReadError> {
    let made = query(lower, node)?;
    let Query {
        with,
        body,
        order_by,
        bounds,
        tail,
    } = made;
    match body {
        Body::Change(statement) if order_by.is_empty() && bounds.is_empty() => {
            let Some(with) = with else {
                return Ok(*statement);
            };
            match *statement {
                Statement::Insert(mut inner) => {
                    inner.with = Some(with);
                    Ok(Statement::Insert(inner))
                }
                Statement::Update(mut inner) => {
                    inner.with = Some(with);
                    Ok(Statement::Update(inner))
                }
                Statement::Delete(mut inner) => {
                    inner.with = Some(with);
                    Ok(Statement::Delete(inner))
                }
                Statement::Merge(mut inner) => {
                    inner.with = Some(with);
                    Ok(Statement::Merge(inner))
                }
                Statement::Query(_)
                | Statement::Truncate { .. }
                | Statement::Call(_)
                | Statement::Explain { .. } => Err(ReadError::unread("WITH before something else")),
            }
        }
        body => Ok(Statement::Query(Box::new(Query {
            with,
            body,
            order_by,
            bounds,
            tail,
        }))),
    }
}

/// Lowers a query.
pub(super) fn query(lower: &Lower<'_>, node: ast::Query) -> Result<Query, ReadError> {
    let ast::Query {
        with,
        body,
        order_by,
        limit_clause,
        fetch,
        locks,
        for_clause,
        settings,
        format_clause,
        pipe_operators,
    } = node;
    refuse(
        for_clause.is_some()
            || settings.is_some()
            || format_clause.is_some()
            || !pipe_operators.is_empty(),
        "a query clause of another dialect",
    )?;
    let mut bounds = Vec::new();
    let mut tail = Tail {
        locks: !locks.is_empty(),
        ..Tail::default()
    };
    match limit_clause {
        None => {}
        Some(ast::LimitClause::LimitOffset {
            limit,
            offset,
            limit_by,
        }) => {
            refuse(!limit_by.is_empty(), "LIMIT BY")?;
            tail.limit = limit.as_ref().map(|_| bounds.len());
            bounds.extend(limit);
            tail.offset = offset.as_ref().map(|_| bounds.len());
            bounds.extend(offset.map(|offset| offset.value));
        }
        Some(ast::LimitClause::OffsetCommaLimit { .. }) => {
            return Err(ReadError::unread("LIMIT of another dialect"));
        }
    }
    if let Some(ast::Fetch {
        with_ties,
        percent,
        quantity,
    }) = fetch
    {
        tail.ties = with_ties || percent || tail.limit.is_some();
        tail.one = quantity.is_none();
        tail.limit = quantity.as_ref().map(|_| bounds.len());
        bounds.extend(quantity);
    }
    if let Some(ast::OrderBy {
        kind: ast::OrderByKind::Expressions(list),
        interpolate: _,
    }) = &order_by
    {
        tail.directions = list.iter().map(|one| direction(&one.options)).collect();
    }
    Ok(Query {
        with: with.map(|with| self::with(lower, with)).transpose()?,
        body: self::body(lower, *body)?,
        order_by: match order_by {
            None => Vec::new(),
            Some(ast::OrderBy {
                kind: ast::OrderByKind::Expressions(list),
                interpolate,
            }) => {
                refuse(interpolate.is_some(), "INTERPOLATE")?;
                order(lower, list)?
            }
            Some(ast::OrderBy {
                kind: ast::OrderByKind::All(_),
                interpolate: _,
            }) => {
                return Err(ReadError::unread("ORDER BY ALL"));
            }
        },
        bounds: exprs(lower, bounds)?,
        tail,
    })
}

fn direction(options: &ast::OrderByOptions) -> Direction {
    let descending = matches!(options.sort, Some(ast::OrderBySort::Desc));
    Direction {
        descending,
        nulls_first: options.nulls_first.unwrap_or(descending),
        using: matches!(options.sort, Some(ast::OrderBySort::Using(_))),
    }
}

fn order(lower: &Lower<'_>, list: Vec<ast::OrderByExpr>) -> Result<Vec<Expr>, ReadError> {
    list.into_iter()
        .map(
            |ast::OrderByExpr {
                 expr: inner,
                 options: _,
                 with_fill,
             }| {
                refuse(with_fill.is_some(), "WITH FILL")?;
                expr(lower, inner)
            },
        )
        .collect()
}

fn with(lower: &Lower<'_>, with: ast::With) -> Result<With, ReadError> {
    let ast::With {
        with_token: _,
        recursive,
        cte_tables,
    } = with;
    let tables = cte_tables
        .into_iter()
        .map(
            |ast::Cte {
                 alias,
                 query,
                 from,
                 materialized: _,
                 closing_paren_token: _,
             }| {
                refuse(
                    from.is_some() || alias.at.is_some(),
                    "WITH of another dialect",
                )?;
                Ok(CommonTable {
                    name: lower.name(&alias.name)?,
                    columns: alias
                        .columns
                        .iter()
                        .map(|column| lower.name(&column.name))
                        .collect::<Result<_, _>>()?,
                    statement: query_statement(lower, *query)?,
                })
            },
        )
        .collect::<Result<_, ReadError>>()?;
    Ok(With { recursive, tables })
}

fn body(lower: &Lower<'_>, node: ast::SetExpr) -> Result<Body, ReadError> {
    lower.deeper(|| one(lower, node))
}

fn one(lower: &Lower<'_>, node: ast::SetExpr) -> Result<Body, ReadError> {
    match node {
        ast::SetExpr::Select(inner) => Ok(Body::Select(Box::new(select(lower, *inner)?))),
        ast::SetExpr::Query(inner) => Ok(Body::Query(Box::new(query(lower, *inner)?))),
        ast::SetExpr::Values(ast::Values {
            explicit_row,
            value_keyword,
            rows,
        }) => {
            refuse(explicit_row || value_keyword, "VALUES of another dialect")?;
            Ok(Body::Values(
                rows.into_iter()
                    .map(|row| exprs(lower, row.content))
                    .collect::<Result<_, _>>()?,
            ))
        }
        ast::SetExpr::SetOperation {
            left,
            op,
            set_quantifier,
            right,
        } => {
            let all = match set_quantifier {
                ast::SetQuantifier::All => true,
                ast::SetQuantifier::Distinct | ast::SetQuantifier::None => false,
                ast::SetQuantifier::ByName
                | ast::SetQuantifier::AllByName
                | ast::SetQuantifier::DistinctByName => {
                    return Err(ReadError::unread("a set operation by name"));
                }
            };
            let union = match op {
                ast::SetOperator::Union => true,
                ast::SetOperator::Intersect | ast::SetOperator::Except => false,
                ast::SetOperator::Minus => return Err(ReadError::unread("MINUS")),
            };
            Ok(Body::Set {
                compares: !(union && all),
                left: Box::new(body(lower, *left)?),
                right: Box::new(body(lower, *right)?),
            })
        }
        ast::SetExpr::Insert(ast::Statement::Insert(inner)) => Ok(Body::Change(Box::new(
            Statement::Insert(Box::new(insert(lower, inner)?)),
        ))),
        ast::SetExpr::Update(ast::Statement::Update(inner)) => Ok(Body::Change(Box::new(
            Statement::Update(Box::new(update(lower, inner)?)),
        ))),
        ast::SetExpr::Delete(ast::Statement::Delete(inner)) => Ok(Body::Change(Box::new(
            Statement::Delete(Box::new(delete(lower, inner)?)),
        ))),
        ast::SetExpr::Merge(ast::Statement::Merge(inner)) => Ok(Body::Change(Box::new(
            Statement::Merge(Box::new(merge(lower, inner)?)),
        ))),
        ast::SetExpr::Insert(_)
        | ast::SetExpr::Update(_)
        | ast::SetExpr::Delete(_)
        | ast::SetExpr::Merge(_) => Err(ReadError::unread("a statement inside a query")),
        // Its names carry no place: the reading copy has SELECT * FROM in its place.
        ast::SetExpr::Table(_) => Err(ReadError::unread("TABLE as a query")),
    }
}

fn select(lower: &Lower<'_>, node: ast::Select) -> Result<Select, ReadError> {
    let ast::Select {
        select_token,
        optimizer_hints: _,
        distinct,
        select_modifiers,
        top,
        top_before_distinct: _,
        projection,
        exclude,
        into,
        from,
        lateral_views,
        prewhere,
        selection,
        connect_by,
        group_by,
        cluster_by,
        distribute_by,
        sort_by,
        having,
        named_window,
        qualify,
        window_before_qualify: _,
        value_table_mode,
        flavor,
    } = node;
    refuse(
        select_modifiers.is_some()
            || top.is_some()
            || exclude.is_some()
            || !lateral_views.is_empty()
            || prewhere.is_some()
            || !connect_by.is_empty()
            || !cluster_by.is_empty()
            || !distribute_by.is_empty()
            || !sort_by.is_empty()
            || qualify.is_some()
            || value_table_mode.is_some()
            || !matches!(flavor, ast::SelectFlavor::Standard),
        "a SELECT of another dialect",
    )?;
    let group_by = match group_by {
        ast::GroupByExpr::All(_) => return Err(ReadError::unread("GROUP BY ALL")),
        ast::GroupByExpr::Expressions(list, modifiers) => {
            refuse(!modifiers.is_empty(), "a GROUP BY modifier")?;
            exprs(lower, list)?
        }
    };
    Ok(Select {
        token: lower.token(select_token.0.span).ok(),
        distinct: match distinct {
            None | Some(ast::Distinct::All) => Distinct::No,
            Some(ast::Distinct::Distinct) => Distinct::Rows,
            Some(ast::Distinct::On(list)) => Distinct::On(exprs(lower, list)?),
        },
        items: projection
            .into_iter()
            .map(|one| item(lower, one))
            .collect::<Result<_, _>>()?,
        into: into.is_some(),
        from: from
            .into_iter()
            .map(|one| with_joins(lower, one))
            .collect::<Result<_, _>>()?,
        filter: selection
            .map(|selection| expr(lower, selection))
            .transpose()?,
        group_by,
        having: having.map(|having| expr(lower, having)).transpose()?,
        windows: named_window
            .into_iter()
            .map(|ast::NamedWindowDefinition(_, window)| match window {
                ast::NamedWindowExpr::NamedWindow(_) => Ok(Window::default()),
                ast::NamedWindowExpr::WindowSpec(spec) => window_spec(lower, spec),
            })
            .collect::<Result<_, _>>()?,
    })
}

/// Lowers an entry of a select list.
pub(super) fn item(lower: &Lower<'_>, node: ast::SelectItem) -> Result<Item, ReadError> {
    let plain = |options: &ast::WildcardAdditionalOptions| {
        refuse(
            options.opt_ilike.is_some()
                || options.opt_exclude.is_some()
                || options.opt_except.is_some()
                || options.opt_replace.is_some()
                || options.opt_rename.is_some()
                || options.opt_alias.is_some(),
            "a wildcard of another dialect",
        )
    };
    match node {
        ast::SelectItem::UnnamedExpr(inner) => Ok(Item::Expr {
            expr: expr(lower, inner)?,
            alias: None,
        }),
        ast::SelectItem::ExprWithAlias { expr: inner, alias } => Ok(Item::Expr {
            expr: expr(lower, inner)?,
            alias: Some(lower.name(&alias)?.text),
        }),
        ast::SelectItem::ExprWithAliases { .. } => Err(ReadError::unread("several aliases")),
        ast::SelectItem::QualifiedWildcard(kind, options) => {
            plain(&options)?;
            match kind {
                ast::SelectItemQualifiedWildcardKind::ObjectName(name) => {
                    let of = lower.path(&name)?;
                    let token = of.first().map_or(0, |name| name.token);
                    Ok(Item::All {
                        of: Some(of),
                        token,
                    })
                }
                ast::SelectItemQualifiedWildcardKind::Expr(_) => {
                    Err(ReadError::unread("the fields of an expression"))
                }
            }
        }
        ast::SelectItem::Wildcard(options) => {
            plain(&options)?;
            Ok(Item::All { of: None, token: 0 })
        }
    }
}

/// Lowers OVER.
pub(super) fn window(lower: &Lower<'_>, node: ast::WindowType) -> Result<Window, ReadError> {
    match node {
        ast::WindowType::WindowSpec(spec) => window_spec(lower, spec),
        // Its definition in WINDOW is lowered with the SELECT.
        ast::WindowType::NamedWindow(_) => Ok(Window::default()),
    }
}

fn window_spec(lower: &Lower<'_>, spec: ast::WindowSpec) -> Result<Window, ReadError> {
    let ast::WindowSpec {
        window_name: _,
        partition_by,
        order_by,
        window_frame,
    } = spec;
    let mut bounds = Vec::new();
    let mut by_distance = false;
    if let Some(ast::WindowFrame {
        units,
        start_bound,
        end_bound,
    }) = window_frame
    {
        by_distance = matches!(units, ast::WindowFrameUnits::Range);
        for bound in std::iter::once(start_bound).chain(end_bound) {
            match bound {
                ast::WindowFrameBound::CurrentRow => {}
                ast::WindowFrameBound::Preceding(inner)
                | ast::WindowFrameBound::Following(inner) => {
                    bounds.extend(inner.map(|inner| *inner));
                }
            }
        }
    }
    Ok(Window {
        partition_by: exprs(lower, partition_by)?,
        order_by: order(lower, order_by)?,
        by_distance: by_distance && !bounds.is_empty(),
        bounds: exprs(lower, bounds)?,
    })
}
