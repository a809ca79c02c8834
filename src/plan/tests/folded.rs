//! Case functions of a column with a case-insensitive tag.

use expect_test::expect;

use super::*;

fn folding() -> Fixture {
    let rules = RULES
        .replacen(
            "[classes.email]\nseal = { search = [\"equality\"] }",
            "[classes.email]\nseal = { search = [\"equality\", \"equality-ci\"] }",
            1,
        )
        .replace(
            "notes = { seal = {} }",
            "notes = { seal = { search = [\"equality-ci\"], fold = \"lower\" } }",
        )
        .replace("reveal = [\"email\"]", "search = [\"email\"]")
        .replace("search = [\"ssn\"]\n", "");
    fixture_under(&rules)
}

#[test]
fn as_frameworks_write_them() {
    let fixture = folding();
    expect![[r#"
        SELECT "customers"."id" FROM "public"."customers" WHERE sealwire.ci("customers"."email") = ‹tag ada@x.com› LIMIT 21
        rows: -"#]].assert_eq(&fixture.shows("owner", r#"SELECT "customers"."id" FROM "customers" WHERE UPPER("customers"."email"::text) = UPPER('Ada@X.com') LIMIT 21"#));
    expect![[r#"
        SELECT "customers".* FROM "public"."customers" WHERE sealwire.ci("customers"."email") = $1 LIMIT $2
        rows: -, -, email, ssn, notes, balance, visits, birth_date, -, -
        $1: upstream 17, client Some(25), tag of email by Lower of [Lower]
        $2: upstream 0, client None, pass"#]].assert_eq(&fixture.shows("owner", r#"SELECT "customers".* FROM "customers" WHERE LOWER("customers"."email") = LOWER($1) LIMIT $2"#));
    expect![[r#"
        select c.id from "public".customers c where sealwire.ci(c.email)=$1
        rows: -
        $1: upstream 17, client Some(25), tag of email by Upper of [Upper]"#]]
    .assert_eq(&fixture.shows(
        "owner",
        "select c.id from customers c where upper(c.email)=upper($1)",
    ));
    expect![[r#"
        SELECT customers.id FROM "public".customers WHERE sealwire.ci(customers.email) = ‹tag ada@x.com›
        rows: -"#]].assert_eq(&fixture.shows(
        "owner",
        "SELECT customers.id FROM customers WHERE lower(customers.email) = 'ada@x.com'",
    ));
    expect![[r#"
        select id from "public".customers where sealwire.ci(email) OPERATOR(pg_catalog.=) $1 and sealwire.ci(email) OPERATOR(pg_catalog.<>) ‹tag a_b›
        rows: -
        $1: upstream 17, client Some(25), tag of email by Lower of [] of a pattern"#]].assert_eq(&fixture.shows(
        "owner",
        "select id from customers where email ilike $1 and email not ilike 'A\\_b'",
    ));
    expect![[r#"
        select id from "public".customers where sealwire.ci(email) in (‹tag nothing›, ‹tag a›, NULL::pg_catalog.bytea, ‹tag a›) or sealwire.ci(email) = any($1) or sealwire.ci(email) = any(array[‹tag a›,‹tag b›]::pg_catalog.bytea[])
        rows: -
        guesses: 5
        $1: upstream 1001, client Some(1009), tag of email[] by Lower of [], a guess"#]].assert_eq(&fixture.shows("support", "select id from customers where lower(email) in ('A', 'a', null, lower('A')) or lower(email) = any($1) or lower(email) = any(array['a','b']::text[])"));
    expect![[r#"
        select count(distinct sealwire.ci(c.email)) from "public".customers c join "public".customers d on sealwire.ci(c.email) = sealwire.ci(d.email) group by sealwire.ci(c.email)
        rows: -"#]].assert_eq(&fixture.shows("owner", "select count(distinct lower(c.email)) from customers c join customers d on lower(c.email) = lower(d.email) group by upper(c.email)"));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW202 column public.customers.email may not be used in a predicate by this role
        $1: upstream 0, client None, pass"#]]
    .assert_eq(&fixture.shows("intern", "select id from customers where lower(email) = $1"));
}

#[test]
fn what_a_tag_does_not_answer() {
    let fixture = folding();
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW102 column public.customers.email cannot be used in function lower"#]]
    .assert_eq(&fixture.shows("owner", "select lower(email) from customers"));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW102 column public.customers.email cannot be used in function lower"#]]
    .assert_eq(&fixture.shows("owner", "select id from customers order by lower(email)"));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW152 upper() of column public.customers.notes cannot be compared"#]]
    .assert_eq(&fixture.shows("owner", "select id from customers where upper(notes) = 'X'"));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW152 lower() of column public.customers.ssn cannot be compared"#]]
    .assert_eq(&fixture.shows("owner", "select id from customers where lower(ssn) = 'x'"));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW150 column public.customers.email: the pattern is no whole value"#]]
    .assert_eq(&fixture.shows("owner", "select id from customers where email ilike 'a%'"));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW152 upper() of column public.customers.notes cannot be compared"#]]
    .assert_eq(&fixture.shows(
        "owner",
        "select id from customers where lower(email) = upper(notes)",
    ));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW105 column public.customers.email and a value that is not sealed are compared or merged"#]].assert_eq(&fixture.shows(
        "owner",
        "select id from customers where lower(email) = email",
    ));
    expect![[r#"
        SELECT pg_catalog."sealwire refused"()
        refused: SW151 column public.customers.email: a value holds a character that lower() and upper() treat unlike (such as the Greek final sigma, the Turkish dotless i or the Kelvin sign)"#]].assert_eq(&fixture.shows("owner", "update customers set email = 'ς'"));
    expect![[r#"
        select id from "public".customers where sealwire.ci(email) = $2 and $1 = id
        rows: -
        $1: upstream 25, client Some(25), pass
        +$2 of $1: upstream 17, tag of email by Lower of []"#]]
    .assert_eq(&fixture.shows(
        "owner",
        "select id from customers where lower(email) = $1 and $1 = id",
    ));
}
