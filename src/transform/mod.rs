//! Seals parameters and literals; opens or masks rows.
//!
//! [`render`] turns a plan's text into what is sent upstream, [`parameters`] a Bind's values, [`formats`] and
//! [`described`] its result columns, and [`RowPlan`] every DataRow; [`DerivedRows`] where the client gets other rows or columns than the server sends. All of them follow the plan to the letter:
//! nothing is decided here.
//!
//! Absent: SQL, the protocol's order, logging and metrics ([`Counts`] are facts for the session to record).

mod array;
pub(crate) mod bytea;
mod columns;
mod constants;
pub mod copy;
mod counts;
mod derived;
mod entry;
mod field;
mod keyed;
mod parameters;
mod refuse;
mod rows;
mod words;

pub use columns::{Described, described, formats};
pub use constants::render;
pub use copy::{CopySealer, CopyShower};
pub use counts::{Counts, Treated};
pub use derived::{DerivedRows, Ended, arguments};
pub use parameters::parameters;
pub use rows::RowPlan;
pub use words::{About, Said, Words};

#[cfg(test)]
mod tests;
