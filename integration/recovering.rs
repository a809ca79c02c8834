//! The way back from disaster: backups on paper, and the drill that rehearses it all on a private server.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::customers::{RULES, plain};
use crate::harness::{Database, Output, Site, binaries, psql, run};

const PHRASE: (&str, &str) = ("SEALWIRE_BACKUP_PASSPHRASE", "correct horse battery");

/// Customers and claims, protected, with a backup in shares.
pub struct Protected {
    pub database: Database,
    pub site: Site,
    pub pages: Vec<String>,
}

/// Any three of the five pages open the backup.
pub fn protected() -> Protected {
    let database = plain();
    let site = Site::new(&database, RULES);
    let backup = site.folder().join("keys.backup");
    let pages = site.folder().join("pages");
    let words = [
        "keys",
        "backup",
        backup.to_str().unwrap(),
        "--shares",
        "5",
        "--threshold",
        "3",
        "--shares-to",
        pages.to_str().unwrap(),
    ];
    site.sealwire(&words).ok();
    let owner = database.superuser_url();
    site.sealwire(&["protect", "--upstream", &owner, "public.customers"])
        .ok();
    site.sealwire(&["protect", "--upstream", &owner, "public.claims"])
        .ok();
    let mut files: Vec<String> = std::fs::read_dir(&pages)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    assert_eq!(files.len(), 5);
    Protected {
        database,
        site,
        pages: files,
    }
}

impl Protected {
    /// `--share` and three pages.
    pub fn shares(&self) -> [&str; 6] {
        [
            "--share",
            &self.pages[4],
            "--share",
            &self.pages[0],
            "--share",
            &self.pages[2],
        ]
    }

    /// What pg_dump writes of the database, directly.
    pub fn dump(&self, options: &[&str], name: &str) -> PathBuf {
        let file = self.site.folder().join(name);
        dump(&self.database, options, &file);
        file
    }

    fn drill(&self, words: &[&str], more: &[(&str, &str)]) -> Output {
        let mut all = vec!["keys", "drill"];
        all.extend(words);
        self.site.sealwire_with(&all, more)
    }
}

pub fn dump(database: &Database, options: &[&str], file: &Path) {
    let beside = binaries().dir.join("pg_dump");
    let program = if beside.is_file() {
        beside
    } else {
        PathBuf::from("pg_dump")
    };
    run(Command::new(program)
        .args([
            "-d",
            &database.superuser_url(),
            "-f",
            file.to_str().unwrap(),
        ])
        .args(options))
    .ok();
}

fn reports(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(ending))
        .collect();
    found.sort();
    found
}

#[test]
fn shares_do_not_go_where_the_rules_go() {
    let database = plain();
    let site = Site::new(&database, RULES);
    let rules = site.rules_dir();
    let link = site.folder().join("link");
    std::os::unix::fs::symlink(&rules, &link).unwrap();
    let before = std::fs::read_dir(&rules).unwrap().count();
    let backup = site.folder().join("keys.backup");
    for inside in [
        rules.clone(),
        rules.join("shares"),
        rules.join("deep/er/shares"),
        link.join("shares"),
        site.folder().join("link"),
    ] {
        let output = site.sealwire(&[
            "keys",
            "backup",
            backup.to_str().unwrap(),
            "--shares",
            "3",
            "--threshold",
            "2",
            "--shares-to",
            inside.to_str().unwrap(),
        ]);
        assert_eq!(output.code, 1, "{}", inside.display());
        assert!(
            output.stderr.contains("lies inside the rules folder"),
            "{}",
            output.stderr
        );
        assert!(!backup.exists());
    }
    assert_eq!(std::fs::read_dir(&rules).unwrap().count(), before);
}

#[test]
fn the_pages_alone_bring_the_key_back() {
    let Protected {
        database,
        site,
        pages,
    } = protected();
    let page = std::fs::read_to_string(&pages[1]).unwrap();
    assert!(
        page.contains("\nSB1-") && page.matches("█").count() > 100,
        "{page}"
    );
    std::fs::remove_file(site.folder().join("keys.backup")).unwrap();
    let keys = site.folder().join("keys");
    std::fs::remove_dir_all(&keys).unwrap();
    let share = |at: usize| ["--share", pages[at].as_str()];
    let few = site.sealwire(&[&["keys", "restore"][..], &share(0), &share(3)].concat());
    assert_eq!(few.code, 1, "{}", few.stderr);
    assert!(
        few.stderr.contains("2 different shares are not enough"),
        "{}",
        few.stderr
    );
    // A page whose backup was mistyped is told.
    let typed = site.folder().join("typed");
    std::fs::write(&typed, page.replacen("SB1-", "SB1-Z", 1)).unwrap();
    let typed = ["--share", typed.to_str().unwrap()];
    let wrong = site.sealwire(&[&["keys", "restore"][..], &share(0), &share(3), &typed].concat());
    assert_eq!(wrong.code, 1, "{}", wrong.stderr);
    assert!(
        wrong.stderr.contains("of the backup on this page is wrong"),
        "{}",
        wrong.stderr
    );
    assert!(!keys.join("root.key").exists());
    let three = [&["keys", "restore"][..], &share(0), &share(3), &share(1)].concat();
    site.sealwire(&three).ok();
    let proxy = site.serve();
    let rows = psql(
        &proxy.url("billing"),
        "select email from customers where id = 1",
    );
    assert!(
        rows.stdout.contains("user1@example.com"),
        "{}{}",
        rows.stdout,
        rows.stderr
    );
    drop(database);
}

