//! Sealing and opening the values of one column.

use std::borrow::Cow;

use aes_siv::aead::array::Array;
use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::{Zeroize, Zeroizing};

use super::associated::{ASSOCIATED_LEN, associated};
use super::order::{OrderKey, Orderer, SIV_TAG_LEN, order_bytes, order_len};
use super::pad::{padded_len, unpadded_len};
use super::pool::SivPool;
use super::subject::body_key;
use super::tag::{TAG_LEN, TagKey, Tagger};
use super::tokens::{self, TokenKeys, Tokenizer};
use super::{
    FIRST_BYTE, HEADER_LEN, OpenError, SUBJECT_ID_LEN, SUBJECT_KEY_LEN, Scheme, SealError,
    SealSpec, SpecError, Subject, SubjectId, SubjectKeys, header, subject_id,
};
use crate::value::{Canonical, Fragment, Place};

/// Bytes of a key for deterministic envelopes (two AES-256 keys).
pub const SIV_KEY_LEN: usize = 64;
/// Bytes of a key for random envelopes.
pub const RANDOM_KEY_LEN: usize = 32;

const NONCE_LEN: usize = 12;
const GCM_SIV_TAG_LEN: usize = 16;
/// A PostgreSQL value holds less than a gibibyte, its own length word included.
const LONGEST_ENVELOPE: usize = 0x3FFF_FFFF - 4;

/// The derived key of one column, for one scheme. Wiped when dropped; it cannot be printed.
pub enum ColumnKey {
    /// For [`Scheme::Deterministic`].
    Siv(Zeroizing<[u8; SIV_KEY_LEN]>),
    /// For [`Scheme::Random`].
    Random(Zeroizing<[u8; RANDOM_KEY_LEN]>),
    /// For [`Scheme::Subject`]: the column's part, and who finds the subjects'.
    Subject(
        Zeroizing<[u8; SUBJECT_KEY_LEN]>,
        std::sync::Arc<dyn SubjectKeys>,
    ),
}

impl std::fmt::Debug for ColumnKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ColumnKey(…)")
    }
}

/// The derived keys of one column: what is not needed by its layout is `None`.
#[derive(Debug)]
pub struct Keys {
    /// Of the body.
    pub body: ColumnKey,
    /// Of the case-insensitive tag.
    pub tag: Option<TagKey>,
    /// Of the order bytes.
    pub order: Option<OrderKey>,
    /// Of the search tokens.
    pub tokens: TokenKeys,
}

/// Seals and opens the values of one column in one epoch. Keys are expanded once; it is shared by sessions.
pub struct ColumnCipher {
    spec: SealSpec,
    associated: [u8; ASSOCIATED_LEN],
    body: Body,
    tagger: Option<Tagger>,
    orderer: Option<Orderer>,
    tokenizer: Option<Tokenizer>,
    /// Of the same column in other epochs: for opening alone.
    beside: Vec<ColumnCipher>,
}

enum Body {
    Deterministic(Box<SivPool>),
    Random(LessSafeKey),
    Subject(
        Zeroizing<[u8; SUBJECT_KEY_LEN]>,
        std::sync::Arc<dyn SubjectKeys>,
    ),
}

/// The key that one body is sealed under.
enum BodyKey<'k> {
    Deterministic(&'k SivPool),
    Random(&'k LessSafeKey),
    Subject(SubjectId, &'k LessSafeKey),
}

impl std::fmt::Debug for ColumnCipher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ColumnCipher")
            .field("spec", &self.spec)
            .finish_non_exhaustive()
    }
}

impl ColumnCipher {
    /// A cipher of the column's derived key, its parameters and the environment it lives in.
    ///
    /// # Errors
    /// Where the key is not for the scheme, `pad` is 0, or the column has index bytes.
    pub fn new(key: ColumnKey, spec: &SealSpec, environment: &[u8; 16]) -> Result<Self, SpecError> {
        let keys = Keys {
            body: key,
            tag: None,
            order: None,
            tokens: TokenKeys::default(),
        };
        Self::with_keys(keys, spec, environment)
    }

