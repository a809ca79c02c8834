//! The fuzz targets on stable Rust: over their seeds, and over some thousand inputs made of them from a fixed seed. The
//! fuzzer itself finds more (README.md); this shows on every run that the targets and what they ask still hold.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]
#![allow(unreachable_pub, reason = "a test binary has no outside")]

#[path = "smoke/bombs.rs"]
mod bombs;
#[path = "smoke/mutate.rs"]
mod mutate;
#[path = "smoke/seeds.rs"]
mod seeds;
mod targets;

// What the fixture, which is one of the library's own tests, calls its crate.
use sealwire::{catalog, identity, seal, value};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use mutate::Dice;

/// A target and its name.
struct Target {
    name: &'static str,
    run: fn(&[u8]),
    /// How many inputs are made of its seeds.
    inputs: usize,
}

const fn target(name: &'static str, run: fn(&[u8]), inputs: usize) -> Target {
    Target { name, run, inputs }
}

const TARGETS: &[Target] = &[
    target("startup", targets::startup::run, 4_000),
    target("frames", targets::frames::run, 4_000),
    target("plan", targets::plan::run, 1_500),
    target("copy_text", targets::copy_text::run, 2_000),
    target("copy_csv", targets::copy_csv::run, 2_000),
    target("copy_binary", targets::copy_binary::run, 2_000),
    target("envelopes", targets::envelopes::run, 2_000),
    target("values", targets::values::run, 4_000),
];

/// No input takes more of the processor than this: a reader that tries everything is as good as one that hangs.
const LONGEST: Duration = Duration::from_secs(10);

/// What this thread has had of the processor, so that other work on the machine counts for nothing.
fn spent() -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|times| times.split(' ').next()?.parse().ok())
        .map_or(Duration::ZERO, Duration::from_nanos)
}

fn smoke(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = seeds::of(name);
    for seed in &seeds {
        tried(target, seed);
    }
    let rounds: usize = std::env::var("SEALWIRE_FUZZ_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(1);
    let words = seeds::words(name);
    let mut dice = Dice::of(0x5ea1_0000 + name.len() as u64);
    for _ in 0..target.inputs * rounds {
        let input = mutate::made(&seeds, &words, &mut dice);
        tried(target, &input);
    }
}

fn tried(target: &Target, input: &[u8]) {
    let began = spent();
    let run = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    let shown = || String::from_utf8_lossy(input).into_owned();
    assert!(run.is_ok(), "{}: {:?}\n{}", target.name, input, shown());
    assert!(
        spent() - began < LONGEST,
        "{}: too long: {}",
        target.name,
        shown()
    );
}

macro_rules! smokes {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            smoke(stringify!($name));
        }
    )*};
}

smokes!(startup frames plan copy_text copy_csv copy_binary envelopes values);

/// As much stack as the proxy gives its threads.
const STACK: usize = 16 << 20;

fn on_a_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    assert!(thread.unwrap().join().is_ok());
}

#[test]
fn statements_of_one_thing_many_times() {
    on_a_stack(|| {
        for (name, text) in bombs::sql() {
            let began = spent();
            targets::plan::once(&text);
            let taken = spent() - began;
            assert!(taken < LONGEST, "{name} took {taken:?}");
            if std::env::var_os("SEALWIRE_FUZZ_TIMES").is_some() && taken.as_millis() > 300 {
                let start: String = text.chars().take(60).collect();
                #[expect(clippy::print_stdout, reason = "asked for")]
                {
                    println!("{name}: {taken:?}: {start}");
                }
            }
        }
    });
}

#[test]
fn values_of_one_thing_many_times() {
    on_a_stack(|| {
        for value in bombs::values() {
            let began = spent();
            targets::values::run(&value);
            let taken = spent() - began;
            assert!(taken < LONGEST, "{:?}… took {taken:?}", value.get(..20));
        }
    });
}

/// Writes the seeds where the fuzzer looks for them.
#[test]
#[ignore = "before fuzzing, by hand"]
fn write_the_seeds() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/fuzz/corpus");
    for target in TARGETS {
        let folder = corpus.join(target.name);
        std::fs::create_dir_all(&folder).unwrap();
        for (at, seed) in seeds::of(target.name).iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{at:03}")), seed).unwrap();
        }
    }
}
