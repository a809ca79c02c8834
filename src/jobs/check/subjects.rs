//! The keys of data subjects: whether the intermediate key is overdue, whether the records of erasures are true, and whether a key
//! that was destroyed is back.

use std::collections::BTreeMap;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use tokio_postgres::Transaction;

use super::{Findings, Severity};
use crate::ground::{Ground, erasures};
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::keys::{DatabaseIdentity, KeyProvider, RootInfo, Subjects};
use crate::seal::SubjectId;

const STORE: &str = "section [subjects]";
const RECORDS: &str = "table sealwire.subject_records";

pub(super) async fn check(
    tx: &Transaction<'_>,
    ground: &Ground,
    provider: &dyn KeyProvider,
    identity: Option<DatabaseIdentity>,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let step = || at("reading the records of erasures");
    // What each key was last said to be: begun, or destroyed.
    let mut erased: BTreeMap<SubjectId, (i64, bool)> = BTreeMap::new();
    let mut altered = Vec::new();
    for row in erasures::read(tx, false).await.map_err(step())? {
        let Some(done) = row.verified(&ground.keyring) else {
            altered.push(row.id.to_string());
            continue;
        };
        let Some(key) = done.key else {
            continue;
        };
        match done.action.as_str() {
            erasures::ERASED => {
                erased.insert(key, (row.id, true));
            }
            erasures::BEGUN => {
                erased.entry(key).or_insert((row.id, false));
            }
            // An export says nothing of the key.
            _ => {}
        }
    }
    if !altered.is_empty() {
        findings.add(
            Severity::Error,
            RECORDS,
            format!(
                "entries {} do not match their MAC: they were altered, or written by somebody else",
                altered.join(", ")
            ),
            "compare them with a backup of the database",
        );
    }
    let Some(subjects) = provider.subjects() else {
        return Ok(());
    };
    if let Some(database) = identity
        && subjects.is_on_server_of(&database) == Some(true)
    {
        findings.add(
            Severity::Warning,
            STORE,
            "the store is a database of the same server: physical backups, replicas and the WAL of that server hold both, and an erasure reaches them only once the intermediate key was replaced",
            "keep it on another server",
        );
    }
    match subjects.current() {
        Ok(root) => overdue(&root, SystemTime::now(), findings),
        Err(error) => {
            findings.add(
                Severity::Error,
                STORE,
                error.to_string(),
                "bring it back from its backup; `sealwire init` makes the first one",
            );
            return Ok(());
        }
    }
    if let Err(error) = back(&subjects, &erased, findings) {
        findings.add(Severity::Error, STORE, error.to_string(), "");
    }
    Ok(())
}

fn overdue(root: &RootInfo, now: SystemTime, findings: &mut Findings) {
    if root.due <= now {
        findings.add(
            Severity::Warning,
            STORE,
            format!(
                "the intermediate key is overdue since {}: copies of the store do not age out, and no erasure becomes complete",
                DateTime::<Utc>::from(root.due).format("%Y-%m-%d")
            ),
            "run `sealwire rotate subjects`, every day with --if-due",
        );
    }
}

/// Keys that were destroyed, and that the store holds.
fn back(
    subjects: &Subjects,
    erased: &BTreeMap<SubjectId, (i64, bool)>,
    findings: &mut Findings,
) -> Result<(), crate::keys::KeyError> {
    for (key, (entry, done)) in erased {
        if !subjects.holds(*key)? {
            continue;
        }
        match done {
            true => findings.add(
                Severity::Error,
                STORE,
                format!(
                    "key {key} was destroyed (entry {entry} of the records), and the store holds it again: an old copy was brought back"
                ),
                "run the erasure of that data subject again; until then the key is not used",
            ),
            false => findings.add(
                Severity::Warning,
                RECORDS,
                format!("the erasure of key {key} was begun (entry {entry}) and not carried out"),
                "run it again",
            ),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::keys::Fingerprint;

    #[test]
    fn an_intermediate_key_is_overdue_from_the_day_on_that_it_is_due() {
        let now = SystemTime::now();
        let root = |due| RootInfo {
            fingerprint: Fingerprint([7; 8]),
            made: now - Duration::from_secs(86_400),
            due,
        };
        let mut findings = Findings::default();
        overdue(&root(now + Duration::from_secs(1)), now, &mut findings);
        assert!(findings.0.is_empty());
        overdue(&root(now), now, &mut findings);
        let said: Vec<String> = findings.0.iter().map(ToString::to_string).collect();
        assert!(said.concat().contains("overdue since"), "{said:?}");
    }
}
