//! Who may come in, and how that is proved: the rules, users and passwords in force, the places of those who have
//! failed lately, and the auth query. Exchanged whole when rules or files change.
//!
//! Absent: what is said to the client or to the server (session), the proofs themselves (auth).

mod learn;
mod lookup;
mod verifiers;

use std::net::IpAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use arc_swap::ArcSwap;
use zeroize::Zeroizing;

use crate::auth::{Asking, Failures, Method, Password, Passwords, Rule, Unasked, Users, choose};
use crate::fault::{Fault, Refusal};
use crate::keys::{KeyError, KeyProvider};
use crate::policy::{ServerSettings, VerifierSource};

pub use learn::learn;
pub use lookup::Stored;
pub use verifiers::{Known, stored};

use verifiers::Source;

/// What the verifiers of nobody are made from: the same in every proxy with the same key, so that asking again, or
/// elsewhere, tells nothing.
const NOBODY: &str = "verifiers of unknown users";

/// What all sessions ask.
pub struct Gate {
    standing: ArcSwap<Standing>,
    failures: Failures,
    provider: Arc<dyn KeyProvider>,
    /// What the verifiers of nobody are made from, once the provider has answered.
    nobody: OnceLock<Zeroizing<[u8; 32]>>,
    /// Only this host can reach the proxy. It listens where it began to, whatever a later set of rules says.
    loopback: bool,
}

struct Standing {
    rules: Vec<Rule>,
    source: Source,
    passwords: Passwords,
    /// The proxy shows the server a certificate of its own.
    own_certificate: bool,
}

/// Why a gate cannot be opened: mistakes in the files of users or passwords.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct GateError(pub Vec<String>);

impl Gate {
    /// Reads the files of users and passwords that the settings name. The provider is asked when somebody has to prove
    /// who he is.
    ///
    /// # Errors
    /// Every mistake in them.
    pub fn open(
        settings: &ServerSettings,
        provider: Arc<dyn KeyProvider>,
    ) -> Result<Gate, GateError> {
        Ok(Gate {
            standing: ArcSwap::from_pointee(Standing::read(settings).map_err(GateError)?),
            failures: Failures::default(),
            provider,
            nobody: OnceLock::new(),
            loopback: settings.listen.address.is_loopback(),
        })
    }

    /// Reads them again. Who is in stays in.
    ///
    /// # Errors
    /// Every mistake in the files: what is in force stays.
    pub fn renew(&self, settings: &ServerSettings) -> Result<(), Vec<String>> {
        self.standing.store(Arc::new(Standing::read(settings)?));
        Ok(())
    }

    /// How somebody has to prove who he is.
    ///
    /// # Errors
    /// `NoAuthRule` where no rule fits, or `reject` does.
    pub fn method(&self, asking: &Asking<'_>) -> Result<Method, Refusal> {
        let standing = self.standing.load();
        match choose(&standing.rules, asking).map(|rule| &rule.method) {
            None | Some(Method::Reject) => Err(nobody_like_that(asking)),
            Some(method) => Ok(method.clone()),
        }
    }

    /// Waits until an attempt may be heard.
    ///
    /// # Errors
    /// `TooManyFailures` where that would be too long.
    pub async fn wait(&self, user: &str, peer: IpAddr) -> Result<(), Refusal> {
        match self.failures.attempt(user, peer, Instant::now()) {
            None => Err(Refusal::new(
                Fault::TooManyFailures,
                format!("too many failed logins of user \"{user}\" from here"),
            )),
            Some(wait) => {
                if !wait.is_zero() {
                    tokio::time::sleep(wait).await;
                }
                Ok(())
            }
        }
    }

    /// The attempt failed.
    pub fn failed(&self, user: &str, peer: IpAddr) {
        self.failures.failed(user, peer, Instant::now());
    }

    /// It succeeded.
    pub fn succeeded(&self, user: &str, peer: IpAddr) {
        self.failures.succeeded(user, peer);
    }

    /// The verifier that a proof of this user has to fit. One that nothing fits stands for nobody.
    ///
    /// # Errors
    /// `LookupFailed`.
    pub async fn known(&self, user: &str) -> Result<Known, Refusal> {
        let standing = self.standing.load_full();
        let nobody = self.nobody().await?;
        standing.source.known(user, nobody.as_slice()).await
    }

