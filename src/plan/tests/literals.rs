//! Constants beside sealed values: sealed as they are where the value is only shown, as the column has them where it is
//! compared, grouped, sorted or stored.

use super::*;

#[test]
fn what_is_only_shown_keeps_its_form() {
    let fixture = fixture();
    for (text, sealed) in [
        (
            "select coalesce(balance, 0) from customers",
            "‹0, shown only›",
        ),
        ("select coalesce(balance, 0.00) from customers", "‹0.00›"),
        (
            "select coalesce(balance, '1.505') from customers",
            "‹1.505, shown only›",
        ),
        (
            "select coalesce(balance, 1.505::numeric(10,2)) from customers",
            "‹1.51›",
        ),
        (
            "select balance from customers union all select 0",
            "‹0, shown only›",
        ),
        (
            "values (0) union all select balance from customers",
            "‹0, shown only›",
        ),
        (
            "select case when id = 1 then ssn else 'longer than eleven' end from customers",
            "‹longer than eleven, shown only›",
        ),
        (
            "select b from (select coalesce(balance, 0) as b from customers) q",
            "‹0, shown only›",
        ),
        (
            "select coalesce(visits, 3000000000) from customers",
            "‹3000000000, shown only›",
        ),
        (
            "select coalesce(ssn, 'twelve letters'::varchar(11)) from customers",
            "‹twelve lett›",
        ),
    ] {
        let shown = fixture.shows("billing", text);
        assert!(shown.contains(sealed), "{text}: {shown}");
    }
}

#[test]
fn what_is_only_shown_is_nothing_else() {
    let fixture = fixture();
    for text in [
        "select id from customers where coalesce(balance, 0) = 0",
        "select id from (select id, coalesce(balance, 0) as b from customers) q where b = 7",
        "select b, count(*) from (select coalesce(balance, 0) as b from customers) q group by b",
        "select coalesce(balance, 0), count(*) from customers group by 1",
        "select distinct coalesce(balance, 0) from customers",
        "select count(distinct coalesce(balance, 0)) from customers",
        "select id, coalesce(balance, 0) from customers order by 2",
        "select balance from customers union select 0",
        "select balance from customers except select 0",
        "select row_number() over (partition by coalesce(balance, 0)) from customers",
        "select id from customers where balance = any(select coalesce(balance, 0) from customers)",
        "select id from customers where balance in (select balance from customers union all select 0)",
        "select q.b from (select coalesce(balance, 0) as b from customers) q join customers c on c.balance = q.b",
        "select balance from customers join (select coalesce(balance, 0) as balance from customers) q using (balance)",
        "update customers set balance = coalesce(balance, 0)",
        "insert into customers (balance) select coalesce(balance, 0) from customers",
        "select * from (select array_agg(coalesce(balance, 0)) as a from customers) q, unnest(q.a) as u (x) where u.x = 7",
        "with recursive r (n, b) as (select 1, balance from customers union all select n + 1, coalesce(b, 0) from r where b = 7) select b from r",
        "create table copied as select coalesce(balance, 0) as b from customers",
    ] {
        let refusal = fixture.refusal("owner", text);
        assert!(refusal.starts_with("SW116 0A000"), "{text}: {refusal}");
        // What the column could hold is no obstacle.
        let held = text
            .replace(", 0)", ", 0.00)")
            .replace("select 0)", "select 0.00)");
        let held = match held.strip_suffix("select 0") {
            Some(start) => format!("{start}select 0.00"),
            None => held,
        };
        fixture.plan("owner", &held);
    }
}

/// The server would give NULL the type of the column's values, and then find that it is none of the column's.
#[test]
fn null_is_no_recursive_term_beside_a_sealed_column() {
    let fixture = fixture();
    for text in [
        "with recursive q (n, e) as (select 1, email from customers union all select n + 1, null from q where n < 3) select n, e from q",
        "with recursive q (e) as (select email from customers union all select coalesce(null, null) from q) select e from q",
    ] {
        let refusal = fixture.refusal("owner", text);
        assert!(refusal.starts_with("SW116 0A000"), "{text}: {refusal}");
    }
}

