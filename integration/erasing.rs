//! Erasure by destroying a key: rows under the keys of their data subjects, and what is left of them when a key is gone.

use std::sync::OnceLock;
use std::time::Duration;

use sealwire::embedded::{Options, Server};

use crate::harness::{
    Database, Output, Proxy, Raw, Site, binaries, psql, psql_with, run, start, until,
};

const RULES: &str = r#"
[subjects]
store = "file:../subjects"
intermediate = "../intermediate/key"
replace_days = 30
copies_days = 7

[tables."public.customers"]
subject = "id"
subject_kind = "customer"
erasable = true
kept = ["email"]
[tables."public.customers".columns]
email = { seal = { search = ["equality"] } }
notes = { seal = {} }
birthday = { seal = { pad = 16 } }

[tables."public.tickets"]
subject = "customer_id"
subject_kind = "customer"
erasable = true
[tables."public.tickets".columns]
body = { seal = {}, masks = { default = { fixed = "***" } } }
tags = { seal = {} }

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]

[roles.clerk]
members = ["pg:clerk"]
[[roles.clerk.grants]]
tables = ["*"]
level = "access-and-modify"
write = ["*"]
"#;

fn database() -> Database {
    let database = Database::create(&["owner", "clerk"]);
    database.run(
        "create table customers (id bigint primary key, email text not null, notes text, birthday date, city text);
         create table tickets (id int primary key, customer_id bigint references customers, body text, tags text[]);
         insert into customers select i, 'p' || i || '@example.com', 'note of ' || i, date '1990-01-01' + i::int, 'Bonn'
           from generate_series(1, 20) i;
         update customers set notes = null where id = 3;
         insert into tickets select i, 1 + i % 20, 'ticket ' || i, array['t' || i, null] from generate_series(1, 60) i;
         grant all on customers, tickets to owner, clerk",
    );
    database
}

const ALL: &str = "select * from customers order by id; select * from tickets order by id";

fn everything(url: &str) -> String {
    psql(url, ALL).ok()
}

fn protected(database: &Database) -> Proxy {
    let site = Site::new(database, RULES);
    site.protect("public.customers");
    site.protect("public.tickets");
    site.serve()
}

/// What is said of a statement that is refused, SQLSTATE and all.
fn refused(url: &str, sql: &str) -> String {
    let output = psql(url, sql);
    assert_ne!(output.code, 0, "{sql}");
    output.stderr
}

/// A script with data in it.
fn script(url: &str, sql: &str) -> Output {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), sql).unwrap();
    let file = file.path().to_str().unwrap();
    psql_with(
        url,
        &[
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-v",
            "VERBOSITY=verbose",
            "-f",
            file,
        ],
        "select 1",
    )
}

#[test]
fn rows_are_sealed_under_the_keys_of_their_subjects_and_read_as_before() {
    let database = database();
    let before = everything(&database.url("owner"));
    let proxy = protected(&database);
    assert_eq!(everything(&proxy.url("owner")), before);
    // Body 3, and one subject key id for each customer in both tables.
    assert_eq!(
        database.value("select count(*) from customers where substr(notes, 2, 1) = '\\x13'"),
        "19"
    );
    assert_eq!(
        database.value("select count(*) from customers where substr(email, 2, 1) = '\\x11'"),
        "20"
    );
    assert_eq!(
        database.value(
            "select count(distinct substr(body, 11, 8)) || ' ' || count(distinct (customer_id, substr(body, 11, 8))) from tickets"
        ),
        "20 20"
    );
    assert_eq!(
        database.value(
            "select count(*) from customers c join tickets t on t.customer_id = c.id where substr(c.birthday, 11, 8) <> substr(t.body, 11, 8)"
        ),
        "0"
    );
    // Written through the proxy, in every way that says whose it is.
    let owner = proxy.url("owner");
    for sql in [
        "insert into customers (id, email, notes) values (21, 'new@example.com', 'new'), (22, 'other@example.com', null)",
        "insert into customers values (23, 'c@example.com', 'c', '2001-02-03', 'Bonn') returning notes, birthday",
        "update customers set notes = 'changed', city = 'Ulm' where id = 5 returning *",
        "update tickets t set body = 'moved' from customers c where t.customer_id = 7 and c.id = t.customer_id and c.city = 'Bonn' returning t.body",
        "update customers set notes = null where id in (19, 20)",
        "select notes from customers where notes is null order by 1 nulls first",
        "select id, notes from customers where id in (21, 23) order by id desc",
        "select count(notes), count(*) from customers",
        "select body, tags from tickets where customer_id = 21",
        "copy (select id, body from tickets order by id) to stdout",
    ] {
        let through = psql(&owner, sql);
        assert_eq!(through.code, 0, "{sql}: {}", through.stderr);
        if sql.starts_with("select") {
            assert!(!through.stdout.contains("\\x"), "{sql}: {}", through.stdout);
        }
    }
    script(
        &owner,
        "copy tickets (body, customer_id, id) from stdin with (format csv);\n\"copied\n1\",21,100\n,22,101\n\\.\n",
    )
    .ok();
    assert_eq!(
        psql(
            &owner,
            "select notes, birthday from customers where id = 23"
        )
        .ok(),
        psql(&owner, "select 'c' as notes, date '2001-02-03' as birthday").ok()
    );
    assert!(
        psql(&owner, "select body from tickets where id = 100")
            .ok()
            .contains("copied")
    );
    // Extended protocol, text and binary.
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    for (format, id, text) in [(0, 24_i64, "text"), (1, 25, "binary")] {
        raw.parse(
            "",
            "insert into customers (id, email, notes) values ($1, 'x@example.com', $2)",
            &[],
        );
        let id_bytes = match format {
            0 => id.to_string().into_bytes(),
            _ => id.to_be_bytes().to_vec(),
        };
        raw.bind("", "", format, &[Some(&id_bytes), Some(text.as_bytes())], 0);
        raw.execute("", 0);
        raw.sync();
        assert_eq!(Raw::error(&raw.until_ready()), "");
        raw.parse(
            "",
            "update customers set notes = $1 where id = $2 returning notes",
            &[25, 20],
        );
        raw.bind("", "", format, &[Some(b"again"), Some(&id_bytes)], format);
        raw.execute("", 0);
        raw.sync();
        let frames = raw.until_ready();
        assert_eq!(Raw::rows(&frames), [[Some("again".to_owned())]]);
    }
    assert_eq!(
        database.value(
            "select count(distinct substr(notes, 11, 8)) from customers where id in (23, 24, 25)"
        ),
        "3"
    );
    // Whoever does not see them is shown masks, and reads no id of a key.
    let clerk = psql(
        &proxy.url("clerk"),
        "select id, body, tags from tickets where id = 1",
    )
    .ok();
    assert!(clerk.contains("***") && !clerk.contains("\\x"), "{clerk}");
    psql(
        &proxy.url("clerk"),
        "update tickets set body = 'by a clerk' where customer_id = 4",
    )
    .ok();
    assert!(
        psql(&owner, "select body from tickets where customer_id = 4")
            .ok()
            .contains("by a clerk")
    );
    // And back to plaintext.
    let sealed = everything(&owner);
    proxy
        .site
        .sealwire(&[
            "unprotect",
            "--upstream",
            &database.superuser_url(),
            "public.customers",
            "public.tickets",
        ])
        .ok();
    assert_eq!(everything(&database.url("owner")), sealed);
}

