//! The journal of schema `sealwire`: where a definition through the proxy leaves its entry of the registry, in its own
//! transaction, so that neither is ever there without the other. A job takes the entries into the registry proper.

use tokio_postgres::Transaction;

use super::error::at;
use super::{JobError, registry};
use crate::ground::stored::Stored;
use crate::keys::Keyring;

/// Table, procedure and the look at what a transaction changed. Made anew by every `init`.
///
/// The procedure looks the column up after the definition has run. It takes entries from whom the table belongs to
/// alone; what it takes counts only with a MAC that it cannot make.
pub(super) const SCHEMA: &str = r"
CREATE TABLE IF NOT EXISTS sealwire.journal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
    database_oid oid NOT NULL, table_oid oid NOT NULL, attnum int2 NOT NULL,
    body text NOT NULL, seal text NOT NULL);
REVOKE ALL ON sealwire.journal FROM PUBLIC;
CREATE OR REPLACE FUNCTION sealwire.facade_enter(entered sealwire.journal) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $facade$
BEGIN
    PERFORM sealwire.facade_forget(f.id) FROM sealwire.facade f
      WHERE f.attrelid = entered.table_oid AND f.attnum = entered.attnum;
    PERFORM sealwire.facade_fit(json_populate_record(NULL::sealwire.columns, json_build_object(
        'id', -entered.id, 'database_oid', entered.database_oid::int8,
        'table_oid', entered.table_oid::int8, 'attnum', entered.attnum,
        'schema_name', b ->> 'schema', 'table_name', b ->> 'table', 'column_name', b ->> 'column',
        'declared', b ->> 'declared', 'collation_name', b ->> 'collation', 'scheme', b ->> 'scheme',
        'default_text', b ->> 'default', 'default_sql', b ->> 'default_sql'))) FROM (SELECT entered.body::json) AS own(b);
