//! What a definition enters into the registry.

use super::tables::{Column, Table};
use super::{Definition, constant};
use crate::fault::Refusal;
use crate::plan::{Chosen, NewEntry, NewSeal, Piece};
use crate::policy::{ColumnRule, Protected, Storage};
use crate::seal::SealSpec;
use crate::value::{DeclaredType, Fold, Order, TokenSpec};

impl Definition<'_> {
    /// The entry of a column that is being made.
    pub(super) fn new_entry(
        &self,
        table: &Table,
        column: &str,
        rule: &ColumnRule,
        declared: &DeclaredType,
        ci: Option<Fold>,
        (order, tokens): (Option<Order>, Option<TokenSpec>),
    ) -> NewEntry {
        let seal = rule.seal.as_ref().map(|seal| NewSeal {
            scheme: seal.scheme,
            ci,
            order,
            tokens,
            family: declared.family(),
            pad: seal.pad,
            domain: seal.domain.clone(),
            keyset: seal.keyset.clone(),
            known: seal.domain.as_deref().and_then(|name| self.domain(name)),
            chosen: Chosen::default(),
        });
        NewEntry {
            schema: table.schema.clone(),
            table: table.name.clone(),
            column: column.to_owned(),
            declared: self.world.snapshot.registered_name(declared),
            collation: None,
            seal,
            default: None,
            anew: true,
        }
    }

    /// The columns of one key domain are sealed alike.
    pub(super) fn alike(&self, name: &str, entry: &NewEntry, at: usize) -> Result<(), Refusal> {
        let Some(seal) = &entry.seal else {
            return Ok(());
        };
        let alike = seal.known.as_ref().is_none_or(|known| {
            (known.scheme, known.ci, known.order, known.tokens)
                == (seal.scheme, seal.ci, seal.order, seal.tokens)
                && (known.family, known.pad) == (seal.family, seal.pad)
        });
        if alike {
            return Ok(());
        }
        let what = format!(
            "column {name}: key domain {} holds columns of another type, collation, search or pad",
            seal.domain.as_deref().unwrap_or_default()
        );
        Err(self.unsealable(&what, "Columns of one domain are sealed alike.", at))
    }

    /// The entry of a column that is there, to be changed.
    pub(super) fn known_entry(
        &self,
        table: &Table,
        column: &Column,
        known: &Protected,
    ) -> NewEntry {
        let seal = match &known.storage {
            Storage::Sealed(spec) => Some(NewSeal {
                scheme: spec.scheme,
                ci: spec.ci,
                order: spec.order,
                tokens: spec.tokens,
                family: spec.family,
                pad: spec.pad,
                domain: column.domain.1.clone(),
                keyset: None,
                known: Some(spec.clone()),
                chosen: Chosen::default(),
            }),
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => None,
        };
        let default = known.default.as_ref().map(|text| {
            let sql = constant::default_sql(text, &known.declared);
            (text.clone(), sql)
        });
        NewEntry {
            schema: table.schema.clone(),
            table: table.name.clone(),
            column: known.column.clone(),
            declared: self.world.snapshot.registered_name(&known.declared),
            collation: None,
            seal,
            default,
            anew: false,
        }
    }

    /// Carries the entry out after the statement.
    pub(super) fn enter(&mut self, entry: NewEntry) {
        self.defined.after.push(Piece::Entry(Box::new(entry)));
    }

    /// How the columns of a named key domain are sealed, where there are any.
    fn domain(&self, name: &str) -> Option<SealSpec> {
        let protection = &self.world.protection;
        protection.tables.values().find_map(|table| {
            let rules = protection.rules.columns(&table.schema, &table.name);
            table.columns.values().find_map(|column| {
                let rule = rules.get(&column.column)?.seal.as_ref()?;
                match &column.storage {
                    Storage::Sealed(spec) if rule.domain.as_deref() == Some(name) => {
                        Some(spec.clone())
                    }
                    Storage::Sealed(_)
                    | Storage::MaskedOnly
                    | Storage::NotYetSealed
                    | Storage::RuleMissing => None,
                }
            })
        })
    }
}
