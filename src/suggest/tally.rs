//! Counts over a sample of a column's values. No value is kept: what tells them apart are keyed hashes.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::kind::Kind;

/// What a sample of one column showed.
#[derive(Default)]
pub struct Tally {
    /// Values that are not NULL or empty.
    seen: u64,
    passed: BTreeMap<Kind, u64>,
    distinct: HashSet<u64>,
    hasher: RandomState,
}

impl std::fmt::Debug for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tally")
            .field("seen", &self.seen)
            .field("distinct", &self.distinct.len())
            .finish_non_exhaustive()
    }
}

impl Tally {
    /// Looks at a value.
    pub fn add(&mut self, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        self.seen += 1;
        self.distinct.insert(self.hasher.hash_one(value));
        for kind in Kind::ALL {
            if kind.recognises(value) == Some(true) {
                *self.passed.entry(*kind).or_default() += 1;
            }
        }
    }

    /// How many values were looked at.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// How many of them were different.
    pub fn distinct(&self) -> u64 {
        u64::try_from(self.distinct.len()).unwrap_or(u64::MAX)
    }

    /// How many in a hundred have the form of a kind.
    pub fn percent(&self, kind: Kind) -> u64 {
        let passed = self.passed.get(&kind).copied().unwrap_or(0);
        (passed * 100).checked_div(self.seen).unwrap_or(0)
    }

    /// The kind that most values have the form of, and how many in a hundred.
    pub fn best(&self) -> Option<(Kind, u64)> {
        self.passed
            .keys()
            .map(|kind| (*kind, self.percent(*kind)))
            // Of equals the first, which is the more special one.
            .fold(None, |best, one| match best {
                Some((_, percent)) if percent >= one.1 => best,
                _ => Some(one),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_counted_and_not_kept() {
        let mut tally = Tally::default();
        for n in 0..30 {
            tally.add(&format!("canary{n}@example.com"));
            tally.add("");
        }
        tally.add("not an address");
        assert_eq!((tally.seen(), tally.distinct()), (31, 31));
        assert_eq!(tally.best(), Some((Kind::Email, 96)));
        assert!(!format!("{tally:?}").contains("canary"));
    }
}
