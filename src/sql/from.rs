//! FROM: from sqlparser's tree to ours.

use sqlparser::ast;

use super::call::arguments;
use super::constant::constant;
use super::expression::{expr, exprs};
use super::query::query;
use super::read::{Lower, ReadError};
use super::statement::{refuse, single};
use super::tree::{Alias, Call, Expr, JoinOn, Name, Shows, Source};

/// Lowers an entry of FROM with its joins.
pub(super) fn with_joins(
    lower: &Lower<'_>,
    node: ast::TableWithJoins,
) -> Result<Source, ReadError> {
    let ast::TableWithJoins { relation, joins } = node;
    let mut left = source(lower, relation)?;
    for ast::Join {
        relation,
        global,
        join_operator,
    } in joins
    {
        refuse(global, "GLOBAL JOIN")?;
        let (constraint, shows) = match join_operator {
            ast::JoinOperator::Join(constraint)
            | ast::JoinOperator::Inner(constraint)
            | ast::JoinOperator::Left(constraint)
            | ast::JoinOperator::LeftOuter(constraint)
            | ast::JoinOperator::CrossJoin(constraint) => (constraint, Shows::Left),
            ast::JoinOperator::Right(constraint) | ast::JoinOperator::RightOuter(constraint) => {
                (constraint, Shows::Right)
            }
            ast::JoinOperator::FullOuter(constraint) => (constraint, Shows::Either),
            ast::JoinOperator::Semi(_)
            | ast::JoinOperator::LeftSemi(_)
            | ast::JoinOperator::RightSemi(_)
            | ast::JoinOperator::Anti(_)
            | ast::JoinOperator::LeftAnti(_)
            | ast::JoinOperator::RightAnti(_)
            | ast::JoinOperator::CrossApply
            | ast::JoinOperator::OuterApply
            | ast::JoinOperator::AsOf { .. }
            | ast::JoinOperator::StraightJoin(_)
            | ast::JoinOperator::ArrayJoin
            | ast::JoinOperator::LeftArrayJoin
            | ast::JoinOperator::InnerArrayJoin => {
                return Err(ReadError::unread("a join of another dialect"));
            }
        };
        let on = match constraint {
            ast::JoinConstraint::On(condition) => JoinOn::Condition(expr(lower, condition)?),
            ast::JoinConstraint::Using(columns) => JoinOn::Using {
                columns: using(lower, &columns)?,
                alias: None,
            },
            ast::JoinConstraint::UsingAlias(columns, alias) => JoinOn::Using {
                columns: using(lower, &columns)?,
                alias: Some(lower.name(&alias)?.text),
            },
            ast::JoinConstraint::Natural => JoinOn::Natural,
            ast::JoinConstraint::None => JoinOn::Cross,
        };
        left = Source::Join {
            left: Box::new(left),
            right: Box::new(source(lower, relation)?),
            shows,
            on,
            alias: None,
        };
    }
    Ok(left)
}

fn using(lower: &Lower<'_>, columns: &[ast::ObjectName]) -> Result<Vec<Name>, ReadError> {
    columns.iter().map(|column| single(lower, column)).collect()
}

/// Arguments of TABLESAMPLE.
fn sampled(
    lower: &Lower<'_>,
    sample: Option<ast::TableSampleKind>,
) -> Result<Vec<Expr>, ReadError> {
    let sample = match sample {
        None => return Ok(Vec::new()),
        Some(ast::TableSampleKind::BeforeTableAlias(_)) => {
            return Err(ReadError::unread("TABLESAMPLE before an alias"));
        }
        Some(ast::TableSampleKind::AfterTableAlias(sample)) => *sample,
    };
    let ast::TableSample {
        modifier,
        name,
        quantity,
        seed,
        bucket,
        offset,
    } = sample;
    refuse(
        modifier != ast::TableSampleModifier::TableSample
            || !matches!(
                name,
                Some(ast::TableSampleMethod::Bernoulli | ast::TableSampleMethod::System)
            )
            || bucket.is_some()
            || offset.is_some(),
        "a sample of another dialect",
    )?;
    let Some(ast::TableSampleQuantity {
        parenthesized: true,
        value,
        unit: None,
    }) = quantity
    else {
        return Err(ReadError::unread("a sample of another dialect"));
    };
    let mut arguments = vec![expr(lower, value)?];
    if let Some(ast::TableSampleSeed { modifier, value }) = seed {
        refuse(
            modifier != ast::TableSampleSeedModifier::Repeatable,
            "a sample of another dialect",
        )?;
        arguments.push(constant(lower, value)?);
    }
    Ok(arguments)
}

/// `ROWS FROM (…)`, which the reading copy has as a call of `rows`: the calls in it.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the wildcard refuses: only calls stand in ROWS FROM"
)]
fn rows_from(call: Call) -> Result<Vec<Call>, ReadError> {
    call.args
        .into_iter()
        .map(|one| match one {
            Expr::Call(call) => Ok(*call),
            _ => Err(ReadError::unread("ROWS FROM of something else than calls")),
        })
        .collect()
}