#[test]
fn what_does_not_say_whose_it_is_is_refused_and_changes_nothing() {
    let database = database();
    let proxy = protected(&database);
    let owner = proxy.url("owner");
    let before = everything(&owner);
    for (sql, state) in [
        (
            "insert into customers (email, notes) values ('x', 'y')",
            "0A000",
        ),
        (
            "insert into customers (id, email, notes) select 99, 'x', 'y'",
            "0A000",
        ),
        ("update customers set notes = 'x'", "0A000"),
        (
            "update customers set notes = 'x' where email = 'p1@example.com'",
            "0A000",
        ),
        (
            "update customers set notes = o.notes from customers o where customers.id = 1 and o.id = 2",
            "0A000",
        ),
        ("update customers set id = 99 where id = 1", "0A000"),
        (
            "update tickets set customer_id = 2 where customer_id = 1",
            "0A000",
        ),
        ("copy tickets (id, body) from stdin;\n200\tx\n\\.", "0A000"),
        (
            "copy tickets (id, body, customer_id) from stdin;\n200\tx\t\\N\n\\.",
            "0A000",
        ),
        (
            "prepare p(bigint, text) as insert into customers (id, email, notes) values ($1, 'x', $2); execute p(99, 'x')",
            "0A000",
        ),
        (
            "insert into customers (id, email, notes) values (1, 'x', 'y') on conflict (id) do update set notes = excluded.notes",
            "0A000",
        ),
    ] {
        let said = refused(&owner, sql);
        assert!(said.contains(state), "{sql}: {said}");
    }
    for sql in [
        "copy tickets (id, body) from stdin;\n200\tx\n\\.\n",
        "copy tickets (id, body, customer_id) from stdin;\n200\tx\t\\N\n\\.\n",
    ] {
        let output = script(&owner, sql);
        assert_ne!(output.code, 0, "{sql}");
        assert!(output.stderr.contains("0A000"), "{sql}: {}", output.stderr);
    }
    assert_eq!(everything(&owner), before);
    let hint = psql(
        &owner,
        "update customers set notes = 'x' where city = 'Bonn'",
    )
    .stderr;
    assert!(hint.contains("AND \"id\" = "), "{hint}");
}

#[test]
fn two_proxies_make_one_key_for_a_new_subject() {
    let database = database();
    let proxy = protected(&database);
    let other = Site::bare(&database, RULES);
    // The same keys and the same store.
    for name in ["keys", "subjects", "intermediate"] {
        std::os::unix::fs::symlink(proxy.site.folder().join(name), other.folder().join(name))
            .unwrap();
    }
    let other = other.serve();
    let insert = |url: String, from: i32| {
        std::thread::spawn(move || {
            for id in 100..140 {
                let sql = format!(
                    "insert into customers (id, email, notes) values ({id}, 'n', 'note') on conflict do nothing;
                     insert into tickets (id, customer_id, body) values ({from} + {id}, {id}, 'body')"
                );
                psql(&url, &sql).ok();
            }
        })
    };
    let both = [
        insert(proxy.url("owner"), 1000),
        insert(other.url("owner"), 2000),
    ];
    for one in both {
        one.join().unwrap();
    }
    assert_eq!(
        database.value(
            "select count(distinct substr(body, 11, 8)) || ' ' || count(*) from tickets where id > 1000"
        ),
        "40 80"
    );
    assert_eq!(
        everything(&proxy.url("owner")),
        everything(&other.url("owner"))
    );
}

#[test]
fn a_store_that_is_away_opens_nothing_and_seals_nothing() {
    let database = database();
    let proxy = protected(&database);
    let owner = proxy.url("owner");
    let before = everything(&owner);
    let (store, away) = (
        proxy.site.folder().join("subjects"),
        proxy.site.folder().join("away"),
    );
    std::fs::rename(&store, &away).unwrap();
    std::thread::sleep(Duration::from_millis(2_200));
    assert!(
        refused(&owner, "select notes from customers").contains("55000"),
        "{}",
        refused(&owner, "select notes from customers")
    );
    assert!(
        refused(
            &owner,
            "insert into customers (id, email, notes) values (50, 'x', 'y')"
        )
        .contains("55000")
    );
    // What is not under the keys of subjects goes on.
    assert!(
        psql(&owner, "select email from customers where id = 1")
            .ok()
            .contains("p1@")
    );
    // And no new store is made by mistake.
    let init = proxy
        .site
        .sealwire(&["init", "--upstream", &database.superuser_url()]);
    assert_ne!(init.code, 0);
    assert!(init.stderr.contains("bring it back"), "{}", init.stderr);
    assert!(!store.exists());
    std::fs::rename(&away, &store).unwrap();
    assert_eq!(everything(&owner), before);
}

