//! `sealwire check`: the rules alone, or against a live database.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Failure;
use super::arguments::Live;
use super::common::{connect, policy, provider};
use super::screen::{json, line};
use crate::jobs::{self, CheckReport, Severity};

pub(super) async fn run(live: &Live) -> Result<(), Failure> {
    let policy = Arc::new(policy(&live.rules.rules)?);
    let report = if live.upstream.is_some() || live.database.is_some() {
        let provider = provider(&policy, &live.rules.rules)?;
        let mut client = connect(&policy, live).await?;
        jobs::check(&policy, &provider, &mut client)
            .await
            .map_err(Failure::because)?
    } else {
        CheckReport::default()
    };
    if live.rules.json {
        json(&document(&policy.hash, &report));
    } else {
        line(format!(
            "The rules are valid ({}).",
            policy.hash.get(..12).unwrap_or(&policy.hash)
        ));
        page(&report);
    }
    if report.passed() {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

fn page(report: &CheckReport) {
    for finding in &report.findings {
        line(format!("  {finding}"));
    }
    for failure in &report.failures {
        line(format!("  error: test {failure}"));
    }
    if report.tests > 0 {
        let held = report.tests.saturating_sub(report.failures.len());
        line(format!("{held} of {} tests hold.", report.tests));
    }
}

fn document(hash: &str, report: &CheckReport) -> Value {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            json!({
                "severity": match finding.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "note",
                },
                "object": finding.object,
                "message": finding.message,
                "hint": finding.hint,
            })
        })
        .collect();
    let failures: Vec<Value> = report
        .failures
        .iter()
        .map(|failure| json!({ "file": failure.file, "line": failure.line, "message": failure.message }))
        .collect();
    json!({ "rules": hash, "findings": findings, "tests": report.tests, "failures": failures })
}