#[test]
fn a_drill_restores_opens_and_is_remembered() {
    let protected = protected();
    let plain = protected.dump(&[], "shop.sql");
    let custom = protected.dump(&["-Fc"], "shop.dump");
    let temporary = tempfile::tempdir().unwrap();
    std::fs::set_permissions(temporary.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let temporary = ("TMPDIR", temporary.path().to_str().unwrap());
    let status = protected
        .site
        .sealwire(&["status", "--database", protected.database.name()])
        .ok();
    assert!(
        status.contains("NO drill has passed here")
            && status.contains("Last backup of the keys made here: "),
        "{status}"
    );
    assert!(status.contains("core dumps off"), "{status}");
    let shares = protected.shares();
    let words = [&["--dump", plain.to_str().unwrap()][..], &shares].concat();
    let passed = protected.drill(&words, &[temporary]).ok();
    for said in [
        "PASSED",
        "public.customers.email opens: 40 of 40 values, 40 rows",
        "public.customers.notes opens: 30 of 30 values, 40 rows",
        "public.claims.ssn opens: 20 of 20 values",
    ] {
        assert!(passed.contains(said), "{said}: {passed}");
    }
    assert!(
        !passed.contains("FAIL") && !passed.contains("user1@"),
        "{passed}"
    );
    assert_eq!(
        std::fs::read_dir(temporary.1).unwrap().count(),
        0,
        "something is left"
    );
    let folder = protected.site.folder().join("keys/drills");
    let texts = reports(&folder, ".txt");
    let text = std::fs::read_to_string(&texts[0]).unwrap();
    assert!(
        text.contains("PASSED in ") && text.contains("SHA-256"),
        "{text}"
    );

    // The same from an archive, for machines, with another place for its reports and every value opened.
    let elsewhere = protected.site.folder().join("reports");
    let words = [
        &[
            "--dump",
            custom.to_str().unwrap(),
            "--sample",
            "0",
            "--json",
            "--report",
            elsewhere.to_str().unwrap(),
        ][..],
        &shares,
    ]
    .concat();
    let document = protected.drill(&words, &[temporary]).ok();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["passed"], true);
    assert_eq!(document["dump"]["form"], "custom");
    assert_eq!(
        document["columns"].as_array().unwrap().len(),
        14,
        "{document}"
    );
    let files = reports(&elsewhere, ".json");
    let file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&files[0]).unwrap()).unwrap();
    assert_eq!(file, document);

    let status = protected
        .site
        .sealwire(&["status", "--json", "--database", protected.database.name()])
        .ok();
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert!(
        status["recovery"]["last_drill_age_seconds"]
            .as_u64()
            .unwrap()
            < 600,
        "{status}"
    );
    assert_eq!(status["memory"]["core_dumps"], false);
    let proxy = protected.site.serve();
    let metrics = proxy.metrics();
    for name in [
        "sealwire_last_drill_timestamp_seconds",
        "sealwire_last_backup_timestamp_seconds",
    ] {
        let line = metrics.lines().find(|line| line.starts_with(name)).unwrap();
        let moment: u64 = line.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(moment > 1_700_000_000, "{line}");
    }
}

#[test]
fn a_drill_from_the_live_database_under_a_passphrase() {
    let database = plain();
    let site = Site::new(&database, RULES);
    let backup = site.folder().join("keys.backup");
    let backup = backup.to_str().unwrap();
    let owner = database.superuser_url();
    // Before a backup both are zero, and there.
    site.sealwire_with(&["keys", "backup", backup], &[PHRASE])
        .ok();
    site.sealwire(&["protect", "--upstream", &owner, "public.customers"])
        .ok();
    let words = [
        "keys",
        "drill",
        "--backup",
        backup,
        "--from-upstream",
        "--upstream",
        &owner,
    ];
    let passed = site.sealwire_with(&words, &[PHRASE]).ok();
    assert!(
        passed.contains("PASSED") && passed.contains("by its passphrase"),
        "{passed}"
    );
    // Under another passphrase it ends at once.
    let wrong = site.sealwire_with(
        &words,
        &[("SEALWIRE_BACKUP_PASSPHRASE", "another passphrase")],
    );
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.stdout.contains("FAIL")
            && wrong
                .stdout
                .contains("the passphrase does not open the backup"),
        "{}",
        wrong.stdout
    );
}

