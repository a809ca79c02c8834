//! What the server's own judgement of a written row tells. A CHECK, an index, row security, a trigger or a foreign key reads
//! columns that the role may neither see nor search; whether a write succeeds, or what it changes, would tell of them.
//!
//! A value that the role gives itself tells nothing to it. What tells is a hidden value that stays (or is copied)
//! beside others that are chosen, and the comparison with other rows. A value given to a unique column or to one end of a
//! foreign key is a guess, and counted as one (`adopt`).

mod conditions;
mod keys;
mod moves;
mod values;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::analysis::Analysis;
use super::telling::with_heirs;
use crate::catalog::{Judge, JudgeKind, Relation};
use crate::fault::{Fault, Refusal};
use crate::identity::Verb;
use crate::policy::{Protected, Sight, Storage};
use crate::seal::Scheme;

/// What becomes of a column in a row that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Becomes {
    /// What the role gives, or may see.
    Given,
    /// Something that it may not see: another row's value, or what is stored after all.
    Unseen,
}

/// The columns of a row that are written, by the names that its table has for them. Others stay, or get their default.
#[derive(Debug, Clone, Default)]
pub(super) struct Row(HashMap<String, Becomes>);

/// One write of rows of one table.
struct Write<'w> {
    verb: Verb,
    owner: &'w Relation,
    row: &'w Row,
    /// Columns that triggers of the table may change before it is written.
    altered: &'w HashSet<String>,
}

/// What something reads of the row, and whether more.
#[derive(Debug, Default)]
struct Reads {
    own: Vec<(String, Option<Arc<Protected>>)>,
    /// A hidden column of another table.
    elsewhere: Option<Arc<Protected>>,
}

impl Write<'_> {
    fn gives(&self, name: &str) -> bool {
        self.row.0.get(name) == Some(&Becomes::Given)
    }

    fn changes(&self, name: &str) -> bool {
        self.row.0.contains_key(name)
    }

    /// A hidden column whose value in the written row the role does not know.
    fn unknown<'r>(&self, reads: &'r Reads) -> Option<&'r Arc<Protected>> {
        let unknown = |name: &str| match self.verb {
            Verb::Insert => self.row.0.get(name) == Some(&Becomes::Unseen),
            Verb::Update | Verb::Delete | Verb::Select | Verb::Truncate | Verb::Ddl => {
                !self.gives(name)
            }
        };
        let mut own = reads.own.iter();
        own.find_map(|(name, hidden)| hidden.as_ref().filter(|_| unknown(name)))
    }

    /// Whether anything that is read is another than before.
    fn moves(&self, reads: &Reads) -> bool {
        (reads.own.iter()).any(|(name, hidden)| {
            self.changes(name) || hidden.is_none() && self.altered.contains(name)
        })
    }
}

