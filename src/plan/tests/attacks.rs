//! THREATS: what a masked role must not learn. `ssn` and the like are sealed, `phone` is masked only.

use super::*;

/// Every statement here must be refused for a role that sees masks and may not search.
#[test]
fn a_masked_role_learns_nothing_by_predicates_or_expressions() {
    let fixture = fixture();
    for column in ["email", "notes", "phone", "birth_date", "visits"] {
        for text in [
            "select id from customers where C = '1'",
            "select id from customers where C <> '1'",
            "select id from customers where C > '1'",
            "select id from customers where C like '1%'",
            "select id from customers where C in ('1', '2')",
            "select id from customers where C = any('{1,2}')",
            "select id from customers where C between '1' and '2'",
            "select id from customers where C is distinct from '1'",
            "select id from customers order by C",
            "select C from customers order by 1",
            "select C as x from customers order by x",
            "select C from customers group by C",
            "select C as x from customers group by x",
            "select count(*) from customers group by C",
            "select distinct C from customers",
            "select distinct on (C) id from customers",
            "select count(distinct C) from customers",
            "select C from customers union select C from customers",
            "select C from customers intersect select C from customers",
            "select max(C) from customers",
            "select id from customers having max(C) = '1'",
            "select lower(C) from customers",
            "select C || '' from customers",
            "select C::bigint from customers",
            "select 1/(case when C = '1' then 0 else 1 end) from customers",
            "select case when C = '1' then 1 end from customers",
            "select nullif(C, '1') is null from customers",
            "select row_to_json(customers) from customers",
            "select customers::text from customers",
            "select customers from customers",
            "select row(C, 1) from customers",
            "select array_agg(distinct C) from customers",
            "select json_build_object('a', C) from customers",
            "select string_agg(C, ',') from customers",
            "select rank() over (order by C) from customers",
            "select count(*) over (partition by C) from customers",
            "select id from customers a join customers b using (C)",
            "select a.id from customers a join customers b on a.C = b.C",
            "select id from customers where exists (select 1 from customers c where c.C = '1')",
            "select id from orders where '1' = (select C from customers limit 1)",
            "select id from orders where '1' in (select C from customers)",
            "select id from orders where exists (select C from customers offset (select length(C) from customers limit 1))",
            "select generate_series(1, length(C)) from customers",
            "select * from customers c, lateral (select c.C || 'x' as y) q",
            "select * from customers c cross join lateral unnest(string_to_array(c.C, 'x')) u",
            "with q as (select C as x from customers) select x from q where x = '1'",
            "select x from (select C as x from customers) q where x = '1'",
            "select mail from contacts where mail = '1' or 'C' = 'C' and (select C from customers) = '1'",
            "explain select id from customers where C = '1'",
            "explain analyze select id from customers",
        ] {
            let text = text.replace('C', column);
            let refusal = fixture.refusal("intern", &text);
            assert!(!refusal.is_empty(), "{text}");
        }
    }
}

#[test]
fn a_mask_stays_on_whatever_carries_the_value() {
    let fixture = fixture();
    for text in [
        "select phone, email from customers",
        "select * from (select phone, email from customers) q",
        "with q as (select phone, email from customers) select * from q",
        "select coalesce(phone, 'x'), coalesce(email, 'x') from customers",
        "select case when id = 1 then phone end, case when id = 1 then email end from customers",
        "select phone, email from customers union all select phone, email from customers",
        "select (select phone from customers limit 1), (select email from customers limit 1)",
        "select array_agg(phone), array_agg(email) from customers",
        "select first_value(phone) over (order by id), lag(email) over (order by id) from customers",
        "select unnest(array(select phone from customers))",
    ] {
        let plan = fixture.plan("intern", text);
        match &plan.statements[0].outcome {
            Outcome::Refused(_) => {}
            Outcome::Planned => {
                for output in plan.statements[0].outputs.as_deref().unwrap() {
                    let masked = matches!(
                        output,
                        Output::Plain { .. }
                            | Output::Sealed {
                                show: Show::Mask(_),
                                ..
                            }
                    );
                    assert!(masked, "{text}: {}", show(&plan));
                }
            }
            Outcome::Passthrough(_) => panic!("{text}"),
        }
    }
}

