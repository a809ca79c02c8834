//! Constraints of a table, and foreign keys between columns of one key domain.

use super::Definition;
use super::reader::Reader;
use super::tables::Table;
use crate::fault::{Fault, Refusal};

impl Definition<'_> {
    /// A constraint of a table, as CREATE TABLE and ADD have it. True: it is to be taken out, an index follows.
    pub(super) fn constraint(
        &mut self,
        table: &Table,
        mut reader: Reader<'_>,
    ) -> Result<bool, Refusal> {
        let mut own = None;
        if reader.take(&["constraint"]) {
            let (name, _) = reader.name().ok_or_else(|| self.unread(reader.at))?;
            own = Some(name);
        }
        let unique = reader.is("unique");
        if reader.take(&["unique"]) || reader.take(&["primary", "key"]) {
            if reader.is("using") {
                // USING INDEX: what the index bears was looked at when it was made.
                return Ok(false);
            }
            let not_distinct = reader.take(&["nulls", "not", "distinct"]);
            reader.take(&["nulls", "distinct"]);
            let names = reader.names().ok_or_else(|| self.unread(reader.at))?;
            if unique && !not_distinct && self.unique_by_case(table, &names, own, &mut reader)? {
                return Ok(true);
            }
            for (name, at) in names {
                if let Some(column) = table.columns.get(&name) {
                    self.equality(&name, column, at)?;
                }
            }
            // INCLUDE stores a column as it is.
            return Ok(false);
        }
        if reader.take(&["foreign", "key"]) {
            let names = reader.names().ok_or_else(|| self.unread(reader.at))?;
            self.references(table, &names, &mut reader)?;
            return Ok(false);
        }
        self.untouched(table, reader)?;
        Ok(false)
    }

    /// REFERENCES: a sealed column goes with one of its own key domain, a plain one with a plain one.
    pub(super) fn references(
        &mut self,
        table: &Table,
        from: &[(String, usize)],
        reader: &mut Reader<'_>,
    ) -> Result<(), Refusal> {
        let begins = reader.at;
        if !reader.take(&["references"]) {
            return Err(self.unread(begins));
        }
        let place = self
            .place(reader, false)
            .ok_or_else(|| self.unread(begins))?;
        let itself = place.name == table.name
            && place
                .schema
                .as_deref()
                .is_none_or(|schema| schema == table.schema);
        let other = if itself {
            Some(table.clone())
        } else {
            self.found(&place)?
        };
        let to = reader.names();
        let sealed = |table: &Table, name: &str| {
            table
                .columns
                .get(name)
                .filter(|column| column.scheme.is_some() || column.broken)
                .cloned()
        };
        for (n, (name, at)) in from.iter().enumerate() {
            let own = sealed(table, name);
            if let Some(column) = table.columns.get(name) {
                self.seen(name, column, *at)?;
            }
            let target = to.as_ref().and_then(|to| to.get(n));
            let Some((target, _)) = target else {
                if own.is_some() {
                    let what =
                        "a foreign key on a sealed column that names no column of the other table";
                    return Err(self.unsealable(
                        what,
                        "Name the column: REFERENCES table (column).",
                        *at,
                    ));
                }
                continue;
            };
            let theirs = other.as_ref().and_then(|other| sealed(other, target));
            if let Some((other, column)) =
                (other.as_ref()).and_then(|other| Some((other, other.columns.get(target)?)))
                && other.name != table.name
            {
                self.seen(target, column, *at)?;
            }
            match (own, theirs) {
                (None, None) => {}
                // A table that is being made may come to be its own domain's only column.
                (Some(own), Some(theirs)) if own.meets(&theirs) => {}
                (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => {
                    let message = format!(
                        "a foreign key from {}.{}.{name} to {}.{target}: the two are not sealed in one key domain",
                        table.schema, table.name, place.name
                    );
                    return Err(self.refusal(Fault::DomainsDiffer, message, *at));
                }
            }
            if own_default(reader) && sealed(table, name).is_some() {
                let what = "SET DEFAULT in a foreign key on a sealed column: the server has no default for it";
                return Err(self.unsealable(what, "Use SET NULL, CASCADE or RESTRICT.", *at));
            }
        }
        // MATCH, ON DELETE, ON UPDATE
        loop {
            if reader.take(&["match"]) {
                reader.name();
            } else if reader.take(&["on", "delete"]) || reader.take(&["on", "update"]) {
                let _acts = reader.take(&["no", "action"])
                    || reader.take(&["set", "null"])
                    || reader.take(&["set", "default"])
                    || reader.take(&["cascade"])
                    || reader.take(&["restrict"]);
                let _columns = reader.group();
            } else {
                return Ok(());
            }
        }
    }
}

/// Whether an action of the foreign key whose columns have been read is SET DEFAULT.
fn own_default(reader: &Reader<'_>) -> bool {
    let mut ahead = *reader;
    while !ahead.is_done() {
        if ahead.take(&["set", "default"]) {
            return true;
        }
        ahead.at += 1;
    }
    false
}
