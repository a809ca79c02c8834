//! Patterns in the forms that applications send, which the proxy decides on opened values: the same statements on plain
//! columns directly and on sealed ones through the proxy.

use crate::differential::comparable;
use crate::harness::Raw;
use crate::searching::{PATTERNS, bound, compare, quoted, twins_under};

/// What applications write around a pattern: `{c}` the column, `{p}` the pattern as a constant.
const FORMS: &[&str] = &[
    "upper({c}::text) like upper({p})",
    "upper({c}) like {p}",
    "lower({c}) like lower({p})",
    "lower({c}) like {p}",
    "lower({c}::text) ilike {p}",
    "upper({c}) not like upper({p})",
    "{c} like '%' || {p} || '%'",
    "{c} ilike {p} || '%'",
    "{c} like concat('%', {p}::text, '%')",
    "{c} like concat('a', null, {p}) escape '!'",
    "position({p} in {c}) > 0",
    "strpos({c}, {p}) >= 1",
    "strpos(lower({c}), lower({p})) <> 0",
    "position(upper({p}) in upper({c}::text)) = 0",
    "starts_with(lower({c}), {p})",
    "{c} not like {p}",
    "{c} not ilike {p}",
    "{c} !~~* {p}",
    "not {c} like {p}",
    "not ({c} ilike {p} or n < 3)",
    "{c} ilike {p} or n = 3",
    "(name ilike {p} or body ilike {p})",
    "upper(name::text) like upper({p}) or upper(body::text) like upper({p}) or big > 5",
    "{c} like {p} and (body ilike '%abc%' or id < 10) and n is not null",
    "{c} like {p} or born between '1990-01-01' and '1995-01-01' or {c} is null",
    "(id < 20 and {c} like {p}) or (id > 30 and not {c} ilike '%ab%')",
    "case when id > 3 then true else false end and (t > '12:00' or {c} like {p})",
    "{c} like {p} escape 'a'",
    "{c} like null or {c} ilike {p}",
];

fn statements(forms: &[&str], columns: &[&str], patterns: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for form in forms {
        for column in columns {
            for pattern in patterns {
                let condition = form.replace("{c}", column).replace("{p}", &quoted(pattern));
                all.push(format!(
                    "select id, {column} from people where {condition} order by id"
                ));
            }
        }
    }
    all
}

const LETTERS: &[&str] = &[
    "%smith%",
    "%SMITH%",
    "%SMıTH%",
    "%kelvin%",
    "%ς%",
    "%ΣΊΓ%",
    "%σίγμ%",
    "abc",
    "ab",
    "",
];

#[test]
fn what_applications_send() {
    let twins = twins_under("\n[limits]\nscanned_rows = 1000\n");
    let patterns: Vec<&str> = PATTERNS.iter().chain(LETTERS).copied().collect();
    // What is looked for is found, however it is written and wherever it stands; only what ends within an escape is not.
    let sound: Vec<&str> = patterns
        .iter()
        .copied()
        .filter(|pattern| !pattern.ends_with("abc\\") && *pattern != "\\")
        .collect();
    let all = statements(FORMS, &["name", "body"], &sound);
    let (answered, refused) = compare(&twins, &all, true);
    assert!(
        refused < answered / 50,
        "{answered} answered, {refused} refused"
    );
    let prefix = statements(FORMS, &["nick"], &sound[..sound.len().min(12)]);
    let (answered, refused) = compare(&twins, &prefix, true);
    assert!(answered > refused, "{answered} answered, {refused} refused");
    // What else a list may hold beside them.
    let mut lists = Vec::new();
    for pattern in ["%abc%", "%b%", "a%", "%race%"] {
        let pattern = quoted(pattern);
        for list in [
            "*",
            "count(*)",
            "1 as one",
            "id + 1, lower(name), length(body) as l, coalesce(n, 0)",
            "name, upper(name), name || '!' as x, case when n > 3 then 'x' else 'y' end",
            "people.id, body, name, body",
        ] {
            for end in [
                "",
                " order by id desc limit 3",
                " order by n, id offset 2 limit 4",
            ] {
                let counts = list.starts_with("count");
                if counts && !end.is_empty() {
                    continue;
                }
                let end = if end.is_empty() && !counts {
                    " order by id"
                } else {
                    end
                };
                lists.push(format!(
                    "select {list} from people where (name ilike {pattern} or body not like {pattern}) and id < 44{end}"
                ));
            }
        }
        lists.push(format!("select a.id, b.name from people a join people b on a.id = b.id + 1 where (a.name ilike {pattern} or b.body like {pattern}) and a.n is not null order by a.id"));
        lists.push(format!("select exists (select 1 from people where id = 3) as x, id from people where upper(name) like {pattern} order by id"));
    }
    let (answered, refused) = compare(&twins, &lists, true);
    assert!(
        answered > 4 * refused,
        "{answered} answered, {refused} refused"
    );
}

