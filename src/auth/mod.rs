//! Who connects, and how that is proved: sans-I/O. [`choose`] finds the rule of a connection; [`Relay`] passes the
//! server's own questions on, [`scram::server`] and [`Names`] end a proof here, and [`Entry`] logs in to the server
//! as the user that was proved. [`Users`] is what is known of passwords, [`Failures`] makes who guesses wait.
//!
//! Absent: sockets (session moves the bytes), the way to the server (upstream), rights (policy).

mod certificate;
mod credential;
mod entry;
mod failures;
mod query;
mod relay;
mod rules;
pub mod scram;
mod users;

pub use certificate::{NameKind, NameRule, Names};
pub use credential::{Credential, Password, ScramKeys};
pub use entry::{Entry, Step, Unasked, Way};
pub use failures::Failures;
pub use query::check_query;
pub use relay::{Progress, Relay};
pub use rules::{Addresses, Asking, Method, MethodName, NamePattern, Network, Rule, choose};
pub use users::{Account, Passwords, Users, moment, valid_until, written_until};

/// The longest answer of a client before it is authenticated (PostgreSQL's `PG_MAX_AUTH_TOKEN_LENGTH`).
pub const MAX_ANSWER: usize = 65_535;
