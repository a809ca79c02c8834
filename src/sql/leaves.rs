//! What a statement was read to hold, flat: tables, columns, constants, placeholders, calls, and which of them each
//! comparison has on its sides. Another reader of the same text (the oracle) is compared with it.
//!
//! Exhaustive on purpose: what is added to the tree is added here.

use super::tree::{
    Alias, Assignment, Body, Call, Constant, Distinct, Expr, Insert, Item, JoinOn, Merge,
    MergeAction, Name, Query, Select, Source, Statement, Window, With,
};

/// The leaves of a statement. Positions are those of tokens.
#[derive(Debug, Clone, Default)]
pub struct Leaves {
    /// Relations and tables of WITH, by the names written.
    pub tables: Vec<Vec<Name>>,
    /// Column references; of `a.*` the qualifier and a star.
    pub columns: Vec<Vec<Name>>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Placeholders: number and token.
    pub placeholders: Vec<(usize, usize)>,
    /// Functions called.
    pub calls: Vec<Vec<Name>>,
    /// Assigned and inserted columns.
    pub targets: Vec<Name>,
    /// Comparisons (`=`, `<>`, `<` and their kin): the first tokens of all leaves on the left, and on the right.
    pub comparisons: Vec<(Vec<usize>, Vec<usize>)>,
    /// First tokens of leaves in the order in which they were met.
    order: Vec<usize>,
}

