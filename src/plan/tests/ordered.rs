//! What an order answers: comparisons, sorts, extremes.

use expect_test::expect;

use super::*;

const ORDER: &str = "search = [\"order\"], acknowledge_leakage = true";

fn ordered() -> Fixture {
    fixture_under(&rules())
}

fn rules() -> String {
    RULES
        .replacen(
            "seal = { search = [\"equality\"] }",
            "seal = { search = [\"order\", \"equality-ci\"], acknowledge_leakage = true }",
            1,
        )
        .replace(
            "balance = { seal = { search = [\"equality\"]",
            &format!("balance = {{ seal = {{ {ORDER}"),
        )
        .replace(
            "visits = { seal = { search = [\"equality\"]",
            &format!("visits = {{ seal = {{ {ORDER}"),
        )
        .replace(
            "birth_date = { seal = { search = [\"equality\"]",
            &format!("birth_date = {{ seal = {{ {ORDER}"),
        )
        .replace("search = [\"ssn\"]\n", "search = [\"ssn\", \"visits\"]\n")
}

#[test]
fn comparisons_keep_their_operators() {
    let fixture = ordered();
    let shows = |text: &str| fixture.shows("owner", text);
    expect![[r#"
        select id from "public".customers where visits > ‹5› and birth_date <= ‹2000-01-01› and ‹3› < visits
        rows: -"#]].assert_eq(&shows(
        "select id from customers where visits > 5 and birth_date <= '2000-01-01' and 3 < visits",
    ));
    expect![[r#"
        select id from "public".customers where email between ‹a› and $1 and birth_date not between symmetric $2 and $3
        rows: -
        $1: upstream 17, client Some(25), seal email sent as 0 read as character varying
        $2: upstream 17, client Some(1082), seal birth_date sent as 0 read as date
        $3: upstream 17, client Some(1082), seal birth_date sent as 0 read as date"#]].assert_eq(&shows(
        "select id from customers where email between 'a' and $1 and birth_date not between symmetric $2 and $3",
    ));
    expect![[r#"
        select id from "public".customers where (birth_date, visits) > ($1, $2) and visits < any($3) and visits >= all(array[‹1›, ‹2›])
        rows: -
        $1: upstream 17, client Some(1082), seal birth_date sent as 0 read as date
        $2: upstream 17, client Some(23), seal visits sent as 0 read as integer
        $3: upstream 1001, client Some(1007), seal visits[] sent as 0 read as integer"#]].assert_eq(&shows(
        "select id from customers where (birth_date, visits) > ($1, $2) and visits < any($3) and visits >= all(array[1, 2])",
    ));
    expect![[r#"
        select a.id from "public".customers a join "public".customers b on a.visits < b.visits and a.visits > (select sealwire.max(visits) from "public".customers)
        rows: -"#]].assert_eq(&shows(
        "select a.id from customers a join customers b on a.visits < b.visits and a.visits > (select max(visits) from customers)",
    ));
}

#[test]
fn constants_that_the_type_cannot_hold_stand_between() {
    let fixture = ordered();
    let shows = |text: &str| fixture.shows("owner", text);
    expect![[r#"
        select id from "public".customers where visits > ‹between› and visits < ‹end› and visits = ‹2› and visits <> ‹between›
        rows: -"#]].assert_eq(&shows(
        "select id from customers where visits > 2.5 and visits < 3000000000 and visits = 2.0 and visits <> 1.5",
    ));
    expect![[r#"
        select id from "public".customers where balance <= ‹between› and balance in (‹1.50›, ‹between›) and birth_date <  ‹between›
        rows: -"#]].assert_eq(&shows(
        "select id from customers where balance <= 1.005 and balance in (1.5, 99999999999) and birth_date < timestamp '2000-01-01 12:00'",
    ));
    let long = "x".repeat(50);
    expect![[r#"
        select id from "public".customers where email < ‹between› and email = ‹between› and email > ‹between›
        rows: -"#]].assert_eq(&shows(&format!(
        "select id from customers where email < '{long}' and email = '{long}' and email > 'ς'"
    )));
    // Where such a constant could be shown, or grouped by, it is refused.
    for text in [
        "select * from (select nullif(visits, 3000000000) from customers) q",
        "select v.x from customers c join (values (1.5), (2)) as v(x) on c.visits = v.x",
        "select max(q.v) from (select coalesce(visits, 3000000000) as v from customers) q",
        "select greatest(visits, 2.5) from customers",
    ] {
        fixture.refusal("owner", text);
    }
}

