//! MERGE: from sqlparser's tree to ours.

use sqlparser::ast;

use super::expression::{expr, exprs};
use super::from::source;
use super::read::{Lower, ReadError};
use super::statement::{assignment, refuse, single, target_table};
use super::tree::{Merge, MergeAction, MergeClause, Merged};

/// Lowers MERGE.
pub(super) fn merge(lower: &Lower<'_>, merge: ast::Merge) -> Result<Merge, ReadError> {
    let ast::Merge {
        merge_token: _,
        optimizer_hints: _,
        into: _,
        table,
        source: from,
        on,
        clauses,
        output,
    } = merge;
    refuse(output.is_some(), "MERGE with RETURNING")?;
    let (table, alias) = target_table(lower, table)?;
    Ok(Merge {
        with: None,
        table,
        alias,
        source: source(lower, from)?,
        on: expr(lower, *on)?,
        clauses: clauses
            .into_iter()
            .map(|one| clause(lower, one))
            .collect::<Result<_, _>>()?,
    })
}

fn clause(lower: &Lower<'_>, clause: ast::MergeClause) -> Result<MergeClause, ReadError> {
    let ast::MergeClause {
        when_token: _,
        clause_kind,
        predicate,
        action: done,
    } = clause;
    Ok(MergeClause {
        of: match clause_kind {
            ast::MergeClauseKind::Matched => Merged::Both,
            ast::MergeClauseKind::NotMatched | ast::MergeClauseKind::NotMatchedByTarget => {
                Merged::Source
            }
            ast::MergeClauseKind::NotMatchedBySource => Merged::Target,
        },
        filter: predicate
            .map(|predicate| expr(lower, predicate))
            .transpose()?,
        action: action(lower, done)?,
    })
}

fn action(lower: &Lower<'_>, action: ast::MergeAction) -> Result<MergeAction, ReadError> {
    match action {
        ast::MergeAction::Insert(ast::MergeInsertExpr {
            insert_token,
            columns,
            kind_token,
            kind,
            insert_predicate,
        }) => {
            refuse(insert_predicate.is_some(), "INSERT … WHERE in MERGE")?;
            let ast::MergeInsertKind::Values(ast::Values {
                explicit_row,
                value_keyword,
                mut rows,
            }) = kind
            else {
                return Err(ReadError::unread("INSERT of another dialect in MERGE"));
            };
            refuse(explicit_row || value_keyword, "VALUES of another dialect")?;
            let (Some(row), true) = (rows.pop(), rows.is_empty()) else {
                return Err(ReadError::unread("several rows in an INSERT of MERGE"));
            };
            Ok(MergeAction::Insert {
                token: lower.token(insert_token.0.span)?,
                columns: columns
                    .iter()
                    .map(|column| single(lower, column))
                    .collect::<Result<_, _>>()?,
                values: lower.token(kind_token.0.span)?,
                row: exprs(lower, row.content)?,
            })
        }
        ast::MergeAction::Update(ast::MergeUpdateExpr {
            update_token: _,
            kind,
            update_predicate,
            delete_predicate,
        }) => {
            refuse(
                update_predicate.is_some() || delete_predicate.is_some(),
                "UPDATE … WHERE in MERGE",
            )?;
            match kind {
                ast::MergeUpdateKind::Set(list) => Ok(MergeAction::Update(
                    list.into_iter()
                        .map(|one| assignment(lower, one))
                        .collect::<Result<_, _>>()?,
                )),
                ast::MergeUpdateKind::Wildcard => {
                    Err(ReadError::unread("UPDATE SET * of another dialect"))
                }
            }
        }
        ast::MergeAction::Delete { delete_token: _ } => Ok(MergeAction::Delete),
        ast::MergeAction::DoNothing {
            do_token: _,
            nothing_token: _,
        } => Ok(MergeAction::Nothing),
    }
}
