//! The swap: under one lock the rest is drained, the new table takes the old one's place, and everything that looked at the
//! old one is turned to it. What the catalogs then say is held against what they should say before anything is committed.

use std::collections::BTreeSet;

use tokio_postgres::Transaction;

use super::describe;
use super::state::Move;
use crate::catalog::quote_ident;
use crate::jobs::JobError;
use crate::jobs::convert::run;
use crate::jobs::error::at;

const TEXT: &str = include_str!("dress.sql");
const OBSTACLES: &str = include_str!("obstacles.sql");

/// Statements by the moment they belong to.
#[derive(Default)]
struct Dress {
    off: Vec<String>,
    on: Vec<String>,
    end: Vec<String>,
}

/// Where the old tables wait for their end, so that their names are free.
fn away(own: &Move) -> String {
    format!("{} old", own.home)
}

/// What is in the way of a swap and not of a rewrite.
pub(super) async fn obstacles(tx: &Transaction<'_>, table: u32) -> Result<Vec<String>, JobError> {
    let step = || at("looking for what depends on the table");
    let rows = tx.query(OBSTACLES, &[&table]).await.map_err(step())?;
    rows.iter()
        .map(|row| row.try_get(0).map_err(step()))
        .collect()
}

/// Foreign keys of and to a table that are valid: they are made NOT VALID and validated afterwards.
pub(super) async fn validations(tx: &Transaction<'_>, table: u32) -> Result<Vec<String>, JobError> {
    let step = || at("reading foreign keys");
    let rows = tx
        .query(
            "SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
             WHERE contype = 'f' AND (conrelid = $1 OR confrelid = $1) AND conparentid = 0 AND convalidated ORDER BY 1",
            &[&table],
        )
        .await
        .map_err(step())?;
    rows.iter()
        .map(|row| row.try_get(0).map_err(step()))
        .collect()
}

async fn dress(tx: &Transaction<'_>, own: &Move) -> Result<Dress, JobError> {
    let step = || at("reading what belongs to the table");
    let published = if describe::version(tx).await? >= 150_000 {
        "coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM own a
                            WHERE a.attnum = ANY (r.prattrs::int2[])) || ')', '')
         || coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')"
    } else {
        "''"
    };
    let text = TEXT.replace("|| published", &format!("|| {published}"));
    let mut dress = Dress::default();
    for row in tx.query(&text, &[&own.oid]).await.map_err(step())? {
        let moment: i32 = row.try_get(0).map_err(step())?;
        let statement: String = row.try_get(2).map_err(step())?;
        match moment {
            1 => dress.off.push(statement),
            2 => dress.on.push(statement),
            _ => dress.end.push(statement),
        }
    }
    Ok(dress)
}

/// Where the sequences of identity columns are.
async fn counters(tx: &Transaction<'_>, own: &Move) -> Result<Vec<String>, JobError> {
    let step = || at("reading identity columns");
    let names = tx
        .query(
            "SELECT d.objid::regclass::text FROM pg_depend d
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = $1
               AND d.deptype = 'i' AND d.refobjsubid > 0",
            &[&own.oid],
        )
        .await
        .map_err(step())?;
    let mut set = Vec::new();
    for row in names {
        let name: String = row.try_get(0).map_err(step())?;
        let text = format!(
            "SELECT format('SELECT pg_catalog.setval(%L, %s, %L)', {}::text, last_value, is_called) FROM {name}",
            crate::catalog::quote_literal(&name)
        );
        let row = tx.query_one(&text, &[]).await.map_err(step())?;
        set.push(row.try_get(0).map_err(step())?);
    }
    Ok(set)
}

const INVOLVED: &str = "
    SELECT 'TABLE ' || c.oid::regclass, 0, c.oid FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
      JOIN pg_class c ON c.oid = r.ev_class
     WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY ($1)
       AND c.relkind = 'v'
    UNION
    SELECT 'TABLE ONLY ' || c.oid::regclass, 1, c.oid FROM pg_class c WHERE c.oid = ANY ($1)
    UNION
    SELECT 'TABLE ONLY ' || o.oid::regclass, 1, o.oid FROM pg_constraint k,
           LATERAL (VALUES (k.conrelid), (k.confrelid)) AS o (oid)
     WHERE k.contype = 'f' AND (k.conrelid = ANY ($1) OR k.confrelid = ANY ($1))
    UNION
    SELECT 'TABLE ONLY ' || p.polrelid::regclass, 1, p.polrelid FROM pg_policy p JOIN pg_depend d
        ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid
     WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY ($1)
    ORDER BY 2, 3";

