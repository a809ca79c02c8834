//! Functions of sealed columns in the statement's own select list, for who sees the columns: the server sends what they
//! are made of, and the proxy computes them.

use super::analysis::{Analysis, LeafState, Use, Way};
use super::compare::unwrap;
use super::edits::{Part as Written, quoted};
use super::lineage::{Column, Lineage, Shown};
use super::scope::Scope;
use super::{Argument, Input, Told, naming};
use crate::catalog::Case;
use crate::eval::{self, Letters, Part, Side, TextFunction};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{Call, ConstantKind, Expr, Range, Select};
use crate::value::{Canonical, DeclaredType, Kind};

use super::coerce::oid;

/// A result column that is to be computed.
#[derive(Debug)]
pub(super) struct Pending {
    /// Which result column.
    pub(super) place: usize,
    name: String,
    /// The expression's tokens, and whether an alias stands behind them.
    range: Range,
    aliased: bool,
    expr: eval::Expr,
    declared: DeclaredType,
    operands: Vec<Operand>,
}

/// What the server sends for it.
#[derive(Debug)]
struct Operand {
    text: String,
    lineage: Lineage,
    declared: DeclaredType,
}

/// An expression with its type; none is known of a string constant yet.
struct Typed {
    expr: eval::Expr,
    declared: Option<DeclaredType>,
    /// The columns whose letters it has.
    case: Option<Letters>,
}

/// What an analysis had before an expression was looked at.
pub(super) struct Mark {
    edits: usize,
    uses: usize,
    touches: std::collections::BTreeSet<super::Touch>,
    guesses: u32,
    leaves: std::collections::HashMap<usize, LeafState>,
    unnamed: std::collections::HashMap<usize, (usize, String)>,
}

const TEXT: DeclaredType = DeclaredType {
    oid: oid::TEXT,
    typmod: -1,
    kind: Kind::Text,
};

const INT4: DeclaredType = DeclaredType {
    oid: oid::INT4,
    typmod: -1,
    kind: Kind::Int4,
};

