//! Who connects: authentication flows that end in a `Principal`. With `relay` the server asks and decides;
//! every request and answer goes through as it is, and the principal is the login it accepted.
//!
//! Absent: sockets (session moves the bytes), rights (policy).

use crate::fault::{Fault, Refusal};
use crate::identity::Principal;
use crate::wire;

/// The longest answer of a client before it is authenticated (PostgreSQL's `PG_MAX_AUTH_TOKEN_LENGTH`).
pub const MAX_ANSWER: usize = 65_535;

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// The server goes on.
    Going,
    /// The server waits for the client's answer.
    Asked,
    /// It is done.
    Done(Principal),
}

/// A relayed authentication.
#[derive(Debug)]
pub struct Relay {
    login: String,
    asked: bool,
}

impl Relay {
    /// For the user of the startup packet.
    pub fn new(login: &str) -> Self {
        Relay {
            login: login.to_owned(),
            asked: false,
        }
    }

    /// The server sent an Authentication message.
    ///
    /// # Errors
    /// For a malformed message or a request that is not known.
    pub fn requested(&mut self, body: &[u8]) -> Result<Progress, Refusal> {
        let request = wire::authentication_request(body)
            .map_err(|malformed| Refusal::new(Fault::ProtocolViolation, malformed.to_string()))?;
        match request {
            0 => Ok(Progress::Done(Principal {
                login: self.login.clone(),
                groups: Vec::new(),
            })),
            // Cleartext, MD5, GSS, GSS continued, SSPI, SASL, SASL continued.
            3 | 5 | 7 | 8 | 9 | 10 | 11 => {
                self.asked = true;
                Ok(Progress::Asked)
            }
            // SASL final.
            12 => Ok(Progress::Going),
            _ => Err(Refusal::new(
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
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn only_the_servers_word_makes_a_principal() {
        let mut relay = Relay::new("ann");
        assert_eq!(
            relay.requested(&10_i32.to_be_bytes()).unwrap(),
            Progress::Asked
        );
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
}
