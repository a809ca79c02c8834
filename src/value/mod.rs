//! Values of the supported types: text and binary codecs as PostgreSQL has them, and the canonical
//! form that is sealed.
//!
//! Absent: keys, masks, SQL. Nothing here logs; plaintext types cannot be printed.

mod canonical;
mod declared;
mod error;
mod settings;

pub use canonical::Canonical;
pub use declared::{DeclaredType, EnumLabels, Kind};
pub use error::ValueError;
pub use settings::{ByteaOutput, DateOrder, DateStyle, IntervalStyle, Settings, TimeZone};
