//! Whole rows: a table's name as a value, `(t).c`, and what counts or compares rows part by part. What would show a
//! row as one value is refused where a part of it is protected: the server would show its envelopes.

use super::analysis::Analysis;
use super::compare::unwrap;
use super::lineage::Lineage;
use super::scope::{Found, Scope};
use crate::fault::{Fault, Refusal};
use crate::sql::{Expr, Name};

impl Analysis<'_> {
    /// What a name stands for. `t.*` is the row even where `t` is a column's name too.
    pub(super) fn named_value(&self, path: &[Name], scope: &Scope<'_>) -> Found {
        let mut names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
        // database.schema.table.column
        if names.len() == 4 && names.first() == Some(&self.world.snapshot.database.as_str()) {
            names.remove(0);
        }
        match names.split_last() {
            Some((&"*", of)) => scope.whole_row(of).map_or(Found::NoRelation, Found::Row),
            Some(_) | None => scope.find(&names),
        }
    }

    /// A whole row as one value.
    pub(super) fn whole_row(
        &mut self,
        columns: Vec<Lineage>,
        token: Option<usize>,
    ) -> Result<Lineage, Refusal> {
        if let Some(lineage) = columns.into_iter().find(Lineage::carries) {
            self.plain(lineage, "a whole-row reference", token)
                .map_err(|refusal| refusal.with_hint(WHOLE_ROW))?;
        }
        Ok(Lineage::Plain)
    }

    /// `(t).c` is `t.c`, unless a column is called `t` (`transformIndirection`).
    pub(super) fn field(
        &mut self,
        row: &[Name],
        name: &Name,
        scope: &Scope<'_>,
    ) -> Result<Lineage, Refusal> {
        let token = row.first().map(|name| name.token);
        match (self.named_value(row, scope), row) {
            (Found::Column(lineage), _) => {
                self.plain(lineage, "a field or subscript", token)?;
                Ok(Lineage::Plain)
            }
            (Found::Row(_), [table]) => self.column(&[table.clone(), name.clone()], scope),
            (Found::Row(_), _) => self.refuse(Fault::Unparsed, "a field of a row", token),
            (Found::Nothing | Found::Ambiguous | Found::NoRelation, _) => self.column(row, scope),
        }
    }

    /// The parts of a row, where the expression is one; else its value alone. Which of them are NULL, and how many rows
    /// there are, is no other for envelopes.
    pub(super) fn parts(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
    ) -> Result<Vec<Lineage>, Refusal> {
        let inner = unwrap(expr);
        if let Expr::Row(parts) = inner {
            return parts.iter().map(|part| self.expr(part, scope)).collect();
        }
        if let Expr::Column { path } = inner
            && let Found::Row(columns) = self.named_value(path, scope)
        {
            self.asks_all();
            return Ok(columns);
        }
        Ok(vec![self.expr(expr, scope)?])
    }
}

const WHOLE_ROW: &str = "A row as one value would hold sealed values: select its columns, as in SELECT t.*, and build the row in the application.";
