//! `sealwire check`: the rules alone, or what they mean on a live database and what stands against it.

use std::sync::Arc;

use serde_json::json;
use tokio_postgres::Client;

use super::Failure;
use super::arguments::Live;
use super::common::{connect, policy, provider};
use super::screen::{json, line};
use crate::jobs::{self, CheckReport, Severity};
use crate::policy::Policy;

pub(super) async fn run(live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    if live.upstream.is_none() && live.database.is_none() {
        alone(&policy, live.rules.json);
        return Ok(());
    }
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client: Client = connect(&policy, live).await?;
    let policy = Arc::new(policy);
    let report = jobs::check(&policy, &provider, &mut client)
        .await
        .map_err(Failure::because)?;
    if live.rules.json {
        json(&document(&policy, &report));
    } else {
        page(&policy, &report);
    }
    if report.passed() {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

/// Without a server only the rules themselves can be judged.
fn alone(policy: &Policy, as_json: bool) {
    if as_json {
        json(&json!({ "rules": policy.hash, "live": false }));
        return;
    }
    line(format!(
        "The rules are valid ({}). Against a server: --database NAME or --upstream URL",
        short(policy)
    ));
}

fn document(policy: &Policy, report: &CheckReport) -> serde_json::Value {
    let findings: Vec<_> = report
        .findings
        .iter()
        .map(|finding| {
            json!({
                "severity": word(finding.severity),
                "object": finding.object,
                "message": finding.message,
                "hint": finding.hint,
            })
        })
        .collect();
    let failures: Vec<_> = report
        .failures
        .iter()
        .map(|failure| json!({ "file": failure.file, "line": failure.line, "message": failure.message }))
        .collect();
    json!({
        "rules": policy.hash,
        "live": true,
        "passed": report.passed(),
        "findings": findings,
        "tests": report.tests,
        "failed_tests": failures,
    })
}

fn page(policy: &Policy, report: &CheckReport) {
    line(format!("The rules are valid ({}).", short(policy)));
    for finding in &report.findings {
        line(format!(
            "{:8} {}: {}",
            word(finding.severity),
            finding.object,
            finding.message
        ));
        if let Some(hint) = &finding.hint {
            line(format!("         -> {hint}"));
        }
    }
    for failure in &report.failures {
        line(format!("{:8} {failure}", "test"));
    }
    let count = |severity: Severity| {
        report
            .findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    line(format!(
        "{} error(s), {} warning(s), {} note(s); {} of {} test(s) hold.",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
        report.tests - report.failures.len(),
        report.tests
    ));
}

fn short(policy: &Policy) -> &str {
    policy.hash.get(..12).unwrap_or(&policy.hash)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
