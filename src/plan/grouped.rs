//! Constants that the server gives one type together, before that meets a column: the list of IN, `ARRAY[…]`, the
//! branches of CASE and COALESCE, the rows of VALUES and of set operations (manual, "UNION, CASE, and Related Constructs").

use super::analysis::Analysis;
use super::coerce::{self, oid};
use super::compare::unwrap;
use super::expression::is_direct;
use super::lineage::{Constants, Leaf, LeafKind, Lineage, Shown, Value};
use super::scope::Scope;
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{ConstantKind, Expr};
use crate::value::{DeclaredType, Kind};

/// How a constant of one type becomes one of the group's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// It compares, and is stored, as it did before.
    Itself,
    /// It is another value then: it is to be read by the group's type.
    Other,
    /// By a conversion that is not done here.
    Unknown,
}

/// From the type `given` (0: none) to the group's.
fn becomes(given: u32, group: u32) -> Becomes {
    let whole = matches!(given, oid::INT2 | oid::INT4 | oid::INT8);
    let text = |given| matches!(given, oid::TEXT | oid::VARCHAR);
    if given == group {
        return Becomes::Itself;
    }
    if given == 0 {
        return Becomes::Other;
    }
    match group {
        oid::INT4 | oid::INT8 | oid::NUMERIC if whole => Becomes::Itself,
        oid::FLOAT4 | oid::FLOAT8 if whole || given == oid::NUMERIC => Becomes::Other,
        oid::FLOAT8 if given == oid::FLOAT4 => Becomes::Itself,
        oid::TIMESTAMP if given == oid::DATE => Becomes::Itself,
        oid::BPCHAR if text(given) => Becomes::Other,
        oid::TEXT | oid::VARCHAR if text(given) => Becomes::Itself,
        _ => Becomes::Unknown,
    }
}

/// Whether constants beside a column of this type can mean another value where others stand beside them.
fn is_swayed(kind: &Kind) -> bool {
    match kind {
        Kind::Char { .. }
        | Kind::Citext
        | Kind::Int2
        | Kind::Int4
        | Kind::Int8
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8
        | Kind::Date
        | Kind::Timestamp { .. }
        | Kind::Timestamptz { .. } => true,
        Kind::Text
        | Kind::Varchar { .. }
        | Kind::Bool
        | Kind::Time { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Enum(_)
        | Kind::Array(_) => false,
    }
}

impl Analysis<'_> {
    /// The type that the constants of a list behind IN get together with the left side (`transformAExprIn`); 0 where each
    /// is compared by itself.
    pub(super) fn listed_type(
        &mut self,
        left: &Expr,
        list: &[Expr],
        scope: &Scope<'_>,
    ) -> Result<u32, Refusal> {
        let of_columns = |one: &Expr| holds_column(one) == Some(true);
        let together: Vec<&Expr> = list.iter().filter(|one| !of_columns(one)).collect();
        if together.len() < 2 {
            return Ok(0);
        }
        let Some(value) = self.left_value(left, scope)? else {
            return Ok(0);
        };
        self.type_of_all(value.told().0, &together, &value, scope)
    }

    /// The type that the elements of `ARRAY[…]` get beside a sealed column; 0 where that is of no matter.
    pub(super) fn array_type(
        &mut self,
        left: &Expr,
        elements: &[Expr],
        scope: &Scope<'_>,
    ) -> Result<u32, Refusal> {
        let Some(value) = self.left_value(left, scope)? else {
            return Ok(0);
        };
        let null = |one: &Expr| matches!(unwrap(one), Expr::Constant(constant) if constant.kind == ConstantKind::Null);
        // It would be one of text, beside envelopes.
        if elements.iter().all(null) {
            let token = left.range().map(|range| range.first);
            let message = "an array of nothing but NULL beside a sealed column";
            return self.refuse(Fault::ServerDependentValue, message, token);
        }
        let elements: Vec<&Expr> = elements.iter().collect();
        let found = self.type_of_all(0, &elements, &value, scope)?;
        Ok(if found == 0 { oid::TEXT } else { found })
    }

    /// The left side, where it is a sealed value and not under a function that has a tag of its own.
    fn left_value(&mut self, left: &Expr, scope: &Scope<'_>) -> Result<Option<Value>, Refusal> {
        let column = matches!(unwrap(left), Expr::Column { .. });
        let row = matches!(unwrap(left), Expr::Row(_));
        if row || !column && self.folded(left, scope)?.is_some() {
            return Ok(None);
        }
        Ok(match self.expr(left, scope)? {
            Lineage::Value(value) if value.spec().is_some() => Some(value),
            Lineage::Value(_) | Lineage::Plain | Lineage::Constants(_) | Lineage::Array(_) => None,
        })
    }

    fn type_of_all(
        &mut self,
        first: u32,
        all: &[&Expr],
        beside: &Value,
        scope: &Scope<'_>,
    ) -> Result<u32, Refusal> {
        let Some(column) = beside.column().cloned() else {
            return Ok(0);
        };
        let mut found = first;
        for one in all {
            let known = is_direct(one) || matches!(unwrap(one), Expr::Column { .. });
            if !known {
                if is_swayed(&column.declared.kind) && all.len() > 1 {
                    let token = one.range().map(|range| range.first);
                    return self.unlike(&column, token);
                }
                continue;
            }
            let given = match self.expr(one, scope)? {
                Lineage::Constants(constants) => {
                    let given = self.constants_type(&constants, &column)?;
                    let Some((given, _)) = given else {
                        return self.unlike(&column, one.range().map(|range| range.first));
                    };
                    given
                }
                Lineage::Value(value) => value.told().0,
                // Refused where it is compared.
                Lineage::Plain | Lineage::Array(_) => continue,
            };
            found = match (found, given) {
                (own, 0) | (0, own) => own,
                (own, other) => match coerce::common(own, other) {
                    Some(both) => both,
                    None => return Ok(0),
                },
            };
        }
        Ok(found)
    }

    /// The type that branches of one value have by themselves; 0 where what is beside them decides.
    pub(super) fn own_type(
        &self,
        constants: &Constants,
        column: &Protected,
    ) -> Result<u32, Refusal> {
        if !constants.resolved && !constants.united {
            return Ok(0);
        }
        let mut types: Vec<u32> = Vec::new();
        let mut untyped = false;
        let mut group = 0;
        for leaf in &constants.leaves {
            let given = self.bare_type(leaf, constants, column)?;
            untyped |= given == 0 && !is_null(leaf);
            if given != 0 && !types.contains(&given) {
                types.push(given);
                group = match (group, given) {
                    (0, given) => given,
                    (own, given) => match coerce::common(own, given) {
                        Some(both) => both,
                        None => return self.unlike(column, Some(leaf.range.first)),
                    },
                };
            }
        }
        let has = |one: u32| types.contains(&one);
        // Which of them came together first is not known: it may matter to what has no type, and to what becomes real.
        let nested = types.len() > 1 && untyped
            || types.len() > 2 && has(oid::FLOAT4) && has(oid::FLOAT8)
            || types.len() > 1 && has(oid::BPCHAR);
        if nested {
            let token = constants.leaves.first().map(|leaf| leaf.range.first);
            return self.unlike(column, token);
        }
        Ok(match group {
            0 if !constants.elements => oid::TEXT,
            group => group,
        })
    }

    /// The cast that the group's type is to a constant among others; `None`: it is what it would be alone.
    pub(super) fn made_one(
        &self,
        leaf: &Leaf,
        constants: &Constants,
        column: &Protected,
        group: u32,
    ) -> Result<Option<DeclaredType>, Refusal> {
        if group == 0 || is_null(leaf) {
            return Ok(None);
        }
        let given = self.bare_type(leaf, constants, column)?;
        // As without the others.
        if given == 0 && group == column.declared.oid {
            return Ok(None);
        }
        // Beside char(n) a varchar is compared without its blanks, a text with them.
        let padded = matches!(column.declared.kind, Kind::Char { .. })
            && matches!(given, oid::TEXT | oid::VARCHAR)
            && matches!(group, oid::TEXT | oid::VARCHAR);
        if padded && given != group {
            return self.unlike(column, Some(leaf.range.first));
        }
        match becomes(given, group) {
            Becomes::Itself => Ok(None),
            Becomes::Other if group == column.declared.oid => {
                Ok(Some(column.declared.without_modifier()))
            }
            Becomes::Other => match DeclaredType::from_catalog(group, -1) {
                Some(ty) => Ok(Some(ty)),
                None => self.unlike(column, Some(leaf.range.first)),
            },
            Becomes::Unknown => self.unlike(column, Some(leaf.range.first)),
        }
    }

    /// The type of a value that is shown by another than its column's: what has none stands beside that one.
    pub(super) fn shown_type(value: &Value) -> u32 {
        match value.shown {
            Shown::As(told, _) => told,
            Shown::Column | Shown::NoModifier | Shown::AsText => 0,
        }
    }

    pub(super) fn unlike<T>(&self, column: &Protected, token: Option<usize>) -> Result<T, Refusal> {
        let message = format!(
            "constants of several types stand together beside column {}",
            column.qualified()
        );
        let hint = "Give each of them the column's type by a cast, or compare them one by one.";
        Err(self
            .refusal(Fault::ServerDependentValue, message, token)
            .with_hint(hint))
    }
}

