//! The Transit engine of a Vault server: the key-encryption key never leaves it.
//!
//! The key is of type `aes256-gcm96` and not exportable. Keysets are wrapped by `encrypt` and unwrapped by `decrypt`, with what
//! says which keyset it is as `associated_data`; derived secrets come from `hmac`. What the engine must be allowed: `read` on
//! `keys/NAME`, `update` on `encrypt/NAME`, `decrypt/NAME` and `hmac/NAME/sha2-256`; to make the key, `update` on `keys/NAME`.

mod client;
mod words;

use std::path::PathBuf;
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Fingerprint, KekInfo, KeyError, KeyProvider};
use client::Client;
use words::unusable;

pub(super) const NAME: &str = "vault";
const KEY_TYPE: &str = "aes256-gcm96";

/// How to reach a key of a Vault server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultSettings {
    /// `https://host:port`.
    pub address: String,
    /// Where the Transit engine is mounted.
    pub mount: String,
    /// Name of the key.
    pub key: String,
    /// Namespace, of servers that have them.
    pub namespace: Option<String>,
    /// Certificates (PEM) of who signs the server's.
    pub ca_file: Option<PathBuf>,
    /// No answer takes longer.
    pub timeout: Duration,
    /// How to log in.
    pub login: VaultLogin,
}

/// How to log in to a Vault server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultLogin {
    /// With a token that somebody else obtains and renews.
    Token {
        /// The file that it lies in. Default: the environment variable `VAULT_TOKEN`.
        file: Option<PathBuf>,
    },
    /// As an AppRole.
    AppRole {
        /// Where the method is mounted.
        mount: String,
        /// The role id, which is no secret.
        role_id: String,
        /// The file with the secret id. Default: the environment variable `SEALWIRE_VAULT_SECRET_ID`.
        secret_id_file: Option<PathBuf>,
    },
}

