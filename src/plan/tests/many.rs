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
