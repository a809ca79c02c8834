//! How a command ends when it does not end well, and its exit code.

use std::process::ExitCode;

/// A command did not succeed. The texts never hold a value.
#[derive(Debug)]
pub enum Failure {
    /// It failed: exit code 1.
    Failed(String),
    /// It found what it was asked to look for; everything is printed already: exit code 1.
    Reported,
    /// The arguments do not say enough: exit code 2.
    Usage(String),
    /// The rules or settings are wrong, all of them at once: exit code 64.
    Configuration(Vec<String>),
}

impl Failure {
    /// From any error, with what caused it.
    pub fn because(error: impl std::error::Error) -> Failure {
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            // What the server said is in the message already; its own text would add DETAIL, which may
            // quote a row.
            if cause.is::<tokio_postgres::Error>() || cause.is::<crate::fault::Refusal>() {
                break;
            }
            let cause_text = cause.to_string();
            if !message.contains(&cause_text) {
                message = format!("{message}: {cause_text}");
            }
            source = cause.source();
        }
        Failure::Failed(message)
    }

    /// The exit code of the design: 1 failed, 2 usage, 64 bad configuration.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Failed(_) | Failure::Reported => ExitCode::from(1),
            Failure::Usage(_) => ExitCode::from(2),
            Failure::Configuration(_) => ExitCode::from(64),
        }
    }

    /// What to print on standard error.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Failure::Failed(message) | Failure::Usage(message) => {
                vec![format!("sealwire: {message}")]
            }
            Failure::Reported => Vec::new(),
            Failure::Configuration(problems) => problems.clone(),
        }
    }

    /// The same for machines.
    pub fn document(&self) -> Option<serde_json::Value> {
        let kind = match self {
            // The document of what was found is printed already.
            Failure::Reported => return None,
            Failure::Failed(_) => "failed",
            Failure::Usage(_) => "usage",
            Failure::Configuration(_) => "configuration",
        };
        let errors: Vec<String> = match self {
            Failure::Failed(message) | Failure::Usage(message) => vec![message.clone()],
            Failure::Configuration(problems) => problems.clone(),
            Failure::Reported => Vec::new(),
        };
        Some(serde_json::json!({ "failure": kind, "errors": errors }))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::because(error)
    }
}

impl From<tokio_postgres::Error> for Failure {
    /// The server's DETAIL may quote a row, so it is left out.
    fn from(error: tokio_postgres::Error) -> Self {
        match error.as_db_error() {
            Some(server) => Failure::Failed(format!(
                "the server answered {}: {}",
                server.code().code(),
                server.message()
            )),
            None => Failure::because(error),
        }
    }
}

impl From<crate::embedded::EmbeddedError> for Failure {
    fn from(error: crate::embedded::EmbeddedError) -> Self {
        Failure::because(error)
    }
}

impl From<crate::fault::Refusal> for Failure {
    fn from(refusal: crate::fault::Refusal) -> Self {
        let hint = refusal
            .hint
            .as_ref()
            .map(|hint| format!("\n  hint: {hint}"))
            .unwrap_or_default();
        Failure::Failed(format!("{refusal}{hint}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("reading the registry: what the server said (42501)")]
    struct Job(#[from] crate::fault::Refusal);

    #[test]
    fn what_was_said_is_not_said_twice() {
        let refusal = crate::fault::Refusal::new(
            crate::fault::Fault::KeysetUnavailable,
            "what the server said",
        );
        let lines = Failure::because(Job(refusal)).lines();
        assert_eq!(
            lines,
            ["sealwire: reading the registry: what the server said (42501)"]
        );
    }
}
