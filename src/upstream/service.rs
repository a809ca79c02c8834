//! The service connection: the proxy's own login, for catalogs, registry, keysets and jobs. Its
//! settings are fixed at start, so that nothing an operator sets for the role changes how values or
//! definitions read.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::{Host, SslMode, SslNegotiation};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{Client, Config};

use crate::fault::{Fault, Refusal};
use crate::policy::{Problem, Roots, UpstreamSettings, UpstreamTls, UpstreamTlsMode};
use crate::tls::{Connector, NoTls, UpstreamSide};

use super::url;

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
    let tls = &settings.tls;
    let certificate = (settings.service.certificate.as_ref()).or(tls.certificate.as_ref());
    let connector = Connector::new(tls, certificate, &settings.address.host).map_err(unusable)?;
    start(config, connector).await
}

/// Connects by an address such as `postgres://owner@host:5432/shop`. What it says of TLS (`sslmode`, `sslrootcert`, `sslcert`,
/// `sslkey`) holds; where it says nothing, the default for a server on such a host.
///
/// # Errors
/// GroundUnavailable, as for [`connect`].
pub async fn connect_url(url: &str) -> Result<Client, Refusal> {
    by_url(url, None, None).await
}

/// The same with a password that does not stand in the address.
///
/// # Errors
/// GroundUnavailable, as for [`connect`].
pub async fn connect_with(url: &str, password: Option<&str>) -> Result<Client, Refusal> {
    by_url(url, None, password).await
}

/// The same for jobs that need an owner: where the address says nothing of TLS, what the settings say of the same host holds.
///
/// # Errors
/// GroundUnavailable, as for [`connect`].
pub async fn connect_owner(url: &str, settings: &UpstreamSettings) -> Result<Client, Refusal> {
    by_url(url, Some(settings), None).await
}