    /// The same for a column that may have order bytes, a case-insensitive tag and search tokens, each with its own key.
    ///
    /// # Errors
    /// As [`ColumnCipher::new`], and where there are index bytes and no key for them, or the other way round.
    pub fn with_keys(
        keys: Keys,
        spec: &SealSpec,
        environment: &[u8; 16],
    ) -> Result<Self, SpecError> {
        let tagger = match (spec.ci, keys.tag) {
            (Some(fold), Some(key)) => Some(Tagger::new(fold, &key)),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(SpecError::TagKey),
        };
        let orderer = match (spec.order, keys.order) {
            (Some(order), Some(key)) => Some(Orderer::new(order, &key)),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(SpecError::OrderKey),
        };
        let tokenizer = match spec.tokens {
            Some(tokens) => Some(Tokenizer::new(tokens, &keys.tokens)?),
            None => None,
        };
        if spec.order.is_some()
            && (spec.pad.is_some() || spec.tokens.is_some() || spec.scheme != Scheme::Deterministic)
        {
            return Err(SpecError::OrderLayout);
        }
        if spec.scheme == Scheme::Subject && (spec.ci.is_some() || spec.tokens.is_some()) {
            return Err(SpecError::SubjectLayout);
        }
        if spec.pad == Some(0) {
            return Err(SpecError::PadOfZero);
        }
        let body = match (keys.body, spec.scheme) {
            (ColumnKey::Siv(key), Scheme::Deterministic) => {
                Body::Deterministic(Box::new(SivPool::new(key)))
            }
            (ColumnKey::Random(key), Scheme::Random) => Body::Random(LessSafeKey::new(
                UnboundKey::new(&AES_256_GCM_SIV, key.as_slice())
                    .map_err(|_| SpecError::Backend)?,
            )),
            (ColumnKey::Subject(key, keys), Scheme::Subject) => Body::Subject(key, keys),
            (ColumnKey::Siv(_), Scheme::Random | Scheme::Subject)
            | (ColumnKey::Random(_), Scheme::Deterministic | Scheme::Subject)
            | (ColumnKey::Subject(..), Scheme::Deterministic | Scheme::Random) => {
                return Err(SpecError::KeyOfOtherScheme);
            }
        };
        Ok(ColumnCipher {
            spec: spec.clone(),
            associated: associated(spec, environment),
            body,
            tagger,
            orderer,
            tokenizer,
            beside: Vec::new(),
        })
    }

    /// The same, which also opens what these ciphers of the column in other epochs have sealed. It seals as before.
    ///
    /// # Errors
    /// Where the column is searched (what two epochs hold is not found together), or one is of another column.
    pub fn opening(mut self, beside: Vec<ColumnCipher>) -> Result<Self, SpecError> {
        let fits = |other: &ColumnCipher| {
            let as_own = SealSpec {
                slot: self.spec.slot,
                epoch: self.spec.epoch,
                ..other.spec.clone()
            };
            as_own == self.spec && other.beside.is_empty()
        };
        if !beside.is_empty() && (self.spec.is_searched() || !beside.iter().all(fits)) {
            return Err(SpecError::Beside);
        }
        self.beside = beside;
        Ok(self)
    }

    /// The parameters it was made of.
    pub fn spec(&self) -> &SealSpec {
        &self.spec
    }

    /// Seals a value.
    ///
    /// # Errors
    /// Where the value is too long or the backend fails.
    pub fn seal(&self, value: &Canonical) -> Result<Vec<u8>, SealError> {
        let mut out = Vec::new();
        self.seal_into(value, &mut out)?;
        Ok(out)
    }

