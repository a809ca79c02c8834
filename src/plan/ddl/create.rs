//! CREATE TABLE.

use super::reader::Reader;
use super::tables::{Column, Table};
use super::{Definition, Place};
use crate::fault::{Fault, Refusal};
use crate::policy::Sight;

pub(super) const COLUMNS_FIRST: &str =
    "Create the table with its columns spelled out, then fill it with INSERT through the proxy.";

/// Words that a table's constraint begins with, and a column's name, unquoted, cannot.
const CONSTRAINTS: &[&str] = &[
    "constraint",
    "check",
    "unique",
    "primary",
    "foreign",
    "exclude",
];

impl Definition<'_> {
    /// Behind CREATE TABLE. False: no rule is about the table, and it is not made of others.
    pub(super) fn create_table(
        &mut self,
        reader: &mut Reader<'_>,
        temporary: bool,
    ) -> Result<bool, Refusal> {
        let absent_only = reader.take(&["if", "not", "exists"]);
        let place = self
            .place(reader, true)
            .ok_or_else(|| self.unread(reader.at))?;
        let body = reader.peek().is_some_and(|token| token.is_mark('('));
        let (Some(schema), false) = (place.schema.clone(), temporary || place.temporary) else {
            // It may have the name of a protected one, which it stands before in this session.
            return self.plain_table(*reader, body, true);
        };
        let rules = self.world.protection.rules.columns(&schema, &place.name);
        if rules.is_empty() {
            return self.plain_table(*reader, body, false);
        }
        let mut table = Table {
            schema,
            name: place.name.clone(),
            ..Table::default()
        };
        self.may_define(&table, place.token)?;
        self.names_allowed()?;
        if reader.is("partition") {
            // Its columns are its parent's.
            return Ok(false);
        }
        if !body {
            let what = "a table that the rules protect, made from something else than its columns";
            return Err(self.unsealable(what, COLUMNS_FIRST, reader.at));
        }
        if rules.values().any(|rule| rule.seal.is_some()) {
            self.initialised(place.token)?;
        }
        let (first, end) = reader.group().ok_or_else(|| self.unread(reader.at))?;
        let parts = reader.part(first, end).split();
        let mut constraints = Vec::new();
        let mut entries = Vec::new();
        let mut plain = Vec::new();
        for (at, (first, end)) in parts.iter().copied().enumerate() {
            let mut element = reader.part(first, end);
            if element.is("like") {
                let what = "LIKE in a table that the rules protect";
                return Err(self.unsealable(what, COLUMNS_FIRST, first));
            }
            if element.is_any(CONSTRAINTS) {
                constraints.push((at, element));
                continue;
            }
            let Some((name, _)) = element.name() else {
                // `()`: no columns at all.
                if first < end {
                    return Err(self.unread(first));
                }
                continue;
            };
            match rules.get(&name) {
                Some(rule) => {
                    let (column, entry) = self.column(&table, &name, rule, element, false)?;
                    table.columns.insert(name, column);
                    entries.extend(entry);
                }
                None => plain.push(element),
            }
        }
        for element in plain {
            self.plain_column(&table, element)?;
        }
        let mut taken = Vec::new();
        for (at, constraint) in constraints {
            if self.constraint(&table, constraint)? {
                taken.push(at);
            }
        }
        self.take_out(&parts, &taken);
        if reader.is("inherits") {
            let what = "INHERITS in a table that the rules protect";
            return Err(self.unsealable(what, COLUMNS_FIRST, reader.at));
        }
        self.untouched(&table, *reader)?;
        self.qualify(&place);
        if !(absent_only && !self.made.any && self.is_there(&place)) {
            for mut entry in entries {
                entry.anew = absent_only;
                self.enter(entry);
            }
            self.follow_up();
        }
        table
            .case_constraints
            .extend(std::mem::take(&mut self.case_constraints));
        self.made.set(table);
        Ok(true)
    }

    /// Takes elements out of a list, each with a comma beside it.
    fn take_out(&mut self, parts: &[(usize, usize)], taken: &[usize]) {
        // The first that stays needs no comma before it.
        let stays = (0..parts.len()).find(|at| !taken.contains(at));
        for at in taken {
            let Some((first, end)) = parts.get(*at).copied() else {
                continue;
            };
            if stays.is_some_and(|stays| stays < *at) {
                self.replace(first - 1, end, Vec::new());
            } else {
                self.replace(first, end + 1, Vec::new());
            }
        }
    }

    /// A table that no rule is about. What makes it of others is for the guard.
    fn plain_table(
        &mut self,
        mut rest: Reader<'_>,
        body: bool,
        temporary: bool,
    ) -> Result<bool, Refusal> {
        let Some((first, end)) = body.then(|| rest.group()).flatten() else {
            return Ok(false);
        };
        let inside = rest.part(first, end);
        for (first, end) in inside.split() {
            let mut element = rest.part(first, end);
            let place = (element.take(&["like"])).then(|| self.place(&mut element, false));
            if let Some(Some(place)) = place
                && self
                    .found(&place)?
                    .is_some_and(|table| !table.columns.is_empty())
            {
                let what = "LIKE of a protected table: nothing would be known of the sealed columns of the copy";
                return Err(self.unsealable(what, COLUMNS_FIRST, first));
            }
        }
        if temporary && rest.take(&["inherits"]) {
            let (first, end) = rest.group().ok_or_else(|| self.unread(rest.at))?;
            for (first, end) in rest.part(first, end).split() {
                let mut parent = rest.part(first, end);
                let place = self
                    .place(&mut parent, false)
                    .ok_or_else(|| self.unread(first))?;
                if self.found(&place)?.is_some() {
                    let what = "a temporary table that inherits from a protected one";
                    return Err(self.unsealable(what, COLUMNS_FIRST, first));
                }
            }
        }
        self.refers(inside)?;
        if rest.is("inherits") || rest.mentions(|word| word == "as").is_some() {
            return Ok(false);
        }
        self.names_allowed()?;
        Ok(true)
    }

    /// A foreign key to a column tells who may write whether a value is there.
    pub(super) fn refers(&mut self, mut rest: Reader<'_>) -> Result<(), Refusal> {
        while !rest.is_done() {
            if !rest.take(&["references"]) {
                rest.at += 1;
                continue;
            }
            let at = rest.at;
            let Some(place) = self.place(&mut rest, false) else {
                continue;
            };
            let Some(table) = self.found(&place)? else {
                continue;
            };
            let named = rest.peek().is_some_and(|token| token.is_mark('('));
            let names = if named { rest.names() } else { None };
            for (name, column) in &table.columns {
                let hit = names
                    .as_ref()
                    .is_none_or(|names| names.iter().any(|(own, _)| own == name));
                if hit {
                    self.seen(name, column, at)?;
                }
            }
        }
        Ok(())
    }

    fn is_there(&self, place: &Place) -> bool {
        let schema = place.schema.as_deref().unwrap_or_default();
        self.world.snapshot.relation(schema, &place.name).is_some()
    }

    /// What is left names no protected column: an expression over one would be a copy without protection, or fail with
    /// the value in its message.
    pub(super) fn untouched(&self, table: &Table, rest: Reader<'_>) -> Result<(), Refusal> {
        match rest.mentions(|name| table.columns.contains_key(name)) {
            None => Ok(()),
            Some(at) => Err(self.unsealable(
                "an expression over a protected column in the definition of its table",
                "The server sees sealed values only: check and compute in the application.",
                at,
            )),
        }
    }

    /// A key or another type of a column in plaintext fails with the values in its message: for who sees them alone.
    pub(super) fn seen(&self, name: &str, column: &Column, at: usize) -> Result<(), Refusal> {
        let Some(known) = column.known.as_ref().filter(|_| column.scheme.is_none()) else {
            return Ok(());
        };
        let rights = self.request.rights.tables.get(&known.table);
        let right = rights.and_then(|rights| rights.columns.get(&known.attnum));
        if right.is_some_and(|right| right.sight == Sight::Reveal) {
            return Ok(());
        }
        let message =
            format!("this role sees a mask of column {name} and may not change what it is");
        Err(self.refusal(Fault::LevelMissing, message, at))
    }
}
