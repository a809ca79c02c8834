//! COPY: what goes upstream, what becomes of each column, and who may do which.

use expect_test::expect;

use super::*;
use crate::plan::{CopyPlan, CopyWay};

/// What goes upstream, and what becomes of the data's columns.
fn told(fixture: &Fixture, role: &str, text: &str) -> String {
    let plan = fixture.plan(role, text);
    let statement = &plan.statements[0];
    let mut out = String::new();
    if let Outcome::Refused(refusal) = &statement.outcome {
        return format!("{refusal}");
    }
    for piece in &plan.text {
        let Piece::Text(text) = piece else {
            out.push_str("‹…›");
            continue;
        };
        out.push_str(text);
    }
    match statement.copy.as_deref() {
        None => out.push_str("\nuntouched"),
        Some(CopyPlan {
            way:
                CopyWay::In {
                    columns,
                    defaults,
                    whose: _,
                },
            ..
        }) => {
            let sealed = columns
                .iter()
                .map(|column| if column.seal.is_some() { "sealed" } else { "-" });
            let _ = write!(out, "\nin: {}", sealed.collect::<Vec<_>>().join(", "));
            for default in defaults {
                let _ = write!(out, ", {} by default", default.column.column);
            }
        }
        Some(CopyPlan {
            way: CopyWay::Out(outputs),
            ..
        }) => {
            let shown = outputs.iter().map(|output| match output {
                Output::Pass => "-",
                Output::Sealed {
                    show: Show::Open, ..
                } => "opened",
                Output::Sealed { .. } | Output::Plain { .. } => "masked",
            });
            let _ = write!(out, "\nout: {}", shown.collect::<Vec<_>>().join(", "));
        }
    }
    out
}

