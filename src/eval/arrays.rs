//! What is asked of an array (`arrayfuncs.c`): how many elements, its bounds, one element.

use super::{damaged, long, longed};
use crate::value::{Array, Canonical, ValueError};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrayFunction {
    /// `cardinality`: of all dimensions.
    Cardinality,
    /// `array_ndims`.
    Dimensions,
    /// `array_length` of a dimension.
    Length,
    /// `array_lower` of one.
    Lower,
    /// `array_upper` of one.
    Upper,
    /// The element at these subscripts.
    Element,
}

impl ArrayFunction {
    /// The value for an array and numbers; `None` where the array has no such dimension or element.
    pub(super) fn of(self, values: &[Canonical]) -> Result<Option<Canonical>, ValueError> {
        let (array, numbers) = values.split_first().ok_or_else(damaged)?;
        let array = Array::open(array.expose_plaintext()).ok_or_else(damaged)?;
        let numbers: Vec<i64> = numbers
            .iter()
            .map(|number| long(Some(number)))
            .collect::<Result<_, _>>()?;
        let counted = |count: usize| i64::try_from(count).ok().map(longed);
        let bounds = || array.bounds(*numbers.first()?);
        Ok(match self {
            ArrayFunction::Cardinality => counted(array.len()),
            ArrayFunction::Dimensions => counted(array.dimensions()).filter(|_| !array.is_empty()),
            ArrayFunction::Length => bounds().map(|(lower, upper)| longed(upper - lower + 1)),
            ArrayFunction::Lower => bounds().map(|(lower, _)| longed(lower)),
            ArrayFunction::Upper => bounds().map(|(_, upper)| longed(upper)),
            ArrayFunction::Element => array.element(&numbers).cloned(),
        })
    }
}
