//! CREATE INDEX: on a column sealed for equality, by equality; on its letters without their case, by tag.

use super::Definition;
use super::cased::{Was, object_name, tag};
use super::reader::Reader;
use super::tables::Table;
use crate::fault::Refusal;
use crate::plan::edits::Part;
use crate::sql::Token;

impl Definition<'_> {
    /// Behind CREATE [UNIQUE] INDEX. False: it is on a table that no rule is about.
    pub(super) fn create_index(&mut self, reader: &mut Reader<'_>) -> Result<bool, Refusal> {
        let concurrently = reader.take(&["concurrently"]);
        let absent_only = reader.take(&["if", "not", "exists"]);
        let mut index = None;
        if !reader.is("on") {
            let (name, _) = reader.name().ok_or_else(|| self.unread(reader.at))?;
            index = Some(name);
        }
        let on = reader.at;
        if !reader.take(&["on"]) {
            return Err(self.unread(reader.at));
        }
        reader.take(&["only"]);
        let place = self
            .place(reader, false)
            .ok_or_else(|| self.unread(reader.at))?;
        let Some(table) = self
            .found(&place)?
            .filter(|table| !table.columns.is_empty())
        else {
            return Ok(false);
        };
        self.may_define(&table, place.token)?;
        self.names_allowed()?;
        let mut method = "btree".to_owned();
        if reader.take(&["using"]) {
            method = reader.name().ok_or_else(|| self.unread(reader.at))?.0;
        }
        let (first, end) = reader.group().ok_or_else(|| self.unread(reader.at))?;
        let mut marks: Vec<Was> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for (first, end) in reader.part(first, end).split() {
            names.push(self.key_name(first));
            marks.extend(self.index_key(&table, &method, reader.part(first, end))?);
        }
        if reader.take(&["include"]) {
            // Stored as it is.
            reader.group().ok_or_else(|| self.unread(reader.at))?;
        }
        while !reader.is_done() && !reader.is("where") {
            reader.at += 1;
        }
        if reader.take(&["where"]) {
            self.predicate(&table, *reader)?;
        }
        if let Some(was) = marks.first().copied() {
            if marks.iter().any(|one| *one != was) {
                let what = "an index with different case functions among its keys";
                let hint = "Make an index for each.";
                return Err(self.unsealable(what, hint, first));
            }
            let name = match index {
                Some(name) => name,
                None => {
                    // As the server would call it.
                    let name = object_name(&table.name, &names.join("_"), "idx");
                    let text = format!("{} ", super::quoted(&name));
                    self.insert_before(on, vec![Part::Text(text)]);
                    name
                }
            };
            // Nothing may stand beside one that is made concurrently, and what was there before stays what it is.
            if !concurrently && !absent_only {
                self.mark(&table.schema, &name, was);
            }
        }
        self.qualify(&place);
        Ok(true)
    }

    /// What the server calls a key in the name of an index.
    fn key_name(&self, mut first: usize) -> String {
        while self.own.get(first).is_some_and(|token| token.is_mark('(')) {
            first += 1;
        }
        let name = self.own.get(first).and_then(Token::name);
        let follows = self.own.get(first + 1);
        let names = follows.is_none_or(|token| {
            token.is_mark(',') || token.is_mark('(') || token.is_mark(')') || token.name().is_some()
        });
        name.filter(|_| names).unwrap_or("expr").to_owned()
    }

    /// One key. Operator class and collation of the declared type mean nothing to envelopes: they are left out.
    fn index_key(
        &mut self,
        table: &Table,
        method: &str,
        mut key: Reader<'_>,
    ) -> Result<Option<Was>, Refusal> {
        let begins = key.at;
        let mut behind = key;
        let case = match self.case_key(table, &mut behind) {
            Some(found) => match table.columns.get(&found.column).cloned() {
                Some(column) => self
                    .case_of(&found, &column, begins)?
                    .map(|was| (found, was)),
                None => None,
            },
            None => None,
        };
        let called = key.ahead(1).is_some_and(|token| token.is_mark('('));
        let column = key
            .peek()
            .and_then(Token::name)
            .filter(|_| !called)
            .and_then(|name| Some((name.to_owned(), table.columns.get(name)?.clone())));
        let name = match (&case, column) {
            (Some((found, _)), _) => {
                key = behind;
                let text = Part::Text(tag(&found.column));
                self.replace(begins, key.at, vec![text]);
                found.column.clone()
            }
            (None, Some((name, column))) => {
                key.at += 1;
                self.equality(&name, &column, begins)?;
                if column.scheme.is_none() {
                    return self.untouched(table, key).map(|()| None);
                }
                name
            }
            (None, None) => return self.untouched(table, key).map(|()| None),
        };
        if !matches!(method, "btree" | "hash") {
            let what = format!("an index of kind {method} on sealed column {name}");
            return Err(self.unsealable(
                &what,
                "Use a plain index: envelopes are compared for equality only.",
                begins,
            ));
        }
        let first = key.at;
        if key.take(&["collate"]) {
            key.path().ok_or_else(|| self.unread(begins))?;
        }
        let order = ["asc", "desc", "nulls"];
        if !key.is_done() && !key.is_any(&order) {
            let (class, at) = key
                .path()
                .and_then(|path| path.last().cloned())
                .ok_or_else(|| self.unread(begins))?;
            if !class.ends_with("_ops") {
                return Err(self.unread(at));
            }
        }
        let end = key.at;
        self.replace(first, end, Vec::new());
        if key.is_done() || key.is_any(&order) {
            Ok(case.map(|(_, was)| was))
        } else {
            Err(self.unread(key.at))
        }
    }

    /// WHERE of an index: whether a sealed column is NULL can be seen, and nothing else of it.
    fn predicate(&self, table: &Table, mut rest: Reader<'_>) -> Result<(), Refusal> {
        while let Some(token) = rest.peek() {
            let sealed = token
                .name()
                .is_some_and(|name| table.columns.contains_key(name));
            let at = rest.at;
            rest.at += 1;
            if sealed && !(rest.take(&["is", "null"]) || rest.take(&["is", "not", "null"])) {
                return Err(self.unsealable(
                    "a predicate over a sealed column in an index",
                    "Only IS NULL and IS NOT NULL can be told of it; leave the condition out.",
                    at,
                ));
            }
        }
        Ok(())
    }
}
