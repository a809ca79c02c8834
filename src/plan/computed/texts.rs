//! Functions of texts.

use super::Operand;
use super::typed::{BOOL, Collation, INT4, Is, TEXT, Typed, is_text};
use crate::eval::{self, TextFunction};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::scope::Scope;
use crate::sql::Expr;
use crate::value::Kind;

impl Analysis<'_> {
    /// A function of so many texts, then of integers, which with `typed` need a type of their own.
    pub(super) fn texted(
        &mut self,
        function: TextFunction,
        args: &[&Expr],
        (texts, typed): (usize, bool),
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let mut given = Vec::new();
        let mut collation = Collation::Nothing;
        for (at, arg) in args.iter().enumerate() {
            let Some(arg) = self.formula(arg, scope, operands)? else {
                return Ok(None);
            };
            // Which of several functions is meant, the first argument tells.
            if (at == 0 || at >= texts && typed) && arg.declared().is_none() {
                return Ok(None);
            }
            let value = if function_takes_text(function, at, texts) {
                collation = collation.beside(arg.collation.clone());
                self.as_text(arg)
            } else {
                self.places(arg)
            };
            let Some(value) = value else {
                return Ok(None);
            };
            given.push(value);
        }
        // Under others texts may be equal that are not the same, and the server looks for those, or says that it cannot.
        let seeks = matches!(function, TextFunction::Place | TextFunction::StartsWith);
        if seeks && !collation.is_exact(&self.world.snapshot) {
            return Ok(None);
        }
        let value = eval::Expr::Text(function, given);
        Ok(Some(match function {
            TextFunction::Length | TextFunction::Octets | TextFunction::Place => {
                Typed::value(value, INT4)
            }
            TextFunction::StartsWith => Typed::value(value, BOOL),
            TextFunction::Lower(_)
            | TextFunction::Upper(_)
            | TextFunction::Initcap(_)
            | TextFunction::Trim(_)
            | TextFunction::Substring
            | TextFunction::Left
            | TextFunction::Right
            | TextFunction::Replace
            | TextFunction::SplitPart
            | TextFunction::Reverse
            | TextFunction::Repeat
            | TextFunction::Pad(_)
            | TextFunction::Translate
            | TextFunction::Concat
            | TextFunction::ConcatWs
            | TextFunction::Join => Typed::text(value, collation),
        }))
    }

    /// `lower`, `upper`, `initcap`: the collation says which letters have cases.
    pub(super) fn cased(
        &mut self,
        name: &str,
        one: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let Some(typed) = self.formula(one, scope, operands)? else {
            return Ok(None);
        };
        let collation = typed.collation.clone();
        // Of ranges there are functions of these names too.
        let (Some(letters), true) = (
            collation.letters(&self.world.snapshot),
            typed.declared().is_some_and(is_text),
        ) else {
            return Ok(None);
        };
        let function = match name {
            "lower" => TextFunction::Lower(letters),
            "upper" => TextFunction::Upper(letters),
            "initcap" => TextFunction::Initcap(letters),
            _ => return Ok(None),
        };
        let inner = self.as_text(typed);
        Ok(inner.map(|inner| Typed::text(eval::Expr::Text(function, vec![inner]), collation)))
    }

    /// `octet_length`, which counts the blanks behind a `char(n)`.
    pub(super) fn octets(
        &mut self,
        one: &Expr,
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let found = self.formula(one, scope, operands)?;
        Ok(found.and_then(Typed::known).and_then(|(value, declared)| {
            let value = match declared.kind {
                Kind::Text | Kind::Varchar { .. } => value,
                Kind::Char { .. } => eval::Expr::Output(Box::new(value), declared),
                _ => return None,
            };
            let counted = eval::Expr::Text(TextFunction::Octets, vec![value]);
            Some(Typed::value(counted, INT4))
        }))
    }

    /// `concat` and `concat_ws`, which write values as their types do.
    pub(super) fn concatenated(
        &mut self,
        name: &str,
        args: &[&Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let mut parts = Vec::new();
        let mut collation = Collation::Nothing;
        let separated = name == "concat_ws";
        for (at, arg) in args.iter().enumerate() {
            let Some(part) = self.formula(arg, scope, operands)? else {
                return Ok(None);
            };
            collation = collation.beside(part.collation.clone());
            let part = if separated && at == 0 {
                self.as_text(part)
            } else {
                match part.is {
                    Is::Value(expr, declared) => match declared.kind {
                        Kind::Text | Kind::Varchar { .. } => Some(expr),
                        Kind::Array(_) | Kind::Bytea | Kind::Json | Kind::Jsonb => None,
                        _ => Some(eval::Expr::Output(Box::new(expr), declared)),
                    },
                    Is::Text(text) => Some(Self::texted_constant(&text)),
                    Is::Null => Some(eval::Expr::Constant(None)),
                    // The server does not know what type it is of either.
                    Is::Placeholder(..) => None,
                }
            };
            let Some(part) = part else {
                return Ok(None);
            };
            parts.push(part);
        }
        let function = if separated {
            TextFunction::ConcatWs
        } else {
            TextFunction::Concat
        };
        Ok(Some(Typed {
            is: Is::Value(eval::Expr::Text(function, parts), TEXT),
            collation: collation.beside(Collation::Default),
        }))
    }
}

/// Whether an argument is a text, of a function of so many texts; lpad and rpad take a number between two.
fn function_takes_text(function: TextFunction, at: usize, texts: usize) -> bool {
    match function {
        TextFunction::Pad(_) => at != 1,
        _ => at < texts,
    }
}
