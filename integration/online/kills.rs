//! Rounds with kills of all three: the job, the proxies, the server. By default two rounds over small tables; `SEALWIRE_LONG=1`
//! plays twenty over a million rows, `SEALWIRE_ROUNDS` and `SEALWIRE_ROWS` say others, `SEALWIRE_BIN` names another program, such as an
//! optimised one. How a recorded run is made stands in `integration/reports/online.txt`.

use std::process::Command;
use std::time::{Duration, Instant};

use sealwire::embedded::{Options, Server};

use super::fleet::Second;
use super::left;
use super::load::{self, Load, MARK};
use super::traffic::{is_sealed, same, shown, spawn};
use crate::harness::{Database, Site, psql_with, start};

/// How much is played.
struct Size {
    rounds: u64,
    rows: i64,
    long: bool,
}

impl Size {
    fn asked() -> Size {
        let number = |name: &str| std::env::var(name).ok()?.parse::<u32>().ok();
        let long = std::env::var_os("SEALWIRE_LONG").is_some();
        let (rounds, rows) = if long { (20, 1_000_000) } else { (2, 800) };
        Size {
            rounds: number("SEALWIRE_ROUNDS").unwrap_or(rounds).into(),
            rows: number("SEALWIRE_ROWS").unwrap_or(rows).into(),
            long,
        }
    }
}

