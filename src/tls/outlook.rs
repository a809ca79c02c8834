//! What an operator should know of certificates and settings before it hurts: for `check`, the log and metrics.

use std::os::unix::fs::PermissionsExt;
use std::time::{SystemTime, UNIX_EPOCH};

use x509_parser::prelude::{FromDer, X509Certificate};

use crate::policy::{
    CertificateFiles, NamedFile, Place, PlainFrom, Roots, ServerSettings, UpstreamTlsMode,
};

use super::{binding, files};

const DAY: i64 = 24 * 60 * 60;
/// A certificate that ends within this time is told of.
const SOON: i64 = 30 * DAY;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know.
    Note,
    /// Should be looked at.
    Warning,
    /// Clients or the server will not take it.
    Error,
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How bad.
    pub weight: Weight,
    /// The key of the rules that it is about.
    pub place: Place,
    /// What it is.
    pub message: String,
    /// What helps.
    pub hint: &'static str,
}

/// When a certificate ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// The key that names its file.
    pub key: String,
    /// Seconds since 1970.
    pub not_after: i64,
}

/// When the certificates that we show end: the first of each chain to do so.
pub fn expiries(settings: &ServerSettings) -> Vec<Expiry> {
    shown(settings)
        .into_iter()
        .filter_map(|(file, _)| {
            let chain = files::certificates(file).ok()?;
            let ends = chain.iter().filter_map(|certificate| {
                let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
                Some(parsed.validity().not_after.timestamp())
            });
            Some(Expiry {
                key: file.place.key.clone(),
                not_after: ends.min()?,
            })
        })
        .collect()
}

/// Everything to know of the settings and of the files they name. What cannot be read is no remark: it is a mistake.
pub fn remarks(settings: &ServerSettings) -> Vec<Remark> {
    let mut found = Remarks::default();
    for (file, who) in shown(settings) {
        found.dates(file, who);
        found.strength(file);
    }
    for (file, who) in trusted(settings) {
        found.dates(file, who);
    }
    for key in private_keys(settings) {
        found.reach(key);
    }
    found.listening(settings);
    found.upstream(settings);
    found
        .0
        .sort_by(|a, b| (b.weight, &a.place, &a.message).cmp(&(a.weight, &b.place, &b.message)));
    found.0
}

/// Certificates that we show, and to whom.
fn shown(settings: &ServerSettings) -> Vec<(&NamedFile, &'static str)> {
    let mut files = Vec::new();
    if let Some(tls) = &settings.listen.tls {
        files.push((&tls.cert, "clients that verify it will not connect"));
    }
    let ours: [&Option<CertificateFiles>; 2] = [
        &settings.upstream.tls.certificate,
        &settings.upstream.service.certificate,
    ];
    files.extend(
        ours.into_iter()
            .flatten()
            .map(|files| (&files.cert, "the server will not take it")),
    );
    files
}

/// Certificates that we trust, and whose.
fn trusted(settings: &ServerSettings) -> Vec<(&NamedFile, &'static str)> {
    let mut files = Vec::new();
    let clients = settings.listen.tls.as_ref();
    if let Some(roots) = clients.and_then(|tls| tls.client_ca.as_ref()) {
        files.push((
            roots,
            "certificates of clients that it has issued may be refused",
        ));
    }
    if let Roots::File(roots) = &settings.upstream.tls.roots {
        files.push((roots, "the server's certificate may be refused"));
    }
    files
}

fn private_keys(settings: &ServerSettings) -> Vec<&NamedFile> {
    let listen = settings.listen.tls.as_ref().map(|tls| &tls.key);
    let ours = [
        &settings.upstream.tls.certificate,
        &settings.upstream.service.certificate,
    ];
    let ours = ours.into_iter().flatten().map(|files| &files.key);
    listen.into_iter().chain(ours).collect()
}

#[derive(Default)]
struct Remarks(Vec<Remark>);

impl Remarks {
    fn add(&mut self, weight: Weight, place: &Place, message: String, hint: &'static str) {
        let remark = Remark {
            weight,
            place: place.clone(),
            message,
            hint,
        };
        if !self.0.contains(&remark) {
            self.0.push(remark);
        }
    }

