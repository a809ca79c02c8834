//! The names that the server gives result columns without an alias (`FigureColname`). A name that is not certain is
//! empty: whoever looks for one by name must then reckon with it (`Column::is_nameless`).

use crate::sql::{Body, Expr, Item, Query};

/// What an expression is called: a name of its own, a weaker one that an expression around it may replace, none, or
/// one that is not known here.
enum Called {
    Own(String),
    Weak(String),
    Nothing,
    Unknown,
}

/// The name of a result column; empty where it is not certain.
pub(super) fn result_name(expr: &Expr) -> String {
    match called(expr) {
        Called::Own(name) | Called::Weak(name) => name,
        Called::Nothing => "?column?".to_owned(),
        Called::Unknown => String::new(),
    }
}

fn called(expr: &Expr) -> Called {
    let own = |name: &str| Called::Own(name.to_owned());
    match expr {
        Expr::Column { path } => path.last().map_or(Called::Unknown, |name| own(&name.text)),
        Expr::Field { name, .. } => own(&name.text),
        Expr::Nested { inner, .. } => called(inner),
        // A type's name is weak, and not always the one that was written.
        Expr::Cast { inner, .. } => match called(inner) {
            Called::Own(name) => Called::Own(name),
            Called::Weak(_) | Called::Nothing | Called::Unknown => Called::Unknown,
        },
        Expr::Call(call) => call
            .name
            .last()
            .map_or(Called::Unknown, |name| own(&name.text)),
        Expr::Case { otherwise, .. } => match otherwise.as_deref().map(case_arm) {
            Some(Called::Own(name)) => Called::Own(name),
            Some(Called::Unknown) => Called::Unknown,
            Some(Called::Weak(_) | Called::Nothing) | None => Called::Weak("case".to_owned()),
        },
        Expr::Exists(_) => own("exists"),
        Expr::Array { .. } | Expr::ArrayQuery(_) => own("array"),
        Expr::Row(_) => own("row"),
        Expr::Subquery(query) => subquery(query),
        Expr::Constant(constant) => match constant.kind {
            // Before 15 `true` is a cast.
            crate::sql::ConstantKind::Boolean(_) => Called::Unknown,
            crate::sql::ConstantKind::Text(_)
            | crate::sql::ConstantKind::Integer(_)
            | crate::sql::ConstantKind::Decimal(_)
            | crate::sql::ConstantKind::Null => Called::Nothing,
        },
        Expr::Placeholder { .. }
        | Expr::Compare { .. }
        | Expr::Distinct { .. }
        | Expr::IsNull { .. }
        | Expr::In { .. }
        | Expr::InQuery { .. }
        | Expr::InArray { .. }
        | Expr::Between { .. }
        | Expr::Like { .. }
        | Expr::And(_)
        | Expr::Logic { .. }
        | Expr::Operators { .. } => Called::Nothing,
        Expr::Opaque { what, parts } => match (*what, parts.first()) {
            (
                "an operator"
                | "-"
                | "an operator with ANY or ALL"
                | "IS TRUE"
                | "IS NOT TRUE"
                | "IS FALSE"
                | "IS NOT FALSE"
                | "IS UNKNOWN"
                | "IS NOT UNKNOWN",
                _,
            ) => Called::Nothing,
            ("COLLATE" | "a subscript", Some(inner)) => called(inner),
            _ => Called::Unknown,
        },
        Expr::Default { .. } => Called::Unknown,
    }
}

/// The ELSE of a CASE: where all that can be known of it is that its name is weak, `case` it is.
fn case_arm(expr: &Expr) -> Called {
    match expr {
        Expr::Nested { inner, .. } => case_arm(inner),
        Expr::Cast { inner, .. } => match case_arm(inner) {
            Called::Nothing => Called::Weak(String::new()),
            other => other,
        },
        Expr::Constant(_) => Called::Nothing,
        other => called(other),
    }
}

fn subquery(query: &Query) -> Called {
    match &query.body {
        Body::Select(select) => match select.items.first() {
            Some(Item::Expr {
                alias: Some(alias), ..
            }) => Called::Own(alias.clone()),
            Some(Item::Expr { expr, alias: None }) => match called(expr) {
                Called::Own(name) | Called::Weak(name) => Called::Own(name),
                Called::Nothing => Called::Own("?column?".to_owned()),
                Called::Unknown => Called::Unknown,
            },
            Some(Item::All { .. }) | None => Called::Unknown,
        },
        Body::Values(_) | Body::Query(_) | Body::Set { .. } | Body::Change(_) => Called::Unknown,
    }
}
