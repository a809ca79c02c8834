//! Seen from outside: metrics, health, audit, reload.

use std::time::{Duration, Instant};

use crate::harness::{Database, Proxy, psql};

const RULES: &str = r#"
[tables."public.people".columns]
email = { seal = { search = ["equality"] } }

[roles.reader]
members = ["pg:reader"]
[[roles.reader.grants]]
tables = ["public.people"]
reveal = ["email"]
"#;

const CANARY: &str = "canary.7f3a@example.com";

fn people() -> (Database, Proxy) {
    let database = Database::create(&["reader", "stranger"]);
    database.run(&format!(
        "create table public.people (id int primary key, email text);
         insert into public.people values (1, '{CANARY}');
         grant select on public.people to reader, stranger"
    ));
    let proxy = Proxy::start_protected(&database, RULES, &["public.people"]);
    (database, proxy)
}

#[test]
fn what_happened_is_counted_and_audited_without_its_values() {
    let (_database, proxy) = people();
    let sql = format!("select email from people where email = '{CANARY}'");
    assert!(psql(&proxy.url("reader"), &sql).ok().contains(CANARY));
    let refused = psql(&proxy.url("stranger"), &sql);
    assert!(refused.stderr.contains("42501"), "{}", refused.stderr);
    let masked = psql(&proxy.url("stranger"), "select email from people").ok();
    assert!(!masked.contains(CANARY));
    psql(&proxy.url("reader"), "select 1").ok();

    let metrics = proxy.metrics();
    let has = |line: &str| {
        metrics
            .lines()
            .any(|have| have.starts_with(line) && !have.ends_with(" 0"))
    };
    for line in [
        "sealwire_statements_total{outcome=\"planned\"",
        "sealwire_statements_total{outcome=\"refused\",reason=\"search-missing\"} 1",
        "sealwire_statements_total{outcome=\"passthrough\",reason=\"not-watched\"}",
        "sealwire_values_total{action=\"opened\",column=\"email\",table=\"public.people\"} 1",
        "sealwire_values_total{action=\"masked\",column=\"email\",table=\"public.people\"} 1",
        "sealwire_values_total{action=\"sealed\",column=\"email\",table=\"public.people\"}",
        "sealwire_sessions_total{result=\"accepted\"}",
        "sealwire_rules_info{hash=",
        "sealwire_stage_seconds_count{stage=\"plan\"}",
    ] {
        assert!(has(line), "{line}\n{metrics}");
    }

    let deadline = Instant::now() + Duration::from_secs(5);
    while proxy.audit().lines().count() < 3 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    let audit = proxy.audit();
    let events: Vec<serde_json::Value> = audit
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |login: &str, outcome: &str| {
        events
            .iter()
            .any(|event| event["login"] == login && event["outcome"] == outcome)
    };
    assert!(
        of("reader", "planned") && of("stranger", "refused") && of("stranger", "planned"),
        "{audit}"
    );

    for (what, text) in [
        ("metrics", &metrics),
        ("audit", &audit),
        ("log", &proxy.log()),
    ] {
        assert!(!text.contains(CANARY), "{what} holds a value");
        assert!(!text.contains("select email"), "{what} holds a statement");
    }
}

#[test]
fn the_admin_address_answers_three_pages() {
    let database = Database::create(&["application"]);
    let proxy = Proxy::start(&database, "");
    assert_eq!(proxy.admin("/healthz").unwrap().0, 200);
    assert_eq!(proxy.admin("/readyz").unwrap().0, 200);
    assert_eq!(proxy.admin("/metrics").unwrap().0, 200);
    assert_eq!(proxy.admin("/debug").unwrap().0, 404);
}

#[test]
fn rules_are_loaded_again_and_mistakes_change_nothing() {
    let (_database, proxy) = people();
    let hash = |proxy: &Proxy| {
        proxy
            .metrics()
            .lines()
            .find(|line| line.starts_with("sealwire_rules_info"))
            .unwrap()
            .to_owned()
    };
    let wait = |what: &str| {
        let deadline = Instant::now() + Duration::from_secs(10);
        while !proxy.metrics().contains(what) {
            assert!(Instant::now() < deadline, "{what}\n{}", proxy.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let before = hash(&proxy);
    proxy
        .site
        .write_rules("[tables.\"public.people\".columns]\nemail = \"no-such-class\"\n");
    wait("sealwire_rules_reloads_total{result=\"failure\"} 1");
    assert_eq!(hash(&proxy), before);
    assert!(
        psql(&proxy.url("reader"), "select email from people")
            .ok()
            .contains(CANARY)
    );
    // Now without the grant: the next statement shows the mask.
    proxy
        .site
        .write_rules(RULES.split("[roles").next().unwrap());
    wait("sealwire_rules_reloads_total{result=\"success\"} 1");
    assert_ne!(hash(&proxy), before);
    assert!(
        !psql(&proxy.url("reader"), "select email from people")
            .ok()
            .contains(CANARY)
    );
}
