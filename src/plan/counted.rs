//! Statements whose rows are told apart from each other and nothing more: leaving some of them out changes nothing about
//! the others. And `count(*)` and `count(c)` alone, whose rows the proxy can count.

use super::analysis::Analysis;
use crate::sql::{Call, ConstantKind, Distinct, Expr, Item, Query, Select};

/// Functions of the server that say the same of a row whichever rows there are.
const ROW_WISE: &[&str] = &[
    "abs",
    "age",
    "btrim",
    "ceil",
    "ceiling",
    "char_length",
    "character_length",
    "coalesce",
    "concat",
    "concat_ws",
    "date_part",
    "date_trunc",
    "floor",
    "format",
    "greatest",
    "initcap",
    "least",
    "left",
    "length",
    "lower",
    "lpad",
    "ltrim",
    "md5",
    "mod",
    "now",
    "nullif",
    "octet_length",
    "replace",
    "right",
    "round",
    "rpad",
    "rtrim",
    "split_part",
    "strpos",
    "substr",
    "substring",
    "to_char",
    "trunc",
    "upper",
];

/// Whether rows that do not fit may be left out of the result behind the server's back.
pub(super) fn is_alone(analysis: &Analysis<'_>, select: &Select, query: &Query) -> bool {
    let alone = select.group_by.is_empty()
        && select.having.is_none()
        && select.windows.is_empty()
        && matches!(select.distinct, Distinct::No)
        && !select.into
        && !query.tail.locks
        && query.order_by.iter().all(|one| is_row_wise(analysis, one));
    let items = select.items.iter().all(|item| match item {
        Item::All { .. } => true,
        Item::Expr { expr, .. } => is_row_wise(analysis, expr),
    });
    alone && (items || counts(select, query).is_some())
}

/// What a statement counts that does nothing else.
pub(super) struct Counted<'e> {
    /// The name of the result.
    pub(super) name: String,
    /// Only rows where this column is not NULL.
    pub(super) column: Option<&'e Expr>,
}

/// `count(*)`, `count(1)` or `count(c)` alone; `None`: the statement does something else.
pub(super) fn counts<'e>(select: &'e Select, query: &Query) -> Option<Counted<'e>> {
    let [Item::Expr { expr, alias }] = select.items.as_slice() else {
        return None;
    };
    let Expr::Call(call) = expr else { return None };
    let name = match call.name.as_slice() {
        [name] => name,
        [schema, name] if schema.text == "pg_catalog" => name,
        _ => return None,
    };
    let column = match (call.star, call.args.as_slice()) {
        (true, []) => None,
        (false, [Expr::Constant(constant)]) if constant.kind != ConstantKind::Null => None,
        (false, [column @ Expr::Column { .. }]) => Some(column),
        _ => return None,
    };
    let alone = name.text == "count"
        && is_bare(call)
        && query.order_by.is_empty()
        && query.bounds.is_empty()
        && !query.tail.one;
    alone.then(|| Counted {
        name: alias.clone().unwrap_or_else(|| "count".to_owned()),
        column,
    })
}

fn is_bare(call: &Call) -> bool {
    !call.distinct
        && !call.within_group
        && call.order_by.is_empty()
        && call.filter.is_none()
        && call.over.is_none()
}

fn is_row_wise(analysis: &Analysis<'_>, expr: &Expr) -> bool {
    let all = |parts: &[Expr]| parts.iter().all(|part| is_row_wise(analysis, part));
    let both =
        |one: &Expr, other: &Expr| is_row_wise(analysis, one) && is_row_wise(analysis, other);
    match expr {
        Expr::Column { .. } | Expr::Field { .. } | Expr::Constant(_) | Expr::Placeholder { .. } => {
            true
        }
        Expr::Cast { inner, .. } | Expr::Nested { inner, .. } | Expr::IsNull { inner, .. } => {
            is_row_wise(analysis, inner)
        }
        Expr::Compare { left, right, .. } | Expr::Distinct { left, right, .. } => both(left, right),
        Expr::In { left, list, .. } => is_row_wise(analysis, left) && all(list),
        Expr::InArray { left, array, .. } => both(left, array),
        Expr::Between {
            inner, low, high, ..
        } => is_row_wise(analysis, inner) && both(low, high),
        Expr::Like {
            left,
            pattern,
            escape,
            ..
        } => {
            both(left, pattern)
                && escape
                    .as_ref()
                    .is_none_or(|escape| is_row_wise(analysis, escape))
        }
        Expr::And(parts)
        | Expr::Logic { parts, .. }
        | Expr::Operators { parts, .. }
        | Expr::Row(parts)
        | Expr::Array {
            elements: parts, ..
        }
        | Expr::Opaque { parts, .. } => all(parts),
        Expr::Case {
            operand,
            arms,
            otherwise,
            ..
        } => {
            let ends = [operand, otherwise].into_iter().flatten();
            ends.map(|end| &**end).all(|end| is_row_wise(analysis, end))
                && arms.iter().all(|(when, then)| both(when, then))
        }
        Expr::Call(call) => {
            let known = analysis
                .builtin(call)
                .is_some_and(|name| ROW_WISE.contains(&name));
            known && is_bare(call) && !call.star && all(&call.args)
        }
        Expr::Default { .. }
        | Expr::InQuery { .. }
        | Expr::Subquery(_)
        | Expr::Exists(_)
        | Expr::ArrayQuery(_) => false,
    }
}
