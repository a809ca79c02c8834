//! What was done to how many values.

use std::sync::Arc;

use crate::policy::Protected;

/// Values sealed, opened and masked, by column, and guesses. Filled here, recorded by the session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    columns: Vec<Tally>,
    guesses: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Tally {
    column: Arc<Protected>,
    sealed: u64,
    opened: u64,
    masked: u64,
    erased: u64,
}

/// What was done to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Treated {
    /// Sealed on its way upstream.
    Sealed,
    /// Shown as it is. A value that is opened only to be masked is not counted here.
    Opened,
    /// Shown masked.
    Masked,
    /// Shown as NULL, since its data subject was erased.
    Erased,
}

impl Treated {
    /// Label of metrics and audit.
    pub fn label(self) -> &'static str {
        match self {
            Treated::Sealed => "sealed",
            Treated::Opened => "opened",
            Treated::Masked => "masked",
            Treated::Erased => "erased",
        }
    }
}

impl Counts {
    /// Each (table, column, what was done, how often) that is not 0.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, Treated, u64)> {
        self.columns.iter().flat_map(|tally| {
            let column = &tally.column;
            [
                (Treated::Sealed, tally.sealed),
                (Treated::Opened, tally.opened),
                (Treated::Masked, tally.masked),
                (Treated::Erased, tally.erased),
            ]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(treated, count)| {
                (
                    column.table_name.as_str(),
                    column.column.as_str(),
                    treated,
                    count,
                )
            })
        })
    }

    /// Search constants by someone who does not see the column. Those in the text itself the session adds.
    pub fn guesses(&self) -> u64 {
        self.guesses
    }

    /// Nothing was done.
    pub fn is_empty(&self) -> bool {
        self.guesses == 0 && self.iter().next().is_none()
    }

    /// Adds another's.
    pub fn merge(&mut self, other: &Counts) {
        self.guesses += other.guesses;
        for tally in &other.columns {
            let own = self.tally(&tally.column);
            own.sealed += tally.sealed;
            own.opened += tally.opened;
            own.masked += tally.masked;
            own.erased += tally.erased;
        }
    }

    pub(super) fn add(&mut self, column: &Arc<Protected>, treated: Treated, count: u64) {
        let tally = self.tally(column);
        match treated {
            Treated::Sealed => tally.sealed += count,
            Treated::Opened => tally.opened += count,
            Treated::Masked => tally.masked += count,
            Treated::Erased => tally.erased += count,
        }
    }

    /// Counts search constants.
    pub fn guess(&mut self, count: u64) {
        self.guesses += count;
    }

    /// A statement has a handful of protected columns, so looking through them is quicker than hashing.
    fn tally(&mut self, column: &Arc<Protected>) -> &mut Tally {
        let known = self
            .columns
            .iter()
            .position(|tally| same(&tally.column, column));
        let at = known.unwrap_or_else(|| {
            self.columns.push(Tally {
                column: Arc::clone(column),
                sealed: 0,
                opened: 0,
                masked: 0,
                erased: 0,
            });
            self.columns.len() - 1
        });
        #[expect(
            clippy::indexing_slicing,
            reason = "the position was found or pushed a line above"
        )]
        &mut self.columns[at]
    }
}

fn same(one: &Arc<Protected>, other: &Arc<Protected>) -> bool {
    Arc::ptr_eq(one, other)
        || (one.attnum == other.attnum
            && one.table == other.table
            && one.table_name == other.table_name)
}