const PAGE: &str = include_str!("../src/manual/erasing.md");

/// A command that stands in the manual's page, as it stands there, with where the database is.
#[track_caller]
fn as_written(site: &Site, database: &Database, command: &str) -> Output {
    assert!(PAGE.contains(&format!("sealwire {command}")), "{command}");
    let mut words: Vec<&str> = command.split(' ').collect();
    let url = database.superuser_url();
    if !command.starts_with("rotate") {
        words.extend(["--upstream", &url]);
    }
    site.sealwire(&words)
}

/// Tables that only foreign keys lead to.
fn with_invoices() -> Database {
    let database = database();
    database.run(
        "create table invoices (id int primary key, customer bigint references customers, total numeric(10,2));
         create table lines (id int primary key, invoice int references invoices, what text);
         insert into invoices select i, 1 + i % 20, i * 1.5 from generate_series(1, 40) i;
         insert into lines select i, 1 + i % 40, 'line ' || i from generate_series(1, 80) i;
         grant all on invoices, lines to owner, clerk",
    );
    database
}

#[test]
fn a_backup_from_before_an_erasure_opens_for_everybody_else() {
    let database = with_invoices();
    let proxy = protected(&database);
    let owner = proxy.url("owner");
    let before = everything(&owner);
    let folder = tempfile::tempdir().unwrap();
    let dump = folder.path().join("before.sql");
    let pg_dump = run(
        std::process::Command::new(binaries().dir.join("pg_dump")).args([
            "-d",
            &database.superuser_url(),
            "-f",
            dump.to_str().unwrap(),
        ]),
    );
    assert_eq!(pg_dump.code, 0, "{}", pg_dump.stderr);

    let listed = as_written(&proxy.site, &database, "erase --subject 7 --dry-run").ok();
    for line in [
        "public.customers: 1 row(s), by id",
        "notes: 1 value(s), goes",
        "email: protected, and not reached",
        "id, city: in plaintext, and not reached",
        "public.tickets: 3 row(s), by customer_id",
        "public.invoices: 2 row(s), by foreign key invoices_customer_fkey",
        "public.lines: 4 row(s), by foreign key lines_invoice_fkey",
        "Not erased yet.",
        "Nothing was changed",
    ] {
        assert!(listed.contains(line), "{line}: {listed}");
    }
    assert!(!listed.contains('!'), "{listed}");
    assert_eq!(everything(&owner), before);

    let erased = as_written(&proxy.site, &database, "erase --subject 7").ok();
    assert!(erased.contains("is destroyed"), "{erased}");
    assert!(erased.contains("The erasure is complete"), "{erased}");
    std::thread::sleep(Duration::from_millis(2_200));
    let gone = psql(&owner, "select notes, birthday, tags from customers c join tickets t on t.customer_id = c.id where c.id = 7 limit 1").ok();
    assert!(gone.contains("|          |"), "{gone}");
    assert_eq!(
        psql(
            &owner,
            "select count(*) from customers where notes is null and id = 7"
        )
        .ok(),
        psql(&owner, "select 1::bigint as count").ok()
    );
    let others = |url: &str| {
        psql(
            url,
            "select * from customers where id <> 7 order by id; select * from tickets where customer_id <> 7 order by id",
        )
        .ok()
    };
    let kept = others(&owner);
    assert!(kept.contains("note of 8"));
    assert_eq!(
        database.value("select count(*) from customers where id = 7 and notes is null and birthday is null and email is not null"),
        "1"
    );
    // Nothing is sealed for who was erased.
    let write = "update customers set notes = 'again' where id = 7";
    assert!(refused(&owner, write).contains("55000"));

    // The dump of before, with the same keys and the same store.
    let restored = Database::create(&["owner", "clerk"]);
    let psql_file = psql_with(
        &restored.superuser_url(),
        &["-q", "-f", dump.to_str().unwrap()],
        "select 1",
    );
    assert_eq!(psql_file.code, 0, "{}", psql_file.stderr);
    assert_eq!(
        restored.value("select count(notes) || ' ' || count(birthday) from customers where id = 7"),
        "1 1"
    );
    let other = Site::bare(&restored, RULES);
    for name in ["keys", "subjects", "intermediate"] {
        std::os::unix::fs::symlink(proxy.site.folder().join(name), other.folder().join(name))
            .unwrap();
    }
    let other = other.serve();
    assert_eq!(others(&other.url("owner")), kept);
    let gone = psql(
        &other.url("owner"),
        "select notes, birthday from customers where id = 7",
    )
    .ok();
    assert_eq!(
        gone,
        psql(
            &other.url("owner"),
            "select null::text as notes, null::date as birthday"
        )
        .ok()
    );
    assert!(other.metrics().contains("erased"), "{}", other.metrics());

    // Again, for who was never there, and what is left of it in the record.
    let again = proxy.site.sealwire(&[
        "erase",
        "--subject",
        "7",
        "--json",
        "--upstream",
        &database.superuser_url(),
    ]);
    assert!(again.ok().contains("\"nulled\": 0"));
    let nobody = proxy.site.sealwire(&[
        "erase",
        "--subject",
        "999",
        "--upstream",
        &database.superuser_url(),
    ]);
    assert_eq!(nobody.code, 1);
    assert!(
        nobody.stderr.contains("never had a key"),
        "{}",
        nobody.stderr
    );
    let wrong = proxy.site.sealwire(&[
        "erase",
        "--subject",
        "7",
        "--kind",
        "staff",
        "--upstream",
        &database.superuser_url(),
    ]);
    assert!(wrong.stderr.contains("customer"), "{}", wrong.stderr);
    assert_eq!(
        database.value("select string_agg(body::json ->> 'action', ', ' order by id) from sealwire.subject_records where length(seal) = 64"),
        "erase begins, erased, erase begins, erased"
    );

    // Copies of the store age out.
    let due = as_written(&proxy.site, &database, "rotate subjects --if-due").ok();
    assert!(due.contains("not due before"), "{due}");
    let rolled = as_written(&proxy.site, &database, "rotate subjects").ok();
    assert!(
        rolled.contains("19 key(s)") && rolled.contains("1 were erased"),
        "{rolled}"
    );
    assert_eq!(others(&owner), kept);
    psql(
        &owner,
        "insert into customers (id, email, notes) values (30, 'n', 'after')",
    )
    .ok();
    assert_eq!(others(&other.url("owner")), {
        psql(&owner, "delete from customers where id = 30").ok();
        others(&owner)
    });
}

