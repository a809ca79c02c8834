//! Definitions of views, asked for only where they may have changed: the server locks a view's tables to write it down, and
//! would wait for a session that has emptied or altered one of them and itself waits for this reading (`pg_restore -j`).

use std::collections::HashMap;

use tokio_postgres::{Error, Transaction};

/// What a definition is written from, without a lock: the view's rule, its own columns, and everything that the rule names.
const KEYS: &str = "
    SELECT r.ev_class, encode(sha256(convert_to(concat_ws(chr(10), r.xmin::text,
               (SELECT string_agg(concat(a.attnum, ' ', quote_ident(a.attname)), ' ' ORDER BY a.attnum) FROM pg_attribute a
                 WHERE a.attrelid = r.ev_class AND a.attnum > 0),
               (SELECT string_agg(concat(d.refobjsubid, ' ', i.type, ' ', i.identity), ' '
                                  ORDER BY d.refclassid, d.refobjid, d.refobjsubid)
                  FROM pg_depend d, LATERAL pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) i
                 WHERE d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid)), 'UTF8')), 'hex')
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relkind IN ('v', 'm') AND c.oid >= 16384 AND r.rulename = '_RETURN'";

const DEFINITIONS: &str = "SELECT v.oid, pg_get_viewdef(v.oid) FROM unnest($1::oid[]) AS v (oid)";

/// Definitions as they were last read, and what each was written from.
#[derive(Debug, Default)]
pub(crate) struct Definitions(HashMap<u32, (String, Option<String>)>);

impl Definitions {
    /// Reads those that are new or may be others now, and forgets what is gone.
    ///
    /// # Errors
    /// Where the server cannot be asked.
    pub(super) async fn read(&mut self, tx: &Transaction<'_>) -> Result<(), Error> {
        let mut keys: HashMap<u32, String> = HashMap::new();
        for row in tx.query(KEYS, &[]).await? {
            keys.insert(row.try_get(0)?, row.try_get(1)?);
        }
        self.0
            .retain(|view, (key, _)| keys.get(view).is_some_and(|now| now == key));
        keys.retain(|view, _| !self.0.contains_key(view));
        if keys.is_empty() {
            return Ok(());
        }
        let asked: Vec<u32> = keys.keys().copied().collect();
        for row in tx.query(DEFINITIONS, &[&asked]).await? {
            let view: u32 = row.try_get(0)?;
            if let Some(key) = keys.remove(&view) {
                self.0.insert(view, (key, row.try_get(1)?));
            }
        }
        Ok(())
    }

    /// One of them.
    pub(super) fn of(&self, view: u32) -> Option<String> {
        self.0.get(&view)?.1.clone()
    }
}
