//! What an expression's value is made of.

use std::sync::Arc;

use super::coerce::oid;
use crate::policy::{Protected, Storage};
use crate::seal::SealSpec;
use crate::sql::{CastSite, ConstantKind, Range};
use crate::value::Kind;

/// The lineage of one value.
#[derive(Debug, Clone)]
pub(super) enum Lineage {
    /// Nothing protected.
    Plain,
    /// Constants and placeholders only: a domain may adopt them.
    Constants(Constants),
    /// Exactly a value of protected columns of one domain, or NULL.
    Value(Value),
    /// An array of such values (`array_agg`).
    Array(Value),
}

impl Lineage {
    /// Whether a protected value is in it.
    pub(super) fn carries(&self) -> bool {
        match self {
            Lineage::Value(_) | Lineage::Array(_) => true,
            Lineage::Plain | Lineage::Constants(_) => false,
        }
    }
}

/// Constants that are nothing else yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Constants {
    /// Each of them, with the casts written directly around it.
    pub(super) leaves: Vec<Leaf>,
    /// Casts written around a name that stands for them (`p0::varchar` over VALUES).
    pub(super) casts: Vec<CastSite>,
    /// They are elements of the leaves, which are arrays (`UNNEST`).
    pub(super) elements: bool,
    /// They are result columns of a query: what has no type of its own is text there.
    pub(super) resolved: bool,
    /// They are branches of one value (CASE, COALESCE, a set operation), which has a type before it meets another: what
    /// has no type of its own is text there too.
    pub(super) united: bool,
}

/// One constant or placeholder in the text.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) kind: LeafKind,
    /// Its own tokens.
    pub(super) range: Range,
    /// Its tokens with casts and parentheses around it.
    pub(super) whole: Range,
    pub(super) casts: Vec<CastSite>,
}

#[derive(Debug, Clone)]
pub(super) enum LeafKind {
    Constant(ConstantKind),
    Placeholder(usize),
}

/// A protected value.
#[derive(Debug, Clone)]
pub(super) struct Value {
    /// The columns it may come from; never empty; all of one domain.
    pub(super) columns: Vec<Arc<Protected>>,
    /// (relation oid, attnum) that RowDescription must show, for a plain column reference.
    pub(super) origin: Option<(u32, i16)>,
    /// What the server would call the type of the expression, where it is not the column's own.
    pub(super) shown: Shown,
    /// Constants that are another branch of it, by their first tokens, where the columns might not hold them in the
    /// form in which they are shown: whatever does more than show the value asks for that first
    /// ([`super::analysis::Analysis::exactly`]).
    pub(super) beside: Vec<usize>,
}

/// The type that a value's expression has for the server, from the column's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The column's, with its modifier.
    Column,
    /// The column's, without it: functions, and branches whose modifiers differ (`exprTypmod`).
    NoModifier,
    /// text, for varchar that an operator has made text (NULLIF).
    AsText,
    /// This type with this modifier: another of text or another integer, which a constant beside it has, or which the
    /// constants have that the value is.
    As(u32, i32),
}

impl Value {
    /// The same value behind an expression that keeps its type but is no column.
    pub(super) fn derived(self) -> Value {
        Value {
            origin: None,
            ..self
        }
    }

    /// The same value behind one that loses the modifier.
    pub(super) fn unmodified(self) -> Value {
        let shown = match self.shown {
            Shown::Column | Shown::NoModifier => Shown::NoModifier,
            Shown::AsText => Shown::AsText,
            Shown::As(oid, _) => Shown::As(oid, -1),
        };
        Value {
            origin: None,
            shown,
            ..self
        }
    }

    /// Type and modifier that the server gives the expression.
    pub(super) fn told(&self) -> (u32, i32) {
        let Some(own) = self.column().map(|column| &column.declared) else {
            return (0, -1);
        };
        match self.shown {
            Shown::Column => (own.oid, own.typmod),
            Shown::AsText if matches!(own.kind, Kind::Text | Kind::Varchar { .. }) => {
                (oid::TEXT, -1)
            }
            Shown::NoModifier | Shown::AsText => (own.oid, -1),
            Shown::As(oid, typmod) => (oid, typmod),
        }
    }

    /// The same value where the server gives it this type and modifier.
    pub(super) fn told_as(self, told: u32, typmod: i32) -> Value {
        let own = self.column().map(|column| &column.declared);
        let shown = match own {
            Some(own) if own.oid == told && own.typmod == typmod => Shown::Column,
            Some(own) if own.oid == told && typmod == -1 => Shown::NoModifier,
            Some(_) | None => Shown::As(told, typmod),
        };
        Value {
            shown,
            origin: None,
            ..self
        }
    }

    /// The column that speaks for all: they share type and sealing.
    pub(super) fn column(&self) -> Option<&Arc<Protected>> {
        self.columns.first()
    }

    /// How it is sealed; `None` for a masked-only column.
    pub(super) fn spec(&self) -> Option<&SealSpec> {
        match &self.column()?.storage {
            Storage::Sealed(spec) => Some(spec),
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
        }
    }

    /// Whether envelopes of both compare and merge as their values would.
    pub(super) fn same_domain(&self, other: &Value) -> bool {
        match (self.spec(), other.spec()) {
            (Some(own), Some(theirs)) => own == theirs,
            (None, None) => {
                let types = |value: &Value| value.column().map(|column| column.declared.family());
                types(self) == types(other)
            }
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Whether the server calls both by one type, but for modifiers.
    pub(super) fn same_type(&self, other: &Value) -> bool {
        let types = |value: &Value| value.column().map(|column| column.declared.oid);
        types(self) == types(other)
    }

    /// Both as one.
    pub(super) fn with(mut self, other: Value) -> Value {
        let typmod = |value: &Value| value.column().map(|column| column.declared.typmod);
        if self.shown != other.shown || typmod(&self) != typmod(&other) {
            self = self.unmodified();
        }
        for column in other.columns {
            if !self.columns.contains(&column) {
                self.columns.push(column);
            }
        }
        self.beside.extend(other.beside);
        self.origin = None;
        self
    }
}

impl Lineage {
    /// The same as a result column of a subquery.
    pub(super) fn resolved(mut self) -> Lineage {
        if let Lineage::Constants(constants) = &mut self {
            constants.resolved = true;
        }
        self
    }

    /// The same as a value of several branches.
    pub(super) fn united(mut self) -> Lineage {
        if let Lineage::Constants(constants) = &mut self {
            constants.united = true;
        }
        self
    }
}

/// A result column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) lineage: Lineage,
}

impl Column {
    /// A column whose name in the server is not certain.
    pub(super) fn is_nameless(&self) -> bool {
        self.name.is_empty()
    }

    /// A protected one that may have whatever name.
    pub(super) fn may_hide(&self) -> bool {
        self.is_nameless() && self.lineage.carries()
    }

    pub(super) fn plain(name: impl Into<String>) -> Column {
        Column {
            name: name.into(),
            lineage: Lineage::Plain,
        }
    }
}
