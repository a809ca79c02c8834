//! Statements that define. For full control, a table that the rules name has its sealed columns from the start: their
//! type is written as `sealwire.sealed`, and a call that enters them into the registry follows the definition in the
//! same transaction (`create`, `alter`, `element`). Indexes and constraints are let through where the column's search
//! bears them (`index`, `constraint`). Whatever else names something protected is let through where it does not touch a
//! protected column (`guard`).
//!
//! Architecture invariant: a column is never defined as sealed without its entry, nor entered without being sealed.

mod alter;
mod apart;
mod cased;
mod constant;
mod constraint;
mod create;
mod element;
mod entry;
mod guard;
mod index;
mod queried;
mod reader;
mod tables;
mod view;

use super::edits::{Edit, Part, quoted};
use super::{Piece, Request, World};
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::sql::{Range, Token};

pub(super) use guard::{check_body, makes_routine};
pub(super) use queried::{check_made, makes_table, query_of};
pub(super) use tables::Made;

use reader::{Path, Reader};
use tables::{Found, Table};

/// What becomes of a definition that is let through.
#[derive(Debug, Default)]
pub(super) struct Defined {
    /// Edits of the client's text.
    pub(super) edits: Vec<Edit>,
    /// Statements that follow it unseen, each a piece.
    pub(super) after: Vec<Piece>,
    /// It names a table that the catalog does not have: it may be new.
    pub(super) stale: bool,
}

/// One defining statement being planned.
struct Definition<'a> {
    world: &'a World,
    request: &'a Request<'a>,
    /// Its own tokens.
    own: &'a [Token],
    made: &'a mut Made,
    defined: Defined,
    /// Statements that a constraint came to: they follow the definition.
    pending: Vec<String>,
    /// Unique indexes among them that stand for constraints.
    case_constraints: Vec<String>,
}

/// A table's name in a definition.
struct Place {
    /// `None`: no schema of the search path has it.
    schema: Option<String>,
    name: String,
    /// The token of the name.
    token: usize,
    /// It is a temporary one.
    temporary: bool,
    /// The schema is not written out.
    bare: bool,
}

/// Plans a definition. `made`: what those before it in the same text have defined.
pub(super) fn plan(
    world: &World,
    request: &Request<'_>,
    tokens: &[Token],
    range: Range,
    made: &mut Made,
) -> Result<Defined, Refusal> {
    let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
    let mut definition = Definition {
        world,
        request,
        own,
        made,
        defined: Defined::default(),
        pending: Vec::new(),
        case_constraints: Vec::new(),
    };
    let mut reader = Reader::new(own, 0, own.len());
    guard::joined(world, request, own)?;
    if definition.alone(&mut reader)? {
        Ok(definition.defined)
    } else {
        guard::check(world, request, tokens, range)?;
        Ok(Defined {
            stale: definition.defined.stale,
            ..Defined::default()
        })
    }
}

