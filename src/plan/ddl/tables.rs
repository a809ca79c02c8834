//! The tables that a definition is about: as the catalog has them, and as the statements before it in the same text
//! have made them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::plan::World;
use crate::policy::{Protected, Storage};
use crate::seal::{Scheme, SealSpec};
use crate::sql::Token;
use crate::value::{Fold, Kind, Order, TokenSpec};

/// What earlier statements of the same text have defined.
#[derive(Debug, Default)]
pub(in crate::plan) struct Made {
    tables: HashMap<(String, String), Table>,
    /// Names of tables that were dropped, renamed or changed in a way that is not followed.
    unsure: HashSet<String>,
    /// Something was defined.
    pub(super) any: bool,
}

/// A table that rules are about.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) schema: String,
    pub(super) name: String,
    /// Its protected columns; the others are plain.
    pub(super) columns: BTreeMap<String, Column>,
    /// Unique indexes that stand for constraints over citext columns.
    pub(super) case_constraints: BTreeSet<String>,
}

/// A protected column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// How it is sealed; `None`: masked only.
    pub(super) scheme: Option<Scheme>,
    /// How its values are folded, where they are compared without regard to case.
    pub(super) ci: Option<Fold>,
    /// How its values are put in order.
    pub(super) order: Option<Order>,
    /// Its search tokens.
    pub(super) tokens: Option<TokenSpec>,
    /// It is citext to the application.
    pub(super) citext: bool,
    /// Its key domain by number, where there is one yet, and by name.
    pub(super) domain: (Option<u32>, Option<String>),
    /// As it is protected, where it was there before this text.
    pub(super) known: Option<Arc<Protected>>,
    /// It is not as the rules say: nothing may rest on it.
    pub(super) broken: bool,
}

/// A table, or why it is not known.
pub(super) enum Found {
    Table(Table),
    /// No rule is about it and nothing of it is protected.
    Plain,
    /// Earlier statements of the text changed it.
    Unsure,
}

impl Made {
    /// A table by schema and name.
    pub(super) fn find(&self, world: &World, schema: &str, name: &str) -> Found {
        if let Some(table) = self.tables.get(&(schema.to_owned(), name.to_owned())) {
            return Found::Table(table.clone());
        }
        if self.unsure.contains(name) {
            return Found::Unsure;
        }
        let protected = world
            .snapshot
            .relation(schema, name)
            .and_then(|relation| world.protection.tables.get(&relation.oid))
            .filter(|table| !table.observe);
        let rules = world.protection.rules.columns(schema, name);
        if protected.is_none() && rules.is_empty() {
            return Found::Plain;
        }
        let columns = protected
            .into_iter()
            .flat_map(|table| table.columns.values())
            .map(|column| {
                let named = rules
                    .get(&column.column)
                    .and_then(|rule| rule.seal.as_ref()?.domain.clone());
                (column.column.clone(), Column::of(column, named))
            })
            .collect();
        Found::Table(Table {
            schema: schema.to_owned(),
            name: name.to_owned(),
            columns,
            case_constraints: world
                .snapshot
                .relation(schema, name)
                .map(|relation| relation.case_constraints.iter().cloned().collect())
                .unwrap_or_default(),
        })
    }

    /// A table as it is now.
    pub(super) fn set(&mut self, table: Table) {
        self.any = true;
        self.tables
            .insert((table.schema.clone(), table.name.clone()), table);
    }

    /// What a name means is no longer known.
    pub(super) fn lose(&mut self, name: &str) {
        self.any = true;
        self.tables.retain(|(_, own), _| own != name);
        self.unsure.insert(name.to_owned());
    }

    /// Whether the statement names a table that was made in this text.
    pub(in crate::plan) fn hit(&self, own: &[Token]) -> bool {
        own.iter().filter_map(Token::name).any(|name| {
            self.unsure.contains(name) || self.tables.keys().any(|(_, own)| own == name)
        })
    }

    /// Whether a table of this name was made in this text.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.tables.keys().any(|(_, own)| own == name)
    }

    /// Whether a table of this schema and name was made in this text.
    pub(super) fn has(&self, schema: &str, name: &str) -> bool {
        self.tables
            .contains_key(&(schema.to_owned(), name.to_owned()))
    }
}

impl Column {
    fn of(column: &Arc<Protected>, named: Option<String>) -> Column {
        let (scheme, id, broken) = match &column.storage {
            Storage::Sealed(spec) => (Some(spec.scheme), Some(spec.domain), false),
            Storage::MaskedOnly => (None, None, false),
            Storage::NotYetSealed | Storage::RuleMissing => (None, None, true),
        };
        Column {
            scheme,
            ci: column.fold(),
            order: column.order(),
            tokens: column.tokens(),
            citext: column.declared.kind == Kind::Citext,
            domain: (id, named),
            known: Some(Arc::clone(column)),
            broken,
        }
    }

    /// How it is sealed, where it was there before.
    pub(super) fn spec(&self) -> Option<&SealSpec> {
        match &self.known.as_ref()?.storage {
            Storage::Sealed(spec) => Some(spec),
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
        }
    }

    /// Whether equal values of both are equal envelopes.
    pub(super) fn meets(&self, other: &Column) -> bool {
        let equality =
            |column: &Column| column.scheme == Some(Scheme::Deterministic) && !column.broken;
        let same_id = self.domain.0.is_some() && self.domain.0 == other.domain.0;
        let same_name = self.domain.1.is_some() && self.domain.1 == other.domain.1;
        equality(self)
            && equality(other)
            && (self.ci, self.order, self.tokens) == (other.ci, other.order, other.tokens)
            && (same_id || same_name)
    }
}
