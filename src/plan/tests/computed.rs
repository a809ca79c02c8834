//! What the proxy computes of sealed columns in a list: what goes upstream, and of which types the result is.

use expect_test::expect;

use super::*;
use crate::plan::Told;

fn upstream(text: &str) -> String {
    let plan = fixture().plan("owner", text);
    let statement = &plan.statements[0];
    let mut out = String::new();
    if let Outcome::Refused(refusal) = &statement.outcome {
        return refusal.to_string();
    }
    for piece in &plan.text {
        if let Piece::Text(text) = piece {
            out.push_str(text);
        }
    }
    for told in statement.derived.iter().flat_map(|own| &own.columns) {
        match told {
            Told::Upstream(place) => write!(out, "\n{place}").unwrap(),
            Told::Computed {
                name,
                expr,
                declared,
            } => {
                let mut read = Vec::new();
                expr.columns(&mut read);
                read.sort_unstable();
                read.dedup();
                write!(out, "\n{name} {} {read:?}", declared.name()).unwrap();
            }
            Told::Count { name } => write!(out, "\n{name}").unwrap(),
        }
    }
    for argument in statement.derived.iter().flat_map(|own| &own.arguments) {
        write!(
            out,
            "\n${} {}",
            argument.parameter + 1,
            argument.declared.name()
        )
        .unwrap();
    }
    out.push('\n');
    out
}

#[test]
fn what_is_computed_is_fetched_and_hidden() {
    expect![[r#"
        select id, email as shown, visits AS "?column?", visits AS "?column?", name, id from "public".customers order by id
        0
        shown text [1, 4, 5]
        ?column? integer [2]
        ?column? integer [3]
        $1 integer
    "#]].assert_eq(&upstream(
        "select id, left(email, 3) || ' ' || name || id as shown, visits + 1, visits + $1 from customers order by id",
    ));
    expect![[r#"
        select visits AS "case", CURRENT_DATE AS "extract", balance AS "int4", city_id, notes, balance, birth_date from "public".customers
        case numeric [0, 3, 4, 5]
        extract numeric [1, 6]
        int4 integer [2]
    "#]].assert_eq(&upstream(
        "select case when visits > 3 and city_id in (1, 2) then balance when notes is null then 0 end, extract(year from age(birth_date)), (balance * 2)::int from customers",
    ));
    expect![[r#"
        update "public".customers set name = 'x' where id = 1 returning id, notes AS "coalesce", email AS "length", name
        0
        coalesce text [1, 3]
        length integer [2]
    "#]].assert_eq(&upstream(
        "update customers set name = 'x' where id = 1 returning id, coalesce(notes, name), length(email)",
    ));
    expect![[r#"
        select name AS "case", city_id, notes from "public".customers
        case text [0, 1, 2]
    "#]]
    .assert_eq(&upstream(
        "select case when name < 'm' or city_id is null then left(notes, 1) end from customers",
    ));
}

#[test]
fn types_are_those_of_the_server() {
    for (list, declared) in [
        ("visits + 1", "integer"),
        ("visits + 3000000000", "bigint"),
        ("visits * 1.5", "numeric"),
        ("visits / '2'", "integer"),
        ("balance + 1", "numeric"),
        ("-balance", "numeric"),
        ("round(visits)", "double precision"),
        ("round(balance, 1)", "numeric"),
        ("balance::numeric(12,1)", "numeric(12,1)"),
        ("nullif(0, balance)", "numeric"),
        (
            "case when visits > 1 then balance else balance end",
            "numeric(10,2)",
        ),
        ("case when visits > 1 then balance end", "numeric"),
        ("case when visits > 1 then 1 else 2.5 end", "numeric"),
        ("coalesce(left(email, 1), name)", "text"),
        ("left(email, 3)::varchar(2)", "character varying(2)"),
        ("birth_date + 1", "date"),
        ("birth_date - '2000-01-01'", "integer"),
        (
            "date_trunc('month', birth_date)",
            "timestamp with time zone",
        ),
        ("extract(year from birth_date) + 1", "numeric"),
        ("date_part('year', birth_date)", "double precision"),
        ("to_char(birth_date, 'YYYY')", "text"),
        ("visits > 3", "boolean"),
        ("octet_length(notes)", "integer"),
    ] {
        let plan = fixture().plan("owner", &format!("select {list} from customers"));
        let derived = plan.statements[0].derived.as_ref();
        let derived = derived.unwrap_or_else(|| panic!("{list}: {}", show(&plan)));
        let Told::Computed { declared: own, .. } = &derived.columns[0] else {
            panic!("{list} is not computed");
        };
        assert_eq!(own.name(), declared, "{list}");
    }
}

#[test]
fn what_could_be_answered_otherwise_is_refused() {
    for list in [
        "visits + name",
        "birth_date + '1'",
        "birth_date + balance",
        "substring(email, $1)",
        "substring(email from '.')",
        "concat(email, $1)",
        "visits::bigint[]",
        "round(visits + 0.5::float8, 1)",
        "case when length(name) > 1 and name < 'm' collate \"C\" then left(email, 1) end",
        "coalesce(visits, name)",
        "coalesce(birth_date, visits)",
        "nullif(visits, 'x')",
        "md5(email) || left(email, 1)",
        "to_char(birth_date, 'TMMonth')",
        "to_char(visits, '9G999')",
        "extract(hour from birth_date)",
        "left(email, 3000000000)",
        "count(*) + visits",
        "visits + (select 1)",
        "left(email, 1) between 'a' and 'b' and city_id = any (array[1])",
        "initcap(email)",
    ] {
        fixture().refusal("owner", &format!("select {list} from customers"));
    }
    for login in ["support", "intern"] {
        fixture().refusal(login, "select visits + 1 from customers");
        fixture().refusal(
            login,
            "select case when visits > 1 then 1 end from customers",
        );
        fixture().refusal(login, "select name || notes from customers");
    }
    // Beside an alias that is computed, and in what is not the statement itself.
    for text in [
        "select visits + 1 as n from customers group by n",
        "select visits + 1 from customers union all select 1",
        "select * from (select visits + 1 from customers) q",
        "with q as (update customers set name = 'x' returning visits + 1) select * from q",
        "insert into orders (id) select visits + 1 from customers",
        "select visits + 1 into t from customers",
        "explain select visits + 1 from customers",
    ] {
        fixture().refusal("owner", text);
    }
}

/// The tree has no word for it, and the bounds would be taken as they stand.
#[test]
fn between_symmetric_is_not_computed() {
    let fixture = fixture();
    for text in [
        "select visits between symmetric 100 and 0 from customers",
        "select visits not between symmetric (100) and 0 from customers",
        "select case when visits between symmetric 100 and 0 then 1 end from customers",
    ] {
        fixture.refusal("owner", text);
    }
    for text in [
        "select visits between 0 and 100 from customers",
        "select visits between asymmetric (0) and 100 from customers",
        "select visits between -5 and 100 from customers",
    ] {
        fixture.plan("owner", text);
    }
}
