//! Errors of the rooms below in the words that a client sees. Names of columns, never values.

use crate::fault::{Fault, Refusal};
use crate::keys::KeyError;
use crate::plan::NewEntry;
use crate::policy::Protected;
use crate::seal::{OpenError, SealError, SubjectError};
use crate::value::ValueError;

/// A value given by the client that its column does not take.
pub(super) fn bad_value(error: ValueError) -> Refusal {
    // 0A000: only the server knows what is meant.
    let fault = if error.sqlstate == "0A000" {
        Fault::ServerDependentValue
    } else {
        Fault::BadValue
    };
    Refusal::new(fault, error.message).with_sqlstate(error.sqlstate)
}

/// What lies in the server is not an envelope of the column, or its content not of the column's type.
pub(super) fn cannot_open(column: &Protected, why: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(
        Fault::CannotOpen,
        format!("a value of {} cannot be opened: {why}", column.qualified()),
    )
}

pub(super) fn open(column: &Protected) -> impl Fn(OpenError) -> Refusal {
    move |error| match error {
        // Nothing is wrong with the value.
        OpenError::Subject(SubjectError::Store(why)) => Refusal::new(
            Fault::KeysetUnavailable,
            format!(
                "a key of {} is not to be had: the store of subjects' keys: {why}",
                column.qualified()
            ),
        ),
        OpenError::OtherEpoch { .. } => Refusal::new(
            Fault::EpochUnknown,
            format!(
                "a value of {} cannot be opened: {error}",
                column.qualified()
            ),
        ),
        OpenError::OtherSlot { .. } => Refusal::new(
            Fault::KeysetOther,
            format!(
                "a value of {} cannot be opened: {error}",
                column.qualified()
            ),
        ),
        OpenError::Subject(SubjectError::Erased | SubjectError::Unknown)
        | OpenError::NotAnEnvelope
        | OpenError::UnknownVersion { .. }
        | OpenError::Unsupported { .. }
        | OpenError::OtherDomain { .. }
        | OpenError::OtherScheme
        | OpenError::OtherIndex
        | OpenError::Damaged => cannot_open(column, &error),
    }
}

/// The opened bytes cannot be shown as the declared type.
pub(super) fn not_of_type(column: &Protected) -> impl Fn(ValueError) -> Refusal {
    move |error| {
        // The value is whole: the session's settings are what it cannot be written under.
        if error.sqlstate == "0A000" {
            let message = format!(
                "a value of {} cannot be shown in this session's time zone",
                column.qualified()
            );
            return Refusal::new(Fault::ServerDependentValue, message)
                .with_hint("Set TimeZone to a zone by its name, such as Europe/Rome, or to UTC.");
        }
        cannot_open(column, &"its content is not of the declared type")
    }
}

/// A plaintext value of the server that is not of the type the catalog told.
pub(super) fn schema_changed(column: &Protected) -> Refusal {
    Refusal::new(
        Fault::SchemaChanged,
        format!(
            "a value of {} is not of the type that is known of it",
            column.qualified()
        ),
    )
}

pub(super) fn keys(column: &Protected) -> impl Fn(KeyError) -> Refusal {
    move |error| {
        Refusal::new(
            Fault::KeysetUnavailable,
            format!(
                "the key of {} is not to be had: {error}",
                column.qualified()
            ),
        )
    }
}

pub(super) fn no_keyset(new: &NewEntry) -> Refusal {
    Refusal::new(
        Fault::KeysetUnavailable,
        format!(
            "there is no key to seal {}.{}.{} with",
            new.schema, new.table, new.column
        ),
    )
}

pub(super) fn other_keyset(new: &NewEntry) -> Refusal {
    Refusal::new(
        Fault::KeysetUnavailable,
        format!(
            "the key domain of {}.{}.{} is sealed under another keyset than that of its table",
            new.schema, new.table, new.column
        ),
    )
    .with_hint("Columns of one domain are sealed under one keyset.")
}

pub(super) fn seal(column: &Protected) -> impl Fn(SealError) -> Refusal {
    move |error| match error {
        SealError::TooLong => Refusal::new(
            Fault::BadValue,
            format!("a value is too long for {}", column.qualified()),
        )
        .with_sqlstate("54000"),
        SealError::NoFold(why) => Refusal::new(
            Fault::CaseUnlike,
            format!("column {}: {why}", column.qualified()),
        ),
        SealError::NoOrder(why) => {
            let error = why.to_value_error();
            Refusal::new(
                Fault::BadValue,
                format!("{} (column {})", error.message, column.qualified()),
            )
            .with_sqlstate(error.sqlstate)
        }
        SealError::TooManyTokens => Refusal::new(
            Fault::BadValue,
            format!(
                "the value is too long for the search tokens of column {}",
                column.qualified()
            ),
        )
        .with_sqlstate("54000"),
        SealError::NoSubject => Refusal::new(
            Fault::SubjectUnknown,
            format!(
                "it is not known of whom the value of {} is",
                column.qualified()
            ),
        ),
        SealError::Subject(SubjectError::Erased) => Refusal::new(
            Fault::SubjectErased,
            format!(
                "a value of {} for someone who was erased",
                column.qualified()
            ),
        ),
        SealError::Subject(SubjectError::Unknown | SubjectError::Store(_))
        | SealError::NoTokens
        | SealError::Backend => Refusal::new(
            Fault::KeysetUnavailable,
            format!(
                "a value of {} cannot be sealed: {error}",
                column.qualified()
            ),
        ),
    }
}

pub(super) fn write_missing(column: &Protected) -> Refusal {
    Refusal::new(
        Fault::WriteMissing,
        format!(
            "column {} is shown masked to this role, which may not write it",
            column.qualified()
        ),
    )
}

/// A plan reads a value that it does not open: nothing of it is shown.
pub(super) fn masked(column: &Protected) -> Refusal {
    Refusal::new(
        Fault::UnsupportedExpression,
        format!("column {} is not opened in this result", column.qualified()),
    )
}

/// A message that does not fit the plan.
pub(super) fn protocol(message: impl Into<String>) -> Refusal {
    Refusal::new(Fault::ProtocolViolation, message)
}
