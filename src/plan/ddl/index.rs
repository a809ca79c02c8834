//! CREATE INDEX: on a column sealed for equality, by equality.

use super::Definition;
use super::reader::Reader;
use super::tables::Table;
use crate::catalog::quote_literal;
use crate::fault::Refusal;
use crate::plan::Piece;
use crate::plan::edits::Part;
use crate::sql::Token;
use crate::value::CaseFunction;

impl Definition<'_> {
    /// Behind CREATE [UNIQUE] INDEX. False: it is on a table that no rule is about.
    pub(super) fn create_index(
        &mut self,
        reader: &mut Reader<'_>,
        _unique: bool,
    ) -> Result<bool, Refusal> {
        let concurrently = reader.take(&["concurrently"]);
        reader.take(&["if", "not", "exists"]);
        let mut name = None;
        if !reader.is("on") {
            name = Some(reader.name().ok_or_else(|| self.unread(reader.at))?.0);
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
        let mut functions = Vec::new();
        for (from, to) in reader.part(first, end).split() {
            let key = reader.part(from, to);
            match self.tag_key(&table, &method, key)? {
                Some(function) => functions.push(function),
                None => self.index_key(&table, &method, key)?,
            }
        }
        if let Some(function) = functions.first().copied() {
            if concurrently || functions.iter().any(|other| *other != function) {
                let what = "an index on lower() or upper() of a sealed column, made CONCURRENTLY or with both of them";
                return Err(self.unsealable(
                    what,
                    "Make it without CONCURRENTLY, on one of them.",
                    first,
                ));
            }
            let Some(name) = name else {
                let what = "an index without a name on lower() or upper() of a sealed column";
                return Err(self.unsealable(what, "Give the index a name.", first));
            };
            let written = match function {
                CaseFunction::Lower => "lower",
                CaseFunction::Upper => "upper",
            };
            let texts = [&table.schema, &name].map(|text| quote_literal(text));
            self.defined.after.push(Piece::Text(format!(
                "CALL sealwire.note_index({}, '{written}')",
                texts.join(", ")
            )));
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

    /// `lower(c)` or `upper(c)` of a column with a tag as a key: the tag. `None`: another key.
    fn tag_key(
        &mut self,
        table: &Table,
        method: &str,
        mut key: Reader<'_>,
    ) -> Result<Option<CaseFunction>, Refusal> {
        let begins = key.at;
        let mut inside = key;
        if let Some((first, end)) = key.group() {
            inside = key.part(first, end);
        } else {
            key.at += 1;
            key.group();
        }
        let function = if inside.take(&["lower"]) {
            CaseFunction::Lower
        } else if inside.take(&["upper"]) {
            CaseFunction::Upper
        } else {
            return Ok(None);
        };
        let Some((first, end)) = inside.group() else {
            return Ok(None);
        };
        let mut argument = inside.part(first, end);
        // As the server itself writes it: lower((c)::text).
        let mut bracketed = argument;
        if let Some((first, end)) = bracketed.group() {
            let mut alone = argument.part(first, end);
            if alone.name().is_none() || !alone.is_done() {
                return Ok(None);
            }
            argument = argument.part(first, end);
        } else {
            bracketed.name();
        }
        let Some((name, at)) = argument.name() else {
            return Ok(None);
        };
        let Some(column) = table
            .columns
            .get(&name)
            .filter(|column| column.scheme.is_some())
        else {
            return Ok(None);
        };
        if bracketed
            .peek()
            .is_some_and(|token| token.is_operator("::"))
        {
            bracketed.at += 1;
            bracketed.take(&["text"]);
        }
        let own = &self.world.snapshot.user_functions;
        let certain = !own.contains("lower") && !own.contains("upper");
        // An operator class or an order means nothing to tags; what else there may be is not read.
        let bare = bracketed.is_done() && inside.is_done() && key.is_done();
        let answers = column.fold.is_some_and(|fold| fold.answers(function));
        if !(certain && bare && answers && !column.broken && matches!(method, "btree" | "hash")) {
            let what = format!("an index on a case function of sealed column {name}");
            let hint = "Give the column search = [\"equality-ci\"] in its rule, and the index nothing but lower(column) or \
                upper(column), as the rule's `fold` answers it.";
            return Err(self.unsealable(&what, hint, at));
        }
        let tag = format!("sealwire.ci({})", super::quoted(&name));
        self.replace(begins, key.at, vec![Part::Text(tag)]);
        Ok(Some(function))
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
