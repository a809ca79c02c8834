//! The steps of a drill: what each said, and how long it took.

use std::time::{Duration, Instant};

use crate::cli::Failure;
use crate::cli::screen::line;

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) held: bool,
    pub(super) took: Duration,
    /// What was found, or what went wrong.
    pub(super) said: String,
}

/// The steps so far.
pub(super) struct Course {
    began: Instant,
    shown: bool,
    pub(super) steps: Vec<Step>,
}

impl Course {
    /// `shown`: each step is printed when it is done.
    pub(super) fn begin(shown: bool) -> Self {
        Course {
            began: Instant::now(),
            shown,
            steps: Vec::new(),
        }
    }

    /// Takes a step; `None` where it fails.
    pub(super) async fn step<T>(
        &mut self,
        name: &str,
        step: impl Future<Output = Result<(T, String), Failure>>,
    ) -> Option<T> {
        let began = Instant::now();
        let (done, said) = match step.await {
            Ok((done, said)) => (Some(done), said),
            Err(failure) => {
                let lines = failure.lines();
                let said = lines
                    .iter()
                    .map(|line| line.trim_start_matches("sealwire: "));
                (None, said.collect::<Vec<_>>().join("; "))
            }
        };
        let step = Step {
            name: name.to_owned(),
            held: done.is_some(),
            took: began.elapsed(),
            said,
        };
        if self.shown {
            line(step.line());
        }
        self.steps.push(step);
        done
    }

    pub(super) fn took(&self) -> Duration {
        self.began.elapsed()
    }
}

impl Step {
    /// For people.
    pub(super) fn line(&self) -> String {
        format!(
            "{} {:7.1} s  {}: {}",
            if self.held { "ok  " } else { "FAIL" },
            self.took.as_secs_f32(),
            self.name,
            self.said
        )
    }
}
