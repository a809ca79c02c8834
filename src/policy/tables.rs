//! Table rules: patterns, `like`, columns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::columns::{self, Classes};
use super::nearest::did_you_mean;
use super::pattern::{Pattern, TablePattern};
use super::problem::{Located, Place, Problems};
use super::raw::{Named, RawMode, RawTable};
use super::rules::{ColumnRule, SubjectRule, TableRule};
use crate::seal::Scheme;

/// A validated table rule, and the names of its columns with those that have a mistake.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) rule: TableRule,
    pub(super) names: BTreeSet<String>,
    /// Its columns are not all known, since something it depends on has a mistake.
    pub(super) broken: bool,
}

/// Validates all tables. `observe`: the whole set only watches; `has_subjects`: section [subjects] is there.
pub(super) fn tables(
    raw: Option<&Named<RawTable>>,
    classes: &Classes,
    observe: bool,
    has_subjects: bool,
    problems: &mut Problems,
) -> Vec<Draft> {
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    let mut likes: BTreeMap<String, &Located<String>> = BTreeMap::new();
    let mut keysets: BTreeMap<String, String> = BTreeMap::new();
    for (name, entry) in raw.into_iter().flatten() {
        let pattern = match TablePattern::parse(name) {
            Ok(pattern) => pattern,
            Err(expected) => {
                problems.add(&entry.place, expected);
                continue;
            }
        };
        let key = pattern.to_string();
        if let Some(first) = drafts.get(&key) {
            problems.add(
                &entry.place,
                format!(
                    "table {key} has rules already at {}",
                    first.rule.place.short()
                ),
            );
            continue;
        }
        let table = entry.value.as_ref();
        let own = table.and_then(|table| table.columns.as_ref());
        let like = table.and_then(|table| table.like.as_ref());
        if let Some(table) = table
            && *table == RawTable::default()
        {
            problems.add(
                &entry.place,
                "protects nothing: expected columns, or `like` with the name of another entry",
            );
        }
        likes.extend(like.map(|like| (key.clone(), like)));
        if let Some(keyset) = table.and_then(|table| table.keyset.as_ref()) {
            if keyset.value.trim().is_empty() || keyset.value.chars().any(char::is_control) {
                problems.add(&keyset.place, "expected the name of a keyset");
            }
            keysets.insert(key.clone(), keyset.value.clone());
        }
        let own = own.map(|own| &own.value);
        let mode = table.and_then(|table| table.mode.as_ref());
        let rule = TableRule {
            pattern,
            database: table
                .and_then(|table| table.database.as_ref())
                .map(|database| Pattern::new(&database.value)),
            observe: mode.map_or(observe, |mode| mode.value == RawMode::Observe),
            columns: own
                .into_iter()
                .flatten()
                .filter_map(|(name, column)| {
                    Some((name.clone(), columns::column(column, classes, problems)?))
                })
                .collect(),
            subject: table.and_then(|table| subject(table, &entry.place, has_subjects, problems)),
            place: entry.place.clone(),
        };
        let draft = Draft {
            names: own.into_iter().flat_map(BTreeMap::keys).cloned().collect(),
            broken: table.is_none(),
            rule,
        };
        drafts.insert(key, draft);
    }
    inherit(&mut drafts, &likes, problems);
    for draft in drafts.values_mut() {
        make_erasable(draft, problems);
    }
    place_keysets(&mut drafts, &likes, &keysets);
    drafts.into_values().collect()
}

/// What the rule says of whose its rows are.
fn subject(
    table: &RawTable,
    place: &Place,
    has_subjects: bool,
    problems: &mut Problems,
) -> Option<SubjectRule> {
    let erasable = table.erasable.as_ref().is_some_and(|word| word.value);
    let Some(column) = &table.subject else {
        let alone = [
            table.erasable.as_ref().map(|key| &key.place),
            table.subject_kind.as_ref().map(|key| &key.place),
            table.kept.as_ref().map(|key| &key.place),
        ];
        for place in alone.into_iter().flatten() {
            problems.add(
                place,
                "expected `subject` beside it: the column that says whose a row is",
            );
        }
        return None;
    };
    if column.value.is_empty() {
        problems.add(&column.place, "expected the name of a column");
    }
    if erasable && !has_subjects {
        problems.add(
            place,
            "`erasable` wants section [subjects], which says where the keys of data subjects are",
        );
    }
    let kind = table.subject_kind.as_ref();
    if let Some(kind) = kind
        && (kind.value.is_empty() || kind.value.chars().any(char::is_control))
    {
        problems.add(&kind.place, "expected a name");
    }
    if let (Some(kept), false) = (&table.kept, erasable) {
        problems.add(
            &kept.place,
            "`kept` is of a table with erasable = true: expected that",
        );
    }
    let kept = table.kept.as_ref().map(|kept| kept.value.as_slice());
    Some(SubjectRule {
        column: column.value.clone(),
        kind: kind.map_or_else(|| "subject".to_owned(), |kind| kind.value.clone()),
        erasable,
        kept: kept
            .into_iter()
            .flatten()
            .map(|name| name.value.clone())
            .collect(),
        place: column.place.clone(),
    })
}

