//! How a session begins: encryption requests, versions, logins, replication, limits, cancel keys.

use sealwire::embedded::{Login, Options, Server};

use super::*;
use crate::harness::{Site, psql_with, start};

/// A CancelRequest and the end of its connection.
fn cancel(port: u16, pid: u32, secret: &[u8]) {
    let mut raw = Raw::open(port);
    let code = 80_877_102_u32.to_be_bytes();
    raw.untagged(&[&code[..], &pid.to_be_bytes(), secret].concat());
    assert_eq!(raw.rest(), b"");
}

fn is_running(database: &Database, what: &str) -> bool {
    database.value(&format!(
        "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%{what}%'"
    )) == "1"
}

#[test]
fn a_cancel_reaches_a_planned_statement_and_no_other() {
    let (database, proxy) = people();
    let slow = "select notes from people, pg_sleep(30) where people.id = 1";
    for version in [3 << 16, (3 << 16) + 2] {
        let mut raw = Raw::open(proxy.port());
        raw.startup(version, &[("user", "owner"), ("database", database.name())]);
        let frames = raw.until_ready();
        let key = frames.iter().find(|frame| frame.tag == 'K').unwrap();
        let (pid, secret) = key.body.split_at(4);
        let pid = u32::from_be_bytes(pid.try_into().unwrap());
        if database.server().major() >= 18 && version & 0xffff == 2 {
            assert_eq!(secret.len(), 32);
        }
        let other = vec![9; secret.len()];
        for extended in [false, true] {
            if extended {
                raw.run(slow);
                raw.sync();
            } else {
                raw.ask(slow);
            }
            eventually("it runs", || is_running(&database, "pg_sleep(30)"));
            cancel(proxy.port(), pid, &other);
            cancel(proxy.port(), pid + 1, secret);
            assert!(is_running(&database, "pg_sleep(30)"));
            cancel(proxy.port(), pid, secret);
            assert_eq!(Raw::error(&raw.until_ready()), "57014");
            goes_on(&mut raw);
        }
    }
}

#[test]
fn versions_and_options_that_the_server_does_not_know() {
    let (database, proxy) = people();
    for version in [(3 << 16) + 1, (3 << 16) + 2, (3 << 16) + 9999] {
        let parameters = [
            ("user", "owner"),
            ("database", database.name()),
            ("_pq_.unknown", "1"),
        ];
        let mut seen = Vec::new();
        for port in [database.server().port(), proxy.port()] {
            let mut raw = Raw::open(port);
            raw.startup(version, &parameters);
            let frames = raw.until_ready();
            let negotiated = frames.into_iter().find(|frame| frame.tag == 'v').unwrap();
            seen.push(negotiated);
            if port == proxy.port() {
                goes_on(&mut raw);
            }
        }
        assert_eq!(seen[0], seen[1]);
    }
}

#[test]
fn replication_is_refused_and_a_database_that_is_not_there_is_the_servers_to_say() {
    let (database, proxy) = people();
    for word in ["database", "true", "on", "1", "yes", "t"] {
        let mut raw = Raw::open(proxy.port());
        raw.startup(
            3 << 16,
            &[
                ("user", "postgres"),
                ("database", database.name()),
                ("replication", word),
            ],
        );
        let frames = raw.until_end();
        assert_eq!(Raw::tags(&frames), "E", "{word}");
        assert_eq!(Raw::error(&frames), "42501", "{word}");
    }
    let mut raw = Raw::open(proxy.port());
    raw.startup(3 << 16, &[("user", "owner"), ("database", "nowhere")]);
    assert_eq!(Raw::error(&raw.until_end()), "3D000");
    goes_on(&mut owner(&database, &proxy));
}