fn is_null(leaf: &Leaf) -> bool {
    leaf.casts.is_empty() && matches!(leaf.kind, LeafKind::Constant(ConstantKind::Null))
}

/// Whether a column of the query's own stands in it; `None` where that is not looked into.
fn holds_column(expr: &Expr) -> Option<bool> {
    let any = |parts: &[&Expr]| {
        let mut known = Some(false);
        for part in parts {
            match holds_column(part) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => known = None,
            }
        }
        known
    };
    match expr {
        Expr::Column { .. } | Expr::Field { .. } => Some(true),
        Expr::Constant(_) | Expr::Placeholder { .. } => Some(false),
        Expr::Cast { inner, .. } | Expr::Nested { inner, .. } | Expr::IsNull { inner, .. } => {
            holds_column(inner)
        }
        Expr::Compare { left, right, .. } | Expr::Distinct { left, right, .. } => {
            any(&[left, right])
        }
        Expr::Call(call) if call.over.is_none() => any(&call.args.iter().collect::<Vec<_>>()),
        Expr::Operators { parts, .. }
        | Expr::Row(parts)
        | Expr::And(parts)
        | Expr::Logic { parts, .. }
        | Expr::Array {
            elements: parts, ..
        } => any(&parts.iter().collect::<Vec<_>>()),
        Expr::Case {
            operand,
            arms,
            otherwise,
            ..
        } => {
            let mut parts: Vec<&Expr> = operand.as_deref().into_iter().collect();
            parts.extend(arms.iter().flat_map(|(when, then)| [when, then]));
            parts.extend(otherwise.as_deref());
            any(&parts)
        }
        Expr::Call(_)
        | Expr::Default { .. }
        | Expr::In { .. }
        | Expr::InQuery { .. }
        | Expr::InArray { .. }
        | Expr::Between { .. }
        | Expr::Like { .. }
        | Expr::Subquery(_)
        | Expr::Exists(_)
        | Expr::ArrayQuery(_)
        | Expr::Opaque { .. } => None,
    }
}
