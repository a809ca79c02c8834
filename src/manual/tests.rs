//! The pages keep step with the code.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write;
use std::path::Path;

use crate::fault::ENTRIES;
use crate::metrics::Metrics;

/// `UPDATE_EXPECT=1 cargo test manual` writes the page again.
#[test]
fn the_error_catalogue_is_complete() {
    let mut page = String::from(
        "# Error catalogue\n\n\
         Every fault that Sealwire itself reports. The id ends the message's log line and is the `fault` of an\n\
         audit line; the name is the `reason` label of `sealwire_statements_total`. A fault with SQLSTATE 22P02\n\
         carries PostgreSQL's own SQLSTATE for the case. Errors of the PostgreSQL server are passed on and are\n\
         not listed here.\n\n\
         The words of the server's errors and notices go through the proxy: the position is one of the client's own text, and the values that\n\
         they quote are shown by right. Who sees the columns of a key or of a row reads what PostgreSQL says of the plain table (`Key (email)=(a@example.com)\n\
         already exists.`, `Failing row contains (…)`, the expression of an index as it was declared), in the session's formats. Who sees a mask of one\n\
         of them gets no DETAIL, and no CONTEXT; what a routine raises is replaced as a whole for who does not see a column that is masked only, since the\n\
         routine can read it. Left out for everyone is the DETAIL of a row in which the server has cut a stored envelope off, or under `bytea_output =\n\
         escape`. Names of schema, table, column and constraint stay.\n\n\
         | id | name | SQLSTATE | cause | remedy |\n|---|---|---|---|---|\n",
    );
    for (_, entry) in ENTRIES {
        writeln!(
            page,
            "| {} | {} | {} | {} | {} |",
            entry.id, entry.name, entry.sqlstate, entry.cause, entry.remedy
        )
        .unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual/errors.md");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == page,
        "src/manual/errors.md is behind: run UPDATE_EXPECT=1 cargo test manual"
    );
}

#[test]
fn every_metric_is_in_the_manual_and_no_other() {
    let metrics = Metrics::new().unwrap();
    metrics.values("t", "c", crate::metrics::Kind::Opened, 1);
    metrics.observed("t", "c", crate::plan::Action::Mask);
    metrics.rules("hash", 1);
    metrics.certificates(&[("listen.tls.cert".to_owned(), 1)]);
    let page = include_str!("operating.md");
    let mut names: Vec<String> = metrics
        .render()
        .lines()
        .filter_map(|line| {
            line.strip_prefix("# TYPE ")?
                .split(' ')
                .next()
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    let mut told: Vec<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `sealwire_"))
        .filter_map(|line| line.split('`').next())
        .map(|name| format!("sealwire_{name}"))
        .collect();
    told.sort();
    assert_eq!(names, told);
}