impl Leaves {
    /// Of a statement.
    pub fn of(statement: &Statement) -> Leaves {
        let mut leaves = Leaves::default();
        leaves.statement(statement);
        leaves
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Query(query) => self.query(query),
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => {
                self.with(update.with.as_ref());
                self.table(&update.table);
                self.alias(update.alias.as_ref());
                self.assignments(&update.assignments);
                self.sources(&update.from);
                self.exprs(&update.filter);
                self.items(&update.returning);
            }
            Statement::Delete(delete) => {
                self.with(delete.with.as_ref());
                self.table(&delete.table);
                self.alias(delete.alias.as_ref());
                self.sources(&delete.using);
                self.exprs(&delete.filter);
                self.items(&delete.returning);
            }
            Statement::Merge(merge) => self.merge(merge),
            Statement::Call(call) => self.call(call),
            Statement::Truncate { tables, cascade: _ } => {
                for table in tables {
                    self.table(table);
                }
            }
            Statement::Explain {
                analyze: _,
                bare: _,
                statement,
            } => self.statement(statement),
        }
    }

    fn insert(&mut self, insert: &Insert) {
        self.with(insert.with.as_ref());
        self.table(&insert.table);
        self.targets.extend(insert.columns.iter().cloned());
        if let Some(source) = &insert.source {
            self.query(source);
        }
        if let Some(conflict) = &insert.conflict {
            self.exprs(&conflict.predicate);
            self.assignments(&conflict.assignments);
            self.exprs(&conflict.filter);
        }
        self.items(&insert.returning);
    }

    fn merge(&mut self, merge: &Merge) {
        self.with(merge.with.as_ref());
        self.table(&merge.table);
        self.alias(merge.alias.as_ref());
        self.source(&merge.source);
        self.expr(&merge.on);
        for clause in &merge.clauses {
            self.exprs(&clause.filter);
            match &clause.action {
                MergeAction::Insert {
                    token: _,
                    columns,
                    values: _,
                    row,
                } => {
                    self.targets.extend(columns.iter().cloned());
                    self.exprs(row);
                }
                MergeAction::Update(assignments) => self.assignments(assignments),
                MergeAction::Delete | MergeAction::Nothing => {}
            }
        }
    }

    fn with(&mut self, with: Option<&With>) {
        for table in with.iter().flat_map(|with| &with.tables) {
            self.statement(&table.statement);
        }
    }

    fn query(&mut self, query: &Query) {
        self.with(query.with.as_ref());
        self.body(&query.body);
        self.exprs(&query.order_by);
        self.exprs(&query.bounds);
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Select(select) => self.select(select),
            Body::Values(rows) => rows.iter().for_each(|row| self.exprs(row)),
            Body::Query(query) => self.query(query),
            Body::Set {
                compares: _,
                left,
                right,
            } => {
                self.body(left);
                self.body(right);
            }
            Body::Change(statement) => self.statement(statement),
        }
    }

    fn select(&mut self, select: &Select) {
        match &select.distinct {
            Distinct::No | Distinct::Rows => {}
            Distinct::On(list) => self.exprs(list),
        }
        self.items(&select.items);
        self.sources(&select.from);
        self.exprs(&select.filter);
        self.exprs(&select.group_by);
        self.exprs(&select.having);
        select.windows.iter().for_each(|window| self.window(window));
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Expr { expr, alias: _ } => self.expr(expr),
                Item::All { of, token } => {
                    let mut path = of.clone().unwrap_or_default();
                    path.push(Name {
                        text: "*".to_owned(),
                        token: *token,
                    });
                    self.column(path);
                }
            }
        }
    }

    fn sources(&mut self, sources: &[Source]) {
        sources.iter().for_each(|source| self.source(source));
    }

    fn source(&mut self, source: &Source) {
        match source {
            Source::Named {
                path,
                alias,
                sample,
            } => {
                self.table(path);
                self.alias(alias.as_ref());
                self.exprs(sample);
            }
            Source::Derived {
                lateral: _,
                query,
                alias,
            } => {
                self.query(query);
                self.alias(alias.as_ref());
            }
            Source::Function {
                call,
                ordinality: _,
                alias,
            } => {
                self.call(call);
                self.alias(alias.as_ref());
            }
            Source::RowsFrom {
                calls,
                ordinality: _,
                alias,
            } => {
                calls.iter().for_each(|call| self.call(call));
                self.alias(alias.as_ref());
            }
            Source::Unnest {
                arrays,
                ordinality: _,
                alias,
            } => {
                self.exprs(arrays);
                self.alias(alias.as_ref());
            }
            Source::Join {
                left,
                right,
                shows: _,
                on,
                alias,
            } => {
                self.source(left);
                self.source(right);
                match on {
                    JoinOn::Condition(condition) => self.expr(condition),
                    JoinOn::Using {
                        columns: _,
                        alias: _,
                    }
                    | JoinOn::Natural
                    | JoinOn::Cross => {}
                }
                self.alias(alias.as_ref());
            }
        }
    }

    /// Aliases are names without a place in both trees.
    fn alias(&mut self, _: Option<&Alias>) {}

    fn table(&mut self, path: &[Name]) {
        self.tables.push(path.to_vec());
    }

    fn assignments(&mut self, assignments: &[Assignment]) {
        for assignment in assignments {
            self.targets.extend(assignment.columns.iter().cloned());
            self.expr(&assignment.value);
        }
    }

    fn window(&mut self, window: &Window) {
        self.exprs(&window.partition_by);
        self.exprs(&window.order_by);
        self.exprs(&window.bounds);
    }

    fn call(&mut self, call: &Call) {
        self.calls.push(call.name.clone());
        self.exprs(&call.args);
        self.exprs(&call.order_by);
        self.exprs(&call.filter);
        if let Some(window) = &call.over {
            self.window(window);
        }
    }

    fn column(&mut self, path: Vec<Name>) {
        // A lone star has no place.
        if path.len() > 1 || path.first().is_some_and(|name| name.text != "*") {
            self.order.extend(path.first().map(|name| name.token));
        }
        self.columns.push(path);
    }

    fn exprs<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    /// The leaves of an expression, by their first tokens.
    fn side<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) -> Vec<usize> {
        let start = self.order.len();
        self.exprs(exprs);
        let mut side = self.order.get(start..).unwrap_or(&[]).to_vec();
        side.sort_unstable();
        side
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Column { path } => self.column(path.clone()),
            Expr::Field {
                row,
                name: _,
                range: _,
            } => self.column(row.clone()),
            Expr::Constant(constant) => {
                self.order.push(constant.range.first);
                self.constants.push(constant.clone());
            }
            Expr::Placeholder { number, token } => {
                self.order.push(*token);
                self.placeholders.push((*number, *token));
            }
            Expr::Default { token: _ } => {}
            Expr::Cast {
                inner,
                site: _,
                named: _,
                range: _,
            }
            | Expr::Nested { inner, range: _ }
            | Expr::IsNull { negated: _, inner } => self.expr(inner),
            Expr::Compare {
                op: _,
                sign: _,
                left,
                right,
            } => {
                let left = self.side([&**left]);
                let right = self.side([&**right]);
                self.comparisons.push((left, right));
            }
            Expr::Distinct {
                negated: _,
                left,
                right,
            } => self.exprs([&**left, &**right]),
            Expr::Between {
                negated: _,
                inner,
                low,
                high,
            } => self.exprs([&**inner, &**low, &**high]),
            Expr::In {
                negated: _,
                left,
                list,
            } => {
                self.expr(left);
                self.exprs(list);
            }
            Expr::InQuery { left, op: _, query } => {
                self.expr(left);
                self.query(query);
            }
            Expr::InArray { left, op: _, array } => self.exprs([&**left, &**array]),
            Expr::Like {
                insensitive: _,
                negated: _,
                left,
                pattern,
                escape,
            } => {
                self.exprs([&**left, &**pattern]);
                self.exprs(escape.as_deref());
            }
            Expr::And(parts)
            | Expr::Logic { how: _, parts }
            | Expr::Operators {
                parts,
                operators: _,
            }
            | Expr::Row(parts)
            | Expr::Opaque { what: _, parts } => self.exprs(parts),
            Expr::Case {
                operand,
                arms,
                otherwise,
                range: _,
            } => {
                self.exprs(operand.as_deref());
                for (when, then) in arms {
                    self.exprs([when, then]);
                }
                self.exprs(otherwise.as_deref());
            }
            Expr::Subquery(query) | Expr::Exists(query) | Expr::ArrayQuery(query) => {
                self.query(query);
            }
            Expr::Array { elements, range: _ } => self.exprs(elements),
            Expr::Call(call) => self.call(call),
        }
    }
}
