//! Which function a call is, and what it takes.

use super::Operand;
use super::typed::{DATE, TIMESTAMP, TIMESTAMPTZ, Typed};
use crate::catalog::Stands;
use crate::eval::{ArrayFunction, Operation, Side, TextFunction};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::compare::unwrap;
use crate::plan::scope::Scope;
use crate::sql::{Call, ConstantKind, Expr};

impl Analysis<'_> {
    pub(super) fn computed_call(
        &mut self,
        call: &Call,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let plain = !call.star
            && !call.distinct
            && !call.within_group
            && call.order_by.is_empty()
            && call.filter.is_none()
            && call.over.is_none()
            && call.names.iter().all(Option::is_none);
        // `concat` alone takes what is of no type of the server's own.
        let own = |name: &&str| *name != "concat" || self.builtin(call).is_some();
        let known = call.args.first().is_none_or(is_typed) || self.builtin(call).is_some();
        let name = self.builtin_of_own_types(call).filter(own);
        let (Some(name), true) = (name, plain && known) else {
            return Ok(None);
        };
        let args: Vec<&Expr> = call.args.iter().collect();
        let (function, texts) = match (name, args.as_slice()) {
            ("length" | "char_length" | "character_length", [_]) => (TextFunction::Length, 1),
            ("octet_length", [one]) => return self.octets(one, scope, operands),
            ("btrim", [_] | [_, _]) => (TextFunction::Trim(Side::Both), args.len()),
            ("ltrim", [_] | [_, _]) => (TextFunction::Trim(Side::Leading), args.len()),
            ("rtrim", [_] | [_, _]) => (TextFunction::Trim(Side::Trailing), args.len()),
            ("substr" | "substring", [_, _] | [_, _, _]) => (TextFunction::Substring, 1),
            ("left", [_, _]) => (TextFunction::Left, 1),
            ("right", [_, _]) => (TextFunction::Right, 1),
            ("replace", [_, _, _]) => (TextFunction::Replace, 3),
            ("split_part", [_, _, _]) => (TextFunction::SplitPart, 2),
            ("reverse", [_]) => (TextFunction::Reverse, 1),
            ("repeat", [_, _]) => (TextFunction::Repeat, 1),
            ("lpad", [_, _] | [_, _, _]) => (TextFunction::Pad(Side::Leading), 1),
            ("rpad", [_, _] | [_, _, _]) => (TextFunction::Pad(Side::Trailing), 1),
            ("strpos", [_, _]) => (TextFunction::Place, 2),
            ("translate", [_, _, _]) => (TextFunction::Translate, 3),
            ("starts_with", [_, _]) => (TextFunction::StartsWith, 2),
            ("cardinality", [array]) => {
                let asked = (*array, None);
                return self.of_array(ArrayFunction::Cardinality, asked, scope, operands);
            }
            ("array_ndims", [array]) => {
                let asked = (*array, None);
                return self.of_array(ArrayFunction::Dimensions, asked, scope, operands);
            }
            ("array_length", [array, dimension]) => {
                let asked = (*array, Some(*dimension));
                return self.of_array(ArrayFunction::Length, asked, scope, operands);
            }
            ("array_lower", [array, dimension]) => {
                let asked = (*array, Some(*dimension));
                return self.of_array(ArrayFunction::Lower, asked, scope, operands);
            }
            ("array_upper", [array, dimension]) => {
                let asked = (*array, Some(*dimension));
                return self.of_array(ArrayFunction::Upper, asked, scope, operands);
            }
            ("lower" | "upper" | "initcap", [one]) => {
                return self.cased(name, one, scope, operands);
            }
            ("concat" | "concat_ws", [_, ..]) => {
                return self.concatenated(name, &args, scope, operands);
            }
            ("coalesce", [_, ..]) => return self.coalesced(&call.args, scope, operands),
            ("nullif", [left, right]) => return self.nulled([left, right], scope, operands),
            ("date_part", [part, of]) => {
                return match Self::literal(part) {
                    Some(part) => {
                        let part = part.to_ascii_lowercase();
                        self.part(&part, of, false, scope, operands)
                    }
                    None => Ok(None),
                };
            }
            ("date_trunc", [unit, of]) => {
                return match Self::literal(unit) {
                    Some(unit) => {
                        let unit = unit.to_ascii_lowercase();
                        self.cut_moment(&unit, of, scope, operands)
                    }
                    None => Ok(None),
                };
            }
            ("to_char", [of, template]) => {
                return match Self::literal(template) {
                    Some(template) => self.charred(of, template, scope, operands),
                    None => Ok(None),
                };
            }
            ("now" | "transaction_timestamp", []) => {
                return Ok(self.made_operand("pg_catalog.now()", TIMESTAMPTZ, operands));
            }
            ("current_date", []) => {
                return Ok(self.made_operand("CURRENT_DATE", DATE, operands));
            }
            ("current_timestamp", []) => {
                return Ok(self.made_operand("CURRENT_TIMESTAMP", TIMESTAMPTZ, operands));
            }
            ("localtimestamp", []) => {
                return Ok(self.made_operand("LOCALTIMESTAMP", TIMESTAMP, operands));
            }
            ("round" | "trunc", [one, places]) => {
                let operation = if name == "round" {
                    Operation::Round
                } else {
                    Operation::Cut
                };
                let one = self.formula(one, scope, operands)?;
                let places = self.formula(places, scope, operands)?;
                return Ok(one
                    .zip(places)
                    .and_then(|(one, places)| self.of_places(operation, one, places)));
            }
            ("mod", [left, right]) => {
                let left = self.formula(left, scope, operands)?;
                let right = self.formula(right, scope, operands)?;
                return Ok(left
                    .zip(right)
                    .and_then(|(left, right)| self.calculated(Operation::Modulo, left, right)));
            }
            (name, [one]) => {
                let operation = match name {
                    "abs" => Operation::Absolute,
                    "sign" => Operation::Sign,
                    "round" => Operation::Round,
                    "trunc" => Operation::Cut,
                    "ceil" | "ceiling" => Operation::Up,
                    "floor" => Operation::Down,
                    _ => return Ok(None),
                };
                let one = self.formula(one, scope, operands)?;
                return Ok(one.and_then(|one| self.of_number(operation, one)));
            }
            (_, _) => return Ok(None),
        };
        // Without a type a second argument of substring() would be a pattern.
        let typed = name == "substring";
        self.texted(function, &args, (texts, typed), scope, operands)
    }

    /// What has a syntax of its own.
    pub(super) fn special(
        &mut self,
        what: &str,
        parts: &[Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let args: Vec<&Expr> = parts.iter().collect();
        let side = match what {
            "TRIM" => Some(Side::Both),
            "TRIM LEADING" => Some(Side::Leading),
            "TRIM TRAILING" => Some(Side::Trailing),
            _ => None,
        };
        let own = |name: &str| match self.function_stands(name) {
            Stands::Catalog => false,
            Stands::CatalogOfOwnTypes => !parts.first().is_some_and(is_typed),
            Stands::Unclear => true,
        };
        match (what, args.as_slice()) {
            (_, [_] | [_, _]) if side.is_some() => {
                let function = TextFunction::Trim(side.unwrap_or(Side::Both));
                self.texted(function, &args, (args.len(), false), scope, operands)
            }
            // Written with commas it is a function like any other.
            ("SUBSTRING" | "SUBSTR", [_, _] | [_, _, _]) if !own("substring") && !own("substr") => {
                let typed = what == "SUBSTRING";
                self.texted(TextFunction::Substring, &args, (1, typed), scope, operands)
            }
            ("POSITION", [sought, text]) => {
                let args = [*text, *sought];
                self.texted(TextFunction::Place, &args, (2, false), scope, operands)
            }
            ("a subscript", [_, _, ..]) => self.subscripted(&args, scope, operands),
            ("-", [one]) => {
                let one = self.formula(one, scope, operands)?;
                Ok(one.and_then(|one| self.of_number(Operation::Negate, one)))
            }
            ("CEIL", [one]) if !own("ceil") => {
                let one = self.formula(one, scope, operands)?;
                Ok(one.and_then(|one| self.of_number(Operation::Up, one)))
            }
            ("FLOOR", [one]) if !own("floor") => {
                let one = self.formula(one, scope, operands)?;
                Ok(one.and_then(|one| self.of_number(Operation::Down, one)))
            }
            (what, [of]) => match what.strip_prefix("EXTRACT ") {
                Some(part) if self.world.snapshot.server_version >= 140_000 => {
                    self.part(part, of, true, scope, operands)
                }
                Some(_) | None => Ok(None),
            },
            (_, _) => Ok(None),
        }
    }
}

/// Whether what a call takes has a type of its own, which constants in quotes and placeholders do not.
fn is_typed(expr: &Expr) -> bool {
    match unwrap(expr) {
        Expr::Constant(constant) => {
            !matches!(constant.kind, ConstantKind::Text(_) | ConstantKind::Null)
        }
        Expr::Placeholder { .. } => false,
        _ => true,
    }
}
