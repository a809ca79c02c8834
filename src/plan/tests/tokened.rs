//! Conditions of columns with search tokens.

use expect_test::expect;

use super::*;

fn tokened() -> Fixture {
    let with =
        |searches: &str| format!("seal = {{ search = [{searches}], acknowledge_leakage = true }}");
    let rules = RULES
        .replace(
            "notes = { seal = {} }",
            &format!("notes = {{ {} }}", with("\"match\", \"prefix\"")),
        )
        .replace(
            "visits = { seal = { search = [\"equality\"] } }",
            &format!("visits = {{ {} }}", with("\"range\"")),
        )
        .replace(
            "balance = { seal = { search = [\"equality\"] } }",
            &format!("balance = {{ {} }}", with("\"equality\", \"range\"")),
        )
        .replace(
            "search = [\"ssn\"]",
            "search = [\"ssn\", \"visits\", \"notes\"]",
        );
    fixture_under(&rules)
}

#[test]
fn ranges() {
    let fixture = tokened();
    let shows = |text: &str| fixture.shows("owner", text);
    expect![[r#"
        select id from "public".customers c where (sealwire.tokens(c.visits) OPERATOR(pg_catalog.&&) ‹4 tokens›) and not (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) ‹43 tokens›) or (sealwire.tokens(balance) OPERATOR(pg_catalog.&&) ‹44 tokens›) and balance = ‹3.00› and (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) $1) and (NOT (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) $1))
        rows: -
        $1: upstream 1016, client Some(23), tokens of visits by Range { side: At, own: DeclaredType { oid: 23, typmod: -1, kind: Int4 } } sent as 0"#]].assert_eq(&shows(
        "select id from customers c where c.visits < 5 and not 7 <= visits or balance >= 2.5 and balance = 3 and visits = $1 and visits <> $1",
    ));
    expect![[r#"
        select id from "public".customers where (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) ‹5 tokens›) and ((NOT (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) $1 AND sealwire.tokens(visits) OPERATOR(pg_catalog.&&) $2))) is true and (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) NULL::pg_catalog.int8[])
        rows: -
        $1: upstream 1016, client Some(23), tokens of visits by Range { side: From, own: DeclaredType { oid: 23, typmod: -1, kind: Int4 } } sent as 0
        $2: upstream 1016, client Some(20), tokens of visits by Range { side: UpTo, own: DeclaredType { oid: 23, typmod: -1, kind: Int4 } } sent as 20"#]].assert_eq(&shows(
        "select id from customers where visits between 5 and 9 and (visits not between $1 and $2::bigint) is true and visits > null",
    ));
    expect![[r#"
        delete from "public".customers where (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) $1) and (sealwire.tokens(balance) OPERATOR(pg_catalog.&&) ‹49 tokens› AND sealwire.tokens(balance) OPERATOR(pg_catalog.&&) $2)
        $1: upstream 1016, client Some(23), tokens of visits by Range { side: Above, own: DeclaredType { oid: 23, typmod: -1, kind: Int4 } } sent as 0
        $2: upstream 1016, client Some(1700), tokens of balance by Range { side: UpTo, own: DeclaredType { oid: 1700, typmod: 655366, kind: Numeric { precision_scale: Some((10, 2)) } } } sent as 0"#]].assert_eq(&shows(
        "delete from customers where visits > $1 and balance between 1.005 and $2",
    ));
    expect![[r#"
        select id from "public".customers where (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) ‹5 tokens›) and (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) $1)
        rows: -
        guesses: 2
        $1: upstream 1016, client Some(23), tokens of visits by Range { side: Above, own: DeclaredType { oid: 23, typmod: -1, kind: Int4 } } sent as 0, a guess"#]].assert_eq(&fixture.shows(
        "support",
        "select id from customers where visits between 1 and 5 and visits > $1",
    ));
    for text in [
        "select id from customers where visits in (1, 2)",
        "select id from customers where visits < city_id",
        "select id from customers where visits::bigint < 5",
        "select id from customers where visits < 5 + 1",
        "select id from customers where visits between symmetric 5 and 1",
        "select id from customers where (visits, id) < (1, 2)",
        "select max(visits) from customers",
        "select visits from customers group by visits",
        "select id from customers where visits < 'today'",
        "select id from customers where visits < '1'::text",
    ] {
        fixture.refusal("owner", text);
    }
    fixture.refusal("intern", "select id from customers where visits < 5");
}

