//! DISTINCT and GROUP BY where a key in the list decides the rest.

use super::*;

#[test]
fn a_key_in_the_list_decides_the_tables_other_columns() {
    let fixture = fixture();
    for text in [
        "select distinct * from customers",
        "select distinct c.* from customers c join orders o on o.customer_id = c.id",
        "select distinct c.id, c.notes as n from customers as c",
        "select c.id, c.notes, count(*) from customers c group by c.id, c.notes",
    ] {
        let plan = fixture.plan("owner", text);
        let outcome = &plan.statements[0].outcome;
        assert!(matches!(outcome, Outcome::Planned), "{text}: {outcome:?}");
    }
}

#[test]
fn without_the_key_of_the_same_relation_ciphertext_would_answer() {
    let fixture = fixture();
    for text in [
        "select distinct notes from customers",
        "select distinct email, notes from customers",
        "select distinct a.id, b.notes from customers a, customers b",
        "select distinct id, notes from (select id, notes from customers) c",
        "select distinct id + 0, notes from customers",
        "select notes, count(*) from customers group by notes",
        "select count(*) from customers group by grouping sets ((id), (notes))",
        "select distinct (select notes from customers limit 1), id from customers",
    ] {
        let refusal = fixture.refusal("owner", text);
        assert!(refusal.starts_with("SW103"), "{text}: {refusal}");
    }
}

/// Rows of an heir are read with the table, and its key does not cover them.
#[test]
fn a_key_of_a_table_with_heirs_decides_nothing() {
    let mut fixture = fixture();
    let mut snapshot = (*fixture.world.snapshot).clone();
    let customers = snapshot.by_name[&("public".to_owned(), "customers".to_owned())];
    testing::change(&mut snapshot, "public.orders", |relation| {
        relation.parents = vec![customers];
    });
    fixture.world = World::new(Arc::new(snapshot), Arc::clone(&fixture.world.protection));
    let refusal = fixture.refusal("owner", "select distinct id, notes from customers");
    assert!(refusal.starts_with("SW103"), "{refusal}");
}

/// DISTINCT may sort: the rows would come in the order of what a role may neither see nor search.
#[test]
fn a_key_shows_no_order_to_who_may_not_search() {
    let fixture = fixture();
    for text in [
        "select distinct id, email from customers",
        "select distinct phone, id from customers",
        "select id from (select distinct phone, id from customers) q limit 1",
        "select phone, id from customers group by phone, id",
        "select distinct * from customers",
    ] {
        let refusal = fixture.refusal("intern", text);
        assert!(refusal.starts_with("SW202"), "{text}: {refusal}");
    }
    // Envelopes that are random from end to end have no order.
    for text in [
        "select distinct id, notes from customers",
        "select id, notes from customers group by id, notes",
    ] {
        let plan = fixture.plan("intern", text);
        let outcome = &plan.statements[0].outcome;
        assert!(matches!(outcome, Outcome::Planned), "{text}: {outcome:?}");
    }
}
