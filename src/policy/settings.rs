//! The proxy's own settings, validated, with their defaults.

use std::path::PathBuf;

use super::transport::{CertificateFiles, ListenTls, PlainFrom, UpstreamTls};
use crate::auth::Rule;

/// Everything in the rule files that is not a rule. Paths are absolute or relative to the working
/// directory: they were resolved against the rules folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// Where clients connect.
    pub listen: ListenSettings,
    /// The server behind the proxy.
    pub upstream: UpstreamSettings,
    /// How clients prove who they are.
    pub auth: AuthSettings,
    /// Where the key-encryption key is.
    pub keys: KeySettings,
    /// The admin address.
    pub admin: AdminSettings,
    /// Caps.
    pub limits: LimitSettings,
    /// What the catalogs show.
    pub facade: FacadeSettings,
    /// Log lines.
    pub log: LogSettings,
    /// The audit stream.
    pub audit: AuditSettings,
}

/// A host and a port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Name or address; an IPv6 address without its brackets.
    pub host: String,
    /// Port.
    pub port: u16,
}

/// `[listen]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenSettings {
    /// Default: `127.0.0.1:6432`.
    pub address: Address,
    /// Sessions at one time. Default: 500.
    pub max_sessions: u32,
    /// TLS towards clients. Default: none.
    pub tls: Option<ListenTls>,
    /// From where connections without TLS are taken. Default: from loopback only.
    pub plain: PlainFrom,
}

/// `[upstream]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamSettings {
    /// The server.
    pub address: Address,
    /// TLS towards it.
    pub tls: UpstreamTls,
    /// The proxy's own login.
    pub service: ServiceSettings,
}

/// `[upstream.service]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceSettings {
    /// Login name.
    pub user: String,
    /// A file that holds the password. Default: none.
    pub password_file: Option<PathBuf>,
    /// A client certificate of its own. Default: that of `[upstream]`.
    pub certificate: Option<CertificateFiles>,
}

/// `[auth]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthSettings {
    /// The first that fits decides. Default: relay for all.
    pub rules: Vec<Rule>,
    /// Where verifiers come from. Default: nowhere.
    pub source: Option<VerifierSource>,
    /// Passwords for logins by certificate. Default: none.
    pub passwords_file: Option<PathBuf>,
}

/// Where the verifiers of `scram` come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerifierSource {
    /// A users file.
    File(PathBuf),
    /// A query of the service user.
    Query {
        /// With `$1` for the user's name.
        text: String,
        /// Where it is run.
        database: String,
    },
}

/// `[keys]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySettings {
    /// Who holds the key-encryption key.
    pub provider: KeyProviderKind,
    /// The key file.
    pub path: PathBuf,
}

/// Who holds the key-encryption key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProviderKind {
    /// A file on the proxy's host.
    File,
}

/// `[admin]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminSettings {
    /// Default: `127.0.0.1:9432`.
    pub address: Address,
}

/// `[limits]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LimitSettings {
    /// Search constants on columns without reveal, for each statement. Default: 20.
    pub guesses_per_statement: u32,
    /// And for a principal in an hour. Default: 1000.
    pub guesses_per_hour: u32,
    /// Rows of one result kept by the proxy to sort them. Default: 10,000.
    pub gathered_rows: u32,
    /// Rows of one result opened in vain for a pattern that no token answers. Default: 0, refused.
    pub scanned_rows: u32,
}

/// `[facade]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacadeSettings {
    /// Catalogs show sealed columns as they were declared. Default: true.
    pub enabled: bool,
}

/// `[log]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogSettings {
    /// Default: text.
    pub format: LogFormat,
    /// Default: info.
    pub level: LogLevel,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// The least important lines that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the usual five")]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    /// As a filter directive of `tracing` has it.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        }
    }
}

/// `[audit]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditSettings {
    /// Where audit lines go. Default: nowhere.
    pub path: AuditPath,
}

/// Where audit lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditPath {
    /// Nowhere.
    Off,
    /// Standard output.
    Stdout,
    /// Appended to a file.
    File(PathBuf),
}

impl Address {
    /// Whether only this host can reach it.
    pub fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || (self.host.parse::<std::net::IpAddr>())
                .is_ok_and(|address| address.to_canonical().is_loopback())
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

impl std::str::FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str =
            "expected host:port, such as 127.0.0.1:6432, db.example.com:5432 or [::1]:5432";
        let (host, port) = text.rsplit_once(':').ok_or(EXPECTED)?;
        let port: u16 = port.parse().map_err(|_| EXPECTED)?;
        let host = match host.strip_prefix('[').map(|rest| rest.strip_suffix(']')) {
            Some(Some(inner)) if inner.parse::<std::net::Ipv6Addr>().is_ok() => inner,
            None if !host.is_empty()
                && host
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '.' || c == '-' || c == '_') =>
            {
                host
            }
            Some(_) | None => return Err(EXPECTED),
        };
        Ok(Address {
            host: host.to_owned(),
            port,
        })
    }
}
