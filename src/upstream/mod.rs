//! The connection to PostgreSQL: connect, start up, cancel; and the service connection.

pub mod service;
