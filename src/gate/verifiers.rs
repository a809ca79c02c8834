//! Where the verifiers of `scram` come from, and that of nobody.

use std::num::NonZeroU32;
use std::time::SystemTime;

use super::lookup::{Lookup, Stored};
use crate::auth::Users;
use crate::auth::scram::{ITERATIONS, Verifier};
use crate::fault::Refusal;
use crate::policy::{ServerSettings, VerifierSource};

/// What a proof is weighed against.
pub struct Known {
    /// The verifier.
    pub verifier: Verifier,
    /// However well a proof fits, it does not count: the password has run out.
    pub doomed: bool,
}

/// A source of verifiers.
pub(super) enum Source {
    /// None.
    Nowhere,
    /// A file, as it was when it was read.
    File(Users),
    /// A query.
    Query(Box<Lookup>),
}

impl Source {
    pub(super) fn read(settings: &ServerSettings) -> Result<Source, Vec<String>> {
        Ok(match &settings.auth.source {
            None => Source::Nowhere,
            Some(VerifierSource::File(path)) => Source::File(super::users(path)?),
            Some(VerifierSource::Query { text, database }) => Source::Query(Box::new(Lookup::new(
                text,
                database,
                settings.upstream.clone(),
            ))),
        })
    }

    /// Whoever is not known, or has no verifier, gets one that nothing fits: the exchange goes its whole way and
    /// fails as with a wrong password.
    pub(super) async fn known(&self, user: &str, nobody: &[u8]) -> Result<Known, Refusal> {
        let usual = NonZeroU32::new(ITERATIONS).unwrap_or(NonZeroU32::MIN);
        let (account, iterations) = match self {
            Source::Nowhere => (None, usual),
            Source::File(users) => (
                users.get(user).cloned(),
                users.usual_iterations().unwrap_or(usual),
            ),
            Source::Query(lookup) => {
                let (stored, iterations) = lookup.ask(user).await?;
                let account = match stored {
                    Stored::Account(account) => Some(account),
                    Stored::Nobody | Stored::WithoutVerifier => None,
                };
                (account, iterations.unwrap_or(usual))
            }
        };
        Ok(match account {
            Some(account) => Known {
                doomed: !account.is_valid(SystemTime::now()),
                verifier: account.verifier,
            },
            None => Known {
                verifier: Verifier::mock(nobody, user, iterations),
                doomed: true,
            },
        })
    }
}

/// What the auth query of the settings says of a user, where there is one: for `check`.
///
/// # Errors
/// `LookupFailed`, with the reason in full: it is for an operator's eyes.
pub async fn stored(settings: &ServerSettings, user: &str) -> Result<Option<Stored>, String> {
    match &settings.auth.source {
        None | Some(VerifierSource::File(_)) => Ok(None),
        Some(VerifierSource::Query { text, database }) => {
            Lookup::new(text, database, settings.upstream.clone())
                .tell(user)
                .await
                .map(|(stored, _)| Some(stored))
        }
    }
}
