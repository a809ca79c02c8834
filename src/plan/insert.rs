//! INSERT.

use std::sync::Arc;

use super::analysis::Analysis;
use super::edits::{Part, quoted};
use super::judged::Becomes;
use super::lineage::Column;
use super::relation::Named;
use super::scope::{Bound, Scope};
use super::write::Target;
use crate::catalog::{Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::policy::{Protected, Storage};
use crate::sql::{Body, Conflict, Insert, Name, Query, Range};

/// Names of columns, quoted, with commas between them.
pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| quoted(name)).collect();
    names.join(", ")
}

/// A sealed column that the proxy gives its default, and its name in the target.
pub(super) type Missing = (Arc<Protected>, String);

impl Analysis<'_> {
    /// The target of a write: a table, or a view that the server writes through.
    pub(super) fn target(&mut self, path: &[Name]) -> Result<Option<Arc<Relation>>, Refusal> {
        let token = path.last().map(|name| name.token);
        match self.named(path, false)? {
            Named::Common(_) | Named::Temporary => Ok(None),
            Named::Relation(relation) => {
                let protected = self.world.protection.tables.get(&relation.oid).cloned();
                match protected {
                    Some(table) => {
                        self.protected_columns(&relation, &table, token)?;
                        self.writes = true;
                    }
                    None if self.world.watch.reaching.contains(&relation.oid) => {
                        match relation.kind {
                            RelationKind::View | RelationKind::MaterialisedView => {
                                self.write_through(&relation, token)?;
                            }
                            RelationKind::Table
                            | RelationKind::PartitionedTable
                            | RelationKind::ForeignTable
                            | RelationKind::Other => {
                                return self.refuse(
                                    Fault::UnsupportedStatement,
                                    "a write through a parent of a protected table",
                                    token,
                                );
                            }
                        }
                    }
                    None => {}
                }
                Ok(Some(relation))
            }
        }
    }

    /// INSERT; the columns of RETURNING.
    pub(super) fn insert(
        &mut self,
        insert: &Insert,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        let own = std::mem::take(&mut self.returns);
        let mark = self.ctes.len();
        if let Some(with) = &insert.with {
            self.with(with, outer)?;
        }
        let columns = self.insert_inside(insert, outer, own);
        self.ctes.truncate(mark);
        columns
    }

    fn insert_inside(
        &mut self,
        insert: &Insert,
        outer: Option<&Scope<'_>>,
        own: bool,
    ) -> Result<Vec<Column>, Refusal> {
        let token = insert.table.last().map(|name| name.token);
        let Some(relation) = self.target(&insert.table)? else {
            return self.insert_elsewhere(insert, outer, own);
        };
        self.need_level(relation.oid, Verb::Insert, token)?;
        let called = insert
            .alias
            .clone()
            .unwrap_or_else(|| relation.name.clone());
        let target = Target {
            relation: &relation,
            called: &called,
            over: false,
        };
        let names = self.insert_columns(insert, &relation, outer)?;
        let missing = self.missing_defaults(&relation, &names)?;
        let row = self.new_row();
        self.rows(insert, &target, &names, &missing, outer)?;
        self.judged(&relation, Verb::Insert, token)?;
        self.row = row;
        let protected = self.is_protected(&relation);
        if insert.columns.is_empty() && protected && insert.source.is_some() {
            let all = names.iter().chain(missing.iter().map(|(_, name)| name));
            self.insert_after(
                insert.list_after,
                vec![Part::Text(format!(" ({})", listed(all)))],
            )?;
        } else if let (Some(last), false) = (insert.columns.last(), missing.is_empty()) {
            let list: String = missing
                .iter()
                .map(|(_, name)| format!(", {}", quoted(name)))
                .collect();
            self.insert_after(last.token, vec![Part::Text(list)])?;
        }
        let scope = self.target_scope(&relation, insert.alias.as_deref(), token, outer)?;
        if let Some(conflict) = &insert.conflict {
            self.conflict_clause(conflict, &target, &scope, token)?;
        }
        self.returning(&insert.returning, &scope, own)
    }

    /// The columns that are given values, in order.
    fn insert_columns(
        &mut self,
        insert: &Insert,
        relation: &Relation,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<String>, Refusal> {
        if !insert.columns.is_empty() {
            for name in &insert.columns {
                if relation.column(&name.text).is_none() {
                    return self.no_column(relation, &name.text, Some(name.token));
                }
            }
            return Ok(insert
                .columns
                .iter()
                .map(|name| name.text.clone())
                .collect());
        }
        let width = match insert.source.as_deref() {
            None => 0,
            Some(Query {
                body: Body::Values(rows),
                ..
            }) => rows.first().map_or(0, Vec::len),
            Some(query) => {
                // Only its width is wanted here: a look in an analysis of its own.
                let mut look = Analysis::new(self.world, self.request, self.text, self.tokens);
                look.ctes.clone_from(&self.ctes);
                look.depth = self.depth;
                look.query(query, outer)?.len()
            }
        };
        if width > relation.columns.len() {
            let message = "INSERT has more expressions than target columns";
            let token = insert.table.last().map(|name| name.token);
            // A column may have been added since the catalog was read.
            self.stale = true;
            return Err(self
                .refusal(Fault::SchemaChanged, message, token)
                .with_sqlstate("42601"));
        }
        Ok(relation
            .columns
            .iter()
            .take(width)
            .map(|column| column.name.clone())
            .collect())
    }

    /// Sealed columns with a constant default that the statement leaves out, and what the target calls them: the server
    /// has no default for them.
    pub(super) fn missing_defaults(
        &self,
        relation: &Relation,
        names: &[String],
    ) -> Result<Vec<Missing>, Refusal> {
        let table = self
            .world
            .protection
            .tables
            .get(&self.written(relation.oid));
        let mut missing = Vec::new();
        for column in table.into_iter().flat_map(|table| table.columns.values()) {
            if column.default.is_none() || !matches!(column.storage, Storage::Sealed(_)) {
                continue;
            }
            match self.called(relation, column) {
                Some(name) if names.contains(&name) => {}
                Some(name) => missing.push((Arc::clone(column), name)),
                None => {
                    let message = format!(
                        "INSERT through view {}, which lacks column {} with its default",
                        relation.qualified(),
                        column.qualified()
                    );
                    return self.refuse(Fault::UnsupportedStatement, message, None);
                }
            }
        }
        Ok(missing)
    }

    fn rows(
        &mut self,
        insert: &Insert,
        target: &Target<'_>,
        names: &[String],
        missing: &[Missing],
        outer: Option<&Scope<'_>>,
    ) -> Result<(), Refusal> {
        let from = insert
            .columns
            .last()
            .map_or(insert.list_after, |name| name.token);
        match insert.source.as_deref() {
            None => self.default_values(missing, from),
            Some(Query {
                with: None,
                body: Body::Values(rows),
                order_by,
                bounds,
                tail: _,
            }) if order_by.is_empty() && bounds.is_empty() => {
                let scope = Scope::inside(outer);
                for row in rows {
                    if row.len() > names.len() {
                        let message = "INSERT has more expressions than target columns";
                        return Err(self
                            .refusal(Fault::SchemaChanged, message, None)
                            .with_sqlstate("42601"));
                    }
                    self.whose = self.whose_row(target, names, row);
                    for (name, expr) in names.iter().zip(row) {
                        self.assign_expr(target, name, expr, &scope)?;
                    }
                    self.whose = None;
                }
                self.extend_rows(rows.len(), missing, from)
            }
            Some(query) => {
                let columns = self.query(query, outer)?;
                if columns.len() > names.len() {
                    let message = "INSERT has more expressions than target columns";
                    return Err(self
                        .refusal(Fault::SchemaChanged, message, None)
                        .with_sqlstate("42601"));
                }
                for (name, column) in names.iter().zip(columns) {
                    match self.protected(target.relation, name) {
                        None => {
                            self.becomes(target.relation, name, Becomes::Given);
                            self.assign_plain(Some(target.relation), column.lineage, name, None)?
                        }
                        Some(own) => {
                            self.becomes_of(target, name, &own, &column.lineage);
                            self.assign(target, &own, column.lineage, None, None)?
                        }
                    }
                }
                self.wrap_query(missing, from)
            }
        }
    }

    /// `DEFAULT VALUES` with sealed defaults: written out.
    fn default_values(&mut self, missing: &[Missing], from: usize) -> Result<(), Refusal> {
        if missing.is_empty() {
            return Ok(());
        }
        let at = (from..self.tokens.len()).find(|at| {
            self.tokens
                .get(*at)
                .is_some_and(|token| token.is_word("default"))
        });
        let Some(first) = at else {
            return self.refuse(Fault::Unparsed, "DEFAULT VALUES was not found", None);
        };
        let list: Vec<String> = missing.iter().map(|(_, name)| quoted(name)).collect();
        let mut parts = vec![Part::Text(format!("({}) VALUES (", list.join(", ")))];
        self.default_parts(missing, first, &mut parts, "")?;
        parts.push(Part::Text(")".to_owned()));
        self.edit(
            Range {
                first,
                last: first + 1,
            },
            parts,
        )
    }

    fn default_parts(
        &self,
        missing: &[Missing],
        token: usize,
        parts: &mut Vec<Part>,
        before: &str,
    ) -> Result<(), Refusal> {
        for (at, (column, _)) in missing.iter().enumerate() {
            parts.push(Part::Text(if at > 0 {
                ", ".to_owned()
            } else {
                before.to_owned()
            }));
            parts.extend(self.default_part(column, token)?);
        }
        Ok(())
    }

    /// A sealed default at the end of each row of VALUES.
    pub(super) fn extend_rows(
        &mut self,
        rows: usize,
        missing: &[Missing],
        from: usize,
    ) -> Result<(), Refusal> {
        if missing.is_empty() {
            return Ok(());
        }
        let mut depth = 0_usize;
        let mut values = false;
        let mut ends = Vec::new();
        for at in from + 1..self.tokens.len() {
            let Some(token) = self.tokens.get(at) else {
                break;
            };
            if token.is_mark('(') {
                depth += 1;
            } else if token.is_mark(')') {
                // The column list's own parenthesis closes at depth 0.
                if depth == 1 && values {
                    ends.push(at);
                    if ends.len() == rows {
                        break;
                    }
                }
                depth = depth.saturating_sub(1);
            } else if depth == 0 && token.is_word("values") {
                values = true;
            }
        }
        if ends.len() != rows {
            return self.refuse(Fault::Unparsed, "the rows of VALUES were not found", None);
        }
        for end in ends {
            let mut parts = Vec::new();
            self.default_parts(missing, end, &mut parts, ", ")?;
            self.insert_before(end, parts)?;
        }
        Ok(())
    }

    /// `INSERT … SELECT` with sealed defaults: the query becomes a source to which they are added.
    fn wrap_query(&mut self, missing: &[Missing], from: usize) -> Result<(), Refusal> {
        if missing.is_empty() {
            return Ok(());
        }
        let word =
            |at: usize, word: &str| self.tokens.get(at).is_some_and(|token| token.is_word(word));
        let mut first = from + 1;
        if self
            .tokens
            .get(first)
            .is_some_and(|token| token.is_mark(')'))
        {
            first += 1;
        }
        if word(first, "overriding") {
            first += 3;
        }
        let mut depth = 0_usize;
        let mut last = first;
        for at in first..self.tokens.len() {
            let Some(token) = self.tokens.get(at) else {
                break;
            };
            if token.is_mark('(') {
                depth += 1;
            } else if token.is_mark(')') {
                if depth == 0 {
                    break;
                }
                depth -= 1;
            } else if token.is_mark(';') {
                break;
            }
            if depth == 0 && (word(at, "returning") || (word(at, "on") && word(at + 1, "conflict")))
            {
                break;
            }
            last = at;
        }
        let mut parts = vec![Part::Text("SELECT \"sealwire source\".*".to_owned())];
        self.default_parts(missing, first, &mut parts, ", ")?;
        parts.push(Part::Text(" FROM (".to_owned()));
        self.insert_before(first, parts)?;
        self.insert_after(
            last,
            vec![Part::Text(") AS \"sealwire source\"".to_owned())],
        )
    }

    /// The names that RETURNING, WHERE and SET see of a target.
    pub(super) fn target_scope<'p>(
        &mut self,
        relation: &Arc<Relation>,
        alias: Option<&str>,
        token: Option<usize>,
        outer: Option<&'p Scope<'p>>,
    ) -> Result<Scope<'p>, Refusal> {
        let columns = self.columns_of(relation, token)?;
        let mut scope = Scope::inside(outer);
        scope.star.clone_from(&columns);
        scope.bounds.push(Bound {
            name: Some(alias.map_or_else(|| relation.name.clone(), str::to_owned)),
            schema: if alias.is_some() {
                None
            } else {
                Some(relation.schema.clone())
            },
            columns,
            keys: Vec::new(),
            open: false,
            relation: Some(relation.oid),
            reference: None,
        });
        Ok(scope)
    }

    fn conflict_clause(
        &mut self,
        conflict: &Conflict,
        target: &Target<'_>,
        scope: &Scope<'_>,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        for name in &conflict.columns {
            let Some(column) = self.protected(target.relation, &name.text) else {
                continue;
            };
            if self.conflict_by_case(name, &column)? {
                continue;
            }
            if !column.has_equality() {
                let message = format!(
                    "ON CONFLICT on randomly sealed column {}",
                    column.qualified()
                );
                return self.refuse(Fault::ConflictNeverFires, message, Some(name.token));
            }
        }
        if let Some(predicate) = &conflict.predicate {
            self.check(predicate, "an index predicate", scope)?;
        }
        if conflict.assignments.is_empty() && conflict.filter.is_none() {
            return Ok(());
        }
        self.need_level(target.relation.oid, Verb::Update, token)?;
        // `excluded` is the row that was to be inserted: same columns; unqualified names are the target's.
        let mut inner = Scope::inside(scope.parent);
        inner.star.clone_from(&scope.star);
        inner.bounds.extend(scope.bounds.iter().cloned());
        let columns = scope
            .bounds
            .first()
            .map(|bound| bound.columns.clone())
            .unwrap_or_default();
        inner.bounds.push(Bound {
            name: Some("excluded".to_owned()),
            schema: None,
            columns,
            keys: Vec::new(),
            open: false,
            relation: None,
            reference: None,
        });
        let over = Target {
            over: true,
            ..*target
        };
        let row = self.new_row();
        for assignment in &conflict.assignments {
            self.assignment(&over, assignment, &inner)?;
        }
        self.judged(target.relation, Verb::Update, token)?;
        self.row = row;
        if let Some(filter) = &conflict.filter {
            self.check(filter, "a condition", &inner)?;
        }
        Ok(())
    }
}