    /// Seals a value and appends the envelope. On an error `out` is as it was.
    ///
    /// # Errors
    /// As [`ColumnCipher::seal`].
    pub fn seal_into(&self, value: &Canonical, out: &mut Vec<u8>) -> Result<(), SealError> {
        let index = self.index(value)?;
        let key = match &self.body {
            Body::Deterministic(pool) => BodyKey::Deterministic(pool),
            Body::Random(key) => BodyKey::Random(key),
            Body::Subject(..) => return Err(SealError::NoSubject),
        };
        self.seal_beside(value, &index, &key, out)
    }

    /// Seals a value of a data subject: under its key, where the column's values are under those; as any other
    /// value, where they are not.
    ///
    /// # Errors
    /// As [`ColumnCipher::seal`], and where the subject's key is not to be had.
    pub fn seal_for(
        &self,
        subject: Option<&Subject>,
        value: &Canonical,
        out: &mut Vec<u8>,
    ) -> Result<(), SealError> {
        match (&self.body, subject) {
            (Body::Deterministic(_) | Body::Random(_), _) => self.seal_into(value, out),
            (Body::Subject(..), None) => Err(SealError::NoSubject),
            (Body::Subject(column, keys), Some(subject)) => {
                let (id, key) = keys.of(subject)?;
                let key = body_key(column, id, &key).ok_or(SealError::Backend)?;
                self.seal_beside(value, &[], &BodyKey::Subject(id, &key), out)
            }
        }
    }

    /// Seals a value in place of what an envelope of the column holds: where the column's values are under the keys of data
    /// subjects, under the key that the envelope names.
    ///
    /// # Errors
    /// As [`ColumnCipher::seal_for`], and where the envelope names nobody.
    pub fn seal_again(
        &self,
        envelope: &[u8],
        value: &Canonical,
        out: &mut Vec<u8>,
    ) -> Result<(), SealError> {
        match &self.body {
            Body::Deterministic(_) | Body::Random(_) => self.seal_into(value, out),
            Body::Subject(column, keys) => {
                let id = subject_id(envelope).ok_or(SealError::NoSubject)?;
                let key = body_key(column, id, &keys.find(id)?).ok_or(SealError::Backend)?;
                self.seal_beside(value, &[], &BodyKey::Subject(id, &key), out)
            }
        }
    }

    /// As [`ColumnCipher::place`]; where the column's values are under the keys of data subjects, a value of this one.
    ///
    /// # Errors
    /// As [`ColumnCipher::place`] and [`ColumnCipher::seal_for`].
    pub fn place_for(
        &self,
        subject: Option<&Subject>,
        place: &Place,
    ) -> Result<Vec<u8>, SealError> {
        match (&self.body, place) {
            (Body::Subject(..), Place::At(value)) => {
                let mut out = Vec::new();
                self.seal_for(subject, value, &mut out)?;
                Ok(out)
            }
            (Body::Subject(..), Place::Before(_) | Place::End | Place::Beside(_)) => {
                Err(SealError::NoSubject)
            }
            (Body::Deterministic(_) | Body::Random(_), place) => self.place(place),
        }
    }

    /// Whether its values are under the keys of data subjects.
    pub fn is_of_subjects(&self) -> bool {
        matches!(self.body, Body::Subject(..))
    }

    /// The same with index bytes that are given.
    fn seal_beside(
        &self,
        value: &Canonical,
        index: &[u8],
        key: &BodyKey<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), SealError> {
        let start = out.len();
        let nonce = match key {
            BodyKey::Deterministic(_) => [0; NONCE_LEN],
            BodyKey::Random(_) | BodyKey::Subject(..) => {
                let mut nonce = [0; NONCE_LEN];
                aws_lc_rs::rand::fill(&mut nonce).map_err(|_| SealError::Backend)?;
                nonce
            }
        };
        let sealed = self.append(value, index, nonce, key, out);
        if sealed.is_err() {
            // What was appended may still be plaintext.
            if let Some(appended) = out.get_mut(start..) {
                appended.zeroize();
            }
            out.truncate(start);
        }
        sealed
    }

