//! Masks: what who may not see a value is shown instead, in the column's own type.
//!
//! Absent: who is shown which (policy). A mask that needs no plaintext never asks for it.

use std::sync::Arc;

use crate::value::{Canonical, DeclaredType, ValueError};

/// One mask, validated against the column's type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "fields are named in the variants' texts")]
pub enum Mask {
    /// NULL.
    Null,
    /// A fixed value of the column's type, in its text form.
    Fixed { text: String },
    /// Keeps the first `keep` characters; each other one becomes `with`.
    KeepFirst { keep: usize, with: char },
    /// Keeps the last `keep` characters.
    KeepLast { keep: usize, with: char },
    /// `a***@e***.com`.
    Email,
    /// A date or timestamp cut to its year (1 January).
    Year,
    /// A date or timestamp cut to its month (first day).
    Month,
    /// A number cut down to a multiple of `step`, in its text form.
    Bucket { step: String },
    /// A stable pseudonym: keyed hash of the value. Shows which rows are equal.
    Pseudonym,
    /// 0, '', false, the epoch: the type's zero.
    Zero,
}

/// Computes the 32-byte keyed hash of a canonical value, for pseudonyms. Given by the keys room so
/// that this room knows no keys.
pub trait Pseudonymise: Send + Sync {
    /// The keyed hash.
    fn pseudonym(&self, value: &Canonical) -> [u8; 32];
}

impl Mask {
    /// Whether the mask is made from the value (and so must open it).
    pub fn needs_plaintext(&self) -> bool {
        unimplemented!()
    }

    /// Whether the mask can be applied to the type; the error says what is expected.
    ///
    /// # Errors
    /// One sentence for the rule file's author.
    pub fn fits(&self, _declared: &DeclaredType) -> Result<(), String> {
        unimplemented!()
    }

    /// The masked value, `None` for NULL. `value` is `None` where the mask needs no plaintext.
    ///
    /// # Errors
    /// Where the value is not of the type (damaged).
    pub fn apply(
        &self,
        _declared: &DeclaredType,
        _value: Option<&Canonical>,
        _pseudonymise: Option<&Arc<dyn Pseudonymise>>,
    ) -> Result<Option<Canonical>, ValueError> {
        unimplemented!()
    }

    /// Whether a written value could be this mask shown to its writer: the fixed value, NULL for `Null`, a
    /// value that the mask leaves as it is (all but the kept characters already masked). Used by
    /// `on_masked_write = "keep"`.
    pub fn could_be(&self, _declared: &DeclaredType, _value: Option<&Canonical>) -> bool {
        unimplemented!()
    }

    /// How many bits of a uniformly random value remain hidden at most, for `check`'s warning of mask
    /// plus search right; `None` where nothing is known of the value's size.
    pub fn hidden_bits(&self, _declared: &DeclaredType) -> Option<f64> {
        unimplemented!()
    }
}
