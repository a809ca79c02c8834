//! Seen from outside: metrics, health, audit, reload.

use std::time::{Duration, Instant};

use std::process::{Command, Stdio};

use crate::harness::{Database, Proxy, Raw, Site, psql};

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
    let (database, proxy) = people();
    // Only prepared texts are kept as plans; parsing alone is no event.
    for _ in 0..2 {
        let mut raw = Raw::login(proxy.port(), "reader", database.name());
        raw.parse("", "select id from people where email = $1", &[]);
        raw.sync();
        raw.until_ready();
    }
    let sql = format!("select email from people where email = '{CANARY}'");
    assert!(psql(&proxy.url("reader"), &sql).ok().contains(CANARY));
    let refused = psql(&proxy.url("stranger"), &sql);
    assert!(refused.stderr.contains("42501"), "{}", refused.stderr);
    let masked = psql(&proxy.url("stranger"), "select email from people").ok();
    assert!(!masked.contains(CANARY));
    psql(&proxy.url("reader"), "select 1").ok();

    // What other rooms count for themselves is gathered once a second.
    let deadline = Instant::now() + Duration::from_secs(10);
    let metrics = loop {
        let page = proxy.metrics();
        let gathered = page.contains("{result=\"written\"} 3") && !page.contains("cache_plans 0");
        if gathered || Instant::now() > deadline {
            break page;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
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
        "sealwire_stage_seconds_count{stage=\"survey\"}",
        "sealwire_stage_seconds_count{stage=\"plan\"}",
        "sealwire_stage_seconds_count{stage=\"seal\"}",
        "sealwire_stage_seconds_count{stage=\"open\"}",
        "sealwire_stage_seconds_count{stage=\"upstream\"}",
        "sealwire_plan_cache_lookups_total{result=\"miss\"}",
        "sealwire_plan_cache_lookups_total{result=\"hit\"} 1",
        "sealwire_plan_cache_plans 1",
        "sealwire_ground_refreshes_total{result=\"success\"}",
        "sealwire_audit_events_total{result=\"written\"} 3",
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

#[test]
fn without_a_server_behind_it_lives_and_is_not_ready() {
    let database = Database::create(&["application"]);
    let site = Site::bare(&database, "");
    site.sealwire(&["keys", "init"]).ok();
    let settings = site.rules_dir().join("sealwire.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let there = format!("127.0.0.1:{}", database.server().port());
    // Nobody listens on port 1.
    std::fs::write(&settings, text.replace(&there, "127.0.0.1:1")).unwrap();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_sealwire"))
        .args(["serve", "--rules"])
        .arg(site.rules_dir())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while site.admin("/healthz").is_none() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    let (health, ready) = (site.admin("/healthz"), site.admin("/readyz"));
    let refused = psql(
        &format!("postgresql://application@127.0.0.1:{}/x", site.port()),
        "select 1",
    );
    let metrics = site
        .admin("/metrics")
        .map(|page| page.1)
        .unwrap_or_default();
    serve.kill().unwrap();
    serve.wait().unwrap();
    assert_eq!(health.map(|page| page.0), Some(200));
    assert_eq!(ready.as_ref().map(|page| page.0), Some(503), "{ready:?}");
    assert_ne!(refused.code, 0);
    assert!(refused.stderr.contains("SW404"), "{}", refused.stderr);
    assert!(
        metrics.contains("sealwire_upstream_errors_total{kind=\"connect\"} 1")
            && metrics.contains("sealwire_sessions_total{result=\"refused\"} 1"),
        "{metrics}"
    );
}

#[test]
fn no_core_dump_can_hold_keys() {
    let (_database, proxy) = people();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", proxy.pid())).unwrap();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    assert!(
        core.split_whitespace().skip(4).take(2).eq(["0", "0"]),
        "{core}"
    );
}

#[test]
fn why_there_is_no_ground_is_for_the_log_alone() {
    let database = Database::create(&["ann"]);
    let site = Site::new(&database, "");
    site.settings(&[("user = \"sealwire\"", "user = \"not_there\"")]);
    let proxy = site.serve();
    let output = psql(&proxy.url("ann"), "select 1");
    assert!(output.stderr.contains("SW408"), "{output:?}");
    let port = database.server().port().to_string();
    for fact in ["not_there", &port, "role"] {
        assert!(!output.stderr.contains(fact), "{fact}: {output:?}");
    }
    assert!(proxy.log().contains("not_there"), "{}", proxy.log());
}
