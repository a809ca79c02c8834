//! Forms of statements: each is answered as the plain form that it stands for, and gives a masked role no more than that.

use super::*;

/// Refused for whoever sees masks and may not search.
#[test]
fn no_form_of_a_predicate_reaches_a_masked_column() {
    let fixture = fixture();
    for column in ["email", "notes", "phone", "birth_date"] {
        for text in [
            "select id from customers where C operator(pg_catalog.=) '1'",
            "select id from customers where C operator(=) '1'",
            "select id from customers where C = any (values ('1'), ('2'))",
            "select id from customers where C <> all (values ('1'))",
            "select id from customers where (C = '1') isnull",
            "select id from customers where (C, id) = (select '1', 1)",
            "select id from customers where (C, id) = (select C, id from customers limit 1)",
            "select id from customers c where (c).C = '1'",
            "select id from customers where C between symmetric '2' and '1'",
            "select id from customers order by C fetch first (1) row with ties",
            "select id from customers tablesample system (length(C))",
            "select id from customers tablesample system (50) where C = '1'",
            "select id from customers limit (select count(*) from customers where C = '1')",
            "select count(distinct (C, id)) from customers",
            "select count(distinct c) from customers c",
            "select c.id from customers c, rows from (generate_series(1, length(c.C))) g",
            "select c.id from customers c, rows from (unnest(string_to_array(c.C, ''))) g",
            "select j.id from customers c join customers d using (C) as j",
            "select id from customers c join customers d using (id, C) as j",
            "select grouping(C) from customers group by rollup (C)",
            "select count(*) from customers group by distinct rollup (C), rollup (C, id)",
            "select sum(id) over (order by C rows between 1 preceding and current row exclude ties) from customers",
            "select id from customers where exists (table customers order by C)",
            "table customers order by phone, email, notes, birth_date",
            "select c from customers c",
            "select (c) from customers c",
            "select row_to_json(c) from (table customers) c",
            "select to_jsonb(customers.*) from customers",
            "select row(c.*) from customers c",
            "select json_agg(c) from customers c",
            "merge into orders o using customers c on c.C = '1' when matched then delete",
            "merge into orders o using customers c on c.id = o.id when matched and c.C = '1' then delete",
            "merge into orders o using customers c on c.id = o.id when not matched by source then delete when matched and c.C > '1' then do nothing",
            "merge into orders o using customers c on c.id = o.id when matched then update set email = c.C",
            "merge into orders o using customers c on c.id = o.id when not matched then insert (id, email) values (c.id, c.C)",
            "create table t as select C from customers",
            "create temp table t as select C from customers",
            "create table t as select id from customers where C = '1'",
            "create table t as table customers",
            "create table t (a) as (select C from customers) with no data",
            "create table if not exists t using heap with (fillfactor = 10) as select lower(C) from customers",
            "select C into t from customers",
            "select * into temp t from customers",
            "select count(*) into t from customers where C = '1'",
            "insert into orders (id, email) select id, C from customers",
            "update orders set email = c.C from customers c",
        ] {
            let text = text.replace('C', column);
            assert!(!fixture.refusal("intern", &text).is_empty(), "{text}");
        }
    }
}

/// A write through a view, and each action of MERGE, need what the statement on the table needs.
#[test]
fn levels_and_write_guards_hold_in_every_form() {
    let fixture = fixture();
    for text in [
        "insert into contacts (id, mail) values (1, 'x')",
        "update contacts set id = 2",
        "delete from contacts where id = 1",
        "delete from customers where current of c",
        "update customers set name = 'x' where current of c",
        "merge into customers c using orders o on o.id = c.id when matched then update set name = 'x'",
        "merge into customers c using orders o on o.id = c.id when matched then delete",
        "merge into customers c using orders o on o.id = c.id when not matched then insert (id) values (o.id)",
        "with o as (select 1 as id) merge into customers c using o on o.id = c.id when matched then delete",
    ] {
        assert!(
            fixture.refusal("intern", text).starts_with("SW201"),
            "{text}"
        );
    }
    for text in [
        "delete from contacts where id = 1",
        "merge into customers c using orders o on o.id = c.id when matched then delete",
        "merge into contacts c using orders o on o.id = c.id when matched then delete",
    ] {
        assert!(
            fixture.refusal("support", text).starts_with("SW201"),
            "{text}"
        );
    }
    for text in [
        "update customers set birth_date = '2000-01-01'",
        "merge into customers c using orders o on o.id = c.id when matched then update set birth_date = '2000-01-01'",
        "merge into customers c using orders o on o.id = c.id when matched then update set (name, birth_date) = ('x', '2000-01-01')",
        "merge into customers c using claims k on k.id = c.id when matched then update set ssn = k.ssn",
    ] {
        assert!(
            fixture.refusal("support", text).starts_with("SW203"),
            "{text}"
        );
    }
}

