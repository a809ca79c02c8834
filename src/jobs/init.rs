//! `sealwire init`: schema `sealwire` with plain SQL, no superuser, and the database's first keyset.

use std::path::{Path, PathBuf};

use tokio_postgres::{Client, Transaction};

use super::JobError;
use super::error::at;
use crate::catalog::quote_ident;
use crate::ground::stored::{self, Stored};
use crate::ground::subjects::identity;
use crate::ground::{damaged, keyring};
use crate::keys::{
    DatabaseIdentity, KeyProvider, Keyring, WrappedKeyset, mint_environment, mint_keyset,
    read_copy, write_copy,
};

/// What `init` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitReport {
    /// False: everything was there already, and the grants were given again.
    pub created: bool,
    /// Where the copy of the wrapped keysets lies.
    pub copy: PathBuf,
    /// What the service user may do, as SQL.
    pub grants: Vec<String>,
    /// Columns are sealed under the keys of data subjects.
    pub holds_subjects: bool,
    /// Which database it is.
    pub database: DatabaseIdentity,
}

const SCHEMA: &str = r"
CREATE SCHEMA IF NOT EXISTS sealwire;
COMMENT ON SCHEMA sealwire IS 'Sealwire: sealed type, wrapped keysets, registry of protected columns';
CREATE DOMAIN sealwire.sealed AS pg_catalog.bytea CONSTRAINT sealed_shape CHECK (
    VALUE OPERATOR(pg_catalog.>=) '\xfb'::pg_catalog.bytea
    AND VALUE OPERATOR(pg_catalog.<) '\xfc'::pg_catalog.bytea
    AND pg_catalog.length(VALUE) OPERATOR(pg_catalog.>=) 26);
