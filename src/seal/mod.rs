//! Envelopes: sealing and opening one value (DESIGN, section 3). The only door to aes-siv.
//!
//! An envelope is a ten-byte [`Header`], a case-insensitive tag where the column has one, and a body. The tag stands
//! right behind the header ([`HEADER_LEN`], [`TAG_LEN`]): the server's `sealwire.ci` reads it there. Order bytes, where
//! a later version puts them between the two, have to say their length. [`ColumnCipher`] makes and opens the envelopes of one
//! column in one epoch; [`header`] reads what an envelope says of itself, without keys.
//!
//! Absent: network, SQL, where keys come from (they are handed in as derived keys).

mod associated;
mod cipher;
mod error;
mod header;
mod pad;
mod pool;
mod tag;

pub use cipher::{ColumnCipher, ColumnKey, RANDOM_KEY_LEN, SIV_KEY_LEN};
pub use error::{OpenError, SealError, SpecError};
pub use header::{FIRST_BYTE, HEADER_LEN, Header, VERSION, header};
pub use tag::{TAG_KEY_LEN, TAG_LEN, TagKey};

use crate::value::Fold;

/// How a column's envelopes are made. Constant for a column and an epoch; everything in it is in
/// the header or the associated data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SealSpec {
    /// Key domain id.
    pub domain: u32,
    /// Keyset slot.
    pub slot: u8,
    /// Key epoch.
    pub epoch: u16,
    /// Deterministic (equality) or random.
    pub scheme: Scheme,
    /// Canonical family ([`crate::value::DeclaredType::family`]).
    pub family: u8,
    /// Lengths are padded up to a multiple of this many bytes.
    pub pad: Option<u32>,
    /// A case-insensitive tag of the value under this fold, behind the header.
    pub ci: Option<Fold>,
}

impl SealSpec {
    /// As the registry writes it: the body, and the fold of the case-insensitive tag (`random ci both`).
    pub fn scheme_name(&self) -> String {
        let body = match self.scheme {
            Scheme::Deterministic => "deterministic",
            Scheme::Random => "random",
        };
        match self.ci {
            None => body.to_owned(),
            Some(fold) => format!("{body} ci {}", fold.name()),
        }
    }

    /// From what the registry writes; `None` for anything else.
    pub fn parse_scheme(name: &str) -> Option<(Scheme, Option<Fold>)> {
        let (body, ci) = match name.split_once(" ci ") {
            None => (name, None),
            Some((body, fold)) => (body, Some(Fold::by_name(fold)?)),
        };
        match body {
            "deterministic" => Some((Scheme::Deterministic, ci)),
            "random" => Some((Scheme::Random, ci)),
            _ => None,
        }
    }

    /// Bytes that an envelope without padding is longer than its canonical plaintext.
    pub const fn overhead(&self) -> usize {
        self.scheme.overhead() + if self.ci.is_some() { TAG_LEN } else { 0 }
    }
}

/// The body of an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// AES-256-SIV: equal values, equal envelopes.
    Deterministic,
    /// AES-256-GCM-SIV under a random nonce.
    Random,
}

impl Scheme {
    /// Bytes that an envelope without padding and tag is longer than its canonical plaintext.
    pub const fn overhead(self) -> usize {
        match self {
            Scheme::Deterministic => HEADER_LEN + 16,
            Scheme::Random => HEADER_LEN + 12 + 16,
        }
    }
}

#[cfg(test)]
mod tests;