/// Makes the key.
pub(super) fn create(settings: &VaultSettings) -> Result<Box<dyn KeyProvider>, KeyError> {
    let transit = Transit::new(settings)?;
    match transit.look() {
        Ok(_) => {
            return Err(KeyError::RemoteExists {
                provider: NAME,
                key: transit.place(),
            });
        }
        Err(KeyError::NoRemoteKey { .. }) => {}
        Err(other) => return Err(other),
    }
    #[derive(Serialize)]
    struct New {
        r#type: &'static str,
    }
    let path = transit.path("keys", "");
    transit.client.post(&path, &New { r#type: KEY_TYPE })?;
    transit.look()?;
    Ok(Box::new(transit))
}

/// The server is asked at first use.
pub(super) fn open(settings: &VaultSettings) -> Result<Box<dyn KeyProvider>, KeyError> {
    Ok(Box::new(Transit::new(settings)?))
}

/// Provider `vault`.
struct Transit {
    settings: VaultSettings,
    client: Client,
}

/// What `keys/NAME` says of the key.
#[derive(Deserialize)]
struct KeyFacts {
    r#type: String,
    #[serde(default)]
    derived: bool,
    #[serde(default)]
    exportable: bool,
    #[serde(default)]
    allow_plaintext_backup: bool,
    #[serde(default)]
    min_encryption_version: u64,
    #[serde(default)]
    min_available_version: u64,
}

#[derive(Deserialize)]
struct Ciphertext {
    ciphertext: String,
}

#[derive(Deserialize)]
struct Plaintext {
    plaintext: String,
}

#[derive(Deserialize)]
struct Hmac {
    hmac: String,
}

impl Transit {
    fn new(settings: &VaultSettings) -> Result<Self, KeyError> {
        Ok(Transit {
            client: Client::new(settings)?,
            settings: settings.clone(),
        })
    }

    fn path(&self, verb: &str, rest: &str) -> String {
        format!("{}/{verb}/{}{rest}", self.settings.mount, self.settings.key)
    }

    fn place(&self) -> String {
        let namespace = self.settings.namespace.as_deref().unwrap_or_default();
        let slash = if namespace.is_empty() { "" } else { "/" };
        format!(
            "{namespace}{slash}{}/{} at {}",
            self.settings.mount, self.settings.key, self.settings.address
        )
    }

    /// The key, as it must be to be used.
    fn look(&self) -> Result<KeyFacts, KeyError> {
        let facts: KeyFacts = self.client.get(&self.path("keys", "")).map_err(|error| {
            match error {
                // The answer does not name the key.
                KeyError::NoRemoteKey { .. } => KeyError::NoRemoteKey {
                    provider: NAME,
                    key: self.place(),
                },
                other => other,
            }
        })?;
        let why = if facts.r#type != KEY_TYPE {
            format!("it is of type {}, expected {KEY_TYPE}", facts.r#type)
        } else if facts.exportable || facts.allow_plaintext_backup {
            "it can be read out of the server (exportable, or allow_plaintext_backup)".to_owned()
        } else if facts.derived {
            "it is a key with derivation, expected one without".to_owned()
        } else {
            return Ok(facts);
        };
        Err(self.bad(why))
    }

    fn bad(&self, why: String) -> KeyError {
        KeyError::BadRemoteKey {
            provider: NAME,
            key: self.place(),
            why,
        }
    }

    /// The key's name, since nothing of the key itself is to be had that never changes: neither its versions nor their HMACs.
    fn fingerprint(&self) -> Fingerprint {
        let mut context = Context::new(&SHA256);
        context.update(b"sealwire vault key\0");
        let namespace = self.settings.namespace.as_deref().unwrap_or_default();
        for part in [namespace, &self.settings.mount, &self.settings.key] {
            context.update(part.as_bytes());
            context.update(b"\0");
        }
        let first = context.finish().as_ref().first_chunk::<8>().copied();
        Fingerprint(first.unwrap_or_default())
    }

    fn encrypt(&self, plain: &[u8], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        #[derive(Serialize)]
        struct Question<'a> {
            plaintext: &'a str,
            associated_data: &'a str,
        }
        let plaintext = Zeroizing::new(STANDARD.encode(plain));
        let question = Question {
            plaintext: &plaintext,
            associated_data: &STANDARD.encode(associated),
        };
        let answer: Ciphertext = self
            .client
            .ask(&self.path("encrypt", ""), &question)
            .map_err(|refused| refused.quietly())?;
        if !answer.ciphertext.starts_with("vault:v") || !answer.ciphertext.is_ascii() {
            return Err(unusable("its answer holds no ciphertext"));
        }
        Ok(answer.ciphertext.into_bytes())
    }
}

impl KeyProvider for Transit {
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        // A token that may create would have the server make a key of that name.
        self.look()?;
        let wrapped = self.encrypt(plain, associated)?;
        match self.unwrap(&wrapped, associated)? {
            Some(opened) if opened.as_slice() == plain => {}
            Some(_) | None => return Err(self.bad("what it wraps does not unwrap".to_owned())),
        }
        // Servers before 1.9 do not know associated data, and leave it out without a word.
        let mut other = associated.to_vec();
        other.push(0);
        match self.unwrap(&wrapped, &other)? {
            None => Ok(wrapped),
            Some(_) => Err(self.bad(
                "this server does not authenticate associated data: Vault 1.9 or later is needed"
                    .to_owned(),
            )),
        }
    }

    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        #[derive(Serialize)]
        struct Question<'a> {
            ciphertext: &'a str,
            associated_data: &'a str,
        }
        let Some(ciphertext) = std::str::from_utf8(wrapped)
            .ok()
            .filter(|text| text.starts_with("vault:v"))
        else {
            return Ok(None);
        };
        let question = Question {
            ciphertext,
            associated_data: &STANDARD.encode(associated),
        };
        let answer = self
            .client
            .ask::<Plaintext>(&self.path("decrypt", ""), &question);
        let plaintext = match answer {
            Ok(answer) => Zeroizing::new(answer.plaintext),
            Err(refused) if refused.is_forgery() => return Ok(None),
            Err(refused) => return Err(refused.told()),
        };
        let plain = STANDARD.decode(plaintext.as_bytes()).map(Zeroizing::new);
        match plain {
            Ok(plain) if plain.len() == 32 => Ok(Some(plain)),
            Ok(_) | Err(_) => Err(unusable("its answer holds no key")),
        }
    }

    /// HMAC-SHA256 under the oldest version of the key that the server lets be used: rotating the key changes nothing.
    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        #[derive(Serialize)]
        struct Question<'a> {
            input: &'a str,
            key_version: u64,
        }
        let facts = self.look()?;
        let question = Question {
            input: &STANDARD.encode(format!("sealwire derive v1\0{purpose}")),
            key_version: facts
                .min_encryption_version
                .max(facts.min_available_version)
                .max(1),
        };
        let answer: Hmac = self
            .client
            .ask(&self.path("hmac", "/sha2-256"), &question)
            .map_err(|refused| refused.told())?;
        let text = Zeroizing::new(answer.hmac);
        let tag = text
            .strip_prefix("vault:v")
            .and_then(|rest| rest.split_once(':'))
            .and_then(|(_, tag)| STANDARD.decode(tag).ok())
            .map(Zeroizing::new)
            .and_then(|tag| <[u8; 32]>::try_from(tag.as_slice()).ok());
        tag.map(Zeroizing::new)
            .ok_or_else(|| unusable("its answer holds no HMAC"))
    }

    /// Asks for the key, so that it is known to be there.
    fn describe(&self) -> Result<KekInfo, KeyError> {
        self.look()?;
        Ok(KekInfo {
            provider: NAME,
            place: self.place(),
            fingerprint: self.fingerprint(),
            passphrase: true,
        })
    }

    fn refresh(&self) -> Result<(), KeyError> {
        self.client.renew();
        Ok(())
    }
}
