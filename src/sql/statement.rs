//! Statements: from sqlparser's tree to ours. Every field of every node is named, so that a new one breaks the build.

use sqlparser::ast;

use super::call::{Called, call};
use super::expression::expr;
use super::from::{source, with_joins};
use super::merge::merge;
use super::query::{item, query, query_statement};
use super::read::{Lower, ReadError};
use super::tree::{Assignment, Conflict, Delete, Insert, Name, Source, Statement, Update};

/// Lowers a statement that a plan can be made for.
pub(super) fn lower(lower: &Lower<'_>, statement: ast::Statement) -> Result<Statement, ReadError> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the wildcard refuses: statements are let in by name, and sqlparser has over a hundred"
    )]
    match statement {
        ast::Statement::Query(inner) => query_statement(lower, *inner),
        ast::Statement::Insert(inner) => Ok(Statement::Insert(Box::new(insert(lower, inner)?))),
        ast::Statement::Update(inner) => Ok(Statement::Update(Box::new(update(lower, inner)?))),
        ast::Statement::Delete(inner) => Ok(Statement::Delete(Box::new(delete(lower, inner)?))),
        ast::Statement::Merge(inner) => Ok(Statement::Merge(Box::new(merge(lower, inner)?))),
        ast::Statement::Call(inner) => match call(lower, inner)? {
            Called::Call(inner) => Ok(Statement::Call(inner)),
            Called::Row(_) | Called::ArrayQuery(_) => Err(ReadError::unread("CALL of no routine")),
        },
        ast::Statement::Truncate(inner) => truncate(lower, inner),
        ast::Statement::Explain {
            describe_alias,
            analyze,
            // Without parentheses, COSTS is never off.
            verbose: _,
            query_plan,
            estimate,
            statement,
            format: _,
            options,
        } => {
            refuse(
                query_plan || estimate || !matches!(describe_alias, ast::DescribeAlias::Explain),
                "EXPLAIN of another dialect",
            )?;
            let options = options.unwrap_or_default();
            let asked = (options.iter()).any(|option| {
                matches!(option_name(option).as_str(), "analyze" | "analyse") && !is_off(option)
            });
            let costs: Vec<_> = (options.iter())
                .filter(|option| option_name(option) == "costs")
                .collect();
            let known = ["costs", "format", "settings", "generic_plan"];
            let bare = !costs.is_empty()
                && costs.into_iter().all(is_off)
                && options.iter().all(|option| {
                    known.contains(&option_name(option).as_str())
                        || matches!(option_name(option).as_str(), "analyze" | "verbose")
                            && is_off(option)
                });
            let statement = Box::new(self::lower(lower, *statement)?);
            Ok(Statement::Explain {
                analyze: analyze || asked,
                bare,
                statement,
            })
        }
        _ => Err(ReadError::unread("a kind of statement that has no plan")),
    }
}

fn option_name(option: &ast::UtilityOption) -> String {
    option.name.value.to_ascii_lowercase()
}

/// Whether an option's value is one that the server takes for false (`defGetBoolean`). Without a value it is true.
fn is_off(option: &ast::UtilityOption) -> bool {
    let value = option
        .arg
        .as_ref()
        .map(|value| value.to_string().to_ascii_lowercase());
    value.is_some_and(|value| matches!(value.as_str(), "false" | "off" | "0" | "'false'" | "'off'"))
}

/// An error where a part that this reader does not know is present.
pub(super) fn refuse(present: bool, what: &str) -> Result<(), ReadError> {
    if present {
        Err(ReadError::unread(what))
    } else {
        Ok(())
    }
}

