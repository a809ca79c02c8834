//! The watch list: which names make a text worth reading.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use super::first_value::{self, Keeping};
use super::{facade, guarded, serials};
use crate::catalog::{ForeignKey, Judge, JudgeKind, RelationKind, Serial, Snapshot};
use crate::policy::{Protection, Storage};
use crate::sql::{Token, TokenKind};

/// What reaches protected tables in one database.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    /// Relations from which rows of a protected table can come: the tables, views over them, parents of them.
    pub(super) reaching: HashSet<u32>,
    /// Relations whose DELETE acts on a protected table through foreign keys, with those tables.
    pub(super) deletes: HashMap<u32, BTreeSet<u32>>,
    /// The same for UPDATE.
    pub(super) updates: HashMap<u32, BTreeSet<u32>>,
    /// Relations whose rules act on a protected table, or call a routine.
    pub(super) ruled: HashSet<u32>,
    /// Other relations on which writing could tell of what is protected: by a foreign key, by row security.
    pub(super) beside: HashSet<u32>,
    /// Policies that read other tables, protected ones among all that they read, with the tables that they are on.
    pub(super) policies: Vec<(u32, Arc<Judge>)>,
    /// Routines that reach a protected table, or of which that cannot be told.
    pub(super) routines: HashSet<String>,
    /// Sequences of columns that lie in plaintext.
    pub(super) serials: Vec<Serial>,
    /// Casts that carry out such a routine wherever a value of one type is taken for another: no statement is safe from them.
    pub(super) casts: Vec<String>,
    /// Operators and types that carry out such a routine without naming it.
    carriers: HashSet<String>,
    names: HashSet<String>,
    automaton: Option<AhoCorasick>,
    /// Names of catalogs that a facade covers; empty where there is none.
    faces: HashSet<&'static str>,
    /// What may keep rows of `pg_attribute`.
    keeping: Option<Keeping>,
    /// Both kinds of names: most texts hold neither, and are scanned once.
    either: Option<AhoCorasick>,
}

/// What may stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hits {
    /// A name that reaches something protected.
    pub(super) watched: bool,
    /// A catalog that a facade covers.
    pub(super) faced: bool,
}

impl Watch {
    pub(super) fn new(snapshot: &Snapshot, protection: &Protection) -> Watch {
        let reaching = reaching(snapshot, protection);
        let deletes = cascades(snapshot, protection, |key| key.on_delete_acts);
        let updates = cascades(snapshot, protection, |key| key.on_update_acts);
        let mut ruled: HashSet<u32> = (snapshot.ruled.iter())
            .filter(|(_, named)| {
                let reaches =
                    |oid: &u32| *oid == 0 || reaching.contains(oid) || deletes.contains_key(oid);
                !protection.tables.is_empty() && named.iter().any(reaches)
            })
            .map(|(oid, _)| *oid)
            .collect();
        let policies = policies(snapshot, protection);
        let beside = beside(snapshot, protection, &policies);
        let serials = serials::counters(snapshot, protection);
        let mut routines = HashSet::new();
        let mut carriers = HashSet::new();
        let mut casts = Vec::new();
        let mut names = HashSet::new();
        let mut automaton = None;
        let mut faces = HashSet::new();
        let mut either = None;
        if !protection.tables.is_empty() {
            let reached = |(name, reads): &(String, Option<Vec<u32>>)| {
                let reads = reads.as_ref();
                reads
                    .is_none_or(|reads| reads.iter().any(|oid| reaching.contains(oid)))
                    .then(|| name.clone())
            };
            routines.extend(snapshot.routines.iter().filter_map(reached));
            carriers.extend(snapshot.carriers.iter().filter_map(reached));
            casts.extend(snapshot.casts.iter().filter_map(reached));
            ruled.extend(checked(snapshot, &carriers));
            names.extend(routines.iter().cloned());
            let vouched = protection.routines.iter();
            names.extend(vouched.map(|one| one.signature.name.clone()));
            for oid in (reaching.iter().chain(&ruled).chain(&beside))
                .chain(deletes.keys())
                .chain(updates.keys())
            {
                names.extend(
                    snapshot
                        .relations
                        .get(oid)
                        .map(|relation| relation.name.clone()),
                );
            }
            names.extend(protection.tables.values().map(|table| table.name.clone()));
            for list in [guarded::FUNCTIONS, guarded::CATALOGS, guarded::SETTINGS] {
                names.extend(list.iter().map(|name| (*name).to_owned()));
            }
            // `U&` can spell a name otherwise; a quoted name may double its quotes.
            let mut patterns: Vec<String> = names
                .iter()
                .chain(&carriers)
                .cloned()
                .chain(serials::words(&serials))
                .map(|name| name.replace('"', "\"\""))
                .chain(["u&'", "u&\"", "pg_settings", first_value::WORD].map(str::to_owned))
                .collect();
            automaton = build(&patterns).filter(|_| casts.is_empty());
            if shows(snapshot, protection) {
                faces.extend(facade::words());
                patterns.extend(faces.iter().map(|name| (*name).to_owned()));
                either = build(&patterns).filter(|_| casts.is_empty());
            }
        }
        Watch {
            reaching,
            deletes,
            updates,
            ruled,
            beside,
            policies,
            routines,
            serials,
            carriers,
            casts,
            names,
            automaton,
            keeping: Keeping::new(),
            faces,
            either,
        }
    }

