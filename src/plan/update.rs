//! UPDATE, DELETE, TRUNCATE, and statements inside WITH.

use super::analysis::Analysis;
use super::compare::unwrap;
use super::judged::Becomes;
use super::lineage::{Column, Lineage};
use super::relation::Named;
use super::scope::Scope;
use super::write::Target;
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::sql::{Assignment, Delete, Expr, Name, Statement, Update};

impl Analysis<'_> {
    /// Any statement; its result columns.
    pub(super) fn change(
        &mut self,
        statement: &Statement,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        match statement {
            Statement::Query(query) => self.query(query, outer),
            Statement::Insert(insert) => self.insert(insert, outer),
            Statement::Update(update) => self.update(update, outer),
            Statement::Delete(delete) => self.delete(delete, outer),
            Statement::Merge(merge) => self.merge_into(merge, outer).map(|()| Vec::new()),
            Statement::Truncate { tables, cascade } => {
                self.truncate(tables, *cascade).map(|()| Vec::new())
            }
            Statement::Call(call) => self.call_statement(call),
            Statement::Explain {
                analyze,
                bare,
                statement,
            } => self.explain(statement, *bare && !analyze),
        }
    }

    fn update(
        &mut self,
        update: &Update,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        let own = std::mem::take(&mut self.returns);
        let mark = self.ctes.len();
        if let Some(with) = &update.with {
            self.with(with, outer)?;
        }
        let columns = self.update_inside(update, outer, own);
        self.ctes.truncate(mark);
        columns
    }

    fn update_inside(
        &mut self,
        update: &Update,
        outer: Option<&Scope<'_>>,
        own: bool,
    ) -> Result<Vec<Column>, Refusal> {
        let token = update.table.last().map(|name| name.token);
        let Some(relation) = self.target(&update.table)? else {
            return self.update_elsewhere(update, outer, own);
        };
        self.need_level(relation.oid, Verb::Update, token)?;
        let alias = update.alias.as_ref().map(|alias| alias.name.as_str());
        let mut scope = self.target_scope(&relation, alias, token, outer)?;
        self.aim(&relation, &mut scope, token);
        let scope = self.from(&update.from, scope)?;
        let target = Target {
            relation: &relation,
            called: alias.unwrap_or(&relation.name),
            over: true,
        };
        self.whose = self.whose_rows(&target, update.filter.as_ref());
        // Nothing is found by what is assigned.
        let before = self.only_shown(true);
        let row = self.new_row();
        for assignment in &update.assignments {
            self.assignment(&target, assignment, &scope)?;
        }
        self.judged(&relation, Verb::Update, token)?;
        self.row = row;
        self.only_shown(before);
        self.whose = None;
        if let Some(filter) = &update.filter {
            self.asks_by(filter, true, &scope.bounds, &scope);
            self.check(filter, "a condition", &scope)?;
        }
        self.returning(&update.returning, &scope, own)
    }

    /// One entry of SET.
    pub(super) fn assignment(
        &mut self,
        target: &Target<'_>,
        assignment: &Assignment,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        for name in &assignment.columns {
            if target.relation.column(&name.text).is_none() {
                return self.no_column(target.relation, &name.text, Some(name.token));
            }
        }
        self.keeps_subject(target, assignment)?;
        if let ([name], false) = (
            assignment.columns.as_slice(),
            matches!(unwrap(&assignment.value), Expr::Row(_)),
        ) {
            return self.assign_expr(target, &name.text, &assignment.value, scope);
        }
        match unwrap(&assignment.value) {
            Expr::Row(values) if values.len() == assignment.columns.len() => {
                for (name, value) in assignment.columns.iter().zip(values) {
                    self.assign_expr(target, &name.text, value, scope)?;
                }
                Ok(())
            }
            Expr::Subquery(query) => {
                let columns = self.query(query, Some(scope))?;
                if columns.len() != assignment.columns.len() {
                    return self.refuse(
                        Fault::Unparsed,
                        "a row of another length is assigned",
                        None,
                    );
                }
                for (name, column) in assignment.columns.iter().zip(columns) {
                    match self.protected(target.relation, &name.text) {
                        None => {
                            self.becomes(target.relation, &name.text, Becomes::Given);
                            self.assign_plain(
                                Some(target.relation),
                                column.lineage,
                                &name.text,
                                Some(name.token),
                            )?
                        }
                        Some(own) => {
                            self.becomes_of(target, &name.text, &own, &column.lineage);
                            self.assign(target, &own, column.lineage, None, Some(name.token))?
                        }
                    }
                }
                Ok(())
            }
            other => {
                let lineage: Lineage = self.expr(other, scope)?;
                self.plain(lineage, "a row assignment", None)?;
                for name in &assignment.columns {
                    self.becomes(target.relation, &name.text, Becomes::Given);
                    if self.protected(target.relation, &name.text).is_some() {
                        return self.refuse(
                            Fault::Unparsed,
                            "a row is assigned that cannot be taken apart",
                            Some(name.token),
                        );
                    }
                }
                Ok(())
            }
        }
    }

    fn delete(
        &mut self,
        delete: &Delete,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        let own = std::mem::take(&mut self.returns);
        let mark = self.ctes.len();
        if let Some(with) = &delete.with {
            self.with(with, outer)?;
        }
        let columns = self.delete_inside(delete, outer, own);
        self.ctes.truncate(mark);
        columns
    }

    fn delete_inside(
        &mut self,
        delete: &Delete,
        outer: Option<&Scope<'_>>,
        own: bool,
    ) -> Result<Vec<Column>, Refusal> {
        let token = delete.table.last().map(|name| name.token);
        let Some(relation) = self.target(&delete.table)? else {
            return self.delete_elsewhere(delete, outer, own);
        };
        self.need_level(relation.oid, Verb::Delete, token)?;
        let row = self.new_row();
        self.judged(&relation, Verb::Delete, token)?;
        self.row = row;
        let alias = delete.alias.as_ref().map(|alias| alias.name.as_str());
        let mut scope = self.target_scope(&relation, alias, token, outer)?;
        // In which order rows go can be seen: by functions in the condition, by triggers and foreign keys.
        self.aim(&relation, &mut scope, token);
        let scope = self.from(&delete.using, scope)?;
        if let Some(filter) = &delete.filter {
            self.asks_by(filter, true, &scope.bounds, &scope);
            self.check(filter, "a condition", &scope)?;
        }
        self.returning(&delete.returning, &scope, own)
    }

    fn truncate(&mut self, tables: &[Vec<Name>], cascade: bool) -> Result<(), Refusal> {
        for path in tables {
            let token = path.last().map(|name| name.token);
            let Named::Relation(relation) = self.named(path, false)? else {
                continue;
            };
            if self.world.protection.tables.contains_key(&relation.oid) {
                self.writes = true;
            } else if self.world.watch.reaching.contains(&relation.oid) {
                return self.refuse(
                    Fault::UnsupportedStatement,
                    "TRUNCATE of a parent of a protected table",
                    token,
                );
            }
            self.need_level(relation.oid, Verb::Truncate, token)?;
            if cascade {
                self.truncate_cascade(relation.oid, token)?;
            }
        }
        Ok(())
    }

    /// `TRUNCATE … CASCADE` empties every table that references one of these, by whatever foreign key.
    fn truncate_cascade(&mut self, oid: u32, token: Option<usize>) -> Result<(), Refusal> {
        let mut reached = vec![oid];
        let mut next = 0;
        while let Some(to) = reached.get(next).copied() {
            next += 1;
            for key in &self.world.snapshot.foreign_keys {
                if key.to.0 == to && !reached.contains(&key.from.0) {
                    reached.push(key.from.0);
                }
            }
        }
        for oid in reached {
            self.need_level(oid, Verb::Truncate, token)?;
        }
        Ok(())
    }
}
