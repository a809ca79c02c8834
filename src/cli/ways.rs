//! How clients come in and how the server is reached, for `status`.

use chrono::DateTime;
use serde_json::{Value, json};

use crate::policy::{PlainFrom, ServerSettings, TlsVersion, UpstreamTlsMode};
use crate::tls;

/// `[listen]` and `[auth]`.
pub(super) fn listen(settings: &ServerSettings) -> Value {
    let listen = &settings.listen;
    json!({
        "address": listen.address.to_string(),
        "tls": listen.tls.as_ref().map(|tls| json!({
            "required": tls.require,
            "min_version": version(tls.min_version),
            "client_certificates": tls.client_ca.is_some(),
            "ends": ends(settings, "listen.tls."),
        })),
        "plain_from": plain(listen.plain),
        "methods": methods(settings),
    })
}

/// `[upstream]`.
pub(super) fn upstream(settings: &ServerSettings) -> Value {
    let upstream = &settings.upstream;
    json!({
        "address": upstream.address.to_string(),
        "tls": upstream.tls.mode.name(),
        "own_certificate": upstream.tls.certificate.is_some(),
        "ends": ends(settings, "upstream."),
        "service_user": upstream.service.user,
    })
}

/// The same in two lines for people.
pub(super) fn lines(settings: &ServerSettings) -> Vec<String> {
    let listen = &settings.listen;
    let tls = match &listen.tls {
        None => "without TLS".to_owned(),
        Some(tls) => format!(
            "TLS {} or newer{}",
            version(tls.min_version),
            until(settings, "listen.tls.")
        ),
    };
    let upstream = &settings.upstream;
    let own = match &upstream.tls.certificate {
        None => String::new(),
        Some(_) => format!(
            ", with a certificate of its own{}",
            until(settings, "upstream.")
        ),
    };
    vec![
        format!(
            "Clients at {}: {tls}; without TLS from {}; logins by {}",
            listen.address,
            plain(listen.plain),
            methods(settings).join(", ")
        ),
        format!(
            "Server at {}: {}{own}",
            upstream.address,
            match upstream.tls.mode {
                UpstreamTlsMode::Disable => "without TLS".to_owned(),
                mode => format!("TLS, {}", mode.name()),
            }
        ),
    ]
}

fn until(settings: &ServerSettings, section: &str) -> String {
    match ends(settings, section) {
        None => String::new(),
        Some(ends) => format!(" until {ends}"),
    }
}

/// When the first of the certificates of a section ends: a date.
fn ends(settings: &ServerSettings, section: &str) -> Option<String> {
    let ends = tls::expiries(settings)
        .into_iter()
        .filter(|expiry| expiry.key.starts_with(section))
        .map(|expiry| expiry.not_after)
        .min()?;
    Some(DateTime::from_timestamp(ends, 0)?.date_naive().to_string())
}

fn methods(settings: &ServerSettings) -> Vec<&'static str> {
    let mut methods = Vec::new();
    for rule in &settings.auth.rules {
        let name = rule.method.name().name();
        if !methods.contains(&name) {
            methods.push(name);
        }
    }
    methods
}

fn version(version: TlsVersion) -> &'static str {
    match version {
        TlsVersion::Tls12 => "1.2",
        TlsVersion::Tls13 => "1.3",
    }
}

fn plain(from: PlainFrom) -> &'static str {
    match from {
        PlainFrom::Never => "nowhere",
        PlainFrom::Loopback => "this host",
        PlainFrom::Anywhere => "everywhere",
    }
}
