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

    /// Text that is not of the type.
    pub(super) fn syntax(type_name: &str) -> Self {
        ValueError::new(
            "22P02",
            format!("invalid input syntax for type {type_name}"),
        )
    }

    /// A number that the type cannot hold.
    pub(super) fn out_of_range(type_name: &str) -> Self {
        ValueError::new("22003", format!("value out of range for type {type_name}"))
    }

    /// A malformed value in binary format.
    pub(super) fn binary(type_name: &str) -> Self {
        ValueError::new(
            "22P03",
            format!("incorrect binary data format for type {type_name}"),
        )
    }

    /// Canonical bytes that are not of the declared type.
    pub(super) fn damaged(type_name: &str) -> Self {
        ValueError::new(
            "XX001",
            format!("the stored value is not a valid value of type {type_name}"),
        )
    }

    /// Text whose meaning the server alone can tell, or that its versions read differently.
    pub(super) fn server_dependent(what: &str) -> Self {
        ValueError::new(
            "0A000",
            format!(
                "{what} depends on the server and cannot be used with a protected column: write the value out in full"
            ),
        )
    }
}

impl std::fmt::Display for ValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ValueError {}
