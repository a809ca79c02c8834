//! What sessions tell: every metric that is fed is read from `/metrics` here.

use super::*;

/// The value of one line of the page.
fn metric(proxy: &Proxy, name: &str) -> f64 {
    let page = proxy.metrics();
    let line = page
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        .unwrap_or_else(|| panic!("{name} is missing\n{page}"));
    line.parse().unwrap()
}

/// How often each was seen before and after.
fn grows(proxy: &Proxy, names: &[&str], happens: impl FnOnce()) -> Vec<f64> {
    let before: Vec<f64> = names.iter().map(|name| metric(proxy, name)).collect();
    happens();
    names
        .iter()
        .zip(before)
        .map(|(name, before)| metric(proxy, name) - before)
        .collect()
}

#[test]
fn stages_and_the_plan_cache() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    let stage = |name: &str| format!("sealwire_stage_seconds_count{{stage=\"{name}\"}}");
    let stages: Vec<String> = ["survey", "plan", "seal", "open", "upstream"]
        .iter()
        .map(|name| stage(name))
        .collect();
    let names: Vec<&str> = stages.iter().map(String::as_str).collect();
    let once = "select notes from people where email = 'user1@example.com'";
    // A text that waits (for the settings, for the catalog) is looked at again: the first may.
    raw.query(once);
    let grown = grows(&proxy, &names, || {
        raw.query(once);
    });
    assert!(grown[0] >= 1.0, "{grown:?}");
    assert_eq!(grown[1..], [1.0, 1.0, 1.0, 1.0]);
    let grown = grows(&proxy, &names, || {
        raw.query("select id from plain");
    });
    assert!(grown[0] >= 1.0, "{grown:?}");
    assert_eq!(grown[1..], [0.0, 0.0, 0.0, 1.0]);
    let lookups = [
        "sealwire_plan_cache_lookups_total{result=\"hit\"}",
        "sealwire_plan_cache_lookups_total{result=\"miss\"}",
        "sealwire_plan_cache_plans",
        stages[1].as_str(),
    ];
    let text = "select notes, email from people where id = $1";
    let mut once = || {
        raw.parse("", text, &[23]);
        raw.bind("", "", 0, &[Some(b"1")], 0);
        raw.execute("", 0);
        raw.sync();
        assert_eq!(Raw::tags(&raw.until_ready()), "12DCZ");
    };
    assert_eq!(grows(&proxy, &lookups, &mut once), [0.0, 1.0, 1.0, 1.0]);
    assert_eq!(grows(&proxy, &lookups, &mut once), [1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn grounds_guesses_audit_and_what_was_refused() {
    let database = Database::create(ROLES);
    database.run(TABLES);
    let rules = format!(
        "{RULES}\n[roles.intern]\nmembers = [\"pg:intern\"]\n[[roles.intern.grants]]\n\
         tables = [\"public.people\"]\nlevel = \"access\"\nsearch = [\"email\"]\n"
    );
    let proxy = Proxy::start_protected(&database, &rules, &["public.people"]);
    let mut raw = Raw::login(proxy.port(), "intern", database.name());
    let names = [
        "sealwire_search_guesses_total",
        "sealwire_audit_events_total{result=\"written\"}",
        "sealwire_statements_total{outcome=\"planned\",reason=\"\"}",
    ];
    let grown = grows(&proxy, &names, || {
        raw.query("select id from people where email in ('a', 'b', 'user1@example.com')");
        eventually("the audit line is written", || {
            proxy.audit().lines().count() == 1
        });
    });
    assert_eq!(grown, [3.0, 1.0, 1.0]);
    let grown = grows(&proxy, &names, || {
        raw.parse(
            "",
            "select id from people where email = $1 or email = 'x'",
            &[],
        );
        raw.bind("", "", 0, &[Some(b"y")], 0);
        raw.execute("", 0);
        raw.sync();
        assert_eq!(Raw::error(&raw.until_ready()), "");
        eventually("the audit line is written", || {
            proxy.audit().lines().count() == 2
        });
    });
    assert_eq!(grown, [2.0, 1.0, 1.0]);

    let ground = [
        "sealwire_ground_refreshes_total{result=\"success\"}",
        "sealwire_ground_refreshes_total{result=\"failure\"}",
    ];
    let grown = grows(&proxy, &ground, || {
        let mut raw = owner(&database, &proxy);
        raw.query("create table other (id int)");
        raw.query(WATCHED);
    });
    assert!(grown[0] >= 1.0);
    assert_eq!(grown[1], 0.0);

    let sessions = [
        "sealwire_sessions_total{result=\"accepted\"}",
        "sealwire_sessions_total{result=\"refused\"}",
        "sealwire_upstream_errors_total{kind=\"closed\"}",
    ];
    let grown = grows(&proxy, &sessions, || {
        let mut refused = Raw::open(proxy.port());
        refused.startup(
            3 << 16,
            &[("user", "owner"), ("database", "x"), ("replication", "1")],
        );
        assert_eq!(Raw::tags(&refused.until_end()), "E");
        let mut ended = owner(&database, &proxy);
        let pid = ended.key.as_ref().unwrap().0;
        database.run(&format!("select pg_terminate_backend({pid})"));
        assert_eq!(Raw::tags(&ended.until_end()), "E");
        eventually("it is counted", || {
            metric(&proxy, "sealwire_sessions") == 1.0
        });
    });
    assert_eq!(grown, [1.0, 1.0, 1.0]);
}
