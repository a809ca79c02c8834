//! Attacks of a masked role, end to end: no plaintext may come back in whatever is received.

use crate::customers::protected;
use crate::harness::{Raw, psql};

/// Fragments that only protected values hold: sealed ones and (`555-`) a masked-only one.
const SECRETS: &[&str] = &[
    "@example.com",
    "00100000",
    "555-10",
    "note 1",
    "1960-",
    "c4ca4238",
];

/// `C` stands for each column, sealed and masked only.
const STATEMENTS: &[&str] = &[
    "select C from customers",
    "select * from customers",
    "select customers from customers",
    "select customers::text from customers",
    "select row_to_json(customers) from customers",
    "select (customers).C from customers",
    "select c.C::text from customers c",
    "select C || '' from customers",
    "select lower(C::text) from customers",
    "select string_agg(C::text, ',') from customers",
    "select array_agg(C) from customers",
    "select max(C) from customers",
    "select id from customers where C is not null and C > '0'",
    "select count(*) from customers where C = '555-1001'",
    "select C from customers order by C",
    "select C from customers group by C",
    "select distinct C from customers",
    "select x from (select C as x from customers) q where x is not null and x::text > ''",
    "with q as (select C as x from customers) select * from q",
    "select C from customers union all select C from customers",
    "select case when true then C end from customers",
    "select coalesce(C, C) from customers",
    "select (select C from customers where id = o.customer_id) from orders o",
    "select 1 / (case when C = '555-1001' then 0 else 1 end) from customers",
    "select C::int from customers",
    "select * from orders o join customers c on c.C = o.email",
    "update customers set name = C",
    "update customers set name = (select C from customers limit 1) returning name",
    "insert into orders (id, email) select 1000 + id, C from customers returning email",
    "insert into customers (name, email) values ('x', 'user1@example.com')",
    "insert into customers (name) select C from customers returning name",
    "delete from customers returning C",
    "copy customers to stdout",
    "copy (select C from customers) to stdout",
    "copy (delete from customers returning C) to stdout",
    "explain (analyze, verbose) select * from customers where C = 'x'",
    "prepare p as select C from customers; execute p",
    "begin; declare c cursor for select C from customers; fetch all from c; commit",
    "create temp table t as select C from customers; select * from t",
    "create temp view v as select C from customers; select * from v",
    "select * into temp t2 from customers; select * from t2",
    "do $$ declare x text; begin select C into x from customers limit 1; raise notice '%', x; end $$",
    "do $$ begin execute 'insert into orders (id, email) select 5000 + id, C from cus' || 'tomers'; end $$; select email from orders where id >= 5000",
    "select query_to_xml('select C from customers', true, true, '')",
    "select table_to_xml('customers', true, true, '')",
    "select * from pg_stats where tablename = 'customers'",
    "select get_email(1)",
    "select * from all_of_them()",
    "set role owner; select C from customers",
    "set session authorization owner; select C from customers",
    "select set_config('role', 'owner', false); select C from customers",
    "set search_path = public; select C from customers",
    "create temp table customers (id int); select * from public.customers",
    "select U&\"\\0065mail\" from U&\"\\0063ustomers\"",
    "select C from public.\"customers\"",
    "table customers",
    "select * from only customers",
    "select * from customers tablesample system (100)",
    "select * from contacts",
    "select mail || ssn from contacts",
    "lock table customers; select C from customers",
    "select C from customers for update",
    "set standard_conforming_strings = off; select '\\' || C || '\\' from customers",
    "merge into orders using customers c on orders.id = c.id when matched then update set email = C",
    "merge into orders using (table customers) c on orders.id = c.id when not matched then insert (id, email) values (c.id + 7000, c.C); select email from orders",
    "merge into orders o using customers c on c.C = '555-1001' when matched then update set total = 1; select total from orders",
    "merge into customers c using orders o on o.id = c.id when matched then update set name = c.C; select name from customers",
    "update contacts set id = id where ssn = '00100000001' returning *",
    "update contacts set mail = phone returning mail",
    "insert into contacts (mail) select C from customers",
    "create table t3 as table customers; select * from t3",
    "create table t4 as select id from customers where C = '555-1001'; select * from t4",
    "create table t5 (a) as select case when C is null then C else C end from customers; select * from t5",
    "select C into t6 from customers; select * from t6",
    "select (c).C, (c.C)::text from customers c",
    "select count(distinct (C, id)) from customers",
    "select id from customers where (C, id) = (select '555-1001', 1)",
    "select id from customers where C = any (values ('555-1001'))",
    "select id from customers where C operator(pg_catalog.=) '555-1001'",
    "select * from customers c, rows from (regexp_matches(c.C::text, '.*')) r",
    "select r.* from customers c, rows from (unnest(array[c.C])) r",
    "select j.C from customers a join customers b using (C) as j",
    "select * from json_populate_record(null::customers, '{}') r, customers c where c.C = r.C",
    "select id from customers tablesample bernoulli (length(C::text))",
    "select first_value(C::text) over (order by id rows between 1 preceding and 1 following exclude ties) from customers",
    "select xmlelement(name a, C) from customers",
    "select json_agg(C) from customers",
    "select * from customers, lateral unnest(string_to_array(C::text, '@')) u",
    "select * from unnest(array(select C from customers)) u",
    "notify customers, 'x'; select C from customers",
];

