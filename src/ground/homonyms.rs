//! Functions and operators of others that have the name of one of pg_catalog.

use std::collections::HashMap;

use tokio_postgres::{Error, Transaction};

use crate::catalog::{Homonym, Homonyms};

/// Types that nothing of the server's own becomes without being asked. An array is one as its elements are; domains
/// never are, since their base type becomes one.
const FOREIGN: &str = "
    WITH foreign_types AS (
        SELECT t.oid FROM pg_type t
        LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
        WHERE t.oid >= 16384 AND coalesce(e.oid, t.oid) >= 16384
          AND coalesce(e.typtype, t.typtype) IN ('b', 'e', 'c', 'r', 'm')
          AND NOT EXISTS (SELECT FROM pg_cast c
                          WHERE c.casttarget = coalesce(e.oid, t.oid) AND c.castcontext = 'i'))";

const FUNCTIONS: &str = "
    SELECT p.proname::text, n.nspname::text,
           p.pronargdefaults = 0 AND p.provariadic = 0
           AND EXISTS (SELECT FROM pg_proc o WHERE o.proname = p.proname
                       AND o.pronamespace = 'pg_catalog'::regnamespace AND o.proargtypes = p.proargtypes),
           coalesce(p.proargtypes[0] IN (SELECT oid FROM foreign_types), false)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'sealwire')
      AND EXISTS (SELECT FROM pg_proc o
                  WHERE o.proname = p.proname AND o.pronamespace = 'pg_catalog'::regnamespace)
    ORDER BY p.oid";

/// One that compares values of two kinds is taken only where two kinds stand beside each other.
const OPERATORS: &str = "
    SELECT o.oprname::text, n.nspname::text,
           EXISTS (SELECT FROM pg_operator c WHERE c.oprname = o.oprname
                   AND c.oprnamespace = 'pg_catalog'::regnamespace
                   AND c.oprleft = o.oprleft AND c.oprright = o.oprright),
           o.oprleft IN (SELECT oid FROM foreign_types) OR o.oprright IN (SELECT oid FROM foreign_types)
           OR o.oprname IN ('=', '<>', '<', '<=', '>', '>=')
              AND coalesce((SELECT l.typcategory <> r.typcategory AND 'P' NOT IN (l.typcategory, r.typcategory)
                            FROM pg_type l, pg_type r WHERE l.oid = o.oprleft AND r.oid = o.oprright), false)
    FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'sealwire')
      AND EXISTS (SELECT FROM pg_operator c
                  WHERE c.oprname = o.oprname AND c.oprnamespace = 'pg_catalog'::regnamespace)
    ORDER BY o.oid";

/// As a transaction sees them.
pub(super) async fn read(tx: &Transaction<'_>) -> Result<Homonyms, Error> {
    Ok(Homonyms {
        functions: named(tx, FUNCTIONS).await?,
        operators: named(tx, OPERATORS).await?,
    })
}

async fn named(tx: &Transaction<'_>, query: &str) -> Result<HashMap<String, Vec<Homonym>>, Error> {
    let mut named: HashMap<String, Vec<Homonym>> = HashMap::new();
    for row in tx.query(&format!("{FOREIGN} {query}"), &[]).await? {
        named.entry(row.try_get(0)?).or_default().push(Homonym {
            schema: row.try_get(1)?,
            twin: row.try_get(2)?,
            foreign: row.try_get(3)?,
        });
    }
    Ok(named)
}
