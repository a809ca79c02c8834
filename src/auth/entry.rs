//! Logging in to the server behind as the user that a client has proved to be: what to answer to each of its
//! Authentication messages.

use zeroize::Zeroizing;

use super::credential::{Credential, Password};
use super::scram::client::{Begun, ClientError, Proving, Secret};
use crate::fault::{Fault, Refusal};
use crate::identity::Principal;
use crate::wire::{self, Authentication};

/// The way to the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// Hash of the server's certificate, where the way is TLS and it can be had.
    pub end_point: Option<Vec<u8>>,
    /// Nobody listens: TLS, a unix socket or loopback.
    pub private: bool,
}

/// Whether a server may let somebody in without asking for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unasked {
    /// It may.
    Accept,
    /// It may not: what it would let in, nobody has looked at.
    Refuse,
}

/// What to do next.
pub enum Step {
    /// Send this as the body of a PasswordMessage, SASLInitialResponse or SASLResponse.
    Send(Zeroizing<Vec<u8>>),
    /// Wait for the next message.
    Wait,
    /// The server has let us in, as this.
    Done(Principal),
}

/// One login.
pub struct Entry<'a> {
    user: &'a str,
    credential: &'a Credential,
    way: &'a Way,
    unasked: Unasked,
    state: State,
}

enum State {
    /// Nothing was asked.
    Fresh,
    /// A password was sent.
    Answered,
    /// SASL was begun.
    Begun(Begun),
    /// The proof was sent.
    Proving(Proving),
    /// The server has proved itself.
    Proved(Proving),
}

impl<'a> Entry<'a> {
    /// For the user of the startup packet.
    pub fn new(
        user: &'a str,
        credential: &'a Credential,
        way: &'a Way,
        unasked: Unasked,
    ) -> Entry<'a> {
        Entry {
            user,
            credential,
            way,
            unasked,
            state: State::Fresh,
        }
    }

    /// The server sent an Authentication message.
    ///
    /// # Errors
    /// Where it asks for what we do not have or must not give, or does not prove itself.
    pub fn requested(&mut self, body: &[u8]) -> Result<Step, Refusal> {
        let request = wire::authentication(body)
            .map_err(|malformed| Refusal::new(Fault::ProtocolViolation, malformed.to_string()))?;
        let state = std::mem::replace(&mut self.state, State::Answered);
        match (request, state) {
            (Authentication::Ok, State::Fresh) if self.unasked == Unasked::Refuse => {
                Err(let_in_unasked())
            }
            (Authentication::Ok, state @ (State::Fresh | State::Answered | State::Proved(_))) => {
                self.state = state;
                Ok(Step::Done(Principal {
                    login: self.user.to_owned(),
                    groups: Vec::new(),
                }))
            }
            (Authentication::Ok, State::Begun(_) | State::Proving(_)) => {
                Err(self.sasl(ClientError::Server))
            }
            (Authentication::Cleartext, State::Fresh) => self.cleartext(),
            (Authentication::Md5(salt), State::Fresh) => {
                let mut answer = self.password("md5")?.md5(self.user, &salt);
                answer.push(0);
                Ok(Step::Send(answer))
            }
            (Authentication::Sasl(mechanisms), State::Fresh) => {
                if matches!(self.credential, Credential::None) {
                    return Err(self.nothing_to_give());
                }
                let (begun, body) = Begun::new(&mechanisms, self.way.end_point.as_deref())
                    .map_err(|error| self.sasl(error))?;
                self.state = State::Begun(begun);
                Ok(Step::Send(Zeroizing::new(body)))
            }
            (Authentication::SaslContinue(challenge), State::Begun(begun)) => {
                let secret = match self.credential {
                    Credential::Password(password) => Secret::Password(password),
                    Credential::Keys(keys) => Secret::Keys(keys),
                    Credential::None => return Err(self.nothing_to_give()),
                };
                let (proving, message) = begun
                    .prove(challenge, &secret)
                    .map_err(|error| self.sasl(error))?;
                self.state = State::Proving(proving);
                Ok(Step::Send(Zeroizing::new(message.into_bytes())))
            }
            (Authentication::SaslFinal(last), State::Proving(proving)) => {
                proving.finish(last).map_err(|error| self.sasl(error))?;
                self.state = State::Proved(proving);
                Ok(Step::Wait)
            }
            (Authentication::Other(_), _) => Err(Refusal::new(
                Fault::UpstreamMethod,
                "the server asks for an authentication that cannot be done on behalf of a client",
            )),
            (
                Authentication::Cleartext
                | Authentication::Md5(_)
                | Authentication::Sasl(_)
                | Authentication::SaslContinue(_)
                | Authentication::SaslFinal(_),
                _,
            ) => Err(Refusal::new(
                Fault::ProtocolViolation,
                "the server's authentication messages are out of order",
            )),
        }
    }

    /// Salt and iterations of the server's verifier, once both sides have proved themselves.
    pub fn salt(&self) -> Option<&(Vec<u8>, std::num::NonZeroU32)> {
        match &self.state {
            State::Proved(proving) => Some(&proving.salt),
            State::Fresh | State::Answered | State::Begun(_) | State::Proving(_) => None,
        }
    }

    fn cleartext(&self) -> Result<Step, Refusal> {
        let password = self.password("cleartext")?;
        if !self.way.private {
            return Err(Refusal::new(
                Fault::UpstreamMethod,
                "the server asks for the password in the clear, over a connection that others can read",
            )
            .with_hint("Use TLS towards the server, or scram-sha-256 in its pg_hba.conf."));
        }
        Ok(Step::Send(Zeroizing::new(
            [password.expose_secret(), b"\0"].concat(),
        )))
    }

    /// The password, for a method that can use nothing else.
    fn password(&self, method: &str) -> Result<&'a Password, Refusal> {
        match self.credential {
            Credential::Password(password) => Ok(password),
            Credential::Keys(_) => Err(Refusal::new(
                Fault::UpstreamMethod,
                format!(
                    "the server asks for a {method} password, and a login by SCRAM leaves none"
                ),
            )
            .with_hint(
                "Use scram-sha-256 in the server's pg_hba.conf, or method = \"password\" here.",
            )),
            Credential::None => Err(self.nothing_to_give()),
        }
    }

    fn nothing_to_give(&self) -> Refusal {
        Refusal::new(
            Fault::UpstreamMethod,
            format!(
                "the server asks for a password of user \"{}\", and there is none here",
                self.user
            ),
        )
        .with_hint(
            "Put it into [auth] passwords_file, or let the server take the proxy's own certificate.",
        )
    }

    fn sasl(&self, error: ClientError) -> Refusal {
        let user = self.user;
        match error {
            ClientError::VerifierDiffers => Refusal::new(
                Fault::VerifierDiffers,
                format!(
                    "the server keeps another password verifier of user \"{user}\" than Sealwire"
                ),
            ),
            ClientError::Server
            | ClientError::Malformed(_)
            | ClientError::Mechanism
            | ClientError::Random(_) => Refusal::new(
                Fault::UpstreamMethod,
                format!("logging in to the server: {error}"),
            ),
        }
    }
}

