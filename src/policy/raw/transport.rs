//! What the rule format says of TLS, on both sides.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::declare::{section, words};
use super::read::{Node, Raw};
use crate::policy::problem::Problems;

section! {
    /// TLS towards clients. The files are looked at again while the proxy runs.
    RawListenTls {
        /// The certificate (PEM), with what leads to its issuer behind it; relative to the rules folder.
        need "cert" cert: String;
        /// Its private key (PEM); relative to the rules folder, and not inside it.
        need "key" key: String;
        /// Refuses every connection without TLS, those from the same host too. Default: false.
        key "require" require: bool;
        /// The oldest version that is spoken. Default: `1.2`.
        key "min_version" min_version: RawTlsVersion;
        /// Certificates (PEM) of those who sign client certificates. A client that shows one is verified; without it nobody is asked.
        key "client_ca" client_ca: String;
    }
}

words! {
    /// A version of TLS.
    RawTlsVersion { "1.2" => Tls12, "1.3" => Tls13 }
}

words! {
    /// From where connections without TLS are taken: `never`, from the same host, or from `anywhere`.
    RawPlain { "never" => Never, "loopback" => Loopback, "anywhere" => Anywhere }
}

words! {
    /// disable: no TLS; require: TLS with whoever answers; verify-ca: with a server whose certificate comes from the roots;
    /// verify-full: and is for the host that was asked for.
    RawUpstreamMode {
        "disable" => Disable,
        "require" => Require,
        "verify-ca" => VerifyCa,
        "verify-full" => VerifyFull,
    }
}

section! {
    /// TLS towards the server.
    RawUpstreamTlsTable {
        /// How much is demanded.
        need "mode" mode: RawUpstreamMode;
        /// Whom to trust: `system`, or a file of certificates (PEM), relative to the rules folder. Default: `system`.
        key "roots" roots: String;
        /// A client certificate (PEM), with what leads to its issuer.
        key "cert" cert: String;
        /// Its private key (PEM); relative to the rules folder, and not inside it.
        key "key" key: String;
        /// The name that the server's certificate is for. Default: the host of `address`.
        key "server_name" server_name: String;
    }
}

/// TLS towards the server: a mode by itself, or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::policy) enum RawUpstreamTls {
    Mode(RawUpstreamMode),
    Table(Box<RawUpstreamTlsTable>),
}

impl Raw for RawUpstreamTls {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value {
            DeValue::String(word) if matches!(&**word, "prefer" | "allow") => {
                problems.add(
                    &node.place,
                    format!(
                        "`{word}` goes on without TLS where the server has none, unnoticed: expected one of disable, require, verify-ca, verify-full"
                    ),
                );
                None
            }
            DeValue::String(_) => RawUpstreamMode::read(node, problems).map(RawUpstreamTls::Mode),
            DeValue::Table(_) => RawUpstreamTlsTable::read(node, problems)
                .map(|table| RawUpstreamTls::Table(Box::new(table))),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                node.expected("a mode such as \"verify-full\", or a table", problems);
                None
            }
        }
    }
}

impl JsonSchema for RawUpstreamTls {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "UpstreamTls".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mode = generator.subschema_for::<RawUpstreamMode>();
        let table = generator.subschema_for::<RawUpstreamTlsTable>();
        json_schema!({
            "description": "TLS towards the server: a mode by itself, or a table.",
            "anyOf": [mode, table],
        })
    }
}
