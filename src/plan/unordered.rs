//! What the order of rows must not tell. An index on a column gives rows in the column's order, and the server reads it
//! in that order wherever a condition is one that the index answers: `c IS NOT NULL` is. Of a column that a role
//! neither sees nor may search, null tests are therefore written so that no index answers them.

use super::analysis::Analysis;
use super::call::call_range;
use super::compare::unwrap;
use super::edits::Part;
use super::lineage::{Lineage, Value};
use crate::fault::{Fault, Refusal};
use crate::policy::Sight;
use crate::sql::{Expr, Range};

impl Analysis<'_> {
    /// A column of the value that this role neither sees nor may search, where the order of what it is stored as says
    /// something.
    pub(super) fn hidden_order(
        &self,
        value: &Value,
    ) -> Option<std::sync::Arc<crate::policy::Protected>> {
        if self.view > 0 || !self.hides(value) {
            return None;
        }
        let hides = |column: &&std::sync::Arc<crate::policy::Protected>| {
            let right = self.right(column);
            right.sight != Sight::Reveal && !right.search
        };
        value.columns.iter().find(hides).cloned()
    }

    /// `inner IS [NOT] NULL`. Whether a value is there is not protected (DESIGN, section 5); the order of those that are
    /// there is. A CASE is nothing that the planner looks into, neither for an index on the column nor for a partial one
    /// under `c IS NOT NULL`: tried on 14, 15 and 18. For rows, IS NULL and IS NOT NULL are not each other's contrary, so
    /// that the CASE asks what was asked.
    pub(super) fn null_test(
        &mut self,
        inner: &Expr,
        negated: bool,
        scope: &super::scope::Scope<'_>,
    ) -> Result<(), Refusal> {
        let mark = self.edits.len();
        let hidden = self
            .parts(inner, scope)?
            .iter()
            .find_map(|lineage| match lineage {
                Lineage::Value(value) | Lineage::Array(value) => self.hidden_order(value),
                Lineage::Plain | Lineage::Constants(_) => None,
            });
        let Some(column) = hidden else {
            return Ok(());
        };
        let inner = unwrap(inner);
        let range = match inner {
            Expr::Call(call) => call_range(call, self.tokens),
            Expr::Row(parts) => self.row_range(parts),
            // What a subquery gives is a value of its own to the planner.
            Expr::Subquery(_) | Expr::ArrayQuery(_) | Expr::Array { .. } => return Ok(()),
            other => other.range(),
        };
        let Some(range) = range else {
            let message = format!(
                "column {} may not be used in this null test by this role",
                column.qualified()
            );
            return self.refuse(Fault::SearchMissing, message, None);
        };
        // What was written inside of it stands inside of this.
        let within = self.edits.split_off(mark);
        self.insert_before(range.first, text("(CASE WHEN "))?;
        self.edits.extend(within);
        self.insert_after(
            range.last,
            text(if negated {
                " IS NOT NULL THEN true END)"
            } else {
                " IS NULL THEN NULL ELSE true END)"
            }),
        )
    }

    /// The tokens of `(a, b)` or `ROW(a, b)`, where its first and last parts have places of their own.
    fn row_range(&self, parts: &[Expr]) -> Option<Range> {
        let open = parts.first()?.range()?.first.checked_sub(1)?;
        let last = parts.last()?.range()?.last + 1;
        if !self.tokens.get(open)?.is_mark('(') || !self.tokens.get(last)?.is_mark(')') {
            return None;
        }
        let named = open.checked_sub(1).filter(|before| {
            self.tokens
                .get(*before)
                .is_some_and(|token| token.is_word("row"))
        });
        Some(Range {
            first: named.unwrap_or(open),
            last,
        })
    }
}

fn text(own: &str) -> Vec<Part> {
    vec![Part::Text(own.to_owned())]
}
