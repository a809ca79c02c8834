//! Masks: what who may not see a value is shown instead, in the column's own type.
//!
//! Absent: who is shown which (policy). A mask that needs no plaintext never asks for it.

mod bits;
mod characters;
mod moments;
mod numbers;
mod pseudonyms;
#[cfg(test)]
mod tests;
mod zero;

use std::sync::Arc;

use crate::value::{Canonical, DeclaredType, Settings, ValueError};

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
        match self {
            Mask::Null | Mask::Fixed { .. } | Mask::Zero => false,
            Mask::KeepFirst { .. }
            | Mask::KeepLast { .. }
            | Mask::Email
            | Mask::Year
            | Mask::Month
            | Mask::Bucket { .. }
            | Mask::Pseudonym => true,
        }
    }

    /// Whether the mask can be applied to the type; the error says what is expected.
    ///
    /// # Errors
    /// One sentence for the rule file's author.
    pub fn fits(&self, declared: &DeclaredType) -> Result<(), String> {
        let name = declared.name();
        let unless = |fits: bool, expected: &str| {
            if fits {
                Ok(())
            } else {
                Err(format!("{expected}, and the column is of type {name}"))
            }
        };
        match self {
            Mask::Null => Ok(()),
            Mask::Fixed { .. } => match self.fixed(declared) {
                Ok(_) => Ok(()),
                Err(error) => Err(format!(
                    "the fixed text is not a value of type {name}: {error}"
                )),
            },
            Mask::KeepFirst { .. } | Mask::KeepLast { .. } => unless(
                characters::is_text(declared),
                "keep_first and keep_last need a text type",
            ),
            Mask::Email => unless(characters::is_text(declared), "email needs a text type"),
            Mask::Year | Mask::Month => unless(
                moments::is_dated(declared),
                "year and month need a date or timestamp",
            ),
            Mask::Bucket { step } => numbers::check_step(declared, step),
            Mask::Pseudonym => unless(
                pseudonyms::is_wide_enough(declared),
                "a pseudonym needs a text type of at least 8 characters, uuid, integer or bigint",
            ),
            Mask::Zero => unless(
                zero::text(declared).is_some(),
                "the type has no zero; use null",
            ),
        }
    }

    /// The masked value, `None` for NULL. `value` is `None` where the mask needs no plaintext.
    ///
    /// # Errors
    /// Where the value is not of the type (damaged).
    pub fn apply(
        &self,
        declared: &DeclaredType,
        value: Option<&Canonical>,
        pseudonymise: Option<&Arc<dyn Pseudonymise>>,
    ) -> Result<Option<Canonical>, ValueError> {
        match self {
            Mask::Null => return Ok(None),
            Mask::Fixed { .. } => return self.fixed(declared).map(Some),
            Mask::Zero => return Ok(zero::of(declared)),
            _ => {}
        }
        let Some(value) = value else { return Ok(None) };
        match self {
            Mask::Null | Mask::Fixed { .. } | Mask::Zero => Ok(None),
            Mask::KeepFirst { keep, with } => characters::edit(declared, value, |text| {
                characters::keep_first(text, *keep, *with)
            }),
            Mask::KeepLast { keep, with } => characters::edit(declared, value, |text| {
                characters::keep_last(text, *keep, *with)
            }),
            Mask::Email => characters::edit(declared, value, characters::email),
            Mask::Year => moments::cut(declared, value, moments::Unit::Year),
            Mask::Month => moments::cut(declared, value, moments::Unit::Month),
            Mask::Bucket { step } => numbers::bucket(declared, value, step),
            Mask::Pseudonym => match pseudonymise {
                Some(pseudonymise) => {
                    pseudonyms::of(declared, &pseudonymise.pseudonym(value)).map(Some)
                }
                None => Ok(None),
            },
        }
    }

    /// Whether a written value could be this mask shown to its writer: the fixed value, NULL for `Null`, a
    /// value that the mask leaves as it is (all but the kept characters already masked). Used by
    /// `on_masked_write = "keep"`.
    pub fn could_be(&self, declared: &DeclaredType, value: Option<&Canonical>) -> bool {
        let Some(written) = value else {
            return *self == Mask::Null;
        };
        match self {
            Mask::Null => false,
            Mask::Pseudonym => pseudonyms::looks_like_one(declared, written),
            _ => {
                matches!(self.apply(declared, value, None), Ok(Some(masked)) if masked == *written)
            }
        }
    }

    /// How many bits of a uniformly random value remain hidden at most, for `check`'s warning of mask
    /// plus search right; `None` where nothing is known of the value's size.
    pub fn hidden_bits(&self, declared: &DeclaredType) -> Option<f64> {
        match self {
            Mask::Null | Mask::Fixed { .. } | Mask::Zero | Mask::Pseudonym => bits::whole(declared),
            Mask::KeepFirst { keep, .. } | Mask::KeepLast { keep, .. } => {
                bits::characters(declared, *keep)
            }
            Mask::Email => bits::characters(declared, 2),
            Mask::Year => bits::days(declared, 366.0),
            Mask::Month => bits::days(declared, 31.0),
            Mask::Bucket { step } => bits::bucket(declared, step),
        }
    }

    /// The fixed text as a value: dates in ISO form, times without a zone in UTC.
    fn fixed(&self, declared: &DeclaredType) -> Result<Canonical, ValueError> {
        match self {
            Mask::Fixed { text } => declared.from_text(text.as_bytes(), &Settings::default()),
            _ => Err(ValueError::new("XX000", "not a fixed mask")),
        }
    }
}
