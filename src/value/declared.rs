//! The declared (plaintext) type of a protected column.

use std::sync::Arc;

use super::{Canonical, Settings, ValueError};

/// A column's type as the application knows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DeclaredType {
    /// Type oid in this database (`pg_type.oid`); built-in types have fixed ones.
    pub oid: u32,
    /// Type modifier, -1 for none (`pg_attribute.atttypmod`).
    pub typmod: i32,
    /// What it is.
    pub kind: Kind,
}

/// The supported kinds. Modifiers are in here already taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as the types are")]
pub enum Kind {
    Text,
    /// `varchar` or `varchar(n)`: characters.
    Varchar {
        max: Option<u32>,
    },
    /// `char(n)`: characters; canonical form has trailing blanks stripped.
    Char {
        length: u32,
    },
    Int2,
    Int4,
    Int8,
    /// `numeric(p,s)`; `None` for `numeric` without them, which is sealed randomly only.
    Numeric {
        precision_scale: Option<(u16, i16)>,
    },
    Float4,
    Float8,
    Bool,
    Date,
    /// `time(p)`, digits of a second.
    Time {
        precision: Option<u8>,
    },
    Timestamp {
        precision: Option<u8>,
    },
    Timestamptz {
        precision: Option<u8>,
    },
    Uuid,
    Json,
    Jsonb,
    Bytea,
    Inet,
    /// `citext`: sealed randomly only, its text kept exactly.
    Citext,
    Enum(Arc<EnumLabels>),
    /// An array; the element has its own oid and modifier.
    Array(Box<DeclaredType>),
}

/// An enum type of this database.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnumLabels {
    /// Schema-qualified name as `format_type` gives it.
    pub name: String,
    /// Labels in sort order.
    pub labels: Vec<String>,
}

impl DeclaredType {
    /// From the catalog's numbers, for built-in types and arrays of them. `None`: not a supported
    /// built-in type (enums and citext are made by the catalog room).
    pub fn from_catalog(_oid: u32, _typmod: i32) -> Option<DeclaredType> {
        unimplemented!()
    }

    /// From a type name as rules and the registry write it and as `format_type` gives it:
    /// `text`, `character varying(40)`, `varchar(40)`, `numeric(10,2)`, `timestamp(3) with time zone`,
    /// `int[]`. Built-in types and arrays of them only.
    pub fn parse_name(_name: &str) -> Option<DeclaredType> {
        unimplemented!()
    }

    /// As `format_type(oid, typmod)` writes it.
    pub fn name(&self) -> String {
        unimplemented!()
    }

    /// `pg_type.typlen`: bytes, or -1.
    pub fn typlen(&self) -> i16 {
        unimplemented!()
    }

    /// Number of the canonical family, part of an envelope's associated data. Frozen: all integers
    /// share one, text and varchar share one, and so on; an array has 0x80 added.
    pub fn family(&self) -> u8 {
        unimplemented!()
    }

    /// Whether equal values always have identical output, so that the type may be sealed
    /// deterministically. `Err` says why not.
    ///
    /// # Errors
    /// The reason in one sentence.
    pub fn deterministic_allowed(&self) -> Result<(), &'static str> {
        unimplemented!()
    }

    /// Reads a value in text format as the server's input function would, modifiers applied as on
    /// assignment (22001 for too long, 22003 for out of range).
    ///
    /// # Errors
    /// PostgreSQL's own SQLSTATE.
    pub fn from_text(&self, _text: &[u8], _settings: &Settings) -> Result<Canonical, ValueError> {
        unimplemented!()
    }

    /// Reads a value in binary format that was sent as type `sent_as` (0: this type itself). Another
    /// type of the same family is taken as by an assignment cast (an int8 into an int4 column: 22003
    /// when out of range).
    ///
    /// # Errors
    /// 22P03 for a malformed binary value, or as for text.
    pub fn from_binary(&self, _sent_as: u32, _bytes: &[u8]) -> Result<Canonical, ValueError> {
        unimplemented!()
    }

    /// Writes the value as the server's output function would under the settings.
    ///
    /// # Errors
    /// XX001 where the canonical bytes are not of this type.
    pub fn to_text(
        &self,
        _value: &Canonical,
        _settings: &Settings,
        _out: &mut Vec<u8>,
    ) -> Result<(), ValueError> {
        unimplemented!()
    }

    /// Writes the value as the server's send function would.
    ///
    /// # Errors
    /// XX001 where the canonical bytes are not of this type.
    pub fn to_binary(&self, _value: &Canonical, _out: &mut Vec<u8>) -> Result<(), ValueError> {
        unimplemented!()
    }

    /// The element type and the elements of an array value that is sealed **element by element**, as
    /// for `= ANY($1)`: `self` is the element type, `text` an array literal. `None`: a NULL element.
    ///
    /// # Errors
    /// 22P02 for a malformed array literal, or the element's own error.
    pub fn elements_from_text(
        &self,
        _text: &[u8],
        _settings: &Settings,
    ) -> Result<Vec<Option<Canonical>>, ValueError> {
        unimplemented!()
    }

    /// The same from binary format (`array_send`): element oid is in the value.
    ///
    /// # Errors
    /// 22P03, or the element's own error.
    pub fn elements_from_binary(
        &self,
        _bytes: &[u8],
    ) -> Result<Vec<Option<Canonical>>, ValueError> {
        unimplemented!()
    }
}