#[test]
fn forms_are_read_as_what_they_stand_for() {
    let fixture = fixture();
    let sent = |text: &str| {
        let shown = fixture.shows("owner", text);
        shown.lines().next().unwrap_or_default().to_owned()
    };
    for (text, upstream) in [
        ("table claims", r#"table "public".claims"#),
        (
            "select id from customers where email isnull and ssn notnull",
            r#"select id from "public".customers where email isnull and ssn notnull"#,
        ),
        (
            "select (c).email from customers c where (c).email = 'x'",
            r#"select (c).email from "public".customers c where (c).email = ‹x›"#,
        ),
        (
            "select id from customers where email = any (values ('x'), ($1))",
            r#"select id from "public".customers where email = any (values (‹x›), ($1))"#,
        ),
        (
            "select id from customers where (email, id) = (select 'x', 1)",
            r#"select id from "public".customers where (email, id) = (select ‹x› AS "?column?", 1)"#,
        ),
        (
            "merge into customers c using orders o on o.id = c.id and c.email = 'x' when not matched then insert values (o.id, 'n', 'y') when matched then update set email = 'z'",
            r#"merge into "public".customers c using "public".orders o on o.id = c.id and c.email = ‹x› when not matched then insert ("id", "name", "email") values (o.id, 'n', COALESCE(‹y›, (NULL::"public"."customers")."email")) when matched then update set email = ‹z›"#,
        ),
        (
            "update contacts set mail = 'x' where mail = 'y'",
            r#"update "public".contacts set mail = COALESCE(‹x›, (NULL::"public"."customers")."email") where mail = ‹y›"#,
        ),
        (
            "insert into contacts values (1, 'x')",
            r#"insert into "public".contacts ("id", "mail") values (1, COALESCE(‹x›, (NULL::"public"."customers")."email"))"#,
        ),
        (
            "create table t as select id from customers where email = 'x' with no data",
            r#"create table t as select id from "public".customers where email = ‹x› with no data"#,
        ),
        (
            "update customers c set email = 'x' where current of cur returning (c).email",
            r#"update "public".customers c set email = COALESCE(‹x›, (NULL::"public"."customers")."email") where current of cur returning (c).email"#,
        ),
        (
            "select email from customers, jsonb_each('{}') where email = 'x' and key = 'email'",
            r#"select email from "public".customers, jsonb_each('{}') where email = ‹x› and key = 'email'"#,
        ),
        (
            "select id into t from customers where email = 'x'",
            r#"select id into t from "public".customers where email = ‹x›"#,
        ),
    ] {
        assert_eq!(sent(text), upstream, "{text}");
    }
}

/// The mask that a role under `keep` was shown, written back through a view, leaves what is stored.
#[test]
fn keep_works_through_a_view() {
    let fixture = fixture();
    let shown = fixture.shows(
        "support",
        "update contacts set ssn = '****0001' where id = 1",
    );
    assert!(
        shown.contains(r#"set ssn = "contacts"."ssn" where"#),
        "{shown}"
    );
}

#[test]
fn tables_made_from_queries_hold_envelopes_for_full_control_alone() {
    let fixture = fixture();
    for text in [
        "create table t as select email from customers",
        "create temp table t as select * from claims",
        "select email into t from customers",
    ] {
        assert!(fixture.shows("owner", text).contains("customers") || text.contains("claims"));
        let refusal = fixture.refusal("billing", text);
        assert!(refusal.starts_with("SW105"), "{refusal}");
    }
    // What is read in plaintext may be kept, and nothing comes back.
    for text in [
        "create table t as select id, phone from customers where email = 'x'",
        "select count(*) as n into t from customers",
    ] {
        let plan = fixture.plan("billing", text);
        assert_eq!(plan.statements[0].outcome, Outcome::Planned);
        assert!(plan.statements[0].outputs.is_none(), "{text}");
        assert!(plan.changes_catalog && plan.changes_settings);
    }
    // A name that the rules protect is made with its columns spelled out.
    for text in [
        "create table claims as select id from customers",
        "select id into claims from customers",
        "create table public.claims (id) as values (1)",
    ] {
        assert!(!fixture.refusal("owner", text).is_empty(), "{text}");
    }
}

#[test]
fn views_that_the_server_does_not_write_through_are_refused() {
    let mut fixture = fixture();
    let mut snapshot = Snapshot::clone(&fixture.world.snapshot);
    let customers = snapshot.relation("public", "customers").unwrap().oid;
    for (oid, name, definition) in [
        (
            30_001,
            "v1",
            "SELECT DISTINCT c.id, c.email AS mail FROM public.customers c;",
        ),
        (
            30_002,
            "v2",
            "SELECT c.id, c.email AS mail FROM public.customers c LIMIT 1;",
        ),
        (
            30_003,
            "v3",
            "SELECT c.id, c.email AS mail FROM public.customers c, public.orders o;",
        ),
        (
            30_004,
            "v4",
            "SELECT c.id, c.email AS mail FROM public.customers c;",
        ),
    ] {
        view(
            &mut snapshot,
            oid,
            name,
            definition,
            &["id", "mail"],
            customers,
        );
    }
    snapshot.triggered.insert(30_004);
    fixture.world = World::new(Arc::new(snapshot), Arc::clone(&fixture.world.protection));
    for name in ["v1", "v2", "v3", "v4"] {
        for text in [
            format!("update {name} set mail = 'x'"),
            format!("insert into {name} (mail) values ('x')"),
            format!("delete from {name}"),
        ] {
            let refusal = fixture.refusal("owner", &text);
            assert!(refusal.starts_with("SW101"), "{text}: {refusal}");
        }
    }
}