#[test]
fn an_export_holds_the_rows_of_a_subject_as_they_were() {
    let database = with_invoices();
    let proxy = protected(&database);
    let text = as_written(&proxy.site, &database, "export --subject 7").ok();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let tables = &document["tables"];
    assert_eq!(document["subject"], "7");
    assert_eq!(
        tables["public.customers"],
        serde_json::json!([{ "id": 7, "email": "p7@example.com", "notes": "note of 7", "birthday": "1990-01-08", "city": "Bonn" }])
    );
    assert_eq!(
        tables["public.tickets"],
        serde_json::json!([
            { "id": 26, "customer_id": 7, "body": "ticket 26", "tags": "{t26,NULL}" },
            { "id": 46, "customer_id": 7, "body": "ticket 46", "tags": "{t46,NULL}" },
            { "id": 6, "customer_id": 7, "body": "ticket 6", "tags": "{t6,NULL}" },
        ])
    );
    assert_eq!(tables["public.invoices"].as_array().unwrap().len(), 2);
    assert_eq!(tables["public.lines"].as_array().unwrap().len(), 4);
    assert_eq!(
        database.value("select body::json ->> 'action' from sealwire.subject_records"),
        "export"
    );
}

/// The folder of a store and everything in it, as a backup has it.
fn copied(from: &std::path::Path, to: &std::path::Path) {
    let done = run(std::process::Command::new("cp").arg("-a").arg(from).arg(to));
    assert_eq!(done.code, 0, "{}", done.stderr);
}

#[test]
fn an_old_copy_of_the_store_undoes_no_erasure() {
    let database = database();
    let proxy = protected(&database);
    let (store, old) = (
        proxy.site.folder().join("subjects"),
        proxy.site.folder().join("old"),
    );
    let url = database.superuser_url();
    let check = || proxy.site.sealwire(&["check", "--upstream", &url]);
    let before = check();
    assert!(!before.stdout.contains("[subjects]"), "{}", before.stdout);
    copied(&store, &old);
    as_written(&proxy.site, &database, "erase --subject 7").ok();
    std::fs::remove_dir_all(&store).unwrap();
    copied(&old, &store);
    let owner = proxy.url("owner");
    let rows = "select body from tickets where customer_id = 7";
    assert!(!psql(&owner, rows).ok().contains("ticket"));
    let write = "update tickets set body = 'again' where customer_id = 7";
    for _ in 0..2 {
        assert!(refused(&owner, write).contains("55000"));
    }
    assert!(
        proxy.metrics().contains("sealwire_subjects_resurrected 1"),
        "{}",
        proxy.metrics()
    );
    let found = check();
    assert_eq!(found.code, 1);
    assert!(
        found.stdout.contains("and the store holds it again"),
        "{}",
        found.stdout
    );
    as_written(&proxy.site, &database, "erase --subject 7").ok();
    let mended = check().stdout;
    assert!(!mended.contains("holds it again"), "{mended}");
    assert!(refused(&owner, write).contains("55000"));
    assert!(proxy.metrics().contains("sealwire_subjects_resurrected 0"));
    assert!(proxy.metrics().lines().any(|line| {
        line.starts_with("sealwire_subjects_intermediate_due_timestamp_seconds ")
            && !line.ends_with(" 0")
    }));
    let status = proxy
        .site
        .sealwire(&["status", "--database", database.name()])
        .ok();
    assert!(status.contains("due to be replaced on"), "{status}");

    // An entry that somebody altered.
    database.run("update sealwire.subject_records set body = replace(body, 'customer', 'employee') where id = 2");
    let found = check();
    assert_eq!(found.code, 1);
    assert!(
        found.stdout.contains("entries 2 do not match their MAC"),
        "{}",
        found.stdout
    );
}

#[test]
fn an_erasure_that_was_broken_off_is_told() {
    let database = database();
    let proxy = protected(&database);
    let url = database.superuser_url();
    // The store is away between the first record and the key.
    as_written(&proxy.site, &database, "erase --subject 7 --dry-run").ok();
    let lock = std::fs::File::open(proxy.site.folder().join("subjects/lock")).unwrap();
    lock.lock().unwrap();
    let mut job = std::process::Command::new(env!("CARGO_BIN_EXE_sealwire"))
        .args(["erase", "--subject", "7", "--upstream", &url, "--rules"])
        .arg(proxy.site.rules_dir())
        .spawn()
        .unwrap();
    until(|| database.value("select count(*) from sealwire.subject_records") == "1");
    job.kill().unwrap();
    job.wait().unwrap();
    drop(lock);
    let found = proxy.site.sealwire(&["check", "--upstream", &url]);
    assert!(
        found
            .stdout
            .contains("was begun (entry 1) and not carried out"),
        "{}",
        found.stdout
    );
    as_written(&proxy.site, &database, "erase --subject 7").ok();
    let found = proxy.site.sealwire(&["check", "--upstream", &url]);
    assert!(
        !found.stdout.contains("not carried out"),
        "{}",
        found.stdout
    );
}

