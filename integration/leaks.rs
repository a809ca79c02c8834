//! Canaries written through the proxy must be nowhere on the server's disk, in its log under `log_statement = all`,
//! or in anything the proxy writes.

use std::path::Path;

use sealwire::embedded::Options;

use crate::customers::{ROLES, RULES, TABLES};
use crate::harness::{Database, Proxy, psql, start};

const CANARIES: &[&str] = &[
    "canary-simple",
    "canary-param",
    "canary-update",
    "canary-returning",
    "canary-upsert",
    "canary-search",
    "canary-array",
    "canary-batch",
    "canary-bad",
    "canary-error",
];

/// Files below a folder that hold one of the needles, with the needle.
fn holding(folder: &Path, needles: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(holding(&path, needles));
        } else if let Ok(content) = std::fs::read(&path) {
            for needle in needles {
                if content
                    .windows(needle.len())
                    .any(|window| window == needle.as_bytes())
                {
                    found.push(format!("{needle} in {}", path.display()));
                }
            }
        }
    }
    found
}

#[test]
fn canaries_are_nowhere() {
    let options = Options {
        settings: vec![
            ("log_statement".into(), "all".into()),
            ("log_min_duration_statement".into(), "0".into()),
            ("log_parameter_max_length_on_error".into(), "-1".into()),
            ("log_min_error_statement".into(), "debug5".into()),
        ],
        ..Options::default()
    };
    let server: &'static _ = Box::leak(Box::new(start(options)));
    let database = Database::create_on(server, ROLES);
    database.run(TABLES);
    let proxy = Proxy::start_protected(&database, RULES, &["public.customers", "public.claims"]);
    let script = r#"
import sys, psycopg
url = sys.argv[1]
with psycopg.connect(url, autocommit=True) as c:
    c.execute("insert into customers (name, notes, email) values ('n', 'canary-simple', 'canary-simple@x')")
    c.execute("insert into customers (name, notes) values (%s, %s)", ("n", "canary-param"))
    c.execute("insert into customers (name, notes) values (%s, %s)", ("n", "canary-param"), binary=True, prepare=True)
    c.execute("update customers set notes = %s where id = 1", ("canary-update",))
    print(c.execute("update customers set notes = 'canary-returning' where id = 2 returning notes").fetchall())
    c.execute("insert into customers (name, email) values ('n', 'canary-upsert') on conflict (email) do update set notes = 'canary-upsert'")
    c.execute("select id from customers where email = %s", ("canary-search",)).fetchall()
    c.execute("select id from customers where email = any(%s)", (["canary-array", "x"],)).fetchall()
    c.cursor().executemany("insert into customers (name, notes) values (%s, %s)", [("n", f"canary-batch-{i}") for i in range(50)])
    for sql in ["insert into customers (name, visits) values ('n', 'canary-bad')",
                "insert into customers (name, ssn) values ('n', 'canary-bad-too-long')",
                "insert into customers (name, notes, city_id) values ('n', 'canary-error', 99)",
                "insert into customers (id, name, notes) values (1, 'n', 'canary-error')"]:
        try:
            c.execute(sql)
        except psycopg.Error as e:
            print(e.sqlstate)
    print(c.execute("select notes from customers where notes is not null and id < 3 order by id").fetchall())
"#;
    let output = crate::harness::python(script, &[&proxy.url("owner")]);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    assert!(
        output.stdout.contains("canary-update") && output.stdout.contains("canary-returning"),
        "{}",
        output.stdout
    );
    // A statement on an unprotected table is written to the log in plain: the search must be able to find something.
    psql(
        &proxy.url("owner"),
        "insert into orders (id, email) values (900, 'visible-marker')",
    );
    database.run("checkpoint");
    let needles: Vec<String> = CANARIES.iter().map(|canary| (*canary).to_owned()).collect();
    let marker = vec!["visible-marker".to_owned()];
    assert!(
        !holding(&server.data_dir(), &marker).is_empty(),
        "the search finds nothing at all"
    );
    assert_eq!(holding(&server.data_dir(), &needles), Vec::<String>::new());
    let log = std::fs::read_to_string(server.log_file()).unwrap();
    assert!(
        log.contains("visible-marker"),
        "the server's log holds no statements"
    );
    for needle in &needles {
        assert!(
            !log.contains(needle.as_str()),
            "{needle} in the server's log"
        );
        for (what, text) in [
            ("log", proxy.log()),
            ("metrics", proxy.metrics()),
            ("audit", proxy.audit()),
        ] {
            assert!(
                !text.contains(needle.as_str()),
                "{needle} in the proxy's {what}"
            );
        }
    }
    assert!(!proxy.audit().is_empty(), "no audit was written");
}
