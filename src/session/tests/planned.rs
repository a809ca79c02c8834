//! Statements with a plan, and refused ones.

use std::sync::atomic::Ordering;

use super::scripted::*;
use crate::session::engine::{Need, Step};

const FAILING: &str = "SELECT pg_catalog.sealwire_refused()";

#[test]
fn parameters_are_sealed_and_columns_told_as_the_application_knows_them() {
    let mut bench = Bench::new();
    let up = bench.says(&[parse("s", "secret $1"), describe("S", "s"), sync()]);
    assert_eq!(up, ["P s secret $1 [17, 16]", "D b\"Ss\\0\"", "S"]);
    let down = bench.hears(&[bare(b'1'), parameters(&[17, 16]), columns(0), ready(b'I')]);
    assert_eq!(
        down,
        ["1", "t b\"\\0\\x01\\0\\0\\0\\x19\"", "T", "Z b\"I\""]
    );
    let up = bench.says(&[bind("", "s", &["x"]), execute(""), sync()]);
    assert_eq!(up, ["B [1] [Some(b\"sealed\")] [1]", "E", "S"]);
    let down = bench.hears(&[
        bare(b'2'),
        row("envelope"),
        complete("SELECT 1"),
        ready(b'I'),
    ]);
    assert_eq!(down, ["2", "D b\"open\"", "C b\"SELECT 1\\0\"", "Z b\"I\""]);
}

#[test]
fn a_refused_parse_keeps_its_place_in_the_pipeline() {
    let mut bench = Bench::new();
    let up = bench.says(&[
        parse("", "select 1"),
        parse("x", "secret refuse"),
        bind("", "x", &[]),
        sync(),
    ]);
    assert_eq!(up.len(), 4);
    let down = bench.hears(&[bare(b'1'), error("42883"), ready(b'I')]);
    assert_eq!(down, ["1", "E 0A000", "Z b\"I\""]);
    assert!(bench.engine.names.statement(b"x").is_none());
    bench.says(&[parse("x", "secret refuse"), sync()]);
    assert_eq!(
        bench.hears(&[error("25P02"), ready(b'E')]),
        ["E 25P02", "Z b\"E\""]
    );
}

#[test]
fn a_value_that_is_not_valid_fails_in_the_place_of_bind() {
    let mut bench = Bench::new();
    bench.says(&[parse("s", "secret"), sync()]);
    bench.hears(&[bare(b'1'), ready(b'T')]);
    let up = bench.says(&[bind("", "s", &["bad"]), execute(""), sync()]);
    assert_eq!(
        up.first().unwrap(),
        &format!("P sealwire\u{1}own {FAILING} []")
    );
    assert_eq!(
        bench.hears(&[error("42883"), ready(b'E')]),
        ["E 22P02", "Z b\"E\""]
    );
    assert!(bench.engine.names.statement(b"s").is_some());
}

#[test]
fn details_of_protected_tables_are_dropped() {
    for (text, told) in [("secret", "E 23505"), ("select 1", "E 23505 with detail")] {
        let mut bench = Bench::new();
        bench.says(&[query(text)]);
        assert_eq!(
            bench.hears(&[error("23505"), ready(b'I')]),
            [told, "Z b\"I\""]
        );
    }
}

#[test]
fn settings_that_may_have_changed_are_read_before_the_next_plan() {
    let mut bench = Bench::new();
    bench.says(&[
        parse("", "set x = 1"),
        bind("", "", &[]),
        describe("P", ""),
        execute(""),
    ]);
    let watched = parse("", "secret");
    assert_eq!(bench.offer(&watched).unwrap(), Step::Wait(Need::Answers));
    assert_eq!(bench.up(), ["H"]);
    bench.hears(&[bare(b'1'), bare(b'2'), bare(b'n'), complete("SET")]);
    assert_eq!(bench.offer(&watched).unwrap(), Step::Wait(Need::Answers));
    assert_eq!(bench.up().len(), 8);
    let hidden = bench.hears(&[
        bare(b'3'),
        bare(b'3'),
        bare(b'1'),
        bare(b'2'),
        settings(),
        complete("SELECT 1"),
        bare(b'3'),
        bare(b'3'),
    ]);
    assert!(hidden.is_empty());
    assert_eq!(bench.offer(&watched).unwrap(), Step::Done);
}

