//! Everything a plan is made against.

use std::collections::HashMap;
use std::sync::Arc;

use dashmap::DashMap;

use super::watch::{self, Watch};
use super::{
    Environment, Plan, Protocol, Request, Survey, first_value, keyset, observe, route, serials,
    steering,
};
use crate::catalog::Snapshot;
use crate::policy::Protection;
use crate::sql::{self, TokenKind};

/// Plans kept for one world; when it is full nothing new is kept.
const CACHED: usize = 4_096;

/// The longest text whose plan is kept.
const CACHED_TEXT: usize = 64 * 1024;

/// The catalog and the protection of one database at one moment. A change of either makes a new world,
/// so that its plans never outlive it.
#[derive(Debug, Clone)]
pub struct World {
    /// The catalog.
    pub snapshot: Arc<Snapshot>,
    /// The rules, bound to it.
    pub protection: Arc<Protection>,
    pub(super) watch: Arc<Watch>,
    /// Element type → array type.
    pub(super) arrays: Arc<HashMap<u32, u32>>,
    plans: Arc<DashMap<Key, Arc<Plan>>>,
    /// Where some tables are only observed.
    pub(super) beside: Option<Arc<Beside>>,
}

/// What a statement is planned against where some tables are only observed.
#[derive(Debug)]
pub(super) struct Beside {
    /// As if the observed tables were in no rule: what is carried out.
    pub(super) enforced: World,
    /// As if all were protected: what is told.
    pub(super) as_if: World,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    extended: bool,
    declared: Vec<u32>,
    environment: Environment,
    rights: u64,
}

/// Words that a statement may begin with and that can hide a name or change what names mean.
const LOOKED_AT: &[&str] = &[
    "do", "execute", "fetch", "move", "call", "create", "alter", "drop", "set", "reset", "discard",
    "prepare", "declare", "copy", "rollback", "abort", "commit", "end", "import", "reassign",
];

impl World {
    /// Puts the two together.
    pub fn new(snapshot: Arc<Snapshot>, protection: Arc<Protection>) -> Self {
        let watch = Arc::new(Watch::new(&snapshot, &protection));
        let arrays = snapshot
            .types
            .iter()
            .filter(|(_, info)| info.element != 0)
            .map(|(oid, info)| (info.element, *oid));
        let beside = protection.observes().then(|| {
            let world =
                |protection: Protection| World::new(Arc::clone(&snapshot), Arc::new(protection));
            Arc::new(Beside {
                enforced: world(protection.enforced()),
                as_if: world(protection.as_if_sealed()),
            })
        });
        World {
            beside,
            arrays: Arc::new(arrays.collect()),
            watch,
            plans: Arc::default(),
            snapshot,
            protection,
        }
    }

    /// Whether rows of a protected table can come from this relation: for the backstop.
    pub fn reaches(&self, oid: u32) -> bool {
        let watch = (self.beside.as_ref()).map_or(&self.watch, |beside| &beside.enforced.watch);
        watch.reaching.contains(&oid)
    }

    /// Whether anything is in force: where all tables are only observed, nothing may be refused.
    pub fn enforces(&self) -> bool {
        let world = (self.beside.as_ref()).map_or(self, |beside| &beside.enforced);
        !world.is_open()
    }

    /// The same as if `protect` had run for every table that the rules name, to judge statements beforehand.
    #[must_use]
    pub fn as_if_protected(&self) -> World {
        World::new(
            Arc::clone(&self.snapshot),
            Arc::new(self.protection.as_if_sealed()),
        )
    }

    /// Whether catalogs that are read through the proxy show sealed columns as they were declared.
    pub fn has_facade(&self) -> bool {
        self.watch.has_facade()
    }

    /// Whether the rules want it and it is not there, or not for this database: `init` has to run again.
    pub fn lacks_facade(&self) -> bool {
        !self.has_facade() && watch::wants_facade(&self.protection)
    }

    /// Whether nothing in this database is protected: then everything passes.
    pub fn is_open(&self) -> bool {
        self.watch.is_empty() && self.protection.rules.is_empty()
    }

    /// Whether the snapshot knows a relation of this oid; one that it does not know may be new.
    pub fn knows(&self, oid: u32) -> bool {
        self.snapshot.relations.contains_key(&oid)
    }

