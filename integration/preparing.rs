//! PREPARE and EXECUTE of SQL for every kind of search: what EXECUTE says means what a parameter in its place would mean,
//! message by message as on plain columns.

use crate::differential::comparable;
use crate::harness::{Database, Proxy, Raw, Site};

const OPTIONS: &str = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'";

const TABLE: &str = r#"
create table people (
    id int primary key,
    code char(6),
    mail varchar(40),
    body text,
    n int,
    price numeric(8,2),
    born date,
    rank int,
    notes text,
    plain text
);
insert into people select i, 'c' || i % 5 || case when i % 2 = 0 then 'x' else '' end, 'User' || i || '@Example.com',
    'some words of row ' || i || case when i % 3 = 0 then ' needle' else '' end, i * 10, i * 1.25,
    date '2000-01-01' + i * 40, i % 7, 'note ' || i, 'plain ' || i
  from generate_series(1, 40) i;
insert into people (id) values (41);
grant all on people to owner, support;
"#;

const RULES: &str = r#"
[tables."public.people".columns]
code = { seal = { search = ["equality"] } }
mail = { seal = { search = ["equality", "equality-ci"] } }
body = { seal = { search = ["match", "prefix", "equality"], acknowledge_leakage = true } }
n = { seal = { search = ["equality", "range"], acknowledge_leakage = true } }
price = { seal = { search = ["equality"] } }
born = { seal = { search = ["range"], acknowledge_leakage = true } }
rank = { seal = { search = ["order"], acknowledge_leakage = true } }
notes = { seal = {} }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.people"]
level = "access"
search = ["*"]
"#;

fn sides() -> (Database, Database, Proxy) {
    let [direct, sealed] = [(), ()].map(|()| Database::create_with(OPTIONS, &["owner", "support"]));
    for database in [&direct, &sealed] {
        database.run(TABLE);
    }
    let site = Site::new(&sealed, RULES);
    site.protect("public.people");
    (direct, sealed, site.serve())
}

/// Each statement is prepared, and executed with each list of arguments.
const PREPARED: &[(&str, &[&str])] = &[
    // Blanks at the end of char(n) count or not by the type that the parameter has.
    (
        "(char(6)) as select id, code from people where code = $1 order by id",
        &[
            "'c1'",
            "'c1   '",
            "' c1'",
            "'c1x'",
            "'c1           '",
            "null",
            "''",
        ],
    ),
    (
        "as select id from people where code = $1 order by id",
        &["'c2'", "'c2    '", "'c2x      '", "'nothing at all'"],
    ),
    (
        "(text) as select id from people where code = $1 order by id",
        &["'c3'", "'c3 '", "'c3    '", "'c3x'::text", "'c3 '::text"],
    ),
    (
        "(varchar) as select id from people where code in ($1, 'c4') order by id",
        &["'c3'", "'c3 '"],
    ),
    (
        "(bpchar, int) as update people set code = $1 where id = $2 returning code, length(plain)",
        &[
            "'new', 1",
            "'new    ', 2",
            "'longer than six', 3",
            "'sixsix   ', 4",
            "null, 5",
        ],
    ),
    (
        "(text, int) as update people set code = $1 where id = $2 returning code",
        &["'new', 1", "'sixsix   ', 4", "'sevenxx', 4"],
    ),
    // The parameter has another type than the column.
    (
        "(numeric) as select id from people where n = $1",
        &["50", "'50'", "50.0", "'50.5'", "50.5", "null", "-3"],
    ),
    (
        "(int8) as select id from people where n = $1",
        &["70", "'70'", "5000000000"],
    ),
    (
        "(int2) as select id from people where n = $1",
        &["70", "70000"],
    ),
    (
        "(int) as select id from people where price = $1",
        &["5", "'10'"],
    ),
    (
        "(numeric(3,1)) as select id from people where price = $1",
        &["1.25", "'1.25'", "10"],
    ),
    // Letters of either case.
    (
        "as select id, mail from people where lower(mail) = lower($1)",
        &[
            "'USER7@example.COM'",
            "'user7@example.com'::text",
            "null",
            "'x'",
            "'USER7@example.COM'::varchar",
        ],
    ),
    (
        "(varchar) as select id from people where upper(mail) = upper($1) or mail = $1 order by id",
        &["'uSer8@example.com'", "'User9@Example.com'"],
    ),
    (
        "as select id from people where mail ilike $1 and id > $2",
        &["'USER9@EXAMPLE.COM', 1", "'user9@example.com', 20"],
    ),
    (
        "(text[]) as select id from people where lower(mail) = any ($1) order by id",
        &[
            "'{user3@example.com,USER4@example.com,user5@example.com}'",
            "'{}'",
            "null",
        ],
    ),
    (
        "as insert into people (id, mail, code, n) values ($1, $2, $3, $4) returning *",
        &[
            "100, 'New@Example.com', 'k', 7",
            "101, null, null, null",
            "102, 'x', 'toolong', 1",
            "103, 'x', 'y', 'no'",
        ],
    ),
    // Patterns and ranges.
    (
        "as select id, body from people where body like $1 order by id",
        &[
            "'%needle%'",
            "'%row 3 %'",
            "'some words of row 1%'",
            "'%nothing here%'",
            "null",
        ],
    ),
    (
        "(text, int) as select id from people where body like $1 and id < $2 order by id limit 3",
        &["'%needle%', 30", "'%needle', 7"],
    ),
    (
        "(text, int8, int8) as select id from people where body like $1 order by id limit $2 offset $3",
        &[
            "'%needle%', 2, 3",
            "'%needle%', null, null",
            "'%needle%', '4', 0",
            "'%needle%', -1, 0",
        ],
    ),
    // A pattern that is made of the parameter.
    (
        "as select id from people where body like '%' || $1 || '%' order by id",
        &["'needle'", "'row 3 '", "null", "'zzzz'"],
    ),
    (
        "(text) as select id from people where body like concat('%', $1, 'edle') order by id",
        &["'ne'", "'x ne'", "null"],
    ),
    (
        "(text, int) as select id from people where id < $2 and (body ilike '%' || $1 || '%' or id = 5) order by id limit 4",
        &["'NEEDLE', 20", "'Row 3 ', 20"],
    ),
    (
        "as select count(*) from people where body like $1",
        &["'%needle%'", "'%zzz%'"],
    ),
    (
        "as select id from people where n between $1 and $2 order by id",
        &["45, 95", "'45', '95'", "95, 45", "null, 1"],
    ),
    (
        "(date) as select count(*) from people where born < $1",
        &["'2001-01-01'", "'infinity'", "'no date'"],
    ),
    (
        "(numeric) as select count(*) from people where n >= $1",
        &["100.5", "100", "'100.5'"],
    ),
    (
        "as select id from people where rank >= $1 and id < 12 order by rank, id",
        &["3", "'3'", "99999999", "null"],
    ),
    (
        "(numeric) as select count(*) from people where rank < $1",
        &["2.5", "3"],
    ),
    // One parameter in several places.
    (
        "(varchar) as select id, $1 as given from people where mail = $1 or plain = $1",
        &["'User5@Example.com'", "'plain 6'"],
    ),
    // The server makes an integer of it, and rounds.
    (
        "(int) as select id from people where n = $1",
        &["50", "'50'", "50.4", "49.5", "-0.4", "null"],
    ),
    (
        "(int) as select id from people where rank <= $1 order by id",
        &["3", "3.6", "'3'"],
    ),
    (
        "as select id from people where n = $1 and id = $1 / 10",
        &["50", "'50'"],
    ),
    (
        "(varchar, int) as update people set mail = $1, notes = $1 where id = $2 returning mail, notes",
        &["'both', 3"],
    ),
];

