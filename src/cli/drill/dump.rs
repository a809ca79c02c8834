//! The dump: found or taken, looked at, and restored into the private server by PostgreSQL's own programs. What those say is not
//! passed on where it may quote a row.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sha2::{Digest, Sha256};

use super::machine;
use crate::catalog::quote_ident;
use crate::cli::Failure;
use crate::cli::backup::named;
use crate::cli::common::hexadecimal;
use crate::embedded::{Binaries, Server};
use crate::policy::UpstreamSettings;
use crate::upstream::service;

/// What a dump is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) file: String,
    pub(super) form: &'static str,
    pub(super) bytes: u64,
    /// Of a file; a folder has none.
    pub(super) sha256: Option<String>,
}

impl std::fmt::Display for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}, {} bytes", self.file, self.form, self.bytes)?;
        match &self.sha256 {
            Some(sum) => write!(f, ", SHA-256 {sum}"),
            None => Ok(()),
        }
    }
}

/// A dump.
pub(super) struct Dump {
    path: PathBuf,
    facts: Facts,
    /// Roles that it names.
    roles: BTreeSet<String>,
    /// Rows of the registered tables when it was taken, where that is known.
    counts: BTreeMap<(String, String), i64>,
}

const PLAIN: &str = "plain";

impl Dump {
    /// One that is there.
    pub(super) async fn of(path: PathBuf, binaries: &Binaries) -> Result<(Self, String), Failure> {
        let looked = path.clone();
        let facts = blocking(move || facts(&looked)).await?;
        let roles = if facts.form == PLAIN {
            let read = path.clone();
            blocking(move || {
                let file = std::fs::File::open(&read).map_err(named(&read))?;
                roles(BufReader::new(file)).map_err(named(&read))
            })
            .await?
        } else {
            let output = machine::program(binaries, "pg_restore")
                .args(["--schema-only", "--file=-"])
                .arg(&path)
                .stdin(Stdio::null())
                .output()
                .await
                .map_err(named(Path::new("pg_restore")))?;
            if !output.status.success() {
                return Err(Failure::Failed(format!(
                    "pg_restore cannot read {}: {}",
                    path.display(),
                    last_line(&output.stderr)
                )));
            }
            roles(output.stdout.as_slice()).map_err(named(&path))?
        };
        let said = facts.to_string();
        Ok((
            Dump {
                path,
                facts,
                roles,
                counts: BTreeMap::new(),
            },
            said,
        ))
    }