/// Lowers INSERT.
pub(super) fn insert(lower: &Lower<'_>, insert: ast::Insert) -> Result<Insert, ReadError> {
    let ast::Insert {
        insert_token: _,
        optimizer_hints: _,
        or,
        ignore,
        into: _,
        table,
        table_alias,
        columns,
        by_name,
        overwrite,
        source,
        assignments,
        partitioned,
        after_columns,
        overriding: _,
        has_table_keyword,
        on,
        returning,
        output,
        replace_into,
        priority,
        insert_alias,
        settings,
        format_clause,
        multi_table_insert_type,
        multi_table_into_clauses,
        multi_table_when_clauses,
        multi_table_else_clause,
    } = insert;
    refuse(
        or.is_some()
            || ignore
            || by_name
            || overwrite
            || !assignments.is_empty()
            || partitioned.is_some()
            || !after_columns.is_empty()
            || has_table_keyword
            || output.is_some()
            || replace_into
            || priority.is_some()
            || insert_alias.is_some()
            || settings.is_some()
            || format_clause.is_some()
            || multi_table_insert_type.is_some()
            || !multi_table_into_clauses.is_empty()
            || !multi_table_when_clauses.is_empty()
            || multi_table_else_clause.is_some(),
        "INSERT of another dialect",
    )?;
    let table = match table {
        ast::TableObject::TableName(name) => lower.path(&name)?,
        ast::TableObject::TableFunction(_) | ast::TableObject::TableQuery(_) => {
            return Err(ReadError::unread(
                "INSERT into something that is not a table",
            ));
        }
    };
    let target = table
        .last()
        .map(|name| name.token)
        .ok_or_else(|| ReadError::unread("INSERT without a table"))?;
    let (alias, list_after) = match table_alias {
        Some(alias) => {
            let name = lower.name(&alias.alias)?;
            (Some(name.text), name.token)
        }
        None => (None, target),
    };
    let columns = columns
        .iter()
        .map(|column| single(lower, column))
        .collect::<Result<_, _>>()?;
    let conflict = match on {
        None => None,
        Some(ast::OnInsert::DuplicateKeyUpdate(_)) => {
            return Err(ReadError::unread("ON DUPLICATE KEY"));
        }
        Some(ast::OnInsert::OnConflict(conflict)) => Some(on_conflict(lower, conflict)?),
        // sqlparser says that it may add more.
        Some(_) => {
            return Err(ReadError::unread(
                "INSERT with an ON clause that is not understood",
            ));
        }
    };
    Ok(Insert {
        with: None,
        table,
        alias,
        columns,
        list_after,
        source: source
            .map(|source| query(lower, *source).map(Box::new))
            .transpose()?,
        conflict,
        returning: items(lower, returning)?,
    })
}

fn on_conflict(lower: &Lower<'_>, conflict: ast::OnConflict) -> Result<Conflict, ReadError> {
    let ast::OnConflict {
        conflict_target,
        action,
    } = conflict;
    let (columns, predicate) = match conflict_target {
        None | Some(ast::ConflictTarget::OnConstraint(_)) => (Vec::new(), None),
        Some(ast::ConflictTarget::Columns { columns, predicate }) => (
            columns
                .iter()
                .map(|column| lower.name(column))
                .collect::<Result<_, _>>()?,
            predicate
                .map(|predicate| expr(lower, predicate))
                .transpose()?,
        ),
    };
    let (assignments, filter) = match action {
        ast::OnConflictAction::DoNothing => (Vec::new(), None),
        ast::OnConflictAction::DoUpdate(ast::DoUpdate {
            assignments,
            selection,
        }) => (
            assignments
                .into_iter()
                .map(|one| assignment(lower, one))
                .collect::<Result<_, _>>()?,
            selection
                .map(|selection| expr(lower, selection))
                .transpose()?,
        ),
    };
    Ok(Conflict {
        columns,
        predicate,
        assignments,
        filter,
    })
}

/// Lowers UPDATE.
pub(super) fn update(lower: &Lower<'_>, update: ast::Update) -> Result<Update, ReadError> {
    let ast::Update {
        update_token: _,
        optimizer_hints: _,
        table,
        on_cluster,
        assignments,
        from,
        selection,
        returning,
        output,
        or,
        order_by,
        limit,
        settings,
    } = update;
    refuse(
        on_cluster.is_some()
            || output.is_some()
            || or.is_some()
            || !order_by.is_empty()
            || limit.is_some()
            || settings.is_some(),
        "UPDATE of another dialect",
    )?;
    let (table, alias) = target(lower, table)?;
    let from = match from {
        None => Vec::new(),
        Some(ast::UpdateTableFromKind::BeforeSet(_)) => {
            return Err(ReadError::unread("UPDATE … FROM before SET"));
        }
        Some(ast::UpdateTableFromKind::AfterSet(from)) => from
            .into_iter()
            .map(|one| with_joins(lower, one))
            .collect::<Result<_, _>>()?,
    };
    Ok(Update {
        with: None,
        table,
        alias,
        assignments: assignments
            .into_iter()
            .map(|one| assignment(lower, one))
            .collect::<Result<_, _>>()?,
        from,
        filter: selection
            .map(|selection| expr(lower, selection))
            .transpose()?,
        returning: items(lower, returning)?,
    })
}