/// Seals the random columns of an erasable table under the keys of its data subjects. What is searched by would outlive them.
fn make_erasable(draft: &mut Draft, problems: &mut Problems) {
    let Some(rule) = draft.rule.subject.clone() else {
        return;
    };
    if draft.names.contains(&rule.column) {
        problems.add(
            &rule.place,
            format!(
                "`{}` says whose a row is, and is protected itself: expected a column in plaintext",
                rule.column
            ),
        );
    }
    if !draft.broken {
        for name in rule.kept.iter().filter(|name| !draft.names.contains(*name)) {
            let hint = did_you_mean(name, draft.names.iter().map(String::as_str));
            problems.add(
                &rule.place,
                format!("`kept` names `{name}`, which is no protected column of the table{hint}"),
            );
        }
    }
    if !rule.erasable {
        return;
    }
    for (name, column) in &mut draft.rule.columns {
        let Some(seal) = column.seal.as_ref().filter(|_| !rule.kept.contains(name)) else {
            continue;
        };
        let searched =
            seal.scheme == Scheme::Deterministic || seal.ci.is_some() || seal.tokens.is_some();
        if searched {
            problems.add(
                &column.place,
                format!(
                    "`{name}` of an erasable table has a search, and what it is found by would outlive the key of its data subject: \
                     leave `search` out, or name the column in `kept`, so that an erasure does not reach it"
                ),
            );
            continue;
        }
        let mut erasable = ColumnRule::clone(column);
        if let Some(seal) = &mut erasable.seal {
            seal.scheme = Scheme::Subject;
        }
        *column = Arc::new(erasable);
    }
}

/// Gives the columns of each table its keyset: its own, or that of the nearest entry that it is like.
fn place_keysets(
    drafts: &mut BTreeMap<String, Draft>,
    likes: &BTreeMap<String, &Located<String>>,
    keysets: &BTreeMap<String, String>,
) {
    for (key, draft) in drafts {
        let mut at = key.clone();
        let mut found = keysets.get(&at);
        // A circle was told; it is longer than there are entries.
        for _ in 0..likes.len() {
            let Some(like) = likes.get(&at).filter(|_| found.is_none()) else {
                break;
            };
            let Ok(target) = TablePattern::parse(&like.value) else {
                break;
            };
            at = target.to_string();
            found = keysets.get(&at);
        }
        if let Some(keyset) = found {
            for column in draft.rule.columns.values_mut() {
                *column = Arc::clone(column).under(keyset);
            }
        }
    }
}

/// Carries `like` out: follows each chain to its end, and takes what is not there nearer by.
fn inherit(
    drafts: &mut BTreeMap<String, Draft>,
    likes: &BTreeMap<String, &Located<String>>,
    problems: &mut Problems,
) {
    type Taken = (
        BTreeMap<String, Arc<ColumnRule>>,
        BTreeSet<String>,
        Option<SubjectRule>,
        bool,
    );
    let mut taken: BTreeMap<String, Taken> = BTreeMap::new();
    for (key, first) in likes {
        let mut chain = vec![key.clone()];
        let mut columns = BTreeMap::new();
        let mut names = BTreeSet::new();
        let mut subject = None;
        let mut broken = false;
        let mut next = Some(*first);
        while let Some(like) = next {
            let target = TablePattern::parse(&like.value).map(|pattern| pattern.to_string());
            let draft = target
                .as_ref()
                .ok()
                .and_then(|target| Some((target, drafts.get(target)?)));
            let Some((target, draft)) = draft else {
                broken = true;
                // Reported once, where the bad name stands.
                if chain.len() == 1 {
                    let hint = did_you_mean(&like.value, drafts.keys().map(String::as_str));
                    problems.add(
                        &like.place,
                        format!(
                            "unknown table `{}`, expected an entry of [tables.…]{hint}",
                            like.value
                        ),
                    );
                }
                break;
            };
            if chain.contains(target) {
                broken = true;
                chain.push(target.clone());
                // Every table of the circle says so; tables that only lead into it do not.
                if target == key {
                    problems.add(
                        &first.place,
                        format!("`like` goes round in a circle: {}", chain.join(" → ")),
                    );
                }
                break;
            }
            broken |= draft.broken;
            names.extend(draft.names.iter().cloned());
            subject = subject.or_else(|| draft.rule.subject.clone());
            for (name, rule) in &draft.rule.columns {
                columns.entry(name.clone()).or_insert_with(|| rule.clone());
            }
            chain.push(target.clone());
            next = likes.get(target).copied();
        }
        taken.insert(key.clone(), (columns, names, subject, broken));
    }
    for (key, (columns, names, subject, broken)) in taken {
        if let Some(draft) = drafts.get_mut(&key) {
            for (name, rule) in columns {
                draft.rule.columns.entry(name).or_insert(rule);
            }
            draft.names.extend(names);
            draft.rule.subject = draft.rule.subject.take().or(subject);
            draft.broken |= broken;
        }
    }
}
