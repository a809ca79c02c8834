//! `sealwire assess`: which statements would be answered, masked or refused, before anything is protected.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::Failure;
use super::arguments::{FileFormat, Live};
use super::common::{connect, policy, provider};
use super::screen::{json, line};
use crate::jobs::{self, Assessment, Case, Format, JobError, Judged, Source, Verdict};
use crate::keys::KeyProvider;

/// How many statements of a reason are shown to people.
const SHOWN: usize = 5;

pub(super) async fn run(
    from: &str,
    role: Option<&str>,
    format: Option<FileFormat>,
    schemas: &[String],
    live: &Live,
) -> Result<(), Failure> {
    let rules = policy(&live.rules.rules)?;
    let of_server = from == "pg_stat_statements";
    // A file that is not there is said before anything is asked of the server.
    let file = if of_server { None } else { Some(read(from)?) };
    let mut client = connect(&rules, live).await?;
    let service = rules.settings.upstream.service.user.clone();
    let rules = Arc::new(rules);
    let ground = jobs::assess_ground(Arc::clone(&rules), &mut client, || {
        provider(&rules, &live.rules.rules)
            .map(|provider| Box::new(provider) as Box<dyn KeyProvider>)
            .map_err(|failure| JobError::Nothing(failure.lines().join("\n")))
    })
    .await
    .map_err(Failure::because)?;
    let source: Source = match &file {
        None => jobs::from_statistics(&client, &service)
            .await
            .map_err(Failure::because)?,
        Some(text) => jobs::from_file(text, format.map(kind)),
    };
    let judged = Judged { role, schemas };
    let assessment = jobs::judge(&ground, &source.statements, &judged).map_err(|role| {
        Failure::Usage(format!(
            "no role `{role}` in the rules; a login is named as pg:{role}"
        ))
    })?;
    if live.rules.json {
        json(&document(&assessment, &source));
    } else {
        page(&assessment, &source);
    }
    if source.statements.is_empty() {
        return Err(Failure::Failed("nothing to judge".to_owned()));
    }
    let refused = |case: &Case| matches!(case.verdict, Verdict::Refused | Verdict::NotUnderstood);
    if assessment.cases.iter().any(refused) {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

fn read(path: &str) -> Result<Zeroizing<String>, Failure> {
    let bytes = std::fs::read(Path::new(path))
        .map(Zeroizing::new)
        .map_err(|error| Failure::Usage(format!("--from {path}: {error}")))?;
    // A log may hold bytes of other encodings: what is not UTF-8 is in constants and comments.
    Ok(Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned()))
}

fn kind(format: FileFormat) -> Format {
    match format {
        FileFormat::Sql => Format::Script,
        FileFormat::Log => Format::Log,
        FileFormat::Csv => Format::Csv,
        FileFormat::Json => Format::Json,
    }
}

/// (statements, calls) of a verdict, by role.
type Totals<'a> = BTreeMap<&'a str, BTreeMap<Verdict, (u64, u64)>>;

fn totals(assessment: &Assessment) -> Totals<'_> {
    let mut totals: Totals<'_> = BTreeMap::new();
    for case in &assessment.cases {
        let of_role = totals.entry(case.role.as_str()).or_default();
        let total = of_role.entry(case.verdict).or_default();
        total.0 += 1;
        total.1 = total.1.saturating_add(case.calls);
    }
    totals
}

fn calls(of_role: &BTreeMap<Verdict, (u64, u64)>) -> u64 {
    of_role.values().map(|(_, calls)| calls).sum()
}

#[expect(clippy::cast_precision_loss, reason = "a percentage for people")]
fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        (part as f64 / whole as f64 * 1000.0).round() / 10.0
    }
}

