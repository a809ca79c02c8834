//! The server's side: each step consumes the one before.
//!
//! [`mechanisms`] → [`ClientFirst::read`] → [`ClientFirst::challenge`] → [`Challenged::prove`] → [`Proved`].

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{
    BINDING, KEY, PLAIN, PLUS, Verifier, attribute, decode, encode, hash, is_nonce, mac, xor,
};
use crate::auth::credential::ScramKeys;
use crate::wire::Cursor;

/// Why an exchange ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServerError {
    /// Not SCRAM as we offered it.
    #[error("malformed SCRAM message: {0}")]
    Malformed(&'static str),
    /// `y`: the client believes that we know no channel binding, and we had offered it.
    #[error("SCRAM channel binding negotiation error")]
    Downgrade,
    /// The client is bound to another certificate than ours: somebody stands between.
    #[error("SCRAM channel binding check failed")]
    Binding,
    /// The proof is wrong, or of nobody.
    #[error("the proof does not fit")]
    Refused,
}

/// What is offered, as AuthenticationSASL lists it; -PLUS first, where there is a certificate to bind to.
pub fn mechanisms(end_point: Option<&[u8]>) -> &'static [&'static str] {
    match end_point {
        Some(_) => &[PLUS, PLAIN],
        None => &[PLAIN],
    }
}

/// The client's first message.
pub struct ClientFirst {
    /// What `c=` must repeat: the header, and the certificate's hash where it is bound.
    binding: Vec<u8>,
    bare: String,
    nonce: String,
}

impl ClientFirst {
    /// Reads the body of a SASLInitialResponse to the offer of [`mechanisms`].
    ///
    /// # Errors
    /// For what is no such message, and for `y` or a binding where they do not fit the offer.
    pub fn read(body: &[u8], end_point: Option<&[u8]>) -> Result<ClientFirst, ServerError> {
        let mut cursor = Cursor::new(body);
        let malformed = |_| ServerError::Malformed("invalid SASL response");
        let mechanism = cursor.string().map_err(malformed)?;
        let message = cursor.value().map_err(malformed)?;
        cursor.end().map_err(malformed)?;
        let bound = match (mechanism, end_point) {
            (name, Some(end_point)) if name == PLUS.as_bytes() => Some(end_point),
            (name, _) if name == PLAIN.as_bytes() => None,
            _ => {
                return Err(ServerError::Malformed(
                    "client selected an invalid SASL authentication mechanism",
                ));
            }
        };
        let message = message
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .ok_or(ServerError::Malformed("the first message is missing"))?;
        let mut parts = message.splitn(3, ',');
        let flag = parts.next().unwrap_or_default();
        if parts.next() != Some("") {
            return Err(ServerError::Malformed(
                "client uses authorization identity, but it is not supported",
            ));
        }
        let bare = parts
            .next()
            .ok_or(ServerError::Malformed("the first message is too short"))?;
        let binding = binding(flag, bound, end_point.is_some())?;
        let nonce = bare_nonce(bare)?;
        Ok(ClientFirst {
            binding,
            bare: bare.to_owned(),
            nonce: nonce.to_owned(),
        })
    }

    /// The server's first message. A `doomed` exchange goes the whole way and fails at its end, as with a wrong
    /// password.
    pub fn challenge(self, verifier: Verifier, doomed: bool, nonce: &str) -> (String, Challenged) {
        let nonce = format!("{}{nonce}", self.nonce);
        let first = format!(
            "r={nonce},s={},i={}",
            encode(&verifier.salt),
            verifier.iterations
        );
        let challenged = Challenged {
            said: format!("{},{first},", self.bare),
            binding: self.binding,
            nonce,
            verifier,
            doomed,
        };
        (first, challenged)
    }
}

