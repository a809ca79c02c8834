//! A column's definition: its type, and what is said of it.

use super::reader::Reader;
use super::tables::{Column, Table};
use super::{Definition, cased};
use crate::fault::{Fault, Refusal};
use crate::plan::edits::Part;
use crate::plan::{NewEntry, Piece};
use crate::policy::ColumnRule;
use crate::seal::Scheme;
use crate::value::{DeclaredType, Kind, Order};

/// Words that end a column's type, or a default.
const CLAUSES: &[&str] = &[
    "constraint",
    "not",
    "null",
    "default",
    "unique",
    "primary",
    "references",
    "check",
    "generated",
    "collate",
    "deferrable",
    "initially",
    "storage",
    "compression",
];

impl Definition<'_> {
    /// A column that a rule names, behind its name: with its edits, and what is to be entered.
    pub(super) fn column(
        &mut self,
        table: &Table,
        name: &str,
        rule: &ColumnRule,
        mut reader: Reader<'_>,
        added: bool,
    ) -> Result<(Column, Option<NewEntry>), Refusal> {
        let first = reader.at;
        let end = clause_end(&mut reader, false);
        let declared = self.declared(table, name, rule, first, end)?;
        let ci = match &rule.seal {
            Some(seal) => self.fold(name, seal, &declared, reader, first)?,
            None => None,
        };
        let order = self.order(name, rule, &declared, reader, first)?;
        let tokens = self.tokens(name, rule, &declared, reader, first)?;
        let mut entry = self.new_entry(table, name, rule, &declared, ci, (order, tokens));
        self.alike(name, &entry, first)?;
        let column = Column {
            scheme: rule.seal.as_ref().map(|seal| seal.scheme),
            ci,
            order,
            tokens,
            citext: declared.kind == Kind::Citext,
            domain: (
                entry
                    .seal
                    .as_ref()
                    .and_then(|seal| Some(seal.known.as_ref()?.domain)),
                rule.seal.as_ref().and_then(|seal| seal.domain.clone()),
            ),
            known: None,
            broken: false,
        };
        if rule.seal.is_none() {
            return Ok((column, Some(entry)));
        }
        self.replace(first, end, vec![Part::Text("sealwire.sealed".to_owned())]);
        let mut own = table.clone();
        own.columns.insert(name.to_owned(), column.clone());
        while !reader.is_done() {
            self.clause(
                &own,
                name,
                &column,
                &declared,
                &mut entry,
                &mut reader,
                added,
            )?;
        }
        Ok((column, Some(entry)))
    }

    /// One clause of a sealed column.
    #[expect(clippy::too_many_arguments, reason = "one column's whole definition")]
    fn clause(
        &mut self,
        table: &Table,
        name: &str,
        column: &Column,
        declared: &DeclaredType,
        entry: &mut NewEntry,
        reader: &mut Reader<'_>,
        added: bool,
    ) -> Result<(), Refusal> {
        let at = reader.at;
        let mut named = None;
        if reader.take(&["constraint"]) {
            named = reader.name().map(|(name, _)| name);
            if !reader.is("unique") {
                return Ok(());
            }
        }
        if reader.take(&["not", "null"]) || reader.take(&["null"]) {
        } else if reader.take(&["default"]) {
            let first = reader.at;
            let end = clause_end(reader, true);
            match self.constant(first, end, declared)? {
                None => self.replace(at, end, Vec::new()),
                Some(constant) => {
                    self.default_fits(column, &constant, first)?;
                    entry.default = Some((constant.text, constant.sql));
                    if !added {
                        self.replace(at, end, Vec::new());
                    } else if column.scheme == Some(Scheme::Deterministic) {
                        // The rows that are there get it from the server, as one and the same envelope.
                        let filled = Piece::Filled {
                            entry: Box::new(entry.clone()),
                            value: constant.value,
                        };
                        self.replace(first, end, vec![Part::Piece(filled)]);
                        self.defined.after.push(Piece::Text(format!(
                            "ALTER TABLE {}.{} ALTER COLUMN {} DROP DEFAULT",
                            super::quoted(&table.schema),
                            super::quoted(&table.name),
                            super::quoted(name),
                        )));
                    } else {
                        let what = "a new column with a DEFAULT, sealed without search: the rows that are there would hold equal envelopes";
                        let hint = "Add the column without DEFAULT, fill it with UPDATE through the proxy, then set DEFAULT and NOT NULL.";
                        return Err(self.unsealable(what, hint, at));
                    }
                }
            }
        } else if reader.is("unique") || reader.is("primary") {
            let unique = reader.take(&["unique"]);
            if !unique && !reader.take(&["primary", "key"]) {
                return Err(self.unread(at));
            }
            let not_distinct = reader.take(&["nulls", "not", "distinct"]);
            reader.take(&["nulls", "distinct"]);
            let own = [(name.to_owned(), at)];
            if unique && !not_distinct && self.unique_by_case(table, &own, named, reader)? {
                self.replace(at, reader.at, Vec::new());
                return Ok(());
            }
            self.equality(name, column, at)?;
            if reader.is_any(&["using", "with"]) {
                reader.at = clause_end(reader, true);
            }
        } else if reader.is("references") {
            self.references(table, &[(name.to_owned(), at)], reader)?;
        } else if reader.take(&["collate"]) {
            entry.collation = Some(self.collation(column, reader)?);
            self.replace(at, reader.at, Vec::new());
        } else if reader.take(&["storage"]) || reader.take(&["compression"]) {
            reader.name();
        } else if reader.take(&["not", "deferrable"])
            || reader.take(&["deferrable"])
            || reader.take(&["initially", "deferred"])
            || reader.take(&["initially", "immediate"])
        {
        } else if reader.is_any(&["check", "generated"]) {
            let what = "CHECK, GENERATED or IDENTITY on a sealed column";
            let hint = "The server sees sealed values only: check and compute in the application.";
            return Err(self.unsealable(what, hint, at));
        } else {
            return Err(self.unread(at));
        }
        Ok(())
    }

    /// The application's type of a column.
    pub(super) fn declared(
        &self,
        table: &Table,
        name: &str,
        rule: &ColumnRule,
        first: usize,
        end: usize,
    ) -> Result<DeclaredType, Refusal> {
        let written = self.type_text(first, end);
        let column = format!("{}.{}.{name}", table.schema, table.name);
        let plain = match written.to_ascii_lowercase().as_str() {
            "serial" | "serial4" if rule.seal.is_none() => "integer".to_owned(),
            "bigserial" | "serial8" if rule.seal.is_none() => "bigint".to_owned(),
            "smallserial" | "serial2" if rule.seal.is_none() => "smallint".to_owned(),
            _ => written,
        };
        let Some(declared) = self.world.snapshot.declared_named(&plain) else {
            let what = format!("column {column} is of a type that cannot be protected");
            let hint =
                "Use a built-in type, an enum or citext; no serial, domain or composite type.";
            return Err(self.unsealable(&what, hint, first));
        };
        if !rule.is_of(&declared, &self.world.snapshot) {
            let what = format!(
                "column {column} is of type {}, and the rules say another",
                declared.name()
            );
            return Err(self.unsealable(&what, "Mend the type here or in the rule.", first));
        }
        if let Some(Err(reason)) = rule.seal.as_ref().map(|seal| seal.fits(&declared)) {
            let what = format!("column {column} cannot be sealed as the rules say: {reason}");
            return Err(self.unsealable(&what, "Change the rule or the type.", first));
        }
        Ok(declared)
    }

    /// A column that can be compared for equality.
    pub(super) fn equality(&self, name: &str, column: &Column, at: usize) -> Result<(), Refusal> {
        if column.broken {
            let message = format!("column {name} is not sealed as the rules say");
            return Err(self.refusal(Fault::NotYetSealed, message, at));
        }
        match column.scheme {
            None => self.seen(name, column, at),
            Some(Scheme::Deterministic) => Ok(()),
            Some(Scheme::Random) if column.ci.is_some() => {
                let message = format!(
                    "a key or index on column {name}, which is sealed for equality without regard to case only"
                );
                let hint = if column.citext {
                    "UNIQUE and a plain index on the column are answered; PRIMARY KEY and foreign keys are not."
                } else {
                    "Index lower() of it, or add \"equality\" to the rule's search."
                };
                Err(self
                    .refusal(Fault::NotSearchable, message, at)
                    .with_hint(hint))
            }
            Some(Scheme::Random | Scheme::Subject) => {
                let message =
                    format!("a key or index on column {name}, which is sealed without search");
                Err(self.refusal(Fault::NotSearchable, message, at))
            }
        }
    }

    /// How the values of a new column are put in order. Of text only where the server sorts by bytes.
    fn order(
        &self,
        name: &str,
        rule: &ColumnRule,
        declared: &DeclaredType,
        rest: Reader<'_>,
        token: usize,
    ) -> Result<Option<Order>, Refusal> {
        let Some(wish) = rule.seal.as_ref().and_then(|seal| seal.order) else {
            return Ok(None);
        };
        let refuse = |why: &str, hint: &str| {
            let what = format!("column {name} with search = [\"order\"]: {why}");
            Err(self.unsealable(&what, hint, token))
        };
        let order = match wish.of(declared) {
            Ok(order) => order,
            Err(reason) => return refuse(reason, "Change the rule or the type."),
        };
        let by_bytes = match cased::collation(rest).as_deref() {
            None | Some("default") => self.world.snapshot.byte_order,
            Some(name) => matches!(name, "C" | "POSIX" | "ucs_basic"),
        };
        if matches!(order, Order::Text { .. }) && !by_bytes {
            return refuse(
                "text is not sorted by its bytes here",
                "Write COLLATE \"C\" behind the type.",
            );
        }
        Ok(Some(order))
    }

    /// Behind COLLATE. Equality of envelopes is equality of bytes: what takes different texts for equal is refused.
    fn collation(&self, column: &Column, reader: &mut Reader<'_>) -> Result<String, Refusal> {
        let at = reader.at;
        let path = reader.path().ok_or_else(|| self.unread(at))?;
        let name = path
            .last()
            .map(|(name, _)| name.as_str())
            .unwrap_or_default();
        let schema = path.len().checked_sub(2).and_then(|at| path.get(at));
        let known = schema.is_none_or(|(schema, _)| schema == "pg_catalog")
            && (["C", "POSIX", "default", "ucs_basic"].contains(&name)
                || name.ends_with("-x-icu")
                || name.get(2..3) == Some("_"));
        if column.scheme == Some(Scheme::Deterministic) && !known {
            let what = "a collation of one's own on a column sealed for equality: texts that differ may be equal in it";
            return Err(self.unsealable(
                what,
                "Leave COLLATE out, or seal the column without search.",
                at,
            ));
        }
        let quoted: Vec<String> = path.iter().map(|(name, _)| super::quoted(name)).collect();
        Ok(quoted.join("."))
    }

    /// A column that no rule names, behind its name: nothing in it may rest on a sealed one.
    pub(super) fn plain_column(
        &mut self,
        table: &Table,
        mut reader: Reader<'_>,
    ) -> Result<(), Refusal> {
        clause_end(&mut reader, false);
        self.untouched(table, reader)
    }
}

/// Goes on to the next clause, at depth 0. A default may begin with a word that is a clause elsewhere.
pub(super) fn clause_end(reader: &mut Reader<'_>, expression: bool) -> usize {
    let mut depth = 0_usize;
    let first = reader.at;
    while let Some(token) = reader.peek() {
        let begins = expression && reader.at == first;
        if depth == 0 && !begins && reader.is_any(CLAUSES) {
            break;
        }
        if token.is_mark('(') || token.is_mark('[') {
            depth += 1;
        } else if token.is_mark(')') || token.is_mark(']') {
            depth = depth.saturating_sub(1);
        }
        reader.at += 1;
    }
    reader.at
}
