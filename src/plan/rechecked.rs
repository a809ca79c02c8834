//! Patterns that search tokens do not decide: the proxy opens the rows they find and keeps those that fit. Only where the
//! condition stands among the ANDs of the statement's own WHERE, so that a row that is left out changes nothing else.

use super::analysis::Analysis;
use super::lineage::Value;
use super::seek::Written;
use crate::sql::Range;
use crate::value::{Canonical, Fold};

/// A condition to be looked at again.
pub(super) struct Recheck {
    /// The column as it is written.
    pub(super) name: String,
    pub(super) value: Value,
    pub(super) pattern: Looked,
    pub(super) written: Written,
    /// ILIKE.
    pub(super) fold: Option<Fold>,
}

/// The pattern.
pub(super) enum Looked {
    Constant(Canonical),
    Argument { number: usize, sent_as: u32 },
}

impl Analysis<'_> {
    /// Whether a condition at these tokens can be looked at again.
    pub(super) fn may_recheck(&self, whole: Range, value: &Value) -> bool {
        self.conjuncts.contains(&whole.first)
            && value.columns.iter().all(|column| self.reveals(column))
    }
}
