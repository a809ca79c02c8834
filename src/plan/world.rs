//! Everything a plan is made against.

use std::sync::Arc;

use crate::catalog::Snapshot;
use crate::policy::Protection;

/// The catalog and the protection of one database at one moment.
#[derive(Debug, Clone)]
pub struct World {
    /// The catalog.
    pub snapshot: Arc<Snapshot>,
    /// The rules, bound to it.
    pub protection: Arc<Protection>,
}

impl World {
    /// Puts the two together.
    pub fn new(snapshot: Arc<Snapshot>, protection: Arc<Protection>) -> Self {
        World {
            snapshot,
            protection,
        }
    }
}