#[test]
fn what_a_masked_role_may_still_do() {
    let fixture = fixture();
    for text in [
        "select count(*), count(email), count(phone) from customers",
        "select id from customers where email is null or phone is not null",
        "select id, name from customers where name = 'x' order by id limit 5",
        "select name, count(*) from customers group by name",
    ] {
        let shown = fixture.shows("intern", text);
        assert!(!shown.contains("refused"), "{text}: {shown}");
    }
}

#[test]
fn search_constants_without_reveal_are_counted_and_capped() {
    let fixture = fixture();
    let shown = fixture.shows(
        "support",
        "select id from customers where ssn in ('1', '2') or ssn = any('{3,4,5}')",
    );
    assert!(shown.contains("guesses: 5"), "{shown}");
    let list: Vec<String> = (0..5_000).map(|n| format!("'{n}'")).collect();
    let refusal = fixture.refusal(
        "support",
        &format!("select id from customers where ssn in ({})", list.join(",")),
    );
    assert!(refusal.starts_with("SW204"), "{refusal}");
    let refusal = fixture.refusal(
        "support",
        &format!(
            "select id from customers where ssn = any('{{{}}}')",
            list.join(",").replace('\'', "")
        ),
    );
    assert!(refusal.starts_with("SW204"), "{refusal}");
    let values: Vec<String> = (0..5_000).map(|n| format!("('{n}')")).collect();
    let refusal = fixture.refusal(
        "support",
        &format!(
            "select v.x from customers c join (values {}) v(x) on c.ssn = v.x",
            values.join(",")
        ),
    );
    assert!(refusal.starts_with("SW204"), "{refusal}");
}

#[test]
fn doors_that_hide_names() {
    let fixture = fixture();
    for text in [
        "do $$ begin perform 1; end $$",
        "create function peek() returns text language sql as 'select phone from customers limit 1'",
        "create or replace procedure peek() language plpgsql as $$ begin perform phone from customers; end $$",
        "create foreign table f (a text) server s options (table_name 'customers')",
        "select c from customers, lateral coalesce(phone, 'x') c",
        "select * from customers, lateral nullif(phone, 'x') c",
        "select find_customer(1)",
        "select * from find_customer(1)",
        "select anything()",
        "call anything()",
        "select query_to_xml('select 1', true, true, '')",
        "select * from dblink('x', 'y') as t(a int), customers",
        "select * from pg_stats",
        "select most_common_vals from pg_catalog.pg_statistic",
        "copy customers to '/tmp/x'",
        "copy (select email from customers) to program 'cat'",
        "copy customers from stdin",
        "copy (select phone || '' from customers) to stdout",
        "copy contacts to stdout",
        "prepare p as select email || '' from customers",
        "declare c cursor for select phone || '' from customers",
        "prepare p as select id from customers where email = $1",
        "create table t as select * from customers",
        "create temp table t as select phone from customers",
        "select * into t from customers",
        "create view v as select phone from customers",
        "insert into orders (email) select phone from customers",
        "insert into orders (email) select email from customers",
        "update orders set email = (select phone from customers limit 1)",
        "insert into scratch select phone from customers",
        "merge into customers using orders on true when matched then delete",
        "select U&\"\\0065mail\" from customers",
        "select email from customers where name = 'a' 'b'",
        "create rule r as on select to customers do instead select 1",
        "create trigger t after insert on customers execute function anything()",
        "create policy p on customers using (true)",
        "grant all on customers to public",
        "refresh materialized view customers",
        "insert into contacts (mail) values ('x')",
        "update contacts set mail = 'x'",
    ] {
        fixture.refusal("intern", text);
    }
    // Full control: what is opaque is allowed, and holds ciphertext.
    for text in [
        "do $$ begin perform 1; end $$",
        "select find_customer(1)",
        "select * from pg_stats",
        "grant all on customers to public",
    ] {
        let shown = fixture.shows("owner", text);
        assert!(shown.contains("passes"), "{text}: {shown}");
    }
}