#[test]
fn an_export_to_a_public_key_is_opened_by_its_identity_alone() {
    use std::io::Read;
    let database = database();
    let proxy = protected(&database);
    let identity = age::x25519::Identity::generate();
    let other = age::x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    let file = proxy.site.folder().join("subject-7.age");
    let url = database.superuser_url();
    let scratch = tempfile::tempdir().unwrap();
    let export = |more: &[&str]| {
        let mut words = vec!["export", "--subject", "7", "--upstream", &url];
        words.extend(more);
        proxy
            .site
            .sealwire_with(&words, &[("TMPDIR", scratch.path().to_str().unwrap())])
    };
    let plain = export(&[]).ok();
    let out = file.to_str().unwrap();
    let quiet = export(&["--encrypt-to", &recipient, "--out", out]).ok();
    assert_eq!(quiet, "");
    // Nothing but the encrypted document was written, anywhere that it knows of.
    assert_eq!(std::fs::read_dir(scratch.path()).unwrap().count(), 0);
    let sealed = std::fs::read(&file).unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("ticket"));
    let opened = |bytes: &[u8], identity: &age::x25519::Identity| {
        let armor = age::armor::ArmoredReader::new(bytes);
        let decryptor = age::Decryptor::new_buffered(armor).unwrap();
        let mut text = String::new();
        decryptor
            .decrypt(std::iter::once(identity as &dyn age::Identity))
            .ok()?
            .read_to_string(&mut text)
            .unwrap();
        Some(text)
    };
    assert_eq!(
        opened(&sealed, &identity).unwrap().trim_end(),
        plain.trim_end()
    );
    assert_eq!(opened(&sealed, &other), None);
    // To standard output, and to those of a file.
    let people = proxy.site.folder().join("people.txt");
    std::fs::write(
        &people,
        format!("# the desk\n{recipient}\n{}\n", other.to_public()),
    )
    .unwrap();
    let printed = export(&["--encrypt-to", people.to_str().unwrap()]).ok();
    for one in [&identity, &other] {
        assert_eq!(
            opened(printed.as_bytes(), one).unwrap().trim_end(),
            plain.trim_end()
        );
    }
    // Nothing is read for a key that is none, and nothing overwritten.
    let records = || database.value("select count(*) from sealwire.subject_records");
    let had = records();
    for (words, why) in [
        (
            vec!["--encrypt-to", "age1nonsense"],
            "expected a public key",
        ),
        (
            vec!["--encrypt-to", &recipient, "--out", out],
            "exists already",
        ),
    ] {
        let output = export(&words);
        assert_eq!(output.code, 2, "{}", output.stderr);
        assert!(output.stderr.contains(why), "{}", output.stderr);
    }
    let inside = proxy.site.folder().join("rules/export.age");
    let output = export(&[
        "--encrypt-to",
        &recipient,
        "--out",
        inside.to_str().unwrap(),
    ]);
    assert_ne!(output.code, 0);
    assert!(output.stderr.contains("rules"), "{}", output.stderr);
    assert_eq!(records(), had);
}

const NAMED: &str = r#"
[subjects]
store = "file:../subjects"
intermediate = "../intermediate/key"

[tables."public.accounts"]
subject = "login"
subject_kind = "account"
erasable = true
[tables."public.accounts".columns]
notes = { seal = {} }

[tables."public.visits"]
subject = "who"
subject_kind = "account"
erasable = true
[tables."public.visits".columns]
place = { seal = {} }

[roles.owner]
members = ["pg:owner"]
[[roles.owner.grants]]
tables = ["*"]
level = "full-control"
reveal = ["*"]
"#;

