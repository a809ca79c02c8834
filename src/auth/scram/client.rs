//! The client's side, towards the server behind: from a password, or from the keys that a client of ours gave away
//! with its proof.

use std::num::NonZeroU32;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{
    BINDING, KEY, Keys, NoRandom, PLAIN, PLUS, attribute, decode, encode, hash, is_nonce, mac, xor,
};
use crate::auth::credential::{Password, ScramKeys};

/// More iterations than this would only keep us busy.
const MOST_ITERATIONS: u32 = 10_000_000;

/// Why the exchange with the server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// Not SCRAM.
    #[error("the server's SCRAM message is malformed: {0}")]
    Malformed(&'static str),
    /// It offers other mechanisms only.
    #[error("the server offers no SASL mechanism that is known")]
    Mechanism,
    /// Other salt or iterations than the verifier here.
    #[error("the server keeps another verifier of the password")]
    VerifierDiffers,
    /// It does not know the password itself: not the server that it claims to be.
    #[error("the server could not prove that it knows the password")]
    Server,
    /// No random bytes.
    #[error(transparent)]
    Random(#[from] NoRandom),
}

/// What is proved to the server.
pub enum Secret<'a> {
    /// A password.
    Password(&'a Password),
    /// Keys under one salt.
    Keys(&'a ScramKeys),
}

/// Our first message is out.
pub struct Begun {
    header: Vec<u8>,
    bare: String,
    nonce: String,
}

/// The proof is out.
pub struct Proving {
    signature: [u8; KEY],
    /// Salt and iterations of the server's verifier.
    pub salt: (Vec<u8>, NonZeroU32),
}

impl Begun {
    /// Chooses among the server's mechanisms. Returns the body of the SASLInitialResponse.
    ///
    /// # Errors
    /// Where there is nothing to choose.
    pub fn new(
        mechanisms: &[&[u8]],
        end_point: Option<&[u8]>,
    ) -> Result<(Begun, Vec<u8>), ClientError> {
        Self::with_nonce(mechanisms, end_point, "", super::nonce()?)
    }

    pub(super) fn with_nonce(
        mechanisms: &[&[u8]],
        end_point: Option<&[u8]>,
        user: &str,
        nonce: String,
    ) -> Result<(Begun, Vec<u8>), ClientError> {
        let offered = |name: &str| mechanisms.contains(&name.as_bytes());
        let (mechanism, flag, bound) = match end_point {
            Some(end_point) if offered(PLUS) => (PLUS, BINDING, end_point),
            // A server that could bind and sees `y` knows that somebody took -PLUS out of its offer.
            Some(_) if offered(PLAIN) => (PLAIN, "y,,", &[][..]),
            None if offered(PLAIN) => (PLAIN, "n,,", &[][..]),
            Some(_) | None => return Err(ClientError::Mechanism),
        };
        // The name is that of the startup packet; PostgreSQL does not look at this one.
        let bare = format!("n={user},r={nonce}");
        let message = format!("{flag}{bare}");
        let mut body = mechanism.as_bytes().to_vec();
        body.push(0);
        body.extend_from_slice(
            &u32::try_from(message.len())
                .unwrap_or(u32::MAX)
                .to_be_bytes(),
        );
        body.extend_from_slice(message.as_bytes());
        let begun = Begun {
            header: [flag.as_bytes(), bound].concat(),
            bare,
            nonce,
        };
        Ok((begun, body))
    }

    /// Answers the server's challenge with the proof.
    ///
    /// # Errors
    /// For a malformed challenge, and for one that the keys do not fit.
    pub fn prove(
        self,
        challenge: &[u8],
        secret: &Secret<'_>,
    ) -> Result<(Proving, String), ClientError> {
        let challenge = std::str::from_utf8(challenge)
            .map_err(|_| ClientError::Malformed("the challenge is not text"))?;
        let mut parts = challenge.split(',');
        let nonce = attribute(parts.next(), 'r')
            .filter(|nonce| {
                is_nonce(nonce) && nonce.len() > self.nonce.len() && nonce.starts_with(&self.nonce)
            })
            .ok_or(ClientError::Malformed("invalid nonce"))?;
        let salt = attribute(parts.next(), 's')
            .and_then(decode)
            .filter(|salt| !salt.is_empty())
            .ok_or(ClientError::Malformed("invalid salt"))?;
        let iterations = attribute(parts.next(), 'i')
            .and_then(|number| number.parse::<NonZeroU32>().ok())
            .filter(|number| number.get() <= MOST_ITERATIONS)
            .ok_or(ClientError::Malformed("invalid iteration count"))?;
        let (client_key, server_key) = keys(secret, &salt, iterations)?;
        let without_proof = format!("c={},r={nonce}", encode(&self.header));
        let message = format!("{},{challenge},{without_proof}", self.bare);
        let signature = mac(&hash(client_key.as_slice()), message.as_bytes());
        let proof = xor(&client_key, &signature);
        let proving = Proving {
            signature: mac(server_key.as_slice(), message.as_bytes()),
            salt: (salt, iterations),
        };
        Ok((
            proving,
            format!("{without_proof},p={}", encode(proof.as_slice())),
        ))
    }
}

/// (ClientKey, ServerKey)
type Pair = (Zeroizing<[u8; KEY]>, Zeroizing<[u8; KEY]>);

fn keys(secret: &Secret<'_>, salt: &[u8], iterations: NonZeroU32) -> Result<Pair, ClientError> {
    match secret {
        Secret::Password(password) => {
            let keys = Keys::new(password.expose_secret(), salt, iterations);
            Ok((keys.client, keys.server))
        }
        Secret::Keys(keys) if keys.salt == salt && keys.iterations == iterations => {
            Ok((keys.client_key.clone(), keys.server_key.clone()))
        }
        Secret::Keys(_) => Err(ClientError::VerifierDiffers),
    }
}

impl Proving {
    /// Reads the server's last message, in which it proves that it knows the password too.
    ///
    /// # Errors
    /// Where it does not.
    pub fn finish(&self, last: &[u8]) -> Result<(), ClientError> {
        let given = std::str::from_utf8(last)
            .ok()
            .and_then(|text| attribute(text.split(',').next(), 'v'))
            .and_then(decode)
            .ok_or(ClientError::Malformed("invalid last message"))?;
        if bool::from(given.as_slice().ct_eq(&self.signature)) {
            Ok(())
        } else {
            Err(ClientError::Server)
        }
    }
}
