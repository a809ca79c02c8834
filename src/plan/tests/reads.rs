//! SELECT.

use expect_test::expect;

use super::*;

#[test]
fn what_names_nothing_watched_is_not_looked_at() {
    let fixture = fixture();
    for text in [
        "select 1",
        "select * from orders where id = 5",
        "set application_name = 'customers'",
        "begin",
        "select 'customers'",
        "/* customers */ select 1",
        "select 1; select 2",
    ] {
        assert!(!fixture.world.survey(text).watched, "{text}");
    }
    for text in [
        "select * from customers",
        "SELECT * FROM \"customers\"",
        "select 1; delete from CUSTOMERS",
        "do $$ begin end $$",
        "select U&\"\\0063ustomers\"",
    ] {
        assert!(fixture.world.survey(text).watched, "{text}");
    }
    assert!(
        fixture
            .world
            .survey("set search_path = other")
            .changes_settings
    );
    assert!(fixture.world.survey("select 1; rollback").changes_settings);
    assert!(
        fixture
            .world
            .survey("create table x (a int)")
            .changes_catalog
    );
}

#[test]
fn a_name_that_resolves_to_something_else_passes() {
    let fixture = fixture();
    expect![[r#"
        select * from other.customers where email = 'x'
        passes: NothingProtected"#]]
    .assert_eq(&fixture.shows("intern", "select * from other.customers where email = 'x'"));
    let mut environment = environment();
    environment.search_path = vec!["pg_catalog".into(), "other".into(), "public".into()];
    let plan = fixture.plan_in("intern", "select email from customers", &[], &environment);
    assert!(matches!(
        plan.statements[0].outcome,
        Outcome::Passthrough(_)
    ));
}

#[test]
fn columns_are_opened_masked_or_relayed_by_right() {
    let fixture = fixture();
    let text = "select id, email, ssn, notes, phone from customers";
    expect![[r#"
        select id, email, ssn, notes, phone from "public".customers
        rows: -, email, ssn, notes, -"#]]
    .assert_eq(&fixture.shows("billing", text));
    expect![[r#"
        select id, email, ssn, notes, phone from "public".customers
        rows: -, email, ssn KeepLast { keep: 4, with: '*' }, notes Null, plain phone KeepLast { keep: 2, with: '*' }"#]]
    .assert_eq(&fixture.shows("support", text));
    expect![[r#"
        select id, email, ssn, notes, phone from "public".customers
        rows: -, email Null, ssn Null, notes Null, plain phone Null"#]]
    .assert_eq(&fixture.shows("intern", text));
}

#[test]
fn constants_are_sealed_where_they_meet_a_sealed_column() {
    let fixture = fixture();
    for (text, expected) in [
        (
            "select id from customers where email = 'a@b.c'",
            expect![[r#"
                select id from "public".customers where email = ‹a@b.c›
                rows: -"#]],
        ),
        (
            "select id from customers c where 'a@b.c'::text = c.email and c.id > 7",
            expect![[r#"
                select id from "public".customers c where ‹a@b.c›::pg_catalog.bytea = c.email and c.id > 7
                rows: -"#]],
        ),
        (
            "select id from customers where email in ('a', E'b\\'c') and visits <> -7 and balance = 1.50",
            expect![[r#"
                select id from "public".customers where email in (‹a›, ‹b'c›) and visits <> ‹-7› and balance = ‹1.50›
                rows: -"#]],
        ),
        (
            "select id from customers where email = any ('{a,\"b c\",NULL}') and birth_date = date '1980-02-29'",
            expect![[r#"
                select id from "public".customers where email = any (‹[a,b c,NULL]›) and birth_date =  ‹1980-02-29›
                rows: -"#]],
        ),
        (
            "select id from customers where (email, id) = ('a', 1) or (ssn, email) in (('1', 'b'), ('2', 'c'))",
            expect![[r#"
                select id from "public".customers where (email, id) = (‹a›, 1) or (ssn, email) in ((‹1›, ‹b›), (‹2›, ‹c›))
                rows: -"#]],
        ),
        (
            "select id from customers where email is not distinct from cast('a' as character varying(40)) or email is null",
            expect![[r#"
                select id from "public".customers where email is not distinct from cast(‹a› as pg_catalog.bytea) or email is null
                rows: -"#]],
        ),
        (
            "select case email when 'a' then 'b' else email end, coalesce(email, ''), nullif(email, 'x') from customers",
            expect![[r#"
                select case email when ‹a› then ‹b› else email end, coalesce(email, ‹›), nullif(email, ‹x›) from "public".customers
                rows: email (derived), email (derived), email (derived)"#]],
        ),
        (
            "select email from customers where ssn = '1' union select email from customers where ssn = '2'",
            expect![[r#"
                select email from "public".customers where ssn = ‹1› union select email from "public".customers where ssn = ‹2›
                rows: email (derived)"#]],
        ),
    ] {
        expected.assert_eq(&fixture.shows("billing", text));
    }
}

#[test]
fn lineage_goes_through_joins_subqueries_tables_of_with_and_views() {
    let fixture = fixture();
    for (text, expected) in [
        (
            "select c.email, k.amount from customers c join claims k on k.ssn = c.ssn left join orders o on o.customer_id = c.id",
            expect![[r#"
                select c.email, k.amount from "public".customers c join "public".claims k on k.ssn = c.ssn left join "public".orders o on o.customer_id = c.id
                rows: email, amount"#]],
        ),
        (
            "with q as (select email as e, count(*) n from customers group by email) select e, n from q where e = 'x' order by n",
            expect![[r#"
                with q as (select email as e, count(*) n from "public".customers group by email) select e, n from q where e = ‹x› order by n
                rows: email, -"#]],
        ),
        (
            "select x.mail from (select mail from contacts where ssn = '5') x",
            expect![[r#"
                select x.mail from (select mail from "public".contacts where ssn = ‹5›) x
                rows: email"#]],
        ),
        (
            "select ssn, array_agg(email order by name), count(distinct email) from customers join claims using (ssn) group by ssn",
            expect![[r#"
                select ssn, array_agg(email order by name), count(distinct email) from "public".customers join "public".claims using (ssn) group by ssn
                rows: ssn, email[] (derived), -"#]],
        ),
        (
            "select (select email from customers c where c.id = o.customer_id), lag(o.id) over (partition by o.email order by o.id) from orders o",
            expect![[r#"
                select (select email from "public".customers c where c.id = o.customer_id), lag(o.id) over (partition by o.email order by o.id) from "public".orders o
                rows: email, -"#]],
        ),
        (
            "select * from cities natural join (select city_id as id, email from customers) q",
            expect![[r#"
                select * from "public".cities natural join (select city_id as id, email from "public".customers) q
                rows: -, -, email"#]],
        ),
        (
            "with recursive r(e, n) as (select email, 1 from customers union all select e, n + 1 from r where n < 3) select e from r",
            expect![[r#"
                with recursive r(e, n) as (select email, 1 from "public".customers union all select e, n + 1 from r where n < 3) select e from r
                rows: email (derived)"#]],
        ),
        (
            "select v.p from customers c join (values ('a'), ('b')) as v(p) on v.p = c.email",
            expect![[r#"
                select v.p from "public".customers c join (values (‹a›), (‹b›)) as v(p) on v.p = c.email
                rows: email (derived)"#]],
        ),
    ] {
        expected.assert_eq(&fixture.shows("billing", text));
    }
}

#[test]
fn placeholders_are_declared_sealed_and_shown_as_the_application_knows_them() {
    let fixture = fixture();
    for (text, declared, expected) in [
        (
            "select id from customers where email = $1 and id = $2",
            vec![],
            expect![[r#"
                select id from "public".customers where email = $1 and id = $2
                rows: -
                $1: upstream 17, client Some(25), seal email sent as 0 read as character varying
                $2: upstream 0, client None, pass"#]],
        ),
        (
            "select id from customers where email = any($1) and visits = $2::int",
            vec![1009],
            expect![[r#"
                select id from "public".customers where email = any($1) and visits = $2::pg_catalog.bytea
                rows: -
                $1: upstream 1001, client Some(1009), seal email[] sent as 25 read as character varying
                $2: upstream 17, client Some(23), seal visits sent as 23 read as integer"#]],
        ),
        (
            "select id from customers where email in ($1, $2)",
            vec![],
            expect![[r#"
                select id from "public".customers where email in ($1, $2)
                rows: -
                $1: upstream 17, client Some(1043), seal email sent as 0 read as character varying
                $2: upstream 17, client Some(1043), seal email sent as 0 read as character varying"#]],
        ),
        (
            "select id from customers where email = $1 or name = $1",
            vec![25],
            expect![[r#"
                select id from "public".customers where email = $2 or name = $1
                rows: -
                $1: upstream 25, client Some(25), pass
                +$2 of $1: upstream 17, seal email sent as 25 read as character varying"#]],
        ),
    ] {
        expected.assert_eq(&show(&fixture.plan_in(
            "billing",
            text,
            &declared,
            &environment(),
        )));
    }
}

#[test]
fn values_are_typed_as_the_server_types_them() {
    let fixture = fixture();
    for (text, expected) in [
        ("select id from customers where email = 5", "SW114 42883"),
        ("select id from customers where visits = 'x'", "SW115 22P02"),
        (
            "select id from customers where birth_date = '1980-02-30'",
            "SW115 22008",
        ),
        (
            "select id from customers where birth_date = 'now'",
            "SW116 0A000",
        ),
        (
            "select id from customers where visits = 2.5::float8",
            "SW116 0A000",
        ),
        (
            "select id from customers where coalesce(balance, 1.001) = 5",
            "SW116 0A000",
        ),
        (
            "select id from customers where email = 'a' || 'b'",
            "SW105 0A000",
        ),
        (
            "insert into customers (ssn) values ('123456789012')",
            "SW115 22001",
        ),
        (
            "insert into customers (visits) values ('3000000000')",
            "SW115 22003",
        ),
        (
            "insert into customers (visits) values (true)",
            "SW114 42804",
        ),
        (
            "select id from customers where nothing = 'a'",
            "SW303 42703",
        ),
        ("select id from customers, nowhere", "SW303 42P01"),
        ("select id from customers a, customers b", "SW106 42702"),
    ] {
        let refusal = fixture.refusal("billing", text);
        assert!(refusal.starts_with(expected), "{text}: {refusal}");
    }
    // What the column cannot hold is equal to none, and no error.
    for text in [
        "select id from customers where ssn = '123456789012'",
        "select id from customers where visits = 2.5",
        "select id from customers where balance = 1.001",
    ] {
        fixture.shows("billing", text);
    }
}

#[test]
fn refusals_say_where() {
    let fixture = fixture();
    expect!["SW102 0A000 column public.customers.email cannot be used in function lower @32"]
        .assert_eq(&fixture.refusal(
            "billing",
            "select id, name, /* ü */ lower(email) from customers",
        ));
    expect!["SW104 0A000 column public.customers.email has no order to sort by @39"].assert_eq(
        &fixture.refusal(
            "billing",
            "select max(id), array_agg(id order by email) from customers",
        ),
    );
    expect![
        "SW103 0A000 column public.customers.notes is sealed randomly and cannot be compared @32"
    ]
    .assert_eq(&fixture.refusal("billing", "select id from customers where notes = 'x'"));
    expect!["SW105 0A000 columns public.customers.email and public.customers.ssn are of different key domains @32"]
        .assert_eq(&fixture.refusal("billing", "select id from customers where email = ssn"));
}

#[test]
fn several_statements_are_planned_as_one_text() {
    let fixture = fixture();
    expect![[r#"
        begin; update "public".customers set notes = COALESCE(‹x›, (NULL::"public"."customers")."notes") where ssn = ‹1› ; SELECT pg_catalog."sealwire refused"(); commit
        passes: NotWatched
        refused: SW102 column public.customers.email cannot be used in function lower
        passes: NotWatched"#]]
    .assert_eq(&fixture.shows("billing", "begin; update customers set notes = 'x' where ssn = '1' ; select lower(email) from customers; commit"));
    let refusal = fixture.refusal(
        "billing",
        "set search_path = other; select email from customers",
    );
    assert!(refusal.starts_with("SW113"), "{refusal}");
}
