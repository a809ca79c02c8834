//! EXPLAIN, temporary tables, WHERE CURRENT OF.

use super::*;

#[test]
fn a_masked_role_is_shown_plans_without_numbers() {
    let fixture = fixture();
    for text in [
        "explain (costs off) select * from customers",
        "explain (costs off, format json, settings) select phone, email from customers where name = 'x'",
        "EXPLAIN (COSTS FALSE, FORMAT 'yaml', generic_plan on) select id from customers",
        "explain (costs 0, analyze false, verbose 'off') select count(phone) from customers",
        "explain (costs off) select id from customers where email is null order by id limit 3",
    ] {
        for login in ["intern", "support"] {
            let shown = fixture.shows(login, text);
            assert!(shown.ends_with("rows: -"), "{login}: {text}: {shown}");
        }
    }
    let shown = fixture.shows(
        "support",
        "explain (costs off) select id from customers where ssn = '1'",
    );
    assert_eq!(
        shown,
        "explain (costs off) select id from \"public\".customers where ssn = ‹1›\nrows: -\nguesses: 1"
    );
    for text in [
        "explain select id from customers",
        "explain verbose select id from customers",
        "explain (costs) select id from customers",
        "explain (costs on) select id from customers",
        "explain (costs off, costs on) select id from customers",
        "explain (costs off, costs) select id from customers",
        "explain (costs off, verbose) select id from customers",
        "explain (costs off, verbose true) select id from customers",
        "explain (costs off, analyze) select id from customers",
        "explain (costs off, analyse) select id from customers",
        "explain (costs off, analyse false) select id from customers",
        "explain (analyze, costs off, timing off, summary off) select id from customers",
        "explain (costs off, buffers) select id from customers",
        "explain (costs off, summary) select id from customers",
        "explain (costs off, memory) select id from customers",
        "explain (costs off, wal false) select id from customers",
        "explain (costs off, anything) select id from customers",
        "explain (format json) select id from customers",
        "explain analyse select id from customers",
        "explain (costs off) select mail from contacts",
    ] {
        for login in ["intern", "support"] {
            let refusal = fixture.refusal(login, text);
            assert!(refusal.starts_with("SW"), "{login}: {text}: {refusal}");
        }
    }
    // What may not be asked is not explained either, whatever the options.
    for text in [
        "explain (costs off) select id from customers where email = 'x'",
        "explain (costs off) select id from customers where phone = 'x'",
        "explain (costs off) select id from customers order by phone",
        "explain (costs off) select lower(phone) from customers",
        "explain (costs off) update customers set name = 'x'",
        "explain (costs off) delete from customers",
        "explain (costs off) select * from pg_stats",
    ] {
        fixture.refusal("intern", text);
    }
}

#[test]
fn who_sees_everything_has_all_of_explain() {
    let fixture = fixture();
    for text in [
        "explain select id from customers where email = 'x'",
        "explain (analyze, verbose, buffers, format json) select id from customers where email = 'x'",
        "explain analyse verbose select id from customers where email = 'x'",
        "explain (analyse, costs off) update customers set email = 'x' where id = 1",
        "explain insert into customers (email) values ('x')",
        "explain select mail from contacts where mail = 'x'",
    ] {
        let shown = fixture.shows("billing", text);
        assert!(
            shown.contains("‹x›") && shown.ends_with("rows: -"),
            "{text}: {shown}"
        );
    }
}

#[test]
fn temporary_tables_are_written_to_and_take_nothing_protected() {
    let fixture = fixture();
    let mut environment = environment();
    environment.temp_relations = vec!["customers".into(), "picks".into()];
    let shows = |login: &str, text: &str| show(&fixture.plan_in(login, text, &[], &environment));
    for text in [
        "update customers set email = 'x', phone = phone || 'y' where phone like '5%' returning *",
        "delete from customers where email = 'x' returning email",
        "insert into customers (id, email) values (1, 'x') on conflict (id) do update set email = excluded.email || customers.email returning *",
        "insert into customers default values",
        "truncate customers",
    ] {
        let shown = shows("intern", text);
        assert!(
            shown.contains("\"pg_temp\".customers") && shown.ends_with("NothingProtected"),
            "{text}: {shown}"
        );
    }
    let shown = shows(
        "billing",
        "update picks p set n = n + 1 from public.customers c where c.id = p.id and c.email = 'x' returning c.email, p.n",
    );
    assert_eq!(
        shown,
        "update \"pg_temp\".picks p set n = n + 1 from public.customers c where c.id = p.id and c.email = ‹x› returning c.email, p.n\nrows: email, -"
    );
    for (login, text) in [
        (
            "intern",
            "update picks set mail = c.phone from public.customers c",
        ),
        (
            "intern",
            "update picks set (mail, n) = (select phone, 1 from public.customers limit 1)",
        ),
        (
            "intern",
            "update picks set (n, mail) = row(1, (select phone from public.customers limit 1))",
        ),
        (
            "intern",
            "update picks set n = 1 from public.customers c where c.phone = '5'",
        ),
        (
            "intern",
            "update picks set n = 1 where mail = (select phone from public.customers limit 1)",
        ),
        (
            "intern",
            "delete from picks using public.customers c where c.phone = picks.mail",
        ),
        (
            "intern",
            "insert into picks (id) values (1) on conflict (id) do update set mail = (select phone from public.customers limit 1)",
        ),
        (
            "intern",
            "insert into picks (id) values (1) on conflict (id) do nothing returning (select phone || '' from public.customers limit 1)",
        ),
        (
            "billing",
            "update picks set mail = c.email from public.customers c",
        ),
        (
            "billing",
            "insert into picks (id) values (1) on conflict (id) do update set mail = (select email from public.customers limit 1)",
        ),
        (
            "billing",
            "update picks set n = 1 from public.customers c returning *",
        ),
    ] {
        let shown = shows(login, text);
        assert!(shown.contains("refused"), "{login}: {text}: {shown}");
    }
    let shown = shows(
        "intern",
        "delete from picks using public.customers c where c.id = picks.id returning c.phone, c.email",
    );
    assert!(
        shown.contains("plain phone") && !shown.contains("rows: -"),
        "{shown}"
    );
}

#[test]
fn the_row_that_a_cursor_stands_on() {
    let fixture = fixture();
    let shown = fixture.shows(
        "billing",
        "update customers set email = 'x' where current of c returning email",
    );
    assert!(
        shown.contains("‹x›") && shown.ends_with("where current of c returning email\nrows: email"),
        "{shown}"
    );
    let shown = fixture.shows(
        "owner",
        "delete from customers c where current of \"My cursor\"",
    );
    assert_eq!(
        shown,
        "delete from \"public\".customers c where current of \"My cursor\""
    );
    for (login, text) in [
        (
            "intern",
            "update customers set name = 'x' where current of c",
        ),
        ("support", "delete from customers where current of c"),
        (
            "support",
            "update customers set email = 'x' where current of c and id = 1",
        ),
        (
            "owner",
            "update customers set email = 'x' where current of $1",
        ),
    ] {
        fixture.refusal(login, text);
    }
}
