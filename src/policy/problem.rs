//! Mistakes in rule files: where, what, and what was expected.

/// One mistake. Printed as `file:line: key: message`; ordered by place, so that a list is stable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as it was named when loaded; `registry` for what only the registry knows.
    pub file: String,
    /// Line from 1; 0 where the whole file is meant.
    pub line: u32,
    /// Dotted path of the key: `classes.email.masks.partial`.
    pub key: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Problem {}

/// Where something stands in the rule files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file.
    pub file: String,
    /// Line from 1; 0 for the whole file.
    pub line: u32,
    /// Dotted path of the key.
    pub key: String,
}

impl Place {
    /// A place in no file: the registry in the database.
    pub(super) fn registry(key: impl Into<String>) -> Place {
        Place {
            file: "registry".to_owned(),
            line: 0,
            key: key.into(),
        }
    }

    /// `file:line`, to point at from another place.
    pub(super) fn short(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// A key below this one, on the same line.
    pub(super) fn below(&self, key: &str) -> Place {
        Place {
            key: format!("{}.{key}", self.key),
            ..self.clone()
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// Mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one at a place.
    pub(super) fn add(&mut self, place: &Place, message: impl Into<String>) {
        self.0.push(Problem {
            file: place.file.clone(),
            line: place.line,
            key: place.key.clone(),
            message: message.into(),
        });
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds all of another list.
    pub(super) fn extend(&mut self, other: Problems) {
        self.0.extend(other.0);
    }

    /// All of them in order of place, each once.
    pub(super) fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