    /// A cheap look at a text.
    pub fn survey(&self, text: &str) -> Survey {
        if self.is_open() {
            return Survey::default();
        }
        let hits = self.watch.hits(text);
        let may_hit = hits.watched;
        let several = text.trim_end().trim_end_matches(';').contains(';');
        let first = first_word(text);
        let looked_at = LOOKED_AT.contains(&first.as_str()) || self.may_make(&first, text);
        if !may_hit && !several && !looked_at {
            // A catalog holds nothing to guard: a text that is not read for certain passes.
            return Survey {
                watched: hits.faced
                    && sql::lex(text).is_ok_and(|tokens| self.watch.hits_facade(&tokens)),
                ..Survey::default()
            };
        }
        let Ok(tokens) = sql::lex(text) else {
            return Survey {
                watched: true,
                changes_settings: true,
                changes_catalog: true,
            };
        };
        // A backslash may or may not end a string, by the session's settings: what is a name is for the plan to say.
        let mut survey = Survey {
            watched: may_hit && text.contains('\\'),
            ..Survey::default()
        };
        for range in sql::split(&tokens) {
            let own = tokens.get(range.first..=range.last).unwrap_or(&[]);
            let effects = route::effects(own);
            survey.changes_settings |= effects.settings;
            survey.changes_catalog |= effects.catalog;
            survey.watched |= keyset::chosen(own).is_some() || !self.watch.casts.is_empty();
            survey.watched |= effects.hides && !self.watch.is_empty()
                || (may_hit
                    && (self.watch.hit(own).is_some() || self.watch.carrier(own, true).is_some()))
                || (hits.faced && self.watch.hits_facade(own))
                || route::may_define(self, own)
                || may_hit && first_value::found(own)
                || may_hit && serials::found(self.watch.serials.iter(), own).is_some()
                || !self.watch.is_empty()
                    && (steering::found(own).is_some() || steering::operator(own).is_some());
        }
        survey
    }

    /// Whether a query may make a table, which the rules may name.
    fn may_make(&self, first: &str, text: &str) -> bool {
        let word = match first {
            "select" | "with" => "into",
            "explain" => "create",
            _ => return false,
        };
        let has = |word: &str| {
            let mut windows = text.as_bytes().windows(word.len());
            windows.any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
        };
        !self.protection.rules.is_empty() && (has(word) || first == "explain" && has("into"))
    }

    /// Whether the text reads otherwise where `standard_conforming_strings` is off: up to the first plain constant
    /// that holds a backslash both settings read alike.
    pub fn reads_two_ways(&self, text: &str) -> bool {
        text.contains('\\')
            && sql::lex(text).map_or(true, |tokens| {
                tokens.iter().any(|token| match &token.kind {
                    TokenKind::Text(constant) => constant.contains('\\'),
                    TokenKind::Word(_)
                    | TokenKind::Quoted(_)
                    | TokenKind::Escaped(_)
                    | TokenKind::Dollar(_)
                    | TokenKind::Bits
                    | TokenKind::Number(_)
                    | TokenKind::Operator(_)
                    | TokenKind::Placeholder(_)
                    | TokenKind::Mark(_) => false,
                })
            })
    }

    /// The plan of a watched text, and whether it was kept from before.
    pub fn plan(&self, request: &Request<'_>) -> (Arc<Plan>, bool) {
        // A text with constants of its own is not kept: it would hold plaintext, and seldom comes again.
        let keeps = request.protocol == Protocol::Extended
            && request.text.len() <= CACHED_TEXT
            && !super::Named::decides(request.text);
        if !keeps {
            return (Arc::new(self.make(request)), false);
        }
        let key = Key {
            text: request.text.to_owned(),
            extended: true,
            declared: request.declared.to_vec(),
            environment: request.environment.clone(),
            rights: request.rights.key,
        };
        if let Some(plan) = self.plans.get(&key) {
            return (Arc::clone(&plan), true);
        }
        let plan = Arc::new(self.make(request));
        let constant = plan
            .text
            .iter()
            .any(|piece| !matches!(piece, super::Piece::Text(_)));
        let constant = constant
            || (plan.statements.iter())
                .filter_map(|statement| statement.derived.as_ref())
                .any(|derived| derived.has_constant());
        if !constant && !plan.stale && self.plans.len() < CACHED {
            self.plans.insert(key, Arc::clone(&plan));
        }
        (plan, false)
    }

    fn make(&self, request: &Request<'_>) -> Plan {
        match &self.beside {
            None => route::plan(self, request),
            Some(beside) => observe::plan(self, beside, request),
        }
    }

    /// How many plans are kept.
    pub fn cached_plans(&self) -> usize {
        self.plans.len()
    }
}

/// The first word of a text in lower case, comments and opening parentheses skipped.
pub(super) fn first_word(text: &str) -> String {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_ascii_whitespace() || c == '\u{b}' || c == '(' || c == ';'
        });
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment
                .find(['\n', '\r'])
                .and_then(|end| comment.get(end..))
                .unwrap_or("");
        } else if rest.starts_with("/*") {
            // Nested comments are rare in front: such a text is lexed.
            return "copy".to_owned();
        } else {
            break;
        }
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    rest.get(..end).unwrap_or("").to_ascii_lowercase()
}
