//! SCRAM-SHA-256 (RFC 5802, RFC 7677) as PostgreSQL speaks it: what both sides share.
//!
//! [`server`] ends the exchange of a client of ours, [`client`] logs in to the server behind. A ClientKey that was
//! recovered from a proof is a credential: it is wiped, and nothing here prints it.

pub mod client;
pub mod server;
#[cfg(test)]
mod tests;
mod verifier;

pub use verifier::{Malformed, Verifier};

use std::num::NonZeroU32;

use aws_lc_rs::{digest, hmac, pbkdf2, rand};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// The mechanism without channel binding.
pub const PLAIN: &str = "SCRAM-SHA-256";
/// The mechanism with it.
pub const PLUS: &str = "SCRAM-SHA-256-PLUS";
/// The one kind of channel binding that PostgreSQL knows (RFC 5929).
const BINDING: &str = "p=tls-server-end-point,,";
/// Iterations of verifiers that are made here, as PostgreSQL's `scram_iterations` has it.
pub const ITERATIONS: u32 = 4096;
/// Raw length of salts, as in PostgreSQL.
const SALT: usize = 16;
/// A key, a signature, a proof.
const KEY: usize = 32;
/// Raw length of nonces, as in PostgreSQL.
const NONCE: usize = 18;

/// The system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no random bytes are to be had")]
pub struct NoRandom;

/// A fresh nonce: printable, without a comma.
///
/// # Errors
/// Where the system has no random bytes.
pub fn nonce() -> Result<String, NoRandom> {
    random::<NONCE>().map(|raw| encode(&raw))
}

fn random<const N: usize>() -> Result<[u8; N], NoRandom> {
    let mut raw = [0; N];
    rand::fill(&mut raw).map_err(|_| NoRandom)?;
    Ok(raw)
}

/// What a password is worth under a salt.
pub(super) struct Keys {
    pub(super) client: Zeroizing<[u8; KEY]>,
    pub(super) server: Zeroizing<[u8; KEY]>,
}

impl Keys {
    pub(super) fn new(password: &[u8], salt: &[u8], iterations: NonZeroU32) -> Keys {
        let prepared = prepared(password);
        let mut salted = Zeroizing::new([0; KEY]);
        pbkdf2::derive(
            pbkdf2::PBKDF2_HMAC_SHA256,
            iterations,
            salt,
            &prepared,
            salted.as_mut_slice(),
        );
        Keys {
            client: Zeroizing::new(mac(salted.as_slice(), b"Client Key")),
            server: Zeroizing::new(mac(salted.as_slice(), b"Server Key")),
        }
    }
}

/// SASLprep (RFC 4013) as PostgreSQL does it: what is not UTF-8, or may not be, counts as it is.
fn prepared(password: &[u8]) -> Zeroizing<Vec<u8>> {
    let normalised = std::str::from_utf8(password)
        .ok()
        .and_then(|text| stringprep::saslprep(text).ok())
        .filter(|text| !text.is_empty());
    Zeroizing::new(match normalised {
        Some(text) => text.into_owned().into_bytes(),
        None => password.to_vec(),
    })
}

fn mac(key: &[u8], message: &[u8]) -> [u8; KEY] {
    let mut out = [0; KEY];
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message);
    out.copy_from_slice(tag.as_ref());
    out
}

fn hash(bytes: &[u8]) -> [u8; KEY] {
    let mut out = [0; KEY];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

/// ClientProof from ClientKey and ClientSignature, and ClientKey from the other two.
fn xor(left: &[u8; KEY], right: &[u8; KEY]) -> Zeroizing<[u8; KEY]> {
    let mut out = Zeroizing::new([0; KEY]);
    for ((byte, left), right) in out.iter_mut().zip(left).zip(right) {
        *byte = left ^ right;
    }
    out
}

fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The value of the attribute that a part of a message must be.
fn attribute(part: Option<&str>, name: char) -> Option<&str> {
    part?.strip_prefix(name)?.strip_prefix('=')
}

/// Printable ASCII without a comma (RFC 5802, section 7).
fn is_nonce(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b',')
}