#[test]
fn no_more_sessions_than_the_limit_but_cancels_all_the_same() {
    let database = Database::create(ROLES);
    database.run(TABLES);
    let site = Site::new(&database, RULES);
    site.protect("public.people");
    let file = site.rules_dir().join("sealwire.toml");
    let settings = std::fs::read_to_string(&file).unwrap();
    let limited = settings.replace("[listen]", "[listen]\nmax_sessions = 2");
    std::fs::write(&file, limited).unwrap();
    let proxy = site.serve();
    let mut first = owner(&database, &proxy);
    let second = owner(&database, &proxy);
    let mut third = Raw::open(proxy.port());
    third.startup(3 << 16, &[("user", "owner"), ("database", database.name())]);
    assert_eq!(Raw::error(&third.until_end()), "53300");
    let (pid, secret) = first.key.clone().unwrap();
    first.ask("select pg_sleep(30)");
    eventually("it runs", || is_running(&database, "pg_sleep(30)"));
    cancel(proxy.port(), pid, &secret);
    assert_eq!(Raw::error(&first.until_ready()), "57014");
    drop(second);
    eventually("there is room again", || {
        let mut raw = Raw::open(proxy.port());
        raw.startup(3 << 16, &[("user", "owner"), ("database", database.name())]);
        Raw::tags(&raw.until_ready()).ends_with('Z')
    });
    goes_on(&mut first);
    let page = proxy.metrics();
    assert!(!page.contains("sealwire_sessions_total{result=\"refused\"} 0"));
}

#[test]
fn passwords_are_relayed() {
    for method in ["scram-sha-256", "md5", "password"] {
        let server: &'static Server = Box::leak(Box::new(start(Options {
            login: Login::Password {
                method,
                password: "postgres".to_owned(),
            },
            settings: vec![(
                "password_encryption".to_owned(),
                if method == "md5" {
                    "md5"
                } else {
                    "scram-sha-256"
                }
                .to_owned(),
            )],
            ..Options::default()
        })));
        let database = Database::create_on(server, ROLES);
        database.run(TABLES);
        database
            .run("alter role sealwire password 'service'; alter role owner password 'own pass'");
        let site = Site::bare(&database, RULES);
        let file = site.rules_dir().join("sealwire.toml");
        let settings = std::fs::read_to_string(&file).unwrap().replace(
            "user = \"sealwire\"",
            "user = \"sealwire\"\npassword_file = \"../service.password\"",
        );
        std::fs::write(&file, settings).unwrap();
        std::fs::write(site.folder().join("service.password"), "service\n").unwrap();
        let owner_url = database.superuser_url();
        site.sealwire(&["keys", "init"]).ok();
        site.sealwire(&["init", "--upstream", &owner_url]).ok();
        site.protect("public.people");
        let proxy = site.serve();
        let url = |password: &str| {
            format!(
                "postgresql://owner:{password}@127.0.0.1:{}/{}",
                proxy.port(),
                database.name()
            )
        };
        let script = "select notes from people where id = 2";
        let output = psql_with(&url("own%20pass"), &["-A", "-t"], script);
        assert_eq!(output.stdout, "note 2\n", "{method}: {}", output.stderr);
        let output = psql_with(&url("wrong"), &["-A", "-t"], script);
        assert!(
            output.stderr.contains("password authentication failed"),
            "{method}: {}",
            output.stderr
        );
        let output = psql_with(&url(""), &["-A", "-t", "-w"], script);
        assert!(
            output.stderr.contains("password"),
            "{method}: {}",
            output.stderr
        );
        let metrics = proxy.metrics();
        assert!(
            metrics.contains("sealwire_upstream_errors_total{kind=\"authentication\"} 1"),
            "{metrics}"
        );
        // One that answers nothing, one that answers something else.
        let mut silent = Raw::open(proxy.port());
        silent.startup(3 << 16, &[("user", "owner"), ("database", database.name())]);
        assert_eq!(silent.read().unwrap().tag, 'R');
        silent.ask("select 1");
        assert_eq!(Raw::error(&silent.until_end()), "08P01");
    }
}