#[test]
fn nothing_protected_comes_back_to_a_role_without_grants() {
    let (database, proxy) = protected();
    database.run(
        "create view contacts as select id, email as mail, ssn, phone from customers;
         grant all on contacts to intern;
         grant owner to intern;
         create function get_email(int) returns text language sql security definer as 'select phone from customers where id = $1';
         create function all_of_them() returns setof text language plpgsql security definer as
         'begin return query execute ''select phone from customers''; end'",
    );
    // The proxy follows definitions made past it.
    std::thread::sleep(std::time::Duration::from_secs(4));
    let before = database.value("select md5(string_agg(c::text, '' order by id)) from customers c");
    for statement in STATEMENTS {
        for column in ["email", "ssn", "notes", "birth_date", "key", "phone"] {
            let sql = statement.replace('C', column);
            let output = psql(&proxy.url("intern"), &sql);
            let received = format!("{}{}", output.stdout, output.stderr);
            // psql shows the client's own text at an error's position.
            let received: String = received
                .lines()
                .filter(|line| !line.starts_with("LINE "))
                .collect::<Vec<_>>()
                .join("\n");
            for secret in SECRETS {
                assert!(
                    !received.contains(secret),
                    "{secret} came back for: {sql}\n{received}"
                );
            }
        }
    }
    let after = database.value("select md5(string_agg(c::text, '' order by id)) from customers c");
    // Updates of `name` and inserts that this level allows were refused or rolled back with their statement.
    assert_eq!(
        before, after,
        "rows of a protected table were changed by a role without a grant"
    );
}

#[test]
fn the_same_in_the_extended_protocol_and_in_binary() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    for statement in STATEMENTS.iter().filter(|text| !text.contains("; ")) {
        for column in ["email", "ssn", "phone"] {
            for format in [0, 1] {
                let sql = statement.replace('C', column);
                raw.parse("", &sql, &[]);
                raw.bind("", "", 0, &[], format);
                raw.execute("", 0);
                raw.sync();
                for frame in raw.until_ready() {
                    let body = String::from_utf8_lossy(&frame.body).into_owned();
                    for secret in SECRETS {
                        assert!(
                            !body.contains(secret),
                            "{secret} came back for: {sql}\n{} {body}",
                            frame.tag
                        );
                    }
                }
            }
        }
    }
    let frames = raw.query("select 1");
    assert_eq!(Raw::tags(&frames), "TDCZ", "the session goes on");
}

