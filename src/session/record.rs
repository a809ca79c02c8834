//! What a session tells metrics and audit. Names, counts and times; never a value.

use std::net::IpAddr;
use std::time::Duration;

use crate::auth::MethodName;
use crate::fault::{Fault, Refusal};
use crate::identity::Principal;
use crate::plan::{Observed, Reason, Touch};
use crate::tls::Transport;
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
    /// The role that SET ROLE made active, where it is not the login.
    pub role: Option<&'a str>,
    /// Columns it touches.
    pub touches: &'a [Touch],
    /// What was sealed, opened and masked.
    pub counts: &'a Counts,
    /// How it ended.
    pub ending: Ending,
    /// In observe mode: what enforcing would have done.
    pub observed: Option<&'a Observed>,
    /// Hash of the rule set in force.
    pub rules_hash: &'a str,
}

/// A stage of a statement's way whose time is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The quick look.
    Survey,
    /// Making the plan, where none was kept.
    Plan,
    /// Sealing constants and parameters.
    Seal,
    /// Opening and masking the rows of a result.
    Open,
    /// From the end of what was sent to the first of the answer.
    Upstream,
}

/// How the server's side failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Upstream {
    /// It could not be reached.
    Connect,
    /// The connection could not be secured.
    Tls,
    /// It did not let the client in.
    Authentication,
    /// It ended the connection.
    Closed,
    /// It answered what nobody asked.
    Protocol,
}

/// How a login went.
#[derive(Debug, Clone, Copy)]
pub struct Login<'a> {
    /// As whom.
    pub user: &'a str,
    /// From where.
    pub peer: IpAddr,
    /// By which method; `reject` where no rule fits.
    pub method: MethodName,
    /// Why it failed. `None`: it did not.
    pub failure: Option<Failure>,
}

/// Why a login failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Here.
    Here(Fault),
    /// The server did not take the client for whom it said it was.
    Server,
}

/// Takes what a session tells. Every method does nothing unless said otherwise.
pub trait Recorder: Send + Sync {
    /// A session has been authenticated.
    fn session_opened(&self, _principal: &Principal, _database: &str) {}
    /// How its client has come.
    fn arrived(&self, _transport: &Transport) {}
    /// A client's TLS handshake failed.
    fn handshake_failed(&self) {}
    /// Somebody tried to log in.
    fn login(&self, _login: &Login<'_>) {}
    /// It has ended.
    fn session_closed(&self) {}
    /// A client was turned away before its session began.
    fn turned_away(&self, _refusal: &Refusal) {}
    /// A statement that was not looked at.
    fn passed(&self) {}
    /// A statement that was.
    fn statement(&self, _facts: &StatementFacts<'_>) {}
    /// A plan was looked for among those kept, and found or made.
    fn planned(&self, _kept: bool) {}
    /// A refusal of something that is no statement.
    fn refused(&self, _refusal: &Refusal) {}
    /// Time spent.
    fn stage(&self, _stage: Stage, _time: Duration) {}
    /// The server's side failed.
    fn upstream_error(&self, _error: Upstream) {}
}

/// Forgets everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unrecorded;

impl Recorder for Unrecorded {}
