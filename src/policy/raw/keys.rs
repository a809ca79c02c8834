//! What the rule format says of keys.

use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::declare::{section, words};
use super::read::{Node, Raw};
use crate::policy::problem::Problems;

section! {
    /// Where the key-encryption key is.
    RawKeys {
        /// Who holds it.
        need "provider" provider: RawProvider;
        /// The key file; relative to the rules folder, and not inside it. With another provider there is no such file: copies of the
        /// wrapped keysets and the record of the last backup are named after it.
        need "path" path: String;
        /// A file with the passphrase of the key file; relative to the rules folder, and not inside it. Default: the environment
        /// variable SEALWIRE_KEY_PASSPHRASE.
        key "passphrase_file" passphrase_file: String;
        /// How long keys are used without an answer of `pkcs11` or `vault`, such as `15m` or `1h`; `forever`: until the proxy ends.
        /// Default: `1h`.
        key "cache" cache: RawLifetime;
        /// A hardware module.
        key "pkcs11" pkcs11: RawPkcs11;
        /// The Transit engine of a Vault server.
        key "vault" vault: RawVault;
    }
}

section! {
    /// Where the keys of data subjects are: outside the protected database, and not in its backups.
    RawSubjects {
        /// `file:` and a folder; relative to the rules folder, and not inside it. Or `postgresql://LOGIN@HOST:PORT/DATABASE`: a database other
        /// than the protected one, best on another server. Words such as `sslrootcert=` behind a `?`; without them TLS is verified wherever
        /// the host is another. Every proxy of the database uses the same store.
        need "store" store: String;
        /// A file with the password of that login; relative to the rules folder, and not inside it. Default: the environment variable
        /// SEALWIRE_SUBJECTS_PASSWORD.
        key "password_file" password_file: String;
        /// A file with the intermediate key, that the subjects' keys are wrapped under; relative to the rules folder, and neither
        /// inside it nor inside the store. It is backed up too, and its backups are kept shortly.
        need "intermediate" intermediate: String;
        /// Days after which the intermediate key is to be replaced (`sealwire rotate subjects`), so that copies of the store
        /// age out. Default: 30.
        key "replace_days" replace_days: u32;
        /// Days for which copies of the intermediate key are kept, in backups of this host for instance. Default: 30.
        key "copies_days" copies_days: u32;
    }
}

words! {
    /// A holder of the key-encryption key.
    RawProvider { "file" => File, "pkcs11" => Pkcs11, "vault" => Vault }
    later ["aws-kms"]
}

section! {
    /// A hardware module behind PKCS#11. The PIN stands in a file or in the environment variable SEALWIRE_PKCS11_PIN, never here.
    RawPkcs11 {
        /// The module's library, such as `/usr/lib/softhsm/libsofthsm2.so`; relative to the rules folder.
        need "module" module: String;
        /// Label of the token.
        need "token" token: String;
        /// Label of the key. Default: `sealwire`.
        key "key" key: String;
        /// A file with the PIN; relative to the rules folder, and not inside it.
        key "pin_file" pin_file: String;
    }
}

section! {
    /// The Transit engine of a Vault server. Token and secret id stand in files or in environment variables (VAULT_TOKEN,
    /// SEALWIRE_VAULT_SECRET_ID), never here.
    RawVault {
        /// `https://host:port`; `http` to this host alone.
        need "address" address: String;
        /// Where the engine is mounted. Default: `transit`.
        key "mount" mount: String;
        /// Name of the key. Default: `sealwire`.
        key "key" key: String;
        /// Namespace, of servers that have them.
        key "namespace" namespace: String;
        /// Certificates (PEM) of who signs the server's; relative to the rules folder.
        key "ca_file" ca_file: String;
        /// A file with a token, which somebody else renews; relative to the rules folder, and not inside it.
        key "token_file" token_file: String;
        /// Logs in as this AppRole.
        key "role_id" role_id: String;
        /// A file with its secret id; relative to the rules folder, and not inside it.
        key "secret_id_file" secret_id_file: String;
        /// Where AppRole is mounted. Default: `approle`.
        key "approle_mount" approle_mount: String;
        /// Seconds after which an answer is given up. Default: 5.
        key "timeout" timeout: u32;
    }
}

/// A time to keep keys: `None` is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) struct RawLifetime(pub(in crate::policy) Option<Duration>);

impl Raw for RawLifetime {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = String::read(node, problems)?;
        if text == "forever" {
            return Some(RawLifetime(None));
        }
        let lifetime = text.char_indices().last().and_then(|(at, unit)| {
            let number: u64 = text.get(..at)?.parse().ok()?;
            let seconds = match unit {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                'd' => 86_400,
                _ => return None,
            };
            number
                .checked_mul(seconds)
                .filter(|seconds| (1..=31_536_000).contains(seconds))
        });
        if lifetime.is_none() {
            problems.add(
                &node.place,
                "expected `forever`, or a number and a unit, s, m, h or d, such as `15m`; at most a year",
            );
        }
        lifetime.map(|seconds| RawLifetime(Some(Duration::from_secs(seconds))))
    }
}

impl JsonSchema for RawLifetime {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Lifetime".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(forever|[0-9]+[smhd])$" })
    }
}
