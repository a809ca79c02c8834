//! The proxy's own settings, validated, with their defaults.

use std::path::PathBuf;
use std::time::Duration;

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
    /// Where the keys of data subjects are.
    pub subjects: Option<SubjectsSettings>,
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

/// Where the keys of data subjects lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectStore {
    /// A folder.
    Folder(PathBuf),
    /// A database.
    Database {
        /// Its address, without a password.
        url: String,
        /// A file with the password of its login. Default: the environment variable SEALWIRE_SUBJECTS_PASSWORD.
        password_file: Option<PathBuf>,
    },
}

/// `[subjects]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectsSettings {
    /// The store.
    pub store: SubjectStore,
    /// The file with the intermediate key.
    pub intermediate: PathBuf,
    /// After how long that is to be replaced. Default: 30 days.
    pub replace_after: Duration,
    /// For how long copies of it are kept. Default: 30 days.
    pub copies_kept: Duration,
}

/// `[keys]`. The sections of other providers may stand beside that of the one in use: keysets are moved between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySettings {
    /// Who holds the key-encryption key.
    pub provider: KeyProviderKind,
    /// The key file, or what copies of the keysets are named after.
    pub path: PathBuf,
    /// A file with the passphrase of the key file. Default: none.
    pub passphrase_file: Option<PathBuf>,
    /// How long keys of other providers are used without an answer of theirs; `None`: for ever. Default: one hour.
    pub cache: Option<Duration>,
    /// A hardware module.
    pub pkcs11: Option<Pkcs11Keys>,
    /// A Vault server.
    pub vault: Option<VaultKeys>,
}

/// Who holds the key-encryption key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProviderKind {
    /// A file on the proxy's host.
    File,
    /// A hardware module.
    Pkcs11,
    /// A Vault server.
    Vault,
}

impl KeyProviderKind {
    /// As the rules write it.
    pub fn name(self) -> &'static str {
        match self {
            KeyProviderKind::File => "file",
            KeyProviderKind::Pkcs11 => "pkcs11",
            KeyProviderKind::Vault => "vault",
        }
    }
}

/// `[keys.pkcs11]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pkcs11Keys {
    /// The module's library.
    pub module: PathBuf,
    /// Label of the token.
    pub token: String,
    /// Label of the key. Default: `sealwire`.
    pub key: String,
    /// A file with the PIN. Default: none.
    pub pin_file: Option<PathBuf>,
}

/// `[keys.vault]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultKeys {
    /// The server's URL.
    pub address: String,
    /// Where the Transit engine is mounted. Default: `transit`.
    pub mount: String,
    /// Name of the key. Default: `sealwire`.
    pub key: String,
    /// Namespace. Default: none.
    pub namespace: Option<String>,
    /// Who signs the server's certificate.
    pub ca_file: Option<PathBuf>,
    /// No answer takes longer. Default: 5 seconds.
    pub timeout: Duration,
    /// How to log in.
    pub access: VaultAccess,
}

/// How to log in to a Vault server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultAccess {
    /// With a token.
    Token {
        /// Where it lies. Default: in the environment.
        file: Option<PathBuf>,
    },
    /// As an AppRole.
    AppRole {
        /// Where the method is mounted. Default: `approle`.
        mount: String,
        /// The role id.
        role_id: String,
        /// Where the secret id lies. Default: in the environment.
        secret_id_file: Option<PathBuf>,
    },
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