#[test]
fn subjects_may_be_named_by_texts() {
    let database = Database::create(&["owner"]);
    database.run(
        "create table accounts (login varchar(8) primary key, notes text);
         create table visits (id int primary key, who text, place text);
         insert into accounts values ('anna', 'note 1'), (' anna', 'note 2'), ('ANNA', 'note 3'), ('007', 'note 4'), ('', 'note 5');
         insert into visits select row_number() over (), login, 'place of ' || login from accounts;
         grant all on accounts, visits to owner",
    );
    let all =
        "select * from accounts order by login collate \"C\"; select * from visits order by id";
    let before = psql(&database.url("owner"), all).ok();
    let site = Site::new(&database, NAMED);
    site.protect("public.accounts");
    site.protect("public.visits");
    let proxy = site.serve();
    let owner = proxy.url("owner");
    assert_eq!(psql(&owner, all).ok(), before);
    // One subject for equal texts of both types, another for each other text.
    let subjects = "select count(distinct substr(notes, 11, 8)) || ' ' || count(*) || ' ' ||
        (select count(*) from visits v join accounts a on a.login = v.who and substr(a.notes, 11, 8) = substr(v.place, 11, 8)) from accounts";
    assert_eq!(database.value(subjects), "5 5 5");
    for sql in [
        "insert into accounts values ('bert', 'b')",
        "insert into accounts values ('cut     ', 'c')",
        "insert into accounts values ('blanks        ', 'c')",
        "insert into accounts values ('cast'::text, 'd'), ('two'::varchar, 'e')",
        "update accounts set notes = 'changed' where login = 'anna'",
        "update visits set place = 'changed' where who = '007'::text",
        "update accounts set notes = 'nobody' where login = 'anna    '",
    ] {
        psql(&owner, sql).ok();
    }
    assert_eq!(
        database
            .value("select count(distinct substr(notes, 11, 8)) || ' ' || count(*) from accounts"),
        "10 10"
    );
    assert!(
        psql(
            &owner,
            "select notes from accounts where login = 'blanks  '"
        )
        .ok()
        .contains(" c")
    );
    // The server writes 8 for 008, and cuts what a cast makes shorter.
    for sql in [
        "insert into accounts values (008, 'x')",
        "insert into accounts values ('anna'::varchar(2), 'x')",
        "insert into accounts values ('an'::char(3), 'x')",
        "update accounts set notes = 'x' where login = 'anna' collate \"C\" || ''",
    ] {
        assert!(refused(&owner, sql).contains("0A000"), "{sql}");
    }
    let mut raw = Raw::login(proxy.port(), "owner", database.name());
    for (format, declared) in [(0, 0), (1, 0), (0, 25), (1, 25), (1, 1043)] {
        raw.parse(
            "",
            "update accounts set notes = $1 where login = $2 returning login, notes",
            &[25, declared],
        );
        raw.bind("", "", format, &[Some(b"bound"), Some(b"bert")], format);
        raw.execute("", 0);
        raw.sync();
        let frames = raw.until_ready();
        assert_eq!(Raw::error(&frames), "");
        assert_eq!(
            Raw::rows(&frames),
            [[Some("bert".to_owned()), Some("bound".to_owned())]]
        );
    }
    script(
        &owner,
        "copy accounts (login, notes) from stdin;\ncopied\tby copy\n\\.\n",
    )
    .ok();
    let upstream = database.superuser_url();
    let erase = |subject: &str| {
        proxy
            .site
            .sealwire(&["erase", "--subject", subject, "--upstream", &upstream])
            .ok()
    };
    erase(" anna");
    erase("copied");
    erase("");
    std::thread::sleep(Duration::from_millis(2_200));
    assert_eq!(
        psql(
            &owner,
            "select string_agg(quote_literal(login), ' ' order by login collate \"C\") from accounts where notes is null"
        )
        .ok(),
        psql(&owner, "select $$'' ' anna' 'copied'$$::text as string_agg").ok()
    );
    // A collation under which texts that differ may be equal.
    let other = Database::create(&["owner"]);
    other.run(
        "create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
         create table accounts (login varchar(8) collate loose primary key, notes text);
         create table visits (id int primary key, who text collate \"C\", place text);
         grant all on accounts, visits to owner",
    );
    let site = Site::new(&other, NAMED);
    let upstream = other.superuser_url();
    let refused = site.sealwire(&[
        "protect",
        "--i-have-no-backup",
        "--upstream",
        &upstream,
        "public.accounts",
    ]);
    assert_ne!(refused.code, 0);
    assert!(refused.stderr.contains("subject"), "{}", refused.stderr);
    site.protect("public.visits");
}

/// The rules with the store in a database.
fn stored_in(keys: &str) -> String {
    RULES.replacen("file:../subjects", keys, 1)
}

/// The address of a database for a login, as rules have it.
fn login(database: &Database, role: &str) -> String {
    let port = database.server().port();
    format!("postgresql://{role}@127.0.0.1:{port}/{}", database.name())
}

fn second_server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| start(Options::default()))
}

/// A database for the keys alone, on a server of its own where `apart`.
fn keys_database(apart: bool) -> Database {
    let keys = match apart {
        true => Database::create_on(second_server(), &["keeper"]),
        false => Database::create(&["keeper"]),
    };
    keys.run(&format!(
        "grant create on database {} to keeper",
        keys.name()
    ));
    keys
}

