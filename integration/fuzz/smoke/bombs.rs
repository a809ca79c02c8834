//! Texts of one thing many times over: in a row, inside each other, or begun and never ended. None may run out of stack,
//! which would end the process, or take time that grows faster than the text.

/// What repeats in a row behind `select email`.
const ROWS: &[&str] = &[
    " + 1",
    " or a = 1",
    " and not a",
    "::text",
    " collate \"C\"",
    " at time zone 'UTC'",
    " isnull",
    " notnull",
    " is null",
    " is not true",
    " in (1)",
    " not in (1, 2)",
    " like 'x'",
    " ilike any (array['x'])",
    " similar to 'x' escape 'y'",
    " between 1 and 2",
    " between symmetric 1 and 2",
    " operator(pg_catalog.=) 1",
    " operator(",
    " = any (values (1))",
    " = any (values",
    " fetch first (1) rows only",
    " fetch first (",
    "[1]",
    "[1:2]",
    ".a",
    ", a",
    ", case when a then b else c end",
    ", (select email from customers)",
    ", rows from (f(a))",
    ", count(*) over (partition by a)",
    " from customers",
    " union select email from customers",
    " union select a, b",
    " except all (select a, b)",
    " join claims on true",
    " cross join claims, orders",
    " for update of customers, claims",
    " on conflict (lower(email)",
    " where current of c",
    " -> 'a'",
    " || email",
    " = 1",
    " 'a'",
    " E'\\x41'",
    " $1",
    " $$ a $$",
    " $a$",
    " -- a\n",
    " /* a */",
    " /*",
    " \"",
    " (",
    " )",
    " [",
    " - ",
    " not",
    " ;",
    "; select email from customers",
    "; select 1 from customers",
    "; create temp table a (b int)",
    "; set work_mem = 1",
    "; prepare p as select 1",
    "; declare c cursor for select 1",
    " begin atomic",
    " case",
    " with q as",
    " table customers",
    " only customers",
    " exists",
    " interval '1'",
    " date 'a'",
    " lateral",
    " values (1)",
    " ,",
    " .",
    " :",
    " U&",
    "\u{e9}",
    " \u{a0}",
];

/// What goes around itself: before and behind.
const NESTED: &[(&str, &str)] = &[
    ("(", ")"),
    ("f(", ")"),
    ("f(a, ", ", b)"),
    ("a.f(", ")"),
    ("(select ", ")"),
    ("(select a from ", ")"),
    ("(select * from (", ") q)"),
    ("((select 1) union (select ", "))"),
    ("exists (select ", ")"),
    ("a in (select ", ")"),
    ("a in ((", "), 1)"),
    ("a = any (array[", "])"),
    ("array[", "]"),
    ("row(", ")"),
    ("case when ", " then 1 end"),
    ("case ", " when 1 then 2 end"),
    ("cast(", " as text)"),
    ("cast(case ", " end)"),
    ("not ", ""),
    ("- ", ""),
    ("@ ", ""),
    ("interval ", ""),
    ("date ", ""),
    ("a[", "]"),
    ("substring(", " from 1)"),
    ("extract(year from ", ")"),
    ("position('a' in ", ")"),
    ("trim(both 'a' from ", ")"),
    ("overlay(a placing b from ", ")"),
    ("coalesce(", ", 1)"),
    ("a between (", ") and 1"),
    ("(1 + ", ")"),
    ("(", " + 1)"),
    ("(a and ", ")"),
    ("with q as (select ", ") select 1"),
    ("select * from (a join ", " on true)"),
    ("grouping sets ((", "))"),
    ("f(a => ", ")"),
    ("f(variadic ", ")"),
    ("f(distinct ", " order by 1)"),
    ("sum(a) filter (where ", ")"),
    ("sum(a) over (order by ", ")"),
    ("explain ", ""),
    ("prepare p as ", ""),
    ("declare c cursor for ", ""),
    ("create view v as ", ""),
    ("copy (", ") to stdout"),
    ("begin atomic ", " end"),
    ("/* ", " */"),
    ("$a$ ", " $a$"),
    ("{", "}"),
    ("rows from (", ")"),
    ("lateral (", ")"),
    ("xmlelement(name a, ", ")"),
    ("json_object('a' value ", ")"),
];

/// All of them, as statements on protected tables.
pub fn sql() -> impl Iterator<Item = (String, String)> {
    let rows = ROWS.iter().flat_map(|row| {
        [990, 4_900, 20_000].map(|times| (format!("{times} × {row}"), row.repeat(times)))
    });
    let nested = NESTED.iter().flat_map(|(before, behind)| {
        [20, 48, 98, 5_000].map(|times| {
            let whole = format!("{}a{}", before.repeat(times), behind.repeat(times));
            (format!("{times} × {before}…{behind}"), whole)
        })
    });
    let unended = NESTED.iter().flat_map(|(before, _)| {
        [30, 98].map(|times| (format!("{times} × {before} unended"), before.repeat(times)))
    });
    let sums = [(50, 90), (90, 4_000)].map(|(levels, each)| {
        let row = " + 1".repeat(each);
        let text = format!(
            "{}1{}",
            "(".repeat(levels),
            format!("{row})").repeat(levels)
        );
        (format!("{levels} × {each} sums"), text)
    });
    let all = rows.chain(nested).chain(unended).chain(sums);
    all.enumerate().map(|(at, (name, middle))| {
        let text = match at % 4 {
            0 => format!("select email from customers where {middle}"),
            1 => format!("select 1 from customers, {middle}"),
            2 => format!("{middle} customers"),
            _ => format!("select email {middle} from customers"),
        };
        (name, text)
    })
}

/// Values that go around themselves, for every type: text of one thing many times over.
pub fn values() -> Vec<Vec<u8>> {
    let parts = [
        "[", "{", "{\"a\":", "(", "\"", "\\", "%", "a", "1", "-", " ", ",", ":", ".", "{{",
        "[1:1]", "Europe/", "e", "\u{e9}", "NULL,", "%a", "_",
    ];
    let mut values = Vec::new();
    for kind in 0..30_u8 {
        for part in parts {
            for what in [0, 2, 3] {
                values.push([&[kind, 0, what][..], part.repeat(10_000).as_bytes()].concat());
            }
        }
    }
    values
}