    /// The tag of the values that are kept under a form ([`crate::value::Fold::sought`]).
    ///
    /// # Errors
    /// Where the column has no tags.
    pub fn tag(&self, form: &Canonical) -> Result<[u8; TAG_LEN], SealError> {
        let tagger = self.tagger.as_ref().ok_or(SealError::Backend)?;
        Ok(tagger.tag(form))
    }

    /// The tokens of pieces ([`crate::value::TokenSpec::needs`], [`crate::value::TokenSpec::cover`]).
    ///
    /// # Errors
    /// Where the column has none of their kind.
    pub fn tokens(&self, fragments: &[Fragment]) -> Result<Vec<i64>, SealError> {
        let tokenizer = self.tokenizer.as_ref().ok_or(SealError::Backend)?;
        tokenizer.of(fragments).ok_or(SealError::Backend)
    }

    /// What compares with the envelopes of an ordered column like a constant with their values: an envelope, or bytes that
    /// stand between two.
    ///
    /// # Errors
    /// As [`ColumnCipher::seal`], and where the column has no order.
    pub fn place(&self, place: &Place) -> Result<Vec<u8>, SealError> {
        match place {
            Place::At(value) => self.seal(value),
            Place::Before(code) => {
                let orderer = self.orderer.as_ref().ok_or(SealError::Backend)?;
                Ok([self.header_bytes(), &orderer.bytes(code)].concat())
            }
            // Every envelope begins with a lesser byte.
            Place::End => Ok(vec![FIRST_BYTE.saturating_add(1)]),
            Place::Beside(value) => {
                let key = match &self.body {
                    Body::Deterministic(pool) => BodyKey::Deterministic(pool),
                    Body::Random(key) => BodyKey::Random(key),
                    Body::Subject(..) => return Err(SealError::NoSubject),
                };
                let mut out = Vec::new();
                self.seal_beside(value, &self.blank_index(value), &key, &mut out)?;
                Ok(out)
            }
        }
    }

    /// The index bytes of a value of the column.
    fn index(&self, value: &Canonical) -> Result<Vec<u8>, SealError> {
        let mut index = match &self.orderer {
            None => Vec::new(),
            Some(orderer) => orderer.bytes(&orderer.order.code(value)?),
        };
        if let Some(tagger) = &self.tagger {
            index.extend_from_slice(&tagger.of_value(value)?);
        }
        if let Some(tokenizer) = &self.tokenizer {
            index.extend_from_slice(&tokenizer.index(value)?);
        }
        Ok(index)
    }

    /// Those of one that is no value of the column: nothing finds it.
    fn blank_index(&self, value: &Canonical) -> Vec<u8> {
        let order =
            (self.spec.order).map_or(0, |order| order_len(order, value.expose_plaintext().len()));
        let tag = self.tagger.as_ref().map_or(0, |_| TAG_LEN);
        let tokens = self.tokenizer.as_ref().map_or(0, |_| tokens::COUNT_LEN);
        vec![0; order + tag + tokens]
    }

    /// Opens an envelope of this column.
    ///
    /// # Errors
    /// Where it is none, or not of this column, or damaged.
    pub fn open(&self, envelope: &[u8]) -> Result<Canonical, OpenError> {
        match self.check(envelope) {
            Err(error @ (OpenError::OtherSlot { .. } | OpenError::OtherEpoch { .. })) => {
                let found = header(envelope)?;
                let place = (found.slot, found.epoch);
                let mut beside = self.beside.iter();
                let other = beside
                    .find(|other| (other.spec.slot, other.spec.epoch) == place)
                    .ok_or(error)?;
                other.check(envelope)?;
                other.open_own(envelope)
            }
            checked => {
                checked?;
                self.open_own(envelope)
            }
        }
    }

