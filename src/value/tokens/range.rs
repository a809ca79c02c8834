//! Blocks of values in order.
//!
//! The code of a value ([`Order::code`]) is cut short by two bits, four, and so on: each beginning is a block of
//! four times as many values as the one before. Any values that follow each other are the union of at most six blocks of
//! each size.

use zeroize::Zeroizing;

use super::{Fragment, TokenKind};
use crate::value::order::{Code, Place};
use crate::value::{Canonical, NoOrder, Order, ValueError};

/// Bits that a block has more than the one around it.
const STEP: u32 = 2;
/// Most bits of a code.
const MOST_BITS: usize = 128;

/// Values between two places; `None` is no bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Not below, and whether a value at the place itself is among them.
    pub from: Option<(Place, bool)>,
    /// Not above, likewise.
    pub to: Option<(Place, bool)>,
}

impl Order {
    /// Whether values in this order can be found by blocks.
    pub fn has_blocks(&self) -> bool {
        match self {
            Order::Int2
            | Order::Int4
            | Order::Int8
            | Order::Float4
            | Order::Float8
            | Order::Date
            | Order::Time
            | Order::Timestamp => true,
            Order::Numeric { .. } => self.width().is_some_and(|width| width <= MOST_BITS),
            Order::Uuid | Order::Text { .. } => false,
        }
    }
}

fn width(order: Order) -> Result<u32, ValueError> {
    order
        .width()
        .filter(|_| order.has_blocks())
        .and_then(|width| u32::try_from(width).ok())
        .ok_or_else(|| ValueError::server_dependent("a range of such values"))
}

/// The first bits of a code as a number; those that are missing are zero.
fn number(code: &Code, width: u32) -> u128 {
    let bits = code.expose_bits().iter().chain(std::iter::repeat(&0));
    let taken = usize::try_from(width).unwrap_or(MOST_BITS);
    bits.take(taken)
        .fold(0, |number, bit| number << 1 | u128::from(*bit))
}

/// The lengths of a code's beginnings, longest first.
fn lengths(width: u32) -> impl Iterator<Item = u32> {
    (1..=width).rev().step_by(STEP as usize)
}

fn block(beginning: u128, length: u32) -> Fragment {
    let mut bytes = Zeroizing::new(Vec::with_capacity(17));
    bytes.push(u8::try_from(length).unwrap_or(u8::MAX));
    bytes.extend_from_slice(&beginning.to_be_bytes());
    Fragment {
        kind: TokenKind::Range,
        bytes: Canonical::new(std::mem::take(&mut *bytes)),
    }
}

pub(super) fn blocks(
    order: Order,
    value: &Canonical,
    fragments: &mut Vec<Fragment>,
) -> Result<(), ValueError> {
    let width = width(order)?;
    let code = order.code(value).map_err(NoOrder::to_value_error)?;
    let number = number(&code, width);
    fragments.extend(
        lengths(width).map(|length| block(number.checked_shr(width - length).unwrap_or(0), length)),
    );
    Ok(())
}

/// Where values begin that are not below the place, or with `after` above it; `None`: there are none.
fn first(order: Order, width: u32, place: &Place, after: bool) -> Result<Option<u128>, ValueError> {
    match place {
        Place::At(value) => {
            let code = order.code(value).map_err(NoOrder::to_value_error)?;
            let number = number(&code, width);
            if !after {
                return Ok(Some(number));
            }
            Ok((number < last(width)).then_some(number.saturating_add(1)))
        }
        Place::Before(code) => Ok(Some(number(code, width))),
        Place::End => Ok(None),
        Place::Beside(_) => Err(ValueError::new(
            "0A000",
            "a value that has no place in an order",
        )),
    }
}

fn last(width: u32) -> u128 {
    u128::MAX.checked_shr(128 - width).unwrap_or(0)
}

pub(super) fn cover(order: Order, bounds: &Bounds) -> Result<Vec<Fragment>, ValueError> {
    let width = width(order)?;
    let from = match &bounds.from {
        None => Some(0),
        Some((place, with)) => first(order, width, place, !with)?,
    };
    // The first that is no longer among them.
    let end = match &bounds.to {
        None => None,
        Some((place, with)) => first(order, width, place, *with)?,
    };
    let to = match end {
        None => Some(last(width)),
        Some(end) => end.checked_sub(1),
    };
    let mut found = Vec::new();
    if let (Some(from), Some(to)) = (from, to)
        && from <= to
    {
        descend((from, to), width, 0, 0, &mut found);
    }
    Ok(found)
}

/// The blocks within a block that lie between the bounds. The deepest is as deep as a code has pairs of bits.
fn descend(
    (from, to): (u128, u128),
    width: u32,
    beginning: u128,
    length: u32,
    found: &mut Vec<Fragment>,
) {
    let below = width - length;
    let low = beginning.checked_shl(below).unwrap_or(0);
    let high = low | last(below);
    if high < from || low > to {
        return;
    }
    if length > 0 && from <= low && high <= to {
        found.push(block(beginning, length));
        return;
    }
    if below == 0 {
        return;
    }
    // The first step takes the bit that is left over.
    let step = if length == 0 && !width.is_multiple_of(STEP) {
        1
    } else {
        STEP
    };
    for inside in 0..(1_u128 << step) {
        let beginning = beginning.checked_shl(step).unwrap_or(0) | inside;
        descend((from, to), width, beginning, length + step, found);
    }
}