fn document(assessment: &Assessment, source: &Source) -> Value {
    let summary: serde_json::Map<String, Value> = totals(assessment)
        .into_iter()
        .map(|(role, of_role)| {
            let whole = calls(&of_role);
            let verdicts: serde_json::Map<String, Value> = Verdict::ALL
                .iter()
                .map(|verdict| {
                    let (statements, calls) = of_role.get(verdict).copied().unwrap_or_default();
                    let total = json!({ "statements": statements, "calls": calls, "percent": percent(calls, whole) });
                    (verdict.word().to_owned(), total)
                })
                .collect();
            (role.to_owned(), Value::Object(verdicts))
        })
        .collect();
    let statement = |case: &Case| {
        json!({
            "statement": case.statement,
            "fingerprint": case.fingerprint,
            "role": case.role,
            "calls": case.calls,
            "verdict": case.verdict.word(),
            "masked": case.masked,
            "fault": case.refusal.as_ref().map(|refusal| refusal.fault.entry().id),
            "reason": case.refusal.as_ref().map(|refusal| refusal.fault.entry().name),
            "sqlstate": case.refusal.as_ref().map(|refusal| refusal.sqlstate),
            "message": case.refusal.as_ref().map(|refusal| &refusal.message),
            "hint": case.refusal.as_ref().and_then(|refusal| refusal.hint.as_ref()),
        })
    };
    json!({
        "summary": summary,
        "statements": assessment.cases.iter().map(statement).collect::<Vec<_>>(),
        "notes": source.notes,
        "problems": assessment.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn page(assessment: &Assessment, source: &Source) {
    for problem in assessment.problems.iter() {
        line(format!("! {problem}"));
    }
    for note in &source.notes {
        line(format!("! {note}"));
    }
    line("If every table of these rules were protected, by calls:");
    for (role, of_role) in totals(assessment) {
        let whole = calls(&of_role);
        let parts: Vec<String> = of_role
            .iter()
            .map(|(verdict, (statements, calls))| {
                format!(
                    "{} {} % ({statements} statement(s), {calls} call(s))",
                    verdict.word(),
                    percent(*calls, whole)
                )
            })
            .collect();
        line(format!("  as {role}: {}", parts.join(", ")));
    }
    let mut reasons: BTreeMap<(Verdict, &str), Vec<&Case>> = BTreeMap::new();
    for case in &assessment.cases {
        let reason = match case.verdict {
            Verdict::Untouched | Verdict::Answered => continue,
            Verdict::Masked => "",
            Verdict::Refused | Verdict::NotUnderstood => {
                (case.refusal.as_ref()).map_or("", |refusal| refusal.fault.entry().id)
            }
        };
        reasons
            .entry((case.verdict, reason))
            .or_default()
            .push(case);
    }
    for ((verdict, _), cases) in reasons.iter().rev() {
        let calls: u64 = cases.iter().map(|case| case.calls).sum();
        let entry = cases
            .first()
            .and_then(|case| case.refusal.as_ref())
            .map(|refusal| refusal.fault.entry());
        let heading = match entry {
            Some(entry) => format!(
                "{}: {} {}, {}",
                verdict.word(),
                entry.id,
                entry.name,
                entry.cause
            ),
            None => format!("{}: answered, with columns under a mask", verdict.word()),
        };
        line(format!(
            "\n{heading}\n  {} statement(s), {calls} call(s)",
            cases.len()
        ));
        for case in cases.iter().take(SHOWN) {
            show(case);
        }
        if cases.len() > SHOWN {
            line(format!(
                "  and {} more: --json shows all",
                cases.len() - SHOWN
            ));
        }
    }
}

fn show(case: &Case) {
    let statement = if case.statement.is_empty() {
        "(a text that cannot be read)"
    } else {
        &case.statement
    };
    line(format!(
        "  {} call(s) as {}: {statement}",
        case.calls, case.role
    ));
    if let Some(refusal) = &case.refusal {
        line(format!("    {refusal}"));
        if let Some(hint) = &refusal.hint {
            line(format!("    -> {hint}"));
        }
    }
    if !case.masked.is_empty() {
        let masked: Vec<&str> = case.masked.iter().map(String::as_str).collect();
        line(format!("    masked: {}", masked.join(", ")));
    }
}
