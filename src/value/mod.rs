//! Values of the supported types: text and binary codecs as PostgreSQL has them, and the canonical
//! form that is sealed.
//!
//! A value comes in as text or binary, is read into its canonical bytes by the one file of its type,
//! and goes out again from them; `codec` is the list of who reads what. What only the server can
//! know ('now', zone abbreviations) is refused with 0A000 and never guessed.
//!
//! Absent: keys, masks, SQL. Nothing here logs; plaintext types cannot be printed.

mod array;
mod boolean;
mod branch;
mod bytea;
mod canonical;
mod cast;
mod codec;
mod datetime;
mod declared;
mod enums;
mod error;
mod float;
mod fold;
mod inet;
mod integer;
mod json;
mod jsonb;
mod like;
mod names;
mod numeric;
mod order;
#[cfg(test)]
mod samples;
mod scan;
mod search;
mod settings;
mod sort;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod uuid;

pub use array::Array;
pub use canonical::Canonical;
pub use datetime::{Wall, WallZone, calendar, moment};
pub use declared::{DeclaredType, EnumLabels, Kind};
pub use error::ValueError;
pub use fold::{Beside, CaseFunction, Fold, NoFold, Sought, simple_case};
pub use like::{Escape, Pattern, Written};
pub use numeric::{Decimal, Number};
pub use order::{Code, MOST_CHARACTERS, NoOrder, Order, Place};
pub use settings::{ByteaOutput, DateOrder, DateStyle, IntervalStyle, Settings, TimeZone};
pub use tokens::{Bounds, Fragment, MOST_PREFIX, Matching, Needs, TokenKind, TokenSpec};
