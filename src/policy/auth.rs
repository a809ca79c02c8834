//! `[auth]`: from what is written to ordered rules, with what they need from the other sections.

use std::path::Path;

use super::problem::{Located, Place, Problems};
use super::raw::{OneOrMore, RawAuth, RawAuthRule, RawMethod, RawNameRule};
use super::sections::outside;
use super::settings::{AuthSettings, VerifierSource};
use super::transport::PlainFrom;
use crate::auth::{
    Addresses, Method, MethodName, NameKind, NamePattern, NameRule, Network, Rule, check_query,
};

/// What the other sections say, as far as logging in depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// Only clients on this host can reach the proxy.
    pub(super) loopback: bool,
    /// From where connections without TLS are taken.
    pub(super) plain: PlainFrom,
    /// Clients can use TLS.
    pub(super) client_tls: bool,
    /// Certificates of clients are verified.
    pub(super) client_ca: bool,
    /// The server is reached by TLS.
    pub(super) server_tls: bool,
    /// With a certificate of the proxy's own.
    pub(super) own_certificate: bool,
}

/// Validates the section. Where it is left out, `beside` is what its default does not go together with.
pub(super) fn validate(
    raw: Option<&Located<RawAuth>>,
    beside: Option<&Place>,
    around: Surroundings,
    dir: &Path,
    problems: &mut Problems,
) -> AuthSettings {
    let default = Located {
        value: RawAuth::default(),
        place: beside.cloned().unwrap_or_default(),
    };
    let Located {
        value: section,
        place,
    } = raw.unwrap_or(&default);
    let rules = match (&section.method, &section.rules) {
        (Some(method), Some(_)) => {
            problems.add(&method.place, "expected `method` or `rules`, not both");
            Vec::new()
        }
        (_, Some(rules)) => {
            if rules.value.is_empty() {
                problems.add(&rules.place, "expected at least one rule");
            }
            (rules.value.iter())
                .filter_map(|raw| rule(raw, problems).map(|rule| (rule, &raw.place)))
                .collect()
        }
        (method, None) => {
            let (word, place) = match method {
                Some(method) => (method.value, &method.place),
                None => (RawMethod::Relay, place),
            };
            vec![(Rule::for_all(plain(word)), place)]
        }
    };
    let source = source(section, dir, problems);
    let passwords_file =
        (section.passwords_file.as_ref()).map(|path| outside(dir, path, "a passwords", problems));
    let has = Has {
        verifiers: section.users_file.is_some() || section.auth_query.is_some(),
        passwords: passwords_file.is_some(),
    };
    for (rule, place) in &rules {
        for what in missing(rule, around, has) {
            problems.add(place, what);
        }
    }
    if let Some(at) = rules.iter().position(|(rule, _)| rule.is_for_all()) {
        for (_, place) in rules.iter().skip(at + 1) {
            problems.add(
                place,
                "never reached: a rule before it fits every connection",
            );
        }
    }
    AuthSettings {
        rules: rules.into_iter().map(|(rule, _)| rule).collect(),
        source,
        passwords_file,
    }
}

fn plain(word: RawMethod) -> Method {
    match word {
        RawMethod::Relay => Method::Relay,
        RawMethod::Password => Method::Password,
        RawMethod::Scram => Method::Scram,
        RawMethod::Cert => Method::Cert(Vec::new()),
        RawMethod::Reject => Method::Reject,
    }
}

#[derive(Debug, Clone, Copy)]
struct Has {
    verifiers: bool,
    passwords: bool,
}

/// What a rule needs and has not.
fn missing(rule: &Rule, around: Surroundings, has: Has) -> Vec<&'static str> {
    let with_tls = rule.tls != Some(false) && around.client_tls;
    let from_elsewhere = !around.loopback && !rule.is_for_loopback();
    let mut missing = Vec::new();
    if rule.tls == Some(true) && !around.client_tls {
        missing.push("tls = true fits no connection: expected [listen.tls]");
    }
    match rule.method.name() {
        MethodName::Reject => {}
        MethodName::Relay => {
            if with_tls && around.server_tls {
                missing.push(
                    "`relay` cannot pass SCRAM from one TLS connection to another: the client sees no channel binding offered \
                     and says so, and the server takes that for an attack. Expected method = \"scram\" or \"password\", or a rule \
                     with tls = false",
                );
            }
        }
        MethodName::Password => {
            let plain_only = rule.tls == Some(false) || !around.client_tls;
            if from_elsewhere && plain_only && around.plain == PlainFrom::Anywhere {
                missing.push(
                    "`password` asks for it only inside TLS, or from this host: expected [listen.tls], or address = \"loopback\"",
                );
            }
        }
        MethodName::Scram => {
            if !has.verifiers {
                missing
                    .push("`scram` needs verifiers: expected users_file or auth_query in [auth]");
            }
        }
        MethodName::Cert => {
            if !around.client_ca {
                missing
                    .push("`cert` needs client certificates: expected client_ca in [listen.tls]");
            } else if rule.tls == Some(false) {
                missing.push("`cert` is not possible without TLS");
            }
            if !has.passwords && !around.own_certificate && !around.loopback {
                missing.push(
                    "`cert` leaves nothing to log in to the server with: expected passwords_file in [auth], or a certificate in [upstream] tls",
                );
            }
        }
    }
    missing
}