    /// Opens an envelope whose header is that of the spec.
    fn open_own(&self, envelope: &[u8]) -> Result<Canonical, OpenError> {
        let rest = envelope.get(HEADER_LEN..).ok_or(OpenError::NotAnEnvelope)?;
        let tag = if self.spec.ci.is_some() { TAG_LEN } else { 0 };
        let ordered = match self.spec.order {
            None => 0,
            Some(_) => order_bytes(envelope, &self.spec)
                .ok_or(OpenError::Damaged)?
                .len(),
        };
        let counted = match self.spec.tokens {
            None => 0,
            Some(_) => rest
                .get(tag..)
                .and_then(tokens::len)
                .ok_or(OpenError::Damaged)?,
        };
        let (index, body) = rest
            .split_at_checked(ordered + tag + counted)
            .ok_or(OpenError::Damaged)?;
        let associated = self.associated_with(index);
        let mut plain = match &self.body {
            Body::Deterministic(pool) => Self::open_deterministic(pool, &associated, body)?,
            Body::Random(key) => Self::open_random(key, &associated, body)?,
            Body::Subject(column, keys) => {
                let (id, rest) = body
                    .split_first_chunk::<SUBJECT_ID_LEN>()
                    .ok_or(OpenError::Damaged)?;
                let id = SubjectId(*id);
                let key = keys.find(id)?;
                let key = body_key(column, id, &key).ok_or(OpenError::Damaged)?;
                Self::open_random(&key, &associated, rest)?
            }
        };
        if self.spec.pad.is_some() {
            let len = unpadded_len(&plain).ok_or(OpenError::Damaged)?;
            plain.truncate(len);
        }
        Ok(Canonical::new(std::mem::take(&mut *plain)))
    }

    /// The header against the column's own parameters.
    fn check(&self, envelope: &[u8]) -> Result<(), OpenError> {
        let found = header(envelope)?;
        let spec = &self.spec;
        if found.domain != spec.domain {
            return Err(OpenError::OtherDomain {
                expected: spec.domain,
                found: found.domain,
            });
        }
        if found.slot != spec.slot {
            return Err(OpenError::OtherSlot {
                expected: spec.slot,
                found: found.slot,
            });
        }
        if found.epoch != spec.epoch {
            return Err(OpenError::OtherEpoch {
                expected: spec.epoch,
                found: found.epoch,
            });
        }
        if found.scheme != spec.scheme {
            return Err(OpenError::OtherScheme);
        }
        if found.tagged != spec.ci.is_some()
            || found.ordered != spec.order.is_some()
            || found.tokens != spec.tokens.is_some()
        {
            return Err(OpenError::OtherIndex);
        }
        Ok(())
    }

    /// Appends header and body. All room is reserved first, so the plaintext lies in no buffer that is
    /// moved before it has been encrypted in place.
    fn append(
        &self,
        value: &Canonical,
        index: &[u8],
        nonce: [u8; NONCE_LEN],
        key: &BodyKey<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), SealError> {
        let plain = value.expose_plaintext();
        let padded = match self.spec.pad {
            None => plain.len(),
            Some(step) => usize::try_from(step)
                .ok()
                .and_then(|step| padded_len(plain.len(), step))
                .ok_or(SealError::TooLong)?,
        };
        let len = padded
            .checked_add(self.spec.scheme.overhead())
            .and_then(|len| len.checked_add(index.len()))
            .filter(|len| *len <= LONGEST_ENVELOPE)
            .ok_or(SealError::TooLong)?;
        let associated = self.associated_with(index);
        out.reserve(len);
        out.extend_from_slice(self.header_bytes());
        out.extend_from_slice(index);
        if let BodyKey::Subject(id, _) = key {
            out.extend_from_slice(&id.0);
        }
        match key {
            BodyKey::Deterministic(pool) => {
                let tag_at = out.len();
                out.extend_from_slice(&[0; SIV_TAG_LEN]);
                let text_at = self.append_padded(plain, padded, out);
                let text = out.get_mut(text_at..).ok_or(SealError::Backend)?;
                let tag = pool
                    .with(|siv| siv.encrypt_inout_detached([&*associated], text.into()))
                    .map_err(|_| SealError::Backend)?;
                out.get_mut(tag_at..text_at)
                    .ok_or(SealError::Backend)?
                    .copy_from_slice(&tag);
            }
            BodyKey::Random(key) | BodyKey::Subject(_, key) => {
                out.extend_from_slice(&nonce);
                let text_at = self.append_padded(plain, padded, out);
                let text = out.get_mut(text_at..).ok_or(SealError::Backend)?;
                let tag = key
                    .seal_in_place_separate_tag(
                        Nonce::assume_unique_for_key(nonce),
                        Aad::from(&*associated),
                        text,
                    )
                    .map_err(|_| SealError::Backend)?;
                out.extend_from_slice(tag.as_ref());
            }
        }
        Ok(())
    }

