//! Indexes that could tell the order of what is hidden. One on `(city, phone)` gives the rows of a city in the order of their
//! phone numbers, and one that holds all columns that a statement asks of a table can stand for the table. Which index
//! the planner takes cannot be told from here; which it could take can: one of whose visible columns something is
//! asked that is more than to show it, or one that holds everything that is asked for. There the table is read by
//! TABLESAMPLE SYSTEM (100): all of its rows, by no index. What cannot be read so is refused.
//!
//! `index` says which indexes could tell, `asked` what a statement asks of a relation, `viewed` how both go through views.

mod asked;
mod index;
mod viewed;

use std::collections::HashSet;

use super::analysis::Analysis;
use super::edits::Part;
use super::scope::{Bound, Scope};
use crate::catalog::{Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::sql::{Alias, Name};

pub(super) use asked::Sought;
pub(super) use index::with_heirs;

/// An index of a relation in FROM, by the names that its columns have there.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    index: String,
    /// What the planner would take it for.
    seeks: HashSet<String>,
    /// Columns that are not in it.
    outside: HashSet<String>,
    /// Reading nothing but it would tell something: it holds more than what is hidden, or that has a mask which is made of
    /// the value.
    alone: bool,
}

impl Telling {
    /// Its name.
    pub(super) fn index(&self) -> &str {
        &self.index
    }

    /// Whether the planner could take it for what is asked of these columns.
    pub(super) fn serves(&self, names: &HashSet<String>) -> bool {
        !self.seeks.is_disjoint(names)
    }
}

/// A relation in FROM, or the target of a change, whose indexes could tell.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    read: Read,
    telling: Vec<Telling>,
    /// Columns that are certainly asked of it.
    asked: HashSet<String>,
    /// Those of them that are set equal to a constant.
    pinned: HashSet<String>,
    keys: Vec<HashSet<String>>,
}

/// How it is read.
#[derive(Debug, Clone, Copy)]
enum Read {
    /// By its name, behind whose last token something can be written.
    Table(usize),
    /// Through its definition, or as the target of a change.
    Otherwise(Option<usize>),
}

impl Analysis<'_> {
    /// A relation of the catalog in FROM.
    pub(super) fn refer(
        &mut self,
        relation: &Relation,
        bound: &mut Bound,
        path: &[Name],
        alias: Option<&Alias>,
    ) -> Result<(), Refusal> {
        let token = path.last().map(|name| name.token);
        let (telling, read) = match relation.kind {
            RelationKind::View if self.world.watch.reaching.contains(&relation.oid) => {
                (self.renamed(relation, bound), Read::Otherwise(token))
            }
            RelationKind::View => return Ok(()),
            RelationKind::Table
            | RelationKind::PartitionedTable
            | RelationKind::MaterialisedView => {
                let telling = self.telling(relation, &bound.columns);
                if telling.is_empty() {
                    return Ok(());
                }
                match self.end_of_source(path, alias) {
                    Some(end) => (telling, Read::Table(end)),
                    None => {
                        let message = "where the name of a table in FROM ends is not certain";
                        return self.refuse(Fault::Unparsed, message, token);
                    }
                }
            }
            RelationKind::ForeignTable | RelationKind::Other => return Ok(()),
        };
        self.enter_reference(bound, telling, read);
        Ok(())
    }

    /// The target of UPDATE, DELETE or MERGE: its rows are found in the order of an index, and what is written goes to
    /// where there is room, one after the other.
    pub(super) fn aim(&mut self, relation: &Relation, scope: &mut Scope<'_>, token: Option<usize>) {
        let Some(mut bound) = scope.bounds.pop() else {
            return;
        };
        let mut telling = match relation.kind {
            RelationKind::View => self.renamed(relation, &bound),
            RelationKind::Table
            | RelationKind::PartitionedTable
            | RelationKind::MaterialisedView
            | RelationKind::ForeignTable
            | RelationKind::Other => self.telling(relation, &bound.columns),
        };
        for one in &mut telling {
            // The row itself is asked for.
            one.alone = false;
        }
        bound.keys = self.keys_of(relation);
        self.enter_reference(&mut bound, telling, Read::Otherwise(token));
        scope.bounds.push(bound);
    }

    fn enter_reference(&mut self, bound: &mut Bound, telling: Vec<Telling>, read: Read) {
        if telling.is_empty() {
            return;
        }
        let names = |key: &Vec<usize>| {
            let columns = key.iter().map(|at| bound.columns.get(*at));
            columns
                .map(|column| column.map(|own| own.name.clone()))
                .collect::<Option<HashSet<String>>>()
        };
        let keys = bound.keys.iter().filter_map(names).collect();
        bound.reference = Some(self.references.len());
        self.references.push(Reference {
            read,
            telling,
            asked: HashSet::new(),
            pinned: HashSet::new(),
            keys,
        });
    }
    /// Sees to it that no table is read by an index that could tell: at the end, when everything that is asked is known.
    pub(super) fn unorder(&mut self) -> Result<(), Refusal> {
        for reference in std::mem::take(&mut self.references) {
            let one_row = (reference.keys.iter())
                .any(|key| !key.is_empty() && key.is_subset(&reference.pinned));
            let sought = |telling: &&Telling| {
                self.sought.all && !telling.seeks.is_empty()
                    || !telling.seeks.is_disjoint(&self.sought.names)
                    || telling.alone && telling.outside.is_disjoint(&reference.asked)
            };
            let Some(telling) = reference.telling.iter().find(sought).filter(|_| !one_row) else {
                continue;
            };
            match reference.read {
                Read::Table(end) => {
                    let sample = " TABLESAMPLE pg_catalog.system (100)";
                    self.insert_after(end, vec![Part::Text(sample.to_owned())])?;
                }
                Read::Otherwise(token) => {
                    let message = format!(
                        "by index \"{}\" rows could come in the order of a column that this role may not search by",
                        telling.index
                    );
                    return self
                        .refuse(Fault::SearchMissing, message, token)
                        .map_err(|refusal| refusal.with_hint(HINT));
                }
            }
        }
        Ok(())
    }

    /// The last token of an entry of FROM.
    fn end_of_source(&self, path: &[Name], alias: Option<&Alias>) -> Option<usize> {
        let token = |at: usize| self.tokens.get(at);
        let first = path.first()?.token;
        let mut end = path.last()?.token;
        // ONLY (t)
        let only = first
            .checked_sub(2)
            .and_then(token)
            .is_some_and(|own| own.is_word("only"));
        let opened = first
            .checked_sub(1)
            .and_then(token)
            .is_some_and(|own| own.is_mark('('));
        if only && opened {
            end += 1;
            token(end).filter(|own| own.is_mark(')'))?;
        }
        if token(end + 1).is_some_and(|own| own.is_operator("*")) {
            end += 1;
        }
        let Some(alias) = alias else {
            return Some(end);
        };
        if token(end + 1).is_some_and(|own| own.is_word("as")) {
            end += 1;
        }
        end += 1;
        token(end).filter(|own| own.name() == Some(alias.name.as_str()))?;
        if alias.columns.is_empty() {
            return Some(end);
        }
        end += 1;
        token(end).filter(|own| own.is_mark('('))?;
        while !token(end)?.is_mark(')') {
            end += 1;
        }
        Some(end)
    }
}

const HINT: &str = "Read the table itself, or ask its owner for an index that does not hold that column, or for the right to search by it.";
