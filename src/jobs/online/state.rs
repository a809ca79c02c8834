//! What a job in progress leaves in schema `sealwire`, so that the next run goes on where it ended: which tables, how each
//! column changes, how the tables looked when it began. Authenticated, so that nobody without a key chooses keys for it.

use serde::{Deserialize, Serialize};
use tokio_postgres::{Client, Transaction};

use super::describe::Description;
use crate::catalog::{Entry, quote_ident};
use crate::ground::stored::{hex, unhex};
use crate::jobs::JobError;
use crate::jobs::error::at;
use crate::keys::Keyring;

/// Made where it is missing, by `init` and by the jobs themselves.
pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS sealwire.online (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    phase text NOT NULL, body text NOT NULL, seal text NOT NULL);
REVOKE ALL ON sealwire.online FROM PUBLIC;
REVOKE ALL ON SEQUENCE sealwire.online_id_seq FROM PUBLIC;
";

/// How far a job is. A phase begins when what it names is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// New tables and change logs are there; rows are being copied.
    Copying,
    /// Every row was copied once.
    Filled,
    /// Indexes and keys are built.
    Indexed,
    /// Every row was read again and compared.
    Verified,
    /// The new tables are in place; foreign keys are to be validated.
    Swapped,
}

const STAGES: &[(Stage, &str)] = &[
    (Stage::Copying, "copying"),
    (Stage::Filled, "filled"),
    (Stage::Indexed, "indexed"),
    (Stage::Verified, "verified"),
    (Stage::Swapped, "swapped"),
];

impl Stage {
    /// As it is stored.
    pub(super) fn word(self) -> &'static str {
        STAGES
            .iter()
            .find(|(stage, _)| *stage == self)
            .map_or("copying", |(_, word)| word)
    }

    fn parse(word: &str) -> Option<Stage> {
        STAGES
            .iter()
            .find(|(_, own)| *own == word)
            .map(|(stage, _)| *stage)
    }
}

/// Which way a job goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Way {
    /// To sealed.
    Protect,
    /// To plain.
    Unprotect,
    /// To another epoch of the same keyset.
    Rotate,
}

impl Way {
    /// What an operator can do instead.
    pub(super) fn otherwise(self) -> &'static str {
        match self {
            Way::Protect | Way::Unprotect => "use --strategy rewrite",
            Way::Rotate => {
                "take its protection off and put it on again with --strategy rewrite, or say --keep-searched"
            }
        }
    }
}

/// A column whose stored form changes: from the form of one entry of the registry to that of another. An entry without
/// `seal` is plaintext of its declared type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Change {
    /// Column.
    pub(super) column: String,
    /// Entry that says how the old table holds it; `None`: in plaintext.
    pub(super) from: Option<String>,
    /// Entry that says how the new one will; `None`: in plaintext.
    pub(super) to: Option<String>,
}

/// An index of the new table, built after the copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct IndexPlan {
    /// Its name, or its constraint's.
    pub(super) name: String,
    /// What makes it, in the new table's own schema.
    pub(super) make: Vec<String>,
}

/// One table on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Move {
    /// Schema.
    pub(super) schema: String,
    /// Name.
    pub(super) name: String,
    /// The old table.
    pub(super) oid: u32,
    /// Schema that the new table is filled in.
    pub(super) home: String,
    /// Table of changes, trigger function and triggers, in schema `sealwire`.
    pub(super) log: String,
    /// Columns of the key that rows are followed by.
    pub(super) key: Vec<String>,
    /// Columns that are copied, in order: all but generated ones.
    pub(super) columns: Vec<String>,
    /// Columns that change.
    pub(super) changes: Vec<Change>,
    /// Entries of the registry for columns that are only masked.
    pub(super) masked: Vec<String>,
    /// Ids of the registry's rows that go.
    pub(super) gone: Vec<i64>,
    /// How the old table looked.
    pub(super) before: Description,
    /// How the new one must look when it is in its place.
    pub(super) expected: Description,
    /// Built after the copy.
    pub(super) indexes: Vec<IndexPlan>,
    /// Foreign keys to be validated at the end.
    pub(super) validate: Vec<String>,
}

impl Job {
    /// Slot and epoch that a job to another epoch seals in.
    pub(super) fn target(&self) -> Option<(u8, u16)> {
        let mut bodies = (self.moves.iter()).flat_map(|own| &own.changes);
        let entry = Entry::parse(bodies.find_map(|change| change.to.as_ref())?)?;
        let spec = entry.seal.filter(|_| self.way == Way::Rotate)?;
        Some((spec.slot, spec.epoch))
    }
}