#[test]
fn patterns_that_tokens_decide() {
    let fixture = tokened();
    let shows = |text: &str| fixture.shows("owner", text);
    expect![[r#"
        select id, ((sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›) or (NOT (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›)) or (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹0 tokens›) or (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›)), notes from "public".customers where (((sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›) or (NOT (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›)) or (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹0 tokens›) or (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›)) OR (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) $1))
        rows: -, -, notes
        $1: upstream 1016, client Some(25), tokens of notes by Pattern { written: Beginning, insensitive: false, shape: None, exact: false, scans: false } sent as 25"#]].assert_eq(&shows(
        "select id from customers where notes like 'ab%' or notes not like 'x!%%' escape '!' or notes ~~ '%' or starts_with(notes, 'a') or notes ^@ $1",
    ));
    expect![[r#"
        update "public".customers set notes = COALESCE(‹x›, (NULL::"public"."customers")."notes") where (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) $1) and (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›)
        $1: upstream 1016, client Some(25), tokens of notes by Pattern { written: Like(By('\\')), insensitive: false, shape: None, exact: true, scans: false } sent as 25"#]].assert_eq(&shows(
        "update customers set notes = 'x' where notes like $1 and notes::text like 'é%'::text",
    ));
    expect![[r#"
        select id from "public".customers where (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹1 tokens›) or (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) $1)
        rows: -
        guesses: 1
        $1: upstream 1016, client Some(25), tokens of notes by Pattern { written: Like(By('\\')), insensitive: false, shape: None, exact: true, scans: false } sent as 25, a guess"#]].assert_eq(&fixture.shows(
        "support",
        "select id from customers where notes like 'ab%' or notes like $1",
    ));
    for text in [
        "delete from customers where notes like '%abc%'",
        "select id from customers where not notes like '%abc%'",
        "select id from customers where notes like '%ab%'",
        "select id from customers where notes like 'ab%' escape 'xx'",
        "select id from customers where notes like '%' || $1 || name",
        "select id from customers where notes like '%a%' || 'b' or id = 1",
        "select id from customers where notes like name",
        "select id from customers where notes similar to 'ab%'",
        "select id from customers where notes like any (array['ab%'])",
        "select id from customers where notes || 'x' like 'ab%'",
        "select id from customers where notes ~ '^ab'",
    ] {
        fixture.refusal("owner", text);
    }
    fixture.refusal("intern", "select id from customers where notes like 'ab%'");
    fixture.refusal(
        "support",
        "select id from customers where notes like '%abc%'",
    );
}

/// It is an error where a text is held against it, which only the opened values tell.
#[test]
fn a_pattern_that_ends_within_an_escape_is_looked_at() {
    let fixture = tokened();
    fixture.refusal(
        "support",
        "select id from customers where notes like 'ab\\'",
    );
    fixture.refusal("owner", "delete from customers where notes like 'ab\\'");
    expect![[r#"
        select id, notes from "public".customers where (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹2 tokens›)
        rows: -, notes"#]]
    .assert_eq(&fixture.shows("owner", "select id from customers where notes like 'ab\\'"));
}

#[test]
fn patterns_that_the_proxy_looks_at_again() {
    let fixture = tokened();
    let shows = |text: &str| fixture.shows("owner", text);
    expect![[r#"
        select id, email, c.notes from "public".customers c where ((sealwire.tokens(c.notes) OPERATOR(pg_catalog.@>) ‹1 tokens›)) and id > 5 order by id  
        rows: -, email, notes
        $1: upstream 20, client Some(20), read by the proxy"#]].assert_eq(&shows("select id, email from customers c where (c.notes like '%abc%' escape '!') and id > 5 order by id limit 3 offset $1"));
    expect![[r#"
        select 1, notes from "public".customers where (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) $1) and (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) $2)
        rows: -, notes
        $1: upstream 1016, client Some(25), tokens of notes by Pattern { written: Like(By('\\')), insensitive: true, shape: None, exact: false, scans: false } sent as 25
        $2: upstream 1016, client Some(25), tokens of notes by Pattern { written: Beginning, insensitive: false, shape: None, exact: false, scans: false } sent as 25"#]].assert_eq(&shows(
        "select count(*) as n from customers where notes ilike $1 and starts_with(notes, $2)",
    ));
    expect![[r#"
        select * from "public".customers where (sealwire.tokens(notes) OPERATOR(pg_catalog.@>) ‹2 tokens›) and (sealwire.tokens(visits) OPERATOR(pg_catalog.&&) ‹5 tokens›) 
        rows: -, -, email, ssn, notes, balance, visits, birth_date, -, -"#]].assert_eq(&shows(
        "select * from customers where notes ~~* 'x%abc' and visits < 3 order by notes",
    ));
    expect![[r#"
        select id, notes, (id = $2 or email = ‹x›) from "public".customers where (((sealwire.tokens(notes) OPERATOR(pg_catalog.@>) $1) OR (id = $2 or email = ‹x›))) and id > 3
        rows: -, notes, -
        $1: upstream 1016, client Some(25), tokens of notes by Pattern { written: Like(By('\\')), insensitive: false, shape: Some(Text(Join, [Constant(Some(Canonical(…))), Argument(0), Constant(Some(Canonical(…)))])), exact: false, scans: false } sent as 25
        $2: upstream 0, client None, pass"#]].assert_eq(&shows(
        "select id from customers where (notes like '%' || $1 || '%' or id = $2 or email = 'x') and id > 3",
    ));
    for text in [
        "select id from customers where not (notes like '%abc%' and id = 1)",
        "select id, count(*) over () from customers where notes like '%abc%'",
        "select max(id) from customers where notes like '%abc%'",
        "select id from customers where notes like '%abc%' group by id",
        "select distinct id from customers where notes like '%abc%'",
        "select id from customers where notes like '%abc%' for update",
        "select id from customers where notes like '%abc%' union all select 1",
        "select id from (select id from customers where notes like '%abc%') x",
        "select count(*) from customers where notes like '%abc%' limit 1",
        "select id from customers where notes like '%abc%' order by random()",
        "update customers set visits = 1 where notes like '%abc%'",
        "select id into temp x from customers where notes like '%abc%'",
        "select id from customers where notes not like '%abc%'",
    ] {
        fixture.refusal("owner", text);
    }
}