/// What recovers from its log takes its time with a large table.
#[track_caller]
fn patiently(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(300);
    while !holds() {
        assert!(Instant::now() < deadline, "{what} did not come");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What a job told at its end: the longest lock, in seconds.
fn longest_lock(stdout: &[u8]) -> Option<f64> {
    let said = String::from_utf8_lossy(stdout);
    let (_, rest) = said.split_once("\"longest_lock_seconds\":")?;
    rest.trim_start()
        .split([',', '\n', '}'])
        .next()?
        .trim()
        .parse()
        .ok()
}

/// Files of the database that hold a secret, once table and statistics were written anew and what was dropped is gone.
fn in_plaintext(database: &Database) -> String {
    for sql in [
        "vacuum full accounts",
        "vacuum full pg_statistic",
        "checkpoint",
    ] {
        database.run(sql);
    }
    let own = database.value("select oid from pg_database where datname = current_database()");
    let folder = database.server().data_dir().join("base").join(own);
    let found = Command::new("grep")
        .args(["-rlaF", MARK])
        .arg(folder)
        .output()
        .unwrap();
    String::from_utf8_lossy(&found.stdout).into_owned()
}

/// Nobody else at work: how long the job takes, and in words, beside what the server itself takes to copy the table.
fn calm(server: &'static Server, rows: i64) -> (Duration, String) {
    let database = Database::create_on(server, &["owner"]);
    database.run(load::TABLE);
    database.run(&load::rows(rows));
    database.run("vacuum analyze accounts");
    let began = Instant::now();
    database.run(
        "create table beside as select * from accounts; alter table beside add primary key (id);
         create index beside_secret on beside (secret)",
    );
    let alone = began.elapsed();
    database.run("drop table beside");
    let site = Site::new(&database, load::RULES);
    let began = Instant::now();
    let job = spawn(&site, &database, "1000000000")
        .wait_with_output()
        .unwrap();
    let took = began.elapsed();
    assert!(
        job.status.success(),
        "{}",
        String::from_utf8_lossy(&job.stderr)
    );
    left(&database);
    assert_eq!(in_plaintext(&database), "");
    let words = format!(
        "alone: {rows} rows in {:.2} s, {:.0} rows a second; CREATE TABLE AS and the same indexes {:.2} s, so {:.1} % of its rate; longest lock {:.3} s; no secret in base/ after VACUUM FULL",
        took.as_secs_f64(),
        per_second(rows, took),
        alone.as_secs_f64(),
        100.0 * alone.as_secs_f64() / took.as_secs_f64(),
        longest_lock(&job.stdout).unwrap_or(f64::NAN)
    );
    (took, words)
}

#[expect(clippy::cast_precision_loss, reason = "a rate")]
fn per_second(rows: i64, took: Duration) -> f64 {
    rows as f64 / took.as_secs_f64()
}

/// Kills a process of the server: it takes every session down and recovers from its log, as after a crash.
fn crash(database: &Database) {
    let pid = psql_with(
        &database.superuser_url(),
        &["-q", "-A", "-t"],
        "select pg_backend_pid()",
    );
    let busy = psql_with(
        &database.superuser_url(),
        &["-q", "-A", "-t"],
        "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1",
    );
    let pid = if busy.stdout.trim().is_empty() {
        pid
    } else {
        busy
    };
    let _ = Command::new("kill")
        .args(["-9", pid.stdout.trim()])
        .status();
}

fn answers(database: &Database) -> bool {
    psql_with(&database.superuser_url(), &["-q", "-A", "-t"], "select 1").code == 0
}

/// One round: from plaintext to sealed, whoever dies.
fn round(server: &'static Server, number: u64, size: &Size, usual: Duration) -> String {
    let rows = size.rows;
    let database = Database::create_on(server, &["owner"]);
    database.run(load::TABLE);
    database.run(&load::rows(rows));
    let site = Site::new(&database, load::RULES);
    let mut one = Second::start(&site, "one");
    let mut two = Second::start(&site, "two");
    let (through_one, through_two) = (one.url(&database), two.url(&database));
    let load = Load::start(
        &[
            (through_one.clone(), true),
            (through_two.clone(), true),
            (through_one, true),
            (database.superuser_url(), false),
        ],
        rows,
        number,
    );
    let mut dice = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut roll = |sides: u64| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice % sides
    };
    let rate = if size.long { "1000000000" } else { "600" };
    let longest = u64::try_from(usual.as_millis()).unwrap().max(1_500);
    let mut killed = [0; 4];
    let (mut worked, mut lock) = (Duration::ZERO, None);
    let patience = if size.long { 3_600 } else { 120 };
    let deadline = Instant::now() + Duration::from_secs(patience);
    let mut kills = 6;
    loop {
        assert!(
            Instant::now() < deadline,
            "round {number} does not end: {killed:?}"
        );
        patiently("the server", || answers(&database));
        let began = Instant::now();
        let mut job = spawn(&site, &database, rate);
        let next = Instant::now() + Duration::from_millis(100 + roll(longest));
        let ended = loop {
            if let Some(status) = job.try_wait().unwrap() {
                break Some(status);
            }
            if Instant::now() >= next && kills > 0 {
                break None;
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        if ended.is_none() {
            kills -= 1;
            let who = usize::try_from(roll(4)).unwrap();
            killed[who] += 1;
            match who {
                0 => {}
                1 => one.again(),
                2 => two.again(),
                _ => crash(&database),
            }
            // Half of the time the job goes on if it can.
            if who == 0 || roll(2) == 0 {
                let _ = job.kill();
            }
        }
        let output = job.wait_with_output().unwrap();
        worked += began.elapsed();
        if output.status.success() {
            lock = longest_lock(&output.stdout);
            break;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !said.contains("differs") && !said.contains("stand against"),
            "{said}"
        );
        if said.contains("nothing to seal") {
            break;
        }
    }
    let before = load.done();
    let enough = Instant::now() + Duration::from_secs(20);
    while load.done() < before + 60 && Instant::now() < enough {
        std::thread::sleep(Duration::from_millis(20));
    }
    let ledger = load.finish();
    patiently("the server", || answers(&database));
    left(&database);
    assert!(is_sealed(&database), "round {number}");
    patiently("the second proxy", || {
        psql_with(&two.url(&database), &["-q", "-A", "-t"], "select 1").code == 0
    });
    same(&ledger, &shown(&two.url(&database)));
    assert_eq!(in_plaintext(&database), "", "round {number}");
    format!(
        "round {number}: {} rows at the end, {before} statements acknowledged, jobs worked {:.1} s ({:.0} rows a second), longest lock of the last {}, killed: job {}, first proxy {}, second proxy {}, server {}",
        ledger.len(),
        worked.as_secs_f64(),
        per_second(rows, worked),
        lock.map_or_else(|| "not told".to_owned(), |lock| format!("{lock:.3} s")),
        killed[0],
        killed[1],
        killed[2],
        killed[3]
    )
}

#[test]
fn nothing_is_lost_whoever_is_killed() {
    let server: &'static Server = Box::leak(Box::new(start(Options::default())));
    let size = Size::asked();
    let (usual, words) = calm(server, size.rows);
    eprintln!("{words}");
    for number in 1..=size.rounds {
        eprintln!("{}", round(server, number, &size, usual));
    }
}
