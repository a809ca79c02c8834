//! Null tests of columns that a role neither sees nor may search: no index answers them.

use super::*;

#[track_caller]
fn filter(login: &str, condition: &str) -> String {
    let shown = fixture().shows(
        login,
        &format!("select id from customers where {condition}"),
    );
    let line = shown.lines().next().unwrap();
    line.split_once(" where ").unwrap().1.to_owned()
}

#[test]
fn null_tests_of_hidden_columns_are_written_so_that_no_index_answers_them() {
    for (condition, expected) in [
        (
            "phone is not null",
            "(CASE WHEN phone IS NOT NULL THEN true END) is not null",
        ),
        (
            "phone is null",
            "(CASE WHEN phone IS NULL THEN NULL ELSE true END) is null",
        ),
        (
            "not (customers.ssn) isnull",
            "not ((CASE WHEN customers.ssn IS NULL THEN NULL ELSE true END)) isnull",
        ),
        (
            "phone notnull and id > 3",
            "(CASE WHEN phone IS NOT NULL THEN true END) notnull and id > 3",
        ),
        (
            "coalesce(phone) is not null",
            "(CASE WHEN coalesce(phone) IS NOT NULL THEN true END) is not null",
        ),
        (
            "(id, phone) is not null",
            "(CASE WHEN (id, phone) IS NOT NULL THEN true END) is not null",
        ),
        (
            "row(phone, id) is null",
            "(CASE WHEN row(phone, id) IS NULL THEN NULL ELSE true END) is null",
        ),
        (
            "(phone is null) is null",
            "((CASE WHEN phone IS NULL THEN NULL ELSE true END) is null) is null",
        ),
        (
            "case when true then phone end is not null",
            "(CASE WHEN case when true then phone end IS NOT NULL THEN true END) is not null",
        ),
        (
            "(case when phone is null then phone end) is null",
            "((CASE WHEN case when (CASE WHEN phone IS NULL THEN NULL ELSE true END) is null then phone end IS NULL THEN NULL ELSE true END)) is null",
        ),
        // Their order says nothing, or nothing is hidden.
        ("notes is not null", "notes is not null"),
        ("city_id is null", "city_id is null"),
        ("(select phone) is null", "(select phone) is null"),
    ] {
        assert_eq!(filter("intern", condition), expected, "{condition}");
    }
    for (login, condition) in [
        ("support", "ssn is not null"),
        ("support", "email is null"),
        ("billing", "phone is not null"),
        ("owner", "(id, ssn) is not null"),
    ] {
        assert_eq!(filter(login, condition), condition);
    }
    // A row of a subquery is what the planner takes apart.
    let shown = fixture().shows(
        "intern",
        "select 1 from (select phone from customers) q where q is not null and q is null",
    );
    assert!(
        shown.contains("where (CASE WHEN q IS NOT NULL THEN true END) is not null and (CASE WHEN q IS NULL THEN NULL ELSE true END) is null"),
        "{shown}"
    );
    let shown = fixture().shows("intern", "select id from contacts where mail is not null");
    assert!(shown.contains("(CASE WHEN mail IS NOT NULL"), "{shown}");
}

/// Indexes on customers: id 1, name 2, email 3, ssn 4, notes 5, birth_date 8, phone 9, city_id 10.
fn indexed(indexes: &[(&[i16], &[i16], bool)]) -> Fixture {
    let Fixture { policy, world } = fixture();
    let mut snapshot = Snapshot::clone(&world.snapshot);
    crate::policy::testing::change(&mut snapshot, "public.customers", |relation| {
        relation.ordered = (indexes.iter())
            .map(|(keys, columns, unique)| crate::catalog::Ordered {
                name: "an_index".to_owned(),
                keys: keys.to_vec(),
                columns: columns.to_vec(),
                unique: *unique,
            })
            .collect();
    });
    let protection = Arc::clone(&world.protection);
    Fixture {
        policy,
        world: World::new(Arc::new(snapshot), protection),
    }
}

