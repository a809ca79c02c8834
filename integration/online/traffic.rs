//! Under traffic: nothing is lost, nothing is done twice, and a job that is killed goes on or is undone.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::fleet::Second;
use super::load::{self, Load, Row};
use super::{left, protect};
use crate::harness::{Database, Site};

fn scene(rows: i64) -> (Database, Site) {
    let database = Database::create(&["owner"]);
    database.run(load::TABLE);
    database.run(&load::rows(rows));
    let site = Site::new(&database, load::RULES);
    (database, site)
}

/// The job as a process of its own.
pub fn spawn(site: &Site, database: &Database, rate: &str) -> Child {
    Command::new(crate::harness::binary())
        .args([
            "protect",
            "--strategy",
            "online",
            "--i-have-no-backup",
            "accounts",
            "--max-rate",
            rate,
            "--json",
            "--upstream",
        ])
        .arg(database.superuser_url())
        .arg("--rules")
        .arg(site.rules_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs it to its end, killed now and then: `kills` times after so many milliseconds.
fn to_its_end(site: &Site, database: &Database, kills: &[u64]) {
    for after in kills {
        let mut child = spawn(site, database, "1000000");
        std::thread::sleep(Duration::from_millis(*after));
        let _ = child.kill();
        let _ = child.wait();
    }
    let output = protect(site, database, &["--strategy", "online"], &["accounts"]);
    let done_before = output.stderr.contains("nothing to seal");
    assert!(
        output.code == 0 || done_before,
        "{}{}",
        output.stdout,
        output.stderr
    );
}

/// What a proxy shows of the table.
pub fn shown(url: &str) -> BTreeMap<i64, Row> {
    let rows = crate::harness::psql_with(
        url,
        &["-q", "-A", "-t", "-F", "|", "-v", "ON_ERROR_STOP=1"],
        "select id, counter, coalesce(secret, '<null>') from accounts",
    )
    .ok();
    rows.lines()
        .map(|line| {
            let parts: Vec<&str> = line.split('|').collect();
            let secret = Some(parts[2].to_owned()).filter(|secret| secret != "<null>");
            (
                parts[0].parse().unwrap(),
                (parts[1].parse().unwrap(), secret),
            )
        })
        .collect()
}

#[track_caller]
pub fn same(expected: &BTreeMap<i64, Row>, found: &BTreeMap<i64, Row>) {
    for (id, row) in expected {
        assert_eq!(found.get(id), Some(row), "row {id}");
    }
    for (id, row) in found {
        assert_eq!(expected.get(id), Some(row), "row {id}");
    }
}

/// Nothing of the values is left in plaintext.
pub fn is_sealed(database: &Database) -> bool {
    database.value("select count(*) filter (where substr(secret, 1, 1) <> '\\xfb') from accounts")
        == "0"
}

#[test]
fn writers_past_the_proxy_lose_nothing_while_the_job_is_killed() {
    let (database, site) = scene(3000);
    let direct = database.superuser_url();
    let load = Load::start(
        &[
            (direct.clone(), false),
            (direct.clone(), false),
            (direct, false),
        ],
        3000,
        42,
    );
    to_its_end(&site, &database, &[300, 500, 700, 1100]);
    let before = load.done();
    let deadline = Instant::now() + Duration::from_secs(10);
    while load.done() < before + 50 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    let ledger = load.finish();
    left(&database);
    assert!(is_sealed(&database));
    let proxy = site.serve();
    same(&ledger, &shown(&proxy.url("owner")));
}

#[test]
fn a_job_is_undone_and_begun_again() {
    let (database, site) = scene(3000);
    let before = database.value("select md5(string_agg(t::text, ',' order by id)) from accounts t");
    let mut child = spawn(&site, &database, "800");
    let deadline = Instant::now() + Duration::from_secs(10);
    let begun = "select count(*) from pg_trigger where tgname like 'sealwire online%'";
    while database.value(begun) == "0" && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let _ = child.wait();
    // What others begin over the same table waits for the decision.
    let url = database.superuser_url();
    let undone = site.sealwire(&["protect", "--undo", "--upstream", &url, "accounts"]);
    assert_eq!(undone.code, 0, "{}", undone.stderr);
    left(&database);
    let after = database.value("select md5(string_agg(t::text, ',' order by id)) from accounts t");
    assert_eq!(before, after);
    let none = site.sealwire(&["protect", "--undo", "--upstream", &url, "accounts"]);
    assert!(none.stderr.contains("no online job"), "{}", none.stderr);
    to_its_end(&site, &database, &[]);
    left(&database);
}

/// `TRUNCATE`, replication's role and whoever switches triggers off.
#[test]
fn what_is_emptied_is_emptied_and_what_is_switched_off_is_noticed() {
    let (database, site) = scene(3000);
    let pause = "begin; set local session_replication_role = replica; truncate accounts; \
                 insert into accounts select i, 1, 'after' || i from generate_series(1, 50) i; commit";
    let mut child = spawn(&site, &database, "800");
    until_begun(&database);
    database.run(pause);
    let status = child.wait().unwrap();
    assert!(status.success());
    left(&database);
    assert_eq!(
        database.value("select count(*), sum(counter) from accounts"),
        "50|50"
    );
    assert!(is_sealed(&database));

    let (database, site) = scene(3000);
    let mut child = spawn(&site, &database, "800");
    until_begun(&database);
    let _ = child.kill();
    let _ = child.wait();
    database.run("alter table accounts disable trigger all; update accounts set counter = 7; alter table accounts enable trigger all");
    let output = protect(&site, &database, &["--strategy", "online"], &["accounts"]);
    assert!(output.stderr.contains("switched off"), "{}", output.stderr);
    assert!(!is_sealed(&database));

    let (database, site) = scene(3000);
    let mut child = spawn(&site, &database, "800");
    until_begun(&database);
    let _ = child.kill();
    let _ = child.wait();
    database.run("alter table accounts add column more int");
    let output = protect(&site, &database, &["--strategy", "online"], &["accounts"]);
    assert!(output.stderr.contains("altered since"), "{}", output.stderr);
}

fn until_begun(database: &Database) {
    let begun = "select count(*) from pg_trigger where tgname like 'sealwire online%'";
    crate::harness::until(|| database.value(begun) != "0");
}

#[test]
fn writers_through_two_proxies_and_past_them_lose_nothing() {
    let (database, site) = scene(2000);
    let second = Second::start(&site, "second");
    let proxy = site.serve();
    let (one, two) = (proxy.url("owner"), second.url(&database));
    let load = Load::start(
        &[
            (one.clone(), true),
            (one.clone(), true),
            (two.clone(), true),
            (two, true),
            (database.superuser_url(), false),
        ],
        2000,
        7,
    );
    let output = protect(
        &proxy.site,
        &database,
        &["--strategy", "online"],
        &["accounts"],
    );
    assert_eq!(
        output.code,
        0,
        "{}{}\n{}",
        output.stdout,
        output.stderr,
        proxy.log()
    );
    assert!(
        !output.stdout.contains("Note: 0 changes"),
        "{}",
        output.stdout
    );
    let before = load.done();
    let deadline = Instant::now() + Duration::from_secs(10);
    while load.done() < before + 100 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    let ledger = load.finish();
    left(&database);
    assert!(is_sealed(&database));
    same(&ledger, &shown(&proxy.url("owner")));
}

#[test]
fn a_dry_run_says_what_is_needed_and_changes_nothing() {
    let (database, site) = scene(200);
    let said = protect(&site, &database, &["--dry-run"], &["accounts"]).ok();
    for part in [
        "followed by (id)",
        "1 of its columns change: secret",
        "room for the copy",
        "had the tables locked for",
    ] {
        assert!(said.contains(part), "{said}");
    }
    left(&database);
    assert!(!is_sealed(&database));
    // Small tables are rewritten where nothing else is asked for; progress is told in lines.
    let told = protect(
        &site,
        &database,
        &["--strategy", "online", "--json", "--max-rate", "2000"],
        &["accounts"],
    )
    .ok();
    assert!(
        told.contains("{\"done\":200,\"event\":\"progress\",\"phase\":\"verifying\""),
        "{told}"
    );
    assert!(told.contains("\"longest_lock_seconds\""), "{told}");
    assert!(is_sealed(&database));
}

/// What cannot be turned over shows before anything is begun.
#[test]
fn what_stands_in_the_way_is_named_and_nothing_is_begun() {
    let cases = [
        (
            "alter table accounts drop constraint accounts_pkey",
            "no primary key",
        ),
        (
            "create materialized view copied as select id from accounts",
            "copied",
        ),
        (
            "create function taken(accounts) returns int language sql as 'select 1'",
            "uses its row type",
        ),
        (
            "create view seen as select secret from accounts",
            "view public.seen uses it",
        ),
        (
            "create publication everything for all tables",
            "FOR ALL TABLES",
        ),
        (
            "create table parts (id bigint references accounts) partition by range (id)",
            "partitioned",
        ),
    ];
    for (sql, expected) in cases {
        let (database, site) = scene(20);
        database.run(sql);
        let output = protect(&site, &database, &["--strategy", "online"], &["accounts"]);
        assert_eq!(output.code, 1, "{sql}");
        assert!(output.stderr.contains(expected), "{sql}: {}", output.stderr);
        left(&database);
        assert!(!is_sealed(&database), "{sql}");
    }
}
