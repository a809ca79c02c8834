//! What a run found, counted and written down.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::grammar::{Case, Profile, Step};
use super::judge::{Verdict, reason};
use crate::harness::{Frame, Raw};

#[derive(Default, Clone)]
struct Count {
    alike: usize,
    refused: usize,
    failed: usize,
}

/// A run's counts.
#[derive(Default)]
pub struct Tally {
    kinds: BTreeMap<(bool, &'static str), Count>,
    /// By profile: refusals of what the server answers, with how many and the first case.
    reasons: BTreeMap<(bool, String), (usize, String)>,
    /// Pairs of SQLSTATEs that differ.
    states: BTreeMap<(String, String), (usize, String)>,
    clerk: BTreeMap<String, usize>,
    agent: BTreeMap<String, usize>,
    faults: Vec<String>,
}

/// How a role without sight was answered.
fn ending(answers: &[Vec<Frame>]) -> String {
    let failed = answers
        .iter()
        .find(|frames| frames.iter().any(|frame| frame.tag == 'E'));
    match failed {
        None => "answered".to_owned(),
        Some(frames) => match reason(frames) {
            Some(reason) => format!("refused: {reason}"),
            None => format!("failed: {}", Raw::error(frames)),
        },
    }
}

impl Tally {
    pub fn owner(&mut self, profile: Profile, number: usize, case: &Case, verdict: Verdict) {
        let torture = profile == Profile::Torture;
        let count = self.kinds.entry((torture, case.kind)).or_default();
        let text = || {
            let said: Vec<String> = case.steps.iter().map(Step::said).collect();
            format!("{number}: {}", said.join("; "))
        };
        match verdict {
            Verdict::Alike => count.alike += 1,
            Verdict::Refused(reason) => {
                count.refused += 1;
                self.reasons
                    .entry((torture, reason))
                    .or_insert_with(|| (0, text()))
                    .0 += 1;
            }
            Verdict::Failed(one, other) => {
                count.failed += 1;
                if one != other {
                    self.states
                        .entry((one, other))
                        .or_insert_with(|| (0, text()))
                        .0 += 1;
                }
            }
            Verdict::Wrong(how) => self.faults.push(format!("WRONG {}\n {how}", text())),
        }
    }

    pub fn clerk(
        &mut self,
        number: usize,
        steps: &[Step],
        answers: &[Vec<Frame>],
        canary: Option<&str>,
        interference: Option<String>,
    ) {
        *self.clerk.entry(ending(answers)).or_default() += 1;
        let said = || steps.iter().map(Step::said).collect::<Vec<_>>().join("; ");
        if let Some(canary) = canary {
            self.faults
                .push(format!("CANARY {canary} {number}: {}", said()));
        }
        // The shape of a plan shows how large tables are, and lengths are not protected; which rows a view joins is
        // told to whoever its author lets read it.
        let told = |said: &str| said.contains("explain") || said.contains("claims_view");
        if let Some(how) = interference.filter(|_| !told(&said())) {
            self.faults
                .push(format!("INTERFERENCE {number}: {}\n {how}", said()));
        }
    }

    pub fn agent(
        &mut self,
        number: usize,
        steps: &[Step],
        answers: &[Vec<Frame>],
        canary: Option<&str>,
    ) {
        *self.agent.entry(ending(answers)).or_default() += 1;
        if let Some(canary) = canary {
            let said: Vec<String> = steps.iter().map(Step::said).collect();
            self.faults.push(format!(
                "CANARY of the agent {canary} {number}: {}",
                said.join("; ")
            ));
        }
    }

    pub fn faults(&self) -> String {
        self.faults.join("\n")
    }

    /// Refused under a profile, of those that the server answers.
    pub fn of(&self, torture: bool) -> (usize, usize) {
        let counts = || {
            self.kinds
                .iter()
                .filter(move |((t, _), _)| *t == torture)
                .map(|(_, c)| c)
        };
        let refused = counts().map(|count| count.refused).sum();
        (
            refused,
            refused + counts().map(|count| count.alike).sum::<usize>(),
        )
    }

    pub fn report(&self, seed: u64) -> String {
        let mut out = String::new();
        let total: usize = self
            .kinds
            .values()
            .map(|c| c.alike + c.refused + c.failed)
            .sum();
        let _ = writeln!(
            out,
            "{total} cases from seed {seed}; {} faults\n",
            self.faults.len()
        );
        for (torture, name) in [(false, "application"), (true, "torture")] {
            let (refused, accepted) = self.of(torture);
            let _ = writeln!(
                out,
                "Profile {name}: {refused} of {accepted} that PostgreSQL answers are refused ({:.1} %)",
                100.0 * refused as f64 / accepted.max(1) as f64
            );
            let _ = writeln!(
                out,
                "  {:<14} {:>7} {:>8} {:>13}",
                "kind", "alike", "refused", "both failed"
            );
            for ((_, kind), count) in self.kinds.iter().filter(|((t, _), _)| *t == torture) {
                let _ = writeln!(
                    out,
                    "  {kind:<14} {:>7} {:>8} {:>13}",
                    count.alike, count.refused, count.failed
                );
            }
            let mut reasons: Vec<_> = self
                .reasons
                .iter()
                .filter(|((t, _), _)| *t == torture)
                .collect();
            reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
            let _ = writeln!(out, "  reasons:");
            for ((_, reason), (count, example)) in reasons {
                let _ = writeln!(out, "  {count:>6} {reason}\n           {example}");
            }
            let _ = writeln!(out);
        }
        let _ = writeln!(
            out,
            "Both failed, with another SQLSTATE (the server's, the proxy's):"
        );
        for ((one, other), (count, example)) in &self.states {
            let _ = writeln!(out, "  {count:>6} {one} {other}\n           {example}");
        }
        for (who, endings) in [
            ("the clerk, who sees and searches nothing", &self.clerk),
            ("the agent, who searches unseen", &self.agent),
        ] {
            let _ = writeln!(out, "\nAs {who}:");
            for (ending, count) in endings {
                let _ = writeln!(out, "  {count:>6} {ending}");
            }
        }
        out
    }
}
