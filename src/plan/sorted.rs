//! ORDER BY of a sealed column that has no order in the server: the statement's own rows are fetched without it and
//! sorted by the proxy, on opened values. Keys that the server can sort by come along as their rank among its rows.

use std::sync::Arc;

use super::analysis::Analysis;
use super::compare::unwrap;
use super::edits::Part;
use super::lineage::{Column, Lineage, Value};
use super::result::BIGINT;
use super::scope::Scope;
use super::{Input, SortKey};
use crate::fault::{Fault, Refusal};
use crate::policy::Protected;
use crate::sql::{Direction, Distinct, Expr, Query, Range, Select, list_entries, tail_clauses};

/// One entry of ORDER BY.
pub(super) struct Key {
    lineage: Lineage,
    /// The result column that it names.
    place: Option<usize>,
    /// Which one that is, is certain.
    certain: bool,
    /// The column under a COLLATE that sorts by bytes.
    under: Option<Range>,
    /// Reading it wrote nothing to the text: it can be left out.
    clean: bool,
    /// Why the server cannot sort by it.
    refusal: Option<Refusal>,
}

impl Analysis<'_> {
    /// ORDER BY: by the server where it can, else, for the statement's own result, by the proxy.
    pub(super) fn order(
        &mut self,
        query: &Query,
        select: Option<(&Select, &Scope<'_>)>,
        columns: &mut Vec<Column>,
        own: bool,
    ) -> Result<(), Refusal> {
        let mut keys = Vec::with_capacity(query.order_by.len());
        for one in &query.order_by {
            let key = self.key(one, select.map(|(_, scope)| scope), columns, own)?;
            if let (Some(refusal), false) = (&key.refusal, own) {
                return Err(refusal.clone());
            }
            keys.push(key);
        }
        if keys.iter().all(|key| key.refusal.is_none()) {
            return Ok(());
        }
        self.sorted(query, select.map(|(select, _)| select), keys, columns)
    }

    fn key(
        &mut self,
        one: &Expr,
        scope: Option<&Scope<'_>>,
        columns: &[Column],
        own: bool,
    ) -> Result<Key, Refusal> {
        let token = one.range().map(|range| range.first);
        let before = (self.edits.len(), self.uses.len());
        let place = super::query::named_place(one, columns);
        let under = if own { self.collated(one) } else { None };
        let (lineage, under) = match (place.and_then(|at| columns.get(at)), scope, under) {
            (Some(column), _, _) => (column.lineage.clone(), None),
            // Of a set operation only result columns can be sorted by, by name or ordinal.
            (None, None, _) => {
                self.check(one, "ORDER BY", &Scope::inside(None))?;
                (Lineage::Plain, None)
            }
            (None, Some(scope), Some(inner)) => (self.expr(inner, scope)?, inner.range()),
            (None, Some(scope), None) => (self.expr(one, scope)?, None),
        };
        let answered = self.ordered(lineage.clone(), token);
        let refusal = match (answered, under.is_some(), &lineage) {
            (Ok(()), false, _) => None,
            // Whatever lies under COLLATE is no envelope that the server could sort by.
            (Ok(()), true, Lineage::Value(_)) => Some(self.refusal(
                Fault::OrderNotAvailable,
                "COLLATE of a sealed column",
                token,
            )),
            (Ok(()), true, _) => None,
            (Err(refusal), _, _) if refusal.fault == Fault::OrderNotAvailable => Some(refusal),
            (Err(refusal), _, _) => return Err(refusal),
        };
        Ok(Key {
            lineage,
            place,
            certain: is_certain(one, columns),
            under,
            clean: before == (self.edits.len(), self.uses.len()),
            refusal,
        })
    }

    /// The column under a COLLATE that sorts by bytes.
    fn collated<'e>(&self, one: &'e Expr) -> Option<&'e Expr> {
        let Expr::Opaque {
            what: "COLLATE",
            parts,
        } = unwrap(one)
        else {
            return None;
        };
        let [inner] = parts.as_slice() else {
            return None;
        };
        let at = inner.range()?.last + 1;
        let name = |at: usize| self.tokens.get(at).and_then(|token| token.name());
        if !self.tokens.get(at)?.is_word("collate") {
            return None;
        }
        let dot = self
            .tokens
            .get(at + 2)
            .is_some_and(|token| token.is_mark('.'));
        let collation = if dot {
            (name(at + 1)? == "pg_catalog").then(|| name(at + 3))??
        } else {
            // A schema before pg_catalog in the path could have one of the same name.
            let first = self.request.environment.search_path.iter();
            let first = first
                .into_iter()
                .find(|schema| !schema.starts_with("pg_temp"));
            (first? == "pg_catalog").then(|| name(at + 1))??
        };
        let known = self.world.snapshot.text_order.named.contains(collation);
        (known && matches!(unwrap(inner), Expr::Column { .. })).then_some(inner)
    }

    fn sorted(
        &mut self,
        query: &Query,
        select: Option<&Select>,
        keys: Vec<Key>,
        columns: &mut Vec<Column>,
    ) -> Result<(), Refusal> {
        let cannot = keys.iter().find_map(|key| key.refusal.clone());
        let Some(cannot) = cannot else {
            return Ok(());
        };
        let clauses = tail_clauses(self.tokens, self.whole.first, self.whole.last);
        let clause = clauses.into_iter().find(|clause| {
            self.tokens
                .get(clause.first)
                .is_some_and(|own| own.is_word("order"))
        });
        let entries = clause.and_then(|clause| {
            let entries = list_entries(self.tokens, clause.first + 2, clause.last)?;
            (entries.len() == keys.len()).then_some((clause, entries))
        });
        let directions = &query.tail.directions;
        let (Some((clause, entries)), true) = (entries, directions.len() == keys.len()) else {
            return Err(cannot);
        };
        let on = select.is_some_and(|select| matches!(select.distinct, Distinct::On(_)));
        if on || self.unknown_width || !keys.iter().all(|key| key.clean && key.certain) {
            return Err(cannot);
        }
        if let Some(select) = select {
            let items = self.item_ranges(select);
            if !items.is_some_and(|items| self.is_steady(&items)) {
                return Err(cannot.with_hint(
                    "Leave functions out of the select list whose value depends on when they are called.",
                ));
            }
        }
        self.deriving(columns.len());
        for ((key, direction), range) in keys.into_iter().zip(directions).zip(entries) {
            let made = match &key.lineage {
                Lineage::Value(value) if key.refusal.is_some() => {
                    let value = value.clone();
                    self.opened_key(&key, &value, *direction, range, select, columns)?
                }
                Lineage::Plain | Lineage::Constants(_) | Lineage::Value(_) | Lineage::Array(_) => {
                    self.ranked_key(&key, range, query, select, columns, &cannot)?
                }
            };
            if let Some(derived) = &mut self.derived {
                if !derived
                    .inputs
                    .iter()
                    .any(|input| input.column == made.column)
                {
                    derived.inputs.push(Input {
                        column: made.column,
                        declared: made.declared.clone(),
                    });
                }
                derived.sort.push(made);
            }
        }
        self.edit(clause, Vec::new())?;
        self.take_bounds(query)
    }

    /// A key that the proxy opens.
    fn opened_key(
        &mut self,
        key: &Key,
        value: &Value,
        direction: Direction,
        range: Range,
        select: Option<&Select>,
        columns: &mut Vec<Column>,
    ) -> Result<SortKey, Refusal> {
        let cannot = |hint: &str| {
            let refusal = key.refusal.clone();
            let refusal = refusal.unwrap_or_else(|| {
                Refusal::new(Fault::OrderNotAvailable, "a key that has no order")
            });
            Err(if hint.is_empty() {
                refusal
            } else {
                refusal.with_hint(hint)
            })
        };
        let Some(first) = value.column().cloned() else {
            return cannot("");
        };
        if value.spec().is_none() || self.mask(value).is_some() || direction.using {
            return cannot("");
        }
        let alike = |own: &Arc<Protected>| {
            own.declared.kind == first.declared.kind
                || own.declared.is_collated() && own.declared.family() == first.declared.family()
        };
        if !first.declared.is_sorted() || !value.columns.iter().all(alike) {
            return cannot("Order by another column, or sort in the application.");
        }
        let order = &self.world.snapshot.text_order;
        let bytes = |own: &Arc<Protected>| order.holds(own.collation.as_deref());
        if first.declared.is_collated() && key.under.is_none() && !value.columns.iter().all(bytes) {
            return cannot(
                "The order of its collation is known to the server alone: add COLLATE \"C\" to sort by code points, or sort in the application.",
            );
        }
        let found = key.place.or_else(|| self.same_item(key, range, select));
        let column = match (found, select) {
            (Some(place), _) => place,
            (None, Some(select)) if matches!(select.distinct, Distinct::No) => {
                let own = key.under.unwrap_or_else(|| self.key_range(range));
                let Some(text) = self.copied(own) else {
                    return cannot("");
                };
                self.hide(select, columns, vec![Part::Text(text)], key.lineage.clone())?
            }
            (None, _) => return cannot("Name the column in the select list as well."),
        };
        Ok(SortKey {
            column,
            declared: first.declared.clone(),
            descending: direction.descending,
            nulls_first: direction.nulls_first,
        })
    }

    /// A key that the server sorts by, as its rank. Rows of equal keys have the same one.
    fn ranked_key(
        &mut self,
        key: &Key,
        range: Range,
        query: &Query,
        select: Option<&Select>,
        columns: &mut Vec<Column>,
        cannot: &Refusal,
    ) -> Result<SortKey, Refusal> {
        let (Some(select), false) = (select, query.tail.locks) else {
            return Err(cannot.clone());
        };
        let own = self.key_range(range);
        let options = self.tokens.get(own.last).zip(self.tokens.get(range.last));
        let options = options.and_then(|(own, last)| self.text.get(own.end..last.end));
        let (Some(options), Some(text)) = (options, self.ranked_text(key, own, select)) else {
            return Err(cannot.clone());
        };
        let text = format!("pg_catalog.dense_rank() OVER (ORDER BY {text}{options})");
        let column = self.hide(select, columns, vec![Part::Text(text)], Lineage::Plain)?;
        Ok(SortKey {
            column,
            declared: BIGINT,
            descending: false,
            nulls_first: false,
        })
    }

    /// What the rank is of. A result column's name, or its number, means nothing inside OVER.
    fn ranked_text(&self, key: &Key, own: Range, select: &Select) -> Option<String> {
        let words = ["over", "distinct"];
        let items = self.item_ranges(select)?;
        let range = match key.place {
            None if matches!(select.distinct, Distinct::No) => own,
            // What DISTINCT tells apart already is told apart no further by its rank.
            None if self.same_item(key, own, Some(select)).is_some() => own,
            None => return None,
            Some(place) => {
                let listed = select.items.iter().zip(&items);
                let stars = listed.clone().any(|(item, _)| item.is_star());
                match listed.clone().nth(place) {
                    Some((item, range)) if !stars => item.without_alias(*range, self.tokens)?,
                    // Columns of a star are the input's.
                    _ if self.tokens.get(own.first)?.name().is_some() && own.first == own.last => {
                        own
                    }
                    _ => return None,
                }
            }
        };
        let tokens = self.tokens.get(range.first..=range.last)?;
        let window = tokens
            .iter()
            .any(|token| words.iter().any(|word| token.is_word(word)));
        let text = self.copied(range).filter(|_| !window)?;
        // A number alone is a place in the list to ORDER BY, and nothing to OVER.
        (!text.trim().chars().all(|c| c.is_ascii_digit())).then_some(text)
    }

    /// The result column that is written as the key is.
    fn same_item(&self, key: &Key, range: Range, select: Option<&Select>) -> Option<usize> {
        let select = select?;
        let own = key.under.unwrap_or_else(|| self.key_range(range));
        let own = self.copied(own)?;
        let items = self.item_ranges(select)?;
        let mut listed = select.items.iter().zip(items);
        if listed.clone().any(|(item, _)| item.is_star()) {
            return None;
        }
        listed.position(|(item, range)| {
            let range = item.without_alias(range, self.tokens);
            range.and_then(|range| self.copied(range)).as_ref() == Some(&own)
        })
    }

    /// The tokens of an entry without ASC, DESC, NULLS FIRST and NULLS LAST.
    fn key_range(&self, range: Range) -> Range {
        let mut last = range.last;
        let word = |at: usize, words: &[&str]| {
            let token = self.tokens.get(at);
            token.is_some_and(|token| words.iter().any(|word| token.is_word(word)))
        };
        if word(last, &["first", "last"]) && last > range.first && word(last - 1, &["nulls"]) {
            last -= 2;
        }
        if word(last, &["asc", "desc"]) && last > range.first {
            last -= 1;
        }
        Range {
            first: range.first,
            last,
        }
    }
}

/// Whether it is beyond doubt which result column an entry names, or that it names none.
fn is_certain(one: &Expr, columns: &[Column]) -> bool {
    match unwrap(one) {
        Expr::Column { path } => match path.as_slice() {
            [name] => {
                let named = columns.iter().filter(|column| column.name == name.text);
                match named.count() {
                    0 => !columns.iter().any(Column::is_nameless),
                    1 => true,
                    _ => false,
                }
            }
            _ => true,
        },
        _ => true,
    }
}
