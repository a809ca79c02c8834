//! What a session tells metrics and audit. Names, counts and times; never a value.

use std::time::Duration;

use crate::fault::Refusal;
use crate::identity::Principal;
use crate::plan::{Reason, Touch};
use crate::transform::Counts;

/// How a statement ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Passed untouched.
    Passthrough(Reason),
    /// Carried out as planned.
    Planned,
    /// Refused by Sealwire.
    Refused(Refusal),
    /// Failed in the server.
    Failed,
}

/// One statement on something watched, when it has ended.
#[derive(Debug)]
pub struct StatementFacts<'a> {
    /// Who.
    pub principal: &'a Principal,
    /// Where.
    pub database: &'a str,
    /// `application_name`.
    pub application: &'a str,
    /// Stable hash of its token stream without literals.
    pub fingerprint: &'a str,
    /// Columns it touches.
    pub touches: &'a [Touch],
    /// What was sealed, opened and masked.
    pub counts: &'a Counts,
    /// How it ended.
    pub ending: Ending,
    /// In observe mode: what would have been refused.
    pub observed: Option<&'a Refusal>,
    /// Hash of the rule set in force.
    pub rules_hash: &'a str,
}

/// A stage of a statement's way whose time is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The quick look at a text.
    Survey,
    /// Making the plan.
    Plan,
    /// Sealing constants and parameters.
    Seal,
    /// Opening and masking the first row of a result.
    Open,
    /// From sending a statement to the end of its answer.
    Upstream,
}

/// What the server's side failed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UpstreamFailure {
    /// It could not be reached.
    Connect,
    /// It refused the login.
    Authentication,
    /// It ended the connection on its own.
    Closed,
}

/// Takes what a session tells. Every method does nothing unless said otherwise.
pub trait Recorder: Send + Sync {
    /// A session has been authenticated.
    fn session_opened(&self, _principal: &Principal, _database: &str) {}
    /// It has ended.
    fn session_closed(&self) {}
    /// A statement that was not looked at.
    fn passed(&self) {}
    /// A statement that was.
    fn statement(&self, _facts: &StatementFacts<'_>) {}
    /// A plan was made, or kept from before.
    fn planned(&self, _kept: bool) {}
    /// A refusal of something that is no statement.
    fn refused(&self, _refusal: &Refusal) {}
    /// Time spent.
    fn stage(&self, _stage: Stage, _time: Duration) {}
    /// The server's connection failed or ended on its own.
    fn upstream_error(&self, _failure: UpstreamFailure) {}
    /// A client was sent away before it had a session.
    fn turned_away(&self) {}
}

/// Forgets everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unrecorded;

impl Recorder for Unrecorded {}