impl Analysis<'_> {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            edits: self.edits.len(),
            uses: self.uses.len(),
            touches: self.touches.clone(),
            guesses: self.guesses,
            leaves: self.leaves.clone(),
            unnamed: self.unnamed.clone(),
        }
    }

    fn back_to(&mut self, mark: Mark) {
        self.edits.truncate(mark.edits);
        self.uses.truncate(mark.uses);
        self.touches = mark.touches;
        self.guesses = mark.guesses;
        self.leaves = mark.leaves;
        self.unnamed = mark.unnamed;
    }

    /// A result column that the server cannot give, computed by the proxy; `None` where it cannot either.
    pub(super) fn computed(
        &mut self,
        expr: &Expr,
        (range, alias): (Range, Option<&str>),
        place: usize,
        scope: &Scope<'_>,
        mark: Mark,
    ) -> Result<Option<Column>, Refusal> {
        self.back_to(mark);
        let before = (
            self.edits.len(),
            self.uses.len(),
            self.computed_arguments.len(),
        );
        let mut operands = Vec::new();
        let typed = self.formula(expr, scope, &mut operands)?;
        let protected = operands.iter().any(|operand| operand.lineage.carries());
        let Some((typed, declared)) = typed
            .filter(|_| protected && before.0 == self.edits.len())
            .and_then(|typed| {
                let declared = typed.declared.clone()?;
                Some((typed, declared))
            })
        else {
            self.uses.truncate(before.1);
            self.computed_arguments.truncate(before.2);
            return Ok(None);
        };
        let Some(name) = alias.map(str::to_owned).or_else(|| result_name(expr)) else {
            return Ok(None);
        };
        let lineage = operands.first().map(|operand| operand.lineage.clone());
        let column = Column {
            name: name.clone(),
            lineage: lineage.unwrap_or(Lineage::Plain),
        };
        self.pending.push(Pending {
            place,
            name,
            range,
            aliased: alias.is_some(),
            expr: typed.expr,
            declared,
            operands,
        });
        Ok(Some(column))
    }

    /// Writes what is computed into the plan. Nothing of it may be sorted, grouped or told apart by.
    pub(super) fn compute(
        &mut self,
        select: &Select,
        columns: &mut Vec<Column>,
    ) -> Result<(), Refusal> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(());
        }
        let arguments = std::mem::take(&mut self.computed_arguments);
        self.deriving(columns.len()).arguments = arguments;
        for mut one in pending {
            let mut places = Vec::new();
            for (at, operand) in one.operands.into_iter().enumerate() {
                let place = if at == 0 {
                    let mut parts = vec![Written::Text(operand.text)];
                    if !one.aliased {
                        parts.push(Written::Text(format!(" AS {}", quoted(&one.name))));
                    }
                    self.edit(one.range, parts)?;
                    one.place
                } else {
                    {
                        let parts = vec![Written::Text(operand.text)];
                        self.hide(select, columns, parts, operand.lineage)?
                    }
                };
                places.push(place);
                if let Some(derived) = &mut self.derived {
                    derived.inputs.push(Input {
                        column: place,
                        declared: operand.declared,
                    });
                }
            }
            one.expr.place(&places);
            let told = self.derived.as_mut();
            if let Some(told) = told.and_then(|derived| derived.columns.get_mut(one.place)) {
                *told = Told::Computed {
                    name: one.name,
                    expr: one.expr,
                    declared: one.declared,
                };
            }
        }
        Ok(())
    }

    fn formula(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        match unwrap(expr) {
            column @ Expr::Column { .. } => {
                let lineage = self.expr(column, scope)?;
                Ok(self.operand_of(column, lineage, operands))
            }
            Expr::Constant(constant) => Ok(match &constant.kind {
                ConstantKind::Text(text) => Some(known(
                    eval::Expr::Constant(Some(Canonical::new(text.as_bytes().to_vec()))),
                    None,
                )),
                ConstantKind::Null => Some(known(eval::Expr::Constant(None), None)),
                ConstantKind::Integer(text) => {
                    let settings = &self.request.environment.settings;
                    let value = INT4.from_text(text.as_bytes(), settings).ok();
                    value.map(|value| known(eval::Expr::Constant(Some(value)), Some(INT4)))
                }
                ConstantKind::Decimal(_) | ConstantKind::Boolean(_) => None,
            }),
            Expr::Cast {
                inner,
                site: Some(site),
                ..
            } => {
                let target = DeclaredType::parse_name(&site.name);
                if target != Some(TEXT) {
                    return Ok(None);
                }
                let inner = self.formula(inner, scope, operands)?;
                Ok(inner.and_then(|inner| {
                    let case = inner.case;
                    let expr = written(inner)?;
                    Some(Typed {
                        expr,
                        declared: Some(TEXT),
                        case,
                    })
                }))
            }
            Expr::Call(call) => self.computed_call(call, scope, operands),
            Expr::Opaque { what, parts } => self.special(what, parts, scope, operands),
            _ => Ok(None),
        }
    }

    /// A column of the statement's rows.
    fn operand_of(
        &mut self,
        column: &Expr,
        lineage: Lineage,
        operands: &mut Vec<Operand>,
    ) -> Option<Typed> {
        let text = self.copied(column.range()?)?;
        let Lineage::Value(value) = &lineage else {
            return None;
        };
        let first = value.column()?;
        if value.spec().is_none()
            || self.mask(value).is_some()
            || value.shown != Shown::Column
            || !value.beside.is_empty()
        {
            return None;
        }
        let declared = first.declared.clone();
        let case = declared
            .is_collated()
            .then(|| self.letters(first))
            .flatten();
        let known = operands.iter().position(|operand| operand.text == text);
        let place = known.unwrap_or_else(|| {
            operands.push(Operand {
                text,
                lineage: lineage.clone(),
                declared: declared.clone(),
            });
            operands.len() - 1
        });
        Some(Typed {
            expr: eval::Expr::Column(place),
            declared: Some(declared),
            case,
        })
    }

    /// What is known of the letters' cases in a column's collation.
    pub(super) fn letters(&self, column: &Protected) -> Option<Letters> {
        let snapshot = &self.world.snapshot;
        match column.collation.as_deref() {
            // ucs_basic and C know the letters of ASCII alone.
            Some(name) => name.ends_with("\"C\"").then_some(Letters::Ascii),
            None if snapshot.ascii_case => Some(Letters::Ascii),
            None if snapshot.case == Case::Exact => Some(Letters::Simple),
            None => {
                // Of the letters of ASCII, i alone has another case somewhere.
                let name = snapshot.text_order.default_name.as_str();
                let turkish = ["tr", "az", "lt"].iter().any(|own| name.starts_with(own));
                (!turkish && !name.is_empty()).then_some(Letters::AsciiAlone)
            }
        }
    }

    /// An argument of type text.
    fn text(
        &mut self,
        expr: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<(eval::Expr, Option<Letters>)>, Refusal> {
        if let Some(argument) = self.local_argument(expr, &TEXT, &[oid::TEXT, oid::VARCHAR]) {
            return Ok(Some((argument, None)));
        }
        let typed = self.formula(expr, scope, operands)?;
        Ok(typed.and_then(|typed| {
            let texts = typed.declared.as_ref().is_none_or(is_text);
            texts.then_some((typed.expr, typed.case))
        }))
    }

    /// An argument of type integer.
    fn number(&mut self, expr: &Expr) -> Option<eval::Expr> {
        if let Some(argument) = self.local_argument(expr, &INT4, &[oid::INT4]) {
            return Some(argument);
        }
        let Expr::Constant(constant) = unwrap(expr) else {
            return None;
        };
        let ConstantKind::Integer(text) = &constant.kind else {
            return None;
        };
        let settings = &self.request.environment.settings;
        let value = INT4.from_text(text.as_bytes(), settings).ok()?;
        Some(eval::Expr::Constant(Some(value)))
    }

    /// A placeholder, whose value the server does not get.
    fn local_argument(
        &mut self,
        expr: &Expr,
        declared: &DeclaredType,
        takes: &[u32],
    ) -> Option<eval::Expr> {
        let Expr::Placeholder { number, token } = unwrap(expr) else {
            return None;
        };
        let place = number.checked_sub(1)?;
        let given = self.request.declared.get(place).copied().unwrap_or(0);
        let shown = if given == 0 { declared.oid } else { given };
        if !takes.contains(&shown) {
            return None;
        }
        self.uses.push(Use {
            number: *number,
            token: *token,
            way: Way::Local(shown),
        });
        self.computed_arguments.push(Argument {
            parameter: place,
            declared: declared.clone(),
            sent_as: shown,
        });
        Some(eval::Expr::Argument(self.computed_arguments.len() - 1))
    }

    fn computed_call(
        &mut self,
        call: &Call,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let plain = !call.star
            && !call.distinct
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none()
            && call.names.iter().all(Option::is_none);
        let (Some(name), true) = (self.builtin(call), plain) else {
            return Ok(None);
        };
        let args: Vec<&Expr> = call.args.iter().collect();
        let (function, texts, numbers) = match (name, args.len()) {
            ("length" | "char_length" | "character_length", 1) => (TextFunction::Length, 1, 0),
            ("btrim", 1 | 2) => (TextFunction::Trim(Side::Both), args.len(), 0),
            ("ltrim", 1 | 2) => (TextFunction::Trim(Side::Leading), args.len(), 0),
            ("rtrim", 1 | 2) => (TextFunction::Trim(Side::Trailing), args.len(), 0),
            ("substr" | "substring", 2 | 3) => (TextFunction::Substring, 1, args.len() - 1),
            ("left", 2) => (TextFunction::Left, 1, 1),
            ("right", 2) => (TextFunction::Right, 1, 1),
            ("replace", 3) => (TextFunction::Replace, 3, 0),
            ("split_part", 3) => (TextFunction::SplitPart, 2, 1),
            ("lower" | "upper" | "initcap", 1) => {
                let [one] = args.as_slice() else {
                    return Ok(None);
                };
                let Some((inner, Some(letters))) = self.text(one, scope, operands)? else {
                    return Ok(None);
                };
                let function = match name {
                    "lower" => TextFunction::Lower(letters),
                    "upper" => TextFunction::Upper(letters),
                    _ => TextFunction::Initcap(letters),
                };
                return Ok(Some(Typed {
                    expr: eval::Expr::Text(function, vec![inner]),
                    declared: Some(TEXT),
                    case: Some(letters),
                }));
            }
            ("concat" | "concat_ws", 1..) => {
                return self.concatenated(name, &args, scope, operands);
            }
            ("coalesce", 1..) => {
                let mut parts = Vec::new();
                let mut case = None;
                for arg in args {
                    let Some(part) = self.formula(arg, scope, operands)? else {
                        return Ok(None);
                    };
                    if part.declared.as_ref().is_some_and(|own| *own != TEXT) {
                        return Ok(None);
                    }
                    case = case.or(part.case);
                    parts.push(part.expr);
                }
                return Ok(Some(Typed {
                    expr: eval::Expr::Coalesce(parts),
                    declared: Some(TEXT),
                    case,
                }));
            }
            ("date_part", 2) => {
                let [part, of] = args.as_slice() else {
                    return Ok(None);
                };
                let Expr::Constant(constant) = unwrap(part) else {
                    return Ok(None);
                };
                let ConstantKind::Text(part) = &constant.kind else {
                    return Ok(None);
                };
                let result = DeclaredType::parse_name("double precision");
                return self.part(&part.to_ascii_lowercase(), of, result, scope, operands);
            }
            _ => return Ok(None),
        };
        self.texted(function, &args, (texts, numbers), scope, operands)
    }

    /// A function of so many texts, then so many integers.
    fn texted(
        &mut self,
        function: TextFunction,
        args: &[&Expr],
        (texts, numbers): (usize, usize),
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let mut given = Vec::new();
        let mut case = None;
        for (at, arg) in args.iter().enumerate() {
            if at < texts {
                let Some((text, letters)) = self.text(arg, scope, operands)? else {
                    return Ok(None);
                };
                case = case.or(letters);
                given.push(text);
            } else {
                let Some(number) = self.number(arg) else {
                    return Ok(None);
                };
                given.push(number);
            }
        }
        let declared = match function {
            TextFunction::Length => INT4,
            TextFunction::Lower(_)
            | TextFunction::Upper(_)
            | TextFunction::Initcap(_)
            | TextFunction::Trim(_)
            | TextFunction::Substring
            | TextFunction::Left
            | TextFunction::Right
            | TextFunction::Replace
            | TextFunction::SplitPart
            | TextFunction::Concat
            | TextFunction::ConcatWs
            | TextFunction::Join => TEXT,
        };
        Ok((given.len() == texts + numbers).then_some(Typed {
            expr: eval::Expr::Text(function, given),
            declared: Some(declared),
            case,
        }))
    }

    fn concatenated(
        &mut self,
        name: &str,
        args: &[&Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let mut parts = Vec::new();
        let mut case = None;
        for arg in args {
            let Some(part) = self.formula(arg, scope, operands)? else {
                return Ok(None);
            };
            case = case.or(part.case);
            // They write values as their types do: char(n) with its blanks, boolean as one letter.
            let odd = part.declared.as_ref().is_some_and(|own| {
                matches!(own.kind, Kind::Char { .. } | Kind::Bool) || !is_writable(own)
            });
            let Some(part) = written(part).filter(|_| !odd) else {
                return Ok(None);
            };
            parts.push(part);
        }
        let function = if name == "concat" {
            TextFunction::Concat
        } else {
            TextFunction::ConcatWs
        };
        Ok(Some(Typed {
            expr: eval::Expr::Text(function, parts),
            declared: Some(TEXT),
            case,
        }))
    }

    /// What has a syntax of its own.
    fn special(
        &mut self,
        what: &str,
        parts: &[Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let args: Vec<&Expr> = parts.iter().collect();
        let trim = |side| TextFunction::Trim(side);
        match (what, args.as_slice()) {
            ("||", [_, _, ..]) => {
                let mut joined = Vec::new();
                let (mut case, mut text) = (None, false);
                for (at, arg) in args.iter().enumerate() {
                    let argument = self.local_argument(arg, &TEXT, &[oid::TEXT, oid::VARCHAR]);
                    let part = match argument {
                        Some(argument) => Some(known(argument, Some(TEXT))),
                        None => match self.joined_plain(arg, scope, operands)? {
                            Some(plain) => Some(plain),
                            None => self.formula(arg, scope, operands)?,
                        },
                    };
                    let Some(part) = part else {
                        return Ok(None);
                    };
                    // One side of each is a text.
                    let own = part.declared.as_ref().is_none_or(is_text);
                    if at == 1 && !text && !own || !part.declared.as_ref().is_none_or(is_writable) {
                        return Ok(None);
                    }
                    text |= own;
                    case = case.or(part.case);
                    let Some(part) = written(part) else {
                        return Ok(None);
                    };
                    joined.push(part);
                }
                Ok(Some(Typed {
                    expr: eval::Expr::Text(TextFunction::Join, joined),
                    declared: Some(TEXT),
                    case,
                }))
            }
            ("TRIM", [_] | [_, _]) => {
                self.texted(trim(Side::Both), &args, (args.len(), 0), scope, operands)
            }
            ("TRIM LEADING", [_] | [_, _]) => {
                self.texted(trim(Side::Leading), &args, (args.len(), 0), scope, operands)
            }
            ("TRIM TRAILING", [_] | [_, _]) => self.texted(
                trim(Side::Trailing),
                &args,
                (args.len(), 0),
                scope,
                operands,
            ),
            // Written with commas it is a function like any other.
            ("SUBSTRING" | "SUBSTR", [_, _] | [_, _, _])
                if !["substring", "substr"]
                    .iter()
                    .any(|name| self.world.snapshot.user_functions.contains(*name)) =>
            {
                let numbers = (1, args.len() - 1);
                self.texted(TextFunction::Substring, &args, numbers, scope, operands)
            }
            (what, [of]) => match what.strip_prefix("EXTRACT ") {
                Some(part) if self.world.snapshot.server_version >= 140_000 => {
                    let result = DeclaredType::parse_name("numeric");
                    self.part(part, of, result, scope, operands)
                }
                Some(_) | None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// A column in plaintext beside `||`: the server makes it text.
    fn joined_plain(
        &mut self,
        arg: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let column = unwrap(arg);
        if !matches!(column, Expr::Column { .. }) {
            return Ok(None);
        }
        let Lineage::Plain = self.expr(column, scope)? else {
            return Ok(None);
        };
        let Some(text) = column.range().and_then(|range| self.copied(range)) else {
            return Ok(None);
        };
        // Of a type that is no text the server says that there is no such function, rather than join it otherwise.
        let text = format!("pg_catalog.textcat({text}, '')");
        let known_at = operands.iter().position(|operand| operand.text == text);
        let place = known_at.unwrap_or_else(|| {
            operands.push(Operand {
                text,
                lineage: Lineage::Plain,
                declared: TEXT,
            });
            operands.len() - 1
        });
        Ok(Some(known(eval::Expr::Column(place), Some(TEXT))))
    }

    fn part(
        &mut self,
        part: &str,
        of: &Expr,
        result: Option<DeclaredType>,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let typed = self.formula(of, scope, operands)?;
        let (Some(typed), Some(part), Some(result)) = (typed, Part::named(part), result) else {
            return Ok(None);
        };
        let dated = typed
            .declared
            .is_some_and(|own| matches!(own.kind, Kind::Date | Kind::Timestamp { .. }));
        Ok(dated.then(|| Typed {
            expr: eval::Expr::Part(part, Box::new(typed.expr), result.clone()),
            declared: Some(result),
            case: None,
        }))
    }

    /// Nothing that the proxy computes is there for the server to sort, group or tell apart by.
    pub(super) fn not_computed(&self, expr: &Expr, columns: &[Column]) -> Result<(), Refusal> {
        let named = super::query::named_place(expr, columns);
        if named.is_some_and(|at| self.pending.iter().any(|one| one.place == at)) {
            let token = expr.range().map(|range| range.first);
            let message = "a result column that the proxy computes is sorted or grouped by";
            return self.refuse(Fault::UnsupportedExpression, message, token);
        }
        Ok(())
    }
}

fn known(expr: eval::Expr, declared: Option<DeclaredType>) -> Typed {
    Typed {
        expr,
        declared,
        case: None,
    }
}

fn is_text(declared: &DeclaredType) -> bool {
    matches!(
        declared.kind,
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. }
    )
}

/// Whether `||` beside a text, and a cast to text, write its values as they are shown.
fn is_writable(declared: &DeclaredType) -> bool {
    !matches!(
        declared.kind,
        Kind::Array(_) | Kind::Bytea | Kind::Json | Kind::Jsonb | Kind::Citext
    )
}

/// The value as text.
fn written(typed: Typed) -> Option<eval::Expr> {
    match typed.declared {
        None => Some(typed.expr),
        Some(declared) if matches!(declared.kind, Kind::Text | Kind::Varchar { .. }) => {
            Some(typed.expr)
        }
        Some(declared) if is_writable(&declared) => {
            Some(eval::Expr::Written(Box::new(typed.expr), declared))
        }
        Some(_) => None,
    }
}

/// What the server calls the column (`FigureColname`).
fn result_name(expr: &Expr) -> Option<String> {
    let own = |name: &str| Some(name.to_owned());
    match unwrap(expr) {
        Expr::Opaque { what, .. } if what.starts_with("EXTRACT ") => own("extract"),
        Expr::Opaque {
            what: "SUBSTRING", ..
        } => own("substring"),
        Expr::Opaque { what: "SUBSTR", .. } => own("substr"),
        Expr::Opaque { what: "TRIM", .. } => own("btrim"),
        Expr::Opaque {
            what: "TRIM LEADING",
            ..
        } => own("ltrim"),
        Expr::Opaque {
            what: "TRIM TRAILING",
            ..
        } => own("rtrim"),
        // A cast of a column has its name; any other has the type's.
        Expr::Cast { inner, .. } => match result_name(inner).as_deref() {
            None | Some("?column?") => own("text"),
            Some(name) => own(name),
        },
        other => Some(naming::result_name(other)).filter(|name| !name.is_empty()),
    }
}