impl Analysis<'_> {
    /// Begins the columns of another row; those before are given back.
    pub(super) fn new_row(&mut self) -> Row {
        std::mem::take(&mut self.row)
    }

    /// Notes what becomes of a column of the target.
    pub(super) fn becomes(&mut self, target: &Relation, name: &str, what: Becomes) {
        let name = match self.through.get(&target.oid) {
            Some(beneath) => beneath.column(name).unwrap_or(name),
            None => name,
        };
        let known = self.row.0.entry(name.to_owned()).or_insert(what);
        if what == Becomes::Unseen {
            *known = what;
        }
    }

    /// Whether the role may neither see nor search a column whose stored values say something.
    fn is_hidden(&self, column: &Protected) -> bool {
        let right = self.right(column);
        let random = match &column.storage {
            Storage::Sealed(spec) => {
                spec.scheme != Scheme::Deterministic
                    && spec.ci.is_none()
                    && spec.tokens.is_none()
                    && spec.order.is_none()
            }
            Storage::MaskedOnly | Storage::NotYetSealed | Storage::RuleMissing => false,
        };
        right.sight != Sight::Reveal && !right.search && !random
    }

    fn hidden(&self, table: u32, attnum: i16) -> Option<&Arc<Protected>> {
        let column = self
            .world
            .protection
            .tables
            .get(&table)?
            .columns
            .get(&attnum)?;
        self.is_hidden(column).then_some(column)
    }

    fn hides_any(&self, table: u32) -> Option<&Arc<Protected>> {
        let mut columns = self.world.protection.tables.get(&table)?.columns.values();
        columns.find(|column| self.is_hidden(column))
    }

    /// The row is complete: refuses what the server's judgement of it would tell.
    pub(super) fn judged(
        &mut self,
        target: &Relation,
        verb: Verb,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let row = std::mem::take(&mut self.row);
        let told = self.judge_row(target, verb, &row, token);
        self.row = row;
        told
    }

    fn judge_row(
        &mut self,
        target: &Relation,
        verb: Verb,
        row: &Row,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let world = self.world;
        if world.protection.tables.is_empty() {
            return Ok(());
        }
        if verb == Verb::Update || verb == Verb::Insert {
            self.checked_view(target, verb, row, token)?;
        }
        let Some(base) = world.snapshot.relations.get(&self.written(target.oid)) else {
            return Ok(());
        };
        let mut seen = HashSet::new();
        self.judge_table(base, verb, row, token, &mut seen)
    }

    fn judge_table(
        &mut self,
        base: &Arc<Relation>,
        verb: Verb,
        row: &Row,
        token: Option<usize>,
        seen: &mut HashSet<u32>,
    ) -> Result<(), Refusal> {
        let world = self.world;
        if verb == Verb::Update {
            self.stays_alike(base, row, token)?;
        }
        let owners: Vec<&Relation> = with_heirs(&world.snapshot, base);
        for owner in owners {
            if !seen.insert(owner.oid) {
                continue;
            }
            let altered = self.altered(owner);
            let write = Write {
                verb,
                owner,
                row,
                altered: &altered,
            };
            for judge in world.snapshot.judges.get(&owner.oid).into_iter().flatten() {
                self.judge(&write, judge, token)?;
            }
            for own in owner.columns.iter().filter(|own| !own.made_of.is_empty()) {
                let judge = Judge {
                    name: own.name.clone(),
                    kind: JudgeKind::Generated,
                    reads: own.made_of.iter().map(|of| (owner.oid, *of)).collect(),
                    condition: None,
                    holds: true,
                };
                self.judge(&write, &judge, token)?;
            }
            self.read_elsewhere(&write, token)?;
            for key in &world.snapshot.foreign_keys {
                if key.from.0 == owner.oid {
                    self.references(&write, key, token)?;
                }
                if key.to.0 == owner.oid {
                    self.referenced(&write, key, token, seen)?;
                }
            }
        }
        Ok(())
    }

    /// Columns that triggers may change before the row is written: those that they name.
    fn altered(&self, owner: &Relation) -> HashSet<String> {
        let mut altered = HashSet::new();
        for judge in self
            .world
            .snapshot
            .judges
            .get(&owner.oid)
            .into_iter()
            .flatten()
        {
            if let JudgeKind::Trigger {
                changes: true,
                suppresses: false,
                ..
            } = judge.kind
            {
                let reads = self.reads(owner, judge);
                altered.extend(reads.own.into_iter().map(|(name, _)| name));
            }
        }
        altered
    }

    /// What something reads, with what the generated columns among it are made of.
    fn reads(&self, owner: &Relation, judge: &Judge) -> Reads {
        let mut reads = Reads::default();
        let mut wanted: Vec<i16> = Vec::new();
        for (table, attnum) in &judge.reads {
            if *table == owner.oid {
                match attnum {
                    0 => wanted.extend(owner.columns.iter().map(|own| own.attnum)),
                    _ => wanted.push(*attnum),
                }
            } else if reads.elsewhere.is_none() {
                reads.elsewhere = match attnum {
                    0 => self.hides_any(*table).cloned(),
                    _ => self.hidden(*table, *attnum).cloned(),
                };
            }
        }
        if let JudgeKind::Trigger { function, .. } = &judge.kind
            && self.queries(function)
        {
            wanted.extend(owner.columns.iter().map(|own| own.attnum));
        }
        let mut at = 0;
        while let Some(attnum) = wanted.get(at).copied() {
            at += 1;
            let Some(own) = owner.columns.iter().find(|own| own.attnum == attnum) else {
                continue;
            };
            if reads.own.iter().any(|(name, _)| *name == own.name) {
                continue;
            }
            let hidden = self.hidden(owner.oid, attnum).cloned();
            reads.own.push((own.name.clone(), hidden));
            wanted.extend(own.made_of.iter().copied());
        }
        reads
    }

    fn judge(
        &mut self,
        write: &Write<'_>,
        judge: &Judge,
        token: Option<usize>,
    ) -> Result<(), Refusal> {
        let reads = self.reads(write.owner, judge);
        let hidden = reads.own.iter().find_map(|(_, hidden)| hidden.as_ref());
        let Some(first) = hidden.or(reads.elsewhere.as_ref()) else {
            return Ok(());
        };
        let told = match (&judge.kind, write.verb) {
            (JudgeKind::Rule(events), verb) => match verb {
                Verb::Insert => events.insert,
                Verb::Update => events.update,
                Verb::Delete => events.delete,
                Verb::Select | Verb::Truncate | Verb::Ddl => false,
            }
            .then_some(first),
            (
                JudgeKind::Trigger {
                    events,
                    function,
                    suppresses,
                    ..
                },
                verb,
            ) => {
                let fires = match verb {
                    Verb::Insert => events.insert,
                    Verb::Update => events.update,
                    Verb::Delete => events.delete,
                    Verb::Select | Verb::Truncate | Verb::Ddl => false,
                };
                if fires && !self.vouches(function) {
                    self.triggered(write, &reads, *suppresses, self.queries(function))
                } else {
                    None
                }
            }
            (_, Verb::Delete | Verb::Select | Verb::Truncate | Verb::Ddl) => None,
            (JudgeKind::Policy { .. }, _) if reads.elsewhere.is_some() => reads.elsewhere.as_ref(),
            (
                JudgeKind::Check
                | JudgeKind::Partition
                | JudgeKind::Generated
                | JudgeKind::Policy { .. }
                | JudgeKind::Index {
                    columns_only: false,
                },
                verb,
            ) => (write.unknown(&reads))
                .filter(|_| verb == Verb::Insert || !judge.holds || write.moves(&reads))
                .filter(|_| !self.may_ask(write.owner, judge)),
            (JudgeKind::Index { columns_only: true }, _) => self.too_long(write, judge, &reads),
            (JudgeKind::Unique, _) => self.collides(write, &reads),
            (JudgeKind::UniqueExpression, _) if self.may_ask(write.owner, judge) => {
                self.collides(write, &reads)
            }
            (JudgeKind::UniqueExpression | JudgeKind::Exclusion, verb) => {
                let given = || (reads.own.iter()).any(|(name, _)| write.changes(name));
                Some(first).filter(|_| verb == Verb::Insert || given() || write.moves(&reads))
            }
        };
        match told {
            None => Ok(()),
            Some(column) => {
                let of = write.owner.qualified();
                let what = format!("{} of {of}", judge.shown());
                self.tells(&what, column, token)
            }
        }
    }

    pub(super) fn tells<T>(
        &self,
        what: &str,
        column: &Protected,
        token: Option<usize>,
    ) -> Result<T, Refusal> {
        let message = format!("{what} would tell of column {}", column.qualified());
        self.refuse(Fault::OutcomeTells, message, token)
    }
}