/// What is bound is looked at when it is: more strictly, where more is done with it than to show it.
#[test]
fn parameters_are_as_strict_as_their_use() {
    let fixture = fixture();
    let strict = |text: &str| {
        let plan = fixture.plan("owner", text);
        let Treatment::Seal { exact, .. } = &plan.parameters[0].treatment else {
            panic!("{text}: {}", show(&plan));
        };
        match exact {
            crate::plan::Exact::Merged { shown_only, .. } => !shown_only,
            other => panic!("{text}: {other:?}"),
        }
    };
    for (text, expected) in [
        ("select coalesce(balance, $1) from customers", false),
        (
            "select b from (select coalesce(balance, $1) as b from customers) q",
            false,
        ),
        (
            "select coalesce(balance, $1), count(*) from customers group by 1",
            true,
        ),
        (
            "select id from customers where coalesce(balance, $1) = 7",
            true,
        ),
        ("select distinct coalesce(balance, $1) from customers", true),
        ("select balance from customers union select $1", true),
        (
            "select balance from customers union all select $1::numeric",
            false,
        ),
        ("update customers set balance = coalesce(balance, $1)", true),
        (
            "create table copied as select coalesce(balance, $1) as b from customers",
            true,
        ),
    ] {
        assert_eq!(strict(text), expected, "{text}");
    }
}

/// A constant that is shown and compared is sealed once, for both.
#[test]
fn a_constant_of_a_list_is_one_or_the_other() {
    let fixture = fixture();
    for text in [
        "with v (x) as (values (0)) select (select coalesce(balance, x) from v), (select count(*) from v where x = balance) from customers",
        "select v.x from (values (0)) v (x) join customers c on c.balance = v.x",
        "select coalesce(c.balance, v.x) from (values (0)) v (x) join customers c on c.balance = v.x",
    ] {
        fixture.refusal("owner", text);
    }
    for text in [
        "select v.x from (values (0::numeric(10,2))) v (x) join customers c on c.balance = v.x",
        "select v.x, count(*) from (values (1.005), (2.005)) v (x) left join customers c on c.balance = v.x group by v.x",
    ] {
        let plan = fixture.plan("owner", text);
        drop(plan);
    }
}

/// Each cast of a chain limits what the next one gets.
#[test]
fn a_wider_cast_does_not_undo_a_narrower_one() {
    let fixture = fixture();
    for text in [
        "select id from customers where visits = '7310000'::smallint::int",
        "select id from customers where visits = 7310000::int::smallint",
        "select id from customers where visits = 7310000::bigint::smallint::bigint",
    ] {
        assert!(fixture.refusal("owner", text).contains("22003"), "{text}");
    }
    for text in [
        "select id from customers where visits = '7310'::smallint::int",
        "select id from customers where visits = 7310000::bigint::int",
    ] {
        fixture.plan("owner", text);
    }
}

#[test]
fn an_array_without_a_type_has_none() {
    let fixture = fixture();
    for (text, sqlstate) in [
        (
            "select c.id from customers c join unnest('{a}') u (x) on u.x = c.email",
            "42725",
        ),
        (
            "select c.id from customers c join unnest($1) u (x) on u.x = c.email",
            "42725",
        ),
        (
            "select c.id from customers c where c.email in (select unnest('{a}'))",
            "42725",
        ),
        (
            "select c.id from customers c, (values ('{a}')) v (y), unnest(v.y) u (x) where u.x = c.email",
            "42883",
        ),
    ] {
        let refusal = fixture.refusal("owner", text);
        assert!(refusal.contains(sqlstate), "{text}: {refusal}");
    }
}

/// A mask is made of values of the column: a constant beside them is masked like them, or refused.
#[test]
fn a_mask_is_not_shown_beside_a_constant() {
    let fixture = fixture();
    for text in [
        "select coalesce(balance, 0) from customers",
        "select coalesce(ssn, 'longer than eleven') from customers",
        "select balance from customers union all select 0",
    ] {
        let refusal = fixture.refusal("intern", text);
        assert!(refusal.starts_with("SW116"), "{text}: {refusal}");
    }
    let shown = fixture.shows("intern", "select coalesce(balance, 0.00) from customers");
    assert!(shown.contains("rows: balance Null"), "{shown}");
}
