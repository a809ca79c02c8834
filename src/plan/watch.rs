//! The watch list: which names make a text worth reading.

use std::collections::{BTreeSet, HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

use super::guarded;
use crate::catalog::{ForeignKey, RelationKind, Snapshot};
use crate::policy::Protection;
use crate::sql::Token;

/// What reaches protected tables in one database.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    /// Relations from which rows of a protected table can come: the tables, views over them, parents of them.
    pub(super) reaching: HashSet<u32>,
    /// Relations whose DELETE acts on a protected table through foreign keys, with those tables.
    pub(super) deletes: HashMap<u32, BTreeSet<u32>>,
    /// The same for UPDATE.
    pub(super) updates: HashMap<u32, BTreeSet<u32>>,
    /// Routines that reach a protected table, or of which that cannot be told.
    pub(super) routines: HashSet<String>,
    names: HashSet<String>,
    automaton: Option<AhoCorasick>,
}

impl Watch {
    pub(super) fn new(snapshot: &Snapshot, protection: &Protection) -> Watch {
        let reaching = reaching(snapshot, protection);
        let deletes = cascades(snapshot, protection, |key| key.on_delete_acts);
        let updates = cascades(snapshot, protection, |key| key.on_update_acts);
        let mut routines = HashSet::new();
        let mut names = HashSet::new();
        let mut automaton = None;
        if !protection.tables.is_empty() {
            for (name, reads) in &snapshot.routines {
                if reads
                    .as_ref()
                    .is_none_or(|reads| reads.iter().any(|oid| reaching.contains(oid)))
                {
                    routines.insert(name.clone());
                }
            }
            names.extend(routines.iter().cloned());
            for oid in reaching.iter().chain(deletes.keys()).chain(updates.keys()) {
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
            let patterns = names
                .iter()
                .map(|name| name.replace('"', "\"\""))
                .chain(["u&'".to_owned(), "u&\"".to_owned()]);
            automaton = AhoCorasickBuilder::new()
                .ascii_case_insensitive(true)
                .build(patterns)
                .ok();
        }
        Watch {
            reaching,
            deletes,
            updates,
            routines,
            names,
            automaton,
        }
    }

    /// Whether nothing is watched at all.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a watched name may stand in the text. Without an automaton, all texts are looked at.
    pub(super) fn may_hit(&self, text: &str) -> bool {
        !self.is_empty()
            && self
                .automaton
                .as_ref()
                .is_none_or(|automaton| automaton.is_match(text))
    }

    /// The first token that is a watched name.
    pub(super) fn hit(&self, tokens: &[Token]) -> Option<usize> {
        tokens
            .iter()
            .position(|token| token.name().is_some_and(|name| self.names.contains(name)))
    }
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