#[test]
fn settings_that_change_how_a_text_is_read() {
    let fixture = fixture();
    let text = "select email from customers where name = 'a\\'";
    let mut off = environment();
    off.standard_conforming_strings = false;
    let refused = |environment: &Environment, text: &str| {
        matches!(
            fixture
                .plan_in("billing", text, &[], environment)
                .statements[0]
                .outcome,
            Outcome::Refused(_)
        )
    };
    assert!(refused(&off, text));
    assert!(!refused(
        &off,
        "select email from customers where name = 'a'"
    ));
    let mut unsettled = environment();
    unsettled.unsettled = true;
    assert!(refused(&unsettled, text));
    assert!(!refused(&environment(), text));
    let mut latin = environment();
    latin.client_encoding = "LATIN1".into();
    assert!(refused(&latin, "select email from customers"));
}

#[test]
fn who_does_not_see_a_value_cannot_copy_it_to_where_it_can_be_seen() {
    let fixture = fixture();
    for text in [
        "update customers set email = ssn",
        "insert into customers (ssn) select ssn from claims",
        "update customers set ssn = k.ssn from claims k",
    ] {
        fixture.refusal("support", text);
    }
}

#[test]
fn names_resolve_as_the_server_resolves_them() {
    let fixture = fixture();
    // A column alias does not stand for a column in WHERE; a table alias hides the table's name.
    let refusal = fixture.refusal("billing", "select email as x from customers where x = 'a'");
    assert!(refusal.contains("42703"), "{refusal}");
    let refusal = fixture.refusal("billing", "select customers.email from customers c");
    assert!(refusal.contains("42P01"), "{refusal}");
    // A table of WITH hides a protected one.
    let shown = fixture.shows(
        "intern",
        "with customers as (select 1 as email) select email from customers where email = 1",
    );
    assert!(shown.contains("passes: NothingProtected"), "{shown}");
    // A temporary table hides a protected one only where the path looks for it first.
    let mut environment = environment();
    environment.temp_relations.push("customers".into());
    let plan = fixture.plan_in("intern", "select email from customers", &[], &environment);
    assert!(matches!(
        plan.statements[0].outcome,
        Outcome::Passthrough(_)
    ));
    environment.search_path = vec!["pg_catalog".into(), "public".into(), "pg_temp_3".into()];
    let plan = fixture.plan_in("intern", "select email from customers", &[], &environment);
    assert!(
        matches!(plan.statements[0].outcome, Outcome::Planned),
        "{}",
        show(&plan)
    );
    // An inner name hides an outer one.
    let shown = fixture.shows(
        "billing",
        "select (select email from orders o where o.id = c.id) from customers c",
    );
    assert!(shown.ends_with("rows: -"), "{shown}");
}

#[test]
fn plans_hold_no_plaintext_in_their_debug_form() {
    let fixture = fixture();
    let plan = fixture.plan(
        "billing",
        "select id from customers where email = 'canary' and notes is null",
    );
    assert!(!format!("{:?}", plan.text).contains("canary"));
}

