//! A proxy that is stopped in the middle of everything: the change of places waits for its lease to pass, and when it wakes it
//! answers nothing by what it knew before.

use std::process::Command;
use std::time::{Duration, Instant};

use super::fleet::Second;
use super::load::{self, MARK};
use super::traffic::is_sealed;
use super::{left, protect};
use crate::harness::{Database, Site, connect, psql, until};

fn signal(pid: u32, name: &str) {
    let done = Command::new("kill")
        .args([format!("-{name}"), pid.to_string()])
        .status()
        .unwrap();
    assert!(done.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_that_sleeps_through_the_change_answers_nothing_by_what_it_knew() {
    let database = Database::create(&["owner"]);
    database.run(load::TABLE);
    database.run(&load::rows(300));
    let site = Site::new(&database, load::RULES);
    let second = Second::start(&site, "second");
    let proxy = site.serve();
    let url = second.url(&database);
    let (open, fresh) = (connect(&url).await, connect(&url).await);
    let text = format!("select id from accounts where secret = '{MARK}7'");
    let prepared = open.prepare(&text).await.unwrap();
    for client in [&open, &fresh] {
        let row = client.query_one(&text, &[]).await.unwrap();
        assert_eq!(row.get::<_, i64>(0), 7);
    }
    let registered = "select count(*) from sealwire.proxies";
    until(|| database.value(registered) != "0");

    signal(second.pid(), "STOP");
    let began = Instant::now();
    let done = protect(
        &proxy.site,
        &database,
        &["--strategy", "online"],
        &["accounts"],
    );
    let took = began.elapsed();
    // Whatever happens, no stopped process stays behind.
    let asked = {
        let (text, prepared) = (text.clone(), prepared.clone());
        tokio::spawn(async move {
            let by_name = open.query(&prepared, &[]);
            let by_text = fresh.query(&text, &[]);
            let (by_name, by_text) = tokio::join!(by_name, by_text);
            (by_name, by_text, open, fresh)
        })
    };
    // Asked while it sleeps: it finds the questions when it wakes.
    tokio::time::sleep(Duration::from_millis(300)).await;
    signal(second.pid(), "CONT");
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert!(took > Duration::from_secs(6), "{took:?}");
    assert!(is_sealed(&database));
    left(&database);
    let (by_name, by_text, open, fresh) = asked.await.unwrap();
    for answer in [by_name, by_text] {
        match answer {
            Ok(rows) => {
                let ids: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
                assert_eq!(ids, [7]);
            }
            Err(error) => {
                let told = format!("{error:?}");
                // Shut, or what was prepared before is to be prepared again.
                assert!(told.contains("SW312") || told.contains("SW303"), "{told}");
            }
        }
    }
    // Then it has read what there is now, in the sessions that were open too.
    until(|| psql(&url, &text).stdout.contains("7"));
    for client in [&open, &fresh] {
        let row = client.query_one(&text, &[]).await.unwrap();
        assert_eq!(row.get::<_, i64>(0), 7);
    }
    let again = open.prepare(&text).await.unwrap();
    let row = open.query_one(&again, &[]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 7);
    let shown = psql(&url, "select secret from accounts where id = 7");
    assert!(
        shown.stdout.contains(&format!("{MARK}7")),
        "{}",
        shown.stderr
    );
}
