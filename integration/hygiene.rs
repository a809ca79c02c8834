//! What may go wrong with keys, envelopes, files, clocks and disks: each is told clearly, with an SQLSTATE or an exit code, and nothing
//! is lost by it.

use std::process::Command;

use crate::customers::{RULES, plain};
use crate::harness::{Output, Proxy, Site, psql, run};
use crate::recovering::protected;

/// Under a limit of file sizes of nothing at all: what is written to a file fails, as on a full disk.
fn full(site: &Site, words: &[&str], more: &[(&str, &str)]) -> Output {
    let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let command = format!(
        "trap '' XFSZ; ulimit -f 0; exec '{}' {} --rules '{}'",
        env!("CARGO_BIN_EXE_sealwire"),
        words.join(" "),
        site.rules_dir().display()
    );
    run(Command::new("sh")
        .args(["-c", &command])
        .envs(more.iter().copied()))
}

#[track_caller]
fn refused(output: &Output, sqlstate: &str, said: &str) {
    assert!(
        output.stderr.contains(&format!("ERROR:  {sqlstate}")) && output.stderr.contains(said),
        "{}{}",
        output.stdout,
        output.stderr
    );
    for value in ["user1@", "note 1", "00100000"] {
        assert!(!output.stderr.contains(value), "{}", output.stderr);
    }
}

