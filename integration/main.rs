//! End-to-end tests against real PostgreSQL: they start their own servers and the built binary.
//! `SEALWIRE_PG_BIN` chooses the server's version; else the one found on this machine is used.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]
#![allow(unreachable_pub, reason = "a test binary has no outside")]

mod adopting;
mod apps;
mod arrays;
mod assessing;
mod attacks;
mod auth;
mod bench;
mod bulk;
mod bulk_clients;
mod cases;
mod casing;
mod clients;
mod commands;
mod computing;
mod copying;
mod cursors;
mod customers;
mod demo;
mod derived;
mod differential;
mod doors;
mod dumps;
mod erasing;
mod explaining;
mod facade;
mod ground_jobs;
mod grouped;
mod harness;
mod homonyms;
mod hygiene;
mod insensitive;
mod joined;
mod judging;
mod keys;
mod keysets;
mod large;
mod leaks;
mod literals;
mod migrations;
mod misread;
mod moving;
mod named;
mod naming;
mod observing;
mod online;
mod opening;
mod ordering;
mod outside;
mod overtaken;
mod passthrough;
mod patterns;
mod preparing;
mod protocol;
mod random;
mod recovering;
mod replaced;
mod reviewed;
mod reviewing;
mod roads;
mod rotation;
mod routines;
mod schema;
mod searching;
mod statements;
mod suggesting;
mod temporaries;
mod threats;
mod tls;
mod types;
mod unordered;
mod values;
mod who;
mod wording;
mod worlds;
