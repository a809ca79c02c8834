//! CREATE INDEX: on a column sealed for equality, by equality.

use super::Definition;
use super::reader::Reader;
use super::tables::Table;
use crate::fault::Refusal;
use crate::sql::Token;

impl Definition<'_> {
    /// Behind CREATE [UNIQUE] INDEX. False: it is on a table that no rule is about.
    pub(super) fn create_index(
        &mut self,
        reader: &mut Reader<'_>,
        _unique: bool,
    ) -> Result<bool, Refusal> {
        reader.take(&["concurrently"]);
        reader.take(&["if", "not", "exists"]);
        if !reader.is("on") {
            reader.name().ok_or_else(|| self.unread(reader.at))?;
        }
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
        for (first, end) in reader.part(first, end).split() {
            self.index_key(&table, &method, reader.part(first, end))?;
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
        self.qualify(&place);
        Ok(true)
    }

    /// One key. Operator class and collation of the declared type mean nothing to envelopes: they are left out.
    fn index_key(
        &mut self,
        table: &Table,
        method: &str,
        mut key: Reader<'_>,
    ) -> Result<(), Refusal> {
        let begins = key.at;
        let called = key.ahead(1).is_some_and(|token| token.is_mark('('));
        let column = key
            .peek()
            .and_then(Token::name)
            .filter(|_| !called)
            .and_then(|name| Some((name.to_owned(), table.columns.get(name)?.clone())));
        let Some((name, column)) = column else {
            return self.untouched(table, key);
        };
        key.at += 1;
        self.equality(&name, &column, begins)?;
        if column.scheme.is_none() {
            return self.untouched(table, key);
        }
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
            Ok(())
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
