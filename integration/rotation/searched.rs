//! Columns with search brought under the new epoch, by copies that change places with their tables, while two proxies serve
//! readers and writers.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{epochs, replica_of, rotate, rotating, status};
use crate::harness::{Database, Proxy, Site, connect, psql, psql_with, until};

const TABLES: &str = "
create table clients (id int primary key, email text not null unique, born date, name text, nick text, notes text,
    version int not null default 0);
insert into clients select i, 'c' || i || '@example.com', date '1950-01-01' + (i * 37) % 20000,
    case when i % 10 = 0 then null else 'name ' || md5(i::text) end, 'nick' || i % 50, 'note ' || i, 0
  from generate_series(1, 900) i;
create index by_born on clients (born);
create table visits (id int primary key, email text references clients (email) on update cascade, at int);
insert into visits select i, 'c' || (i % 300 + 1) || '@example.com', i from generate_series(1, 600) i;
grant all on clients, visits to app;
";

const RULES: &str = r#"
[tables."public.clients".columns]
email = { seal = { search = ["equality"], domain = "person.email" } }
born = { seal = { search = ["order"], acknowledge_leakage = true } }
name = { seal = { search = ["match"], acknowledge_leakage = true } }
nick = { seal = { search = ["prefix"], prefix_length = 4, acknowledge_leakage = true } }
notes = { seal = {} }
[tables."public.visits".columns]
email = { seal = { search = ["equality"], domain = "person.email" } }
[tables."public.guests".columns]
email = { seal = { search = ["equality"], domain = "person.email" } }

[roles.app]
members = ["pg:app"]
[[roles.app.grants]]
tables = ["public.*"]
level = "full-control"
reveal = ["*"]
"#;

/// What must be answered alike before, meanwhile and afterwards: rows that nobody writes.
const ANSWERS: &[&str] = &[
    "select id from clients where email = 'c77@example.com'",
    "select id from clients where email in ('c1@example.com', 'c2@example.com', 'nobody') order by id",
    "select id, born from clients where born between '1960-01-01' and '1965-06-01' and id <= 900 order by born, id",
    "select max(born), min(born) from clients where id <= 900",
    "select id, name from clients where name like '%a3f%' and id <= 900 order by id",
    "select count(*) from clients where nick like 'nick%' and id <= 300",
    "select c.id, v.at from visits v join clients c on c.email = v.email where v.at < 40 order by v.at",
    "select count(*) from seen",
    "select email, count(*) from visits group by email order by 2, 1 limit 5",
    "select count(distinct email) from visits",
    "select id, notes from clients where id between 20 and 30 order by id",
    "select id from clients where name is null and id <= 900 order by id",
];

fn protected() -> (Database, Site) {
    let database = Database::create(&["app"]);
    database.run(TABLES);
    let site = Site::new(&database, RULES);
    let owner = database.superuser_url();
    site.sealwire(&[
        "protect",
        "--i-have-no-backup",
        "--upstream",
        &owner,
        "clients",
        "visits",
    ])
    .ok();
    database.run(
        "create view seen as select c.id, v.at, c.email from clients c join visits v on v.email = c.email;
         grant all on seen to app",
    );
    (database, site)
}

