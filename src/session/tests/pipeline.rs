//! Errors in the middle, and who answers Sync.

use super::scripted::*;
use crate::fault::{Fault, Refusal};
use crate::session::engine::{Fatal, Need, Step};
use std::sync::atomic::Ordering;

#[test]
fn what_the_server_skips_after_an_error_is_undone() {
    let mut bench = Bench::new();
    bench.says(&[parse("a", "select 1"), sync()]);
    bench.hears(&[bare(b'1'), ready(b'I')]);
    bench.says(&[
        bind("", "nope", &[]),
        parse("b", "select 2"),
        parse("", "select 3"),
        bind("p", "b", &[]),
        sync(),
        parse("c", "select 4"),
        sync(),
    ]);
    assert!(bench.engine.names.statement(b"b").is_some());
    let down = bench.hears(&[error("26000"), ready(b'I'), bare(b'1'), ready(b'I')]);
    assert_eq!(down, ["E 26000 with detail", "Z b\"I\"", "1", "Z b\"I\""]);
    assert!(bench.engine.names.statement(b"a").is_some());
    assert!(bench.engine.names.statement(b"b").is_none());
    assert!(bench.engine.names.statement(b"").is_none());
    assert!(bench.engine.names.portal(b"p").is_none());
    assert!(bench.engine.names.statement(b"c").is_some());
}

#[test]
fn a_failing_parse_drops_the_unnamed_statement_and_keeps_a_named_one() {
    let mut bench = Bench::new();
    bench.says(&[parse("", "select 1"), parse("a", "select 1"), sync()]);
    bench.hears(&[bare(b'1'), bare(b'1'), ready(b'I')]);
    bench.says(&[parse("", "selekt"), sync(), parse("a", "select 2"), sync()]);
    bench.hears(&[error("42601"), ready(b'I'), error("42P05"), ready(b'I')]);
    assert!(bench.engine.names.statement(b"").is_none());
    let kept = bench.engine.names.statement(b"a").unwrap();
    assert_eq!(kept.text, "select 1");
}

#[test]
fn after_an_error_nothing_goes_up_until_sync() {
    let mut bench = Bench::new();
    bench.says(&[parse("", "selekt")]);
    bench.hears(&[error("42601")]);
    assert!(
        bench
            .says(&[parse("", "select 'secret'"), bind("", "", &[]), execute("")])
            .is_empty()
    );
    assert_eq!(bench.says(&[sync()]), ["S"]);
    assert_eq!(bench.hears(&[ready(b'I')]), ["Z b\"I\""]);
}

#[test]
fn sync_during_copy_in_is_not_answered() {
    let mut bench = Bench::new();
    bench.says(&[
        parse("", "copy x from stdin"),
        bind("", "", &[]),
        describe("P", ""),
        execute(""),
        sync(),
    ]);
    bench.hears(&[bare(b'1'), bare(b'2'), bare(b'n'), bare(b'G')]);
    assert!(bench.engine.copying_in);
    bench.says(&[bare(b'd'), bare(b'c'), sync()]);
    let down = bench.hears(&[complete("COPY 1"), ready(b'I')]);
    assert_eq!(down, ["C b\"COPY 1\\0\"", "Z b\"I\""]);
    assert!(bench.engine.queue.is_empty());
}

#[test]
fn copy_data_sent_ahead_is_matched() {
    let mut bench = Bench::new();
    bench.ground.observes.store(true, Ordering::Relaxed);
    bench.says(&[
        parse("", "copy x from stdin"),
        bind("", "", &[]),
        describe("P", ""),
        execute(""),
        bare(b'd'),
        bare(b'd'),
        bare(b'c'),
        sync(),
        query("select 1"),
    ]);
    bench.hears(&[bare(b'1'), bare(b'2'), bare(b'n'), bare(b'G')]);
    assert!(!bench.engine.copying_in);
    bench.hears(&[
        complete("COPY 2"),
        ready(b'I'),
        complete("SELECT 1"),
        ready(b'I'),
    ]);
    assert!(bench.engine.queue.is_empty());
}

#[test]
fn copy_data_sent_ahead_waits_until_the_copy_is_looked_at() {
    let mut bench = Bench::new();
    bench.says(&[query("copy x from stdin")]);
    for frame in [bare(b'd'), bare(b'c')] {
        assert_eq!(bench.offer(&frame).unwrap(), Step::Wait(Need::Answers));
    }
    // The ground is read anew, whether or not something was known to have changed.
    let asks = bare(b'G');
    assert_eq!(bench.answer(&asks).unwrap(), Step::Wait(Need::Ground));
    bench.engine.ground_read(Ok(()));
    assert_eq!(bench.hears(std::slice::from_ref(&asks)), ["G"]);
    assert_eq!(bench.says(&[bare(b'd'), bare(b'c')]), ["H", "d", "c"]);
    bench.hears(&[complete("COPY 1"), ready(b'I')]);
    // Where it cannot be read, nothing goes either way.
    for (text, asks) in [("copy x from stdin", b'G'), ("copy x to stdout", b'H')] {
        bench.says(&[query(text)]);
        let asks = bare(asks);
        assert_eq!(bench.answer(&asks).unwrap(), Step::Wait(Need::Ground));
        let why = Refusal::new(Fault::GroundUnavailable, "not read");
        bench.engine.ground_read(Err(why));
        let down = bench.hears(std::slice::from_ref(&asks));
        if text.ends_with("stdin") {
            let up = bench.says(&[bare(b'd'), bare(b'c')]);
            assert_eq!(up.iter().filter(|frame| frame.starts_with('d')).count(), 0);
            assert!(up.iter().any(|frame| frame.starts_with('f')), "{up:?}");
            bench.hears(&[error("57014"), ready(b'I')]);
        } else {
            assert!(down[0].starts_with('E'), "{down:?}");
            let down = bench.hears(&[bare(b'd'), bare(b'c'), complete("COPY 1"), ready(b'I')]);
            assert_eq!(down, ["Z b\"I\""]);
        }
        assert!(bench.engine.queue.is_empty());
    }
}

#[test]
fn an_answer_that_nobody_asked_for_ends_the_session() {
    for frame in [bare(b'1'), row("x"), ready(b'I'), complete("X"), columns(0)] {
        let mut bench = Bench::new();
        assert!(matches!(bench.answer(&frame), Err(Fatal::Astray(_))));
    }
}

#[test]
fn deallocate_forgets_unless_it_fails() {
    let mut bench = Bench::new();
    bench.says(&[parse("a", "select 1"), parse("B", "select 1"), sync()]);
    bench.hears(&[bare(b'1'), bare(b'1'), ready(b'I')]);
    bench.says(&[query("DEALLOCATE a"), query("deallocate \"B\"")]);
    assert!(bench.engine.names.statement(b"a").is_none());
    bench.hears(&[
        complete("DEALLOCATE"),
        ready(b'I'),
        error("25P02"),
        ready(b'E'),
    ]);
    assert!(bench.engine.names.statement(b"a").is_none());
    assert!(bench.engine.names.statement(b"B").is_some());
}
