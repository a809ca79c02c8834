//! Envelopes: sealing and opening one value (DESIGN, section 3). The only door to aes-siv.
//!
//! An envelope is a ten-byte [`Header`], order bytes, a case-insensitive tag and search tokens where the column has them, and a body. The
//! header is constant, so that with order bytes right behind it envelopes compare as bytes like their values. The tag is found
//! without keys (the server's `sealwire.ci` reads it): behind the header ([`HEADER_LEN`], [`TAG_LEN`]), or behind the
//! order bytes of a text. Those are nine for each byte of the text and one, and the envelope holds the text once more in its
//! body, so of `n` bytes 9 × (n − 43) / 10 + 1 are order bytes; for that, an ordered column has no padding (its order
//! bytes tell the length anyway). Tokens say how many they are; they never stand behind order bytes. [`ColumnCipher`] makes and opens the envelopes of one column in one epoch; [`header`]
//! reads what an envelope says of itself, without keys. A cipher of a column that is not searched also opens what was sealed
//! in other epochs, with ciphers that stand beside it ([`ColumnCipher::opening`]).
//!
//! Absent: network, SQL, where keys come from (they are handed in as derived keys).

mod associated;
mod cipher;
mod error;
mod header;
mod order;
mod pad;
mod pool;
mod subject;
mod tag;
mod tokens;

pub use cipher::{ColumnCipher, ColumnKey, Keys, RANDOM_KEY_LEN, SIV_KEY_LEN};
pub use error::{OpenError, SealError, SpecError};
pub use header::{FIRST_BYTE, HEADER_LEN, Header, VERSION, header};
pub use order::{ORDER_KEY_LEN, OrderKey, order_bytes};
pub use subject::{
    SUBJECT_ID_LEN, SUBJECT_KEY_LEN, Subject, SubjectError, SubjectId, SubjectKey, SubjectKeys,
    subject_id,
};
pub use tag::{TAG_KEY_LEN, TAG_LEN, TagKey};
pub use tokens::{TOKEN_KEY_LEN, TokenKey, TokenKeys};

use crate::value::{Fold, Order, TokenSpec};

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
    /// Deterministic (equality), random, or random under the key of a data subject.
    pub scheme: Scheme,
    /// Canonical family ([`crate::value::DeclaredType::family`]).
    pub family: u8,
    /// Lengths are padded up to a multiple of this many bytes.
    pub pad: Option<u32>,
    /// A case-insensitive tag of the value under this fold, behind the header and the order bytes.
    pub ci: Option<Fold>,
    /// Order bytes of the value, right behind the header. The body is deterministic then, and there is no padding.
    pub order: Option<Order>,
    /// Search tokens of the value, behind the tag. An ordered column has none.
    pub tokens: Option<TokenSpec>,
}

/// What a registered scheme's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The body.
    pub scheme: Scheme,
    /// As [`SealSpec::ci`].
    pub ci: Option<Fold>,
    /// As [`SealSpec::order`].
    pub order: Option<Order>,
    /// As [`SealSpec::tokens`].
    pub tokens: Option<TokenSpec>,
}

impl SealSpec {
    /// As the registry writes it: the body, the order, the fold of the case-insensitive tag and the tokens
    /// (`deterministic order text(40) ci both`, `random tokens match=letters;prefix=12`).
    pub fn scheme_name(&self) -> String {
        let mut name = match self.scheme {
            Scheme::Deterministic => "deterministic",
            Scheme::Random => "random",
            Scheme::Subject => "subject",
        }
        .to_owned();
        if let Some(order) = self.order {
            name.push_str(" order ");
            name.push_str(&order.name());
        }
        if let Some(fold) = self.ci {
            name.push_str(" ci ");
            name.push_str(fold.name());
        }
        if let Some(tokens) = self.tokens {
            name.push_str(" tokens ");
            name.push_str(&tokens.name());
        }
        name
    }

    /// From what the registry writes; `None` for anything else.
    pub fn parse_scheme(name: &str) -> Option<Layout> {
        let mut words = name.split(' ');
        let scheme = match words.next()? {
            "deterministic" => Scheme::Deterministic,
            "random" => Scheme::Random,
            "subject" => Scheme::Subject,
            _ => return None,
        };
        let mut layout = Layout {
            scheme,
            ci: None,
            order: None,
            tokens: None,
        };
        while let Some(word) = words.next() {
            let what = words.next()?;
            match word {
                "order" if layout.order.is_none() && scheme == Scheme::Deterministic => {
                    layout.order = Some(Order::by_name(what)?);
                }
                // What is searched by would outlive the subject's key.
                _ if scheme == Scheme::Subject => return None,
                "ci" if layout.ci.is_none() => layout.ci = Some(Fold::by_name(what)?),
                "tokens" if layout.tokens.is_none() && layout.order.is_none() => {
                    layout.tokens = Some(TokenSpec::by_name(what)?);
                }
                _ => return None,
            }
        }
        Some(layout)
    }

    /// Whether the server finds values of the column by what their envelopes hold. It does so within one epoch and keyset
    /// alone; envelopes of a column that is not searched may be of several.
    pub const fn is_searched(&self) -> bool {
        match self.scheme {
            Scheme::Deterministic => true,
            Scheme::Random | Scheme::Subject => {
                self.ci.is_some() || self.order.is_some() || self.tokens.is_some()
            }
        }
    }

    /// Bytes that an envelope without padding, order bytes and tokens is longer than its canonical plaintext.
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
    /// The same under the key of a data subject, which can be destroyed.
    Subject,
}

impl Scheme {
    /// Bytes that an envelope without padding and tag is longer than its canonical plaintext.
    pub const fn overhead(self) -> usize {
        match self {
            Scheme::Deterministic => HEADER_LEN + 16,
            Scheme::Random => HEADER_LEN + 12 + 16,
            Scheme::Subject => HEADER_LEN + SUBJECT_ID_LEN + 12 + 16,
        }
    }
}

#[cfg(test)]
mod tests;