    /// One of now, and the counts of its tables in the same snapshot.
    pub(super) async fn take(
        url: &str,
        settings: &UpstreamSettings,
        folder: &Path,
        binaries: &Binaries,
    ) -> Result<(Self, String), Failure> {
        let mut client = service::connect_owner(url, settings).await?;
        let tx = client
            .build_transaction()
            .isolation_level(tokio_postgres::IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await?;
        let snapshot: String = tx
            .query_one("SELECT pg_export_snapshot()", &[])
            .await?
            .try_get(0)?;
        let path = folder.join("dump");
        let environment = service::libpq_environment(url, settings)?;
        let output = machine::program(binaries, "pg_dump")
            .args(["--format=custom", "--snapshot", &snapshot, "--file"])
            .arg(&path)
            .envs(environment)
            .stdin(Stdio::null())
            .output()
            .await
            .map_err(named(Path::new("pg_dump")))?;
        if !output.status.success() {
            return Err(Failure::Failed(format!(
                "pg_dump failed: {}",
                last_line(&output.stderr)
            )));
        }
        let (mut dump, said) = Dump::of(path, binaries).await?;
        let tables = tx
            .query(
                "SELECT DISTINCT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
                   JOIN pg_namespace s ON s.oid = t.typnamespace
                  WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
                    AND t.typname = 'sealed' AND s.nspname = 'sealwire'",
                &[],
            )
            .await?;
        for row in tables {
            let (schema, table): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let sql = format!(
                "SELECT count(*) FROM {}.{}",
                quote_ident(&schema),
                quote_ident(&table)
            );
            let count: i64 = tx.query_one(&sql, &[]).await?.try_get(0)?;
            dump.counts.insert((schema, table), count);
        }
        tx.rollback().await?;
        Ok((dump, said))
    }

    pub(super) fn facts(&self) -> Facts {
        self.facts.clone()
    }

    /// Rows of a table when the dump was taken, where that is known.
    pub(super) fn count(&self, schema: &str, table: &str) -> Option<i64> {
        let name = (schema.to_owned(), table.to_owned());
        self.counts.get(&name).copied()
    }

    /// Restores it as the superuser into a new database; the roles that it names are made before.
    pub(super) async fn restore(
        &self,
        server: &Server,
        binaries: &Binaries,
        database: &str,
    ) -> Result<((), String), Failure> {
        let admin = machine::connect(server, "postgres").await?;
        for role in &self.roles {
            let known = admin
                .query_opt("SELECT FROM pg_roles WHERE rolname = $1", &[role])
                .await?;
            if known.is_none() {
                admin
                    .batch_execute(&format!("CREATE ROLE {}", quote_ident(role)))
                    .await?;
            }
        }
        if database != "postgres" {
            admin
                .batch_execute(&format!(
                    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'",
                    quote_ident(database)
                ))
                .await?;
        }
        let mut psql = machine::program(binaries, "psql");
        psql.args([
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-v",
            "VERBOSITY=sqlstate",
        ])
        .envs(machine::environment(server, database))
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
        let output = if self.facts.form == PLAIN {
            psql.arg("-f").arg(&self.path).stdin(Stdio::null());
            psql.output().await.map_err(named(Path::new("psql")))?
        } else {
            let mut reader = machine::program(binaries, "pg_restore");
            let mut reader = reader
                .arg("--file=-")
                .arg(&self.path)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .map_err(named(Path::new("pg_restore")))?;
            let piped = reader.stdout.take();
            let piped: Stdio = match piped {
                Some(piped) => piped.try_into()?,
                None => Stdio::null(),
            };
            psql.args(["-f", "-"]).stdin(piped);
            let output = psql.output().await.map_err(named(Path::new("psql")))?;
            let status = reader.wait().await?;
            if output.status.success() && !status.success() {
                return Err(Failure::Failed(format!(
                    "pg_restore ended before the end of the dump ({status})"
                )));
            }
            output
        };
        if !output.status.success() {
            return Err(Failure::Failed(format!(
                "the dump does not restore: {}",
                complaint(&output.stderr)
            )));
        }
        let client = machine::connect(server, database).await?;
        let tables: i64 = client
            .query_one(
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'sealwire')",
                &[],
            )
            .await?
            .try_get(0)?;
        let mut said = format!("{tables} tables in database {database}");
        let roles: Vec<&str> = self.roles.iter().map(String::as_str).collect();
        if !roles.is_empty() {
            said.push_str(&format!(
                "; it names roles that it does not hold: {}",
                roles.join(", ")
            ));
        }
        Ok(((), said))
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Failure::because)?
}

fn facts(path: &Path) -> Result<Facts, Failure> {
    let shown = path.display().to_string();
    let metadata = std::fs::metadata(path).map_err(named(path))?;
    if metadata.is_dir() {
        std::fs::metadata(path.join("toc.dat")).map_err(named(&path.join("toc.dat")))?;
        return Ok(Facts {
            file: shown,
            form: "directory",
            bytes: metadata.len(),
            sha256: None,
        });
    }
    let mut file = std::fs::File::open(path).map_err(named(path))?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut head = Vec::new();
    loop {
        let read = file.read(&mut buffer).map_err(named(path))?;
        let part = buffer.get(..read).unwrap_or_default();
        if part.is_empty() {
            break;
        }
        if head.len() < 512 {
            head.extend(part.iter().take(512));
        }
        digest.update(part);
    }
    let form = if head.starts_with(b"PGDMP") {
        "custom"
    } else if head.get(257..262) == Some(b"ustar") {
        "tar"
    } else if head.starts_with(&[0x1f, 0x8b]) || head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Err(Failure::Failed(format!(
            "{} is compressed: unpack it first",
            path.display()
        )));
    } else {
        PLAIN
    };
    Ok(Facts {
        file: shown,
        form,
        bytes: metadata.len(),
        sha256: Some(hexadecimal(&digest.finalize())),
    })
}

