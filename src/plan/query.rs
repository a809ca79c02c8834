//! Queries: their result columns with their lineage.

use super::Derived;
use super::analysis::Analysis;
use super::call::{call_range, is_masked};
use super::compare::unwrap;
use super::edits::Part;
use super::expression::is_direct;
use super::keyed;
use super::lineage::{Column, Leaf, Lineage};
use super::naming;
use super::scope::Scope;
use crate::fault::{Fault, Refusal};
use crate::sql::{Body, ConstantKind, Distinct, Expr, Item, Query, Select, Statement, With};
use crate::value::{DeclaredType, Kind};

/// A condition that becomes one on tokens.
const PREFIXED: &str = "starts_with";

impl Analysis<'_> {
    /// The result columns of a query.
    pub(super) fn query(
        &mut self,
        query: &Query,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        self.enter()?;
        let mark = self.ctes.len();
        let columns = self.query_inside(query, outer);
        self.ctes.truncate(mark);
        self.leave();
        columns
    }

    fn query_inside(
        &mut self,
        query: &Query,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        // Whether this is the statement itself; what is inside it is not.
        let own = std::mem::take(&mut self.derives);
        let lists = std::mem::take(&mut self.lists);
        let shown = self.only_shown(false);
        let columns = self.query_parts(query, (own, lists), outer);
        self.only_shown(shown);
        columns
    }

    fn query_parts(
        &mut self,
        query: &Query,
        (own, lists): (bool, bool),
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        if let Some(with) = &query.with {
            self.with(with, outer)?;
        }
        let columns = match &query.body {
            Body::Select(select) => self.select(select, Some((query, own, lists)), outer)?,
            body @ (Body::Values(_) | Body::Query(_) | Body::Set { .. } | Body::Change(_)) => {
                let mut columns = self.body(body, outer)?;
                self.order(query, None, &mut columns, own)?;
                columns
            }
        };
        if own && self.derived.as_ref().is_some_and(Derived::selects) {
            // LIMIT is the proxy's then.
            return Ok(columns);
        }
        let bounds = Scope::inside(outer);
        for bound in &query.bounds {
            self.check(bound, "LIMIT", &bounds)?;
        }
        Ok(columns)
    }

    /// Puts the tables of WITH in sight.
    pub(super) fn with(&mut self, with: &With, outer: Option<&Scope<'_>>) -> Result<(), Refusal> {
        if with.recursive {
            // All of them see each other, whatever their order.
            let names = with.tables.iter().map(|table| table.name.text.clone());
            self.ctes.extend(names.map(|name| (name, None)));
        }
        for table in &with.tables {
            if !table.columns.is_empty() {
                self.asks_all();
            }
            let recursive = match &table.statement {
                Statement::Query(query) if with.recursive => match &query.body {
                    Body::Set {
                        compares,
                        left,
                        right,
                    } => Some((query, *compares, left, right)),
                    Body::Select(_) | Body::Values(_) | Body::Query(_) | Body::Change(_) => None,
                },
                Statement::Query(_)
                | Statement::Insert(_)
                | Statement::Update(_)
                | Statement::Delete(_)
                | Statement::Merge(_)
                | Statement::Call(_)
                | Statement::Truncate { .. }
                | Statement::Explain { .. } => None,
            };
            let name = &table.name.text;
            let rename = |mut columns: Vec<Column>| {
                for (column, given) in columns.iter_mut().zip(&table.columns) {
                    column.name.clone_from(&given.text);
                }
                columns
            };
            let columns = match recursive {
                None => rename(self.change(&table.statement, outer)?),
                Some((query, compares, left, right)) => {
                    let mark = self.ctes.len();
                    if let Some(inner) = &query.with {
                        self.with(inner, outer)?;
                    }
                    // The first term says what the table holds; the second sees it.
                    let first = rename(self.body(left, outer)?);
                    self.ctes.push((name.clone(), Some(first.clone())));
                    let second = self.body(right, outer)?;
                    let given: Vec<bool> = first.iter().map(|one| one.lineage.carries()).collect();
                    let before: Vec<usize> = first.iter().map(of_branches).collect();
                    // Of NULL too the server would have to make the type of the column.
                    let null = first.iter().zip(&second).any(|(one, other)| {
                        one.lineage.carries() && matches!(other.lineage, Lineage::Constants(_))
                    });
                    // What is made of its values beside NULL, or compared, would be plain bytea to the server.
                    let made = first
                        .iter()
                        .zip(&second)
                        .enumerate()
                        .any(|(at, (one, other))| {
                            one.lineage.carries()
                                && other.lineage.carries()
                                && !keeps_type(right, at)
                        });
                    let columns = self.united(first, second, compares)?;
                    // So too the constants beside its values, which the server would have to be of one type with it.
                    let added = before
                        .iter()
                        .zip(&columns)
                        .any(|(before, one)| of_branches(one) != *before);
                    if added || null || made {
                        let message = "a constant stands beside a sealed value behind the first term of WITH RECURSIVE";
                        return self.refuse(
                            Fault::ServerDependentValue,
                            message,
                            Some(table.name.token),
                        );
                    }
                    // The second term was read as if the table held what the first gives.
                    if given
                        .iter()
                        .zip(&columns)
                        .any(|(given, one)| !given && one.lineage.carries())
                    {
                        return self.refuse(
                            Fault::Unparsed,
                            "a protected value enters WITH RECURSIVE behind its first term",
                            Some(table.name.token),
                        );
                    }
                    for one in query.order_by.iter().chain(&query.bounds) {
                        self.check(one, "ORDER BY", &Scope::inside(None))?;
                    }
                    self.ctes.truncate(mark);
                    columns
                }
            };
            self.ctes.push((name.clone(), Some(columns)));
        }
        Ok(())
    }

    fn body(&mut self, body: &Body, outer: Option<&Scope<'_>>) -> Result<Vec<Column>, Refusal> {
        self.enter()?;
        let columns = match body {
            Body::Select(select) => self.select(select, None, outer),
            Body::Query(query) => self.query(query, outer),
            Body::Change(statement) => self.change(statement, outer),
            // Its columns have a type of their own first, also beside another query's.
            Body::Values(rows) => self.values(rows, outer).map(|columns| {
                let resolved = columns.into_iter().map(|column| Column {
                    lineage: column.lineage.resolved(),
                    ..column
                });
                resolved.collect()
            }),
            Body::Set {
                compares,
                left,
                right,
            } => {
                let first = self.body(left, outer)?;
                let second = self.body(right, outer)?;
                self.united(first, second, *compares)
            }
        };
        self.leave();
        columns
    }

    fn values(
        &mut self,
        rows: &[Vec<Expr>],
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        let scope = Scope::inside(outer);
        let mut columns: Vec<Column> = Vec::new();
        for (row, exprs) in rows.iter().enumerate() {
            if row > 0 && exprs.len() != columns.len() {
                return Err(self
                    .refusal(
                        Fault::Unparsed,
                        "VALUES lists must all be the same length",
                        None,
                    )
                    .with_sqlstate("42601"));
            }
            for (at, expr) in exprs.iter().enumerate() {
                let lineage = self.expr(expr, &scope)?;
                let token = expr.range().map(|range| range.first);
                match columns.get_mut(at) {
                    None => columns.push(Column {
                        name: format!("column{}", at + 1),
                        lineage,
                    }),
                    Some(column) => {
                        let before = std::mem::replace(&mut column.lineage, Lineage::Plain);
                        column.lineage = self.merge(before, lineage, token)?;
                    }
                }
            }
        }
        Ok(columns)
    }

    fn united(
        &mut self,
        first: Vec<Column>,
        second: Vec<Column>,
        compares: bool,
    ) -> Result<Vec<Column>, Refusal> {
        if first.len() != second.len() {
            let message = "each query of a set operation must have the same number of columns";
            return Err(self
                .refusal(Fault::Unparsed, message, None)
                .with_sqlstate("42601"));
        }
        let mut columns = Vec::new();
        for (a, b) in first.into_iter().zip(second) {
            let lineage = self.merge(a.lineage, b.lineage, None)?.united();
            if compares {
                self.grouped(&lineage, None)?;
            }
            columns.push(Column {
                name: a.name,
                lineage,
            });
        }
        Ok(columns)
    }

    fn select(
        &mut self,
        select: &Select,
        query: Option<(&Query, bool, bool)>,
        outer: Option<&Scope<'_>>,
    ) -> Result<Vec<Column>, Refusal> {
        self.makes |= select.into;
        let scope = self.from(&select.from, Scope::inside(outer))?;
        let order_by = query.map_or(&[][..], |(query, _, _)| &query.order_by);
        let lists = query.is_some_and(|(_, _, lists)| lists);
        let shown =
            query.is_some_and(|(_, own, lists)| own || lists) && self.shows_only(select, order_by);
        let query = query.map(|(query, own, _)| (query, own));
        // One that names a result column is not looked up below.
        for one in order_by {
            if let Expr::Column { path } = unwrap(one)
                && let [name] = path.as_slice()
            {
                self.asks_name(&name.text);
            }
        }
        if lists {
            self.list(&select.items, &scope);
        }
        if let Some(filter) = &select.filter {
            self.asks_by(filter, true, &scope.bounds, &scope);
        }
        match (&select.filter, query) {
            (Some(filter), Some((query, true))) => {
                self.own_filter(filter, select, query, &scope)?
            }
            (Some(filter), Some((_, false)) | None) => {
                self.check(filter, "a condition", &scope)?;
            }
            (None, _) => {}
        }
        // Beside an expression that is grouped by, the server would miss it in the list.
        let mut groups = select.group_by.iter();
        let plain = matches!(select.distinct, Distinct::No)
            && groups.all(|one| matches!(unwrap(one), Expr::Column { .. }));
        let computes = plain && query.is_some_and(|(_, own)| own);
        if computes {
            self.computing = self.item_ranges(select);
        }
        let mut columns = self.items(&select.items, shown, &scope)?;
        let visible = columns.len();
        // In a subquery of the list, what is computed beside it is none of its own.
        if computes {
            let named = query.map_or(&[][..], |(query, _)| &query.order_by);
            for one in select.group_by.iter().chain(named) {
                self.not_computed(one, &columns)?;
            }
            let end = self.list_end(select);
            self.compute((end, select.token), &mut columns)?;
        }
        let hidden = columns.split_off(visible);
        for (one, keyed) in select
            .group_by
            .iter()
            .zip(keyed::groups(&select.group_by, &scope))
        {
            if keyed {
                let lineage = self.expr(one, &scope)?;
                self.beside_key(&lineage, one.range().map(|range| range.first))?;
            } else {
                self.group(one, &columns, &scope)?;
            }
        }
        if let Some(having) = &select.having {
            self.check(having, "a condition", &scope)?;
        }
        for window in &select.windows {
            self.window(window, &scope)?;
        }
        match &select.distinct {
            Distinct::No => {}
            Distinct::Rows => {
                let keyed = keyed::results(&select.items, &scope);
                for (at, column) in columns.iter().enumerate() {
                    // Where the list has not been followed to its end, nothing is taken as keyed.
                    let known = keyed.len() == columns.len();
                    if known && keyed.get(at).copied().unwrap_or_default() {
                        self.beside_key(&column.lineage, None)?;
                    } else {
                        self.grouped(&column.lineage, None)?;
                    }
                }
            }
            Distinct::On(list) => {
                // As in ORDER BY, a result column goes first (`transformDistinctOnClause`).
                for one in list {
                    match named_result(one, &columns) {
                        Some(lineage) => {
                            self.grouped(&lineage, one.range().map(|range| range.first))?;
                        }
                        None => self.group(one, &columns, &scope)?,
                    }
                }
            }
        }
        // What has no type of its own is told apart as text.
        if matches!(select.distinct, Distinct::Rows) {
            for column in &mut columns {
                column.lineage = column.lineage.clone().united();
            }
        }
        columns.extend(hidden);
        if let Some((query, own)) = query {
            if own {
                self.recheck(select, query, &mut columns)?;
            }
            self.order(query, Some((select, &scope)), &mut columns, own)?;
            let filtered = self.derived.as_ref();
            if own
                && filtered
                    .is_some_and(|derived| derived.filter.is_some() && derived.sort.is_empty())
            {
                self.take_bounds(query)?;
            }
        }
        Ok(columns)
    }

    /// A column that a key of its list decides needs no equality. But rows may come in the order of what the server compares: to
    /// who may not search, only of envelopes that are random from the first byte to the last does that say nothing.
    fn beside_key(&mut self, lineage: &Lineage, token: Option<usize>) -> Result<(), Refusal> {
        let Lineage::Value(value) = lineage else {
            return Ok(());
        };
        let Some(column) = self.hidden_order(value) else {
            return Ok(());
        };
        let message = format!(
            "rows that column {} tells apart come in its order, and this role may not search by it",
            column.qualified()
        );
        self.refuse(Fault::SearchMissing, message, token)
    }

    /// An entry of GROUP BY: an input column first, else a result column by name or ordinal (manual, SELECT).
    fn group(&mut self, one: &Expr, columns: &[Column], scope: &Scope<'_>) -> Result<(), Refusal> {
        let token = one.range().map(|range| range.first);
        match one {
            Expr::Row(parts) => {
                for part in parts {
                    self.group(part, columns, scope)?;
                }
                Ok(())
            }
            Expr::Nested { inner, .. } => self.group(inner, columns, scope),
            Expr::Column { path } => {
                // Only this level's columns go before a result column.
                let own = matches!(path.as_slice(), [name] if scope.has_own(&name.text));
                let lineage = match (own, named_result(one, columns)) {
                    (false, Some(lineage)) => lineage,
                    (true | false, _) => self.expr(one, scope)?,
                };
                self.grouped(&lineage, token)
            }
            // Rows of one tag are rows of one lower() or upper().
            other if self.folded(other, scope)?.is_some() => Ok(()),
            other => {
                let lineage = match named_result(other, columns) {
                    Some(lineage) => lineage,
                    None => self.expr(other, scope)?,
                };
                self.grouped(&lineage, token)?;
                if let Lineage::Constants(constants) = &lineage
                    && self.adopted(constants).is_none()
                {
                    self.settle(constants)?;
                }
                Ok(())
            }
        }
    }

    /// Gives a result column the name that it has without an alias.
    fn name_result(&mut self, expr: &Expr, name: &str) -> Result<(), Refusal> {
        let mut inner = expr;
        let mut depth = 0;
        while let Expr::Nested { inner: next, .. } = inner {
            inner = next;
            depth += 1;
        }
        let range = match inner {
            Expr::Call(call) => call_range(call, self.tokens),
            // It has the name of its own result column.
            Expr::Subquery(_) => return Ok(()),
            _ => None,
        };
        let closes = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_mark(')'));
        let end = range.map(|range| range.last);
        let end = end.filter(|end| (end + 1..=end + depth).all(closes));
        let Some(end) = end else {
            let message = format!(
                "what the result column \"{name}\" is made of goes upstream in another form"
            );
            let token = expr.range().map(|range| range.first);
            return Err(self
                .refusal(Fault::UnsupportedExpression, message, token)
                .with_hint("Give the column a name of its own with AS."));
        };
        self.insert_after(end + depth, vec![Part::Text(format!(" AS {name}"))])
    }

    /// A select list or RETURNING.
    pub(super) fn items(
        &mut self,
        items: &[Item],
        shown: bool,
        scope: &Scope<'_>,
    ) -> Result<Vec<Column>, Refusal> {
        let mut columns = Vec::new();
        let computing = self.computing.take();
        for (at, item) in items.iter().enumerate() {
            match item {
                Item::All { of, token } => {
                    self.asks_star(of.as_deref(), shown, scope);
                    let names: Option<Vec<&str>> = of
                        .as_ref()
                        .map(|path| path.iter().map(|name| name.text.as_str()).collect());
                    let Some(all) = scope.expand(names.as_deref()) else {
                        // How many columns that is cannot be told: only where nothing protected is near.
                        if scope.holds_protected() {
                            return self.refuse(
                                Fault::Unparsed,
                                "* over a relation whose columns are not known",
                                of.as_ref().map(|_| *token),
                            );
                        }
                        self.unknown_width = true;
                        continue;
                    };
                    columns.extend(all);
                }
                Item::Expr { expr, alias } => {
                    let range = computing.as_ref().and_then(|ranges| ranges.get(at));
                    let range = range.and_then(|own| item.without_alias(*own, self.tokens));
                    let mark = range
                        .filter(|_| !is_direct(expr))
                        .map(|own| (own, self.mark()));
                    let only = shown && matches!(unwrap(expr), Expr::Column { .. });
                    let before = self.only_shown(only);
                    let edited = self.edits.len();
                    let lineage = self.expr(expr, scope);
                    self.only_shown(before);
                    let lineage = match (lineage, mark) {
                        (Ok(lineage), _) => lineage,
                        (Err(refusal), Some((range, mark))) if !self.unknown_width => {
                            let whole = (range, alias.as_deref());
                            let found = self.computed(expr, whole, columns.len(), scope, mark)?;
                            columns.push(found.ok_or(refusal)?);
                            continue;
                        }
                        (Err(refusal), _) => return Err(refusal),
                    };
                    if let (None, Lineage::Constants(constants)) = (alias, &lineage)
                        && let [leaf] = constants.leaves.as_slice()
                        && is_direct(expr)
                    {
                        self.unnamed
                            .insert(leaf.range.first, (leaf.whole.last, leaf_name(leaf)));
                    }
                    let name = alias.clone().unwrap_or_else(|| naming::result_name(expr));
                    // These go upstream as something of another name.
                    let renamed = match unwrap(expr) {
                        Expr::Call(call) if is_masked(call) => Some("masked"),
                        _ if name == PREFIXED => Some(PREFIXED),
                        _ => None,
                    };
                    if let (None, Some(own)) = (alias, renamed)
                        && edited != self.edits.len()
                    {
                        self.name_result(expr, own)?;
                    }
                    columns.push(Column { name, lineage });
                }
            }
        }
        Ok(columns)
    }
}