#[test]
fn prepared_under_one_right_and_executed_under_another() {
    let (database, proxy) = protected();
    let mut raw = Raw::login(proxy.port(), "billing", database.name());
    raw.parse("s", "select email from customers where id = 1", &[]);
    raw.sync();
    raw.until_ready();
    let execute = |raw: &mut Raw| {
        raw.bind("", "s", 0, &[], 0);
        raw.execute("", 0);
        raw.sync();
        raw.until_ready()
    };
    let frames = execute(&mut raw);
    let row = frames.iter().find(|frame| frame.tag == 'D').unwrap();
    assert_eq!(row.values()[0].as_deref(), Some(&b"user1@example.com"[..]));
    // The rules change: billing loses its grant, in an open session, at its next statement.
    let rules =
        crate::customers::RULES.replace("members = [\"pg:billing\"]", "members = [\"pg:nobody\"]");
    proxy.site.write_rules(&rules);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let frames = execute(&mut raw);
        let shown = frames
            .iter()
            .find(|frame| frame.tag == 'D')
            .map(|frame| frame.values()[0].clone());
        match shown {
            Some(Some(_)) if std::time::Instant::now() < deadline => {
                std::thread::sleep(std::time::Duration::from_millis(200))
            }
            Some(Some(_)) => panic!(
                "the new rules did not reach the open session\n{}",
                proxy.log()
            ),
            Some(None) | None => break,
        }
    }
}

#[test]
fn errors_and_notices_of_the_server_show_no_values() {
    let (_database, proxy) = protected();
    for (role, sql) in [
        (
            "support",
            "insert into customers (id, name, email) values (1, 'x', 'canary-1@example.org')",
        ),
        (
            "support",
            "insert into customers (id, name, email) values (500, 'x', 'user2@example.com')",
        ),
        (
            "support",
            "insert into customers (id, name, city_id, notes) values (501, 'x', 99, 'canary-2')",
        ),
        (
            "support",
            "insert into customers (id, name, notes) values (502, null, 'canary-3')",
        ),
    ] {
        let output = psql(&proxy.url(role), sql);
        assert_ne!(output.code, 0, "{sql}");
        // Of a key of columns that this role sees, or that are not protected, it is told.
        let told = !sql.contains("null");
        assert_eq!(
            output.stderr.contains("DETAIL"),
            told,
            "{sql}\n{}",
            output.stderr
        );
        let received: String = output
            .stderr
            .lines()
            .filter(|line| !line.starts_with("LINE "))
            .collect();
        assert!(
            !received.contains("canary") && !received.contains("\\xfb"),
            "{received}"
        );
    }
}

#[test]
fn guesses_are_capped() {
    let (_database, proxy) = protected();
    let list: Vec<String> = (0..2_000).map(|n| format!("'{n:011}'")).collect();
    let output = psql(
        &proxy.url("support"),
        &format!("select id from customers where ssn in ({})", list.join(",")),
    );
    assert!(
        output.stderr.contains("42501") && output.stderr.contains("search constants"),
        "{}",
        output.stderr
    );
    let array: Vec<String> = (0..2_000).map(|n| format!("{n:011}")).collect();
    let output = psql(
        &proxy.url("support"),
        &format!(
            "select id from customers where ssn = any('{{{}}}')",
            array.join(",")
        ),
    );
    assert!(output.stderr.contains("42501"), "{}", output.stderr);
    // One by one: the budget of an hour ends it.
    let script: String = (0..1_200)
        .map(|n| format!("select id from customers where ssn = '{n:011}';"))
        .collect::<Vec<_>>()
        .join("\n");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), script).unwrap();
    let output = crate::harness::psql_with(
        &proxy.url("support"),
        &[
            "-q",
            "-v",
            "VERBOSITY=verbose",
            "-f",
            &file.path().to_string_lossy(),
        ],
        "select 1",
    );
    assert!(
        output.stderr.contains("42501"),
        "1,200 guesses went through"
    );
}
