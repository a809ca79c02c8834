//! Names of relations: which one it is, and what its columns are to this principal.

use std::sync::Arc;

use super::analysis::{Analysis, LeafState};
use super::edits::{Part, quoted};
use super::expression::value;
use super::guarded;
use super::lineage::{Column, Lineage};
use crate::catalog::{Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::policy::{Protected, ProtectedTable, Shut, Sight, Storage};
use crate::sql::Name;

/// What a relation's name stands for.
pub(super) enum Named {
    /// A table of WITH.
    Common(Vec<Column>),
    /// A temporary relation of the session: nothing protected can be in it.
    Temporary,
    /// A relation of the catalog.
    Relation(Arc<Relation>),
}

impl Analysis<'_> {
    /// Finds the relation, and qualifies its name in the text, so that the server takes the same one.
    pub(super) fn named(&mut self, path: &[Name], common: bool) -> Result<Named, Refusal> {
        let token = path.last().map(|name| name.token);
        let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
        let world = self.world;
        match names.as_slice() {
            [name] => {
                if common
                    && let Some((_, columns)) = self.ctes.iter().rev().find(|(own, _)| own == name)
                {
                    return match columns {
                        Some(columns) => Ok(Named::Common(columns.clone())),
                        None => self.refuse(
                            Fault::Unparsed,
                            "a table of WITH RECURSIVE is used before it is defined",
                            token,
                        ),
                    };
                }
                let environment = self.request.environment;
                let temporary =
                    self.view == 0 && environment.temp_relations.iter().any(|own| own == name);
                let path = &environment.search_path;
                // Temporary relations come first, unless the path says where.
                let placed = path.iter().any(|schema| is_temporary(schema));
                if temporary && !placed {
                    return self.temporary(token);
                }
                for schema in path {
                    if temporary && is_temporary(schema) {
                        return self.temporary(token);
                    }
                    if let Some(relation) = world.snapshot.relation(schema, name) {
                        self.qualify(&relation.schema, token)?;
                        return Ok(Named::Relation(Arc::clone(relation)));
                    }
                }
                self.missing(name, token)
            }
            [schema, name] | [_, schema, name] => {
                let database = if names.len() == 3 {
                    names.first().copied()
                } else {
                    None
                };
                if database.is_some_and(|database| database != world.snapshot.database) {
                    return self.refuse(Fault::Unparsed, "a relation of another database", token);
                }
                if is_temporary(schema) {
                    return Ok(Named::Temporary);
                }
                match world.snapshot.relation(schema, name) {
                    Some(relation) => Ok(Named::Relation(Arc::clone(relation))),
                    None => self.missing(name, token),
                }
            }
            _ => self.refuse(
                Fault::Unparsed,
                "a relation's name of too many parts",
                token,
            ),
        }
    }

    fn missing<T>(&mut self, name: &str, token: Option<usize>) -> Result<T, Refusal> {
        self.stale = true;
        let refusal = self.refusal(
            Fault::SchemaChanged,
            format!("relation \"{name}\" does not exist"),
            token,
        );
        Err(refusal.with_sqlstate("42P01"))
    }

    fn temporary(&mut self, token: Option<usize>) -> Result<Named, Refusal> {
        self.qualify("pg_temp", token)?;
        Ok(Named::Temporary)
    }

    pub(super) fn qualify(&mut self, schema: &str, token: Option<usize>) -> Result<(), Refusal> {
        let Some(token) = token else { return Ok(()) };
        if self.view > 0 || self.leaves.insert(token, LeafState::Done).is_some() {
            return Ok(());
        }
        self.insert_before(token, vec![Part::Text(format!("{}.", quoted(schema)))])
    }

    /// The columns of a relation that rows are read from.
    pub(super) fn columns_of(
        &mut self,
        relation: &Arc<Relation>,
        token: Option<usize>,
    ) -> Result<Vec<Column>, Refusal> {
        self.steered_policy(relation, token)?;
        if let Some(table) = self.world.protection.tables.get(&relation.oid).cloned() {
            return self.protected_columns(relation, &table, token);
        }
        if self.world.watch.reaching.contains(&relation.oid) {
            return match relation.kind {
                RelationKind::View | RelationKind::MaterialisedView => {
                    self.view_columns(relation, token)
                }
                RelationKind::Table
                | RelationKind::PartitionedTable
                | RelationKind::ForeignTable
                | RelationKind::Other => {
                    let message = format!(
                        "{} is a parent of a protected table and not protected itself",
                        relation.qualified()
                    );
                    self.refuse(Fault::UnsupportedStatement, message, token)
                }
            };
        }
        let restricted =
            relation.schema == "pg_catalog" || guarded::CATALOGS.contains(&relation.name.as_str());
        if restricted
            && guarded::CATALOGS.contains(&relation.name.as_str())
            && !self.request.rights.full_control_everywhere
            && self.view == 0
            && self.sees_masks()
        {
            let message = format!("{} can show values of protected columns", relation.name);
            return self.refuse(Fault::CatalogRestricted, message, token);
        }
        Ok(relation
            .columns
            .iter()
            .map(|column| Column::plain(column.name.clone()))
            .collect())
    }

    /// Every column of a protected table, by right. A protection that does not hold yet refuses the whole table.
    pub(super) fn protected_columns(
        &mut self,
        relation: &Relation,
        table: &ProtectedTable,
        token: Option<usize>,
    ) -> Result<Vec<Column>, Refusal> {
        self.tables.insert(table.oid);
        if let Some(why) = self.world.protection.shut {
            let (fault, what) = match why {
                Shut::Keys => (Fault::KeysetUnavailable, "the keys of"),
                Shut::Registry => (Fault::RegistryDamaged, "the registry that names"),
                Shut::Lease => (Fault::LeaseLost, "the protection of"),
            };
            let message = format!("{what} {}.{} cannot be used now", table.schema, table.name);
            return self.refuse(fault, message, token);
        }
        for column in table.columns.values() {
            match column.storage {
                Storage::Sealed(_) | Storage::MaskedOnly => {}
                Storage::NotYetSealed => {
                    let message = format!(
                        "column {} is to be sealed and is still plaintext",
                        column.qualified()
                    );
                    return self.refuse(Fault::NotYetSealed, message, token);
                }
                Storage::RuleMissing => {
                    let message = format!(
                        "column {} is registered as protected and no rule names it",
                        column.qualified()
                    );
                    return self.refuse(Fault::RuleMissing, message, token);
                }
            }
        }
        self.no_copies(relation, table, token)?;
        Ok(relation
            .columns
            .iter()
            .map(|own| {
                let lineage = match table.columns.get(&own.attnum) {
                    None => Lineage::Plain,
                    Some(column) => match column.storage {
                        Storage::MaskedOnly | Storage::NotYetSealed
                            if self.right(column).sight == Sight::Reveal =>
                        {
                            Lineage::Plain
                        }
                        Storage::MaskedOnly
                        | Storage::NotYetSealed
                        | Storage::Sealed(_)
                        | Storage::RuleMissing => value(column, Some((relation.oid, own.attnum))),
                    },
                };
                Column {
                    name: own.name.clone(),
                    lineage,
                }
            })
            .collect())
    }

    /// A generated column that is made of one which the role sees a mask of shows it, unless rules say what it shows.
    fn no_copies(
        &mut self,
        relation: &Relation,
        table: &ProtectedTable,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        for own in &relation.columns {
            if table.columns.contains_key(&own.attnum) {
                continue;
            }
            let bases = own.made_of.iter().filter_map(|of| table.columns.get(of));
            let hidden = |base: &&Arc<Protected>| self.right(base).sight != Sight::Reveal;
            if let Some(base) = bases.into_iter().find(hidden) {
                let message = format!(
                    "generated column {} is made of {}, and no rule names it",
                    own.name,
                    base.qualified()
                );
                return self.refuse(Fault::CopyUnruled, message, token);
            }
        }
        Ok(())
    }
}

fn is_temporary(schema: &str) -> bool {
    schema == "pg_temp" || schema.starts_with("pg_temp_")
}
