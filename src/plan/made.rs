//! Tables that a query makes (CREATE TABLE AS, SELECT INTO), and copies into columns that no rule is about. Sealed values
//! stay sealed there: such a table holds envelopes, which nobody reads through the proxy. So only full control makes one.
//! What is only masked lies in plaintext, and would be read by everyone.

use super::analysis::Analysis;
use super::lineage::{Column, Lineage, Value};
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;

/// What helps where a protected value would be copied out of what the rules are about.
pub(super) const COPIED: &str = "Name the target in the rules, create it with its columns spelled out, and fill it with INSERT … SELECT through the proxy.";

const BYTEA: u32 = 17;

impl Analysis<'_> {
    /// The result columns of a query become those of a new table that no rule names.
    pub(super) fn made(&mut self, columns: &[Column]) -> Result<(), Refusal> {
        for column in columns {
            let lineage = match &column.lineage {
                Lineage::Constants(constants) => match self.adopted(constants) {
                    Some(lineage) => lineage,
                    None => {
                        self.settle(constants)?;
                        Lineage::Plain
                    }
                },
                lineage @ (Lineage::Plain | Lineage::Value(_) | Lineage::Array(_)) => {
                    lineage.clone()
                }
            };
            let (Lineage::Value(value) | Lineage::Array(value)) = lineage else {
                continue;
            };
            if self.may_copy_out(&value) {
                self.exactly(&value)?;
                continue;
            }
            let from = value
                .column()
                .map(|column| column.qualified())
                .unwrap_or_default();
            let message = format!(
                "column {from} cannot be copied into a new table, which the rules do not name"
            );
            return Err(self
                .refusal(Fault::DomainsDiffer, message, None)
                .with_hint(COPIED));
        }
        Ok(())
    }

    /// Whether the role may keep sealed values, as they are, where no rule is about them.
    pub(super) fn may_copy_out(&self, value: &Value) -> bool {
        let tables = &self.request.rights.tables;
        self.view == 0
            && value.spec().is_some()
            && value.columns.iter().all(|column| {
                tables
                    .get(&column.table)
                    .is_some_and(|rights| rights.allows(Verb::Ddl))
            })
    }

    /// Whether a column that is not protected takes envelopes as bytes: the server would write them out as text for
    /// others.
    pub(super) fn holds_envelopes(&self, relation: &Relation, name: &str) -> bool {
        let sealed = self.world.snapshot.sealed_type.map(|(oid, _)| oid);
        relation
            .column(name)
            .is_some_and(|column| column.type_oid == BYTEA || Some(column.type_oid) == sealed)
    }
}
