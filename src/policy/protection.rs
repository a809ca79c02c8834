//! What the rules and the registry mean for the tables of one database.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::mask::Mask;
use crate::seal::SealSpec;
use crate::value::{DeclaredType, Fold};

/// Every protected table of one database.
#[derive(Debug, Clone, Default)]
pub struct Protection {
    /// By `pg_class.oid`.
    pub tables: HashMap<u32, Arc<ProtectedTable>>,
    /// Grows with every change of the rules.
    pub rules_epoch: u64,
    /// Content hash of the rule set, hexadecimal, for logs and audit.
    pub rules_hash: String,
}

/// One protected table.
#[derive(Debug, Clone)]
pub struct ProtectedTable {
    /// `pg_class.oid`.
    pub oid: u32,
    /// Schema.
    pub schema: String,
    /// Name.
    pub name: String,
    /// Protected columns by attnum.
    pub columns: BTreeMap<i16, Arc<Protected>>,
    /// `mode = "observe"`: plan everything, change nothing, refuse nothing.
    pub observe: bool,
}

/// One protected column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protected {
    /// `pg_class.oid` of its table.
    pub table: u32,
    /// `schema.table`, for messages, metrics and audit.
    pub table_name: String,
    /// `pg_attribute.attnum`.
    pub attnum: i16,
    /// Column name.
    pub column: String,
    /// Class name, where the rule names one.
    pub class: Option<String>,
    /// The type the application knows.
    pub declared: DeclaredType,
    /// How it lies in the server.
    pub storage: Storage,
    /// Shown to who has no right to see it.
    pub default_mask: Mask,
    /// Shown to who has `partial`.
    pub partial_mask: Option<Mask>,
    /// Constant default that the proxy writes itself, in text form.
    pub default: Option<String>,
}

/// How a protected column lies in the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// Sealed; a deterministic scheme is what `search = ["equality"]` gives.
    Sealed(SealSpec),
    /// Plaintext, masked only.
    MaskedOnly,
    /// The rules seal it, the server still holds plaintext: refused until `protect` has run.
    NotYetSealed,
    /// Registered as protected, and no rule names it: refused.
    RuleMissing,
}

impl Protected {
    /// Whether `=`, IN, GROUP BY, joins work on it in the server.
    pub fn has_equality(&self) -> bool {
        match &self.storage {
            Storage::Sealed(spec) => spec.scheme == crate::seal::Scheme::Deterministic,
            Storage::MaskedOnly => true,
            Storage::NotYetSealed | Storage::RuleMissing => false,
        }
    }

    /// How the values of its case-insensitive tag are folded.
    pub fn fold(&self) -> Option<Fold> {
        match &self.storage {
            Storage::Sealed(spec) => spec.ci,
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
        }
    }

    /// A masked-only text column, for tests of rooms that know no masks.
    #[cfg(test)]
    pub(crate) fn sample(table: u32) -> Self {
        Protected {
            table,
            table_name: "public.t".to_owned(),
            attnum: 1,
            column: "c".to_owned(),
            class: None,
            declared: DeclaredType {
                oid: 25,
                typmod: -1,
                kind: crate::value::Kind::Text,
            },
            storage: Storage::MaskedOnly,
            default_mask: Mask::Null,
            partial_mask: None,
            default: None,
        }
    }

    /// `schema.table.column`, for messages.
    pub fn qualified(&self) -> String {
        format!("{}.{}", self.table_name, self.column)
    }
}
