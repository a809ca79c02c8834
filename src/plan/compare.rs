//! Comparisons: what may be compared with what.

use super::adopt::How;
use super::analysis::Analysis;
use super::coerce::{self, oid};
use super::expression::is_direct;
use super::lineage::{Constants, Leaf, LeafKind, Lineage, Value};
use super::scope::Scope;
use crate::fault::{Fault, Refusal};
use crate::sql::{CastSite, Comparison, ConstantKind, Expr, Query};
use crate::value::Kind;

impl Analysis<'_> {
    /// `left op right`, also row by row.
    pub(super) fn compare(
        &mut self,
        op: Comparison,
        left: &Expr,
        right: &Expr,
        how: How,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        if let (Expr::Row(lefts), Expr::Row(rights)) = (unwrap(left), unwrap(right))
            && lefts.len() == rights.len()
        {
            // Rows are compared one by one, also those of a list.
            let how = match how {
                How::InList(_) => How::Compare,
                other => other,
            };
            for (left, right) in lefts.iter().zip(rights) {
                self.compare(op, left, right, how, scope)?;
            }
            return Ok(());
        }
        // A row beside a query of several columns, where it is no single value.
        if let (Expr::Row(_), Expr::Subquery(query)) = (unwrap(left), unwrap(right)) {
            return self.compare_query(op, left, query, scope);
        }
        if self.compare_folded(op, left, right, scope)? {
            return Ok(());
        }
        let token = left
            .range()
            .or_else(|| right.range())
            .map(|range| range.first);
        let a = self.operand(left, scope)?;
        let b = self.operand(right, scope)?;
        self.compare_lineages(op, a, b, how, token)
    }

    /// An operand whose place in the text is beyond doubt if it is protected.
    fn operand(&mut self, expr: &Expr, scope: &Scope<'_>) -> Result<Lineage, Refusal> {
        let lineage = match self.envelope(expr, scope)? {
            Some(lineage) => lineage,
            None => self.expr(expr, scope)?,
        };
        if let (Lineage::Value(_), Some(range)) = (&lineage, expr.range()) {
            self.check_neighbours(range)?;
        }
        Ok(lineage)
    }

    /// In the text of a view the server writes `column::bytea` where envelopes are compared.
    fn envelope(&mut self, expr: &Expr, scope: &Scope<'_>) -> Result<Option<Lineage>, Refusal> {
        let Expr::Cast {
            inner,
            site: Some(site),
            named: _,
            range,
        } = unwrap(expr)
        else {
            return Ok(None);
        };
        if self.view == 0 || site.name != "bytea" || !matches!(unwrap(inner), Expr::Column { .. }) {
            return Ok(None);
        }
        let lineage = self.expr(inner, scope)?;
        Ok(Some(match lineage {
            Lineage::Value(value) if value.spec().is_some() => Lineage::Value(Value {
                origin: None,
                ..value
            }),
            other => self.cast(inner, other, Some(site), *range)?,
        }))
    }

    pub(super) fn compare_lineages(
        &mut self,
        op: Comparison,
        a: Lineage,
        b: Lineage,
        how: How,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        match (a, b) {
            (Lineage::Value(value), Lineage::Constants(constants))
            | (Lineage::Constants(constants), Lineage::Value(value)) => {
                self.comparable(op, &value, token)?;
                self.adopt(&constants, &value, how, false)
            }
            (Lineage::Value(a), Lineage::Value(b)) => {
                self.comparable(op, &a, token)?;
                self.comparable(op, &b, token)?;
                self.no_list(&a, &b, token)?;
                self.one_domain(&a, &b, token)
            }
            (Lineage::Value(value), Lineage::Plain) | (Lineage::Plain, Lineage::Value(value)) => {
                self.comparable(op, &value, token)?;
                self.differs(&value, token)
            }
            (a, b) => {
                self.plain(a, "a comparison", token)?;
                self.plain(b, "a comparison", token)
            }
        }
    }

    /// `left = ANY (array)`.
    pub(super) fn compare_array(
        &mut self,
        op: Comparison,
        left: &Expr,
        array: &Expr,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        if let Expr::Array { elements, .. } = unwrap(array) {
            self.keep_from_text(left, elements, scope)?;
            let how = match self.array_type(left, elements, scope)? {
                0 => How::Compare,
                together => How::InList(together),
            };
            for element in elements {
                let how = if is_direct(element) {
                    how
                } else {
                    How::Compare
                };
                self.compare(op, left, element, how, scope)?;
            }
            return Ok(());
        }
        if self.compare_folded_array(op, left, array, scope)? {
            return Ok(());
        }
        let token = left.range().map(|range| range.first);
        let a = self.operand(left, scope)?;
        // `ARRAY[…]::type[]` beside a sealed column: the cast is one of each element.
        if let (
            Lineage::Value(value),
            Expr::Cast {
                inner,
                site: Some(site),
                ..
            },
        ) = (&a, unwrap(array))
            && value.spec().is_some()
            && let Expr::Array { elements, .. } = unwrap(inner)
            && let Some(element) = site.name.strip_suffix("[]")
        {
            self.comparable(op, value, token)?;
            self.edit_cast(site, true)?;
            let site = CastSite {
                name: element.to_owned(),
                ..site.clone()
            };
            for element in elements {
                match self.expr(element, scope)? {
                    Lineage::Constants(mut constants) => {
                        constants.casts.push(site.clone());
                        self.adopt(&constants, value, How::Compare, false)?;
                    }
                    Lineage::Plain | Lineage::Value(_) | Lineage::Array(_) => {
                        return self.differs(value, token);
                    }
                }
            }
            return Ok(());
        }
        let b = self.expr(array, scope)?;
        match (a, b) {
            (Lineage::Value(value), Lineage::Constants(constants)) => {
                self.comparable(op, &value, token)?;
                self.adopt(&constants, &value, How::Compare, true)
            }
            (Lineage::Value(a), Lineage::Array(b)) => {
                self.comparable(op, &a, token)?;
                self.comparable(op, &b, token)?;
                self.no_list(&a, &b, token)?;
                self.one_domain(&a, &b, token)
            }
            (Lineage::Constants(constants), Lineage::Array(value)) => {
                self.comparable(op, &value, token)?;
                self.adopt(&constants, &value, How::Compare, false)
            }
            (Lineage::Value(value), Lineage::Plain | Lineage::Value(_)) => {
                self.comparable(op, &value, token)?;
                self.differs(&value, token)
            }
            (a, b) => {
                self.plain(a, "a comparison", token)?;
                self.plain(b, "a comparison", token)
            }
        }
    }

    /// `inner BETWEEN low AND high`: `inner` is read once, however deep it is.
    pub(super) fn between_bounds(
        &mut self,
        inner: &Expr,
        low: &Expr,
        high: &Expr,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let token = inner.range().map(|range| range.first);
        let value = self.operand(inner, scope)?;
        for bound in [low, high] {
            let bound = self.operand(bound, scope)?;
            self.compare_lineages(Comparison::Order, value.clone(), bound, How::Compare, token)?;
        }
        Ok(())
    }

    /// `left = ANY (SELECT …)`, `left IN (SELECT …)`.
    pub(super) fn compare_query(
        &mut self,
        op: Comparison,
        left: &Expr,
        query: &Query,
        scope: &Scope<'_>,
    ) -> Result<(), Refusal> {
        let columns = self.query(query, Some(scope))?;
        let lefts: Vec<&Expr> = match unwrap(left) {
            Expr::Row(parts) => parts.iter().collect(),
            one => vec![one],
        };
        let token = left.range().map(|range| range.first);
        if lefts.len() != columns.len() {
            return self.refuse(
                Fault::Unparsed,
                "a row is compared with rows of another length",
                token,
            );
        }
        for (left, column) in lefts.into_iter().zip(columns) {
            let a = self.operand(left, scope)?;
            self.compare_lineages(op, a, column.lineage.resolved(), How::Compare, token)?;
        }
        Ok(())
    }

    /// Whether the operator works on the value at all, and by right.
    fn comparable(
        &mut self,
        op: Comparison,
        value: &Value,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        match op {
            Comparison::Equal | Comparison::NotEqual => self.need_equality(value, token),
            Comparison::Order => self.ordered(Lineage::Value(value.clone()), token),
        }
    }

    pub(super) fn one_domain(
        &mut self,
        a: &Value,
        b: &Value,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        if a.same_domain(b) {
            return Ok(());
        }
        let name = |value: &Value| {
            value
                .column()
                .map(|column| column.qualified())
                .unwrap_or_default()
        };
        let message = format!(
            "columns {} and {} are of different key domains",
            name(a),
            name(b)
        );
        self.refuse(Fault::DomainsDiffer, message, token)
    }

    /// Two columns that compare and are not shown alike.
    pub(super) fn types_differ<T>(
        &mut self,
        a: &Value,
        b: &Value,
        token: Option<usize>,
    ) -> Result<T, Refusal> {
        let name = |value: &Value| {
            value
                .column()
                .map(|column| column.qualified())
                .unwrap_or_default()
        };
        let message = format!("columns {} and {} are of different types", name(a), name(b));
        self.refuse(Fault::DomainsDiffer, message, token)
    }

    /// A protected value beside one that is neither protected nor constant.
    pub(super) fn differs<T>(&mut self, value: &Value, token: Option<usize>) -> Result<T, Refusal> {
        let name = value
            .column()
            .map(|column| column.qualified())
            .unwrap_or_default();
        let message =
            format!("column {name} and a value that is not sealed are compared or merged");
        self.refuse(Fault::DomainsDiffer, message, token)
    }

    /// Two branches of one value.
    pub(super) fn merge(
        &mut self,
        a: Lineage,
        b: Lineage,
        token: Option<usize>,
    ) -> Result<Lineage, Refusal> {
        match (a, b) {
            (Lineage::Plain, Lineage::Plain) => Ok(Lineage::Plain),
            (Lineage::Plain, Lineage::Constants(constants))
            | (Lineage::Constants(constants), Lineage::Plain) => {
                self.settle(&constants)?;
                Ok(Lineage::Plain)
            }
            (Lineage::Constants(mut a), Lineage::Constants(b)) => {
                if a.leaves.is_empty() {
                    return Ok(Lineage::Constants(b));
                }
                // Those of one side are text before they meet the others.
                let texts = |one: &Constants| {
                    (one.resolved || one.united)
                        && one.leaves.iter().all(|leaf| self.is_untyped(leaf))
                };
                let (first, second) = (texts(&a), texts(&b));
                let alone = first != second
                    && !(a.leaves.iter())
                        .chain(&b.leaves)
                        .all(|leaf| self.is_untyped(leaf));
                if a.elements != b.elements || a.casts != b.casts || alone {
                    self.settle(&a)?;
                    self.settle(&b)?;
                    return Ok(Lineage::Plain);
                }
                a.resolved |= b.resolved;
                a.united |= b.united;
                a.leaves.extend(b.leaves);
                Ok(Lineage::Constants(a))
            }
            (Lineage::Value(value), Lineage::Constants(constants)) => {
                self.branch(value, &constants, false, token)
            }
            (Lineage::Constants(constants), Lineage::Value(value)) => {
                self.branch(value, &constants, true, token)
            }
            (Lineage::Value(a), Lineage::Value(b)) => {
                self.one_domain(&a, &b, token)?;
                match common(&a, &b) {
                    Some(told) if told == a.told().0 => Ok(Lineage::Value(a.with(b))),
                    Some(told) => Ok(Lineage::Value(a.with(b).told_as(told, -1))),
                    None => self.types_differ(&a, &b, token),
                }
            }
            (Lineage::Array(a), Lineage::Array(b)) => {
                self.one_domain(&a, &b, token)?;
                if !a.same_type(&b) || a.told().0 != b.told().0 {
                    return self.types_differ(&a, &b, token);
                }
                Ok(Lineage::Array(a.with(b)))
            }
            (Lineage::Value(value), Lineage::Plain) | (Lineage::Plain, Lineage::Value(value)) => {
                if value.spec().is_none() {
                    return self.beside_plain(value, token);
                }
                self.differs(&value, token)
            }
            (Lineage::Array(value), _) | (_, Lineage::Array(value)) => self.differs(&value, token),
        }
    }
}

