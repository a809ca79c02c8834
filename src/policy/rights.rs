//! What one principal (under one active role) may do with the protected tables.

use std::collections::{BTreeSet, HashMap};

use super::pattern::TablePattern;
use super::protection::Protection;
use crate::identity::{Level, Verb};
use crate::mask::Mask;

/// Rights on every protected table of a database, resolved. `Hash`-like identity is in `key`: two
/// sessions with equal keys may share plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// Stands for the whole content: part of the plan key.
    pub key: u64,
    /// By table oid. Every protected table has an entry.
    pub tables: HashMap<u32, TableRights>,
    /// Whether the principal has full control of every protected table: what is opaque (DO, functions,
    /// statistics catalogs) is then allowed.
    pub full_control_everywhere: bool,
    /// Search constants of columns without reveal: at most this many a statement.
    pub guesses_per_statement: u32,
    /// And this many an hour, counted by the session's ledger.
    pub guesses_per_hour: u32,
    /// Rows of one result that the proxy keeps to sort them or to cut them off.
    pub gathered_rows: u32,
    /// Rows of one result that the proxy opens to look for what no token finds, and that do not fit; 0: none.
    pub scanned_rows: u32,
    /// The tables that the principal may define, also such as are not there yet.
    pub definable: Vec<TablePattern>,
    /// Names of the keysets that the principal may choose.
    pub keysets: BTreeSet<String>,
}

impl Rights {
    /// Whether a table of this name may be defined.
    pub fn may_define(&self, schema: &str, table: &str) -> bool {
        let mut patterns = self.definable.iter();
        patterns.any(|pattern| pattern.matches(schema, table))
    }
}

/// Rights on one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRights {
    /// Union of the grants' levels, as a set of verbs.
    pub levels: Vec<Level>,
    /// By attnum. Every protected column has an entry.
    pub columns: HashMap<i16, ColumnRights>,
}

/// Rights on one protected column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRights {
    /// What it is shown as.
    pub sight: Sight,
    /// May be used in predicates. Reveal brings it.
    pub search: bool,
    /// May be written. Reveal brings it (within the level).
    pub write: bool,
    /// What a write by someone who sees a mask does.
    pub on_masked_write: OnMaskedWrite,
}

/// What a column is shown as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// The value.
    Reveal,
    /// This mask.
    Mask(Mask),
}

/// `on_masked_write`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnMaskedWrite {
    /// 42501.
    Refuse,
    /// An UPDATE that assigns exactly the mask shown, or the column itself, keeps what is stored.
    Keep,
}

impl Rights {
    /// What is left of them where only these tables are protected.
    #[must_use]
    pub fn over(&self, protection: &Protection) -> Rights {
        let tables: HashMap<u32, TableRights> = self
            .tables
            .iter()
            .filter(|(oid, _)| protection.tables.contains_key(oid))
            .map(|(oid, table)| (*oid, table.clone()))
            .collect();
        Rights {
            full_control_everywhere: full_control(&tables),
            tables,
            definable: self.definable.clone(),
            keysets: self.keysets.clone(),
            ..*self
        }
    }
}

/// Whether every table is fully controlled and seen.
pub(super) fn full_control(tables: &HashMap<u32, TableRights>) -> bool {
    tables.values().all(|table| {
        table.levels.contains(&Level::FullControl)
            && table
                .columns
                .values()
                .all(|column| column.sight == Sight::Reveal)
    })
}

impl TableRights {
    /// Whether any of the levels allows the verb.
    pub fn allows(&self, verb: Verb) -> bool {
        self.levels.iter().any(|level| level.allows(verb))
    }
}
