//! The registry of protected columns, as rows of schema `sealwire` hold it.

use std::collections::BTreeMap;

use crate::seal::SealSpec;
use crate::value::DeclaredType;

/// All registered columns of a database, verified against the registry's MAC by `ground`.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// The environment id minted by `init`, part of every envelope's associated data.
    pub environment: [u8; 16],
    /// One entry a protected column.
    pub columns: Vec<Registered>,
    /// Names of the keysets by slot.
    pub keysets: BTreeMap<u8, String>,
}

/// One protected (sealed) column. A masked-only column is registered with `seal: None`, so that a
/// deleted rule file cannot unmask it either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// `pg_class.oid` of the table.
    pub table: u32,
    /// `pg_attribute.attnum`.
    pub attnum: i16,
    /// Schema, table and column by name as when it was protected, for messages.
    pub schema: String,
    /// Table name.
    pub table_name: String,
    /// Column name.
    pub column: String,
    /// The type the application knows.
    pub declared: DeclaredType,
    /// Qualified and quoted collation, where it is not the type's own.
    pub collation: Option<String>,
    /// How it is sealed; `None`: stored in plaintext, masked only.
    pub seal: Option<SealSpec>,
    /// The named key domain, where the rule gave one.
    pub domain_name: Option<String>,
    /// The column's constant default in text form, which the proxy writes itself.
    pub default: Option<String>,
}
