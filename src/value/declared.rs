//! The declared (plaintext) type of a protected column.

use std::sync::Arc;

use super::{Canonical, Settings, ValueError, array, cast, codec, names, text};

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
    /// `char(n)`: characters; canonical form has trailing blanks stripped. 0: `bpchar` without a
    /// length, kept as it is and sealed randomly only.
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
    /// Oid of its array type; 0 where that is not known.
    pub array: u32,
}

/// Numbers of the canonical families. They are part of every envelope's associated data: never change
/// one, never use one again.
mod family {
    pub(super) const TEXT: u8 = 1;
    pub(super) const CHAR: u8 = 2;
    pub(super) const INTEGER: u8 = 3;
    pub(super) const FLOAT: u8 = 4;
    pub(super) const NUMERIC: u8 = 5;
    pub(super) const BOOL: u8 = 6;
    pub(super) const DATE: u8 = 7;
    pub(super) const TIME: u8 = 8;
    pub(super) const TIMESTAMP: u8 = 9;
    pub(super) const TIMESTAMPTZ: u8 = 10;
    pub(super) const UUID: u8 = 11;
    pub(super) const JSON: u8 = 12;
    pub(super) const JSONB: u8 = 13;
    pub(super) const BYTEA: u8 = 14;
    pub(super) const INET: u8 = 15;
    pub(super) const CITEXT: u8 = 16;
    pub(super) const ENUM: u8 = 17;
    /// Added for an array.
    pub(super) const ARRAY: u8 = 0x80;
}

impl DeclaredType {
    /// From the catalog's numbers, for built-in types and arrays of them. `None`: not a supported
    /// built-in type (enums and citext are made by the catalog room).
    pub fn from_catalog(oid: u32, typmod: i32) -> Option<DeclaredType> {
        names::from_catalog(oid, typmod)
    }

    /// From a type name as rules and the registry write it and as `format_type` gives it:
    /// `text`, `character varying(40)`, `varchar(40)`, `numeric(10,2)`, `timestamp(3) with time zone`,
    /// `int[]`. Built-in types and arrays of them only.
    pub fn parse_name(name: &str) -> Option<DeclaredType> {
        names::parse(name)
    }

    /// As `format_type(oid, typmod)` writes it.
    pub fn name(&self) -> String {
        names::write(self)
    }

    /// `pg_type.typlen`: bytes, or -1.
    pub fn typlen(&self) -> i16 {
        match self.kind {
            Kind::Bool => 1,
            Kind::Int2 => 2,
            Kind::Int4 | Kind::Float4 | Kind::Date | Kind::Enum(_) => 4,
            Kind::Int8
            | Kind::Float8
            | Kind::Time { .. }
            | Kind::Timestamp { .. }
            | Kind::Timestamptz { .. } => 8,
            Kind::Uuid => 16,
            Kind::Text
            | Kind::Varchar { .. }
            | Kind::Char { .. }
            | Kind::Numeric { .. }
            | Kind::Json
            | Kind::Jsonb
            | Kind::Bytea
            | Kind::Inet
            | Kind::Citext
            | Kind::Array(_) => -1,
        }
    }

    /// Number of the canonical family, part of an envelope's associated data. Frozen: all integers
    /// share one, text and varchar share one, and so on; an array has 0x80 added.
    pub fn family(&self) -> u8 {
        match &self.kind {
            Kind::Text | Kind::Varchar { .. } => family::TEXT,
            Kind::Char { .. } => family::CHAR,
            Kind::Int2 | Kind::Int4 | Kind::Int8 => family::INTEGER,
            Kind::Float4 | Kind::Float8 => family::FLOAT,
            Kind::Numeric { .. } => family::NUMERIC,
            Kind::Bool => family::BOOL,
            Kind::Date => family::DATE,
            Kind::Time { .. } => family::TIME,
            Kind::Timestamp { .. } => family::TIMESTAMP,
            Kind::Timestamptz { .. } => family::TIMESTAMPTZ,
            Kind::Uuid => family::UUID,
            Kind::Json => family::JSON,
            Kind::Jsonb => family::JSONB,
            Kind::Bytea => family::BYTEA,
            Kind::Inet => family::INET,
            Kind::Citext => family::CITEXT,
            Kind::Enum(_) => family::ENUM,
            Kind::Array(element) => family::ARRAY | element.family(),
        }
    }

