//! What can go wrong, as a client or an operator sees it: every fault has one catalogue entry with
//! an id, an SQLSTATE, a cause and a remedy. Nothing here holds a value, a literal or a parameter.
//!
//! Absent: detection. The rooms decide that something is wrong and name the fault.

mod catalogue;

pub use catalogue::{ENTRIES, Entry, Fault};

/// A statement, message or session that Sealwire will not carry out, in the words the client sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which entry of the catalogue this is.
    pub fault: Fault,
    /// SQLSTATE sent to the client: the entry's own, or PostgreSQL's for a bad value.
    pub sqlstate: &'static str,
    /// Primary message. Names of tables, columns and roles may stand in it; values never.
    pub message: String,
    /// What would be allowed instead.
    pub hint: Option<String>,
    /// Where in the client's own text: characters from 1, as in the `P` field (manual 55.8).
    pub position: Option<usize>,
    /// Where in the data of the statement it arose: the `W` field.
    pub context: Option<String>,
}

impl Refusal {
    /// A refusal with the entry's own SQLSTATE and remedy as its hint.
    pub fn new(fault: Fault, message: impl Into<String>) -> Self {
        let entry = fault.entry();
        Refusal {
            fault,
            sqlstate: entry.sqlstate,
            message: message.into(),
            hint: Some(entry.remedy.to_owned()),
            position: None,
            context: None,
        }
    }

    /// The same with another hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same at a position of the client's text, characters from 1.
    #[must_use]
    pub fn at(mut self, position: usize) -> Self {
        self.position = Some(position);
        self
    }

    /// The same, of this place in the statement's data.
    #[must_use]
    pub fn within(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// The same under PostgreSQL's own SQLSTATE, for bad values.
    #[must_use]
    pub fn with_sqlstate(mut self, sqlstate: &'static str) -> Self {
        self.sqlstate = sqlstate;
        self
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} ({}, {})",
            self.message,
            self.sqlstate,
            self.fault.entry().id
        )
    }
}

impl std::error::Error for Refusal {}
