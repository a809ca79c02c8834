//! Grants that end, hold at certain hours, or for callers from certain addresses.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::customers::plain;
use crate::harness::{Database, Proxy, Raw, Site, until};

const TABLES: &str = r#"
[tables."public.customers".columns]
email = { seal = { search = ["equality"] }, masks = { default = { fixed = "hidden" } } }
[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
[roles.support]
members = ["pg:support"]
[[roles.support.grants]]
tables = ["public.customers"]
level = "access"
"#;

fn rules(conditions: &str) -> String {
    format!("{TABLES}reveal = [\"email\"]\n{conditions}\n")
}

/// A moment so many seconds from now, as TOML writes it.
fn moment(from_now: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let unix = i64::try_from(now.as_secs()).unwrap() + from_now;
    chrono::DateTime::from_timestamp(unix, 0)
        .unwrap()
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn served(conditions: &str) -> (Database, Proxy) {
    let database = plain();
    let site = Site::new(&database, &rules(conditions));
    site.protect("public.customers");
    (database, site.serve())
}

fn email(raw: &mut Raw) -> String {
    let frames = raw.query("select email from customers where id = 7");
    match Raw::rows(&frames).first() {
        Some(row) => row[0].clone().unwrap(),
        None => Raw::error(&frames),
    }
}

#[test]
fn a_grant_ends_within_an_open_session() {
    let (database, proxy) = served(&format!("until = {}", moment(6)));
    let mut raw = Raw::login(proxy.port(), "support", database.name());
    let mut held = Raw::login(proxy.port(), "support", database.name());
    raw.parse("kept", "select email from customers where id = $1", &[23]);
    raw.sync();
    raw.until_ready();
    held.query("begin");
    held.query("declare c cursor for select email from customers order by id");
    let fetched = held.query("fetch 1 from c");
    assert_eq!(
        Raw::rows(&fetched)[0][0].as_deref(),
        Some("user1@example.com")
    );
    assert_eq!(email(&mut raw), "user7@example.com");
    until(|| email(&mut raw) == "hidden");
    // What was prepared under the right, and a cursor that was opened under it.
    raw.bind("", "kept", 0, &[Some(b"7")], 0);
    raw.execute("", 0);
    raw.sync();
    let frames = raw.until_ready();
    let shown: Vec<_> = Raw::rows(&frames);
    assert!(
        shown.is_empty() || shown[0][0].as_deref() == Some("hidden"),
        "{shown:?}"
    );
    let frames = held.query("fetch 1 from c");
    assert!(
        Raw::rows(&frames).is_empty() || Raw::rows(&frames)[0][0].as_deref() == Some("hidden"),
        "{:?}",
        Raw::rows(&frames)
    );
    // Searching went with seeing.
    let frames = raw.query("select id from customers where email = 'user7@example.com'");
    assert_eq!(Raw::error(&frames), "42501");
}

#[test]
fn a_grant_for_certain_addresses_holds_for_callers_from_there() {
    for (from, seen) in [
        ("from = \"loopback\"", "user7@example.com"),
        ("from = [\"10.0.0.0/8\", \"192.0.2.1\"]", "hidden"),
    ] {
        let (database, proxy) = served(from);
        let mut raw = Raw::login(proxy.port(), "support", database.name());
        assert_eq!(email(&mut raw), seen, "{from}");
        // Who has a grant without a condition is not concerned.
        let mut owner = Raw::login(proxy.port(), "owner", database.name());
        assert_eq!(email(&mut owner), "user7@example.com");
    }
}

#[test]
fn hours_are_the_rule_s_and_explain_and_tests_know_them() {
    let hours = "hours = { days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"], from = \"08:00\", to = \"18:00\", zone = \"Europe/Berlin\" }\n\
        from = \"10.0.0.0/8\"\nreason = \"the desk\"\n\
        [[tests]]\nas = \"support\"\nsql = \"select email from customers\"\nfrom = \"10.1.2.3\"\nat = 2026-11-27T12:00:00Z\nexpect = { email = \"value\" }\n\
        [[tests]]\nas = \"support\"\nsql = \"select email from customers\"\nfrom = \"10.1.2.3\"\nat = 2026-11-28T12:00:00Z\nexpect = { email = \"mask\" }\n\
        [[tests]]\nas = \"support\"\nsql = \"select email from customers\"\nat = 2026-11-27T12:00:00Z\nexpect = { email = \"mask\" }";
    let database = plain();
    let site = Site::new(&database, &rules(hours));
    site.protect("public.customers");
    let check = site
        .sealwire(&["check", "--upstream", &database.superuser_url()])
        .ok();
    assert!(check.contains("3 of 3 test(s) hold"), "{check}");
    let explain = |words: &[&str]| {
        let mut all = vec!["explain", "--as", "support", "--database", database.name()];
        all.extend(words);
        all.push("select email from customers where id = 1");
        site.sealwire(&all).ok()
    };
    let inside = explain(&["--from", "10.1.2.3", "--at", "2026-11-27T16:59:59Z"]);
    assert!(!inside.contains("mask"), "{inside}");
    for outside in [
        &["--from", "10.1.2.3", "--at", "2026-11-27T17:00:00Z"][..],
        &["--from", "11.1.2.3", "--at", "2026-11-27T12:00:00Z"],
        &["--at", "2026-11-27T12:00:00Z"],
    ] {
        let outside = explain(outside);
        assert!(outside.contains("mask"), "{outside}");
    }
    // What a change of it means.
    let other = tempfile::tempdir().unwrap();
    for file in ["sealwire.toml", "rules.toml"] {
        let text = std::fs::read_to_string(site.rules_dir().join(file)).unwrap();
        let text = text.replace("to = \"18:00\"", "to = \"22:00\"");
        std::fs::write(other.path().join(file), text).unwrap();
    }
    let rules = site.rules_dir();
    let diff = crate::harness::sealwire(&[
        "rules",
        "diff",
        rules.to_str().unwrap(),
        other.path().to_str().unwrap(),
    ]);
    assert_eq!(diff.code, 1, "{}", diff.stderr);
    assert!(
        diff.stdout.contains("08:00 to 22:00 Europe/Berlin"),
        "{}",
        diff.stdout
    );
}

#[test]
fn check_tells_of_grants_that_are_over() {
    for (end, said) in [
        (moment(-5), "is over"),
        (moment(86_400), "ends within 30 days"),
    ] {
        let database = plain();
        let site = Site::new(&database, &rules(&format!("until = {end}")));
        let check = site.sealwire(&["check", "--upstream", &database.superuser_url()]);
        assert!(
            check
                .stdout
                .contains("role support, grant on public.customers")
                && check.stdout.contains(said),
            "{}",
            check.stdout
        );
    }
}
