//! Search tokens: HMAC-SHA256 of a piece under the key of its kind, cut to eight bytes.
//!
//! In an envelope they stand behind the order bytes and the tag: how many, in two bytes, and then each in eight, in order and
//! none twice. The server reads them as numbers with a sign (`sealwire.tokens`).

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::{SealError, SpecError};
use crate::value::{Canonical, Fragment, TokenKind, TokenSpec};

/// Bytes of a key for tokens.
pub const TOKEN_KEY_LEN: usize = 32;

/// Bytes of the count.
pub(super) const COUNT_LEN: usize = 2;
/// Bytes of a token.
const TOKEN_LEN: usize = 8;

/// The derived key of one column's tokens of one kind. Wiped when dropped; it cannot be printed.
pub struct TokenKey(pub Zeroizing<[u8; TOKEN_KEY_LEN]>);

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(…)")
    }
}

/// The keys of the kinds that a column has; the others are `None`.
#[derive(Debug, Default)]
pub struct TokenKeys {
    /// Of trigrams.
    pub matching: Option<TokenKey>,
    /// Of beginnings.
    pub prefix: Option<TokenKey>,
    /// Of blocks.
    pub range: Option<TokenKey>,
}

/// Makes the tokens of one column.
pub(super) struct Tokenizer {
    spec: TokenSpec,
    matching: Option<hmac::Key>,
    prefix: Option<hmac::Key>,
    range: Option<hmac::Key>,
}

impl Tokenizer {
    pub(super) fn new(spec: TokenSpec, keys: &TokenKeys) -> Result<Self, SpecError> {
        let fits = |asked: bool, key: &Option<TokenKey>| asked == key.is_some();
        if !fits(spec.matching.is_some(), &keys.matching)
            || !fits(spec.prefix.is_some(), &keys.prefix)
            || !fits(spec.range.is_some(), &keys.range)
        {
            return Err(SpecError::TokenKeys);
        }
        let key = |key: &Option<TokenKey>| {
            key.as_ref()
                .map(|key| hmac::Key::new(hmac::HMAC_SHA256, key.0.as_slice()))
        };
        Ok(Tokenizer {
            spec,
            matching: key(&keys.matching),
            prefix: key(&keys.prefix),
            range: key(&keys.range),
        })
    }

    /// The tokens of pieces, in order and none twice. `None`: the column has none of such a kind.
    pub(super) fn of(&self, fragments: &[Fragment]) -> Option<Vec<i64>> {
        let mut tokens = Vec::with_capacity(fragments.len());
        for fragment in fragments {
            let key = match fragment.kind {
                TokenKind::Match => &self.matching,
                TokenKind::Prefix => &self.prefix,
                TokenKind::Range => &self.range,
            };
            let tag = hmac::sign(key.as_ref()?, fragment.bytes.expose_plaintext());
            let token = tag.as_ref().first_chunk::<TOKEN_LEN>()?;
            tokens.push(i64::from_be_bytes(*token));
        }
        tokens.sort_unstable();
        tokens.dedup();
        Some(tokens)
    }

    /// As they stand in the envelope of a value.
    pub(super) fn index(&self, value: &Canonical) -> Result<Vec<u8>, SealError> {
        let fragments = self.spec.of_value(value).map_err(|_| SealError::NoTokens)?;
        let tokens = self.of(&fragments).ok_or(SealError::Backend)?;
        let count = u16::try_from(tokens.len()).map_err(|_| SealError::TooManyTokens)?;
        let mut bytes = Vec::with_capacity(COUNT_LEN + tokens.len() * TOKEN_LEN);
        bytes.extend_from_slice(&count.to_be_bytes());
        for token in tokens {
            bytes.extend_from_slice(&token.to_be_bytes());
        }
        Ok(bytes)
    }
}

/// Bytes of the tokens that `rest` begins with; `None` where it is too short.
pub(super) fn len(rest: &[u8]) -> Option<usize> {
    let count = rest.first_chunk::<COUNT_LEN>()?;
    let len = COUNT_LEN + usize::from(u16::from_be_bytes(*count)) * TOKEN_LEN;
    (len <= rest.len()).then_some(len)
}
