//! `relay`: the server asks and decides; every request and answer goes through as it is, and the principal is the
//! login it accepted.

use super::entry::{Unasked, let_in_unasked};
use crate::fault::{Fault, Refusal};
use crate::identity::Principal;
use crate::wire::{self, Authentication};

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// The server goes on.
    Going,
    /// The server waits for the client's answer.
    Asked,
    /// It has let the client in.
    Done(Principal),
}

/// A relayed authentication.
#[derive(Debug)]
pub struct Relay {
    login: String,
    unasked: Unasked,
    private: bool,
    asked: bool,
    answered: bool,
}

impl Relay {
    /// For the user of the startup packet. `private`: nobody listens between client and proxy, nor between proxy and
    /// server.
    pub fn new(login: &str, unasked: Unasked, private: bool) -> Self {
        Relay {
            login: login.to_owned(),
            unasked,
            private,
            asked: false,
            answered: false,
        }
    }

    /// The server sent an Authentication message.
    ///
    /// # Errors
    /// For a malformed message, a request that is not known, and for letting somebody in without asking where that
    /// may not be.
    pub fn requested(&mut self, body: &[u8]) -> Result<Progress, Refusal> {
        let request = wire::authentication(body)
            .map_err(|malformed| Refusal::new(Fault::ProtocolViolation, malformed.to_string()))?;
        match request {
            Authentication::Ok if !self.answered && self.unasked == Unasked::Refuse => {
                Err(let_in_unasked())
            }
            Authentication::Ok => Ok(Progress::Done(Principal {
                login: self.login.clone(),
                groups: Vec::new(),
            })),
            Authentication::Cleartext if !self.private => Err(Refusal::new(
                Fault::PasswordInClear,
                "the server asks for the password in the clear, over a connection that others can read",
            )
            .with_hint("Use TLS, or scram-sha-256 in the server's pg_hba.conf.")),
            // GSS, GSS continued, SSPI.
            Authentication::Cleartext
            | Authentication::Md5(_)
            | Authentication::Sasl(_)
            | Authentication::SaslContinue(_)
            | Authentication::Other(7..=9) => {
                self.asked = true;
                Ok(Progress::Asked)
            }
            Authentication::SaslFinal(_) => Ok(Progress::Going),
            Authentication::Other(_) => Err(Refusal::new(
                Fault::ProtocolViolation,
                "the server asks for an authentication that is not known",
            )),
        }
    }

    /// Whether the client may answer now.
    pub fn is_asked(&self) -> bool {
        self.asked
    }

    /// The client sent a message.
    ///
    /// # Errors
    /// For one that is no answer.
    pub fn answered(&mut self, tag: u8) -> Result<(), Refusal> {
        if tag != b'p' {
            return Err(Refusal::new(
                Fault::ProtocolViolation,
                "expected an answer to the authentication request",
            ));
        }
        self.asked = false;
        self.answered = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn sasl() -> Vec<u8> {
        [&10_i32.to_be_bytes()[..], b"SCRAM-SHA-256\0\0"].concat()
    }

    #[test]
    fn only_the_servers_word_lets_anybody_in() {
        let mut relay = Relay::new("ann", Unasked::Refuse, false);
        assert_eq!(relay.requested(&sasl()).unwrap(), Progress::Asked);
        assert!(relay.answered(b'Q').is_err());
        relay.answered(b'p').unwrap();
        assert!(!relay.is_asked());
        assert_eq!(
            relay.requested(&12_i32.to_be_bytes()).unwrap(),
            Progress::Going
        );
        assert!(relay.requested(&99_i32.to_be_bytes()).is_err());
        let done = relay.requested(&0_i32.to_be_bytes()).unwrap();
        assert!(matches!(done, Progress::Done(principal) if principal.login == "ann"));
    }

    #[test]
    fn a_server_that_asks_nothing_is_refused_where_it_must_be() {
        let ok = 0_i32.to_be_bytes();
        let refused = Relay::new("ann", Unasked::Refuse, true)
            .requested(&ok)
            .unwrap_err();
        assert_eq!(refused.fault, Fault::UpstreamTrust);
        let accepted = Relay::new("ann", Unasked::Accept, true)
            .requested(&ok)
            .unwrap();
        assert!(matches!(accepted, Progress::Done(_)));
    }

    #[test]
    fn a_password_in_the_clear_is_asked_for_where_nobody_listens() {
        let cleartext = 3_i32.to_be_bytes();
        let mut heard = Relay::new("ann", Unasked::Refuse, false);
        let refused = heard.requested(&cleartext).unwrap_err();
        assert_eq!(refused.fault, Fault::PasswordInClear);
        assert!(!heard.is_asked());
        let asked = Relay::new("ann", Unasked::Refuse, true).requested(&cleartext);
        assert_eq!(asked.unwrap(), Progress::Asked);
    }
}
