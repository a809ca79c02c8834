//! The lineage of an expression.

use std::sync::Arc;

use super::adopt::How;
use super::analysis::Analysis;
use super::lineage::{Constants, Leaf, LeafKind, Lineage, Shown, Value};
use super::scope::{Found, Scope};
use crate::fault::{Fault, Refusal};
use crate::sql::{CastSite, Comparison, Expr, Name, Operator, Range};
use crate::value::{DeclaredType, Kind};

impl Analysis<'_> {
    /// An expression that is used for its truth, or where nothing protected may be.
    pub(super) fn check(
        &mut self,
        expr: &Expr,
        what: &str,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let lineage = self.expr(expr, scope)?;
        self.plain(lineage, what, expr.range().map(|range| range.first))
    }

    /// The lineage of an expression's value. What is compared inside is checked and adopted on the way.
    pub(super) fn expr(&mut self, expr: &Expr, scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        self.enter()?;
        let lineage = self.expr_inside(expr, scope);
        self.leave();
        lineage
    }

    fn expr_inside(&mut self, expr: &Expr, scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        match expr {
            Expr::Column { path } => self.column(path, scope),
            Expr::Field { row, name, .. } => self.field(row, name, scope),
            Expr::Constant(constant) => Ok(leaf(
                LeafKind::Constant(constant.kind.clone()),
                constant.range,
            )),
            Expr::Placeholder { number, token } => Ok(leaf(
                LeafKind::Placeholder(*number),
                Range {
                    first: *token,
                    last: *token,
                },
            )),
            // Elsewhere than in VALUES and SET the server refuses it.
            Expr::Default { .. } => Ok(Lineage::Plain),
            Expr::Cast {
                inner,
                site,
                named: _,
                range,
            } => {
                let lineage = self.expr(inner, scope)?;
                self.cast(inner, lineage, site.as_ref(), *range)
            }
            Expr::Nested { inner, range } => {
                let mut lineage = self.expr(inner, scope)?;
                if let (Lineage::Constants(constants), Some(range)) = (&mut lineage, range)
                    && let [one] = constants.leaves.as_mut_slice()
                    && is_direct(inner)
                {
                    one.whole = *range;
                }
                Ok(lineage)
            }
            Expr::Compare {
                op,
                sign: _,
                left,
                right,
            } => {
                if self.compare_ranged(*op, left, right, scope)? {
                    return Ok(Lineage::Plain);
                }
                self.compare(*op, left, right, How::Compare, scope)?;
                Ok(Lineage::Plain)
            }
            Expr::Distinct {
                negated: _,
                left,
                right,
            } => {
                self.compare(Comparison::Equal, left, right, How::Compare, scope)?;
                Ok(Lineage::Plain)
            }
            Expr::IsNull { negated, inner } => {
                self.null_test(inner, *negated, scope)?;
                Ok(Lineage::Plain)
            }
            Expr::In {
                negated: _,
                left,
                list,
            } => {
                // Two that no column is in are one array to the server, of one type with the left side; else each is
                // compared by itself (`transformAExprIn`).
                let alone = list.iter().filter(|one| is_direct(one)).count();
                let together = self.listed_type(left, list, scope)?;
                if alone == 1 && list.len() > 1 {
                    self.keep_from_text(left, list, scope)?;
                }
                for one in list {
                    let how = match together {
                        0 => How::Compare,
                        _ if is_direct(one) => How::InList(together),
                        _ => How::Compare,
                    };
                    self.compare(Comparison::Equal, left, one, how, scope)?;
                }
                Ok(Lineage::Plain)
            }
            Expr::InQuery { left, op, query } => {
                self.compare_query(*op, left, query, scope)?;
                Ok(Lineage::Plain)
            }
            Expr::InArray { left, op, array } => {
                self.compare_array(*op, left, array, scope)?;
                Ok(Lineage::Plain)
            }
            Expr::Between {
                negated: _,
                inner,
                low,
                high,
            } => {
                if !self.between_ranged(inner, low, high, scope)? {
                    self.between_bounds(inner, low, high, scope)?;
                }
                Ok(Lineage::Plain)
            }
            Expr::Like {
                insensitive,
                negated,
                left,
                pattern,
                escape,
            } => {
                if self.pattern_tokened(expr, scope)? {
                    return Ok(Lineage::Plain);
                }
                let alike =
                    escape.is_none() && self.alike(*insensitive, *negated, left, pattern, scope)?;
                if !alike {
                    for part in [Some(left), Some(pattern), escape.as_ref()]
                        .into_iter()
                        .flatten()
                    {
                        self.check(part, "LIKE", scope)?;
                    }
                }
                Ok(Lineage::Plain)
            }
            Expr::And(parts) | Expr::Logic { how: _, parts } => {
                for part in parts {
                    self.check(part, "a condition", scope)?;
                }
                Ok(Lineage::Plain)
            }
            Expr::Case {
                operand,
                arms,
                otherwise,
                range: _,
            } => self.case(operand.as_deref(), arms, otherwise.as_deref(), scope),
            Expr::Row(parts) => {
                for part in parts {
                    self.check(part, "a row", scope)?;
                }
                Ok(Lineage::Plain)
            }
            Expr::Subquery(query) => {
                let mut columns = self.query(query, Some(scope))?;
                match (columns.pop(), columns.is_empty()) {
                    (Some(column), true) => Ok(column.lineage.resolved()),
                    // The server refuses a scalar subquery of several columns; row comparison with one is not read.
                    (Some(_) | None, _) => self.refuse(
                        Fault::Unparsed,
                        "a subquery of several columns as a value",
                        None,
                    ),
                }
            }
            Expr::Exists(query) => {
                self.query(query, Some(scope))?;
                Ok(Lineage::Plain)
            }
            Expr::Array { elements, .. } => self.array(elements, scope),
            Expr::ArrayQuery(query) => {
                let columns = self.query(query, Some(scope))?;
                match columns.into_iter().next().map(|column| column.lineage) {
                    Some(Lineage::Value(value)) => Ok(Lineage::Array(Value {
                        origin: None,
                        ..value
                    })),
                    Some(Lineage::Array(value)) => self
                        .plain(Lineage::Array(value), "an array of arrays", None)
                        .map(|()| Lineage::Plain),
                    Some(Lineage::Plain | Lineage::Constants(_)) | None => Ok(Lineage::Plain),
                }
            }
            Expr::Call(call) => {
                if self.pattern_tokened(expr, scope)? {
                    return Ok(Lineage::Plain);
                }
                self.call(call, scope)
            }
            Expr::Operators { parts, operators } => {
                let joins = operators.iter().all(|own| *own == Operator::Join);
                let what = if joins { "||" } else { "an operator" };
                for part in parts {
                    self.check(part, what, scope)?;
                }
                Ok(Lineage::Plain)
            }
            Expr::Opaque { what, parts } => {
                if self.pattern_tokened(expr, scope)? {
                    return Ok(Lineage::Plain);
                }
                for part in parts {
                    self.check(part, what, scope)?;
                }
                Ok(Lineage::Plain)
            }
        }
    }

    pub(super) fn column(&mut self, path: &[Name], scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
        let token = path.first().map(|name| name.token);
        self.asks(path, scope);
        match self.named_value(path, scope) {
            Found::Column(lineage) => Ok(lineage),
            Found::Row(columns) => {
                self.asks_all();
                self.whole_row(columns, token)
            }
            Found::Nothing => {
                self.stale = true;
                let name = names.last().copied().unwrap_or("");
                Err(self
                    .refusal(
                        Fault::SchemaChanged,
                        format!("column \"{name}\" does not exist"),
                        token,
                    )
                    .with_sqlstate("42703"))
            }
            Found::Ambiguous => {
                let name = names.last().copied().unwrap_or("");
                Err(self
                    .refusal(
                        Fault::Unparsed,
                        format!("column reference \"{name}\" is ambiguous"),
                        token,
                    )
                    .with_sqlstate("42702"))
            }
            Found::NoRelation => {
                let name = names.first().copied().unwrap_or("");
                if self.world.snapshot.server_version >= 180_000 && matches!(name, "old" | "new") {
                    let message = "the old and the new row in RETURNING are not understood";
                    return self.refuse(Fault::Unparsed, message, token);
                }
                Err(self
                    .refusal(
                        Fault::SchemaChanged,
                        format!("missing FROM-clause entry for table \"{name}\""),
                        token,
                    )
                    .with_sqlstate("42P01"))
            }
        }
    }

    pub(super) fn cast(
        &mut self,
        inner: &Expr,
        lineage: Lineage,
        site: Option<&CastSite>,
        range: Option<Range>,
    ) -> Result<Lineage, Refusal> {
        match (lineage, site) {
            (Lineage::Plain, _) => Ok(Lineage::Plain),
            (Lineage::Constants(mut constants), Some(site)) => {
                match constants.leaves.as_mut_slice() {
                    [one] if is_direct(inner) => {
                        one.casts.push(site.clone());
                        one.whole = range.unwrap_or(one.whole);
                    }
                    _ => constants.casts.push(site.clone()),
                }
                Ok(Lineage::Constants(constants))
            }
            (Lineage::Constants(constants), None) => {
                self.settle(&constants)?;
                Ok(Lineage::Plain)
            }
            (Lineage::Value(value), site) => {
                // A cast that changes no value becomes one to bytea.
                if let (Some(site), Some(column)) = (site, value.column().cloned())
                    && value.spec().is_some()
                    && let Ok((_, ty)) = self.cast_type(site, &column, false)
                    && let Some(shown) = same_value(&value, &ty)
                {
                    if shown == Shown::Column || matches!(value.shown, Shown::As(..)) {
                        // It gives a constant beside the column the column's form.
                        self.exactly(&value)?;
                    }
                    if let (Some(_), Shown::Column, Some(whole)) = (value.origin, shown, range) {
                        self.drop_cast(site, whole)?;
                        return Ok(Lineage::Value(value));
                    }
                    self.edit_cast(site, false)?;
                    return Ok(Lineage::Value(Value {
                        origin: None,
                        shown,
                        ..value
                    }));
                }
                self.plain(
                    Lineage::Value(value),
                    "a cast",
                    inner.range().map(|range| range.first),
                )?;
                Ok(Lineage::Plain)
            }
            (Lineage::Array(value), _) => {
                self.plain(Lineage::Array(value), "a cast", None)?;
                Ok(Lineage::Plain)
            }
        }
    }

    fn case(
        &mut self,
        operand: Option<&Expr>,
        arms: &[(Expr, Expr)],
        otherwise: Option<&Expr>,
        scope: &Scope<'_>,
    ) -> Result<Lineage, Refusal> {
        let mut result = Lineage::Constants(Constants::default());
        // Of varchar and text, the type of ELSE is the whole's, as in the server.
        let results = otherwise
            .into_iter()
            .chain(arms.iter().map(|(_, then)| then));
        for then in results {
            let lineage = self.expr(then, scope)?;
            result = self.merge(result, lineage, then.range().map(|range| range.first))?;
        }
        for (when, _) in arms {
            match operand {
                Some(operand) => {
                    self.keep_from_text(when, std::slice::from_ref(operand), scope)?;
                    self.compare(Comparison::Equal, operand, when, How::Compare, scope)?
                }
                None => self.check(when, "a condition", scope)?,
            }
        }
        // Without ELSE there is a NULL beside the others, which has no modifier.
        Ok(match (result, otherwise) {
            (Lineage::Value(value), None) => Lineage::Value(value.unmodified()),
            (result, _) => result.united(),
        })
    }

    fn array(&mut self, parts: &[Expr], scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        let mut result = Lineage::Constants(Constants::default());
        for part in parts {
            let lineage = self.expr(part, scope)?;
            result = self.merge(result, lineage, part.range().map(|range| range.first))?;
        }
        match result {
            Lineage::Value(value) => Ok(Lineage::Array(value)),
            Lineage::Array(value) => self
                .plain(Lineage::Array(value), "an array of arrays", None)
                .map(|()| Lineage::Plain),
            Lineage::Constants(constants) => {
                self.settle(&constants)?;
                Ok(Lineage::Plain)
            }
            Lineage::Plain => Ok(Lineage::Plain),
        }
    }
}

