//! Tests of the room as a whole.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod binding;
mod comparing;
mod example;
mod mistakes;
mod reload;
mod who;

use super::testing::{PRELUDE, policy, protect, protected, rights, snapshot};
use super::*;
