//! How a session ends: by the server, by the client, by the proxy. One clear error, and nothing is left behind.

use std::process::Command;
use std::thread;
use std::time::Duration;

use sealwire::embedded::{Options, Server};

use super::*;
use crate::harness::start;

fn signal(proxy: &Proxy, name: &str) {
    let status = Command::new("kill")
        .args([&format!("-{name}"), &proxy.pid().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn a_backend_that_is_terminated() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    let (pid, _) = raw.key.clone().unwrap();
    raw.ask("select notes from people, pg_sleep(60)");
    thread::sleep(Duration::from_millis(300));
    database.run(&format!("select pg_terminate_backend({pid})"));
    let frames = raw.until_end();
    assert_eq!(Raw::tags(&frames), "TE");
    assert_eq!(Raw::error(&frames), "57P01");
    // Idle.
    let mut raw = owner(&database, &proxy);
    let (pid, _) = raw.key.clone().unwrap();
    database.run(&format!("select pg_terminate_backend({pid})"));
    assert_eq!(Raw::error(&raw.until_end()), "57P01");
    // Killed hard (a crash of the backend) would take the whole server: it is tried below.
    goes_on(&mut owner(&database, &proxy));
}

#[test]
fn the_service_connection_that_is_terminated() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    for _ in 0..3 {
        let ended = database.value(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity \
             where application_name = 'sealwire service' and datname = current_database()",
        );
        assert!(ended == "0" || ended == "1", "{ended}");
        // What needs a fresh look at the catalog gets one.
        let frames = raw.query("create table other (id int); drop table other");
        assert_eq!(Raw::error(&frames), "");
        goes_on(&mut raw);
        goes_on(&mut owner(&database, &proxy));
    }
}

/// `pg_ctl` as the owner of the data folder.
fn pg_ctl(server: &Server, arguments: &[&str]) {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let owner = std::fs::metadata(server.data_dir()).unwrap();
    let binaries = sealwire::embedded::find().unwrap();
    let status = Command::new(binaries.dir.join("pg_ctl"))
        .args(["-s", "-w", "-D"])
        .arg(server.data_dir())
        .args(arguments)
        .current_dir("/")
        .uid(owner.uid())
        .gid(owner.gid())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{arguments:?}");
}

#[test]
fn a_server_that_is_restarted() {
    let server: &'static Server = Box::leak(Box::new(start(Options::default())));
    let database = Database::create_on(server, ROLES);
    database.run(TABLES);
    let proxy = Proxy::start_protected(&database, RULES, &["public.people"]);
    let mut idle = owner(&database, &proxy);
    let mut open = owner(&database, &proxy);
    open.query("begin; insert into plain values (1, 'x')");
    let mut busy = owner(&database, &proxy);
    busy.ask("select notes from people, pg_sleep(60)");
    thread::sleep(Duration::from_millis(300));
    pg_ctl(server, &["-m", "fast", "stop"]);
    for raw in [&mut idle, &mut open, &mut busy] {
        let frames = raw.until_end();
        assert!(["E", "TE"].contains(&Raw::tags(&frames).as_str()));
        assert_eq!(Raw::error(&frames), "57P01");
    }
    // While it is away.
    let mut raw = Raw::open(proxy.port());
    raw.startup(3 << 16, &[("user", "owner"), ("database", database.name())]);
    assert_eq!(Raw::error(&raw.until_end()), "08006");
    assert!(
        proxy
            .metrics()
            .contains("sealwire_upstream_errors_total{kind=\"connect\"} 1")
    );
    eventually("readiness is taken back", || {
        proxy.admin("/readyz").unwrap().0 == 503
    });
    pg_ctl(server, &["start"]);
    goes_on(&mut owner(&database, &proxy));
    eventually("it is ready again", || {
        proxy.admin("/readyz").unwrap().0 == 200
    });
    // A crash: no last word of the server.
    let mut raw = owner(&database, &proxy);
    raw.ask("select notes from people, pg_sleep(60)");
    thread::sleep(Duration::from_millis(300));
    pg_ctl(server, &["-m", "immediate", "stop"]);
    let frames = raw.until_end();
    assert!(
        ["57P01", "57P02", "08001", "08006"].contains(&Raw::error(&frames).as_str()),
        "{frames:?}"
    );
    pg_ctl(server, &["start"]);
    goes_on(&mut owner(&database, &proxy));
    pg_ctl(server, &["-m", "fast", "stop"]);
}

#[test]
fn a_client_that_vanishes_leaves_nothing() {
    let (database, proxy) = people();
    // In a transaction, in COPY both ways, in a batch without Sync, in a message cut short, in a result unread.
    let endings: [fn(&mut Raw); 7] = [
        |raw| drop(raw.query("begin; insert into plain values (1, 'x')")),
        |raw| {
            raw.ask("copy plain from stdin");
            raw.send('d', b"1\tone\n");
        },
        |raw| raw.ask("copy (select generate_series(1, 3000000)) to stdout"),
        |raw| {
            raw.run("insert into plain values (1, 'x')");
            raw.run(WATCHED);
            raw.flush();
        },
        |raw| raw.bytes(&[b'Q', 0, 0, 1, 0, b's']),
        |raw| {
            raw.ask("select notes, repeat(name, 1000), i from people, generate_series(1, 100000) i")
        },
        |raw| raw.ask("select count(pg_sleep(1)) from people where id < 4"),
    ];
    for (at, end) in endings.iter().enumerate() {
        let mut raw = owner(&database, &proxy);
        end(&mut raw);
        thread::sleep(Duration::from_millis(100));
        drop(raw);
        eventually(&format!("{at}: no backend is left"), || {
            backends(&database) == "0"
        });
        assert_eq!(database.value("select count(*) from plain"), "0", "{at}");
    }
    eventually("no session is left", || {
        proxy.metrics().contains("sealwire_sessions 0")
    });
    goes_on(&mut owner(&database, &proxy));
}

#[test]
fn being_stopped_idle_sessions_go_and_others_come_to_an_end() {
    let (database, proxy) = people();
    let mut idle = owner(&database, &proxy);
    let mut busy = owner(&database, &proxy);
    busy.ask("select notes from people, pg_sleep(1) where people.id = 1");
    let mut open = owner(&database, &proxy);
    open.query("begin; insert into plain values (1, 'x')");
    let mut never = owner(&database, &proxy);
    never.query("begin");
    thread::sleep(Duration::from_millis(200));
    signal(&proxy, "TERM");
    assert_eq!(Raw::error(&idle.until_end()), "57P01");
    assert_eq!(Raw::tags(&open.query("commit")), "CZ");
    assert_eq!(Raw::error(&open.until_end()), "57P01");
    let frames = busy.until_end();
    assert_eq!(Raw::tags(&frames), "TDCZE");
    assert_eq!(Raw::error(&frames), "57P01");
    // One that does not end is cut off, and told so.
    assert_eq!(Raw::error(&never.until_end()), "57P01");
    assert_eq!(database.value("select count(*) from plain"), "1");
    eventually("no backend is left", || backends(&database) == "0");
}

#[test]
fn reloaded_rules_reach_open_sessions_and_wrong_ones_change_nothing() {
    let (database, proxy) = people();
    let mut raw = owner(&database, &proxy);
    raw.parse("s", "select notes from people where id = 1", &[]);
    raw.describe('S', "s");
    raw.sync();
    raw.until_ready();
    let once = |raw: &mut Raw| {
        raw.bind("", "s", 0, &[], 0);
        raw.execute("", 0);
        raw.sync();
        Raw::rows(&raw.until_ready())
    };
    assert_eq!(once(&mut raw), [[Some("note 1".to_owned())]]);
    proxy.site.write_rules("this is not a rule");
    signal(&proxy, "HUP");
    eventually("the failure is counted", || {
        !proxy
            .metrics()
            .contains("sealwire_rules_reloads_total{result=\"failure\"} 0")
    });
    assert_eq!(once(&mut raw), [[Some("note 1".to_owned())]]);
    proxy
        .site
        .write_rules(&RULES.replace("reveal = [\"*\"]", "reveal = [\"email\"]"));
    signal(&proxy, "HUP");
    eventually("the value is masked", || once(&mut raw) == [[None]]);
    proxy.site.write_rules(RULES);
    signal(&proxy, "HUP");
    eventually("it is shown again", || {
        once(&mut raw) == [[Some("note 1".to_owned())]]
    });
    goes_on(&mut raw);
}