/// Whether a result column is of the type that the values in it are stored in: a column, or a choice among such.
fn keeps_type(body: &Body, at: usize) -> bool {
    let Body::Select(select) = body else {
        return true;
    };
    let all = select
        .items
        .iter()
        .any(|item| matches!(item, Item::All { .. }));
    match select.items.get(at) {
        Some(Item::Expr { expr, .. }) if !all => keeps_its_type(expr),
        Some(_) | None => true,
    }
}

fn keeps_its_type(expr: &Expr) -> bool {
    match unwrap(expr) {
        Expr::Case {
            arms, otherwise, ..
        } => {
            otherwise.as_deref().is_some_and(keeps_its_type)
                && arms.iter().all(|(_, result)| keeps_its_type(result))
        }
        Expr::Call(call) => {
            let chooses = call.name.last().is_some_and(|name| name.text == "coalesce");
            chooses && call.args.iter().all(keeps_its_type)
        }
        Expr::Column { .. } => true,
        _ => false,
    }
}

/// How many constants stand beside the values of a column.
fn of_branches(column: &Column) -> usize {
    match &column.lineage {
        Lineage::Value(value) | Lineage::Array(value) => value.beside.len(),
        Lineage::Plain | Lineage::Constants(_) => 0,
    }
}

/// The lineage of the result column that an entry of ORDER BY or GROUP BY names.
fn named_result(expr: &Expr, columns: &[Column]) -> Option<Lineage> {
    let place = named_place(expr, columns)?;
    columns.get(place).map(|column| column.lineage.clone())
}

