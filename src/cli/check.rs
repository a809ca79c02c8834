//! `sealwire check`: the rules alone, or what they mean on a live database and what stands against it.

use std::sync::Arc;

use serde_json::json;
use tokio_postgres::Client;

use super::Failure;
use super::arguments::Live;
use super::common::{connect, policy, provider};
use super::screen::{json, line};
use crate::gate::{self, Stored};
use crate::jobs::{self, CheckReport, Finding, Severity};
use crate::policy::Policy;
use crate::tls::{self, Weight};

pub(super) async fn run(live: &Live) -> Result<(), Failure> {
    let policy = policy(&live.rules.rules)?;
    let files = transport(&policy);
    if live.upstream.is_none() && live.database.is_none() {
        return alone(&policy, files, live.rules.json);
    }
    let provider = provider(&policy, &live.rules.rules)?;
    let mut client: Client = match connect(&policy, live).await {
        Ok(client) => client,
        Err(failure) => {
            // What is wrong with the certificates may well be why.
            if !live.rules.json {
                files.iter().for_each(print);
            }
            return Err(failure);
        }
    };
    let policy = Arc::new(policy);
    let mut report = jobs::check(&policy, &provider, &mut client)
        .await
        .map_err(Failure::because)?;
    report.findings.extend(files);
    report.findings.extend(auth_query(&policy).await);
    report
        .findings
        .sort_by_key(|finding| std::cmp::Reverse(finding.severity));
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

/// Without a server only the rules themselves can be judged, and the files they name.
fn alone(policy: &Policy, findings: Vec<Finding>, as_json: bool) -> Result<(), Failure> {
    let report = CheckReport {
        findings,
        ..CheckReport::default()
    };
    if as_json {
        let mut document = document(policy, &report);
        if let Some(live) = document.get_mut("live") {
            *live = json!(false);
        }
        json(&document);
    } else {
        let valid = if report.passed() {
            "are valid"
        } else {
            "can be read"
        };
        report.findings.iter().for_each(print);
        line(format!(
            "The rules {valid} ({}). Against a server: --database NAME or --upstream URL",
            short(policy)
        ));
    }
    if report.passed() {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

/// What is to be said of TLS and logins: files that cannot be used, and what should be known of the others.
fn transport(policy: &Policy) -> Vec<Finding> {
    let place = |file: &str, line: u32| match line {
        0 => file.to_owned(),
        line => format!("{file}:{line}"),
    };
    let problems = tls::problems(&policy.settings)
        .into_iter()
        .map(|problem| Finding {
            severity: Severity::Error,
            object: place(&problem.file, problem.line),
            message: format!("{}: {}", problem.key, problem.message),
            hint: None,
        });
    let remarks = tls::remarks(&policy.settings)
        .into_iter()
        .map(|remark| Finding {
            severity: match remark.weight {
                Weight::Error => Severity::Error,
                Weight::Warning => Severity::Warning,
                Weight::Note => Severity::Note,
            },
            object: match remark.place.file.as_str() {
                "" => "settings".to_owned(),
                file => place(file, remark.place.line),
            },
            message: format!("{}: {}", remark.place.key, remark.message),
            hint: Some(remark.hint.to_owned()),
        });
    let logins = gate::problems(&policy.settings)
        .into_iter()
        .map(|message| Finding {
            severity: Severity::Error,
            object: "settings".to_owned(),
            message: message.trim_start_matches("sealwire: ").to_owned(),
            hint: Some("See `sealwire users --help`.".to_owned()),
        });
    problems.chain(remarks).chain(logins).collect()
}

/// Whether the auth query works: it is asked for a user that is hardly there.
async fn auth_query(policy: &Policy) -> Option<Finding> {
    let (severity, message) = match gate::stored(&policy.settings, "sealwire auth query test").await
    {
        Ok(None | Some(Stored::Nobody)) => return None,
        Ok(Some(Stored::Account(_) | Stored::WithoutVerifier)) => (
            Severity::Error,
            "the query gives a row for a user that is not there".to_owned(),
        ),
        Err(reason) => (Severity::Error, reason),
    };
    Some(Finding {
        severity,
        object: "auth.auth_query".to_owned(),
        message,
        hint: Some("Expected name, verifier and valid_until of user $1, and no row for others; see the page \"Logging in\" of the manual.".to_owned()),
    })
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
    report.findings.iter().for_each(print);
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

fn print(finding: &Finding) {
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
