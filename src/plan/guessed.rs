//! Guesses that constants do not show. Who may search a column without seeing it tries values, and each that it tries is
//! counted. Values that it has written to another column first, and compares with then, are not: such a comparison is
//! refused. A foreign key answers for what it references, with or without a comparison.

use std::sync::Arc;

use super::analysis::Analysis;
use super::lineage::{Constants, Lineage, Value};
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::policy::{OnMaskedWrite, Protected, Sight};

const HINT: &str = "Compare the column with constants or parameters, which are counted; or ask for reveal on it, or for a role that does not write the other column.";

impl Analysis<'_> {
    /// Whether the role could write a value of its choice to the column.
    fn chooses(&self, column: &Protected) -> bool {
        let right = self.right(column);
        let table = self.request.rights.tables.get(&column.table);
        table.is_some_and(|own| own.allows(Verb::Insert) || own.allows(Verb::Update))
            && (right.sight == Sight::Reveal
                || right.write
                || right.on_masked_write == OnMaskedWrite::Keep)
    }

    /// Whether what is written to a hidden column is tried: it can be searched for, or the server compares it.
    pub(super) fn tries(&self, column: &Protected) -> bool {
        !self.reveals(column) && (self.right(column).search || self.is_key(column))
    }

    /// Needs two values that are compared not to be a list of values that the role tries.
    pub(super) fn no_list(
        &self,
        a: &Value,
        b: &Value,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        if self.view > 0 {
            return Ok(());
        }
        self.listed_beside(a, b, token)?;
        self.listed_beside(b, a, token)
    }

    /// The same of what one value is made of.
    pub(super) fn no_list_within(
        &self,
        value: &Value,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        if self.view > 0 || value.columns.len() < 2 {
            return Ok(());
        }
        self.listed_beside(value, value, token)
    }

    fn listed_beside(
        &self,
        sought: &Value,
        other: &Value,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        for hidden in sought.columns.iter().filter(|own| !self.reveals(own)) {
            // What is written to the column itself is counted when it is.
            let listed = other.columns.iter().find(|own| {
                (own.table, own.attnum) != (hidden.table, hidden.attnum) && self.chooses(own)
            });
            if let Some(listed) = listed {
                let message = format!(
                    "this role may write column {} and not see column {}: compared, the one is a list of values to try on the other",
                    listed.qualified(),
                    hidden.qualified()
                );
                return self
                    .refuse(Fault::SearchMissing, message, token)
                    .map_err(|refusal| refusal.with_hint(HINT));
            }
        }
        Ok(())
    }

    /// The column that a foreign key compares what is written with, where the role does not see it.
    pub(super) fn refers_unseen(&self, table: u32, attnum: i16) -> Option<Arc<Protected>> {
        let keys = self.world.snapshot.foreign_keys.iter();
        let mut ends = keys
            .filter(|key| key.from.0 == table)
            .flat_map(|key| {
                let pairs = key.from.1.iter().zip(&key.to.1);
                pairs.map(move |(from, to)| (*from, key.to.0, *to))
            })
            .filter(|(from, _, _)| *from == attnum);
        ends.find_map(|(_, to, attnum)| {
            let column = self
                .world
                .protection
                .tables
                .get(&to)?
                .columns
                .get(&attnum)?;
            (!self.reveals(column)).then(|| Arc::clone(column))
        })
    }

    /// The same by the name that a target has for the column.
    pub(super) fn named_unseen(&self, target: &Relation, name: &str) -> Option<Arc<Protected>> {
        let name = match self.through.get(&target.oid) {
            Some(beneath) => beneath.column(name)?,
            None => name,
        };
        let table = self.written(target.oid);
        let own = self.world.snapshot.relations.get(&table)?;
        self.refers_unseen(table, own.column(name)?.attnum)
    }

    /// What is written to a column that is not protected, and that a foreign key compares with one that is hidden: constants
    /// are counted.
    pub(super) fn refers(
        &mut self,
        lineage: &Lineage,
        unseen: &Protected,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        match lineage {
            Lineage::Constants(constants) if !constants.elements => {
                self.count_given(constants, unseen)
            }
            Lineage::Constants(_) | Lineage::Plain | Lineage::Value(_) | Lineage::Array(_) => {
                self.uncounted(unseen, token)
            }
        }
    }

    fn count_given(&mut self, constants: &Constants, unseen: &Protected) -> Result<(), Refusal> {
        self.count_plain(constants, unseen, true, false)
    }

    /// Values that are tried on a hidden column, and that nobody can count.
    pub(super) fn uncounted<T>(
        &self,
        column: &Protected,
        token: Option<usize>,
    ) -> Result<T, Refusal> {
        let message = format!(
            "what is written is compared with column {}, and which values are tried cannot be counted",
            column.qualified()
        );
        self.refuse(Fault::OutcomeTells, message, token)
            .map_err(|refusal| refusal.with_hint("Write constants or parameters, which are counted; or ask for reveal on the column."))
    }
}