/// Lowers one entry of FROM.
pub(super) fn source(lower: &Lower<'_>, node: ast::TableFactor) -> Result<Source, ReadError> {
    match node {
        ast::TableFactor::Table {
            name,
            alias: given,
            args,
            with_hints,
            version,
            with_ordinality,
            partitions,
            json_path,
            sample,
            index_directives,
            inheritance: _,
        } => {
            refuse(
                !with_hints.is_empty()
                    || version.is_some()
                    || !partitions.is_empty()
                    || json_path.is_some()
                    || !index_directives.is_empty(),
                "a table with options",
            )?;
            let alias = given.map(|given| alias(lower, given)).transpose()?;
            match args {
                None => Ok(Source::Named {
                    path: lower.path(&name)?,
                    alias,
                    sample: sampled(lower, sample)?,
                }),
                Some(ast::TableFunctionArgs { args, settings }) => {
                    refuse(settings.is_some() || sample.is_some(), "SETTINGS")?;
                    function(lower, &name, args, with_ordinality, alias)
                }
            }
        }
        ast::TableFactor::Derived {
            lateral,
            subquery,
            alias: given,
            sample,
        } => {
            refuse(sample.is_some(), "a sample of a subquery")?;
            Ok(Source::Derived {
                lateral,
                query: Box::new(query(lower, *subquery)?),
                alias: given.map(|given| alias(lower, given)).transpose()?,
            })
        }
        ast::TableFactor::Function {
            lateral: _,
            name,
            args,
            with_ordinality,
            alias: given,
        } => {
            let alias = given.map(|given| alias(lower, given)).transpose()?;
            function(lower, &name, args, with_ordinality, alias)
        }
        ast::TableFactor::UNNEST {
            alias: given,
            array_exprs,
            with_offset,
            with_offset_alias,
            with_ordinality,
        } => {
            refuse(
                with_offset || with_offset_alias.is_some(),
                "UNNEST of another dialect",
            )?;
            Ok(Source::Unnest {
                arrays: exprs(lower, array_exprs)?,
                ordinality: with_ordinality,
                alias: given.map(|given| alias(lower, given)).transpose()?,
            })
        }
        ast::TableFactor::NestedJoin {
            table_with_joins,
            alias: given,
        } => {
            let inner = with_joins(lower, *table_with_joins)?;
            match (inner, given) {
                (inner, None) => Ok(inner),
                (
                    Source::Join {
                        left,
                        right,
                        shows,
                        on,
                        alias: None,
                    },
                    Some(given),
                ) => Ok(Source::Join {
                    left,
                    right,
                    shows,
                    on,
                    alias: Some(alias(lower, given)?),
                }),
                (
                    Source::Join { .. }
                    | Source::Named { .. }
                    | Source::Derived { .. }
                    | Source::RowsFrom { .. }
                    | Source::Function { .. }
                    | Source::Unnest { .. },
                    Some(_),
                ) => Err(ReadError::unread("an alias of something in parentheses")),
            }
        }
        ast::TableFactor::TableFunction { .. }
        | ast::TableFactor::JsonTable { .. }
        | ast::TableFactor::OpenJsonTable { .. }
        | ast::TableFactor::Pivot { .. }
        | ast::TableFactor::Unpivot { .. }
        | ast::TableFactor::UnpivotExpr { .. }
        | ast::TableFactor::MatchRecognize { .. }
        | ast::TableFactor::XmlTable { .. }
        | ast::TableFactor::SemanticView { .. } => Err(ReadError::unread(
            "a table expression that is not understood",
        )),
    }
}

fn function(
    lower: &Lower<'_>,
    name: &ast::ObjectName,
    args: Vec<ast::FunctionArg>,
    ordinality: bool,
    alias: Option<Alias>,
) -> Result<Source, ReadError> {
    let call = arguments(lower, name, args)?;
    let rows = match call.name.as_slice() {
        [name] => {
            let next = lower.tokens.get(name.token + 1);
            name.text == "rows" && next.is_some_and(|next| next.is_word("from"))
        }
        _ => false,
    };
    if rows {
        return Ok(Source::RowsFrom {
            calls: rows_from(call)?,
            ordinality,
            alias,
        });
    }
    Ok(Source::Function {
        call,
        ordinality,
        alias,
    })
}

/// Lowers an alias.
pub(super) fn alias(lower: &Lower<'_>, node: ast::TableAlias) -> Result<Alias, ReadError> {
    let ast::TableAlias {
        explicit: _,
        name,
        columns,
        at,
    } = node;
    refuse(at.is_some(), "an alias of another dialect")?;
    Ok(Alias {
        name: lower.name(&name)?.text,
        typed: !columns.is_empty() && columns.iter().all(|column| column.data_type.is_some()),
        columns: columns
            .iter()
            .map(|column| Ok(lower.name(&column.name)?.text))
            .collect::<Result<_, ReadError>>()?,
    })
}
