//! Questions to a Vault server over HTTP(S), and the login that they need.

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ureq::Agent;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use zeroize::Zeroizing;

use super::words::{Refused, failed, unusable};
use super::{NAME, VaultLogin, VaultSettings};
use crate::keys::KeyError;
use crate::keys::given::Given;

/// No answer of the engine is nearly as long.
const LONGEST_ANSWER: u64 = 64 * 1024;

pub(super) struct Client {
    agent: Agent,
    address: String,
    namespace: Option<String>,
    login: VaultLogin,
    /// Of an AppRole: the token, and when half its time is over.
    token: Mutex<Option<(Zeroizing<String>, Option<Instant>)>>,
}

/// What all answers have.
#[derive(Deserialize)]
struct Answer<T> {
    data: T,
}

#[derive(Deserialize)]
struct LoggedIn {
    auth: Auth,
}

#[derive(Deserialize)]
struct Auth {
    client_token: String,
    #[serde(default)]
    lease_duration: u64,
}

impl Client {
    pub(super) fn new(settings: &VaultSettings) -> Result<Self, KeyError> {
        let config = Agent::config_builder()
            .timeout_global(Some(settings.timeout))
            .http_status_as_error(false)
            // A token must not follow to wherever an answer points.
            .max_redirects(0)
            // Keys take no way round by what the environment says.
            .proxy(None)
            .user_agent("sealwire")
            .tls_config(tls(settings)?)
            .build();
        Ok(Client {
            agent: Agent::new_with_config(config),
            address: settings.address.trim_end_matches('/').to_owned(),
            namespace: settings.namespace.clone(),
            login: settings.login.clone(),
            token: Mutex::default(),
        })
    }

    /// What lies at a path.
    pub(super) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, KeyError> {
        let text = self
            .authenticated(|token| self.send(path, Some(token), None))
            .map_err(|refused| refused.told())?;
        parse::<Answer<T>>(&text).map(|answer| answer.data)
    }

    /// Writes something whose answer does not matter.
    pub(super) fn post(&self, path: &str, body: &impl Serialize) -> Result<(), KeyError> {
        let body = render(body)?;
        self.authenticated(|token| self.send(path, Some(token), Some(&body)))
            .map(drop)
            .map_err(|refused| refused.told())
    }

    /// Asks something with a body.
    pub(super) fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Refused> {
        let body = render(body)?;
        let text = self.authenticated(|token| self.send(path, Some(token), Some(&body)))?;
        Ok(parse::<Answer<T>>(&text)?.data)
    }

    /// Renews a token that can be renewed. Where it cannot, the next question will tell.
    pub(super) fn renew(&self) {
        if matches!(self.login, VaultLogin::Token { .. })
            && let Ok(token) = self.token()
        {
            let _the_next_question_tells =
                self.send("auth/token/renew-self", Some(&token), Some(b"{}"));
        }
    }

    /// With a token; an AppRole whose token has ended logs in again, once.
    fn authenticated(
        &self,
        send: impl Fn(&str) -> Result<Zeroizing<Vec<u8>>, Refused>,
    ) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let token = self.token()?;
        match send(&token) {
            Err(refused)
                if refused.is_denied() && matches!(self.login, VaultLogin::AppRole { .. }) =>
            {
                *self.kept() = None;
                let again = self.token()?;
                send(&again)
            }
            answer => answer,
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<(Zeroizing<String>, Option<Instant>)>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn token(&self) -> Result<Zeroizing<String>, KeyError> {
        let (mount, role_id, secret_id_file) = match &self.login {
            VaultLogin::Token { file } => {
                return Given {
                    what: "the token of the Vault server",
                    variable: "VAULT_TOKEN",
                    key: "keys.vault.token_file",
                    file: file.clone(),
                }
                .read();
            }
            VaultLogin::AppRole {
                mount,
                role_id,
                secret_id_file,
            } => (mount, role_id, secret_id_file),
        };
        let mut kept = self.kept();
        if let Some((token, until)) = kept.as_ref()
            && until.is_none_or(|until| Instant::now() < until)
        {
            return Ok(token.clone());
        }
        #[derive(Serialize)]
        struct Login<'a> {
            role_id: &'a str,
            secret_id: &'a str,
        }
        let secret_id = Given {
            what: "the secret id of the AppRole",
            variable: "SEALWIRE_VAULT_SECRET_ID",
            key: "keys.vault.secret_id_file",
            file: secret_id_file.clone(),
        }
        .read()?;
        let login = Login {
            role_id,
            secret_id: &secret_id,
        };
        let text = self
            .send(&format!("auth/{mount}/login"), None, Some(&render(&login)?))
            .map_err(|refused| refused.at_login())?;
        let auth = parse::<LoggedIn>(&text)?.auth;
        let token = Zeroizing::new(auth.client_token);
        // No duration: it does not end.
        let half = Duration::from_secs(auth.lease_duration / 2);
        let until = (!half.is_zero()).then(|| Instant::now() + half);
        *kept = Some((token.clone(), until));
        Ok(token)
    }

