//! EXPLAIN. A plan's numbers tell of values, also of those that a mask hides: estimates come from the most common values
//! and from the extremes of an index, widths are the mean length of what lies in a column, ANALYZE counts rows. Who sees a
//! mask is shown the plan's shape, which such a column decides only where the role may search it.

use super::analysis::Analysis;
use super::lineage::Column;
use crate::fault::{Fault, Refusal};
use crate::policy::Sight;
use crate::sql::Statement;

const BARE: &str = "EXPLAIN (COSTS OFF), with FORMAT or SETTINGS and nothing else, shows the plan without numbers.";

impl Analysis<'_> {
    /// What is explained must be allowed by itself; `bare`: no numbers are asked for, and no list of what is read.
    pub(super) fn explain(
        &mut self,
        statement: &Statement,
        bare: bool,
    ) -> Result<Vec<Column>, Refusal> {
        self.change(statement, None)?;
        let masked = self.tables.iter().find(|oid| {
            let rights = self.request.rights.tables.get(oid);
            rights.is_none_or(|rights| {
                (rights.columns.values()).any(|column| column.sight != Sight::Reveal)
            })
        });
        if let Some(oid) = masked {
            let name = (self.world.protection.tables.get(oid))
                .map(|table| format!("{}.{}", table.schema, table.name))
                .unwrap_or_default();
            if !bare {
                let message = format!("EXPLAIN of {name} shows estimates of masked columns");
                return Err(self
                    .refusal(Fault::CatalogRestricted, message, None)
                    .with_hint(BARE));
            }
            // What its definition compares with is the business of who made it.
            if self.viewed {
                let message = format!("EXPLAIN of a view over {name} shows how it is defined");
                return self.refuse(Fault::CatalogRestricted, message, None);
            }
        }
        // What a routine does inside shows where the server takes it apart, and what it reaches is known in part only.
        if self.calls_vouched && self.sees_masks() {
            let message = "EXPLAIN of a routine that the rules vouch for shows what it does inside";
            return self.refuse(Fault::CatalogRestricted, message, None);
        }
        Ok(vec![Column::plain("QUERY PLAN")])
    }
}
