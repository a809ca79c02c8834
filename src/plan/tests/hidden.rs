//! Names that the server reads otherwise than they look: `phone` (masked only) must stay masked, or be refused.

use super::*;

/// Fails where any result column is relayed as it is.
#[track_caller]
fn stays_masked(login: &str, text: &str) {
    let fixture = fixture();
    let plan = fixture.plan(login, text);
    for statement in &plan.statements {
        match &statement.outcome {
            Outcome::Refused(_) => return,
            Outcome::Passthrough(_) => panic!("{text}: {}", show(&plan)),
            Outcome::Planned => {
                let outputs = statement.outputs.as_deref().unwrap();
                assert!(
                    outputs.iter().all(|output| *output != Output::Pass),
                    "{text}: {}",
                    show(&plan)
                );
            }
        }
    }
}

#[track_caller]
fn refused(login: &str, texts: &[&str]) {
    let fixture = fixture();
    let passed: Vec<String> = texts
        .iter()
        .filter_map(|text| {
            let plan = fixture.plan(login, text);
            let refused = plan
                .statements
                .iter()
                .any(|statement| matches!(statement.outcome, Outcome::Refused(_)));
            (!refused).then(|| format!("{text}\n{}", show(&plan)))
        })
        .collect();
    assert!(passed.is_empty(), "{}", passed.join("\n\n"));
}

#[test]
fn a_column_of_an_outer_level_goes_before_a_whole_row() {
    stays_masked(
        "intern",
        "select (select o from orders o limit 1) from (select phone as o from customers) x",
    );
    stays_masked(
        "intern",
        "select (select t from (values (1)) t limit 1) from (select phone as t from customers) x",
    );
}

#[test]
fn a_system_column_is_one_of_a_table_only() {
    stays_masked(
        "intern",
        "select (select xmin from (select 1 as a) q) from (select phone as xmin from customers) x",
    );
    stays_masked(
        "intern",
        "with q as (select 1 as a) select (select ctid from q) from (select phone as ctid from customers) x",
    );
}

#[test]
fn the_names_that_the_server_gives_result_columns() {
    for (otherwise, name) in [
        ("lower('x')", "lower"),
        ("(select name from cities limit 1)", "name"),
        ("name collate \"C\"", "name"),
        ("current_user", "\"current_user\""),
        ("(array['x'])[1]", "array"),
        ("nullif(name, 'x')", "nullif"),
    ] {
        stays_masked(
            "intern",
            &format!(
                "select (select {name} from (select case when true then c.phone else {otherwise} end from customers c limit 1) q) from (select 'x'::text as {name}) o"
            ),
        );
    }
    refused(
        "intern",
        &[
            "select case when true then c.phone else lower('x') end from customers c, (select 1 as lower) q order by lower",
        ],
    );
}

#[test]
fn a_row_written_with_a_star_is_the_row() {
    refused(
        "intern",
        &[
            "select row_to_json(x.*) from (select 1 as x, phone from customers) x",
            "select count(x.*), max(x.*::text) from (select 1 as x, phone from customers) x",
            "select json_agg(c.*) from customers c",
        ],
    );
}

#[test]
fn tables_of_with_recursive_see_each_other() {
    stays_masked(
        "intern",
        "with recursive a as (select phone from scratch), scratch as (select phone from customers) select phone from a",
    );
}

#[test]
fn a_recursive_term_carries_what_it_was_given() {
    stays_masked(
        "intern",
        "with recursive r(n, x, y) as (select 0, ''::text, ''::text union all select n + 1, (select phone from customers where id = n + 1), x from r where n < 5) select y from r",
    );
    stays_masked(
        "intern",
        "with recursive r(n, x, y) as (select 0, name, name from cities union all select n + 1, (select phone from customers where id = n + 1), x from r where n < 5) select y from r",
    );
}

