//! INSERT, UPDATE, DELETE and the write guard.

use expect_test::expect;

use super::*;

#[test]
fn inserts_are_sealed_and_get_a_column_list() {
    let fixture = fixture();
    for (text, expected) in [
        (
            "insert into customers (id, email, notes) values (1, 'a@b.c', 'x'), (2, null, default) returning *",
            expect![[r#"
                insert into "public".customers (id, email, notes) values (1, COALESCE(‹a@b.c›, (NULL::"public"."customers")."email"), COALESCE(‹x›, (NULL::"public"."customers")."notes")), (2, null, default) returning *
                rows: -, -, email, ssn, notes, balance, visits, birth_date, -, -"#]],
        ),
        (
            "insert into customers values (1, 'n', 'a@b.c')",
            expect![[
                r#"insert into "public".customers ("id", "name", "email") values (1, 'n', COALESCE(‹a@b.c›, (NULL::"public"."customers")."email"))"#
            ]],
        ),
        (
            "insert into customers (id, ssn) select id, ssn from claims on conflict (email) do update set email = excluded.email, notes = 'again'",
            expect![[
                r#"insert into "public".customers (id, ssn) select id, ssn from "public".claims on conflict (email) do update set email = excluded.email, notes = COALESCE(‹again›, (NULL::"public"."customers")."notes")"#
            ]],
        ),
        (
            "with gone as (delete from claims returning ssn) insert into customers (ssn) select ssn from gone",
            expect![[
                r#"with gone as (delete from "public".claims returning ssn) insert into "public".customers (ssn) select ssn from gone"#
            ]],
        ),
        (
            "update customers as c set email = 'n', (ssn, balance) = ('1', 2.50), visits = default from orders o where o.customer_id = c.id and c.email = 'o' returning c.email, o.email",
            expect![[r#"
                update "public".customers as c set email = COALESCE(‹n›, (NULL::"public"."customers")."email"), (ssn, balance) = (COALESCE(‹1›, (NULL::"public"."customers")."ssn"), COALESCE(‹2.50›, (NULL::"public"."customers")."balance")), visits = default from "public".orders o where o.customer_id = c.id and c.email = ‹o› returning c.email, o.email
                rows: email, -"#]],
        ),
    ] {
        let shown = fixture.shows("owner", text);
        expected.assert_eq(&shown);
    }
}

#[test]
fn constant_defaults_are_written_by_the_plan() {
    let mut fixture = fixture();
    let mut protection = (*fixture.world.protection).clone();
    let oid = fixture
        .world
        .snapshot
        .relation("public", "customers")
        .unwrap()
        .oid;
    let mut table = (*protection.tables[&oid]).clone();
    let mut column = (*table.columns[&5]).clone();
    column.default = Some("none yet".into());
    table.columns.insert(5, Arc::new(column));
    protection.tables.insert(oid, Arc::new(table));
    fixture.world = World::new(Arc::clone(&fixture.world.snapshot), Arc::new(protection));
    for (text, expected) in [
        (
            "insert into customers (id) values (1), (2)",
            expect![[
                r#"insert into "public".customers (id, "notes") values (1, ‹none yet›), (2, ‹none yet›)"#
            ]],
        ),
        (
            "insert into customers (id, notes) values (1, default)",
            expect![[r#"insert into "public".customers (id, notes) values (1, ‹none yet›)"#]],
        ),
        (
            "insert into customers default values",
            expect![[r#"insert into "public".customers ("notes") VALUES (‹none yet›)"#]],
        ),
        (
            "insert into customers (id) select id from orders returning id",
            expect![[r#"
                insert into "public".customers (id, "notes") SELECT "sealwire source".*, ‹none yet› FROM (select id from "public".orders) AS "sealwire source" returning id
                rows: -"#]],
        ),
    ] {
        expected.assert_eq(&fixture.shows("owner", text));
    }
}

#[test]
fn a_mask_is_not_written_back_over_the_truth() {
    let fixture = fixture();
    {
        let (text, declared, expected) = (
            "update customers set name = $1, notes = $2, ssn = $3, phone = $4 where id = $5",
            vec![],
            expect![[r#"
                update "public".customers set name = $1, notes = CASE WHEN $6 THEN "customers"."notes" ELSE $2 END, ssn = CASE WHEN $7 THEN "customers"."ssn" ELSE $3 END, phone = CASE WHEN $8 THEN "customers"."phone" ELSE $4 END where id = $5
                guesses: 1
                $1: upstream 0, client None, pass
                $2: upstream 17, client Some(25), keep notes unless Null
                $3: upstream 17, client Some(1043), keep ssn unless KeepLast { keep: 4, with: '*' }
                $4: upstream 25, client Some(25), keep phone unless KeepLast { keep: 2, with: '*' }
                $5: upstream 0, client None, pass
                +$6 of $2: upstream 16, keep flag
                +$7 of $3: upstream 16, keep flag
                +$8 of $4: upstream 16, keep flag"#]],
        );
        expected.assert_eq(&show(&fixture.plan_in(
            "support",
            text,
            &declared,
            &environment(),
        )));
    }
    expect![[r#"update "public".customers set ssn = "customers"."ssn", notes = COALESCE(‹called›, (NULL::"public"."customers")."notes"), phone = phone"#]]
    .assert_eq(&fixture.shows(
        "support",
        "update customers set ssn = '*******1120', notes = 'called', phone = phone",
    ));
    // Revealed: written as given.
    expect![[r#"update "public".customers set email = COALESCE(‹a***@b***.c›, (NULL::"public"."customers")."email")"#]]
        .assert_eq(&fixture.shows("support", "update customers set email = 'a***@b***.c'"));
    // No write right: another value than the mask is refused.
    let refusal = fixture.refusal("support", "update customers set phone = '555'");
    assert!(refusal.starts_with("SW203"), "{refusal}");
    let refusal = fixture.refusal("support", "update customers set balance = 1");
    assert!(refusal.starts_with("SW203"), "{refusal}");
}

#[test]
fn levels_hold_for_every_form() {
    let fixture = fixture();
    for (login, text) in [
        ("intern", "insert into customers (id) values (1)"),
        ("intern", "update customers set name = 'x'"),
        (
            "intern",
            "with d as (delete from customers returning id) select * from d",
        ),
        ("support", "delete from customers"),
        ("support", "truncate customers"),
        ("support", "delete from cities"),
        ("support", "alter table customers add column x int"),
        ("support", "drop table orders, customers"),
        ("support", "truncate cities cascade"),
        ("billing", "create index on customers (name)"),
        ("intern", "explain analyze delete from customers"),
        ("billing", "truncate claims"),
        (
            "intern",
            "insert into customers (id) values (1) on conflict (id) do update set name = 'x'",
        ),
    ] {
        let refusal = fixture.refusal(login, text);
        assert!(refusal.starts_with("SW201"), "{login}: {text}: {refusal}");
    }
    // A parent's other columns have nothing to do with the cascade of its DELETE.
    let shown = fixture.shows("intern", "update cities set name = 'x' where id = 1");
    assert!(shown.contains("passes: NothingProtected"), "{shown}");
    let shown = fixture.shows("intern", "select * from cities, generate_series(1, 2)");
    assert!(shown.contains("passes: NothingProtected"), "{shown}");
    let shown = fixture.shows("intern", "select * from cities, json_each('{}')");
    assert!(shown.contains("passes: NothingProtected"), "{shown}");
    for text in [
        "delete from customers",
        "truncate customers",
        "delete from cities",
        "alter table customers add column x int",
    ] {
        let shown = fixture.shows("owner", text);
        assert!(!shown.contains("refused"), "{text}: {shown}");
    }
}
