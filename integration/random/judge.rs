//! Whether two answers to one case are the same, and what a role without sight received.

use super::binary;
use super::grammar::{Case, Step};
use super::schema::CANARIES;
use crate::differential::comparable;
use crate::harness::{Frame, Raw};

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Rows, tags, types and notices are the same.
    Alike,
    /// The server would have answered; the proxy gave this reason.
    Refused(String),
    /// Both failed, with this SQLSTATE and that.
    Failed(String, String),
    /// None of these.
    Wrong(String),
}

/// The answers to the steps of a case; a transaction around them, which is rolled back.
pub fn play(raw: &mut Raw, case: &Case, steps: &[Step]) -> Vec<Vec<Frame>> {
    let block = case.writes();
    if block {
        raw.query("begin");
    }
    let answers = steps.iter().map(|step| run(raw, step)).collect();
    if block {
        raw.query("rollback");
        if case.kind == "prepare" {
            raw.query("deallocate all");
        }
    }
    answers
}

fn run(raw: &mut Raw, step: &Step) -> Vec<Frame> {
    match step {
        Step::Query(sql) => raw.query(sql),
        Step::Extended {
            sql,
            values,
            binary,
            coded,
        } => {
            let mut frames = Vec::new();
            raw.parse("", sql, &[]);
            if *coded {
                raw.describe('S', "");
                raw.sync();
                frames = raw.until_ready();
            }
            let types = frames
                .iter()
                .find(|frame| frame.tag == 't')
                .map(|frame| binary::types(&frame.body));
            if *coded && types.is_none() {
                return frames;
            }
            let (formats, values) = binary::values(values, &types.unwrap_or_default());
            let values: Vec<Option<&[u8]>> = values.iter().map(Option::as_deref).collect();
            raw.bind_formats("", "", &formats, &values, i16::from(*binary));
            raw.describe('P', "");
            raw.execute("", 0);
            raw.sync();
            // Of the first part only what is told about the parameters and the result.
            frames.retain(|frame| matches!(frame.tag, 'T' | 'n'));
            frames.extend(raw.until_ready());
            frames
        }
        Step::CopyIn { sql, data } => copy(raw, sql, data.as_bytes()),
        Step::CopyBinary { sql, types, rows } => copy(raw, sql, &binary::copy(types, rows)),
    }
}

fn copy(raw: &mut Raw, sql: &str, data: &[u8]) -> Vec<Frame> {
    raw.ask(sql);
    let mut frames = Vec::new();
    while let Some(frame) = raw.read() {
        let tag = frame.tag;
        frames.push(frame);
        if tag == 'G' {
            raw.send('d', data);
            raw.send('c', &[]);
        } else if tag == 'Z' {
            break;
        }
    }
    frames
}

fn error(frames: &[Frame]) -> Option<&Frame> {
    frames.iter().find(|frame| frame.tag == 'E')
}

/// Why the proxy refused, if it was the proxy: its messages name their entry of the catalogue. Names of columns are
/// left out.
pub fn reason(frames: &[Frame]) -> Option<String> {
    let message = error(frames)?.field('M')?;
    let at = message.find("(SW")?;
    let entry = message.get(at + 1..at + 6)?;
    let words: Vec<&str> = message[..at]
        .split_whitespace()
        .map(|word| match word.trim_matches(|c| c == '(' || c == '"') {
            name if name.starts_with("public.") => "…",
            _ => word,
        })
        .collect();
    Some(format!("{entry} {}", words.join(" ")))
}

/// A table made by CREATE TABLE AS holds envelopes, and the server takes nothing else into it.
fn kept_sealed(frames: &[Frame]) -> Option<String> {
    let error = error(frames)?;
    let sealed = error.field('M')?.contains("is of type sealwire.sealed");
    (sealed && error.sqlstate() == "42804")
        .then(|| "42804 a column that is sealed in a table made from a query".to_owned())
}

/// A value that the server would have read only for a row that needs it.
fn early(frames: &[Frame]) -> Option<String> {
    let state = error(frames)?.sqlstate();
    matches!(
        state.as_str(),
        "22P02" | "22007" | "22008" | "22003" | "22001"
    )
    .then(|| format!("{state} for a value that no row needed"))
}

