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
