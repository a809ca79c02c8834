//! What no column has a say in: the server computes it when it plans a statement, whether or not a row comes to it, and
//! then leaves out what AND, OR, CASE, COALESCE or a NULL decide without a look at the rest
//! (`eval_const_expressions`). So must the proxy: an error that the server does not come to is none, and one that it comes
//! to without any row is one.

use super::{Expr, Moment, Row, TextFunction, boolean};
use crate::value::{Canonical, DeclaredType, Kind, Settings, ValueError};

/// What is known before there is a row.
#[derive(Clone, Copy)]
struct Known<'a> {
    /// The values that are bound; `None`: they are not yet.
    arguments: Option<&'a [Option<Canonical>]>,
    settings: &'a Settings,
}

impl Expr {
    /// The expression with its constant parts computed; with what the client bound, where that is known.
    ///
    /// # Errors
    /// What the server would raise when it plans the statement.
    pub fn folded(
        self,
        arguments: Option<&[Option<Canonical>]>,
        settings: &Settings,
    ) -> Result<Expr, ValueError> {
        self.fold(Known {
            arguments,
            settings,
        })
    }

    fn fold(mut self, known: Known<'_>) -> Result<Expr, ValueError> {
        match self {
            Expr::Column(_) | Expr::Constant(_) => Ok(self),
            Expr::Argument(place) => Ok(match known.arguments {
                Some(arguments) => Expr::Constant(arguments.get(place).cloned().flatten()),
                None => self,
            }),
            Expr::All(parts) => junction(parts, false, known),
            Expr::Any(parts) => junction(parts, true, known),
            Expr::Coalesce(parts) => coalesced(parts, known),
            Expr::Case(arms, otherwise) => case(arms, *otherwise, known),
            Expr::Not(_)
            | Expr::IsNull(_)
            | Expr::Is(..)
            | Expr::Compare(..)
            | Expr::Distinct(..)
            | Expr::Fits(_)
            | Expr::Text(..)
            | Expr::Array(..)
            | Expr::Written(..)
            | Expr::Output(..)
            | Expr::Cast(..)
            | Expr::Calculated(..)
            | Expr::Moment(..)
            | Expr::Part(..)
            | Expr::Formatted(..)
            | Expr::Pictured(..) => {
                for part in self.parts_mut() {
                    let own = std::mem::replace(part, Expr::Constant(None));
                    *part = own.fold(known)?;
                }
                let parts = self.parts();
                if self.is_strict() && parts.iter().any(|part| is_null(part)) {
                    return Ok(Expr::Constant(None));
                }
                if parts.iter().all(|part| is_constant(part)) && self.is_immutable() {
                    let row = Row {
                        columns: &[],
                        arguments: &[],
                        settings: known.settings,
                    };
                    return Ok(Expr::Constant(self.evaluate(&row)?));
                }
                Ok(self)
            }
        }
    }

    /// Whether it is NULL where one of its parts is.
    fn is_strict(&self) -> bool {
        match self {
            Expr::Text(TextFunction::Concat | TextFunction::ConcatWs, _)
            | Expr::Column(_)
            | Expr::Argument(_)
            | Expr::Constant(_)
            | Expr::All(_)
            | Expr::Any(_)
            | Expr::IsNull(_)
            | Expr::Is(..)
            | Expr::Distinct(..)
            | Expr::Coalesce(_)
            | Expr::Case(..) => false,
            Expr::Not(_)
            | Expr::Compare(..)
            | Expr::Fits(_)
            | Expr::Text(..)
            | Expr::Array(..)
            | Expr::Written(..)
            | Expr::Output(..)
            | Expr::Cast(..)
            | Expr::Calculated(..)
            | Expr::Moment(..)
            | Expr::Part(..)
            | Expr::Formatted(..)
            | Expr::Pictured(..) => true,
        }
    }

