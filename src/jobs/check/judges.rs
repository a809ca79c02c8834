//! What the server decides by a masked-only column: each constraint, index, policy, trigger, rule and foreign key that reads one, and what
//! it would tell to whoever writes and sees a mask. The proxy refuses such writes (SW209); past it they tell.

use std::collections::BTreeSet;

use super::{Findings, Severity};
use crate::catalog::{Judge, JudgeKind, Relation, Snapshot};
use crate::ground::Ground;
use crate::policy::{Protected, Storage};

pub(super) fn check(ground: &Ground, findings: &mut Findings) {
    let snapshot = &ground.world.snapshot;
    for (cast, reads) in &snapshot.casts {
        let tables = &ground.world.protection.tables;
        let reaches =
            (reads.as_ref()).is_none_or(|reads| reads.iter().any(|oid| tables.contains_key(oid)));
        if reaches && !tables.is_empty() {
            findings.add(
                Severity::Warning,
                format!("cast {cast}"),
                "carries out a routine that could read protected tables, in statements that do not name it: roles without full control are refused every statement",
                "drop the cast, or have its function read no protected table",
            );
        }
    }
    let mut tables: Vec<_> = ground.world.protection.tables.values().collect();
    tables.sort_by_key(|table| (&table.schema, &table.name));
    for table in tables {
        for column in table.columns.values() {
            if column.storage != Storage::MaskedOnly {
                continue;
            }
            for (on, judge) in reading(snapshot, column) {
                findings.add(
                    severity(judge),
                    column.qualified(),
                    format!("{} of {} reads it: {}", judge.shown(), on.qualified(), tells(judge)),
                    "seal the column, or leave it out there; roles with masks are refused what would tell (SW209)",
                );
            }
            keys(snapshot, ground, column, findings);
        }
    }
}

/// What reads a column, with the relation that it is on.
fn reading<'s>(snapshot: &'s Snapshot, column: &Protected) -> Vec<(&'s Relation, &'s Judge)> {
    let mut found: Vec<(&Relation, &Judge)> = Vec::new();
    for (oid, judges) in &snapshot.judges {
        let Some(relation) = snapshot.relations.get(oid) else {
            continue;
        };
        for judge in judges {
            let mut reads = judge.reads.iter();
            if reads.any(|(table, attnum)| {
                *table == column.table && (*attnum == 0 || *attnum == column.attnum)
            }) {
                found.push((relation, judge));
            }
        }
    }
    found.sort_by(|a, b| (a.0.qualified(), &a.1.name).cmp(&(b.0.qualified(), &b.1.name)));
    found
}

fn severity(judge: &Judge) -> Severity {
    match judge.kind {
        // What only others beside it would turn into a question.
        JudgeKind::Check
        | JudgeKind::Partition
        | JudgeKind::Generated
        | JudgeKind::Index { .. }
        | JudgeKind::Unique => Severity::Note,
        JudgeKind::UniqueExpression
        | JudgeKind::Exclusion
        | JudgeKind::Policy { .. }
        | JudgeKind::Rule(_)
        | JudgeKind::Trigger { .. } => Severity::Warning,
    }
}

/// What it tells to whoever writes past the proxy, and would through it.
fn tells(judge: &Judge) -> &'static str {
    match &judge.kind {
        JudgeKind::Check => {
            "an UPDATE of another column in it fails or not by the hidden value (23514)"
        }
        JudgeKind::Partition => {
            "an UPDATE of another column in it finds a partition or not by the hidden value"
        }
        JudgeKind::Generated
        | JudgeKind::Index {
            columns_only: false,
        } => "its expression or condition is computed with the hidden value, and can fail",
        JudgeKind::Index { columns_only: true } => {
            "an entry that is too long says how long it is, the hidden value included"
        }
        JudgeKind::Unique => {
            "who writes the column tells by the error which values are there (23505; through the proxy constants are counted)"
        }
        JudgeKind::UniqueExpression | JudgeKind::Exclusion => {
            "who writes rows tells by the error what others hold (23505, 23P01)"
        }
        JudgeKind::Policy { steered: true } => {
            "which rows are shown goes by the hidden value and by what the session can set"
        }
        JudgeKind::Policy { steered: false } => {
            "which rows are shown, and may be written, goes by it"
        }
        JudgeKind::Rule(_) => "what a statement does goes by it",
        JudgeKind::Trigger {
            suppresses: true, ..
        } => "the number of rows that an UPDATE changes tells whether the value was the same",
        JudgeKind::Trigger { .. } => {
            "what it does may go by the value, or hand it on; its function can be vouched for in the rules"
        }
    }
}

/// Foreign keys: the other end is joined to the column.
fn keys(snapshot: &Snapshot, ground: &Ground, column: &Protected, findings: &mut Findings) {
    let own = |end: &(u32, Vec<i16>)| end.0 == column.table && end.1.contains(&column.attnum);
    let mut seen = BTreeSet::new();
    for key in &snapshot.foreign_keys {
        for (end, other, references) in [(&key.from, &key.to, true), (&key.to, &key.from, false)] {
            let Some(relation) = snapshot.relations.get(&other.0).filter(|_| own(end)) else {
                continue;
            };
            if !seen.insert((&key.name, references)) {
                continue;
            }
            let counterpart = end.1.iter().position(|attnum| *attnum == column.attnum);
            let there = counterpart.and_then(|at| other.1.get(at));
            let table = ground.world.protection.tables.get(&other.0);
            let bare = !table
                .zip(there)
                .is_some_and(|(table, attnum)| table.columns.contains_key(attnum));
            let what = if references {
                "who deletes there, or changes its key, sees which rows had the value"
            } else {
                "who writes there tells which values are here (23503)"
            };
            let open = if bare {
                "; its column is not protected and holds the same plaintext"
            } else {
                ""
            };
            findings.add(
                if bare && !references {
                    Severity::Warning
                } else {
                    Severity::Note
                },
                column.qualified(),
                format!(
                    "foreign key \"{}\" joins it to {}: {what}{open}",
                    key.name,
                    relation.qualified()
                ),
                "protect both ends; roles with masks are refused what would tell (SW209)",
            );
        }
    }
}
