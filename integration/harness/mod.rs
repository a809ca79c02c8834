//! What the scenarios stand on: one shared server a process, a database a test, the built binary,
//! and the clients that drive it.
//!
//! A test reads: `Database::create(roles)` → `database.run(ddl)` → `Site::new(&database, rules)` →
//! `site.protect(table)` → `let proxy = site.serve()` → a client on `proxy.url(role)`.
#![allow(dead_code, unused_imports, reason = "each scenario uses its part")]

pub mod certificates;
mod database;
mod http;
mod python;
mod raw;
mod server;
mod site;
mod tools;

pub use database::Database;
pub use http::get;
pub use python::{interpreter, python};
pub use raw::{Frame, Raw};
pub use server::{binaries, connect, shared, start, version};
pub use site::{Proxy, Site};
pub use tools::{Output, binary, psql, psql_with, run, sealwire, sealwire_with, until};
