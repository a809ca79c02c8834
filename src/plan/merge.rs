//! MERGE: each action by its own level and write guard, as the statement that it stands for.

use std::sync::Arc;

use super::analysis::Analysis;
use super::edits::{Part, quoted};
use super::scope::Scope;
use super::write::Target;
use crate::catalog::Relation;
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::sql::{Expr, Merge, MergeAction, Merged, Name};

/// The row that a clause inserts.
struct Inserted<'m> {
    /// The token of INSERT.
    token: usize,
    columns: &'m [Name],
    /// The token of VALUES.
    values: usize,
    row: &'m [Expr],
}

impl Analysis<'_> {
    /// MERGE.
    pub(super) fn merge_into(
        &mut self,
        merge: &Merge,
        outer: Option<&Scope<'_>>,
    ) -> Result<(), Refusal> {
        let mark = self.ctes.len();
        if let Some(with) = &merge.with {
            self.with(with, outer)?;
        }
        let done = self.merge_inside(merge, outer);
        self.ctes.truncate(mark);
        done
    }

    fn merge_inside(&mut self, merge: &Merge, outer: Option<&Scope<'_>>) -> Result<(), Refusal> {
        let token = merge.table.last().map(|name| name.token);
        let Some(relation) = self.target(&merge.table)? else {
            return self.refuse(
                Fault::Unparsed,
                "MERGE into a temporary table beside protected ones",
                token,
            );
        };
        let alias = merge.alias.as_ref().map(|alias| alias.name.as_str());
        let mut own = self.target_scope(&relation, alias, token, outer)?;
        self.aim(&relation, &mut own, token);
        let mut both = Scope::inside(outer);
        both.bounds.extend(own.bounds.iter().cloned());
        both.star.extend(own.star.iter().cloned());
        let both = self.from(std::slice::from_ref(&merge.source), both)?;
        // What is not matched on one side has no row there.
        let mut source = Scope::inside(outer);
        source
            .bounds
            .extend(both.bounds.iter().skip(own.bounds.len()).cloned());
        source
            .star
            .extend(both.star.iter().skip(own.star.len()).cloned());
        self.check(&merge.on, "a condition", &both)?;
        for clause in &merge.clauses {
            let scope = match clause.of {
                Merged::Both => &both,
                Merged::Source => &source,
                Merged::Target => &own,
            };
            if let Some(filter) = &clause.filter {
                self.check(filter, "a condition", scope)?;
            }
            let target = |over| Target {
                relation: &relation,
                called: alias.unwrap_or(&relation.name),
                over,
            };
            match &clause.action {
                MergeAction::Nothing => {}
                MergeAction::Delete => {
                    self.need_level(relation.oid, Verb::Delete, token)?;
                    let row = self.new_row();
                    self.judged(&relation, Verb::Delete, token)?;
                    self.row = row;
                }
                MergeAction::Update(assignments) => {
                    self.need_level(relation.oid, Verb::Update, token)?;
                    let row = self.new_row();
                    for assignment in assignments {
                        self.assignment(&target(true), assignment, scope)?;
                    }
                    self.judged(&relation, Verb::Update, token)?;
                    self.row = row;
                }
                MergeAction::Insert {
                    token: at,
                    columns,
                    values,
                    row,
                } => {
                    self.need_level(relation.oid, Verb::Insert, token)?;
                    let inserted = Inserted {
                        token: *at,
                        columns,
                        values: *values,
                        row,
                    };
                    let outer = self.new_row();
                    self.merged_row(&target(false), &inserted, scope)?;
                    self.judged(&relation, Verb::Insert, token)?;
                    self.row = outer;
                }
            }
        }
        Ok(())
    }

    /// `INSERT (…) VALUES (…)` of a clause: as in an INSERT, the columns are spelled out and sealed defaults added.
    fn merged_row(
        &mut self,
        target: &Target<'_>,
        inserted: &Inserted<'_>,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let relation: &Arc<Relation> = target.relation;
        let names: Vec<String> = if inserted.columns.is_empty() {
            let columns = relation.columns.iter().take(inserted.row.len());
            columns.map(|column| column.name.clone()).collect()
        } else {
            let columns = inserted.columns.iter();
            columns.map(|name| name.text.clone()).collect()
        };
        if inserted.row.len() > names.len() {
            self.stale = true;
            let message = "INSERT has more expressions than target columns";
            return Err(self
                .refusal(Fault::SchemaChanged, message, Some(inserted.values))
                .with_sqlstate("42601"));
        }
        for name in inserted.columns {
            if relation.column(&name.text).is_none() {
                return self.no_column(relation, &name.text, Some(name.token));
            }
        }
        for (name, expr) in names.iter().zip(inserted.row) {
            self.assign_expr(target, name, expr, scope)?;
        }
        let missing = self.missing_defaults(relation, &names)?;
        let protected = self.is_protected(relation);
        match inserted.columns.last() {
            None if protected => {
                let all = names.iter().chain(missing.iter().map(|(_, name)| name));
                let list: Vec<String> = all.map(|name| quoted(name)).collect();
                let list = format!(" ({})", list.join(", "));
                self.insert_after(inserted.token, vec![Part::Text(list)])?;
            }
            Some(last) if !missing.is_empty() => {
                let list: String = missing
                    .iter()
                    .map(|(_, name)| format!(", {}", quoted(name)))
                    .collect();
                self.insert_after(last.token, vec![Part::Text(list)])?;
            }
            Some(_) | None => {}
        }
        self.extend_rows(1, &missing, inserted.values - 1)
    }
}
