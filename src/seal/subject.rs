//! Keys of data subjects: what they are called, who finds them, and the key of a body under one.
//!
//! A body is under both: the column's own key, which hangs on the keyset, and the subject's. HKDF-SHA256, salt = the column's key,
//! input = the subject's key, info = `sealwire subject v1` ‖ subject key id. Whoever destroys the subject's key destroys
//! what was sealed under it, in every copy; whoever takes the subjects' keys alone opens nothing.

use aws_lc_rs::aead::{AES_256_GCM_SIV, LessSafeKey, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

/// Bytes of a subject key id.
pub const SUBJECT_ID_LEN: usize = 8;
/// Bytes of a subject's key.
pub const SUBJECT_KEY_LEN: usize = 32;

const LABEL: &[u8] = b"sealwire subject v1";

/// Names the key of a data subject in an envelope. No secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubjectId(pub [u8; SUBJECT_ID_LEN]);

impl std::fmt::Display for SubjectId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Who a data subject is: its kind, and the canonical value of the column that says so. It cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject(Zeroizing<Vec<u8>>);

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subject(…)")
    }
}

impl Subject {
    /// Of a kind (which has no zero byte in it), a canonical family and a canonical value of it.
    pub fn new(kind: &str, family: u8, value: &crate::value::Canonical) -> Self {
        let value = value.expose_plaintext();
        let mut bytes = Zeroizing::new(Vec::with_capacity(kind.len() + 2 + value.len()));
        bytes.extend_from_slice(kind.as_bytes());
        bytes.extend_from_slice(&[0, family]);
        bytes.extend_from_slice(value);
        Subject(bytes)
    }

    /// What is hashed for its name in the store of keys.
    pub fn expose_name(&self) -> &[u8] {
        &self.0
    }
}

/// A data subject's key. Wiped when dropped; it cannot be printed.
#[derive(Clone)]
pub struct SubjectKey(pub Zeroizing<[u8; SUBJECT_KEY_LEN]>);

impl std::fmt::Debug for SubjectKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubjectKey(…)")
    }
}

/// Why a data subject's key is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubjectError {
    /// It was destroyed.
    #[error("the data subject was erased")]
    Erased,
    /// The store does not know it.
    #[error("the store of subjects' keys does not hold the key")]
    Unknown,
    /// The store cannot be used.
    #[error("the store of subjects' keys cannot be used: {0}")]
    Store(&'static str),
}

/// Finds the keys of data subjects.
pub trait SubjectKeys: Send + Sync {
    /// The key of a subject: made where there never was one.
    ///
    /// # Errors
    /// Where the subject was erased, or the store cannot be used.
    fn of(&self, subject: &Subject) -> Result<(SubjectId, SubjectKey), SubjectError>;

    /// The key that an envelope names.
    ///
    /// # Errors
    /// Where it was destroyed, is not known, or the store cannot be used.
    fn find(&self, id: SubjectId) -> Result<SubjectKey, SubjectError>;
}

/// The key of a column's bodies for one subject.
pub(super) fn body_key(
    column: &[u8; SUBJECT_KEY_LEN],
    id: SubjectId,
    key: &SubjectKey,
) -> Option<LessSafeKey> {
    let mut derived = Zeroizing::new([0; SUBJECT_KEY_LEN]);
    Salt::new(HKDF_SHA256, column)
        .extract(key.0.as_slice())
        .expand(&[LABEL, &id.0], Length)
        .and_then(|expanded| expanded.fill(derived.as_mut_slice()))
        .ok()?;
    UnboundKey::new(&AES_256_GCM_SIV, derived.as_slice())
        .map(LessSafeKey::new)
        .ok()
}

struct Length;

impl KeyType for Length {
    fn len(&self) -> usize {
        SUBJECT_KEY_LEN
    }
}

/// The subject key id of an envelope without index bytes, without keys and unproven; `None` where it has none.
pub fn subject_id(envelope: &[u8]) -> Option<SubjectId> {
    let found = super::header(envelope).ok()?;
    if found.scheme != super::Scheme::Subject {
        return None;
    }
    let id = envelope
        .get(super::HEADER_LEN..)?
        .first_chunk::<SUBJECT_ID_LEN>()?;
    Some(SubjectId(*id))
}
