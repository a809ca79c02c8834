//! Functions and operators that somebody made by the names of the server's own: which of them a statement means, the
//! search path and the arguments say. What they would do with plaintext, Sealwire does not do with sealed values.

use crate::customers::{ROLES, RULES, TABLES, plain};
use crate::derived::Twins;
use crate::harness::{Proxy, Raw};

const OWN: &str = r#"
create schema own; grant all on schema own to owner, billing;
create function own.same(text, text) returns bool language sql immutable as 'select true';
create operator own.= (function = own.same, leftarg = text, rightarg = text);
create operator own.~~ (function = own.same, leftarg = text, rightarg = text);
create function own.joined(text, text) returns text language sql immutable as $$select 'own'$$;
create operator own.|| (function = own.joined, leftarg = text, rightarg = text);
create function own.less(int, int) returns bool language sql immutable as 'select true';
create operator own.< (function = own.less, leftarg = int, rightarg = int);
create function own.upper(text) returns text language sql immutable as $$select 'own'$$;
create function own.count(text) returns text language sql immutable as $$select 'own'$$;
"#;

/// Under another's operators and functions each of these means something else.
const USES: &[&str] = &[
    "select id from customers where email = 'x' order by id limit 3",
    "select id from customers where notes || 'x' = 'ownx' order by id limit 3",
    "select notes || 'x' from customers order by id limit 2",
    "select id from customers where visits < 3 order by id limit 4",
    "select upper(notes) from customers order by id limit 3",
    "select case when email = 'x' then 1 end from customers order by id limit 2",
    "select case email when 'x' then 1 end from customers order by id limit 2",
    "select count(email) from customers",
    "select nullif(email, 'x') from customers order by id limit 2",
    "select id from customers where email like 'x' order by id limit 3",
    "select id from customers where email in ('x') order by id limit 3",
    "select c.id, k.id from customers c join claims k using (ssn) order by 1, 2 limit 3",
    "select c.id, k.id from customers c natural join claims k order by 1, 2 limit 3",
    "select c.id, k.id from customers c join claims k on c.ssn = k.ssn order by 1, 2 limit 3",
    "select id from customers where email = any ('{x}') order by id limit 3",
    "select id from customers where email is distinct from 'x' order by id limit 3",
    "copy (select id from customers where email = 'x' order by id limit 3) to stdout",
    "update customers set notes = 'y' where email = 'user1@example.com' returning id",
    "delete from claims where ssn = 'x' returning id",
];

#[test]
fn what_stands_before_pg_catalog_in_the_path_is_not_taken_for_it() {
    let direct = plain();
    let sealed = plain();
    for database in [&direct, &sealed] {
        database.run(OWN);
    }
    let proxy = Proxy::start_protected(&sealed, RULES, &["public.customers", "public.claims"]);
    let ask = |port, database: &str, path: &str, sql: &str| {
        let mut raw = Raw::login(port, "owner", database);
        raw.query(&format!("set search_path = {path}"));
        raw.query("begin");
        let answer = crate::differential::comparable(&raw.query(sql));
        raw.query("rollback");
        answer
    };
    let mut wrong = Vec::new();
    for path in [
        "own, pg_catalog, public",
        "own, public",
        "public, own",
        "public",
    ] {
        for sql in USES {
            let x = ask(direct.server().port(), direct.name(), path, sql);
            let y = ask(proxy.port(), sealed.name(), path, sql);
            let refused = y.iter().any(|line| line.starts_with("E 0A000"));
            let other = path.contains("pg_catalog");
            // Equality is answered wherever the path leaves it the server's own.
            let answers = sql.contains(" = 'x'") && !other && !sql.contains("||");
            if !refused && x != y || refused && answers {
                wrong.push(format!("{path}: {sql}\n  direct:  {x:?}\n  proxied: {y:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut raw = Raw::login(proxy.port(), "owner", sealed.name());
    raw.query("set search_path = own, pg_catalog, public");
    let answered = raw.query("select id, email, notes from customers order by id limit 1");
    assert_eq!(Raw::error(&answered), "");
    let view =
        "create view public.found as select id from customers c join claims k using (id, ssn)";
    assert_eq!(Raw::error(&raw.query(view)), "0A000");
}

/// What an extension brings for a type of its own (citext) leaves the server's functions what they are.
#[test]
fn functions_of_a_type_of_their_own_are_beside_the_point() {
    let tables = format!(
        "{TABLES}
        create extension citext;
        create schema hidden;
        create function hidden.right(text, int) returns text language sql immutable as $$select 'hidden'$$;
        create function public.left(text, int) returns text language sql immutable as $$select 'never'$$;
        create function public.initcap(varchar) returns text language sql immutable as $$select 'public'$$;"
    );
    let mut twins = Twins::of(&tables, RULES, &["public.customers", "public.claims"]);
    assert_eq!(ROLES.len(), 4);
    twins.agree(&[
        "select replace(email, 'example', '***'), replace(notes, 'note', email) from customers order by id",
        "select split_part(email, '@', 1), split_part(notes, ' ', 2) from customers order by id",
        "select left(email, 3), right(notes, 3) from customers order by id",
        "select min(city_id), max(name) from customers",
        "select upper(left(split_part(email, '@', 1), 3)) from customers order by id",
    ]);
    for refused in [
        "select initcap(email) from customers",
        "select replace('user1', email, 'x') from customers",
    ] {
        assert_eq!(Raw::error(&twins.ask(refused)), "0A000", "{refused}");
    }
}
