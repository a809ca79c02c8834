//! Names of the session: cursors that SQL declares and statements that SQL prepares. What their plan was is kept by the
//! session under their names, and said again where they are used: FETCH shows what the cursor's query shows, EXECUTE seals
//! its arguments as the prepared statement's parameters are.
//!
//! A name that is not known here has nothing protected behind it, or was made by code in the server: it passes, and its
//! rows under the backstop. Names are entered once the server has said that the statement was carried out, and dropped
//! only then.

mod arguments;
mod cursor;
mod prepared;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use zeroize::Zeroizing;

use super::facade::Faces;
use super::route::{self, Routed};
use super::{
    Appended, Derived, Environment, Outcome, Output, Parameter, Piece, Protocol, Reason, Request,
    Touch, World,
};
use crate::catalog::Snapshot;
use crate::fault::{Fault, Refusal};
use crate::policy::Protection;
use crate::sql::{Execute, Forget, Range, Token, fetched};

/// The names of a session.
#[derive(Debug, Clone, Default)]
pub struct Named {
    cursors: HashMap<String, Arc<NamedPlan>>,
    prepared: HashMap<String, Arc<NamedPlan>>,
}

static NONE: LazyLock<Named> = LazyLock::new(Named::default);

/// What is kept under a name.
pub struct NamedPlan {
    /// The statement that made it, to plan it again under other rights or rules. It may hold constants.
    text: Zeroizing<String>,
    environment: Environment,
    rights: u64,
    snapshot: Arc<Snapshot>,
    protection: Arc<Protection>,
    outputs: Option<Arc<[Output]>>,
    derived: Option<Arc<Derived>>,
    touches: Vec<Touch>,
    writes: bool,
    guesses: u32,
    /// What a prepared statement's arguments become.
    parameters: Vec<Parameter>,
    /// What of them goes upstream once more, in another form.
    appended: Vec<Appended>,
    /// Whether a constant of its own type may stand for the parameter.
    typed: Vec<bool>,
    /// What the server prepared.
    upstream: Vec<Piece>,
    /// A cursor WITH HOLD lives on after its transaction.
    hold: bool,
    /// Its rows come in binary whatever is asked for.
    binary: bool,
}

impl std::fmt::Debug for NamedPlan {
    // Its text may hold a plaintext.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NamedPlan")
            .field("outputs", &self.outputs)
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}

/// What a statement does to the names of its session, once it was carried out.
#[derive(Debug, Clone)]
pub enum Change {
    /// DECLARE; `None`: over nothing protected.
    Declared(String, Option<Arc<NamedPlan>>),
    /// PREPARE over something protected.
    Prepared(String, Arc<NamedPlan>),
    /// DEALLOCATE.
    Deallocated(String),
    /// DEALLOCATE ALL.
    AllDeallocated,
    /// CLOSE ALL.
    AllClosed,
    /// DISCARD ALL.
    Discarded,
}

impl Named {
    /// No names at all.
    pub fn none() -> &'static Named {
        &NONE
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cursors.is_empty() && self.prepared.is_empty()
    }

    /// Whether a cursor has this name.
    pub fn has_cursor(&self, name: &[u8]) -> bool {
        std::str::from_utf8(name).is_ok_and(|name| self.cursors.contains_key(name))
    }

    /// Whether a prepared statement has this name.
    pub fn has_prepared(&self, name: &[u8]) -> bool {
        std::str::from_utf8(name).is_ok_and(|name| self.prepared.contains_key(name))
    }

    /// What a statement did.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Declared(name, Some(cursor)) => {
                self.cursors.insert(name.clone(), Arc::clone(cursor));
            }
            Change::Declared(name, None) => {
                self.cursors.remove(name);
            }
            Change::Prepared(name, statement) => {
                self.prepared.insert(name.clone(), Arc::clone(statement));
            }
            Change::Deallocated(name) => {
                self.prepared.remove(name);
            }
            Change::AllDeallocated => self.prepared.clear(),
            Change::AllClosed => self.cursors.clear(),
            Change::Discarded => *self = Named::default(),
        }
    }

    /// Cursors without HOLD end with their transaction.
    pub fn transaction_ended(&mut self) {
        self.cursors.retain(|_, cursor| cursor.hold);
    }

    /// Whether a text may use or change names: quick, and true too often.
    pub fn may_concern(text: &[u8]) -> bool {
        const WORDS: &[&[u8]] = &[
            b"fetch",
            b"execute",
            b"declare",
            b"prepare",
            b"deallocate",
            b"discard",
            b"close",
        ];
        let has = |word: &&[u8]| {
            let mut windows = text.windows(word.len());
            windows.any(|window| window.eq_ignore_ascii_case(word))
        };
        WORDS.iter().any(has)
    }

    /// Whether what a text becomes hangs on names that another session has not: its plan is nobody else's.
    pub(super) fn decides(text: &str) -> bool {
        const WORD: &[u8] = b"execute";
        let mut windows = text.as_bytes().windows(WORD.len());
        super::world::first_word(text) == "fetch"
            || windows.any(|window| window.eq_ignore_ascii_case(WORD))
    }
}

