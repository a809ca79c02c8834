//! The records of what was done with data subjects (`sealwire.subject_records`): read, and held to their MACs.
//!
//! Those of erasures outlive the store of subjects' keys: whoever they name is refused even where an old copy of the store, brought
//! back, holds a key of theirs again. An entry that was deleted is not missed: entries are proven, their number is not.

use serde_json::Value;
use tokio_postgres::{Error, Transaction};

use crate::keys::Keyring;
use crate::seal::{SUBJECT_ID_LEN, SubjectId};

use super::stored::unhex;

/// One entry, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordRow {
    /// Row id.
    pub(crate) id: i64,
    /// What was done, as JSON.
    pub(crate) body: String,
    /// Its MAC, hexadecimal.
    pub(crate) seal: String,
}

/// What a verified entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    /// `erase begins`, `erased` or `export`.
    pub(crate) action: String,
    /// Which key; `None`: the subject had none.
    pub(crate) key: Option<SubjectId>,
}

/// What says that a key was destroyed.
pub(crate) const ERASED: &str = "erased";
/// What says that it was about to be.
pub(crate) const BEGUN: &str = "erase begins";

/// What an entry's MAC is of.
pub(crate) fn message(environment: &[u8; 16], body: &str) -> Vec<u8> {
    let mut message = b"sealwire subject record v1".to_vec();
    message.extend_from_slice(environment);
    message.extend_from_slice(body.as_bytes());
    message
}

/// Whether there is a table of records that may be read.
pub(crate) async fn exists(tx: &Transaction<'_>) -> Result<bool, Error> {
    tx.query_one(
        "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'sealwire' AND c.relname = 'subject_records' AND has_table_privilege(c.oid, 'SELECT'))",
        &[],
    )
    .await?
    .try_get(0)
}

/// The entries, by id; none where the table is not there or may not be read. `erasures`: those alone.
pub(crate) async fn read(tx: &Transaction<'_>, erasures: bool) -> Result<Vec<RecordRow>, Error> {
    let mut found = Vec::new();
    if !exists(tx).await? {
        return Ok(found);
    }
    // A body that is no JSON was altered: `check` says so, and it must not stop a reading.
    let text = match erasures {
        true => {
            "SELECT id, body, seal FROM sealwire.subject_records
             WHERE position('\"action\":\"erased\"' IN body) > 0 ORDER BY id"
        }
        false => "SELECT id, body, seal FROM sealwire.subject_records ORDER BY id",
    };
    for row in tx.query(text, &[]).await? {
        found.push(RecordRow {
            id: row.try_get(0)?,
            body: row.try_get(1)?,
            seal: row.try_get(2)?,
        });
    }
    Ok(found)
}

impl RecordRow {
    /// What it says, where its MAC is one of this database's.
    pub(crate) fn verified(&self, keyring: &Keyring) -> Option<Done> {
        let message = message(&keyring.environment(), &self.body);
        if !keyring.registry_mac_fits(&message, &unhex(&self.seal)?) {
            return None;
        }
        let body: Value = serde_json::from_str(&self.body).ok()?;
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let key = text("key").and_then(unhex).and_then(|bytes| {
            let id: [u8; SUBJECT_ID_LEN] = bytes.as_slice().try_into().ok()?;
            Some(SubjectId(id))
        });
        Some(Done {
            action: text("action")?.to_owned(),
            key,
        })
    }
}

/// The keys that were destroyed, by the entries that are true.
pub(crate) fn destroyed(rows: &[RecordRow], keyring: &Keyring) -> Vec<SubjectId> {
    let done = rows.iter().filter_map(|row| row.verified(keyring));
    done.filter(|done| done.action == ERASED)
        .filter_map(|done| done.key)
        .collect()
}