    /// Whether equal values always have identical output, so that the type may be sealed
    /// deterministically. `Err` says why not.
    ///
    /// # Errors
    /// The reason in one sentence.
    pub fn deterministic_allowed(&self) -> Result<(), &'static str> {
        match &self.kind {
            Kind::Numeric {
                precision_scale: None,
            } => Err(
                "numeric without precision and scale holds equal values with different output (1.0 and 1.00)",
            ),
            Kind::Char { length: 0 } => {
                Err("bpchar without a length holds equal values with different output")
            }
            Kind::Json => Err("json keeps its text as it was written, and has no equality"),
            Kind::Jsonb => Err("jsonb holds equal values with different output (1.0 and 1.00)"),
            Kind::Citext => Err("citext holds equal values with different output (A and a)"),
            Kind::Array(element) => element.deterministic_allowed(),
            Kind::Text
            | Kind::Varchar { .. }
            | Kind::Char { .. }
            | Kind::Int2
            | Kind::Int4
            | Kind::Int8
            | Kind::Numeric { .. }
            | Kind::Float4
            | Kind::Float8
            | Kind::Bool
            | Kind::Date
            | Kind::Time { .. }
            | Kind::Timestamp { .. }
            | Kind::Timestamptz { .. }
            | Kind::Uuid
            | Kind::Bytea
            | Kind::Inet
            | Kind::Enum(_) => Ok(()),
        }
    }

    /// Reads a value in text format as the server's input function would, modifiers applied as on
    /// assignment (22001 for too long, 22003 for out of range).
    ///
    /// # Errors
    /// PostgreSQL's own SQLSTATE.
    pub fn from_text(&self, text: &[u8], settings: &Settings) -> Result<Canonical, ValueError> {
        codec::read_text(self, text, settings).map(Canonical::new)
    }

    /// Whether this is a float's -0, in text or in binary format: its canonical form is that of 0.
    pub fn is_minus_zero(&self, value: &[u8], binary: bool) -> bool {
        if !matches!(self.kind, Kind::Float4 | Kind::Float8) {
            return false;
        }
        if binary {
            return matches!(value, [0x80, rest @ ..] if rest.iter().all(|byte| *byte == 0));
        }
        let text = std::str::from_utf8(value).unwrap_or_default();
        text.trim()
            .parse::<f64>()
            .is_ok_and(|value| value == 0.0 && value.is_sign_negative())
    }

    /// What an explicit cast to this type leaves of a text: of varchar(n) and char(n) the first characters.
    pub fn cut<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        text::cut(&self.kind, text)
    }

    /// Reads a value in binary format that was sent as type `sent_as` (0: this type itself). Another
    /// type of the same family is taken as by an assignment cast (an int8 into an int4 column: 22003
    /// when out of range).
    ///
    /// # Errors
    /// 22P03 for a malformed binary value, or as for text.
    pub fn from_binary(&self, sent_as: u32, bytes: &[u8]) -> Result<Canonical, ValueError> {
        // An array tells the type of its elements itself.
        let bytes = match cast::sent_kind(self, sent_as) {
            Some(sent) if !matches!(self.kind, Kind::Array(_)) => cast::read(self, &sent, bytes)?,
            _ => codec::read_binary(self, bytes)?,
        };
        Ok(Canonical::new(bytes))
    }

    /// Writes the value as the server's output function would under the settings.
    ///
    /// # Errors
    /// XX001 where the canonical bytes are not of this type.
    pub fn to_text(
        &self,
        value: &Canonical,
        settings: &Settings,
        out: &mut Vec<u8>,
    ) -> Result<(), ValueError> {
        codec::write_text(self, value.expose_plaintext(), settings, out)
    }

    /// Writes the value as the server's send function would.
    ///
    /// # Errors
    /// XX001 where the canonical bytes are not of this type.
    pub fn to_binary(&self, value: &Canonical, out: &mut Vec<u8>) -> Result<(), ValueError> {
        codec::write_binary(self, value.expose_plaintext(), out)
    }

    /// The element type and the elements of an array value that is sealed **element by element**, as
    /// for `= ANY($1)`: `self` is the element type, `text` an array literal. `None`: a NULL element.
    ///
    /// # Errors
    /// 22P02 for a malformed array literal, or the element's own error.
    pub fn elements_from_text(
        &self,
        text: &[u8],
        settings: &Settings,
    ) -> Result<Vec<Option<Canonical>>, ValueError> {
        Ok(array::read_text(text::utf8(text)?, self, settings)?.elements)
    }

    /// The same from binary format (`array_send`): element oid is in the value.
    ///
    /// # Errors
    /// 22P03, or the element's own error.
    pub fn elements_from_binary(&self, bytes: &[u8]) -> Result<Vec<Option<Canonical>>, ValueError> {
        Ok(array::read_binary(bytes, self)?.elements)
    }
}
