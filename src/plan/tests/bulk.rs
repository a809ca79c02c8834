//! The bulk shapes of frameworks (CASES 27).

use expect_test::expect;

use super::*;

#[test]
fn bulk_shapes() {
    let fixture = fixture();
    for (text, declared, expected) in [
        // Django
        (
            "INSERT INTO \"customers\" (\"email\", \"visits\") SELECT * FROM UNNEST(('{a,\"b,c\",NULL}')::varchar(40)[], ('{1,2,3}')::integer[]) RETURNING \"customers\".\"id\"",
            vec![],
            expect![[r#"
                INSERT INTO "public"."customers" ("email", "visits") SELECT * FROM UNNEST((‹[a,b,c,NULL]›)::pg_catalog.bytea[], (‹[1,2,3]›)::pg_catalog.bytea[]) RETURNING "customers"."id"
                rows: -"#]],
        ),
        (
            "INSERT INTO customers (email, name) SELECT * FROM UNNEST(($1)::varchar[], ($2)::text[])",
            vec![],
            expect![[r#"
                INSERT INTO "public".customers (email, name) SELECT * FROM UNNEST(($1)::pg_catalog.bytea[], ($2)::text[])
                $1: upstream 1001, client Some(1015), seal email[] sent as 1043 read as character varying(40)
                $2: upstream 0, client None, pass"#]],
        ),
        // SQLAlchemy
        (
            "INSERT INTO customers (email, name, visits) SELECT p0::VARCHAR, p1::VARCHAR, p2::INTEGER FROM (VALUES ($1::VARCHAR, $2::VARCHAR, $3::INTEGER, 0), ($4::VARCHAR, $5::VARCHAR, $6::INTEGER, 1)) AS imp_sen(p0, p1, p2, sen_counter) ORDER BY sen_counter RETURNING customers.id, customers.id AS id__1",
            vec![],
            expect![[r#"
                INSERT INTO "public".customers (email, name, visits) SELECT p0::pg_catalog.bytea, p1::VARCHAR, p2::pg_catalog.bytea FROM (VALUES (COALESCE($1, (NULL::"public"."customers")."email")::pg_catalog.bytea, $2::VARCHAR, COALESCE($3, (NULL::"public"."customers")."visits")::pg_catalog.bytea, 0), ($4::pg_catalog.bytea, $5::VARCHAR, $6::pg_catalog.bytea, 1)) AS imp_sen(p0, p1, p2, sen_counter) ORDER BY sen_counter RETURNING customers.id, customers.id AS id__1
                rows: -, -
                $1: upstream 17, client Some(1043), seal email sent as 1043 read as character varying(40)
                $2: upstream 0, client None, pass
                $3: upstream 17, client Some(23), seal visits sent as 23 read as integer
                $4: upstream 17, client Some(1043), seal email sent as 1043 read as character varying(40)
                $5: upstream 0, client None, pass
                $6: upstream 17, client Some(23), seal visits sent as 23 read as integer"#]],
        ),
        // ActiveRecord
        (
            "INSERT INTO \"customers\" (\"email\",\"ssn\") VALUES ('a', '1'), ('b', '2') ON CONFLICT (\"email\") DO UPDATE SET \"ssn\"=excluded.\"ssn\" RETURNING \"id\"",
            vec![],
            expect![[r#"
                INSERT INTO "public"."customers" ("email","ssn") VALUES (COALESCE(‹a›, (NULL::"public"."customers")."email"), COALESCE(‹1›, (NULL::"public"."customers")."ssn")), (‹b›, ‹2›) ON CONFLICT ("email") DO UPDATE SET "ssn"=excluded."ssn" RETURNING "id"
                rows: -"#]],
        ),
        // sqlx
        (
            "INSERT INTO customers (email) SELECT u.email FROM UNNEST($1::text[]) AS u(email)",
            vec![1009],
            expect![[r#"
                INSERT INTO "public".customers (email) SELECT u.email FROM UNNEST($1::pg_catalog.bytea[]) AS u(email)
                $1: upstream 1001, client Some(1009), seal email[] sent as 25 read as character varying(40)"#]],
        ),
        // JDBC with stringtype varchar
        (
            "select id from customers where birth_date = $1::date and email = $2",
            vec![1043, 1043],
            expect![[r#"
                select id from "public".customers where birth_date = $1::pg_catalog.bytea and email = $2
                rows: -
                $1: upstream 17, client Some(1043), seal birth_date sent as 1043 read as date
                $2: upstream 17, client Some(1043), seal email sent as 1043 read as character varying"#]],
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

/// 20,000 rows of four values: every part of planning is linear in the text. (Quadratic, this takes minutes.)
#[test]
fn large_inserts_are_planned_in_one_pass() {
    let fixture = fixture();
    let rows: Vec<String> = (0..20_000)
        .map(|n| format!("({n}, 'e{n}ü', '{n}', 'note {n}')"))
        .collect();
    let text = format!(
        "insert into customers (id, email, ssn, notes) values {}",
        rows.join(", ")
    );
    let plan = fixture.plan_in("owner", &text, &[], &environment());
    let sealed = plan
        .text
        .iter()
        .filter(|piece| matches!(piece, Piece::Sealed { .. }))
        .count();
    assert_eq!(sealed, 60_000);
    let last = plan
        .origins
        .iter()
        .rev()
        .find_map(|origin| *origin)
        .unwrap();
    assert!(last < text.chars().count() && last > 100_000);
}
