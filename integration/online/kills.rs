//! Rounds with kills of all three: the job, the proxies, the server. `SEALWIRE_LONG=1 cargo test --release --test integration
//! online::kills -- --nocapture` is the recorded form: a million rows, twenty rounds. `SEALWIRE_ROUNDS=20` alone plays as many with
//! small tables.

use std::process::Command;
use std::time::{Duration, Instant};

use sealwire::embedded::Options;

use super::fleet::Second;
use super::left;
use super::load::{self, Load};
use super::traffic::{is_sealed, same, shown, spawn};
use crate::harness::{Database, Site, psql_with, start};

fn is_long() -> bool {
    std::env::var_os("SEALWIRE_LONG").is_some()
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
fn round(server: &'static sealwire::embedded::Server, number: u64, rows: i64) -> String {
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
    let rate = if is_long() { "1000000" } else { "600" };
    let longest = if is_long() { 60_000 } else { 1_500 };
    let mut killed = [0; 4];
    let patience = if is_long() { 3_600 } else { 120 };
    let deadline = Instant::now() + Duration::from_secs(patience);
    let mut kills = 6;
    loop {
        assert!(
            Instant::now() < deadline,
            "round {number} does not end: {killed:?}"
        );
        crate::harness::until(|| answers(&database));
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
        if ended.is_some_and(|status| status.success()) {
            break;
        }
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
        if output.status.success() {
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
    crate::harness::until(|| answers(&database));
    left(&database);
    assert!(is_sealed(&database), "round {number}");
    crate::harness::until(|| {
        psql_with(&two.url(&database), &["-q", "-A", "-t"], "select 1").code == 0
    });
    same(&ledger, &shown(&two.url(&database)));
    format!(
        "round {number}: {} rows at the end, {} statements acknowledged, killed: job {}, first proxy {}, second proxy {}, server {}",
        ledger.len(),
        before,
        killed[0],
        killed[1],
        killed[2],
        killed[3]
    )
}

#[test]
fn nothing_is_lost_whoever_is_killed() {
    let server: &'static sealwire::embedded::Server =
        Box::leak(Box::new(start(Options::default())));
    let asked = std::env::var("SEALWIRE_ROUNDS").ok();
    let rounds = asked.and_then(|rounds| rounds.parse().ok());
    let (rounds, rows) = if is_long() {
        (rounds.unwrap_or(20), 1_000_000)
    } else {
        (rounds.unwrap_or(2), 800)
    };
    for number in 1..=rounds {
        eprintln!("{}", round(server, number, rows));
    }
}
