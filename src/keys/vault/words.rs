//! What a Vault server's refusals mean to an operator.

use serde::Deserialize;

use super::NAME;
use crate::keys::KeyError;

/// Longer texts of the server are cut.
const LONGEST: usize = 200;

/// An answer that is no good, or a question that did not get that far.
pub(super) enum Refused {
    /// The server's status, and what it said.
    Status(u16, Vec<String>),
    /// Anything else.
    Other(KeyError),
}

impl From<KeyError> for Refused {
    fn from(error: KeyError) -> Self {
        Refused::Other(error)
    }
}

impl Refused {
    pub(super) fn new(status: u16, body: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Errors {
            errors: Vec<String>,
        }
        let errors = serde_json::from_slice::<Errors>(body)
            .map(|body| body.errors)
            .unwrap_or_default();
        Refused::Status(status, errors)
    }

    /// The token counts for nothing, or not for this.
    pub(super) fn is_denied(&self) -> bool {
        matches!(self, Refused::Status(403, _))
    }

    /// The ciphertext does not authenticate.
    pub(super) fn is_forgery(&self) -> bool {
        match self {
            // Some versions say so with a 500.
            Refused::Status(400 | 500, errors) => errors.iter().any(|error| {
                error.contains("message authentication failed")
                    || error.contains("invalid ciphertext")
            }),
            Refused::Status(..) | Refused::Other(_) => false,
        }
    }

    /// In our words, with the server's own behind them.
    pub(super) fn told(self) -> KeyError {
        self.worded(true)
    }

    /// Without the server's own words: the question held a key, which they might quote.
    pub(super) fn quietly(self) -> KeyError {
        self.worded(false)
    }

    /// The same of a login.
    pub(super) fn at_login(self) -> KeyError {
        match self {
            Refused::Status(400 | 403 | 404, _) => KeyError::Denied {
                provider: NAME,
                why: "the login as AppRole fails: its role id, its secret id, or where it is mounted is wrong".to_owned(),
                for_good: false,
            },
            other => other.worded(false),
        }
    }

    fn worded(self, quote: bool) -> KeyError {
        let (status, errors) = match self {
            Refused::Other(error) => return error,
            Refused::Status(status, errors) => (status, errors),
        };
        let words = errors
            .iter()
            .find(|error| quote && !error.trim().is_empty())
            .map(|error| {
                let line = error.replace(|c: char| c.is_control(), " ");
                format!(
                    ": {}",
                    line.trim().chars().take(LONGEST).collect::<String>()
                )
            })
            .unwrap_or_default();
        let missing = |error: &String| error.contains("no handler for route");
        match status {
            403 => KeyError::Denied {
                provider: NAME,
                why: format!(
                    "the token has ended, or its policy does not permit this (HTTP 403){words}"
                ),
                for_good: false,
            },
            404 if errors.iter().any(missing) => KeyError::Misconfigured {
                provider: NAME,
                why: format!("no Transit engine is mounted there (HTTP 404){words}"),
            },
            404 => KeyError::NoRemoteKey {
                provider: NAME,
                key: "of that name".to_owned(),
            },
            400 if errors.iter().any(|error| error.contains("key not found")) => {
                KeyError::NoRemoteKey {
                    provider: NAME,
                    key: "of that name".to_owned(),
                }
            }
            400..=428 | 430..=471 => KeyError::Denied {
                provider: NAME,
                why: format!("it does not take the question (HTTP {status}){words}"),
                for_good: false,
            },
            300..=399 => unusable(&format!(
                "it sends us elsewhere (HTTP {status}): name the active server, or one that forwards"
            )),
            429 => unusable(&format!("it is asked too often (HTTP 429){words}")),
            472 | 473 => unusable(&format!("it is a standby (HTTP {status}){words}")),
            503 => unusable(&format!("it is sealed or not ready (HTTP 503){words}")),
            _ => unusable(&format!("it answers with HTTP {status}{words}")),
        }
    }
}

/// It cannot be used now.
pub(super) fn unusable(why: &str) -> KeyError {
    KeyError::Unreachable {
        provider: NAME,
        why: why.to_owned(),
    }
}

/// A request that got no answer.
pub(super) fn failed(error: &ureq::Error) -> KeyError {
    match error {
        ureq::Error::Timeout(_) => unusable("it does not answer in time"),
        ureq::Error::HostNotFound => unusable("its host is not known"),
        ureq::Error::ConnectionFailed => unusable("no connection to it"),
        ureq::Error::Io(error) => unusable(&match error.kind() {
            std::io::ErrorKind::ConnectionRefused => "it refuses connections".to_owned(),
            kind => format!("the connection failed ({kind})"),
        }),
        ureq::Error::Rustls(reason) => unusable(&format!("TLS: {reason}")),
        ureq::Error::BadUri(_) => KeyError::Misconfigured {
            provider: NAME,
            why: "its address is none".to_owned(),
        },
        // Whatever else it is, its words might quote the request.
        _ => unusable("it does not speak HTTP as expected"),
    }
}