#[test]
fn what_looks_like_a_function_in_from() {
    stays_masked(
        "intern",
        "select x from customers c, coalesce(c.phone, 'a') as x",
    );
    stays_masked(
        "intern",
        "select x from customers c cross join lateral coalesce(c.phone) as x",
    );
}

#[test]
fn ordinals_and_aliases_in_parentheses() {
    refused(
        "intern",
        &[
            "select phone from customers order by (1)",
            "select phone as id from customers order by (id)",
            "select phone from customers order by ((1))",
            "select phone from customers union all select phone from customers order by (1)",
            "select phone as x from customers group by (1)",
        ],
    );
}

#[test]
fn distinct_on_takes_a_result_column_first() {
    refused(
        "intern",
        &["select distinct on (id) phone as id from customers"],
    );
}

#[test]
fn group_by_takes_no_name_from_outside() {
    refused(
        "intern",
        &[
            "select (select count(*) from (select phone as x from customers group by x) q) from (select 1 as x) o",
        ],
    );
}

#[test]
fn values_under_several_masks_are_shown_under_none_of_the_finer() {
    let fixture = fixture();
    for text in [
        "select case when false then c.ssn else k.ssn end from customers c, claims k",
        "select coalesce(c.ssn, k.ssn) from customers c, claims k",
        "select ssn from customers union all select ssn from claims",
    ] {
        let plan = fixture.plan("support", text);
        let outputs = plan.statements[0].outputs.as_deref().unwrap();
        for output in outputs {
            assert!(
                matches!(
                    output,
                    Output::Sealed {
                        show: Show::Mask(crate::mask::Mask::Null),
                        ..
                    }
                ),
                "{text}: {}",
                show(&plan)
            );
        }
    }
}

#[test]
fn routines_that_a_restricted_role_makes() {
    refused(
        "intern",
        &[
            "create function pg_temp.f() returns text language sql as 'select phone from customers limit 1'",
            "create or replace function f() returns text language plpgsql as $$ begin return (select phone from customers limit 1); end $$",
            "create function f() returns text language plpgsql as $$ declare x text; begin execute 'select phone from cust' || 'omers' into x; return x; end $$",
            "create function f() returns xml language sql as $$ select query_to_xml('select phone from customers', true, true, '') $$",
            "create function f() returns text language sql as E'select phone from \\x63ustomers'",
            "create function f() returns text language sql as 'select phone from U&\"\\0063ustomers\"'",
            "create function f() returns text language plperl as 'spi_exec_query'",
            "create procedure f() language sql as 'delete from customers'",
            "create function f() returns text language sql return (select phone from customers limit 1)",
        ],
    );
    let fixture = fixture();
    let shown = fixture.shows(
        "intern",
        "create function twice(int) returns int language sql as 'select $1 * 2'",
    );
    assert!(shown.contains("passes"), "{shown}");
}

#[test]
fn definitions_that_call_later_what_reads_by_a_text() {
    refused(
        "intern",
        &[
            "create table t (a int, x xml default query_to_xml('select phone from customers', true, true, ''))",
            "alter table cities add column x xml default query_to_xml('select phone from customers', true, true, '')",
            "create view v as select query_to_xml('select phone from customers', true, true, '') x",
            "create domain d as int check (find_customer(value) is null)",
            "create table t (a int, b text default find_customer(1))",
            "create index i on cities (find_customer(id))",
            "create view v as select * from pg_stats",
            "create aggregate a (int) (sfunc = find_customer, stype = int)",
            "create operator === (leftarg = int, rightarg = int, function = find_customer)",
            "create cast (int as text) with function find_customer(int)",
            "execute p(query_to_xml('select phone from customers', true, true, ''))",
            "execute p(find_customer(1))",
        ],
    );
}

