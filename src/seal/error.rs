//! Why a value could not be sealed or an envelope not opened. No byte of a value is in any of these.

use super::SubjectError;
use crate::value::{NoFold, NoOrder};

/// A column's sealing parameters that no cipher can be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// The key handed in belongs to the other scheme.
    #[error("the key is not for the scheme of the column")]
    KeyOfOtherScheme,
    /// `pad = 0`.
    #[error("pad must be at least 1")]
    PadOfZero,
    /// The column has a case-insensitive tag and no key for it was handed in, or the other way round.
    #[error("the key of the case-insensitive tag does not fit the column")]
    TagKey,
    /// The column has order bytes and no key for them was handed in, or the other way round.
    #[error("the key of the order bytes does not fit the column")]
    OrderKey,
    /// A column under the keys of data subjects has nothing to search by.
    #[error("a column under the keys of data subjects has no search")]
    SubjectLayout,
    /// Order bytes stand before a deterministic body without padding.
    #[error("an ordered column is sealed deterministically and without padding")]
    OrderLayout,
    /// The column has search tokens and the keys of their kinds were not handed in, or others were.
    #[error("the keys of the search tokens do not fit the column")]
    TokenKeys,
    /// A cipher that is to open beside this one is of another column, or the column is searched.
    #[error("the epochs do not belong to one column without search")]
    Beside,
    /// The crypto backend did not take the key.
    #[error("the crypto backend did not take the key")]
    Backend,
}

/// A value that could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The envelope would not fit into a PostgreSQL value (1 GB).
    #[error("the value is too long to be sealed")]
    TooLong,
    /// The value has no case-insensitive tag.
    #[error("{0}")]
    NoFold(#[from] NoFold),
    /// The value has no place in the column's order.
    #[error("{0}")]
    NoOrder(#[from] NoOrder),
    /// The value is none that search tokens can be made of.
    #[error("the value has no search tokens")]
    NoTokens,
    /// The value has more search tokens than an envelope counts (65,535).
    #[error("the value is too long to be searched by its pieces")]
    TooManyTokens,
    /// The column's values are sealed under the keys of data subjects, and whose value it is was not said.
    #[error("it is not known which data subject the value is of")]
    NoSubject,
    /// The key of the data subject is not to be had.
    #[error("{0}")]
    Subject(#[from] SubjectError),
    /// The crypto backend failed, for instance for want of random bytes.
    #[error("the crypto backend failed")]
    Backend,
}

/// Bytes that could not be opened as an envelope of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The first byte or the length says that this is no envelope.
    #[error("it is not an envelope")]
    NotAnEnvelope,
    /// An envelope of a later format.
    #[error("it is an envelope of version {found}, which this version does not know")]
    UnknownVersion {
        /// The version found.
        found: u8,
    },
    /// A body or an index that the format reserves, and that this version does not write or read.
    #[error("it has {what}, which is not supported by this version")]
    Unsupported {
        /// Which one.
        what: &'static str,
    },
    /// Sealed in another key domain.
    #[error("it belongs to key domain {found}, not {expected}")]
    OtherDomain {
        /// The column's.
        expected: u32,
        /// The envelope's.
        found: u32,
    },
    /// Sealed under the keyset of another slot.
    #[error("it was sealed under keyset slot {found}, not {expected}")]
    OtherSlot {
        /// The column's.
        expected: u8,
        /// The envelope's.
        found: u8,
    },
    /// Sealed in another key epoch.
    #[error("it was sealed in key epoch {found}, not {expected}")]
    OtherEpoch {
        /// The column's.
        expected: u16,
        /// The envelope's.
        found: u16,
    },
    /// Deterministic where the column is random, or any other scheme than the column's.
    #[error("it was sealed in another scheme")]
    OtherScheme,
    /// With order bytes or a case-insensitive tag where the column has none, or the other way round.
    #[error("it was sealed with other search capabilities")]
    OtherIndex,
    /// The key of the data subject is not to be had; [`SubjectError::Erased`]: the value is gone for good.
    #[error("{0}")]
    Subject(#[from] SubjectError),
    /// The header fits the column and the body does not authenticate: altered, cut short, or sealed under
    /// another key, environment or type family.
    #[error("it is damaged, or was sealed under another key")]
    Damaged,
}
