//! What the demo shows is checked; it succeeds only if all of it was true.

use crate::cli::Failure;

/// The checks made so far.
#[derive(Debug, Default)]
pub(super) struct Checks {
    all: usize,
    failed: Vec<String>,
}

impl Checks {
    /// Notes whether a statement about what was shown is true.
    pub(super) fn that(&mut self, what: impl Into<String>, is_true: bool) {
        self.all += 1;
        if !is_true {
            self.failed.push(what.into());
        }
    }

    pub(super) fn all(&self) -> usize {
        self.all
    }

    pub(super) fn true_ones(&self) -> usize {
        self.all - self.failed.len()
    }

    /// An error that lists what was not true.
    pub(super) fn verdict(self) -> Result<(), Failure> {
        if self.failed.is_empty() {
            return Ok(());
        }
        Err(Failure::Failed(format!(
            "not true: {}",
            self.failed.join("; ")
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_untrue_line_fails_the_whole() {
        let mut checks = Checks::default();
        checks.that("one", true);
        assert!(Checks::default().verdict().is_ok());
        checks.that("two", false);
        assert_eq!((checks.true_ones(), checks.all()), (1, 2));
        assert!(checks.verdict().is_err());
    }
}