impl Move {
    /// `schema.name`, for messages.
    pub(super) fn shown(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    /// The table at its place.
    pub(super) fn place(&self) -> String {
        format!("{}.{}", quote_ident(&self.schema), quote_ident(&self.name))
    }

    /// The new table while it is filled.
    pub(super) fn copy(&self) -> String {
        format!("{}.{}", quote_ident(&self.home), quote_ident(&self.name))
    }

    /// The table of changes.
    pub(super) fn changes_table(&self) -> String {
        format!("sealwire.{}", quote_ident(&self.log))
    }

    /// Names of the changed columns.
    pub(super) fn changed(&self) -> Vec<String> {
        self.changes
            .iter()
            .map(|change| change.column.clone())
            .collect()
    }

    /// Columns that are copied as they are.
    pub(super) fn kept(&self) -> impl Iterator<Item = &String> {
        self.columns
            .iter()
            .filter(|column| !self.changes.iter().any(|change| change.column == **column))
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Job {
    /// Which way.
    pub(super) way: Way,
    /// Its tables, which change places together.
    pub(super) moves: Vec<Move>,
}

/// A job as it is stored.
pub(super) struct Stored {
    /// Row id.
    pub(super) id: i64,
    /// How far it is.
    pub(super) stage: Stage,
    /// The job.
    pub(super) job: Job,
}

fn message(keyring: &Keyring, id: i64, body: &str) -> Vec<u8> {
    // The same MAC as the journal's entries have: the body's own words keep the two apart.
    Entry::message(&keyring.environment(), &format!("online job {id}\n{body}"))
}

/// Takes the number of a new job.
pub(super) async fn number(tx: &Transaction<'_>) -> Result<i64, JobError> {
    let step = || at("taking a number for the job");
    tx.batch_execute(SCHEMA).await.map_err(step())?;
    tx.query_one("SELECT nextval('sealwire.online_id_seq')", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())
}

/// Stores a new job.
pub(super) async fn store(
    tx: &Transaction<'_>,
    keyring: &Keyring,
    id: i64,
    job: &Job,
) -> Result<(), JobError> {
    let body = serde_json::to_string(job)
        .map_err(|_| JobError::Nothing("the job cannot be written down".to_owned()))?;
    let seal = hex(&keyring.registry_mac(&message(keyring, id, &body)));
    tx.execute(
        "INSERT INTO sealwire.online (id, phase, body, seal) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)",
        &[&id, &Stage::Copying.word(), &body, &seal],
    )
    .await
    .map_err(at("writing the job down"))?;
    Ok(())
}

/// The jobs in progress, verified.
pub(super) async fn all(tx: &Transaction<'_>, keyring: &Keyring) -> Result<Vec<Stored>, JobError> {
    let step = || at("looking for jobs in progress");
    let there: bool = tx
        .query_one("SELECT to_regclass('sealwire.online') IS NOT NULL", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())?;
    let mut found = Vec::new();
    if !there {
        return Ok(found);
    }
    let rows = tx
        .query(
            "SELECT id, phase, body, seal FROM sealwire.online ORDER BY id",
            &[],
        )
        .await
        .map_err(step())?;
    for row in rows {
        let id: i64 = row.try_get(0).map_err(step())?;
        let phase: String = row.try_get(1).map_err(step())?;
        let body: String = row.try_get(2).map_err(step())?;
        let seal: String = row.try_get(3).map_err(step())?;
        // Under a key of whichever epoch was the newest when it was written down.
        let fits = unhex(&seal)
            .is_some_and(|seal| keyring.registry_mac_fits(&message(keyring, id, &body), &seal));
        let job = serde_json::from_str(&body).ok().filter(|_| fits);
        let (Some(job), Some(stage)) = (job, Stage::parse(&phase)) else {
            return Err(JobError::Nothing(format!(
                "job {id} in sealwire.online was edited by someone without the keys, or comes from another version"
            )));
        };
        found.push(Stored { id, stage, job });
    }
    Ok(found)
}

/// Notes how far a job is.
pub(super) async fn reach(client: &Client, id: i64, stage: Stage) -> Result<(), JobError> {
    client
        .execute(
            "UPDATE sealwire.online SET phase = $2 WHERE id = $1",
            &[&id, &stage.word()],
        )
        .await
        .map_err(at("noting how far the job is"))?;
    Ok(())
}