#[test]
fn a_second_database_keeps_the_keys() {
    let (database, keys) = (database(), keys_database(true));
    let url = database.superuser_url();
    let before = everything(&database.url("owner"));
    let rules = stored_in(&login(&keys, "keeper"));
    let site = Site::new(&database, &rules);
    site.protect("public.customers");
    site.protect("public.tickets");
    let other = Site::bare(&database, &rules);
    for name in ["keys", "intermediate"] {
        std::os::unix::fs::symlink(site.folder().join(name), other.folder().join(name)).unwrap();
    }
    let proxy = site.serve();
    let owner = proxy.url("owner");
    assert_eq!(everything(&owner), before);
    assert!(!proxy.site.folder().join("subjects").exists());
    assert_eq!(
        keys.value("select count(*) from sealwire_subjects.keys"),
        "20"
    );
    // Nobody else reads them, and the protected database holds none.
    assert_eq!(
        keys.value("select has_schema_privilege('public', 'sealwire_subjects', 'usage')"),
        "f"
    );
    let check = proxy.site.sealwire(&["check", "--upstream", &url]);
    assert!(!check.stdout.contains("[subjects]"), "{}", check.stdout);
    // Two proxies make one key.
    let other = other.serve();
    let insert = |url: String, from: i32| {
        std::thread::spawn(move || {
            for id in 100..120 {
                let sql = format!(
                    "insert into customers (id, email, notes) values ({id}, 'n', 'note') on conflict do nothing;
                     insert into tickets (id, customer_id, body) values ({from} + {id}, {id}, 'body')"
                );
                psql(&url, &sql).ok();
            }
        })
    };
    let both = [
        insert(proxy.url("owner"), 1000),
        insert(other.url("owner"), 2000),
    ];
    for one in both {
        one.join().unwrap();
    }
    assert_eq!(
        database.value(
            "select count(distinct substr(body, 11, 8)) || ' ' || count(*) from tickets where id > 1000"
        ),
        "20 40"
    );
    assert_eq!(everything(&owner), everything(&other.url("owner")));
    // An erasure, a replacement of the intermediate key, and an erasure that is told to be complete.
    let erased = proxy
        .site
        .sealwire(&["erase", "--subject", "7", "--upstream", &url])
        .ok();
    assert!(
        erased.contains("The store is postgresql://keeper@") && erased.contains("its WAL"),
        "{erased}"
    );
    std::thread::sleep(Duration::from_millis(2_200));
    for url in [&owner, &other.url("owner")] {
        assert!(
            !psql(url, "select notes from customers where id = 7")
                .ok()
                .contains("note of")
        );
        assert!(refused(url, "update customers set notes = 'x' where id = 7").contains("55000"));
    }
    assert_eq!(
        keys.value("select count(*) from sealwire_subjects.keys"),
        "40"
    );
    let kept = everything(&owner);
    let rolled = proxy.site.sealwire(&["rotate", "subjects"]).ok();
    assert!(
        rolled.contains("39 key(s)") && rolled.contains("1 were erased"),
        "{rolled}"
    );
    std::thread::sleep(Duration::from_millis(2_200));
    assert_eq!(everything(&owner), kept);
    assert_eq!(everything(&other.url("owner")), kept);
    // Old rows of the table were cleared away.
    assert_eq!(
        keys.value(
            "select count(*) from pg_stat_all_tables where relname = 'keys' and vacuum_count > 0"
        ),
        "1"
    );
    drop(other);

    // The store goes, and comes back.
    let may = |login: &str| {
        keys.run(&format!(
            "alter role keeper {login}; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'keeper'"
        ))
    };
    may("nologin");
    until(|| {
        proxy
            .admin("/readyz")
            .is_none_or(|(status, _)| status != 200)
    });
    let (_, why) = proxy.admin("/readyz").unwrap();
    assert!(why.contains("keys of data subjects"), "{why}");
    std::thread::sleep(Duration::from_millis(2_200));
    let said = refused(&owner, "select notes from customers where id = 8");
    assert!(
        said.contains("55000") && said.contains("its database cannot be reached"),
        "{said}"
    );
    assert!(
        psql(&owner, "select email from customers where id = 8")
            .ok()
            .contains("p8@")
    );
    let failed = proxy
        .site
        .sealwire(&["erase", "--subject", "8", "--upstream", &url]);
    assert_eq!(failed.code, 1);
    assert!(
        failed.stderr.contains("cannot be used now"),
        "{}",
        failed.stderr
    );
    may("login");
    until(|| {
        proxy
            .admin("/readyz")
            .is_some_and(|(status, _)| status == 200)
    });
    assert_eq!(everything(&owner), kept);
    // And back to plaintext.
    proxy
        .site
        .sealwire(&[
            "unprotect",
            "--upstream",
            &url,
            "public.customers",
            "public.tickets",
        ])
        .ok();
    assert_eq!(everything(&database.url("owner")), kept);
}

#[test]
fn the_store_is_another_database_and_its_password_in_no_rule() {
    let database = database();
    database.run(&format!(
        "create role keeper_here login; grant create on database {} to keeper_here",
        database.name()
    ));
    let url = database.superuser_url();
    // The protected database itself.
    let site = Site::bare(&database, &stored_in(&login(&database, "keeper_here")));
    site.sealwire(&["keys", "init"]).ok();
    let init = site.sealwire(&["init", "--upstream", &url]);
    assert_ne!(init.code, 0);
    assert!(
        init.stderr.contains("it is the protected database itself"),
        "{}",
        init.stderr
    );
    assert_eq!(
        database.value("select count(*) from pg_namespace where nspname = 'sealwire_subjects'"),
        "0"
    );
    // Another one of the same server is told.
    let (database, keys) = (self::database(), keys_database(false));
    let url = database.superuser_url();
    let site = Site::new(&database, &stored_in(&login(&keys, "keeper")));
    let check = site.sealwire(&["check", "--upstream", &url]);
    assert!(
        check.stdout.contains("a database of the same server"),
        "{}",
        check.stdout
    );
    for (store, why) in [
        (
            "postgresql://keeper:secret@127.0.0.1/keys",
            "a password does not stand in the rules",
        ),
        (
            "postgresql://keeper@127.0.0.1/keys?password=secret",
            "a password does not stand in the rules",
        ),
        ("postgresql://127.0.0.1/keys", "a login of its own"),
        ("mysql://keeper@127.0.0.1/keys", "expected `file:`"),
    ] {
        site.write_rules(&stored_in(store));
        let check = site.sealwire(&["check", "--upstream", &url]);
        assert_eq!(check.code, 64, "{}", check.stderr);
        assert!(check.stderr.contains(why), "{}", check.stderr);
        assert!(!check.stderr.contains("secret"), "{}", check.stderr);
    }
}

const PHRASE: (&str, &str) = ("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery");

/// What a host keeps for a bad day: a backup of the key, dumps, copies of the store and of the intermediate key.
struct Kept {
    backup: String,
    dump: String,
}

fn kept(site: &Site, database: &Database) -> Kept {
    let place = |name: &str| site.folder().join(name).to_str().unwrap().to_owned();
    let (backup, dump) = (place("keys.backup"), place("before.sql"));
    site.sealwire_with(&["keys", "backup", &backup], &[PHRASE])
        .ok();
    crate::recovering::dump(database, &[], std::path::Path::new(&dump));
    Kept { backup, dump }
}

impl Kept {
    fn run(&self, site: &Site, words: &[&str], more: &[&str]) -> Output {
        let mut all = words.to_vec();
        all.extend(["--backup", &self.backup]);
        all.extend(more);
        site.sealwire_with(&all, &[PHRASE])
    }

    fn drill(&self, site: &Site, more: &[&str]) -> Output {
        self.run(site, &["keys", "drill", "--dump", &self.dump], more)
    }

