//! FROM: relations, subqueries, functions and joins become names in a scope.

use super::adopt::How;
use super::analysis::Analysis;
use super::lineage::{Column, Constants, Lineage, Value};
use super::relation::Named;
use super::scope::{Bound, Scope};
use super::vouched::Given;
use crate::fault::{Fault, Refusal};
use crate::policy::Vouched;
use crate::sql::{Alias, Call, Comparison, Expr, JoinOn, Shows, Source};

/// Set-returning functions of the server with one column that takes the function's name or alias.
const SINGLE: &[&str] = &[
    "generate_series",
    "generate_subscripts",
    "jsonb_path_query",
    "regexp_matches",
    "regexp_split_to_table",
    "string_to_table",
    "json_object_keys",
    "jsonb_object_keys",
];

/// Those whose columns have names of their own.
const NAMED: &[(&str, &[&str])] = &[
    ("json_array_elements", &["value"]),
    ("json_array_elements_text", &["value"]),
    ("json_each", &["key", "value"]),
    ("json_each_text", &["key", "value"]),
    ("jsonb_array_elements", &["value"]),
    ("jsonb_array_elements_text", &["value"]),
    ("jsonb_each", &["key", "value"]),
    ("jsonb_each_text", &["key", "value"]),
];

/// What one entry of FROM brings.
#[derive(Debug, Default)]
struct Brought {
    bounds: Vec<Bound>,
    star: Vec<Column>,
}

