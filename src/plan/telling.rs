//! Indexes that could tell the order of what is hidden. One on `(city, phone)` gives the rows of a city in the order of their
//! phone numbers, and one that holds all columns that a statement asks of a table can stand for the table. Which index
//! the planner takes cannot be told from here; which it could take can: one of whose visible columns something is
//! asked that is more than to show it, or one that holds everything that is asked for. There the table is read by
//! TABLESAMPLE SYSTEM (100): all of its rows, by no index. What cannot be read so is refused.

use std::collections::HashSet;

use super::analysis::Analysis;
use super::compare::unwrap;
use super::edits::Part;
use super::lineage::{Column, Lineage, Value};
use super::scope::{Bound, Scope};
use crate::catalog::{Ordered, Relation, RelationKind};
use crate::fault::{Fault, Refusal};
use crate::policy::Sight;
use crate::seal::Scheme;
use crate::sql::{Alias, Comparison, ConstantKind, Expr, Item, Name, Select};

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

/// What a statement asks by name, wherever in it: relations are not told apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Sought {
    names: HashSet<String>,
    /// By names that cannot be followed.
    all: bool,
    /// What is read now is only shown.
    only_shown: bool,
}

impl Analysis<'_> {
    /// Whether a value is hidden from this role and what it is stored as has an order that says something: only that of
    /// envelopes which are random from the first byte to the last says nothing.
    pub(super) fn hides(&self, value: &Value) -> bool {
        let random = value.spec().is_some_and(|spec| {
            spec.scheme == Scheme::Random
                && spec.ci.is_none()
                && spec.tokens.is_none()
                && spec.order.is_none()
        });
        let hides = |column: &std::sync::Arc<crate::policy::Protected>| {
            let right = self.right(column);
            right.sight != Sight::Reveal && !right.search
        };
        !random && value.columns.iter().any(hides)
    }

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
            RelationKind::View => (self.renamed(relation, bound), Read::Otherwise(token)),
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

    /// The indexes of a table, and of its heirs, that could tell. `columns`: the table's, as they are called in FROM.
    fn telling(&self, relation: &Relation, columns: &[Column]) -> Vec<Telling> {
        let hidden = |column: &Column| match &column.lineage {
            Lineage::Value(value) | Lineage::Array(value) => self.hides(value),
            Lineage::Plain | Lineage::Constants(_) => false,
        };
        if !columns.iter().any(hidden) {
            return Vec::new();
        }
        let mut found: Vec<Telling> = Vec::new();
        for owner in self.with_heirs(relation) {
            for index in &owner.ordered {
                let named = |attnum: &i16| {
                    let own = owner.columns.iter().find(|own| own.attnum == *attnum)?;
                    let at = relation
                        .columns
                        .iter()
                        .position(|one| one.name == own.name)?;
                    columns.get(at)
                };
                let own: Vec<&Column> = index.columns.iter().filter_map(named).collect();
                let is_hidden = |attnum: &i16| named(attnum).is_some_and(hidden);
                if !own.iter().any(|column| hidden(column)) || !self.orders(owner, index, is_hidden)
                {
                    continue;
                }
                let mask = |column: &Column| match &column.lineage {
                    Lineage::Value(value) | Lineage::Array(value) => self.mask(value),
                    Lineage::Plain | Lineage::Constants(_) => None,
                };
                let made_of_it =
                    |column: &&&Column| mask(column).is_some_and(|mask| mask.needs_plaintext());
                let name = |column: &Column| column.name.clone();
                let seeks: HashSet<String> = own
                    .iter()
                    .filter(|column| !hidden(column))
                    .map(|column| name(column))
                    .collect();
                let alone = !seeks.is_empty()
                    || own
                        .iter()
                        .filter(|column| hidden(column))
                        .any(|column| made_of_it(&column));
                if !alone {
                    continue;
                }
                let names: HashSet<String> = own.iter().map(|column| name(column)).collect();
                found.push(Telling {
                    index: index.name.clone(),
                    seeks,
                    outside: (columns.iter().map(name))
                        .filter(|name| !names.contains(name))
                        .collect(),
                    alone,
                });
            }
        }
        found
    }

    fn with_heirs<'r>(&'r self, relation: &'r Relation) -> Vec<&'r Relation> {
        let mut all = vec![relation];
        let mut next = 0;
        while let Some(oid) = all.get(next).map(|own| own.oid) {
            next += 1;
            for other in self.world.snapshot.relations.values() {
                if other.parents.contains(&oid) && !all.iter().any(|known| known.oid == other.oid) {
                    all.push(other);
                }
            }
        }
        all
    }

    /// Whether rows that are read by the index come in an order that says something of what is hidden.
    fn orders(&self, owner: &Relation, index: &Ordered, hidden: impl Fn(&i16) -> bool) -> bool {
        let says = |attnum: &i16| *attnum == 0 || hidden(attnum);
        let before: Vec<i16> = (index.keys.iter().copied())
            .take_while(|attnum| !says(attnum))
            .collect();
        if before.len() == index.keys.len() {
            return false;
        }
        // Of rows that a key before it tells apart no two are left to be put in order.
        if (owner.keys.iter()).any(|key| key.iter().all(|attnum| before.contains(attnum))) {
            return false;
        }
        // Deterministic envelopes, and tags, have an order that is random, and of which only the neighbourhood of equals
        // says something: in a unique index there are none.
        let Some(table) = self.world.protection.tables.get(&owner.oid) else {
            return true;
        };
        let tags = (owner.schema.clone(), index.name.clone());
        let tags = self.world.snapshot.case_indexes.contains_key(&tags);
        let random = |attnum: &i16| {
            tags || table.columns.get(attnum).is_some_and(|column| {
                let storage = match &column.storage {
                    crate::policy::Storage::Sealed(spec) => Some(spec),
                    crate::policy::Storage::MaskedOnly
                    | crate::policy::Storage::NotYetSealed
                    | crate::policy::Storage::RuleMissing => None,
                };
                storage.is_some_and(|spec| {
                    spec.order.is_none() && (spec.tokens.is_none() || spec.ci.is_some())
                })
            })
        };
        let mut said = index.keys.iter().filter(|attnum| says(attnum));
        !(index.unique && said.all(random))
    }

    /// What the indexes beneath a view could tell, by the names that its columns have in FROM.
    fn renamed(&mut self, view: &Relation, bound: &Bound) -> Vec<Telling> {
        let beneath = std::mem::take(&mut self.beneath);
        let called = |names: &HashSet<String>| {
            (view.columns.iter().zip(&bound.columns))
                .filter(|(own, _)| names.contains(&own.name))
                .map(|(_, column)| column.name.clone())
                .collect()
        };
        let one = |telling: Telling| Telling {
            seeks: called(&telling.seeks),
            outside: called(&telling.outside),
            ..telling
        };
        beneath.into_iter().map(one).collect()
    }

    /// What the indexes that a view's definition could be answered by tell, by the names of its columns.
    pub(super) fn beneath_view(&self, view: &Relation) -> Vec<Telling> {
        let from = |at: usize| self.listed.as_ref().and_then(|listed| listed.get(at));
        let mut found = Vec::new();
        for (number, reference) in self.references.iter().enumerate() {
            for telling in &reference.telling {
                let of = |names: &HashSet<String>, unknown: bool| -> HashSet<String> {
                    let columns = view.columns.iter().enumerate();
                    columns
                        .filter(|(at, _)| match from(*at) {
                            Some(Some((own, name))) => *own == number && names.contains(name),
                            Some(None) | None => unknown,
                        })
                        .map(|(_, column)| column.name.clone())
                        .collect()
                };
                found.push(Telling {
                    index: telling.index.clone(),
                    seeks: of(&telling.seeks, true),
                    outside: of(&telling.outside, false),
                    alone: telling.alone,
                });
            }
        }
        found
    }

    /// A column by its name.
    pub(super) fn asks(&mut self, path: &[Name], scope: &Scope<'_>) {
        let Some(name) = path.last() else { return };
        if !self.sought.only_shown {
            self.sought.names.insert(name.text.clone());
        } else if let Some((number, name)) = referred(path, scope)
            && let Some(reference) = self.references.get_mut(number)
        {
            reference.asked.insert(name);
        }
    }

    /// Columns by names that are not followed.
    pub(super) fn asks_all(&mut self) {
        self.sought.all = true;
    }

    /// Columns of USING.
    pub(super) fn asks_name(&mut self, name: &str) {
        self.sought.names.insert(name.to_owned());
    }

    /// Begins and ends what is only shown; gives what was before.
    pub(super) fn only_shown(&mut self, only: bool) -> bool {
        std::mem::replace(&mut self.sought.only_shown, only)
    }

    /// `*` in a list.
    pub(super) fn asks_star(&mut self, of: Option<&[Name]>, shown: bool, scope: &Scope<'_>) {
        if !shown {
            return self.asks_all();
        }
        let table = of
            .and_then(|path| path.last())
            .map(|name| name.text.as_str());
        for bound in &scope.bounds {
            if table.is_none_or(|table| bound.name.as_deref() == Some(table))
                && let Some(reference) = bound
                    .reference
                    .and_then(|number| self.references.get_mut(number))
            {
                let names = bound.columns.iter().map(|column| column.name.clone());
                reference.asked.extend(names);
            }
        }
    }

    /// The conditions of WHERE (or, without `pins`, of a join) that are joined by AND: what they compare is certainly asked
    /// for. A comparison of two columns of one table may come to nothing.
    pub(super) fn asks_by(&mut self, filter: &Expr, pins: bool, scope: &Scope<'_>) {
        match unwrap(filter) {
            Expr::And(parts) => {
                for part in parts {
                    self.asks_by(part, pins, scope);
                }
            }
            Expr::Compare {
                op, left, right, ..
            } => {
                let (a, b) = (column(left, scope), column(right, scope));
                let sides = match (a, b) {
                    (Some(a), Some(b)) if a.relation != b.relation => vec![a, b],
                    (Some(own), None) if is_value(right) => vec![own],
                    (None, Some(own)) if is_value(left) => vec![own],
                    (Some(_) | None, Some(_) | None) => return,
                };
                let pins = pins && sides.len() == 1 && *op == Comparison::Equal;
                for own in sides {
                    if let Some(reference) = own
                        .reference
                        .and_then(|number| self.references.get_mut(number))
                    {
                        if pins {
                            reference.pinned.insert(own.name.clone());
                        }
                        reference.asked.insert(own.name);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the entries of a select list are only shown: not where something else in the query stands for them.
    pub(super) fn shows_only(&self, select: &Select, order_by: &[Expr]) -> bool {
        let aliases = |name: &str| {
            select.items.iter().any(|item| match item {
                Item::Expr {
                    alias: Some(alias),
                    expr,
                } => alias == name && !is_called(expr, name),
                Item::Expr { alias: None, .. } | Item::All { .. } => false,
            })
        };
        let stands = |one: &Expr| match unwrap(one) {
            Expr::Constant(_) => true,
            Expr::Column { path } => matches!(path.as_slice(), [name] if aliases(&name.text)),
            _ => false,
        };
        matches!(select.distinct, crate::sql::Distinct::No)
            && select.group_by.is_empty()
            && !order_by.iter().any(stands)
    }

    /// The columns that the entries of the list of a view are, where they are no more than that.
    pub(super) fn list(&mut self, items: &[Item], scope: &Scope<'_>) {
        let one = |item: &Item| match item {
            Item::Expr { expr, .. } => match unwrap(expr) {
                Expr::Column { path } => Some(referred(path, scope)),
                _ => Some(None),
            },
            Item::All { .. } => None,
        };
        self.listed = items.iter().map(one).collect();
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

/// A column of a relation of the catalog, beyond doubt.
struct Compared {
    relation: Option<u32>,
    reference: Option<usize>,
    name: String,
}

fn column(expr: &Expr, scope: &Scope<'_>) -> Option<Compared> {
    let Expr::Column { path } = unwrap(expr) else {
        return None;
    };
    let (bound, at) = bound_of(path, scope)?;
    Some(Compared {
        relation: Some(bound.relation?),
        reference: bound.reference,
        name: bound.columns.get(at)?.name.clone(),
    })
}

fn bound_of<'s>(path: &[Name], scope: &'s Scope<'_>) -> Option<(&'s Bound, usize)> {
    let names: Vec<&str> = path.iter().map(|name| name.text.as_str()).collect();
    scope.bound_of(&names)
}

fn referred(path: &[Name], scope: &Scope<'_>) -> Option<(usize, String)> {
    let (bound, at) = bound_of(path, scope)?;
    Some((bound.reference?, bound.columns.get(at)?.name.clone()))
}

/// A constant that is not NULL, or what is bound for one.
fn is_value(expr: &Expr) -> bool {
    match unwrap(expr) {
        Expr::Constant(constant) => !matches!(constant.kind, ConstantKind::Null),
        Expr::Placeholder { .. } => true,
        Expr::Cast { inner, .. } => is_value(inner),
        _ => false,
    }
}

fn is_called(expr: &Expr, name: &str) -> bool {
    let Expr::Column { path } = unwrap(expr) else {
        return false;
    };
    path.last().is_some_and(|last| last.text == name)
}