    /// Whether it is the same whatever the session's settings are (`IMMUTABLE`); what is not, is computed row by row.
    fn is_immutable(&self) -> bool {
        match self {
            Expr::Column(_)
            | Expr::Argument(_)
            | Expr::Constant(_)
            | Expr::All(_)
            | Expr::Any(_)
            | Expr::Not(_)
            | Expr::IsNull(_)
            | Expr::Is(..)
            | Expr::Compare(..)
            | Expr::Distinct(..)
            | Expr::Fits(_)
            | Expr::Coalesce(_)
            | Expr::Case(..)
            | Expr::Array(..)
            | Expr::Calculated(..) => true,
            Expr::Text(function, _) => {
                !matches!(function, TextFunction::Concat | TextFunction::ConcatWs)
            }
            Expr::Written(_, declared) | Expr::Output(_, declared) => !hangs(declared),
            Expr::Cast(_, types) => {
                let [from, to] = types.as_ref();
                let zoned = |own: &DeclaredType| matches!(own.kind, Kind::Timestamptz { .. });
                let text = |own: &DeclaredType| {
                    matches!(
                        own.kind,
                        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. }
                    )
                };
                if text(from) || text(to) {
                    !hangs(from) && !hangs(to)
                } else {
                    zoned(from) == zoned(to)
                }
            }
            Expr::Moment(moment, _) => match moment {
                Moment::After | Moment::Before | Moment::Between | Moment::Age(_) => true,
                Moment::Cut(_, zoned) | Moment::Beside { zoned, .. } => !zoned,
            },
            Expr::Part(_, _, types) => !types.0.is_zoned(),
            Expr::Formatted(..) | Expr::Pictured(..) => false,
        }
    }
}

/// Whether how a value is written hangs on settings or on the catalog.
fn hangs(declared: &DeclaredType) -> bool {
    match declared.kind {
        Kind::Date
        | Kind::Time { .. }
        | Kind::Timestamp { .. }
        | Kind::Timestamptz { .. }
        | Kind::Enum(_)
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Citext
        | Kind::Array(_) => true,
        Kind::Text
        | Kind::Varchar { .. }
        | Kind::Char { .. }
        | Kind::Int2
        | Kind::Int4
        | Kind::Int8
        | Kind::Numeric { .. }
        | Kind::Float4
        | Kind::Float8
        | Kind::Bool
        | Kind::Uuid
        | Kind::Inet => false,
    }
}

fn is_constant(expr: &Expr) -> bool {
    matches!(expr, Expr::Constant(_))
}

fn is_null(expr: &Expr) -> bool {
    matches!(expr, Expr::Constant(None))
}

fn truth(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Constant(Some(value)) => Some(value.expose_plaintext() == [1]),
        _ => None,
    }
}

/// AND (`decides`: false) and OR: a constant that decides, decides; what stands behind it is not looked at.
fn junction(parts: Vec<Expr>, decides: bool, known: Known<'_>) -> Result<Expr, ValueError> {
    let mut left = Vec::with_capacity(parts.len());
    for part in parts {
        let part = part.fold(known)?;
        match truth(&part) {
            Some(own) if own == decides => return Ok(Expr::Constant(Some(boolean(decides)))),
            Some(_) => {}
            None => left.push(part),
        }
    }
    Ok(if left.is_empty() {
        Expr::Constant(Some(boolean(!decides)))
    } else if left.iter().all(is_null) {
        Expr::Constant(None)
    } else if decides {
        Expr::Any(left)
    } else {
        Expr::All(left)
    })
}

/// Up to the first constant that is not NULL.
fn coalesced(parts: Vec<Expr>, known: Known<'_>) -> Result<Expr, ValueError> {
    let mut left = Vec::with_capacity(parts.len());
    for part in parts {
        let part = part.fold(known)?;
        if is_null(&part) {
            continue;
        }
        let last = is_constant(&part);
        left.push(part);
        if last {
            break;
        }
    }
    Ok(match left.as_slice() {
        [] => Expr::Constant(None),
        [Expr::Constant(_)] => left.remove(0),
        _ => Expr::Coalesce(left),
    })
}