    /// What the opened dump holds, restored.
    fn opened(&self, site: &Site, more: &[&str]) -> (String, String) {
        let out = tempfile::tempdir().unwrap();
        let file = out.path().join("opened.sql");
        let file = file.to_str().unwrap();
        let words = ["open-dump", &self.dump, "--out", file];
        let output = self.run(site, &words, more);
        assert_eq!(output.code, 0, "{}", output.stderr);
        let restored = Database::create(&["owner", "clerk"]);
        psql_with(
            &restored.superuser_url(),
            &["-q", "-v", "ON_ERROR_STOP=1", "-f", file],
            "select 1",
        )
        .ok();
        (everything(&restored.superuser_url()), output.stderr)
    }
}

#[test]
fn a_dump_is_opened_with_a_copy_of_the_store_and_tells_who_is_gone() {
    let database = database();
    let before = everything(&database.url("owner"));
    let site = Site::new(&database, RULES);
    site.protect("public.customers");
    site.protect("public.tickets");
    let bad_day = kept(&site, &database);
    as_written(&site, &database, "erase --subject 7").ok();
    let id = database.value(
        "select body::json ->> 'key' from sealwire.subject_records order by id desc limit 1",
    );
    let place = |name: &str| site.folder().join(name).to_str().unwrap().to_owned();
    let (store, root) = (place("copy"), place("intermediate/key"));
    copied(
        &site.folder().join("subjects"),
        std::path::Path::new(&store),
    );
    let given = ["--subjects", &store, "--intermediate", &root];
    let hidden = |text: &str| {
        text.replace("note of 7 ", "          ")
            .replace("1990-01-08", "          ")
    };
    // All but the one who was erased.
    let (rows, said) = bad_day.opened(&site, &given);
    assert!(
        said.contains(&format!("data subject {id} is gone")) && said.contains("8 of data subjects"),
        "{said}"
    );
    assert_eq!(said.matches("is gone, erased").count(), 1, "{said}");
    let tail = |text: &str| {
        text.lines()
            .take_while(|line| !line.contains("customer_id"))
            .map(|line| hidden(line).trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(tail(&rows), tail(&before));
    assert!(rows.contains("ticket 7") && !rows.contains("ticket 6 "));
    // Without the store nobody is left, and it is told of each; what is kept opens.
    let (rows, said) = bad_day.opened(&site, &[]);
    assert_eq!(said.matches("is gone, erased").count(), 20, "{said}");
    assert!(rows.contains("p7@example.com") && !rows.contains("note of"));
    assert!(!rows.contains("\\x"), "{rows}");
    // One without the other is asked for.
    let half = bad_day.run(
        &site,
        &["open-dump", &bad_day.dump, "--force"],
        &["--subjects", &store],
    );
    assert_eq!(half.code, 2, "{}", half.stderr);

    // The rehearsal.
    let drilled = bad_day.drill(&site, &given);
    assert_eq!(drilled.code, 0, "{}\n{}", drilled.stdout, drilled.stderr);
    assert!(
        drilled
            .stdout
            .contains(&format!("1 values of 1 erased data subjects: {id}")),
        "{}",
        drilled.stdout
    );
    if std::env::var_os("SEALWIRE_LONG").is_none() {
        return;
    }
    let drilled = bad_day.drill(&site, &[]);
    assert_eq!(drilled.code, 0, "{}\n{}", drilled.stdout, drilled.stderr);
    assert!(
        drilled.stdout.contains("not opened without a copy")
            && drilled
                .stdout
                .contains("of 20 data subjects whose keys are not there"),
        "{}",
        drilled.stdout
    );
    // A copy that is too old is no way back.
    let found = run(std::process::Command::new("sh").args([
        "-c",
        &format!("find {store}/keys -type f | grep -v {id} | head -1 | xargs rm"),
    ]));
    assert_eq!(found.code, 0);
    let drilled = bad_day.drill(&site, &given);
    assert_eq!(drilled.code, 1, "{}\n{}", drilled.stdout, drilled.stderr);
    assert!(
        drilled.stdout.contains("values are lost"),
        "{}",
        drilled.stdout
    );
}

#[test]
fn a_dump_of_the_second_database_opens_the_dump_of_the_first() {
    let (database, keys) = (database(), keys_database(true));
    let before = everything(&database.url("owner"));
    let site = Site::new(&database, &stored_in(&login(&keys, "keeper")));
    site.protect("public.customers");
    site.protect("public.tickets");
    let bad_day = kept(&site, &database);
    let place = |name: &str| site.folder().join(name).to_str().unwrap().to_owned();
    let (store, root) = (place("keys.sql"), place("intermediate/key"));
    for options in [&[][..], &["--column-inserts"]] {
        crate::recovering::dump(&keys, options, std::path::Path::new(&store));
        let given = ["--subjects", &store, "--intermediate", &root];
        let (rows, said) = bad_day.opened(&site, &given);
        assert_eq!(rows, before, "{said}");
    }
    let other = bad_day.run(
        &site,
        &["open-dump", &bad_day.dump, "--force"],
        &["--subjects", &bad_day.dump, "--intermediate", &root],
    );
    assert_eq!(other.code, 1);
    assert!(
        other.stderr.contains("holds no store of subjects' keys"),
        "{}",
        other.stderr
    );
    if std::env::var_os("SEALWIRE_LONG").is_none() {
        return;
    }
    let given = ["--subjects", &store, "--intermediate", &root];
    let drilled = bad_day.drill(&site, &given);
    assert_eq!(drilled.code, 0, "{}\n{}", drilled.stdout, drilled.stderr);
    assert!(
        drilled
            .stdout
            .contains("a dump of their database, restored"),
        "{}",
        drilled.stdout
    );
}