    /// Whether catalogs show sealed columns as they were declared.
    pub(super) fn has_facade(&self) -> bool {
        !self.faces.is_empty()
    }

    /// What may stand in the text.
    pub(super) fn hits(&self, text: &str) -> Hits {
        match &self.either {
            Some(either) if !either.is_match(text) => Hits::default(),
            Some(_) | None => Hits {
                watched: self.may_hit(text),
                faced: self.has_facade(),
            },
        }
    }

    /// Whether a token names a catalog that a facade covers.
    pub(super) fn hits_facade(&self, tokens: &[Token]) -> bool {
        tokens
            .iter()
            .any(|token| token.name().is_some_and(|name| self.faces.contains(name)))
    }

    /// Whether nothing is watched at all.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a watched name may stand in the text. Without an automaton, all texts are looked at.
    pub(super) fn may_hit(&self, text: &str) -> bool {
        let named = || (self.automaton.as_ref()).is_none_or(|names| names.is_match(text));
        let kept = || (self.keeping.as_ref()).is_none_or(|keeping| keeping.is_in(text));
        !self.is_empty() && (named() || kept())
    }

    /// The first token that carries out a routine which could reach a protected table, without naming it. A type's name
    /// is one where it stands as a type; in a definition it may stand as one anywhere.
    pub(super) fn carrier(&self, tokens: &[Token], defines: bool) -> Option<usize> {
        if self.carriers.is_empty() {
            return None;
        }
        tokens.iter().enumerate().position(|(at, token)| {
            let known = |name: &str| self.carriers.contains(name);
            match &token.kind {
                TokenKind::Operator(operator) => known(operator),
                TokenKind::Word(name) | TokenKind::Quoted(name) => {
                    known(name) && (defines || is_type(tokens, at))
                }
                TokenKind::Text(_)
                | TokenKind::Escaped(_)
                | TokenKind::Dollar(_)
                | TokenKind::Bits
                | TokenKind::Number(_)
                | TokenKind::Placeholder(_)
                | TokenKind::Mark(_) => false,
            }
        })
    }

    /// The first token that is a watched name.
    pub(super) fn hit(&self, tokens: &[Token]) -> Option<usize> {
        tokens
            .iter()
            .position(|token| token.name().is_some_and(|name| self.names.contains(name)))
    }
}

/// Whether a name stands as a type: behind `::` or AS, before a constant, as a function, or behind a name in a list of
/// column definitions (`AS x(a email)`, `COLUMNS a email`).
fn is_type(tokens: &[Token], at: usize) -> bool {
    let token = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    let qualified = token(at.checked_sub(1)).is_some_and(|token| token.is_mark('.'));
    let first = if qualified {
        at.checked_sub(2)
    } else {
        Some(at)
    };
    let before = token(first.and_then(|first| first.checked_sub(1)));
    let begins =
        |token: &Token| token.is_mark('(') || token.is_mark(',') || token.is_word("columns");
    let defined = before.is_some_and(|token| token.name().is_some())
        && token(first.and_then(|first| first.checked_sub(2))).is_some_and(begins);
    defined
        || before.is_some_and(|token| token.is_operator("::") || token.is_word("as"))
        || token(Some(at + 1)).is_some_and(|token| {
            token.is_mark('(')
                || matches!(
                    token.kind,
                    TokenKind::Text(_) | TokenKind::Escaped(_) | TokenKind::Dollar(_)
                )
        })
}

fn build(patterns: &[String]) -> Option<AhoCorasick> {
    AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .build(patterns)
        .ok()
}

/// Whether there is a facade: the rules want it, `init` has made it, it was fitted to the columns that are sealed
/// here, and rules are carried out for one of them.
fn shows(snapshot: &Snapshot, protection: &Protection) -> bool {
    wants_facade(protection)
        && !snapshot.facade.shapes.is_empty()
        && snapshot.has_facade()
        && is_fitted(snapshot, protection)
}

/// Whether the rules want one, and rules are carried out for a sealed column.
pub(super) fn wants_facade(protection: &Protection) -> bool {
    protection.facade
        && protection.tables.values().any(|table| {
            !table.observe
                && (table.columns.values())
                    .any(|column| matches!(column.storage, Storage::Sealed(_)))
        })
}