/// The result column that an entry of ORDER BY names, alone, by its name or as an ordinal. Parentheses are nothing
/// to the server's grammar.
pub(super) fn named_place(expr: &Expr, columns: &[Column]) -> Option<usize> {
    match unwrap(expr) {
        Expr::Column { path } => match path.as_slice() {
            [name] => {
                let mut all = columns.iter();
                all.position(|column| column.name == name.text)
                    .or_else(|| columns.iter().position(Column::may_hide))
            }
            _ => None,
        },
        Expr::Constant(constant) => match &constant.kind {
            ConstantKind::Integer(digits) => {
                let ordinal: usize = digits.parse().ok()?;
                let place = ordinal.checked_sub(1)?;
                let column = columns.get(place)?;
                (column.name != super::result::HIDDEN).then_some(place)
            }
            ConstantKind::Text(_)
            | ConstantKind::Decimal(_)
            | ConstantKind::Boolean(_)
            | ConstantKind::Null => None,
        },
        _ => None,
    }
}

/// The same for a constant under casts.
fn leaf_name(leaf: &Leaf) -> String {
    let Some(site) = leaf.casts.last() else {
        return "?column?".to_owned();
    };
    let name = site.name.strip_prefix("pg_catalog.").unwrap_or(&site.name);
    match DeclaredType::parse_name(name).map(|declared| declared.kind) {
        Some(Kind::Varchar { .. }) => "varchar",
        Some(Kind::Char { .. }) => "bpchar",
        Some(Kind::Int2) => "int2",
        Some(Kind::Int4) => "int4",
        Some(Kind::Int8) => "int8",
        Some(Kind::Float4) => "float4",
        Some(Kind::Float8) => "float8",
        Some(Kind::Bool) => "bool",
        Some(Kind::Numeric { .. }) => "numeric",
        Some(Kind::Time { .. }) => "time",
        Some(Kind::Timestamp { .. }) => "timestamp",
        Some(Kind::Timestamptz { .. }) => "timestamptz",
        Some(
            Kind::Text
            | Kind::Date
            | Kind::Uuid
            | Kind::Json
            | Kind::Jsonb
            | Kind::Bytea
            | Kind::Inet
            | Kind::Citext
            | Kind::Enum(_)
            | Kind::Array(_),
        )
        | None => name
            .rsplit('.')
            .next()
            .unwrap_or(name)
            .trim_end_matches("[]"),
    }
    .to_owned()
}
