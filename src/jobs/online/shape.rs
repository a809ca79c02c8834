//! The new table: the same columns in the same order, empty, in a schema of its own under the old one's name, so that
//! indexes and constraints have their names there too. Which form its columns and indexes get is tried on it while it is
//! empty: what the server then says of them is the plan by which they are built after the copy.

use tokio_postgres::Transaction;

use super::state::{IndexPlan, Move};
use crate::catalog::{quote_ident, quote_literal};
use crate::jobs::JobError;
use crate::jobs::convert::run;
use crate::jobs::error::at;

const TABLE: &str = "
    SELECT c.relpersistence = 'u', m.amname::text, coalesce(s.spcname, '')::text,
           (SELECT string_agg(split_part(o, '=', 1) || ' = ' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ')
              FROM unnest(c.reloptions) AS o),
           (SELECT string_agg('toast.' || split_part(o, '=', 1) || ' = ' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ')
              FROM unnest(b.reloptions) AS o)
    FROM pg_class c JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    LEFT JOIN pg_class b ON b.oid = c.reltoastrelid WHERE c.oid = $1";

/// Makes the new table as the old one is, with its checks, indexes and keys.
pub(super) async fn clone(tx: &Transaction<'_>, own: &Move) -> Result<u32, JobError> {
    let step = || at(format!("making the new table for {}", own.shown()));
    let row = tx.query_one(TABLE, &[&own.oid]).await.map_err(step())?;
    let unlogged: bool = row.try_get(0).map_err(step())?;
    let method: String = row.try_get(1).map_err(step())?;
    let tablespace: String = row.try_get(2).map_err(step())?;
    let mut statements = vec![
        format!("CREATE SCHEMA {}", quote_ident(&own.home)),
        format!(
            "SET LOCAL default_tablespace = {}",
            quote_literal(&tablespace)
        ),
        format!(
            "CREATE {}TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING STORAGE INCLUDING COMPRESSION) USING {}",
            if unlogged { "UNLOGGED " } else { "" },
            own.copy(),
            own.place(),
            quote_ident(&method)
        ),
    ];
    for at in [3, 4] {
        let options: Option<String> = row.try_get(at).map_err(step())?;
        statements
            .extend(options.map(|options| format!("ALTER TABLE {} SET ({options})", own.copy())));
    }
    let checks = tx
        .query(
            "SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', $2::text, conname, pg_get_constraintdef(oid))
             FROM pg_constraint WHERE conrelid = $1 AND contype = 'c' AND convalidated ORDER BY conname",
            &[&own.oid, &own.copy()],
        )
        .await
        .map_err(step())?;
    for check in checks {
        statements.push(check.try_get(0).map_err(step())?);
    }
    for index in indexes(tx, own, own.oid).await? {
        statements.extend(index.make);
    }
    run(tx, "making the new table", &statements).await?;
    tx.query_one("SELECT $1::text::regclass::oid", &[&own.copy()])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(step())
}

const INDEXES: &str = "
    SELECT c.relname::text, k.conname::text, coalesce(s.spcname, '')::text,
           starts_with(d.def, d.head), substr(d.def, length(d.head) + 1),
           CASE k.contype
             WHEN 'x' THEN pg_get_constraintdef(k.oid)
             WHEN 'p' THEN format('PRIMARY KEY USING INDEX %I', c.relname)
             WHEN 'u' THEN format('UNIQUE USING INDEX %I', c.relname) END
           || CASE WHEN k.contype <> 'x' AND k.condeferrable THEN ' DEFERRABLE' ELSE '' END
           || CASE WHEN k.contype <> 'x' AND k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END,
           k.contype = 'x', i.indisclustered, i.indisreplident,
           obj_description(c.oid, 'pg_class'), obj_description(k.oid, 'pg_constraint'), i.indisunique,
           ARRAY(SELECT format('ALTER COLUMN %s SET STATISTICS %s', a.attnum, a.attstattarget) FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND coalesce(a.attstattarget::int4, -1) <> -1)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
    LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x'),
    LATERAL (SELECT pg_get_indexdef(c.oid) AS def,
                    format('CREATE %sINDEX %I ON %I.%I USING ', CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END,
                           c.relname, n.nspname, t.relname) AS head) AS d
    WHERE i.indrelid = $1 ORDER BY NOT i.indisprimary, c.relname";

/// What makes the indexes of a table, its constraints among them, on the new one.
pub(super) async fn indexes(
    tx: &Transaction<'_>,
    own: &Move,
    table: u32,
) -> Result<Vec<IndexPlan>, JobError> {
    let step = || at("reading indexes");
    let mut plans = Vec::new();
    for row in tx.query(INDEXES, &[&table]).await.map_err(step())? {
        let name: String = row.try_get(0).map_err(step())?;
        let constraint: Option<String> = row.try_get(1).map_err(step())?;
        let tablespace: String = row.try_get(2).map_err(step())?;
        let understood: bool = row.try_get(3).map_err(step())?;
        let rest: String = row.try_get(4).map_err(step())?;
        let definition: Option<String> = row.try_get(5).map_err(step())?;
        let exclusion: Option<bool> = row.try_get(6).map_err(step())?;
        let clustered: bool = row.try_get(7).map_err(step())?;
        let identity: bool = row.try_get(8).map_err(step())?;
        let comment: Option<String> = row.try_get(9).map_err(step())?;
        let said: Option<String> = row.try_get(10).map_err(step())?;
        let unique: bool = row.try_get(11).map_err(step())?;
        let targets: Vec<String> = row.try_get(12).map_err(step())?;
        if !understood {
            return Err(JobError::Nothing(format!(
                "{}: index {name} is not written as expected",
                own.shown()
            )));
        }
        let (new, index) = (own.copy(), quote_ident(&name));
        let qualified = format!("{}.{index}", quote_ident(&own.home));
        let mut make = vec![format!(
            "SET LOCAL default_tablespace = {}",
            quote_literal(&tablespace)
        )];
        if exclusion != Some(true) {
            let kind = if unique { "UNIQUE " } else { "" };
            make.push(format!("CREATE {kind}INDEX {index} ON {new} USING {rest}"));
        }
        if let (Some(constraint), Some(definition)) = (&constraint, definition) {
            let constraint = quote_ident(constraint);
            make.push(format!(
                "ALTER TABLE {new} ADD CONSTRAINT {constraint} {definition}"
            ));
            if let Some(said) = said {
                let said = quote_literal(&said);
                make.push(format!(
                    "COMMENT ON CONSTRAINT {constraint} ON {new} IS {said}"
                ));
            }
        }
        if clustered {
            make.push(format!("ALTER TABLE {new} CLUSTER ON {index}"));
        }
        if identity {
            make.push(format!(
                "ALTER TABLE {new} REPLICA IDENTITY USING INDEX {index}"
            ));
        }
        for target in targets {
            make.push(format!("ALTER INDEX {qualified} {target}"));
        }
        if let Some(comment) = comment {
            let comment = quote_literal(&comment);
            make.push(format!("COMMENT ON INDEX {qualified} IS {comment}"));
        }
        plans.push(IndexPlan { name, make });
    }
    Ok(plans)
}

/// Turns the columns of the new, still empty table over.
pub(super) async fn convert(
    tx: &Transaction<'_>,
    own: &Move,
    types: &[(String, String)],
    before: &[String],
    after: &[String],
    defaults: &[String],
) -> Result<(), JobError> {
    run(tx, "dropping indexes of the new table", before).await?;
    let parts = |of: &dyn Fn(&str, &str) -> String| {
        let parts: Vec<String> = types
            .iter()
            .map(|(column, new)| of(&quote_ident(column), new))
            .collect();
        format!("ALTER TABLE {} {}", own.copy(), parts.join(", "))
    };
    let mut statements = Vec::new();
    if !types.is_empty() {
        statements.push(parts(&|column, _| {
            format!("ALTER COLUMN {column} DROP DEFAULT")
        }));
        statements.push(parts(&|column, new| {
            format!("ALTER COLUMN {column} TYPE {new} USING NULL")
        }));
    }
    run(
        tx,
        "giving the new table's columns their types",
        &statements,
    )
    .await?;
    run(tx, "creating indexes of the new table", after).await?;
    run(tx, "giving defaults back", defaults).await
}

/// Takes all indexes off the new table but the one that rows are followed by: they are built after the copy.
pub(super) async fn strip(
    tx: &Transaction<'_>,
    own: &Move,
    table: u32,
    key: &str,
) -> Result<(), JobError> {
    let step = || at("taking indexes off the new table");
    let drops = tx
        .query(
            "SELECT CASE WHEN k.oid IS NULL THEN format('DROP INDEX %s', c.oid::regclass)
                         ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', i.indrelid::regclass, k.conname) END
             FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
             LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
             WHERE i.indrelid = $1 AND c.relname <> $2",
            &[&table, &key],
        )
        .await
        .map_err(step())?;
    let mut statements = Vec::new();
    for row in drops {
        statements.push(row.try_get(0).map_err(step())?);
    }
    run(
        tx,
        &format!("preparing the new table for {}", own.shown()),
        &statements,
    )
    .await
}

const KEYS: &str = "
    SELECT c.relname::text, ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (num, place)
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
             WHERE k.place <= i.indnkeyatts ORDER BY k.place)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
    WHERE i.indrelid = $1 AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
      AND m.amname = 'btree'
      AND NOT EXISTS (
        SELECT FROM unnest(i.indkey::int2[], i.indclass::oid[], i.indoption::int2[], i.indcollation::oid[]) WITH ORDINALITY
               AS k (num, class, option, coll, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
        LEFT JOIN pg_opclass o ON o.oid = k.class
        LEFT JOIN pg_namespace n ON n.oid = o.opcnamespace
        WHERE k.place <= i.indnkeyatts
          AND (NOT a.attnotnull OR a.attname = ANY ($2) OR k.option <> 0 OR k.coll <> a.attcollation
               OR n.nspname <> 'pg_catalog' OR NOT (o.opcdefault OR o.opcname = 'varchar_ops')))
    ORDER BY NOT i.indisprimary, c.relname LIMIT 1";

/// The unique index that rows can be followed by, and its columns; none of them changes.
pub(super) async fn key(
    tx: &Transaction<'_>,
    table: u32,
    changed: &[String],
) -> Result<Option<(String, Vec<String>)>, JobError> {
    let step = || at("looking for a key");
    let row = tx
        .query_opt(KEYS, &[&table, &changed])
        .await
        .map_err(step())?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .transpose()
        .map_err(step())
}
