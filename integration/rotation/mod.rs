//! `sealwire rotate keyset` while two proxies serve readers and writers.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::harness::{Database, Output, Proxy, Site, connect, psql, until};

mod page;
mod refusals;
mod retiring;
mod searched;

const ROWS: i32 = 1_500;

const TABLES: &str = "
create table people (id int primary key, email text not null, notes text, diary text, name text, version int not null default 0);
insert into people
select i, 'p' || i || '@example.com', 'note ' || i, case when i % 3 = 0 then null else repeat('d', i % 50) || i end, 'n' || i
from generate_series(1, 1500) i;
create table letters (id int primary key, body text not null);
insert into letters select i, 'dear ' || i from generate_series(1, 200) i;
grant all on people, letters to app;
";

const RULES: &str = r#"
[tables."public.people".columns]
email = { seal = { search = ["equality"] } }
notes = { seal = {} }
diary = { seal = {} }
[tables."public.letters".columns]
body = { seal = {} }

[roles.app]
members = ["pg:app"]
[[roles.app.grants]]
tables = ["public.*"]
level = "modify"
reveal = ["*"]
"#;

/// Rows of a table by the epoch of a column's envelopes.
fn epochs(database: &Database, table: &str, column: &str) -> String {
    database.value(&format!(
        "select string_agg(e || ': ' || n, ', ' order by e) from (
           select get_byte({column}, 4) * 256 + get_byte({column}, 5) as e, count(*) as n
           from {table} where {column} is not null group by 1) found"
    ))
}

fn protected(database: &Database) -> Site {
    database.run(TABLES);
    let site = Site::new(database, RULES);
    site.protect("public.people");
    site.protect("public.letters");
    site
}

/// Another replica of the proxy: the same rules and key, a place of its own.
fn replica(database: &Database, site: &Site) -> Site {
    replica_of(database, site, RULES)
}

fn replica_of(database: &Database, site: &Site, rules: &str) -> Site {
    let other = Site::bare(database, rules);
    let keys = other.folder().join("keys");
    std::fs::create_dir_all(&keys).unwrap();
    std::fs::copy(site.folder().join("keys/root.key"), keys.join("root.key")).unwrap();
    other
}

fn rotate(site: &Site, database: &Database, more: &[&str]) -> Output {
    let url = database.superuser_url();
    let mut all = vec!["rotate", "keyset", "--upstream", &url];
    all.extend_from_slice(more);
    site.sealwire(&all)
}

