//! Functions and subscripts of arrays that are sealed whole.

use super::Operand;
use super::typed::{INT4, Typed};
use crate::eval::{self, ArrayFunction};
use crate::fault::Refusal;
use crate::plan::analysis::Analysis;
use crate::plan::scope::Scope;
use crate::sql::Expr;
use crate::value::Kind;

impl Analysis<'_> {
    /// `cardinality`, `array_ndims`, and what is asked of a dimension.
    pub(super) fn of_array(
        &mut self,
        function: ArrayFunction,
        (array, dimension): (&Expr, Option<&Expr>),
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let parts: Vec<&Expr> = [array].into_iter().chain(dimension).collect();
        let found = self.array_parts(&parts, scope, operands)?;
        Ok(found.map(|(parts, _)| Typed::value(eval::Expr::Array(function, parts), INT4)))
    }

    /// `a[1]`, `a[1][2]`.
    pub(super) fn subscripted(
        &mut self,
        parts: &[&Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<Typed>, Refusal> {
        let found = self.array_parts(parts, scope, operands)?;
        Ok(found.and_then(|(parts, array)| {
            let collation = array.collation.clone();
            let Kind::Array(element) = &array.declared()?.kind else {
                return None;
            };
            let element = element.as_ref().clone();
            let value = eval::Expr::Array(ArrayFunction::Element, parts);
            Some(Typed {
                collation,
                ..Typed::value(value, element)
            })
        }))
    }

    /// An array and numbers; the array is given back for what else is known of it.
    fn array_parts(
        &mut self,
        parts: &[&Expr],
        scope: &Scope<'_>,
        operands: &mut Vec<Operand>,
    ) -> Result<Option<(Vec<eval::Expr>, Typed)>, Refusal> {
        let Some((array, numbers)) = parts.split_first() else {
            return Ok(None);
        };
        let Some(array) = self.formula(array, scope, operands)? else {
            return Ok(None);
        };
        let is_array = (array.declared()).is_some_and(|own| matches!(own.kind, Kind::Array(_)));
        let Some(value) = array.expr().filter(|_| is_array).cloned() else {
            return Ok(None);
        };
        let mut given = vec![value];
        for number in numbers {
            let Some(number) = self.formula(number, scope, operands)? else {
                return Ok(None);
            };
            let Some(number) = self.places(number) else {
                return Ok(None);
            };
            given.push(number);
        }
        Ok(Some((given, array)))
    }
}