END $facade$;
REVOKE ALL ON FUNCTION sealwire.facade_enter(sealwire.journal) FROM PUBLIC;
SELECT sealwire.facade_enter(j) FROM sealwire.journal j ORDER BY j.id;
CREATE OR REPLACE PROCEDURE sealwire.enter(
    in_schema text, in_table text, in_column text, body text, seal text, anew boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $enter$
DECLARE
    here oid := (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());
    place record;
    entered sealwire.journal;
BEGIN
    SELECT a.attrelid, a.attnum, a.atttypid, c.relowner INTO place
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = in_schema AND c.relname = in_table AND a.attname = in_column
       AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p');
    -- IF EXISTS found nothing, or IF NOT EXISTS found something else: the definition did nothing.
    IF NOT FOUND THEN RETURN; END IF;
    IF NOT pg_has_role(session_user, place.relowner, 'MEMBER') THEN
        RAISE insufficient_privilege USING MESSAGE = 'must be owner of table ' || in_table;
    END IF;
    IF body::json ->> 'scheme' IS NOT NULL AND place.atttypid <> 'sealwire.sealed'::regtype THEN RETURN; END IF;
    IF anew AND (
        EXISTS (SELECT FROM sealwire.columns r WHERE r.database_oid = here
                   AND r.table_oid = place.attrelid AND r.attnum = place.attnum)
        OR EXISTS (SELECT FROM sealwire.journal j WHERE j.database_oid = here
                   AND j.table_oid = place.attrelid AND j.attnum = place.attnum)) THEN
        RETURN;
    END IF;
    INSERT INTO sealwire.journal (database_oid, table_oid, attnum, body, seal)
    VALUES (here, place.attrelid, place.attnum, body, seal) RETURNING * INTO entered;
    PERFORM sealwire.facade_enter(entered);
END $enter$;
GRANT EXECUTE ON PROCEDURE sealwire.enter(text, text, text, text, text, boolean) TO PUBLIC;
CREATE OR REPLACE FUNCTION sealwire.changes() RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $changes$
WITH changed AS MATERIALIZED (
    SELECT c.oid FROM pg_class c WHERE age(c.xmin) <= 0
    UNION SELECT a.attrelid FROM pg_attribute a WHERE age(a.xmin) <= 0
    UNION SELECT k.conrelid FROM pg_constraint k WHERE age(k.xmin) <= 0
    UNION SELECT i.indrelid FROM pg_index i WHERE age(i.xmin) <= 0
    UNION SELECT h.inhrelid FROM pg_inherits h WHERE age(h.xmin) <= 0
    UNION SELECT r.ev_class FROM pg_rewrite r WHERE age(r.xmin) <= 0
    UNION SELECT t.tgrelid FROM pg_trigger t WHERE age(t.xmin) <= 0
    UNION SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE age(n.xmin) <= 0),
relations AS (
    SELECT c.oid, n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid IN (SELECT oid FROM changed) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND n.nspname NOT LIKE 'pg\_toast%' AND n.nspname NOT LIKE 'pg\_temp%')
SELECT json_build_object(
    'oids', (SELECT json_agg(c.oid::int8) FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')),
    'relations', (SELECT json_agg(json_build_object(
        'oid', c.oid::int8, 'schema', c.nspname, 'name', c.relname, 'kind', c.relkind,
        'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
        'columns', (SELECT json_agg(json_build_object(
             'attnum', a.attnum, 'name', a.attname, 'type', a.atttypid::int8, 'typmod', a.atttypmod,
             'not_null', a.attnotnull, 'has_default', a.atthasdef OR a.attidentity <> '', 'generated', a.attgenerated <> '')
             ORDER BY a.attnum)
           FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
        'parents', (SELECT json_agg(h.inhparent::int8 ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = c.oid),
        'unique', (SELECT json_agg((i.indkey::int2[])[0:i.indnkeyatts - 1] ORDER BY i.indexrelid) FROM pg_index i
           WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL),
        'case_constraints', (SELECT json_agg(x.relname ORDER BY x.relname) FROM pg_index i
           JOIN pg_class x ON x.oid = i.indexrelid
           WHERE i.indrelid = c.oid AND i.indexprs IS NOT NULL
             AND obj_description(x.oid, 'pg_class') = 'sealwire ci: constraint'),
        'reads', (SELECT json_agg(DISTINCT CASE WHEN d.refclassid = 'pg_class'::regclass THEN d.refobjid::int8 ELSE 0 END)
           FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
            AND d.refobjid <> r.ev_class AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
           WHERE r.ev_class = c.oid AND c.relkind IN ('v', 'm')),
        'triggered', EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
            OR EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'))) FROM relations c),
    'foreign_keys', (SELECT json_agg(json_build_object(
        'name', k.conname, 'from', k.conrelid::int8, 'from_columns', k.conkey, 'to', k.confrelid::int8,
        'to_columns', k.confkey, 'on_delete', k.confdeltype NOT IN ('a', 'r'), 'on_update', k.confupdtype NOT IN ('a', 'r')))
        FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid IN (SELECT oid FROM changed)),
    'types', (SELECT json_agg(json_build_object(
        'oid', t.oid::int8, 'schema', n.nspname, 'name', t.typname, 'typtype', t.typtype, 'base', t.typbasetype::int8,
        'element', CASE WHEN t.typcategory = 'A' THEN t.typelem::int8 ELSE 0 END,
        'full_name', format_type(t.oid, NULL),
        'labels', (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)))
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE age(t.xmin) <= 0 OR t.oid IN (SELECT e.enumtypid FROM pg_enum e WHERE age(e.xmin) <= 0)),
    'entries', (SELECT json_agg(json_build_object('id', j.id, 'database', j.database_oid::int8, 'table', j.table_oid::int8,
        'attnum', j.attnum, 'body', j.body, 'seal', j.seal) ORDER BY j.id) FROM sealwire.journal j WHERE age(j.xmin) <= 0)
)::text
$changes$;
GRANT EXECUTE ON FUNCTION sealwire.changes() TO PUBLIC;
";

/// Takes the journal's entries into the registry, which is locked; the seal is the caller's to write.
pub(super) async fn absorb(
    tx: &Transaction<'_>,
    stored: &mut Stored,
    keyring: &Keyring,
) -> Result<(), JobError> {
    if stored.journal.is_empty() {
        return Ok(());
    }
    let snapshot = super::protect::snapshot(tx).await?;
    let ids: Vec<i64> = stored.journal.iter().map(|row| row.id).collect();
    // The registry's own rows bring their own.
    tx.execute(
        "SELECT sealwire.facade_forget(-id) FROM unnest($1::int8[]) AS own(id)",
        &[&ids],
    )
    .await
    .map_err(at("taking the journal's entries over"))?;
    for entered in stored.entered(keyring) {
        let place = entered.place(stored.database_oid, &snapshot);
        let same: Vec<i64> = stored
            .columns
            .iter()
            .filter(|column| {
                place.is_some() && column.place(stored.database_oid, &snapshot) == place
            })
            .map(|column| column.id)
            .collect();
        let mut entered = entered;
        entered.inherit(
            stored
                .columns
                .iter()
                .find(|column| same.contains(&column.id)),
        );
        registry::remove(tx, stored, &same).await?;
        registry::add(tx, stored, entered).await?;
    }
    tx.execute("DELETE FROM sealwire.journal WHERE id = ANY ($1)", &[&ids])
        .await
        .map_err(at("taking the journal's entries over"))?;
    stored.journal.clear();
    registry::write_seal(tx, stored, keyring).await
}
