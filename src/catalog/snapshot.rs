//! One reading of the system catalogs.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Facade, Homonyms, Judge, Signature};
use crate::value::EnumLabels;

/// A reading of `pg_catalog`, immutable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Grows with every reading that differs from the one before.
    pub epoch: u64,
    /// Database name.
    pub database: String,
    /// `server_version_num`.
    pub server_version: u32,
    /// `lower()` and `upper()` under the database's default collation change letters of ASCII only.
    pub ascii_case: bool,
    /// Which collations sort texts by their bytes.
    pub text_order: ByteOrder,
    /// Columns (relation, attnum) with a collation of their own, and whether the same holds under it.
    pub collated: HashMap<(u32, i16), bool>,
    /// The database's default collation sorts text by its bytes.
    pub byte_order: bool,
    /// The same of columns (relation, attnum) with a collation of their own.
    pub byte_ordered: HashMap<(u32, i16), bool>,
    /// Whether they are what tags are made of, where any rule asks.
    pub case: Case,
    /// All relations by oid, those of pg_catalog and information_schema among them.
    pub relations: HashMap<u32, Arc<Relation>>,
    /// (schema, name) → oid.
    pub by_name: HashMap<(String, String), u32>,
    /// Types by oid.
    pub types: HashMap<u32, TypeInfo>,
    /// Oid of the domain `sealwire.sealed` and of its array type; `None` before `init`.
    pub sealed_type: Option<(u32, u32)>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Names of routines that reach a relation by what their text says, with the relations' oids;
    /// a routine with dynamic SQL, or in a language that cannot be read, has `None`.
    pub routines: Vec<(String, Option<Vec<u32>>)>,
    /// Operators, and types with casts or with checks of a domain, that carry out a routine without naming it: what they
    /// reach, likewise. Those that reach nothing are left out.
    pub carriers: Vec<(String, Option<Vec<u32>>)>,
    /// Casts between types of the server's own that carry out a routine, which no text names: what they reach, likewise.
    pub casts: Vec<(String, Option<Vec<u32>>)>,
    /// What routines outside pg_catalog take and give.
    pub signatures: Vec<Signature>,
    /// Names of functions in schemas other than pg_catalog and information_schema that are
    /// volatile or not SQL-readable are in `routines`; the names of **all** functions outside
    /// pg_catalog are here.
    pub user_functions: HashSet<String>,
    /// Functions and operators outside pg_catalog that have the name of one in it.
    pub homonyms: Homonyms,
    /// Indexes on tags by (schema, name): what they are to the application, as [`CASE_MARK`] says.
    pub case_indexes: HashMap<(String, String), String>,
    /// The catalog facade; empty before `init` made it.
    pub facade: Facade,
    /// Relations with rules of their own (other than a view's `_RETURN`), and the relations that these name; 0 for a routine.
    pub ruled: HashMap<u32, Vec<u32>>,
    /// Relations with a trigger or a rule (other than a view's own `_RETURN`), by oid.
    pub triggered: HashSet<u32>,
    /// What decides about the rows that are written to a relation.
    pub judges: HashMap<u32, Vec<Arc<Judge>>>,
    /// Sequences that columns take their values from.
    pub serials: Vec<Serial>,
    /// Views WITH CHECK OPTION.
    pub checked_views: HashSet<u32>,
}

/// The comment of an index on a tag begins so: what it is to the application follows.
pub const CASE_MARK: &str = "sealwire ci: ";

/// `lower()` and `upper()` of the server under the database's default collation, beside Sealwire's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Case {
    /// Not compared.
    #[default]
    NotCompared,
    /// The same for every code point.
    Exact,
    /// Not the same, and why.
    Unlike(String),
}

/// The collations under which texts are sorted as their bytes are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByteOrder {
    /// The database's default collation is one.
    pub by_default: bool,
    /// Name of the locale that it has.
    pub default_name: String,
    /// Those of pg_catalog that do, by name. What else is one cannot be told.
    pub named: HashSet<String>,
}

impl ByteOrder {
    /// Whether a collation sorts by bytes: as the registry has it, quoted and perhaps qualified; `None` for the
    /// database's default.
    pub fn holds(&self, collation: Option<&str>) -> bool {
        let Some(name) = collation else {
            return self.by_default;
        };
        match super::split_qualified(name) {
            Some((schema, name)) if schema.as_deref().unwrap_or("pg_catalog") == "pg_catalog" => {
                if name == "default" {
                    self.by_default
                } else {
                    self.named.contains(&name)
                }
            }
            Some(_) | None => false,
        }
    }
}