#[test]
fn a_temporary_table_stands_where_the_search_path_puts_it() {
    let fixture = fixture();
    let mut last = environment();
    last.search_path = vec!["pg_catalog".into(), "public".into(), "pg_temp_3".into()];
    last.temp_relations = vec!["customers".into()];
    let plan = fixture.plan_in("intern", "select phone || '' from customers", &[], &last);
    assert!(matches!(plan.statements[0].outcome, Outcome::Refused(_)));
    // First: it is the temporary one, and the server is told so.
    let mut first = environment();
    first.temp_relations = vec!["customers".into()];
    let plan = fixture.plan_in("intern", "select phone || '' from customers", &[], &first);
    let shown = show(&plan);
    assert!(shown.contains("from \"pg_temp\".customers"), "{shown}");
    // And what lies in another schema is named with it.
    let mut other = environment();
    other.search_path = vec!["other".into(), "public".into()];
    let plan = fixture.plan_in("intern", "select email || '' from customers", &[], &other);
    let shown = show(&plan);
    assert!(shown.contains("from \"other\".customers"), "{shown}");
}

#[test]
fn the_truth_is_not_overwritten_by_what_cannot_be_told_from_a_mask() {
    refused(
        "support",
        &[
            "insert into customers (id, name, phone) values (1, 'x', '*******01') on conflict (id) do update set phone = excluded.phone",
            "insert into customers (id, name, ssn) values (1, 'x', '*******0001') on conflict (id) do update set ssn = excluded.ssn",
            "update customers c set phone = d.phone from customers d where d.id = 2 and c.id = 1",
            "update customers set phone = (select phone from customers where id = 2)",
            "update customers c set ssn = d.ssn from customers d where d.id = 2 and c.id = 1",
            "update customers set (phone, name) = (select phone, name from customers where id = 2)",
            "update customers set phone = concat('*******', '01')",
            "update customers set phone = case when id = 1 then phone else '*******01' end",
            "update customers set phone = v.p from (values (1, '*******01')) v(i, p) where id = v.i",
            "update customers set phone = '555-1234'",
        ],
    );
    let fixture = fixture();
    for text in [
        "update customers set phone = phone, ssn = customers.ssn, name = 'x'",
        "update customers c set phone = c.phone where id = 1",
    ] {
        let shown = fixture.shows("support", text);
        assert!(!shown.contains("refused"), "{shown}");
    }
}

#[test]
fn a_unique_masked_column_is_an_oracle_when_written() {
    let mut fixture = fixture();
    let snapshot = Arc::make_mut(&mut fixture.world.snapshot);
    testing::change(snapshot, "public.customers", |relation| {
        relation.unique_keys.push(vec![9]);
    });
    let insert = "insert into customers (name, phone) values ('x', '555-1001'), ('y', '555-1002')";
    let shown = fixture.shows("support", insert);
    assert!(shown.contains("guesses: 2"), "{shown}");
    let refusal = fixture.refusal(
        "support",
        "insert into customers (name, phone) select 'x', '555-' || g from generate_series(1, 9999) g",
    );
    assert!(refusal.contains("phone"), "{refusal}");
}