/// On a busy machine what comes first takes its time.
#[track_caller]
fn patiently(mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !holds() {
        assert!(Instant::now() < deadline, "it did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn answers(url: &str) -> Vec<String> {
    ANSWERS
        .iter()
        .map(|sql| psql_with(url, &["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], sql).ok())
        .collect()
}

/// Writes rows of its own until it is told to stop: what they must be then. Nothing may fail.
async fn write(
    url: String,
    own: i32,
    stop: Arc<AtomicBool>,
) -> BTreeMap<i32, (String, String, i32)> {
    let mut client = connect(&url).await;
    let mut kept = BTreeMap::new();
    let mut step = 0;
    while !stop.load(Ordering::SeqCst) {
        step += 1;
        let id = 300 + own + 4 * (step % 140);
        let (email, note) = (
            format!("w{own}-{step}@example.com"),
            format!("written {own} {step}"),
        );
        let version: i32 = if step % 5 == 0 {
            // A transaction that goes on for a while.
            let tx = client.transaction().await.unwrap();
            let row = tx
                .query_one("select version from clients where id = $1", &[&id])
                .await
                .unwrap();
            tokio::time::sleep(Duration::from_millis(30)).await;
            let version = row.get::<_, i32>(0) + 1;
            tx.execute(
                "update clients set email = $2, notes = $3, version = $4 where id = $1",
                &[&id, &email, &note, &version],
            )
            .await
            .unwrap();
            tx.commit().await.unwrap();
            version
        } else {
            client
                .query_one(
                    "update clients set email = $2, notes = $3, version = version + 1 where id = $1 returning version",
                    &[&id, &email, &note],
                )
                .await
                .unwrap()
                .get(0)
        };
        let known = kept.get(&id).map_or(0, |(_, _, version)| *version);
        assert_eq!(version, known + 1, "row {id}");
        kept.insert(id, (email.clone(), note, version));
        let found = client
            .query_one("select id from clients where email = $1", &[&email])
            .await
            .unwrap();
        assert_eq!(found.get::<_, i32>(0), id);
        if step % 6 == 0 {
            let (fresh, email) = (
                10_000 + own + 4 * step,
                format!("f{own}-{step}@example.com"),
            );
            client
                .execute(
                    "insert into clients (id, email, born, name, notes) values ($1, $2, '2001-02-03', 'new', 'n')",
                    &[&fresh, &email],
                )
                .await
                .unwrap();
            kept.insert(fresh, (email.clone(), "n".to_owned(), 0));
            // Two of one address there are never.
            let twice = client
                .execute(
                    "insert into clients (id, email) values ($1, $2) on conflict (email) do nothing",
                    &[&(fresh + 100_000), &email],
                )
                .await
                .unwrap();
            assert_eq!(twice, 0);
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    kept
}

/// Sessions that were there before: their statements go on to answer.
async fn read(url: String, stop: Arc<AtomicBool>) -> u64 {
    let client = connect(&url).await;
    let by_email = client
        .prepare("select id from clients where email = $1")
        .await
        .unwrap();
    let constant = client
        .prepare("select id from clients where email = 'c7@example.com'")
        .await
        .unwrap();
    let named = "prepare named as select id from clients where email = 'c8@example.com';
                 prepare given(text) as select at from visits where email = $1 order by at limit 1";
    client.batch_execute(named).await.unwrap();
    let before: i64 = client
        .query_one(
            "select count(*) from clients where born < '1970-01-01' and id <= 300",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    let mut rounds = 0;
    while !stop.load(Ordering::SeqCst) {
        for id in [3, 150, 299] {
            let row = client
                .query_one(&by_email, &[&format!("c{id}@example.com")])
                .await
                .unwrap();
            assert_eq!(row.get::<_, i32>(0), id);
        }
        let row = client.query_one(&constant, &[]).await.unwrap();
        assert_eq!(row.get::<_, i32>(0), 7);
        let row = client
            .query_one(
                "select count(*) from clients where born < '1970-01-01' and id <= 300",
                &[],
            )
            .await
            .unwrap();
        assert_eq!(row.get::<_, i64>(0), before);
        for (sql, expected) in [
            ("execute named", "8"),
            ("execute given('c2@example.com')", "1"),
        ] {
            let rows = match client.simple_query(sql).await {
                Ok(rows) => rows,
                // What was prepared in SQL with constants is told to be prepared again.
                Err(error) => {
                    let code = error.code().map(|code| code.code().to_owned());
                    assert_eq!(code.as_deref(), Some("0A000"), "{error:?}");
                    client
                        .batch_execute("deallocate named; deallocate given")
                        .await
                        .unwrap();
                    client.batch_execute(named).await.unwrap();
                    client.simple_query(sql).await.unwrap()
                }
            };
            let found = rows.iter().find_map(|message| match message {
                tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            });
            assert_eq!(found.as_deref(), Some(expected), "{sql}");
        }
        let row = client
            .query_one(
                "select count(*) from visits v join clients c on c.email = v.email",
                &[],
            )
            .await
            .unwrap();
        assert_eq!(row.get::<_, i64>(0), 600);
        // Under way for a while.
        let row = client
            .query_one(
                "select id, pg_sleep(0.1)::text from clients where email = 'c9@example.com'",
                &[],
            )
            .await
            .unwrap();
        assert_eq!(row.get::<_, i32>(0), 9);
        rounds += 1;
    }
    rounds
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn searched_columns_follow_under_traffic_and_kills() {
    let (database, site) = protected();
    let other = replica_of(&database, &site, RULES).serve();
    let proxy = site.serve();
    let site = &proxy.site;
    let before = answers(&proxy.url("app"));
    assert!(
        before.iter().all(|answer| !answer.trim().is_empty()),
        "{before:?}"
    );
    let stop = Arc::new(AtomicBool::new(false));
    let pair = [&proxy, &other];
    let writers: Vec<_> = [pair[0], pair[1], pair[0]]
        .iter()
        .zip(1..)
        .map(|(proxy, own)| tokio::spawn(write(proxy.url("app"), own, Arc::clone(&stop))))
        .collect();
    let readers: Vec<_> = pair
        .iter()
        .map(|proxy| tokio::spawn(read(proxy.url("app"), Arc::clone(&stop))))
        .collect();

    // Killed while it copies, and while it seals in place.
    let pace = ["--i-have-no-backup", "--settle", "3", "--rate", "1500"];
    let mut job = rotating(site, &database, &pace);
    let copying = "select count(*) from pg_trigger where tgname like 'sealwire online%'";
    patiently(|| database.value(copying) != "0");
    job.kill().unwrap();
    job.wait().unwrap();
    assert_eq!(status(site, &database)["phase"], "sealing");
    // One epoch or the other: while the copy is filled everything of the tables is of the old one.
    let mixed = epochs(&database, "clients", "email");
    assert!(mixed.starts_with("1: ") && !mixed.contains(','), "{mixed}");
    let refused = rotate(site, &database, &["--retire"]);
    assert!(
        refused.stderr.contains("is under way"),
        "{}",
        refused.stderr
    );
    let resumed = ["--resume", "--i-have-no-backup", "--settle", "1"];
    let done = rotate(site, &database, &resumed);
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
    for part in [
        "Sealed public.clients.email anew",
        "Sealed public.visits.email anew",
        "Sealed public.clients.name anew",
        "public.clients, public.visits: ",
        "changes were made meanwhile and followed",
    ] {
        assert!(done.stdout.contains(part), "{}", done.stdout);
    }
    assert!(!done.stdout.contains("keeps its epoch"), "{}", done.stdout);
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.store(true, Ordering::SeqCst);
    let mut expected: BTreeMap<i32, (String, String, i32)> = BTreeMap::new();
    for writer in writers {
        expected.extend(writer.await.unwrap());
    }
    for reader in readers {
        assert!(reader.await.unwrap() > 5);
    }
    super::super::online::left(&database);
    for (table, column) in [
        ("clients", "email"),
        ("clients", "born"),
        ("clients", "name"),
        ("clients", "nick"),
        ("clients", "notes"),
        ("visits", "email"),
    ] {
        let found = epochs(&database, table, column);
        assert!(
            found.starts_with("2: ") && !found.contains(','),
            "{table}.{column}: {found}"
        );
    }
    for proxy in pair {
        assert_eq!(answers(&proxy.url("app")), before);
        let client = connect(&proxy.url("app")).await;
        for row in client
            .query("select id, email, notes, version from clients", &[])
            .await
            .unwrap()
        {
            let id: i32 = row.get(0);
            let found: (String, String, i32) = (row.get(1), row.get(2), row.get(3));
            let own = expected
                .remove(&id)
                .unwrap_or_else(|| (format!("c{id}@example.com"), format!("note {id}"), 0));
            assert_eq!(found, own, "row {id}");
            expected.insert(id, own);
        }
        assert!(!proxy.log().contains("panicked"), "{}", proxy.log());
    }
    // Constraints are there and hold.
    let url = proxy.url("app");
    for (sql, code) in [
        (
            "insert into clients (id, email) values (99999, 'c5@example.com')",
            "23505",
        ),
        (
            "insert into visits values (99999, 'nobody@example.com', 1)",
            "23503",
        ),
    ] {
        let output = psql(&url, sql);
        assert!(output.stderr.contains(code), "{sql}: {}", output.stderr);
    }
    // The index serves the order still.
    let client = connect(&url).await;
    client
        .batch_execute("set enable_seqscan = off")
        .await
        .unwrap();
    let plan = client
        .query(
            "explain select id from clients where born < '1950-02-01'",
            &[],
        )
        .await
        .unwrap();
    let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
    assert!(plan.concat().contains("by_born"), "{plan:?}");
    drop(client);
    let retired = rotate(site, &database, &["--retire"]).ok();
    assert!(retired.contains("Epoch 1 of"), "{retired}");
    until(|| answers(&proxy.url("app")) == before);
}

/// Refused before anything is sealed, with all that stands in the way; `--keep-searched` does what can be done.
#[test]
fn what_stands_in_the_way_of_a_copy_is_told_before_anything_is_sealed() {
    let (database, site) = protected();
    let constant = database.value("select email::text from clients where id = 1");
    database.run(&format!(
        "alter table visits drop constraint visits_pkey;
         create view one as select id from clients where email = '{constant}'::bytea;
         create function two() returns bigint language sql as $$ select count(*) from visits where email = '{constant}' $$;
         create materialized view three as select id, email from clients"
    ));
    let go = |more: &[&str]| {
        let mut all = vec!["--i-have-no-backup", "--settle", "0"];
        all.extend_from_slice(more);
        rotate(&site, &database, &all)
    };
    let dry = rotate(&site, &database, &["--dry-run"]);
    assert_eq!(dry.code, 1, "{}", dry.stdout);
    assert_eq!(database.value("select count(*) from sealwire.keysets"), "1");
    for part in ["public.one", "two()"] {
        assert!(dry.stderr.contains(part), "{part}: {}", dry.stderr);
    }
    database.run("drop view one; drop function two()");
    let refused = go(&[]);
    assert_eq!(refused.code, 1, "{}", refused.stdout);
    for part in [
        "public.visits",
        "no primary key",
        "three",
        "--keep-searched",
    ] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    assert!(epochs(&database, "clients", "notes").starts_with("1: "));
    let kept = go(&["--resume", "--keep-searched"]);
    assert_eq!(kept.code, 0, "{}", kept.stderr);
    assert!(
        kept.stdout.contains("public.clients.email keeps its epoch"),
        "{}",
        kept.stdout
    );
    assert!(epochs(&database, "clients", "notes").starts_with("2: "));
    assert!(epochs(&database, "clients", "email").starts_with("1: "));
    // Out of the way, it goes on.
    database.run("drop materialized view three; alter table visits add primary key (id)");
    let done = go(&["--resume", "--json"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(
        done.stdout
            .contains("\"event\":\"progress\",\"phase\":\"copying\""),
        "{}",
        done.stdout
    );
    assert!(epochs(&database, "visits", "email").starts_with("2: "));
    rotate(&site, &database, &["--retire"]).ok();
    super::super::online::left(&database);
}

#[test]
fn a_copy_is_paused_and_undone_and_begun_again() {
    let (database, site) = protected();
    let dry = rotate(&site, &database, &["--dry-run"]).ok();
    for part in [
        "epoch 2 would be announced",
        "public.clients: about",
        "they share key domains",
        "rows are followed by (id)",
        "had the tables locked for",
    ] {
        assert!(dry.contains(part), "{part}: {dry}");
    }
    let slow = ["--i-have-no-backup", "--settle", "0", "--rate", "300"];
    let job = rotating(&site, &database, &slow);
    let copying = "select count(*) from pg_trigger where tgname like 'sealwire online%'";
    patiently(|| database.value(copying) != "0");
    rotate(&site, &database, &["--pause"]).ok();
    let ended = job.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(ended.status.success() && said.contains("Paused"), "{said}");
    assert_ne!(database.value(copying), "0");
    // What another table shares the domain with meanwhile goes along: the copy is begun anew.
    let undone = rotate(&site, &database, &["--undo"]).ok();
    assert!(undone.contains("Undone"), "{undone}");
    assert_eq!(database.value(copying), "0");
    let none = rotate(&site, &database, &["--undo"]).ok();
    assert!(none.contains("no copy"), "{none}");
    let proxy = site.serve();
    let before = answers(&proxy.url("app"));
    let job = rotating(
        &proxy.site,
        &database,
        &[
            "--resume",
            "--i-have-no-backup",
            "--settle",
            "0",
            "--rate",
            "300",
        ],
    );
    patiently(|| database.value(copying) != "0");
    let made = psql(
        &proxy.url("app"),
        "create table guests (id int primary key, email text)",
    );
    assert_eq!(made.code, 0, "{}", made.stderr);
    // Two epochs in one key domain there are never: the copy that does not know of it does not take its place.
    let ended = job.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(
        said.contains("has another epoch since the job began"),
        "{said}"
    );
    let done = rotate(
        &proxy.site,
        &database,
        &["--resume", "--i-have-no-backup", "--settle", "0"],
    );
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
    assert!(done.stdout.contains("public.guests"), "{}", done.stdout);
    assert!(epochs(&database, "clients", "email").starts_with("2: "));
    until(|| answers(&proxy.url("app")) == before);
    let joined = psql(
        &proxy.url("app"),
        "insert into guests values (1, 'c5@example.com'); select c.id + 4000 from guests g join clients c on c.email = g.email",
    );
    assert!(joined.stdout.contains("4005"), "{}", joined.stderr);
    super::super::online::left(&database);
}

/// The registry's rows of tables that are gone keep no epoch alive.
#[test]
fn a_table_that_is_gone_keeps_no_epoch() {
    let (database, site) = protected();
    database.run("drop view seen; drop table visits; alter table clients drop column born, drop column name, drop column nick");
    // A definition that a proxy has under way is waited for: committed afterwards it would name the epoch of before.
    let direct = database.superuser_url();
    let defining = std::thread::spawn(move || {
        psql(
            &direct,
            "begin; insert into sealwire.journal (database_oid, table_oid, attnum, body, seal) values (0, 0, 0, '{}', '00');
             select pg_sleep(6); rollback",
        )
    });
    let under_way = "select count(*) from pg_locks where relation = 'sealwire.journal'::regclass and mode = 'RowExclusiveLock'";
    until(|| database.value(under_way) != "0");
    let done = rotate(&site, &database, &["--i-have-no-backup", "--settle", "0"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(defining.is_finished());
    assert!(!done.stdout.contains("keeps its epoch"), "{}", done.stdout);
    rotate(&site, &database, &["--retire"]).ok();
    assert!(
        site.sealwire(&["keys", "status"])
            .ok()
            .contains("epoch 2: opens")
    );
    let proxy: Proxy = site.serve();
    let found = psql(
        &proxy.url("app"),
        "select id from clients where email = 'c77@example.com'",
    );
    assert!(found.stdout.contains("77"), "{}", found.stderr);
}
