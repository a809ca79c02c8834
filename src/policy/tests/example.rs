//! The example in `rules/`, and its schema.

use std::path::Path;

use expect_test::expect_file;

use super::*;
use crate::catalog::Registry;

fn example() -> Policy {
    Policy::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))).unwrap_or_else(
        |problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            unreachable!("{}", lines.join("\n"))
        },
    )
}

#[test]
fn the_example_fits_its_table() {
    let policy = example();
    let mut live = snapshot(&[(
        "customers",
        &[
            ("id", "bigint"),
            ("name", "text"),
            ("email", "varchar(254)"),
            ("ssn", "varchar(11)"),
            ("phone", "text"),
            ("birth_date", "date"),
            ("notes", "text"),
            ("city", "text"),
            ("created_at", "timestamptz"),
        ],
    )]);
    let (_, problems) = policy.bind("shop", &live, &Registry::default());
    assert_eq!(problems, []);
    let registry = protect(&policy, &mut live);
    let (protection, problems) = policy.bind("shop", &live, &registry);
    assert_eq!(problems, []);
    let columns: Vec<&str> = protection.tables[&20_000]
        .columns
        .values()
        .map(|column| column.column.as_str())
        .collect();
    assert_eq!(columns, ["email", "ssn", "phone", "birth_date", "notes"]);
    assert!(rights(&policy, &protection, "owner").full_control_everywhere);
    assert!(policy.tests().len() >= 4);
    assert_eq!(policy.tests()[2].expect["*"], Expectation::Refused);
}

#[test]
fn defaults_are_those_that_the_example_shows() {
    let least = policy("").settings;
    let mut shown = example().settings;
    assert_eq!(least.upstream, shown.upstream);
    shown.audit.path = AuditPath::Off;
    shown.keys.path = least.keys.path.clone();
    assert_eq!(least, shown);
}

#[test]
fn schemas_are_those_in_the_folder() {
    for (name, text) in schemas() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("rules/schema")
            .join(name);
        expect_file![path].assert_eq(&text);
    }
}

#[test]
fn the_example_shows_every_section() {
    let schema: serde_json::Value = serde_json::from_str(&schemas()[0].1).unwrap();
    let sections = schema["properties"].as_object().unwrap();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let texts: String = ["sealwire.toml", "customers.toml", "roles.toml"]
        .iter()
        .map(|name| std::fs::read_to_string(dir.join(name)).unwrap())
        .collect();
    for section in sections.keys() {
        let shown = ["[", "[[", "\n"].iter().any(|open| {
            ["]", ".", " ="]
                .iter()
                .any(|close| texts.contains(&format!("{open}{section}{close}")))
        });
        assert!(shown, "the example does not show `{section}`");
    }
}

#[test]
fn addresses() {
    for (text, host, port) in [
        ("127.0.0.1:6432", "127.0.0.1", 6432),
        ("db.example.com:5432", "db.example.com", 5432),
        ("[::1]:1", "::1", 1),
    ] {
        let address: Address = text.parse().unwrap();
        assert_eq!((address.host.as_str(), address.port), (host, port));
        assert_eq!(address.to_string(), text);
    }
    for text in [
        "",
        ":5432",
        "host",
        "host:port",
        "host:70000",
        "::1:5",
        "[x]:5",
        "a b:1",
    ] {
        assert!(text.parse::<Address>().is_err(), "{text}");
    }
}
