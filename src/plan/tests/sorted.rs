//! ORDER BY of sealed columns without an order.

use expect_test::expect;

use super::*;

fn upstream(text: &str) -> String {
    let plan = fixture().plan("owner", text);
    let statement = &plan.statements[0];
    let mut out = String::new();
    if let Outcome::Refused(refusal) = &statement.outcome {
        return refusal.to_string();
    }
    for piece in &plan.text {
        if let Piece::Text(text) = piece {
            out.push_str(text);
        }
    }
    if let Some(derived) = &statement.derived {
        write!(out, "\n{} shown", derived.columns.len()).unwrap();
        for key in &derived.sort {
            let down = if key.descending { " desc" } else { "" };
            let first = if key.nulls_first { " nulls first" } else { "" };
            write!(
                out,
                ", by {} {}{down}{first}",
                key.column,
                key.declared.name()
            )
            .unwrap();
        }
        write!(out, ", {:?} {:?}", derived.offset, derived.limit).unwrap();
    }
    out.push('\n');
    out
}

#[test]
fn the_order_and_the_bounds_are_taken_out_and_keys_come_along() {
    expect![[r#"
        select id, notes, pg_catalog.dense_rank() OVER (ORDER BY id) from "public".customers   
        1 shown, by 1 text desc nulls first, by 2 bigint, Some(Argument(0)) Some(Fixed(3))
    "#]]
    .assert_eq(&upstream(
        "select id from customers order by notes desc, id limit 3 offset $1",
    ));
    expect![[r#"
        select distinct c.email as e, c.id, pg_catalog.dense_rank() OVER (ORDER BY c.id desc) from "public".customers c 
        2 shown, by 0 character varying(40) nulls first, by 2 bigint, None None
    "#]].assert_eq(&upstream(
        "select distinct c.email as e, c.id from customers c order by e nulls first, c.id desc",
    ));
    expect![[r#"
        select id, email, notes from "public".customers  
        2 shown, by 2 text, None Some(Fixed(1))
    "#]]
    .assert_eq(&upstream(
        "select id, email from customers order by notes collate \"C\" fetch first row only",
    ));
}

#[test]
fn a_collation_that_is_not_by_bytes_is_refused_with_a_way_out() {
    let mut fixture = fixture();
    let mut snapshot = (*fixture.world.snapshot).clone();
    snapshot.text_order.by_default = false;
    fixture.world = World::new(Arc::new(snapshot), Arc::clone(&fixture.world.protection));
    let plan = fixture.plan("owner", "select id from customers order by email");
    let Outcome::Refused(refusal) = &plan.statements[0].outcome else {
        panic!("answered");
    };
    assert!(
        refusal
            .hint
            .as_deref()
            .unwrap_or_default()
            .contains("COLLATE \"C\"")
    );
    let by_date = fixture.plan("owner", "select id from customers order by birth_date");
    assert_eq!(by_date.statements[0].outcome, Outcome::Planned);
    let by_bytes = fixture.plan(
        "owner",
        "select id from customers order by email collate \"C\"",
    );
    assert_eq!(by_bytes.statements[0].outcome, Outcome::Planned);
}

/// A constant that is to be sealed is never copied to another place of the text.
#[test]
fn what_is_edited_is_not_copied() {
    let fixture = fixture();
    for text in [
        "select case when email = 'x' then 1 end as n, notes from customers order by notes, n",
        "select id from customers order by notes, case when email = 'x' then 1 end",
        "select id from customers order by notes, (select max(id) from orders where email = $1)",
    ] {
        let refusal = fixture.refusal("owner", text);
        assert!(refusal.starts_with("SW104"), "{text}: {refusal}");
    }
}
