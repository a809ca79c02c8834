//! Statements on tables whose columns are sealed under the keys of data subjects: whose a value is must be said, or it is refused.

use super::*;
use crate::plan::Whose;

const ERASABLE: &str = r#"
[subjects]
store = "file:../subjects"
intermediate = "../subjects.key"
[tables."public.customers"]
subject = "id"
subject_kind = "customer"
erasable = true
kept = ["email"]
[tables."public.customers".columns]
email = { seal = { search = ["equality"] } }
notes = { seal = {} }
balance = { seal = {}, masks = { default = "zero" } }
[tables."public.claims"]
subject = "customer_id"
subject_kind = "customer"
erasable = true
[tables."public.claims".columns]
amount = { seal = {} }
ssn = { seal = {} }

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.clerk]
members = ["pg:clerk"]
[[roles.clerk.grants]]
tables = ["*"]
level = "access-and-modify"
write = ["*"]
on_masked_write = "keep"
"#;

/// For each value that is sealed for someone: `constant`, or the parameter that says for whom.
fn whose(fixture: &Fixture, text: &str, declared: &[u32]) -> String {
    let plan = fixture.plan_in("owner", text, declared, &environment());
    if let Some(Outcome::Refused(refusal)) = plan.statements.first().map(|one| &one.outcome) {
        return format!("{} {}", refusal.fault.entry().id, refusal.message);
    }
    let said = |whose: &Option<Arc<Whose>>| match whose.as_deref() {
        None => "-".to_owned(),
        Some(Whose::Named(_)) => "constant".to_owned(),
        Some(Whose::Bound {
            source, sent_as, ..
        }) => format!("${}:{sent_as}", source + 1),
    };
    let mut found: Vec<String> = Vec::new();
    for piece in &plan.text {
        if let Piece::Sealed { column, whose, .. } = piece {
            found.push(format!("{} {}", column.column, said(whose)));
        }
    }
    let appended = plan.appended.iter().map(|one| &one.treatment);
    let all = plan.parameters.iter().map(|one| &one.treatment);
    for treatment in all.chain(appended) {
        if let Treatment::Seal { column, whose, .. } = treatment {
            found.push(format!("{} {}", column.column, said(whose)));
        }
    }
    found.join(", ")
}

#[test]
fn a_row_that_says_whose_it_is_is_sealed_for_them() {
    let fixture = fixture_under(ERASABLE);
    for (text, declared, expected) in [
        (
            "insert into customers (id, email, notes) values (1, 'a', 'x')",
            vec![],
            "email -, notes constant",
        ),
        (
            "insert into customers (notes, id) values ('x', '1'), ('y', (2)), (null, default)",
            vec![],
            "notes constant, notes constant",
        ),
        (
            "insert into customers (id, notes, balance) values ($1, $2, $3)",
            vec![],
            "notes $1:0, balance $1:0",
        ),
        (
            "insert into customers (id, notes) values ($1, $2), ($3, $2)",
            vec![20, 25, 23],
            "notes $1:20, notes $3:23",
        ),
        (
            "insert into claims (customer_id, ssn) values ($1::bigint, $2)",
            vec![],
            "ssn $1:20",
        ),
        (
            "insert into claims (customer_id, ssn) values (-5, $1)",
            vec![],
            "ssn constant",
        ),
        (
            "update customers set notes = $1, email = $2 where id = $3 and email = 'a'",
            vec![],
            "email -, notes $3:0, email -",
        ),
        (
            "update customers c set notes = 'x' from claims where 7 = c.id and c.id = claims.customer_id",
            vec![],
            "notes constant",
        ),
        (
            "update customers set id = $1, notes = $2 where (id = $1)",
            vec![20, 25],
            "notes $1:20",
        ),
        (
            "update customers set id = id, notes = null, email = 'b'",
            vec![],
            "email -",
        ),
        (
            "insert into customers (id, email, notes) values (1, 'a', 'x') on conflict (email) do update set email = excluded.email",
            vec![],
            "email -, notes constant",
        ),
        (
            "insert into contacts (id, mail) values (1, 'a')",
            vec![],
            "email -",
        ),
        (
            "select id, notes from customers where notes is not null",
            vec![],
            "",
        ),
    ] {
        assert_eq!(whose(&fixture, text, &declared), expected, "{text}");
    }
}

