//! `sealwire check`: what a set of rules means on a live server, and what stands against it. Reads
//! only.

mod columns;
mod disclosure;
mod ending;
mod folded;
mod grants;
mod judges;
mod leakage;
mod letters;
mod ordered;
mod partitions;
mod routines;
mod server;
mod subjects;
mod tables;
mod tokens;

use std::sync::Arc;

use tokio_postgres::Client;

use super::ruletests::{TestFailure, run as run_tests};
use super::{JobError, error::at};
use crate::ground::stored::{self, StoredColumn};
use crate::ground::{Ground, Verified, verify};
use crate::keys::KeyProvider;
use crate::policy::Policy;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Should be looked at.
    Warning,
    /// Does not work, or does not protect.
    Error,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// Table, column, role, setting or place in the rules.
    pub object: String,
    /// What it is, without values.
    pub message: String,
    /// What helps.
    pub hint: Option<String>,
}

/// What `check` found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Errors first.
    pub findings: Vec<Finding>,
    /// How many of the rules' tests were run.
    pub tests: usize,
    /// Those that do not hold.
    pub failures: Vec<TestFailure>,
}

impl CheckReport {
    /// Neither an error nor a failed test.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
            && self
                .findings
                .iter()
                .all(|finding| finding.severity != Severity::Error)
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity}: {}: {}", self.object, self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

/// Collects findings.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    fn add(
        &mut self,
        severity: Severity,
        object: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let hint = hint.into();
        let finding = Finding {
            severity,
            object: object.into(),
            message: message.into(),
            hint: (!hint.is_empty()).then_some(hint),
        };
        if !self.0.contains(&finding) {
            self.0.push(finding);
        }
    }
}

/// Checks the rules against the server that the client is connected to: the service user's own
/// connection, or an owner's, which sees more (values are counted and measured only where the login may
/// read them).
///
/// # Errors
/// Only where the catalogs cannot be read; what is wrong with schema `sealwire` is a finding.
pub async fn check(
    policy: &Arc<Policy>,
    provider: &dyn KeyProvider,
    client: &mut Client,
) -> Result<CheckReport, JobError> {
    let mut findings = Findings::default();
    let tx = client
        .build_transaction()
        .read_only(true)
        .start()
        .await
        .map_err(at("begin"))?;
    let snapshot_now = super::protect::snapshot(&tx).await?;
    if !readable(&tx).await? {
        findings.add(
            Severity::Error,
            "schema sealwire",
            "this login may not read the registry and the keysets",
            super::init::grants(&policy.settings.upstream.service.user).join("; "),
        );
        return unreadable(&tx, findings).await;
    }
    let stored = stored::read(&tx)
        .await
        .map_err(at("reading schema sealwire"))?;
    if stored.is_none() {
        findings.add(
            Severity::Error,
            format!("database {}", snapshot_now.database),
            "schema sealwire is not there",
            "run `sealwire init`",
        );
    }
    let verified = match verify(provider, snapshot_now, stored.as_ref(), None) {
        Ok(verified) => verified,
        Err(refusal) => {
            findings.add(
                Severity::Error,
                "schema sealwire",
                refusal.message,
                refusal.hint.unwrap_or_default(),
            );
            return unreadable(&tx, findings).await;
        }
    };
    let ground = bind(verified, policy);
    rules(&ground, &mut findings);
    lost(&ground.lost, &mut findings);
    if ground.world.lacks_facade() {
        findings.add(
            Severity::Warning,
            "schema sealwire",
            "the catalog facade is missing or out of date: catalogs show sealed columns as sealwire.sealed",
            "run `sealwire init` again",
        );
    }
    ending::check(policy, &mut findings);
    columns::check(&ground, &mut findings);
    judges::check(&ground, &mut findings);
    partitions::check(&ground, &mut findings);
    routines::check(&ground, &mut findings);
    tables::check(&tx, &ground, stored.as_ref(), &mut findings).await?;
    leakage::check(&tx, &ground, &mut findings).await?;
    folded::check(&tx, &ground, stored.as_ref(), &mut findings).await?;
    tokens::check(&tx, &ground, stored.as_ref(), &mut findings).await?;
    grants::check(&tx, &ground, &mut findings).await?;
    let identity = stored.as_ref().map(stored::Stored::identity);
    subjects::check(&tx, &ground, provider, identity, &mut findings).await?;
    server::check(&tx, &mut findings).await?;
    tx.commit().await.map_err(at("commit"))?;
    let (tests, failures) = run_tests(&ground, client).await;
    let mut findings = findings.0;
    findings.sort_by(|a, b| {
        (b.severity, &a.object, &a.message).cmp(&(a.severity, &b.object, &b.message))
    });
    Ok(CheckReport {
        findings,
        tests,
        failures,
    })
}

/// Without the registry nothing true can be said of a table: sealed columns would look like anything.
async fn unreadable(
    tx: &tokio_postgres::Transaction<'_>,
    mut findings: Findings,
) -> Result<CheckReport, JobError> {
    server::check(tx, &mut findings).await?;
    let mut findings = findings.0;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(CheckReport {
        findings,
        ..CheckReport::default()
    })
}

fn bind(verified: Verified, policy: &Arc<Policy>) -> Ground {
    verified.bind(policy.clone(), 1)
}

async fn readable(tx: &tokio_postgres::Transaction<'_>) -> Result<bool, JobError> {
    tx.query_one(
        "SELECT coalesce(bool_and(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')), true)
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'sealwire' AND c.relkind = 'r' AND c.relname NOT IN ('online', 'proxies', 'swaps')",
        &[],
    )
    .await
    .and_then(|row| row.try_get(0))
    .map_err(at("reading grants"))
}

/// What binding the rules found: missing tables and columns, types, masks, registered columns
/// without a rule.
fn rules(ground: &Ground, findings: &mut Findings) {
    for problem in ground.problems.iter() {
        let place = if problem.line > 0 {
            format!("{}:{}", problem.file, problem.line)
        } else {
            problem.file.clone()
        };
        findings.add(
            Severity::Error,
            place,
            format!("{}: {}", problem.key, problem.message),
            "",
        );
    }
}

fn lost(lost: &[StoredColumn], findings: &mut Findings) {
    for column in lost {
        findings.add(
            Severity::Note,
            column.qualified(),
            "is registered as protected, and is not there any more",
            "",
        );
    }
}
