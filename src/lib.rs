//! Sealwire: a PostgreSQL proxy that seals designated columns on write, opens them on read for
//! permitted roles, and masks them for everyone else.
//!
//! The rooms and who may use whom are in `tidy.rs`, which is a test. Start at [`session`] to read
//! one client's life, and at [`manual`] for the pages that explain the whole.

pub mod admin;
pub mod app;
pub mod audit;
pub mod auth;
pub mod catalog;
pub mod cli;
pub mod embedded;
pub mod eval;
pub mod fault;
pub mod gate;
pub mod ground;
pub mod identity;
pub mod jobs;
pub mod keys;
pub mod manual;
pub mod mask;
pub mod metrics;
pub mod observe;
pub mod plan;
pub mod policy;
pub mod seal;
pub mod server;
pub mod session;
pub mod sql;
pub mod suggest;
pub mod tls;
pub mod transform;
pub mod upstream;
pub mod value;
pub mod wire;

#[cfg(test)]
mod tidy;
