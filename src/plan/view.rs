//! Views: their definitions are read like a statement. Who made the view vouches for its predicates; what it
//! shows is decided by the rights on the columns underneath.

use std::sync::Arc;

use super::analysis::Analysis;
use super::lineage::{Column, Lineage, Value};
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::sql::{self, Statement};

const DEPTH: usize = 32;

impl Analysis<'_> {
    pub(super) fn view_columns(
        &mut self,
        view: &Arc<Relation>,
        token: Option<usize>,
    ) -> Result<Vec<Column>, Refusal> {
        let unread = |analysis: &Self| {
            let message = format!(
                "view {} reaches a protected table and could not be read",
                view.qualified()
            );
            analysis.refusal(Fault::Unparsed, message, token)
        };
        if self.view >= DEPTH {
            return self.refuse(Fault::TooComplex, "views are nested too deeply", token);
        }
        let definition = view.definition.as_deref().unwrap_or("");
        let tokens = sql::lex(definition).map_err(|_| unread(self))?;
        let ranges = sql::split(&tokens);
        let [range] = ranges.as_slice() else {
            return Err(unread(self));
        };
        let reading = sql::read(definition, &tokens, *range).map_err(|_| unread(self))?;
        let Statement::Query(query) = &reading.statement else {
            return Err(unread(self));
        };
        self.viewed = true;
        let mut inner = Analysis::new(self.world, self.request, definition, &tokens);
        inner.view = self.view + 1;
        inner.depth = self.depth;
        inner.lists = true;
        let columns = inner.query(query, None).map_err(|mut refusal| {
            refusal.message = format!("view {}: {}", view.qualified(), refusal.message);
            refusal.position = token.and_then(|token| self.position(token));
            refusal
        })?;
        self.tables.extend(inner.tables.iter().copied());
        self.beneath = inner.beneath_view(view);
        if columns.len() != view.columns.len() {
            self.stale = true;
            return self.refuse(
                Fault::SchemaChanged,
                format!("view {} has changed", view.qualified()),
                token,
            );
        }
        Ok(view
            .columns
            .iter()
            .zip(columns)
            .map(|(own, column)| {
                let lineage = match column.lineage {
                    Lineage::Plain | Lineage::Constants(_) => Lineage::Plain,
                    // The server names the view itself as a column's origin (FACTS 7).
                    Lineage::Value(value) => Lineage::Value(Value {
                        origin: Some((view.oid, own.attnum)),
                        ..value
                    }),
                    Lineage::Array(value) => Lineage::Array(value),
                };
                Column {
                    name: own.name.clone(),
                    lineage,
                }
            })
            .collect())
    }
}