    /// One request. The answer's body, where its status is a good one.
    fn send(
        &self,
        path: &str,
        token: Option<&str>,
        body: Option<&[u8]>,
    ) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let url = format!("{}/v1/{path}", self.address);
        let answered = match body {
            Some(body) => {
                let mut request = self.agent.post(url).header("X-Vault-Request", "true");
                if let Some(token) = token {
                    request = request.header("X-Vault-Token", token);
                }
                if let Some(namespace) = &self.namespace {
                    request = request.header("X-Vault-Namespace", namespace);
                }
                request.content_type("application/json").send(body)
            }
            None => {
                let mut request = self.agent.get(url).header("X-Vault-Request", "true");
                if let Some(token) = token {
                    request = request.header("X-Vault-Token", token);
                }
                if let Some(namespace) = &self.namespace {
                    request = request.header("X-Vault-Namespace", namespace);
                }
                request.call()
            }
        };
        let mut answer = answered.map_err(|error| failed(&error))?;
        let status = answer.status().as_u16();
        // Room for all, so that a key is not left behind in a buffer that was moved.
        let mut text = Zeroizing::new(Vec::with_capacity(8 * 1024));
        answer
            .body_mut()
            .as_reader()
            .take(LONGEST_ANSWER)
            .read_to_end(&mut text)
            .map_err(|_| unusable("its answer broke off"))?;
        match status {
            200..=299 => Ok(text),
            _ => Err(Refused::new(status, &text)),
        }
    }
}

fn render(body: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut out = Zeroizing::new(Vec::with_capacity(8 * 1024));
    serde_json::to_writer(&mut *out, body).map_err(|_| KeyError::Backend { step: "JSON" })?;
    Ok(out)
}

/// The parser's own words would quote the text.
fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, KeyError> {
    serde_json::from_slice(text)
        .map_err(|_| unusable("its answer is cut off, or not what was asked for"))
}

fn tls(settings: &VaultSettings) -> Result<TlsConfig, KeyError> {
    let builder = TlsConfig::builder().unversioned_rustls_crypto_provider(Arc::new(
        rustls::crypto::aws_lc_rs::default_provider(),
    ));
    let roots = match &settings.ca_file {
        // Over plain HTTP, on this host, nobody is asked who signed him.
        None => RootCerts::new_with_certs(&[]),
        Some(file) => {
            let wrong = |why: String| KeyError::Misconfigured {
                provider: NAME,
                why: format!("{}: {why}", file.display()),
            };
            let text = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
            let mut certificates = Vec::new();
            for item in parse_pem(&text) {
                match item {
                    Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
                    Ok(_) => {}
                    Err(_) => return Err(wrong("expected certificates (PEM)".to_owned())),
                }
            }
            if certificates.is_empty() {
                return Err(wrong("expected certificates (PEM), found none".to_owned()));
            }
            RootCerts::new_with_certs(&certificates)
        }
    };
    Ok(builder.root_certs(roots).build())
}