#[track_caller]
fn sampled(fixture: &Fixture, login: &str, text: &str) -> bool {
    let shown = fixture.shows(login, text);
    assert!(!shown.contains("refused"), "{text}: {shown}");
    shown.contains(" TABLESAMPLE pg_catalog.system (100)")
}

#[test]
fn a_table_is_read_by_no_index_that_could_tell() {
    // (city_id, phone)
    let fixture = indexed(&[(&[10, 9], &[10, 9], false)]);
    for text in [
        "select id, phone from customers where city_id = 3",
        "select id from customers c where c.city_id in (3, 4)",
        "select id from customers order by city_id limit 3",
        "select id, city_id from customers order by city_id limit 3",
        "select c.city_id as city_id, id from customers c order by (city_id) desc",
        "select city_id as x, id from customers order by x",
        "select city_id, id from customers order by 1",
        "select city_id, count(*) from customers group by city_id",
        "select count(*) over (partition by city_id), id from customers",
        "select phone from customers join cities c on c.id = city_id",
        "select x.id from (select id, city_id as other from customers) x where x.other = 3",
        "select x.z from (select * from customers) x(z, a, b, c, d, e, f, g, h, i) where x.i = 3",
        "with x(a, b) as (select id, city_id from customers) select a from x where b = 3",
        "select id from customers where id in (select id from customers where city_id = 3)",
        "select city_id from customers",
        "select city_id, phone from customers",
        "select count(*) from customers",
        "select 1 from cities where exists (select from customers where city_id = cities.id)",
        "select id from only customers as c where city_id = 3",
        "select id from customers * c where city_id = 3",
        "select c.i from customers as c(a, b, c, d, e, f, g, h, phone, i) where c.i = 3",
        "select id from customers where city_id is null",
        "insert into orders (id) select id from customers where city_id = 3",
        "select id from customers where id = city_id and city_id = 3",
        "select id from customers where id = 3 or city_id = 3",
        "select id from customers c where city_id = 3 and exists (select from cities where c.id = 3)",
        "select id from customers c where city_id = 3 or (select c.id = 3 from cities limit 1)",
        "select c.id from orders o left join customers c on c.id = 3 and c.city_id = o.id",
    ] {
        for login in ["intern", "support"] {
            assert!(sampled(&fixture, login, text), "{login}: {text}");
        }
        assert!(!sampled(&fixture, "billing", text), "{text}");
    }
    for text in [
        "select id, phone from customers where id = 3",
        "select * from customers where name = 'x' order by id limit 10",
        "select id, city_id, phone from customers",
        "select * from customers",
        "select city_id, name from customers order by name",
        "select id from customers where id = 5 and city_id = 3",
        "select c.id from customers c, orders o where o.id = 3 and c.id = o.customer_id",
        "select id from customers tablesample bernoulli (10) where city_id = 3",
    ] {
        for login in ["intern", "support"] {
            assert!(!sampled(&fixture, login, text), "{login}: {text}");
        }
    }
    let shown = fixture.shows(
        "intern",
        "select c.i from only (customers) as c(a, b, c, d, e, f, g, h, phone, i) where i = 3",
    );
    assert!(
        shown.contains("phone, i) TABLESAMPLE pg_catalog.system (100) where"),
        "{shown}"
    );
    // What is written cannot be read so; through a view neither.
    for text in [
        "update customers set name = 'x' where city_id = 3",
        "delete from customers where city_id = 3",
        "delete from customers where city_id = 3 returning id",
        "merge into customers c using cities t on t.id = c.city_id when matched then do nothing",
    ] {
        let refusal = fixture.refusal("support", text);
        assert!(refusal.starts_with("SW20"), "{text}: {refusal}");
    }
    for text in [
        "update customers set city_id = 4 where id = 3",
        "update customers set name = 'x' where id = 3 and city_id = 3 returning city_id",
        "update customers set city_id = city_id where name = 'x' returning *",
    ] {
        assert!(!sampled(&fixture, "support", text), "{text}");
    }
}