    /// Appends the plaintext and its padding; returns where it begins.
    fn append_padded(&self, plain: &[u8], padded: usize, out: &mut Vec<u8>) -> usize {
        let start = out.len();
        out.extend_from_slice(plain);
        if self.spec.pad.is_some() {
            out.push(0x80);
            out.resize(start + padded, 0);
        }
        start
    }

    /// The header is the end of the associated data.
    fn header_bytes(&self) -> &[u8] {
        self.associated
            .last_chunk::<HEADER_LEN>()
            .map_or(&[], <[u8; HEADER_LEN]>::as_slice)
    }

    /// What a body is bound to: the constant part, and the index bytes of its envelope.
    fn associated_with(&self, index: &[u8]) -> Cow<'_, [u8]> {
        if index.is_empty() {
            return Cow::Borrowed(&self.associated);
        }
        Cow::Owned([self.associated.as_slice(), index].concat())
    }

    fn open_deterministic(
        pool: &SivPool,
        associated: &[u8],
        body: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (tag, text) = body
            .split_first_chunk::<SIV_TAG_LEN>()
            .ok_or(OpenError::Damaged)?;
        let mut plain = Zeroizing::new(text.to_vec());
        pool.with(|siv| {
            siv.decrypt_inout_detached(
                [associated],
                plain.as_mut_slice().into(),
                &Array::from(*tag),
            )
        })
        .map_err(|_| OpenError::Damaged)?;
        Ok(plain)
    }

    fn open_random(
        key: &LessSafeKey,
        associated: &[u8],
        body: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (nonce, rest) = body
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(OpenError::Damaged)?;
        let (text, tag) = rest
            .split_last_chunk::<GCM_SIV_TAG_LEN>()
            .ok_or(OpenError::Damaged)?;
        let mut plain = Zeroizing::new(text.to_vec());
        key.open_in_place_separate_tag(
            Nonce::assume_unique_for_key(*nonce),
            Aad::from(associated),
            tag,
            plain.as_mut_slice(),
        )
        .map_err(|_| OpenError::Damaged)?;
        Ok(plain)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
impl ColumnCipher {
    /// Seals under a given nonce, for frozen vectors.
    pub(super) fn seal_with_nonce(&self, value: &Canonical, nonce: [u8; NONCE_LEN]) -> Vec<u8> {
        let mut out = Vec::new();
        let index = self.index(value).unwrap_or_default();
        let subject;
        let key = match &self.body {
            Body::Deterministic(pool) => BodyKey::Deterministic(pool),
            Body::Random(key) => BodyKey::Random(key),
            Body::Subject(column, keys) => {
                let (id, key) = keys
                    .of(&Subject::new("", 0, &Canonical::new(Vec::new())))
                    .unwrap();
                subject = body_key(column, id, &key).unwrap();
                BodyKey::Subject(id, &subject)
            }
        };
        assert_eq!(self.append(value, &index, nonce, &key, &mut out), Ok(()));
        out
    }
}