impl Analysis<'_> {
    /// Adds the entries to the scope, left to right; LATERAL ones see those before them.
    pub(super) fn from<'p>(
        &mut self,
        sources: &[Source],
        scope: Scope<'p>,
    ) -> Result<Scope<'p>, Refusal> {
        let mut scope = scope;
        for source in sources {
            let brought = self.source(source, &scope)?;
            scope.bounds.extend(brought.bounds);
            scope.star.extend(brought.star);
        }
        Ok(scope)
    }

    fn source(&mut self, source: &Source, scope: &Scope<'_>) -> Result<Brought, Refusal> {
        self.enter()?;
        let brought = self.source_inside(source, scope);
        self.leave();
        brought
    }

    fn source_inside(&mut self, source: &Source, scope: &Scope<'_>) -> Result<Brought, Refusal> {
        match source {
            Source::Named {
                path,
                alias,
                sample,
            } => {
                let sampled = !sample.is_empty();
                for argument in sample {
                    self.check(argument, "TABLESAMPLE", scope)?;
                }
                let token = path.last().map(|name| name.token);
                let name = path
                    .last()
                    .map(|name| name.text.clone())
                    .unwrap_or_default();
                let (columns, open, schema, relation) = match self.named(path, true)? {
                    Named::Common(columns) => {
                        if alias
                            .as_ref()
                            .is_some_and(|alias| !alias.columns.is_empty())
                        {
                            self.asks_all();
                        }
                        (columns, false, None, None)
                    }
                    Named::Temporary => (Vec::new(), true, None, None),
                    Named::Relation(relation) => (
                        self.columns_of(&relation, token)?,
                        false,
                        Some(relation.schema.clone()),
                        Some(relation),
                    ),
                };
                let mut brought =
                    self.bind(alias.as_ref(), Some(name), schema, columns, open, token)?;
                if let Some(relation) = relation {
                    for bound in &mut brought.bounds {
                        bound.keys = self.keys_of(&relation);
                        bound.relation = Some(relation.oid);
                        if !sampled {
                            self.refer(&relation, bound, path, alias.as_ref())?;
                        }
                    }
                }
                Ok(brought)
            }
            Source::Derived {
                lateral,
                query,
                alias,
            } => {
                if alias
                    .as_ref()
                    .is_some_and(|alias| !alias.columns.is_empty())
                {
                    self.asks_all();
                }
                let columns = if *lateral {
                    self.query(query, Some(scope))?
                } else {
                    self.query(query, scope.parent)?
                };
                self.bind(alias.as_ref(), None, None, columns, false, None)
            }
            Source::Function {
                call,
                ordinality,
                alias,
            } => self.function(call, *ordinality, alias.as_ref(), scope),
            Source::RowsFrom {
                calls,
                ordinality,
                alias,
            } => self.rows_from(calls, *ordinality, alias.as_ref(), scope),
            Source::Unnest {
                arrays,
                ordinality,
                alias,
            } => self.unnest(arrays, *ordinality, alias.as_ref(), scope),
            Source::Join {
                left,
                right,
                shows,
                on,
                alias,
            } => {
                let joined = self.join(left, right, *shows, on, scope)?;
                match alias {
                    None => Ok(joined),
                    Some(alias) => {
                        if !alias.columns.is_empty() {
                            self.asks_all();
                        }
                        let open = joined.bounds.iter().any(|bound| bound.open);
                        self.bind(Some(alias), None, None, joined.star, open, None)
                    }
                }
            }
        }
    }

    /// A function in FROM. COALESCE and the like may stand here too: what they give must hold nothing protected.
    fn function(
        &mut self,
        call: &Call,
        ordinality: bool,
        alias: Option<&Alias>,
        scope: &Scope<'_>,
    ) -> Result<Brought, Refusal> {
        let token = call.name.first().map(|name| name.token);
        if let Some(vouched) = self.vouched(call)? {
            return self.vouched_source(call, &vouched, ordinality, alias, scope);
        }
        let lineage = self.call(call, scope)?;
        self.plain(lineage, "FROM", token)?;
        let name = call
            .name
            .last()
            .map(|name| name.text.clone())
            .unwrap_or_default();
        let own = alias.map_or(&name, |alias| &alias.name);
        let typed = alias.filter(|alias| alias.typed);
        let mut columns: Vec<Column> = match typed {
            Some(alias) => alias.columns.iter().cloned().map(Column::plain).collect(),
            None => match self.function_columns(call, own) {
                Some(columns) => columns,
                None => return self.bind(alias, Some(name), None, Vec::new(), true, token),
            },
        };
        if ordinality {
            columns.push(Column::plain("ordinality"));
        }
        self.bind(alias, Some(name), None, columns, false, token)
    }

    /// The columns of a function of the server's own; `None` where they are not known. `called`: what a single one is
    /// called by its alias.
    fn function_columns(&self, call: &Call, called: &str) -> Option<Vec<Column>> {
        let name = self.builtin(call)?;
        if SINGLE.contains(&name) {
            return Some(vec![Column::plain(called)]);
        }
        let (_, names) = NAMED.iter().find(|(own, _)| *own == name)?;
        Some(names.iter().map(|name| Column::plain(*name)).collect())
    }

    /// A routine that the rules vouch for: its columns are known.
    fn vouched_source(
        &mut self,
        call: &Call,
        vouched: &Vouched,
        ordinality: bool,
        alias: Option<&Alias>,
        scope: &Scope<'_>,
    ) -> Result<Brought, Refusal> {
        let token = call.name.last().map(|name| name.token);
        let name = vouched.signature.name.clone();
        let mut columns = match self.vouched_call(call, vouched, scope)? {
            Given::Row(columns) => columns,
            // A name that the routine gives comes before the alias.
            Given::Value(lineage, own) => vec![Column {
                name: own.unwrap_or_else(|| alias.map_or(&name, |alias| &alias.name).clone()),
                lineage,
            }],
        };
        if ordinality {
            columns.push(Column::plain("ordinality"));
        }
        self.bind(alias, Some(name), None, columns, false, token)
    }

    fn bind(
        &self,
        alias: Option<&Alias>,
        name: Option<String>,
        schema: Option<String>,
        mut columns: Vec<Column>,
        open: bool,
        token: Option<usize>,
    ) -> Result<Brought, Refusal> {
        if let Some(alias) = alias {
            if alias.columns.len() > columns.len() && !open {
                return self.refuse(
                    Fault::Unparsed,
                    "an alias names more columns than there are",
                    token,
                );
            }
            for (at, given) in alias.columns.iter().enumerate() {
                match columns.get_mut(at) {
                    Some(column) => column.name.clone_from(given),
                    None => columns.push(Column::plain(given.clone())),
                }
            }
        }
        for column in &mut columns {
            column.lineage = column.lineage.clone().resolved();
        }
        let bound = Bound {
            name: alias.map(|alias| alias.name.clone()).or(name),
            schema: if alias.is_some() { None } else { schema },
            columns: columns.clone(),
            keys: Vec::new(),
            open,
            relation: None,
            reference: None,
        };
        Ok(Brought {
            bounds: vec![bound],
            star: columns,
        })
    }

    /// `UNNEST(a, b)`: one column an array; constants stay constants, an array of sealed values gives them.
    fn unnest(
        &mut self,
        arrays: &[Expr],
        ordinality: bool,
        alias: Option<&Alias>,
        scope: &Scope<'_>,
    ) -> Result<Brought, Refusal> {
        let mut columns = self.unnested(arrays, scope)?;
        if ordinality {
            columns.push(Column::plain("ordinality"));
        }
        // A single column of a function takes the alias as its name.
        if let (Some(alias), [one, ..]) = (alias, columns.as_mut_slice())
            && arrays.len() == 1
            && alias.columns.is_empty()
        {
            one.name.clone_from(&alias.name);
        }
        self.bind(alias, Some("unnest".to_owned()), None, columns, false, None)
    }

    fn unnested(&mut self, arrays: &[Expr], scope: &Scope<'_>) -> Result<Vec<Column>, Refusal> {
        let mut columns = Vec::new();
        for array in arrays {
            let lineage = match self.expr(array, scope)? {
                Lineage::Constants(constants) if !constants.elements => {
                    self.typed_array(&constants)?;
                    Lineage::Constants(Constants {
                        elements: true,
                        ..constants
                    })
                }
                Lineage::Array(value) => Lineage::Value(value.unmodified()),
                lineage @ (Lineage::Plain | Lineage::Constants(_) | Lineage::Value(_)) => {
                    self.plain(lineage, "UNNEST", array.range().map(|range| range.first))?;
                    Lineage::Plain
                }
            };
            columns.push(Column {
                name: "unnest".to_owned(),
                lineage,
            });
        }
        Ok(columns)
    }

    /// The server takes an array without a type for no array at all: its name is of many functions.
    pub(super) fn typed_array(&self, constants: &Constants) -> Result<(), Refusal> {
        let untyped =
            constants.casts.is_empty() && constants.leaves.iter().all(|leaf| self.is_untyped(leaf));
        match constants.leaves.first().filter(|_| untyped) {
            None => Ok(()),
            Some(leaf) => {
                // A column of a list is text.
                let (message, sqlstate) = if constants.resolved {
                    ("function unnest(text) does not exist", "42883")
                } else {
                    ("function unnest(unknown) is not unique", "42725")
                };
                let refusal = self.refusal(Fault::OperatorMissing, message, Some(leaf.range.first));
                Err(refusal.with_sqlstate(sqlstate))
            }
        }
    }

    /// `ROWS FROM (f(…), g(…))`: the columns of each beside those of the next.
    fn rows_from(
        &mut self,
        calls: &[Call],
        ordinality: bool,
        alias: Option<&Alias>,
        scope: &Scope<'_>,
    ) -> Result<Brought, Refusal> {
        let mut columns = Vec::new();
        let mut open = false;
        for call in calls {
            match self.builtin(call) {
                Some("unnest") => {
                    self.guard_function(call)?;
                    let made = self.unnested(&call.args, scope)?;
                    // Where a function before it has how many columns is not known, its place is not either.
                    if open
                        && made
                            .iter()
                            .any(|column| !matches!(column.lineage, Lineage::Plain))
                    {
                        return self.refuse(
                            Fault::Unparsed,
                            "UNNEST behind a function whose columns are not known",
                            call.name.first().map(|name| name.token),
                        );
                    }
                    columns.extend(made);
                }
                name => {
                    let own = alias.filter(|_| calls.len() == 1);
                    let called = own.map_or(name, |alias| Some(&alias.name));
                    let known = self.function_columns(call, called.unwrap_or_default());
                    let token = call.name.first().map(|name| name.token);
                    let lineage = self.call(call, scope)?;
                    self.plain(lineage, "FROM", token)?;
                    open |= known.is_none();
                    columns.extend(known.into_iter().flatten());
                }
            }
        }
        if ordinality && !open {
            columns.push(Column::plain("ordinality"));
        }
        // A single column of a function takes the alias as its name.
        if let (Some(alias), [one], [_]) = (alias, columns.as_mut_slice(), calls)
            && one.name == "unnest"
            && alias.columns.is_empty()
        {
            one.name.clone_from(&alias.name);
        }
        self.bind(alias, None, None, columns, open, None)
    }

    fn join(
        &mut self,
        left: &Source,
        right: &Source,
        shows: Shows,
        on: &JoinOn,
        scope: &Scope<'_>,
    ) -> Result<Brought, Refusal> {
        let a = self.source(left, scope)?;
        // The right side may be LATERAL: it sees the left one.
        let mut inner = Scope::inside(scope.parent);
        inner.bounds.extend(scope.bounds.iter().cloned());
        inner.bounds.extend(a.bounds.iter().cloned());
        inner.star.extend(scope.star.iter().cloned());
        inner.star.extend(a.star.iter().cloned());
        let b = self.source(right, &inner)?;
        let names: Vec<String> = match on {
            JoinOn::Cross => Vec::new(),
            JoinOn::Condition(condition) => {
                let mut both = Scope::inside(scope.parent);
                both.bounds
                    .extend(a.bounds.iter().chain(&b.bounds).cloned());
                both.star.extend(a.star.iter().chain(&b.star).cloned());
                self.check(condition, "a condition", &both)?;
                // A relation that rows are kept of without it may be all that is left of the join.
                match shows {
                    Shows::Left => self.asks_by(condition, false, &b.bounds, &both),
                    Shows::Right => self.asks_by(condition, false, &a.bounds, &both),
                    Shows::Either => {}
                }
                Vec::new()
            }
            JoinOn::Using { columns, .. } => columns.iter().map(|name| name.text.clone()).collect(),
            JoinOn::Natural => {
                self.asks_all();
                if a.bounds.iter().chain(&b.bounds).any(|bound| bound.open) {
                    return self.refuse(
                        Fault::Unparsed,
                        "NATURAL JOIN of a relation whose columns are not known",
                        None,
                    );
                }
                let common = a
                    .star
                    .iter()
                    .filter(|own| b.star.iter().any(|other| other.name == own.name));
                common.map(|own| own.name.clone()).collect()
            }
        };
        let may_hide = |side: &Brought| side.star.iter().any(Column::may_hide);
        if matches!(on, JoinOn::Using { .. } | JoinOn::Natural) && (may_hide(&a) || may_hide(&b)) {
            return self.refuse(
                Fault::Unparsed,
                "a join by names over a protected value whose name is not certain",
                None,
            );
        }
        let mut star = Vec::new();
        for name in &names {
            self.asks_name(name);
            let of = |side: &Brought| {
                let mut found = side.star.iter().filter(|column| &column.name == name);
                match (found.next(), found.next()) {
                    (Some(column), None) => Some(column.lineage.clone()),
                    (Some(_), Some(_)) => None,
                    (None, _) => side
                        .bounds
                        .iter()
                        .any(|bound| bound.open)
                        .then_some(Lineage::Plain),
                }
            };
            let (Some(x), Some(y)) = (of(&a), of(&b)) else {
                return self.refuse(
                    Fault::Unparsed,
                    format!("column \"{name}\" of USING is not certain"),
                    None,
                );
            };
            self.compare_lineages(Comparison::Equal, x.clone(), y.clone(), How::Compare, None)?;
            let lineage = match (x, y) {
                // The server looks for a common type.
                (Lineage::Value(x), Lineage::Value(y))
                    if !x.same_type(&y) || x.told().0 != y.told().0 =>
                {
                    return self.types_differ(&x, &y, None);
                }
                // One type stands for both; of two that go into each other, the left one (`select_common_type`).
                (Lineage::Constants(constants), Lineage::Value(value)) => {
                    match self.beside_constants(&constants, &value, true) {
                        Some(value) => Lineage::Value(value),
                        None => return self.unlike_constants(&value),
                    }
                }
                (Lineage::Value(value), Lineage::Constants(constants)) => {
                    match self.beside_constants(&constants, &value, false) {
                        Some(value) => Lineage::Value(value),
                        None => return self.unlike_constants(&value),
                    }
                }
                // A right join shows the right side's.
                (Lineage::Plain, Lineage::Value(y)) => Lineage::Value(y.derived()),
                // Both sides' rights count, whichever is shown.
                (Lineage::Value(x), Lineage::Value(y)) => Lineage::Value(match shows {
                    Shows::Left => Value {
                        origin: x.origin,
                        ..x.with(y)
                    },
                    Shows::Right => Value {
                        origin: y.origin,
                        ..y.with(x)
                    },
                    Shows::Either => x.with(y),
                }),
                (x, _) => x,
            };
            star.push(Column {
                name: name.clone(),
                lineage,
            });
        }
        let merged = match on {
            JoinOn::Using {
                alias: Some(name), ..
            } => Some(Bound {
                name: Some(name.clone()),
                schema: None,
                columns: star.clone(),
                keys: Vec::new(),
                open: false,
                relation: None,
                reference: None,
            }),
            JoinOn::Using { alias: None, .. }
            | JoinOn::Natural
            | JoinOn::Condition(_)
            | JoinOn::Cross => None,
        };
        let rest = |side: &Brought| {
            side.star
                .iter()
                .filter(|column| !names.contains(&column.name))
                .cloned()
                .collect::<Vec<_>>()
        };
        star.extend(rest(&a));
        star.extend(rest(&b));
        let mut bounds = a.bounds;
        bounds.extend(b.bounds);
        bounds.extend(merged);
        Ok(Brought { bounds, star })
    }

    fn unlike_constants<T>(&self, value: &Value) -> Result<T, Refusal> {
        let column = value.column().map(|column| column.qualified());
        let message = format!(
            "column {} and constants that may be of another type are joined by one name",
            column.unwrap_or_default()
        );
        Err(self
            .refusal(Fault::DomainsDiffer, message, None)
            .with_hint("Join them with ON."))
    }

    /// A value in one column with constants of a list, where its type is that of both or text.
    fn beside_constants(
        &self,
        constants: &Constants,
        value: &Value,
        constants_first: bool,
    ) -> Option<Value> {
        let column = value.column()?;
        if value.spec().is_none() {
            return Some(value.clone().unmodified());
        }
        let told = self.told_beside(constants, value, constants_first, None);
        let (told, typmod) = told.ok().filter(|_| self.as_given(constants, column))?;
        Some(value.clone().told_as(told, typmod))
    }
}