/// Lowers DELETE.
pub(super) fn delete(lower: &Lower<'_>, delete: ast::Delete) -> Result<Delete, ReadError> {
    let ast::Delete {
        delete_token: _,
        optimizer_hints: _,
        tables,
        from,
        on_cluster,
        using,
        selection,
        returning,
        output,
        order_by,
        limit,
        settings,
    } = delete;
    refuse(
        !tables.is_empty()
            || on_cluster.is_some()
            || output.is_some()
            || !order_by.is_empty()
            || limit.is_some()
            || settings.is_some(),
        "DELETE of another dialect",
    )?;
    let mut from = match from {
        ast::FromTable::WithFromKeyword(from) => from,
        ast::FromTable::WithoutKeyword(_) => return Err(ReadError::unread("DELETE without FROM")),
    };
    let (Some(one), true) = (from.pop(), from.is_empty()) else {
        return Err(ReadError::unread("DELETE from several tables"));
    };
    let (table, alias) = target(lower, one)?;
    Ok(Delete {
        with: None,
        table,
        alias,
        using: using
            .into_iter()
            .flatten()
            .map(|one| with_joins(lower, one))
            .collect::<Result<_, _>>()?,
        filter: selection
            .map(|selection| expr(lower, selection))
            .transpose()?,
        returning: items(lower, returning)?,
    })
}

fn target(
    lower: &Lower<'_>,
    table: ast::TableWithJoins,
) -> Result<(Vec<Name>, Option<super::tree::Alias>), ReadError> {
    let ast::TableWithJoins { relation, joins } = table;
    refuse(!joins.is_empty(), "a join as a target")?;
    target_table(lower, relation)
}

/// A table that is written to, and its alias.
pub(super) fn target_table(
    lower: &Lower<'_>,
    relation: ast::TableFactor,
) -> Result<(Vec<Name>, Option<super::tree::Alias>), ReadError> {
    match source(lower, relation)? {
        Source::Named {
            path,
            alias,
            sample,
        } if sample.is_empty() => Ok((path, alias)),
        Source::Named { .. }
        | Source::Derived { .. }
        | Source::RowsFrom { .. }
        | Source::Function { .. }
        | Source::Unnest { .. }
        | Source::Join { .. } => Err(ReadError::unread("a target that is not a table")),
    }
}

fn truncate(lower: &Lower<'_>, truncate: ast::Truncate) -> Result<Statement, ReadError> {
    let ast::Truncate {
        table_names,
        partitions,
        table: _,
        if_exists,
        identity: _,
        cascade,
        on_cluster,
    } = truncate;
    refuse(
        partitions.is_some() || if_exists || on_cluster.is_some(),
        "TRUNCATE of another dialect",
    )?;
    let tables = table_names
        .iter()
        .map(
            |ast::TruncateTableTarget {
                 name,
                 only: _,
                 has_asterisk: _,
             }| lower.path(name),
        )
        .collect::<Result<_, _>>()?;
    Ok(Statement::Truncate {
        tables,
        cascade: matches!(cascade, Some(ast::CascadeOption::Cascade)),
    })
}

pub(super) fn assignment(
    lower: &Lower<'_>,
    assignment: ast::Assignment,
) -> Result<Assignment, ReadError> {
    let ast::Assignment { target, value } = assignment;
    let columns = match target {
        ast::AssignmentTarget::ColumnName(name) => vec![single(lower, &name)?],
        ast::AssignmentTarget::Tuple(names) => names
            .iter()
            .map(|name| single(lower, name))
            .collect::<Result<_, _>>()?,
    };
    Ok(Assignment {
        columns,
        value: expr(lower, value)?,
    })
}

pub(super) fn single(lower: &Lower<'_>, name: &ast::ObjectName) -> Result<Name, ReadError> {
    let mut path = lower.path(name)?;
    match (path.pop(), path.is_empty()) {
        (Some(name), true) => Ok(name),
        (Some(_) | None, _) => Err(ReadError::unread("a field of a column")),
    }
}

/// Lowers a select list or RETURNING.
pub(super) fn items(
    lower: &Lower<'_>,
    items: Option<Vec<ast::SelectItem>>,
) -> Result<Vec<super::tree::Item>, ReadError> {
    items
        .into_iter()
        .flatten()
        .map(|one| item(lower, one))
        .collect()
}