#[test]
fn which_indexes_tell() {
    let seeking = "select id from customers where city_id = 3";
    let showing = "select phone from customers";
    for (keys, columns, unique, tells) in [
        (&[10_i16, 9][..], &[10_i16, 9][..], false, true),
        // Plaintext has its order, unique or not.
        (&[10, 9], &[10, 9], true, true),
        // Deterministic envelopes: equals lie together, where there are any.
        (&[10, 8], &[10, 8], false, true),
        (&[10, 8], &[10, 8], true, false),
        // Of one domain with a column of another table, they could be laid side by side.
        (&[10, 4], &[10, 4], true, true),
        // Random ones.
        (&[10, 5], &[10, 5], false, false),
        // A key goes before.
        (&[1, 10, 9], &[1, 10, 9], false, false),
        (&[10, 1, 9], &[10, 1, 9], false, false),
        // It is only included, or in the condition.
        (&[10], &[10, 9], false, false),
        // An expression of it; a condition on what is seen.
        (&[10, 0], &[10, 9], false, true),
        (&[9], &[9, 10], false, true),
    ] {
        let fixture = indexed(&[(keys, columns, unique)]);
        assert_eq!(
            sampled(&fixture, "intern", seeking),
            tells,
            "{keys:?} {columns:?} {unique}"
        );
    }
    // On what is hidden alone: it tells where the mask is made of the value.
    let fixture = indexed(&[(&[9], &[9], false)]);
    assert!(!sampled(&fixture, "intern", seeking));
    assert!(!sampled(&fixture, "intern", showing));
    assert!(!sampled(&fixture, "support", seeking));
    assert!(sampled(&fixture, "support", showing));
    for (text, certain) in [
        ("select phone from customers where id > 3", true),
        ("select id, phone from customers", true),
        ("select * from customers", true),
        ("select phone from customers where id = id", false),
        ("select phone from customers where id > 3 or true", false),
        (
            "select phone from (select id, phone from customers) x",
            false,
        ),
        (
            "select b.phone from customers a join customers b on a.id = b.id",
            false,
        ),
        (
            "select b.phone from orders a join customers b on a.customer_id = b.id",
            true,
        ),
        // The join comes to nothing.
        (
            "select b.phone from customers b left join orders a on a.id = b.id",
            false,
        ),
        (
            "select other.customers.*, public.customers.phone from other.customers, public.customers",
            false,
        ),
    ] {
        assert_eq!(!sampled(&fixture, "support", text), certain, "{text}");
    }
}

#[test]
fn what_indexes_beneath_a_view_tell() {
    let Fixture { policy, world } = indexed(&[(&[10, 9], &[10, 9], false)]);
    let mut snapshot = Snapshot::clone(&world.snapshot);
    let customers = snapshot.relation("public", "customers").unwrap().oid;
    view(
        &mut snapshot,
        30_001,
        "seen",
        "SELECT c.id, c.city_id AS town, c.phone, c.city_id + 1 AS other FROM public.customers c;",
        &["id", "town", "phone", "other"],
        customers,
    );
    view(
        &mut snapshot,
        30_002,
        "over",
        "SELECT s.town AS place, s.id FROM public.seen s WHERE s.id > 3;",
        &["place", "id"],
        30_001,
    );
    let protection = Arc::clone(&world.protection);
    let fixture = Fixture {
        policy,
        world: World::new(Arc::new(snapshot), protection),
    };
    for text in [
        "select id from seen where town = 3",
        "select id from seen order by town",
        "select id from seen where other = 3",
        "select town from seen",
        "select id from over where place = 3",
        "select a from seen s(a, b) where b = 3",
    ] {
        let refusal = fixture.refusal("intern", text);
        assert!(refusal.contains("an_index"), "{text}: {refusal}");
        assert!(!sampled(&fixture, "billing", text));
    }
    for text in [
        "select id, town from seen where id = 3",
        "select * from seen order by id",
        "select place, id from over where id = 3",
    ] {
        assert!(!sampled(&fixture, "intern", text), "{text}");
    }
}
