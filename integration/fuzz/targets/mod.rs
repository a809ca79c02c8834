//! What is fuzzed: one function a target, over any bytes. Each takes an input apart, runs the proxy's own code over it and
//! panics where something that must hold does not: not only that nothing panics, but that what is read and written
//! again is the same, that no envelope opens that was not sealed here, that nobody sees what is masked for him.
//!
//! The fuzzer (`fuzz_targets/`, nightly Rust) and the smoke test of the main package (`smoke.rs`) share them.

pub mod copies;
pub mod copy_binary;
pub mod copy_csv;
pub mod copy_text;
pub mod envelopes;
pub mod frames;
pub mod input;
pub mod keys;
pub mod plan;
pub mod startup;
pub mod values;