#[test]
fn tables_and_queries_go_out_as_they_may_be_seen() {
    let fixture = fixture();
    for (role, text, expected) in [
        (
            "owner",
            "copy customers to stdout csv header",
            expect![[r#"
                COPY "public"."customers" ("id", "name", "email", "ssn", "notes", "balance", "visits", "birth_date", "phone", "city_id") TO STDOUT WITH (HEADER)
                out: -, -, opened, opened, opened, opened, opened, opened, -, -"#]],
        ),
        (
            "support",
            "COPY public.customers (phone, email, id, ssn) TO STDOUT (FORMAT binary)",
            expect![[r#"
                COPY "public"."customers" ("phone", "email", "id", "ssn") TO STDOUT WITH (FORMAT binary)
                out: masked, opened, -, masked"#]],
        ),
        (
            "owner",
            "copy (select c.id, c.email from customers c where c.email = 'x' order by 1) to stdout with (delimiter ';')",
            expect![[r#"
                copy (select c.id, c.email from "public".customers c where c.email = ‹…› order by 1) TO STDOUT
                out: -, opened"#]],
        ),
        (
            "owner",
            "copy (update customers set notes = null returning id, email) to stdout",
            expect![[r#"
                copy (update "public".customers set notes = null returning id, email) TO STDOUT
                out: -, opened"#]],
        ),
        (
            "intern",
            "copy (select count(*), count(phone) from customers) to stdout",
            expect![[r#"
                copy (select count(*), count(phone) from "public".customers) TO STDOUT
                out: -, -"#]],
        ),
        (
            "intern",
            "copy orders (email, customers) to '/tmp/x'",
            expect![[r#"
                copy "public".orders (email, customers) to '/tmp/x'
                untouched"#]],
        ),
    ] {
        expected.assert_eq(&told(&fixture, role, text));
    }
}

#[test]
fn tables_are_filled_as_by_insert() {
    let mut fixture = fixture();
    for (role, text, expected) in [
        (
            "owner",
            "copy customers from stdin csv header freeze",
            expect![[r#"
                COPY "public"."customers" ("id", "name", "email", "ssn", "notes", "balance", "visits", "birth_date", "phone", "city_id") FROM STDIN WITH (FREEZE)
                in: -, -, sealed, sealed, sealed, sealed, sealed, sealed, -, -"#]],
        ),
        (
            "billing",
            "copy customers (email, id) from stdin binary",
            expect![[r#"
                COPY "public"."customers" ("email", "id") FROM STDIN WITH (FORMAT binary)
                in: sealed, -"#]],
        ),
        (
            "billing",
            "copy customers (id, phone) from stdin where id > 5 and notes is null and phone like '5%'",
            expect![[r#"
                COPY "public"."customers" ("id", "phone") FROM STDIN where id > 5 and notes is null and phone like '5%'
                in: -, -"#]],
        ),
        (
            "support",
            "copy customers (id, notes, email) from stdin",
            expect![[r#"
                COPY "public"."customers" ("id", "notes", "email") FROM STDIN
                in: -, sealed, sealed"#]],
        ),
    ] {
        expected.assert_eq(&told(&fixture, role, text));
    }
    let mut protection = (*fixture.world.protection).clone();
    let relation = fixture.world.snapshot.relation("public", "customers");
    let oid = relation.unwrap().oid;
    let mut table = (*protection.tables[&oid]).clone();
    let mut column = (*table.columns[&5]).clone();
    column.default = Some("none yet".into());
    table.columns.insert(5, Arc::new(column));
    protection.tables.insert(oid, Arc::new(table));
    fixture.world = World::new(Arc::clone(&fixture.world.snapshot), Arc::new(protection));
    expect![[r#"
        COPY "public"."customers" ("id", "notes") FROM STDIN
        in: -, notes by default"#]]
    .assert_eq(&told(&fixture, "owner", "copy customers (id) from stdin"));
}

#[test]
fn what_may_not_be_is_refused() {
    let fixture = fixture();
    for (role, text, sqlstate) in [
        // Rights.
        ("intern", "copy customers (id) from stdin", "42501"),
        ("support", "copy claims from stdin", "42501"),
        // It may search the column and not see it: which values it tries could not be counted.
        ("support", "copy customers (id, ssn) from stdin", "42501"),
        ("intern", "copy pg_statistic to stdout", "42501"),
        (
            "intern",
            "copy (select id from customers where phone = 'x') to stdout",
            "42501",
        ),
        (
            "intern",
            "copy (select id from customers order by phone) to stdout",
            "42501",
        ),
        (
            "intern",
            "copy (select upper(phone) from customers) to stdout",
            "42501",
        ),
        ("intern", "copy (select * from pg_stats) to stdout", "42501"),
        (
            "intern",
            "copy (delete from customers returning id) to stdout",
            "42501",
        ),
        (
            "intern",
            "copy orders from stdin where find_customer(id)",
            "42501",
        ),
        // What ciphertext would answer wrongly.
        (
            "owner",
            "copy customers (id) from stdin where email = 'x'",
            "0A000",
        ),
        (
            "owner",
            "copy customers (id) from stdin where notes = 'x'",
            "0A000",
        ),
        (
            "support",
            "copy customers (id) from stdin where phone > 'x'",
            "42501",
        ),
        // What the server does not do.
        ("owner", "copy contacts to stdout", "42809"),
        ("owner", "copy customers (id, id) to stdout", "42701"),
        ("owner", "copy customers (nothing) to stdout", "42703"),
        ("owner", "copy (delete from customers) to stdout", "0A000"),
        ("owner", "copy (truncate customers) to stdout", "0A000"),
        (
            "owner",
            "copy (select id from customers where email = $1) to stdout",
            "42P02",
        ),
        // The other end is not the client.
        ("owner", "copy customers to '/tmp/x'", "0A000"),
        ("owner", "copy customers from '/tmp/x'", "0A000"),
        ("owner", "copy customers to program 'cat'", "0A000"),
        (
            "owner",
            "copy (select email from customers) to '/tmp/x'",
            "0A000",
        ),
        // Options.
        (
            "owner",
            "copy customers from stdin (on_error ignore)",
            "42601",
        ),
        (
            "owner",
            "copy customers to stdout (encoding 'sql_ascii')",
            "0A000",
        ),
        (
            "owner",
            "copy customers to stdout (format csv, force_quote (nothing, id))",
            "42703",
        ),
        ("owner", "copy contacts from stdin", "42809"),
    ] {
        let refusal = fixture.refusal(role, text);
        assert!(
            refusal.contains(&format!(" {sqlstate} ")),
            "{text}: {refusal}"
        );
    }
}

/// The server refuses it, and a condition that is left out would send every row.
#[test]
fn where_belongs_to_copy_from() {
    let fixture = fixture();
    let refusal = fixture.refusal(
        "owner",
        "copy customers (id, email) to stdout csv where id = 1",
    );
    assert!(!refusal.is_empty());
}
