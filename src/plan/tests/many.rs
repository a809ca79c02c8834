//! Much of everything: what grows with the statement must not grow with its square.

use super::*;

fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..count).map(row).collect();
    format!(
        "insert into customers (id, name, notes) values {}",
        rows.join(",")
    )
}

#[test]
fn as_many_parameters_as_the_protocol_has_and_as_many_literals() {
    let fixture = fixture();
    let count = 65_535 / 3;
    let text = rows(count, |i| {
        format!("(${}, ${}, ${})", 3 * i + 1, 3 * i + 2, 3 * i + 3)
    });
    let plan = fixture.plan("owner", &text);
    assert_eq!(plan.parameters.len(), 3 * count);
    let sealed =
        |parameter: &&crate::plan::Parameter| matches!(parameter.treatment, Treatment::Seal { .. });
    assert_eq!(plan.parameters.iter().filter(sealed).count(), count);

    let plan = fixture.plan("owner", &rows(count, |i| format!("({i}, 'n', 'note {i}')")));
    let sealed = |piece: &&Piece| matches!(piece, Piece::Sealed { .. });
    assert_eq!(plan.text.iter().filter(sealed).count(), count);
    // Origins are of characters, whatever is between.
    let last = plan.origins.iter().flatten().max().unwrap();
    let text = rows(count, |i| format!("({i}, 'é', 'note {i}')"));
    let shorter = fixture.plan("owner", &text);
    assert_eq!(shorter.origins.iter().flatten().max().unwrap(), last);
}

#[test]
fn a_placeholder_more_than_the_protocol_has_is_refused() {
    let fixture = fixture();
    // $1 is compared with a column that is sealed and with one that is not: the second is appended.
    let text = |count: usize| {
        let rest: Vec<String> = (2..=count).map(|number| format!("${number}")).collect();
        format!(
            "select id from customers where email = $1 and name = $1 and id in ({})",
            rest.join(",")
        )
    };
    let plan = fixture.plan("owner", &text(65_534));
    assert_eq!((plan.parameters.len(), plan.appended.len()), (65_534, 1));
    assert!(fixture.refusal("owner", &text(65_535)).contains("08P01"));
}

#[test]
fn behind_so_many_refused_statements_a_text_is_not_looked_at() {
    let fixture = fixture();
    let text = "select id from customers where notes = 'x';".repeat(20_000);
    let plan = fixture.plan("owner", &text);
    assert_eq!((plan.statements.len(), plan.text.len()), (1_000, 1_999));
    let upstream: usize = plan
        .text
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.matches("sealwire refused").count(),
            _ => 0,
        })
        .sum();
    assert_eq!(upstream, 1_000);
}
