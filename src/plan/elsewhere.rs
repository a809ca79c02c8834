//! Writes to relations of which the catalog knows nothing: temporary ones of the session. Nothing protected may go into
//! them; their own columns are plain, whatever they are called.

use super::analysis::Analysis;
use super::compare::unwrap;
use super::lineage::Column;
use super::scope::{Bound, Scope};
use crate::fault::Refusal;
use crate::sql::{Alias, Assignment, Delete, Expr, Insert, Name, Update};

impl Analysis<'_> {
    /// INSERT; the columns of RETURNING.
    pub(super) fn insert_elsewhere(
        &mut self,
        insert: &Insert,
        outer: Option<&Scope<'_>>,
        own: bool,
    ) -> Result<Vec<Column>, Refusal> {
        if let Some(query) = &insert.source {
            for column in self.query(query, outer)? {
                self.assign_plain(None, column.lineage, &column.name, None)?;
            }
        }
        let scope = unknown(&insert.table, insert.alias.as_deref(), outer);
        if let Some(conflict) = &insert.conflict {
            if let Some(predicate) = &conflict.predicate {
                self.check(predicate, "an index predicate", &scope)?;
            }
            let mut inner = unknown(&insert.table, insert.alias.as_deref(), outer);
            inner.bounds.push(open(Some("excluded".to_owned())));
            for assignment in &conflict.assignments {
                self.assignment_elsewhere(assignment, &inner)?;
            }
            if let Some(filter) = &conflict.filter {
                self.check(filter, "a condition", &inner)?;
            }
        }
        self.returning(&insert.returning, &scope, own)
    }

    /// UPDATE likewise.
    pub(super) fn update_elsewhere(
        &mut self,
        update: &Update,
        outer: Option<&Scope<'_>>,
        own: bool,
    ) -> Result<Vec<Column>, Refusal> {
        let scope = unknown(&update.table, called(update.alias.as_ref()), outer);
        let scope = self.from(&update.from, scope)?;
        for assignment in &update.assignments {
            self.assignment_elsewhere(assignment, &scope)?;
        }
        if let Some(filter) = &update.filter {
            self.check(filter, "a condition", &scope)?;
        }
        self.returning(&update.returning, &scope, own)
    }

    /// DELETE likewise.
    pub(super) fn delete_elsewhere(
        &mut self,
        delete: &Delete,
        outer: Option<&Scope<'_>>,
        own: bool,
    ) -> Result<Vec<Column>, Refusal> {
        let scope = unknown(&delete.table, called(delete.alias.as_ref()), outer);
        let scope = self.from(&delete.using, scope)?;
        if let Some(filter) = &delete.filter {
            self.check(filter, "a condition", &scope)?;
        }
        self.returning(&delete.returning, &scope, own)
    }

    fn assignment_elsewhere(
        &mut self,
        assignment: &Assignment,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let first = assignment.columns.first();
        let (name, token) = first.map_or(("", None), |name| (name.text.as_str(), Some(name.token)));
        match unwrap(&assignment.value) {
            Expr::Row(values) => {
                for value in values {
                    let lineage = self.expr(value, scope)?;
                    self.assign_plain(None, lineage, name, token)?;
                }
                Ok(())
            }
            Expr::Subquery(query) => {
                for column in self.query(query, Some(scope))? {
                    self.assign_plain(None, column.lineage, name, token)?;
                }
                Ok(())
            }
            value => {
                let lineage = self.expr(value, scope)?;
                self.assign_plain(None, lineage, name, token)
            }
        }
    }
}

fn called(alias: Option<&Alias>) -> Option<&str> {
    alias.map(|alias| alias.name.as_str())
}

fn unknown<'p>(path: &[Name], alias: Option<&str>, outer: Option<&'p Scope<'p>>) -> Scope<'p> {
    let own = path.last().map(|name| name.text.as_str());
    let mut scope = Scope::inside(outer);
    scope.bounds.push(open(alias.or(own).map(str::to_owned)));
    scope
}

fn open(name: Option<String>) -> Bound {
    Bound {
        name,
        schema: None,
        columns: Vec::new(),
        keys: Vec::new(),
        open: true,
        relation: None,
        reference: None,
    }
}
