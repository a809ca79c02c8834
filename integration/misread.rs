//! What was once read otherwise than the server reads it: names of result columns, types of constants beside sealed values,
//! parameters of types that are not known here.

use crate::customers::{RULES, TABLES};
use crate::derived::Twins;
use crate::harness::Raw;

/// A condition on tokens keeps the name that it has as a result column.
#[test]
fn starts_with_is_called_so() {
    let rules = RULES.replace(
        "notes = { seal = {} }",
        "notes = { seal = { search = [\"prefix\"], acknowledge_leakage = true } }",
    );
    let mut twins = Twins::of(TABLES, &rules, &["public.customers", "public.claims"]);
    twins.agree(&[
        "select id, starts_with(notes, 'note 1') from customers order by id",
        "select id, (starts_with(notes, 'note 1')) from customers order by id",
        "select id, ((pg_catalog.starts_with(notes, 'note 1'))), id from customers order by id",
        "select id, starts_with(notes, 'note 1') as found from customers order by id",
        "select starts_with from (select starts_with(notes, 'note 1') from customers) q order by 1",
        "select (select starts_with(notes, 'note 1') from customers where id = 1)",
        "select id, starts_with(notes, 'note 1')::text from customers order by id",
        "select id, starts_with(name, 'name 1'), notes like 'note 1%' from customers order by id",
    ]);
}

/// The server makes plain bytea of a sealed value beside NULL: not of WITH RECURSIVE's type, and none of its business.
#[test]
fn null_in_a_recursive_term_is_refused_as_such() {
    let mut twins = Twins::of(TABLES, RULES, &["public.customers", "public.claims"]);
    let ask = |term: &str| {
        format!(
            "with recursive r (n, e) as (select 1, notes from customers where id = 1 union all select n + 1, {term} from r where n < 3) select * from r"
        )
    };
    for term in [
        "case when n = 1 then null else e end",
        "case when n = 1 then e end",
        "coalesce(null, e)",
        "null",
        "null::text",
    ] {
        let frames = twins.ask(&ask(term));
        let said = frames.iter().find_map(|frame| frame.field('M'));
        assert_eq!(Raw::error(&frames), "0A000", "{term}: {said:?}");
    }
    for term in [
        "e",
        "(e)",
        "case when n = 1 then e else e end",
        "coalesce(e, e)",
    ] {
        twins.agree(&[&ask(term)]);
    }
}

/// Of a type that is not known here nothing is said in the server's name: other types go into text by themselves.
#[test]
fn parameters_of_other_types_are_refused_and_not_denied() {
    let mut twins = Twins::of(TABLES, RULES, &["public.customers", "public.claims"]);
    for sql in [
        "select id from customers where code = $1",
        "select id from customers where email = $1",
        "select id from customers where email in ($1, 'x')",
        "select case code when $1 then 1 else 0 end from customers",
        "select nullif(code, $1) from customers",
        "select coalesce(code, $1) from customers",
        "update customers set code = $1 where id = 3",
    ] {
        // "char", name, oid, regclass.
        for oid in [18, 19, 26, 2205] {
            let raw = &mut twins.proxied;
            raw.parse("", sql, &[oid]);
            raw.sync();
            assert_eq!(Raw::error(&raw.until_ready()), "0A000", "{sql} {oid}");
        }
        let raw = &mut twins.proxied;
        raw.parse("", sql, &[23]);
        raw.sync();
        // Assignments make text of a number.
        let error = Raw::error(&raw.until_ready());
        let denied = ["42883", "42804"].contains(&error.as_str());
        assert!(denied != sql.starts_with("update"), "{sql}: {error}");
    }
}