/// What is sent, and whether by the extended protocol.
fn conversation(statement: &str, arguments: &[&str]) -> Vec<(String, bool)> {
    let mut messages = vec![
        ("begin".to_owned(), false),
        (format!("prepare s {statement}"), false),
    ];
    for arguments in arguments {
        for extended in [false, true] {
            messages.push(("savepoint a".to_owned(), false));
            messages.push((format!("execute s({arguments})"), extended));
            messages.push(("rollback to a".to_owned(), false));
        }
    }
    messages.push(("rollback".to_owned(), false));
    messages.push(("deallocate s".to_owned(), false));
    messages
}

/// What is refused: the argument says more than a parameter can be given, or two types meet in one placeholder.
const REFUSED: &[&str] = &[
    "execute s(50.5)",
    "execute s(50.4)",
    "execute s(49.5)",
    "execute s(-0.4)",
    "execute s(3.6)",
];

#[test]
fn arguments_mean_what_parameters_mean() {
    let (direct_database, sealed_database, proxy) = sides();
    let mut direct = Raw::login(
        direct_database.server().port(),
        "owner",
        direct_database.name(),
    );
    let mut proxied = Raw::login(proxy.port(), "owner", sealed_database.name());
    let mut different = Vec::new();
    let mut refused = Vec::new();
    for (statement, arguments) in PREPARED {
        for (message, extended) in conversation(statement, arguments) {
            let ask = |raw: &mut Raw| {
                comparable(&if extended {
                    raw.extended(&message)
                } else {
                    raw.query(&message)
                })
            };
            let (x, y) = (ask(&mut direct), ask(&mut proxied));
            let said = format!("{statement} / {message}");
            if y.iter().any(|line| line == "E 0A000") {
                refused.push(said);
            } else if x != y {
                different.push(format!(
                    "{said} ({extended})\n  direct:  {x:?}\n  proxied: {y:?}"
                ));
            }
        }
    }
    assert!(
        different.is_empty(),
        "{}\n{}",
        different.join("\n"),
        proxy.log()
    );
    refused.retain(|one| !REFUSED.iter().any(|known| one.ends_with(known)));
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// Without reveal: constants count, and what the proxy would have to look at again is refused.
#[test]
fn who_sees_masks_searches_by_right() {
    let (_direct, database, proxy) = sides();
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    raw.query("prepare s as select id, mail from people where lower(mail) = lower($1)");
    let rows = Raw::rows(&raw.query("execute s('USER7@example.com')"));
    assert_eq!(rows, [[Some("7".to_owned()), None]]);
    let many = "execute s('x');".repeat(40);
    assert_eq!(Raw::error(&raw.query(&many)), "42501");
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    for refused in [
        "prepare p as select id from people where body like $1",
        "prepare p as update people set mail = $1",
        "prepare p(text) as select id from people where notes = $1",
    ] {
        let code = Raw::error(&raw.query(refused));
        let known = ["42501", "0A000"].contains(&code.as_str());
        // A pattern is tried where tokens decide it alone.
        assert!(known || refused.contains("like"), "{refused}: {code}");
    }
    let frames = raw.query("execute p('%needle%')");
    assert_ne!(Raw::error(&frames), "", "{frames:?}");
    assert_eq!(Raw::rows(&frames).len(), 0);
}
