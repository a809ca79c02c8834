//! The auth query: the service user asks the server for name, verifier and end of validity of one user.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_postgres::{Client, Statement};

use crate::auth::scram::Verifier;
use crate::auth::{Account, moment};
use crate::fault::{Fault, Refusal};
use crate::policy::UpstreamSettings;
use crate::upstream::service;

/// A login does not wait longer for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// The server gives up a query of which nothing comes, so that the logins which stand behind it on the same connection
/// are still heard in time.
const LIMIT: &str = "set statement_timeout = '4s'";

/// What the query says of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// Nothing.
    Nobody,
    /// That there is no password, or one of which something else than a SCRAM verifier is kept.
    WithoutVerifier,
    /// All that is needed.
    Account(Account),
}

/// The query, with the connection on which it is asked: opened at the first login, and again where it was lost.
pub(super) struct Lookup {
    text: String,
    database: String,
    upstream: UpstreamSettings,
    line: Mutex<Option<Arc<Line>>>,
}

struct Line {
    client: Client,
    query: Statement,
    /// Those of verifiers that the server makes.
    iterations: Option<NonZeroU32>,
}

/// What is known of a user, and the iterations that verifiers of the server usually have.
pub(super) type Told = (Stored, Option<NonZeroU32>);

impl Lookup {
    pub(super) fn new(text: &str, database: &str, upstream: UpstreamSettings) -> Lookup {
        Lookup {
            text: text.to_owned(),
            database: database.to_owned(),
            upstream,
            line: Mutex::default(),
        }
    }

    /// What is known of a user.
    ///
    /// # Errors
    /// `LookupFailed`; why stands in the log only.
    pub(super) async fn ask(&self, user: &str) -> Result<Told, Refusal> {
        self.tell(user).await.map_err(|reason| {
            tracing::error!(reason, "the auth query failed");
            Refusal::new(
                Fault::LookupFailed,
                "the password could not be looked up".to_owned(),
            )
        })
    }

    /// The same, with the reason of a failure.
    pub(super) async fn tell(&self, user: &str) -> Result<Told, String> {
        let told = timeout(PATIENCE, async {
            match self.once(user).await {
                // The connection may have been lost since the last login: once more on a new one.
                Err(_) if self.is_lost().await => self.once(user).await,
                told => told,
            }
        });
        told.await
            .map_err(|_| "no answer in time".to_owned())
            .flatten()
    }

    async fn is_lost(&self) -> bool {
        let line = self.line.lock().await;
        line.as_ref().is_none_or(|line| line.client.is_closed())
    }

    async fn once(&self, user: &str) -> Result<Told, String> {
        let line = self.line().await?;
        let rows = line
            .client
            .query(&line.query, &[&user])
            .await
            .map_err(|error| service::reason(&error))?;
        let stored = match rows.as_slice() {
            [] => Stored::Nobody,
            [row] => {
                let wrong = |error: tokio_postgres::Error| service::reason(&error);
                let name: Option<String> = row.try_get(0).map_err(wrong)?;
                if name.as_deref() != Some(user) {
                    return Err("the query gave another user than was asked for".to_owned());
                }
                let verifier: Option<String> = row.try_get(1).map_err(wrong)?;
                let until: Option<f64> = row.try_get(2).map_err(wrong)?;
                match verifier.and_then(|text| text.parse::<Verifier>().ok()) {
                    None => Stored::WithoutVerifier,
                    Some(verifier) => Stored::Account(Account {
                        verifier,
                        valid_until: until.and_then(moment),
                    }),
                }
            }
            [_, _, ..] => return Err("the query gave more than one row".to_owned()),
        };
        Ok((stored, line.iterations))
    }

    async fn line(&self) -> Result<Arc<Line>, String> {
        let mut held = self.line.lock().await;
        if let Some(line) = held.as_ref().filter(|line| !line.client.is_closed()) {
            return Ok(Arc::clone(line));
        }
        let fresh = Arc::new(self.open().await?);
        *held = Some(Arc::clone(&fresh));
        Ok(fresh)
    }

    async fn open(&self) -> Result<Line, String> {
        let wrong = |error: tokio_postgres::Error| service::reason(&error);
        let client = service::connect(&self.upstream, &self.database)
            .await
            .map_err(|refusal| refusal.message)?;
        client.batch_execute(LIMIT).await.map_err(wrong)?;
        let given = client.prepare(&self.text).await.map_err(wrong)?;
        if given.columns().len() != 3 {
            return Err(format!(
                "expected the three columns name, verifier and valid_until, and the query gives {}",
                given.columns().len()
            ));
        }
        let query = client
            .prepare(&format!(
                "select q.name::pg_catalog.text, q.verifier::pg_catalog.text, \
                 extract(epoch from q.until::pg_catalog.timestamptz)::pg_catalog.float8 \
                 from ({}\n) as q(name, verifier, until)",
                self.text
            ))
            .await
            .map_err(wrong)?;
        // From PostgreSQL 16 on; before, it is what we take it for.
        let row = client
            .query_one(
                "select pg_catalog.current_setting('scram_iterations', true)",
                &[],
            )
            .await
            .map_err(wrong)?;
        let iterations: Option<String> = row.try_get(0).map_err(wrong)?;
        Ok(Line {
            client,
            query,
            iterations: iterations.and_then(|number| number.parse().ok()),
        })
    }
}
