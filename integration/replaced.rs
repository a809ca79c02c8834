//! Prepared statements over names that come to mean something else: a table that a view over sealed columns replaces, a
//! view with other columns. Where the server says that a cached plan must not change its result type, so does Sealwire;
//! where the columns stay what they were, the statement goes on.

use crate::customers::{RULES, plain};
use crate::differential::comparable;
use crate::harness::{Proxy, Raw};

const TABLE: &str = "create table t (id int, what varchar(40)); insert into t values (1, 'a')";
const NUMBERS: &str = "create table t (id int, what int); insert into t values (1, 5)";
const EMAILS: &str = "create view t as select id, email as what from customers where id = 1";
const VISITS: &str = "create view t as select id, visits as what from customers where id = 1";

/// What the name is first, and then.
const PAIRS: &[(&str, &str)] = &[
    (TABLE, EMAILS),
    (NUMBERS, EMAILS),
    (VISITS, EMAILS),
    (VISITS, TABLE),
    (
        TABLE,
        "create view t as select id, email as what, ssn from customers where id = 1",
    ),
];

const STATEMENTS: &[(&str, &[Stage])] = &[
    (
        "select * from t",
        &[
            Stage::Parsed,
            Stage::Described,
            Stage::CarriedOut,
            Stage::Named,
        ],
    ),
    ("select what from t where id = 1", &[Stage::CarriedOut]),
    ("update t set id = id returning *", &[Stage::Described]),
    ("update t set id = id", &[Stage::Parsed]),
];

/// How far the statement has come when the name is given to something else.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    Parsed,
    Described,
    CarriedOut,
    /// By PREPARE and EXECUTE of SQL.
    Named,
}

/// What the second use of the statement answers, and the third.
fn told(
    port: u16,
    database: &str,
    (before, after, sql): (&str, &str, &str),
    stage: Stage,
) -> Vec<String> {
    let mut other = Raw::login(port, "owner", database);
    for old in ["drop view t", "drop table t"] {
        other.query(old);
    }
    for own in before.split("; ") {
        assert_eq!(Raw::error(&other.query(own)), "", "{own}");
    }
    let mut raw = Raw::login(port, "owner", database);
    if stage == Stage::Named {
        raw.query(&format!("prepare s as {sql}"));
        raw.query("execute s");
    } else {
        raw.parse("s", sql, &[]);
        if stage != Stage::Parsed {
            raw.describe('S', "s");
        }
        if stage == Stage::CarriedOut {
            raw.bind("", "s", 0, &[], 0);
            raw.execute("", 0);
        }
        raw.sync();
        assert_eq!(Raw::error(&raw.until_ready()), "", "{before} / {sql}");
    }
    let is_view = before.starts_with("create view");
    let gone = if is_view {
        "drop view t"
    } else {
        "drop table t"
    };
    for own in [gone, after] {
        assert_eq!(Raw::error(&other.query(own)), "", "{own}");
    }
    if stage == Stage::Named {
        return comparable(&raw.query("execute s"));
    }
    let mut answers = Vec::new();
    // Twice: what was said once is said again.
    for _ in 0..2 {
        raw.bind("", "s", 0, &[], 1);
        raw.describe('P', "");
        raw.execute("", 0);
        raw.sync();
        answers.extend(comparable(&raw.until_ready()));
    }
    answers
}

#[test]
fn a_prepared_statement_keeps_its_columns_or_says_so() {
    let direct = plain();
    let sealed = plain();
    let proxy = Proxy::start_protected(&sealed, RULES, &["public.customers", "public.claims"]);
    let mut different = Vec::new();
    let mut refused = 0;
    for (before, after) in PAIRS {
        for (sql, stages) in STATEMENTS {
            for stage in *stages {
                let asked = (*before, *after, *sql);
                let x = told(direct.server().port(), direct.name(), asked, *stage);
                let y = told(proxy.port(), sealed.name(), asked, *stage);
                // What was never looked at is refused where that could be wrong, and so is EXECUTE.
                let first = y.first().is_some_and(|line| line == "E 0A000");
                if first && matches!(stage, Stage::Parsed | Stage::Named) {
                    refused += usize::from(x != y);
                } else if x != y {
                    different.push(format!(
                        "{stage:?}: {before} / {after} / {sql}\n  direct:  {x:?}\n  proxied: {y:?}"
                    ));
                }
            }
        }
    }
    assert!(
        different.is_empty(),
        "{}\n{}",
        different.join("\n"),
        proxy.log()
    );
    assert!(refused < 8, "{refused}");
}

/// A statement that could not be prepared again while what it names was missing is prepared when that is back.
#[test]
fn a_statement_outlives_what_it_names() {
    let sealed = plain();
    let proxy = Proxy::start_protected(&sealed, RULES, &["public.customers", "public.claims"]);
    let mut other = Raw::login(proxy.port(), "owner", sealed.name());
    let mut raw = Raw::login(proxy.port(), "owner", sealed.name());
    let used = |raw: &mut Raw| {
        raw.bind("", "s", 0, &[], 1);
        raw.execute("", 0);
        raw.sync();
        raw.until_ready()
    };
    assert_eq!(Raw::error(&other.query(EMAILS)), "");
    raw.parse("s", "select what from t where id = 1", &[]);
    let first = comparable(&used(&mut raw));
    assert!(
        !first.iter().any(|answer| answer.starts_with("error")),
        "{first:?}"
    );
    for (text, code) in [("drop view t", "42P01"), (EMAILS, "")] {
        assert_eq!(Raw::error(&other.query(text)), "", "{text}");
        for _ in 0..2 {
            let frames = used(&mut raw);
            assert_eq!(Raw::error(&frames), code, "{text}");
        }
    }
    assert_eq!(comparable(&used(&mut raw)), first[1..]);
}
