//! The service user: what it needs, and what it has beyond that.

use tokio_postgres::Transaction;

use super::{Findings, Severity};
use crate::ground::Ground;
use crate::jobs::error::at;
use crate::jobs::{JobError, init};

pub(super) async fn check(
    tx: &Transaction<'_>,
    ground: &Ground,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let user = &ground.policy.settings.upstream.service.user;
    let step = || at("reading the service user's grants");
    let row = tx
        .query_opt(
            "SELECT r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls,
                    pg_has_role(r.oid, 'pg_read_all_data', 'USAGE') FROM pg_roles r WHERE r.rolname = $1",
            &[user],
        )
        .await
        .map_err(step())?;
    let object = format!("service user {user}");
    let Some(row) = row else {
        findings.add(
            Severity::Error,
            object,
            "does not exist",
            format!("CREATE ROLE {} LOGIN", crate::catalog::quote_ident(user)),
        );
        return Ok(());
    };
    for (at, what) in [
        "is a superuser",
        "may create roles",
        "may create databases",
        "may replicate, and so read every row",
        "bypasses row level security",
        "may read all tables",
    ]
    .iter()
    .enumerate()
    {
        if row.try_get::<_, bool>(at).map_err(step())? {
            findings.add(
                Severity::Warning,
                &object,
                format!("{what}; `serve` needs none of that"),
                "give it a role of its own with the grants of `sealwire init`",
            );
        }
    }
    if !ground.initialised {
        return Ok(());
    }
    for row in tx
        .query(
            "SELECT c.relname::text, has_table_privilege($1, c.oid, 'SELECT') AND has_schema_privilege($1, n.oid, 'USAGE'),
                    has_table_privilege($1, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'), pg_has_role($1, c.relowner, 'USAGE')
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'sealwire' AND c.relkind = 'r' AND c.relname NOT IN ('online', 'proxies', 'swaps') ORDER BY 1",
            &[user],
        )
        .await
        .map_err(step())?
    {
        let table: String = row.try_get(0).map_err(step())?;
        if !row.try_get::<_, bool>(1).map_err(step())? {
            findings.add(
                Severity::Error,
                &object,
                format!("may not read sealwire.{table}"),
                init::grants(user).join("; "),
            );
        }
        if row.try_get::<_, bool>(2).map_err(step())? || row.try_get::<_, bool>(3).map_err(step())? {
            findings.add(
                Severity::Note,
                &object,
                format!("may write sealwire.{table}: `serve` only reads it (changes are noticed by its seal)"),
                "",
            );
        }
    }
    heartbeat(tx, user, &object, findings).await?;
    others(tx, user, findings).await
}

/// Without it a proxy does not hear of tables that change places, and jobs do not wait for it.
async fn heartbeat(
    tx: &Transaction<'_>,
    user: &str,
    object: &str,
    findings: &mut Findings,
) -> Result<(), JobError> {
    let may: Option<bool> = tx
        .query_one(
            "SELECT has_function_privilege($1, to_regprocedure('sealwire.beat(text,bigint)'), 'EXECUTE')",
            &[&user],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading the service user's grants"))?;
    match may {
        Some(true) => {}
        Some(false) => findings.add(
            Severity::Error,
            object,
            "may not call sealwire.beat: proxies do not hear of tables that change places",
            init::grants(user).join("; "),
        ),
        None => findings.add(
            Severity::Note,
            "schema sealwire",
            "is of a version in which proxies do not register: --strategy online does not work",
            "run `sealwire init` again",
        ),
    }
    Ok(())
}

/// Ordinary roles with a grant on the registry, but for the one that the catalog facade lives by.
async fn others(tx: &Transaction<'_>, user: &str, findings: &mut Findings) -> Result<(), JobError> {
    let step = || at("reading grants on the registry");
    for row in tx
        .query(
            "SELECT DISTINCT c.relname::text, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END,
                    a.privilege_type
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
             WHERE n.nspname = 'sealwire' AND a.grantee <> c.relowner
               AND (a.grantee = 0 OR pg_get_userbyid(a.grantee)::text <> $1)
               AND NOT (c.relname = 'facade' AND a.grantee = 0 AND a.privilege_type = 'SELECT') ORDER BY 1, 2, 3",
            &[&user],
        )
        .await
        .map_err(step())?
    {
        let table: String = row.try_get(0).map_err(step())?;
        let grantee: String = row.try_get(1).map_err(step())?;
        let privilege: String = row.try_get(2).map_err(step())?;
        findings.add(
            Severity::Warning,
            format!("sealwire.{table}"),
            format!("{grantee} has {privilege} on it"),
            format!("REVOKE {privilege} ON sealwire.{table} FROM {grantee}"),
        );
    }
    Ok(())
}
