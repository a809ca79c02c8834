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
