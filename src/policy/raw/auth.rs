//! `[auth]` as it is written: a method, or ordered rules.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::declare::{section, words};
use super::read::{Node, Raw};
use crate::policy::problem::{Located, Problems};

section! {
    /// How clients prove who they are: one `method`, or `rules` of which the first that fits decides.
    RawAuth {
        /// For every connection. `relay`: the server asks, the proxy passes it on. Default: `relay`.
        key "method" method: RawMethod;
        /// Ordered rules, as in pg_hba.conf. A connection that none fits is refused.
        key "rules" rules: Vec<Located<RawAuthRule>>;
        /// The verifiers of `scram`, written by `sealwire users`; relative to the rules folder, and not inside it.
        key "users_file" users_file: String;
        /// In place of the file: a SELECT that gives name, verifier and valid_until of user `$1`, run by the service user. Every name stands with its schema.
        key "auth_query" auth_query: String;
        /// The database in which the query is run.
        key "auth_database" auth_database: String;
        /// Passwords with which clients of `cert` are logged in to the server; relative to the rules folder, and not inside it.
        key "passwords_file" passwords_file: String;
    }
}

words! {
    /// A method of authentication. `relay`: the server asks, the proxy passes it on. `password`: the proxy asks for the password (inside TLS, or from this host) and logs in with it. `scram`: the proxy ends SCRAM-SHA-256 and logs in with what the proof gives. `cert`: a client certificate. `reject`: nobody.
    RawMethod {
        "relay" => Relay,
        "password" => Password,
        "scram" => Scram,
        "cert" => Cert,
        "reject" => Reject,
    }
    later ["oidc", "ldap", "jwt", "radius", "gss", "peer"]
}

section! {
    /// One rule. What is left out fits everything.
    RawAuthRule {
        /// Databases: a name, a name with one `*`, or a list of these. Default: `all`.
        key "database" database: OneOrMore;
        /// Users, likewise. Default: `all`.
        key "user" user: OneOrMore;
        /// Where clients come from: an address, a network such as `10.0.0.0/8`, `loopback`, or a list of these. Default: `all`.
        key "address" address: OneOrMore;
        /// Only with (`true`) or only without (`false`) TLS. Default: both.
        key "tls" tls: bool;
        /// How they prove who they are.
        need "method" method: RawMethod;
        /// For `cert`: which names may log in as whom. Default: the common name is the login.
        key "map" map: Vec<Located<RawNameRule>>;
    }
}

section! {
    /// Who has a certificate with this name may log in as this user. One of `cn`, `dns`, `email`, `uri`.
    RawNameRule {
        /// The common name; one `*` stands for any characters.
        key "cn" cn: String;
        /// A DNS name among the alternative names.
        key "dns" dns: String;
        /// An e-mail address among them.
        key "email" email: String;
        /// A URI among them.
        key "uri" uri: String;
        /// The user; its `*` stands for what that of the name stood for.
        need "user" user: String;
    }
}

/// A text, or a list of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) struct OneOrMore(pub(in crate::policy) Vec<Located<String>>);

impl Raw for OneOrMore {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value {
            DeValue::String(text) => Some(OneOrMore(vec![Located {
                value: text.to_string(),
                place: node.place.clone(),
            }])),
            DeValue::Array(_) => Vec::<Located<String>>::read(node, problems).map(OneOrMore),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => {
                node.expected("a name, or a list of names", problems);
                None
            }
        }
    }
}

impl JsonSchema for OneOrMore {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMore".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
        ] })
    }
}