CREATE TABLE sealwire.settings (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE sealwire.keysets (
    slot int2 NOT NULL, epoch int4 NOT NULL, wrapped bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT pg_catalog.now(), PRIMARY KEY (slot, epoch));
CREATE TABLE sealwire.columns (
    id bigint PRIMARY KEY,
    database_oid oid NOT NULL, table_oid oid NOT NULL, attnum int2 NOT NULL,
    schema_name text NOT NULL, table_name text NOT NULL, column_name text NOT NULL,
    declared text NOT NULL, collation_name text,
    scheme text, domain_id bigint, slot bigint, epoch bigint, family bigint, pad bigint,
    domain_name text, default_text text, default_sql text);
CREATE SEQUENCE sealwire.domain_ids AS bigint MINVALUE 1 MAXVALUE 4294967295 NO CYCLE;
CREATE SEQUENCE sealwire.column_ids AS bigint;
REVOKE ALL ON sealwire.settings, sealwire.keysets, sealwire.columns FROM PUBLIC;
REVOKE ALL ON SEQUENCE sealwire.domain_ids, sealwire.column_ids FROM PUBLIC;
GRANT USAGE ON SCHEMA sealwire TO PUBLIC;
GRANT USAGE ON TYPE sealwire.sealed TO PUBLIC;
";

/// What columns with search = ["equality-ci"] need; an older schema gets it when `init` runs again.
const CASE_INSENSITIVE: &str = include_str!("schema/ci.sql");

/// What columns with search = ["match"], ["prefix"] or ["range"] need, likewise.
const TOKENS: &str = include_str!("schema/tokens.sql");

/// `min` and `max` of bytea exist from 18 on.
const AGGREGATES: &str = r"
CREATE FUNCTION sealwire.smaller(bytea, bytea) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS 'BEGIN IF $2 OPERATOR(pg_catalog.<) $1 THEN RETURN $2; END IF; RETURN $1; END';
CREATE FUNCTION sealwire.larger(bytea, bytea) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS 'BEGIN IF $2 OPERATOR(pg_catalog.>) $1 THEN RETURN $2; END IF; RETURN $1; END';
CREATE AGGREGATE sealwire.min(bytea) (
    SFUNC = sealwire.smaller, STYPE = bytea, COMBINEFUNC = sealwire.smaller,
    SORTOP = OPERATOR(pg_catalog.<), PARALLEL = SAFE);
CREATE AGGREGATE sealwire.max(bytea) (
    SFUNC = sealwire.larger, STYPE = bytea, COMBINEFUNC = sealwire.larger,
    SORTOP = OPERATOR(pg_catalog.>), PARALLEL = SAFE);
";

/// Makes what is missing; run again it only gives the grants again and writes the copy anew. The client
/// is connected as the role that shall own schema `sealwire`.
///
/// # Errors
/// The server's, or the key provider's. Nothing is left half made.
pub async fn init(
    client: &mut Client,
    provider: &dyn KeyProvider,
    key_file: &Path,
    service_user: &str,
) -> Result<InitReport, JobError> {
    let tx = client.transaction().await.map_err(at("begin"))?;
    tx.batch_execute("SELECT pg_advisory_xact_lock(hashtext('sealwire init'))")
        .await
        .map_err(at("lock"))?;
    let existing = stored::read(&tx)
        .await
        .map_err(at("reading schema sealwire"))?;
    let created = existing.is_none();
    let wrapped = match existing {
        Some(stored) => {
            keyring(provider, &stored, None)?;
            unpack(&stored)?
        }
        None => create(&tx, provider).await?,
    };
    tx.batch_execute(CASE_INSENSITIVE)
        .await
        .map_err(at("creating sealwire.ci"))?;
    tx.batch_execute(TOKENS)
        .await
        .map_err(at("creating sealwire.tokens"))?;
    super::facade::install(&tx).await?;
    // Brings a schema of before up to date, too.
    tx.batch_execute(super::journal::SCHEMA)
        .await
        .map_err(at("creating the journal"))?;
    tx.batch_execute(super::subjects::SCHEMA)
        .await
        .map_err(at("creating the table of records of data subjects"))?;
    for part in super::online::SCHEMA {
        tx.batch_execute(part)
            .await
            .map_err(at("creating what proxies register in"))?;
    }
    let holds_subjects = tx
        .query_one(
            "SELECT EXISTS (SELECT FROM sealwire.columns WHERE scheme = 'subject')
                 OR EXISTS (SELECT FROM sealwire.journal WHERE body::json ->> 'scheme' = 'subject')",
            &[],
        )
        .await
        .and_then(|row| row.try_get(0))
        .map_err(at("reading the registry"))?;
    let database = identity(&tx)
        .await
        .map_err(at("asking which database it is"))?;
    let grants = grants(service_user);
    let known = tx
        .query_opt("SELECT FROM pg_roles WHERE rolname = $1", &[&service_user])
        .await
        .map_err(at("looking for the service user"))?;
    if known.is_none() {
        return Err(JobError::Nothing(format!(
            "the service user does not exist: CREATE ROLE {} LOGIN",
            quote_ident(service_user)
        )));
    }
    tx.batch_execute(&grants.join(";\n"))
        .await
        .map_err(at("granting to the service user"))?;
    let environment = wrapped
        .first()
        .map(|keyset| keyset.environment)
        .ok_or_else(|| damaged("schema sealwire holds no keyset"))?;
    // Written before the commit: a keyset that nobody uses does no harm, one without its copy would.
    let copy = copy_path(key_file, environment);
    write_copy(&copy, &wrapped)?;
    tx.commit().await.map_err(at("commit"))?;
    Ok(InitReport {
        created,
        copy,
        grants,
        holds_subjects,
        database,
    })
}

/// What the service user needs: to read the registry and the wrapped keysets. The catalogs are open to
/// everyone.
pub(super) fn grants(service_user: &str) -> Vec<String> {
    let user = quote_ident(service_user);
    vec![
        format!("GRANT USAGE ON SCHEMA sealwire TO {user}"),
        format!(
            "GRANT SELECT ON sealwire.settings, sealwire.keysets, sealwire.columns, sealwire.journal, sealwire.subject_records TO {user}"
        ),
        format!(
            "GRANT EXECUTE ON FUNCTION sealwire.beat(text, bigint), sealwire.leave(text) TO {user}"
        ),
    ]
}

/// Where the copy of an environment's wrapped keysets lies: beside the key file.
pub fn copy_path(key_file: &Path, environment: [u8; 16]) -> PathBuf {
    let mut name = key_file.as_os_str().to_owned();
    name.push(".");
    name.push(stored::hex(&environment));
    name.push(".keysets");
    PathBuf::from(name)
}

/// The wrapped keysets of all environments, from the copies beside the key file.
///
/// # Errors
/// Where the folder or a copy cannot be read.
pub fn copies(key_file: &Path) -> Result<Vec<WrappedKeyset>, JobError> {
    let folder = key_file.parent().unwrap_or_else(|| Path::new("."));
    let stem = key_file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let unreadable = |error: std::io::Error| {
        JobError::Nothing(format!("{} cannot be read: {error}", folder.display()))
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.starts_with(&format!("{stem}.")) && name.ends_with(".keysets") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut keysets = Vec::new();
    for path in paths {
        keysets.extend(read_copy(&path)?);
    }
    Ok(keysets)
}

pub(super) fn unpack(stored: &Stored) -> Result<Vec<WrappedKeyset>, JobError> {
    stored
        .keysets
        .iter()
        .map(|bytes| WrappedKeyset::from_bytes(bytes).map_err(JobError::Key))
        .collect()
}

async fn create(
    tx: &Transaction<'_>,
    provider: &dyn KeyProvider,
) -> Result<Vec<WrappedKeyset>, JobError> {
    let row = tx
        .query_one(
            "SELECT current_setting('server_version_num')::int4, current_database()::text",
            &[],
        )
        .await
        .map_err(at("reading the server's version"))?;
    let version: i32 = row.try_get(0).map_err(at("reading the server's version"))?;
    let database: String = row.try_get(1).map_err(at("reading the database's name"))?;
    tx.batch_execute(SCHEMA)
        .await
        .map_err(at("creating schema sealwire"))?;
    if version < 180_000 {
        tx.batch_execute(AGGREGATES)
            .await
            .map_err(at("creating sealwire.min and sealwire.max"))?;
    }
    let environment = mint_environment()?;
    let wrapped = vec![mint_keyset(provider, environment, 0, 1, &database)?];
    for keyset in &wrapped {
        let (slot, epoch) = (i16::from(keyset.info.slot), i32::from(keyset.info.epoch));
        tx.execute(
            "INSERT INTO sealwire.keysets (slot, epoch, wrapped) VALUES ($1, $2, $3)",
            &[&slot, &epoch, &keyset.to_bytes()?],
        )
        .await
        .map_err(at("storing the keyset"))?;
    }
    let keyring = Keyring::unwrap(environment, provider, &wrapped)?;
    let mut stored = Stored {
        environment: stored::hex(&environment),
        format: stored::FORMAT.to_owned(),
        ..Stored::default()
    };
    super::registry::write_seal(tx, &mut stored, &keyring).await?;
    Ok(wrapped)
}
