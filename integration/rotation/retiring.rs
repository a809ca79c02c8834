//! The end of an epoch: proved to be nowhere, its key taken away, and refused by the server from then on.

use std::time::Duration;

use super::{epochs, protected, replica, rotate};
use crate::harness::{Database, psql, until};

#[test]
fn an_old_epoch_is_retired_when_nothing_of_it_is_left() {
    let database = Database::create(&["app"]);
    let site = protected(&database);
    let envelope = database.value("select body::text from letters where id = 1");
    database.run("create materialized view copied as select id, body from letters");
    let done = rotate(
        &site,
        &database,
        &["--i-have-no-backup", "--settle", "0", "--keep-searched"],
    );
    assert_eq!(done.code, 0, "{}", done.stderr);
    let refused = |expected: &str| {
        let output = rotate(&site, &database, &["--retire"]);
        assert_eq!(output.code, 1, "{}", output.stdout);
        assert!(output.stderr.contains(expected), "{}", output.stderr);
    };
    // A searched column keeps its epoch, and it with it; taking the protection off and putting it on again brings it along, too.
    refused("columns with search keep theirs (public.people.email)");
    let owner = database.superuser_url();
    site.sealwire(&[
        "unprotect",
        "--upstream",
        &owner,
        "--column",
        "email",
        "public.people",
    ])
    .ok();
    site.protect("public.people");
    assert!(epochs(&database, "people", "email").starts_with("2: "));
    // A copy that the registry does not name counts, too.
    refused("public.copied.body (200 rows)");
    database.run("refresh materialized view copied");
    // So does a row that somebody put back.
    database.run(&format!("insert into letters values (9001, '{envelope}')"));
    refused("public.letters.body (1 rows)");
    let resumed = rotate(
        &site,
        &database,
        &["--resume", "--i-have-no-backup", "--settle", "0"],
    );
    assert_eq!(resumed.code, 0, "{}", resumed.stderr);
    // And a transaction that may still write one.
    let reader = replica(&database, &site);
    let proxy = reader.serve();
    let url = database.superuser_url();
    let held = std::thread::spawn(move || psql(&url, "begin; select pg_sleep(3); commit"));
    std::thread::sleep(Duration::from_millis(500));
    let output = rotate(&site, &database, &["--retire", "--wait", "1"]);
    assert!(
        output
            .stderr
            .contains("transactions of before are still open"),
        "{}",
        output.stderr
    );
    held.join().unwrap();
    assert_eq!(database.value("select count(*) from sealwire.keysets"), "2");
    let retired = rotate(&site, &database, &["--retire"]).ok();
    assert!(
        retired.contains("Epoch 1 of") && retired.contains("keys backup"),
        "{retired}"
    );
    assert_eq!(
        database.value("select string_agg(epoch::text, ',') from sealwire.keysets"),
        "2"
    );
    let keys = site.sealwire(&["keys", "status"]).ok();
    assert!(
        keys.contains("epoch 2: opens") && !keys.contains("epoch 1"),
        "{keys}"
    );
    // The server takes no value of it any more, whoever sends it.
    let late = psql(
        &database.superuser_url(),
        &format!("insert into letters values (9002, '{envelope}')"),
    );
    assert!(
        late.stderr.contains("sealwire retired 0"),
        "{}",
        late.stderr
    );
    // Proxies go on, those that were running among them.
    until(|| {
        psql(
            &proxy.url("app"),
            "insert into letters values (9003, 'new') returning body",
        )
        .stdout
        .contains("new")
    });
    let shown = psql(
        &proxy.url("app"),
        "select l.body, p.email, p.notes from letters l join people p on p.id = l.id where p.email = 'p5@example.com'",
    );
    assert!(
        shown.stdout.contains("dear 5") && shown.stdout.contains("note 5"),
        "{}\n{}",
        shown.stdout,
        shown.stderr
    );
    let put_back = psql(
        &proxy.url("app"),
        "select body from letters where id = 9001",
    );
    assert!(put_back.stdout.contains("dear 1"), "{}", put_back.stderr);
    // The registry covers which keysets there are: one that is added is noticed.
    database.run(
        "insert into sealwire.keysets (slot, epoch, wrapped) select slot, 7, wrapped from sealwire.keysets",
    );
    // A session that is open is refused, and none begins any more.
    until(|| {
        let told = psql(&proxy.url("app"), "select body from letters where id = 5").stderr;
        ["55000", "XX001", "cannot be opened by Sealwire"]
            .iter()
            .any(|said| told.contains(said))
    });
}
