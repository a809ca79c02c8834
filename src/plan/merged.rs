//! Values that lie in the server in plaintext and are hidden from the role (masked-only columns), beside others. The server
//! gives all of them one type first, and converts what has another: that could fail by the value, or carry out a routine
//! of whoever made the other type, before a mask stands in the value's place. So such a value is merged only with what it
//! stays as it is beside: NULL, constants without a type, and those of types that change nothing about it.

use super::adopt::How;
use super::analysis::{Analysis, LeafState};
use super::coerce::oid;
use super::edits::{Part, quoted};
use super::lineage::{Constants, Leaf, LeafKind, Lineage, Value};
use super::typing::literal_type;
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{CastSite, TokenKind};
use crate::value::{DeclaredType, Kind};

const HINT: &str = "Merge it with NULL, or with a constant that has no type or the column's own; or ask for reveal.";

/// Names of types that the grammar itself knows: whatever the search path, they mean the server's own.
const KEYWORDS: &[&str] = &[
    "bigint",
    "boolean",
    "char",
    "character",
    "dec",
    "decimal",
    "double",
    "float",
    "int",
    "integer",
    "numeric",
    "real",
    "smallint",
    "time",
    "timestamp",
    "varchar",
];

impl Analysis<'_> {
    /// A hidden plaintext value beside one whose type is not known here.
    pub(super) fn beside_plain(
        &self,
        value: Value,
        token: Option<usize>,
    ) -> Result<Lineage, Refusal> {
        // What a view merges is the business of who made it.
        if self.view > 0 || value.columns.iter().all(|column| self.reveals(column)) {
            return Ok(Lineage::Value(value.unmodified()));
        }
        match value.column() {
            Some(column) => self.converted(column, token),
            None => Ok(Lineage::Plain),
        }
    }

    fn converted<T>(&self, column: &Protected, token: Option<usize>) -> Result<T, Refusal> {
        let message = format!(
            "column {} is hidden from this role, and the server could convert it to the type of what stands beside it",
            column.qualified()
        );
        self.refuse(Fault::DomainsDiffer, message, token)
            .map_err(|refusal| refusal.with_hint(HINT))
    }

    /// Needs the server to leave a hidden plaintext value as it is beside the constants, and their types to be those that
    /// their names are read as here.
    pub(super) fn unconverted(
        &mut self,
        constants: &Constants,
        column: &Protected,
        how: How,
        array: bool,
    ) -> Result<(), Refusal> {
        let merges = match how {
            How::Merge(_) => true,
            How::Compare | How::InList(_) | How::NullIf => false,
            How::Assign | How::Argument => return Ok(()),
        };
        if self.view > 0 {
            return Ok(());
        }
        for leaf in &constants.leaves {
            let token = Some(leaf.range.first);
            let given = self.given_type(leaf, constants, column, array)?;
            let own = column.declared.oid;
            let stays = match given {
                0 => true,
                given if given == own => true,
                given if merges => stays(&column.declared.kind, given),
                // An operator of two of the server's own types: none of those that are known here fails by a value.
                given => given == oid::NAME || DeclaredType::from_catalog(given, -1).is_some(),
            };
            if !stays {
                return self.converted(column, token);
            }
        }
        Ok(())
    }

    /// The type that a constant has by itself; 0 for none.
    fn given_type(
        &mut self,
        leaf: &Leaf,
        constants: &Constants,
        column: &Protected,
        array: bool,
    ) -> Result<u32, Refusal> {
        let given = match (constants.casts.last().or(leaf.casts.last()), &leaf.kind) {
            (Some(site), _) => {
                let (_, ty) = self.cast_type(site, column, array)?;
                self.fix_type(site, &ty, column)?;
                ty.oid
            }
            (None, LeafKind::Placeholder(number)) => match self.declared(*number) {
                0 => 0,
                given if array => self.element_of(given, leaf.range.first)?,
                given => given,
            },
            (None, LeafKind::Constant(kind)) => literal_type(kind),
        };
        Ok(if given == oid::UNKNOWN { 0 } else { given })
    }

    /// Writes the schema before a type's name where another could be found first: a type of the session's own comes before
    /// the server's.
    fn fix_type(
        &mut self,
        site: &CastSite,
        ty: &DeclaredType,
        column: &Protected,
    ) -> Result<(), Refusal> {
        let token = site.ty.first;
        let word = site.name.split([' ', '(', '[']).next().unwrap_or_default();
        let spelled = matches!(
            self.tokens.get(token).map(|token| &token.kind),
            Some(TokenKind::Word(_))
        );
        let given = (self.tokens.get(token)).is_some_and(|own| own.is_word("pg_catalog"));
        if spelled && KEYWORDS.contains(&word) || given {
            return Ok(());
        }
        let element = match &ty.kind {
            Kind::Array(element) => element.oid,
            _ => ty.oid,
        };
        let own = self.world.snapshot.types.get(&element);
        let schema = match (DeclaredType::from_catalog(element, -1), own) {
            (Some(_), _) if !word.contains('.') => "pg_catalog",
            (None, Some(own)) if word == own.name => own.schema.as_str(),
            (None, Some(own)) if word == format!("{}.{}", own.schema, own.name) => return Ok(()),
            (Some(_) | None, _) => return self.converted(column, Some(token)),
        };
        let schema = format!("{}.", quoted(schema));
        if self.leaves.insert(token, LeafState::Done).is_some() {
            return Ok(());
        }
        self.insert_before(token, vec![Part::Text(schema)])
    }
}

/// Whether a value of a column stays what it is, or becomes what any value of its type can, beside one of this type.
fn stays(own: &Kind, given: u32) -> bool {
    let integer = matches!(given, oid::INT2 | oid::INT4 | oid::INT8);
    let float = matches!(given, oid::FLOAT4 | oid::FLOAT8);
    match own {
        Kind::Text | Kind::Varchar { .. } | Kind::Char { .. } => {
            matches!(given, oid::TEXT | oid::VARCHAR | oid::BPCHAR)
        }
        Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Float4 | Kind::Float8 => {
            integer || float || given == oid::NUMERIC
        }
        Kind::Numeric { .. } => integer,
        Kind::Timestamp { .. } => given == oid::DATE,
        Kind::Timestamptz { .. } => matches!(given, oid::DATE | oid::TIMESTAMP),
        Kind::Bool
        | Kind::Date
        | Kind::Time { .. }
        | Kind::Uuid
        | Kind::Json
        | Kind::Jsonb
        | Kind::Bytea
        | Kind::Inet
        | Kind::Citext
        | Kind::Enum(_)
        | Kind::Array(_) => false,
    }
}
