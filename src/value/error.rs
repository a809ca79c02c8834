//! Why a value was not taken or could not be given.

/// A value that is not valid for its declared type. Holds no part of the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// PostgreSQL's own SQLSTATE for the case: 22P02, 22003, 22001, 22007, 22008, 22021, 22P03 … or 0A000
    /// where the meaning depends on the server ('now', an unknown zone name).
    pub sqlstate: &'static str,
    /// What is wrong, without the value: "invalid input syntax for type integer".
    pub message: String,
}

impl ValueError {
    /// An error under an SQLSTATE.
    pub fn new(sqlstate: &'static str, message: impl Into<String>) -> Self {
        ValueError {
            sqlstate,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for ValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ValueError {}