impl NamedPlan {
    /// Whether it would be planned the same today. It was made under the names, settings and rights of then; the server
    /// holds on to what it made of it.
    fn holds(&self, world: &World, request: &Request<'_>) -> bool {
        let same = self.rights == request.rights.key
            && Arc::ptr_eq(&self.snapshot, &world.snapshot)
            && Arc::ptr_eq(&self.protection, &world.protection);
        if same {
            return true;
        }
        let plan = route::plan(
            world,
            &Request {
                text: &self.text,
                protocol: Protocol::Simple,
                declared: &[],
                environment: &self.environment,
                named: Named::none(),
                ..*request
            },
        );
        let made = plan
            .statements
            .first()
            .and_then(|one| one.change.as_deref());
        match made {
            Some(Change::Declared(_, Some(now)) | Change::Prepared(_, now)) => {
                now.outputs == self.outputs
                    && now.derived == self.derived
                    && now.parameters == self.parameters
                    && now.appended == self.appended
                    && now.upstream == self.upstream
            }
            Some(
                Change::Declared(_, None)
                | Change::Deallocated(_)
                | Change::AllDeallocated
                | Change::AllClosed
                | Change::Discarded,
            )
            | None => false,
        }
    }
}

/// What the files of this room are given.
pub(super) struct Naming<'a> {
    pub(super) world: &'a World,
    pub(super) request: &'a Request<'a>,
    pub(super) tokens: &'a [Token],
    pub(super) range: Range,
    /// As the statements before it in the text have left them.
    pub(super) names: &'a Named,
}

impl Naming<'_> {
    fn refusal(&self, fault: Fault, message: impl Into<String>, token: usize) -> Refusal {
        let start = self.tokens.get(token).map_or(0, |token| token.start);
        let before = self.request.text.get(..start);
        Refusal::new(fault, message).at(before.map_or(1, |before| before.chars().count() + 1))
    }

    /// Statements whose meaning is in the names; `None`: nothing of that.
    pub(super) fn route(&self, hit: Option<usize>, faces: &mut Faces) -> Option<Routed> {
        let own = self.tokens.get(self.range.first..=self.range.last)?;
        let is = |word: &str| own.first().is_some_and(|token| token.is_word(word));
        let routed = if is("fetch") {
            let name = fetched(self.tokens, self.range)?;
            self.fetch(self.names.cursors.get(name)?)
        } else if is("close") {
            let name = own.get(1)?;
            let change = if name.is_word("all") {
                Change::AllClosed
            } else {
                Change::Declared(name.name()?.to_owned(), None)
            };
            if own.len() != 2 || self.names.cursors.is_empty() {
                return None;
            }
            Ok(Routed {
                change: Some(Arc::new(change)),
                ..Routed::passes(Reason::NoData)
            })
        } else if is("declare") {
            return self.declare(hit, faces);
        } else if is("prepare") {
            return self.prepare(hit?, faces);
        } else if let Some(execute) = Execute::read(self.tokens, self.range) {
            let entry = self.names.prepared.get(&execute.name)?;
            self.execute(entry, &execute)
        } else if let Some(forget) = Forget::read(self.tokens, self.range) {
            if self.names.is_empty() {
                return None;
            }
            let change = match forget {
                Forget::One(name) => Change::Deallocated(name),
                Forget::All => Change::AllDeallocated,
                Forget::Session => Change::Discarded,
            };
            Ok(Routed {
                change: Some(Arc::new(change)),
                ..Routed::passes(Reason::NoData)
            })
        } else {
            self.carried_out_inside(own)
        };
        match routed {
            Ok(routed)
                if matches!(routed.outcome, Outcome::Passthrough(_)) && routed.change.is_none() =>
            {
                None
            }
            Ok(routed) => Some(routed),
            Err(refusal) => Some(Routed::refused(refusal)),
        }
    }

    /// EXPLAIN EXECUTE, CREATE TABLE … AS EXECUTE: its arguments would go upstream as they are.
    fn carried_out_inside(&self, own: &[Token]) -> Result<Routed, Refusal> {
        for (at, pair) in own.windows(2).enumerate() {
            if let [word, name] = pair
                && word.is_word("execute")
                && let Some(name) = name.name()
                && self.names.prepared.contains_key(name)
            {
                let message = format!(
                    "EXECUTE of \"{name}\", which is over a protected table, inside another statement"
                );
                return Err(self
                    .refusal(Fault::CursorRefused, message, self.range.first + at)
                    .with_hint("Send the statement itself in its place."));
            }
        }
        Ok(Routed::passes(Reason::NotWatched))
    }

    fn kept(&self, routed: &Routed) -> NamedPlan {
        let first = self
            .tokens
            .get(self.range.first)
            .map_or(0, |token| token.start);
        let last = self
            .tokens
            .get(self.range.last)
            .map_or(0, |token| token.end);
        NamedPlan {
            text: Zeroizing::new(
                self.request
                    .text
                    .get(first..last)
                    .unwrap_or_default()
                    .to_owned(),
            ),
            environment: self.request.environment.clone(),
            rights: self.request.rights.key,
            snapshot: Arc::clone(&self.world.snapshot),
            protection: Arc::clone(&self.world.protection),
            outputs: routed.outputs.clone(),
            derived: routed.derived.clone(),
            touches: routed.touches.clone(),
            writes: routed.writes,
            guesses: routed.guesses,
            parameters: Vec::new(),
            appended: Vec::new(),
            typed: Vec::new(),
            upstream: Vec::new(),
            hold: false,
            binary: false,
        }
    }
}
