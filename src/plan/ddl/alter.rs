//! ALTER TABLE.

use std::sync::Arc;

use super::constant::default_sql;
use super::element::clause_end;
use super::reader::Reader;
use super::tables::{Column, Found, Table};
use super::{Definition, Place};
use crate::catalog::{Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::plan::edits::Part;
use crate::policy::{ColumnRule, Protected, Storage};
use crate::value::{DeclaredType, Kind};

const RULE_FIRST: &str =
    "Let the rules name the new column or table first, sealed as the old one is; then rename it.";

impl Definition<'_> {
    /// Behind ALTER TABLE. False: no rule is about the table.
    pub(super) fn alter_table(&mut self, reader: &mut Reader<'_>) -> Result<bool, Refusal> {
        if reader.is("all") {
            return Ok(false);
        }
        reader.take(&["if", "exists"]);
        reader.take(&["only"]);
        let place = self
            .place(reader, false)
            .ok_or_else(|| self.unread(reader.at))?;
        if reader.peek().is_some_and(|token| token.is_operator("*")) {
            reader.at += 1;
        }
        let Some(mut table) = self.found(&place)? else {
            self.takes_name(&place, *reader)?;
            if let Some((name, _)) = renamed(*reader) {
                self.made.lose(&place.name);
                self.made.lose(&name);
            }
            // What it says of others, it says in REFERENCES, where the server compares types.
            self.refers(*reader)?;
            self.names_allowed()?;
            return Ok(true);
        };
        self.may_define(&table, place.token)?;
        self.names_allowed()?;
        if reader.is("rename")
            || reader.is("set") && reader.ahead(1).is_some_and(|t| t.is_word("schema"))
        {
            self.rename(&table, &place, *reader)?;
        } else {
            for (first, end) in reader.split() {
                self.action(&mut table, reader.part(first, end))?;
            }
            self.follow_up();
            table
                .case_constraints
                .extend(std::mem::take(&mut self.case_constraints));
            self.made.set(table);
        }
        self.qualify(&place);
        Ok(true)
    }

    fn rename(
        &mut self,
        table: &Table,
        place: &Place,
        mut reader: Reader<'_>,
    ) -> Result<(), Refusal> {
        if reader.take(&["set", "schema"]) {
            let (schema, at) = reader.name().ok_or_else(|| self.unread(reader.at))?;
            self.moved(table, &schema, &table.name, at)?;
            self.made.lose(&place.name);
            return Ok(());
        }
        reader.take(&["rename"]);
        if reader.take(&["constraint"]) {
            let (name, first) = reader.name().ok_or_else(|| self.unread(reader.at))?;
            if table.case_constraints.contains(&name) {
                // The same words about the index.
                let index = vec![Part::Text(super::quoted(&name))];
                self.replace(place.token, place.token + 1, index);
                self.replace(first - 1, first + 1, Vec::new());
                self.made.lose(&place.name);
            }
            return Ok(());
        }
        if reader.take(&["to"]) {
            let (name, at) = reader.name().ok_or_else(|| self.unread(reader.at))?;
            self.moved(table, &table.schema, &name, at)?;
            self.made.lose(&place.name);
            self.made.lose(&name);
            return Ok(());
        }
        reader.take(&["column"]);
        let (from, _) = reader.name().ok_or_else(|| self.unread(reader.at))?;
        if !reader.take(&["to"]) {
            return Err(self.unread(reader.at));
        }
        let (to, at) = reader.name().ok_or_else(|| self.unread(reader.at))?;
        let rules = self
            .world
            .protection
            .rules
            .columns(&table.schema, &table.name);
        self.fits(table.columns.get(&from), rules.get(&to), &to, at)?;
        self.made.lose(&place.name);
        Ok(())
    }

    /// Writes an action that changes nothing: no sealed column has a default in the server.
    fn nothing(&mut self, table: &Table, first: usize, end: usize) {
        let sealed = (table.columns.iter()).find(|(_, column)| column.scheme.is_some());
        if let Some((name, _)) = sealed {
            let text = format!("ALTER COLUMN {} DROP DEFAULT", super::quoted(name));
            self.replace(first, end, vec![Part::Text(text)]);
        }
    }

    /// The rules of the table under its new name must be those of the old.
    fn moved(&self, table: &Table, schema: &str, name: &str, at: usize) -> Result<(), Refusal> {
        let rules = self.world.protection.rules.columns(schema, name);
        for (column, own) in &table.columns {
            self.fits(Some(own), rules.get(column), column, at)?;
        }
        let relation = self.world.snapshot.relation(&table.schema, &table.name);
        for (column, rule) in &rules {
            let there = relation.is_some_and(|relation| relation.column(column).is_some());
            if there && !table.columns.contains_key(column) {
                self.fits(None, Some(rule), column, at)?;
            }
        }
        Ok(())
    }

    /// A table that no rule is about comes under a name that the rules know: its columns of their names hold plaintext.
    fn takes_name(&self, place: &Place, mut reader: Reader<'_>) -> Result<(), Refusal> {
        if place.temporary {
            return Ok(());
        }
        let own = place.schema.as_ref();
        let (schemas, name, at): (Vec<String>, String, usize) = match renamed(reader) {
            Some((name, at)) => {
                let path = self.request.environment.search_path.iter();
                let schemas = own.map_or_else(|| path.cloned().collect(), |own| vec![own.clone()]);
                (schemas, name, at)
            }
            None if reader.take(&["set", "schema"]) => {
                let (schema, at) = reader.name().ok_or_else(|| self.unread(reader.at))?;
                (vec![schema], place.name.clone(), at)
            }
            None => return Ok(()),
        };
        let snapshot = &self.world.snapshot;
        let relation = own.and_then(|schema| snapshot.relation(schema, &place.name));
        let relation = relation.map(|relation| &**relation);
        schemas
            .iter()
            .try_for_each(|schema| self.plain_under(relation, schema, &name, at))
    }

    /// A plain table under a name: what the rules say of it must not be of a column in plaintext.
    fn plain_under(
        &self,
        relation: Option<&Relation>,
        schema: &str,
        name: &str,
        at: usize,
    ) -> Result<(), Refusal> {
        let rules = self.world.protection.rules.columns(schema, name);
        rules.iter().try_for_each(|(column, rule)| {
            let there = relation.is_none_or(|relation| relation.column(column).is_some());
            if there {
                self.fits(None, Some(rule), column, at)
            } else {
                Ok(())
            }
        })
    }

    /// ALTER SCHEMA … RENAME: every table in it comes under another name. False: another definition.
    pub(super) fn rename_schema(&mut self, reader: &mut Reader<'_>) -> Result<bool, Refusal> {
        let Some((from, at)) = reader.name() else {
            return Ok(false);
        };
        if !reader.take(&["rename", "to"]) {
            return Ok(false);
        }
        let (to, _) = reader.name().ok_or_else(|| self.unread(reader.at))?;
        if self.made.any {
            let message = "a schema renamed in one message with other definitions";
            return Err(self.refusal(Fault::MixedDdl, message, at));
        }
        let world = self.world;
        for relation in world.snapshot.relations.values() {
            if relation.schema != from
                || !matches!(
                    relation.kind,
                    RelationKind::Table
                        | RelationKind::PartitionedTable
                        | RelationKind::ForeignTable
                )
            {
                continue;
            }
            match self.made.find(world, &from, &relation.name) {
                Found::Table(table) => {
                    self.may_define(&table, at)?;
                    self.moved(&table, &to, &relation.name, at)?;
                }
                Found::Plain | Found::Unsure => {
                    self.plain_under(Some(relation), &to, &relation.name, at)?;
                }
            }
        }
        self.names_allowed()?;
        Ok(true)
    }

    /// What a column is, and what the rules say of its new name.
    fn fits(
        &self,
        column: Option<&Column>,
        rule: Option<&Arc<ColumnRule>>,
        name: &str,
        at: usize,
    ) -> Result<(), Refusal> {
        let refuse =
            |what: &str| Err(self.unsealable(&format!("column {name}: {what}"), RULE_FIRST, at));
        match (column, rule) {
            (None, None) => Ok(()),
            (None, Some(rule)) if rule.seal.is_none() => Ok(()),
            (None, Some(_)) => {
                refuse("the rules seal the new name, and the column holds plaintext")
            }
            (Some(_), None) => refuse("it is protected, and no rule names it under its new name"),
            (Some(column), Some(rule)) => {
                let alike = match &rule.seal {
                    None => column.scheme.is_none(),
                    Some(seal) => {
                        column.scheme == Some(seal.scheme)
                            && column.domain.1 == seal.domain
                            && column.spec().is_none_or(|spec| {
                                spec.pad == seal.pad
                                    && spec.ci.is_some() == seal.ci.is_some()
                                    && spec.order.is_some() == seal.order.is_some()
                                    && spec.tokens.is_some() == seal.tokens.is_some()
                            })
                    }
                };
                if alike || column.broken {
                    Ok(())
                } else {
                    refuse("it is protected otherwise than the rules say of its new name")
                }
            }
        }
    }

    /// One action of the list.
    fn action(&mut self, table: &mut Table, mut reader: Reader<'_>) -> Result<(), Refusal> {
        let begins = reader.at;
        if reader.take(&["add"]) {
            let constrains = [
                "constraint",
                "check",
                "unique",
                "primary",
                "foreign",
                "exclude",
            ];
            if reader.is_any(&constrains) {
                if self.constraint(table, reader)? {
                    self.nothing(table, begins, end_of(&reader));
                }
                return Ok(());
            }
            return self.add_column(table, reader);
        }
        if reader.take(&["drop"]) {
            if reader.take(&["constraint"]) {
                reader.take(&["if", "exists"]);
                let (name, _) = reader.name().ok_or_else(|| self.unread(reader.at))?;
                if table.case_constraints.remove(&name) {
                    self.nothing(table, begins, end_of(&reader));
                    let (schema, name) = (super::quoted(&table.schema), super::quoted(&name));
                    self.pending.push(format!("DROP INDEX {schema}.{name}"));
                }
                return Ok(());
            }
            reader.take(&["column"]);
            reader.take(&["if", "exists"]);
            let (name, _) = reader.name().ok_or_else(|| self.unread(reader.at))?;
            table.columns.remove(&name);
            return Ok(());
        }
        if reader.take(&["alter"]) {
            if reader.take(&["constraint"]) {
                return Ok(());
            }
            reader.take(&["column"]);
            let (name, at) = reader.name().ok_or_else(|| self.unread(reader.at))?;
            return match table.columns.get(&name).cloned() {
                Some(column) => self.alter_column(table, &name, &column, at, reader),
                None => self.untouched(table, reader),
            };
        }
        // Owners, triggers, storage, partitions: they name no column, or one by which the server tells rows apart.
        Ok(())
    }

    fn add_column(&mut self, table: &mut Table, mut reader: Reader<'_>) -> Result<(), Refusal> {
        reader.take(&["column"]);
        let absent_only = reader.take(&["if", "not", "exists"]);
        let (name, at) = reader.name().ok_or_else(|| self.unread(reader.at))?;
        let rules = self
            .world
            .protection
            .rules
            .columns(&table.schema, &table.name);
        let Some(rule) = rules.get(&name) else {
            return self.plain_column(table, reader);
        };
        if rule.seal.is_some() {
            self.initialised(at)?;
        }
        let (column, entry) = self.column(table, &name, rule, reader, true)?;
        table.columns.insert(name, column);
        if let Some(mut entry) = entry {
            entry.anew = absent_only;
            self.enter(entry);
        }
        Ok(())
    }

    fn alter_column(
        &mut self,
        table: &Table,
        name: &str,
        column: &Column,
        at: usize,
        mut reader: Reader<'_>,
    ) -> Result<(), Refusal> {
        let begins = reader.at;
        let nullable =
            reader.take(&["set", "not", "null"]) || reader.take(&["drop", "not", "null"]);
        if nullable
            || reader.is("set")
                && reader.ahead(1).is_some_and(|word| {
                    ["statistics", "storage", "compression"]
                        .iter()
                        .any(|own| word.is_word(own))
                        || word.is_mark('(')
                })
            || reader.take(&["reset"])
        {
            return Ok(());
        }
        let Some(known) = column.known.clone() else {
            let message = "a change of a column that earlier statements of the same message made";
            return Err(self.refusal(Fault::MixedDdl, message, at));
        };
        if column.broken {
            let message = format!("column {name} is not sealed as the rules say");
            return Err(self.refusal(Fault::NotYetSealed, message, at));
        }
        let sealed = column.scheme.is_some();
        let mut entry = self.known_entry(table, column, &known);
        if reader.take(&["set", "default"]) {
            if !sealed {
                return Ok(());
            }
            let first = reader.at;
            reader.at = clause_end(&mut reader, true);
            let constant = self.constant(first, reader.at, &known.declared)?;
            if let Some(constant) = &constant {
                self.default_fits(column, constant, first)?;
            }
            self.replace(
                begins,
                reader.at,
                vec![Part::Text("DROP DEFAULT".to_owned())],
            );
            entry.default = constant.map(|constant| (constant.text, constant.sql));
            self.enter(entry);
            return Ok(());
        }
        if reader.take(&["drop", "default"]) {
            if sealed && known.default.is_some() {
                entry.default = None;
                self.enter(entry);
            }
            return Ok(());
        }
        if reader.take(&["type"]) || reader.take(&["set", "data", "type"]) {
            self.seen(name, column, at)?;
            let declared = self.new_type(table, name, &known, &mut reader)?;
            if sealed {
                self.replace(
                    begins,
                    reader.at,
                    vec![Part::Text("TYPE sealwire.sealed".to_owned())],
                );
            }
            if declared != known.declared {
                entry.default = known
                    .default
                    .as_ref()
                    .map(|text| (text.clone(), default_sql(text, &declared)));
                entry.declared = self.world.snapshot.registered_name(&declared);
                self.enter(entry);
            }
            return Ok(());
        }
        self.untouched(table, reader)
            .and_then(|()| Err(self.unread(begins)))
    }

    /// The new type of a protected column: one that every value of the old is of as it is.
    fn new_type(
        &self,
        table: &Table,
        name: &str,
        known: &Protected,
        reader: &mut Reader<'_>,
    ) -> Result<DeclaredType, Refusal> {
        let first = reader.at;
        while !reader.is_done() && !reader.is_any(&["using", "collate"]) {
            reader.at += 1;
        }
        let rules = self
            .world
            .protection
            .rules
            .columns(&table.schema, &table.name);
        let rule = rules.get(name).ok_or_else(|| self.unread(first))?;
        let declared = self.declared(table, name, rule, first, reader.at)?;
        if known.storage == Storage::MaskedOnly {
            return Ok(declared);
        }
        let hint = "A sealed column's type can only be made wider. For another, take the protection off with `sealwire unprotect`, change the type, and protect it again.";
        let refuse = |at| Err(self.unsealable("a change of the type of a sealed column", hint, at));
        if reader.is("collate") {
            return refuse(reader.at);
        }
        if reader.take(&["using"]) {
            // `column::type`, as tools write it for any change of type.
            let at = reader.at;
            let own = reader.name().is_some_and(|(own, _)| own == name);
            let cast = reader.peek().is_some_and(|token| token.is_operator("::"));
            let to = self.type_text(at + 2, self.own.len().min(end_of(reader)));
            let same = self.world.snapshot.declared_named(&to).as_ref() == Some(&declared);
            if !(own && cast && same) {
                return refuse(at);
            }
            reader.at = end_of(reader);
        }
        if declared == known.declared || widens(&known.declared, &declared) {
            Ok(declared)
        } else {
            refuse(first)
        }
    }
}

/// Where the part that is read ends.
fn end_of(reader: &Reader<'_>) -> usize {
    let mut rest = *reader;
    while !rest.is_done() {
        rest.at += 1;
    }
    rest.at
}

/// Whether every value of one type is one of the other, sealed alike.
fn widens(from: &DeclaredType, to: &DeclaredType) -> bool {
    if from.family() != to.family() {
        return false;
    }
    match (&from.kind, &to.kind) {
        (Kind::Varchar { max: Some(from) }, Kind::Varchar { max: Some(to) }) => from <= to,
        (Kind::Varchar { .. } | Kind::Text, Kind::Varchar { max: None } | Kind::Text)
        | (Kind::Int2, Kind::Int4 | Kind::Int8)
        | (Kind::Int4, Kind::Int8) => true,
        _ => false,
    }
}

/// The new name in RENAME TO.
fn renamed(mut reader: Reader<'_>) -> Option<(String, usize)> {
    reader
        .take(&["rename", "to"])
        .then(|| reader.name())
        .flatten()
}