/// One relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// `pg_class.oid`.
    pub oid: u32,
    /// Schema name.
    pub schema: String,
    /// Relation name.
    pub name: String,
    /// What it is.
    pub kind: RelationKind,
    /// Columns that are not dropped, in order of attnum.
    pub columns: Vec<Column>,
    /// For views and materialised views: `pg_get_viewdef`.
    pub definition: Option<String>,
    /// For views, from `pg_depend`: the relations that it reads directly.
    pub reads: Vec<u32>,
    /// Inheritance parents and partition parent, direct.
    pub parents: Vec<u32>,
    /// Unique indexes (primary key among them): attnums of plain columns, and those in expressions.
    pub unique_keys: Vec<Vec<i16>>,
    /// Those of them that tell two rows apart at any time: not deferrable, and all columns NOT NULL.
    pub keys: Vec<Vec<i16>>,
    /// Unique indexes on tags that are UNIQUE constraints to the application, by name.
    pub case_constraints: Vec<String>,
    /// Indexes that can give rows in an order.
    pub ordered: Vec<Ordered>,
}

/// An index that can give rows in the order of what it is on (btree, GiST and the like).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// Its name.
    pub name: String,
    /// What it is on, in its order: attnums, 0 for an expression.
    pub keys: Vec<i16>,
    /// All columns in it: those, what the expressions and the condition are made of, and what is included.
    pub columns: Vec<i16>,
    /// No two rows in it have all keys in common.
    pub unique: bool,
}

/// A sequence and a column that owns it, or whose default it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serial {
    /// Its name.
    pub name: String,
    /// The column: relation and attnum.
    pub column: (u32, i16),
}

/// `pg_class.relkind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum RelationKind {
    Table,
    PartitionedTable,
    View,
    MaterialisedView,
    ForeignTable,
    Other,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// `pg_attribute.attnum`, from 1.
    pub attnum: i16,
    /// Name.
    pub name: String,
    /// Type oid as the server has it (`sealwire.sealed`'s for a sealed column).
    pub type_oid: u32,
    /// Modifier.
    pub typmod: i32,
    /// NOT NULL.
    pub not_null: bool,
    /// Has a default, an identity or is generated.
    pub has_default: bool,
    /// GENERATED ALWAYS AS (…) STORED.
    pub generated: bool,
    /// The columns of its table that it is generated from.
    pub made_of: Vec<i16>,
}

/// One type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeInfo {
    /// Schema.
    pub schema: String,
    /// Name.
    pub name: String,
    /// `pg_type.typtype`.
    pub typtype: char,
    /// For a domain: the base type; else 0.
    pub base: u32,
    /// For an array: the element type; else 0.
    pub element: u32,
    /// For an enum: its labels.
    pub labels: Option<Arc<EnumLabels>>,
}

/// One foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// Constraint name.
    pub name: String,
    /// Referencing table and columns.
    pub from: (u32, Vec<i16>),
    /// Referenced table and columns.
    pub to: (u32, Vec<i16>),
    /// ON DELETE does something other than NO ACTION or RESTRICT.
    pub on_delete_acts: bool,
    /// ON UPDATE likewise.
    pub on_update_acts: bool,
}

impl Snapshot {
    /// Whether `lower()` and `upper()` of a column that is not sealed change letters of ASCII only.
    pub fn folds_ascii(&self, relation: u32, attnum: i16) -> bool {
        let own = self.collated.get(&(relation, attnum)).copied();
        own.unwrap_or(self.ascii_case)
    }

    /// Whether a column that is not sealed sorts by the bytes of its text.
    pub fn sorts_by_bytes(&self, relation: u32, attnum: i16) -> bool {
        let own = self.byte_ordered.get(&(relation, attnum)).copied();
        own.unwrap_or(self.byte_order)
    }

    /// The relation of this schema and name.
    pub fn relation(&self, schema: &str, name: &str) -> Option<&Arc<Relation>> {
        let oid = self.by_name.get(&(schema.to_owned(), name.to_owned()))?;
        self.relations.get(oid)
    }
}

impl Relation {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// `schema.name` for messages.
    pub fn qualified(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collation_is_known_by_its_name() {
        let order = |by_default| ByteOrder {
            by_default,
            default_name: String::new(),
            named: ["C", "ucs_basic"].map(str::to_owned).into(),
        };
        for (name, holds) in [
            ("\"C\"", true),
            ("pg_catalog.\"C\"", true),
            ("\"pg_catalog\".\"ucs_basic\"", true),
            ("pg_catalog.ucs_basic", true),
            ("own.\"C\"", false),
            ("\"en_US\"", false),
            ("a.b.c", false),
            ("\"C", false),
        ] {
            assert_eq!(order(true).holds(Some(name)), holds, "{name}");
        }
        for by_default in [true, false] {
            assert_eq!(order(by_default).holds(None), by_default);
            let named = Some("pg_catalog.\"default\"");
            assert_eq!(order(by_default).holds(named), by_default);
        }
    }
}
