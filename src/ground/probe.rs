//! Has anything changed? One query over the system columns of the catalogs: each row's oid and the
//! transaction that wrote it, hashed and combined without order. VACUUM and ANALYZE change rows in
//! place and are not seen; whatever an ALTER, CREATE, DROP, GRANT or RENAME writes is. Temporary
//! tables are left out, since sessions make them all day.

use tokio_postgres::{Error, Transaction};

/// Equal marks: nothing changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    rows: Vec<Option<i64>>,
    initialised: bool,
}

impl Mark {
    /// Oid of the database: another one under the same name is another database.
    pub(crate) fn database_oid(&self) -> Option<i64> {
        self.rows.first().copied().flatten()
    }
}

const CATALOGS: &str = "
    WITH temporary AS MATERIALIZED (SELECT oid FROM pg_class WHERE relpersistence = 't')
    SELECT
      (SELECT oid::int8 FROM pg_database WHERE datname = current_database()),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 1)) FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\\_temp%' AND nspname NOT LIKE 'pg\\_toast%'),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 2)) FROM pg_class
        WHERE relpersistence <> 't'),
      (SELECT bit_xor(hashint8extended((attrelid::int8 << 32) | xmin::text::int8, attnum)) FROM pg_attribute
        WHERE attrelid >= 16384 AND attnum > 0 AND attrelid NOT IN (SELECT oid FROM temporary)),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 3)) FROM pg_constraint
        WHERE conrelid NOT IN (SELECT oid FROM temporary)),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 4)) FROM pg_rewrite
        WHERE ev_class NOT IN (SELECT oid FROM temporary)),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 5)) FROM pg_trigger
        WHERE tgrelid NOT IN (SELECT oid FROM temporary)),
      (SELECT bit_xor(hashint8extended((indexrelid::int8 << 32) | xmin::text::int8, 6)) FROM pg_index
        WHERE indexrelid >= 16384 AND indrelid NOT IN (SELECT oid FROM temporary)),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 7)) FROM pg_proc
        WHERE oid >= 16384),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 8)) FROM pg_type
        WHERE oid >= 16384 AND typtype <> 'c' AND typelem = 0),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 9)) FROM pg_enum),
      (SELECT bit_xor(hashint8extended((inhrelid::int8 << 32) | xmin::text::int8, inhparent::int8)) FROM pg_inherits
        WHERE inhrelid NOT IN (SELECT oid FROM temporary)),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 10)) FROM pg_extension),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 14)) FROM pg_operator WHERE oid >= 16384),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 15)) FROM pg_cast WHERE oid >= 16384),
      (SELECT bit_xor(hashint8extended((oid::int8 << 32) | xmin::text::int8, 16)) FROM pg_policy)";

const REGISTRY: &str = "
    SELECT bit_xor(h) FROM (
      SELECT hashtextextended(name || xmin::text, 11) AS h FROM sealwire.settings
      UNION ALL SELECT hashint8extended((table_oid::int8 << 32) | xmin::text::int8, attnum) FROM sealwire.columns
      UNION ALL SELECT hashint8extended((slot::int8 << 32) | xmin::text::int8, 12) FROM sealwire.keysets) rows";

const JOURNAL: &str =
    "SELECT bit_xor(hashint8extended((id << 32) | xmin::text::int8, 13)) FROM sealwire.journal";

/// The mark of what this transaction sees.
pub(crate) async fn take(tx: &Transaction<'_>) -> Result<Mark, Error> {
    let row = tx.query_one(CATALOGS, &[]).await?;
    let mut rows = Vec::with_capacity(row.len() + 1);
    for at in 0..row.len() {
        rows.push(row.try_get(at)?);
    }
    let initialised = super::stored::exists(tx).await?;
    if initialised {
        rows.push(tx.query_one(REGISTRY, &[]).await?.try_get(0)?);
        if super::erasures::exists(tx).await? {
            let newest = "SELECT max(id) FROM sealwire.subject_records";
            rows.push(tx.query_one(newest, &[]).await?.try_get(0)?);
        }
        if super::stored::journal_exists(tx).await? {
            rows.push(tx.query_one(JOURNAL, &[]).await?.try_get(0)?);
        }
    }
    Ok(Mark { rows, initialised })
}
