//! What is stored of a password: `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey`, as in `pg_authid`.

use std::num::NonZeroU32;
use std::str::FromStr;

use super::{ITERATIONS, KEY, Keys, NoRandom, SALT, decode, encode, hash, mac, random};

/// A text that is no verifier. Says nothing of what it is: it may be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a verifier: SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey, as in pg_authid")]
pub struct Malformed;

/// A stored verifier. Who reads it cannot log in with it, but can try passwords and act as the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    pub(super) iterations: NonZeroU32,
    pub(super) salt: Vec<u8>,
    pub(super) stored_key: [u8; KEY],
    pub(super) server_key: [u8; KEY],
}

impl Verifier {
    /// Of a password, under a fresh salt.
    ///
    /// # Errors
    /// Where the system has no random bytes.
    pub fn mint(password: &[u8]) -> Result<Verifier, NoRandom> {
        let iterations = NonZeroU32::new(ITERATIONS).unwrap_or(NonZeroU32::MIN);
        random::<SALT>().map(|salt| Verifier::of(password, salt.to_vec(), iterations))
    }

    /// Of a password, under a given salt.
    pub fn of(password: &[u8], salt: Vec<u8>, iterations: NonZeroU32) -> Verifier {
        let keys = Keys::new(password, &salt, iterations);
        Verifier {
            iterations,
            salt,
            stored_key: hash(keys.client.as_slice()),
            server_key: *keys.server,
        }
    }

    /// That of nobody: always the same for a name, so that it cannot be told from a real one by asking twice. No
    /// proof fits it.
    pub fn mock(secret: &[u8], user: &str, iterations: NonZeroU32) -> Verifier {
        let of = |what: &str| mac(secret, format!("{what}\0{user}").as_bytes());
        let salt = of("salt");
        Verifier {
            iterations,
            salt: salt.iter().copied().take(SALT).collect(),
            stored_key: of("stored key"),
            server_key: of("server key"),
        }
    }

    /// Iterations.
    pub fn iterations(&self) -> NonZeroU32 {
        self.iterations
    }
}

impl FromStr for Verifier {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let read = || {
            let mut parts = text.strip_prefix("SCRAM-SHA-256$")?.split('$');
            let (first, second) = (parts.next()?, parts.next()?);
            let (iterations, salt) = first.split_once(':')?;
            let (stored, server) = second.split_once(':')?;
            let salt = decode(salt).filter(|salt| !salt.is_empty())?;
            parts.next().is_none().then_some(Verifier {
                iterations: iterations.parse().ok()?,
                salt,
                stored_key: decode(stored)?.try_into().ok()?,
                server_key: decode(server)?.try_into().ok()?,
            })
        };
        read().ok_or(Malformed)
    }
}

impl Verifier {
    /// As it is stored.
    pub fn stored_form(&self) -> String {
        format!(
            "SCRAM-SHA-256${}:{}${}:{}",
            self.iterations,
            encode(&self.salt),
            encode(&self.stored_key),
            encode(&self.server_key)
        )
    }
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verifier(…)")
    }
}