/// The plaintext's answers beside the proxy's.
pub fn compare(case: &Case, direct: &[Vec<Frame>], proxied: &[Vec<Frame>]) -> Verdict {
    for (number, (x, y)) in direct.iter().zip(proxied).enumerate() {
        if y.last().is_none_or(|frame| frame.tag != 'Z') {
            return Verdict::Wrong(format!("step {number}: no ReadyForQuery: {}", Raw::tags(y)));
        }
        match (error(x), error(y)) {
            (None, Some(_)) => {
                return match reason(y).or_else(|| early(y)).or_else(|| kept_sealed(y)) {
                    Some(reason) => Verdict::Refused(reason),
                    None => Verdict::Wrong(format!(
                        "step {number}: {:?} {:?}",
                        comparable(y),
                        error(y).and_then(|frame| frame.field('M'))
                    )),
                };
            }
            // Of two mistakes in one statement either may be found first.
            (Some(a), Some(b)) => {
                let (a, b) = (a.sqlstate(), b.sqlstate());
                return if a == b || matches!(&b[..2], "22" | "23" | "42") || reason(y).is_some() {
                    Verdict::Failed(a, b)
                } else {
                    Verdict::Wrong(format!(
                        "step {number}: {a} beside {b}: {:?}",
                        comparable(y)
                    ))
                };
            }
            (Some(a), None) => {
                return Verdict::Wrong(format!(
                    "step {number}: the server fails with {} {:?}, the proxy answers {:?}",
                    a.sqlstate(),
                    a.field('M'),
                    comparable(y).iter().take(3).collect::<Vec<_>>()
                ));
            }
            (None, None) => {}
        }
        let (a, b) = (lines(case, x), lines(case, y));
        if a != b && !case.plan {
            let at = a
                .iter()
                .zip(&b)
                .position(|(a, b)| a != b)
                .unwrap_or(a.len().min(b.len()));
            return Verdict::Wrong(format!(
                "step {number}:\n  direct:  {:?}\n  proxied: {:?}",
                a.get(at),
                b.get(at)
            ));
        }
    }
    Verdict::Alike
}

/// What must be equal: rows without their order where that is the server's choice.
fn lines(case: &Case, frames: &[Frame]) -> Vec<String> {
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
    if !case.ordered {
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

/// A canary of the world among what was received, which the client did not itself say.
pub fn canary(steps: &[Step], answers: &[Vec<Frame>], world: usize) -> Option<&'static str> {
    let said: String = steps.iter().map(Step::said).collect();
    CANARIES[world].iter().copied().find(|canary| {
        !said.contains(canary)
            && answers.iter().flatten().any(|frame| {
                frame
                    .body
                    .windows(canary.len())
                    .any(|bytes| bytes == canary.as_bytes())
            })
    })
}

/// What differs between two worlds that differ in protected values only, for somebody who may see none.
pub fn interference(case: &Case, one: &[Vec<Frame>], other: &[Vec<Frame>]) -> Option<String> {
    // Rows come in one order from both, too. What a view joins by sealed columns is its author's, and what a case has
    // written goes to where there is room.
    let joined = |step: &Step| step.said().contains("claims_view");
    let places = !case.steps.iter().any(joined)
        && (!case.writes() || matches!(case.kind, "update" | "delete" | "cursor" | "prepare"));
    let told = |answers: &[Vec<Frame>]| -> Vec<String> {
        answers
            .iter()
            .flat_map(|frames| {
                let mut lines: Vec<String> = frames
                    .iter()
                    .filter(|frame| !(case.plan && frame.tag == 'D'))
                    .zip(
                        comparable(frames)
                            .into_iter()
                            .chain(std::iter::repeat(String::new())),
                    )
                    .map(|(frame, line)| match frame.tag {
                        'E' | 'N' => format!(
                            "{} {:?} {:?} {:?} {:?}",
                            frame.tag,
                            frame.field('C'),
                            frame.field('M'),
                            frame.field('D'),
                            frame.field('H')
                        ),
                        _ => line,
                    })
                    .collect();
                if !case.ordered && !places {
                    lines.sort();
                }
                lines
            })
            .collect()
    };
    let (a, b) = (told(one), told(other));
    let at = a.iter().zip(&b).position(|(a, b)| a != b);
    match at {
        Some(at) => Some(format!("{} <> {}", a[at], b[at])),
        None if a.len() != b.len() => Some(format!("{} lines <> {}", a.len(), b.len())),
        None => None,
    }
}
