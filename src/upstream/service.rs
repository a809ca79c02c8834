//! The service connection: the proxy's own login, for catalogs, registry, keysets and jobs. Its
//! settings are fixed at start, so that nothing an operator sets for the role changes how values or
//! definitions read.

use std::time::Duration;

use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config, NoTls};

use crate::fault::{Fault, Refusal};
use crate::policy::UpstreamSettings;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Definitions come schema-qualified, texts in the forms that the value room reads exactly, and no
/// statement of ours with a value in it reaches the server's log through auto_explain's defaults.
const FIXED: &str = "-c search_path=pg_catalog -c DateStyle=ISO,MDY -c TimeZone=UTC -c IntervalStyle=postgres \
     -c extra_float_digits=1 -c bytea_output=hex -c client_encoding=UTF8 \
     -c standard_conforming_strings=on -c lock_timeout=0";

/// Connects the service user of the settings to a database.
///
/// # Errors
/// GroundUnavailable: the password file cannot be read, or the server cannot be reached or refuses.
pub async fn connect(settings: &UpstreamSettings, database: &str) -> Result<Client, Refusal> {
    let mut config = Config::new();
    config
        .host(&settings.address.host)
        .port(settings.address.port)
        .user(&settings.service.user)
        .dbname(database);
    if let Some(path) = &settings.service.password_file {
        let password = std::fs::read_to_string(path).map_err(|error| {
            unavailable(format!(
                "the service user's password file {} cannot be read: {error}",
                path.display()
            ))
        })?;
        config.password(password.trim_end_matches(['\r', '\n']));
    }
    start(config).await
}

/// Connects by an address such as `postgres://owner@host:5432/shop`, for jobs that need an owner.
///
/// # Errors
/// GroundUnavailable, as for [`connect`].
pub async fn connect_url(url: &str) -> Result<Client, Refusal> {
    let config: Config = url
        .parse()
        // The error's text may hold parts of the address, the password among them.
        .map_err(|_| {
            unavailable("the upstream address is not a valid PostgreSQL URL".to_owned())
        })?;
    // Never quietly less than what was asked for.
    if matches!(config.get_ssl_mode(), SslMode::Require) {
        return Err(unavailable(
            "the upstream address asks for TLS, which this version does not speak".to_owned(),
        )
        .with_hint(
            "Use sslmode=disable over a network that is safe, such as a socket or a tunnel.",
        ));
    }
    start(config).await
}

/// Host and port that an address names, for drafts of rules; `None` for a socket's folder.
pub fn place_of(url: &str) -> Option<(String, u16)> {
    let config: Config = url.parse().ok()?;
    let port = config.get_ports().first().copied().unwrap_or(5432);
    match config.get_hosts().first()? {
        Host::Tcp(host) => Some((host.clone(), port)),
        Host::Unix(_) => None,
    }
}

async fn start(mut config: Config) -> Result<Client, Refusal> {
    config
        .options(FIXED)
        .application_name("sealwire service")
        .connect_timeout(CONNECT_TIMEOUT)
        .ssl_mode(SslMode::Disable);
    let place = place(&config);
    let (client, connection) = tokio::time::timeout(CONNECT_TIMEOUT, config.connect(NoTls))
        .await
        .map_err(|_| unavailable(format!("no answer from {place} within {CONNECT_TIMEOUT:?}")))?
        .map_err(|error| unavailable(format!("cannot connect to {place}: {}", reason(&error))))?;
    tokio::spawn(async move {
        // Ends when the client is dropped or the server goes; whoever uses the client sees the error.
        if let Err(error) = connection.await {
            tracing::debug!(reason = reason(&error), "service connection ended");
        }
    });
    Ok(client)
}

/// What the server or the network said, in one line without DETAIL or values of rows.
pub fn reason(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    }
}

fn place(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.clone(),
        Some(Host::Unix(path)) => path.display().to_string(),
        None => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let user = config.get_user().unwrap_or("?");
    let database = config.get_dbname().unwrap_or(user);
    format!("{host}:{port}, database \"{database}\", as \"{user}\"")
}

fn unavailable(message: String) -> Refusal {
    Refusal::new(Fault::GroundUnavailable, message)
}