fn rule(raw: &Located<RawAuthRule>, problems: &mut Problems) -> Option<Rule> {
    let rule = &raw.value;
    let databases = names(rule.database.as_ref(), problems);
    let users = names(rule.user.as_ref(), problems);
    let addresses = addresses(rule.address.as_ref(), problems);
    let word = rule.method.as_ref()?.value;
    if let (Some(map), false) = (&rule.map, word == RawMethod::Cert) {
        problems.add(&map.place, "expected only with method = \"cert\"");
    }
    let method = match (word, &rule.map) {
        (RawMethod::Cert, Some(map)) => {
            if map.value.is_empty() {
                problems.add(&map.place, "expected at least one name");
            }
            Method::Cert(
                (map.value.iter())
                    .filter_map(|entry| name_rule(entry, problems))
                    .collect(),
            )
        }
        (word, _) => plain(word),
    };
    Some(Rule {
        databases,
        users,
        addresses,
        tls: rule.tls.as_ref().map(|tls| tls.value),
        method,
    })
}

fn names(raw: Option<&Located<OneOrMore>>, problems: &mut Problems) -> Vec<NamePattern> {
    match raw {
        None => NamePattern::parse("all").into_iter().collect(),
        Some(names) => {
            if names.value.0.is_empty() {
                problems.add(&names.place, "expected at least one name");
            }
            (names.value.0.iter())
                .filter_map(|name| pattern(name, problems))
                .collect()
        }
    }
}

fn pattern(name: &Located<String>, problems: &mut Problems) -> Option<NamePattern> {
    NamePattern::parse(&name.value)
        .map_err(|expected| problems.add(&name.place, expected))
        .ok()
}

pub(super) fn addresses(raw: Option<&Located<OneOrMore>>, problems: &mut Problems) -> Addresses {
    let Some(raw) = raw else {
        return Addresses::All;
    };
    if raw.value.0.is_empty() {
        problems.add(&raw.place, "expected at least one address");
    }
    let mut networks = Vec::new();
    for text in &raw.value.0 {
        let words: &[&str] = match text.value.as_str() {
            "all" => return Addresses::All,
            "loopback" => &["127.0.0.0/8", "::1"],
            other => &[other],
        };
        for word in words {
            match Network::parse(word) {
                Ok(network) => networks.push(network),
                Err(expected) => problems.add(&text.place, expected),
            }
        }
    }
    Addresses::Networks(networks)
}

fn name_rule(raw: &Located<RawNameRule>, problems: &mut Problems) -> Option<NameRule> {
    let RawNameRule {
        cn,
        dns,
        email,
        uri,
        user,
    } = &raw.value;
    let given: Vec<(NameKind, &Located<String>)> = [
        (NameKind::CommonName, cn),
        (NameKind::Dns, dns),
        (NameKind::Email, email),
        (NameKind::Uri, uri),
    ]
    .into_iter()
    .filter_map(|(kind, name)| Some((kind, name.as_ref()?)))
    .collect();
    let [(kind, name)] = given.as_slice() else {
        problems.add(&raw.place, "expected exactly one of cn, dns, email, uri");
        return None;
    };
    let user = user.as_ref()?;
    let login = pattern(user, problems);
    let name = pattern(name, problems);
    let (login, name) = (login?, name?);
    if login.is_open() && !name.is_open() {
        problems.add(
            &user.place,
            "a `*` stands for that of the name, which has none",
        );
        return None;
    }
    Some(NameRule {
        kind: *kind,
        name,
        login,
    })
}

fn source(section: &RawAuth, dir: &Path, problems: &mut Problems) -> Option<VerifierSource> {
    let file = (section.users_file.as_ref()).map(|path| outside(dir, path, "a users", problems));
    let Some(query) = &section.auth_query else {
        if let Some(database) = &section.auth_database {
            problems.add(&database.place, "expected only with auth_query");
        }
        return file.map(VerifierSource::File);
    };
    if file.is_some() {
        problems.add(&query.place, "expected users_file or auth_query, not both");
    }
    if let Err(what) = check_query(&query.value) {
        problems.add(&query.place, what);
    }
    let Some(database) = section.auth_database.as_ref() else {
        problems.add(
            &query.place,
            "expected auth_database too: the database in which it is run",
        );
        return None;
    };
    if database.value.is_empty() {
        problems.add(&database.place, "expected the name of a database");
    }
    Some(VerifierSource::Query {
        text: query.value.clone(),
        database: database.value.clone(),
    })
}
