#![no_main]

#[path = "../targets/mod.rs"]
mod targets;

// What the fixture, which is one of the library's own tests, calls its crate.
#[allow(unused_imports)]
use sealwire::{catalog, identity, seal, value};

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::frames::run(data));