/// The server let a client in whom nobody has asked for anything.
pub(super) fn let_in_unasked() -> Refusal {
    Refusal::new(
        Fault::UpstreamTrust,
        "the server lets this connection in without asking for a password",
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;

    fn request(code: i32, rest: &[u8]) -> Vec<u8> {
        [&code.to_be_bytes()[..], rest].concat()
    }

    fn password() -> Credential {
        Credential::Password(Password::new(b"secret".to_vec()))
    }

    fn fault(entry: &mut Entry<'_>, body: &[u8]) -> Fault {
        match entry.requested(body) {
            Err(refusal) => refusal.fault,
            Ok(_) => panic!("taken"),
        }
    }

    #[test]
    fn trust_is_refused_where_it_must_be() {
        let (credential, way) = (password(), Way::default());
        let ok = request(0, b"");
        let mut entry = Entry::new("ann", &credential, &way, Unasked::Refuse);
        assert_eq!(fault(&mut entry, &ok), Fault::UpstreamTrust);
        let mut entry = Entry::new("ann", &credential, &way, Unasked::Accept);
        assert!(matches!(entry.requested(&ok), Ok(Step::Done(_))));
    }

    #[test]
    fn a_password_goes_out_in_the_clear_only_where_nobody_listens() {
        let credential = password();
        let (open, private) = (
            Way::default(),
            Way {
                private: true,
                ..Way::default()
            },
        );
        let ask = request(3, b"");
        let mut entry = Entry::new("ann", &credential, &open, Unasked::Refuse);
        assert_eq!(fault(&mut entry, &ask), Fault::UpstreamMethod);
        let mut entry = Entry::new("ann", &credential, &private, Unasked::Refuse);
        let Step::Send(body) = entry.requested(&ask).unwrap() else {
            panic!("no answer");
        };
        assert_eq!(body.as_slice(), b"secret\0");
        assert!(matches!(
            entry.requested(&request(0, b"")),
            Ok(Step::Done(_))
        ));
    }

    #[test]
    fn an_ok_before_the_server_has_proved_itself_is_none() {
        let (credential, way) = (password(), Way::default());
        let mut entry = Entry::new("ann", &credential, &way, Unasked::Accept);
        let Step::Send(first) = entry.requested(&request(10, b"SCRAM-SHA-256\0\0")).unwrap() else {
            panic!("no answer");
        };
        let text = String::from_utf8_lossy(&first).into_owned();
        let nonce = text.split("r=").nth(1).unwrap();
        let challenge = format!("r={nonce}abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        let answer = entry.requested(&request(11, challenge.as_bytes()));
        assert!(matches!(answer, Ok(Step::Send(_))));
        assert_eq!(fault(&mut entry, &request(0, b"")), Fault::UpstreamMethod);
    }

    #[test]
    fn without_anything_to_give_nothing_is_given() {
        let (credential, way) = (Credential::None, Way::default());
        for ask in [
            request(3, b""),
            request(5, &[1, 2, 3, 4]),
            request(10, b"SCRAM-SHA-256\0\0"),
        ] {
            let mut entry = Entry::new("ann", &credential, &way, Unasked::Accept);
            assert_eq!(fault(&mut entry, &ask), Fault::UpstreamMethod);
        }
    }
}