/// Takes all locks of the swap, in the order in which readers of views take them. Nothing waits for a lock afterwards: who
/// holds these and waits for others would be in the way of those who hold the others.
pub(super) async fn lock(tx: &Transaction<'_>, moves: &[Move]) -> Result<(), JobError> {
    let step = || at("locking the tables");
    let oids: Vec<u32> = moves.iter().map(|own| own.oid).collect();
    for row in tx.query(INVOLVED, &[&oids]).await.map_err(step())? {
        let table: String = row.try_get(0).map_err(step())?;
        tx.batch_execute(&format!("LOCK {table} IN ACCESS EXCLUSIVE MODE"))
            .await
            .map_err(step())?;
    }
    Ok(())
}

/// Whether the old table is what it was when the job began.
pub(super) async fn is_unchanged(tx: &Transaction<'_>, own: &Move) -> Result<(), JobError> {
    let found = describe::read(tx, own.oid).await?;
    match describe::difference(&own.before, &found) {
        None => Ok(()),
        Some(difference) => Err(JobError::Nothing(format!(
            "{} was altered since the job began ({difference}): undo it with --undo and begin again",
            own.shown()
        ))),
    }
}

/// Puts the new tables in place of the old ones, which are gone afterwards. All is locked, and drained.
pub(super) async fn swap(tx: &Transaction<'_>, moves: &[Move]) -> Result<(), JobError> {
    let mut dresses = Vec::new();
    let mut done = BTreeSet::new();
    for own in moves {
        let mut own_dress = dress(tx, own).await?;
        // A foreign key between two of the tables is named by both.
        own_dress
            .off
            .retain(|statement| done.insert(statement.clone()));
        own_dress
            .on
            .retain(|statement| done.insert(statement.clone()));
        dresses.push(own_dress);
    }
    for dress in &dresses {
        run(tx, "taking off what looks at the old table", &dress.off).await?;
    }
    for (own, dress) in moves.iter().zip(&mut dresses) {
        let counters = counters(tx, own).await?;
        let (schema, away) = (quote_ident(&own.schema), quote_ident(&away(own)));
        run(
            tx,
            "putting the new table in its place",
            &[
                "SET LOCAL default_tablespace = ''".to_owned(),
                format!("CREATE SCHEMA {away}"),
                format!("ALTER TABLE {} SET SCHEMA {away}", own.place()),
                format!("ALTER TABLE {} SET SCHEMA {schema}", own.copy()),
            ],
        )
        .await?;
        strangers(tx, own).await?;
        dress.end.extend(counters);
    }
    for dress in &dresses {
        run(tx, "turning what looked at the old table", &dress.on).await?;
    }
    for (own, dress) in moves.iter().zip(&dresses) {
        let (away, log) = (quote_ident(&away(own)), own.changes_table());
        run(
            tx,
            "dropping the old table",
            &[
                format!("DROP TABLE {away}.{}", quote_ident(&own.name)),
                format!("DROP SCHEMA {away}"),
                format!("DROP FUNCTION {log}()"),
                format!("DROP TABLE {log}"),
                format!("DROP SCHEMA {}", quote_ident(&own.home)),
            ],
        )
        .await?;
        run(tx, "making what belongs to the table", &dress.end).await?;
    }
    for own in moves {
        let found = describe::read(tx, new_oid(tx, own).await?).await?;
        if let Some(difference) = describe::difference(&own.expected, &found) {
            return Err(JobError::Nothing(format!(
                "{} would not be as it was ({difference}): nothing was changed; --strategy rewrite does without a new table",
                own.shown()
            )));
        }
    }
    Ok(())
}

/// What default privileges gave on the new table is taken back: the old table's own grants follow.
async fn strangers(tx: &Transaction<'_>, own: &Move) -> Result<(), JobError> {
    let step = || at("reading default privileges");
    let rows = tx
        .query(
            "SELECT DISTINCT format('REVOKE ALL ON TABLE %s FROM %s', $1::text,
                    CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END)
             FROM pg_class c, aclexplode(c.relacl) AS x WHERE c.oid = $1::text::regclass AND x.grantee <> c.relowner",
            &[&own.place()],
        )
        .await
        .map_err(step())?;
    let mut statements: Vec<String> = Vec::new();
    for row in rows {
        statements.push(row.try_get(0).map_err(step())?);
    }
    run(tx, "taking default privileges back", &statements).await
}

/// The table that stands at its place now.
pub(super) async fn new_oid(tx: &Transaction<'_>, own: &Move) -> Result<u32, JobError> {
    tx.query_one("SELECT $1::text::regclass::oid", &[&own.place()])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("looking for the new table"))
}
