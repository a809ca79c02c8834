//! Rules: from TOML files to a validated policy, bound to a database's catalog; who may do what.
//!
//! Absent: SQL text, keys, the network. `Policy` is what the files say; `Protection` is what that
//! means for the tables of one database; `Rights` is what one principal may do with them.

mod protection;
mod rights;

pub use protection::{Protected, ProtectedTable, Protection, Storage};
pub use rights::{ColumnRights, OnMaskedWrite, Rights, Sight, TableRights};