#[test]
fn where_the_settings_cannot_be_read_that_is_the_statements_error() {
    let mut bench = Bench::new();
    bench.says(&[query("set x = 1")]);
    bench.hears(&[complete("SET"), ready(b'I')]);
    let watched = query("secret");
    assert_eq!(bench.offer(&watched).unwrap(), Step::Wait(Need::Answers));
    bench.up();
    assert_eq!(
        bench.hears(&[error("57014"), ready(b'I')]),
        ["E 57014 with detail"]
    );
    assert_eq!(bench.offer(&watched).unwrap(), Step::Done);
    assert!(bench.up().is_empty());
    assert_eq!(bench.hears(&[]), ["Z b\"I\""]);
}

#[test]
fn other_rules_prepare_the_statement_again_unseen() {
    let mut bench = Bench::new();
    bench.says(&[parse("s", "secret"), sync()]);
    bench.hears(&[bare(b'1'), ready(b'I')]);
    bench.ground.epoch.store(7, Ordering::Relaxed);
    let up = bench.says(&[bind("", "s", &["x"]), sync()]);
    assert_eq!(up[0], "C b\"Ss\\0\"");
    assert_eq!(up[1], "P s secret /* 7 */ [17, 16]");
    let down = bench.hears(&[bare(b'3'), bare(b'1'), bare(b'2'), ready(b'I')]);
    assert_eq!(down, ["2", "Z b\"I\""]);
}

#[test]
fn a_portal_bound_under_other_rules_is_not_carried_out() {
    let mut bench = Bench::new();
    bench.says(&[parse("s", "secret"), bind("p", "s", &["x"])]);
    bench.hears(&[bare(b'1'), bare(b'2')]);
    bench.ground.epoch.store(7, Ordering::Relaxed);
    let up = bench.says(&[execute("p"), sync()]);
    assert!(up[0].contains(FAILING));
    assert_eq!(
        bench.hears(&[error("42883"), ready(b'I')]),
        ["E 55000", "Z b\"I\""]
    );
}

#[test]
fn ddl_waits_for_its_end_and_a_new_reading() {
    let mut bench = Bench::new();
    bench.says(&[query("create x")]);
    let watched = query("secret");
    assert_eq!(bench.offer(&watched).unwrap(), Step::Wait(Need::Answers));
    bench.hears(&[complete("CREATE"), ready(b'I')]);
    assert_eq!(bench.offer(&watched).unwrap(), Step::Wait(Need::Ground));
    bench.engine.ground_read(Ok(()));
    assert_eq!(bench.offer(&watched).unwrap(), Step::Wait(Need::Answers));
}

#[test]
fn function_call_is_refused_in_its_place() {
    let mut bench = Bench::new();
    let up = bench.says(&[bare(b'F')]);
    assert_eq!(
        up,
        [format!("P sealwire\u{1}own {FAILING} []"), "S".to_owned()]
    );
    assert_eq!(
        bench.hears(&[error("42883"), ready(b'I')]),
        ["E 0A000", "Z b\"I\""]
    );
}

fn settings() -> bytes::Bytes {
    use bytes::{BufMut, BytesMut};
    let values = [
        "[\"public\"]",
        "[]",
        "ann",
        "on",
        "UTF8",
        "ISO, MDY",
        "GMT",
        "postgres",
        "hex",
        "1",
        "on",
        "",
    ];
    let mut out = BytesMut::new();
    let start = crate::wire::begin(&mut out, b'D');
    out.put_i16(12);
    for value in values {
        out.put_i32(i32::try_from(value.len()).unwrap());
        out.put_slice(value.as_bytes());
    }
    crate::wire::finish(&mut out, start);
    out.freeze()
}