impl Definition<'_> {
    /// Plans the kinds that are read. False: another kind.
    fn alone(&mut self, reader: &mut Reader<'_>) -> Result<bool, Refusal> {
        if reader.take(&["create"]) {
            for noise in ["global", "local"] {
                reader.take(&[noise]);
            }
            let temporary = reader.take(&["temporary"]) || reader.take(&["temp"]);
            reader.take(&["unlogged"]);
            if reader.take(&["table"]) {
                return self.create_table(reader, temporary);
            }
            reader.take(&["unique"]);
            if reader.take(&["index"]) {
                return self.create_index(reader);
            }
            return Ok(false);
        }
        if reader.take(&["alter", "schema"]) {
            return self.rename_schema(reader);
        }
        if reader.take(&["alter", "table"]) {
            return self.alter_table(reader);
        }
        if reader.take(&["drop"]) {
            // What these names mean is not known to what follows in the text.
            let names: Vec<String> = self
                .own
                .iter()
                .filter_map(Token::name)
                .map(str::to_owned)
                .collect();
            for name in names {
                let known = self
                    .world
                    .protection
                    .tables
                    .values()
                    .any(|table| table.name == name);
                if known || self.made.has_name(&name) {
                    self.made.lose(&name);
                }
            }
        }
        Ok(false)
    }

    /// What the guard says of every name in the statement: rights, and what is opaque.
    fn names_allowed(&self) -> Result<(), Refusal> {
        guard::names(self.world, self.request, self.own)
    }

    /// Reads a table's name. A table that is being created comes into the first schema of the path.
    fn place(&mut self, reader: &mut Reader<'_>, creating: bool) -> Option<Place> {
        let path: Path = reader.path()?;
        let (name, token) = path.last().cloned()?;
        let is_temporary = |schema: &str| schema == "pg_temp" || schema.starts_with("pg_temp_");
        let environment = self.request.environment;
        if path.len() > 1 {
            let schema = path.get(path.len() - 2).map(|(schema, _)| schema.clone())?;
            self.defined.stale |= !creating
                && !self.made.has(&schema, &name)
                && self.world.snapshot.relation(&schema, &name).is_none();
            return Some(Place {
                temporary: is_temporary(&schema),
                schema: Some(schema),
                name,
                token,
                bare: false,
            });
        }
        let temporary = !creating && environment.temp_relations.contains(&name);
        let mut schemas = environment
            .search_path
            .iter()
            .filter(|schema| !is_temporary(schema));
        let schema = if creating {
            schemas.find(|schema| *schema != "pg_catalog")
        } else {
            schemas.find(|schema| {
                self.made.has(schema, &name)
                    || self.world.snapshot.relation(schema, &name).is_some()
            })
        };
        let schema = schema.cloned();
        self.defined.stale |= !creating && !temporary && schema.is_none();
        Some(Place {
            schema,
            name,
            token,
            temporary,
            bare: true,
        })
    }

    /// The table that a name stands for, where rules are about it.
    fn found(&self, place: &Place) -> Result<Option<Table>, Refusal> {
        let Some(schema) = place.schema.as_deref().filter(|_| !place.temporary) else {
            return Ok(None);
        };
        match self.made.find(self.world, schema, &place.name) {
            Found::Table(table) => Ok(Some(table)),
            Found::Plain => Ok(None),
            Found::Unsure => Err(self.refusal(
                Fault::MixedDdl,
                "a definition of a table that earlier statements of the same message dropped or renamed",
                place.token,
            )),
        }
    }

    /// Whether the principal may define the table, there or not.
    fn may_define(&self, table: &Table, token: usize) -> Result<(), Refusal> {
        let oid = self
            .world
            .snapshot
            .relation(&table.schema, &table.name)
            .map(|relation| relation.oid);
        let rights = oid.and_then(|oid| self.request.rights.tables.get(&oid));
        let allowed = match rights {
            Some(rights) if !self.made.has(&table.schema, &table.name) => rights.allows(Verb::Ddl),
            Some(_) | None => self.request.rights.may_define(&table.schema, &table.name),
        };
        if allowed {
            return Ok(());
        }
        let message = format!(
            "this role may not define table {}.{}, which the rules protect",
            table.schema, table.name
        );
        Err(self.refusal(Fault::LevelMissing, message, token))
    }

    /// Whether schema `sealwire` is there, as this version makes it.
    fn initialised(&self, token: usize) -> Result<(), Refusal> {
        let snapshot = &self.world.snapshot;
        if snapshot.sealed_type.is_some() && snapshot.relation("sealwire", "journal").is_some() {
            return Ok(());
        }
        let message =
            "a table with columns to be sealed, in a database where `sealwire init` has not run";
        Err(self.refusal(Fault::NotInitialised, message, token))
    }

    /// Writes the schema before the name, so that the server takes the same.
    fn qualify(&mut self, place: &Place) {
        if let (Some(schema), true) = (&place.schema, place.bare) {
            let text = format!("{}.", quoted(schema));
            self.insert_before(place.token, vec![Part::Text(text)]);
        }
    }

    fn insert_before(&mut self, token: usize, parts: Vec<Part>) {
        if let Some(token) = self.own.get(token) {
            self.defined.edits.push(Edit {
                start: token.start,
                end: token.start,
                parts,
            });
        }
    }

    /// Replaces the tokens from `first` to before `end`.
    fn replace(&mut self, first: usize, end: usize, parts: Vec<Part>) {
        let (Some(from), Some(to)) = (self.own.get(first), self.own.get(end.saturating_sub(1)))
        else {
            return;
        };
        if first < end {
            self.defined.edits.push(Edit {
                start: from.start,
                end: to.end,
                parts,
            });
        }
    }

    fn refusal(&self, fault: Fault, message: impl Into<String>, token: usize) -> Refusal {
        let start = self.own.get(token).map_or(0, |token| token.start);
        let before = self.request.text.get(..start);
        Refusal::new(fault, message).at(before.map_or(1, |before| before.chars().count() + 1))
    }

    /// A definition that a sealed column cannot have.
    fn unsealable(&self, what: &str, hint: &str, token: usize) -> Refusal {
        self.refusal(Fault::DefinitionRefused, what, token)
            .with_hint(hint)
    }

    fn unread(&self, token: usize) -> Refusal {
        self.refusal(
            Fault::Unparsed,
            "a definition of a protected table that could not be read with certainty",
            token,
        )
    }
}
