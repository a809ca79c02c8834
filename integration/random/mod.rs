//! Random statements on plain tables directly and on protected ones through the proxy: the same rows (as a multiset,
//! in order where the order is total), tags, types and SQLSTATE, or a refusal.

mod grammar;

use std::collections::BTreeMap;
use std::io::Write;

use crate::customers::{plain, protected};
use crate::differential::comparable;
use crate::harness::{Frame, Raw};
use grammar::{Grammar, Statement};

const STATEMENTS: usize = 3000;
const SEED: u64 = 20_260_101;
/// Percent of statements that may be refused; measured and a margin.
const REFUSED: usize = 9;

fn run(raw: &mut Raw, statement: &Statement, binary: bool) -> Vec<Frame> {
    if statement.values.is_empty() && !binary {
        return raw.query(&statement.sql);
    }
    let values: Vec<Option<&[u8]>> = statement
        .values
        .iter()
        .map(|value| value.as_deref().map(str::as_bytes))
        .collect();
    raw.parse("", &statement.sql, &[]);
    raw.bind("", "", 0, &values, i16::from(binary));
    raw.describe('P', "");
    raw.execute("", 0);
    raw.sync();
    raw.until_ready()
}

fn failure(frames: &[Frame]) -> Option<String> {
    frames
        .iter()
        .find(|frame| frame.tag == 'E')
        .map(Frame::sqlstate)
}

/// What must be equal: rows without their order where that is the server's choice.
fn answer(frames: &[Frame], sql: &str) -> Vec<String> {
    let mut lines: Vec<String> = comparable(frames)
        .into_iter()
        .map(|line| {
            if line.starts_with('T') {
                without_modifiers(&line)
            } else {
                line
            }
        })
        .collect();
    if !sql.contains(" order by c.id") {
        lines.sort();
    }
    lines
}

/// The planner drops a constant NULL from COALESCE, and with it the difference in modifiers that is told: of
/// expressions (no origin) they are not compared.
fn without_modifiers(description: &str) -> String {
    description
        .split("(\"")
        .map(|column| {
            let mut parts: Vec<&str> = column.split(", ").collect();
            if parts.get(1) == Some(&"false") && parts.len() > 5 {
                parts.remove(4);
            }
            parts.join(", ")
        })
        .collect::<Vec<_>>()
        .join("(\"")
}

#[test]
fn random_statements() {
    let direct_database = plain();
    let (proxied_database, proxy) = protected();
    let mut direct = Raw::login(
        direct_database.server().port(),
        "owner",
        direct_database.name(),
    );
    let mut proxied = Raw::login(proxy.port(), "owner", proxied_database.name());
    let mut grammar = Grammar::new(SEED);
    let (mut refused, mut failed, mut answered) = (0, 0, 0);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut different = Vec::new();
    for number in 0..STATEMENTS {
        let statement = grammar.statement();
        let sql = &statement.sql;
        let mut both = Vec::new();
        for raw in [&mut direct, &mut proxied] {
            if statement.writes {
                raw.query("begin");
            }
            both.push(run(raw, &statement, number % 3 == 0));
        }
        let (a, b) = (&both[0], &both[1]);
        let (x, y) = (failure(a), failure(b));
        let message = || {
            b.iter()
                .find(|frame| frame.tag == 'E')
                .and_then(|frame| frame.field('M'))
        };
        let ended = match (&x, &y) {
            (_, Some(state)) if matches!(state.as_str(), "0A000" | "42P08") && x != y => {
                refused += 1;
                let reason = message().unwrap_or_default();
                let reason = reason.split("column public").next().unwrap_or_default();
                *reasons.entry(reason.to_owned()).or_default() += 1;
                "rollback"
            }
            // Of two mistakes in one statement either may be found first.
            (Some(_), Some(other)) if matches!(&other[..2], "22" | "23" | "42") => {
                failed += 1;
                "rollback"
            }
            (None, None) if answer(a, sql) == answer(b, sql) => {
                answered += 1;
                "commit"
            }
            _ => {
                let (x, y) = (answer(a, sql), answer(b, sql));
                let at = x
                    .iter()
                    .zip(&y)
                    .position(|(x, y)| x != y)
                    .unwrap_or(x.len().min(y.len()));
                different.push(format!(
                    "{number}: {sql} {:?}\n  direct:  {:?}\n  proxied: {:?}\n  error:   {:?}",
                    statement.values,
                    x.get(at),
                    y.get(at),
                    message()
                ));
                "rollback"
            }
        };
        if statement.writes {
            for raw in [&mut direct, &mut proxied] {
                raw.query(ended);
            }
        }
        if number % 500 == 499 {
            let sql = "select * from customers order by id";
            assert_eq!(
                answer(&direct.query(sql), sql),
                answer(&proxied.query(sql), sql),
                "after {number}"
            );
        }
    }
    let _unseen = writeln!(
        std::io::stdout(),
        "{answered} answered alike, {failed} failed alike, {refused} of {STATEMENTS} refused: {reasons:#?}"
    );
    assert!(
        different.is_empty(),
        "{} differ:\n{}\n{}",
        different.len(),
        different.join("\n"),
        proxy.log()
    );
    assert!(
        refused * 100 < STATEMENTS * REFUSED,
        "{refused} of {STATEMENTS} refused"
    );
}