    /// Without it an unknown user would look otherwise than a known one, so that nobody is let in before the provider
    /// has answered.
    async fn nobody(&self) -> Result<&Zeroizing<[u8; 32]>, Refusal> {
        if let Some(known) = self.nobody.get() {
            return Ok(known);
        }
        let provider = Arc::clone(&self.provider);
        let derived = tokio::task::spawn_blocking(move || provider.derive(NOBODY)).await;
        match derived {
            Ok(Ok(derived)) => Ok(self.nobody.get_or_init(|| derived)),
            Ok(Err(error)) => Err(unavailable(&error)),
            Err(_) => Err(unavailable(&KeyError::Backend { step: "deriving" })),
        }
    }

    /// The password with which somebody is logged in who came by certificate.
    pub fn password(&self, user: &str) -> Option<Password> {
        self.standing.load().passwords.get(user)
    }

    /// Whether the server may let this client in without asking for anything. Where only this host can reach the
    /// proxy it may, as it may its own. So may a server that knows the proxy by its certificate, where the client has
    /// proved (`proved`) here who it is.
    pub fn unasked(&self, proved: bool) -> Unasked {
        let standing = self.standing.load();
        if self.loopback || (proved && standing.own_certificate) {
            Unasked::Accept
        } else {
            Unasked::Refuse
        }
    }
}

impl Standing {
    fn read(settings: &ServerSettings) -> Result<Standing, Vec<String>> {
        let (source, passwords) = (Source::read(settings), passwords(settings));
        let (source, passwords) = match (source, passwords) {
            (Ok(source), Ok(passwords)) => (source, passwords),
            (source, passwords) => {
                let mut mistakes = source.err().unwrap_or_default();
                mistakes.extend(passwords.err().unwrap_or_default());
                return Err(mistakes);
            }
        };
        Ok(Standing {
            rules: settings.auth.rules.clone(),
            source,
            passwords,
            own_certificate: settings.upstream.tls.certificate.is_some(),
        })
    }
}

fn passwords(settings: &ServerSettings) -> Result<Passwords, Vec<String>> {
    match &settings.auth.passwords_file {
        None => Ok(Passwords::default()),
        Some(path) => Passwords::read(path).map_err(|mistakes| named("passwords_file", mistakes)),
    }
}

/// The users of a file, with the key of the rules that names it in every mistake.
fn users(path: &Path) -> Result<Users, Vec<String>> {
    Users::read(path).map_err(|mistakes| named("users_file", mistakes))
}

fn named(key: &str, mistakes: Vec<String>) -> Vec<String> {
    mistakes
        .into_iter()
        .map(|mistake| format!("sealwire: auth.{key}: {mistake}"))
        .collect()
}

/// Every mistake in the files of users and passwords.
pub fn problems(settings: &ServerSettings) -> Vec<String> {
    Standing::read(settings).err().unwrap_or_default()
}

/// The files that are read again when they change.
pub fn files(settings: &ServerSettings) -> Vec<std::path::PathBuf> {
    let users = match &settings.auth.source {
        Some(VerifierSource::File(path)) => Some(path),
        Some(VerifierSource::Query { .. }) | None => None,
    };
    users
        .into_iter()
        .chain(&settings.auth.passwords_file)
        .cloned()
        .collect()
}

/// As the server says it, so that clients which read the text know it.
fn unavailable(error: &KeyError) -> Refusal {
    tracing::warn!(reason = %error, "a login has to wait for the key provider");
    Refusal::new(
        Fault::KeysetUnavailable,
        "logins cannot be verified before the key provider has answered",
    )
}

fn nobody_like_that(asking: &Asking<'_>) -> Refusal {
    Refusal::new(
        Fault::NoAuthRule,
        format!(
            "no [auth] rule of Sealwire for host \"{}\", user \"{}\", database \"{}\", {}",
            asking.peer,
            asking.user,
            asking.database,
            if asking.tls { "TLS" } else { "no TLS" }
        ),
    )
}