fn binding(flag: &str, bound: Option<&[u8]>, offered: bool) -> Result<Vec<u8>, ServerError> {
    match (flag, bound) {
        ("p=tls-server-end-point", Some(end_point)) => Ok([BINDING.as_bytes(), end_point].concat()),
        ("n", None) => Ok(b"n,,".to_vec()),
        ("y", None) if offered => Err(ServerError::Downgrade),
        ("y", None) => Ok(b"y,,".to_vec()),
        ("n" | "y", Some(_)) => Err(ServerError::Malformed(
            "the mechanism binds a channel, and the message does not",
        )),
        (flag, None) if flag.starts_with("p=") => Err(ServerError::Malformed(
            "the message binds a channel, and the mechanism does not",
        )),
        (flag, Some(_)) if flag.starts_with("p=") => Err(ServerError::Malformed(
            "unsupported SCRAM channel-binding type",
        )),
        (_, _) => Err(ServerError::Malformed("unexpected channel-binding flag")),
    }
}

/// `n=user,r=nonce` and extensions. The name is not looked at: that of the startup packet counts, as in PostgreSQL.
fn bare_nonce(bare: &str) -> Result<&str, ServerError> {
    if bare.starts_with("m=") {
        return Err(ServerError::Malformed(
            "client requires an unsupported SCRAM extension",
        ));
    }
    let mut parts = bare.split(',');
    attribute(parts.next(), 'n').ok_or(ServerError::Malformed("attribute n expected"))?;
    attribute(parts.next(), 'r')
        .filter(|nonce| is_nonce(nonce))
        .ok_or(ServerError::Malformed("invalid nonce"))
}

/// The challenge is out.
pub struct Challenged {
    binding: Vec<u8>,
    /// `client-first-message-bare,server-first-message,`
    said: String,
    nonce: String,
    verifier: Verifier,
    doomed: bool,
}

impl Challenged {
    /// Reads the client's last message and weighs its proof.
    ///
    /// # Errors
    /// For what is no such message, a wrong binding, a wrong proof.
    pub fn prove(self, body: &[u8]) -> Result<Proved, ServerError> {
        let message = std::str::from_utf8(body)
            .map_err(|_| ServerError::Malformed("the last message is not text"))?;
        let (without_proof, proof) = message
            .rsplit_once(",p=")
            .ok_or(ServerError::Malformed("attribute p expected"))?;
        let mut parts = without_proof.split(',');
        let binding =
            attribute(parts.next(), 'c').ok_or(ServerError::Malformed("attribute c expected"))?;
        let nonce =
            attribute(parts.next(), 'r').ok_or(ServerError::Malformed("attribute r expected"))?;
        if binding != encode(&self.binding) {
            return Err(if self.binding.starts_with(b"p") {
                ServerError::Binding
            } else {
                ServerError::Malformed("unexpected channel-binding attribute")
            });
        }
        if nonce != self.nonce {
            return Err(ServerError::Malformed("nonce does not match"));
        }
        let proof: Zeroizing<[u8; KEY]> = decode(proof)
            .and_then(|proof| <[u8; KEY]>::try_from(proof).ok())
            .map(Zeroizing::new)
            .ok_or(ServerError::Malformed("malformed proof"))?;
        self.weigh(without_proof, &proof)
    }

    fn weigh(self, without_proof: &str, proof: &[u8; KEY]) -> Result<Proved, ServerError> {
        let message = format!("{}{without_proof}", self.said);
        let signature = mac(&self.verifier.stored_key, message.as_bytes());
        let client_key = xor(proof, &signature);
        let fits = hash(client_key.as_slice()).ct_eq(&self.verifier.stored_key);
        // Computed for all, so that a doomed exchange takes as long.
        let answer = format!(
            "v={}",
            encode(&mac(&self.verifier.server_key, message.as_bytes()))
        );
        if !bool::from(fits) || self.doomed {
            return Err(ServerError::Refused);
        }
        Ok(Proved {
            keys: ScramKeys {
                client_key,
                server_key: Zeroizing::new(self.verifier.server_key),
                salt: self.verifier.salt,
                iterations: self.verifier.iterations,
            },
            answer,
        })
    }
}

/// The client has proved that it knows the password.
pub struct Proved {
    /// What it can be logged in with where the same verifier is stored.
    pub keys: ScramKeys,
    /// The server's last message.
    pub answer: String,
}