#[test]
fn search_constants_on_a_masked_only_column_are_all_counted() {
    let rules = RULES.replace("search = [\"ssn\"]", "search = [\"ssn\", \"phone\"]");
    let fixture = fixture_under(&rules);
    for text in [
        "select id from customers where phone in ('1', '2', '3')",
        "select id from customers where phone = any('{1,2,3}')",
        "select id from customers where phone = any(array['1', '2', '3'])",
        "select id from customers where phone in (values ('1'), ('2'), ('3'))",
        "select c.id from customers c join (values ('1'), ('2'), ('3')) v(p) on v.p = c.phone",
        "select c.id from customers c join unnest('{1,2,3}'::text[]) u on u = c.phone",
        "select id from customers where phone = case id when 1 then '1' when 2 then '2' else '3' end",
        "select id from customers where (phone, 1) in (('1', 1), ('2', 1), ('3', 1))",
        "select nullif(phone, '1'), nullif('2', phone), case phone when '3' then 1 end from customers",
        "select id from customers natural join (values ('1'), ('2'), ('3')) v(phone)",
        "with v(p) as (values ('1'), ('2'), ('3')), w as (select length(p) from v) select id from customers where phone in (select p from v)",
        "select id from customers where phone is not distinct from '1' or '2' = phone or '3' in (phone)",
    ] {
        let shown = fixture.shows("support", text);
        assert!(shown.contains("guesses: 3"), "{shown}");
    }
    for text in [
        "select c.id from customers c join orders o on o.email = c.phone",
        "select id from customers where phone in (select '555-' || g from generate_series(1, 9999) g)",
        "select id from customers where phone = '555-' || id",
        "select id from customers where phone = (select email from orders limit 1)",
        "select id from customers where phone like '555-1%'",
        "select id from customers where phone > '555'",
        "select id from customers where starts_with(phone, '555')",
        "select c.id from customers c join scratch s on s.phone = c.phone",
        "select id from customers where phone = any(string_to_array('1,2', ','))",
        "select id from customers where phone = any(select g::text from generate_series(1, 9999) g)",
    ] {
        fixture.refusal("support", text);
    }
    // Without the right to see, what is merged with a constant is masked, the constant too.
    let shown = fixture.shows(
        "support",
        "select phone from (values ('x')) v(phone) right join customers using (phone)",
    );
    assert!(shown.contains("plain phone KeepLast"), "{shown}");
}

#[test]
fn full_control_without_sight_does_not_rename_what_it_does_not_see() {
    let rules = format!(
        "{RULES}
[roles.dba]
members = [\"pg:dba\"]
[[roles.dba.grants]]
tables = [\"*\"]
level = \"full-control\"
"
    );
    let fixture = fixture_under(&rules);
    for text in [
        "create temp view v as select phone from customers",
        "create view v as select phone from customers",
        "create view v as select id from customers where phone = 'x'",
        "alter table customers rename to other",
        "alter table customers inherit cities",
        "alter table cities attach partition customers default",
        "create table child () inherits (customers)",
        "create table copy as select phone from customers",
        "create function f() returns text language sql as 'select phone from customers'",
        "do $$ begin end $$",
        "select * from pg_stats",
        "select phone || '' from customers",
    ] {
        fixture.refusal("dba", text);
    }
    let shown = fixture.shows("dba", "alter table customers add column x int");
    assert!(
        shown.contains("\"public\".customers add column x int"),
        "{shown}"
    );
    // A key over values that it does not see, or another type of them, fails with the value in its message.
    for text in [
        "create unique index on customers (phone)",
        "alter table customers add unique (phone)",
        "alter table customers alter phone type int using phone::int",
        "alter table customers add check (phone <> 'x')",
        "alter table customers add column y text generated always as (phone) stored",
        "create index on customers (lower(phone))",
        "create index on customers (id) where phone = 'x'",
    ] {
        fixture.refusal("dba", text);
    }
}

#[test]
fn what_reads_as_a_function_and_is_a_table() {
    refused(
        "intern",
        &[
            "select x.phone || '' from orders customers, only (customers) x",
            "select x.phone || '' from only (customers) x",
            "select * from rows from (query_to_xml('select 1', true, true, '')) x, customers",
        ],
    );
}

#[test]
fn a_name_behind_a_backslash_is_looked_at() {
    let fixture = fixture();
    let text = "select '\\'' || phone from customers -- '";
    assert!(fixture.world.survey(text).watched);
    let mut off = environment();
    off.standard_conforming_strings = false;
    let plan = fixture.plan_in("intern", text, &[], &off);
    assert!(matches!(plan.statements[0].outcome, Outcome::Refused(_)));
    let plan = fixture.plan_in("intern", text, &[], &environment());
    assert!(matches!(
        plan.statements[0].outcome,
        Outcome::Passthrough(_)
    ));
}