#[test]
fn envelopes_that_do_not_open_are_told_and_stay() {
    let protected = protected();
    let (database, site) = (protected.database, protected.site);
    database.run(
        "alter domain sealwire.sealed drop constraint sealed_shape;
         update customers set notes = set_byte(notes, 25, get_byte(notes, 25) # 1) where id = 1;
         update customers set notes = (select amount from claims where id = 1) where id = 2;
         update customers set notes = substr(notes, 1, 30) where id = 3",
    );
    let before = database.value("select md5(string_agg(c::text, '' order by id)) from customers c");
    let proxy = site.serve();
    let ask = |id: i32| {
        psql(
            &proxy.url("billing"),
            &format!("select notes from customers where id = {id}"),
        )
    };
    refused(&ask(1), "XX001", "damaged");
    refused(&ask(2), "XX001", "belongs to key domain");
    refused(&ask(3), "XX001", "cannot be opened");
    // In a transaction it is an error like the server's own, and the session goes on.
    let script = "begin; select notes from customers where id = 1; select 1; rollback; select notes from customers where id = 5";
    let options = ["-v", "VERBOSITY=verbose", "-A", "-t"];
    let lines: Vec<&str> = script.split("; ").collect();
    let mut words = Vec::new();
    for line in &lines {
        words.extend(["-c", line]);
    }
    let all = [&options[..], &words[..words.len() - 2]].concat();
    let output = crate::harness::psql_with(&proxy.url("billing"), &all, lines[lines.len() - 1]);
    assert!(
        output.stderr.contains("25P02") && output.stdout.contains("note 5"),
        "{}{}",
        output.stdout,
        output.stderr
    );
    // Nothing of it was changed, and everybody else reads on.
    let all = psql(
        &proxy.url("billing"),
        "select count(*) from customers where notes is not null",
    );
    assert!(all.stdout.contains("30"), "{}", all.stdout);
    assert_eq!(
        before,
        database.value("select md5(string_agg(c::text, '' order by id)) from customers c")
    );
}

#[test]
fn keys_that_are_wrong_or_cut_short_are_told() {
    let protected = protected();
    let shares = protected.shares().map(str::to_owned);
    let (database, site) = (protected.database, protected.site);
    let backup = site.folder().join("keys.backup");
    let backup = backup.to_str().unwrap();
    let key = site.folder().join("keys/root.key");
    let whole = std::fs::read(&key).unwrap();
    let cut = |path: &std::path::Path| {
        let bytes = std::fs::read(path).unwrap();
        std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        bytes
    };
    // The key file.
    cut(&key);
    for words in [&["keys", "status"][..], &["serve"]] {
        let output = site.sealwire(words);
        assert_eq!(output.code, 64, "{}", output.stderr);
        assert!(
            output.stderr.contains("key file is damaged"),
            "{}",
            output.stderr
        );
    }
    std::fs::write(&key, &whole).unwrap();
    // A backup, a share, and the copy of the keysets.
    let mut opened = vec!["keys", "verify", backup];
    opened.extend(shares.iter().map(String::as_str));
    site.sealwire(&opened).ok();
    let bytes = cut(backup.as_ref());
    let output = site.sealwire(&opened);
    assert_eq!(output.code, 1, "{}", output.stderr);
    assert!(
        output.stderr.contains("the backup is damaged"),
        "{}",
        output.stderr
    );
    std::fs::write(backup, bytes).unwrap();
    let page = std::path::Path::new(&shares[1]);
    let bytes = std::fs::read(page).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let at = text.find("SW1-").unwrap();
    std::fs::write(page, &text[..at + 40]).unwrap();
    let output = site.sealwire(&opened);
    assert_eq!(output.code, 1, "{}", output.stderr);
    assert!(
        output.stderr.contains("no whole share"),
        "{}",
        output.stderr
    );
    std::fs::write(page, bytes).unwrap();
    let copies: Vec<_> = std::fs::read_dir(site.folder().join("keys"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(".keysets"))
        .collect();
    let bytes = cut(&copies[0]);
    let output = site.sealwire(&["keys", "status"]);
    assert_eq!(output.code, 1, "{}", output.stderr);
    assert!(
        output.stderr.contains("copy of the keysets is damaged"),
        "{}",
        output.stderr
    );
    std::fs::write(&copies[0], bytes).unwrap();
    // A keyset in the database: everything protected is refused, the rest goes on, and what is put back serves again.
    let keyset = database.value("select wrapped::text from sealwire.keysets");
    let mut proxy = site.serve();
    database.run("update sealwire.keysets set wrapped = substr(wrapped, 1, 40)");
    proxy = proxy.again();
    let ask = |proxy: &Proxy| {
        psql(
            &proxy.url("billing"),
            "select email from customers where id = 1",
        )
    };
    // A login says no more than this; the log says why.
    assert!(ask(&proxy).stderr.contains("SW306"));
    database.run(&format!("update sealwire.keysets set wrapped = '{keyset}'"));
    proxy = proxy.again();
    assert!(ask(&proxy).stdout.contains("user1@example.com"));
    // Another key.
    std::fs::remove_file(proxy.site.folder().join("keys/root.key")).unwrap();
    proxy.site.sealwire(&["keys", "init"]).ok();
    proxy = proxy.again();
    assert!(ask(&proxy).stderr.contains("SW306"));
    let check = proxy
        .site
        .sealwire(&["check", "--upstream", &database.superuser_url()]);
    assert_eq!(check.code, 1, "{}", check.stdout);
}

#[test]
fn a_full_disk_loses_nothing() {
    let database = plain();
    let site = Site::bare(&database, RULES);
    let owner = database.superuser_url();
    let phrase = [("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery")];
    let told = |output: &Output| {
        assert_eq!(output.code, 1, "{}{}", output.stdout, output.stderr);
        assert!(
            output.stderr.contains("File too large"),
            "{}",
            output.stderr
        );
    };
    // No half key file stands in the way of the next try.
    let key = site.folder().join("keys/root.key");
    let failed = full(&site, &["keys", "init"], &[]);
    assert_eq!(failed.code, 64, "{}", failed.stderr);
    assert!(
        failed.stderr.contains("File too large") && !key.exists(),
        "{}",
        failed.stderr
    );
    site.sealwire(&["keys", "init"]).ok();
    // The schema is not made without the copy of its keysets.
    told(&full(&site, &["init", "--upstream", &owner], &[]));
    assert_eq!(
        database.value("select count(*) from pg_namespace where nspname = 'sealwire'"),
        "0"
    );
    site.sealwire(&["init", "--upstream", &owner]).ok();
    // A backup that could not be written is none, and leaves nothing.
    let backup = site.folder().join("keys.backup");
    let file = backup.to_str().unwrap();
    told(&full(&site, &["keys", "backup", file], &phrase));
    assert!(!backup.exists());
    assert!(
        site.sealwire(&["keys", "status"])
            .ok()
            .contains("NO verified backup")
    );
    site.sealwire_with(&["keys", "backup", file], &phrase).ok();
    site.sealwire(&["protect", "--upstream", &owner, "public.customers"])
        .ok();
    // The key is restored whole or not at all.
    std::fs::remove_file(&key).unwrap();
    let failed = full(&site, &["keys", "restore", file], &phrase);
    assert_eq!(failed.code, 1, "{}", failed.stderr);
    assert!(!key.exists(), "{}", failed.stderr);
    site.sealwire_with(&["keys", "restore", file], &phrase).ok();
    // Another key: the keysets stay under the old one.
    let second = site.folder().join("keys/second.key");
    let words = [
        "rotate",
        "kek",
        "--to",
        "file",
        "--key-file",
        second.to_str().unwrap(),
        "--upstream",
        &owner,
    ];
    let failed = full(&site, &words, &[]);
    assert_ne!(failed.code, 0);
    assert!(
        failed.stderr.contains("File too large") && !second.exists(),
        "{}",
        failed.stderr
    );
    assert!(site.sealwire(&["keys", "status"]).ok().contains(": opens"));
    // The audit stream: what cannot be written is counted, statements go on.
    site.settings(&[("path = \"../audit.jsonl\"", "path = \"/dev/full\"")]);
    let proxy = site.serve();
    let output = psql(
        &proxy.url("billing"),
        "select email from customers where id = 1",
    );
    assert!(
        output.stdout.contains("user1@example.com"),
        "{}",
        output.stderr
    );
    crate::harness::until(|| {
        let metrics = proxy.metrics();
        let mut lines = metrics.lines();
        lines.any(|line| {
            line.starts_with("sealwire_audit_events_total{result=\"failed\"}")
                && !line.ends_with(" 0")
        })
    });
}

#[test]
fn a_clock_that_jumped_is_no_fault() {
    let database = plain();
    let site = Site::new(&database, RULES);
    // Records from the future, as a clock that was set back leaves them, and damaged ones.
    let drill = site.folder().join("keys/root.key.drill");
    let record = |moment: u64| {
        format!(
            "{{\"passed_at\": {moment}, \"took\": 1, \"key\": \"\", \"columns\": 1, \"values\": 1}}"
        )
    };
    std::fs::write(&drill, record(99_999_999_999)).unwrap();
    let status = site
        .sealwire(&["status", "--database", database.name()])
        .ok();
    assert!(
        status.contains("Last drill that passed here: 0 seconds ago"),
        "{status}"
    );
    std::fs::write(&drill, "{").unwrap();
    let status = site
        .sealwire(&["status", "--database", database.name()])
        .ok();
    assert!(status.contains("NO drill has passed here"), "{status}");
}