/// Starts the job and leaves it running.
fn rotating(site: &Site, database: &Database, more: &[&str]) -> std::process::Child {
    Command::new(crate::harness::binary())
        .args(["rotate", "keyset", "--upstream", &database.superuser_url()])
        .args(more)
        .arg("--rules")
        .arg(site.rules_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn status(site: &Site, database: &Database) -> serde_json::Value {
    let shown = rotate(site, database, &["--status", "--json"]).ok();
    let value: serde_json::Value = serde_json::from_str(&shown).unwrap();
    value["rotations"][0].clone()
}

/// Writes its own rows until it is told to stop, and gives what they must be then.
async fn write(url: String, own: i32, stop: Arc<AtomicBool>) -> BTreeMap<i32, Option<String>> {
    let client = connect(&url).await;
    let mut kept = BTreeMap::new();
    let mut step = 0;
    while !stop.load(Ordering::SeqCst) {
        step += 1;
        let id = own + 4 * (step % 300);
        let note = (step % 11 != 0).then(|| format!("written {own} {step}"));
        let changed = client
            .execute(
                "update people set notes = $2, version = version + 1 where id = $1",
                &[&id, &note],
            )
            .await
            .unwrap();
        if changed == 1 {
            kept.insert(id, note);
        }
        if step % 7 == 0 {
            let fresh = 10_000 + own + 4 * step;
            let note = Some(format!("new {own} {step}"));
            client
                .execute(
                    "insert into people (id, email, notes, diary) values ($1, $2, $3, 'd')",
                    &[&fresh, &format!("f{fresh}@example.com"), &note],
                )
                .await
                .unwrap();
            kept.insert(fresh, note);
        }
        // What is read back is what was written, whichever epoch it is sealed in.
        let row = client
            .query_one("select notes from people where id = $1", &[&id])
            .await
            .unwrap();
        assert_eq!(row.get::<_, Option<String>>(0), kept[&id]);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    kept
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_epoch_follows_the_other_under_writers_pauses_and_kills() {
    let database = Database::create(&["app"]);
    let site = protected(&database);
    let other = replica(&database, &site).serve();
    let proxy = site.serve();
    let site = &proxy.site;
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = [&proxy, &other, &proxy, &other]
        .iter()
        .zip(1..)
        .map(|(proxy, own)| tokio::spawn(write(proxy.url("app"), own, Arc::clone(&stop))))
        .collect();

    // Nothing is sealed under the new epoch before a backup holds it.
    let wanted = rotate(site, &database, &["--settle", "3"]);
    assert_eq!(wanted.code, 1, "{}", wanted.stdout);
    assert!(
        wanted.stderr.contains("epoch 2 is announced"),
        "{}",
        wanted.stderr
    );
    assert!(!epochs(&database, "people", "notes").contains("2: "));
    let again = rotate(site, &database, &[]);
    assert!(
        again.stderr.contains("is under way (announced)"),
        "{}",
        again.stderr
    );
    let file = site.folder().join("keys.backup");
    site.sealwire_with(
        &["keys", "backup", file.to_str().unwrap()],
        &[("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")],
    )
    .ok();

    // Killed in the middle.
    let pace = [
        "--resume", "--settle", "3", "--batch", "40", "--rate", "400",
    ];
    let mut job = rotating(site, &database, &pace);
    until(|| status(site, &database)["rows"].as_u64().unwrap() > 200);
    job.kill().unwrap();
    job.wait().unwrap();
    let shown = status(site, &database);
    assert_eq!(shown["phase"], "sealing", "{shown}");
    let mixed = epochs(&database, "people", "notes");
    assert!(mixed.contains("1: ") && mixed.contains("2: "), "{mixed}");

    // Paused, from another terminal; only one works at a time.
    let job = rotating(site, &database, &pace);
    let before = shown["rows"].as_u64().unwrap();
    until(|| status(site, &database)["rows"].as_u64().unwrap() > before);
    let second = rotate(site, &database, &["--resume"]);
    assert!(second.stderr.contains("is at work"), "{}", second.stderr);
    rotate(site, &database, &["--pause"]).ok();
    let ended = job.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(
        ended.status.success() && said.contains("Paused after"),
        "{said}"
    );
    assert_eq!(status(site, &database)["paused"], true);

    let told = rotate(
        site,
        &database,
        &["--resume", "--settle", "3", "--batch", "100"],
    )
    .ok();
    assert!(told.contains("Sealed anew under epoch 2"), "{told}");
    assert!(told.contains("Sealed public.people.email anew"), "{told}");
    stop.store(true, Ordering::SeqCst);
    let mut expected: BTreeMap<i32, Option<String>> = (1..=ROWS)
        .map(|id| (id, Some(format!("note {id}"))))
        .collect();
    for writer in writers {
        expected.extend(writer.await.unwrap());
    }
    assert_eq!(status(site, &database)["phase"], "sealed");
    for (table, column) in [
        ("people", "notes"),
        ("people", "diary"),
        ("people", "email"),
        ("letters", "body"),
    ] {
        let found = epochs(&database, table, column);
        assert!(
            found.starts_with("2: ") && !found.contains(','),
            "{table}.{column}: {found}"
        );
    }
    for proxy in [&proxy, &other] {
        let client = connect(&proxy.url("app")).await;
        let rows = client
            .query("select id, notes, diary, email from people", &[])
            .await
            .unwrap();
        let found: BTreeMap<i32, Option<String>> =
            rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        assert_eq!(found, expected);
        for row in &rows {
            let id: i32 = row.get(0);
            if id > ROWS {
                continue;
            }
            let diary = (id % 3 != 0)
                .then(|| format!("{}{id}", "d".repeat(usize::try_from(id % 50).unwrap())));
            assert_eq!(row.get::<_, Option<String>>(2), diary);
            assert_eq!(row.get::<_, String>(3), format!("p{id}@example.com"));
        }
        // Searched columns are found as before.
        let one = client
            .query_one("select id from people where email = 'p77@example.com'", &[])
            .await
            .unwrap();
        assert_eq!(one.get::<_, i32>(0), 77);
        let bodies: i64 = client
            .query("select body from letters", &[])
            .await
            .unwrap()
            .len()
            .try_into()
            .unwrap();
        assert_eq!(bodies, 200);
    }
    // No update was lost or doubled: each counted itself.
    let versions = database.value("select count(*) from people where version < 0");
    assert_eq!(versions, "0");
    for log in [proxy.log(), other.log()] {
        assert!(!log.contains("panicked"), "{log}");
    }
}

#[test]
fn a_replica_that_has_not_read_the_epoch_reads_it_when_it_meets_it() {
    let database = Database::create(&["app"]);
    let site = protected(&database);
    let cut_off = replica(&database, &site);
    let service = format!("{}_service", database.name());
    database.run(&format!("create role {service} login"));
    cut_off.settings(&[("user = \"sealwire\"", &format!("user = \"{service}\""))]);
    let owner = database.superuser_url();
    cut_off.sealwire(&["init", "--upstream", &owner]).ok();
    let proxy = cut_off.serve();
    let read = |proxy: &Proxy| psql(&proxy.url("app"), "select body from letters where id = 7");
    assert!(read(&proxy).stdout.contains("dear 7"));
    let session = std::thread::scope(|scope| {
        // A session that stays open, while the replica cannot read the catalog.
        let url = proxy.url("app");
        let talk = scope.spawn(move || {
            psql(
                &url,
                "select body from letters where id = 7; select pg_sleep(6); select body from letters where id = 7",
            )
        });
        std::thread::sleep(Duration::from_millis(500));
        database.run(&format!(
            "alter role {service} nologin;
             select pg_terminate_backend(pid) from pg_stat_activity where usename = '{service}'"
        ));
        let done = rotate(&site, &database, &["--i-have-no-backup", "--settle", "0"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        talk.join().unwrap()
    });
    // It says so instead of showing something else, or is shut for having been cut off for so long.
    assert!(
        session.stdout.contains("dear 7")
            && (session.stderr.contains("SW311") || session.stderr.contains("SW312")),
        "{}\n{}",
        session.stdout,
        session.stderr
    );
    database.run(&format!("alter role {service} login"));
    assert!(read(&proxy).stdout.contains("dear 7"));
}
