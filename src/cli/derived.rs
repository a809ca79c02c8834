//! What `explain` says of a result that is not the server's: columns that are computed or hidden, rows that are left
//! out, sorted, cut off or counted. No constant is shown.

use serde_json::{Value, json};

use crate::plan::{Amount, Derived, Told};

/// Line by line.
pub(super) fn lines(derived: &Derived) -> Vec<String> {
    let mut lines: Vec<String> = derived
        .columns
        .iter()
        .enumerate()
        .map(|(at, told)| format!("the client's column {}: {}", at + 1, column(told)))
        .collect();
    lines.extend(hidden(derived).map(|place| format!("column {place}: hidden from the client")));
    lines.extend(filter(derived).map(|of| format!("rows kept: {of}")));
    lines.extend(sorted(derived).map(|by| format!("sorted by the proxy: {by}")));
    for (what, amount) in [("OFFSET", derived.offset), ("LIMIT", derived.limit)] {
        lines.extend(amount.map(|own| format!("{what} by the proxy: {}", bound(own, derived))));
    }
    if !derived.sort.is_empty() {
        lines.push(format!("at most {} rows are sorted", derived.most_rows));
    }
    lines
}

/// The same for machines.
pub(super) fn document(derived: &Derived) -> Value {
    json!({
        "columns": derived.columns.iter().map(column).collect::<Vec<_>>(),
        "hidden": hidden(derived).collect::<Vec<_>>(),
        "filter": filter(derived),
        "sort": sorted(derived),
        "limit": derived.limit.map(|own| bound(own, derived)),
        "offset": derived.offset.map(|own| bound(own, derived)),
    })
}

fn column(told: &Told) -> String {
    match told {
        Told::Upstream(place) => format!("column {}", place + 1),
        Told::Computed {
            name,
            expr,
            declared,
        } => {
            let mut read = Vec::new();
            expr.columns(&mut read);
            format!(
                "{name}, of type {}, computed by the proxy{}",
                declared.name(),
                places(read)
            )
        }
        Told::Count { name } => format!("{name}, the rows counted by the proxy"),
    }
}

/// ` from column 1, 3`.
fn places(mut read: Vec<usize>) -> String {
    read.sort_unstable();
    read.dedup();
    let read: Vec<String> = read.iter().map(|place| (place + 1).to_string()).collect();
    match read.as_slice() {
        [] => String::new(),
        [one] => format!(" from column {one}"),
        all => format!(" from columns {}", all.join(", ")),
    }
}

/// Upstream columns that are read and not shown, from 1.
fn hidden(derived: &Derived) -> impl Iterator<Item = usize> {
    let shown: Vec<usize> = (derived.columns.iter())
        .filter_map(|told| match told {
            Told::Upstream(place) => Some(*place),
            Told::Computed { .. } | Told::Count { .. } => None,
        })
        .collect();
    let read = derived.inputs.iter().map(|input| input.column);
    let mut hidden: Vec<usize> = read.filter(|place| !shown.contains(place)).collect();
    hidden.sort_unstable();
    hidden.dedup();
    hidden.into_iter().map(|place| place + 1)
}

fn filter(derived: &Derived) -> Option<String> {
    let mut read = Vec::new();
    derived.filter.as_ref()?.columns(&mut read);
    Some(format!(
        "those that the proxy finds to fulfil the condition{}",
        places(read)
    ))
}

fn sorted(derived: &Derived) -> Option<String> {
    let keys: Vec<String> = derived
        .sort
        .iter()
        .map(|key| {
            format!(
                "column {}{}, NULLS {}",
                key.column + 1,
                if key.descending { " descending" } else { "" },
                if key.nulls_first { "first" } else { "last" }
            )
        })
        .collect();
    (!keys.is_empty()).then(|| keys.join("; "))
}

fn bound(amount: Amount, derived: &Derived) -> String {
    match amount {
        Amount::Fixed(number) => number.to_string(),
        Amount::Argument(place) => match derived.arguments.get(place) {
            Some(argument) => format!("${}", argument.parameter + 1),
            None => "a parameter".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Expr;
    use crate::plan::{Argument, Input, SortKey};
    use crate::value::{Canonical, DeclaredType, Kind};

    fn text() -> DeclaredType {
        DeclaredType {
            oid: 25,
            typmod: -1,
            kind: Kind::Text,
        }
    }

    #[test]
    fn what_the_proxy_makes_of_a_result_is_said_without_a_constant() {
        let input = |column| Input {
            column,
            declared: text(),
        };
        let canary = Expr::Constant(Some(Canonical::new(b"canary".to_vec())));
        let derived = Derived {
            columns: vec![
                Told::Upstream(0),
                Told::Computed {
                    name: "upper".to_owned(),
                    expr: Expr::Coalesce(vec![Expr::Column(1), Expr::Column(2), canary]),
                    declared: text(),
                },
            ],
            inputs: vec![input(0), input(1), input(2), input(3)],
            arguments: vec![Argument {
                parameter: 1,
                declared: text(),
                sent_as: 0,
            }],
            given: None,
            filter: Some(Expr::IsNull(Box::new(Expr::Column(3)))),
            sort: vec![SortKey {
                column: 0,
                declared: text(),
                descending: true,
                nulls_first: true,
            }],
            limit: Some(Amount::Argument(0)),
            offset: Some(Amount::Fixed(3)),
            most_rows: 10_000,
            most_in_vain: None,
        };
        let said = [
            "the client's column 1: column 1",
            "the client's column 2: upper, of type text, computed by the proxy from columns 2, 3",
            "column 2: hidden from the client",
            "column 3: hidden from the client",
            "column 4: hidden from the client",
            "rows kept: those that the proxy finds to fulfil the condition from column 4",
            "sorted by the proxy: column 1 descending, NULLS first",
            "OFFSET by the proxy: 3",
            "LIMIT by the proxy: $2",
            "at most 10000 rows are sorted",
        ];
        assert_eq!(lines(&derived), said);
        let document = document(&derived).to_string();
        assert!(!document.contains("canary"), "{document}");
        assert!(document.contains("\"hidden\":[2,3,4]"), "{document}");
    }
}
