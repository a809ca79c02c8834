//! What a client gave to prove who it is, for as long as it takes to log in to the server with it. Wiped when
//! dropped; none of it can be printed.

use std::num::NonZeroU32;

use md5::{Digest, Md5};
use zeroize::{Zeroize, Zeroizing};

/// A password, or a token in place of one: any bytes but NUL.
pub struct Password(Zeroizing<Vec<u8>>);

impl Password {
    /// From its bytes.
    pub fn new(bytes: Vec<u8>) -> Password {
        Password(Zeroizing::new(bytes))
    }

    /// The secret bytes. The one way to them: grep finds every use.
    pub fn expose_secret(&self) -> &[u8] {
        &self.0
    }

    /// The answer to AuthenticationMD5Password (manual 55.2.1), without its NUL.
    pub(super) fn md5(&self, user: &str, salt: &[u8]) -> Zeroizing<Vec<u8>> {
        let inner = hexadecimal(&[self.expose_secret(), user.as_bytes()]);
        let outer = hexadecimal(&[&inner, salt]);
        Zeroizing::new([b"md5", outer.as_slice()].concat())
    }
}

fn hexadecimal(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let mut digest = Md5::new();
    for part in parts {
        digest.update(part);
    }
    let mut raw: [u8; 16] = digest.finalize().into();
    let mut out = Zeroizing::new(Vec::with_capacity(32));
    for byte in raw {
        for digit in [byte >> 4, byte & 0x0f] {
            let letter = if digit < 10 { b'0' } else { b'a' - 10 };
            out.push(letter + digit);
        }
    }
    raw.zeroize();
    out
}

/// What a proof gave away: enough to log in wherever the same verifier is stored.
pub struct ScramKeys {
    pub(super) client_key: Zeroizing<[u8; 32]>,
    pub(super) server_key: Zeroizing<[u8; 32]>,
    pub(super) salt: Vec<u8>,
    pub(super) iterations: NonZeroU32,
}

/// What the proxy logs in upstream with.
pub enum Credential {
    /// A password.
    Password(Password),
    /// The keys of a proof.
    Keys(ScramKeys),
    /// Nothing: the server must let the proxy in by its certificate.
    None,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Credential::Password(_) => "Credential::Password(…)",
            Credential::Keys(_) => "Credential::Keys(…)",
            Credential::None => "Credential::None",
        })
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn md5_is_that_of_the_server() {
        // select 'md5' || md5(md5('secret' || 'ann') || E'\x01\x02\x03\x04')
        let password = Password::new(b"secret".to_vec());
        let answer = password.md5("ann", &[1, 2, 3, 4]);
        let text = std::str::from_utf8(&answer).unwrap();
        assert_eq!(text, "md59009ce60b9ca97f1e752376843d1309e");
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
