//! Plans: what is sent upstream in place of a client's statement, and how its parameters and
//! results are treated. Pure: no keys, no network, no clock.
//!
//! Absent: sealing (transform), what the protocol does with a plan (session).

mod output;
mod world;

pub use output::*;
pub use world::World;