impl Analysis<'_> {
    /// Constants that are another branch of a value; `first`: they come before it.
    fn branch(
        &mut self,
        value: Value,
        constants: &Constants,
        first: bool,
        token: Option<usize>,
    ) -> Result<Lineage, Refusal> {
        if constants.leaves.is_empty() {
            return Ok(Lineage::Value(value.derived()));
        }
        if value.spec().is_none() {
            let (told, _) = value.told();
            self.adopt(constants, &value, How::Merge(told), false)?;
            return Ok(Lineage::Value(value.unmodified()));
        }
        let (told, typmod) = self.told_beside(constants, &value, first, token)?;
        self.adopt(constants, &value, How::Merge(told), false)?;
        let mut value = value.told_as(told, typmod);
        let valued = |leaf: &&Leaf| !matches!(leaf.kind, LeafKind::Constant(ConstantKind::Null));
        let leaves = constants.leaves.iter().filter(valued);
        value.beside.extend(leaves.map(|leaf| leaf.range.first));
        Ok(Lineage::Value(value))
    }
}

/// The type that the server gives two values, in this order, where their columns' values are shown under it as they are.
fn common(a: &Value, b: &Value) -> Option<u32> {
    let (own, other) = (a.told().0, b.told().0);
    let (first, second) = (a.column()?, b.column()?);
    let text = |kind: &Kind| matches!(kind, Kind::Text | Kind::Varchar { .. });
    let integer = |kind: &Kind| matches!(kind, Kind::Int2 | Kind::Int4 | Kind::Int8);
    let both =
        |fits: &dyn Fn(&Kind) -> bool| fits(&first.declared.kind) && fits(&second.declared.kind);
    if own == other && a.same_type(b) {
        return Some(own);
    }
    // Blanks count in one of the types and not in the other.
    let padded = own == oid::BPCHAR || other == oid::BPCHAR;
    let told = coerce::common(own, other)?;
    ((both(&text) && !padded) || both(&integer)).then_some(told)
}

/// An expression without the parentheses around it.
pub(super) fn unwrap(expr: &Expr) -> &Expr {
    let mut inner = expr;
    while let Expr::Nested { inner: next, .. } = inner {
        inner = next;
    }
    inner
}