#[test]
fn sorts_and_extremes() {
    let fixture = ordered();
    let shows = |text: &str| fixture.shows("owner", text);
    expect![[r#"
        select birth_date as b, id from "public".customers order by b desc nulls last, visits nulls first, 2
        rows: birth_date, -"#]].assert_eq(&shows(
        "select birth_date as b, id from customers order by b desc nulls last, visits nulls first, 2",
    ));
    expect![[r#"
        select sealwire.min(birth_date), sealwire.max(visits) filter (where visits < ‹5›), sealwire.max(email) over (partition by ssn order by visits rows between 1 preceding and current row) from "public".customers
        rows: birth_date (derived), visits (derived), email (derived)"#]].assert_eq(&shows(
        "select min(birth_date), pg_catalog.max(visits) filter (where visits < 5), max(email) over (partition by ssn order by visits rows between 1 preceding and current row) from customers",
    ));
    expect![[r#"
        select distinct on (birth_date) birth_date, array_agg(visits order by visits desc), greatest(visits, ‹7›, null), least(visits, $1) from "public".customers group by birth_date, visits order by birth_date
        rows: birth_date, visits[] (derived), visits (derived), visits (derived)
        $1: upstream 17, client Some(23), seal visits sent as 0 read as integer"#]].assert_eq(&shows(
        "select distinct on (birth_date) birth_date, array_agg(visits order by visits desc), greatest(visits, 7, null), least(visits, $1) from customers group by birth_date, visits order by birth_date",
    ));
    expect![[r#"
        select ssn from "public".customers group by ssn having sealwire.max(visits) > ‹3› order by sealwire.max(visits) desc, sealwire.min(email)
        rows: ssn"#]].assert_eq(&shows(
        "select ssn from customers group by ssn having max(visits) > 3 order by max(visits) desc, min(email)",
    ));
    expect![[r#"
        select visits from "public".customers union select visits from "public".customers order by visits
        rows: visits (derived)"#]].assert_eq(&shows(
        "select visits from customers union select visits from customers order by visits",
    ));
}

#[test]
fn a_server_of_18_has_the_extremes_itself() {
    let mut fixture = ordered();
    let mut snapshot = Snapshot::clone(&fixture.world.snapshot);
    snapshot.server_version = 180_001;
    fixture.world.snapshot = Arc::new(snapshot);
    expect![[r#"
        select min(birth_date) from "public".customers
        rows: birth_date (derived)"#]]
    .assert_eq(&fixture.shows("owner", "select min(birth_date) from customers"));
}

#[test]
fn what_an_order_does_not_answer() {
    let fixture = ordered();
    let refusal = |text: &str| fixture.refusal("owner", text);
    for text in [
        // Tags have no order.
        "select id from customers where lower(email) < 'x'",
        "select id from customers where lower(email) between 'a' and 'b'",
        "select id from customers order by lower(email)",
        // Equality alone.
        "select id from customers where ssn < 'x'",
        "select array_agg(id order by ssn) from customers",
        "select min(ssn) from customers",
        "select max(notes) from customers",
        // Values, not their order.
        "select sum(visits) from customers",
        "select visits + 1 from customers order by visits + 1",
        "select id from customers order by email collate \"de_DE\"",
        "select percentile_disc(0.5) within group (order by visits) from customers",
        "select sum(1) over (order by visits range between 5 preceding and current row) from customers",
        "select id from customers where visits < birth_date",
        "select id from customers where visits < city_id",
        "select id from customers where visits < 1.5::float8",
        "select id from customers where birth_date < now()",
        "select id from customers where email ~~ 'a%'",
        "select id from customers where visits < 'x'",
    ] {
        refusal(text);
    }
    expect![
        "SW114 42883 a value of another type is compared with column public.customers.visits @41"
    ]
    .assert_eq(&refusal("select id from customers where visits > true"));
    expect!["SW104 0A000 column public.customers.visits has an order, and no distances for RANGE @30"].assert_eq(&refusal(
        "select sum(1) over (order by visits range between 5 preceding and current row) from customers",
    ));
}

#[test]
fn rights_and_guesses() {
    let fixture = ordered();
    expect![[r#"
        select visits, sealwire.min(visits) from "public".customers where visits between ‹1› and ‹2› and visits < any(‹[3,4]›) group by visits order by visits
        rows: visits Null, visits Null (derived)
        guesses: 4"#]].assert_eq(&fixture.shows(
        "support",
        "select visits, min(visits) from customers where visits between 1 and 2 and visits < any('{3,4}') group by visits order by visits",
    ));
    for text in [
        "select id from customers where birth_date > '2000-01-01'",
        "select id from customers where birth_date between $1 and $2",
        "select id from customers order by birth_date",
        "select min(birth_date) from customers",
        "select greatest(birth_date, birth_date) from customers",
        "select row_number() over (order by birth_date) from customers",
        "select array_agg(id order by birth_date) from customers",
        "select distinct on (birth_date) id from customers",
        "select birth_date from customers union all select birth_date from customers order by 1",
        "select id from customers where (id, birth_date) > (1, '2000-01-01')",
    ] {
        let refusal = fixture.refusal("support", text);
        assert!(refusal.starts_with("SW202"), "{text}: {refusal}");
    }
}
