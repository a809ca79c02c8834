//! Function calls: the few that take a protected value, and the many that must not.

use super::adopt::How;
use super::analysis::{Analysis, LeafState};
use super::coerce::oid;
use super::edits::Part;
use super::guarded;
use super::lineage::{Constants, Lineage, Shown, Value};
use super::scope::Scope;
use crate::catalog::Stands;
use crate::fault::{Fault, Refusal};
use crate::sql::{Call, Comparison, Expr, Range, Token, Window};
use crate::value::Kind;

impl Analysis<'_> {
    pub(super) fn call(&mut self, call: &Call, scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        if is_masked(call) {
            return self.masked(call, scope);
        }
        if let Some(vouched) = self.vouched(call)? {
            return self.vouched_value(call, &vouched, scope);
        }
        self.guard_function(call)?;
        for one in &call.order_by {
            let lineage = self.expr(one, scope)?;
            let token = one.range().map(|range| range.first);
            if call.within_group {
                // What such an aggregate gives is one of the values.
                self.plain(lineage, "WITHIN GROUP", token)?;
            } else {
                self.ordered(lineage, token)?;
            }
        }
        if let Some(filter) = &call.filter {
            self.check(filter, "a condition", scope)?;
        }
        if let Some(window) = &call.over {
            self.window(window, scope)?;
        }
        let token = call.name.first().map(|name| name.token);
        match self.builtin(call) {
            Some("count") => {
                for arg in &call.args {
                    // As many different tags as different values of lower() or upper().
                    if call.distinct && self.folded(arg, scope)?.is_some() {
                        continue;
                    }
                    for lineage in self.parts(arg, scope)? {
                        if call.distinct {
                            self.grouped(&lineage, token)?;
                        }
                    }
                }
                Ok(Lineage::Plain)
            }
            // How many are NULL is told of every column.
            Some("num_nulls" | "num_nonnulls") => {
                for arg in &call.args {
                    self.expr(arg, scope)?;
                }
                Ok(Lineage::Plain)
            }
            // Which of the grouping columns a row is grouped by.
            Some("grouping") => {
                for arg in &call.args {
                    let lineage = self.expr(arg, scope)?;
                    self.grouped(&lineage, token)?;
                }
                Ok(Lineage::Plain)
            }
            Some("coalesce") => {
                let mut result = Lineage::Constants(Constants::default());
                for arg in &call.args {
                    let lineage = self.expr(arg, scope)?;
                    result = self.merge(result, lineage, token)?;
                }
                Ok(result.united())
            }
            Some("nullif") => {
                let [left, right] = call.args.as_slice() else {
                    return self.unknown(call, scope);
                };
                let a = self.expr(left, scope)?;
                let b = self.expr(right, scope)?;
                // A constant on the left is what is shown: it is sealed where the right is a sealed column.
                if let (Lineage::Constants(constants), Lineage::Value(value)) = (&a, &b) {
                    self.shows_constants(constants, value)?;
                }
                let result = match (&a, &b) {
                    // The operator has made varchar text; other types keep the left side's modifier.
                    (Lineage::Value(value), _) => Lineage::Value(Value {
                        origin: None,
                        shown: if is_varchar(value) {
                            Shown::AsText
                        } else {
                            value.shown
                        },
                        ..value.clone()
                    }),
                    (Lineage::Constants(constants), Lineage::Value(value)) => {
                        let own = value.column().map(|column| &column.declared.kind);
                        let text = matches!(own, Some(Kind::Text | Kind::Varchar { .. }));
                        let given = match value.column() {
                            Some(column) if !text => self.constants_type(constants, column)?,
                            Some(_) | None => None,
                        };
                        Lineage::Value(match given {
                            Some((told, typmod)) if told == value.told().0 => {
                                value.clone().told_as(told, typmod)
                            }
                            Some(_) | None => Value {
                                shown: Shown::AsText,
                                origin: None,
                                ..value.clone()
                            },
                        })
                    }
                    _ => Lineage::Plain,
                };
                self.compare_lineages(Comparison::Equal, a, b, How::NullIf, token)?;
                Ok(result)
            }
            Some("array_agg") if !call.distinct && !call.within_group => {
                let [arg] = call.args.as_slice() else {
                    return self.unknown(call, scope);
                };
                match self.expr(arg, scope)? {
                    Lineage::Value(value) => Ok(Lineage::Array(value.unmodified())),
                    lineage @ (Lineage::Plain | Lineage::Constants(_) | Lineage::Array(_)) => {
                        self.plain(lineage, "array_agg", token)?;
                        Ok(Lineage::Plain)
                    }
                }
            }
            Some("first_value" | "last_value" | "nth_value" | "lag" | "lead")
                if call.over.is_some() =>
            {
                let Some((first, rest)) = call.args.split_first() else {
                    return self.unknown(call, scope);
                };
                let lineage = self.expr(first, scope)?;
                let Lineage::Value(value) = lineage else {
                    self.plain(lineage, "a window function", token)?;
                    for arg in rest {
                        self.check(arg, "a window function", scope)?;
                    }
                    return Ok(Lineage::Plain);
                };
                let mut result = Lineage::Value(value.unmodified());
                for (at, arg) in rest.iter().enumerate() {
                    // lag(value, offset, default): the default is a value of the same kind.
                    if at == 1 {
                        let other = self.expr(arg, scope)?;
                        result = self.merge(result, other, token)?;
                    } else {
                        self.check(arg, "a window function", scope)?;
                    }
                }
                Ok(result)
            }
            // `SELECT unnest(…)`: one value a row, as in FROM.
            Some("unnest") if call.args.len() == 1 && call.over.is_none() => {
                let [arg] = call.args.as_slice() else {
                    return self.unknown(call, scope);
                };
                match self.expr(arg, scope)? {
                    Lineage::Constants(constants) if !constants.elements => {
                        self.typed_array(&constants)?;
                        Ok(Lineage::Constants(Constants {
                            elements: true,
                            ..constants
                        }))
                    }
                    Lineage::Array(value) => Ok(Lineage::Value(value.unmodified())),
                    lineage @ (Lineage::Plain | Lineage::Constants(_) | Lineage::Value(_)) => {
                        self.plain(lineage, "UNNEST", token)?;
                        Ok(Lineage::Plain)
                    }
                }
            }
            Some(name @ ("min" | "max")) if call.args.len() == 1 => {
                let [arg] = call.args.as_slice() else {
                    return self.unknown(call, scope);
                };
                let lineage = self.expr(arg, scope)?;
                self.ordered(lineage.clone(), token)?;
                let Lineage::Value(value) = lineage else {
                    return Ok(Lineage::Plain);
                };
                let uuid = (value.columns.iter()).any(|column| column.declared.kind == Kind::Uuid);
                if uuid && self.world.snapshot.server_version < 180_000 {
                    let message = format!("function {name}(uuid) does not exist");
                    return self.refuse(Fault::OperatorMissing, message, token);
                }
                self.extreme(name, call)?;
                // There is none of varchar: it is text to them.
                Ok(Lineage::Value(if is_varchar(&value) {
                    Value {
                        shown: Shown::AsText,
                        origin: None,
                        ..value
                    }
                } else {
                    value.unmodified()
                }))
            }
            Some("greatest" | "least") => {
                let mut result = Lineage::Constants(Constants::default());
                for arg in &call.args {
                    let lineage = self.expr(arg, scope)?;
                    result = self.merge(result, lineage, token)?;
                }
                if result.carries() {
                    self.ordered(result.clone(), token)?;
                }
                Ok(result.united())
            }
            Some(_) | None => self.unknown(call, scope),
        }
    }

    /// min and max of sealed values: before 18 the server has none of bytea, and `init` made them.
    fn extreme(&mut self, name: &str, call: &Call) -> Result<(), Refusal> {
        let first = call.name.first().map(|name| name.token);
        let last = call.name.last().map(|name| name.token);
        let (Some(first), Some(last)) = (first, last) else {
            return self.refuse(
                Fault::Unparsed,
                "the statement could not be read with certainty",
                None,
            );
        };
        if self.world.snapshot.server_version >= 180_000 || self.view > 0 {
            return Ok(());
        }
        // Met twice, as in a GROUP BY that repeats it.
        if self.leaves.insert(first, LeafState::Done).is_some() {
            return Ok(());
        }
        self.edit(
            Range { first, last },
            vec![Part::Text(format!("sealwire.{name}"))],
        )
    }

    /// `sealwire.masked(column)`: whether the role is shown a mask in its place.
    fn masked(&mut self, call: &Call, scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        let token = call.name.first().map(|name| name.token);
        let [arg] = call.args.as_slice() else {
            let message = "sealwire.masked takes one column";
            return self.refuse(Fault::UnsupportedExpression, message, token);
        };
        let shown = match self.expr(arg, scope)? {
            Lineage::Value(value) | Lineage::Array(value) => self.mask(&value).is_some(),
            Lineage::Plain => false,
            Lineage::Constants(constants) => {
                self.settle(&constants)?;
                false
            }
        };
        let Some(range) = call_range(call, self.tokens) else {
            let message = "where sealwire.masked ends is not certain";
            return self.refuse(Fault::Unparsed, message, token);
        };
        self.edit(range, vec![Part::Text(shown.to_string())])?;
        Ok(Lineage::Plain)
    }

    /// A function that is given nothing protected.
    fn unknown(&mut self, call: &Call, scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        let name = call
            .name
            .last()
            .map(|name| name.text.clone())
            .unwrap_or_default();
        let builds = ["json", "row_to_json", "to_json", "xml"];
        for arg in &call.args {
            self.check(arg, &format!("function {name}"), scope)
                .map_err(|refusal| {
                    if builds.iter().any(|start| name.starts_with(start)) {
                        refusal.with_hint(BUILT)
                    } else {
                        refusal
                    }
                })?;
        }
        Ok(Lineage::Plain)
    }

    /// The name, where it is the server's own function beyond doubt.
    pub(super) fn builtin<'c>(&self, call: &'c Call) -> Option<&'c str> {
        match call.name.as_slice() {
            [name] => match self.function_stands(&name.text) {
                Stands::Catalog => Some(&name.text),
                // Values of no type of its own have an order.
                Stands::CatalogOfOwnTypes => {
                    matches!(name.text.as_str(), "min" | "max").then_some(&name.text)
                }
                Stands::Unclear => None,
            },
            [schema, name] if schema.text == "pg_catalog" => Some(&name.text),
            _ => None,
        }
    }

    /// Functions that could reach protected rows unseen.
    pub(super) fn guard_function(&mut self, call: &Call) -> Result<(), Refusal> {
        let Some(name) = call.name.last() else {
            return Ok(());
        };
        if self.request.rights.full_control_everywhere || self.view > 0 {
            return Ok(());
        }
        if self.world.watch.routines.contains(&name.text) {
            let message = format!("function {} could reach protected tables unseen", name.text);
            return self.refuse(Fault::RoutineNotVouched, message, Some(name.token));
        }
        if guarded::FUNCTIONS.contains(&name.text.as_str()) && self.sees_masks() {
            let message = format!("function {} can show what a mask hides", name.text);
            return self.refuse(Fault::RoutineNotVouched, message, Some(name.token));
        }
        Ok(())
    }

    /// Whether any protected column of this database is masked for the principal.
    pub(super) fn sees_masks(&self) -> bool {
        self.world.sees_masks(self.request.rights)
    }

    pub(super) fn window(&mut self, window: &Window, scope: &Scope<'_>) -> Result<(), Refusal> {
        let at = |expr: &Expr| expr.range().map(|range| range.first);
        for one in &window.partition_by {
            if self.folded(one, scope)?.is_some() {
                continue;
            }
            let lineage = self.expr(one, scope)?;
            self.grouped(&lineage, at(one))?;
        }
        for one in &window.order_by {
            let lineage = self.expr(one, scope)?;
            if let (Lineage::Value(value), true) = (&lineage, window.by_distance) {
                let name = value.column().map(|column| column.qualified());
                let message = format!(
                    "column {} has an order, and no distances for RANGE",
                    name.unwrap_or_default()
                );
                return self.refuse(Fault::OrderNotAvailable, message, at(one));
            }
            self.ordered(lineage, at(one))?;
        }
        for one in &window.bounds {
            self.check(one, "a frame", scope)?;
        }
        Ok(())
    }
}

const BUILT: &str = "The server would build it of sealed values: select the columns, and build it in the application.";

/// Whether this is `sealwire.masked(…)`, which the server does not have.
pub(super) fn is_masked(call: &Call) -> bool {
    matches!(call.name.as_slice(), [schema, name] if schema.text == "sealwire" && name.text == "masked")
}

/// The tokens of a call, from its name to the parenthesis that closes it.
pub(super) fn call_range(call: &Call, tokens: &[Token]) -> Option<Range> {
    let first = call.name.first()?.token;
    let open = call.name.last()?.token + 1;
    if !tokens.get(open)?.is_mark('(') {
        return None;
    }
    let mut depth = 0_usize;
    for at in open..tokens.len() {
        let token = tokens.get(at)?;
        if token.is_mark('(') {
            depth += 1;
        } else if token.is_mark(')') {
            depth -= 1;
            if depth == 0 {
                return Some(Range { first, last: at });
            }
        }
    }
    None
}

fn is_varchar(value: &Value) -> bool {
    value.told().0 == oid::VARCHAR
}