/// What no statement names: a cast between types of the server's own, the check of a column's domain.
#[test]
fn what_carries_out_a_routine_behind_a_value() {
    let fixture = fixture();
    let world = |change: &dyn Fn(&mut crate::catalog::Snapshot)| {
        let mut snapshot = crate::catalog::Snapshot::clone(&fixture.world.snapshot);
        change(&mut snapshot);
        let protection = Arc::clone(&fixture.world.protection);
        World::new(Arc::new(snapshot), protection)
    };
    let refused = |world: &World, login: &str, text: &str| {
        let fixture = Fixture {
            policy: fixture.policy.clone(),
            world: world.clone(),
        };
        world.survey(text).watched
            && (fixture.plan(login, text).statements.iter())
                .any(|one| matches!(one.outcome, Outcome::Refused(_)))
    };
    let customers = fixture
        .world
        .snapshot
        .relation("public", "customers")
        .unwrap()
        .oid;
    let cast = world(&|snapshot| {
        snapshot.casts = vec![("(integer AS date)".to_owned(), Some(vec![customers]))];
    });
    for text in [
        "select date_trunc('day', 5)",
        "update cities set name = 5",
        "explain select 1",
    ] {
        assert!(refused(&cast, "intern", text), "{text}");
        assert!(!refused(&cast, "owner", text), "{text}");
        assert!(!refused(&fixture.world, "intern", text), "{text}");
    }
    assert!(!refused(&cast, "intern", "rollback"));
    let harmless = world(&|snapshot| {
        snapshot.casts = vec![("(integer AS date)".to_owned(), Some(vec![999_999]))];
    });
    assert!(!refused(&harmless, "intern", "select 5"));

    let domain = world(&|snapshot| {
        let known = crate::catalog::TypeInfo {
            schema: "public".to_owned(),
            name: "known".to_owned(),
            typtype: 'd',
            base: 25,
            element: 0,
            labels: None,
        };
        snapshot.types.insert(77_777, known);
        snapshot.carriers = vec![("known".to_owned(), None)];
        let oid = snapshot.relation("public", "cities").unwrap().oid;
        let mut cities = crate::catalog::Relation::clone(&snapshot.relations[&oid]);
        cities.columns.last_mut().unwrap().type_oid = 77_777;
        snapshot.relations.insert(oid, Arc::new(cities));
    });
    for text in [
        "insert into cities (name) values ('x')",
        "update cities set name = 'x'",
    ] {
        assert!(refused(&domain, "intern", text), "{text}");
        assert!(!refused(&domain, "owner", text), "{text}");
    }
    assert!(!refused(&domain, "intern", "select name from cities"));
}

/// An operator, a domain and a cast carry out a routine that the statement does not name.
#[test]
fn what_carries_out_a_routine_unnamed() {
    let fixture = fixture();
    let mut snapshot = crate::catalog::Snapshot::clone(&fixture.world.snapshot);
    let customers = snapshot.relation("public", "customers").unwrap().oid;
    snapshot.carriers = vec![
        ("###".to_owned(), Some(vec![customers])),
        ("known".to_owned(), None),
        ("harmless".to_owned(), Some(vec![999_999])),
    ];
    let protection = Arc::clone(&fixture.world.protection);
    let fixture = Fixture {
        policy: fixture.policy,
        world: World::new(Arc::new(snapshot), protection),
    };
    for text in [
        "select ### 1",
        "select 1 operator(public.###) 2",
        "prepare p as select ###1",
        "copy (select ### 1) to stdout",
        "select 'x'::known",
        "select cast('x' as public.\"known\")",
        "select known 'x'",
        "select id::public.known[] from cities",
        "select * from json_to_record('{}') as x(b int, a public.known)",
        "select * from xmltable('/a' passing '<a/>' columns a known path '.')",
        "create temp table t (a known)",
        "create function f() returns int language sql as 'select 1 from (select ### 1) q'",
        "create function f() returns int language sql as 'select ''x''::known'",
    ] {
        for login in ["intern", "support", "billing"] {
            let refusal = fixture.refusal(login, text);
            assert!(refusal.contains("SW205"), "{login}: {text}: {refusal}");
        }
        let plan = fixture.plan("owner", text);
        let refused = plan
            .statements
            .iter()
            .any(|one| matches!(one.outcome, Outcome::Refused(_)));
        assert!(!refused, "{text}");
    }
    for text in [
        "select known from cities c(known)",
        "select '### known'",
        "select 'x'::harmless",
        "select id ## 1 from cities",
    ] {
        let plan = fixture.plan_in("intern", text, &[], &environment());
        let refused = plan
            .statements
            .iter()
            .any(|one| matches!(one.outcome, Outcome::Refused(_)));
        assert!(!refused, "{text}");
    }
}