/// An arm that is never taken is left out, unseen; what follows one that always is, likewise.
fn case(arms: Vec<(Expr, Expr)>, otherwise: Expr, known: Known<'_>) -> Result<Expr, ValueError> {
    let mut left = Vec::with_capacity(arms.len());
    let mut last = None;
    for (when, then) in arms {
        let when = when.fold(known)?;
        if is_constant(&when) {
            if truth(&when) == Some(true) {
                last = Some(then);
                break;
            }
            continue;
        }
        left.push((when, then.fold(known)?));
    }
    let otherwise = last.unwrap_or(otherwise).fold(known)?;
    Ok(if left.is_empty() {
        otherwise
    } else {
        Expr::Case(left, Box::new(otherwise))
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::super::{Calculation, Class, Comparison, Operation, Width};
    use super::*;

    const INT4: DeclaredType = DeclaredType {
        oid: 23,
        typmod: -1,
        kind: Kind::Int4,
    };

    fn number(value: i64) -> Expr {
        Expr::Constant(Some(Canonical::new(value.to_be_bytes().to_vec())))
    }

    fn over(one: Expr, other: Expr) -> Expr {
        let calculation = Calculation {
            operation: Operation::Divide,
            class: Class::Whole(Width::Four),
        };
        Expr::Calculated(calculation, vec![one, other])
    }

    fn equal(one: Expr, other: Expr) -> Expr {
        Expr::Compare(Comparison::Equal, Box::new([one, other]), INT4)
    }

    fn known(truth: bool) -> Expr {
        Expr::Constant(Some(boolean(truth)))
    }

    fn folded(expr: Expr) -> Result<Expr, &'static str> {
        let settings = Settings::default();
        expr.folded(None, &settings).map_err(|error| error.sqlstate)
    }

    #[test]
    fn what_decides_leaves_the_rest_out() {
        let fails = || equal(over(Expr::Column(0), number(0)), number(1));
        let constant = || equal(over(number(1), number(0)), number(1));
        let none = || Expr::Constant(None);
        for (expr, expected) in [
            (Expr::All(vec![fails(), known(false)]), Ok(known(false))),
            (
                Expr::All(vec![known(true), fails()]),
                Ok(Expr::All(vec![fails()])),
            ),
            (Expr::All(vec![known(false), constant()]), Ok(known(false))),
            (Expr::All(vec![constant(), known(false)]), Err("22012")),
            (Expr::Any(vec![fails(), known(true)]), Ok(known(true))),
            (Expr::Any(vec![none(), known(false)]), Ok(none())),
            (over(none(), over(Expr::Column(0), number(0))), Ok(none())),
            (over(none(), over(number(1), number(0))), Err("22012")),
            (
                Expr::Coalesce(vec![none(), number(1), over(number(1), number(0))]),
                Ok(number(1)),
            ),
            (
                Expr::Coalesce(vec![Expr::Column(0), over(number(1), number(0))]),
                Err("22012"),
            ),
            (
                Expr::Case(
                    vec![(known(false), over(number(1), number(0)))],
                    Box::new(number(3)),
                ),
                Ok(number(3)),
            ),
            (
                Expr::Case(
                    vec![(known(true), number(2))],
                    Box::new(over(number(1), number(0))),
                ),
                Ok(number(2)),
            ),
            (
                Expr::Case(
                    vec![(fails(), over(number(1), number(0)))],
                    Box::new(number(3)),
                ),
                Err("22012"),
            ),
            (Expr::IsNull(Box::new(none())), Ok(known(true))),
            (equal(Expr::Argument(0), none()), Ok(none())),
        ] {
            assert_eq!(folded(expr.clone()), expected, "{expr:?}");
        }
    }

    #[test]
    fn what_is_bound_counts_as_constant() {
        let settings = Settings::default();
        let zero = Some(Canonical::new(0_i64.to_be_bytes().to_vec()));
        let expr = || over(number(1), Expr::Argument(0));
        assert_eq!(expr().folded(None, &settings).unwrap(), expr());
        let bound = expr().folded(Some(&[zero]), &settings);
        assert_eq!(bound.unwrap_err().sqlstate, "22012");
        assert_eq!(
            expr().folded(Some(&[None]), &settings).unwrap(),
            Expr::Constant(None)
        );
    }
}