/// Whether the facade speaks of the columns that are sealed here, and of no others: in a restored database it
/// speaks of another's numbers until `init` runs again.
fn is_fitted(snapshot: &Snapshot, protection: &Protection) -> bool {
    snapshot
        .facade
        .shapes
        .iter()
        .all(|((table, attnum), declared)| {
            let Some(table) = protection.tables.get(table) else {
                return !snapshot.relations.contains_key(table);
            };
            table.columns.get(attnum).is_some_and(|column| {
                matches!(column.storage, Storage::Sealed(_) | Storage::RuleMissing)
                    && column.declared.oid == *declared
            })
        })
}

/// Protected tables, what reads them, and what they are parts of. Oid 0 stands for what a view reads through a
/// routine that cannot be read: it counts as reaching.
fn reaching(snapshot: &Snapshot, protection: &Protection) -> HashSet<u32> {
    let mut reaching: HashSet<u32> = protection.tables.keys().copied().collect();
    loop {
        let before = reaching.len();
        for (oid, relation) in &snapshot.relations {
            if reaching.contains(oid) {
                reaching.extend(relation.parents.iter().copied());
            }
            if matches!(
                relation.kind,
                RelationKind::View | RelationKind::MaterialisedView
            ) && relation
                .reads
                .iter()
                .any(|read| *read == 0 || reaching.contains(read))
            {
                reaching.insert(*oid);
            }
        }
        if reaching.len() == before {
            return reaching;
        }
    }
}

/// The other ends of foreign keys of protected columns, and the tables of policies that read protected ones with what
/// else those read.
fn beside(
    snapshot: &Snapshot,
    protection: &Protection,
    policies: &[(u32, Arc<Judge>)],
) -> HashSet<u32> {
    let mut beside = HashSet::new();
    for key in &snapshot.foreign_keys {
        let of = |(oid, columns): &(u32, Vec<i16>)| {
            (protection.tables.get(oid))
                .is_some_and(|table| columns.iter().any(|own| table.columns.contains_key(own)))
        };
        if of(&key.from) || of(&key.to) {
            beside.extend([key.from.0, key.to.0]);
        }
    }
    for (table, policy) in policies {
        beside.insert(*table);
        beside.extend(policy.reads.iter().map(|(oid, _)| *oid));
    }
    beside
}

/// Relations with a column of a domain whose check carries out such a routine: it is checked where one is written.
fn checked<'s>(
    snapshot: &'s Snapshot,
    carriers: &'s HashSet<String>,
) -> impl Iterator<Item = u32> + 's {
    let checks = |mut oid: u32| {
        // A domain over a domain, an array of such: to their end.
        for _ in 0..8 {
            let Some(info) = snapshot.types.get(&oid) else {
                return false;
            };
            if info.typtype == 'd' && carriers.contains(&info.name) {
                return true;
            }
            oid = if info.typtype == 'd' {
                info.base
            } else {
                info.element
            };
        }
        false
    };
    (snapshot.relations.values())
        .filter(move |relation| relation.columns.iter().any(|own| checks(own.type_oid)))
        .map(|relation| relation.oid)
        .filter(|_| !carriers.is_empty())
}

fn policies(snapshot: &Snapshot, protection: &Protection) -> Vec<(u32, Arc<Judge>)> {
    let mut found = Vec::new();
    for (table, judges) in &snapshot.judges {
        for judge in judges {
            let mut reads = judge.reads.iter().map(|(oid, _)| oid);
            if matches!(judge.kind, JudgeKind::Policy { .. })
                && reads.clone().any(|oid| oid != table)
                && reads.any(|oid| protection.tables.contains_key(oid))
            {
                found.push((*table, Arc::clone(judge)));
            }
        }
    }
    found
}

fn cascades(
    snapshot: &Snapshot,
    protection: &Protection,
    acts: impl Fn(&ForeignKey) -> bool,
) -> HashMap<u32, BTreeSet<u32>> {
    let mut cascades: HashMap<u32, BTreeSet<u32>> = HashMap::new();
    loop {
        let mut grown = false;
        for key in snapshot.foreign_keys.iter().filter(|key| acts(key)) {
            let mut ends: BTreeSet<u32> = cascades.get(&key.from.0).cloned().unwrap_or_default();
            if protection.tables.contains_key(&key.from.0) {
                ends.insert(key.from.0);
            }
            if ends.is_empty() {
                continue;
            }
            let known = cascades.entry(key.to.0).or_default();
            let before = known.len();
            known.extend(ends);
            grown |= known.len() > before;
        }
        if !grown {
            return cascades;
        }
    }
}