    fn dates(&mut self, file: &NamedFile, consequence: &str) {
        const RENEW: &str = "put a new one in its place: it is taken without a restart";
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
            });
        for certificate in files::certificates(file).unwrap_or_default() {
            let Ok((_, parsed)) = X509Certificate::from_der(&certificate) else {
                continue;
            };
            let (from, until) = (
                parsed.validity().not_before.timestamp(),
                parsed.validity().not_after.timestamp(),
            );
            let path = file.path.display();
            if now > until {
                let days = (now - until) / DAY;
                let message = format!("{path} has expired {days} day(s) ago: {consequence}");
                self.add(Weight::Error, &file.place, message, RENEW);
            } else if now < from {
                let message = format!("{path} is not valid yet: {consequence}");
                self.add(
                    Weight::Error,
                    &file.place,
                    message,
                    "look at the clocks of both machines",
                );
            } else if until - now < SOON {
                let days = (until - now) / DAY;
                let message = format!("{path} expires in {days} day(s)");
                self.add(Weight::Warning, &file.place, message, RENEW);
            }
        }
    }

    fn strength(&mut self, file: &NamedFile) {
        let chain = files::certificates(file).unwrap_or_default();
        let Some(leaf) = chain.first() else { return };
        let Ok((_, parsed)) = X509Certificate::from_der(leaf) else {
            return;
        };
        let path = file.path.display();
        let signed = parsed.signature_algorithm.algorithm.to_id_string();
        let outdated = [
            "1.2.840.113549.1.1.4",
            "1.2.840.113549.1.1.5",
            "1.2.840.10045.4.1",
        ];
        if outdated.contains(&signed.as_str()) {
            self.add(
                Weight::Warning,
                &file.place,
                format!("{path} is signed with MD5 or SHA-1: clients refuse it"),
                "have it issued again with SHA-256",
            );
        }
        if file.place.key.starts_with("listen") {
            if binding::end_point(leaf).is_none() {
                self.add(
                    Weight::Note,
                    &file.place,
                    format!("{path} has a signature for which channel binding is not defined: SCRAM-SHA-256-PLUS cannot be offered"),
                    "use a certificate that is signed with RSA or ECDSA",
                );
            }
            let names = parsed.subject_alternative_name().ok().flatten();
            if names.is_none_or(|names| names.value.general_names.is_empty()) {
                self.add(
                    Weight::Warning,
                    &file.place,
                    format!(
                        "{path} names no host in a subjectAltName: most clients cannot verify it"
                    ),
                    "have it issued again with the names that clients connect to",
                );
            }
        }
    }

    fn reach(&mut self, key: &NamedFile) {
        let Ok(metadata) = std::fs::metadata(&key.path) else {
            return;
        };
        let mode = metadata.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            self.add(
                Weight::Warning,
                &key.place,
                format!(
                    "{} can be reached by others than its owner (mode {mode:04o})",
                    key.path.display()
                ),
                "chmod 600",
            );
        }
    }

    fn listening(&mut self, settings: &ServerSettings) {
        let listen = &settings.listen;
        let place = Place {
            file: String::new(),
            line: 0,
            key: "listen.plain".to_owned(),
        };
        let local = UpstreamTlsMode::default_for(&listen.address.host) == UpstreamTlsMode::Disable;
        match listen.plain {
            PlainFrom::Anywhere if !local => self.add(
                Weight::Warning,
                &place,
                "connections without TLS are taken from everywhere: passwords and opened values cross the network readable".to_owned(),
                "leave `plain` out, and give [listen.tls] a certificate",
            ),
            PlainFrom::Loopback if !local && listen.tls.is_none() => self.add(
                Weight::Warning,
                &place,
                format!(
                    "{} is open to other hosts, and nobody from there can connect: there is no TLS, and plain connections are taken from loopback only",
                    listen.address
                ),
                "give [listen.tls] a certificate",
            ),
            PlainFrom::Never | PlainFrom::Loopback | PlainFrom::Anywhere => {}
        }
    }

    fn upstream(&mut self, settings: &ServerSettings) {
        let upstream = &settings.upstream;
        let local =
            UpstreamTlsMode::default_for(&upstream.address.host) == UpstreamTlsMode::Disable;
        let (message, hint) = match upstream.tls.mode {
            UpstreamTlsMode::Disable if !local => (
                "the server is on another host and TLS towards it is off: logins and what is not sealed cross the network readable",
                "tls = \"verify-full\"",
            ),
            UpstreamTlsMode::Require => (
                "TLS is on and the server's certificate is not looked at: whoever answers in its place is believed",
                "tls = \"verify-full\", with the server's roots",
            ),
            UpstreamTlsMode::Disable | UpstreamTlsMode::VerifyCa | UpstreamTlsMode::VerifyFull => {
                return;
            }
        };
        self.add(
            Weight::Warning,
            &upstream.tls.place.0,
            message.to_owned(),
            hint,
        );
    }
}