#[test]
fn what_does_not_say_whose_it_is_is_refused() {
    let fixture = fixture_under(ERASABLE);
    for text in [
        // Not there, not certain, or the server's to say.
        "insert into customers (notes) values ('x')",
        "insert into customers (id, notes) values (default, 'x')",
        "insert into customers (id, notes) values (null, 'x')",
        "insert into customers (id, notes) values (1 + 1, 'x')",
        "insert into customers (id, notes) values (nextval('s'), 'x')",
        "insert into customers (id, notes) values (1.0, 'x')",
        "insert into customers (id, notes) values ((select 1), 'x')",
        "insert into customers (id, notes) values ('one', 'x')",
        "insert into customers (id, notes) values (1::numeric, 'x')",
        "insert into customers (id, notes) select 1, 'x'",
        "insert into customers (id, notes) values (1, 'x'), (default, 'y')",
        "insert into customers (id, notes) select id, notes from customers",
        "insert into customers (id, notes) values (1, (select notes from customers where id = 2))",
        "insert into customers (id) values (1) on conflict (id) do update set notes = 'x'",
        "insert into customers (id, notes) values (1, 'x') on conflict (id) do update set notes = excluded.notes",
        "merge into customers c using orders o on c.id = o.id when matched then update set notes = 'x'",
        "merge into customers c using orders o on c.id = o.id when not matched then insert (id, notes) values (1, 'x')",
        "update customers set notes = 'x'",
        "update customers set notes = 'x' where id > 1",
        "update customers set notes = 'x' where id in (1)",
        "update customers set notes = 'x' where id = 1 or id = 2",
        "update customers set notes = 'x' where not id = 1",
        "update customers set notes = 'x' where email = 'a'",
        "update customers set notes = 'x' from orders where orders.id = 1",
        "update customers set notes = o.notes from customers o where customers.id = 1",
        "update customers set (notes, email) = (select notes, email from customers where id = 2) where id = 1",
        "copy customers (notes) from stdin",
        "copy customers (email, notes) from stdin",
    ] {
        let refusal = fixture.refusal("owner", text);
        let expected = ["SW170", "SW116", "SW303", "SW106"];
        assert!(
            expected.iter().any(|id| refusal.starts_with(id)),
            "{text}: {refusal}"
        );
    }
    for (text, declared) in [
        // The constant is sealed before anything is bound; other types are the server's to convert.
        ("insert into customers (id, notes) values ($1, 'x')", vec![]),
        ("update customers set notes = 'x' where id = $1", vec![]),
        (
            "insert into customers (id, notes) values ($1, $2)",
            vec![1700, 25],
        ),
        (
            "insert into customers (id, notes) values ($1, $2)",
            vec![25, 25],
        ),
    ] {
        let said = whose(&fixture, text, &declared);
        assert!(said.starts_with("SW170"), "{text}: {said}");
    }
}

#[test]
fn a_row_does_not_become_someone_elses() {
    let fixture = fixture_under(ERASABLE);
    for text in [
        "update customers set id = 2 where id = 1",
        "update customers set id = id + 1",
        "update customers set (email, id) = ('a', 2) where id = 1",
        "update customers set (id, email) = (select 2, 'a') where id = 1",
        "update customers set id = default",
        "update contacts set id = 5 where id = 1",
        "insert into customers (id) values (1) on conflict (id) do update set id = excluded.id",
        "merge into customers c using orders o on c.id = o.id when matched then update set id = o.id",
    ] {
        let refusal = fixture.refusal("owner", text);
        assert!(refusal.starts_with("SW171"), "{text}: {refusal}");
    }
    // A table that is not erasable.
    assert!(!whose(&fixture, "update orders set customer_id = 2", &[]).starts_with("SW"));
}

#[test]
fn values_of_many_subjects_have_no_search_and_no_constants_beside_them() {
    let fixture = fixture_under(ERASABLE);
    for (text, expected) in [
        ("select 1 from customers where notes = 'x'", "SW103"),
        ("select notes from customers group by notes", "SW103"),
        (
            "select notes from customers where id in (select id from customers order by notes limit 1)",
            "SW104",
        ),
        (
            "select * from customers c join claims d on c.notes = d.ssn",
            "SW1",
        ),
        (
            "select coalesce(notes, 'x') as n from customers union select 'y'",
            "SW1",
        ),
    ] {
        let refusal = fixture.refusal("owner", text);
        assert!(refusal.starts_with(expected), "{text}: {refusal}");
    }
}

#[test]
fn a_mask_written_back_is_sealed_for_the_rows_own_subject() {
    let fixture = fixture_under(ERASABLE);
    let text = "update customers set balance = $1 where id = $2";
    let plan = fixture.plan_in("clerk", text, &[], &environment());
    let keep = plan
        .parameters
        .iter()
        .chain([])
        .find_map(|one| match &one.treatment {
            Treatment::Keep(keep) => Some(keep.clone()),
            _ => None,
        })
        .unwrap();
    assert!(matches!(
        keep.whose.as_deref(),
        Some(Whose::Bound { source: 1, .. })
    ));
    let refusal = fixture.refusal(
        "clerk",
        "update customers set balance = $1 where email = $2",
    );
    assert!(refusal.starts_with("SW"), "{refusal}");
}