#[test]
fn what_cannot_be_brought_back_fails_the_drill() {
    let protected = protected();
    let shares = protected.shares();
    // One envelope was altered before the dump was taken.
    protected.database.run(
        "alter domain sealwire.sealed drop constraint sealed_shape;
         update claims set amount = set_byte(amount, 30, get_byte(amount, 30) # 1) where id = 7",
    );
    let damaged = protected.dump(&["-Fc"], "damaged");
    let words = [&["--dump", damaged.to_str().unwrap()][..], &shares].concat();
    let failed = protected.drill(&words, &[]);
    assert_eq!(failed.code, 1, "{}", failed.stdout);
    assert!(
        failed.stdout.contains("FAIL")
            && failed
                .stdout
                .contains("public.claims.amount opens: the server answered XX001"),
        "{}",
        failed.stdout
    );
    // The others are tried all the same.
    assert!(
        failed
            .stdout
            .contains("public.customers.visits opens: 40 of 40"),
        "{}",
        failed.stdout
    );
    assert!(failed.stdout.contains("FAILED"), "{}", failed.stdout);
    let folder = protected.site.folder().join("keys/drills");
    let text = std::fs::read_to_string(&reports(&folder, ".txt")[0]).unwrap();
    assert!(text.contains("FAILED in "), "{text}");
    // It is no drill that has passed.
    let status = protected.site.sealwire(&["keys", "status"]).ok();
    assert!(status.contains("NO drill has passed here"), "{status}");

    // A dump without schema sealwire, one that breaks off, and none at all.
    let without = protected.site.folder().join("without");
    std::fs::write(&without, "create table public.people (id int);\n").unwrap();
    let broken = protected.site.folder().join("broken");
    let whole = std::fs::read(&damaged).unwrap();
    std::fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    for (file, said) in [
        (without.to_str().unwrap(), "schema sealwire is not there"),
        (broken.to_str().unwrap(), "FAIL"),
        ("/nowhere/at/all", "No such file"),
    ] {
        let words = [
            &[
                "--dump",
                file,
                "--report",
                protected.site.folder().to_str().unwrap(),
            ][..],
            &shares,
        ]
        .concat();
        let failed = protected.drill(&words, &[]);
        assert_eq!(failed.code, 1, "{file}");
        assert!(failed.stdout.contains(said), "{file}: {}", failed.stdout);
    }
}

/// The fenced commands of a page of the manual, in order, each with the heading that it stands under.
pub fn commands(page: &str) -> Vec<(String, String)> {
    let (mut heading, mut block, mut found) = (String::new(), None::<String>, Vec::new());
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("## ").filter(|_| block.is_none()) {
            name.clone_into(&mut heading);
        } else if line == "```sh" {
            block = Some(String::new());
        } else if line == "```" {
            found.extend(block.take().map(|block| (heading.clone(), block)));
        } else if let Some(block) = &mut block {
            block.push_str(line);
            block.push('\n');
        }
    }
    found
}

/// Runs a block as a person would, in the folder around the rules.
pub fn carry_out(site: &Site, block: &str, variables: &[(&str, &str)]) -> Output {
    let own = Path::new(env!("CARGO_BIN_EXE_sealwire")).parent().unwrap();
    let path = format!(
        "{}:{}:{}",
        own.display(),
        binaries().dir.display(),
        std::env::var("PATH").unwrap()
    );
    run(Command::new("sh")
        .args(["-ec", block])
        .current_dir(site.folder())
        .env("PATH", path)
        .envs(variables.iter().copied()))
}

#[test]
fn the_commands_of_the_manual_bring_everything_back() {
    let database = plain();
    let site = Site::new(&database, RULES);
    let owner = database.superuser_url();
    let server = database.server();
    let admin = server.url(server.superuser(), "postgres");
    let restored = server.url(server.superuser(), "shop");
    let variables = [
        ("owner", owner.as_str()),
        ("admin", &admin),
        ("restored", &restored),
    ];
    let blocks = commands(include_str!("../src/manual/recovering.md"));
    let mut seen = Vec::new();
    for (heading, block) in &blocks {
        if seen.last() != Some(heading) {
            seen.push(heading.clone());
            if heading == "After a disaster" {
                // Nothing of the keys is left.
                std::fs::remove_dir_all(site.folder().join("keys")).unwrap();
                std::fs::remove_file(site.folder().join("keys.backup")).unwrap();
            }
        }
        let done = carry_out(&site, block, &variables);
        assert_eq!(done.code, 0, "{block}{}{}", done.stdout, done.stderr);
        if block.contains("keys backup") {
            for table in ["public.customers", "public.claims"] {
                site.sealwire(&["protect", "--upstream", &owner, table])
                    .ok();
            }
        }
        if block.contains("sealwire check") {
            assert!(done.stdout.contains("0 error(s)"), "{}", done.stdout);
        }
    }
    let headings = [
        "Before",
        "The drill",
        "After a disaster",
        "Without a server",
    ];
    assert_eq!(seen, headings);
    let opened = std::fs::read_to_string(site.folder().join("plain.sql")).unwrap();
    assert!(opened.contains("user7@example.com"));
    let proxy = site.serve();
    let url = proxy.url("billing").replace(database.name(), "shop");
    let rows = psql(
        &url,
        "select email from customers where ssn = '00100000003' order by id limit 1",
    );
    assert!(
        rows.stdout.contains("user3@example.com"),
        "{}{}",
        rows.stdout,
        rows.stderr
    );
    psql(&admin, "drop database shop with (force)");
}
