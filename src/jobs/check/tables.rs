//! What depends on protected columns in the server: for columns that are yet to be sealed, what stands
//! in the way of `protect`; for sealed ones, what came since.

use tokio_postgres::Transaction;

use super::{Findings, Severity};
use crate::ground::Ground;
use crate::ground::stored::Stored;
use crate::jobs::error::at;
use crate::jobs::{JobError, Obstacle, depend, preflight, targets};
use crate::policy::{ProtectedTable, Storage};

pub(super) async fn check(
    tx: &Transaction<'_>,
    ground: &Ground,
    stored: Option<&Stored>,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let none = Stored::default();
    let stored = stored.unwrap_or(&none);
    let mut tables: Vec<&ProtectedTable> = ground
        .world
        .protection
        .tables
        .values()
        .map(AsRef::as_ref)
        .collect();
    tables.sort_by(|a, b| (&a.schema, &a.name).cmp(&(&b.schema, &b.name)));
    for table in tables {
        let has = |storage: fn(&Storage) -> bool| {
            table
                .columns
                .values()
                .any(|column| storage(&column.storage))
        };
        if has(|storage| *storage == Storage::NotYetSealed) {
            before(tx, ground, stored, table, findings).await?;
        }
        if has(|storage| matches!(storage, Storage::Sealed(_) | Storage::MaskedOnly)) {
            after(tx, table, findings).await?;
        }
        publications(tx, table, findings).await?;
    }
    Ok(())
}

async fn before(
    tx: &Transaction<'_>,
    ground: &Ground,
    stored: &Stored,
    table: &ProtectedTable,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let mut obstacles: Vec<Obstacle> = Vec::new();
    let snapshot = &ground.world.snapshot;
    let work = targets::wanted(
        tx,
        snapshot,
        &ground.policy,
        stored,
        &table.schema,
        &table.name,
        &mut obstacles,
    )
    .await?;
    let measure = may_read(tx, table.oid).await?;
    let found = preflight::inspect(tx, snapshot, &work, false, measure, &mut obstacles).await?;
    for obstacle in obstacles {
        findings.add(
            Severity::Warning,
            obstacle.object,
            format!("`sealwire protect` will refuse: {}", obstacle.what),
            obstacle.remedy,
        );
    }
    for note in found.notes.into_iter().chain(found.indexes.notes) {
        findings.add(Severity::Note, work.name(), note, "");
    }
    Ok(())
}

async fn after(
    tx: &Transaction<'_>,
    table: &ProtectedTable,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let name = format!("{}.{}", table.schema, table.name);
    let mut names = Vec::new();
    for (attnum, column) in &table.columns {
        let severity = match &column.storage {
            Storage::Sealed(_) => Severity::Warning,
            Storage::MaskedOnly => Severity::Note,
            Storage::NotYetSealed | Storage::RuleMissing => continue,
        };
        names.push(column.column.as_str());
        let mut obstacles = Vec::new();
        depend::walk(tx, table.oid, *attnum, &column.qualified(), &mut obstacles).await?;
        for obstacle in obstacles {
            // Sealwire follows views; nothing follows into a copy or into the server's own code.
            let view = obstacle.what.starts_with("view ");
            let severity = if view { Severity::Note } else { severity };
            findings.add(severity, obstacle.object, obstacle.what, "");
        }
    }
    for (routine, mentioned) in depend::mentions(tx, &table.name, &names).await? {
        findings.add(
            Severity::Warning,
            &name,
            format!(
                "function {routine} names the table and {}: inside the server it sees sealed values, and masks do not reach it",
                mentioned.join(", ")
            ),
            "only roles with full control may call it through Sealwire",
        );
    }
    let step = || at("reading policies");
    let row = tx
        .query_one(
            "SELECT count(*) FROM pg_policy WHERE polrelid = $1",
            &[&table.oid],
        )
        .await
        .map_err(step())?;
    let policies: i64 = row.try_get(0).map_err(step())?;
    if policies > 0 {
        findings.add(
            Severity::Note,
            &name,
            "has row level security, which the server evaluates for the role that is logged in",
            "",
        );
    }
    Ok(())
}

async fn publications(
    tx: &Transaction<'_>,
    table: &ProtectedTable,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let step = || at("reading publications");
    for row in tx
        .query(
            "SELECT pubname::text FROM pg_publication_tables WHERE schemaname = $1 AND tablename = $2",
            &[&table.schema, &table.name],
        )
        .await
        .map_err(step())?
    {
        let publication: String = row.try_get(0).map_err(step())?;
        findings.add(
            Severity::Note,
            format!("{}.{}", table.schema, table.name),
            format!(
                "is in publication {publication}: subscribers get sealed values, and masked-only columns in plaintext"
            ),
            "",
        );
    }
    Ok(())
}

/// Whether this login may count and measure the table's values.
pub(super) async fn may_read(tx: &Transaction<'_>, oid: u32) -> Result<bool, JobError> {
    tx.query_one(
        "SELECT coalesce(has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(c.relnamespace, 'USAGE'), false)
         FROM pg_class c WHERE c.oid = $1",
        &[&oid],
    )
    .await
    .and_then(|row| row.try_get(0))
    .map_err(at("reading grants"))
}
