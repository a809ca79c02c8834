//! Much of everything: no crash, no wrong answer, and nobody else waits.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::*;

/// Another session goes on with its small statements while this one is busy.
fn beside<T>(database: &Database, proxy: &Proxy, busy: impl FnOnce() -> T) -> T {
    let mut other = owner(database, proxy);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                goes_on(&mut other);
            }
        });
        let done = busy();
        stop.store(true, Ordering::Relaxed);
        done
    })
}

#[test]
fn parameters_literals_operators_columns() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    // 60,000 parameters.
    let count = 60_000;
    let places: Vec<String> = (1..=count / 3)
        .map(|i| format!("(${}, ${}, ${})", 3 * i - 2, 3 * i - 1, 3 * i))
        .collect();
    let text = format!(
        "insert into people (id, name, notes) values {}",
        places.join(",")
    );
    let ids: Vec<String> = (1..=count / 3).map(|i| (1_000 + i).to_string()).collect();
    let values: Vec<Option<&[u8]>> = ids
        .iter()
        .flat_map(|id| [Some(id.as_bytes()), Some(&b"n"[..]), Some(id.as_bytes())])
        .collect();
    let frames = beside(&database, &proxy, || {
        raw.parse("", &text, &[]);
        raw.bind("", "", 0, &values, 0);
        raw.execute("", 0);
        raw.sync();
        raw.until_ready()
    });
    assert_eq!(Raw::tags(&frames), "12CZ", "{}", proxy.metrics());
    let frames = raw.query("select notes from people where id = 21000");
    assert_eq!(Raw::rows(&frames), [[Some("21000".to_owned())]]);
    raw.query("delete from people where id > 1000");

    // A literal of 16 MB, in a column that is sealed and one that is not.
    let long = "x".repeat(16 << 20);
    for column in ["name", "notes"] {
        let text = format!("update people set {column} = '{long}' where id = 9");
        let frames = beside(&database, &proxy, || raw.query(&text));
        let refused = Raw::error(&frames);
        let frames = raw.query(&format!("select length({column}) from people where id = 9"));
        let length = database.value(&format!(
            "select length({column}::text) > 16000000 from people where id = 9"
        ));
        assert_eq!(length, if refused.is_empty() { "t" } else { "f" });
        drop(frames);
        goes_on(&mut raw);
    }
    raw.query("update people set name = 'n', notes = 'o' where id = 9");

    // 50,000 operators.
    for (link, watched) in [(" + 1", true), (" + 1", false)] {
        let chain = link.repeat(50_000);
        let from = if watched { "people" } else { "plain" };
        let text = format!("select 1{chain} from {from}");
        let frames = beside(&database, &proxy, || raw.query(&text));
        let error = Raw::error(&frames);
        assert!(
            ["54001", "0A000", "54000", ""].contains(&error.as_str()),
            "{error}"
        );
        goes_on(&mut raw);
    }
    let deep = format!(
        "select {}1{} from people",
        "(".repeat(20_000),
        ")".repeat(20_000)
    );
    assert!(!Raw::error(&raw.query(&deep)).is_empty());
    goes_on(&mut raw);

    // 1,600 columns.
    let columns = vec!["notes"; 1_600].join(", ");
    for text in [
        format!("select {columns} from people order by id"),
        format!("select {columns}, notes, notes, notes from people order by id"),
    ] {
        for frames in [raw.query(&text), raw.extended(&text)] {
            assert_eq!(Raw::error(&frames), "");
            let rows = Raw::rows(&frames);
            assert_eq!(rows.len(), 9);
            assert!(
                rows[0]
                    .iter()
                    .all(|value| value.as_deref() == Some("note 1"))
            );
        }
    }
    goes_on(&mut raw);
}