/// A constant's lineage.
fn leaf(kind: LeafKind, range: Range) -> Lineage {
    Lineage::Constants(Constants {
        leaves: vec![Leaf {
            kind,
            range,
            whole: range,
            casts: Vec::new(),
        }],
        casts: Vec::new(),
        elements: false,
        resolved: false,
        united: false,
    })
}

/// Whether the constant stands in the expression itself, not behind a name.
pub(super) fn is_direct(expr: &Expr) -> bool {
    let mut inner = expr;
    loop {
        match inner {
            Expr::Constant(_) | Expr::Placeholder { .. } => return true,
            Expr::Cast { inner: next, .. } | Expr::Nested { inner: next, .. } => inner = next,
            Expr::Column { .. }
            | Expr::Field { .. }
            | Expr::Default { .. }
            | Expr::Compare { .. }
            | Expr::Distinct { .. }
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::InQuery { .. }
            | Expr::InArray { .. }
            | Expr::Between { .. }
            | Expr::Like { .. }
            | Expr::And(_)
            | Expr::Logic { .. }
            | Expr::Operators { .. }
            | Expr::Case { .. }
            | Expr::Row(_)
            | Expr::Subquery(_)
            | Expr::Exists(_)
            | Expr::Array { .. }
            | Expr::ArrayQuery(_)
            | Expr::Call(_)
            | Expr::Opaque { .. } => return false,
        }
    }
}

/// A value's lineage for one column.
pub(super) fn value(column: &Arc<crate::policy::Protected>, origin: Option<(u32, i16)>) -> Lineage {
    Lineage::Value(Value {
        columns: vec![Arc::clone(column)],
        origin,
        shown: Shown::Column,
        beside: Vec::new(),
    })
}

/// What a cast of the value to the type is shown as, where it changes nothing: to the column's own type, and of text
/// and varchar to text or to varchar of any length.
fn same_value(value: &Value, to: &DeclaredType) -> Option<Shown> {
    if value.columns.iter().all(|own| own.declared == *to) {
        return Some(Shown::Column);
    }
    let varchar = |kind: &Kind| matches!(kind, Kind::Varchar { .. });
    let mut kinds = value.columns.iter().map(|own| &own.declared.kind);
    match to.kind {
        Kind::Text => kinds
            .all(|kind| *kind == Kind::Text || varchar(kind))
            .then_some(Shown::AsText),
        Kind::Varchar { max: None } => kinds.all(varchar).then_some(Shown::NoModifier),
        _ => None,
    }
}