#[test]
fn with_parameters() {
    let twins = twins_under("\n[limits]\nscanned_rows = 1000\n");
    let mut direct = Raw::login(twins.plain.server().port(), "owner", twins.plain.name());
    let mut proxied = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    for condition in [
        "upper(name::text) like upper($1)",
        "lower(name) like lower($1)",
        "name like '%' || $1 || '%'",
        "body ilike $1 || '%'",
        "body like concat('%', $1::text, '%')",
        "position($1 in name) > 0",
        "strpos(body, $1) > 0",
        "name ilike $1 or body ilike $1",
        "(name ilike $1 or nick like $1 or n = 3)",
        "name not ilike $1",
        "not (name like $1 or body like $1)",
        "upper(name::text) like upper($1) or upper(body::text) like upper($1)",
        "starts_with(name, $1) or $1 is null",
        "name like $1 and body like $1",
    ] {
        for value in [
            Some("%abc%"),
            Some("abc"),
            Some("a"),
            Some(""),
            Some("%"),
            Some("%a_c%"),
            Some("\\\\"),
            Some("50\\%"),
            Some("%SMITH%"),
            Some("日本"),
            None,
        ] {
            for sql in [
                format!("select id, name from people where {condition} order by id limit $2"),
                format!("select count(*) from people where ({condition}) and id > $2"),
                format!("select id from people where {condition} and id <> $2 order by id"),
            ] {
                let values = [value, Some("4")];
                let x = bound(&mut direct, &sql, &values);
                let y = bound(&mut proxied, &sql, &values);
                let message = y.iter().find_map(|frame| frame.field('M'));
                assert_eq!(
                    comparable(&x),
                    comparable(&y),
                    "{sql} {value:?} {message:?}"
                );
            }
        }
    }
}

#[test]
fn how_far_the_proxy_looks() {
    let count = |raw: &mut Raw, condition: &str| {
        let answer = raw.query(&format!("select id from people where {condition}"));
        (Raw::rows(&answer).len(), Raw::error(&answer))
    };
    let refused = |sqlstate: &str| (0, sqlstate.to_owned());
    let short = [
        "name like '%b%'",
        "name not like '%abc%'",
        "not name ilike '%abc%'",
        "n < 0 or name like '%b%'",
    ];
    // Nothing is said of it: what tokens do not find is refused.
    let twins = twins_under("");
    let mut owner = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    for condition in short {
        assert_eq!(
            count(&mut owner, condition),
            refused("0A000"),
            "{condition}"
        );
    }
    assert_eq!(
        count(&mut owner, "upper(name::text) like upper('%abc%') or n = 0").1,
        ""
    );
    // Without sight there is nothing to look at, without search nothing to ask.
    for (role, sqlstate) in [("support", "0A000"), ("intern", "42501")] {
        let mut raw = Raw::login(twins.proxy.port(), role, twins.sealed.name());
        for condition in [
            "upper(name::text) like upper('%abc%')",
            "name ilike '%abc%' or body ilike '%abc%'",
            "position('abc' in name) > 0",
            "name like '%' || 'abc' || '%'",
        ] {
            assert_eq!(
                count(&mut raw, condition),
                refused(sqlstate),
                "{role} {condition}"
            );
        }
    }
    // So many rows and no more, of those that the other conditions leave.
    let twins = twins_under("\n[limits]\nscanned_rows = 5\n");
    let mut owner = Raw::login(twins.proxy.port(), "owner", twins.sealed.name());
    for condition in short {
        assert_eq!(count(&mut owner, condition).1, "54000", "{condition}");
        let narrow = format!("({condition}) and id between 4 and 8");
        assert_eq!(count(&mut owner, &narrow).1, "", "{condition}");
    }
    assert_eq!(count(&mut owner, "name ilike '%abc%'").1, "");
    // Where other rows would change what is shown, nothing is left out.
    for sql in [
        "select n, count(*) from people where name like '%abc%' group by n",
        "select distinct n from people where name like '%abc%'",
        "select max(n) from people where name like '%abc%'",
        "select count(*) over () from people where name like '%abc%'",
        "select id from people where name like '%abc%' for update",
        "select id from people where id in (select id from people where name like '%abc%')",
        "select exists (select 1 from people where name like '%abc%')",
        "update people set n = 1 where name like '%abc%'",
        "delete from people where upper(name) like upper('%abc%')",
    ] {
        assert_eq!(Raw::error(&owner.query(sql)), "0A000", "{sql}");
    }
}
