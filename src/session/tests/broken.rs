//! Results that are broken off: the backstop, and values that cannot be opened.

use super::scripted::*;

const FAILING: &str = "P sealwire\u{1}own SELECT pg_catalog.sealwire_refused() []";

#[test]
fn the_backstop_stops_a_simple_query_before_its_first_row() {
    let mut bench = Bench::new();
    bench.says(&[query("select * from view_of_it")]);
    let down = bench.hears(&[
        columns(PROTECTED),
        row("plain"),
        complete("SELECT 1"),
        ready(b'I'),
    ]);
    assert_eq!(down, ["E 42501", "Z b\"I\""]);
}

#[test]
fn in_a_transaction_it_ends_failed_before_the_client_is_ready() {
    let mut bench = Bench::new();
    bench.says(&[query("select * from view_of_it")]);
    let down = bench.hears(&[
        columns(PROTECTED),
        row("plain"),
        complete("SELECT 1"),
        ready(b'T'),
    ]);
    assert_eq!(down, ["E 42501"]);
    assert_eq!(bench.up(), [FAILING, "S"]);
    assert_eq!(bench.hears(&[error("42883"), ready(b'E')]), ["Z b\"E\""]);
}

#[test]
fn columns_that_nobody_asks_for_are_looked_at_all_the_same() {
    let mut bench = Bench::new();
    let up = bench.says(&[
        parse("", "select 1"),
        bind("", "", &[]),
        execute(""),
        sync(),
    ]);
    assert_eq!(up[2], "D b\"P\\0\"");
    let down = bench.hears(&[
        bare(b'1'),
        bare(b'2'),
        columns(PROTECTED),
        row("plain"),
        complete("SELECT 1"),
        ready(b'I'),
    ]);
    assert_eq!(down, ["1", "2", "E 42501", "Z b\"I\""]);
}

#[test]
fn they_are_asked_for_once() {
    let mut bench = Bench::new();
    bench.says(&[
        parse("s", "select 1"),
        bind("", "s", &[]),
        execute(""),
        sync(),
    ]);
    bench.hears(&[
        bare(b'1'),
        bare(b'2'),
        columns(0),
        complete("SELECT 0"),
        ready(b'I'),
    ]);
    let up = bench.says(&[bind("", "s", &[]), execute(""), sync()]);
    assert_eq!(up.len(), 3);
}

#[test]
fn a_damaged_value_ends_in_an_error_and_the_session_goes_on() {
    let mut bench = Bench::new();
    bench.says(&[query("secret")]);
    let down = bench.hears(&[
        columns(0),
        row("x"),
        row("damaged"),
        row("x"),
        complete("SELECT 3"),
        ready(b'I'),
    ]);
    assert_eq!(down, ["T", "D b\"open\"", "E XX001", "Z b\"I\""]);
    bench.says(&[query("select 1")]);
    assert_eq!(bench.hears(&[complete("SELECT 1"), ready(b'I')]).len(), 2);
}

#[test]
fn a_writing_statement_is_rolled_back_by_the_sync_that_was_held() {
    let mut bench = Bench::new();
    bench.says(&[parse("s", "secret writes"), sync()]);
    bench.hears(&[bare(b'1'), ready(b'I')]);
    bench.says(&[describe("S", "s"), bind("", "s", &["x"]), execute("")]);
    let sync = sync();
    assert!(matches!(
        bench.offer(&sync).unwrap(),
        crate::session::engine::Step::Wait(_)
    ));
    assert_eq!(bench.up().last().unwrap(), "H");
    let down = bench.hears(&[
        parameters(&[17, 16]),
        columns(0),
        bare(b'2'),
        row("damaged"),
        complete("INSERT 0 1"),
    ]);
    assert_eq!(down.last().unwrap(), "E XX001");
    assert_eq!(bench.says(&[sync]), [FAILING, "S"]);
    assert_eq!(bench.hears(&[error("42883"), ready(b'I')]), ["Z b\"I\""]);
}

#[test]
fn copy_behind_a_broken_result_is_ended() {
    let mut bench = Bench::new();
    bench.says(&[query("select * from view_of_it; copy x from stdin")]);
    bench.hears(&[columns(PROTECTED), complete("SELECT 1"), bare(b'G')]);
    assert_eq!(bench.up(), ["f"]);
    assert_eq!(bench.hears(&[error("57014"), ready(b'I')]), ["Z b\"I\""]);
}