async fn by_url(
    url: &str,
    settings: Option<&UpstreamSettings>,
    password: Option<&str>,
) -> Result<Client, Refusal> {
    let (rest, asked) = url::divide(url).map_err(unavailable)?;
    let mut config: Config = rest
        .parse()
        // The error's text may hold parts of the address, the password among them.
        .map_err(|_| {
            unavailable("the upstream address is not a valid PostgreSQL URL".to_owned())
        })?;
    config.ssl_negotiation(SslNegotiation::Postgres);
    if let Some(password) = password {
        config.password(password);
    }
    let host = host(&config).map_err(unavailable)?;
    let same = settings.filter(|settings| settings.address.host == host);
    let tls: UpstreamTls = asked
        .settings(&host, same.map(|settings| &settings.tls))
        .map_err(unavailable)?;
    let connector = Connector::new(&tls, tls.certificate.as_ref(), &host).map_err(unusable)?;
    start(config, connector).await
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

/// The address as the environment of PostgreSQL's own programs, whose arguments everybody on the host can read.
///
/// # Errors
/// GroundUnavailable, where the address is not one.
pub fn libpq_environment(
    url: &str,
    settings: &UpstreamSettings,
) -> Result<Vec<(&'static str, String)>, Refusal> {
    let (rest, asked) = url::divide(url).map_err(unavailable)?;
    let config: Config = rest.parse().map_err(|_| {
        unavailable("the upstream address is not a valid PostgreSQL URL".to_owned())
    })?;
    let host = host(&config).map_err(unavailable)?;
    let same = Some(settings).filter(|settings| settings.address.host == host);
    let tls: UpstreamTls = asked
        .settings(&host, same.map(|settings| &settings.tls))
        .map_err(unavailable)?;
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let mode = match tls.mode {
        UpstreamTlsMode::Disable => "disable",
        UpstreamTlsMode::Require => "require",
        UpstreamTlsMode::VerifyCa => "verify-ca",
        UpstreamTlsMode::VerifyFull => "verify-full",
    };
    let mut out = vec![
        ("PGHOST", host),
        ("PGPORT", port.to_string()),
        ("PGSSLMODE", mode.to_owned()),
    ];
    let password = config.get_password().map(String::from_utf8_lossy);
    for (name, value) in [
        ("PGUSER", config.get_user().map(str::to_owned)),
        ("PGDATABASE", config.get_dbname().map(str::to_owned)),
        ("PGPASSWORD", password.map(std::borrow::Cow::into_owned)),
    ] {
        out.extend(value.map(|value| (name, value)));
    }
    if tls.mode != UpstreamTlsMode::Disable {
        out.push((
            "PGSSLROOTCERT",
            match &tls.roots {
                Roots::System => "system".to_owned(),
                Roots::File(file) => file.path.display().to_string(),
            },
        ));
        if let Some(certificate) = &tls.certificate {
            out.push(("PGSSLCERT", certificate.cert.path.display().to_string()));
            out.push(("PGSSLKEY", certificate.key.path.display().to_string()));
        }
    }
    Ok(out)
}

/// Whom the address names, and nobody else: what holds for one host need not hold for another.
fn host(config: &Config) -> Result<String, String> {
    if !config.get_hostaddrs().is_empty() {
        return Err(
            "`hostaddr` in the upstream address is not supported: expected `host`".to_owned(),
        );
    }
    match config.get_hosts() {
        [] => Ok("localhost".to_owned()),
        [Host::Tcp(host)] => Ok(host.clone()),
        [Host::Unix(path)] => Ok(path.display().to_string()),
        [_, _, ..] => Err("the upstream address names several hosts: expected one".to_owned()),
    }
}

async fn start(mut config: Config, connector: Option<Connector>) -> Result<Client, Refusal> {
    let unix = matches!(config.get_hosts().first(), Some(Host::Unix(_)));
    let secured = connector.filter(|_| !unix);
    config
        .options(FIXED)
        .application_name("sealwire service")
        .connect_timeout(CONNECT_TIMEOUT)
        .ssl_mode(match secured {
            Some(_) => SslMode::Require,
            None => SslMode::Disable,
        });
    let place = place(&config);
    let (client, connection) =
        tokio::time::timeout(CONNECT_TIMEOUT, config.connect(Secured(secured)))
            .await
            .map_err(|_| unavailable(format!("no answer from {place} within {CONNECT_TIMEOUT:?}")))?
            .map_err(|error| {
                unavailable(format!("cannot connect to {place}: {}", reason(&error)))
            })?;
    tokio::spawn(async move {
        // Ends when the client is dropped or the server goes; whoever uses the client sees the error.
        if let Err(error) = connection.await {
            tracing::debug!(reason = reason(&error), "service connection ended");
        }
    });
    Ok(client)
}

/// Our TLS, as the driver wants it.
#[derive(Clone)]
struct Secured(Option<Connector>);

impl<S> MakeTlsConnect<S> for Secured
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = ServiceStream<S>;
    type TlsConnect = Secured;
    type Error = NoTls;

    fn make_tls_connect(&mut self, _: &str) -> Result<Secured, NoTls> {
        Ok(self.clone())
    }
}

impl<S> TlsConnect<S> for Secured
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = ServiceStream<S>;
    type Error = NoTls;
    type Future = Pin<Box<dyn Future<Output = Result<ServiceStream<S>, NoTls>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let connector = self
                .0
                .ok_or_else(|| NoTls::because("no TLS was asked for"))?;
            connector.connect(stream).await.map(ServiceStream)
        })
    }
}

/// The service connection's socket inside TLS.
struct ServiceStream<S>(UpstreamSide<S>);

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for ServiceStream<S> {
    fn channel_binding(&self) -> ChannelBinding {
        match self.0.end_point() {
            Some(end_point) => ChannelBinding::tls_server_end_point(end_point),
            None => ChannelBinding::none(),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for ServiceStream<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for ServiceStream<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().0).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_shutdown(cx)
    }
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

fn unusable(problems: Vec<Problem>) -> Refusal {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    unavailable(lines.join("; "))
}
