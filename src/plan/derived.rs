//! How a result differs from what the server returns for a statement: columns that are hidden or computed, rows that
//! are left out, sorted or counted in the proxy. What is done with it is in the room `transform`.

use std::sync::Arc;

use crate::eval::Expr;
use crate::value::{Canonical, DeclaredType};

/// What the client gets of the rows that the server sends. The rows are taken in this order: filtered, sorted, cut
/// by OFFSET and LIMIT, counted, shown. The upstream columns themselves are treated as [`super::Output`] says.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// The client's columns, in order. Upstream columns that none of them shows are hidden.
    pub columns: Vec<Told>,
    /// The upstream columns that are read by value.
    pub inputs: Vec<Input>,
    /// The client's parameters that are read by value.
    pub arguments: Vec<Argument>,
    /// Their values, where EXECUTE of SQL has given them in the text.
    pub given: Option<Arc<[Option<Canonical>]>>,
    /// Rows are kept only where this is true.
    pub filter: Option<Expr>,
    /// By what the rows are sorted; empty: not.
    pub sort: Vec<SortKey>,
    /// LIMIT.
    pub limit: Option<Amount>,
    /// OFFSET.
    pub offset: Option<Amount>,
    /// How many rows may be kept at once to be sorted or cut.
    pub most_rows: u32,
    /// How many rows may be opened that the filter leaves out; `None`: any number, since tokens find few of them.
    pub most_in_vain: Option<u32>,
}

/// A column of the client's result.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// An upstream column, by its place.
    Upstream(usize),
    /// A value that is computed.
    Computed {
        /// What the column is called.
        name: String,
        /// The value.
        expr: Expr,
        /// Its type.
        declared: DeclaredType,
    },
    /// How many rows there are, as bigint, in place of the rows: the only column then.
    Count {
        /// What the column is called.
        name: String,
    },
}

/// An upstream column whose value is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its place.
    pub column: usize,
    /// Its type; of a sealed one the declared type.
    pub declared: DeclaredType,
}

/// A parameter of the client whose value is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its place among the client's parameters, from 0.
    pub parameter: usize,
    /// The type it is read as.
    pub declared: DeclaredType,
    /// The type that the client gives it in; 0: that one.
    pub sent_as: u32,
}

/// A number of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// A constant.
    Fixed(u64),
    /// An argument of type bigint, by its place; NULL stands for no bound.
    Argument(usize),
}

/// One key to sort by.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// The upstream column: among the inputs.
    pub column: usize,
    /// Its type, which says how values are compared ([`DeclaredType::compare`]).
    pub declared: DeclaredType,
    /// DESC.
    pub descending: bool,
    /// NULLS FIRST.
    pub nulls_first: bool,
}

impl Derived {
    /// Whether rows are left out, sorted or counted: then how many the client gets is for the proxy to say, and a
    /// portal is carried out as a whole.
    pub fn selects(&self) -> bool {
        self.filter.is_some()
            || !self.sort.is_empty()
            || self.limit.is_some()
            || self.offset.is_some()
            || self.counts()
    }

    /// Whether the rows are counted in place of being shown.
    pub fn counts(&self) -> bool {
        matches!(self.columns.as_slice(), [Told::Count { .. }])
    }

    /// Whether values that the server sends can make it fail.
    pub fn may_fail(&self) -> bool {
        self.columns.iter().any(|column| match column {
            Told::Computed { expr, .. } => !expr.is_total(),
            Told::Upstream(_) | Told::Count { .. } => false,
        })
    }

    /// Whether constants of the statement are in it: such a plan is not kept for others.
    pub fn has_constant(&self) -> bool {
        let computed = self.columns.iter().any(|column| match column {
            Told::Computed { expr, .. } => expr.has_constant(),
            Told::Upstream(_) | Told::Count { .. } => false,
        });
        self.given.is_some() || computed || self.filter.as_ref().is_some_and(Expr::has_constant)
    }
}