/// The roles that the statements of a plain dump name, as pg_dump writes them. More than there are does no harm.
fn roles(dump: impl BufRead) -> std::io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut data = false;
    for line in dump.split(b'\n') {
        let line = line?;
        if data {
            data = line != b"\\.";
            continue;
        }
        let line = String::from_utf8_lossy(&line);
        data = line.starts_with("COPY ") && line.ends_with(" FROM stdin;");
        let statement = ["ALTER ", "GRANT ", "REVOKE ", "CREATE POLICY "]
            .iter()
            .any(|word| line.starts_with(word));
        if !statement {
            continue;
        }
        for mark in [" OWNER TO ", " TO ", " FROM ", " FOR ROLE "] {
            if let Some((_, rest)) = line.rsplit_once(mark) {
                found.extend(names(rest));
            }
        }
    }
    for not in [
        "public",
        "postgres",
        "pg_database_owner",
        "CURRENT_USER",
        "SESSION_USER",
    ] {
        found.remove(not);
    }
    found.retain(|name| !name.starts_with("pg_"));
    Ok(found)
}

/// Identifiers separated by commas, up to what is none.
fn names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let (name, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut name = String::new();
                let mut tail = quoted;
                loop {
                    let Some((part, after)) = tail.split_once('"') else {
                        return found;
                    };
                    name.push_str(part);
                    match after.strip_prefix('"') {
                        Some(after) => {
                            name.push('"');
                            tail = after;
                        }
                        None => break (name, after),
                    }
                }
            }
            None => {
                let end = rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
                    .unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                (name.to_owned(), after)
            }
        };
        if name.is_empty() {
            return found;
        }
        if name != "PUBLIC" {
            found.push(name);
        }
        match after.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return found,
        }
    }
}

/// The place and SQLSTATE of psql's first complaint; its text may quote a row.
fn complaint(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    for line in text.lines() {
        if let Some((place, state)) = line.split_once("ERROR:") {
            let at = place.trim_end_matches(": ").rsplit(':').next();
            return format!(
                "SQLSTATE {} at line {} (psql -v ON_ERROR_STOP=1 shows what it is)",
                state.trim(),
                at.unwrap_or("?").trim()
            );
        }
    }
    "psql stopped; run it by hand to see why".to_owned()
}

/// Of programs that carry out no statement.
fn last_line(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    text.lines().last().unwrap_or("it said nothing").to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn roles_are_those_of_statements_not_of_rows() {
        let dump = "ALTER TABLE public.people OWNER TO shop;\n\
            COPY public.people (id) FROM stdin;\n\
            GRANT ALL ON x TO nobody;\n\
            \\.\n\
            GRANT SELECT ON TABLE public.people TO \"Odd \"\"one\";\n\
            REVOKE ALL ON SCHEMA public FROM PUBLIC;\n\
            CREATE POLICY own ON public.people TO a, b USING (true);\n\
            ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA public GRANT SELECT ON TABLES TO reader;\n\
            ALTER SCHEMA public OWNER TO pg_database_owner;\n";
        let found = roles(dump.as_bytes()).unwrap();
        let expected = ["Odd \"one", "a", "b", "maker", "reader", "shop"];
        assert_eq!(found.iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_psql_says_of_a_row_is_not_passed_on() {
        assert_eq!(
            complaint(b"psql:/tmp/dump:17: ERROR:  23505\n"),
            "SQLSTATE 23505 at line 17 (psql -v ON_ERROR_STOP=1 shows what it is)"
        );
    }
}
